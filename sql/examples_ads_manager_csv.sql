-- examples/ads_manager_csv.sql over exports of Ads Manager
\getenv root PG_ABS_SRCDIR
\set template :root '/examples/ads_manager_csv.sql'
\set weekly_report :root '/examples/weekly_report.sql'
\set check_shape :root '/test/sources/check_shape.sql'
CREATE SCHEMA examples_ads_manager_csv;
SET search_path = examples_ads_manager_csv, public;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :template
\i :weekly_report
\i :check_shape
\set ECHO all
-- load as its head says
\setenv PGDATABASE :DBNAME
\setenv PGOPTIONS '-c search_path=examples_ads_manager_csv,public -c datestyle=iso'
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=EUR -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_march.csv
SELECT day, account, currency, campaign, ad_set, ad, objective, country, clicks_total(clicks) AS clicks_all,
	(clicks).link, (clicks).reaction AS react, (clicks).comment, (clicks).share, (clicks).other, impressions, reach, spend
FROM ad_daily ORDER BY day, impressions DESC;
-- a later export: other numbers, now by country, with the total beside
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=EUR -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_restated.csv
SELECT day, ad, country, clicks_total(clicks) AS clicks_all, impressions, spend FROM ad_daily ORDER BY day, impressions DESC;
REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads;
SELECT week, currency, value AS ad, clicks_all, impressions, spend, ctr, click_through_rate AS fraction, cpc, unique_clicks
FROM weekly_report WHERE slice = 'ad' ORDER BY week, impressions;
-- refused: a number with a separator, a row of several days, the same row
-- twice, another currency than said, none said; and nothing of it is loaded
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=EUR -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_thousands.csv 2>&1 | sed 's/^psql:[^ ]* //'
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=EUR -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_weekly.csv 2>&1 | sed 's/^psql:[^ ]* //; /^CONTEXT/d; /^DETAIL/d'
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=EUR -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_twice.csv 2>&1 | sed 's/^psql:[^ ]* //; /^DETAIL/d'
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=USD -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_march.csv 2>&1 | sed 's/^psql:[^ ]* //; /^CONTEXT/d'
\! cd "$PG_ABS_SRCDIR" && { psql -X -q -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_march.csv 2>&1; echo "status $?"; } | sed 's/^psql:[^ ]* //; /^CONTEXT/d'
SELECT count(*), count(DISTINCT loaded_at) AS loads FROM ads_manager_rows;
-- two breakdowns: the total and the subtotal of a country do not count beside the rows they add up, 200 and more where right is 100;
-- what is not known is a row as others are, and another ad has no breakdown
INSERT INTO ads_manager_rows (day, currency, ad, ad_id, country, device, impressions, clicks_all, spend) VALUES
	('2026-04-01', 'EUR', 'Ad 7', '7', NULL, NULL, 5000, 100, 50), ('2026-04-01', 'EUR', 'Ad 7', '7', 'DE', NULL, 5000, 100, 50),
	('2026-04-01', 'EUR', 'Ad 7', '7', 'DE', 'iphone', 3000, 60, 30), ('2026-04-01', 'EUR', 'Ad 7', '7', 'DE', 'desktop', 1900, 39, 19),
	('2026-04-01', 'EUR', 'Ad 7', '7', 'unknown', 'Uncategorized', 100, 1, 1), ('2026-04-01', 'EUR', 'Ad 8', '8', NULL, NULL, 700, 8, 7);
SELECT ad, country, device, clicks_total(clicks), impressions, sum(clicks_total(clicks)) OVER (PARTITION BY ad) AS of_ad
FROM ad_daily WHERE day = '2026-04-01' ORDER BY ad, impressions DESC;
DROP SCHEMA examples_ads_manager_csv CASCADE;
