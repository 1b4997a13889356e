-- report_page.sql
--	Everything that the report page shows, as one JSON document, from the views
--	of weekly_report.sql and what they stand on.
--
--		psql -XAtq -d mydb -f report_page.sql | python3 ../tools/report_page.py > report.html
--
-- psql -v weeks=104 for more than the newest 53 weeks, 9999 at most.
--
-- The document has one part per account and currency, as weekly_report has one
-- total for each.  In a part, campaigns are numbered from 0, the ones with the
-- most clicks first, and -1 is all of them; weeks are numbered from 0 as well,
-- on a grid without gaps.  Lists of rows are {"columns": [...], "rows": [[...]]}.
-- Every number is finished: the page formats and compares, and adds nothing up.
--
-- "clicks" are Clicks (All) where the part's clicks_are is "all".  Where a source
-- tells no more than link clicks they are those, in all weeks and campaigns, so
-- that what is compared is the same.

\ir search_path.sql

\if :{?weeks}
\else
	\set weeks 53
\endif

SELECT :'weeks' ~ '^0*[1-9][0-9]{0,3}$' AS weeks_are_a_number,
	set_config('clicks_all_page.weeks', :'weeks', false) AS weeks_given \gset
\if :weeks_are_a_number
\else
	\set ON_ERROR_STOP on
	DO $$
	BEGIN
		RAISE EXCEPTION 'weeks must be a whole number from 1 to 9999, not "%"',
			current_setting('clicks_all_page.weeks')
			USING ERRCODE = 'invalid_parameter_value';
	END
	$$;
\endif

BEGIN READ ONLY;

-- All joins are of whole sets, but how large those are the planner can only
-- guess; by its guesses it would read some of them for each row of others.
SET LOCAL enable_nestloop = off;
SET LOCAL jit = off;
SET LOCAL work_mem = '64MB';

-- Campaigns are joined by one text each, as a join by several columns is slow.
WITH cells AS MATERIALIZED (
	SELECT ad_account_key(account_id, account, currency) AS part,
		ad_account_key(account_id, account, currency)
			|| quote_nullable(coalesce('id ' || campaign_id, campaign)) AS campaign_key,
		week, clicks AS typed_clicks, impressions, spend, clickers, logged_clicks,
		placement, device, country, audience_segment, format, objective
	FROM weekly_ads
),

-- the finished rows of accounts and campaigns
finished AS MATERIALIZED (
	SELECT ad_account_key(account_id, account, currency) AS part,
		CASE slice WHEN 'campaign' THEN ROW(value, value_id)::text END AS finished_key,
		*
	FROM weekly_report
	WHERE slice IN ('total', 'campaign')
),

-- The week that is reported is the newest complete one.
parts AS MATERIALIZED (
	SELECT part, min(account_id) AS account_id, min(account) AS account,
		min(currency) AS currency, sum(coalesce(clicks_all, link_clicks)) AS part_clicks,
		greatest(min(week), max(week) - 7 * (:weeks - 1)) AS first_week,
		max(week) AS last_week,
		coalesce(max(week) FILTER (WHERE complete), max(week)) AS this_week,
		CASE WHEN bool_and(clicks_are = 'all') IS FALSE THEN 'link' ELSE 'all' END AS clicks_are
	FROM finished
	WHERE slice = 'total'
	GROUP BY part
),

calendar AS MATERIALIZED (
	SELECT part, week::date AS week, (week::date - first_week) / 7 AS n
	FROM parts, generate_series(first_week::timestamp, last_week, '7 days') AS week
),

campaigns AS MATERIALIZED (
	SELECT part, finished_key, name, campaign, part || coalesce(value_key, 'NULL') AS campaign_key
	FROM (
		SELECT part, finished_key, max(value) AS name, row_number() OVER (PARTITION BY part
			ORDER BY sum(coalesce(clicks_all, link_clicks)) DESC NULLS LAST, finished_key) - 1
			AS campaign
		FROM finished
			JOIN calendar USING (part, week)
		WHERE slice = 'campaign'
		GROUP BY part, finished_key
	) AS numbered
		LEFT JOIN (
			SELECT account_key AS part, ROW(value, value_id)::text AS finished_key,
				quote_nullable(value_key) AS value_key
			FROM ad_names
			WHERE slice = 'campaign'
		) AS named USING (part, finished_key)
),

--
-- Week by week
--

