-- Days with clicks and no impressions, at the beginning of a week, within it and at its end.
INSERT INTO ad_daily (day, account, currency, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, 'Acme', 'USD', 'Campaign ' || c, 'place ' || p,
		click_counts(link => CASE WHEN is_stray THEN 5 + d / 7 * 10 ELSE 20 + d % 3 + c - d / 7 END), 'all',
		CASE WHEN NOT is_stray THEN 1000 * p + d ELSE 0 END, CASE WHEN NOT is_stray THEN 10 ELSE 0 END
	FROM generate_series(0, 34) AS d, generate_series(1, 2) AS c, generate_series(1, 2) AS p,
		LATERAL (SELECT d % 7 IN (5, 6) OR d % 5 = 0 AND c = p) AS stray(is_stray);
