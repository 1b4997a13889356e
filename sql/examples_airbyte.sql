-- examples/airbyte.sql over what Airbyte leaves behind
\getenv root PG_ABS_SRCDIR
\set fixture :root '/test/sources/airbyte.sql'
\set template :root '/examples/airbyte.sql'
\set breakdowns :root '/examples/airbyte_breakdowns.sql'
\set conversions :root '/examples/ad_conversions.sql'
\set weekly_report :root '/examples/weekly_report.sql'
\set check_shape :root '/test/sources/check_shape.sql'
CREATE SCHEMA examples_airbyte;
SET search_path = examples_airbyte, public;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :fixture
\i :template
\i :breakdowns
\i :conversions
\i :weekly_report
\i :check_shape
\set ECHO all
-- the latest restatement of each key
SELECT day, account, currency, campaign, ad_set, ad, objective,
	clicks_total(clicks) AS clicks_all, clicks_are, impressions, reach, spend
FROM ad_daily ORDER BY day, account, campaign, ad;
-- what the actions tell, and what they leave for "other"
SELECT day, ad, (clicks).link, (clicks).photo, (clicks).reaction AS react, (clicks).comment, (clicks).share,
	(clicks).page_like AS liked, (clicks).other, (clicks).outbound, (clicks).video
FROM ad_daily WHERE account = 'Tern' ORDER BY day, campaign, ad;
-- the Instant Experience, by day and by breakdown: memo all of it
SELECT ad, (clicks).link, (clicks).outbound, (clicks).ix_open, (clicks).ix_start, (clicks).ix_outbound, clicks_total(clicks) FROM ad_daily WHERE ad = 'Ad 6'
UNION ALL SELECT ad, (clicks).link, (clicks).outbound, (clicks).ix_open, (clicks).ix_start, (clicks).ix_outbound, clicks_total(clicks) FROM ad_daily_by_platform_and_device WHERE ad = 'Ad 6';
-- conversions under one of their names
SELECT day, account, ad, kind, conversions FROM ad_conversions ORDER BY day, ad, kind;
-- a week is no day, and its reach not that of its days
SELECT day, reach FROM ad_daily WHERE ad = 'Ad 2' AND day < '2026-03-09' ORDER BY day;
SELECT * FROM weekly_reach;
SELECT week, account, currency, value AS ad, clicks_all, clicks_are, link_clicks, impressions, spend, ctr, click_through_rate AS fraction, cpc, unique_clicks
FROM weekly_report WHERE slice = 'ad' ORDER BY week, account, value_id;
-- the breakdowns tell the same clicks, and stay apart
SELECT 'all' AS by, clicks_all(clicks), sum(impressions) AS impressions, sum(spend) AS spend FROM ad_daily WHERE ad = 'Ad 1' AND account = 'Tern'
UNION ALL SELECT 'country', clicks_all(clicks), sum(impressions), sum(spend) FROM ad_daily_by_country
UNION ALL SELECT 'age and gender', clicks_all(clicks), sum(impressions), sum(spend) FROM ad_daily_by_age_and_gender WHERE ad = 'Ad 1'
UNION ALL SELECT 'platform and device', clicks_all(clicks), sum(impressions), sum(spend) FROM ad_daily_by_platform_and_device WHERE ad = 'Ad 1';
SELECT 'all' AS by, (sum(clicks)).outbound FROM ad_daily WHERE ad = 'Ad 1' AND account = 'Tern'
UNION ALL SELECT 'age and gender', (sum(clicks)).outbound FROM ad_daily_by_age_and_gender
UNION ALL SELECT 'platform and device', (sum(clicks)).outbound FROM ad_daily_by_platform_and_device;
SELECT audience_segment, audience_segment = '' AS blank, clicks_total(clicks) FROM ad_daily_by_age_and_gender ORDER BY ad;
SELECT country, clicks_total(clicks) FROM ad_daily_by_country ORDER BY country;
SELECT placement, placement = '' AS blank, device, clicks_total(clicks) FROM ad_daily_by_platform_and_device ORDER BY ad;
-- currencies are kept apart, and cannot be mixed unawares
\set VERBOSITY sqlstate
SELECT cpc(spend, clicks, currency) FROM weekly_ads;
\set VERBOSITY default
-- whatever the search path of who asks, and of REFRESH
SET search_path = pg_catalog;
SELECT count(clicks) FROM examples_airbyte.ad_daily;
SET search_path = examples_airbyte, public;
-- what a deduplicated sync leaves says the same
CREATE TABLE appended AS SELECT * FROM ad_daily;
DELETE FROM ads_insights WHERE _airbyte_raw_id IN (SELECT * FROM ads_insights_superseded);
SELECT count(*) - count(DISTINCT (date_start, date_stop, ad_id)) AS repeated FROM ads_insights;
SELECT (SELECT count(*) FROM appended) AS rows, (SELECT count(*) FROM (TABLE appended EXCEPT ALL TABLE ad_daily) AS lost) AS lost,
	(SELECT count(*) FROM (TABLE ad_daily EXCEPT ALL TABLE appended) AS more) AS more;
-- the report by placement and device; a stream that is not synced is passed over
DROP VIEW ad_daily_by_age_and_gender, ad_daily_by_country, ad_daily_by_platform_and_device;
DROP TABLE ads_insights_country;
\set ECHO none
\i :breakdowns
\set ECHO all
CREATE OR REPLACE VIEW ad_daily AS SELECT * FROM ad_daily_by_platform_and_device;
REFRESH MATERIALIZED VIEW weekly_ads;
SELECT week, account, ad, device, placement, clicks_all, clicks_are FROM weekly_cells ORDER BY ad;
DROP SCHEMA examples_airbyte CASCADE;
