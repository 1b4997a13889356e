-- incremental_rollup.sql
--	The weekly cells as a table that keeps up with ad_daily and ad_clicks: only the
--	weeks that changed are computed again, next to readers and writers.
--
--	weekly_ads		table with the columns that weekly_report.sql gives it, under
--					the same views
--	changed_weeks	log of the weeks that writers touched
--	refresh_weekly_ads()	procedure: brings weekly_ads up to date
--
--		psql -d mydb -f airbyte.sql -f incremental_rollup.sql
--		CALL load_ads();
--		CALL refresh_weekly_ads();
--
-- It takes the place of the materialized view of weekly_report.sql, and that file
-- takes the place of this one: each drops the other's weekly_ads.  For a schedule:
--
--		SELECT cron.schedule('weekly ads', '*/15 * * * *', 'CALL refresh_weekly_ads()');
--
-- * A statement that writes rows logs their weeks in its own transaction.  A refresh
--   takes what is in the log, and then reads the rows: whoever had not committed by
--   then has a line in the log for the next refresh.
-- * The log has no key: two writers never wait for each other, and a refresh never
--   takes the line of a transaction that it has not seen.
-- * A refresh that fails leaves the log as it was.
-- * Rows that are written straight into a partition are logged, too.  A partition is
--   watched from the first refresh that sees it on, which also computes its weeks.
-- * When a partition has been dropped or detached its days are gone, so the weeks
--   that touch them are frozen: they stay as they are, and a late row for one is
--   reported by refresh_weekly_ads(), not computed from what is left.  Before you
--   delete old rows in any other way, INSERT their days INTO frozen_days.  Where a
--   partition that is gone had no range of days, the refresh asks you to.
--
-- Whoever writes to ad_daily or ad_clicks needs INSERT on changed_weeks, too.  For
-- weeks that start on Sunday change report_week(day) here and in cells_of_weeks.sql.
--
-- It can be run again.

\ir search_path.sql
\ir cells_of_weeks.sql

SELECT quote_ident(current_schema) AS tables_schema,
	(SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
		WHERE extname = 'clicks_all') AS extension_schema \gset

-- In place of the materialized view, but not of a table with weeks that may be frozen
DO $$
BEGIN
	IF (SELECT relkind = 'm' FROM pg_class WHERE oid = to_regclass('weekly_ads')) THEN
		DROP MATERIALIZED VIEW weekly_ads;
	END IF;
END
$$;

CREATE TABLE IF NOT EXISTS weekly_ads AS
	SELECT * FROM cells_of_weeks('-infinity', 'infinity') WITH NO DATA;

COMMENT ON TABLE weekly_ads IS
	'ads by week and slices; add rows up with sum(clicks), clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks, currency) and unique_clicks(clickers)';

\ir weekly_ads.sql
\ir report_views.sql

CREATE TABLE IF NOT EXISTS changed_weeks (
	week date NOT NULL
);

COMMENT ON TABLE changed_weeks IS
	'weeks of ad_daily and ad_clicks that were written to since the last refresh; -infinity stands for all weeks';
COMMENT ON COLUMN changed_weeks.week IS 'first day of the week';

CREATE TABLE IF NOT EXISTS frozen_days (
	first_day date NOT NULL,
	last_day date NOT NULL CHECK (last_day >= first_day),
	reason text
);

COMMENT ON TABLE frozen_days IS
	'days whose rows are not all there any more: weeks that touch them are never computed again';
COMMENT ON COLUMN frozen_days.first_day IS 'first of these days';
COMMENT ON COLUMN frozen_days.last_day IS 'last of these days';
COMMENT ON COLUMN frozen_days.reason IS 'why, such as the name of the partition that was dropped';

CREATE TABLE IF NOT EXISTS watched_tables (
	relation oid PRIMARY KEY,
	name text NOT NULL,
	first_day date NOT NULL,
	last_day date NOT NULL
);

COMMENT ON TABLE watched_tables IS
	'ad_daily, ad_clicks and their partitions, as the last refresh saw them';
