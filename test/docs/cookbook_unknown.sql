-- cookbook_unknown.sql
--	A placement that is not known is none of the totals of docs/cookbook.md, and ads
--	without clicks, or without impressions, have no cost per click.
--
-- makes all of its data
-- lacks: .
-- prints: ^ feed +\| +10 \| +1100 \|
-- prints: ^ \(not known\) +\| +40 \| +1000 \|
-- prints: ^ all +\| +50 \| +2100 \|
-- prints: ^ a1 +\| ad +\| +0 \| +\| +\| *$
-- prints: ^ a2 +\| ad +\| +\| +\| +\| *$

SET client_min_messages = warning;
\i examples/click_events.sql
INSERT INTO ad_daily (day, currency, campaign, ad_set, ad, placement, clicks, impressions, spend)
	VALUES ('2026-03-02', 'USD', 'c', 's', 'a0', 'feed', click_counts(link => 10), 1000, 3),
		('2026-03-02', 'USD', 'c', 's', 'a0', NULL, click_counts(link => 40), 1000, 3),
		('2026-03-02', 'USD', 'c', 's', 'a1', 'feed', click_counts(link => 0), 100, 1.00),
		('2026-03-02', 'USD', 'c', 's', 'a2', 'feed', NULL, 0, 0);
\i examples/weekly_report.sql
