-- Many impressions, and a CTR that rises by 0.002 points, which is more than days differ.
INSERT INTO ad_daily (day, account, currency, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, 'Acme', 'USD', 'C' || c, 'feed',
		click_counts(link => 100000 + d % 3 + CASE WHEN d < 28 THEN 0 ELSE 200 END), 'all', 10000000, 50000 + d % 2
	FROM generate_series(0, 34) AS d, generate_series(1, 2) AS c;
