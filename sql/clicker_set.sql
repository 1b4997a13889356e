-- golden values of version 1: these must be read for ever, as these sets
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks
SELECT clicker_set_agg(i) AS five FROM generate_series(1, 5) AS i;
SELECT clicker_set_agg(i, 8) AS registers FROM generate_series(1, 100) AS i;
SELECT clicker_set_agg(i::text) AS texts FROM generate_series(1, 3) AS i;
SELECT clicker_set_agg(('00000000-0000-0000-0000-00000000000' || i)::uuid) AS uuids FROM generate_series(1, 3) AS i;

CREATE TABLE golden (what text, clickers clicker_set);
INSERT INTO golden VALUES
	('empty', 'cs1:wRUA'),
	('integers 1 to 5', 'cs1:wRUFZtevuy0o3ntCKif7doA6x9Uto/kyFYxEXQE='),
	('integers 1 to 100 at precision 8', 'cs1:wSAXAA8ADwARAOFloIXAAGMi6uUbYMFdAAONvYIAYU14BnxMC+BhADN2Oe4XcrEcYqwGQA8iObAAIPZyYABgNEhH4ieG/emyCg==');

SELECT what, cardinality(clickers), standard_error(clickers)::numeric(6, 4),
	   clickers::text::clicker_set = clickers AS same_by_text,
	   clickers::bytea::clicker_set = clickers AS same_by_bytes,
	   octet_length(clickers::bytea) AS bytes
FROM golden;

SELECT clickers::bytea FROM golden WHERE what = 'integers 1 to 5';

-- equality is that of the sets; precision is part of it
SELECT a.clickers = b.clickers AS eq, a.clickers <> b.clickers AS ne, a.clickers < b.clickers
       OR a.clickers > b.clickers AS lt_or_gt,
	   a.clickers <= b.clickers AND a.clickers >= b.clickers AS le_and_ge, count(*)
FROM golden AS a, golden AS b GROUP BY 1, 2, 3, 4 ORDER BY 1;
SELECT count(DISTINCT clickers) AS by_sort FROM (TABLE golden UNION ALL TABLE golden) AS twice;
SELECT count(*) AS by_hash
FROM (SELECT clickers FROM (TABLE golden UNION ALL TABLE golden) AS twice GROUP BY clickers) AS groups;
-- equal sets have equal hashes
SELECT pg_temp.all_equal(hash_array(ARRAY[a.clickers]), hash_array(ARRAY[b.clickers])) AS hash,
       pg_temp.all_equal(hash_array_extended(ARRAY[a.clickers], 7),
                         hash_array_extended(ARRAY[b.clickers], 7)) AS hash_extended
FROM golden AS a JOIN golden AS b ON a.clickers = b.clickers;
CREATE UNIQUE INDEX ON golden (clickers);
INSERT INTO golden SELECT 'again', clicker_set_agg(i) FROM generate_series(1, 5) AS i;
SELECT clicker_set_agg(i, 12) = clicker_set_agg(i, 13) AS same_at_another_precision FROM generate_series(1, 5) AS i;

-- the precision of a column
CREATE TABLE cells (clickers clicker_set(12));
INSERT INTO cells SELECT clicker_set_agg(i) FROM generate_series(1, 5) AS i;
INSERT INTO cells SELECT clicker_set_agg(i) FROM generate_series(1, 500) AS i;
INSERT INTO cells SELECT clicker_set_agg(i) FROM generate_series(1, 20000) AS i;
INSERT INTO cells SELECT clicker_set_agg(i, 11) FROM generate_series(1, 192) AS i;
INSERT INTO cells SELECT clicker_set_agg(i, 11) FROM generate_series(1, 193) AS i;
INSERT INTO cells VALUES ('cs1:wRUA');
SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'cells'::regclass AND attname = 'clickers';
SELECT attstorage FROM pg_attribute WHERE attrelid = 'cells'::regclass AND attname = 'clickers';
SELECT pg_temp.all_equal((get_byte(clickers::bytea, 1) & 15) + 8, 12) AS all_have_it, count(*) FROM cells;
SELECT pg_temp.all_equal(reduced, direct) AS reduced_is_as_if_built_so
FROM (SELECT clicker_set_agg(i)::clicker_set(8) AS reduced, clicker_set_agg(i, 8) AS direct
	  FROM generate_series(1, 30000) AS i GROUP BY i % 3
	  UNION ALL
	  SELECT clicker_set_agg(i, 16)::clicker_set(11), clicker_set_agg(i, 11)
	  FROM generate_series(1, 3000) AS i GROUP BY i % 3, i % 100 < 95) AS pairs;