COMMENT ON COLUMN watched_tables.relation IS 'the table or partition';
COMMENT ON COLUMN watched_tables.name IS 'its name, for messages when it is gone';
COMMENT ON COLUMN watched_tables.first_day IS 'first day of which it may have rows';
COMMENT ON COLUMN watched_tables.last_day IS 'last day of which it may have rows';

-- The bit of a day's week among 64.  Weeks are 7 days apart and 7 has no divisor in
-- common with 64, so 64 weeks that follow each other have 64 different bits.
CREATE OR REPLACE FUNCTION bit_of_week(day date) RETURNS bigint LANGUAGE sql IMMUTABLE
	RETURN CASE WHEN isfinite(day) THEN 1::bigint << ((report_week(day) - date '2000-01-03') & 63) ELSE -1 END;

COMMENT ON FUNCTION bit_of_week IS
	'one bit of 64 that tells the week of a day from others less than 64 weeks away; all bits for what is in no week';

-- Log the weeks that a statement has written to.  One that empties a table may not
-- see all rows that it takes away, so it logs all weeks.
--
-- Writers wait for this.  A bit for each week costs less than DISTINCT, and tells as much
-- of a statement whose weeks are 64 at most from the first to the last.
CREATE OR REPLACE FUNCTION log_changed_weeks() RETURNS trigger
	LANGUAGE plpgsql SET search_path = :tables_schema, :extension_schema, pg_temp
AS $$
DECLARE
	first_week date;
	last_week date;
	bits bigint;
BEGIN
	CASE TG_OP
		WHEN 'INSERT' THEN
			SELECT report_week(min(day)), report_week(max(day)), bit_or(bit_of_week(day))
				INTO first_week, last_week, bits FROM new_rows;
		WHEN 'UPDATE' THEN
			SELECT report_week(min(day)), report_week(max(day)), bit_or(bit_of_week(day))
				INTO first_week, last_week, bits
				FROM (SELECT day FROM old_rows UNION ALL SELECT day FROM new_rows) AS written;
		WHEN 'DELETE' THEN
			SELECT report_week(min(day)), report_week(max(day)), bit_or(bit_of_week(day))
				INTO first_week, last_week, bits FROM old_rows;
		WHEN 'TRUNCATE' THEN
			INSERT INTO changed_weeks VALUES ('-infinity');
	END CASE;

	-- -1 has all bits: a day in no week, or weeks enough for DISTINCT
	IF bits <> -1 AND last_week - first_week < 64 * 7 THEN
		FOR n IN 0 .. (last_week - first_week) / 7 LOOP
			IF bits & bit_of_week(first_week + 7 * n) <> 0 THEN
				INSERT INTO changed_weeks VALUES (first_week + 7 * n);
			END IF;
		END LOOP;
	ELSIF TG_OP = 'INSERT' THEN
		INSERT INTO changed_weeks SELECT DISTINCT report_week(day) FROM new_rows;
	ELSIF TG_OP = 'UPDATE' THEN
		INSERT INTO changed_weeks
			SELECT report_week(day) FROM old_rows UNION SELECT report_week(day) FROM new_rows;
	ELSIF TG_OP = 'DELETE' THEN
		INSERT INTO changed_weeks SELECT DISTINCT report_week(day) FROM old_rows;
	END IF;
	RETURN NULL;
END
$$;

COMMENT ON FUNCTION log_changed_weeks IS
	'trigger: notes in changed_weeks the weeks that a statement wrote to';

-- The days of which a partition may have rows.  A click belongs to the day of its
-- account, which begins up to 14 hours before, and ends up to 12 after, the day of UTC.
CREATE OR REPLACE FUNCTION days_of_partition(relation regclass, OUT first_day date, OUT last_day date)
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT coalesce(max(CASE WHEN is_time THEN (bound[1]::timestamptz AT TIME ZONE 'UTC')::date - 1
			ELSE bound[1]::date END), '-infinity'),
		coalesce(min(CASE WHEN is_time THEN (bound[2]::timestamptz AT TIME ZONE 'UTC')::date + 1
			ELSE bound[2]::date - 1 END), 'infinity')
	FROM pg_partition_ancestors(relation) AS ancestor(relid) JOIN pg_class ON oid = relid,
		regexp_match(pg_get_expr(relpartbound, oid), $re$FROM \((?:'([^']+)'|MINVALUE)\) TO \((?:'([^']+)'|MAXVALUE)\)$re$) AS bound,
		LATERAL (SELECT coalesce(bound[1], bound[2]) ~ ':') AS kind(is_time)
