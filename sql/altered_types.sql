-- altered types: what the owner of click_counts and ad_metrics may do to them, also where they are stored; what he adds
-- is not ours, what he takes away or changes is named, and can be given back

-- the other tests use the types, too
BEGIN;
CREATE TABLE altered (n serial, counts click_counts);
INSERT INTO altered (counts)
	SELECT click_counts(link => n, photo => nullif(n % 3, 0), other => CASE WHEN n % 2 = 0 THEN -n END,
	                    outbound => n * n) FROM generate_series(1, 100) n;
CREATE FUNCTION pg_temp.answers() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answers text;
	hint text;
BEGIN
	SELECT concat_ws(' ', clicks_all(counts), clicks_all(counts + counts), count(clicks_total(counts)),
	                 (SELECT string_agg(click_type || '=' || clicks, ' ')
	                  FROM click_breakdown(sum(counts - click_counts(link => 1)))))
	INTO answers FROM altered;
	RETURN answers;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(': ', SQLSTATE, SQLERRM, hint);
END $$;
CREATE TABLE told (n serial, alteration text, answers text);
INSERT INTO told (answers) SELECT pg_temp.answers();
ALTER TYPE click_counts ADD ATTRIBUTE extra bigint CASCADE;
INSERT INTO told (alteration, answers) SELECT 'one more', pg_temp.answers();
UPDATE altered SET counts.extra = n WHERE n % 2 = 1;
INSERT INTO told (alteration, answers) SELECT 'one more, used', pg_temp.answers();
SELECT sum(counts), click_counts_agg('link'::click_type), click_counts_from_actions('[{"action_type": "like", "value": 5}]') AS from_actions FROM altered;
ALTER TYPE click_counts DROP ATTRIBUTE extra CASCADE;
INSERT INTO told (alteration, answers) SELECT 'and dropped', pg_temp.answers();
ALTER TYPE click_counts ADD ATTRIBUTE extra text CASCADE;
INSERT INTO told (alteration, answers) SELECT 'and a text', pg_temp.answers();
ALTER TYPE click_counts DROP ATTRIBUTE extra CASCADE;
SELECT count(*) AS alterations, count(DISTINCT answers) AS different_answers, min(answers) AS answers FROM told;
SAVEPOINT altered;
-- a field that is gone is missed; given back, which puts it behind the others, it is empty and can be filled
ALTER TYPE click_counts DROP ATTRIBUTE photo CASCADE;
SELECT pg_temp.answers();
ALTER TYPE click_counts ADD ATTRIBUTE photo bigint CASCADE;
SELECT pg_temp.answers();
UPDATE altered SET counts.photo = nullif(n % 3, 0);
SELECT pg_temp.answers() = (SELECT min(answers) FROM told) AS as_before;
ROLLBACK TO altered;
-- renamed, or of another type, which is noticed in expressions that a transaction keeps
SAVEPOINT altered;
ALTER TYPE click_counts RENAME ATTRIBUTE share TO shared CASCADE;
SELECT pg_temp.answers();
ROLLBACK TO altered;
DROP TABLE altered;
CREATE FUNCTION pg_temp.total_of(VARIADIC fields text[]) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN clicks_total(('(' || array_to_string(fields, ',', '') || ')')::click_counts);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
CREATE FUNCTION pg_temp.some_fields() RETURNS text[] LANGUAGE sql AS $$SELECT '{5}'::text[] || array_fill(NULL::text, '{18}')$$;
SAVEPOINT altered;
SELECT pg_temp.total_of(VARIADIC pg_temp.some_fields() || '7'::text) AS before;
ALTER TYPE click_counts ALTER ATTRIBUTE outbound TYPE text, ALTER ATTRIBUTE link TYPE text;
SELECT pg_temp.total_of(VARIADIC pg_temp.some_fields() || 'y'::text) AS text;
SELECT sum(c) FROM (SELECT ('(x,,,,,,,,,,,,,,,,,,,y)')::click_counts AS c) s;
ROLLBACK TO altered;
SAVEPOINT altered;
ALTER TYPE click_counts ALTER ATTRIBUTE link TYPE numeric;
SELECT pg_temp.total_of(VARIADIC pg_temp.some_fields() || '7'::text) AS numeric;
ALTER TYPE click_counts ALTER ATTRIBUTE link TYPE bigint;
SELECT pg_temp.total_of(VARIADIC pg_temp.some_fields() || '7'::text) AS and_back;
ROLLBACK TO altered;
SAVEPOINT altered;
ALTER TYPE ad_metrics ALTER ATTRIBUTE spend TYPE text;
SELECT ad_metrics(1, 2, 3);
ROLLBACK TO altered;
SAVEPOINT altered;
ALTER TYPE ad_metrics ADD ATTRIBUTE reach bigint CASCADE;
SELECT ad_metrics(1, 2, 3);
ROLLBACK TO altered;
-- a plan that was made before looks fields up by name as well
PREPARE made_before AS SELECT click_breakdown(click_counts(n, outbound => n + 1)) FROM generate_series(1, 1) n;
EXECUTE made_before;
ALTER TYPE click_counts DROP ATTRIBUTE link CASCADE, ADD ATTRIBUTE link bigint CASCADE;
EXECUTE made_before;
ROLLBACK;