SELECT 'cs1:wRUA'::clicker_set(7);
SELECT 'cs1:wRUA'::clicker_set(17);
SELECT 'cs1:wRUA'::clicker_set(12, 13);

-- what is not canonical is refused
SELECT ''::clicker_set;
SELECT 'wRUA'::clicker_set;
SELECT 'cs2:wRUA'::clicker_set;
SELECT 'cs1:'::clicker_set;
SELECT 'cs1:wRUA '::clicker_set;
SELECT 'cs1:wRU'::clicker_set;
SELECT 'cs1:wRU*'::clicker_set;
SELECT 'cs1:wRUAAA=='::clicker_set;
SELECT ''::bytea::clicker_set;
SELECT '\xc11500'::bytea::clicker_set;
SELECT '\xc21500'::bytea::clicker_set;
SELECT '\xc15500'::bytea::clicker_set;
SELECT '\xc11580'::bytea::clicker_set;
SELECT '\xc1158000'::bytea::clicker_set;
SELECT '\xc1150100'::bytea::clicker_set;
-- the empty set has one form, and it is not this: empty registers
SELECT ('\xc12000000800080008' || repeat('00', 33))::bytea::clicker_set;
-- the working form of an aggregate's state never comes from outside
SELECT ('\xc1850000' || decode(repeat('00', 56), 'hex'))::bytea::clicker_set;

-- every change of one byte: refused, or the canonical form of another set
CREATE FUNCTION pg_temp.accepted(bytes bytea, OUT again bytea, OUT size bigint) LANGUAGE plpgsql AS $$
BEGIN
	again := bytes::clicker_set::bytea;
	size := cardinality(bytes::clicker_set);
EXCEPTION WHEN invalid_binary_representation THEN
	again := NULL;
END $$;
SELECT what, count(*) = 255 * octet_length(clickers::bytea) AS all_tried, count(again) < count(*) AS some_refused,
       pg_temp.all_equal(again, changed) FILTER (WHERE again IS NOT NULL) AS accepted_as_written,
       pg_temp.all_hold(size >= 0, size, 'at least 0') FILTER (WHERE again IS NOT NULL) AS accepted_size
FROM golden, generate_series(0, octet_length(clickers::bytea) - 1) AS at, generate_series(1, 255) AS change,
	 LATERAL set_byte(clickers::bytea, at, get_byte(clickers::bytea, at) # change) AS changed, pg_temp.accepted(changed)
GROUP BY what, clickers ORDER BY what;
-- no part of a set is a set
SELECT count(again) AS accepted_parts
FROM golden, generate_series(0, octet_length(clickers::bytea) - 1) AS length,
     pg_temp.accepted(substr(clickers::bytea, 1, length));

-- COPY, text and binary
\copy golden TO 'results/clicker_set.text'
\copy golden TO 'results/clicker_set.binary' (FORMAT binary)
CREATE TABLE by_text (LIKE golden);
CREATE TABLE by_binary (LIKE golden);
\copy by_text FROM 'results/clicker_set.text'
\copy by_binary FROM 'results/clicker_set.binary' (FORMAT binary)
SELECT count(*) FROM golden JOIN by_text USING (what, clickers) JOIN by_binary USING (what, clickers);
-- a column's precision holds for what is copied into it
\copy (SELECT clickers FROM golden) TO 'results/clicker_set.binary' (FORMAT binary)
TRUNCATE cells;
\copy cells FROM 'results/clicker_set.binary' (FORMAT binary)

-- all ways to store a value
CREATE TABLE ways (way text, clickers clicker_set);
INSERT INTO ways SELECT 'external', clicker_set_agg(i) FROM generate_series(1, 20000) AS i;
INSERT INTO ways SELECT 'short header', clicker_set_agg(i) FROM generate_series(1, 10) AS i;
ALTER TABLE ways ALTER COLUMN clickers SET STORAGE main;
INSERT INTO ways SELECT 'inline', clicker_set_agg(i) FROM generate_series(1, 20000) AS i;
ALTER TABLE ways ALTER COLUMN clickers SET STORAGE extended;
INSERT INTO ways SELECT 'compressed', clicker_set_agg(i, 16) FROM generate_series(1, 8000) AS i;
SELECT way, cardinality(clickers), clickers = rebuilt AS same, clickers | rebuilt = clickers AS same_union,
       unique_clicks(clickers) = cardinality(clickers) AS same_count
FROM ways, LATERAL (SELECT clickers::text::clicker_set AS rebuilt) AS again GROUP BY way, clickers, rebuilt
ORDER BY way;

DROP TABLE golden, cells, by_text, by_binary, ways;
