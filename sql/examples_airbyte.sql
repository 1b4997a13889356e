-- examples/airbyte.sql over what Airbyte leaves behind
\getenv root PG_ABS_SRCDIR
\set fixture :root '/test/sources/airbyte.sql'
\set template :root '/examples/airbyte.sql'
\set breakdowns :root '/examples/airbyte_breakdowns.sql'
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
\i :weekly_report
\i :check_shape
\set ECHO all
-- the latest restatement of each key
SELECT day, account, currency, campaign, ad_set, ad, objective,
	clicks_total(clicks) AS clicks_all, impressions, reach, spend
FROM ad_daily ORDER BY day, account, campaign, ad;
-- what the actions tell, and what they leave for "other"
SELECT day, ad, (clicks).link, (clicks).photo, (clicks).reaction AS react, (clicks).comment, (clicks).share,
	(clicks).page_like AS liked, (clicks).other, (clicks).outbound, (clicks).video
FROM ad_daily WHERE account = 'Tern' ORDER BY day, campaign, ad;
SELECT week, account, currency, campaign, ad, clicks_all, impressions, spend, round(ctr, 4) AS ctr,
	round(click_through_rate, 6) AS fraction, round(cpc, 4) AS cpc, unique_clicks
FROM weekly_report ORDER BY week, account, campaign, ad;
-- the breakdowns tell the same clicks, and stay apart
SELECT 'all' AS by, clicks_all(clicks), sum(impressions) AS impressions, sum(spend) AS spend FROM ad_daily WHERE ad = 'Ad 1' AND account = 'Tern'
UNION ALL SELECT 'country', clicks_all(clicks), sum(impressions), sum(spend) FROM ad_daily_by_country
UNION ALL SELECT 'age and gender', clicks_all(clicks), sum(impressions), sum(spend) FROM ad_daily_by_age_and_gender WHERE ad = 'Ad 1'
UNION ALL SELECT 'platform and device', clicks_all(clicks), sum(impressions), sum(spend) FROM ad_daily_by_platform_and_device WHERE ad = 'Ad 1';
SELECT audience_segment, audience_segment = '' AS blank, clicks_total(clicks) FROM ad_daily_by_age_and_gender ORDER BY ad;
SELECT country, clicks_total(clicks) FROM ad_daily_by_country ORDER BY country;
SELECT placement, placement = '' AS blank, device, clicks_total(clicks) FROM ad_daily_by_platform_and_device ORDER BY ad;
-- currencies are kept apart, and cannot be mixed unawares
\set VERBOSITY sqlstate
SELECT cpc(spend, clicks, currency) FROM weekly_ads;
\set VERBOSITY default
DROP SCHEMA examples_airbyte CASCADE;
