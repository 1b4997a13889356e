-- clicks_all, ctr, cpc and ad_metrics: each is the SQL that it replaces
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- by hand
SELECT clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks), (ad_metrics(clicks, impressions, spend)).*
FROM (VALUES (10, 1000, 2.50), (5, 100, 1.00)) v(clicks, impressions, spend);

-- an empty group, and groups of NULL: everything is NULL
SELECT clicks_all(clicks) IS NULL AS clicks_all, ctr(clicks, impressions) IS NULL AS ctr,
       cpc(spend, clicks) IS NULL AS cpc,
       ad_metrics(clicks, impressions, spend)::text AS ad_metrics
FROM (SELECT 1 AS clicks, 2 AS impressions, 3.0 AS spend WHERE false) v;
SELECT clicks_all(clicks) IS NULL AS clicks_all, ctr(clicks, impressions) IS NULL AS ctr,
       cpc(spend, clicks) IS NULL AS cpc,
       ad_metrics(clicks, impressions, spend)::text AS ad_metrics
FROM (VALUES (NULL::bigint, NULL::bigint, NULL::numeric), (NULL, NULL, NULL)) v(clicks, impressions, spend);
SELECT clicks_all(clicks) IS NULL AS clicks_all, ctr(clicks, impressions) IS NULL AS ctr,
       cpc(spend, clicks) IS NULL AS cpc,
       ad_metrics(clicks, impressions, spend)::text AS ad_metrics
FROM (VALUES (click_counts(phone => 4), 0::bigint, NULL::float8), (NULL, NULL, NULL),
      (click_counts(), 5, NULL)) v(clicks, impressions, spend);

-- NULL is skipped column by column, as sum() does: each of the eight patterns, in each pair of rows
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE m IS NOT DISTINCT
                        FROM ROW(clicks, impressions, spend, ctr, cpc)::ad_metrics) AS ad_metrics,
       count(*) FILTER (WHERE (m).ctr::text IS NOT DISTINCT FROM ctr::text AND (m).cpc::text IS NOT DISTINCT
                        FROM cpc::text) AS text,
       count(*) FILTER (WHERE (c, r, p) IS NOT DISTINCT FROM (clicks::bigint, ctr, cpc)) AS by_themselves
FROM (SELECT ad_metrics(clicks, impressions, spend) AS m, clicks_all(clicks) AS c, ctr(clicks, impressions) AS r,
      cpc(spend, clicks) AS p,
             sum(clicks) AS clicks, sum(impressions) AS impressions, sum(spend) AS spend,
             100.0 * sum(clicks) / nullif(sum(impressions), 0) AS ctr, sum(spend) / nullif(sum(clicks), 0) AS cpc
      FROM generate_series(0, 63) pattern,
           LATERAL (VALUES (CASE WHEN pattern & 1 = 0 THEN 7 END, CASE WHEN pattern & 2 = 0 THEN 300 END,
                            CASE WHEN pattern & 4 = 0 THEN 1.20 END),
                           (CASE WHEN pattern & 8 = 0 THEN 4 END, CASE WHEN pattern & 16 = 0 THEN 41 END,
                            CASE WHEN pattern & 32 = 0 THEN 0.015 END)) v(clicks, impressions, spend)
      GROUP BY pattern) g;

-- zero: a ratio over nothing is NULL; zero clicks cost no amount each, but 0 percent of impressions
SELECT ctr(0, 0) IS NULL AS ctr_0_0, ctr(5, 0) IS NULL AS ctr_5_0, ctr(0, 5) AS ctr_0_5, cpc(0, 0) IS NULL AS cpc_0_0,
       cpc(12.34, 0) IS NULL AS cpc_x_0, cpc(0.00, 5) AS cpc_0_5, ad_metrics(0, 0, 12.34) AS ad_metrics;
-- also where the zero is a sum
SELECT ctr(clicks, impressions) IS NULL AS ctr, cpc(spend, clicks) IS NULL AS cpc, clicks_all(clicks)
FROM (VALUES (5, 10, 1.0), (-5, -10, 2.0)) v(clicks, impressions, spend);

