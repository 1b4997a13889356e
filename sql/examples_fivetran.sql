-- examples/fivetran.sql over what Fivetran leaves behind
\getenv root PG_ABS_SRCDIR
\set fixture :root '/test/sources/fivetran.sql'
\set seeds :root '/test/sources/fivetran_seeds.sql'
\set template :root '/examples/fivetran.sql'
CREATE SCHEMA examples_fivetran;
SET search_path = examples_fivetran, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :fixture
\i :template
\set ECHO all
SELECT source, relation FROM ad_sources ORDER BY source COLLATE "C";
CALL load_ads('-infinity');
-- Clicks (All) from ctr, spend not repeated by action, names from the history
SELECT day, account, currency, campaign_id, campaign, ad_set_id, ad_set, ad_id, ad, format, objective FROM ad_daily
ORDER BY day, account, ad;
SELECT day, ad, clicks_total(clicks) AS clicks_all, clicks_are, impressions, reach, spend FROM ad_daily
ORDER BY day, account, ad;
SELECT day, ad, (clicks).link, (clicks).photo, (clicks).reaction AS react, (clicks).comment, (clicks).share,
	(clicks).page_like AS liked, (clicks).other, (clicks).video, purchases, leads, purchase_value AS worth
FROM ad_daily ORDER BY day, account, ad;
-- the reports with a breakdown
SELECT breakdown, day, level, account, currency, country, audience_segment, device, placement, clicks_total(clicks),
       clicks_are, impressions, spend, purchases, leads
FROM ad_breakdowns ORDER BY breakdown COLLATE "C", day, country, audience_segment, placement;
-- a report without the column ctr
ALTER TABLE basic_ad DROP COLUMN ctr;
CALL load_ads('-infinity', 'fivetran');
SELECT day, account, ad, clicks_total(clicks), clicks_are FROM ad_daily ORDER BY day, account, ad;
-- the seeds of the dbt package: no _fivetran_id, no names, no currency, ids of other types, NULL updated_time
\set ECHO none
\i :seeds
\set ECHO all
CALL load_ads('-infinity', 'seeds');
SELECT day, account, currency, campaign, ad_set, ad, format, clicks_total(clicks), clicks_are, impressions, spend,
       purchases, leads, purchase_value AS worth
FROM ad_daily WHERE source = 'seeds' ORDER BY day, ad_id;
DROP SCHEMA examples_fivetran CASCADE;
