-- csv_slice.sql
--	demo.sh FILE.csv: the report of one currency by one slice, the ten with the
--	most clicks.  Takes the psql variables currency and slice.

SELECT replace(:'slice', '_', ' ') AS question,
	coalesce(nullif(:'currency', ''), 'no currency given') AS money \gset
\echo 'Which' :question 'is clicked most?' (:money)
\echo

SELECT CASE
		WHEN is_total THEN 'total of ' || number_of_slices
		WHEN length(slice) > 36 THEN left(slice, 35) || '…'
		ELSE coalesce(slice, '(blank)')
	END AS :"question",
	clicks_all AS "clicks (all)", impressions, round(ctr, 2) AS "ctr %",
	spend, round(cpc, 3) AS cpc
FROM (
	SELECT slice, GROUPING(slice) = 1 AS is_total, clicks_all(clicks),
		sum(impressions) AS impressions, ctr(clicks, impressions),
		sum(spend) AS spend, cpc(spend, clicks, currency),
		row_number() OVER (PARTITION BY GROUPING(slice)
			ORDER BY clicks_all(clicks) DESC NULLS LAST, slice) AS place,
		count(*) OVER () - 1 AS number_of_slices
	FROM (
		SELECT regexp_replace(:"slice", '\s+', ' ', 'g') AS slice, *
		FROM weekly_ads
		WHERE coalesce(currency, '') = :'currency'
	) AS sliced
	GROUP BY ROLLUP (slice)
) AS report
WHERE place <= 10
ORDER BY is_total, place;
