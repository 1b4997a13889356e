-- the states of the aggregates as values: their text and binary form, and their functions called by hand
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- an aggregate of the house without its final function gives its state
CREATE AGGREGATE pg_temp.ad_totals_of(bigint, bigint, numeric, text) (
	SFUNC = ad_totals_add_metrics_int8_int8_numeric, STYPE = ad_totals, INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	COMBINEFUNC = ad_totals_merge, PARALLEL = SAFE);
CREATE AGGREGATE pg_temp.merge_of(ad_totals) (SFUNC = ad_totals_merge, STYPE = ad_totals);
CREATE AGGREGATE pg_temp.click_totals_of(click_counts) (SFUNC = click_totals_add_counts, STYPE = click_totals,
                                                        INITCOND = '1', COMBINEFUNC = click_totals_merge, PARALLEL = SAFE);
CREATE AGGREGATE pg_temp.merge_of(click_totals) (SFUNC = click_totals_merge, STYPE = click_totals);

-- what they look like
SELECT pg_temp.ad_totals_of(c, i, s, y)
FROM (VALUES (10, 1000, 2.50, 'EUR'), (5, NULL, 1.25, 'EUR'), (NULL, 7, NULL, 'JPY')) v(c, i, s, y);
SELECT pg_temp.click_totals_of(c)
FROM (VALUES (click_counts(link => 3, photo => -1)), (click_counts(link => 4, outbound => 0)), (NULL)) v(c);
SELECT pg_temp.ad_totals_of(1, 2, 3, 'x') AS empty, pg_temp.click_totals_of(click_counts()) AS nothing_reported
FROM generate_series(1, 0);

-- states to try: from groups of random rows, from the ends of the range, empty ones
SELECT setseed(0.7);
CREATE TABLE states (n serial, a ad_totals, t click_totals);
INSERT INTO states (a, t)
	SELECT pg_temp.ad_totals_of(clicks, impressions, spend, 'EUR'), pg_temp.click_totals_of(counts)
	FROM (SELECT n, CASE WHEN random() < 0.6 THEN (random() * 1e18)::bigint - 300 END AS clicks,
	      CASE WHEN random() < 0.6 THEN (random() * 90000)::bigint END AS impressions,
	             CASE WHEN random() < 0.7 THEN round((random() * 1e6 - 1e5)::numeric, (random() * 9)::int) END AS spend,
	             click_counts(link => CASE WHEN random() < 0.6 THEN (random() * 1e18)::bigint END,
	                          other => CASE WHEN random() < 0.6 THEN -n END, outbound => nullif(n % 3, 0)) AS counts
	      FROM generate_series(1, 1500) n) r GROUP BY n % 400;
INSERT INTO states (a, t) VALUES
	('1|0|0|0|0|0|0|0|0|0|0|', '1'),
	('1|170141183460469231731687303715884105727|9223372036854775807|-170141183460469231731687303715884105728|1|170141183460469231731687303715884105727|999999999999999999999999999999999999|9999999999999999|5|56|5|123456789012345',
	 '1|0|170141183460469231731687303715884105727|9223372036854775807|19|-170141183460469231731687303715884105728|1'),
	('1|0|1|0|0|-1|-999999999999999999999999999999999999|-9999999999999999|2|16383|1|EUR', '1|10|0|1'), ('1|0|0|0|0|0|0|0|1|0|1|ユ|x', '1|0|-1|1|1|2|2');
CREATE TABLE states_before AS TABLE states;
CREATE FUNCTION pg_temp.changed() RETURNS bigint LANGUAGE sql AS
	$$SELECT count(*) FROM states s FULL JOIN states_before b USING (n)
	  WHERE ad_totals_send(s.a) IS DISTINCT FROM ad_totals_send(b.a)
	     OR click_totals_send(s.t) IS DISTINCT FROM click_totals_send(b.t)$$;

-- text and back, binary and back: nothing is lost
SELECT count(*) > 300 AS many, pg_temp.all_equal(ad_totals_send(a::text::ad_totals), ad_totals_send(a)) AS ad_totals,
       pg_temp.all_equal(click_totals_send(t::text::click_totals), click_totals_send(t)) AS click_totals FROM states;
