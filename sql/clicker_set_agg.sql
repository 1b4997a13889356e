
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks
CREATE TABLE clicks (i integer, day integer, campaign integer, person bigint, name text, session uuid);
INSERT INTO clicks
SELECT i, i % 30, i % 7, nullif(i * 7919 % 5003, 0), 'user-' || i * 7919 % 5003, md5((i * 7919 % 5003)::text)::uuid
FROM generate_series(1, 20000) AS i;
INSERT INTO clicks SELECT i, 30, 7, i, i::text, md5(i::text)::uuid FROM generate_series(1, 768) AS i;
INSERT INTO clicks SELECT i, 30, 7, i, i::text, md5(i::text)::uuid FROM generate_series(1, 768) AS i;

-- exact while small, whatever the type of the id
SELECT campaign, count(DISTINCT person) = approx_unique_clicks(person) AS bigint,
	   count(DISTINCT name) = approx_unique_clicks(name) AS text,
	   count(DISTINCT session) = approx_unique_clicks(session) AS uuid, count(DISTINCT person)
FROM clicks WHERE campaign = 7 GROUP BY campaign;
SELECT pg_temp.all_equal(approx, people) AS approx_unique_clicks,
	   pg_temp.all_equal(cardinality(clickers), people) AS cardinality,
	   pg_temp.all_equal(standard_error(clickers), 0) AS standard_error, count(*)
FROM (SELECT day, campaign, count(DISTINCT person) AS people, approx_unique_clicks(person) AS approx,
      clicker_set_agg(person) AS clickers
	  FROM clicks GROUP BY day, campaign) AS cells;

-- and close beyond: here within three standard errors
SELECT abs(approx_unique_clicks(person) / count(DISTINCT person)::float8 - 1) < 3 * 0.0084 AS bigint,
	   abs(approx_unique_clicks(name) / count(DISTINCT name)::float8 - 1) < 3 * 0.0084 AS text,
	   abs(approx_unique_clicks(session) / count(DISTINCT session)::float8 - 1) < 3 * 0.0084 AS uuid,
	   standard_error(clicker_set_agg(person))::numeric(6, 4)
FROM clicks;
SELECT p AS "precision", standard_error(s)::numeric(6, 4), abs(cardinality(s) / 100000.0 - 1) < 3 * standard_error(s) AS close,
	   octet_length(s::bytea) / 2 ^ p < 0.55 AS small
FROM generate_series(8, 16) AS p,
     LATERAL (SELECT clicker_set_agg(i, p) AS s FROM generate_series(1, 100000) AS i) AS built;

-- a person has one token, however wide the integer; but text is something else
SELECT clicker_set_agg(i::smallint) = clicker_set_agg(i)
       AND clicker_set_agg(i) = clicker_set_agg(i::bigint) AS integers,
	   clicker_set_agg(i::text) = clicker_set_agg(i::varchar)
	   AND clicker_set_agg(i::text) = clicker_set_agg(i::char(9)) AS texts,
	   (overlap(clicker_set_agg(i), clicker_set_agg(i::text))).estimate AS integers_that_are_texts
FROM generate_series(1, 300) AS i;

-- what re-aggregates: any tree of unions over any parts gives the same bytes
CREATE TABLE cells AS SELECT day, campaign, clicker_set_agg(person) AS clickers, count(*) AS n FROM clicks
	GROUP BY day, campaign;
SELECT union_agg(clickers) = (SELECT clicker_set_agg(person) FROM clicks) AS same,
	   unique_clicks(clickers) = (SELECT approx_unique_clicks(person) FROM clicks) AS same_count
FROM cells;
SELECT pg_temp.all_equal(a.clickers, b.clickers) AS same, pg_temp.all_equal(a.n, b.n) AS same_count, count(*)
FROM (SELECT campaign, union_agg(clickers) AS clickers, unique_clicks(clickers) AS n FROM cells GROUP BY campaign) AS a
JOIN (SELECT campaign, clicker_set_agg(person) AS clickers, approx_unique_clicks(person) AS n FROM clicks
      GROUP BY campaign) AS b USING (campaign);
