-- A single week, in which some people click on several days.
INSERT INTO ad_daily (day, account, currency, campaign, ad, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-03-02' + d, 'Acme', 'EUR', 'campaign ' || c, 'ad', 'place ' || p,
		click_counts(link => 3 * c + d, photo => p), 'all', 500 * c + 10 * d + p, 4.5 * c + 0.25 * d
	FROM generate_series(0, 6) AS d, generate_series(1, 3) AS c, generate_series(1, 2) AS p;
INSERT INTO ad_clicks (click_id, clicked_at, day, account, currency, campaign, ad, placement, user_id, click_type)
	SELECT row_number() OVER (), timestamptz '2026-03-02 12:00Z' + d * interval '1 day',
		date '2026-03-02' + d, 'Acme', 'EUR', 'campaign ' || c, 'ad', 'place 1', 'user ' || (u * c + d) % 17, 'link'
	FROM generate_series(0, 6) AS d, generate_series(1, 3) AS c, generate_series(1, 9) AS u;
