-- export_slices.sql
--	demo.sh FILE: the slices that the export has.

SELECT slice
FROM export_cells
	CROSS JOIN LATERAL (VALUES (1, 'account', account), (2, 'campaign', campaign),
		(3, 'ad_set', ad_set), (4, 'ad', ad), (5, 'format', format),
		(6, 'objective', objective), (7, 'audience_segment', audience_segment),
		(8, 'country', country), (9, 'device', device), (10, 'placement', placement)
		) AS slices(place, slice, value)
WHERE value IS NOT NULL
GROUP BY place, slice
ORDER BY place;
