-- csv_summary.sql
--	demo.sh FILE.csv: what was understood of the file, and what it adds up to.

\echo
\echo 'What was taken for what?'
\echo

SELECT header AS "column of the file",
	coalesce(replace(taken_as, '_', ' ')
		|| CASE WHEN taken_as = 'spend' THEN coalesce(' in ' || currency, '')
			WHEN taken_as = 'clicks' THEN ', that is Clicks (All)'
			WHEN taken_as IN ('age', 'gender') THEN ', part of the audience segment'
			WHEN taken_as = 'platform' THEN ', part of the placement'
			ELSE '' END,
		'(not used)') AS "taken as"
FROM csv_columns
ORDER BY taken_as IS NULL, position;

\echo 'What is in it?'
\echo

SELECT coalesce(currency, CASE WHEN GROUPING(currency) = 1 THEN 'all rows'
		ELSE '(none)' END) AS currency,
	count(*) AS rows, min(day) AS "first day", max(day) AS "last day",
	clicks_all(clicks) AS "clicks (all)", sum(impressions) AS impressions,
	CASE WHEN GROUPING(currency) = 0 THEN sum(spend) END AS spend
FROM ad_daily
GROUP BY ROLLUP (currency)
ORDER BY GROUPING(currency), count(*) DESC;

\echo 'What does a click cost, where the spend is known?'
\echo

SELECT coalesce(currency, '(none)') AS currency, count(*) AS rows,
	sum(spend) AS spend, clicks_all(clicks) AS "clicks (all)",
	round(cpc(spend, clicks, currency), 5) AS cpc
FROM ad_daily
WHERE spend IS NOT NULL
GROUP BY currency
ORDER BY count(*) DESC;

SELECT count(*) FILTER (WHERE is_total) AS total_rows,
	count(*) FILTER (WHERE is_total) > 0 AS has_total_rows,
	count(*) FILTER (WHERE NOT is_total AND coalesce(day, '') = '')
		AS dayless_rows,
	count(*) FILTER (WHERE NOT is_total AND coalesce(day, '') = '') > 0
		AS has_dayless_rows,
	count(*) FILTER (WHERE NOT is_total AND lacks_breakdown) AS doubtful_rows,
	count(*) FILTER (WHERE NOT is_total AND lacks_breakdown) > 0
		AS has_doubtful_rows
FROM csv_named_rows \gset

\if :has_total_rows
	\echo 'Rows left out, as they are totals of others:' :total_rows
	\echo
\endif
\if :has_doubtful_rows
	\echo 'Rows that may be totals of others, but do not add up to them, and are counted:' :doubtful_rows
	\echo
\endif
\if :has_dayless_rows
	\echo 'Rows without a day, in the total but in no week:' :dayless_rows
	\echo
\endif
