-- ratio_sample: a rate with its uncertainty, from blocks such as days
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- golden values of version 1: these must be read for ever, as these samples
SELECT ratio_sample_agg(clicks, impressions) AS sample,
       ratio_sample_send(ratio_sample_agg(clicks, impressions)) AS bytes
FROM (VALUES (2, 10), (4, 20)) days(clicks, impressions);
CREATE TABLE golden (what text, sample ratio_sample);
INSERT INTO golden VALUES
	('no block', '1|0|0|0|0|0|0'),
	('one block', '1|1|0.1|30|0|0|0'),
	('three blocks', '1|3|13.25|80|72.54166666666667|71.66666666666667|466.6666666666667'),
	('small and large', '1|2|1.5e-300|2e+100|0|0|2e+200'),
	('negative', '1|2|-7|10|24.5|-21|18');
SELECT what, sample::text AS same,
       hash_array(ARRAY[sample]) = hash_array(ARRAY[sample::text::ratio_sample]) AS same_hash FROM golden;

-- by hand: textbook formulae in numeric, over samples of random days
CREATE TABLE days AS
	SELECT unit, day, (20 + unit * 3 + unit * unit * day * 7919 % 1009) AS impressions,
	       (1 + day * 104729 % 97 + unit * day % 5) AS clicks
	FROM generate_series(1, 12) unit, generate_series(1, 3 + unit) day;
CREATE VIEW samples AS
	SELECT unit, ratio_sample_agg(clicks, impressions) AS sample FROM days GROUP BY unit;
CREATE VIEW by_hand AS
	SELECT unit, n, rate, n / (n - 1) * sum((clicks - rate * impressions) ^ 2) / sum(impressions)::numeric ^ 2 AS v
	FROM (SELECT d.*, count(*) OVER u::numeric AS n, sum(clicks) OVER u / sum(impressions) OVER u::numeric AS rate
	      FROM days d
	      WINDOW u AS (PARTITION BY unit)) r
	GROUP BY unit, n, rate;
CREATE FUNCTION pg_temp.near(a float8, b numeric) RETURNS boolean LANGUAGE sql
	AS $$SELECT abs(a - b) <= 1e-12 * abs(b)$$;
SELECT pg_temp.all_hold(pg_temp.near(a.lift, e.lift), a.lift, e.lift) AS lift,
       pg_temp.all_hold(pg_temp.near(a.t, e.t), a.t, e.t) AS t,
       pg_temp.all_hold(pg_temp.near(a.df, e.df), a.df, e.df) AS df,
       -- both bounds are as far from the lift, on the log scale, and as far as the standard error goes
       pg_temp.all_hold(abs(ln(1 + a.low / 100) + ln(1 + a.high / 100) - 2 * ln(1 + a.lift / 100)) < 1e-12, a,
                        'lift in the middle') AS middle,
       pg_temp.all_hold((a.low > 0 OR a.high < 0) = (a.p_value < 0.05) OR a.p_value BETWEEN 0.01 AND 0.2, a,
                        '0 outside where p < 0.05') AS agree, count(*)
FROM samples sa, samples sb, ratio_test(sa.sample, sb.sample) a, by_hand ha, by_hand hb,
     LATERAL (SELECT 100 * (ha.rate / hb.rate - 1) AS lift, (ha.rate - hb.rate) / sqrt(ha.v + hb.v) AS t,
                     (ha.v + hb.v) ^ 2 / (ha.v ^ 2 / (ha.n - 1) + hb.v ^ 2 / (hb.n - 1)) AS df) e
WHERE ha.unit = sa.unit AND hb.unit = sb.unit;
SELECT pg_temp.all_hold(pg_temp.near(i.estimate, h.rate), i.estimate, h.rate) AS estimate,
       pg_temp.all_hold(abs(i.low + i.high - 2 * i.estimate) < 1e-15, i, 'estimate in the middle') AS middle,
       -- the reach is t by the standard error: as 95 percent of Student's t with these degrees
       pg_temp.all_hold(abs(reach - 3.182446305283708) < 1e-9, reach, 3.182446305283708)
       FILTER (WHERE n = 4) AS reach_of_4,
       pg_temp.all_hold(abs(reach - 2.228138851964939) < 1e-9, reach, 2.228138851964939)
       FILTER (WHERE n = 11) AS reach_of_11,
       pg_temp.all_hold(reach BETWEEN 2.1 AND 3.2, reach, '2.1 to 3.2') AS reach, count(*)
