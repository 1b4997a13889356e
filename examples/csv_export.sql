-- csv_export.sql
--	Loads a report that an ad platform exported, as CSV or .xlsx, into the tables
--	of ad_tables.sql.  tools/read_export.py reads it, whatever its dialect:
--
--		tools/read_export.py export.csv | psql -d mydb -f examples/csv_export.sql
--
-- and then weekly_report.sql, once, and for every further export
--
--		REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads;
--
-- * Exports overlap, with other numbers for the same day.  For each day and ad, or
--   the finest thing that the file tells apart, the export that came last counts
--   as a whole, with all its rows and nothing of the earlier ones; so it does not
--   matter either if one had a breakdown and the other none.
-- * Days go into ad_daily, weeks, months and longer periods into ad_periods.
--   Rows without either are refused: say read_export.py --period.
-- * Rows of a file for the same day and slices are added up.  What cannot be,
--   reach and unique clicks as reported, is then NULL.
-- * The source is 'csv'.  For files of several platforms say which each is from:
--   psql -v source=google

\set ON_ERROR_STOP on
\if :{?source}
\else
	\set source csv
\endif
\ir ad_tables.sql

BEGIN;

\ir export_rows.sql

DO $$
DECLARE
	dayless bigint;
BEGIN
	SELECT count(*) INTO dayless FROM export_rows WHERE coalesce(day, first_day) IS NULL;
	IF dayless > 0 THEN
		RAISE EXCEPTION '% rows of the export have no day', dayless
			USING HINT = 'Export them by day, or say what they cover: read_export.py --period 2026-03-01..2026-03-31.';
	END IF;
END
$$;

CREATE TEMPORARY VIEW export_sums AS
	SELECT coalesce(day, first_day) AS first_day, coalesce(day, last_day) AS last_day,
		level, account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
		ad_id, ad, format, objective, audience_segment, country, device, placement,
		sum(typed_clicks) AS clicks, max(clicks_are) AS clicks_are,
		sum(impressions)::bigint AS impressions,
		CASE WHEN count(*) = 1 THEN max(reach) END AS reach,
		CASE WHEN count(*) = 1 THEN max(reported_unique_clicks) END AS reported_unique_clicks,
		sum(landing_page_views)::bigint AS landing_page_views,
		sum(purchases) AS purchases, sum(leads) AS leads,
		sum(purchase_value) AS purchase_value, sum(spend) AS spend
	FROM export_clicks
	GROUP BY coalesce(day, first_day), coalesce(day, last_day),
		level, account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
		ad_id, ad, format, objective, audience_segment, country, device, placement;

-- What an export tells of: the finest of ad, ad set, campaign and account.
CREATE TEMPORARY VIEW export_units AS
	SELECT DISTINCT coalesce(day, first_day) AS first_day, coalesce(day, last_day) AS last_day,
		coalesce(account_id, account) AS account, coalesce(campaign_id, campaign) AS campaign,
		coalesce(ad_set_id, ad_set) AS ad_set, coalesce(ad_id, ad) AS ad
	FROM export_rows;

DELETE FROM ad_daily USING export_units AS units
	WHERE source = :'source' AND day = units.first_day AND day = units.last_day
		AND (coalesce(ad_daily.account_id, ad_daily.account),
				coalesce(ad_daily.campaign_id, ad_daily.campaign),
				coalesce(ad_daily.ad_set_id, ad_daily.ad_set),
				coalesce(ad_daily.ad_id, ad_daily.ad))
			IS NOT DISTINCT FROM (units.account, units.campaign, units.ad_set, units.ad);

DELETE FROM ad_periods USING export_units AS units
	WHERE source = :'source' AND ad_periods.first_day = units.first_day
		AND ad_periods.last_day = units.last_day
		AND (coalesce(ad_periods.account_id, ad_periods.account),
				coalesce(ad_periods.campaign_id, ad_periods.campaign),
				coalesce(ad_periods.ad_set_id, ad_periods.ad_set),
				coalesce(ad_periods.ad_id, ad_periods.ad))
			IS NOT DISTINCT FROM (units.account, units.campaign, units.ad_set, units.ad);

INSERT INTO ad_daily (source, day, level, account_id, account, currency, campaign_id,
		campaign, ad_set_id, ad_set, ad_id, ad, format, objective, audience_segment,
		country, device, placement, clicks, clicks_are, impressions, reach,
		reported_unique_clicks, landing_page_views, purchases, leads, purchase_value, spend)
	SELECT :'source', first_day, level, account_id, account, currency, campaign_id,
		campaign, ad_set_id, ad_set, ad_id, ad, format, objective, audience_segment,
		country, device, placement, clicks, clicks_are, impressions, reach,
		reported_unique_clicks, landing_page_views, purchases, leads, purchase_value, spend
	FROM export_sums
	WHERE first_day = last_day;

INSERT INTO ad_periods (source, first_day, last_day, level, account_id, account, currency,
		campaign_id, campaign, ad_set_id, ad_set, ad_id, ad, format, objective,
		audience_segment, country, device, placement, clicks, clicks_are, impressions,
		reach, reported_unique_clicks, landing_page_views, purchases, leads,
		purchase_value, spend)
	SELECT :'source', first_day, last_day, level, account_id, account, currency,
		campaign_id, campaign, ad_set_id, ad_set, ad_id, ad, format, objective,
		audience_segment, country, device, placement, clicks, clicks_are, impressions,
		reach, reported_unique_clicks, landing_page_views, purchases, leads,
		purchase_value, spend
	FROM export_sums
	WHERE first_day < last_day;

SELECT count(*) AS "rows loaded", min(coalesce(day, first_day)) AS "first day",
	max(coalesce(day, last_day)) AS "last day"
FROM export_rows;

COMMIT;
