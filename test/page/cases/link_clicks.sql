-- Half of the time the source tells no more than link clicks, so that is what is compared.
INSERT INTO ad_daily (day, account, currency, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, 'Acme', 'USD', 'Campaign ' || c, 'feed',
		CASE WHEN d < 21 THEN click_counts(link => 10 + d % 5, see_more => 9) ELSE click_counts(link => 12 + d % 5) END,
		CASE WHEN d < 21 THEN 'all' ELSE 'link' END, 1500 + d, 3.5
	FROM generate_series(0, 41) AS d, generate_series(1, 2) AS c;
