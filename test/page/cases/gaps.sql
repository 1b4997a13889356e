-- A year in which weeks are missing, a campaign comes and goes, a day has no clicks
-- reported, and the newest week has only three days.
INSERT INTO ad_daily (day, account, currency, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT day, 'Acme', 'GBP', campaign, placement,
		CASE WHEN d % 50 > 0 THEN click_counts(link => 30 + d % 13, reaction => d % 5) END, 'all', 2000 + d, 10 + d % 9
	FROM generate_series(0, 358) AS d,
		LATERAL (SELECT date '2025-03-03' + d) AS days(day),
		LATERAL (VALUES ('Always', 'feed'), ('Summer', 'stories')) AS campaigns(campaign, placement)
	WHERE d / 7 NOT IN (5, 6, 7, 20, 48) AND (campaign = 'Always' OR d / 7 BETWEEN 15 AND 30);
