-- People as the platform reports them for each day, and no log of clicks.
INSERT INTO ad_daily (day, account, currency, campaign, clicks, clicks_are, impressions, reported_unique_clicks, spend)
	SELECT date '2026-01-05' + d, 'Acme', 'USD', 'Campaign ' || c, click_counts(link => 20 * c + d), 'all',
		1000 * c, 15 * c + d, 5 * c
	FROM generate_series(0, 27) AS d, generate_series(1, 2) AS c;
