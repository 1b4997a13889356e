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
-- * Ids never change, names do: all rows of an id get the newest name.
-- * Rows of a file for the same day and slices are added up.  What cannot be,
--   reach and unique clicks as reported, is then NULL.
-- * The source is 'csv'.  For files of several platforms say which each is from:
--   psql -v source=google

\ir search_path.sql

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
		RAISE EXCEPTION 'the export has rows without a day: %', dayless
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

-- What an export tells of: the finest of ad, ad set, campaign and account, by day.
CREATE TEMPORARY VIEW export_units AS
	SELECT DISTINCT coalesce(day, first_day) AS first_day, coalesce(day, last_day) AS last_day,
		ROW(coalesce(account_id, account), coalesce(campaign_id, campaign),
			coalesce(ad_set_id, ad_set), coalesce(ad_id, ad))::text AS unit
	FROM export_rows;

DELETE FROM ad_daily AS rows USING export_units AS units
	WHERE rows.source = :'source' AND rows.day = units.first_day AND rows.day = units.last_day
		AND ROW(coalesce(rows.account_id, rows.account), coalesce(rows.campaign_id, rows.campaign),
			coalesce(rows.ad_set_id, rows.ad_set), coalesce(rows.ad_id, rows.ad))::text = units.unit;

DELETE FROM ad_periods AS rows USING export_units AS units
	WHERE rows.source = :'source' AND rows.first_day = units.first_day
		AND rows.last_day = units.last_day
		AND ROW(coalesce(rows.account_id, rows.account), coalesce(rows.campaign_id, rows.campaign),
			coalesce(rows.ad_set_id, rows.ad_set), coalesce(rows.ad_id, rows.ad))::text = units.unit;

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

-- The newest name of each id that the export has, for the older rows of that id.
SELECT format($$
	UPDATE %1$I AS rows SET %2$I = newest.name
		FROM (SELECT DISTINCT ON (%3$I) %3$I AS id, %2$I AS name FROM %1$I
			WHERE source = %4$L AND %3$I IN (SELECT %3$I FROM export_rows)
			ORDER BY %3$I, %5$I DESC, loaded_at DESC, %2$I) AS newest
		WHERE source = %4$L AND %3$I = newest.id AND %2$I <> newest.name$$,
	target, name, name || '_id', :'source', newest_by)
FROM (VALUES ('ad_daily', 'day'), ('ad_periods', 'last_day')) AS targets(target, newest_by),
	unnest(ARRAY['account', 'campaign', 'ad_set', 'ad']) AS name \gexec

SELECT count(*) AS "rows loaded", min(coalesce(day, first_day)) AS "first day",
	max(coalesce(day, last_day)) AS "last day"
FROM export_rows;

COMMIT;
