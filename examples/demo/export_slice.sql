-- export_slice.sql
--	demo.sh FILE: the report of one currency by one slice, the ten with the most
--	clicks.  Takes the psql variables currency and slice.
--
-- Campaigns, ad sets and ads are told apart by id, or where they are; those that
-- share a name show where they are.

\ir export_names.sql

SELECT replace(:'slice', '_', ' ') AS question,
	coalesce(nullif(:'currency', ''), 'no currency given') AS money \gset
\echo 'Which' :question 'is clicked most?' (:money)
\echo

WITH sliced AS (
	SELECT CASE :'slice'
			WHEN 'account' THEN ARRAY[coalesce(account_id, account)]
			WHEN 'campaign' THEN ARRAY[coalesce(account_id, account), coalesce(campaign_id, campaign)]
			WHEN 'ad_set' THEN ARRAY[coalesce(account_id, account), coalesce(campaign_id, campaign),
				coalesce(ad_set_id, ad_set)]
			WHEN 'ad' THEN CASE WHEN ad_id IS NOT NULL THEN ARRAY[ad_id]
				ELSE ARRAY[coalesce(account_id, account), coalesce(campaign_id, campaign),
					coalesce(ad_set_id, ad_set), ad] END
			ELSE ARRAY[:"slice"] END AS key,
		regexp_replace(:"slice", '\s+', ' ', 'g') AS name,
		regexp_replace(CASE :'slice' WHEN 'campaign' THEN account WHEN 'ad_set' THEN campaign
			WHEN 'ad' THEN concat_ws(' / ', campaign, ad_set) END, '\s+', ' ', 'g') AS place,
		clicks, impressions, spend, currency
	FROM export_cells
	WHERE coalesce(currency, '') = :'currency'
), report AS (
	SELECT key, max(name) AS name, max(place) AS place, GROUPING(key) = 1 AS is_total,
		clicks_all(clicks), sum(impressions) AS impressions, ctr(clicks, impressions),
		sum(spend) AS spend, cpc(spend, clicks, currency)
	FROM sliced
	GROUP BY ROLLUP (key)
), named AS (
	SELECT *,
		name || CASE WHEN count(*) OVER (PARTITION BY is_total, name) > 1
			THEN coalesce(' (' || nullif(place, '') || ')', '') ELSE '' END AS shown,
		row_number() OVER (PARTITION BY is_total ORDER BY clicks_all DESC NULLS LAST, name, place)
			AS rank,
		count(*) OVER () - 1 AS number_of_slices
	FROM report
), widths AS (
	-- what is left of a line for the name
	SELECT 80 - greatest(length(:'clicks_name'), max(shown_width(clicks_all)))
		- greatest(11, max(shown_width(impressions)))
		- greatest(length(:'ctr_name'), max(shown_width(round(ctr, 2))))
		- greatest(5, max(shown_width(shown_amount(spend))))
		- greatest(length(:'cpc_name'), max(shown_width(round(cpc, 3)))) - 6 * 3 + 1 AS name
	FROM named
	WHERE rank <= 10
)
SELECT CASE
		WHEN is_total THEN 'total of ' || number_of_slices
		ELSE coalesce(shown_name(shown, greatest(12, least(36, widths.name))), '(blank)')
	END AS :"question",
	clicks_all AS :"clicks_name", impressions, round(ctr, 2) AS :"ctr_name",
	shown_amount(spend) AS spend, round(cpc, 3) AS :"cpc_name"
FROM named CROSS JOIN widths
WHERE rank <= 10
ORDER BY is_total, rank;
