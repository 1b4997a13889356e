-- 20 million impressions a day, 326 and then 536 clicks a week: a CTR of some ten-thousandths of a percent.
INSERT INTO ad_daily (day, account, currency, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, 'Acme', 'USD', 'Campaign ' || c, 'feed',
		click_counts(link => CASE WHEN d < 28 THEN 43 + d % 7 + c / 2 * (d % 7) ELSE 73 + d % 7 + (d % 7) / 6 * 4 END), 'all', 20000000, 100
	FROM generate_series(0, 34) AS d, generate_series(1, 2) AS c;
