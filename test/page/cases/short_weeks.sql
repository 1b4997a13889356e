-- No week is whole: on Sundays nothing is reported, and in five weeks nobody can know that for a habit.
INSERT INTO ad_daily (day, account, currency, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-12' + d, 'Acme', 'USD', 'Campaign ' || c, 'feed', click_counts(link => 10 + d, photo => c), 'all', 1500 + d, 3.5
	FROM generate_series(0, 34) AS d, generate_series(1, 2) AS c
	WHERE d % 7 < 6;