weekly AS MATERIALIZED (
	-- rates with more decimals than weekly_report has: they are rounded once more
	SELECT part, coalesce(campaign, -1) AS campaign, n, unique_clicks AS people,
		unique_clicks_at_least AS people_at_least, unique_clicks_at_most AS people_at_most,
		logged_clicks AS logged, impressions, spend, shown.clicks,
		round(100.0 * shown.clicks / nullif(impressions, 0), 8) AS ctr,
		round(spend / nullif(shown.clicks, 0), 8) AS cpc
	FROM finished
		JOIN parts USING (part)
		JOIN calendar USING (part, week)
		LEFT JOIN campaigns USING (part, finished_key),
		LATERAL (SELECT CASE parts.clicks_are WHEN 'all' THEN clicks_all ELSE link_clicks END)
			AS shown(clicks)
),

ranges AS MATERIALIZED (
	SELECT part, campaign, min(n) AS first, max(n) AS last
	FROM weekly
	GROUP BY part, campaign
),

series AS (
	SELECT part, campaign, min(first) AS first,
		json_agg(clicks ORDER BY n) AS clicks,
		CASE WHEN count(people) > 0 THEN json_agg(people ORDER BY n) END AS people,
		CASE WHEN count(logged) > 0 THEN json_agg(logged ORDER BY n) END AS logged,
		CASE WHEN count(people_at_most) > 0 THEN
			json_agg(people_at_least ORDER BY n) END AS people_at_least,
		CASE WHEN count(people_at_most) > 0 THEN
			json_agg(people_at_most ORDER BY n) END AS people_at_most,
		json_agg(impressions ORDER BY n) AS impressions,
		json_agg(spend ORDER BY n) AS spend,
		json_agg(ctr ORDER BY n) AS ctr,
		json_agg(cpc ORDER BY n) AS cpc
	FROM ranges
		JOIN calendar USING (part)
		LEFT JOIN weekly USING (part, campaign, n)
	WHERE n BETWEEN first AND last
	GROUP BY part, campaign
),

-- Clicks by counted type.  A type that a campaign never has is left out.
typed AS MATERIALIZED (
	SELECT part, campaign, n, click_type, type_clicks
	FROM (
		SELECT part, CASE grouping(campaign) WHEN 0 THEN campaign ELSE -1 END AS campaign,
			n, sum(typed_clicks) AS clicks
		FROM cells
			JOIN parts USING (part)
			JOIN calendar USING (part, week)
			JOIN (SELECT campaign_key, campaign FROM campaigns) AS numbers USING (campaign_key)
		WHERE parts.clicks_are = 'all'
		GROUP BY GROUPING SETS ((part, n), (part, n, campaign))
	) AS sums,
		LATERAL click_breakdown(clicks) AS b(click_type, type_clicks, share)
	WHERE is_counted(b.click_type)
),

series_types AS (
	SELECT part, campaign, json_object_agg(click_type, clicks ORDER BY click_type) AS types
	FROM (
		SELECT part, campaign, click_type, json_agg(type_clicks ORDER BY n) AS clicks
		FROM (SELECT DISTINCT part, campaign, click_type FROM typed) AS types
			JOIN ranges USING (part, campaign)
			JOIN calendar USING (part)
			LEFT JOIN typed USING (part, campaign, click_type, n)
		WHERE n BETWEEN first AND last
		GROUP BY part, campaign, click_type
	) AS each_type
	GROUP BY part, campaign
),

-- The average of the four weeks before, where the series is that old.  A week
-- without delivery counts.
four_weeks AS (
	SELECT part, campaign, json_build_object(
		'clicks', sum(clicks) / 4,
		'people', sum(people) / 4,
		'logged', sum(logged) / 4,
		'impressions', sum(impressions) / 4,
		'spend', sum(spend) / 4,
		'ctr', round(ctr(clicks, impressions), 8),
		'cpc', round(cpc(spend, clicks), 8)) AS four_weeks
	FROM weekly
		JOIN ranges USING (part, campaign)
		JOIN parts USING (part)
	WHERE n - (this_week - first_week) / 7 BETWEEN -4 AND -1
		AND first <= (this_week - first_week) / 7 - 4
	GROUP BY part, campaign
),