FROM samples s, ratio_interval(sample) i, by_hand h, LATERAL (SELECT (i.high - i.estimate) / sqrt(v)) r(reach)
WHERE h.unit = s.unit;
-- Student's t: known values
SELECT t::numeric(12, 10), df, p_value::numeric(12, 10) FROM (VALUES (4), (11)) v(n),
	LATERAL (SELECT ratio_sample_agg(i % 2 * 2 + 10, 1) AS x FROM generate_series(1, n) i) a,
	LATERAL (SELECT ratio_sample_agg(10.5, 1) AS y FROM generate_series(1, n) i) b, ratio_test(x, y);
-- far out in the tail a p value keeps its digits
SELECT p_value BETWEEN 3.0451496e-296 AND 3.0451497e-296 AS tail FROM
	(SELECT ratio_sample_agg(50000 + i * 48271 % 1009, 100000 + i * 16807 % 997) AS a,
	        ratio_sample_agg(53500 + i * 48271 % 1009, 100000 + i * 16807 % 997) AS b
	        FROM generate_series(0, 199) i) s, ratio_test(a, b);

-- swapping a and b turns lift and t around, and leaves the p value
SELECT pg_temp.all_equal(ab.t, -ba.t) AS t, pg_temp.all_equal(ab.df, ba.df) AS df,
       pg_temp.all_equal(ab.p_value, ba.p_value) AS p_value,
       pg_temp.all_hold(abs((1 + ab.lift / 100) * (1 + ba.lift / 100) - 1) < 1e-12, ab.lift,
                        100 / (1 + ba.lift / 100) - 100) AS lift,
       pg_temp.all_hold(abs((1 + ab.low / 100) * (1 + ba.high / 100) - 1) < 1e-12, ab.low,
                        100 / (1 + ba.high / 100) - 100) AS low
FROM samples a, samples b, ratio_test(a.sample, b.sample) ab, ratio_test(b.sample, a.sample) ba;

-- the estimate is the rate that ctr() shows, and cpc()
SELECT pg_temp.all_equal(round((i.estimate * 100)::numeric, 10), round(ctr, 10)) AS ctr
FROM (SELECT unit, ctr(clicks, impressions) FROM days GROUP BY unit) c JOIN samples s USING (unit),
     ratio_interval(sample) i;

-- what is a block: a row with a y that is not NULL; x that is NULL adds nothing; nothing at all is no block
SELECT ratio_sample_agg(x, y) AS sample, count(*) AS rows,
       (ratio_interval(ratio_sample_agg(x, y))).estimate
       = (sum(x) FILTER (WHERE y IS NOT NULL) / sum(y))::float8 AS estimate
FROM (VALUES (1.0, 2.0), (NULL, 4), (5, NULL), (0, 0), (NULL, 0), (NULL, NULL), (0, 3)) v(x, y);
SELECT ratio_sample_agg(x, y) IS NULL AS none, ratio_sample_agg(x, y) FILTER (WHERE false) IS NULL AS filtered
FROM (VALUES (5, NULL::integer), (0, 0), (NULL, 0)) v(x, y);
SELECT ratio_sample_agg(1, 2) IS NULL AS no_rows FROM generate_series(1, 0);
SELECT sum(sample) IS NULL AS no_samples FROM golden WHERE false;
SELECT sum(NULL::ratio_sample) IS NULL AS null_samples, NULL::ratio_sample + '1|0|0|0|0|0|0' IS NULL AS null_plus
FROM generate_series(1, 3);
-- negative numbers are legal: corrections
SELECT ratio_sample_agg(x, y) FROM (VALUES (-2, 10), (5, -4)) v(x, y);
-- 0 is 0, whatever its sign
SELECT ratio_sample_agg('-0'::float8, 5) = ratio_sample_agg(0, 5) AS x,
       ratio_sample_agg('-0'::float8, '-0'::float8) IS NULL AS both;