-- more clicks than impressions occur, and negative corrections are legal
SELECT round(ctr(16760, 119), 2) AS ira_2701, round(ctr(257, 152), 2) AS ira_1765;
SELECT (ad_metrics(clicks, impressions, spend)).*
FROM (VALUES (10, 100, 5.00), (-2, -10, -1.20)) v(clicks, impressions, spend);
SELECT (ad_metrics(-3, 100, -1.5)).*;

-- the result has the digits of numeric division, for large and for small sums
SELECT count(*) AS cases,
       pg_temp.all_equal(ctr::text, by_hand_ctr::text) AS ctr, pg_temp.all_equal(cpc::text, by_hand_cpc::text) AS cpc
FROM (SELECT ctr(clicks, impressions), cpc(spend, clicks),
             100.0 * sum(clicks) / nullif(sum(impressions), 0) AS by_hand_ctr,
             sum(spend) / nullif(sum(clicks), 0) AS by_hand_cpc
      FROM (SELECT c, i, (10 ^ c)::bigint + c AS clicks, (10 ^ i)::bigint - i AS impressions,
            10::numeric ^ (i - 9) AS spend
            FROM generate_series(0, 18) c, generate_series(0, 18) i) v GROUP BY c, i) g;

-- overflow: of a bigint that is a result, never of a sum on its way
SELECT clicks_all(x) AS fits FROM unnest('{9223372036854775807,9223372036854775807,-9223372036854775807}'::bigint[]) x;
SELECT clicks_all(x) AS lowest FROM unnest('{-9223372036854775807,-1}'::bigint[]) x;
SELECT clicks_all(x) FROM unnest('{9223372036854775807,1}'::bigint[]) x;
\echo :SQLSTATE
SELECT clicks_all(x) FROM unnest('{-9223372036854775808,-1}'::bigint[]) x;
\echo :SQLSTATE
SELECT clicks_all(x) FROM unnest('{2147483647,1}'::integer[]) x;
SELECT ctr(x, x) AS ratio_of_big_sums, cpc(1.0, x) = 1.0 * count(*) / sum(x) AS cpc FROM unnest('{9223372036854775807,9223372036854775807}'::bigint[]) x;
SELECT ad_metrics(1, x, 1) FROM unnest('{9223372036854775807,1}'::bigint[]) x;
\echo :SQLSTATE
SELECT ad_metrics(x, 1, 1) FROM unnest('{9223372036854775807,1}'::bigint[]) x;
\echo :SQLSTATE
SELECT ad_metrics(click_counts(x), 1, 1) FROM unnest('{9223372036854775807,1}'::bigint[]) x;
\echo :SQLSTATE
-- counts given as numeric may exceed bigint on the way, and even 128 bits are guarded
SELECT clicks_all(x) AS fits FROM unnest('{123456789012345678901234567890,-123456789012345678901234567889}'::numeric[]) x;
SELECT ctr(x, x * 2) AS half FROM unnest('{123456789012345678901234567890,5}'::numeric[]) x;
SELECT ad_totals_add_clicks_any_number('1|170141183460469231731687303715884105727|1|0|0|0|0|0|0|0|0|', 1);
\echo :SQLSTATE
SELECT ad_totals_add_ctr_any_number_any_number('1|0|0|-170141183460469231731687303715884105728|1|0|0|0|0|0|0|', 1, -1);
\echo :SQLSTATE

-- a count is whole, in whatever type it comes
SELECT x, pg_temp.outcome(format('SELECT clicks_all(%s)', x)) AS clicks_all,
       pg_temp.outcome(format('SELECT ctr(10, %s)', x)) AS impressions
FROM unnest('{5.0,-3::real,1e6::float8,9007199254740992::float8,0.5,0.5::real,-1.000001::float8,1e300::float8,1e-300::float8}'::text[]
            || '{''Infinity''::float8,''-Infinity''::real,''NaN''::float8,''NaN''::numeric}') x;
