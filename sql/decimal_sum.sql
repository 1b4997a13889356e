-- decimal_sum: spend is summed exactly, with the value and the display scale of sum(numeric)
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- the sum of one value
CREATE FUNCTION pg_temp.spend_of(amount numeric) RETURNS text LANGUAGE plpgsql SET jit = off
	SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
	RETURN (SELECT (ad_metrics(1, 1, amount)).spend);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
CREATE FUNCTION pg_temp.spend_of(amount float8) RETURNS text LANGUAGE plpgsql SET jit = off
	SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
	RETURN (SELECT (ad_metrics(1, 1, amount)).spend);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END $$;

-- so many digits before and behind the decimal point, with trailing zeros; the sign at random
CREATE FUNCTION pg_temp.random_digits(digits integer) RETURNS text LANGUAGE sql SET jit = off
	SET max_parallel_workers_per_gather = 0 AS
	$$SELECT coalesce(string_agg(floor(random() * 10)::text, ''), '') FROM generate_series(1, digits)$$;
CREATE FUNCTION pg_temp.random_numeric(whole integer, fraction integer, zeros integer) RETURNS numeric LANGUAGE sql
	SET jit = off SET max_parallel_workers_per_gather = 0 AS
	$$SELECT (CASE WHEN random() < 0.3 THEN '-' ELSE '' END || '0' || pg_temp.random_digits(whole)
	          || CASE WHEN fraction + zeros > 0 THEN '.' || pg_temp.random_digits(fraction) || repeat('0', zeros)
	          ELSE '' END)::numeric$$;

SELECT setseed(0.4);
CREATE TEMP TABLE amounts AS
	SELECT i, i % 900 AS campaign,
	       CASE i % 5
	       WHEN 0 THEN pg_temp.random_numeric(i % 30, i / 30 % 57, 0)
	       WHEN 1 THEN pg_temp.random_numeric(3, 2, 0)
	       WHEN 2 THEN pg_temp.random_numeric(i % 8, i / 8 % 5, i / 40 % 3)
	       WHEN 3 THEN pg_temp.random_numeric(i % 19, 0, i / 19 % 60)
	       ELSE CASE WHEN random() < 0.5 THEN pg_temp.random_numeric(0, i / 5 % 57, i % 2) END
	       END AS amount
	FROM generate_series(1, 12000) i;

-- one value is itself, to the last zero
SELECT count(*) AS values, pg_temp.all_equal(pg_temp.spend_of(amount), amount::text) AS same,
       max(scale(amount)) AS widest
FROM amounts;
-- sums of some, in value and in text; cpc divides the same sum
SELECT count(*) AS groups,
       pg_temp.all_equal((m).spend, total) AS value, pg_temp.all_equal((m).spend::text, total::text) AS text,
       pg_temp.all_equal((m).cpc::text, (total / clicks)::text) AS cpc_text,
       count(DISTINCT scale(total)) > 20 AS of_many_scales
FROM (SELECT ad_metrics(i, i, amount) AS m, sum(amount) AS total, sum(i) AS clicks FROM amounts GROUP BY campaign) g;
-- of one scale, of the whole table, of nested groups
SELECT count(*) AS groups, pg_temp.all_equal((m).spend::text, total::text) AS text
FROM (SELECT ad_metrics(1, 1, round(amount, campaign % 10)) AS m, sum(round(amount, campaign % 10)) AS total
      FROM amounts GROUP BY campaign) g
WHERE total IS NOT NULL;
SELECT (ad_metrics(1, 1, amount)).spend::text = sum(amount)::text AS all,
       (ad_metrics(1, 1, -amount)).spend::text = (-sum(amount))::text AS negated,
       (ad_metrics(1, 1, amount ORDER BY amount)).spend::text = sum(amount)::text AS ascending,
       (ad_metrics(1, 1, amount ORDER BY amount DESC)).spend::text = sum(amount)::text AS descending