SELECT count(DISTINCT a::text) = count(DISTINCT ad_totals_send(a)) AS ad_totals_distinct,
       count(DISTINCT t::text) = count(DISTINCT click_totals_send(t)) AS click_totals_distinct FROM states;
CREATE TABLE copied (LIKE states);
SELECT current_database() AS database \gset
\setenv PGDATABASE :database
\copy copied FROM PROGRAM 'psql -X -c "COPY states TO STDOUT (FORMAT binary)"' (FORMAT binary)
SELECT count(*) = (SELECT count(*) FROM states) AS all, pg_temp.all_equal(c.a::text, s.a::text) AS ad_totals,
       pg_temp.all_equal(c.t::text, s.t::text) AS click_totals FROM copied c JOIN states s USING (n);

-- the binary form is fixed: version, numbers in network order, currency
SELECT ad_totals_send('1|1|2|3|4|5|6|7|8|60|7|EUR'), click_totals_send('1|0|258|1|19|-1|2');
-- the text form is independent of settings
SET extra_float_digits = -15;
SET lc_numeric = 'C';
SELECT pg_temp.all_equal(c.a::text, s.a::text) AS same FROM copied c JOIN states s USING (n);
RESET extra_float_digits;

-- malformed text is refused
SELECT text, pg_temp.outcome(format('SELECT %L::ad_totals', text)) AS ad_totals
FROM (VALUES (''), ('1'), ('2|0|0|0|0|0|0|0|0|0|0|'), ('1|0|0|0|0|0|0|0|0|0|0'), ('1|0|0|0|0|0|0|0|0|0||'), ('1|0|0|0|0|0|0|0|0|0|x|'), ('1|0|0|0|0|0|0|0|0|0|0.0|'), (' 1|0|0|0|0|0|0|0|0|0|0|'),
	('1|5|0|0|0|0|0|0|0|0|0|'), ('1|5|-1|0|0|0|0|0|0|0|0|'), ('1|0|0|7|0|0|0|0|0|0|0|'), ('1|0|0|0|0|1|0|0|0|0|0|'), ('1|0|0|0|0|0|1|0|0|0|0|'), ('1|0|0|0|0|0|0|0|0|2|0|'),
	('1|0|0|0|0|0|0|0|0|0|0|EUR'), ('1|0|0|0|0|0|1000000000000000000000000000000000000|0|1|40|1|'), ('1|0|0|0|0|0|0|0|1|-1|1|'), ('1|0|0|0|0|0|0|0|1|16384|1|'), ('1|0|0|0|0|0|0|0|1|0|2|'), ('1|0|0|0|0|0|0|0|1|0|-1|'),
	('1|0|0|0|0|0|0|0|-1|0|-1|'), ('1|170141183460469231731687303715884105728|1|0|0|0|0|0|0|0|0|'), ('1|1|9223372036854775808|0|0|0|0|0|0|0|0|'), ('1|0|0|0|0|0|0|0|1|0|1|1234567890123456'), ('1|--1|1|0|0|0|0|0|0|0|0|'), ('1|-|1|0|0|0|0|0|0|0|0|'), ('1|+1|1|0|0|0|0|0|0|0|0|'),
	-- what no sum of values can be
	('1|-0|1|0|0|0|0|0|0|0|0|'), ('1|07|1|0|0|0|0|0|0|0|0|'), ('1|0|00|0|0|0|0|0|0|0|0|'), ('1|0|0|0|0|-0|0|0|0|0|0|'), ('1|0|0|0|0|5000|0|0|1|0|1|'), ('1|0|0|0|0|5001|0|0|1|3|1|'), ('1|0|0|0|0|0|1|0|1|39|1|'), ('1|0|0|0|0|0|0|1|1|55|1|'),
	('1|0|0|0|0|5000|0|0|1|1|0|'), ('1|0|0|0|0|50000|0|0|2|0|1|'), ('1|0|0|0|0|1|-1|0|1|40|1|'), ('1|0|0|0|0|0|1|-1|1|56|1|'), ('1|0|0|0|0|0|0|10000000000000000|1|56|1|'), ('1|0|0|0|0|0|0|0|1|0|1| EUR'), ('1|0|0|0|0|0|0|0|1|0|1|EUR ')) v(text);
