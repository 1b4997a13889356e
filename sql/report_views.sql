-- examples/report_views.sql: every number that a tool shows is the true one
\getenv root PG_ABS_SRCDIR
\set tables :root '/examples/ad_tables.sql'
\set weekly_report :root '/examples/weekly_report.sql'
\set incremental_rollup :root '/examples/incremental_rollup.sql'
\set truth :root '/test/views/truth.sql'
CREATE SCHEMA report_views;
SET search_path = report_views, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :tables
-- two accounts, one of them in two currencies; the same ads in four campaigns, one
-- of which is the same name again; slices that are not known; weeks without delivery
INSERT INTO ad_daily (day, account_id, account, currency, campaign_id, campaign, ad_set_id,
		ad_set, ad_id, ad, format, objective, audience_segment, country, device, placement,
		clicks, clicks_are, impressions, spend, landing_page_views, purchases, leads,
		purchase_value)
	SELECT date '2026-03-02' + d, 'act' || a, 'Account ' || a,
		CASE WHEN a = 1 AND d < 14 THEN 'USD' ELSE 'EUR' END,
		'c' || a || c, 'Campaign ' || c / 2 * 2, 's' || a || c || i % 2, 'Broad', 'ad' || a || c || i,
		'Image ' || i % 2, nullif(i, 3)::text, nullif('OUTCOME ' || c, 'OUTCOME 3'),
		nullif((ARRAY['18-24', '25+'])[d % 3], ''), nullif((ARRAY['DE', 'US'])[(d + c) % 3], ''),
		nullif((ARRAY['mobile', 'desktop'])[(d * c + i) % 3], ''),
		nullif((ARRAY['feed', 'reels'])[(d * 7 + c + i) % 3], ''),
		CASE WHEN (d + i) % 5 > 0 THEN
			click_counts(link => (d * i + c) % 13, share => CASE WHEN d % 2 = 0 THEN i % 3 END,
				outbound => d % 4) END,
		CASE WHEN (d + i) % 5 > 0 THEN 'all' END,
		CASE WHEN (d + c) % 7 > 0 THEN (d * 37 + i * 11 + c) % 500 ELSE 0 END,
		CASE WHEN (d + c + i) % 6 > 0 THEN ((d * 13 + i) % 700) / 100.0 END,
		nullif((d + i) % 5, 0), (d * i) % 4 * 0.5, nullif(d % 3, 0), (d * i % 9) * 1.1
	FROM generate_series(0, 41) AS d, generate_series(1, 2) AS a, generate_series(1, 4) AS c,
		generate_series(1, 3) AS i
	WHERE d NOT BETWEEN 14 AND 20 AND d % 10 < 9;
-- names without ids, in a third account of which not even the name is known
INSERT INTO ad_daily (day, campaign, ad_set, ad, clicks, clicks_are, impressions, spend)
	SELECT date '2026-03-09' + d, (ARRAY['A', 'B', NULL])[c], (ARRAY['B', 'C', NULL])[c],
		(ARRAY['Image', 'Image', NULL])[c], click_counts(other => d + c), 'all', 100 * c, c
	FROM generate_series(0, 6) AS d, generate_series(1, 3) AS c;
-- link clicks only, and a week in which the source began to tell all
INSERT INTO ad_daily (day, account_id, account, currency, campaign_id, campaign, clicks,
		clicks_are, impressions, spend, reported_unique_clicks)
	SELECT date '2026-03-02' + d, 'act4', 'Links', 'EUR', 'c4', 'Links', click_counts(link => 10),
		CASE WHEN d < 9 THEN 'link' ELSE 'all' END, 1000, 5, CASE WHEN d <> 15 THEN 8 + d % 3 END
	FROM generate_series(0, 20) AS d;
INSERT INTO ad_clicks (source, click_id, clicked_at, day, account_id, account, currency,
		campaign_id, campaign, ad_set_id, ad_set, ad_id, ad, country, user_id, click_type)
	SELECT 'own', n::text, '2026-03-02', date '2026-03-02' + n % 12, 'act1', 'Account 1', 'USD',
		'c1' || 1 + n % 4, 'Campaign ' || (1 + n % 4) / 2 * 2, 's1' || 1 + n % 4 || n % 2, 'Broad',
		'ad1' || 1 + n % 4 || 1 + n % 3, 'Image ' || (1 + n % 3) % 2, 'DE', nullif(n * n % 61, 7)::text,
		CASE WHEN n % 9 = 0 THEN 'outbound' ELSE 'link' END::click_type
	FROM generate_series(1, 400) AS n;
-- weeks as a whole; and what are no weeks, or parts of one
INSERT INTO ad_periods (first_day, last_day, level, account_id, account, currency, campaign_id,
		campaign, ad_id, ad, placement, reach, reported_unique_clicks)
	VALUES ('2026-03-02', '2026-03-08', 'account', 'act1', 'Account 1', 'USD', NULL, NULL, NULL, NULL, NULL, 9000, NULL),
	('2026-03-02', '2026-03-08', 'campaign', 'act1', 'Account 1', 'USD', 'c11', 'Campaign 0', NULL, NULL, NULL, 500, NULL),
	('2026-03-02', '2026-03-08', 'campaign', 'act1', 'Account 1', 'USD', 'c11', 'Campaign 0', NULL, NULL, 'feed', 300, NULL),
	('2026-03-02', '2026-03-08', 'campaign', 'act1', 'Account 1', 'USD', 'c11', 'Campaign 0', NULL, NULL, 'reels', 250, NULL),
	('2026-03-02', '2026-03-31', 'campaign', 'act1', 'Account 1', 'USD', 'c12', 'Campaign 2', NULL, NULL, NULL, 7000, NULL),
	('2026-03-02', '2026-03-08', 'ad', 'act1', 'Account 1', 'USD', 'c11', 'Campaign 0', 'ad111', 'Image 1', NULL, 400, NULL),
	('2026-03-02', '2026-03-08', 'account', 'act2', 'Account 2', 'EUR', NULL, NULL, NULL, NULL, 'feed', 800, NULL),
	('2026-03-02', '2026-03-08', 'campaign', 'act1', 'Account 1', 'USD', 'c13', 'Campaign 2', NULL, NULL, NULL, 700, 77),
	('2026-03-16', '2026-03-22', 'account', 'act4', 'Links', 'EUR', NULL, NULL, NULL, NULL, NULL, 2000, 55);
