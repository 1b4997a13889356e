-- click_counts is read where it lies, however it is stored
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

CREATE TEMP VIEW fields AS
	SELECT attname AS field, attnum AS place, attname::text::click_type AS type
	FROM pg_attribute WHERE attrelid = 'click_counts'::regclass AND attnum > 0;

-- the same values in each form of storage; the filler makes rows so long that the server must act
CREATE TABLE stored (
	id integer PRIMARY KEY,
	odd "char",				-- so that what follows is not aligned
	plain click_counts,
	more_odd text,
	compressed click_counts,
	external click_counts,
	filler text
);
ALTER TABLE stored ALTER plain SET STORAGE PLAIN, ALTER compressed SET STORAGE MAIN,
	ALTER compressed SET COMPRESSION pglz, ALTER external SET STORAGE EXTERNAL, ALTER filler SET STORAGE PLAIN;
SELECT setseed(0.2);
INSERT INTO stored (id, odd, plain, more_odd)
	SELECT i, 'x', ('(' || string_agg(CASE WHEN i % 3 = 0 OR random() < 0.4 THEN (random() * 50 - 10)::int::text
	                                  ELSE '' END, ',') || ')')::click_counts,
	       repeat('y', i % 9)
	FROM generate_series(1, 600) i, generate_series(1, 20) GROUP BY i;
UPDATE stored SET compressed = plain, external = plain, filler = repeat('z', 2400);

-- the forms are there; values of few fields have a short header, unless PLAIN
SELECT count(*) FILTER (WHERE pg_column_compression(compressed) = 'pglz') > 100 AS compressed,
       count(*) FILTER (WHERE pg_column_compression(plain) IS NOT NULL) AS plain
FROM stored;
SELECT pg_relation_size(reltoastrelid) > 0 AS toasted FROM pg_class WHERE oid = 'stored'::regclass;
CREATE TABLE short_headers (odd "char", counts click_counts);
INSERT INTO short_headers SELECT 'x', plain FROM stored;
SELECT (SELECT sum(pg_column_size(plain)) FROM stored) - sum(pg_column_size(counts)) > 3 * 300 AS short
FROM short_headers;

-- every function reads the same in each of them
SELECT count(*) AS values,
       pg_temp.all_equal(clicks_total(compressed), clicks_total(plain)) AS compressed_total,
       pg_temp.all_equal(clicks_total(external), clicks_total(plain)) AS external_total,
       pg_temp.all_equal(compressed + external, plain + plain) AS plus,
       pg_temp.all_equal(compressed - external, plain - plain) AS minus,
       pg_temp.all_equal((SELECT array_agg(b::text) FROM click_breakdown(external) b),
                (SELECT array_agg(b::text) FROM click_breakdown(plain) b)) AS external_breakdown,
       pg_temp.all_equal((SELECT array_agg(b::text) FROM click_breakdown(compressed) b),
                (SELECT array_agg(b::text) FROM click_breakdown(plain) b)) AS compressed_breakdown
FROM stored;
SELECT count(*) AS values, pg_temp.all_equal(clicks_total(counts), (
	SELECT sum((to_jsonb(counts) ->> field)::bigint) FROM fields WHERE is_counted(type))) AS short_total
FROM short_headers;
SELECT sum(plain) = sum(compressed) AND sum(plain) = sum(external) AS sums,
       sum(plain) = (SELECT sum(counts) FROM short_headers) AS short_sum,
       clicks_all(plain) = clicks_all(compressed) AND clicks_all(plain) = clicks_all(external) AS clicks_all,
       ctr(plain, id) = ctr(compressed, id) AND ctr(plain, id) = ctr(external, id) AS ctr,
       cpc(id, plain) = cpc(id, compressed) AND cpc(id, plain) = cpc(id, external) AS cpc,
       ad_metrics(plain, id, id) = ad_metrics(compressed, id, id)
       AND ad_metrics(plain, id, id) = ad_metrics(external, id, id) AS ad_metrics
FROM stored;
SELECT sum(plain) = ('(' || (SELECT string_agg(total::text, ',' ORDER BY place)
	FROM (SELECT place, (SELECT sum((to_jsonb(plain) ->> field)::bigint) FROM stored) AS total FROM fields) t)
	     || ')')::click_counts AS equals_sql
FROM stored;

-- as the result of a sort or a hash, which keep rows in another form
SELECT clicks_all(plain)
       = (SELECT clicks_all(c) FROM (SELECT external AS c FROM stored ORDER BY id DESC OFFSET 0) s) AS sorted,
       clicks_all(plain) = (SELECT clicks_all(c)
                            FROM (SELECT DISTINCT id, compressed AS c FROM stored OFFSET 0) s) AS hashed
FROM stored;