-- and the next to it that can
SELECT text, text::ad_totals::text = text AS itself
FROM (VALUES ('1|0|1|0|0|0|0|0|0|0|0|'), ('1|-7|1|0|0|0|0|0|0|0|0|'), ('1|0|0|0|0|50000|0|0|1|0|1|'), ('1|0|0|0|0|5000|0|0|1|1|1|'), ('1|0|0|0|0|5001|0|0|1|4|1|'), ('1|0|0|0|0|0|1|0|1|40|1|'), ('1|0|0|0|0|0|0|1|1|56|1|'),
	('1|0|0|0|0|-1|-1|-1|1|56|1|'), ('1|0|0|0|0|0|0|0|1|0|1|E R')) v(text);
SELECT text, pg_temp.outcome(format('SELECT %L::click_totals', text)) AS click_totals
FROM (VALUES (''), ('0'), ('2'), ('1|'), ('1|0'), ('1|0|5'), ('1|0|5|0'), ('1|0|5|-1'), ('1|20|5|1'), ('1|-1|5|1'), ('1|3|5|1|3|5|1'), ('1|3|5|1|2|5|1'), ('1|0|5|1 '), ('1|0|5|1|'), ('1|0|170141183460469231731687303715884105728|1'), ('1|0|1|9223372036854775808'), ('1|18446744073709551616|1|1'), ('11'), ('1|00|5|1'), ('1|0|-0|1'), ('1|0|05|1'), ('1|0|5|01')) v(text);
SELECT '1|'::ad_totals;
\echo :SQLSTATE
SELECT 'nonsense'::click_totals;
\echo :SQLSTATE

-- thousands of small changes to valid text: refused, or a value that reads back as itself and that every
-- function can take
CREATE FUNCTION pg_temp.mutated(text, integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	text ALIAS FOR $1;
	place integer;
BEGIN
	FOR i IN 1 .. $2 LOOP
		place := 1 + floor(random() * length(text));
		text := overlay(text PLACING (ARRAY['|', '-', '0', '1', '9', '99999999999999999999', '||', '', '0|0', '.', 'E', ' '])[1 + floor(random() * 12)::int]
		                FROM place FOR floor(random() * 3)::int);
	END LOOP;
	RETURN text;
END $$;
CREATE FUNCTION pg_temp.try_text(type text, text text, functions text[]) RETURNS text LANGUAGE plpgsql SET jit = off
	SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
	good boolean;
	result text := 'refused';
	call text;
BEGIN
	EXECUTE format('SELECT %1$s_send($1::%1$s) = %1$s_send($1::%1$s::text::%1$s)', type) INTO good USING text;
	result := CASE WHEN good THEN 'accepted' ELSE 'not itself' END;
	FOREACH call IN ARRAY functions LOOP
		BEGIN
			EXECUTE 'SELECT ' || replace(call, '$', quote_literal(text) || '::' || type) INTO call;
		EXCEPTION WHEN numeric_value_out_of_range OR invalid_parameter_value THEN
		END;
	END LOOP;
	RETURN result;
EXCEPTION WHEN invalid_text_representation THEN
	RETURN result;
WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
SELECT result, count(*) > 50 AS many FROM (
	SELECT pg_temp.try_text('ad_totals', pg_temp.mutated(a::text, 1 + i % 3), '{ad_totals_metrics($)::text,ad_totals_ctr($),ad_totals_cpc($),ad_totals_clicks_all($),"ad_totals_merge($, ''1|1|1|1|1|1|1|0|1|40|1|EUR'')::text"}') AS result
	FROM states, generate_series(1, 6) i) r GROUP BY result ORDER BY result;
SELECT result, count(*) > 50 AS many FROM (
	SELECT pg_temp.try_text('click_totals', pg_temp.mutated(t::text, 1 + i % 3), '{click_totals_counts($)::text,click_totals_clicks_all($),click_totals_counted_events($),"click_totals_merge($, ''1|1|1|1'')::text"}') AS result
	FROM states, generate_series(1, 6) i) r GROUP BY result ORDER BY result;

-- malformed binary is refused
CREATE TABLE malformed (n integer, bytes bytea);
INSERT INTO malformed SELECT n, bytes FROM (SELECT ad_totals_send('1|1|2|3|4|5|6|7|8|60|7|EUR') AS a, click_totals_send('1|0|258|1|19|-1|2') AS t) good,
	LATERAL (VALUES (1, ''::bytea), (2, substring(a FROM 1 FOR 50)), (3, set_byte(a, 0, 2)), (4, a || '\x00'::bytea),
	         (5, a || convert_to(repeat('x', 13), 'UTF8')),
	                (6, a || '\xff'::bytea), (7, set_byte(a, 17, 128)), (8, set_byte(a, 97, 1)),
	                (9, substring(a FROM 1 FOR length(a) - 4)),
	                (11, ''::bytea), (12, set_byte(t, 0, 0)), (13, substring(t FROM 1 FOR 20)),
	                (14, set_byte(t, 1, 20)), (15, set_byte(t, 26, 0)), (16, set_byte(t, 18, 128)),
	                (17, t || '\x14'::bytea)) v(n, bytes);
\set VERBOSITY sqlstate
\copy copied (a) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 1) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (a) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 2) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (a) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 3) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (a) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 4) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (a) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 5) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (a) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 6) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (a) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 7) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (a) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 8) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (a) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 9) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (t) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 11) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (t) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 12) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (t) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 13) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (t) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 14) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (t) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 15) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (t) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 16) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\copy copied (t) FROM PROGRAM 'psql -X -c "COPY (SELECT bytes FROM malformed WHERE n = 17) TO STDOUT (FORMAT binary)"' (FORMAT binary)
\set VERBOSITY default

