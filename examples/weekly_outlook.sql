-- weekly_outlook.sql
--	Is a day odd, seen on the day?
--
--	weekly_outlook		each of the newest 14 days of each account and campaign,
--						beside what the same weekday was like in the 12 weeks before
--
--		SELECT * FROM weekly_outlook WHERE verdict IN ('above', 'below');
--
-- report_views.sql includes this file.
--
-- * The band is the median, and a multiple of 1.4826 times the median distance from
--   it to both sides, which estimates the standard deviation; but one odd day of the
--   past does not widen it.
-- * Of days that vary as a normal distribution does, 1 in 100 lies beyond the band of
--   a metric.  The fewer weeks the two medians come from, the less they are to be
--   relied on, so the multiple grows from 4.40 with 12 weeks to 8.06 with 6.  These
--   numbers are what test/unit/outlook_band_test.c finds by simulation.
-- * There is no band, and no verdict, with fewer than 6 such weekdays, or where more
--   than half of them are the same.
-- * From the first day of an account or campaign on, a day without a row is a day
--   without clicks, impressions and spend; it has no rates.
-- * The newest day may not be over, and be low for that.

\ir search_path.sql

CREATE VIEW weekly_outlook AS
	WITH newest AS (
		SELECT ad_account_key(account_id, account, currency) AS account_key,
			max(week) AS week,
			max(CASE clicks_are WHEN 'all' THEN 0 ELSE 1 END)
				FILTER (WHERE clicks_are IS NOT NULL) = 1 AS by_link_clicks
		FROM weekly_ads
		WHERE weekdays > 0
		GROUP BY account_key
	), daily AS MATERIALIZED (
		SELECT recent.account_key, slice, value_key, day,
			max(account_id) AS account_id,
			max(account) AS account,
			max(currency) AS currency,
			bool_or(by_link_clicks) AS by_link_clicks,
			sum(CASE WHEN by_link_clicks THEN (clicks).link ELSE clicks_total(clicks) END)
				AS clicks,
			sum(impressions) AS impressions,
			sum(spend) AS spend
		FROM (
			SELECT *, ad_account_key(account_id, account, currency) AS account_key
			FROM ad_daily
			WHERE day >= (SELECT min(week) FROM newest) - 98
		) AS recent
			JOIN newest ON newest.account_key = recent.account_key AND day >= newest.week - 98
			CROSS JOIN LATERAL ad_slices(campaign_id, campaign, NULL, NULL, NULL, NULL,
				NULL, NULL, NULL, NULL, NULL, NULL)
		WHERE slice = 'total' OR slice = 'campaign' AND value_key IS NOT NULL
		GROUP BY recent.account_key, slice, value_key, day
	), values_of_days AS (
		SELECT units.*, grid.day, metric, value_of_day
		FROM (
			SELECT account_key, slice, value_key,
				max(account_id) AS account_id,
				max(account) AS account,
				max(currency) AS currency,
				bool_or(by_link_clicks) AS by_link_clicks,
				count(clicks) > 0 AS has_clicks,
				count(spend) > 0 AS has_spend,
				min(day) AS first_day,
				max(day) AS last_own_day,
				max(max(day)) OVER (PARTITION BY account_key) AS last_day
			FROM daily
			GROUP BY account_key, slice, value_key
		) AS units
			JOIN LATERAL (SELECT last_day - back FROM generate_series(0, 97) AS back)
				AS grid(day) ON grid.day >= first_day
			LEFT JOIN daily ON daily.account_key || daily.slice || quote_nullable(daily.value_key)
					= units.account_key || units.slice || quote_nullable(units.value_key)
				AND daily.day = grid.day
			CROSS JOIN LATERAL (VALUES
				('clicks', CASE WHEN has_clicks THEN coalesce(clicks, 0) END),
				('impressions', coalesce(impressions, 0)),
				('spend', CASE WHEN has_spend THEN coalesce(spend, 0) END),
				('ctr', 100 * clicks / nullif(impressions, 0)),
				('cpc', spend / nullif(clicks, 0))) AS metrics(metric, value_of_day)
		WHERE value_of_day IS NOT NULL
	), remembered AS (
		SELECT *,
			array_agg(value_of_day::double precision) OVER (
				PARTITION BY account_key, slice, value_key, metric, extract(isodow FROM day)
				ORDER BY day ROWS BETWEEN 12 PRECEDING AND 1 PRECEDING) AS past
		FROM values_of_days
	)
	SELECT day::date AS day,
		to_char(day, 'FMDay')::text AS weekday_name,
		account_id::text AS account_id,
		account::text AS account,
		currency::text AS currency,
		remembered.slice::text AS slice,
		coalesce(ad_names.value, remembered.value_key)::text AS value,
		coalesce(ad_names.value_id, remembered.value_key)::text AS value_id,
		metric::text AS metric,
		CASE WHEN by_link_clicks THEN 'link' ELSE 'all' END::text AS clicks_are,
		value_of_day::numeric(28, 6) AS observed,
		median::numeric(28, 6) AS usual,
		band.low::numeric(28, 6) AS low,
		band.high::numeric(28, 6) AS high,
		weeks::bigint AS weeks,
		CASE WHEN value_of_day > band.high THEN 'above'
			WHEN value_of_day < band.low THEN 'below'
			WHEN band.low IS NOT NULL THEN 'as usual'
		END::text AS verdict
	FROM remembered
		CROSS JOIN LATERAL (
			SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY past_value)
			FROM unnest(past) AS past_value) AS center(weeks, median)
		CROSS JOIN LATERAL (
			SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(past_value - median))
			FROM unnest(past) AS past_value) AS spread(median_distance)
		CROSS JOIN LATERAL (SELECT
			CASE WHEN weeks >= 6 AND median_distance > 0 THEN
				-- for 6 to 12 weeks
				(ARRAY[8.06, 7.79, 5.92, 5.78, 4.95, 4.87, 4.40])[weeks - 5]
					* 1.4826 * median_distance END)
			AS half(width)
		-- what is counted cannot be below zero
		CROSS JOIN LATERAL (SELECT greatest(median - width, 0) + 0 * width, median + width)
			AS band(low, high)
		LEFT JOIN ad_names
			ON ad_names.account_key || ad_names.slice || ad_names.value_key
				= remembered.account_key || remembered.slice || remembered.value_key
	-- what ended earlier is not low, it is over
	WHERE day > last_day - 14 AND last_own_day > last_day - 14;

