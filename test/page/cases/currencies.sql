-- Four accounts: dollars, yen, a currency that is none of the world's, and none at all.
INSERT INTO ad_daily (day, account, currency, campaign, country, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, account, currency, 'Campaign ' || c, (ARRAY['DE', 'JP', 'US'])[c],
		click_counts(link => (9 + d % 7) * c * size, cta => d % 3), 'all', 900 * c * size + d,
		price * c * size * (1 + d % 7 * 0.01)
	FROM (VALUES ('Acme', 'USD', 4.21, 4), ('Acme', 'JPY', 612, 3), ('Points', 'credits', 2.5, 2), (NULL, NULL, 1.5, 1))
		AS accounts(account, currency, price, size),
		generate_series(0, 20) AS d, generate_series(1, 3) AS c;
