-- examples/dlt.sql over what dlt leaves behind
\getenv root PG_ABS_SRCDIR
\set fixture :root '/test/sources/dlt.sql'
\set template :root '/examples/dlt.sql'
CREATE SCHEMA examples_dlt;
SET search_path = examples_dlt, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :fixture
\set stream facebook_ads_data.facebook_insights
\i :template
\set ECHO all
SELECT source, relation FROM ad_sources ORDER BY source COLLATE "C";
CALL load_ads('-infinity');
SELECT day, level, account_id, campaign_id, ad_set_id, ad_id, ad, clicks_total(clicks) AS clicks_all, clicks_are,
       impressions, reach, reported_unique_clicks AS people, spend
FROM ad_daily ORDER BY day, ad_id;
SELECT day, ad_id, (clicks).link, (clicks).reaction, (clicks).other, purchases, leads, purchase_value AS worth,
       landing_page_views AS landed FROM ad_daily ORDER BY day, ad_id;
SELECT first_day, last_day, ad_id, clicks_total(clicks), reach FROM ad_periods;
SELECT breakdown, day, ad_id, country, clicks_total(clicks) FROM ad_breakdowns ORDER BY country;
-- levels above the ad: what dlt writes for the ids that there are not is no id
INSERT INTO ad_sources (source, loader, relation) VALUES ('campaigns', 'load_dlt', 'facebook_ads_data.campaign_insights');
CALL load_ads('-infinity', 'campaigns');
SELECT day, level, campaign_id, ad_set_id, ad_id, clicks_total(clicks), clicks_are FROM ad_daily
WHERE source = 'campaigns' ORDER BY campaign_id;
DROP SCHEMA examples_dlt, facebook_ads_data CASCADE;
