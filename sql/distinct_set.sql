-- the exact set behind unique_clicks() through all its stages: a few values, a list, a table, sorted runs in a
-- temporary file
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- how many blocks of temporary files a query writes, in workers too
CREATE FUNCTION pg_temp.temp_blocks(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF, FORMAT JSON) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Temp Written Blocks';
END $$;

-- every size near one at which the set changes its form, each value twice, in ascending, descending and mixed order
SELECT pg_temp.all_equal(i, size) AS ascending, pg_temp.all_equal(d, size) AS descending,
       pg_temp.all_equal(m, size) AS mixed, pg_temp.all_equal(u, size) AS uuid,
       pg_temp.all_equal(t, size) AS text, count(*)
FROM (SELECT size, unique_clicks(v) AS i, unique_clicks(v ORDER BY v DESC) AS d,
      unique_clicks(v * 7919 % 104729) AS m,
             unique_clicks(lpad(to_hex(v), 32, '0')::uuid) AS u, unique_clicks('v' || v) AS t
      FROM (SELECT generate_series(0, 40) UNION ALL SELECT unnest('{63,64,65,127,128,129,511,512,513,1022,1023,1024,1025,1026,1664,1665,1666,2048,3328,3329,3330,4096,6656,6657}'::int[])) AS sizes(size),
           LATERAL (SELECT generate_series(1, size)::bigint UNION ALL SELECT generate_series(1, size)) AS vs(v)
      GROUP BY size) AS s;

-- a window asks after each row, while the set grows
SELECT pg_temp.all_equal(i, n) AS integer, pg_temp.all_equal(u, n) AS uuid, pg_temp.all_equal(t, n) AS text,
       pg_temp.all_equal(c, 2) AS ratio, count(*)
FROM (SELECT n, unique_clicks(n) OVER w AS i, unique_clicks(lpad(to_hex(n), 32, '0')::uuid) OVER w AS u,
      unique_clicks(n::text) OVER w AS t, clicks_per_account(n) OVER w AS c
      FROM (SELECT n::bigint FROM generate_series(1, 3000) AS n, generate_series(1, 2)) AS s
      WINDOW w AS (ORDER BY n)) AS s;

-- the value whose key is zero, and its neighbours, in every stage
SELECT pg_temp.all_equal(i, 1 + size) AS integer, pg_temp.all_equal(u, 1 + size) AS uuid
FROM (SELECT size, unique_clicks(v) AS i, unique_clicks(lpad(to_hex(v), 32, '0')::uuid) AS u
      FROM (VALUES (0), (1), (5), (6), (100), (1023), (1024), (5000)) AS sizes(size),
           LATERAL (SELECT generate_series(0, size)::bigint UNION ALL SELECT 0) AS vs(v) GROUP BY size) AS s;

CREATE TABLE many AS
	SELECT n % 80000 AS few, n % 2000 AS campaign, (n % 7)::smallint AS slice, (n % 80000) * 4294967296 + 17 AS wide,
	       (lpad(to_hex(n % 110000), 8, '0') || '-0000-0000-0000-000000000000')::uuid AS uuid,
	       CASE WHEN n % 1000 = 0 THEN repeat('long ', 2000) || n ELSE 'user ' || n % 40000 END AS text
	FROM generate_series(1::bigint, 120000) AS n;
ANALYZE many;
CREATE VIEW in_total AS SELECT unique_clicks(few) AS few, unique_clicks(wide) AS wide, unique_clicks(uuid) AS uuid,
	unique_clicks(text) AS text, clicks_per_account(few) AS ratio FROM many;
CREATE VIEW per_campaign AS SELECT campaign, unique_clicks(few) AS few, unique_clicks(wide) AS wide,
	unique_clicks(uuid) AS uuid, unique_clicks(text) AS text, clicks_per_account(few) AS ratio FROM many
GROUP BY campaign;
CREATE TABLE in_total_by_core AS
	SELECT count(DISTINCT few) AS few, count(DISTINCT wide) AS wide, count(DISTINCT uuid) AS uuid,
	       count(DISTINCT text) AS text, count(few)::numeric / count(DISTINCT few) AS ratio FROM many;
CREATE TABLE per_campaign_by_core AS
	SELECT campaign, count(DISTINCT few) AS few, count(DISTINCT wide) AS wide, count(DISTINCT uuid) AS uuid,
	       count(DISTINCT text) AS text, count(few)::numeric / count(DISTINCT few) AS ratio FROM many GROUP BY campaign;
