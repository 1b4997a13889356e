-- two sets share the memory limit: one grows in the middle of a batch that is sorted, and
-- makes the other write a list that must be sorted for that
CREATE TABLE parts (p integer, a bigint, b bigint) PARTITION BY LIST (p);
SELECT format('CREATE TABLE parts_%s PARTITION OF parts FOR VALUES IN (%s)', p, p) FROM generate_series(1, 24) AS p \gexec
INSERT INTO parts SELECT 1, CASE WHEN n <= 1500 THEN n END, n FROM generate_series(1, 6200) AS n;
INSERT INTO parts SELECT 2, CASE WHEN n <= 50 THEN 1500 + n END, n FROM generate_series(1, 400) AS n;
INSERT INTO parts SELECT p, 1550 + (p - 3) * 120 + n, NULL FROM generate_series(3, 24) AS p,
	generate_series(1, 120) AS n;
ANALYZE parts;
SET max_parallel_workers_per_gather = 0;
SET enable_partitionwise_aggregate = on;
SET work_mem = '65kB';
SET hash_mem_multiplier = 2;
SELECT count(DISTINCT a) AS a, count(DISTINCT b) AS b FROM parts;
SELECT unique_clicks(a) AS a, unique_clicks(b) AS b FROM parts;
RESET ALL;
DROP TABLE parts;
