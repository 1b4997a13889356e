-- export_cells.sql
--	demo.sh FILE: from the rows that ../../tools/read_export.py prints, on the
--	standard input, to the table export_cells: everything that adds up, by slices
--	and week of the days, or period of the rows as the file has it; and to story_days.

BEGIN;
\ir ../export_rows.sql

CREATE TABLE export_cells AS
	SELECT coalesce(report_week(day), first_day) AS first_day,
		coalesce(report_week(day) + 6, last_day) AS last_day,
		account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
		ad_id, ad, format, objective, audience_segment, country, device, placement,
		sum(typed_clicks) AS clicks, max(clicks_are) AS clicks_are,
		sum(impressions) AS impressions, sum(spend) AS spend,
		sum(clicks) FILTER (WHERE spend IS NOT NULL) AS clicks_with_spend,
		sum(landing_page_views) AS landing_page_views, sum(purchases) AS purchases,
		sum(leads) AS leads, sum(purchase_value) AS purchase_value,
		-- people: at least as many as the most that a row has, at most all added up
		max(reported_unique_clicks) AS unique_clicks_at_least,
		CASE WHEN bool_and(reported_unique_clicks IS NOT NULL OR coalesce(clicks, 0) = 0)
			THEN coalesce(sum(reported_unique_clicks), 0) END AS unique_clicks_at_most,
		max(reach) AS reach_at_least,
		CASE WHEN bool_and(reach IS NOT NULL OR coalesce(impressions, 0) = 0)
			THEN coalesce(sum(reach), 0) END AS reach_at_most,
		count(*) AS rows, count(spend) AS rows_with_spend,
		min(coalesce(day, first_day)) AS first_row_day, max(coalesce(day, last_day)) AS last_row_day,
		bool_or(day IS NOT NULL) AS has_days
	FROM export_clicks
	GROUP BY coalesce(report_week(day), first_day), coalesce(report_week(day) + 6, last_day),
		account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
		ad_id, ad, format, objective, audience_segment, country, device, placement;

CREATE TABLE story_days AS
	SELECT coalesce(day, first_day) AS day, coalesce(day, last_day) AS last_day, currency,
		typed_clicks AS clicks, clicks_are, impressions, spend
	FROM export_clicks;
COMMIT;

ANALYZE export_cells;