CREATE VIEW by_slice AS SELECT slice, campaign % 5 AS rest, unique_clicks(few) AS few, unique_clicks(text) AS text
	FROM many GROUP BY GROUPING SETS ((slice), (campaign % 5), ());
CREATE TABLE by_slice_by_core AS
	SELECT slice, campaign % 5 AS rest, count(DISTINCT few) AS few, count(DISTINCT text) AS text FROM many
	GROUP BY GROUPING SETS ((slice), (campaign % 5), ());

-- what a plan shows, and "t" if it gives the rows that core gives, else a row that came and one that was expected
CREATE FUNCTION pg_temp.same(query text, node text, by_core text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE plan text; same text;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, FORMAT JSON) ' || query INTO plan;
	IF plan !~ node THEN RAISE 'not in the plan: %', node; END IF;
	EXECUTE 'CREATE TABLE actual AS ' || query;
	EXECUTE format('SELECT concat_ws('', '', ''came '' || (SELECT min(a::text) FROM (TABLE actual EXCEPT ALL %1$s) AS a),
		''expected '' || (SELECT min(e::text) FROM (%1$s EXCEPT ALL TABLE actual) AS e))', by_core) INTO same;
	DROP TABLE actual;
	RETURN coalesce(nullif(same, ''), 't');
END $$;
CREATE FUNCTION pg_temp.same(source name, node text) RETURNS text LANGUAGE sql AS
	$$SELECT pg_temp.same(format('SELECT * FROM %I', source), node, format('TABLE %I', source || '_by_core'))$$;
SET max_parallel_workers_per_gather = 0;

-- with memory enough
SET work_mem = '256MB';
SELECT pg_temp.same('in_total', 'Aggregate') AS in_total, pg_temp.same('per_campaign', 'Hashed') AS hashed, pg_temp.temp_blocks('TABLE in_total') AS blocks;
SET enable_hashagg = off;
SELECT pg_temp.same('per_campaign', 'Sorted') AS sorted;
RESET enable_hashagg;

-- with next to none: so many runs that runs are merged into runs
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
SELECT pg_temp.temp_blocks('SELECT unique_clicks(few) FROM (SELECT unnest(ARRAY[few, wide, -few - 1, -wide]) AS few FROM many) AS s') > 480000 * 8 / 8192 * 1.2 AS integer,
       pg_temp.temp_blocks('SELECT unique_clicks(uuid) FROM (SELECT uuid FROM many UNION ALL SELECT md5(uuid::text)::uuid FROM many) AS s') > 240000 * 16 / 8192 * 1.3 AS uuid,
       pg_temp.temp_blocks('SELECT unique_clicks(text) FROM many') > 120000 * 10 / 8192 * 1.5 AS text;
SELECT pg_temp.same('in_total', 'Aggregate') AS in_total;
SET enable_sort = off;
SELECT pg_temp.same('per_campaign', 'Hashed') AS hashed;
SELECT pg_temp.same('by_slice', 'Aggregate') AS grouping_sets;
RESET enable_sort;
SET enable_hashagg = off;
SELECT pg_temp.same('per_campaign', 'Sorted') AS sorted;
RESET enable_hashagg;

-- one group is large when the others come
CREATE VIEW one_and_others AS SELECT 0 AS g, few FROM many UNION ALL SELECT 1 + campaign % 30, few FROM many
	WHERE campaign % 30 < 20;
SELECT pg_temp.same('SELECT g, unique_clicks(few) FROM one_and_others GROUP BY g', 'Hashed', 'SELECT g, count(DISTINCT few) FROM one_and_others GROUP BY g') AS one_and_others;

-- a large group writes what it has, so that others to which the same values come again and again need not
CREATE TABLE rounds AS
	SELECT g, 0 AS v FROM generate_series(1, 200) AS g
	UNION ALL SELECT 0, v FROM generate_series(1, 60000) AS v
	UNION ALL SELECT g, v FROM generate_series(1, 12), generate_series(1, 150) AS v, generate_series(1, 200) AS g;
ANALYZE rounds;
SET work_mem = '1MB';
SELECT pg_temp.same('SELECT g, unique_clicks(v) FROM rounds GROUP BY g', 'Hashed', 'SELECT g, count(DISTINCT v) FROM rounds GROUP BY g') AS rounds,
       pg_temp.temp_blocks('SELECT g, unique_clicks(v) FROM rounds GROUP BY g') < 60000 * 8 / 8192 * 2 AS written_once;
SET work_mem = '64kB';
DROP TABLE rounds;

