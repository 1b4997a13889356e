-- cells_of_weeks.sql
--	The weekly cells of ad_daily and ad_clicks, computed: what weekly_ads stores, be
--	it the materialized view of weekly_report.sql or the table of
--	incremental_rollup.sql.
--
-- Every number of a cell comes from one place: clicks, impressions, spend and
-- conversions from ad_daily, the set of clickers from ad_clicks.  Reach is left
-- out, since the people reached on two days are not the sum of both days.
--
-- Weeks start on Monday; for Sunday write report_week(day, 'sunday').

\ir search_path.sql

-- What depends on weekly_ads is made again by the file that includes this one.
DROP VIEW IF EXISTS weekly_outlook, weekly_change, weekly_report, stale_weeks,
	ad_weeks, ad_names, weekly_cells, daily_cells;

CREATE OR REPLACE FUNCTION cells_of_weeks(first_week date, last_week date)
	RETURNS TABLE (week date,
		account_id text, account text, currency text, campaign_id text, campaign text,
		ad_set_id text, ad_set text, ad_id text, ad text, format text, objective text,
		audience_segment text, country text, device text, placement text,
		clicks click_counts, clicks_are text, impressions bigint, spend numeric,
		landing_page_views bigint, purchases numeric, leads numeric,
		purchase_value numeric, unique_clicks_at_least bigint,
		unique_clicks_at_most bigint, weekdays integer, clickers clicker_set,
		row_key bytea, logged_clicks bigint)
	LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT report_week(day) AS week,
		account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
		ad_id, ad, format, objective, audience_segment, country, device, placement,
		sum(clicks) AS clicks,
		CASE WHEN min(clicks_are) < max(clicks_are) THEN 'mixed'
			ELSE min(clicks_are) END AS clicks_are,
		sum(impressions)::bigint AS impressions,
		sum(spend) AS spend,
		sum(landing_page_views)::bigint AS landing_page_views,
		sum(purchases) AS purchases,
		sum(leads) AS leads,
		sum(purchase_value) AS purchase_value,
		max(reported_unique_clicks) AS unique_clicks_at_least,
		-- a day with clicks of people not reported may have had any number of them
		CASE WHEN bool_and(reported_unique_clicks IS NOT NULL OR clicks_total(clicks) = 0)
				FILTER (WHERE is_day) THEN sum(reported_unique_clicks)::bigint
			END AS unique_clicks_at_most,
		-- a day with impressions of which no clicks are told is missing, not one without
		bit_or(1 << (extract(isodow FROM day)::integer - 1))
			FILTER (WHERE is_day AND (clicks IS NULL AND impressions > 0) IS NOT TRUE)
			AS weekdays,
		clicker_set_agg(user_id) AS clickers,
		-- the week as a number, which reads the same whatever the DateStyle
		sha256(convert_to(ROW(report_week(day) - date '2000-01-03',
			account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
			ad_id, ad, format, objective, audience_segment, country, device, placement
			)::text, 'UTF8')) AS row_key,
		nullif(count(user_id), 0) AS logged_clicks
	FROM (
		SELECT day,
			account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
			ad_id, ad, format, objective, audience_segment, country, device, placement,
			clicks, clicks_are, impressions, spend, landing_page_views, purchases,
			leads, purchase_value, reported_unique_clicks, true AS is_day,
			NULL AS user_id
		FROM ad_daily
		WHERE day BETWEEN first_week AND last_week + 6
		UNION ALL
		SELECT day,
			account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
			ad_id, ad, format, objective, audience_segment, country, device, placement,
			NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, user_id
		FROM ad_clicks
		WHERE is_counted(click_type) AND day BETWEEN first_week AND last_week + 6
			-- a day of an account begins up to 14 hours before that of UTC, and ends up
			-- to 12 hours after it
			AND clicked_at >= (first_week - 1)::timestamp AT TIME ZONE 'UTC'
			AND clicked_at < (last_week + 8)::timestamp AT TIME ZONE 'UTC'
	) AS days_and_clicks
	GROUP BY report_week(day),
		account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
		ad_id, ad, format, objective, audience_segment, country, device, placement;
END;

COMMENT ON FUNCTION cells_of_weeks IS
	'the cells of the weeks from one to another, each given by its Monday; a row per week and combination of slices';
