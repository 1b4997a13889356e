-- cookbook_hard.sql
--	Rows that the queries of docs/cookbook.md may trip over: slices that are not
--	known, clicks, impressions and spend that are none or stand alone, corrections
--	below zero, one day, ads and ad sets that share their name.
--
-- makes all of its data
-- lacks: ad_clicks|reach|360|daily

SET client_min_messages = warning;
\i examples/click_events.sql
INSERT INTO ad_daily (day, account, currency, campaign_id, campaign, ad_set_id, ad_set, ad_id, ad,
		format, placement, clicks, clicks_are, impressions, spend, purchases, leads, purchase_value)
	SELECT date '2026-03-02' + d, 'A', 'USD', 'c' || n % 3, 'c', nullif('s' || n % 4, 's0'), 'Broad',
		nullif('a' || n, 'a7'), 'Ad', nullif('f' || n % 2, 'f0'), nullif('p' || n % 3, 'p0'),
		CASE n % 5 WHEN 0 THEN click_counts(link => 0)
			WHEN 1 THEN click_counts(link => 7, other => -3) WHEN 2 THEN NULL
			WHEN 3 THEN click_counts(link => 5, see_more => d) ELSE click_counts(outbound => 3) END,
		'all',
		CASE n % 7 WHEN 0 THEN 0 WHEN 1 THEN NULL WHEN 2 THEN -1 ELSE 100 * n END,
		CASE n % 4 WHEN 0 THEN 0 WHEN 1 THEN NULL WHEN 2 THEN -0.5 ELSE n END,
		CASE n % 3 WHEN 0 THEN 0 WHEN 1 THEN 2.5 END, CASE n % 2 WHEN 1 THEN d END,
		CASE n % 3 WHEN 1 THEN 10 END
	FROM generate_series(0, 34) AS d, generate_series(1, 30) AS n
	WHERE (d + n) % 6 > 0 AND d NOT BETWEEN 14 AND 20;
INSERT INTO ad_daily (day) VALUES ('2026-03-04'), ('2026-05-01');
INSERT INTO ad_daily (day, account, ad, clicks, clicks_are) VALUES ('2026-03-05', 'B', 'x', click_counts(link => 9), 'link');
INSERT INTO ad_clicks (click_id, clicked_at, day, click_type) VALUES ('1', '2026-03-05', '2026-03-05', 'link');
\i examples/weekly_report.sql