all_series AS (
	SELECT part, json_object_agg(campaign, json_strip_nulls(json_build_object(
			'first', first, 'clicks', clicks, 'people', people, 'logged', logged,
			'people_at_least', people_at_least, 'people_at_most', people_at_most,
			'impressions', impressions, 'spend', spend, 'ctr', ctr, 'cpc', cpc,
			'types', types, 'four_weeks', four_weeks)) ORDER BY campaign) AS series
	FROM series
		LEFT JOIN series_types USING (part, campaign)
		LEFT JOIN four_weeks USING (part, campaign)
	GROUP BY part
),

--
-- Several weeks together: windows that end with the week that is reported
--

windows AS MATERIALIZED (
	SELECT part, weeks, this_week - 7 * (weeks - 1) AS first_week,
		this_week AS last_week, clicks_are
	FROM parts,
		LATERAL (SELECT (this_week - first_week) / 7 + 1) AS shown(all_weeks),
		LATERAL (
			SELECT weeks FROM unnest(ARRAY[1, 4, 13]) AS weeks WHERE weeks < all_weeks
			UNION ALL
			SELECT all_weeks
		) AS lengths
),

-- A set of people in two windows is read twice, and not added up twice.
windowed AS MATERIALIZED (
	SELECT cells.*, campaign, weeks, CASE windows.clicks_are
			WHEN 'all' THEN clicks_total(typed_clicks) ELSE (typed_clicks).link END AS clicks
	FROM cells
		JOIN windows ON windows.part = cells.part
			AND week BETWEEN first_week AND last_week
		JOIN campaigns ON campaigns.campaign_key = cells.campaign_key
),

totals AS MATERIALIZED (
	SELECT part, weeks, CASE grouping(campaign) WHEN 0 THEN campaign ELSE -1 END AS campaign,
		clicks_all(clicks) AS clicks, nullif(unique_clicks(clickers), 0) AS people,
		sum(logged_clicks) AS logged, sum(spend) AS spend, round(ctr(clicks, impressions), 8) AS ctr,
		round(cpc(spend, clicks), 8) AS cpc
	FROM windowed
	GROUP BY GROUPING SETS ((part, weeks), (part, weeks, campaign))
),

sliced AS MATERIALIZED (
	SELECT part, weeks, CASE grouping(campaign) WHEN 0 THEN campaign ELSE -1 END AS campaign,
		slice, value,
		clicks_all(clicks) AS clicks, nullif(unique_clicks(clickers), 0) AS people,
		sum(logged_clicks) AS logged,
		round(ctr(clicks, impressions), 8) AS ctr, round(cpc(spend, clicks), 8) AS cpc
	FROM windowed,
		LATERAL (VALUES ('placement', placement), ('device', device),
			('country', country), ('audience', audience_segment), ('format', format),
			('objective', objective)) AS slices(slice, value)
	GROUP BY GROUPING SETS ((part, weeks, slice, value), (part, weeks, slice, value, campaign))
),

-- How sure the rates are: a day of a slice is a block, as the clicks of a day
-- are not independent of each other.
slice_days AS MATERIALIZED (
	SELECT ROW(parts.part, campaigns.campaign, slice, value)::text AS unit,
		parts.part, day, coalesce(campaigns.campaign, -1) AS campaign,
		slice, value, sum(CASE parts.clicks_are WHEN 'all' THEN clicks_all ELSE link_clicks END)
			AS clicks, sum(impressions) AS impressions
	FROM daily_cells AS cell
		JOIN campaigns ON campaign_key = ad_account_key(cell.account_id, cell.account, cell.currency)
			|| quote_nullable(coalesce('id ' || campaign_id, cell.campaign))
		JOIN parts ON parts.part = campaigns.part,
		LATERAL (VALUES ('placement', placement), ('device', device),
			('country', country), ('audience', audience_segment), ('format', format),
			('objective', objective)) AS slices(slice, value)
	GROUP BY GROUPING SETS ((day, value, slice, parts.part),
		(day, value, slice, parts.part, campaigns.campaign))
),

-- The clicks of a day without impressions belong to the day before that has some, or
-- the next: so the interval is of all clicks that the rate is made of.
with_strays AS MATERIALIZED (
	SELECT DISTINCT unit FROM slice_days WHERE clicks <> 0 AND (impressions <> 0) IS NOT TRUE
),

