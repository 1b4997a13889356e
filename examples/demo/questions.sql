-- questions.sql
--	What demo.sh asks of the year, with the answers: each heading is the
--	question, below it the aggregates that answer it.

\echo
\echo 'What is Clicks (All)?'
\echo '  clicks_all(clicks) of an ad with 200 clicks on its link, 50 on "See more",'
\echo '  30 on photos, 20 on the Page, 10 on the button and 5 on the video:'
\echo

SELECT clicks_all(clicks)
FROM (VALUES (click_counts(link => 200, see_more => 50, photo => 30,
	page => 20, cta => 10, video => 5))) AS ad(clicks);

\echo 'What do people click on?'
\echo '  click_breakdown(sum(clicks))'
\echo

SELECT kind_of_click(click_type) AS "click on", clicks, round(share, 2) AS "share %",
	bar(clicks, max(clicks) OVER (), 28) AS " "
FROM click_breakdown((SELECT sum(clicks) FROM weekly_ads))
ORDER BY clicks DESC, click_type;

\echo 'How did the year go, week by week?'
\echo '  clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks, currency),'
\echo '  unique_clicks(clickers); spend and cpc are in USD'
\echo

SELECT coalesce(week::text, 'year') AS week, clicks_all AS clicks,
	impressions, round(ctr, 2) AS "ctr %", round(spend) AS spend,
	round(cpc, 3) AS cpc, unique_clicks AS "unique",
	CASE WHEN week IS NULL THEN ''
		ELSE bar(clicks_all, max(clicks_all) FILTER (WHERE week IS NOT NULL) OVER (), 7)
	END AS " "
FROM (
	SELECT week, clicks_all(clicks), sum(impressions) AS impressions,
		ctr(clicks, impressions), sum(spend) AS spend,
		cpc(spend, clicks, currency), unique_clicks(clickers)
	FROM weekly_ads
	GROUP BY ROLLUP (week)
) AS report
ORDER BY report.week;

\echo 'What changed in the last week, and is it more than chance?'
\echo '  weekly_change: the CTR against that of the four weeks before, split into what'
\echo '  each campaign did by itself (rate) and what came of showing it more or less'
\echo '  (mix), in percent points'
\echo

SELECT coalesce(value, 'all campaigns') AS campaign,
	round(ctr_before, 2) AS "ctr before", round(ctr, 2) AS "now",
	round(rate_effect, 3) AS rate, round(mix_effect, 3) AS mix, verdict
FROM weekly_change
WHERE compared_with = 'mean of four weeks before' AND slice IN ('total', 'campaign')
ORDER BY slice DESC, abs(rate_effect + mix_effect) DESC
LIMIT 9;

\echo 'Which placements are clicked, and which are cheap?'
\echo '  ctr(clicks, impressions), cpc(spend, clicks, currency)'
\echo

SELECT coalesce(placement, 'all') AS placement, clicks_all AS clicks,
	impressions, round(ctr, 2) AS "ctr %",
	CASE WHEN placement IS NULL THEN '' ELSE bar(ctr, max(ctr) OVER (), 6) END AS " ",
	round(cpc, 3) AS "cpc USD",
	CASE WHEN placement IS NULL THEN '' ELSE bar(cpc, max(cpc) OVER (), 6) END AS "  "
FROM (
	SELECT placement, clicks_all(clicks), sum(impressions) AS impressions,
		ctr(clicks, impressions), cpc(spend, clicks, currency)
	FROM weekly_ads
	GROUP BY ROLLUP (placement)
) AS report
ORDER BY report.placement IS NULL, ctr DESC;

\echo 'How many people is that?  (the twelve campaigns with the most clicks)'
\echo '  people: unique_clicks(user_id), each counted once;  by week: an estimate by'
\echo '  unique_clicks(clickers) over the weekly table, which needs no events;  by day:'
\echo '  daily uniques added up, which count people every day that they return'
\echo

WITH events AS (
	SELECT coalesce(campaign, 'all campaigns') AS campaign,
		clicks_all(click_type), unique_clicks(user_id)
	FROM ad_clicks
	GROUP BY ROLLUP (campaign)
), weeks AS (
	SELECT coalesce(campaign, 'all campaigns') AS campaign,
		unique_clicks(clickers) AS from_weeks
	FROM weekly_ads
	GROUP BY ROLLUP (campaign)
), days AS (
	SELECT campaign, sum(uniques) AS daily
	FROM (
		SELECT coalesce(campaign, 'all campaigns'), unique_clicks(user_id)
		FROM ad_clicks
		GROUP BY GROUPING SETS ((day, campaign), (day))
	) AS each_day(campaign, uniques)
	GROUP BY campaign
)
SELECT campaign, clicks_all AS clicks, unique_clicks AS people, from_weeks AS "by week",
	daily AS "by day",
	round(100.0 * (daily - unique_clicks) / unique_clicks) AS "% too many"
FROM events JOIN weeks USING (campaign) JOIN days USING (campaign)
ORDER BY clicks_all DESC
LIMIT 13;
