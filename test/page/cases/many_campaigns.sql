-- 1,000 campaigns, of which each begins on another day.
INSERT INTO ad_daily (day, account_id, account, currency, campaign_id, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, '1', 'Large', 'USD', c, 'Campaign ' || c, 'place ' || c % 3,
		click_counts(link => (c * 7 + d) % 40, photo => d % 3), 'all', 800 + c % 100 * 10, (c % 90) / 10.0 + 1
	FROM generate_series(1, 1000) AS c, generate_series(c % 14, 34) AS d;
INSERT INTO ad_clicks (click_id, clicked_at, day, account_id, account, currency, campaign_id, campaign, placement, user_id, click_type)
	SELECT row_number() OVER (), timestamptz '2026-01-05 12:00Z' + d * interval '1 day', date '2026-01-05' + d, '1', 'Large', 'USD',
		c, 'Campaign ' || c, 'place ' || c % 3, 'user ' || (c * 31 + d * 7) % 2500, 'link'
	FROM generate_series(1, 1000) AS c, generate_series(c % 14, 34, 7) AS d;