-- samples add up: sum, + and one pass are the same, but for the last digits
CREATE FUNCTION pg_temp.same(a ratio_sample, b ratio_sample) RETURNS boolean LANGUAGE sql AS $$
	SELECT bool_and(abs(x - y) <= 1e-12 * greatest(abs(x), abs(y)))
	FROM unnest(string_to_array(a::text, '|')::float8[], string_to_array(b::text, '|')::float8[]) v(x, y)
$$;
SELECT pg_temp.same(sum(sample), (SELECT ratio_sample_agg(clicks, impressions) FROM days)) AS sum,
       pg_temp.same(sum(sample ORDER BY unit DESC), sum(sample)) AS any_order,
       pg_temp.same((SELECT a.sample + b.sample FROM samples a, samples b WHERE (a.unit, b.unit) = (3, 5)),
                    (SELECT ratio_sample_agg(clicks, impressions) FROM days WHERE unit IN (3, 5))) AS plus
FROM samples;
SELECT '1|0|0|0|0|0|0'::ratio_sample + sample = sample AS neutral_left, sample + '1|0|0|0|0|0|0' = sample AS neutral_right FROM golden;
-- neither operand is changed, nor a stored sample that starts a sum
CREATE TABLE kept AS SELECT sample FROM samples ORDER BY unit;
SELECT count(*) FILTER (WHERE (sample + sample) <> sample) AS added FROM kept;
SELECT count(sum) AS sums FROM (SELECT sum(sample) OVER (ORDER BY sample) FROM kept) s;
DO $$
DECLARE
	stored ratio_sample := '1|2|6|30|2|10|50';
	total ratio_sample;
BEGIN
	total := stored + stored;
	total := ratio_sample_add_block(stored, 1, 2);
	ASSERT stored = '1|2|6|30|2|10|50' AND total <> stored;
END $$;
SELECT count(*) = 0 AS unchanged FROM (SELECT * FROM kept EXCEPT SELECT sample FROM samples) d;

-- moving windows, grouping sets, parallel plans
SELECT pg_temp.all_hold(pg_temp.same(moving, direct), moving, direct) AS moving, count(*)
FROM (SELECT unit, day, ratio_sample_agg(clicks, impressions) OVER w AS moving,
             (SELECT ratio_sample_agg(clicks, impressions) FROM days i
              WHERE i.unit = o.unit AND i.day BETWEEN o.day - 4 AND o.day) AS direct
      FROM days o WINDOW w AS (PARTITION BY unit ORDER BY day ROWS 4 PRECEDING)) s;
-- a growing frame keeps each row's own result
SELECT pg_temp.all_equal(split_part(growing::text, '|', 2)::integer, day) AS growing
FROM (SELECT day, ratio_sample_agg(clicks, impressions) OVER (PARTITION BY unit ORDER BY day) AS growing
      FROM days OFFSET 0) s;
SELECT pg_temp.all_hold(pg_temp.same(sample, direct), sample, direct) AS rollup, count(*)
FROM (SELECT unit, ratio_sample_agg(clicks, impressions) AS sample FROM days GROUP BY ROLLUP (unit)) r,
     LATERAL (SELECT ratio_sample_agg(clicks, impressions) AS direct FROM days d
              WHERE d.unit = r.unit OR r.unit IS NULL) d;
CREATE TABLE many AS SELECT i, i % 1000 AS x, 1 + i % 777 AS y FROM generate_series(1, 20000) i;
CREATE TEMP TABLE serial AS SELECT i % 7 AS g, ratio_sample_agg(x, y) AS sample FROM many GROUP BY 1;
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
	SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT ratio_sample_agg(x, y) FROM many;
