-- csv_header_complaint.sql
--	demo.sh FILE.csv: one line if the file cannot be used for lack of a column,
--	nothing if it can.

SELECT format('line 1: no column for %s among: %s%s',
	CASE missing WHEN 'clicks' THEN 'Clicks (all)' ELSE missing END,
	(SELECT string_agg(header, ', ' ORDER BY position) FROM csv_columns),
	CASE WHEN missing = 'clicks'
		AND EXISTS (SELECT FROM csv_columns WHERE taken_as = 'link')
		THEN ' (link clicks are only a part of Clicks (all))' END)
FROM unnest(ARRAY['clicks', 'impressions']) AS missing
WHERE missing NOT IN (SELECT taken_as FROM csv_columns
	WHERE taken_as IS NOT NULL)
LIMIT 1;