-- a window over sets that have spilled
WITH blocks AS (SELECT n / 2500 AS block, n * 4294967297 % 20011 AS few FROM generate_series(1::bigint, 30000) AS n),
     first_seen AS MATERIALIZED (SELECT block, count(*) AS fresh
                                 FROM (SELECT min(block) AS block FROM blocks GROUP BY few) AS s GROUP BY block),
     expected AS MATERIALIZED (SELECT block, (SELECT sum(fresh) FROM first_seen i WHERE i.block <= o.block) AS d
                               FROM generate_series(0, 12) AS o(block))
SELECT pg_temp.all_equal(u, d) AS same, count(*)
FROM (SELECT block, unique_clicks(few) OVER (ORDER BY block) AS u FROM blocks) AS w JOIN expected USING (block);

-- workers hand over what has spilled, and what has not
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT pg_temp.same('in_total', 'Finalize') AS in_total, pg_temp.same('per_campaign', 'Finalize') AS per_campaign;
SET parallel_leader_participation = off;
SET work_mem = '64MB';
SELECT pg_temp.same('in_total', 'Finalize') AS in_total, pg_temp.same('per_campaign', 'Finalize') AS per_campaign;

-- a table for what a worker hands over may leave no memory for anything else
SET work_mem = '64kB';
SELECT pg_temp.all_equal(pg_temp.same('SELECT unique_clicks(few) FROM many WHERE few < 6000', 'Finalize',
                                      'SELECT 6000::bigint'), 't') AS near_the_limit
FROM generate_series(100, 108) AS percent, LATERAL set_config('hash_mem_multiplier', (percent / 100.0)::text, false);
SET hash_mem_multiplier = 1;
SET work_mem = '64MB';
RESET parallel_leader_participation;
SET max_parallel_workers_per_gather = 0;

-- so do partial aggregates of one process
SET enable_partitionwise_aggregate = on;
CREATE TABLE parts (LIKE many) PARTITION BY HASH (few);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO parts SELECT * FROM many;
ANALYZE parts;
CREATE VIEW per_campaign_of_parts AS SELECT campaign, unique_clicks(few) AS few, unique_clicks(wide) AS wide,
	unique_clicks(uuid) AS uuid, unique_clicks(text) AS text, clicks_per_account(few) AS ratio FROM parts
GROUP BY campaign;
SELECT pg_temp.same('TABLE per_campaign_of_parts', 'Finalize', 'TABLE per_campaign_by_core') AS partial;
SET work_mem = '64kB';
SELECT pg_temp.same('TABLE per_campaign_of_parts', 'Finalize', 'TABLE per_campaign_by_core') AS partial;

-- an error in the middle: the file is limited, and gone after it
SET temp_file_limit = '1MB';
\set VERBOSITY sqlstate
SELECT unique_clicks(uuid) FROM many;
\set VERBOSITY default
RESET temp_file_limit;
SELECT count(*) AS files FROM pg_ls_tmpdir();