SELECT clicks_all(0.5);
\echo :SQLSTATE
SELECT ad_metrics(1, 0.5, 1);
\echo :SQLSTATE
SELECT cpc(1, 2.5::float8);
\echo :SQLSTATE
-- a double that is a whole number is taken for what it is, up to 32 digits
SELECT clicks_all(16777216::real) AS real, clicks_all(1234567890123457::float8) AS sixteen_digits,
       clicks_all(-4611686018427387904::float8) AS power_of_two,
       ctr(1e30::float8, 1e30::float8) AS ratio;
SELECT ctr(1e32::float8, 1e32::float8);
\echo :SQLSTATE

-- counts as text: what numeric reads; anything else is refused, nothing is guessed
SELECT x, pg_temp.outcome(format('SELECT clicks_all(%L)', x)) AS clicks_all
FROM unnest(ARRAY['12', ' 12 ', '+12', '-12', '12.0', '1e3', '1,234', '1.234,56', '12 clicks', '', ' ', 'n/a', '1.5', 'NaN', 'Infinity', '9223372036854775808', '--1', '1e32', '1e99999']) x;
SELECT ctr('1,234'::text, 5000);
\echo :SQLSTATE
SELECT cpc(12.5, 'n/a'::text);
\echo :SQLSTATE
-- labels are types of click, in any argument that may be text; a text of megabytes is not shown as a whole
SELECT clicks_all(kind) FROM (VALUES ('link'::text)) events(kind);
\echo :SQLSTATE
SELECT clicks_all('see_more');
SELECT ctr('Photo'::text, 5), cpc(1, 1);
SELECT clicks_all(kind::click_type) FROM (VALUES ('link'::text)) events(kind);
SELECT length(pg_temp.outcome(format('SELECT clicks_all(%L)', repeat('x', 1000000)))) AS cut,
       length(pg_temp.outcome(format('SELECT ad_metrics(1, 1, %L::text)', repeat('1', 1000000)))) AS cut_too;
-- but what any_number prints it reads, of whatever length
SELECT x, length(x::any_number::text) AS length, x::any_number::text::any_number = x::numeric AS same
FROM unnest(ARRAY['1e300', '-1e131071', '1e-16383', '-1.5', '0.00', 'NaN']) x;
SELECT ad_metrics('1.234,56', 1, 1);
\echo :SQLSTATE
SELECT clicks_all(t), ctr(t, 200), cpc(10, t) FROM (VALUES ('5'::text), (NULL), ('15')) v(t);
-- in every argument alike, as a loader that knows no types leaves them
SELECT clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks),
       ad_metrics(clicks, impressions, spend, currency),
       click_counts(link => min(clicks), outbound => max(clicks)), click_counts_agg('link', clicks)
FROM (VALUES ('5', '200', '12.50', 'EUR'), (NULL, '100', NULL, NULL), (' 15 ', '1000', '0.01', 'EUR')) v(clicks, impressions, spend, currency);

-- clicks given by type count as their total does; rows of memo types alone are NULL
SELECT ctr(c, i), cpc(s, c), ad_metrics(c, i, s) = ad_metrics(clicks_total(c), i, s) AS ad_metrics
FROM (VALUES (click_counts(link => 200, see_more => 50, photo => 30, page => 20, cta => 10, video => 5), 10000,
              63.00), (click_counts(phone => 99), 500, 1.00), (NULL, 7, 0.50)) v(c, i, s);

-- FILTER, DISTINCT, ORDER BY, HAVING
CREATE TEMP TABLE ads (n integer, campaign text, day date, clicks bigint, impressions bigint, spend numeric);
INSERT INTO ads VALUES (1, 'a', '2026-03-02', 10, 1000, 2.50), (2, 'a', '2026-03-03', 5, 100, 1.00), (3, 'b', '2026-03-02', 5, 100, 1.00),
	(4, 'b', '2026-03-03', NULL, 500, NULL), (5, 'b', '2026-03-03', 0, 0, 0.10), (6, 'c', '2026-03-02', NULL, NULL, NULL);
