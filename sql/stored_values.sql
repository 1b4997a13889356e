-- Golden values of every type that may be stored: its text, its bytes in binary COPY, and
-- its bytes in a table, which pg_upgrade leaves as they are.  They were written once and
-- must be read, and written, for ever: no version that changes one can be released.
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- the bytes in a table, without what differs from database to database: lengths, OIDs
CREATE FUNCTION pg_temp.in_table(record) RETURNS bytea LANGUAGE internal AS 'byteasend';
CREATE FUNCTION pg_temp.in_table(clicker_set) RETURNS bytea LANGUAGE internal AS 'byteasend';

-- labels, fields and layouts
SELECT enumlabel AS click_type, is_counted(enumlabel::text::click_type) FROM pg_enum
WHERE enumtypid = 'click_type'::regtype ORDER BY enumsortorder;
SELECT attrelid::regclass AS row_type, attname AS field, atttypid::regtype AS type
FROM pg_attribute WHERE attrelid IN ('click_counts'::regclass, 'ad_metrics'::regclass) AND attnum > 0 ORDER BY attrelid::regclass::text, attnum;
SELECT typname, typlen, typalign, typstorage, typbyval FROM pg_type
WHERE oid IN ('click_type'::regtype, 'click_counts'::regtype, 'ad_metrics'::regtype, 'clicker_set'::regtype,
              'ratio_sample'::regtype, 'ad_totals'::regtype, 'click_totals'::regtype) ORDER BY typname;

CREATE TABLE golden_values (type regtype, text text, bytes bytea);
-- binary COPY of a row: number of fields, and of each its type, length and bytes
INSERT INTO golden_values VALUES
	('click_counts', '(,,,,,,,,,,,,,,,,,,,)', decode('00000014' || repeat('00000014ffffffff', 20), 'hex')),
	('click_counts', '(7,,,,,,,,,,,,,,,,,,,-1)', decode('00000014' || '00000014000000080000000000000007' || repeat('00000014ffffffff', 18) || '0000001400000008ffffffffffffffff', 'hex')),
	('click_counts', '(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20)',
		(SELECT decode('00000014' || string_agg('0000001400000008' || lpad(to_hex(n), 16, '0'), '' ORDER BY n), 'hex') FROM generate_series(1, 20) AS n)),
	('ad_metrics', '(315,20000,63.00,1.575,0.2)', '\x000000050000001400000008000000000000013b00000014000000080000000000004e20000006a40000000a0001000000000002003f000006a40000000c000200000000000300011676000006a40000000a0001ffff0000000107d0'),
	('clicker_set', 'cs1:wRUA', '\xc11500'),
	('clicker_set', 'cs1:wRUFZtevuy0o3ntCKif7doA6x9Uto/kyFYxEXQE=', '\xc1150566d7afbb2d28de7b422a27fb76803ac7d52da3f932158c445d01'),
	('clicker_set', 'cs1:wSAXAA8ADwARAOFloIXAAGMi6uUbYMFdAAONvYIAYU14BnxMC+BhADN2Oe4XcrEcYqwGQA8iObAAIPZyYABgNEhH4ieG/emyCg==',
		decode('wSAXAA8ADwARAOFloIXAAGMi6uUbYMFdAAONvYIAYU14BnxMC+BhADN2Oe4XcrEcYqwGQA8iObAAIPZyYABgNEhH4ieG/emyCg==', 'base64')),
	('ratio_sample', '1|0|0|0|0|0|0', decode('01' || repeat('00', 48), 'hex')),
	('ratio_sample', '1|1|0.1|30|0|0|0', decode('0100000000000000013fb999999999999a403e' || repeat('00', 30), 'hex')),
	('ratio_sample', '1|3|13.25|80|72.54166666666667|71.66666666666667|466.6666666666667', '\x010000000000000003402a8000000000004054000000000000405222aaaaaaaaab4051eaaaaaaaaaab407d2aaaaaaaaaab'),
	('ratio_sample', '1|2|1.5e-300|2e+100|0|0|2e+200', '\x01000000000000000201b01297d23ab68354c249ad2594c37d000000000000000000000000000000006984e718d7d7625a'),
	('ad_totals', '1|1|2|3|4|5|6|7|8|60|7|EUR', '\x01000000000000000000000000000000010000000000000002000000000000000000000000000000030000000000000004000000000000000000000000000000050000000000000000000000000000000600000000000000070000000000000008000000000000003c0000000000000007455552'),
	('click_totals', '1|0|258|1|19|-1|2', '\x010000000000000000000000000000000102000000000000000113ffffffffffffffffffffffffffffffff0000000000000002');


-- from text
CREATE FUNCTION pg_temp.from_text(type regtype, text text, OUT text_again text, OUT bytes bytea) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT value::text, %s(value) FROM (SELECT $1::%s) AS v(value)',
		CASE WHEN type IN ('click_counts'::regtype, 'ad_metrics'::regtype) THEN 'record_send' ELSE type || '_send' END, type)
		INTO text_again, bytes USING text;
