-- fuzz.sql
--	Tries values, states and calls that nobody would make; each line is a run.
--
--	psql -X -v seed=1 -v cases=10000 -f test/modules/fuzz/fuzz.sql
--
-- A run that broke a law prints the first case that did.  To repeat it alone:
-- SELECT * FROM fuzz_values('ad_totals', 'text', true, SEED, CASE, 1), and so on, after
-- the same feed().

\set ON_ERROR_STOP on
\set QUIET on
\pset format unaligned
\pset tuples_only on
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS clicks_all;
CREATE EXTENSION IF NOT EXISTS fuzz;

-- What mutants are made of, and what arguments are.  A function that takes another
-- type is complained about.
\o /dev/null
SELECT feed($$SELECT * FROM unnest('{true,false}'::boolean[])$$),
	feed($$SELECT * FROM unnest('{0,1,-1,32767,-32768,12}'::smallint[])$$),
	feed($$SELECT * FROM unnest('{0,1,-1,8,12,16,17,2147483647,-2147483648}'::integer[])$$),
	feed($$SELECT * FROM unnest('{0,1,-1,7,9223372036854775807,-9223372036854775808,4611686018427387904}'::bigint[])
		UNION ALL SELECT i * 7919 FROM generate_series(1::bigint, 60) AS i$$),
	feed($$SELECT * FROM unnest('{0,-0,1,-1,0.5,3.4e38,1e-45,NaN,Infinity,-Infinity}'::real[])$$),
	feed($$SELECT * FROM unnest('{0,-0,1,-1,0.1,0.95,1.7976931348623157e308,4.9e-324,NaN,Infinity,-Infinity,9.2e18,1e15}'::double precision[])$$),
	feed($$SELECT * FROM unnest('{0,1,-1,0.00,1.10,NaN,Infinity,-Infinity,1e40,-1e40,1e-40,9223372036854775807.5,170141183460469231731687303715884105728}'::numeric[])
		UNION ALL SELECT ('1e' || e)::numeric FROM unnest('{131071,-16383,127,-127}'::int[]) AS e$$),
	feed($$SELECT v::any_number FROM unnest('{0,1,-1,0.00,1.10,NaN,Infinity,1e40,1e-40,9223372036854775808,12345.678901}'::text[]) AS v$$),
	feed($$SELECT * FROM unnest('{"",EUR,USD,12,monday,sunday,Europe/Berlin,-3.5,1e131071,link,"a long text of more than fifteen bytes",é,NaN,"  7 "}'::text[])
		UNION ALL SELECT repeat('clicker ', 2000) UNION ALL SELECT 'clicker ' || i FROM generate_series(1, 60) AS i$$),
	feed($$SELECT 'EUR'::character(20) UNION ALL SELECT '12'$$),
	feed($$SELECT v::cstring FROM unnest('{"",1,1|2|3,"()",cs1:AAAA,1|0|0|0|0|0|0|0|0|0|0|,link,12}'::text[]) AS v$$),
	feed($$SELECT v::text::cstring[] FROM unnest('{"{}","{13}","{8,9}","{x}","{99999999999}"}'::text[]) AS v$$),
	feed($$SELECT v::oid FROM generate_series(0, 1) AS v$$),
	feed($$SELECT decode(v, 'hex') FROM unnest('{"",00,01,010c,ffffffff}'::text[]) AS v$$),
	feed($$SELECT md5(i::text)::uuid FROM generate_series(1, 60) AS i$$),
	feed($$SELECT v FROM unnest('{"{-1,0}","{7,9}","{9,7}","{}","{1}","{1,2,3}","{{1,2}}","[5:6]={1,2}","{NULL,1}","{9223372036854775807,9223372036854775807}"}'::text[]) AS t, LATERAL (SELECT t::bigint[]) AS a (v)$$),
	feed($$SELECT unnest(enum_range(NULL::click_type))$$),
	feed($$SELECT v::date FROM unnest('{2026-01-01,infinity,-infinity,4713-01-01 BC,5874897-12-31}'::text[]) AS v$$),
	feed($$SELECT v::timestamptz FROM unnest('{2026-03-29 01:30:00+00,infinity,-infinity,4713-01-01 BC,294276-12-31 23:59:59+00}'::text[]) AS v$$),
	feed($$SELECT v::jsonb FROM unnest(ARRAY['null', '[]', '{}', '[1]', '"x"', '[{}]', '[{"action_type": "link_click", "value": "12"}]',
		'[{"action_type": "link_click", "value": 12.0}, {"action_type": "post_reaction", "value": "3"}, {"action_type": "video_view", "value": "99"}]',
		'[{"action_type": "like", "value": "-1"}, {"action_type": "comment", "1d_click": "4"}, {"action_type": "comment", "value": "9223372036854775807"}]',
		'[{"action_type": 5, "value": []}]', '[{"action_type": "photo_view", "value": "1e5000"}]', '[[[[{"value": null}]]]]']) AS v$$);