-- Every function that takes a state, called by hand with stored states and with
-- NULL, usual and unusual arguments: a value that reads back, or a plain error.
CREATE TEMP TABLE samples (type regtype, usual text, unusual text);
INSERT INTO samples VALUES
	('smallint', '3', '-32768'), ('integer', '5', '-2147483648'), ('bigint', '7', '-9223372036854775808'), ('real', '2', 'NaN'), ('double precision', '4', '-1e300'),
	('numeric', '12', '-Infinity'), ('any_number', '9', '0.5'), ('text', '6', 'n/a'), ('click_type', 'link', 'outbound'),
	('click_counts', '(1,,,,,,,,,,,,,,,,,,,)', '(9223372036854775807,,,,,,,,,,9223372036854775807,,,,,,,,,-9223372036854775808)'),
	('ad_totals', '1|10|2|100|2|500|0|0|2|2|1|', '1|1|9223372036854775807|0|0|-1|-1|-1|9223372036854775807|16383|1|'), ('click_totals', '1|0|5|2|19|-3|1', '1|0|-170141183460469231731687303715884105728|9223372036854775807');
CREATE TEMP VIEW functions AS
	SELECT p.oid::regproc AS function, p.proargtypes[0]::regtype AS state_type, p.prorettype::regtype AS result_type,
	       p.proisstrict,
	       CASE p.proargtypes[0]::regtype WHEN 'ad_totals'::regtype THEN 'a' ELSE 't' END AS state,
	       array_agg(format('%L::%s', usual, type) ORDER BY i) FILTER (WHERE i > 1) AS usual,
	       array_agg(format('%L::%s', unusual, type) ORDER BY i) FILTER (WHERE i > 1) AS unusual,
	       array_agg(format('NULL::%s', type) ORDER BY i) FILTER (WHERE i > 1) AS nulls
	FROM pg_proc p, unnest(p.proargtypes) WITH ORDINALITY AS argument (type_oid, i) JOIN samples ON type = type_oid
	WHERE p.proargtypes[0] IN ('ad_totals'::regtype, 'click_totals'::regtype) AND p.prokind = 'f' AND p.prorettype <> 'cstring'::regtype
	GROUP BY p.oid, p.proargtypes, p.prorettype, p.proisstrict;
CREATE FUNCTION pg_temp.call_by_hand(function regproc, state text, result_type regtype, arguments text[]) RETURNS text
	LANGUAGE plpgsql SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
	failure text;
	n integer;
	call text := format('%s(%s)', function, array_to_string(state || arguments, ', '));
