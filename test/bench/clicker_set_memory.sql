-- What a group takes of memory for clicker_set_agg at each precision, and what
-- 20,000 groups of 700 do with little memory.  Prints the table of
-- docs/clicker_set.md, section Memory.
--
-- The rows of all groups alternate, as rows in the order of time do, so that what
-- a set outgrew is of no use to the next group.

CREATE EXTENSION clicks_all;
SET enable_sort = off;
SET max_parallel_workers_per_gather = 0;
\pset format unaligned
\pset footer off
\pset tuples_only on

CREATE TABLE ids AS SELECT n % 20000 AS g, n AS id FROM generate_series(1::bigint, 20000 * 700) AS n;
VACUUM ANALYZE ids;

-- With memory enough: the memory of this process once a query has given its first
-- row.  What all groups share cancels out, as that of some groups is taken from
-- that of twice as many.
CREATE FUNCTION pg_temp.memory_after(query text, OUT bytes bigint) LANGUAGE plpgsql
	SET work_mem = '1MB' SET hash_mem_multiplier = 1000 AS $$
DECLARE
	answers refcursor;
BEGIN
	OPEN answers FOR EXECUTE query;
	MOVE answers;
	SELECT sum(total_bytes) FROM pg_backend_memory_contexts INTO bytes;
	CLOSE answers;
END $$;

CREATE FUNCTION pg_temp.memory_of(aggregate text, groups integer, clickers integer, OUT bytes bigint) LANGUAGE sql AS $$
	SELECT (twice - once) / groups
	FROM (SELECT pg_temp.memory_after(format(query, 2 * groups)) AS twice, pg_temp.memory_after(format(query, groups)) AS once
		FROM (SELECT format('SELECT g, %s FROM (SELECT n, g, g * 100000 + n AS id FROM generate_series(1::bigint, %s) AS n, generate_series(1, %%s) AS g) AS rows GROUP BY g', aggregate, clickers) AS query) AS q) AS m
$$;

-- With little: the peak of the executor's step.
CREATE FUNCTION pg_temp.peak_of(aggregate text, OUT kilobytes bigint) LANGUAGE plpgsql
	SET work_mem = '4MB' SET hash_mem_multiplier = 2 AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE format('EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) SELECT g, %s FROM ids GROUP BY g', aggregate) INTO plan;
	kilobytes := plan -> 0 -> 'Plan' ->> 'Peak Memory Usage';
END $$;

SELECT '| aggregate | 20 people, kB | 100, kB | 700, kB | 10,000, kB | 20,000 groups of 700, work_mem 4 MB |' || E'\n' || '|---|---:|---:|---:|---:|---:|';
SELECT format('| `%s` | %s | %s MB |', aggregate,
	(SELECT string_agg(round((pg_temp.memory_of(aggregate, CASE WHEN n < 1000 THEN 2000 ELSE 500 END, n)
			- pg_temp.memory_of('count(*)', 2000, 1)) / 1024.0, 1)::text, ' | ' ORDER BY n)
		FROM unnest('{20,100,700,10000}'::integer[]) AS n),
	round(pg_temp.peak_of(aggregate) / 1024.0, 1))
FROM (SELECT 1 AS place, 'clicker_set_agg(id)' AS aggregate
	UNION ALL SELECT p, format('clicker_set_agg(id, %s)', p) FROM generate_series(8, 16) AS p
	UNION ALL SELECT 20, 'array_agg(id)') AS a
ORDER BY place;