blocks AS (
	SELECT part, weeks, campaign, slice, value, clicks, impressions
	FROM slice_days
		JOIN windows USING (part)
	WHERE day BETWEEN first_week AND last_week + 6
		AND unit NOT IN (SELECT unit FROM with_strays)
	UNION ALL
	SELECT part, weeks, campaign, slice, value, sum(clicks), sum(impressions)
	FROM (
		SELECT *, greatest(1, count(*) FILTER (WHERE impressions <> 0) OVER (
			PARTITION BY part, weeks, campaign, slice, value ORDER BY day)) AS block
		FROM slice_days
			JOIN windows USING (part)
		WHERE day BETWEEN first_week AND last_week + 6
			AND unit IN (SELECT unit FROM with_strays)
	) AS days
	GROUP BY part, weeks, campaign, slice, value, block
),

intervals AS (
	SELECT part, weeks, campaign, slice, value,
		ratio_interval(ratio_sample_agg(clicks::double precision,
			impressions::double precision)) AS rate
	FROM blocks
	WHERE impressions <> 0
	GROUP BY part, weeks, campaign, slice, value
),

all_totals AS (
	SELECT part, json_build_object(
		'columns', json_build_array('weeks', 'campaign', 'clicks', 'people', 'logged', 'spend',
			'ctr', 'cpc'),
		'rows', json_agg(json_build_array(weeks, campaign, clicks, people, logged, spend, ctr, cpc)
			ORDER BY weeks, campaign)) AS totals
	FROM totals
	GROUP BY part
),

all_slices AS (
	SELECT sliced.part, json_build_object(
		'columns', json_build_array('weeks', 'campaign', 'slice', 'value', 'clicks', 'people',
			'logged', 'ctr', 'cpc', 'low', 'high'),
		'rows', json_agg(json_build_array(sliced.weeks, sliced.campaign, sliced.slice,
			sliced.value, clicks, people, logged, ctr, cpc,
			round((100 * (rate).low)::numeric, 8), round((100 * (rate).high)::numeric, 8))
			ORDER BY sliced.weeks, sliced.campaign, sliced.slice,
				ctr DESC NULLS LAST, sliced.value)) AS slices
	FROM sliced
		JOIN (SELECT DISTINCT part, slice FROM sliced WHERE value IS NOT NULL) AS known
			ON known.part = sliced.part AND known.slice = sliced.slice
		LEFT JOIN intervals ON intervals.part = sliced.part
			AND intervals.weeks = sliced.weeks
			AND intervals.campaign = sliced.campaign
			AND intervals.slice = sliced.slice
			AND intervals.value IS NOT DISTINCT FROM sliced.value
	GROUP BY sliced.part
),

--
-- What changed, and whether it is real: see weekly_change
--

changes AS (
	SELECT part, json_build_object(
		'columns', json_build_array('compared_with', 'campaign', 'ctr', 'ctr_before', 'by_spend',
			'by_cpm', 'by_ctr', 'verdict', 'cpc_verdict', 'reason', 'by_rate', 'by_mix',
			'cpc_by_rate', 'cpc_by_mix'),
		'rows', json_agg(json_build_array(compared_with, coalesce(campaign, -1),
			100.0 * clicks_all / nullif(impressions, 0),
			100.0 * clicks_before / nullif(impressions_before, 0),
			by_spend, by_cpm, by_ctr, verdict, cpc_verdict, reason, by_rate, by_mix,
			cpc_by_rate, cpc_by_mix) ORDER BY compared_with, campaign NULLS FIRST)) AS changes
	FROM (
		-- beside a total, what campaigns did by themselves, and what came of which ones ran
		SELECT *, CASE slice WHEN 'campaign' THEN ROW(value, value_id)::text END AS finished_key,
			CASE slice WHEN 'total' THEN sum(rate_effect) FILTER (WHERE slice = 'campaign')
				OVER compared END AS by_rate,
			CASE slice WHEN 'total' THEN sum(mix_effect) FILTER (WHERE slice = 'campaign')
				OVER compared END AS by_mix,
			CASE slice WHEN 'total' THEN sum(cpc_rate_effect) FILTER (WHERE slice = 'campaign')
				OVER compared END AS cpc_by_rate,
			CASE slice WHEN 'total' THEN sum(cpc_mix_effect) FILTER (WHERE slice = 'campaign')
				OVER compared END AS cpc_by_mix
		FROM (
			SELECT *, ad_account_key(account_id, account, currency) AS part
			FROM weekly_change
			WHERE slice IN ('total', 'campaign') AND compared_with IS NOT NULL
		) AS of_weeks
		WINDOW compared AS (PARTITION BY part, compared_with)
	) AS change
		LEFT JOIN campaigns USING (part, finished_key)
	GROUP BY part
),