\i :weekly_report
\i :truth
\set ECHO all
-- a log with clearly less than all clicks counts only where nobody else tells of people
SELECT value_id, clicks_all, logged_clicks, unique_clicks, unique_ctr FROM weekly_report
WHERE week = '2026-03-02' AND account_id = 'act1' AND slice = 'campaign' ORDER BY value_id;
-- link clicks are none of Clicks (All); bounds of people where days are reported; people reported for the week
SELECT week, slice, clicks_all, clicks_are, link_clicks, ctr, link_ctr, cpc, unique_clicks,
       unique_clicks_at_least AS at_least, unique_clicks_at_most AS at_most, reach, unique_ctr
FROM weekly_report WHERE account_id = 'act4' AND slice IN ('total', 'campaign') ORDER BY week, slice;
-- reach of the very week and value
SELECT week, slice, value, value_id, second_value, reach, unique_clicks, unique_ctr
FROM weekly_report WHERE reach IS NOT NULL AND account_id < 'act3' ORDER BY slice, value_id, second_value;
-- what shares a name is told apart, with ids and without
SELECT DISTINCT slice, value, value_id FROM weekly_report
WHERE account_id = 'act2' AND slice IN ('campaign', 'ad') AND value_id < 'ad23' OR account IS NULL AND slice IN ('campaign', 'ad set', 'ad')
ORDER BY slice, value;
-- even where the names from the campaign down read the same
BEGIN;
INSERT INTO ad_daily (day, account, campaign, ad_set, ad, impressions)
VALUES ('2026-03-02', 'X', 'A', 'B / C', 'Image', 1), ('2026-03-02', 'X', 'A / B', 'C', 'Image', 2), ('2026-03-02', 'X', NULL, 'C', 'Image', 4), ('2026-03-02', 'X', 'C', NULL, 'Image', 8);
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT slice, value, value_id, impressions FROM weekly_report WHERE account = 'X' AND slice IN ('ad set', 'ad')
ORDER BY slice, impressions;
ROLLBACK;
-- a total is no value that is not known
SELECT slice, value, second_value, clicks_all, impressions, spend, days, complete FROM weekly_report
WHERE account IS NULL AND slice IN ('total', 'campaign', 'placement') ORDER BY slice, clicks_all;
-- no rows, and only some columns: answers all the same
SELECT count(*) FROM weekly_report WHERE week = '2020-01-06';
SELECT week, sum(clicks_all) AS clicks_all FROM weekly_cells GROUP BY week HAVING sum(clicks_all) > 500
ORDER BY clicks_all DESC;
SELECT value FROM weekly_report WHERE slice = 'campaign' AND clicks_all > 90 ORDER BY clicks_all DESC LIMIT 2;
SELECT account_id, clicks_all(clicks) FROM weekly_ads GROUP BY account_id HAVING clicks_all(clicks) > 1000
ORDER BY clicks_all;
-- simple types only, each column described, none named as what it is not
SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'report_views' AND table_name IN ('daily_cells', 'weekly_cells', 'weekly_report', 'weekly_change', 'weekly_outlook', 'ad_names', 'ad_weeks', 'stale_weeks')
	AND (data_type NOT IN ('date', 'text', 'bigint', 'numeric', 'double precision', 'boolean') OR data_type = 'numeric' AND numeric_scale IS NULL
		OR col_description((table_schema || '.' || table_name)::regclass, ordinal_position) IS NULL);
-- a day that is odd, and a campaign that is not
TRUNCATE ad_daily, ad_clicks, ad_periods;
INSERT INTO ad_daily (day, account, currency, campaign, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, 'A', 'EUR', 'c' || c, click_counts(link => 100 + d * 7 % 5 + d % 7 * 20), 'all',
	       10000 + d % 7 * 500 + d * 11 % 17,
		CASE WHEN d = 69 AND c = 1 THEN 90 ELSE 30 + d % 3 END
	FROM generate_series(0, 69) AS d, generate_series(1, 2) AS c;
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT day, weekday_name, slice, value, metric, round(observed, 2) AS observed, round(usual, 2) AS usual,
       round(low, 2) AS low, round(high, 2) AS high, weeks, verdict
FROM weekly_outlook WHERE verdict <> 'as usual' ORDER BY slice, metric;
SELECT metric, verdict, count(*) FROM weekly_outlook GROUP BY metric, verdict ORDER BY metric, verdict;
-- the same views over weekly_ads as a table, and again
\set ECHO none
\o /dev/null
\i :incremental_rollup
CALL refresh_weekly_ads();
\o
\i :weekly_report
\set ECHO all
SELECT slice, count(*), sum(clicks_all) FROM weekly_report WHERE slice IN ('total', 'campaign') GROUP BY slice ORDER BY slice;
DROP SCHEMA report_views CASCADE;
