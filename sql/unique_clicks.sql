-- unique_clicks() is count(DISTINCT ...), and clicks_per_account() is count() by it
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- arguments resolve: narrower integers, other strings, literals, NULL, parameters
SELECT unique_clicks(7::smallint) AS smallint, unique_clicks(7::integer) AS integer,
       unique_clicks(7::bigint) AS bigint, unique_clicks(7) AS literal,
       unique_clicks('7'::text) AS text, unique_clicks('7'::varchar(5)) AS varchar,
       unique_clicks('7'::char(5)) AS char, unique_clicks('7'::name) AS name,
       unique_clicks('7') AS untyped, unique_clicks(NULL) AS "null", unique_clicks('00000000-0000-0000-0000-000000000007'::uuid) AS uuid;
SELECT clicks_per_account(7::smallint) AS smallint, clicks_per_account('7'::varchar(5)) AS varchar,
       clicks_per_account('7') AS untyped, clicks_per_account(NULL) AS "null";
PREPARE of_parameter AS SELECT unique_clicks($1), clicks_per_account($1);
EXECUTE of_parameter('a');
DEALLOCATE of_parameter;

-- no rows, and no clickers
SELECT unique_clicks(1), clicks_per_account(1) IS NULL AS no_ratio WHERE false;
SELECT unique_clicks(NULL::bigint), clicks_per_account(NULL::uuid) IS NULL AS no_ratio FROM generate_series(1, 3);
SELECT g, unique_clicks(x), clicks_per_account(x)
FROM (VALUES (1, NULL::bigint), (2, 5), (2, NULL), (2, 5), (3, 0)) AS v(g, x) GROUP BY g ORDER BY g;

-- ids of every kind; each column is a way to make ids, and NULL now and then
SELECT setseed(0.3);
CREATE TABLE clicks AS
	SELECT n, floor(random() ^ 3 * 40)::int AS campaign,
	       floor(random() * 100)::smallint - 50::smallint AS small,
	       floor(random() * 1000000)::integer - 500000 AS medium,
	       n::bigint AS sequence, floor(random() * 3000)::bigint AS few,
	       (floor(random() * 9)::bigint << 32) | floor(random() * 700)::bigint AS tenant,
	       (1700000000000 + n / 3 << 22) | (floor(random() * 32)::bigint << 12) | n % 3 AS snowflake,
	       (floor(random() * 4096)::bigint << 52) AS high_bits, -floor(random() * 5000)::bigint AS negative,
	       CASE n % 5 WHEN 0 THEN 0 WHEN 1 THEN -1 WHEN 2 THEN 9223372036854775807
	       WHEN 3 THEN (-9223372036854775808)::bigint ELSE 1 END AS extreme,
	       md5(floor(random() * 4000)::text)::uuid AS random_uuid, ('00000000-0000-0000-0000-' || lpad(to_hex(n / 2), 12, '0'))::uuid AS low_uuid,
	       (lpad(to_hex(n / 2), 8, '0') || '-0000-0000-0000-000000000000')::uuid AS high_uuid,
	       'user ' || floor(random() * 5000) AS name, repeat(chr(65 + n % 26), n % 300) AS lengths,
	       CASE n % 4 WHEN 0 THEN '' WHEN 1 THEN ' ' WHEN 2 THEN 'é' ELSE 'e' || chr(769) END AS odd, repeat('日本', n % 50) AS japanese,
	       ('a' || repeat(' ', n % 7))::char(9) AS padded, ('a' || repeat(' ', n % 7))::varchar(9) AS blanks,
	       repeat(md5((n % 9)::text), 20 + n % 100) AS long,
	       CASE WHEN n % 11 <> 0 THEN date '2025-12-31' + n % 900 - date '2000-01-01' END AS day,
	       (extract(epoch FROM timestamptz '2026-01-01 00:00+00' + n / 3 * interval '0.37 s') * 1000000)::bigint AS moment
	FROM generate_series(1, 12000) AS n;
UPDATE clicks SET few = NULL, name = NULL, random_uuid = NULL, small = NULL, moment = NULL WHERE n % 7 = 0;
CREATE INDEX ON clicks (n);
ANALYZE clicks;

