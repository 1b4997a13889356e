-- examples/fivetran.sql over what Fivetran leaves behind
\getenv root PG_ABS_SRCDIR
\set fixture :root '/test/sources/fivetran.sql'
\set template :root '/examples/fivetran.sql'
\set conversions :root '/examples/ad_conversions.sql'
\set weekly_report :root '/examples/weekly_report.sql'
\set check_shape :root '/test/sources/check_shape.sql'
CREATE SCHEMA examples_fivetran;
SET search_path = examples_fivetran, public;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :fixture
\i :template
\i :conversions
\i :weekly_report
\i :check_shape
\set ECHO all
-- Clicks (All) from ctr, spend not repeated by action, names from the history
SELECT day, account, currency, campaign, ad_set, ad, format, objective,
	clicks_total(clicks) AS clicks_all, clicks_are, impressions, reach, spend
FROM ad_daily ORDER BY day, account, ad;
SELECT day, ad, (clicks).link, (clicks).photo, (clicks).reaction AS react, (clicks).comment, (clicks).share,
	(clicks).page_like AS liked, (clicks).other, (clicks).video
FROM ad_daily ORDER BY day, account, ad;
-- where Clicks (All) is not known, it is said
SELECT * FROM ad_daily_link_clicks_only ORDER BY day, account, ad;
SELECT week, account, currency, value AS ad, clicks_all, clicks_are, link_clicks, impressions, spend, ctr, click_through_rate AS fraction, cpc, unique_clicks
FROM weekly_report WHERE slice = 'ad' ORDER BY week, account, value_id;
-- conversions under one of their names
SELECT day, account, ad, kind, conversions FROM ad_conversions ORDER BY day, kind;
-- a report without the column ctr
DROP VIEW ad_actions CASCADE;
ALTER TABLE basic_ad DROP COLUMN ctr;
\set ECHO none
\i :template
\i :weekly_report
\set ECHO all
SELECT DISTINCT clicks_are FROM weekly_report ORDER BY clicks_are;
SELECT day, account, ad, clicks_total(clicks), clicks_are FROM ad_daily ORDER BY day, account, ad;
SELECT count(*) FROM ad_daily_link_clicks_only;
DROP SCHEMA examples_fivetran CASCADE;
