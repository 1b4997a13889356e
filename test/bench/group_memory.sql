-- What a group takes of memory for unique_clicks.  Prints the two tables of
-- docs/unique_clicks.md, section Memory.
--
-- The rows of all groups alternate, as rows in the order of time do, so that what
-- a set outgrew is of no use to the next group.

CREATE EXTENSION clicks_all;
SET enable_sort = off;
\pset format unaligned
\pset footer off
\pset tuples_only on

CREATE FUNCTION pg_temp.query(aggregate text, groups integer, clickers integer) RETURNS text LANGUAGE sql AS
	$$SELECT format('SELECT g, %s FROM (SELECT n, generate_series(1, %s) AS g FROM generate_series(1, %s) AS n) AS rows GROUP BY g', aggregate, groups, clickers)$$;

CREATE TEMP TABLE kinds AS
	SELECT * FROM (VALUES (1, '10000 * g + n'), (2, 'md5((10000 * g + n)::text)::uuid'), (3, 'md5((10000 * g + n)::text)')) AS kind(place, clicker);

-- With memory enough: the memory of this process once a query has given its first
-- row.  What all groups share cancels out, as that of some groups is taken from
-- that of twice as many.  Memory comes in blocks; these are small.
SET work_mem = '1MB';
SET hash_mem_multiplier = 1000;

CREATE FUNCTION pg_temp.memory_after(query text, OUT bytes bigint) LANGUAGE plpgsql AS $$
DECLARE
	answers refcursor;
BEGIN
	OPEN answers FOR EXECUTE query;
	MOVE answers;
	SELECT sum(total_bytes) FROM pg_backend_memory_contexts INTO bytes;
	CLOSE answers;
END $$;

CREATE FUNCTION pg_temp.memory_of(aggregate text, groups integer, clickers integer, OUT bytes bigint) LANGUAGE sql AS $$
	SELECT pg_temp.memory_after(pg_temp.query(aggregate, 2 * groups, clickers)) - pg_temp.memory_after(pg_temp.query(aggregate, groups, clickers))
$$;

SELECT '| clickers in each group | bigint | uuid | text of 32 bytes |' || E'\n' || '|---:|---:|---:|---:|';
SELECT format('| %s | %s |', clickers, (
	SELECT string_agg(((pg_temp.memory_of(format('unique_clicks(%s)', clicker), groups, clickers) - pg_temp.memory_of('count(*)', groups, 1)) / groups)::text, ' | ' ORDER BY place)
	FROM kinds))
FROM unnest('{1,2,5,10,20,50,100,500}'::integer[]) AS clickers,
	LATERAL (SELECT CASE WHEN clickers <= 20 THEN 20000 ELSE 4000 END AS groups) AS size;

-- With too little: the peak of the executor's step beyond the limit.
SET work_mem = '4MB';
SET hash_mem_multiplier = 1;

CREATE FUNCTION pg_temp.peak_of(query text, OUT kilobytes bigint) LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ' || query INTO plan;
	kilobytes := plan -> 0 -> 'Plan' ->> 'Peak Memory Usage';
	IF (plan -> 0 -> 'Plan' ->> 'HashAgg Batches')::integer > 1 THEN
		RAISE 'not all groups were there at a time';
	END IF;
END $$;

SELECT E'\n' || '| clickers in each of 1000 groups, work_mem 4 MB | bigint | uuid | text of 32 bytes |' || E'\n' || '|---:|---:|---:|---:|';
SELECT format('| %s | %s |', clickers, (
	SELECT string_agg(round(pg_temp.peak_of(pg_temp.query(format('unique_clicks(%s)', clicker), 1000, clickers)) / 1024.0, 1)::text, ' | ' ORDER BY place)
	FROM kinds))
FROM unnest('{500,1000,5000}'::integer[]) AS clickers;
