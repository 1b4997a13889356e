-- An account that never runs at weekends: its weeks are whole with five days.
INSERT INTO ad_daily (day, account, currency, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, 'Acme', 'USD', 'Campaign ' || c, 'feed', click_counts(link => 10 + d, photo => c), 'all', 1500 + d, 3.5
	FROM generate_series(0, 67) AS d, generate_series(1, 2) AS c
	WHERE d % 7 < 5;
