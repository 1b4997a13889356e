-- exact sets whose keys meet as chance never has it: see test/lib/narrow.sh

-- texts have 512 hashes.  Of uuids, many have one first word of a key: one half is the
-- other but for a few bits.  Some integers belong to the end of the table:
-- 192419422752744621 is the inverse of the factor of the hash.
CREATE FUNCTION pg_temp.signed(n numeric) RETURNS bigint IMMUTABLE LANGUAGE sql AS
	$$SELECT (mod(n + 9223372036854775808, 18446744073709551616) - 9223372036854775808)::bigint$$;
CREATE TABLE last AS
	SELECT i, pg_temp.signed(i * (17592186044416 + 4096)::numeric * 192419422752744621) AS id
	FROM generate_series(0, 39) AS i;
CREATE TABLE ids AS
	SELECT n, n % 37 AS campaign, 'clicker ' || n * 7919 % 9001 AS name, repeat('x', (n * 7919 % 997)::int) AS lengths,
	       (lpad(to_hex(k # CASE WHEN k % 700 = 0 THEN 0 ELSE 1 + k % 50 END), 16, '0')
	        || lpad(to_hex(k), 16, '0'))::uuid AS uuid,
	       CASE WHEN n % 3 = 0 THEN (SELECT id FROM last WHERE i = n / 3 % 40) ELSE n * 7919 % 12007 END AS integer
	FROM generate_series(1::bigint, 24000) AS n, LATERAL (SELECT n * 7919 % 7000 AS k) AS ks;
DROP TABLE last;
ANALYZE ids;

CREATE VIEW in_total AS SELECT unique_clicks(name) AS name, unique_clicks(lengths) AS lengths,
	unique_clicks(uuid) AS uuid, unique_clicks(integer) AS integer FROM ids;
CREATE VIEW per_campaign AS SELECT campaign, unique_clicks(name) AS name, unique_clicks(lengths) AS lengths,
	unique_clicks(uuid) AS uuid, unique_clicks(integer) AS integer FROM ids GROUP BY campaign;
CREATE TABLE in_total_by_core AS SELECT count(DISTINCT name) AS name, count(DISTINCT lengths) AS lengths,
	count(DISTINCT uuid) AS uuid, count(DISTINCT integer) AS integer FROM ids;
CREATE TABLE per_campaign_by_core AS
	SELECT campaign, count(DISTINCT name) AS name, count(DISTINCT lengths) AS lengths, count(DISTINCT uuid) AS uuid,
	       count(DISTINCT integer) AS integer FROM ids GROUP BY campaign;
TABLE in_total_by_core;

-- whether a plan has a node, and gives the rows that core gives
CREATE FUNCTION pg_temp.same(source name, node text) RETURNS bool LANGUAGE plpgsql AS $$
DECLARE plan text; same bool;
BEGIN
	EXECUTE format('EXPLAIN (VERBOSE, FORMAT JSON) SELECT * FROM %I', source) INTO plan;
	IF plan !~ node THEN RAISE 'not in the plan: %', node; END IF;
	EXECUTE 'CREATE TABLE actual AS TABLE ' || source;
	EXECUTE format('SELECT NOT EXISTS ((TABLE actual EXCEPT ALL TABLE %1$s) UNION ALL (TABLE %1$s EXCEPT ALL TABLE actual))', source || '_by_core') INTO same;
	DROP TABLE actual;
	RETURN same;
END $$;

-- in the table, and in runs
SET max_parallel_workers_per_gather = 0;
SET enable_sort = off;
SET work_mem = '64MB';
SELECT pg_temp.same('in_total', 'Aggregate') AS in_total, pg_temp.same('per_campaign', 'Hashed') AS per_campaign;
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
SELECT pg_temp.same('in_total', 'Aggregate') AS in_total, pg_temp.same('per_campaign', 'Hashed') AS per_campaign;

-- a window asks what is in the table and in runs
CREATE FUNCTION pg_temp.wrong_rows(clicker name) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
	EXECUTE format('SELECT count(*) FILTER (WHERE u IS DISTINCT FROM d)
		FROM (SELECT unique_clicks(%1$I) OVER w AS u, sum(first) OVER w AS d
		      FROM (SELECT n, %1$I, (row_number() OVER (PARTITION BY %1$I ORDER BY n) = 1)::int AS first
		            FROM ids WHERE n <= 4000) AS s
		      WINDOW w AS (ORDER BY n)) AS w', clicker) INTO wrong;
	RETURN wrong;
END $$;
SELECT clicker, pg_temp.wrong_rows(clicker) FROM unnest('{name,lengths,uuid,integer}'::name[]) AS clicker;

-- merged: from workers that have it in memory, or in runs, and of partitions
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT pg_temp.same('in_total', 'Finalize') AS in_total, pg_temp.same('per_campaign', 'Finalize') AS per_campaign;
SET work_mem = '64MB';
SELECT pg_temp.same('in_total', 'Finalize') AS in_total, pg_temp.same('per_campaign', 'Finalize') AS per_campaign;
SET max_parallel_workers_per_gather = 0;
ALTER TABLE ids RENAME TO unparted;
CREATE TABLE ids (LIKE unparted) PARTITION BY HASH (n);
SELECT format('CREATE TABLE ids_%s PARTITION OF ids FOR VALUES WITH (MODULUS 12, REMAINDER %s)', i, i) FROM generate_series(0, 11) AS i \gexec
INSERT INTO ids TABLE unparted;
ANALYZE ids;
DROP VIEW in_total, per_campaign;
CREATE VIEW in_total AS SELECT unique_clicks(name) AS name, unique_clicks(lengths) AS lengths,
	unique_clicks(uuid) AS uuid, unique_clicks(integer) AS integer FROM ids;
CREATE VIEW per_campaign AS SELECT campaign, unique_clicks(name) AS name, unique_clicks(lengths) AS lengths,
	unique_clicks(uuid) AS uuid, unique_clicks(integer) AS integer FROM ids GROUP BY campaign;
SET enable_partitionwise_aggregate = on;
SELECT pg_temp.same('in_total', 'Finalize') AS in_total, pg_temp.same('per_campaign', 'Finalize') AS per_campaign;
SET work_mem = '64kB';
SELECT pg_temp.same('in_total', 'Finalize') AS in_total, pg_temp.same('per_campaign', 'Aggregate') AS per_campaign;
SELECT count(*) AS files FROM pg_ls_tmpdir();
RESET ALL;
DROP VIEW in_total, per_campaign;
DROP TABLE ids, unparted, in_total_by_core, per_campaign_by_core;
