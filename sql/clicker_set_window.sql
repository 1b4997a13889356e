-- moving windows over stored sets: as if each frame were united by itself

CREATE AGGREGATE plain_union(clicker_set) (SFUNC = clicker_set_union, STYPE = clicker_set, SSPACE = 4096,
                                           FINALFUNC = clicker_set_final);
CREATE AGGREGATE plain_count(clicker_set) (SFUNC = clicker_set_union, STYPE = clicker_set, SSPACE = 4096,
                                           FINALFUNC = clicker_set_count);

-- small and large sets, of several precisions, with NULL, empty and repeated ones, on days with gaps and ties
CREATE TABLE cells AS
	SELECT n, n % 3 AS campaign, date '2026-01-01' + (n * 7 / 5) AS day, n / 4 AS tie,
		CASE WHEN n % 11 <> 5 THEN (SELECT clicker_set_agg(n * n % 90 * 100 + i, CASE n % 13 WHEN 4 THEN 9
		                                                   WHEN 9 THEN 12 ELSE 13 END)
			FROM generate_series(1, CASE WHEN n % 7 = 0 THEN 3000 ELSE n % 50 END) i) END AS clickers
	FROM generate_series(1, 130) n;
INSERT INTO cells VALUES (131, 0, '2027-01-01', 40, 'cs1:wRUA'), (132, 1, '2027-01-02', 40, NULL);

CREATE TEMP TABLE frame (frame text);
INSERT INTO frame VALUES
	('ROWS 3 PRECEDING'), ('ROWS 0 PRECEDING'), ('ROWS BETWEEN 12 PRECEDING AND CURRENT ROW'), ('ROWS BETWEEN 2 PRECEDING AND 5 FOLLOWING'),
	('ROWS BETWEEN 3 FOLLOWING AND 9 FOLLOWING'), ('ROWS BETWEEN 9 PRECEDING AND 3 PRECEDING'), ('ROWS BETWEEN 3 PRECEDING AND 9 PRECEDING'),
	('ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'), ('ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW'), ('ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING'),
	('ROWS BETWEEN UNBOUNDED PRECEDING AND 4 FOLLOWING'), ('ROWS BETWEEN 5 FOLLOWING AND UNBOUNDED FOLLOWING'), ('ROWS 500 PRECEDING');
INSERT INTO frame SELECT frame || ' EXCLUDE ' || excluded FROM frame, unnest('{CURRENT ROW,GROUP,TIES,NO OTHERS}'::text[]) AS excluded;
INSERT INTO frame SELECT replace(frame, 'ROWS', 'GROUPS') FROM frame;

-- in the order of n, where each row is a group, and of ties, where four are
CREATE FUNCTION pg_temp.differences(over text, filter text DEFAULT 'true') RETURNS bigint LANGUAGE plpgsql SET jit = off AS $$
DECLARE
	differences bigint;