SELECT feed($$SELECT click_counts(link => i, share => i * 3) FROM generate_series(-1, 3) AS i$$),
	feed($$SELECT click_counts() UNION ALL SELECT click_counts(outbound => 9223372036854775807, link => 9223372036854775807, photo => -9223372036854775808)$$),
	feed($$SELECT sum(i)::numeric::text::any_number FROM generate_series(1, 3) AS i$$),
	feed($$SELECT ad_metrics(clicks, impressions, spend) FROM (VALUES (1, 2, 3.5), (0, 0, 0), (NULL, 5, NULL)) AS v (clicks, impressions, spend) GROUP BY clicks$$),
	feed($$SELECT ratio_sample_agg(x, x + 1.5) FROM generate_series(1, 30) AS i, LATERAL (SELECT (i * 7919 % 101)::float8 AS x) AS v GROUP BY i % 4$$),
	feed($$SELECT ratio_sample_agg(x, y) FROM (VALUES (0.1, 1), (1e150, 1e150), (1e-150, 1e-150), (-5, 3)) AS v (x, y) GROUP BY x$$),
	feed($$SELECT v::ad_totals FROM unnest('{1|0|0|0|0|0|0|0|0|0|0|,1|12|3|400|3|0|0|0|0|0|0|,1|12|3|0|0|0|0|0|0|0|0|}'::text[]) AS v$$);

-- States of the aggregates over ad_totals and click_totals: what they are before the
-- final function.
CREATE AGGREGATE pg_temp.state(any_number, any_number, any_number) (
	SFUNC = ad_totals_add_metrics_any_number_any_number_any_number, STYPE = ad_totals,
	COMBINEFUNC = ad_totals_merge, INITCOND = '1|0|0|0|0|0|0|0|0|0|0|');
CREATE AGGREGATE pg_temp.state(any_number, any_number, any_number, text) (
	SFUNC = ad_totals_add_metrics_any_number_any_number_any_number, STYPE = ad_totals,
	COMBINEFUNC = ad_totals_merge, INITCOND = '1|0|0|0|0|0|0|0|0|0|0|');
CREATE AGGREGATE pg_temp.state(click_counts) (SFUNC = click_totals_add_counts, STYPE = click_totals, INITCOND = '1');
CREATE AGGREGATE pg_temp.state(clicker bigint, "precision" integer) (SFUNC = clicker_set_add, STYPE = clicker_set);
SELECT feed($$SELECT pg_temp.state(i, i * 10, s::any_number) FROM generate_series(1, 5) AS i,
		unnest('{0,1.10,1e-30,-1e30,123456789012345678901234567890.123456789,0.000000000000000000000000000000000001}'::text[]) AS s GROUP BY s$$),
	feed($$SELECT pg_temp.state(i, i * 10, i * 0.07, c) FROM generate_series(1, 5) AS i, unnest('{EUR,é,"fifteen letters"}'::text[]) AS c GROUP BY c$$),
	feed($$SELECT pg_temp.state(click_counts(link => i, photo => 9223372036854775807, outbound => -i)) FROM generate_series(1, 9) AS i GROUP BY i % 3$$),
	feed($$SELECT v::click_totals FROM unnest('{1,1|0|5|1}'::text[]) AS v$$),
	feed($$SELECT clicker_set_agg(i, p) FROM (VALUES (8, 0), (8, 20), (8, 400), (10, 3), (10, 2000), (12, 100), (12, 8000), (13, 5), (16, 50)) AS v (p, n),
		generate_series(1::bigint, n) AS i GROUP BY p, n$$),
	feed($$SELECT pg_temp.state(i, p) FROM (VALUES (8, 20), (8, 400), (10, 3), (10, 2000), (12, 100)) AS v (p, n), generate_series(1::bigint, n) AS i GROUP BY p, n$$),
	feed($$SELECT NULL::clicker_set | clicker_set_agg(i, 11) FROM generate_series(1::bigint, 40) AS i$$);
\o

-- one run, as a line of TAP
CREATE FUNCTION pg_temp.line(run text, f findings) RETURNS text LANGUAGE sql AS $$
	SELECT format('%s %s: %s cases, %s accepted, %s broken, slowest %s ms, %s kB, kept %s kB, %s a second%s',
		CASE WHEN f.broken = 0 AND f.accepted > 0 AND f.kept < 1024 * 1024 THEN 'ok -' ELSE 'not ok -' END, run, f.cases, f.accepted, f.broken,
		round(1000 * f.slowest::numeric, 1), f.most_memory / 1024, f.kept / 1024, round((f.cases / f.seconds)::numeric, -3), E'\n# ' || f.first_broken)
$$;

-- States and what nobody edits are accepted as they are printed only; core's forms, of
-- which ours are made, are more liberal.
SELECT format($$SELECT pg_temp.line(%L, fuzz_values(%L, %L, %L, %L, 0, %L))$$, type || ' as ' || form, type, form, exact, :'seed', :'cases')
FROM (VALUES ('ad_totals', true), ('click_totals', true), ('clicker_set', true), ('ratio_sample', true), ('click_counts', false), ('ad_metrics', false),
		('any_number', false), ('click_type', false)) AS t (type, exact),
	unnest('{text,binary}'::text[]) AS form
UNION ALL
SELECT format($$SELECT pg_temp.line(%L, fuzz_values(%L, 'text', false, %L, 0, %L))$$, 'functions of ' || type, type, :'seed', :'cases')
FROM unnest('{bigint[],jsonb,text}'::text[]) AS type
UNION ALL
SELECT format($$SELECT pg_temp.line('clicker_set as stored', fuzz_values('clicker_set', 'stored', false, %L, 0, %L))$$, :'seed', :'cases')
UNION ALL
SELECT format($$SELECT pg_temp.line(%L, fuzz_states(%L, %L, 0, %L))$$, 'state of ' || aggregate, aggregate, :'seed', :'cases')
FROM unnest('{unique_clicks(bigint),unique_clicks(uuid),unique_clicks(text)}'::text[]) AS aggregate
UNION ALL
SELECT format($$SELECT pg_temp.line('calls of any function', fuzz_calls(%L, 0, %L))$$, :'seed', :'cases')
\gexec
