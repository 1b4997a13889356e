-- Clicks by type, but nothing about who clicked; device but no placement.
INSERT INTO ad_daily (day, account_id, account, currency, campaign_id, campaign, device, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, '7', 'Acme', 'USD', c, 'Campaign ' || c, (ARRAY['phone', 'desktop', NULL])[v],
		click_counts(link => d * c % 11, see_more => d % 4, photo => c), 'all', 1000 + d * c, c * 1.1 + v
	FROM generate_series(0, 48) AS d, generate_series(1, 4) AS c, generate_series(1, 3) AS v;
