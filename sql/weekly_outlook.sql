-- examples/weekly_outlook.sql: how often a day of pure noise is called odd, and whether one that is odd is found
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\set tables :root '/examples/ad_tables.sql'
\set weekly_report :root '/examples/weekly_report.sql'
CREATE SCHEMA weekly_outlook;
SET search_path = weekly_outlook, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\i :checks
\set ECHO none
\i :tables
\i :weekly_report
\set ECHO all
-- from 0 to below 1 for a key, and a normal variable: the same everywhere
CREATE FUNCTION dice(key text) RETURNS double precision LANGUAGE SQL IMMUTABLE
	RETURN (('x' || left(md5(key), 8))::bit(32)::bigint + 0.5) / 4294967296;
CREATE FUNCTION normal(key text) RETURNS double precision LANGUAGE SQL IMMUTABLE
	RETURN sqrt(-2 * ln(dice(key))) * cos(2 * pi() * dice('angle' || key));
-- 100 accounts with a history of 6 weeks, as many with 7, and so on to 12; and the week that is looked at, whose
-- weekdays share no history.  Clicks, impressions and spend are normal noise of a deviation of 1000, without
-- a trend, each for itself.
INSERT INTO ad_daily (day, account, currency, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + 7 * 12 - 7 * w + d, w || ' weeks, account ' || a, 'EUR',
	       click_counts(link => (100000 + 1000 * normal('clicks ' || w || ' ' || a || ' ' || d))::bigint), 'all',
	       (1000000 + 1000 * normal('impressions ' || w || ' ' || a || ' ' || d))::bigint,
	       round((100000 + 1000 * normal('spend ' || w || ' ' || a || ' ' || d))::numeric, 2)
	FROM generate_series(6, 12) AS w, generate_series(1, 100) AS a, LATERAL generate_series(0, 7 * w + 6) AS d;
REFRESH MATERIALIZED VIEW weekly_ads;
CREATE TEMP TABLE outlook AS
	SELECT * FROM weekly_outlook
	WHERE slice = 'total' AND day >= date '2026-03-30' AND metric IN ('clicks', 'impressions', 'spend');
-- the multiple of the band for each number of weeks, as in test/unit/outlook_band_test.c
SELECT weeks, round(avg((high - usual) / (1.4826 * median_distance))::numeric, 2) AS multiple
FROM outlook CROSS JOIN LATERAL (
		SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(spend - usual)) AS median_distance
		FROM ad_daily WHERE account = outlook.account AND day < outlook.day AND (outlook.day - day) % 7 = 0) AS past
WHERE metric = 'spend'
GROUP BY weeks ORDER BY weeks;
-- 1 of 100 is odd by chance.  Of 2,100 tests 8 to 37 are, 999 times in 1,000; of all 14,700, 109 to 188.
SELECT weeks, sum(tests) AS tests,
       pg_temp.all_hold(odd BETWEEN CASE tests WHEN 2100 THEN 8 ELSE 109 END
                        AND CASE tests WHEN 2100 THEN 37 ELSE 188 END, odd, '1 of 100') AS as_many_are_odd
FROM (SELECT weeks, count(*) AS tests, count(*) FILTER (WHERE verdict IN ('above', 'below')) AS odd
      FROM outlook GROUP BY ROLLUP (weeks)) AS counts
GROUP BY weeks ORDER BY weeks;
-- a jump of 10 deviations on the newest day, up and down: of 100 at least as many are found as 999 times in 1,000
-- by the shares that test/unit/outlook_band_test.c prints, and none on the wrong side
UPDATE ad_daily SET spend = spend + 10000, impressions = impressions - 10000 WHERE day = '2026-04-05';
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT metric, weeks,
       pg_temp.all_hold(found >= CASE WHEN weeks < 8 THEN 70 WHEN weeks < 10 THEN 88 ELSE 95 END,
                        found, 'nearly all') AS found,
       sum(wrong) AS wrong
FROM (SELECT metric, weeks, count(*) FILTER (WHERE verdict = CASE metric WHEN 'spend' THEN 'above' ELSE 'below' END) AS found,
      count(*) FILTER (WHERE verdict = CASE metric WHEN 'spend' THEN 'below' ELSE 'above' END) AS wrong
      FROM weekly_outlook WHERE day = '2026-04-05' AND slice = 'total' AND metric IN ('spend', 'impressions')
      GROUP BY metric, weeks) AS counts
GROUP BY metric, weeks ORDER BY metric, weeks;
DROP SCHEMA weekly_outlook CASCADE;