FROM amounts;
SELECT pg_temp.all_equal((m).spend::text, total::text) AS rollup_of_rollup
FROM (SELECT ad_metrics(1, 1, (m).spend) AS m, (SELECT sum(amount) FROM amounts) AS total
      FROM (SELECT ad_metrics(1, 1, amount) AS m FROM amounts GROUP BY campaign) daily) weekly;

-- carries between the two sides of the decimal point, and sums of mixed signs
SELECT count(*) AS cases, pg_temp.all_equal((m).spend::text, total::text) AS text,
       string_agg(total::text, ' ' ORDER BY n) AS sums
FROM (SELECT n, ad_metrics(1, 1, x::numeric) AS m, sum(x::numeric) AS total
      FROM (VALUES (1, '{0.5,0.5}'::text[]), (2, '{-0.5,-0.5}'), (3, '{1,-0.25}'), (4, '{-1,0.25}'), (5, '{0.75,0.75,-2}'), (6, '{-0.75,-0.75,2}'),
                   (7, '{0.1,0.2,-0.3}'), (8, '{0.999999999999999999999999999999999999,0.000000000000000000000000000000000001}'),
                   (14, '{0.99999999999999999999999999999999999999999999999999999999,0.00000000000000000000000000000000000000000000000000000001}'),
                   (15, '{1,-0.00000000000000000000000000000000000000000000000000000001}'), (16, '{-1e-40,1e-50,5,-1e-56,-5}'), (17, '{0.0001,-1e-45}'), (18, '{-0.0001,-1e-40,1e-56}'),
                   (9, '{-0.999999999999999999999999999999999999,-0.000000000000000000000000000000000001}'),
                   (10, '{1000000000000000000,-0.000000000000000001}'), (11, '{-10000,0.0001}'), (12, '{0,0.0,-0.00}'), (13, '{9999.9999,0.0001}')) v(n, list),
           unnest(list) x GROUP BY n) g;
-- stored as the server stores them: the same bytes, so that hashing, DISTINCT and indexes agree
SELECT count(*) AS groups, pg_temp.all_equal(pg_temp.stored((m).spend), pg_temp.stored(total)) AS same_bytes
FROM (SELECT ad_metrics(i, i, amount) AS m, sum(amount) AS total FROM amounts GROUP BY i % 4001) g
WHERE total IS NOT NULL;
-- ten times ten cents are one
SELECT (ad_metrics(1, 1, 0.1)).spend AS exact, (ad_metrics(1, 1, 0.1::float8)).spend AS too,
       sum(0.1::float8) = 1 AS in_binary
FROM generate_series(1, 10);

-- 32 digits before the decimal point and 56 behind it are taken, however they are written; more are refused
SELECT pg_temp.spend_of(x::numeric) = x AS taken, x
FROM (VALUES (repeat('9', 32) || '.' || repeat('9', 56)), ('-' || repeat('9', 32) || '.' || repeat('9', 56)),
             ('0.' || repeat('0', 55) || '1'), ('0.' || repeat('0', 39) || '1'), ('1' || repeat('0', 31)),
             ('1.5' || repeat('0', 60)), ('0.' || repeat('0', 90)), ('0')) v(x);
SELECT pg_temp.spend_of(x::numeric)
FROM (VALUES ('1' || repeat('0', 32)), ('-1' || repeat('0', 32)), ('0.' || repeat('0', 56) || '1'), ('1.' || repeat('3', 57)),
             ('1e100'), ('-1e-100'), ('NaN'), ('Infinity'), ('-Infinity')) v(x);
-- the widest scale there is, which leaves only zeros to display
SELECT pg_temp.spend_of((0.25 + ('0.' || repeat('0', 16383))::numeric)) = rpad('0.25', 16385, '0') AS widest_scale;
SELECT (ad_metrics(1, 1, 'NaN'::numeric)).spend;
\echo :SQLSTATE
SELECT cpc('-Infinity'::numeric, 1);
\echo :SQLSTATE
SELECT cpc(1e32, 1);
\echo :SQLSTATE
-- money with rates and shares: a product of three quotients has 42 decimals, what has more can be rounded
SELECT cpc(100.00 * (1.0/3) * (1.0/7), 10) = 100.00 * (1.0/3) * (1.0/7) / 10 AS same,
       (ad_metrics(1, 1, 100.00 * (1.0/3) * (1.0/7))).spend = 100.00 * (1.0/3) * (1.0/7) AS spend;
