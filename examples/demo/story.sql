-- story.sql
--	One paragraph on what the days show, in one line, as the last word of demo.sh.
--
-- From story_days: day, last_day (another one if the row is of a longer period),
-- currency, clicks, clicks_are, impressions, spend.  Takes the psql variable currency
-- ('' for none).
--
-- The first week of which each day has impressions is compared with the last one,
-- if there are two.  What is said to rise or fall does so by more than days differ
-- anyway: that is what ratio_test() of the days of the two weeks is asked.

-- A number with commas
CREATE FUNCTION pg_temp.said(number numeric, decimals integer DEFAULT 0) RETURNS text
	LANGUAGE SQL IMMUTABLE
	RETURN to_char(number, 'FM999,999,999,999,999,999,999,990'
		|| left('.', decimals) || repeat('0', decimals));

CREATE FUNCTION pg_temp.said_day(day date) RETURNS text
	LANGUAGE SQL IMMUTABLE
	RETURN to_char(day, 'FMDD FMMonth YYYY');

-- How often: once, or so many times
CREATE FUNCTION pg_temp.said_times(number numeric) RETURNS text
	LANGUAGE SQL IMMUTABLE
	RETURN CASE number WHEN 1 THEN 'once' ELSE pg_temp.said(number) || ' times' END;

-- How many times as much, in words
CREATE FUNCTION pg_temp.said_ratio(ratio numeric) RETURNS text
	LANGUAGE SQL IMMUTABLE
	RETURN CASE WHEN ratio BETWEEN 1.45 AND 1.55 THEN 'half as much again'
		WHEN ratio BETWEEN 1.95 AND 2.05 THEN 'twice as much'
		WHEN ratio BETWEEN 0.48 AND 0.52 THEN 'half as much'
		WHEN ratio > 2.05 THEN round(ratio, 1) || ' times as much'
		WHEN ratio > 1 THEN round(100 * (ratio - 1)) || ' % more'
		ELSE round(100 * (1 - ratio)) || ' % less' END;

WITH days AS (
	SELECT day, clicks_all(clicks) AS clicks, sum(impressions) AS impressions, sum(spend) AS spend,
		-- a cost per click of the rows that tell their spend would not be that of the day
		bool_and(spend IS NOT NULL) AND (sum(spend) > 0 OR clicks_all(clicks) = 0) AS has_spend
	FROM story_days
	WHERE coalesce(currency, '') = :'currency' AND day = last_day
	GROUP BY day
), weeks AS (
	SELECT report_week(day) AS week, ctr(clicks, impressions),
		CASE WHEN bool_and(has_spend) THEN cpc(spend, clicks) END AS cpc,
		ratio_sample_agg(clicks::double precision, impressions::double precision) AS by_impressions,
		ratio_sample_agg(clicks::double precision, spend::double precision)
			FILTER (WHERE spend > 0) AS by_spend
	FROM days
	WHERE impressions > 0 AND clicks IS NOT NULL
	GROUP BY week
	HAVING count(*) = 7
), compared AS (
	SELECT before.ctr AS ctr_before, now.ctr, before.cpc AS cpc_before, now.cpc,
		coalesce((ratio_test(now.by_impressions, before.by_impressions)).p_value < 0.05, false)
			AS ctr_differs,
		coalesce((ratio_test(now.by_spend, before.by_spend)).p_value < 0.05, false) AS cpc_differs,
		before.week IS NOT NULL AND now.week > before.week AS are_two
	FROM (SELECT min(week), max(week) FROM weeks) AS ends(first, last)
		LEFT JOIN weeks AS before ON before.week = first
		LEFT JOIN weeks AS now ON now.week = last
), total AS (
	SELECT min(day) AS first_day, max(last_day) AS last_day,
		sum(clicks) AS clicks, clicks_all(clicks), sum(impressions) AS impressions,
		sum(spend) AS spend, ctr(clicks, impressions),
		CASE min(clicks_are) WHEN 'link' THEN 'link CTR' ELSE 'CTR' END AS rate,
		CASE min(clicks_are) WHEN 'link' THEN 'a link click' ELSE 'a click' END AS one_click,
		CASE min(clicks_are) WHEN 'link' THEN 'their links clicked' ELSE 'clicked' END AS clicked
	FROM story_days
	WHERE coalesce(currency, '') = :'currency'
), best AS (
	SELECT report_week(day) AS week, sum(clicks) AS clicks
	FROM days GROUP BY week ORDER BY clicks DESC NULLS LAST, week LIMIT 1
)
SELECT concat_ws(' ',
	coalesce('From ' || pg_temp.said_day(first_day) || ' to ' || pg_temp.said_day(total.last_day)
		|| ' the ads', 'The ads')
	|| coalesce(' were shown ' || pg_temp.said_times(impressions) || ' and', ' were')
	|| ' ' || clicked || ' ' || coalesce(pg_temp.said_times(clicks_all), 'an unknown number of times')
	|| coalesce(', for ' || pg_temp.said(spend, 2) || ' ' || nullif(:'currency', ''), '') || '.',
	CASE WHEN NOT are_two THEN
		coalesce('The ' || rate || ' is ' || pg_temp.said(total.ctr, 2) || ' %.', '')
		|| ' How it changes cannot be told: that takes two weeks with impressions on all seven days.'
	WHEN ctr_differs THEN
		'The ' || rate || CASE WHEN compared.ctr > ctr_before THEN ' rose' ELSE ' fell' END
		|| ' from ' || pg_temp.said(ctr_before, 2) || ' % in the first full week to '
		|| pg_temp.said(compared.ctr, 2) || ' % in the last, which is more than days differ anyway.'
	ELSE
		'The ' || rate || ' was ' || pg_temp.said(ctr_before, 2) || ' % in the first full week and '
		|| pg_temp.said(compared.ctr, 2) || ' % in the last, which is no more than days differ anyway.'
	END,
	CASE WHEN are_two AND cpc_before > 0 AND cpc > 0 THEN
		CASE WHEN cpc_differs
			THEN 'A' || substr(one_click, 2) || ' costs ' || pg_temp.said_ratio(cpc / cpc_before)
				|| ': ' || pg_temp.said(cpc, 3) || ' after ' || pg_temp.said(cpc_before, 3)
			ELSE 'What ' || one_click || ' costs did not change by more than that: '
				|| pg_temp.said(cpc_before, 3) || ' and ' || pg_temp.said(cpc, 3)
			END || coalesce(' ' || nullif(:'currency', ''), '') || '.'
	END,
	CASE WHEN are_two THEN 'The most clicks, ' || pg_temp.said(best.clicks)
		|| ', came in the week of ' || pg_temp.said_day(best.week) || '.' END,
	CASE WHEN (total.clicks).link > 0 AND clicks_all > (total.clicks).link
		THEN 'Of 100 clicks ' || round(100.0 * (total.clicks).link / clicks_all) || ' go to the link.' END)
FROM total CROSS JOIN compared LEFT JOIN best ON true;
