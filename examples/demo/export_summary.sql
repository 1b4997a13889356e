-- export_summary.sql
--	demo.sh FILE: what the export adds up to.

\ir export_names.sql

\echo
\echo 'What is in it?'
\echo

SELECT coalesce(currency, CASE WHEN GROUPING(currency) = 1 THEN 'all rows'
		ELSE '(none)' END) AS currency,
	sum(rows) AS rows, min(first_row_day) AS "first day", max(last_row_day) AS "last day",
	clicks_all(clicks) AS :"clicks_name", sum(impressions) AS impressions
FROM export_cells
GROUP BY ROLLUP (currency)
ORDER BY GROUPING(currency), sum(rows) DESC;

SELECT count(spend) > 0 AS has_spend,
	count(landing_page_views) + count(purchases) + count(leads) + count(purchase_value) > 0
		AS has_results,
	count(unique_clicks_at_least) > 0 AS has_unique_clicks,
	count(reach_at_least) > 0 AS has_reach,
	count(*) FILTER (WHERE clicks_are = 'all' AND types > 0) > 0 AS has_types
FROM export_cells
	CROSS JOIN LATERAL (SELECT num_nonnulls((clicks).link, (clicks).reaction, (clicks).comment,
			(clicks).share, (clicks).page_like, (clicks).outbound)) AS known(types) \gset

\if :has_spend
	\echo 'What does a click cost, where the spend is known?'
	\echo

	SELECT coalesce(currency, '(none)') AS currency, sum(rows_with_spend) AS rows,
		shown_amount(sum(spend)) AS spend, sum(clicks_with_spend) AS :"clicks_name",
		round(sum(spend) / nullif(sum(clicks_with_spend), 0), 5) AS :"cpc_name"
	FROM export_cells
	WHERE spend IS NOT NULL
	GROUP BY currency
	ORDER BY sum(rows_with_spend) DESC;
\endif

\if :has_types
	\echo 'What do people click on?'
	\echo

	SELECT kind_of_click(click_type) AS "click on", clicks, round(share, 2) AS "share %",
		CASE WHEN is_counted(click_type) THEN 'counted' ELSE 'of which, not added' END AS " "
	FROM click_breakdown((SELECT sum(clicks) FROM export_cells))
	ORDER BY is_counted(click_type) DESC, clicks DESC, click_type;
\endif

\if :has_results
	\echo 'What came of the clicks, as reported?'
	\echo

	SELECT coalesce(currency, '(none)') AS currency,
		sum(landing_page_views) AS "landing views", sum(purchases) AS purchases,
		sum(leads) AS leads, shown_amount(sum(purchase_value)) AS "worth",
		round(sum(spend) / nullif(sum(purchases), 0), 2) AS "cost per purchase"
	FROM export_cells
	GROUP BY currency
	ORDER BY sum(rows) DESC;
\endif

\if :has_unique_clicks
	\echo 'How many people clicked?  Two rows may tell of the same people.'
	\echo

	SELECT coalesce(currency, '(none)') AS currency,
		max(unique_clicks_at_least) AS "unique clicks, at least",
		CASE WHEN bool_and(unique_clicks_at_most IS NOT NULL) THEN sum(unique_clicks_at_most) END
			AS "at most"
	FROM export_cells
	GROUP BY currency
	ORDER BY sum(rows) DESC;
\endif

\if :has_reach
	\echo 'How many people were reached?  Two rows may tell of the same people.'
	\echo

	SELECT coalesce(currency, '(none)') AS currency,
		max(reach_at_least) AS "reach, at least",
		CASE WHEN bool_and(reach_at_most IS NOT NULL) THEN sum(reach_at_most) END AS "at most"
	FROM export_cells
	GROUP BY currency
	ORDER BY sum(rows) DESC;
\endif
