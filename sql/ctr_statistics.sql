-- ctr_interval and ctr_test: how sure a click-through rate is
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- known values, in percent
SELECT clicks, impressions, round(low::numeric, 5) AS low, round(high::numeric, 5) AS high
FROM (VALUES (1, 2), (0, 50), (1, 1), (2, 100), (315, 10000)) v(clicks, impressions),
     ctr_interval(clicks, impressions);

SELECT clicks_a, clicks_b, impressions, round(lift::numeric, 4) AS lift,
       round(z::numeric, 7) AS z, round(p_value::numeric, 7) AS p_value
FROM (VALUES (30, 20, 1000), (20, 30, 1000), (315, 260, 10000), (5, 5, 100)) v(clicks_a, clicks_b, impressions),
     ctr_test(clicks_a, impressions, clicks_b, impressions);

-- 95 percent is the default; the quantiles are those of the normal distribution
SELECT ctr_interval(315, 10000) = ctr_interval(315, 10000, 0.95) AS default_is_95;
SELECT confidence, round((z * z)::numeric, 9) = round((expected * expected)::numeric, 9) AS agrees
FROM (VALUES (0.5::float8, 0.67448975019608174::float8), (0.8, 1.2815515655446006), (0.9, 1.6448536269514728),
             (0.95, 1.9599639845400539), (0.99, 2.5758293035489005), (0.999, 3.2905267314918945)) v(confidence,
             expected),
     -- one click of one impression: low = 100 / (1 + z^2)
     LATERAL (SELECT sqrt(100 / (ctr_interval(1, 1, confidence)).low - 1)) q(z);

-- equal to the formulae written by hand, at every size
SELECT count(*) AS intervals,
       pg_temp.all_hold(abs(low - low_by_hand) < 1e-9, low, low_by_hand) AS low_agrees,
       pg_temp.all_hold(abs(high - high_by_hand) < 1e-9, high, high_by_hand) AS high_agrees,
       pg_temp.all_hold(0 <= low AND low <= 100 * p, low, '0 to ' || 100 * p) AS low_below_the_rate,
       pg_temp.all_hold(100 * p <= high AND high <= 100, high, 100 * p || ' to 100') AS high_above_it
FROM (SELECT k::bigint, n::bigint, k::float8 / n AS p, 1.9599639845400539::float8 AS z
      FROM unnest(ARRAY[1, 2, 3, 10, 1000, 123456789, 1000000000000]) n,
           LATERAL (SELECT DISTINCT n * i / 20 FROM generate_series(0, 20) i) s(k)) counts,
     LATERAL (SELECT z * sqrt(p * (1 - p) / n + z * z / (4.0 * n * n))) s(spread),
     LATERAL (SELECT 100 * greatest(0, (p + z * z / (2 * n) - spread) / (1 + z * z / n)),
                     100 * least(1, (p + z * z / (2 * n) + spread) / (1 + z * z / n))) h(low_by_hand, high_by_hand),
     ctr_interval(k, n);

SELECT count(*) AS tests,
       pg_temp.all_hold(abs(lift - 100 * (p_a / p_b - 1)) < 1e-9, lift, 100 * (p_a / p_b - 1)) AS lift_agrees,
       pg_temp.all_hold(abs(t.z - (p_a - p_b) / error) < 1e-9, t.z, (p_a - p_b) / error) AS z_agrees,
       pg_temp.all_hold(p_value BETWEEN 0 AND 1, p_value, '0 to 1') AS p_in_range,
       pg_temp.all_hold((p_value < 0.05) = (abs(t.z) > 1.9599639845400539) OR p_value BETWEEN 0.03 AND 0.09
                        OR p NOT BETWEEN 0.02 AND 0.98, ROW(p_value, t.z), 'p < 0.05 where |z| > 1.96') AS p_agrees