SELECT cpc(100.00 * (1.0/3) * (1.0/7) * (1.0/9), 10);
\echo :SQLSTATE
SELECT round(cpc(round(100.00 * (1.0/3) * (1.0/7) * (1.0/9), 12), 10), 15) AS rounded;
-- a sum may have 34 digits, but no more
SELECT (ad_metrics(1, 1, x)).spend = sum(x) AS fits
FROM (SELECT repeat('9', 32)::numeric AS x FROM generate_series(1, 170)) v;
SELECT (ad_metrics(1, 1, x)).spend FROM (SELECT repeat('9', 32)::numeric AS x FROM generate_series(1, 171)) v;
\echo :SQLSTATE
SELECT (ad_metrics(1, 1, -x)).spend FROM (SELECT repeat('9', 32)::numeric AS x FROM generate_series(1, 171)) v;
\echo :SQLSTATE

-- double precision is taken at its decimal value of 15 digits, as a cast to numeric takes it; but what is whole
-- is taken as it is
CREATE FUNCTION pg_temp.decimal_of(amount float8) RETURNS numeric LANGUAGE sql AS $$
	SELECT CASE WHEN abs(amount) < 1e32 AND amount = trunc(amount) THEN
		trunc(amount / 2 ^ 54)::bigint::numeric * 18014398509481984 + (amount - trunc(amount / 2 ^ 54) * 2 ^ 54)::bigint
		ELSE amount::numeric END$$;
CREATE TEMP TABLE doubles AS
	SELECT i, CASE i % 6
	          WHEN 0 THEN (random() * 1000)::numeric(10, 2)::float8
	          WHEN 1 THEN random() * 10 ^ (i % 32)
	          WHEN 2 THEN random() * 10 ^ -(i % 18)
	          WHEN 3 THEN floor(random() * 2 ^ 53)
	          WHEN 4 THEN round((random() * 10 ^ (i % 9))::numeric, i / 9 % 9)::float8
	          ELSE 2 ^ (i % 110 - 25)
	          END * sign(random() - 0.3) AS amount
	FROM generate_series(1, 12000) i;
SELECT count(*) AS values, pg_temp.all_equal(pg_temp.spend_of(amount), pg_temp.decimal_of(amount)::text) AS same
FROM doubles;
SELECT count(*) AS groups, pg_temp.all_equal((m).spend::text, total::text) AS text
FROM (SELECT ad_metrics(1, 1, amount) AS m, sum(pg_temp.decimal_of(amount)) AS total FROM doubles GROUP BY i % 700) g;
-- every amount of money up to 100 in thousandths, and around each power of ten
SELECT count(*) AS values, pg_temp.all_equal(pg_temp.spend_of(x::float8), (x::float8)::numeric::text) AS same
FROM (SELECT i / 1000.0 AS x FROM generate_series(-2000, 8000) i) v;
SELECT count(*) AS values, pg_temp.all_equal(pg_temp.spend_of(x), pg_temp.decimal_of(x)::text) AS same
FROM (SELECT (digit * 10 ^ power + sign * 10 ^ (power - below)) AS x
      FROM generate_series(-6, 30) power, unnest('{1,5,9,9.995,9.99999999999999}'::float8[]) digit,
           generate_series(-1, 1) sign, generate_series(1, 14) below) v;
-- all magnitudes: equal, refused where the decimal value has too many digits before the point, nothing where it
-- has too many behind it
SELECT count(*) FILTER (WHERE fits) > 400 AS some_fit, count(*) FILTER (WHERE NOT fits) > 1000 AS some_do_not,
       count(*) FILTER (WHERE residue) > 1000 AS some_are_nothing,
       pg_temp.all_hold(spend LIKE expected, spend, expected) AS right
