-- refresh.sql
--	The rollup takes in what was written after the upgrade, by the command in :refresh;
--	nothing is kept.

BEGIN;
CREATE TEMP TABLE before AS SELECT sum(clicks) AS clicks, unique_clicks(clickers) AS people FROM weekly_ads;
INSERT INTO ad_clicks (click_id, clicked_at, day, ad_id, user_id, click_type)
	SELECT 'late ' || n, '2025-06-11 12:00+00', '2025-06-11', '1', 'late ' || n, 'link' FROM generate_series(1, 1000) AS n;
INSERT INTO ad_daily (day, ad_id, clicks, clicks_are) VALUES ('2025-06-11', '1', click_counts(link => 1000), 'all');
:refresh \g /dev/null
REFRESH MATERIALIZED VIEW kept_values;
SELECT 1 / (count(*) FILTER (WHERE stored IS DISTINCT FROM computed) = 0
	AND sum(stored.clicks) = (SELECT clicks + click_counts(link => 1000) FROM before)
	AND unique_clicks(stored.clickers) BETWEEN (SELECT people + 900 FROM before) AND (SELECT people + 1100 FROM before))::integer
FROM weekly_ads AS stored FULL JOIN cells_of_weeks('-infinity', 'infinity') AS computed USING (row_key) \g /dev/null
ROLLBACK;