BEGIN
	EXECUTE format('SELECT count(*)
		FROM (SELECT union_agg(clickers) FILTER (WHERE %2$s) OVER w AS u,
		             plain_union(clickers) FILTER (WHERE %2$s) OVER w AS pu,
		             unique_clicks(clickers) FILTER (WHERE %2$s) OVER w AS c,
		             plain_count(clickers) FILTER (WHERE %2$s) OVER w AS pc
		      FROM cells WINDOW w AS (%1$s)) r
		WHERE u IS DISTINCT FROM pu OR pg_column_size(u) - octet_length(u::bytea) NOT IN (1, 4)
		   OR c IS DISTINCT FROM pc', over, filter) INTO differences;
	RETURN differences;
END $$;
SELECT count(*) AS frames, sum(pg_temp.differences('ORDER BY n ' || frame)) AS by_row,
       sum(pg_temp.differences('ORDER BY tie, n ' || frame)) AS by_row_again,
       sum(pg_temp.differences('PARTITION BY campaign ORDER BY tie ' || frame)) AS partitioned
FROM frame WHERE frame NOT LIKE '%NO OTHERS%';
SELECT sum(pg_temp.differences('ORDER BY n ' || frame, 'n % 5 > 0')) AS filtered, sum(pg_temp.differences('ORDER BY n DESC ' || frame, 'n > 40 AND n % 17 < 9')) AS long_gaps,
       sum(pg_temp.differences('PARTITION BY n % 2 = 0 AND clickers IS NULL ORDER BY n ' || frame)) AS nothing_but_null
FROM frame WHERE frame NOT LIKE '%EXCLUDE%';
SELECT sum(pg_temp.differences(format('ORDER BY day RANGE BETWEEN %s AND %s', a, b)))
FROM unnest('{''7 days'' PRECEDING,''3 days'' PRECEDING,CURRENT ROW,''2 days'' FOLLOWING,UNBOUNDED PRECEDING}'::text[]) a,
     unnest('{''0 days'' PRECEDING,CURRENT ROW,''5 days'' FOLLOWING,UNBOUNDED FOLLOWING}'::text[]) b
WHERE NOT (a LIKE '%FOLLOWING' AND b NOT LIKE '%FOLLOWING') AND NOT (a = 'CURRENT ROW' AND b LIKE '%PRECEDING');

-- frames that memory does not hold are summed up afresh
SET work_mem = '64kB';
SELECT sum(pg_temp.differences('ORDER BY n ' || frame)) AS little_memory FROM frame WHERE frame NOT LIKE '%EXCLUDE%' AND frame LIKE 'ROWS%';
RESET work_mem;

-- sets that are larger than work_mem together while no row has left the frame yet
CREATE TEMP TABLE large AS
	SELECT n, clicker_set_agg((n * 700 + i)::bigint) AS clickers
	FROM generate_series(1, 150) n, generate_series(1, 2000) i GROUP BY n;
SET work_mem = '64kB';
SELECT sum(pg_column_size(clickers)) > 2 * 65536 AS too_large,
       count(*) FILTER (WHERE a IS DISTINCT FROM b) AS differences
FROM (SELECT clickers, union_agg(clickers) OVER w AS a, plain_union(clickers) OVER w AS b FROM large
      WINDOW w AS (ORDER BY n ROWS 99 PRECEDING)) s;
RESET work_mem;

-- a state is made for each window and partition, by itself
SELECT count(*) FILTER (WHERE a IS DISTINCT FROM pa OR b IS DISTINCT FROM pb OR c IS DISTINCT FROM pa) AS differences
FROM (SELECT union_agg(clickers) OVER a AS a, plain_union(clickers) OVER a AS pa, union_agg(clickers) OVER b AS b,
      plain_union(clickers) OVER b AS pb, union_agg(clickers) OVER a AS c
      FROM cells WINDOW a AS (PARTITION BY campaign ORDER BY n ROWS 4 PRECEDING),
           b AS (ORDER BY day DESC, n ROWS BETWEEN 2 FOLLOWING AND 8 FOLLOWING)) s;
-- a working set that was stored, as people may
CREATE AGGREGATE my_union(clicker_set) (SFUNC = clicker_set_union, STYPE = clicker_set);
CREATE TEMP TABLE working AS SELECT n, my_union(clickers | 'cs1:wRUA') AS clickers FROM cells GROUP BY n;
SELECT count(*) FILTER (WHERE a IS DISTINCT FROM b) AS differences
FROM (SELECT union_agg(clickers) OVER w AS a, plain_union(clickers) OVER w AS b FROM working
      WINDOW w AS (ORDER BY n ROWS 6 PRECEDING)) s;

-- rolling reach: people of the last four weeks, week by week
CREATE TABLE weekly AS
	SELECT date '2026-01-05' + 7 * week AS week, clicker_set_agg(person) AS clickers
	FROM (SELECT week, (week * 500 + i * i % 3001)::bigint AS person FROM generate_series(0, 9) week,
	      generate_series(1, 2000) i) clicks GROUP BY 1;
SELECT week, unique_clicks(clickers) OVER (ORDER BY week ROWS 3 PRECEDING) AS four_weeks,
       cardinality(union_agg(clickers) OVER (ORDER BY week RANGE BETWEEN '21 days' PRECEDING AND CURRENT ROW)) AS the_same
FROM weekly ORDER BY week;

-- parts of an aggregate are not for anybody to call; minor releases differ in the error
DO $$BEGIN PERFORM clicker_set_moving_add(NULL, NULL); RAISE 'has been called';
	EXCEPTION WHEN undefined_function OR feature_not_supported THEN NULL; END$$;
DROP TABLE cells, weekly;
DROP AGGREGATE plain_union(clicker_set), plain_count(clicker_set), my_union(clicker_set);
