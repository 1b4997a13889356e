-- examples/incremental_rollup.sql: the log has the weeks that a statement wrote to, each once, as DISTINCT finds them
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks
\set tables :root '/examples/ad_tables.sql'
\set incremental_rollup :root '/examples/incremental_rollup.sql'
CREATE SCHEMA changed_weeks;
SET search_path = changed_weeks, public;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\o /dev/null
\i :tables
\i :incremental_rollup
\o
\set ECHO all
-- the same by DISTINCT, by hand and without report_week()
CREATE TABLE expected_weeks (week date);
CREATE FUNCTION monday_of(day date) RETURNS date LANGUAGE sql IMMUTABLE
	RETURN CASE WHEN isfinite(day) THEN day - (extract(isodow FROM day)::integer - 1) ELSE day END;
CREATE FUNCTION log_by_distinct() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP IN ('INSERT', 'UPDATE') THEN
		INSERT INTO expected_weeks SELECT DISTINCT monday_of(day) FROM new_rows;
	END IF;
	IF TG_OP IN ('UPDATE', 'DELETE') THEN
		INSERT INTO expected_weeks SELECT DISTINCT monday_of(day) FROM old_rows;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER log_by_distinct_insert AFTER INSERT ON ad_daily
	REFERENCING NEW TABLE AS new_rows EXECUTE FUNCTION log_by_distinct();
CREATE TRIGGER log_by_distinct_update AFTER UPDATE ON ad_daily
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows EXECUTE FUNCTION log_by_distinct();
CREATE TRIGGER log_by_distinct_delete AFTER DELETE ON ad_daily
	REFERENCING OLD TABLE AS old_rows EXECUTE FUNCTION log_by_distinct();
-- the weeks that a statement logged and those that it should have, in order
CREATE FUNCTION logged(statement text, OUT came date[], OUT expected date[]) LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM changed_weeks;
	DELETE FROM expected_weeks;
	EXECUTE statement;
	came := ARRAY(SELECT week FROM changed_weeks ORDER BY week);
	expected := ARRAY(SELECT DISTINCT week FROM expected_weeks ORDER BY week);
END $$;
-- statements of so many weeks from the first to the last: rows in both of them only, in all, in every other one, in
-- all but the second and the last but one, in some by chance
CREATE FUNCTION day_of(start date, week integer) RETURNS date LANGUAGE sql IMMUTABLE
	RETURN monday_of(start) + 7 * week + week * week % 7;
CREATE TABLE statements AS
	SELECT weeks, start, pattern, format(
			'SELECT day_of(%L, n), n FROM generate_series(0, %s) AS n WHERE n IN (0, %2$s) OR %s',
			start, weeks - 1, replace(condition, 'last', (weeks - 1)::text)) AS query
	FROM unnest(ARRAY[1, 2, 63, 64, 65, 66, 128, 129, 300]) AS weeks,
		unnest(ARRAY['2026-03-02', '1968-02-29', '4713-01-01 BC', '5874800-01-01']::date[]) AS start,
		(VALUES ('ends', 'false'), ('all', 'true'), ('every other', 'n % 2 = 0'), ('holes', 'n NOT IN (1, last - 1)'),
			('chance', 'hashint4(n) % 3 = 0')) AS patterns(pattern, condition);
CREATE FUNCTION insert_of(query text) RETURNS text LANGUAGE sql
	RETURN 'INSERT INTO ad_daily (day, ad_id) ' || query;
-- INSERT; UPDATE of what is not the day; UPDATE that moves all rows; DELETE
CREATE TABLE outcomes (weeks integer, command text, came date[], expected date[]);
DO $$
DECLARE
	statement record;
	command text;
BEGIN
	FOR statement IN TABLE statements LOOP
		FOREACH command IN ARRAY ARRAY[insert_of(statement.query), 'UPDATE ad_daily SET spend = 1',
				'UPDATE ad_daily SET day = day + 3', 'UPDATE ad_daily SET day = day + 7 * 63', 'DELETE FROM ad_daily'] LOOP
			INSERT INTO outcomes
				SELECT statement.weeks, left(command, strpos(command, ' ') - 1), came, expected
				FROM logged(command);
		END LOOP;
	END LOOP;
END $$;
SELECT weeks, command, count(*) AS statements, max(cardinality(expected)) AS weeks_written,
	pg_temp.all_equal(came, expected)
FROM outcomes GROUP BY weeks, command ORDER BY weeks, command;
-- days in no week of the calendar, alone and beside others; rows that do not move; no rows
SELECT statement, came, came = expected AS equal
FROM (VALUES (1, insert_of($$VALUES ('infinity'::date, 'a')$$)),
	(2, insert_of($$VALUES ('-infinity'::date, 'a')$$)),
	(3, insert_of($$VALUES ('-infinity'::date, 'b'), ('2026-03-04', 'a'), ('infinity', 'b'), ('2026-03-09', 'a')$$)),
	(4, $$UPDATE ad_daily SET day = '2026-03-18' WHERE day = 'infinity' AND ad_id = 'a'$$),
	(5, $$UPDATE ad_daily SET day = 'infinity' WHERE day = '2026-03-18'$$),
	(6, $$UPDATE ad_daily SET day = day + 7 WHERE day <= '2026-03-09'$$),
	(7, $$DELETE FROM ad_daily WHERE day > '2026-03-11'$$),
	(8, $$UPDATE ad_daily SET spend = 2 WHERE day = '1999-01-01'$$),
	(9, $$DELETE FROM ad_daily WHERE day = '1999-01-01'$$),
	(10, insert_of($$SELECT '1999-01-01'::date, 'a' WHERE false$$)),
	(11, insert_of($$VALUES ('5874897-12-31'::date, 'a'), ('5874896-12-31', 'a')$$)),
	(12, insert_of($$VALUES ('4714-11-24 BC'::date, 'a'), ('4713-11-24 BC', 'a')$$)),
	(13, $$DELETE FROM ad_daily$$)) AS statements(number, statement), logged(statement)
ORDER BY number;
-- a row without a day, where the column lets it in, is refused as it is by DISTINCT, wherever it is
ALTER TABLE ad_clicks ALTER day DROP NOT NULL;
SELECT days, pg_temp.outcome(format('INSERT INTO ad_clicks (click_id, clicked_at, day, click_type)
	SELECT n::text, now(), day, ''link'' FROM unnest(%L::date[]) WITH ORDINALITY AS rows(day, n)', days))
FROM unnest(ARRAY['{NULL}', '{NULL,2026-03-02}',
	'{2026-03-02,NULL,2026-03-03}', '{2026-03-02,1999-03-03,NULL}', '{infinity,NULL}']) AS days;
SELECT count(*) FROM ad_clicks;
-- TRUNCATE logs all weeks
SELECT came FROM logged('TRUNCATE ad_daily');
DROP SCHEMA changed_weeks CASCADE;
