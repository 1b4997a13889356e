-- A log of clicks that lacks nearly all of them, as where people must agree to be in it, and has
-- none of one campaign.  In the other account it lacks so few that nothing need be said.
INSERT INTO ad_daily (day, account_id, account, currency, campaign_id, campaign, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-01-05' + d, account_id, 'Acme', 'USD', account_id || c, 'C' || c, 'feed', click_counts(link => 100), 'all', 5000, 20 + c
	FROM generate_series(0, 41) AS d, generate_series(1, 2) AS c, (VALUES ('a1'), ('a2')) AS accounts(account_id);
INSERT INTO ad_clicks (click_id, clicked_at, day, account_id, account, currency, campaign_id, campaign, placement, user_id, click_type)
	SELECT row_number() OVER (), timestamptz '2026-01-05 12:00Z' + d * interval '1 day', date '2026-01-05' + d, 'a1', 'Acme', 'USD',
		'a11', 'C1', 'feed', CASE WHEN n < 3 THEN 'user ' || d % 3 END, 'link'::click_type
	FROM generate_series(0, 41) AS d, generate_series(2, 50) AS n
	UNION ALL
	SELECT 10000 + row_number() OVER (), timestamptz '2026-01-05 12:00Z' + d * interval '1 day', date '2026-01-05' + d, 'a2', 'Acme', 'USD',
		'a2' || c, 'C' || c, 'feed', 'user ' || (n * 7 + d * c) % 90, 'link'
	FROM generate_series(0, 41) AS d, generate_series(1, 2) AS c, generate_series(1, 98) AS n;