BEGIN
	FOR n IN SELECT s.n FROM states s WHERE s.n % 29 = 0 OR s.n > 400 LOOP
		BEGIN
			EXECUTE format('SELECT (%s)::text::%s::text FROM states WHERE n = %s', call, result_type, n);
		EXCEPTION WHEN numeric_value_out_of_range OR invalid_parameter_value THEN
		WHEN invalid_text_representation THEN
			-- a count that is no number, or is it our own text that is refused?
			IF SQLERRM NOT LIKE '%"n/a"%' THEN
				failure := coalesce(failure, format('%s of state %s: %s', call, n, SQLERRM));
			END IF;
		WHEN OTHERS THEN
			failure := coalesce(failure, format('%s of state %s: %s', call, n, SQLERRM));
		END;
	END LOOP;
	RETURN failure;
END $$;
SELECT count(*) > 40 AS many_functions, count(DISTINCT result_type) AS result_types,
       pg_temp.all_hold(proisstrict OR cardinality(usual) > 1, ROW(function, proisstrict, usual),
                        'strict, or several columns') AS strict_unless_columns_may_be_null FROM functions;
SELECT kind, count(failure) AS failures, min(failure) AS first_failure
FROM (SELECT 'usual' AS kind, pg_temp.call_by_hand(function, state, result_type, usual) AS failure FROM functions
      UNION ALL SELECT 'unusual', pg_temp.call_by_hand(function, state, result_type, unusual) FROM functions
      UNION ALL SELECT 'NULL', pg_temp.call_by_hand(function, state, result_type, nulls) FROM functions
      UNION ALL SELECT 'NULL state', pg_temp.call_by_hand(function, 'NULL::' || state_type, result_type, usual) FROM functions
      UNION ALL SELECT 'both NULL', pg_temp.call_by_hand(function, 'NULL::' || state_type, result_type, nulls) FROM functions) k
GROUP BY kind ORDER BY kind COLLATE "C";
SELECT pg_temp.changed() AS stored_states_changed;

-- the same by hand inside another aggregate's arguments, in a window, as a grouping column
SELECT count(ad_totals_add_clicks_int8(a, 5)) > 300 AS called,
       count(DISTINCT ad_totals_add_clicks_int8(a, 5)::text) > 100 AS values FROM states WHERE n <= 400;
SELECT count(*) > 300 AS called
FROM (SELECT count(ad_totals_remove_clicks_int8(a, 5)) OVER (ORDER BY n ROWS 2 PRECEDING),
      click_totals_add_counts(t, click_counts(1)) FROM states WHERE n <= 400) w;
SELECT count(*) > 100 AS groups
FROM (SELECT click_totals_remove_event(t, 'link')::text FROM states WHERE n <= 400 GROUP BY 1) g;
SELECT pg_temp.changed() AS stored_states_changed;

-- an aggregate that begins with a stored state begins with a copy of it
SELECT ad_totals_clicks_all(pg_temp.merge_of(a)) IS NOT NULL AS merged,
       click_totals_clicks_all(pg_temp.merge_of(t)) IS NOT NULL AS merged_too FROM states WHERE n <= 5;
SELECT count(*) > 300 AS windows
FROM (SELECT pg_temp.merge_of(a) OVER (ORDER BY n ROWS 3 PRECEDING), pg_temp.merge_of(t) OVER (PARTITION BY n % 7)
      FROM states WHERE n <= 400) w;
SELECT count(*) > 5 AS groups
FROM (SELECT pg_temp.merge_of(a), pg_temp.merge_of(t) FROM states WHERE n <= 400 GROUP BY ROLLUP (n % 7)) g;
SELECT pg_temp.changed() AS stored_states_changed;

-- merging: the empty state changes nothing, and neither order nor grouping matter
SELECT pg_temp.all_equal(ad_totals_metrics(ad_totals_merge(a, '1|0|0|0|0|0|0|0|0|0|0|'))::text,
                         ad_totals_metrics(a)::text) AS ad_totals_and_empty,
       pg_temp.all_equal(ad_totals_metrics(ad_totals_merge('1|0|0|0|0|0|0|0|0|0|0|', a))::text,
                         ad_totals_metrics(a)::text) AS empty_and_ad_totals,
       pg_temp.all_equal(click_totals_send(click_totals_merge(t, '1')), click_totals_send(t)) AS click_totals_and_empty,
       pg_temp.all_equal(click_totals_send(click_totals_merge('1', t)), click_totals_send(t)) AS empty_and_click_totals
