-- unique_clicks_bounds() is [greatest, sum]
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

SELECT unique_clicks_bounds(daily) FROM (VALUES (200::bigint), (NULL), (170), (90)) AS v(daily);
SELECT unique_clicks_bounds(7::smallint) AS smallint, unique_clicks_bounds(7) AS integer,
       unique_clicks_bounds('7') AS untyped, unique_clicks_bounds(7.0) AS numeric,
       unique_clicks_bounds(7::float8) AS double, unique_clicks_bounds(' 7'::text) AS text, unique_clicks_bounds(0) AS zero;

-- NULL of no numbers
SELECT unique_clicks_bounds(NULL) IS NULL AS "null",
       unique_clicks_bounds(daily) FILTER (WHERE false) IS NULL AS nothing
FROM (VALUES (200::bigint), (NULL)) AS v(daily);
SELECT unique_clicks_bounds(1) IS NULL AS no_rows WHERE false;

-- it holds what is true: people who clicked on several days
SELECT setseed(0.4);
CREATE TABLE clicks AS
	SELECT floor(random() * 30)::int AS campaign, floor(random() * 7)::int AS day,
	       floor(random() ^ 2 * 500)::bigint AS clicker
	FROM generate_series(1, 10000);
ANALYZE clicks;
CREATE VIEW daily AS SELECT campaign, day, unique_clicks(clicker) AS clickers FROM clicks GROUP BY campaign, day;
SELECT count(*) AS campaigns, pg_temp.all_hold(bounds @> truth, truth, bounds) AS holds,
       pg_temp.all_equal(bounds, int8range(greatest, sum, '[]')) AS same
FROM (SELECT campaign, unique_clicks_bounds(clickers) AS bounds, max(clickers) AS greatest,
      sum(clickers)::bigint AS sum FROM daily GROUP BY campaign) AS b
JOIN (SELECT campaign, unique_clicks(clicker) AS truth FROM clicks GROUP BY campaign) AS t USING (campaign);

-- running, over grouping sets, and in partial aggregates
SELECT pg_temp.all_equal(running, int8range(greatest, sum, '[]')) AS running
FROM (SELECT unique_clicks_bounds(clickers) OVER w AS running, max(clickers) OVER w AS greatest,
      (sum(clickers) OVER w)::bigint AS sum
      FROM daily WINDOW w AS (PARTITION BY campaign ORDER BY day)) AS s;
SELECT count(*) AS groups, pg_temp.all_equal(bounds, int8range(greatest, sum, '[]')) AS grouping_sets
FROM (SELECT unique_clicks_bounds(clickers) AS bounds, max(clickers) AS greatest, sum(clickers)::bigint AS sum
      FROM daily GROUP BY GROUPING SETS ((campaign), (day), ())) AS s;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET enable_hashagg = off;
SELECT pg_temp.all_equal(bounds, int8range(greatest, sum, '[]')) AS parallel
FROM (SELECT unique_clicks_bounds(clicker) AS bounds, max(clicker) AS greatest, sum(clicker)::bigint AS sum
      FROM clicks GROUP BY campaign) AS s;
RESET ALL;

-- sums of bigint are numeric
SELECT unique_clicks_bounds(people)
FROM (SELECT sum(n) AS people FROM (VALUES (1::bigint, 2), (1, 3), (2, 4)) v(day, n) GROUP BY day) days;

-- errors: 22023, 22003
DO $$BEGIN PERFORM unique_clicks_bounds(2.5);
	EXCEPTION WHEN invalid_parameter_value THEN RAISE NOTICE '%', sqlerrm; END$$;
DO $$BEGIN PERFORM unique_clicks_bounds(9223372036854775808);
	EXCEPTION WHEN numeric_value_out_of_range THEN RAISE NOTICE '%', sqlerrm; END$$;
DO $$BEGIN PERFORM unique_clicks_bounds(x) FROM (VALUES (4::bigint), (-3)) AS v(x);
	EXCEPTION WHEN invalid_parameter_value THEN RAISE NOTICE '%', sqlerrm; END$$;
DO $$BEGIN PERFORM unique_clicks_bounds(x) FROM (VALUES (9223372036854775807), (1)) AS v(x);
	EXCEPTION WHEN numeric_value_out_of_range THEN RAISE NOTICE '%', sqlerrm; END$$;
DO $$BEGIN PERFORM unique_clicks_bounds(x) FROM (VALUES (9223372036854775807)) AS v(x);
	EXCEPTION WHEN numeric_value_out_of_range THEN RAISE NOTICE '%', sqlerrm; END$$;
SELECT unique_clicks_bounds(9223372036854775806);

-- called by hand: values stay what they were, and nonsense is refused
CREATE TEMP TABLE state AS SELECT '{3,8}'::bigint[] AS s;
SELECT unique_clicks_bounds_add(s, 5) AS added, unique_clicks_bounds_merge(s, '{4,4}') AS merged,
       unique_clicks_bounds_range(s) AS range, s FROM state;
SELECT unique_clicks_bounds_add('{3}', 5);
SELECT unique_clicks_bounds_merge('{3,8}', '{3,NULL}');
SELECT unique_clicks_bounds_range('{{3,8},{1,2}}');
SELECT unique_clicks_bounds_range('{8,3}');
SELECT unique_clicks_bounds_merge('{3,8}', '{4,9223372036854775807}');

DROP VIEW daily;
DROP TABLE clicks;
