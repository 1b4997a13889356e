-- examples/singer.sql over what tap-facebook leaves behind
\getenv root PG_ABS_SRCDIR
\set fixture :root '/test/sources/singer.sql'
\set shapes :root '/test/sources/singer_shapes.sql'
\set template :root '/examples/singer.sql'
CREATE SCHEMA examples_singer;
SET search_path = examples_singer, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :fixture
\i :template
\set ECHO all
CALL load_ads('-infinity');
SELECT day, account, currency, campaign, ad_set, ad, clicks_total(clicks) AS clicks_all, clicks_are, (clicks).link,
	(clicks).comment, (clicks).other, impressions, reach, spend, purchases, leads
FROM ad_daily ORDER BY day, ad;
SELECT first_day, last_day, ad, clicks_total(clicks), reach FROM ad_periods;
SELECT source, breakdown, day, ad, country, clicks_total(clicks) FROM ad_breakdowns ORDER BY day;
-- the day does not depend on the session's time zone, nor on the target's type
CREATE TABLE as_timestamps AS SELECT day, ad, clicks, spend FROM ad_daily;
SET timezone = 'UTC';
ALTER TABLE ads_insights ALTER date_start TYPE timestamptz, ALTER date_stop TYPE timestamptz,
	ADD COLUMN account_currency text DEFAULT 'EUR';
SET timezone = 'America/Los_Angeles';
CALL load_ads('-infinity');
SET timezone = 'Asia/Tokyo';
CALL load_ads('-infinity');
SELECT (SELECT count(*) FROM as_timestamps) AS rows,
       (SELECT count(*) FROM (TABLE as_timestamps EXCEPT ALL SELECT day, ad, clicks, spend
                              FROM ad_daily) AS lost) AS lost,
	(SELECT string_agg(DISTINCT currency, ' ') FROM ad_daily) AS currencies;
-- the same report by each target: jsonb[], child tables, double precision, JSON text, numeric, all text
\set ECHO none
\i :shapes
\set ECHO all
SELECT source, day, clicks_total(clicks), (clicks).link, (clicks).reaction, (clicks).other, (clicks).outbound,
       impressions, reach, reported_unique_clicks AS people, purchases, purchase_value AS worth, spend, currency
FROM ad_daily WHERE source <> 'singer' ORDER BY source, day;
DROP SCHEMA examples_singer, shape_numeric, shape_double, shape_text, shape_arrays, shape_json_text,
shape_children CASCADE;
