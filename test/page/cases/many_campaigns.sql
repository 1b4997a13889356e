-- 1,000 campaigns in two places, of which each runs for some weeks.
INSERT INTO ad_daily (day, account_id, account, currency, campaign_id, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, '1', 'Large', 'USD', c, 'Campaign ' || c, 'place ' || p,
		click_counts(link => (c * 7 + d) % 40, photo => d % 3), 'all', 800 + c % 100 * 10, (c % 90) / 10.0 + 1
	FROM generate_series(1, 1000) AS c, generate_series(c % 20, 69) AS d, generate_series(1, 2) AS p;
INSERT INTO ad_clicks (click_id, clicked_at, day, account_id, account, currency, campaign_id, campaign, placement, user_id, click_type)
	SELECT row_number() OVER (), timestamptz '2026-01-05 12:00Z' + d * interval '1 day', date '2026-01-05' + d, '1', 'Large', 'USD',
		c, 'Campaign ' || c, 'place 1', 'user ' || (c * 31 + d * 7) % 2500, 'link'
	FROM generate_series(1, 1000) AS c, generate_series(c % 20, 69, 3) AS d;
