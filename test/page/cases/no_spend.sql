-- A source that reports no money; and days with clicks but no impressions.
INSERT INTO ad_daily (day, account, campaign, placement, clicks, clicks_are, impressions)
	SELECT date '2026-01-05' + d, 'Acme', 'Campaign ' || c, 'feed', click_counts(link => d % 9 + c, share => 1), 'all',
		CASE WHEN d % 5 > 0 THEN 700 + d ELSE 0 END
	FROM generate_series(0, 34) AS d, generate_series(1, 3) AS c;