$$;

COMMENT ON FUNCTION days_of_partition IS
	'first and last day of which a partition of ad_daily or ad_clicks may have rows, by its ranges and those of what it is part of; infinite without any';

CREATE OR REPLACE FUNCTION ad_tables_and_partitions() RETURNS SETOF regclass
	LANGUAGE sql STABLE SET search_path = :tables_schema, pg_temp
AS $$
	SELECT 'ad_daily'::regclass
	UNION SELECT 'ad_clicks'::regclass
	UNION SELECT relid FROM pg_partition_tree('ad_daily')
	UNION SELECT relid FROM pg_partition_tree('ad_clicks')
$$;

COMMENT ON FUNCTION ad_tables_and_partitions IS
	'ad_daily, ad_clicks and all partitions of both';

-- Watch tables and partitions that are new, and freeze the weeks of those that are
-- gone.
CREATE OR REPLACE PROCEDURE watch_ad_tables()
	LANGUAGE plpgsql SET search_path = :tables_schema, :extension_schema, pg_temp
AS $$
DECLARE
	relation regclass;
	lost text;
BEGIN
	WITH gone AS (
		DELETE FROM watched_tables AS watched
		WHERE watched.relation NOT IN (SELECT there.relation FROM ad_tables_and_partitions() AS there(relation))
		RETURNING *
	), frozen AS (
		INSERT INTO frozen_days
			SELECT first_day, last_day, name || ' was dropped or detached' FROM gone
			WHERE isfinite(first_day) OR isfinite(last_day)
	)
	-- a table that took the place of one of these is new, and all its weeks are computed
	SELECT min(name) INTO lost FROM gone
	WHERE NOT isfinite(first_day) AND NOT isfinite(last_day) AND name NOT IN ('ad_daily', 'ad_clicks');
	IF lost IS NOT NULL THEN
		RAISE EXCEPTION 'partition "%" was dropped or detached, and its days are not known', lost
			USING ERRCODE = 'object_not_in_prerequisite_state',
				DETAIL = 'Weeks that it had rows of must not be computed from what is left.',
				HINT = 'INSERT its days INTO frozen_days, if it had any, and DELETE it FROM watched_tables.';
	END IF;

	FOR relation IN
		SELECT ad_tables_and_partitions()
		EXCEPT
		SELECT watched_tables.relation FROM watched_tables
	LOOP
		-- after this the rows of all who wrote before are there to be seen
		EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', relation);
		EXECUTE format('CREATE OR REPLACE TRIGGER log_changed_weeks_insert AFTER INSERT ON %s
			REFERENCING NEW TABLE AS new_rows EXECUTE FUNCTION log_changed_weeks()', relation);
		EXECUTE format('CREATE OR REPLACE TRIGGER log_changed_weeks_update AFTER UPDATE ON %s
			REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
			EXECUTE FUNCTION log_changed_weeks()', relation);
		EXECUTE format('CREATE OR REPLACE TRIGGER log_changed_weeks_delete AFTER DELETE ON %s
			REFERENCING OLD TABLE AS old_rows EXECUTE FUNCTION log_changed_weeks()', relation);
		EXECUTE format('CREATE OR REPLACE TRIGGER log_changed_weeks_truncate AFTER TRUNCATE ON %s
			EXECUTE FUNCTION log_changed_weeks()', relation);
		-- partitions have their own turn, chunks of a hypertable have not
		EXECUTE format('INSERT INTO changed_weeks SELECT DISTINCT report_week(day) FROM %s %s',
			(SELECT CASE relkind WHEN 'p' THEN 'ONLY' END FROM pg_class WHERE oid = relation), relation);
		INSERT INTO watched_tables
			SELECT relation, relation::text, days.first_day, days.last_day
			FROM days_of_partition(relation) AS days;
	END LOOP;
END
$$;

COMMENT ON PROCEDURE watch_ad_tables IS
	'watches the partitions of ad_daily and ad_clicks that are new, and freezes the weeks of those that are gone; refresh_weekly_ads() calls it';

CREATE OR REPLACE FUNCTION is_frozen_week(week date) RETURNS boolean
	LANGUAGE sql STABLE SET search_path = :tables_schema, pg_temp
AS $$
	SELECT EXISTS (SELECT FROM frozen_days WHERE week <= last_day AND week + 6 >= first_day)
$$;

COMMENT ON FUNCTION is_frozen_week IS
	'whether days of the week are in frozen_days';

-- Compute the weeks that changed.  One at a time: a second call waits for the first,
-- and then takes what was logged since.
CREATE OR REPLACE PROCEDURE refresh_weekly_ads(
		INOUT weeks bigint DEFAULT NULL, INOUT cells bigint DEFAULT NULL,
		INOUT frozen_weeks bigint DEFAULT NULL, INOUT seconds numeric DEFAULT NULL)
	LANGUAGE plpgsql SET search_path = :tables_schema, :extension_schema, pg_temp
	-- a plan for each week, which reads the partitions of that week only
	SET plan_cache_mode = force_custom_plan SET datestyle = ISO
AS $$
DECLARE
	changed date[];
	frozen date[];
	range record;
	added bigint;
BEGIN
	IF current_setting('transaction_isolation') <> 'read committed' THEN
		RAISE EXCEPTION 'refresh_weekly_ads() needs transaction isolation level "read committed", not "%"',
				current_setting('transaction_isolation')
			USING ERRCODE = 'active_sql_transaction',
				DETAIL = 'Rows that were committed after the transaction began must be seen.';
	END IF;

	PERFORM pg_advisory_xact_lock('weekly_ads'::regclass::oid::bigint);
	CALL watch_ad_tables();

	WITH taken AS (DELETE FROM changed_weeks RETURNING week)
	SELECT array_agg(DISTINCT week) INTO changed FROM taken;

	SELECT array_agg(week ORDER BY week) INTO frozen
	FROM unnest(changed) AS week
	WHERE isfinite(week) AND is_frozen_week(week);
	IF frozen IS NOT NULL THEN
		RAISE WARNING 'rows changed in weeks that are frozen, and were not counted: %',
				array_to_string(frozen[1:10], ', ') || CASE WHEN cardinality(frozen) > 10 THEN ', ...' ELSE '' END
			USING DETAIL = 'Days of these weeks are in frozen_days: other rows of them are gone.';
	END IF;

	seconds := extract(epoch FROM clock_timestamp());
	weeks := 0;
	cells := 0;
	frozen_weeks := coalesce(cardinality(frozen), 0);

	IF '-infinity' = ANY (changed) THEN
		SELECT array_agg(DISTINCT week) INTO changed
		FROM (SELECT week FROM weekly_ads
			UNION ALL SELECT report_week(day) FROM ad_daily
			UNION ALL SELECT report_week(day) FROM ad_clicks) AS all_weeks;
	END IF;

	-- weeks that follow each other are computed together
	FOR range IN
		SELECT min(week) AS first_week, max(week) AS last_week, count(*) AS weeks
		FROM (SELECT week, week - 7 * row_number() OVER (ORDER BY week)::integer AS island
			FROM unnest(changed) AS week WHERE NOT is_frozen_week(week)) AS numbered
		GROUP BY island
		ORDER BY first_week
	LOOP
		DELETE FROM weekly_ads WHERE week BETWEEN range.first_week AND range.last_week;
		INSERT INTO weekly_ads SELECT * FROM cells_of_weeks(range.first_week, range.last_week);
		GET DIAGNOSTICS added = ROW_COUNT;
		weeks := weeks + range.weeks;
		cells := cells + added;
	END LOOP;
	seconds := round(extract(epoch FROM clock_timestamp()) - seconds, 3);
END
$$;

COMMENT ON PROCEDURE refresh_weekly_ads IS
	'brings weekly_ads up to date: tells how many weeks it computed, the cells that they have, how many changed weeks are frozen, and the seconds it took';

CALL refresh_weekly_ads();
