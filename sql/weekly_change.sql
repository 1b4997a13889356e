-- examples/weekly_change.sql: what changed, exactly; what is named a change; what is not
\getenv root PG_ABS_SRCDIR
\set tables :root '/examples/ad_tables.sql'
\set weekly_report :root '/examples/weekly_report.sql'
CREATE SCHEMA weekly_change;
SET search_path = weekly_change, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :tables
\i :weekly_report
\set ECHO all
-- nothing at all
SELECT count(*) FROM weekly_change;
-- a number from 0 to below 1 for a key: the same everywhere
CREATE FUNCTION dice(key text) RETURNS double precision LANGUAGE SQL IMMUTABLE
	RETURN ('x' || left(md5(key), 8))::bit(32)::bigint / 4294967296.0;
-- 6 weeks of 30 accounts of 5 campaigns each, at random: campaigns come and go, run on some days, and have no
-- clicks, impressions or spend there or at all
INSERT INTO ad_daily (day, account, currency, campaign_id, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-03-02' + d, 'A' || a, CASE WHEN a % 5 = 0 THEN 'EUR' ELSE 'USD' END, 'c' || c, 'Campaign ' || c / 2, nullif(p, 2)::text,
		CASE WHEN dice('none' || a || c || d || p) > 0.1
		AND (a % 3 > 0 OR c < 5) THEN click_counts(link => (dice('l' || a || c || d || p) ^ 3 * 40 * a)::bigint,
		                                           share => (dice('s' || a || c || d) * 3)::bigint) END, 'all',
		CASE WHEN dice('seen' || a || c || d) > 0.05
		AND (a % 3 <> 1 OR c < 5) THEN (dice('i' || a || c || d || p) * 900 * a)::bigint END,
		CASE WHEN a % 7 > 0 THEN round((dice('m' || a || c || d || p) * a * 10)::numeric, 2) END
	FROM generate_series(0, 41) AS d, generate_series(1, 30) AS a, generate_series(1, 5) AS c,
	     generate_series(1, 2) AS p
	WHERE c = 1 OR dice('runs' || a || c || d / 7) > 0.2 AND dice('day' || a || c || d) > 0.1;
REFRESH MATERIALIZED VIEW weekly_ads;
-- sums by hand, of this week and those before
CREATE TEMP TABLE sums AS
	SELECT account, currency, compared_with, slice, value_id,
		coalesce(sum(clicks_total(clicks)) FILTER (WHERE now), 0) AS c1,
		coalesce(sum(clicks_total(clicks)) FILTER (WHERE NOT now) / weeks, 0) AS c0,
		coalesce(sum(impressions) FILTER (WHERE now), 0) AS i1,
		coalesce(sum(impressions) FILTER (WHERE NOT now) / weeks, 0) AS i0,
		coalesce(sum(spend) FILTER (WHERE now), 0) AS s1, coalesce(sum(spend) FILTER (WHERE NOT now) / weeks, 0) AS s0
	FROM ad_daily CROSS JOIN LATERAL (VALUES ('total', NULL), ('campaign', campaign_id), ('placement', placement)) AS slices(slice, value_id)
		CROSS JOIN (VALUES ('week before', 1), ('mean of four weeks before', 4)) AS comparisons(compared_with, weeks)
		CROSS JOIN LATERAL (SELECT day >= '2026-04-06') AS of_day(now)
	WHERE day >= date '2026-04-06' - 7 * weeks GROUP BY account, currency, compared_with, weeks, slice, value_id;
CREATE TEMP TABLE checked AS
	SELECT shown.*, c1, c0, i1, i0, s1, s0, t_c1, t_c0, t_i1, t_i0, t_s1, t_s0
	FROM sums
		JOIN (SELECT account, compared_with, c1, c0, i1, i0, s1, s0 FROM sums WHERE slice = 'total')
			AS total(account, compared_with, t_c1, t_c0, t_i1, t_i0, t_s1, t_s0) USING (account, compared_with)
		FULL JOIN (SELECT * FROM weekly_change WHERE slice IN ('total', 'campaign', 'placement')) AS shown
			ON (sums.account, sums.compared_with, sums.slice) = (shown.account, shown.compared_with, shown.slice)
			AND sums.value_id IS NOT DISTINCT FROM shown.value_id;
SELECT count(*) AS rows, count(*) FILTER (WHERE verdict = 'new') AS new, count(*) FILTER (WHERE verdict = 'gone') AS gone,
	count(*) FILTER (WHERE i1 = 0 AND c1 > 0) AS clicks_without_impressions,
	count(*) FILTER (WHERE c1 = 0 AND s1 > 0) AS spend_without_clicks,
	count(*) FILTER (WHERE week IS NULL OR c1 IS NULL) AS missing,
	count(*) FILTER (WHERE (coalesce(clicks_all, 0), coalesce(clicks_before, 0)) <> (c1, c0)) AS wrong
FROM checked;
-- volume: to the last digit, and each part what the logarithms say
SELECT count(by_ctr) > 200 AS many,
       count(*) FILTER (WHERE by_spend + by_cpm + by_ctr <> clicks_all - clicks_before) AS do_not_add_up,
	count(*) FILTER (WHERE by_ctr IS NOT NULL
	                 AND (abs(by_spend - mean * ln(s1 / s0)) > 0.006
	                      OR abs(by_cpm + mean * ln(s1 / i1 / (s0 / i0))) > 0.006
	                      OR abs(by_ctr - mean * ln(c1 / i1 / (c0 / i0))) > 0.016)) AS wrong,
	count(*) FILTER (WHERE (by_ctr IS NULL) <> (least(c1, c0, i1, i0, s1, s0) <= 0)) AS null_where_it_should_not_be
FROM checked CROSS JOIN LATERAL (SELECT CASE WHEN least(c1, c0) > 0 THEN CASE WHEN c1 = c0 THEN c1
                                 ELSE (c1 - c0) / ln(c1 / c0) END END) AS m(mean);
-- rate and mix: they add up to the change of the total as it is shown, to the last digit
SELECT count(*) > 100 AS many, count(*) FILTER (WHERE effects <> shown_change) AS ctr_does_not_add_up,
       count(*) FILTER (WHERE cpc_effects <> shown_cpc_change) AS cpc_does_not_add_up
FROM (SELECT account, compared_with, slice, sum(rate_effect + mix_effect) AS effects,
      sum(cpc_rate_effect + cpc_mix_effect) AS cpc_effects FROM checked GROUP BY 1, 2, 3) AS s
	JOIN (SELECT account, compared_with, ctr - ctr_before AS shown_change, cpc - cpc_before AS shown_cpc_change
	      FROM checked WHERE slice = 'total') AS t USING (account, compared_with);
-- and each is what the formula says, but for rounding
SELECT count(*) FILTER (WHERE abs(rate_effect - (w0 + w1) / 2 * (r1 - r0)) > 0.0002
                        OR abs(mix_effect - (w1 - w0) * ((r0 + r1) / 2 - (all0 + all1) / 2)) > 0.0003) AS wrong,
	count(*) FILTER (WHERE abs(cpc_rate_effect - (v0 + v1) / 2 * (q1 - q0)) > 0.000002
	                 OR abs(cpc_mix_effect - (v1 - v0) * ((q0 + q1) / 2 - (any0 + any1) / 2)) > 0.000003)
	AS wrong_cpc,
	count(r1 + q1) > 200 AS many
FROM checked CROSS JOIN LATERAL (SELECT i1 / t_i1 AS w1, i0 / t_i0 AS w0,
                                 coalesce(100 * c1 / nullif(i1, 0), 100 * c0 / nullif(i0, 0)) AS r1,
                                 coalesce(100 * c0 / nullif(i0, 0), 100 * c1 / nullif(i1, 0)) AS r0,
                                 100 * t_c1 / t_i1 AS all1, 100 * t_c0 / t_i0 AS all0,
	c1 / t_c1 AS v1, c0 / t_c0 AS v0, coalesce(s1 / nullif(c1, 0), s0 / nullif(c0, 0)) AS q1,
	coalesce(s0 / nullif(c0, 0), s1 / nullif(c1, 0)) AS q0, t_s1 / t_c1 AS any1, t_s0 / t_c0 AS any0) AS f
-- what has a numerator alone has no rate
WHERE (c1 = 0 OR i1 > 0) AND (c0 = 0 OR i0 > 0) AND (s1 = 0 OR c1 > 0) AND (s0 = 0 OR c0 > 0)
	AND account NOT IN ('A7', 'A14', 'A21', 'A28');
-- p values are those of the days of the very value; the verdicts those of Benjamini and Hochberg, step by step
CREATE TEMP TABLE tested AS
	SELECT account, value_id,
	       (ratio_test(ratio_sample_agg(clicks, impressions) FILTER (WHERE day >= '2026-04-06'),
	                   ratio_sample_agg(clicks, impressions) FILTER (WHERE day < '2026-04-06'))).*
	FROM (SELECT account, value_id, block AS day, sum(clicks) AS clicks, sum(impressions) AS impressions
	      -- clicks of a day without impressions go to the newest day before it with some, or else to the next
	      FROM (SELECT *, coalesce(max(day) FILTER (WHERE impressions > 0) OVER (side ORDER BY day),
	                               min(day) FILTER (WHERE impressions > 0) OVER side) AS block
	            FROM (SELECT account, campaign_id AS value_id, day, sum(clicks_total(clicks)) AS clicks,
	                  sum(impressions) AS impressions FROM ad_daily WHERE day >= '2026-03-30' GROUP BY 1, 2, 3) AS days
	            WINDOW side AS (PARTITION BY account, value_id, day >= '2026-04-06')) AS in_blocks
	      WHERE block IS NOT NULL GROUP BY account, value_id, block) AS blocks
	GROUP BY account, value_id;
SELECT count(p) > 50 AS many,
       count(*) FILTER (WHERE abs(p_value - p) > 1e-9 OR (p_value IS NULL) <> (p IS NULL)) AS other_p_values,
	count(*) FILTER (WHERE verdict IN ('up', 'down') AND NOT coalesce(p <= limits.p_limit, false)
	                 OR verdict = 'within noise' AND p <= limits.p_limit) AS other_verdicts,
	count(*) FILTER (WHERE verdict IN ('up', 'down')) AS changes
FROM (SELECT account, value_id, p_value, verdict FROM checked
      WHERE slice = 'campaign' AND compared_with = 'week before') AS shown
	LEFT JOIN (SELECT account, value_id, p_value AS p FROM tested) AS tested USING (account, value_id)
	LEFT JOIN (SELECT account, max(p_value) FILTER (WHERE p_value <= 0.05 * number / of) AS p_limit
		FROM (SELECT account, p_value, row_number() OVER (PARTITION BY account ORDER BY p_value) AS number,
		      count(*) OVER (PARTITION BY account) AS of FROM tested WHERE p_value IS NOT NULL) AS ordered
		GROUP BY account) AS limits USING (account);
-- 6 weeks of 100 accounts of 6 campaigns, in which nothing differs but budget and luck
TRUNCATE ad_daily;
INSERT INTO ad_daily (day, account, currency, campaign_id, campaign, clicks, clicks_are, impressions, spend)
	SELECT date '2026-02-16' + d, 'A' || a, 'EUR', 'c' || c, 'Campaign ' || c,
	       click_counts(link => floor(shown * 0.02 * (0.5 + dice('luck' || a || c || d)))::bigint), 'all', shown,
	       round(shown * 0.01, 2)
	FROM generate_series(0, 41) AS d, generate_series(1, 100) AS a, generate_series(1, 6) AS c,
	     LATERAL (SELECT floor(1000 * c * (0.5 + dice('budget' || a || c || d / 7)))::bigint) AS i(shown);
REFRESH MATERIALIZED VIEW weekly_ads;
-- 5 of 100 accounts would have a false name in them by chance, and 5 of 100 totals
SELECT slice, compared_with,
       count(DISTINCT account) FILTER (WHERE verdict IN ('up', 'down')) AS accounts_with_a_change,
       count(*) FILTER (WHERE verdict IN ('up', 'down')) AS changes, count(*)
FROM weekly_change WHERE slice IN ('campaign', 'total') GROUP BY slice, compared_with ORDER BY 1, 2;
-- three times the CTR of one: found, and named
BEGIN;
UPDATE ad_daily SET clicks = clicks + clicks + clicks WHERE account = 'A1' AND campaign_id = 'c4' AND day >= '2026-03-23';
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT compared_with, slice, value, days, days_before, verdict FROM weekly_change
WHERE account = 'A1' AND slice IN ('campaign', 'ad', 'placement') AND verdict IN ('up', 'down') ORDER BY 1, 2;
-- the first row is the one that matters
SELECT value, verdict, rate_effect > 0 AS by_its_own_ctr FROM weekly_change
WHERE account = 'A1' AND compared_with = 'week before' AND slice = 'campaign' ORDER BY abs(rate_effect + mix_effect) DESC LIMIT 1;
ROLLBACK;
-- a cost that doubles is one of CPC, and none of CTR
BEGIN;
UPDATE ad_daily SET spend = spend * 2 WHERE account = 'A2' AND campaign_id = 'c5' AND day >= '2026-03-23';
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT compared_with, slice, value, verdict, cpc_verdict FROM weekly_change
WHERE account = 'A2' AND slice = 'campaign' AND 'within noise' NOT IN (verdict, cpc_verdict) OR account = 'A2'
AND slice = 'campaign' AND cpc_verdict IN ('up', 'down') ORDER BY 1, 2;
ROLLBACK;
-- the newest week lacks a day: shown, and not compared; the complete one before it is
DELETE FROM ad_daily WHERE account <> 'A3';
DELETE FROM ad_daily WHERE day = '2026-03-29' OR campaign_id > 'c1';
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT week, compared_with, slice, value, days, days_before, clicks_all IS NOT NULL AS has_clicks,
       clicks_before IS NOT NULL AS has_before, ctr_before IS NOT NULL AS has_rate,
       num_nonnulls(by_spend, by_ctr, rate_effect, mix_effect, p_value, cpc_p_value) AS compared, verdict
FROM weekly_change WHERE slice IN ('total', 'campaign') ORDER BY week, slice, compared_with;
-- a week before it that lacks a day: not compared with, neither alone nor in the mean
BEGIN;
DELETE FROM ad_daily WHERE day = '2026-03-10';
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT week, compared_with, days, days_before, num_nonnulls(by_spend, rate_effect, p_value) AS compared, verdict
FROM weekly_change WHERE slice = 'total' ORDER BY week, compared_with;
ROLLBACK;
-- a week without delivery is a week: it is not jumped over, and what runs after it is new
BEGIN;
DELETE FROM ad_daily WHERE day BETWEEN '2026-03-09' AND '2026-03-15';
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT week, compared_with, days, days_before, clicks_all > 0 AS has_clicks, clicks_before,
       num_nonnulls(by_spend, rate_effect, p_value) AS compared, verdict FROM weekly_change WHERE slice = 'total'
ORDER BY week, compared_with;
ROLLBACK;
-- the first complete week has nothing before it
BEGIN;
DELETE FROM ad_daily WHERE day < '2026-03-16';
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT week, compared_with, days, days_before, num_nonnulls(by_spend, rate_effect, p_value) AS compared, verdict
FROM weekly_change WHERE slice = 'total' ORDER BY week, compared_with;
ROLLBACK;
-- link clicks are compared with link clicks
UPDATE ad_daily SET clicks_are = 'link', clicks = click_counts(link => (clicks).link) WHERE day < '2026-03-16';
UPDATE ad_daily SET clicks = click_counts(link => (clicks).link, share => 1000) WHERE day >= '2026-03-16';
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT week, compared_with, clicks_are, clicks_all < 3000 AS are_link_clicks, verdict FROM weekly_change
WHERE slice = 'total' ORDER BY week, compared_with;
-- an account that ended a year before is compared in weeks of its own; what has no spend has no days for a CPC
INSERT INTO ad_daily (day, account, clicks, clicks_are, impressions) SELECT date '2025-03-03' + d, 'Old',
	click_counts(link => 100 + d * d % 17), 'all', 5000 + d FROM generate_series(0, 13) AS d;
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT week, account, slice, days, days_before, clicks_all, clicks_before,
       num_nonnulls(rate_effect, p_value) AS compared, verdict, cpc_verdict FROM weekly_change
WHERE compared_with = 'week before' AND slice = 'total' ORDER BY week;
-- nasty days: two weeks of 300 accounts, with days that have clicks and no impressions or no spend, spend and no
-- clicks, or nothing
TRUNCATE ad_daily;
INSERT INTO ad_daily (day, account, currency, campaign, clicks, clicks_are, impressions, spend)
	SELECT date '2026-03-02' + d, 'A' || a, 'EUR', 'C',
		click_counts(link => (CASE WHEN dice('no click' || a || d) < 0.1 THEN 0 WHEN has_impressions
		                      THEN (20 + 5 * dice('c' || a || d)) * (1 + d / 7 * (dice('more' || a) - 0.5))
		                      ELSE 80 * dice('stray' || a || d / 7) END)::bigint),
		'all', CASE WHEN has_impressions THEN (1000 + 50 * dice('i' || a || d))::bigint ELSE 0 END,
		CASE WHEN dice('paid' || a || d) > 0.3 * dice('unpaid' || a) THEN round((10 + dice('s' || a || d))::numeric, 2) ELSE 0 END
	FROM generate_series(0, 13) AS d, generate_series(1, 300) AS a,
		LATERAL (SELECT dice('seen' || a || d) > 0.6 * dice('unseen' || a) - 0.2) AS seen(has_impressions);
-- many clicks at weekends, when nothing was shown or spent
INSERT INTO ad_daily (day, account, currency, campaign, clicks, clicks_are, impressions, spend)
	SELECT date '2026-03-02' + d, 'Weekend', 'USD', 'C',
		click_counts(link => CASE WHEN d % 7 < 5 THEN CASE WHEN d < 7 THEN 20 ELSE 15 END + d % 2
		                          WHEN d < 7 THEN 1 ELSE 30 END),
		'all', CASE WHEN d % 7 < 5 THEN 1000 ELSE 0 END, CASE WHEN d % 7 < 5 THEN 10 ELSE 0 END
	FROM generate_series(0, 13) AS d;
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT ctr, ctr_before, rate_effect, round(p_value::numeric, 3) AS p_value, verdict, cpc, cpc_before, cpc_verdict
FROM weekly_change WHERE account = 'Weekend' AND slice = 'total' AND compared_with = 'week before';
-- what a verdict says is what the numbers beside it say
SELECT count(*) FILTER (WHERE verdict IN ('up', 'down')) > 40 AS many,
       count(*) FILTER (WHERE cpc_verdict IN ('up', 'down')) > 40 AS many_of_cpc,
       count(*) FILTER (WHERE verdict = 'up' AND ctr < ctr_before OR verdict = 'down' AND ctr > ctr_before)
           AS contradict,
       count(*) FILTER (WHERE cpc_verdict = 'up' AND cpc < cpc_before OR cpc_verdict = 'down' AND cpc > cpc_before)
           AS cpc_contradict
FROM weekly_change WHERE slice = 'total' AND compared_with = 'week before';
-- with one week before, the mean of four is not that week divided by four: there is nothing before
SELECT reason, count(*), count(num) FILTER (WHERE num > 0) AS with_numbers
FROM weekly_change CROSS JOIN LATERAL (SELECT num_nonnulls(days_before, clicks_before, impressions_before, ctr_before,
                                                           cpc_before, by_spend, rate_effect, p_value)) AS n(num)
WHERE compared_with = 'mean of four weeks before' AND slice = 'total' GROUP BY reason;
-- small rates: impressions and clicks make the exact one
UPDATE ad_daily SET impressions = 20000000, clicks = click_counts(link => CASE WHEN day < '2026-03-09' THEN 46 ELSE 76 END)
WHERE account = 'Weekend';
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT ctr, ctr_before,
       round(100 * (clicks_all / impressions::numeric) / (clicks_before / impressions_before) - 100, 1) AS change
FROM weekly_change WHERE account = 'Weekend' AND slice = 'total' AND compared_with = 'week before';
-- an account that never runs at weekends: its weeks are compared once it is known for that; and one that ran on some
TRUNCATE ad_daily;
INSERT INTO ad_daily (day, account, clicks, clicks_are, impressions)
	SELECT date '2026-01-05' + d, account, click_counts(link => 100 + d * d % 17), 'all', 5000 + d
	FROM generate_series(0, 69) AS d, unnest(ARRAY['10 weeks', '5 weeks', 'not over', 'lost a Friday', 'lost weekend',
	                                               'new weekend', 'week off', 'irregular', 'began on a Thursday']) AS account
	WHERE CASE account WHEN 'lost weekend' THEN d NOT IN (61, 62, 68, 69) WHEN 'new weekend' THEN d % 7 < 5 OR d >= 63
			WHEN 'irregular' THEN dice('irregular' || d) > 0.5 ELSE d % 7 < 5 END
		AND (account <> '5 weeks' OR d >= 35) AND (account <> 'not over' OR d < 67)
		AND (account <> 'lost a Friday' OR d <> 60) AND (account <> 'week off' OR d NOT BETWEEN 49 AND 55)
		AND (account <> 'began on a Thursday' OR d >= 3);
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT account, week, compared_with, days, days_before, clicks_before, verdict, reason FROM weekly_change
WHERE slice = 'total' ORDER BY account, week, compared_with;
-- what is compared has the same weekdays in each of its weeks
SELECT count(*) AS compared, count(*) FILTER (WHERE weekdays > 1) AS with_different_days
FROM weekly_change AS shown CROSS JOIN LATERAL (
	SELECT count(DISTINCT weekdays) FROM weekly_ads
	WHERE weekly_ads.account = shown.account AND weekly_ads.week BETWEEN shown.week - 28 AND shown.week
		AND (compared_with = 'mean of four weeks before' OR weekly_ads.week >= shown.week - 7)) AS kinds(weekdays)
WHERE slice = 'total' AND days_before IS NOT NULL;
-- a day with impressions of which no clicks are reported is missing: 5 % fewer impressions, and no clicks, are no news
TRUNCATE ad_daily;
INSERT INTO ad_daily (day, account, campaign, clicks, clicks_are, impressions)
	SELECT date '2026-01-05' + d, account, campaign,
		CASE WHEN NOT (d = 66 AND (account = 'a day' OR campaign = 'B' AND account = 'a campaign'))
			THEN click_counts(link => 100 + d * d % 17) END, 'all', 5000 + d
	FROM generate_series(0, 69) AS d, unnest(ARRAY['none', 'a day', 'a campaign']) AS account,
		unnest(ARRAY['A', 'B']) AS campaign;
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT account, week, compared_with, value, days, clicks_all, clicks_before, verdict, reason FROM weekly_change
WHERE slice = 'campaign' AND compared_with IS DISTINCT FROM 'mean of four weeks before' ORDER BY account, week, value;
SELECT account, week, days, complete FROM weekly_report WHERE slice = 'total' AND week = '2026-03-09' ORDER BY 1;
-- a verdict that is none has a reason, and only that
SELECT count(*) > 10 AS many, count(*) FILTER (WHERE (reason IS NOT NULL) <> (verdict IN ('incomplete', 'too few days'))) AS wrong
FROM weekly_change;
-- what changed since the refresh is named: rows that are more, other or gone, of any number
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT count(*) FROM stale_weeks;
BEGIN;
UPDATE ad_daily SET clicks = clicks + clicks WHERE account = 'none' AND day = '2026-03-10';
UPDATE ad_daily SET spend = 1 WHERE account = 'a day' AND day = '2026-03-02';
UPDATE ad_daily SET impressions = impressions + 1 WHERE account = 'a day' AND day = '2026-02-23' AND campaign = 'A';
DELETE FROM ad_daily WHERE account = 'a campaign' AND day < '2026-01-12';
INSERT INTO ad_daily (day, account, currency, clicks, clicks_are) VALUES ('2026-03-16', 'later', 'USD', click_counts(link => 0), 'all');
SELECT account, currency, week FROM stale_weeks ORDER BY account, week;
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT count(*) FROM stale_weeks;
ROLLBACK;
-- simple types only, each column described
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'weekly_change' AND table_name = 'weekly_change'
	AND (data_type NOT IN ('date', 'text', 'bigint', 'numeric', 'double precision', 'boolean') OR data_type = 'numeric' AND numeric_scale IS NULL
		OR col_description((table_schema || '.' || table_name)::regclass, ordinal_position) IS NULL);
DROP SCHEMA weekly_change CASCADE;
