-- questions.sql
--	What demo.sh asks of the year, with the answers: each heading is the
--	question, below it the aggregates that answer it.

\echo
\echo 'What is Clicks (All)?'
\echo '  Of an ad with 200 clicks on its link, 50 on "see more", 30 on photos, 20 on the Page,'
\echo '  10 on the button and 5 on the video:  clicks_all(clicks)'
\echo

SELECT clicks_all(clicks)
FROM (VALUES (click_counts(link => 200, see_more => 50, photo => 30,
	page => 20, cta => 10, video => 5))) AS ad(clicks);

\echo 'What do people click on?'
\echo '  click_breakdown(sum(clicks))'
\echo

SELECT click_type, clicks, round(share, 2) AS "share %",
	bar(clicks, max(clicks) OVER (), 40) AS " "
FROM click_breakdown((SELECT sum(clicks) FROM weekly_ads));

\echo 'How did the year go, week by week?'
\echo '  clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks, currency),'
\echo '  unique_clicks(clickers)'
\echo

SELECT coalesce(week::text, 'year') AS week, clicks_all AS "clicks (all)",
	impressions, round(ctr, 2) AS "ctr %", spend AS "spend USD",
	round(cpc, 3) AS cpc, unique_clicks AS "unique",
	CASE WHEN week IS NOT NULL THEN
		bar(clicks_all, max(clicks_all) FILTER (WHERE week IS NOT NULL) OVER (), 16)
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
\echo '  weekly_change: the CTR against that of the four weeks before, split into what each campaign did'
\echo '  by itself (rate) and what came of showing it more or less (mix), in percent points'
\echo

SELECT coalesce(value, 'all campaigns') AS campaign, round(clicks_before) AS before,
	clicks_all AS clicks, round(ctr_before, 2) AS "ctr %", round(ctr, 2) AS "now %",
	rate_effect AS rate, mix_effect AS mix, verdict
FROM weekly_change
WHERE compared_with = 'mean of four weeks before' AND slice IN ('total', 'campaign')
ORDER BY slice DESC, abs(rate_effect + mix_effect) DESC
LIMIT 9;

\echo 'Which placements are clicked, and which are cheap?'
\echo '  ctr(clicks, impressions), cpc(spend, clicks, currency)'
\echo

SELECT coalesce(placement, 'all') AS placement, clicks_all AS "clicks (all)",
	impressions, round(ctr, 2) AS "ctr %",
	CASE WHEN placement IS NOT NULL THEN
		bar(ctr, max(ctr) OVER (), 13) END AS " ",
	round(cpc, 3) AS "cpc USD",
	CASE WHEN placement IS NOT NULL THEN
		bar(cpc, max(cpc) OVER (), 13) END AS "  "
FROM (
	SELECT placement, clicks_all(clicks), sum(impressions) AS impressions,
		ctr(clicks, impressions), cpc(spend, clicks, currency)
	FROM weekly_ads
	GROUP BY ROLLUP (placement)
) AS report
ORDER BY report.placement IS NULL, ctr DESC;

\echo 'How many people is that?  (the twelve campaigns with the most clicks)'
\echo '  unique_clicks(user_id) counts people once; daily uniques added up count them every day that'
\echo '  they return.  unique_clicks(clickers) over the weekly table needs no events; it is an estimate.'
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
SELECT campaign, clicks_all AS "clicks (all)", unique_clicks AS "unique clicks",
	from_weeks AS "by week", daily AS "daily, added",
	round(100.0 * (daily - unique_clicks) / unique_clicks) AS "too high by %"
FROM events JOIN weeks USING (campaign) JOIN days USING (campaign)
ORDER BY clicks_all DESC
LIMIT 13;