FROM (SELECT a::bigint, b::bigint, a / 5000.0::float8 AS p_a, b / 700.0::float8 AS p_b, (a + b) / 5700.0::float8 AS p
      FROM generate_series(0, 5000, 50) a, generate_series(1, 699, 7) b) counts,
     LATERAL (SELECT sqrt(p * (1 - p) * (1 / 5000.0 + 1 / 700.0))) e(error),
     ctr_test(a, 5000, b, 700) t;

-- the p value is exact where counts are small: as by adding up, in numeric, every way to deal the clicks that
-- is no more likely
CREATE FUNCTION pg_temp.choose(n integer, k integer) RETURNS numeric LANGUAGE sql IMMUTABLE
	AS $$SELECT factorial(n) / factorial(k) / factorial(n - k)$$;
CREATE FUNCTION pg_temp.fisher(ka integer, na integer, kb integer, nb integer) RETURNS numeric LANGUAGE sql
	SET max_parallel_workers_per_gather = 0 SET jit = off AS $$
	SELECT sum(ways) FILTER (WHERE ways <= pg_temp.choose(na, ka) * pg_temp.choose(nb, kb)) / pg_temp.choose(na + nb,
	       ka + kb)
	FROM (SELECT pg_temp.choose(na, x) * pg_temp.choose(nb, ka + kb - x) AS ways
	      FROM generate_series(greatest(0, ka + kb - nb), least(ka + kb, na)) x) s
$$;
SELECT count(*) AS tests, pg_temp.all_hold(abs(p_value - exact) <= 1e-12 * exact, p_value, exact) AS exact
FROM (VALUES (7, 11), (1, 30), (12, 12), (25, 4)) n(na, nb), generate_series(0, na) ka, generate_series(0, nb) kb,
     ctr_test(ka, na, kb, nb), pg_temp.fisher(ka, na, kb, nb) AS exact
WHERE z IS NOT NULL;
SELECT lift::numeric(8, 2), z::numeric(8, 4), p_value::numeric(12, 10) FROM ctr_test(2, 944, 36000, 204000000);
SELECT p_value BETWEEN 1.59778e-10 AND 1.59779e-10 AS many_but_far_out FROM ctr_test(25, 28333, 36000, 204000000);
SELECT round(p_value::numeric, 12) AS p_value FROM ctr_test(0, 10, 5, 10);

-- swapping a and b changes the sign of z and nothing of the p value
SELECT pg_temp.all_equal(ab.z, -ba.z) AS z, pg_temp.all_equal(ab.p_value, ba.p_value) AS p_value
FROM generate_series(1, 999, 13) a, generate_series(1, 77, 5) b,
     ctr_test(a, 1000, b, 78) ab, ctr_test(b, 78, a, 1000) ba;

-- the edges are exact: no clicks, all clicks
SELECT impressions, none.low AS none_low, none.high < 100 AS none_high, every.low > 0 AS every_low,
       every.high AS every_high
FROM (VALUES (1), (50), (1000000000000)) v(impressions),
     ctr_interval(0, impressions) none, ctr_interval(impressions, impressions) every;

-- small rates of large samples keep their digits, where the usual formula loses them
SELECT round((low * 1e13)::numeric, 6) AS low, round((high * 1e13)::numeric, 6) AS high
FROM ctr_interval(1, 1000000000000);
SELECT round((lift * 1e10)::numeric, 6) AS lift, round((z * 1e6)::numeric, 6) AS z,
       round(p_value::numeric, 9) AS p_value
FROM ctr_test(500000000001, 1000000000000, 500000000000, 1000000000000);
SELECT p_value BETWEEN 9.49376e-30 AND 9.49378e-30 AS tiny_p_value FROM ctr_test(300, 1000, 100, 1000);
SELECT lift > 0 AS lift, z > 0 AS z
FROM ctr_test(9007199254740993, 9223372036854775807, 9007199254740992, 9223372036854775807);
SELECT lift < 0 AS lift, z < 0 AS z
FROM ctr_test(9007199254740992, 9223372036854775806, 9007199254740992, 9223372036854775805);
SELECT low > 0 AND high < 100 AS largest FROM ctr_interval(1, 9223372036854775807);

