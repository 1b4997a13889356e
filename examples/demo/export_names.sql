-- export_names.sql
--	demo.sh FILE: what the numbers of the report are called, as psql variables.

SELECT CASE clicks_are WHEN 'link' THEN 'link clicks' ELSE 'clicks (all)' END AS clicks_name,
	CASE clicks_are WHEN 'link' THEN 'link ctr %' ELSE 'ctr %' END AS ctr_name,
	CASE clicks_are WHEN 'link' THEN 'link cpc' ELSE 'cpc' END AS cpc_name
FROM (SELECT min(clicks_are) AS clicks_are FROM export_cells) AS export \gset