SELECT pg_temp.all_hold(pg_temp.same(p.sample, s.sample), p.sample, s.sample) AS parallel, count(*)
FROM (SELECT i % 7 AS g, ratio_sample_agg(x, y) AS sample FROM many GROUP BY 1) p JOIN serial s USING (g);
RESET ALL;

-- any kind of number will do
SELECT count(DISTINCT s) AS one
FROM (SELECT unnest(ARRAY[ratio_sample_agg(x, y), ratio_sample_agg(x::smallint, y::bigint),
                          ratio_sample_agg(x::numeric, y), ratio_sample_agg(x::real, y::smallint),
	ratio_sample_agg(x::bigint, y::numeric), ratio_sample_agg(x::float8, y::real),
	ratio_sample_agg(x, y::text::float8)]) AS s FROM (VALUES (3, 10), (5, 20)) v(x, y)) f;
SELECT ratio_sample_agg('3', '10') = ratio_sample_agg(3, 10) AS literals, ratio_sample_agg(NULL, '10') AS null_x,
       ratio_sample_agg('3', NULL) IS NULL AS null_y;
PREPARE parameters AS SELECT ratio_sample_agg($1, $2), ratio_interval('1|0|0|0|0|0|0', $3);
EXECUTE parameters(3, 10, 0.9);

-- equality, order, hash
SELECT a.what, b.what, a.sample = b.sample AS eq, a.sample <> b.sample AS ne, a.sample < b.sample AS lt,
       a.sample <= b.sample AS le, a.sample > b.sample AS gt, a.sample >= b.sample AS ge
FROM golden a, golden b WHERE a.what <= b.what ORDER BY 1, 2;
SELECT count(DISTINCT sample) AS by_sort FROM (TABLE golden UNION ALL TABLE golden) twice;
SELECT count(*) AS by_hash FROM (SELECT sample FROM (TABLE golden UNION ALL TABLE golden) twice GROUP BY sample) g;
SELECT count(DISTINCT hash_array_extended(ARRAY[sample], 7)) AS hashes FROM golden;
CREATE UNIQUE INDEX ON golden (sample);
INSERT INTO golden VALUES ('again', '1|0|0|0|0|0|0');
-- what one number alone makes different
SELECT count(*) AS different FROM unnest('{1|3|2|3|4|1|6,1|2|3|3|4|1|6,1|2|2|4|4|1|6,1|2|2|3|5|1|6,1|2|2|3|4|2|6,1|2|2|3|4|1|7}'::ratio_sample[]) s
WHERE s > '1|2|2|3|4|1|6' AND s <> '1|2|2|3|4|1|6' AND NOT s <= '1|2|2|3|4|1|6' AND '1|2|2|3|4|1|6' < s;

-- NULL where nothing can be said
SELECT n, i.estimate, i.low IS NULL AS no_low, i.high IS NULL AS no_high, t IS NULL AS no_t
FROM generate_series(1, 5) n, LATERAL (SELECT ratio_sample_agg(i % 3, 4) AS sample FROM generate_series(1, n) i) s,
     ratio_interval(sample) i, ratio_test(sample, sample);
SELECT * FROM ratio_interval('1|0|0|0|0|0|0');
SELECT * FROM ratio_interval('1|6|12|0|20|4|150');
SELECT * FROM ratio_test('1|6|12|60|20|4|150', '1|6|12|0|20|4|150');
SELECT * FROM ratio_test('1|6|12|0|20|4|150', '1|6|12|60|20|4|150');
-- without clicks on one side: a test, but no range of the lift
SELECT lift, low, high, round(t::numeric, 6) AS t, df, round(p_value::numeric, 6) AS p_value FROM ratio_test('1|6|0|60|0|0|0', '1|6|12|60|20|4|150');
SELECT lift, low, high, round(t::numeric, 6) AS t, df FROM ratio_test('1|6|12|60|20|4|150', '1|6|0|60|0|0|0');
-- a rate that never varies has an interval without width, and no test against its like
SELECT i.* FROM (SELECT ratio_sample_agg(0.1 * y, y) AS sample FROM generate_series(1, 100) y) s,
       ratio_interval(sample) i;
