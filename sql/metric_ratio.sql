-- metric_ratio: ctr and cpc are, digit for digit and byte for byte, the numeric expressions that they stand for
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- Does a ratio have the bytes of the expression?  Numbers come from the edges of
-- what the server judges a quotient's decimals by: digits of base 10000.
CREATE TEMP TABLE edges AS
	SELECT DISTINCT (sign * (power + step))::numeric AS x
	FROM (SELECT 10::numeric ^ i AS power FROM generate_series(0, 18) i
	      UNION ALL SELECT 2::numeric ^ i FROM generate_series(1, 62, 3) i
	      UNION ALL SELECT digit * 10000::numeric ^ i FROM generate_series(0, 3) i, unnest('{0,2,3,7,4999,5000,5001,9998,9999}'::integer[]) digit) p,
	     unnest('{-1,0,1}'::integer[]) step, unnest('{-1,1}'::integer[]) sign
	WHERE power + step <= 9223372036854775807;
CREATE TEMP TABLE ratios AS
	SELECT a.x AS part, b.x AS whole, ctr(a.x::bigint, b.x::bigint) AS ctr, cpc(a.x, b.x::bigint) AS cpc,
	       cpc(a.x / 10000, b.x::bigint) AS cpc_4_decimals, cpc(round(a.x / 100, 2), b.x::bigint) AS cpc_cents,
	       cpc(a.x / 10::numeric ^ 20, b.x::bigint) AS cpc_tiny
	FROM edges a, edges b WHERE (a.x + b.x) % 3 = 0 OR abs(a.x) < 9 OR abs(b.x) < 9
	GROUP BY a.x, b.x;
SELECT count(*) > 20000 AS many,
       pg_temp.all_equal(pg_temp.stored(ctr), pg_temp.stored(100.0 * part::bigint / nullif(whole::bigint, 0))) AS ctr,
       pg_temp.all_equal(pg_temp.stored(cpc), pg_temp.stored(part / nullif(whole::bigint, 0))) AS cpc,
       pg_temp.all_equal(pg_temp.stored(cpc_4_decimals),
                         pg_temp.stored((part / 10000) / nullif(whole::bigint, 0))) AS cpc_4_decimals,
       pg_temp.all_equal(pg_temp.stored(cpc_cents),
                         pg_temp.stored(round(part / 100, 2) / nullif(whole::bigint, 0))) AS cpc_cents,
       pg_temp.all_equal(pg_temp.stored(cpc_tiny),
                         pg_temp.stored((part / 10::numeric ^ 20) / nullif(whole::bigint, 0))) AS cpc_tiny
FROM ratios;

-- at random, over all magnitudes and scales, sums beyond 64 bits included
SELECT setseed(0.6);
CREATE TEMP TABLE random_rows AS
	SELECT i % 20000 AS g, floor(random() * 10 ^ (random() * 18))::bigint * sign(random() - 0.2)::integer AS clicks,
	       floor(random() * 10 ^ (random() * 18))::bigint AS impressions,
	       round(((random() - 0.3) * 10 ^ (random() * 24 - 8))::numeric, floor(random() * 12)::integer) AS spend
	FROM generate_series(1, 40000) i;
SELECT count(*) AS groups,
       pg_temp.all_equal(pg_temp.stored(ctr), pg_temp.stored(100.0 * clicks / nullif(impressions, 0))) AS ctr,
       pg_temp.all_equal(pg_temp.stored(cpc), pg_temp.stored(spend / nullif(clicks, 0))) AS cpc,
       pg_temp.all_equal(pg_temp.stored(per_account), pg_temp.stored(rows::numeric / accounts)) AS clicks_per_account
FROM (SELECT ctr(clicks, impressions) AS ctr, cpc(spend, clicks) AS cpc, clicks_per_account(clicks) AS per_account,
             sum(clicks) AS clicks, sum(impressions) AS impressions, sum(spend) AS spend, count(*) AS rows,
             count(DISTINCT clicks) AS accounts
      FROM random_rows GROUP BY g) r;
SELECT record_image_eq(ROW(ctr(clicks, impressions)), ROW(100.0 * sum(clicks) / sum(impressions))) AS ctr,
       sum(clicks) > 9223372036854775807 AS beyond_bigint,
       record_image_eq(ROW(cpc(1.5, clicks)), ROW(sum(1.5) / sum(clicks))) AS cpc
FROM random_rows, generate_series(1, 10) WHERE clicks > 10::numeric ^ 15;

-- halves round away from zero, as numeric does
SELECT cpc(spend::numeric, clicks::bigint) AS cpc,
       cpc(spend::numeric, clicks::bigint) = spend / nullif(clicks, 0) AS same
FROM (VALUES (1.0000000000000001, 2), (-1.0000000000000001, 2), (0.0000000000000001, 2), (1.00000000000000000001, 2),
      (7, 32), (1, 536870912), (-3, 536870912), (0, 5), (0.000, -3)) v(spend, clicks)
GROUP BY spend, clicks ORDER BY spend, clicks;
-- the display scale of the numerator is kept, however wide
SELECT count(*) AS scales, pg_temp.all_equal(pg_temp.stored(half), pg_temp.stored(round(0.5, s) / 4)) AS half,
       pg_temp.all_equal(pg_temp.stored(zero), pg_temp.stored(round(0.0, s) / 4)) AS zero
FROM (SELECT s, cpc(round(0.5, s), 4) AS half, cpc(round(0.0, s), 4) AS zero
      FROM unnest('{0,1,2,4,5,15,16,17,35,36,37,63,64,999,1000,1001,2000}'::integer[]) s GROUP BY s) r;
DROP TABLE edges, ratios, random_rows;
