-- csv_weeks.sql
--	demo.sh FILE.csv: the report of one currency by week.  Takes the psql
--	variable currency ('' for none).

SELECT coalesce(nullif(:'currency', ''), 'no currency given') AS money \gset
\echo 'How did the weeks go?' (:money)
\echo

SELECT CASE WHEN is_total THEN 'total' ELSE coalesce(week::text, '(no day)') END
		AS week,
	clicks_all AS "clicks (all)", impressions, round(ctr, 2) AS "ctr %",
	spend, round(cpc, 3) AS cpc,
	CASE WHEN NOT is_total THEN
		bar(clicks_all, max(clicks_all) FILTER (WHERE NOT is_total) OVER (), 24)
	END AS " "
FROM (
	SELECT week, GROUPING(week) = 1 AS is_total, clicks_all(clicks),
		sum(impressions) AS impressions, ctr(clicks, impressions),
		sum(spend) AS spend, cpc(spend, clicks, currency)
	FROM weekly_ads
	WHERE coalesce(currency, '') = :'currency'
	GROUP BY ROLLUP (week)
) AS report
ORDER BY is_total, report.week;
