-- A weekly report as users build it, small, with what trips clients up: weeks
-- without impressions, without clicks, without spend, and names in other
-- alphabets.

CREATE EXTENSION clicks_all;

\ir ../../examples/ad_tables.sql

INSERT INTO ad_daily (day, account, currency, campaign, ad, format, objective, country,
		device, placement, clicks, clicks_are, impressions, spend)
	SELECT date '2026-03-02' + n % 28, 'acme', 'EUR',
		(ARRAY['Spring', 'Été', 'весна', NULL])[n % 4 + 1],
		'ad ' || n % 7, 'image', 'traffic', (ARRAY['DE', 'FR', 'JP'])[n % 3 + 1],
		'mobile', 'feed ' || n / 84,
		CASE WHEN n % 5 > 0 THEN click_counts(link => n % 11, share => n % 3) END,
		'all',
		CASE WHEN n % 3 > 0 THEN n * 17::bigint % 900 ELSE 0 END,
		CASE WHEN n % 7 > 0 THEN n * 13 % 500 / 100.0 END
	FROM generate_series(1, 600) AS n;

INSERT INTO ad_clicks (click_id, clicked_at, day, account, currency, campaign, ad,
		format, objective, country, device, placement, user_id, click_type)
	SELECT n, now(), date '2026-03-02' + n % 28, 'acme', 'EUR',
		(ARRAY['Spring', 'Été', 'весна', NULL])[n % 4 + 1],
		'ad ' || n % 7, 'image', 'traffic', (ARRAY['DE', 'FR', 'JP'])[n % 3 + 1],
		'mobile', 'feed ' || n / 84, 'user ' || n % 97, 'link'
	FROM generate_series(1, 900) AS n;

\i examples/weekly_report.sql
