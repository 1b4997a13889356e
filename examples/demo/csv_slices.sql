-- csv_slices.sql
--	demo.sh FILE.csv: the slices that the file has.

SELECT DISTINCT ON (slices.position) slice
FROM unnest(ARRAY['account', 'campaign', 'ad_set', 'ad', 'format', 'objective',
		'audience_segment', 'country', 'device', 'placement'])
		WITH ORDINALITY AS slices(slice, position)
	JOIN csv_columns ON slice = CASE
		WHEN taken_as IN ('age', 'gender') THEN 'audience_segment'
		WHEN taken_as = 'platform' THEN 'placement'
		ELSE taken_as END
ORDER BY slices.position;
