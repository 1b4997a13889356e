-- examples/singer.sql over what tap-facebook leaves behind
\getenv root PG_ABS_SRCDIR
\set fixture :root '/test/sources/singer.sql'
\set template :root '/examples/singer.sql'
\set conversions :root '/examples/ad_conversions.sql'
\set weekly_report :root '/examples/weekly_report.sql'
\set check_shape :root '/test/sources/check_shape.sql'
CREATE SCHEMA examples_singer;
SET search_path = examples_singer, public;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :fixture
\i :template
\i :conversions
\i :weekly_report
\i :check_shape
\set ECHO all
SELECT day, account, currency, campaign, ad_set, ad, clicks_total(clicks) AS clicks_all, clicks_are, (clicks).link,
	(clicks).comment, (clicks).other, impressions, reach, spend
FROM ad_daily ORDER BY day, ad;
SELECT week, account, currency, value AS ad, clicks_all, clicks_are, link_clicks, impressions, spend, ctr, click_through_rate AS fraction, cpc, unique_clicks
FROM weekly_report WHERE slice = 'ad' ORDER BY week, value_id;
SELECT day, account, ad, kind, conversions FROM ad_conversions ORDER BY day, kind;
-- the day does not depend on the session's time zone, nor on the target's type
DROP VIEW ad_actions CASCADE;
SET timezone = 'UTC';
ALTER TABLE ads_insights ALTER date_start TYPE timestamptz, ALTER date_stop TYPE timestamptz, ADD COLUMN account_currency text DEFAULT 'EUR';
\set ECHO none
\i :template
\set ECHO all
SET timezone = 'America/Los_Angeles';
SELECT day, ad, currency FROM ad_daily ORDER BY day, ad;
SET timezone = 'Asia/Tokyo';
SELECT day, ad, currency FROM ad_daily ORDER BY day, ad;
DROP SCHEMA examples_singer CASCADE;