-- NULLs where nothing can be said
SELECT clicks, impressions, low, high
FROM (VALUES (0, 0), (1, 0), (257, 152), (16760, 119)) v(clicks, impressions), ctr_interval(clicks, impressions);
SELECT v.*, round(lift::numeric, 4) AS lift, z IS NULL AS no_z, p_value IS NULL AS no_p_value
FROM (VALUES ('b without clicks', 100, 1000, 0, 1000), ('a without impressions', 0, 0, 1, 10),
             ('b without impressions', 1, 10, 0, 0), ('no clicks at all', 0, 10, 0, 20),
             ('nothing but clicks', 10, 10, 20, 20), ('more clicks than impressions', 257, 152, 1, 10)) v(what, ka, na, kb, nb),
     ctr_test(ka, na, kb, nb);
SELECT ctr_interval(NULL, 1) IS NULL AS clicks, ctr_interval(1, NULL) IS NULL AS impressions,
       ctr_interval(1, 1, NULL) IS NULL AS confidence, ctr_test(1, 2, 3, NULL) IS NULL AS test;
SELECT * FROM ctr_interval(NULL::bigint, 1);

-- any kind of number will do, also what sum() makes of a bigint
PREPARE parameters AS SELECT ctr_interval($1, $2) = ctr_interval(315, 10000) AS parameters;
EXECUTE parameters(315, 10000);
SELECT count(DISTINCT i) AS one
FROM (VALUES (ctr_interval(315, 10000)), (ctr_interval(315::bigint, 10000)),
      (ctr_interval(315::smallint, 10000::bigint)),
             (ctr_interval('315', '10000')), (ctr_interval(315::bigint, '10000')), (ctr_interval(315.0, 10000)),
             (ctr_interval(315::float4, 10000::numeric)), (ctr_interval(315::bigint, 10000::numeric, 0.95))) v(i);
SELECT count(DISTINCT t) AS one
FROM (VALUES (ctr_test(30, 1000, 20, 1000)), (ctr_test(30::bigint, 1000::bigint, 20, 1000)),
             (ctr_test('30', 1000, '20', 1000)), (ctr_test(30::bigint, 1000::numeric, 20::bigint, 1000::numeric)),
             (ctr_test(30::smallint, 1000::float8, 20, 1000.0))) v(t);

-- a small segment does not win by luck: rank by the lower bound
SELECT segment, clicks, impressions, round(100.0 * clicks / impressions, 2) AS ctr, round(low::numeric, 2) AS at_least
FROM (VALUES ('lucky', 3, 20), ('proven', 1200, 10000)) v(segment, clicks, impressions), ctr_interval(clicks, impressions)
ORDER BY low DESC;

-- complaints
SELECT ctr_interval(-1, 10);
\echo :SQLSTATE
SELECT ctr_interval(1, -10);
\echo :SQLSTATE
SELECT ctr_interval(1, 10, 0);
\echo :SQLSTATE
SELECT ctr_interval(1, 10, 1);
\echo :SQLSTATE
SELECT ctr_interval(1, 10, 95);
\echo :SQLSTATE
SELECT ctr_interval(1, 10, -0.5);
\echo :SQLSTATE
SELECT ctr_interval(1, 10, 'NaN');
\echo :SQLSTATE
SELECT ctr_interval(1.5, 10);
\echo :SQLSTATE
SELECT ctr_interval(1234567.25, 10000000);
\echo :SQLSTATE
SELECT ctr_interval(1, 'NaN'::float8);
\echo :SQLSTATE
SELECT ctr_interval(1, 1e19);
\echo :SQLSTATE
SELECT ctr_interval(1, 'Infinity'::float8);
\echo :SQLSTATE
SELECT ctr_interval(-1::numeric, 10);
\echo :SQLSTATE
SELECT ctr_test(1, 2, 3, -4);
\echo :SQLSTATE
SELECT ctr_test(1, 2, -3::float8, 4);
\echo :SQLSTATE
