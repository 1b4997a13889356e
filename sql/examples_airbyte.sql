-- examples/airbyte.sql over what Airbyte leaves behind
\getenv root PG_ABS_SRCDIR
\set fixture :root '/test/sources/airbyte.sql'
\set template :root '/examples/airbyte.sql'
\set weekly_report :root '/examples/weekly_report.sql'
CREATE SCHEMA examples_airbyte;
SET search_path = examples_airbyte, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :fixture
\i :template
\set ECHO all
SELECT source, relation, breakdown FROM ad_sources ORDER BY source COLLATE "C";
CALL load_ads('-infinity', 'airbyte');
-- the latest restatement of each key
SELECT day, level, account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set, ad_id, ad, objective
FROM ad_daily ORDER BY day, ad_id;
SELECT day, ad, clicks_total(clicks) AS clicks_all, clicks_are, impressions, reach, reported_unique_clicks AS people,
       spend FROM ad_daily ORDER BY day, ad_id;
-- what the actions tell, and what they leave for "other"
SELECT day, ad, (clicks).link, (clicks).photo, (clicks).reaction AS react, (clicks).comment, (clicks).share,
	(clicks).page_like AS liked, (clicks).other, (clicks).outbound, (clicks).video, landing_page_views AS landed,
	purchases, leads, purchase_value AS worth
FROM ad_daily WHERE account = 'Tern' ORDER BY day, ad_id;
-- a week is no day, and its reach not that of its days
SELECT day, reach FROM ad_daily WHERE ad = 'Ad 2' AND day < '2026-03-09' ORDER BY day;
SELECT first_day, last_day, ad, clicks_total(clicks), reach FROM ad_periods;
-- the breakdowns tell the same clicks, and stay apart
CALL load_ads('-infinity');
SELECT 'all' AS by, clicks_all(clicks), sum(impressions) AS impressions, sum(spend) AS spend, (sum(clicks)).outbound
FROM ad_daily WHERE ad = 'Ad 1' AND account = 'Tern'
UNION ALL SELECT breakdown, clicks_all(clicks), sum(impressions), sum(spend), (sum(clicks)).outbound
FROM ad_breakdowns WHERE ad = 'Ad 1' AND account = 'Tern' GROUP BY breakdown;
-- the Instant Experience is memo; a segment that is not known has no name
SELECT breakdown, ad, country, audience_segment, placement, device, (clicks).link, (clicks).ix_open,
       (clicks).ix_start, (clicks).ix_outbound AS ix_out, clicks_total(clicks)
FROM ad_breakdowns WHERE ad <> 'Ad 1' OR country IS NOT NULL ORDER BY breakdown COLLATE "C", ad, country;
-- currencies are kept apart, and cannot be mixed unawares
\set ECHO none
\i :weekly_report
\set ECHO all
\set VERBOSITY sqlstate
SELECT cpc(spend, clicks, currency) FROM weekly_ads;
\set VERBOSITY default
SELECT week, account, currency, campaign, ad, clicks_total(clicks), clicks_are, impressions, spend,
	unique_clicks_at_least AS at_least, unique_clicks_at_most AS at_most FROM weekly_ads ORDER BY week, ad_id;
-- whatever the search path of who asks
SET search_path = pg_catalog;
CALL examples_airbyte.load_ads('-infinity');
SET search_path = examples_airbyte, public, clicks;
-- what a deduplicated sync leaves says the same
CREATE TABLE appended AS SELECT * FROM ad_daily;
DELETE FROM ads_insights WHERE _airbyte_raw_id IN (SELECT * FROM ads_insights_superseded);
SELECT count(*) - count(DISTINCT (date_start, date_stop, ad_id)) AS repeated FROM ads_insights;
CALL load_ads('-infinity', 'airbyte');
SELECT (SELECT count(*) FROM appended) AS rows,
       (SELECT count(*) FROM (TABLE appended EXCEPT ALL TABLE ad_daily) AS lost) AS lost,
	(SELECT count(*) FROM (TABLE ad_daily EXCEPT ALL TABLE appended) AS more) AS more;
