-- examples/click_events.sql over a log of clicks
\getenv root PG_ABS_SRCDIR
\set fixture :root '/test/sources/click_events.sql'
\set template :root '/examples/click_events.sql'
\set weekly_report :root '/examples/weekly_report.sql'
CREATE SCHEMA examples_click_events;
SET search_path = examples_click_events, public, clicks;
SET datestyle = iso;
SET timezone = 'Asia/Tokyo';
SET client_min_messages = warning;
\set ECHO none
\i :template
\i :fixture
CALL load_ads('-infinity');
\i :weekly_report
\set ECHO all
SELECT day, account, currency, ad_set, ad, country, clicks_total(clicks) AS clicks_all, (clicks).link,
       (clicks).see_more,
	(clicks).cta, (clicks).video, (clicks).reaction AS react, (clicks).share, (clicks).outbound, impressions, reach,
	spend
FROM ad_daily ORDER BY day, account, ad, country;
SELECT day, account, ad, clicked_at AT TIME ZONE 'UTC' AS clicked_at_utc, user_id, click_type FROM ad_clicks
ORDER BY clicked_at, account, click_type;
SELECT week, account, currency, slice, value, clicks_all, impressions, spend, ctr, click_through_rate AS fraction,
       cpc, unique_clicks
FROM weekly_report WHERE slice IN ('ad', 'country') ORDER BY week, account, slice, value;
SELECT day, account, ad, country, kind, conversions FROM ad_conversions ORDER BY day, account, kind;
-- people are not added up: over ads, over weeks
SELECT week, sum(cardinality(clickers)) AS added_up, unique_clicks(clickers), clicks_all(clicks)
FROM weekly_ads GROUP BY ROLLUP (week) ORDER BY week;
-- the rollup gives what the events give
SELECT unique_clicks(user_id) = (SELECT unique_clicks(clickers) FROM weekly_ads) AS same_people,
	clicks_all(click_type) = (SELECT clicks_all(clicks) FROM weekly_ads) AS same_clicks
FROM ad_clicks WHERE is_counted(click_type);
-- refresh beside readers: a restatement, a new row, and a row that goes
INSERT INTO ad_delivery VALUES ('2026-03-02', 1, 'US', 'iphone', 'feed', '2026-03-20', 450, 380, 3.50);
INSERT INTO click_events VALUES (12, '2026-03-09 12:00Z', 4, 'eve', 'link', 'DE', 'iphone', 'feed'), (13, '2026-04-01 12:00Z', 4, 'eve', 'link', 'DE', 'iphone', 'feed');
DELETE FROM click_events WHERE ad_id = 3;
CALL load_ads('2026-03-01');
REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads;
SELECT week, account, value AS ad, clicks_all, impressions, spend, unique_clicks FROM weekly_report WHERE slice = 'ad'
ORDER BY week, account, value;
-- names that do not fit into an index page
INSERT INTO ads VALUES (5, 'Tern', (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 200) AS i), 'Women', 'Ad 5');
INSERT INTO click_events VALUES (14, '2026-04-01 12:00Z', 5, 'eve', 'link');
CALL load_ads('2026-04-01');
REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads;
SELECT length(campaign), clicks_all FROM weekly_cells WHERE ad = 'Ad 5';
-- what a BI tool reads says what it is
SELECT c.relname, count(*) AS columns, count(col_description(c.oid, attnum)) AS described,
       obj_description(c.oid) IS NOT NULL AS itself
FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0
WHERE c.relname IN ('weekly_ads', 'weekly_report', 'daily_cells', 'weekly_cells', 'weekly_outlook', 'ad_names') AND relnamespace = 'examples_click_events'::regnamespace GROUP BY c.oid, c.relname ORDER BY 1;
DROP SCHEMA examples_click_events CASCADE;