END $$;
SELECT type, count(*), pg_temp.all_equal(text_again, text) AS same_text,
       pg_temp.all_equal(written.bytes, golden_values.bytes) AS same_bytes
FROM golden_values, pg_temp.from_text(type, text) AS written GROUP BY type ORDER BY type::text;

-- from bytes
CREATE TABLE from_bytes (click_counts click_counts, ad_metrics ad_metrics, clicker_set clicker_set,
                         ratio_sample ratio_sample, ad_totals ad_totals, click_totals click_totals);
SELECT current_database() AS database \gset
\setenv PGDATABASE :database
\copy from_bytes (click_counts) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM golden_values WHERE type::text = \$\$click_counts\$\$) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy from_bytes (ad_metrics) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM golden_values WHERE type::text = \$\$ad_metrics\$\$) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy from_bytes (clicker_set) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM golden_values WHERE type::text = \$\$clicker_set\$\$) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy from_bytes (ratio_sample) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM golden_values WHERE type::text = \$\$ratio_sample\$\$) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy from_bytes (ad_totals) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM golden_values WHERE type::text = \$\$ad_totals\$\$) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy from_bytes (click_totals) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM golden_values WHERE type::text = \$\$click_totals\$\$) TO STDOUT (FORMAT binary)"' (FORMAT binary)
SELECT read.type, count(read.text), count(golden_values) AS as_golden
FROM from_bytes, LATERAL (VALUES ('click_counts', click_counts::text),
                          ('ad_metrics', CASE WHEN ad_metrics IS DISTINCT FROM NULL THEN ad_metrics::text END),
                          ('clicker_set', clicker_set::text),
	('ratio_sample', ratio_sample::text), ('ad_totals', ad_totals::text), ('click_totals', click_totals::text)) AS read(type, text)
	LEFT JOIN golden_values ON golden_values.type::text = read.type AND golden_values.text = read.text
GROUP BY 1 ORDER BY 1;

-- in a table
SELECT text, substr(pg_temp.in_table(text::click_counts), 19) AS in_table FROM golden_values
WHERE type = 'click_counts'::regtype ORDER BY bytes;
SELECT pg_temp.all_equal(pg_temp.in_table(text::clicker_set), bytes) AS clicker_set
FROM golden_values WHERE type = 'clicker_set'::regtype;
SELECT text, substr(pg_temp.in_table(ROW(text::ratio_sample)), 21) AS in_table FROM golden_values
WHERE type = 'ratio_sample'::regtype ORDER BY bytes;

-- what ids are hashed to, and where a set passes from hashes to registers
SELECT 'integer' AS of, clicker_set_agg(i)::bytea AS bytes FROM unnest(ARRAY[0, 1, -1, 2147483647]) AS i
UNION ALL SELECT 'bigint', clicker_set_agg(i)::bytea FROM unnest(ARRAY[9223372036854775807, -9223372036854775808]) AS i
UNION ALL SELECT 'text', clicker_set_agg(t)::bytea FROM unnest(ARRAY['', 'a', 'user-1', 'ユーザー', repeat('long', 100)]) AS t
UNION ALL SELECT 'uuid', clicker_set_agg(u)::bytea FROM unnest(ARRAY['00000000-0000-0000-0000-000000000001', 'ffffffff-ffff-ffff-ffff-ffffffffffff']::uuid[]) AS u
ORDER BY of;
SELECT "precision", size, octet_length(bytes), substr(bytes, 1, 8) AS head, sha256(bytes), cardinality(bytes::clicker_set)
FROM (SELECT "precision", size,
      (CASE "precision" WHEN 8 THEN clicker_set_agg(i, 8) WHEN 12 THEN clicker_set_agg(i)
       WHEN 14 THEN clicker_set_agg(i, 14) END)::bytea AS bytes
      FROM (VALUES (8), (12), (14)) AS precisions("precision"), (VALUES (768), (769), (100000)) AS sizes(size),
           generate_series(1, size) AS i
      GROUP BY 1, 2) AS sets
ORDER BY 1, 2;

-- hash indexes and hash partitions are built on these
SELECT type, CASE type WHEN 'clicker_set'::regtype THEN hash_array(ARRAY[text::clicker_set])
       ELSE hash_array(ARRAY[text::ratio_sample]) END AS hash,
	CASE type WHEN 'clicker_set'::regtype THEN hash_array_extended(ARRAY[text::clicker_set], 7)
	ELSE hash_array_extended(ARRAY[text::ratio_sample], 7) END AS extended
FROM golden_values WHERE type IN ('clicker_set'::regtype, 'ratio_sample'::regtype) ORDER BY type::text, text;
-- and b-trees on this order
SELECT string_agg(text, ' < ' ORDER BY text::clicker_set) AS clicker_set FROM golden_values WHERE type = 'clicker_set'::regtype;
SELECT string_agg(text, ' < ' ORDER BY text::ratio_sample) AS ratio_sample FROM golden_values WHERE type = 'ratio_sample'::regtype;
DROP TABLE golden_values, from_bytes;