-- the report by placement and device instead; a stream that is synced no more
DROP TABLE ads_insights_country;
\set ECHO none
\set stream ads_insights_platform_and_device
\i :template
\set ECHO all
CALL load_ads('-infinity');
SELECT ad, device, placement, clicks_total(clicks), clicks_are FROM ad_daily ORDER BY ad;
-- columns that are not selected; only levels above the ad; what Airbyte could not write
DROP TABLE ads_insights;
CREATE TABLE ads_insights (_airbyte_raw_id varchar, _airbyte_extracted_at timestamptz, _airbyte_meta jsonb,
                           _airbyte_generation_id bigint,
	account_id varchar, account_currency varchar, campaign_id varchar, campaign_name varchar, date_start date,
	date_stop date,
	clicks bigint, unique_clicks bigint, impressions bigint, spend numeric(38,9));
INSERT INTO ads_insights VALUES
	('1', '2026-03-05 04:00Z', '{"changes": []}', 0, '17', 'USD', '1', 'Spring', '2026-03-02', '2026-03-02', 100, 80, 5000, 40),
	('2', '2026-03-05 04:00Z', '{"changes": []}', 0, '17', 'USD', '2', 'Spring', '2026-03-02', '2026-03-02', 50, 45, 3000, 20),
	('3', '2026-03-05 04:00Z', '{"changes": [{"field": "clicks", "change": "NULLED", "reason": "DESTINATION_SERIALIZATION_ERROR"}]}', 0, '17', 'USD', '3', 'Winter', '2026-03-02', '2026-03-02', NULL, NULL, 1000, 10),
	('4', '2026-03-06 04:00Z', '{"changes": []}', 0, '17', 'USD', '1', 'Spring sale', '2026-03-03', '2026-03-03', 7, 6, 500, 4);
\set ECHO none
\set stream ads_insights
\i :template
\set ECHO all
CALL load_ads('-infinity', 'airbyte');
SELECT day, level, campaign_id, campaign, ad_set_id, ad, clicks_total(clicks), clicks_are, reported_unique_clicks,
       purchases FROM ad_daily ORDER BY day, campaign_id;
ALTER TABLE ads_insights DROP COLUMN campaign_id, DROP COLUMN campaign_name, DROP COLUMN unique_clicks,
	DROP COLUMN account_currency;
DELETE FROM ads_insights WHERE _airbyte_raw_id IN ('2', '3');
CALL load_ads('-infinity', 'airbyte');
SELECT day, level, account, currency, campaign, clicks_total(clicks), spend FROM ad_daily ORDER BY day;
-- hours add up to days, people and reach do not
CREATE TABLE ads_insights_hourly (LIKE ads_insights, ad_id varchar, reach bigint,
                                  hourly_stats_aggregated_by_advertiser_time_zone varchar);
INSERT INTO ads_insights_hourly SELECT ads_insights.*, '31', 0, hour
	FROM ads_insights, unnest(ARRAY['00:00:00 - 00:59:59', '01:00:00 - 01:59:59']) AS hour WHERE _airbyte_raw_id = '1';
INSERT INTO ads_insights_hourly SELECT '9', '2026-03-07', _airbyte_meta, 0, account_id, date_start, date_stop, 60,
	3000, 12, ad_id, reach, hourly_stats_aggregated_by_advertiser_time_zone
	FROM ads_insights_hourly WHERE hourly_stats_aggregated_by_advertiser_time_zone LIKE '01%';
\set ECHO none
\set stream ads_insights_hourly
\set source hours
\i :template
\set ECHO all
CALL load_ads('-infinity', 'hours');
SELECT source, day, ad, clicks_total(clicks), impressions, reach, spend FROM ad_daily WHERE source = 'hours';
DROP SCHEMA examples_airbyte CASCADE;
