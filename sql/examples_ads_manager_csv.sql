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
SELECT week, currency, ad, country, clicks_all, impressions, spend, round(ctr, 4) AS ctr,
	round(click_through_rate, 6) AS fraction, round(cpc, 4) AS cpc, unique_clicks
FROM weekly_report ORDER BY week, impressions;
-- refused: a number with a separator, a row of several days, the same row
-- twice, another currency than said, none said; and nothing of it is loaded
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=EUR -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_thousands.csv 2>&1 | sed 's/^psql:[^ ]* //'
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=EUR -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_weekly.csv 2>&1 | sed 's/^psql:[^ ]* //; /^CONTEXT/d; /^DETAIL/d'
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=EUR -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_twice.csv 2>&1 | sed 's/^psql:[^ ]* //; /^DETAIL/d'
\! cd "$PG_ABS_SRCDIR" && psql -X -q -v currency=USD -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_march.csv 2>&1 | sed 's/^psql:[^ ]* //; /^CONTEXT/d'
\! cd "$PG_ABS_SRCDIR" && { psql -X -q -f examples/ads_manager_csv_load.sql <test/sources/ads_manager_march.csv 2>&1; echo "status $?"; } | sed 's/^psql:[^ ]* //; /^CONTEXT/d'
SELECT count(*), count(DISTINCT loaded_at) AS loads FROM ads_manager_rows;
DROP SCHEMA examples_ads_manager_csv CASCADE;