--
-- People: counted once, and what adding up makes of them.  The same for the
-- rates of rows, as a pivot table averages them.
--

longest AS (
	SELECT part, max(weeks) AS weeks
	FROM windows
	GROUP BY part
),

daily_people AS (
	SELECT part, sum(day_people) AS day_people
	FROM (
		SELECT ad_account_key(account_id, account, currency) AS part, day,
			unique_clicks(user_id) AS day_people
		FROM ad_clicks
		WHERE is_counted(click_type)
		GROUP BY part, day
	) AS days
		JOIN parts USING (part)
	WHERE day BETWEEN first_week AND this_week + 6
	GROUP BY part
),

people AS (
	SELECT part, json_build_object(
		'once', max(totals.people) FILTER (WHERE campaign = -1),
		'campaigns', sum(totals.people) FILTER (WHERE campaign >= 0),
		'weeks', (SELECT sum(weekly.people) FROM weekly JOIN parts USING (part)
			WHERE weekly.part = totals.part AND weekly.campaign = -1
				AND n <= (this_week - first_week) / 7),
		'days', max(day_people),
		'logged', max(logged) FILTER (WHERE campaign = -1),
		'clicks', max(clicks) FILTER (WHERE campaign = -1)) AS people
	FROM totals
		JOIN longest USING (part, weeks)
		LEFT JOIN daily_people USING (part)
	GROUP BY part
	HAVING max(totals.people) > 0
),

row_rates AS (
	SELECT part, weeks, CASE grouping(campaign) WHEN 0 THEN campaign ELSE -1 END AS campaign,
		sum(cardinality(clickers)) AS row_people,
		round(avg(100.0 * clicks / nullif(impressions, 0)), 8) AS row_ctr,
		round(avg(spend / nullif(clicks, 0)), 8) AS row_cpc
	FROM windowed
		JOIN longest USING (part, weeks)
	GROUP BY GROUPING SETS ((part, weeks), (part, weeks, campaign))
),

pivots AS (
	SELECT part, json_build_object(
		'people', max(row_people) FILTER (WHERE campaign = -1),
		'ctr', max(row_ctr) FILTER (WHERE campaign = -1),
		'cpc', max(row_cpc) FILTER (WHERE campaign = -1),
		'campaigns', count(cpc) FILTER (WHERE campaign >= 0),
		'misplaced', count(cpc) FILTER (WHERE campaign >= 0 AND row_place <> place)) AS pivot
	FROM (
		SELECT *, rank() OVER (PARTITION BY part, campaign < 0 ORDER BY row_cpc) AS row_place,
			rank() OVER (PARTITION BY part, campaign < 0 ORDER BY cpc) AS place
		FROM row_rates
			JOIN totals USING (part, weeks, campaign)
	) AS ranked
	GROUP BY part
),

--
-- The document
--

names AS (
	SELECT part, json_agg(name ORDER BY campaign) AS campaigns
	FROM campaigns
	GROUP BY part
),

grid AS (
	SELECT part, json_agg(week ORDER BY n) AS weeks, json_agg(days ORDER BY n) AS days,
		json_agg(coalesce(complete, false) ORDER BY n) AS complete
	FROM calendar
		LEFT JOIN (SELECT part, week, days, complete FROM finished WHERE slice = 'total') AS totals
			USING (part, week)
	GROUP BY part
),

all_windows AS (
	SELECT part, json_agg(weeks ORDER BY weeks) AS windows
	FROM windows
	GROUP BY part
),

--
-- Accounts of which the source tells no days, only longer periods, each as a whole.
-- Of rows that tell of one period at several levels the finest count.
--

period_rows AS MATERIALIZED (
	SELECT *, CASE WHEN bool_and(clicks_are = 'all') OVER (PARTITION BY part) IS FALSE
			THEN (typed_clicks).link ELSE clicks_total(typed_clicks) END AS clicks,
		bool_and(clicks_are = 'all') OVER (PARTITION BY part) IS FALSE AS by_link_clicks
	FROM (
		SELECT ad_account_key(account_id, account, currency) AS part, account_id, account, currency,
			first_day, last_day, campaign, clicks AS typed_clicks, clicks_are, impressions, spend,
			rank() OVER (PARTITION BY account_id, account, currency, first_day, last_day
				ORDER BY array_position(ARRAY['ad', 'ad set', 'campaign', 'account'], level))
				AS level_rank
		FROM ad_periods
	) AS ranked
	WHERE level_rank = 1 AND part NOT IN (SELECT part FROM parts)
),