SELECT union_agg(clickers) = (SELECT union_agg(clickers) FROM cells) AS same
FROM (SELECT union_agg(clickers) AS clickers FROM cells GROUP BY day % 3, campaign % 2) AS parts;

-- laws of the union, for sets of every kind and precision
CREATE TABLE sets AS
SELECT p AS "precision", size, clicker_set_agg(i * 31 % 9973, p) AS clickers
FROM unnest('{8,12,13}'::integer[]) AS p, unnest('{1,20,24,25,300,384,385,768,769,3000}'::integer[]) AS size, generate_series(1, size) AS i
GROUP BY p, size;
SELECT pg_temp.all_equal(a.clickers | b.clickers, b.clickers | a.clickers) AS commutative,
	   pg_temp.all_equal(a.clickers | a.clickers, a.clickers) AS idempotent,
	   pg_temp.all_equal((a.clickers | b.clickers) | b.clickers, a.clickers | b.clickers) AS absorbing,
	   pg_temp.all_equal(get_byte((a.clickers | b.clickers)::bytea, 1) & 15,
	                     least(a.precision, b.precision) - 8) AS lower_precision, count(*)
FROM sets AS a, sets AS b;
SELECT pg_temp.all_equal((a.clickers | b.clickers) | c.clickers,
                         a.clickers | (b.clickers | c.clickers)) AS associative, count(*)
FROM sets AS a, sets AS b, sets AS c WHERE c.size IN (24, 385, 3000);
SELECT pg_temp.all_equal(clickers | 'cs1:wRUA', clickers) AS empty_is_neutral FROM sets;

-- all orders, also sorted, distinct, filtered
SELECT clicker_set_agg(person ORDER BY i) = clicker_set_agg(person ORDER BY i DESC) AS any_order,
	   clicker_set_agg(DISTINCT person) = clicker_set_agg(person) AS distinct_or_not,
	   clicker_set_agg(person) FILTER (WHERE day < 10) | clicker_set_agg(person) FILTER (WHERE day >= 10)
	   = clicker_set_agg(person) AS parts
FROM clicks;