-- every column in total and by campaign
CREATE FUNCTION pg_temp.same(clicker name, OUT total text, OUT ratio text, OUT many bool, OUT groups text)
	LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT pg_temp.all_equal(u, d), pg_temp.all_equal(c, n::numeric / d)
		FROM (SELECT unique_clicks(%1$I) AS u, clicks_per_account(%1$I) AS c,
		             count(%1$I) AS n, count(DISTINCT %1$I) AS d FROM clicks) AS s', clicker)
		INTO total, ratio;
	EXECUTE format('SELECT count(*) > 30, pg_temp.all_equal(u, d)
		FROM (SELECT unique_clicks(%1$I) AS u, count(DISTINCT %1$I) AS d FROM clicks GROUP BY campaign) AS s', clicker)
		INTO many, groups;
END $$;
SELECT attname AS clicker, same.* FROM pg_attribute, pg_temp.same(attname)
WHERE attrelid = 'clicks'::regclass AND attnum > 0 AND attname NOT IN ('n', 'campaign') ORDER BY attnum;

-- bytes decide: composed and decomposed letters differ, and so do trailing blanks, but for char(n)
SELECT unique_clicks(odd) AS odd, unique_clicks(padded) AS padded, unique_clicks(blanks) AS blanks FROM clicks;

-- compressed and toasted values, short and long headers
CREATE TEMP TABLE stored (clicker text);
INSERT INTO stored SELECT repeat('x', 100000) || n % 3 FROM generate_series(1, 6) AS n;
ALTER TABLE stored ALTER clicker SET STORAGE EXTERNAL;
INSERT INTO stored SELECT repeat('x', 100000) || n % 4 FROM generate_series(1, 8) AS n;
INSERT INTO stored SELECT n % 5 FROM generate_series(1, 10) AS n;
SELECT unique_clicks(clicker), clicks_per_account(clicker) FROM stored;

-- a collation that finds different bytes equal is refused
CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
SELECT unique_clicks(name COLLATE ignore_case) FROM clicks;
SELECT clicks_per_account(name COLLATE ignore_case) FROM clicks;
SELECT unique_clicks(name COLLATE "C") = count(DISTINCT name COLLATE "C") AS same FROM clicks;
SELECT unique_clicks(name COLLATE ignore_case) FROM clicks WHERE name IS NULL;

-- and so is a type that becomes text by itself but has an = of its own, as citext has; a cast that says text is
-- meant, or a text that follows it, is not
CREATE TYPE caseless;
SET client_min_messages = warning;
CREATE FUNCTION caseless_in(cstring) RETURNS caseless LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION caseless_out(caseless) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
RESET client_min_messages;
CREATE TYPE caseless (INPUT = caseless_in, OUTPUT = caseless_out, LIKE = text, CATEGORY = 'S', COLLATABLE = true);
CREATE CAST (caseless AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE FUNCTION caseless_cmp(caseless, caseless) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT bttextcmp(lower($1::text), lower($2::text))';
DO $$
DECLARE
	operator text;
BEGIN
	FOREACH operator IN ARRAY '{<,<=,=,>=,>}'::text[] LOOP
		EXECUTE format('CREATE FUNCTION %I(caseless, caseless) RETURNS boolean LANGUAGE sql IMMUTABLE AS %L',
			'caseless ' || operator, format('SELECT lower($1::text) %s lower($2::text)', operator));
		EXECUTE format('CREATE OPERATOR %s (LEFTARG = caseless, RIGHTARG = caseless, FUNCTION = %I)', operator, 'caseless ' || operator);
	END LOOP;
END $$;
CREATE OPERATOR CLASS caseless_ops DEFAULT FOR TYPE caseless USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 caseless_cmp(caseless, caseless);
CREATE TABLE people (name caseless, by_bytes varchar(10));
INSERT INTO people VALUES ('Ann', 'Ann'), ('ANN', 'ANN'), ('Bob', 'Bob');
SELECT unique_clicks(name) FROM people;
\echo :SQLSTATE
SELECT clicks_per_account(name) FROM people;
SELECT cardinality(clicker_set_agg(name)) FROM people;
SELECT approx_unique_clicks(name) FROM people;
SELECT unique_clicks(name::text) AS bytes, unique_clicks(lower(name)) AS case_ignored,
       unique_clicks(by_bytes) AS varchar, count(DISTINCT name) AS caseless FROM people;
SET client_min_messages = warning;
DROP TYPE caseless CASCADE;
RESET client_min_messages;
DROP TABLE people;

-- DISTINCT, ORDER BY, FILTER, HAVING
SELECT unique_clicks(DISTINCT few) = count(DISTINCT few) AS "distinct",
       unique_clicks(few ORDER BY n DESC) = count(DISTINCT few) AS ordered,
       unique_clicks(few) FILTER (WHERE n < 500) = count(DISTINCT few) FILTER (WHERE n < 500) AS filtered,
       unique_clicks(few) FILTER (WHERE false) AS nothing, clicks_per_account(DISTINCT few) AS each_once
FROM clicks;
SELECT count(*) > 0 AS some, pg_temp.all_hold(n > 500, n, 'more than 500') AS having
FROM (SELECT unique_clicks(sequence) AS n FROM clicks GROUP BY campaign HAVING unique_clicks(sequence) > 500) AS s;

-- both aggregates over one column share a state
SELECT pg_temp.all_equal(u, d) AS same, pg_temp.all_equal(c, rows::numeric / d) AS ratio,
       pg_temp.all_equal(u_again, d) AS again
FROM (SELECT unique_clicks(few) AS u, clicks_per_account(few) AS c, unique_clicks(few) + 0 AS u_again,
      count(DISTINCT few) AS d, count(few) AS rows FROM clicks GROUP BY campaign) AS s;

-- several at once
SELECT pg_temp.all_equal(f, df) AS few, pg_temp.all_equal(s, ds) AS snowflake, pg_temp.all_equal(u, du) AS uuid,
       pg_temp.all_equal(t, dt) AS text
FROM (SELECT unique_clicks(few) AS f, unique_clicks(snowflake) AS s, unique_clicks(random_uuid) AS u,
      unique_clicks(name) AS t,
             count(DISTINCT few) AS df, count(DISTINCT snowflake) AS ds, count(DISTINCT random_uuid) AS du,
             count(DISTINCT name) AS dt FROM clicks GROUP BY campaign) AS s;

-- grouping sets, hashed and sorted
CREATE VIEW cubed AS SELECT campaign, small, unique_clicks(few) AS f, unique_clicks(name) AS t,
	clicks_per_account(random_uuid) AS u FROM clicks GROUP BY CUBE (campaign, small);
CREATE VIEW cubed_by_core AS
	SELECT campaign, small, count(DISTINCT few) AS f, count(DISTINCT name) AS t,
	       count(random_uuid)::numeric / nullif(count(DISTINCT random_uuid), 0) AS u FROM clicks
	GROUP BY CUBE (campaign, small);
SELECT count(*) > 2000 AS many FROM cubed;
(TABLE cubed EXCEPT ALL TABLE cubed_by_core) UNION ALL (TABLE cubed_by_core EXCEPT ALL TABLE cubed);
SET enable_hashagg = off;
(TABLE cubed EXCEPT ALL TABLE cubed_by_core) UNION ALL (TABLE cubed_by_core EXCEPT ALL TABLE cubed);
RESET enable_hashagg;

-- windows: running, moving, whole partitions
SELECT pg_temp.all_equal(running, first_seen) AS running, pg_temp.all_equal(running_name, first_names) AS running_name
FROM (SELECT unique_clicks(few) OVER w AS running, sum(first_few) OVER w AS first_seen,
      unique_clicks(name) OVER w AS running_name, sum(first_name) OVER w AS first_names
      FROM (SELECT n, few, name,
            (few IS NOT NULL AND row_number() OVER (PARTITION BY few ORDER BY n) = 1)::int AS first_few,
                   (name IS NOT NULL AND row_number() OVER (PARTITION BY name ORDER BY n) = 1)::int AS first_name
                   FROM clicks) AS s
      WINDOW w AS (ORDER BY n)) AS s;
SELECT count(*) AS rows, pg_temp.all_equal(moving, expected) AS moving,
       pg_temp.all_equal(ratio, expected_ratio) AS ratio
FROM (SELECT unique_clicks(small) OVER w AS moving, clicks_per_account(small) OVER w AS ratio,
             (SELECT count(DISTINCT small) FROM clicks i WHERE i.n BETWEEN o.n - 20 AND o.n + 3) AS expected,
             (SELECT count(small)::numeric / count(DISTINCT small) FROM clicks i
              WHERE i.n BETWEEN o.n - 20 AND o.n + 3) AS expected_ratio
      FROM (SELECT * FROM clicks WHERE n <= 1003) AS o
      WINDOW w AS (ORDER BY n ROWS BETWEEN 20 PRECEDING AND 3 FOLLOWING) OFFSET 0 LIMIT 1000) AS s;
SELECT pg_temp.all_equal(u, d) AS partitions
FROM (SELECT campaign, unique_clicks(tenant) OVER (PARTITION BY campaign) AS u FROM clicks) AS s
JOIN (SELECT campaign, count(DISTINCT tenant) AS d FROM clicks GROUP BY campaign) AS r USING (campaign);

-- a cursor that is closed early, a LIMIT that ends early, a set-returning caller
BEGIN;
DECLARE early CURSOR FOR SELECT campaign, unique_clicks(name) FROM clicks GROUP BY campaign;
MOVE 3 IN early;
CLOSE early;
COMMIT;
SELECT count(u) AS count FROM (SELECT unique_clicks(few) AS u FROM clicks GROUP BY campaign LIMIT 2) AS s;
SELECT sum(u) = sum(d) AS lateral FROM generate_series(0, 50) AS c,
       LATERAL (SELECT unique_clicks(few) AS u, count(DISTINCT few) AS d FROM clicks WHERE campaign = c) AS s;

DROP VIEW cubed, cubed_by_core;
DROP TABLE clicks;