SELECT t.* FROM (SELECT ratio_sample_agg(0.1 * y, y) AS a, ratio_sample_agg(0.2 * y, y) AS b
                 FROM generate_series(1, 100) y) s, ratio_test(b, a) t;
SELECT ratio_interval(NULL) IS NULL AS interval, ratio_test(NULL, '1|0|0|0|0|0|0') IS NULL AS test;
-- rates of different signs have no ratio
SELECT round(lift::numeric, 6) AS lift, low, high, t < 0 AS lower FROM ratio_test('1|6|-12|60|20|4|150', '1|6|12|60|20|4|150');
-- nor is there a percentage of a rate below 0: -0.1 is higher than -0.2, and not by -50 percent
SELECT lift, low, high, round(t::numeric, 6) AS t, round(p_value::numeric, 6) AS p_value FROM ratio_test('1|6|-6|60|20|4|150', '1|6|-12|60|20|4|150');
SELECT lift, low, high, t > 0 AS higher FROM ratio_test('1|6|12|60|20|4|150', '1|6|-12|60|20|4|150');

-- a confidence is wider the higher it is; 95 percent is the default
SELECT pg_temp.all_equal(ratio_interval(sample), ratio_interval(sample, 0.95)) AS default_is_95,
       pg_temp.all_hold(h[1] < h[2] AND h[2] < h[3], h, 'ascending') AS wider
FROM samples, LATERAL (SELECT ARRAY[(ratio_interval(sample, 0.5)).high, (ratio_interval(sample, 0.9)).high,
                                    (ratio_interval(sample, 0.999)).high]) bounds(h);

-- complaints
SELECT ratio_sample_agg(12.34, 0);
\echo :SQLSTATE
SELECT ratio_sample_agg(1, 'NaN');
\echo :SQLSTATE
SELECT ratio_sample_agg('-Infinity'::real, 1);
\echo :SQLSTATE
SELECT ratio_sample_agg('NaN'::numeric, 0);
\echo :SQLSTATE
SELECT ratio_sample_agg(x, 1) FROM (VALUES (1e200), (2e200)) v(x);
\echo :SQLSTATE
SELECT ratio_sample_add('1|9223372036854775807|1|1|0|0|0', '1|1|1|1|0|0|0');
\echo :SQLSTATE
SELECT ratio_interval('1|1|1e+300|1e-300|0|0|0');
\echo :SQLSTATE
SELECT ratio_interval('1|0|0|0|0|0|0', 1);
\echo :SQLSTATE
SELECT ratio_interval('1|0|0|0|0|0|0', 95);
\echo :SQLSTATE
SELECT ratio_interval('1|0|0|0|0|0|0', 'NaN');
\echo :SQLSTATE

-- what no blocks make is refused, and what is not the one text of a sample
CREATE FUNCTION pg_temp.refusal(text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN 'taken: ' || $1::ratio_sample;
EXCEPTION WHEN invalid_text_representation THEN
	RETURN SQLERRM;
END $$;
SELECT pg_temp.refusal(t) FROM unnest('{"",1,1|,"1|2|6|30|2|10","1|2|6|30|2|10|50|","1|2|6|30|2|10|50 "," 1|2|6|30|2|10|50","2|2|6|30|2|10|50","1|02|6|30|2|10|50",
	"1|2|6.0|30|2|10|50","1|2|+6|30|2|10|50","1|2| 6|30|2|10|50","1|2|0x6|30|2|10|50","1|2|6e0|30|2|10|50","1|2|NaN|30|2|10|50","1|2|6|inf|2|10|50","1|2|1e999|30|2|10|50",
	"1|-1|0|0|0|0|0","1|0|1|0|0|0|0","1|1|1|1|1|0|0","1|2|-0|30|2|10|50","1|2|6|30|-2|10|50","1|2|6|30|2|11|50","1|2|6|30|0|10|50","1|99999999999999999999|6|30|2|10|50","1|2|6|30|2|10|x"}'::text[]) t;
SELECT length(pg_temp.refusal('1|2|' || repeat('9', 1000000))) < 200 AS short;