-- all plans: what a hash aggregate says is the measure
CREATE FUNCTION plan_has(what text, query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN ' || query LOOP
		IF strpos(line, what) > 0 THEN
			RETURN true;
		END IF;
	END LOOP;
	RETURN false;
END $$;
CREATE VIEW answer AS
SELECT campaign, clicker_set_agg(person) AS a, clicker_set_agg(name, 11) AS b, approx_unique_clicks(session) AS c
FROM clicks GROUP BY campaign;
CREATE TABLE measure AS TABLE answer;
SET enable_hashagg = off;
SELECT count(*) AS sorted FROM answer JOIN measure USING (campaign, a, b, c);
RESET enable_hashagg;
SET work_mem = '64kB';
SELECT count(*) AS spilled FROM answer JOIN measure USING (campaign, a, b, c);
RESET work_mem;
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
	SET parallel_leader_participation = off; SET max_parallel_workers_per_gather = 2;
SELECT plan_has('Finalize', 'TABLE answer');
SELECT count(*) AS parallel FROM answer JOIN measure USING (campaign, a, b, c);
SELECT unique_clicks(clickers)
       = (SELECT approx_unique_clicks(i) FROM (SELECT person AS i FROM clicks OFFSET 0) AS serial) AS parallel_union
FROM cells;
RESET ALL;
CREATE TABLE parts (LIKE clicks) PARTITION BY LIST (campaign);
CREATE TABLE parts_even PARTITION OF parts FOR VALUES IN (0, 2, 4, 6);
CREATE TABLE parts_odd PARTITION OF parts FOR VALUES IN (1, 3, 5, 7);
INSERT INTO parts TABLE clicks;
SET enable_partitionwise_aggregate = on; SET max_parallel_workers_per_gather = 0;
SELECT plan_has('Finalize', 'SELECT clicker_set_agg(person) FROM parts');
SELECT clicker_set_agg(person) = (SELECT clicker_set_agg(person) FROM clicks) AS partitionwise FROM parts;
RESET ALL;
SELECT count(*) = 40 AND count(*) = count(clickers) AS grouping_sets
FROM (SELECT day, campaign, clicker_set_agg(person) AS clickers FROM clicks
      GROUP BY GROUPING SETS ((day), (campaign), ())) AS sets;
SELECT pg_temp.all_equal(moving, fresh) AS windows
FROM (SELECT approx_unique_clicks(person) OVER (ORDER BY i ROWS BETWEEN 999 PRECEDING AND CURRENT ROW) AS moving,
			 (SELECT approx_unique_clicks(person) FROM clicks AS w
			  WHERE w.i BETWEEN c.i - 999 AND c.i AND w.day < 30) AS fresh
	  FROM clicks AS c WHERE i <= 1100 AND day < 30) AS both_ways;
SELECT count(DISTINCT growing) AS running, max(growing) = 768 AS last
FROM (SELECT unique_clicks(clickers) OVER (ORDER BY size) AS growing FROM sets
      WHERE precision = 13 AND size <= 768) AS windows;

-- nobody is NULL, or 0 where clickers are counted
SELECT clicker_set_agg(person) AS set, union_agg(clicker_set_agg(person)) OVER () AS united,
       approx_unique_clicks(person) AS approx,
	   clicker_set_agg(person, 12) AS set_12 FROM clicks WHERE false;
SELECT clicker_set_agg(NULL::bigint), clicker_set_agg(NULL::uuid, 9), approx_unique_clicks(NULL::text);
SELECT union_agg(NULL::clicker_set), unique_clicks(NULL::clicker_set);
SELECT unique_clicks(clickers) AS none FROM cells WHERE false;
SELECT clicker_set_agg(i) = clicker_set_agg(j) AS nulls_are_nobody FROM (VALUES (1, 1), (NULL, 2), (2, 1)) AS v(i, j);
SELECT cardinality('cs1:wRUA'::clicker_set) AS empty, standard_error('cs1:wRUA'::clicker_set),
       cardinality(NULL::clicker_set), 'cs1:wRUA'::clicker_set | NULL AS with_null,
       NULL | 'cs1:wRUA'::clicker_set AS null_with, NULL::clicker_set | NULL AS both_null;

-- the arguments that SQL can bring
SELECT clicker_set_agg('someone') = clicker_set_agg('someone'::text) AS literal, clicker_set_agg(NULL) AS null,
       approx_unique_clicks(42), approx_unique_clicks(42::smallint), approx_unique_clicks('a'::char(3)),
       approx_unique_clicks('a'::varchar), approx_unique_clicks('a'::name);
PREPARE untyped AS SELECT approx_unique_clicks($1), clicker_set_agg($1, $2) = clicker_set_agg('x'::text, 12)
FROM generate_series(1, 3);
EXECUTE untyped('x', 12);
\set VERBOSITY terse
SELECT clicker_set_agg(1.5);
\set VERBOSITY default

-- the same function by hand: late clickers, one by one
SELECT clicker_set_add(clicker_set_add(NULL, 1), 2) = clicker_set_agg(i) AS by_hand,
       clicker_set_add(clicker_set_agg(i), NULL::bigint) = clicker_set_agg(i) AS nobody,
	   clicker_set_add(clicker_set_agg(i, 9), 2, 9) = clicker_set_agg(i, 9) AS same_precision,
	   clicker_set_add(NULL, NULL::text) AS null
FROM generate_series(1, 2) AS i;
SELECT pg_temp.all_equal(clicker_set_add(clickers, 31), clickers) AS known_already,
       bool_or(clicker_set_add(clickers, -1) = clickers) AS and_this FROM sets WHERE precision = 13;
-- by hand, it does not change what it was given
SELECT cardinality(a) AS before, cardinality(clicker_set_add(a, 9)) AS after, cardinality(a | b) AS united,
       cardinality(a) AS still
FROM (SELECT clicker_set_agg(i) AS a, clicker_set_agg(i + 1) AS b FROM generate_series(1, 8) AS i OFFSET 0) AS sets;

-- a precision in range, also where nobody clicked
SELECT clicker_set_agg(i, 7) FROM generate_series(1, 2) AS i;
SELECT clicker_set_agg(i, 17) FROM generate_series(1, 2) AS i;
SELECT clicker_set_agg(i, NULL) FROM generate_series(1, 2) AS i;
SELECT clicker_set_agg(NULL::bigint, 99);
SELECT clicker_set_agg(i, CASE i WHEN 1 THEN 12 END) FROM generate_series(1, 2) AS i;
-- of several the lowest, whatever comes first and whoever does the work; a row without clicker has no say
CREATE TABLE precisions (day integer, person integer, "precision" integer) PARTITION BY LIST (day);
CREATE TABLE precisions_1 PARTITION OF precisions FOR VALUES IN (1);
CREATE TABLE precisions_2 PARTITION OF precisions FOR VALUES IN (2);
INSERT INTO precisions SELECT 1 + i % 2, i, 12 - i % 2 FROM generate_series(1, 40000) AS i;
INSERT INTO precisions VALUES (1, NULL, 8);
ANALYZE precisions;
CREATE TEMP TABLE by_plan (plan text, clickers clicker_set);
INSERT INTO by_plan SELECT 'serial', clicker_set_agg(person, precision) FROM precisions;
INSERT INTO by_plan SELECT 'ascending', clicker_set_agg(person, precision ORDER BY precision) FROM precisions;
INSERT INTO by_plan SELECT 'descending', clicker_set_agg(person, precision ORDER BY precision DESC) FROM precisions;
SET enable_partitionwise_aggregate = on;
INSERT INTO by_plan SELECT 'by partition', clicker_set_agg(person, precision) FROM precisions;
RESET enable_partitionwise_aggregate;
INSERT INTO by_plan SELECT 'reduced', clicker_set_agg(person, 12)::clicker_set(11) FROM precisions;
SELECT count(*) AS plans, count(DISTINCT clickers) AS results, min(get_byte(clickers::bytea, 1) & 15) + 8 AS lowest
FROM by_plan;
DROP TABLE precisions, by_plan;
SELECT cardinality(clicker_set_agg(i, 11 + i)) FROM generate_series(1, 2) AS i GROUP BY i ORDER BY i;

-- overlap: exact while both sets are; else with its standard error
SELECT overlap(clicker_set_agg(i) FILTER (WHERE i <= 600), clicker_set_agg(i, 14) FILTER (WHERE i > 400))
FROM generate_series(1, 1000) AS i;
SELECT overlap(clicker_set_agg(i), 'cs1:wRUA') FROM generate_series(1, 1000) AS i;
SELECT share, abs((common).estimate - share) < 3 * (common).standard_error AS close,
	   (common).standard_error BETWEEN 500 AND 1500 AS plausible, (common).estimate = (swapped).estimate AS symmetric
FROM unnest('{0,1000,20000,50000,80000}'::integer[]) AS share,
	 LATERAL (SELECT overlap(a, b) AS common, overlap(b, a) AS swapped
			  FROM (SELECT clicker_set_agg(i) FILTER (WHERE i <= 80000) AS a,
			        clicker_set_agg(i, 12) FILTER (WHERE i > 80000 - share) AS b
					FROM generate_series(1, 160000 - share) AS i) AS sets) AS measured;
SELECT (overlap(a, a)).estimate = cardinality(a) AS itself, (overlap(a, a)).standard_error > 0 AS not_exact,
	   abs((overlap(a, b)).estimate - 300) <= 3 * (overlap(a, b)).standard_error AS exact_with_estimate
FROM (SELECT clicker_set_agg(i) AS a, clicker_set_agg(i) FILTER (WHERE i <= 300) AS b
      FROM generate_series(1, 5000) AS i) AS sets;
-- few strangers hardly show in a big set, so that they must not pass for certain
SELECT size, pg_temp.all_hold((common).estimate <= 2 * (common).standard_error, (common).estimate,
	                         'at most ' || 2 * (common).standard_error) AS strangers_are_noise,
	   pg_temp.all_equal((known).estimate, size) AS known,
	   pg_temp.all_hold((known).standard_error > 0, (known).standard_error, 'more than 0') AS but_not_exact, count(*)
FROM (SELECT clicker_set_agg(i) AS everybody FROM generate_series(1, 200000) AS i OFFSET 0) AS big,
     unnest('{1,20,300}'::integer[]) AS size, generate_series(1, 5) AS trial,
	 LATERAL (SELECT overlap(everybody, clicker_set_agg(-i)) AS common, overlap(clicker_set_agg(i), everybody) AS known
			  FROM generate_series(trial * 10000, trial * 10000 + size - 1) AS i) AS measured
GROUP BY size ORDER BY size;
-- registers that no number of clickers would fill
SELECT (overlap(s, s)).estimate = cardinality(s) AS itself,
       (overlap(s, s)).standard_error BETWEEN 1 AND 1e18 AS not_exact
FROM (SELECT ('\xc120e40110001000100000' || repeat('0', 126))::bytea::clicker_set AS s) AS full_registers;
SELECT overlap(NULL, 'cs1:wRUA'::clicker_set);

-- many groups: those that do not fit are put aside, so that those which are there can grow
CREATE FUNCTION pg_temp.peak_of(query text, OUT kilobytes integer) LANGUAGE plpgsql
	SET work_mem = '4MB' SET hash_mem_multiplier = 2 SET enable_sort = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ' || query INTO plan;
	kilobytes := plan -> 0 -> 'Plan' ->> 'Peak Memory Usage';
END $$;
CREATE TEMP TABLE ids AS SELECT n % 4000 AS cell, n::bigint AS id FROM generate_series(1, 4000 * 150) AS n;
ANALYZE ids;
SELECT query, pg_temp.peak_of(format('SELECT cell, %s FROM ids GROUP BY cell', query)) < limit_kb AS bounded
FROM (VALUES ('clicker_set_agg(id)', 12000), ('clicker_set_agg(id, 16)', 12000), ('approx_unique_clicks(id)', 12000)) AS q(query, limit_kb);
SELECT count(*) AS groups, sum(n) AS people
FROM (SELECT cell, approx_unique_clicks(id) AS n FROM ids GROUP BY cell) AS cells;
SELECT count(*) AS groups, sum(n) AS people
FROM (SELECT i % 40000 AS cell, approx_unique_clicks(i) AS n FROM generate_series(1, 200000) AS i
      GROUP BY cell) AS cells;

-- late rows, merged into a stored cell
CREATE TABLE daily (day integer PRIMARY KEY, clickers clicker_set);
INSERT INTO daily SELECT day, clicker_set_agg(person) FROM clicks WHERE i % 3 > 0 GROUP BY day;
INSERT INTO daily SELECT day, clicker_set_agg(person) FROM clicks WHERE i % 3 = 0 GROUP BY day
ON CONFLICT (day) DO UPDATE SET clickers = daily.clickers | excluded.clickers;
-- a batch in which nobody is known by id: a stored set stays, and an empty cell that meets somebody has him
BEGIN;
CREATE TEMP TABLE late (day integer PRIMARY KEY, clickers clicker_set);
INSERT INTO late SELECT 1, clicker_set_agg(i) FROM generate_series(1, 500) i;
INSERT INTO late VALUES (2, NULL);
INSERT INTO late SELECT day, CASE day WHEN 2 THEN clicker_set_agg(i) END FROM generate_series(1, 2) day,
	generate_series(1, 7) i GROUP BY day
ON CONFLICT (day) DO UPDATE SET clickers = late.clickers | excluded.clickers;
SELECT day, cardinality(clickers), clickers::text::clicker_set = clickers AS canonical FROM late ORDER BY day;
ROLLBACK;
SELECT pg_temp.all_equal(daily.clickers, direct.clickers) AS same, count(*)
FROM daily JOIN (SELECT day, clicker_set_agg(person) AS clickers FROM clicks GROUP BY day) AS direct USING (day);

-- what people build on top: an aggregate of their own over our functions
CREATE AGGREGATE my_union(clicker_set) (SFUNC = clicker_set_union, STYPE = clicker_set);
CREATE TABLE kept AS SELECT campaign, my_union(clickers) AS clickers FROM cells GROUP BY campaign;
SELECT pg_temp.all_equal(kept.clickers, direct.clickers) AS same,
	   pg_temp.all_equal(cardinality(kept.clickers), cardinality(direct.clickers)) AS same_count,
	   pg_temp.all_equal(kept.clickers::text, direct.clickers::text) AS same_text,
	   pg_temp.all_equal(kept.clickers | direct.clickers, direct.clickers) AS same_union
FROM kept JOIN (SELECT campaign, union_agg(clickers) AS clickers FROM cells
                GROUP BY campaign) AS direct USING (campaign);
SELECT union_agg(clickers) = (SELECT union_agg(clickers) FROM cells) AS same FROM kept;
DROP AGGREGATE my_union(clicker_set);

-- such an aggregate keeps its working form; whatever else gives back a set gives its canonical form
CREATE AGGREGATE my_set(bigint) (SFUNC = clicker_set_add, STYPE = clicker_set);
CREATE TABLE working AS SELECT n % 200 AS g, my_set(n * n) AS clickers, clicker_set_agg(n * n) AS good
	FROM generate_series(1::bigint, 60000) AS n GROUP BY 1;
SELECT DISTINCT made.made, pg_column_size(made.clickers) = pg_column_size(good) AS canonical,
       made.clickers = good AS same
FROM working, LATERAL (VALUES ('cast to its precision', clickers::clicker_set(13)), ('add nobody', clicker_set_add(clickers, NULL::bigint)),
	('unite with NULL', clickers | NULL), ('unite NULL', NULL | clickers), ('unite with itself', clickers | clickers),
	('add a member', clicker_set_add(clickers, (g + 200) * (g + 200)::bigint)), ('from text', clickers::text::clicker_set),
	('from bytes', clickers::bytea::clicker_set)) AS made (made, clickers) ORDER BY made.made;
CREATE TEMP TABLE assigned (clickers clicker_set(13));
INSERT INTO assigned SELECT clickers FROM working;
SELECT pg_temp.all_equal(pg_column_size(a.clickers), pg_column_size(good)) AS canonical
FROM assigned a JOIN working ON a.clickers = good;
SELECT pg_column_size(union_agg(clickers)) = pg_column_size(union_agg(good)) AS canonical FROM working;
SELECT pg_temp.all_equal(clickers, good) AS equal,
	   pg_temp.all_equal(hash_array(ARRAY[clickers]), hash_array(ARRAY[good])) AS equal_hash FROM working;
-- comparing leaves nothing behind: the sort's memory is that of its rows
CREATE FUNCTION pg_temp.memory_after(query text, OUT kilobytes bigint) LANGUAGE plpgsql SET work_mem = '64MB'
	SET enable_hashagg = off AS $$
DECLARE
	answers refcursor;
BEGIN
	OPEN answers FOR EXECUTE query;
	MOVE answers;
	SELECT sum(total_bytes) / 1024 FROM pg_backend_memory_contexts INTO kilobytes;
	CLOSE answers;
END $$;
SELECT pg_temp.memory_after('SELECT clickers FROM working ORDER BY clickers') < pg_temp.memory_after('SELECT clickers FROM working ORDER BY g') + 1000 AS no_leak;
DROP TABLE working;

-- a working form that storage has damaged is refused whoever reads it, before it does harm: tokens are
-- 8 bytes each, from byte 13 on
CREATE FUNCTION pg_temp.bytes_of(clicker_set) RETURNS bytea LANGUAGE internal STRICT AS 'byteasend';
CREATE FUNCTION pg_temp.as_stored(bytea) RETURNS clicker_set LANGUAGE internal STRICT AS 'byteasend';
CREATE FUNCTION pg_temp.outcome(query text, s clicker_set) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result USING s;
	RETURN result;
EXCEPTION WHEN data_corrupted THEN
	RETURN SQLSTATE;
END $$;
CREATE TABLE damaged AS
	SELECT what, pg_temp.as_stored(bytes) AS s
	FROM (SELECT pg_temp.bytes_of(my_set(i)) AS b FROM generate_series(1::bigint, 3) AS i) AS whole, LATERAL (VALUES
		('0 nothing', b), ('1 a token twice', overlay(b PLACING substr(b, 21, 8) FROM 13)), ('2 a token of too many bits', set_byte(b, 19, 255)),
		('3 a token of no hash', set_byte(b, 12, 255)), ('4 a token missing', overlay(b PLACING '\x0000000000000000' FROM 13)),
		('5 a gap', overlay(overlay(b PLACING substr(b, 29, 8) FROM 37) PLACING '\x0000000000000000' FROM 29)),
		('6 one token more said', set_byte(b, 4, 4)), ('7 cut off', substr(b, 1, 40))) AS d(what, bytes)
	UNION ALL SELECT '8 a place in a table',
		pg_temp.as_stored(overlay(overlay(b PLACING substr(b, 13, 240) FROM 253)
		                          PLACING substr(b, 253, 240) FROM 13))
	FROM (SELECT pg_temp.bytes_of(my_set(i)) AS b FROM generate_series(1::bigint, 200) AS i) AS table_of_tokens;
SELECT what, pg_temp.outcome('SELECT cardinality($1)', s) AS cardinality, pg_temp.outcome('SELECT $1::text = '''' ', s) AS text, pg_temp.outcome('SELECT cardinality($1 | $1)', s) AS united,
       pg_temp.outcome('SELECT cardinality(clicker_set_add($1, 7::bigint))', s) AS added, pg_temp.outcome('SELECT $1 = $1', s) AS equal,
       pg_temp.outcome('SELECT unique_clicks(s) FROM unnest(ARRAY[$1, $1]) AS s', s) AS aggregate, pg_temp.outcome('SELECT (overlap($1, $1)).estimate', s) AS overlap,
       pg_temp.outcome('SELECT max(u) FROM (SELECT unique_clicks(s) OVER (ORDER BY n ROWS 1 PRECEDING) AS u FROM unnest(ARRAY[$1, $1, $1]) WITH ORDINALITY AS a(s, n)) AS w', s) AS moving
FROM damaged ORDER BY what;
DROP TABLE damaged;
DROP AGGREGATE my_set(bigint);

-- a collation by which different bytes are the same text
CREATE COLLATION any_case (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
SELECT approx_unique_clicks(name COLLATE any_case) FROM (VALUES ('Ann'), ('ann')) AS v(name);
SELECT clicker_set_agg(name COLLATE any_case, 12) FROM (VALUES ('Ann'), ('ann')) AS v(name);
SELECT clicker_set_add(clicker_set_agg(name), 'ann' COLLATE any_case) FROM (VALUES ('Ann')) AS v(name);
SELECT approx_unique_clicks(name COLLATE any_case COLLATE "C") FROM (VALUES ('Ann'), ('ann')) AS v(name);
DROP COLLATION any_case;

DROP FUNCTION plan_has(text, text);
DROP VIEW answer;
DROP TABLE clicks, cells, sets, measure, parts, daily, kept;