COMMENT ON VIEW weekly_outlook IS
	'the newest 14 days of each account and campaign beside what the same weekday was like before';
COMMENT ON COLUMN weekly_outlook.day IS 'day in the time zone of the ad account';
COMMENT ON COLUMN weekly_outlook.weekday_name IS 'day of the week in English';
COMMENT ON COLUMN weekly_outlook.account_id IS 'id of the ad account';
COMMENT ON COLUMN weekly_outlook.account IS 'ad account';
COMMENT ON COLUMN weekly_outlook.currency IS 'currency of spend and CPC';
COMMENT ON COLUMN weekly_outlook.slice IS 'total or campaign';
COMMENT ON COLUMN weekly_outlook.value IS 'the campaign; NULL in a total';
COMMENT ON COLUMN weekly_outlook.value_id IS 'id of the campaign, or its name where there is no id';
COMMENT ON COLUMN weekly_outlook.metric IS 'clicks, impressions, spend, ctr (percent) or cpc';
COMMENT ON COLUMN weekly_outlook.clicks_are IS
	'what clicks, ctr and cpc count: all = Clicks (All); link = link clicks';
COMMENT ON COLUMN weekly_outlook.observed IS 'the metric on this day';
COMMENT ON COLUMN weekly_outlook.usual IS 'its median on this weekday in the 12 weeks before';
COMMENT ON COLUMN weekly_outlook.low IS
	'lower end of what is usual: by chance, 1 day in 100 lies outside; NULL = not known';
COMMENT ON COLUMN weekly_outlook.high IS
	'upper end of what is usual: by chance, 1 day in 100 lies outside; NULL = not known';
COMMENT ON COLUMN weekly_outlook.weeks IS 'how many such weekdays there were';
COMMENT ON COLUMN weekly_outlook.verdict IS 'above, below or as usual; NULL = there is no band';
