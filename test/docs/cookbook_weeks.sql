-- cookbook_weeks.sql
--	A week without delivery is a week in docs/cookbook.md, and its purchases count.
--
-- makes all of its data
-- lacks: .
-- prints: ^ 2026-03-16 \| +0 \| +-200 \|
-- prints: ^ 2026-03-23 \| +300 \| +300 \|
-- prints: ^ purchase \| A +\| x +\| +60 \|

SET client_min_messages = warning;
\i examples/click_events.sql
INSERT INTO ad_daily (day, account, ad, clicks, impressions, purchases)
	VALUES ('2026-03-02', 'A', 'x', click_counts(link => 100), 1000, 0),
		('2026-03-09', 'A', 'x', click_counts(link => 200), 1000, 10),
		('2026-03-16', 'A', 'x', NULL, NULL, 20),
		('2026-03-23', 'A', 'x', click_counts(link => 300), 1000, NULL),
		('2026-03-30', 'A', 'x', click_counts(link => 400), 1000, 30);
\i examples/weekly_report.sql
