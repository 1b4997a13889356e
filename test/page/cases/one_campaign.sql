-- One campaign that is one ad in one place, of which the source tells nothing more.
INSERT INTO ad_daily (day, account, currency, campaign, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, 'Acme', 'USD', 'The only one', click_counts(other => 40 + d % 7 * 5), 'all',
		3000 + d * 17 % 400, 12.34 + d % 5
	FROM generate_series(0, 55) AS d;
