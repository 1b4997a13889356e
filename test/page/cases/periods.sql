-- An export without days: two months as a whole, told by ad and once more by campaign.
INSERT INTO ad_periods (first_day, last_day, level, account, currency, campaign, ad, clicks, clicks_are, impressions, spend)
	SELECT first_day, (first_day + interval '1 month')::date - 1, level, 'Acme', 'EUR', 'Campaign ' || c,
		CASE level WHEN 'ad' THEN 'ad ' || a END, click_counts(link => 1000 * c + a), 'all', 90000 * c, 500.25 * c
	FROM (VALUES (date '2026-02-01'), (date '2026-03-01')) AS months(first_day),
		(VALUES ('ad'), ('campaign')) AS levels(level), generate_series(1, 2) AS c, generate_series(1, 3) AS a
	WHERE level = 'ad' OR a = 1;
