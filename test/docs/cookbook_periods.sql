-- cookbook_periods.sql
--	"Period over period" of docs/cookbook.md where the month before is shorter, where
--	a currency has stopped, and where corrections leave less than no clicks; and "Which
--	clicks are they?", where the other formats have less than none of a type.
--
-- 10 clicks a day in dollars, 290 in 29 days of March against 280 in February; 20 a day
-- in euros, until 22 March: 440 against 560, and a week of none against 140.  In the other
-- formats -100 of 1010 clicks are other ones; the day of -5 in pounds has no shares.
--
-- makes all of its data
-- lacks: .
-- prints: ^ EUR +\| week +\| now +\| 2026-03-23 \| 2026-03-29 \| +0 \| +\|
-- prints: ^ EUR +\| week +\| 1 week before +\| 2026-03-16 \| 2026-03-22 \| +140 \| +-100\.0 \|
-- prints: ^ EUR +\| week +\| 4 weeks before +\| 2026-02-23 \| 2026-03-01 \| +140 \| +-100\.0 \|
-- prints: ^ EUR +\| month +\| now +\| 2026-03-01 \| 2026-03-29 \| +440 \| +0\.0 \|
-- prints: ^ EUR +\| month +\| 1 month before +\| 2026-02-01 \| 2026-02-28 \| +560 \| +-21\.4 \|
-- prints: ^ GBP +\| week +\| now +\| 2026-03-23 \| 2026-03-29 \| +10 \| +0\.0 \|
-- prints: ^ GBP +\| week +\| 1 week before +\| 2026-03-16 \| 2026-03-22 \| +0 \| +\|
-- prints: ^ GBP +\| week +\| 4 weeks before +\| 2026-02-23 \| 2026-03-01 \| +-5 \| +\|
-- prints: ^ USD +\| week +\| 4 weeks before +\| 2026-02-23 \| 2026-03-01 \| +70 \| +0\.0 \|
-- prints: ^ USD +\| month +\| now +\| 2026-03-01 \| 2026-03-29 \| +290 \| +0\.0 \|
-- prints: ^ USD +\| month +\| 1 month before +\| 2026-02-01 \| 2026-02-28 \| +280 \| +3\.6 \|
-- prints: ^ image +\| other +\| +50\.0 \| +-9\.9 \| +\|

SET client_min_messages = warning;
\i examples/click_events.sql
INSERT INTO ad_daily (day, account, ad, currency, format, clicks, clicks_are, impressions, spend)
	SELECT day, 'A', 'x', 'USD', 'image', click_counts(link => 5, other => 5), 'all', 1000, 5
	FROM generate_series(timestamp '2026-02-01', '2026-03-29', '1 day') AS day
	UNION ALL
	SELECT day, 'A', 'y', 'EUR', 'video', click_counts(link => 20), 'all', 1000, 5
	FROM generate_series(timestamp '2026-02-01', '2026-03-22', '1 day') AS day
	UNION ALL
	SELECT day, 'A', 'z', 'GBP', 'carousel', click_counts(link => link, other => other), 'all', 1000, 5
	FROM (VALUES (timestamp '2026-02-24', 10, -15), ('2026-03-24', 110, -100)) AS days(day, link, other);
\i examples/weekly_report.sql