FROM (SELECT amount, pg_temp.spend_of(amount) AS spend,
             abs(amount::numeric) < 1e32 AS fits, scale(trim_scale(amount::numeric)) > 56 AS residue
      FROM (SELECT ((1 + random()) * 10 ^ (i % 600 - 300)) * sign(random() - 0.5) AS amount
            FROM generate_series(1, 6000) i) a) b,
     LATERAL (SELECT CASE WHEN residue THEN '0' WHEN fits THEN pg_temp.decimal_of(amount)::text
                     ELSE '22003: spend % has too many digits' END) e(expected);
SELECT x, pg_temp.spend_of(x)
FROM (VALUES ('0'::float8), ('-0'), (0.1::float8 + 0.2::float8), (1e15), (1e15 - 1), (999999999999999.9),
      (4503599627370497.5), (9007199254740993), (1e22), (9.99999999999999e31), (1e32),
             ('5e-324'), ('1.7976931348623157e308'), ('NaN'), ('Infinity'), ('-Infinity'), (1e-36), (1.5e-36), (123456.789012345678), (-0.005), (0.015), (1.005)) v(x);
-- residues of binary arithmetic do not stop a report
SELECT (ad_metrics(1, 1, x)).spend, (ad_metrics(1, 1, x ORDER BY x)).cpc
FROM unnest(ARRAY[0.3, -0.1 - 0.2, 1e-22, 1.23456789012345e-70, -4.9e-324]::float8[]) x;
SELECT cpc('NaN'::float8, 1);
\echo :SQLSTATE
-- real is taken at the value that it has in double precision
SELECT (ad_metrics(1, 1, 0.5::real)).spend AS same, (ad_metrics(1, 1, 0.1::real)).spend AS close;

-- numerics in every form of storage
CREATE TABLE stored_amounts (
	id integer, odd "char", plain numeric, compressed numeric, external numeric, filler text
);
ALTER TABLE stored_amounts ALTER plain SET STORAGE PLAIN, ALTER compressed SET STORAGE MAIN,
	ALTER compressed SET COMPRESSION pglz, ALTER external SET STORAGE EXTERNAL, ALTER filler SET STORAGE PLAIN;
INSERT INTO stored_amounts
	SELECT i, 'x', amount, amount, amount, repeat('z', 2400)
	FROM (SELECT i, amount FROM amounts WHERE i <= 900
	      UNION ALL
	      SELECT i, (repeat(i::text, 8) || '.' || repeat(i::text, 9))::numeric FROM generate_series(1000, 1300) i) a;
SELECT count(*) FILTER (WHERE pg_column_compression(compressed) = 'pglz') > 100 AS compressed FROM stored_amounts;
SELECT pg_relation_size(reltoastrelid) > 0 AS toasted FROM pg_class WHERE oid = 'stored_amounts'::regclass;
SELECT count(*) AS values,
       pg_temp.all_equal(pg_temp.spend_of(plain), plain::text) AS plain,
       pg_temp.all_equal(pg_temp.spend_of(compressed), plain::text) AS compressed,
       pg_temp.all_equal(pg_temp.spend_of(external), plain::text) AS external
FROM stored_amounts;
SELECT (ad_metrics(1, 1, plain)).spend::text = sum(plain)::text AS plain,
       (ad_metrics(1, 1, compressed)).spend::text = sum(plain)::text AS compressed,
       (ad_metrics(1, 1, external)).spend::text = sum(plain)::text AS external
FROM stored_amounts;
DROP TABLE stored_amounts;

-- counts given as numeric are read the same way: zeros behind the decimal point are nothing
SELECT clicks_all(x) AS clicks FROM unnest('{5, 5.0, 5.00000000000000000000, 1e3, -2}'::numeric[]) x;
SELECT clicks_all(x::numeric) FROM (VALUES ('9223372036854775807')) v(x);
SELECT pg_temp.outcome(format('SELECT clicks_all(%L::numeric)', x))
FROM (VALUES ('0.5'), ('-1.00001'), ('1e32'), ('1e-37'), ('NaN'), ('Infinity'), ('9223372036854775808')) v(x);