-- in a row, in an array, in a domain, in jsonb's way back
CREATE DOMAIN some_counts AS click_counts CHECK (clicks_total(VALUE) IS NULL OR clicks_total(VALUE) > -1000);
CREATE TEMP TABLE nested (list click_counts[], pair stored, limited some_counts);
INSERT INTO nested SELECT ARRAY[plain, NULL, external], stored, plain FROM stored;
SELECT count(*) AS values,
       pg_temp.all_equal(clicks_total(list[1]), clicks_total((pair).plain)) AS array_element,
       pg_temp.all_equal((SELECT clicks_all(c) FROM unnest(list) c), 2 * clicks_total((pair).compressed)) AS unnested,
       pg_temp.all_equal(clicks_total((pair).external), clicks_total(limited)) AS domain_value,
       pg_temp.all_equal(limited + limited, list[3] + (pair).plain) AS domain_operator,
       pg_temp.all_equal(clicks_total(jsonb_populate_record(NULL::click_counts, to_jsonb(limited))),
                         clicks_total(limited)) AS jsonb
FROM nested;
SELECT clicks_all(limited) = (SELECT clicks_all(plain) FROM stored) AS domain_aggregate FROM nested;
SELECT clicks_total(ROW(1, 2, NULL, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                        NULL, NULL, NULL)::click_counts) AS from_row;

-- in variables, where the server keeps rows unpacked; thousands of tiny queries are not worth compiling
SET jit = off;
DO $$
DECLARE
	counts click_counts;
	limited some_counts;
	total click_counts;
	list click_counts[];
	failures integer := 0;
	expected bigint;
	i integer;
BEGIN
	FOR i IN 1 .. 600 LOOP
		counts := (SELECT external FROM stored WHERE id = i);
		counts.other := i;
		limited := counts;
		list[i] := counts;
		counts.link := NULL;
		total := total + counts;
		IF total IS NULL THEN
			total := counts;
		END IF;
		SELECT sum(value::bigint) INTO expected
		FROM stored, jsonb_each_text(to_jsonb(external) || jsonb_build_object('other', i))
		WHERE id = i AND is_counted(key::click_type);
		IF clicks_total(limited) <> expected OR clicks_total(list[i]) <> expected
			OR clicks_total(counts) <> expected - coalesce(limited.link, 0) THEN
			failures := failures + 1;
		END IF;
	END LOOP;
	IF clicks_total(total) <> (SELECT clicks_all(c) - coalesce(sum((c).link), 0) FROM unnest(list) c) THEN
		failures := failures + 1;
	END IF;
	RAISE NOTICE 'rows in variables: % failures', failures;
END $$;
RESET jit;

-- Values stored when the type had fewer fields, or by a version that has more: a
-- look-alike that gets the missing ones later, relabelled without a look at it.
CREATE FUNCTION pg_temp.fields_read(number_of_fields integer, patterns integer,
	OUT total text, OUT plus text, OUT sum text) LANGUAGE plpgsql
	SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
	EXECUTE format('CREATE TYPE look_alike AS (%s)',
		(SELECT string_agg(format('%I bigint', coalesce(field, 'future_' || i)), ', ' ORDER BY i)
		 FROM generate_series(1, number_of_fields) i LEFT JOIN fields ON place = i));
	CREATE FUNCTION relabelled(look_alike) RETURNS click_counts AS 'int8up' LANGUAGE internal IMMUTABLE STRICT;
	CREATE TEMP TABLE older (odd "char", counts look_alike);
	INSERT INTO older
		SELECT 'x', ('(' || coalesce(string_agg(CASE WHEN p = 1 OR random() < 0.5 THEN (random() * 90)::int::text
		                                        ELSE '' END, ',') FILTER (WHERE number_of_fields > 0), '') || ')')::look_alike
		FROM generate_series(1, patterns) p LEFT JOIN generate_series(1, number_of_fields) ON true GROUP BY p;
	EXECUTE coalesce((SELECT 'ALTER TYPE look_alike ' || string_agg(format('ADD ATTRIBUTE %I bigint CASCADE', field), ', ' ORDER BY place)
	                  FROM fields WHERE place > number_of_fields), 'SELECT');
	SELECT pg_temp.all_equal(clicks_total(relabelled(counts)),
	                         (SELECT sum((to_jsonb(counts) ->> field)::bigint) FROM fields WHERE is_counted(type))),
	       pg_temp.all_equal(relabelled(counts) + click_counts(),
	                         jsonb_populate_record(click_counts(), to_jsonb(counts)))
	INTO total, plus FROM older;
	SELECT pg_temp.all_equal(came, expected) INTO sum
	FROM (SELECT coalesce(sum(relabelled(counts)), click_counts()) AS came,
	             coalesce(sum(jsonb_populate_record(click_counts(), to_jsonb(counts))), click_counts()) AS expected
	      FROM older) AS sums;
	DROP TABLE older;
	DROP FUNCTION relabelled(look_alike);
	DROP TYPE look_alike;
END $$;
-- without fields there is no total
SELECT min(fields) AS from, max(fields) AS to, count(*) AS versions, total, plus, sum
FROM generate_series(0, 34) fields, pg_temp.fields_read(fields, 60) GROUP BY total, plus, sum ORDER BY 1;

DROP TABLE stored, short_headers CASCADE;