SELECT clicks_all(clicks) FILTER (WHERE campaign = 'a') AS filtered,
       ctr(clicks, impressions) FILTER (WHERE n > 9) IS NULL AS none,
       (ad_metrics(clicks, impressions, spend) FILTER (WHERE day = '2026-03-03')).* FROM ads;
SELECT clicks_all(DISTINCT clicks) AS clicks_all, ctr(DISTINCT clicks, impressions) AS ctr,
       cpc(DISTINCT spend, clicks) AS cpc,
       ad_metrics(DISTINCT clicks, impressions, spend) AS ad_metrics FROM ads;
SELECT 100.0 * sum(clicks) / sum(impressions) AS ctr, sum(spend) FILTER (WHERE s) AS spend
FROM (SELECT DISTINCT clicks, impressions, spend, true AS s FROM ads) d;
SELECT pg_temp.all_equal(ordered, plain) AS any_order
FROM (SELECT ad_metrics(clicks, impressions, spend ORDER BY spend DESC NULLS LAST, n) AS ordered,
      ad_metrics(clicks, impressions, spend) AS plain FROM ads GROUP BY campaign) g;
SELECT campaign, ctr(clicks, impressions) FROM ads GROUP BY campaign
HAVING cpc(spend, clicks) > 0.23 AND (ad_metrics(clicks, impressions, spend)).clicks_all > 5 ORDER BY 1;
SELECT campaign FROM ads GROUP BY campaign ORDER BY ctr(clicks, impressions) DESC NULLS LAST;

-- subtotals are rebuilt from sums, at every level
SELECT campaign, day, (ad_metrics(clicks, impressions, spend)).* FROM ads GROUP BY ROLLUP (campaign, day)
ORDER BY campaign NULLS LAST, day NULLS LAST;
SELECT count(*) AS groups, pg_temp.all_equal(cube.m, direct.m) AS same
FROM (SELECT campaign, day, grouping(campaign, day) AS level, ad_metrics(clicks, impressions, spend) AS m FROM ads
      GROUP BY CUBE (campaign, day)) cube,
     LATERAL (SELECT ad_metrics(clicks, impressions, spend) AS m FROM ads
              WHERE (level & 2 = 2 OR campaign = cube.campaign) AND (level & 1 = 1 OR day = cube.day)) direct;
SELECT count(*) AS groups, pg_temp.all_equal(sets.m, direct.m) AS same
FROM (SELECT campaign, day, ad_metrics(clicks, impressions, spend) AS m FROM ads
      GROUP BY GROUPING SETS ((campaign), (day), ())) sets,
     LATERAL (SELECT ad_metrics(clicks, impressions, spend) AS m FROM ads
              WHERE campaign = coalesce(sets.campaign, ads.campaign) AND day = coalesce(sets.day, ads.day)) direct;

-- a rollup of rollups by columns is the result of the raw rows; so is one of integers that sum() made numeric
SELECT m = raw AS ad_metrics, t = raw AS plain_sums
FROM (SELECT ad_metrics(r.clicks_all, r.impressions, r.spend) AS m
      FROM (SELECT (ad_metrics(clicks, impressions, spend)).* FROM ads GROUP BY campaign, day) r) a,
     (SELECT ad_metrics(c, i, s) AS t
      FROM (SELECT sum(clicks) AS c, sum(impressions) AS i, sum(spend) AS s FROM ads GROUP BY day) r) b,
     (SELECT ad_metrics(clicks, impressions, spend) AS raw FROM ads) c;

-- no result is ever NaN or infinite, and nothing is divided by zero
SELECT count(*) AS groups, count(*) FILTER (WHERE 'NaN' IN (ctr, cpc, spend) OR 'Infinity' IN (ctr, cpc, spend)) AS not_finite
FROM (SELECT (ad_metrics(c, i, s)).* FROM generate_series(-2, 2) c, generate_series(-2, 2) i, generate_series(-2, 2) s
      GROUP BY c, i, s) g;

-- decimals of a count do not add to those of a ratio
SELECT ctr(16760.00, 119) = ctr(16760, 119) AS value, scale(ctr(16760.00, 119)) = scale(ctr(16760, 119)) AS digits;
