-- expected.sql
--	What the report page must show, by hand-written SQL over ad_daily and
--	ad_clicks: none of the examples' views is used, and of our aggregates only the
--	estimate of people and the interval of a rate, which have tests of their own.
--	Prints a JSON array of rows; page_test.js compares the page with it.

WITH account_names AS (
	-- what shares its name with others shows its id
	SELECT account_id, account AS name, currency, account
			|| CASE WHEN count(*) OVER (PARTITION BY account, currency) > 1
				THEN ' (' || account_id || ')' ELSE '' END AS shown
	FROM (SELECT account_id, account, currency FROM ad_daily
		UNION SELECT account_id, account, currency FROM ad_clicks) AS accounts
),
daily AS (
	SELECT ad_daily.*, shown AS shown_account
	FROM ad_daily
		JOIN account_names ON ROW(account_names.account_id, name, account_names.currency)::text
			= ROW(ad_daily.account_id, account, ad_daily.currency)::text
),
delivery AS (
	SELECT shown_account AS account, currency, date_trunc('week', day)::date AS week, day,
		coalesce(CASE WHEN count(campaign_id) OVER same_name > 0
				AND min(campaign_id) OVER same_name <> max(campaign_id) OVER same_name
			THEN campaign || ' ' || campaign_id ELSE campaign END, 'not known') AS campaign,
		CASE WHEN bool_or(clicks_are = 'link') OVER same_account THEN (clicks).link
			ELSE (SELECT sum(n) FROM unnest(ARRAY[(clicks).link, (clicks).see_more,
				(clicks).photo, (clicks).page, (clicks).cta, (clicks).video, (clicks).reaction,
				(clicks).comment, (clicks).share, (clicks).page_like, (clicks).other]) AS n)
			END AS clicks,
		(clicks).link, (clicks).see_more, (clicks).photo,
		impressions, spend, NULL AS user_id,
		placement, device, country, audience_segment, format, objective
	FROM daily
	WINDOW same_name AS (PARTITION BY shown_account, currency, campaign),
		same_account AS (PARTITION BY shown_account, currency)
),
all_rows AS MATERIALIZED (
	SELECT *, true AS is_delivery, clicks IS NOT NULL OR coalesce(impressions, 0) = 0 AS is_known
	FROM delivery
	UNION ALL
	SELECT shown, ad_clicks.currency, date_trunc('week', day)::date, day,
		coalesce(campaign, 'not known'), NULL, NULL, NULL, NULL, NULL, NULL, user_id,
		placement, device, country, audience_segment, format, objective, false, false
	FROM ad_clicks
		JOIN account_names ON ROW(account_names.account_id, name, account_names.currency)::text
			= ROW(ad_clicks.account_id, account, ad_clicks.currency)::text
	WHERE click_type::text = ANY (ARRAY['link', 'see_more', 'photo', 'page', 'cta', 'video',
		'reaction', 'comment', 'share', 'page_like', 'other'])
),
-- A week is whole with seven days, or with the weekdays of six and more weeks around it.
reported AS (
	SELECT account, currency, min(week) AS first_week, max(week) AS last_week,
		coalesce(max(week) FILTER (WHERE days = needed), max(week)) AS this_week,
		json_agg(week) FILTER (WHERE days = needed) AS whole_weeks
	FROM (SELECT account, currency, week, count(DISTINCT day) FILTER (WHERE is_known) AS days,
			(SELECT CASE WHEN count(DISTINCT near.week) < 6 THEN 7
					ELSE count(DISTINCT extract(isodow FROM near.day)) END
				FROM all_rows AS near
				WHERE is_known AND ROW(near.account, near.currency)::text = ROW(all_rows.account, all_rows.currency)::text
					AND abs(near.week - all_rows.week) < 50) AS needed
		FROM all_rows GROUP BY account, currency, week) AS weeks
	GROUP BY account, currency
),
-- with = IS NOT DISTINCT FROM in mind: one row of all_rows for each window it is in
windowed AS MATERIALIZED (
	SELECT all_rows.*, weeks
	FROM all_rows
		JOIN reported ON ROW(reported.account, reported.currency)::text
			= ROW(all_rows.account, all_rows.currency)::text
		CROSS JOIN LATERAL (SELECT (this_week - first_week) / 7 + 1) AS shown(longest)
		CROSS JOIN LATERAL (SELECT DISTINCT least(n, longest)
			FROM unnest(ARRAY[1, 4, 13, longest]) AS n) AS windows(weeks)
	WHERE week BETWEEN this_week - 7 * (weeks - 1) AND this_week
),
sums AS (
	SELECT 'week' AS what, account, currency, NULL::integer AS weeks, week,
		campaign, grouping(campaign) = 1 AS all_campaigns, NULL AS slice, NULL AS value,
		sum(clicks) AS clicks, approx_unique_clicks(user_id) AS people, count(user_id) AS logged,
		sum(impressions) AS impressions, sum(spend) AS spend,
		sum(link) AS link, sum(see_more) AS see_more, sum(photo) AS photo,
		count(DISTINCT day) FILTER (WHERE is_known) AS days
	FROM all_rows
	GROUP BY GROUPING SETS ((account, currency, week), (account, currency, week, campaign))
	UNION ALL
	SELECT 'window', account, currency, weeks, NULL, campaign, grouping(campaign) = 1, NULL, NULL,
		sum(clicks), approx_unique_clicks(user_id), count(user_id), sum(impressions), sum(spend), NULL, NULL, NULL, NULL
	FROM windowed
	GROUP BY GROUPING SETS ((account, currency, weeks), (account, currency, weeks, campaign))
	UNION ALL
	SELECT 'slice', account, currency, weeks, NULL, NULL, true, slice, coalesce(value, 'not known'),
		sum(clicks), approx_unique_clicks(user_id), count(user_id), sum(impressions), sum(spend), NULL, NULL, NULL, NULL
	FROM windowed, LATERAL (VALUES ('Placements', placement), ('Devices', device),
		('Countries', country), ('Audiences', audience_segment), ('Formats', format),
		('Objectives', objective)) AS slices(slice, value)
	WHERE weeks <= 13 OR slice = 'Placements'
	GROUP BY account, currency, weeks, slice, value
	UNION ALL
	SELECT 'slice', account, currency, weeks, NULL, campaign, false, 'Placements',
		coalesce(placement, 'not known'),
		sum(clicks), approx_unique_clicks(user_id), count(user_id), sum(impressions), sum(spend), NULL, NULL, NULL, NULL
	FROM windowed
	GROUP BY account, currency, weeks, campaign, placement
),
intervals AS (
	SELECT account, currency, weeks, slice, value,
		ratio_interval(ratio_sample_agg(clicks::double precision,
			impressions::double precision)) AS rate
	FROM (
		-- clicks of a day without impressions: to the newest day before with some, else to the next
		SELECT account, currency, weeks, slice, value, sum(clicks) AS clicks,
			sum(impressions) AS impressions
		FROM (
			SELECT *, coalesce(max(day) FILTER (WHERE impressions > 0) OVER (block ORDER BY day),
				min(day) FILTER (WHERE impressions > 0) OVER block) AS block_day
			FROM (
				SELECT account, currency, weeks, day, slice, coalesce(value, 'not known') AS value,
					sum(clicks) AS clicks, sum(impressions) AS impressions
				FROM windowed, LATERAL (VALUES ('Placements', placement), ('Countries', country))
					AS slices(slice, value)
				WHERE is_delivery
				GROUP BY account, currency, weeks, day, slice, value
			) AS days
			WINDOW block AS (PARTITION BY account, currency, weeks, slice, value)
		) AS in_blocks
		WHERE block_day IS NOT NULL
		GROUP BY account, currency, weeks, slice, value, block_day
	) AS blocks
	GROUP BY account, currency, weeks, slice, value
),
people AS (
	SELECT account, currency,
		(SELECT sum(n) FROM (SELECT count(DISTINCT user_id) AS n FROM windowed
			WHERE weeks = longest AND ROW(account, currency)::text = part
			GROUP BY day) AS days) AS days_added,
		(SELECT sum(people) FROM sums WHERE what = 'week' AND all_campaigns
			AND week <= this_week AND ROW(account, currency)::text = part) AS weeks_added,
		(SELECT sum(people) FROM sums WHERE what = 'window' AND NOT all_campaigns
			AND weeks = longest AND ROW(account, currency)::text = part) AS campaigns_added
	FROM reported,
		LATERAL (SELECT (this_week - first_week) / 7 + 1, ROW(account, currency)::text)
			AS of_part(longest, part)
)
SELECT json_build_object(
	'parts', (SELECT json_agg(reported ORDER BY account, currency) FROM reported),
	'sums', (SELECT json_agg(sums) FROM sums),
	'intervals', (SELECT json_agg(json_build_object('account', account, 'currency', currency,
		'weeks', weeks, 'slice', slice, 'value', value,
		'low', 100 * (rate).low, 'high', 100 * (rate).high)) FROM intervals),
	'people', (SELECT json_agg(people) FROM people),
	-- this view has tests of its own
	'changes', (SELECT json_agg(weekly_change) FROM weekly_change WHERE slice IN ('total', 'campaign')));