FROM states WHERE n <= 400 AND pg_temp.outcome(format('SELECT ad_totals_metrics(%L)', a)) NOT LIKE '22003%';
SELECT count(*) AS triples,
       pg_temp.all_equal(ad_totals_ctr(ad_totals_merge(x.a, y.a)),
                         ad_totals_ctr(ad_totals_merge(y.a, x.a))) AS ctr_commutes,
       pg_temp.all_equal(ad_totals_cpc(ad_totals_merge(x.a, y.a))::text,
                         ad_totals_cpc(ad_totals_merge(y.a, x.a))::text) AS cpc_commutes,
       pg_temp.all_equal(ad_totals_cpc(ad_totals_merge(ad_totals_merge(x.a, y.a), z.a))::text,
                         ad_totals_cpc(ad_totals_merge(x.a, ad_totals_merge(y.a, z.a)))::text) AS cpc_associates,
       pg_temp.all_equal(click_totals_send(click_totals_merge(x.t, y.t)),
                         click_totals_send(click_totals_merge(y.t, x.t))) AS counts_commute,
       pg_temp.all_equal(click_totals_send(click_totals_merge(click_totals_merge(x.t, y.t), z.t)),
                         click_totals_send(click_totals_merge(x.t, click_totals_merge(y.t, z.t)))) AS counts_associate
FROM states x, states y, states z WHERE x.n <= 60 AND y.n = x.n * 3 AND z.n % 40 = 3 AND z.n <= 400;
SELECT ad_totals_merge('1|0|0|0|0|0|0|0|1|0|1|EUR', '1|0|0|0|0|0|0|0|1|0|1|USD');
\echo :SQLSTATE
SELECT ad_totals_merge('1|170141183460469231731687303715884105727|1|0|0|0|0|0|0|0|0|', '1|1|1|0|0|0|0|0|0|0|0|');
\echo :SQLSTATE
SELECT ad_totals_merge('1|0|9223372036854775807|0|0|0|0|0|0|0|0|', '1|0|1|0|0|0|0|0|0|0|0|');
\echo :SQLSTATE
SELECT ad_totals_merge('1|0|0|0|0|170141183460469231731687303715884105727|1|0|1|40|1|', '1|0|0|0|0|0|999999999999999999999999999999999999|0|1|40|1|');
\echo :SQLSTATE
SELECT ad_totals_merge('1|0|0|0|0|170141183460469231731687303715884105727|999999999999999999999999999999999999|1|1|56|1|', '1|0|0|0|0|0|0|9999999999999999|1|56|1|');
\echo :SQLSTATE
SELECT click_totals_merge('1|0|-170141183460469231731687303715884105728|1', '1|0|-1|1');
\echo :SQLSTATE

-- taking out what was put in, and what was not
SELECT ad_totals_remove_metrics_int8_int8_numeric(ad_totals_add_metrics_int8_int8_numeric('1|5|1|7|1|20000|0|0|1|0|1|', 3, 4, 1), 3, 4,
                                                  1) AS undone,
       ad_totals_remove_metrics_int8_int8_numeric(ad_totals_add_metrics_int8_int8_numeric('1|5|1|7|1|20000|0|0|1|0|1|', 3, 4, 1.5), 3, 4,
                                                  1.5) IS NULL AS scale_unknown,
       ad_totals_remove_metrics_int8_int8_numeric('1|0|0|0|0|0|0|0|0|0|0|', 3, 4, 1.5) AS from_nothing,
       click_totals_remove_counts(click_totals_add_counts('1|0|5|1', click_counts(1, 2)), click_counts(1, 2)) AS counts_undone,
       click_totals_remove_counts('1|0|5|1', click_counts(1, 2)) AS not_there, click_totals_remove_event('1', 'link') AS from_empty;
DROP TABLE states, states_before, copied, malformed CASCADE;