-- an error that a function catches does not hurt the set of the query that calls it
CREATE FUNCTION pg_temp.fails(n bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	PERFORM unique_clicks(few), 1 / min(campaign - (campaign - n % 2)) FROM (SELECT * FROM many LIMIT 10000) AS s;
	RETURN n;
EXCEPTION WHEN division_by_zero THEN RETURN -n;
END $$;
SELECT unique_clicks(CASE WHEN few % 10000 = 0 THEN pg_temp.fails(few / 10000) ELSE few END)
       = count(DISTINCT CASE WHEN few % 10000 = 0 AND few / 10000 % 2 = 0 THEN -few / 10000
                             WHEN few % 10000 = 0 THEN few / 10000 ELSE few END) AS same
FROM many;

-- a cursor goes on after a savepoint is rolled back
BEGIN;
DECLARE going_on CURSOR FOR SELECT slice, unique_clicks(few) FROM many GROUP BY slice ORDER BY slice;
FETCH 2 FROM going_on;
SAVEPOINT later;
SELECT unique_clicks(wide), 1 / (count(*) - count(*)) FROM many;
ROLLBACK TO later;
FETCH 2 FROM going_on;
COMMIT;
SELECT count(*) AS files FROM pg_ls_tmpdir();

RESET ALL;
DROP VIEW in_total, per_campaign, by_slice, one_and_others, per_campaign_of_parts;
DROP TABLE many, parts, in_total_by_core, per_campaign_by_core, by_slice_by_core;

-- lists without a table, of all lengths up to the longest and beyond, thinned out or not
SET work_mem = '256MB';
SELECT count(*) AS lengths, pg_temp.all_equal(u, n) AS integer, pg_temp.all_equal(uu, n) AS uuid,
       pg_temp.all_equal(twice, n) AS twice, pg_temp.all_equal(seldom, least(n, 3000)) AS seldom
FROM unnest('{1,2,15,16,17,1023,1024,1025,2047,2049,4095,4097,16385,32767,32769,65535,65536,65537,131072,140000}'::integer[]) AS n,
     LATERAL (SELECT unique_clicks(i * 104729::bigint) AS u, unique_clicks(md5(i::text)::uuid) AS uu,
              unique_clicks(i % 3000) AS seldom FROM generate_series(1, n) AS i) AS once,
     LATERAL (SELECT unique_clicks(i * 7) AS twice
              FROM (SELECT i FROM generate_series(1, n) AS i UNION ALL SELECT i
                    FROM generate_series(1, n) AS i) AS s) AS again;

-- a window that asks after each row, with memory for next to nothing: it writes what there is, and no more
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
CREATE TEMP TABLE growing AS SELECT i, i * 7919 AS id, md5(i::text)::uuid AS uuid, 'clicker ' || i AS name
	FROM generate_series(1::bigint, 9000) AS i;
ANALYZE growing;
SELECT count(*) AS rows, pg_temp.all_equal(n, i) AS integer, pg_temp.all_equal(u, i) AS uuid,
       pg_temp.all_equal(t, i) AS text
FROM (SELECT i, unique_clicks(id) OVER w AS n, unique_clicks(uuid) OVER w AS u, unique_clicks(name) OVER w AS t
      FROM growing WHERE i <= 5000 WINDOW w AS (ORDER BY i)) AS s;
SELECT pg_temp.temp_blocks('SELECT unique_clicks(id) OVER (ORDER BY i) FROM growing') < 9000 * 8 / 8192 * 20 AS integer,
       pg_temp.temp_blocks('SELECT unique_clicks(uuid) OVER (ORDER BY i) FROM growing') < 9000 * 16 / 8192 * 20 AS uuid;
RESET work_mem;
RESET hash_mem_multiplier;
DROP TABLE growing;

-- so many groups that the executor writes rows, or the states of workers, to disk
CREATE TABLE grouped AS SELECT n % 15000 AS g, n % 40009 AS id, md5((n % 40009)::text)::uuid AS uuid,
	'clicker ' || n % 40009 AS name FROM generate_series(1::bigint, 60000) AS n;
ANALYZE grouped;
CREATE VIEW per_group AS SELECT g, unique_clicks(id) AS i, unique_clicks(uuid) AS u, unique_clicks(name) AS t,
	clicks_per_account(id) AS c FROM grouped GROUP BY g;
CREATE TABLE per_group_by_core AS SELECT g, count(DISTINCT id) AS i, count(DISTINCT uuid) AS u,
	count(DISTINCT name) AS t, count(id)::numeric / count(DISTINCT id) AS c FROM grouped GROUP BY g;
CREATE FUNCTION pg_temp.to_disk(query text, step text) RETURNS bool LANGUAGE plpgsql AS $$
DECLARE plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) ' || query INTO plan;
	RETURN jsonb_path_exists(plan, '$.** ? (@."Partial Mode" == $step) ? (@."HashAgg Batches" > 1 || @.Workers[*]."HashAgg Batches" > 1)', jsonb_build_object('step', step));
END $$;
SET enable_sort = off;
SET max_parallel_workers_per_gather = 0;
SET work_mem = '256MB';
SELECT pg_temp.to_disk('TABLE per_group', 'Simple') AS to_disk, pg_temp.same('per_group', 'Hashed') AS same;
SET work_mem = '512kB';
SET hash_mem_multiplier = 1;
SELECT pg_temp.to_disk('TABLE per_group', 'Simple') AS to_disk, pg_temp.same('per_group', 'Hashed') AS same;
ALTER TABLE grouped ALTER g SET (n_distinct = 200);
ANALYZE grouped;
SELECT pg_temp.to_disk('TABLE per_group', 'Simple') AS to_disk_unplanned, pg_temp.same('per_group', 'Hashed') AS same;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT pg_temp.to_disk('TABLE per_group', 'Partial') AS partial_to_disk, pg_temp.to_disk('TABLE per_group', 'Finalize') AS final_to_disk, pg_temp.same('per_group', 'Finalize') AS same;
SET parallel_leader_participation = off;
SELECT pg_temp.to_disk('TABLE per_group', 'Partial') AS partial_to_disk, pg_temp.to_disk('TABLE per_group', 'Finalize') AS final_to_disk, pg_temp.same('per_group', 'Finalize') AS same;
RESET ALL;
DROP VIEW per_group;
DROP TABLE grouped, per_group_by_core;
