-- cookbook_types.sql
--	Two formats on one day, for question 1 of docs/cookbook.md: shares are those of
--	the counted types, "other" may be below zero, and a memo type is no part.
--
-- makes all of its data
-- lacks: .
-- prints: ^ image +\| reaction +\| +50\.0 \| +10\.0 \| +400 \|
-- prints: ^ video +\| link +\| +90\.0 \| +50\.0 \| +80 \|

SET client_min_messages = warning;
\i examples/click_events.sql
INSERT INTO ad_daily (day, format, clicks, impressions)
	VALUES ('2026-03-02', 'video', click_counts(link => 900, reaction => 100, outbound => 900), 10000),
		('2026-03-02', 'image', click_counts(link => 500, reaction => 500, outbound => 100), 10000);
\i examples/weekly_report.sql
