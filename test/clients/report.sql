-- A weekly report as users build it, small, with what trips clients up: weeks
-- without impressions, without clicks, without spend, and names in other
-- alphabets.

CREATE EXTENSION clicks_all;

CREATE TABLE ad_daily AS
	SELECT date '2026-03-02' + n % 28 AS day, 'acme' AS account, 'EUR' AS currency,
		(ARRAY['Spring', 'Été', 'весна', NULL])[n % 4 + 1] AS campaign,
		NULL::text AS ad_set, 'ad ' || n % 7 AS ad, 'image' AS format,
		'traffic' AS objective, NULL::text AS audience_segment,
		(ARRAY['DE', 'FR', 'JP'])[n % 3 + 1] AS country,
		'mobile' AS device, 'feed' AS placement,
		CASE WHEN n % 5 > 0 THEN click_counts(link => n % 11, share => n % 3) END AS clicks,
		'all' AS clicks_are,
		CASE WHEN n % 3 > 0 THEN n * 17::bigint % 900 ELSE 0 END AS impressions,
		NULL::bigint AS reach,
		CASE WHEN n % 7 > 0 THEN n * 13 % 500 / 100.0 END AS spend
	FROM generate_series(1, 600) AS n;

CREATE TABLE ad_clicks AS
	SELECT date '2026-03-02' + n % 28 AS day, 'acme' AS account, 'EUR' AS currency,
		(ARRAY['Spring', 'Été', 'весна', NULL])[n % 4 + 1] AS campaign,
		NULL::text AS ad_set, 'ad ' || n % 7 AS ad, 'image' AS format,
		'traffic' AS objective, NULL::text AS audience_segment,
		(ARRAY['DE', 'FR', 'JP'])[n % 3 + 1] AS country,
		'mobile' AS device, 'feed' AS placement,
		now() AS clicked_at, 'user ' || n % 97 AS user_id,
		'link'::click_type AS click_type
	FROM generate_series(1, 900) AS n;

\i examples/weekly_report.sql
