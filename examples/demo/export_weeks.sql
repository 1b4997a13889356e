-- export_weeks.sql
--	demo.sh FILE: the report of one currency by week, or by the periods that the
--	file has, if it has more than one.  Takes the psql variable currency ('' for
--	none).

\ir export_names.sql

SELECT coalesce(nullif(:'currency', ''), 'no currency given') AS money,
	count(DISTINCT (first_day, last_day)) > 1 OR bool_or(has_days) AS has_weeks,
	bool_and(last_day - first_day < 7) AS are_weeks,
	coalesce(bool_or(has_days), false) AS are_days
FROM export_cells
WHERE coalesce(currency, '') = :'currency' \gset

\if :has_weeks

\if :are_weeks
	\echo 'How did the weeks go?' (:money)
\else
	\echo 'How did the periods go?' (:money)
\endif
\echo

WITH report AS (
	SELECT first_day, last_day, GROUPING(first_day, last_day) = 3 AS is_total,
		clicks_all(clicks), sum(impressions) AS impressions,
		ctr(clicks, impressions), sum(spend) AS spend, cpc(spend, clicks, currency)
	FROM export_cells
	WHERE coalesce(currency, '') = :'currency'
	GROUP BY ROLLUP ((first_day, last_day))
), named AS (
	SELECT *, CASE WHEN is_total THEN 'total'
		WHEN first_day IS NULL THEN '(no day)'
		WHEN :'are_days' THEN first_day::text
		WHEN extract(year FROM first_day) = extract(year FROM last_day)
			THEN first_day || to_char(last_day, '" to "MM-DD')
		ELSE first_day || ' to ' || last_day END AS name
	FROM report
), widths AS (
	-- what is left of a line for the bar
	SELECT 80 - max(length(name))
		- greatest(length(:'clicks_name'), max(shown_width(clicks_all)))
		- greatest(11, max(shown_width(impressions)))
		- greatest(length(:'ctr_name'), max(shown_width(round(ctr, 2))))
		- greatest(5, max(shown_width(shown_amount(spend))))
		- greatest(length(:'cpc_name'), max(shown_width(round(cpc, 3)))) - 7 * 3 + 1 AS bar
	FROM named
)
SELECT name AS week, clicks_all AS :"clicks_name", impressions, round(ctr, 2) AS :"ctr_name",
	shown_amount(spend) AS spend, round(cpc, 3) AS :"cpc_name",
	CASE WHEN is_total THEN ''
		ELSE bar(clicks_all, max(clicks_all) FILTER (WHERE NOT is_total) OVER (),
			greatest(1, least(24, widths.bar)))
	END AS " "
FROM named CROSS JOIN widths
ORDER BY is_total, first_day, last_day;

\endif
