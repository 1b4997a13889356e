-- every numeric argument takes every type of number, an untyped literal, NULL and a parameter
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- how a number can be written; a parameter goes into a prepared statement
CREATE TEMP TABLE forms (form text, expression text);
INSERT INTO forms VALUES
	('smallint', '%s::smallint'), ('integer', '%s::integer'), ('bigint', '%s::bigint'), ('real', '%s::real'),
	('double precision', '%s::double precision'), ('numeric', '%s::numeric'), ('text', '''%s''::text'), ('char', '''%s''::char(5)'),
	('untyped literal', '''%s'''), ('NULL', 'NULL'), ('$1', '$');
CREATE TEMP VIEW clicks_forms AS
	TABLE forms UNION ALL VALUES ('click_counts', 'click_counts(link => %s - 2, photo => 2, phone => 4)');
CREATE TEMP TABLE currency_forms (form text, expression text);
INSERT INTO currency_forms VALUES ('text', '''%s''::text'), ('varchar', '''%s''::varchar'), ('char', '''%s''::char(3)'),
	('name', '''%s''::name'), ('untyped literal', '''%s'''), ('NULL', 'NULL'), ('$1', '$');

/*
 * Call an aggregate over arguments in these forms, once as SELECT and once as
 * a window function, over two rows.  The answer, or the complaint.
 */
CREATE FUNCTION pg_temp.call(aggregate text, expressions text[], numbers text[]) RETURNS text LANGUAGE plpgsql
	SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
	arguments text[] := '{}';
	parameters text[] := '{}';
	query text;
	answer text;
	moving text;
BEGIN
	FOR i IN 1 .. cardinality(expressions) LOOP
		IF expressions[i] = '$' THEN
			parameters := parameters || quote_literal(numbers[i]);
			arguments := arguments || ('$' || cardinality(parameters));
		ELSE
			arguments := arguments || format(expressions[i], numbers[i]);
		END IF;
	END LOOP;
	query := format('SELECT min(a), max(m) FROM (SELECT %s(%s)::text AS a FROM generate_series(1, 2)) a,
		(SELECT %1$s(%2$s) OVER (ROWS 1 PRECEDING)::text AS m, row_number() OVER ()
		 FROM generate_series(1, 3) OFFSET 2) m',
		aggregate, array_to_string(arguments, ', '));
	IF parameters = '{}' THEN
		EXECUTE query INTO answer, moving;
	ELSE
		EXECUTE 'PREPARE with_parameters AS ' || query;
		EXECUTE format('EXECUTE with_parameters(%s)', array_to_string(parameters, ', ')) INTO answer, moving;
		DEALLOCATE with_parameters;
	END IF;
	IF answer IS DISTINCT FROM moving THEN
		RETURN format('%s, but moving %s', answer, moving);
	END IF;
	RETURN coalesce(answer, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END $$;

-- what the answers are to be: two rows of 5 clicks of 200 impressions for 12
SELECT clicks_all(5::numeric) AS clicks_all, ctr(5::numeric, 200::numeric) AS ctr, cpc(12::numeric, 5::numeric) AS cpc,
       ad_metrics(5::numeric, 200::numeric, 12::numeric) AS ad_metrics
FROM generate_series(1, 2);

-- clicks_all
CREATE TEMP VIEW one_argument AS
	SELECT form AS forms, pg_temp.call('clicks_all', ARRAY[expression], '{5}') AS answer,
	       CASE form WHEN 'NULL' THEN 'NULL' ELSE '10' END AS expected
	FROM clicks_forms;
SELECT count(*) AS combinations, pg_temp.all_equal(answer, expected) AS as_expected FROM one_argument;

-- ctr(clicks, impressions)
CREATE TEMP VIEW ctr_arguments AS
	SELECT c.form || ', ' || i.form AS forms, pg_temp.call('ctr', ARRAY[c.expression, i.expression], '{5,200}') AS answer,
	       CASE WHEN 'NULL' IN (c.form, i.form) THEN 'NULL' ELSE '2.5000000000000000' END AS expected
	FROM clicks_forms c, forms i;
SELECT count(*) AS combinations, pg_temp.all_equal(answer, expected) AS as_expected FROM ctr_arguments;

-- cpc(spend, clicks)
CREATE TEMP VIEW cpc_arguments AS
	SELECT s.form || ', ' || c.form AS forms, pg_temp.call('cpc', ARRAY[s.expression, c.expression], '{12,5}') AS answer,
	       CASE WHEN 'NULL' IN (s.form, c.form) THEN 'NULL' ELSE '2.4000000000000000' END AS expected
	FROM forms s, clicks_forms c;
SELECT count(*) AS combinations, pg_temp.all_equal(answer, expected) AS as_expected FROM cpc_arguments;

-- cpc(spend, clicks, currency)
CREATE TEMP VIEW cpc_currency_arguments AS
	SELECT s.form || ', ' || c.form || ', ' || y.form AS forms,
	       pg_temp.call('cpc', ARRAY[s.expression, c.expression, y.expression], '{12,5,USD}') AS answer,
	       CASE WHEN 'NULL' IN (s.form, c.form) THEN 'NULL' ELSE '2.4000000000000000' END AS expected
	FROM forms s, clicks_forms c, currency_forms y;
SELECT count(*) AS combinations, pg_temp.all_equal(answer, expected) AS as_expected FROM cpc_currency_arguments;

-- ad_metrics(clicks, impressions, spend), and the same with a currency
CREATE TEMP VIEW ad_metrics_arguments AS
	SELECT c.form || ', ' || i.form || ', ' || s.form AS forms,
	       ARRAY[c.expression, i.expression, s.expression] AS expressions,
	       format('(%s,%s,%s,%s,%s)',
	              CASE WHEN c.form <> 'NULL' THEN 10 END, CASE WHEN i.form <> 'NULL' THEN 400 END, CASE WHEN s.form <> 'NULL' THEN 24 END,
	              CASE WHEN 'NULL' NOT IN (c.form, i.form) THEN '2.5000000000000000' END,
	              CASE WHEN 'NULL' NOT IN (c.form, s.form) THEN '2.4000000000000000' END) AS expected
	FROM clicks_forms c, forms i, forms s;
CREATE TEMP VIEW ad_metrics_3 AS
	SELECT forms, pg_temp.call('ad_metrics', expressions, '{5,200,12}') AS answer, expected FROM ad_metrics_arguments;
SELECT count(*) AS combinations, pg_temp.all_equal(answer, expected) AS as_expected FROM ad_metrics_3;
CREATE TEMP VIEW ad_metrics_4 AS
	SELECT forms || ', ' || y.form AS forms, pg_temp.call('ad_metrics', expressions || y.expression, '{5,200,12,USD}') AS answer, expected
	FROM ad_metrics_arguments, currency_forms y;
SELECT count(*) AS combinations, pg_temp.all_equal(answer, expected) AS as_expected FROM ad_metrics_4;

-- ratio_sample_agg(x, y), which measures in double precision and takes no text
CREATE TEMP VIEW ratio_arguments AS
	SELECT x.form || ', ' || y.form AS forms, pg_temp.call('ratio_sample_agg', ARRAY[x.expression, y.expression], '{5,200}') AS answer,
	       CASE WHEN y.form = 'NULL' THEN 'NULL' WHEN x.form = 'NULL' THEN '1|2|0|400|0|0|0' ELSE '1|2|10|400|0|0|0' END AS expected
	FROM forms x, forms y WHERE 'text' NOT IN (x.form, y.form) AND 'char' NOT IN (x.form, y.form);
SELECT count(*) AS combinations, pg_temp.all_equal(answer, expected) AS as_expected FROM ratio_arguments;

-- results have the same type, whatever the arguments
SELECT DISTINCT pg_typeof(clicks), pg_typeof(rate), pg_typeof(cost), pg_typeof(metrics)
FROM (SELECT clicks_all(1::smallint) AS clicks, ctr(1, 2) AS rate, cpc(1, 2) AS cost, ad_metrics(1, 2, 3) AS metrics
      UNION ALL
      SELECT clicks_all(1::real), ctr(1.0, 2::float8), cpc(1::real, 2::smallint), ad_metrics('1', '2', '3', 'USD')) r;

-- bigint and numeric stay exact in every place, whatever is beside them: 2^53 + 1 is no double
CREATE TEMP VIEW exact_forms AS SELECT form, format(expression, '9007199254740993') AS big,
	format(expression, 1) AS one FROM forms WHERE form IN ('bigint', 'numeric', 'text');
CREATE TEMP VIEW other_forms AS SELECT form, format(expression, 1) AS one FROM forms WHERE form NOT IN ('NULL', '$1');
SELECT count(*) AS calls,
       count(*) FILTER (WHERE pg_temp.outcome('SELECT (' || call || ')::text') IS DISTINCT FROM 'true') AS failures,
       min(call) FILTER (WHERE pg_temp.outcome('SELECT (' || call || ')::text') IS DISTINCT FROM 'true') AS first_failure
FROM (SELECT format('ctr(%s, %s) = 900719925474099300', e.big, o.one) AS call FROM exact_forms e, other_forms o
      UNION ALL SELECT format('round(ctr(%s, %s) * 9007199254740993 / 100, 10) = 1', o.one, e.big) FROM exact_forms e, other_forms o
      UNION ALL SELECT format('cpc(%s, %s) = 9007199254740993', e.big, o.one) FROM exact_forms e, other_forms o
      UNION ALL SELECT format('(ad_metrics(%s, %s, %s)).clicks_all = 9007199254740993', e.big, o.one, p.one) FROM exact_forms e, other_forms o, other_forms p
      UNION ALL SELECT format('(ad_metrics(%s, %s, %s)).impressions = 9007199254740993', o.one, e.big, p.one) FROM exact_forms e, other_forms o, other_forms p
      UNION ALL SELECT format('(ad_metrics(%s, %s, %s)).spend = 9007199254740993', o.one, p.one, e.big) FROM exact_forms e, other_forms o, other_forms p) c;
SELECT (ad_metrics(1::bigint, 1::bigint, 1234567890123456::bigint)).spend AS micros,
       cpc(1234567890123456::bigint, 1::bigint) AS cpc, cpc(12345678901234567::bigint, 1::float8) AS beside_double;
-- DISTINCT tells numbers apart as numeric does
SELECT ctr(DISTINCT n, 10.0::float8) = 100 * (1 + 2) / 20.0 AS ctr, cpc(DISTINCT n, 1.5 * 2) = (1 + 2) / 6.0 AS cpc,
       clicks_all(DISTINCT n) AS clicks_all FROM (VALUES (1.0), (1), (2)) v(n);

-- the fast paths are taken as they are: no cast function runs per row on bigint, integer and numeric columns
CREATE TEMP TABLE ad_rows (i integer, b bigint, n numeric, f float8, c click_counts, currency text);
CREATE FUNCTION pg_temp.arguments_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) SELECT ' || query || ' FROM ad_rows' LOOP
		IF line LIKE '%Output: %(%' THEN
			RETURN substring(line FROM 'Output: (.*)');
		END IF;
	END LOOP;
END $$;
SELECT query, pg_temp.arguments_of(query) = query AS without_casts
FROM unnest('{clicks_all(i),clicks_all(b),clicks_all(c),"ctr(i, i)","ctr(b, b)"}'::text[]
            || '{"cpc(b, b)","cpc(n, b)","cpc(f, b)","cpc(b, b, currency)","cpc(n, b, currency)","cpc(f, b, currency)"}'
            || '{"ad_metrics(b, b, b)","ad_metrics(b, b, n)","ad_metrics(b, b, f)","ad_metrics(b, b, n, currency)"}') query;
-- numeric is only called otherwise, which no function does
SELECT query, pg_temp.arguments_of(query) AS arguments
FROM unnest('{clicks_all(n),"ctr(n, n)","cpc(n, n)","ad_metrics(n, n, n)","ad_metrics(n, n, n, currency)"}'::text[]) query;
SELECT castsource::regtype, casttarget::regtype, castcontext, castmethod
FROM pg_cast WHERE 'any_number'::regtype IN (castsource, casttarget) ORDER BY castsource::regtype::text, casttarget::regtype::text;
