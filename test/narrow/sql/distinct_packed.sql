-- the largest set that a worker can hand over: here 6 MB, and sets in one tuple have 12 MB together

-- one block, so that one worker meets all rows
CREATE TABLE hundred AS SELECT generate_series(0, 99) AS i;
ALTER TABLE hundred SET (parallel_workers = 2);
ANALYZE hundred;
CREATE VIEW numbers AS SELECT i * 10000::bigint + g AS n FROM hundred, generate_series(1, 10000) AS g;

-- An integer takes 8 bytes, a uuid 16, a text 12 more than itself; 32 bytes are in front of
-- all.  The last text that fits is shorter than the others.
CREATE TABLE cases (keys text, query text, fits text, beyond text);
INSERT INTO cases VALUES
	('integers', 'SELECT unique_clicks(n) FROM numbers WHERE n <= %s', '786428', '786429'),
	('uuids', $$SELECT unique_clicks(lpad(to_hex(n), 32, '0')::uuid) FROM numbers WHERE n <= %s$$, '393214', '393215'),
	('texts', $$SELECT unique_clicks(lpad(n::text, CASE n WHEN 6144 THEN %s ELSE 1012 END)) FROM numbers
	 WHERE n <= 6144$$, '980', '981'),
	('three of integers', $$SELECT unique_clicks(n) || ' ' || unique_clicks(n + 1) || ' ' || unique_clicks(-n) FROM numbers WHERE n <= %s$$, '524284', '524285'),
	('three, of uuids', $$SELECT unique_clicks(lpad(to_hex(n), 32, '0')::uuid) || ' ' || unique_clicks(n) || ' '
	 || unique_clicks((n %% 9)::text) FROM numbers WHERE n <= %s$$, '262142', '262143'),
	('three, of texts', $$SELECT unique_clicks(lpad(n::text, CASE n WHEN 4096 THEN %s ELSE 1012 END)) || ' '
	 || unique_clicks(n) || ' ' || unique_clicks(-n) FROM numbers WHERE n <= 4096$$, '980', '981');

-- what a query answers; or how it is refused
CREATE FUNCTION pg_temp.outcome(query text, bound text, OUT outcome text) LANGUAGE plpgsql AS $$
DECLARE detail text; hint text;
BEGIN
	EXECUTE format(query, bound) INTO outcome;
EXCEPTION WHEN program_limit_exceeded THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	outcome := concat_ws(E'\n', SQLSTATE || ' ' || SQLERRM, detail, hint);
END $$;

CREATE FUNCTION pg_temp.plan_of(query text, bound text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE plan text;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || format(query, bound) INTO plan;
	RETURN plan;
END $$;

SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
SET max_parallel_workers_per_gather = 2;
SELECT keys FROM cases WHERE pg_temp.plan_of(query, fits) !~ 'Finalize';

-- with memory enough
SET work_mem = '64MB';
SELECT keys, pg_temp.outcome(query, fits) AS fits, pg_temp.outcome(query, beyond) AS beyond FROM cases;

-- from runs
SET work_mem = '256kB';
SET hash_mem_multiplier = 1;
SELECT keys, pg_temp.outcome(query, fits) AS fits, pg_temp.outcome(query, beyond) AS beyond FROM cases;

-- as the hint says, there is no limit without workers
SET max_parallel_workers_per_gather = 0;
SELECT keys, pg_temp.outcome(query, beyond) AS beyond FROM cases;
SELECT count(*) AS files FROM pg_ls_tmpdir();
RESET ALL;
DROP VIEW numbers;
DROP TABLE hundred, cases;