period_sums AS (
	SELECT part, min(account_id) AS account_id, min(account) AS account, min(currency) AS currency,
		bool_or(by_link_clicks) AS by_link_clicks, first_day, last_day,
		grouping(campaign) = 1 AS is_total, campaign, sum(clicks) AS clicks,
		sum(impressions) AS impressions, sum(spend) AS spend,
		round(100.0 * sum(clicks) / nullif(sum(impressions), 0), 8) AS ctr,
		round(sum(spend) / nullif(sum(clicks), 0), 8) AS cpc
	FROM period_rows
	GROUP BY GROUPING SETS ((part, first_day, last_day), (part, first_day, last_day, campaign))
),

all_periods AS (
	SELECT part, min(account_id) AS account_id, min(account) AS account, min(currency) AS currency,
		CASE WHEN bool_or(by_link_clicks) THEN 'link' ELSE 'all' END AS clicks_are,
		json_agg(json_build_object('first', first_day, 'last', last_day, 'totals', totals,
			'campaigns', campaigns) ORDER BY last_day DESC, first_day DESC) AS periods
	FROM (
		SELECT part, min(account_id) AS account_id, min(account) AS account, min(currency) AS currency,
			bool_or(by_link_clicks) AS by_link_clicks, first_day, last_day,
			(json_agg(json_build_object('clicks', clicks, 'impressions', impressions,
				'spend', spend, 'ctr', ctr, 'cpc', cpc)) FILTER (WHERE is_total))->0 AS totals,
			json_build_object(
				'columns', json_build_array('name', 'clicks', 'impressions', 'spend', 'ctr', 'cpc'),
				'rows', json_agg(json_build_array(campaign, clicks, impressions, spend, ctr, cpc)
					ORDER BY clicks DESC NULLS LAST, campaign) FILTER (WHERE NOT is_total))
				AS campaigns
		FROM period_sums
		GROUP BY part, first_day, last_day
	) AS each_period
	GROUP BY part
),

-- Of the weeks that are compared, and of newer ones: old ones may have been taken out
-- of ad_daily for good.
notices AS (
	SELECT json_agg(format('The week of %s of %s has changed since weekly_ads was refreshed: numbers of '
		'this page contradict each other. Refresh first: REFRESH MATERIALIZED VIEW weekly_ads, or CALL '
		'refresh_weekly_ads().', to_char(week, 'YYYY-MM-DD'), coalesce(nullif(concat_ws(', ', account, currency), ''), 'an account without a name'))
		ORDER BY week, account_key) AS notices
	FROM (
		SELECT account_key, max(account) AS account, max(currency) AS currency, max(week) AS week
		FROM stale_weeks
			LEFT JOIN (SELECT part AS account_key, this_week FROM parts) AS shown USING (account_key)
		WHERE (week < this_week - 28) IS NOT TRUE
		GROUP BY account_key
	) AS stale
)

SELECT json_build_object('made_at', now(), 'notices', (SELECT coalesce(notices, '[]') FROM notices), 'periods', (SELECT coalesce(json_agg(
		json_build_object('account', account, 'account_id', account_id, 'currency', currency,
			'clicks_are', clicks_are, 'periods', periods) ORDER BY account, currency), '[]') FROM all_periods),
	'parts', coalesce(json_agg(json_strip_nulls(
	json_build_object('account', account, 'account_id', account_id, 'currency', currency,
		'clicks_are', clicks_are, 'week', (this_week - first_week) / 7, 'weeks', weeks, 'days', days,
		'complete', complete, 'campaigns', campaigns, 'windows', windows, 'series', series,
		'totals', totals, 'slices', slices, 'changes', changes, 'people', people,
		'pivot', pivot)) ORDER BY part_clicks DESC NULLS LAST, part), '[]'))
FROM parts
	JOIN grid USING (part)
	JOIN names USING (part)
	JOIN all_windows USING (part)
	JOIN all_series USING (part)
	JOIN all_totals USING (part)
	LEFT JOIN all_slices USING (part)
	LEFT JOIN changes USING (part)
	LEFT JOIN people USING (part)
	LEFT JOIN pivots USING (part);

COMMIT;
