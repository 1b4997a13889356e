-- examples/new_clickers.sql: people who click for the first time add up
\getenv root PG_ABS_SRCDIR
\set tables :root '/examples/ad_tables.sql'
\set weekly_report :root '/examples/weekly_report.sql'
\set new_clickers :root '/examples/new_clickers.sql'
CREATE SCHEMA new_clickers;
SET search_path = new_clickers, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\i :tables
\i :weekly_report
\i :new_clickers
\i :new_clickers
\set ECHO all
CALL refresh_first_clicks();
SELECT sum(new_clickers) FROM new_clickers;
INSERT INTO ad_clicks (click_id, clicked_at, day, account, currency, campaign_id, campaign, ad_id, placement, user_id,
                       click_type)
	SELECT n::text, timestamptz '2026-03-02 00:00Z' + n * interval '37 minutes',
	       (timestamp '2026-03-02 00:00' + n * interval '37 minutes')::date, 'A' || n % 2, CASE n % 6 WHEN 0 THEN 'EUR' ELSE 'USD' END,
		'c' || n % 5, 'Same name', nullif(n % 7, 0)::text, nullif(n % 3, 0)::text, nullif(n * n % 401, 0)::text,
		CASE n % 4 WHEN 0 THEN 'outbound' ELSE 'link' END::click_type
	FROM generate_series(1, 1500) AS n;
CALL refresh_first_clicks('-infinity');
-- the sum is the number of people, in each account and currency
SELECT account, currency, sum(new_clickers) AS new_clickers, people
FROM new_clickers JOIN (SELECT account, currency,
                        count(DISTINCT user_id) FILTER (WHERE click_type <> 'outbound') AS people FROM ad_clicks
GROUP BY 1, 2) AS truth(account, currency, people) USING (account, currency)
GROUP BY account, currency, people ORDER BY 1, 2;
-- and so it is week by week: those who had not clicked before
SELECT count(*) AS weeks, count(*) FILTER (WHERE shown <> people) AS wrong
FROM (SELECT account, currency, week, sum(new_clickers) AS shown FROM new_clickers GROUP BY 1, 2, 3) AS shown
	FULL JOIN (SELECT account, currency, report_week(first_day) AS week, count(*) AS people
		FROM (SELECT account, currency, user_id, min(day) AS first_day FROM ad_clicks
		      WHERE user_id IS NOT NULL AND click_type <> 'outbound' GROUP BY 1, 2, 3) AS firsts
		GROUP BY 1, 2, 3) AS truth USING (account, currency, week);
-- clicks that come, move and go: a refresh of the days since then gives what one of all days gives
DELETE FROM ad_clicks WHERE day = '2026-03-25';
UPDATE ad_clicks SET day = day + 3, clicked_at = clicked_at + interval '3 days' WHERE day > '2026-03-28' AND user_id > '2';
INSERT INTO ad_clicks (click_id, clicked_at, day, account, currency, campaign, user_id, click_type)
	SELECT 'new ' || n, '2026-03-24 12:00Z', '2026-03-24', 'A1', 'USD', 'new', n::text, 'link' FROM generate_series(300, 450) AS n;
CALL refresh_first_clicks('2026-03-24');
CREATE TEMP TABLE since AS TABLE first_clicks;
CALL refresh_first_clicks('-infinity');
SELECT (SELECT count(*) FROM since) AS people,
       (SELECT count(*) FROM (TABLE since EXCEPT TABLE first_clicks) AS more) AS more,
       (SELECT count(*) FROM (TABLE first_clicks EXCEPT TABLE since) AS less) AS less;
SELECT count(*) FILTER (WHERE col_description('new_clickers'::regclass, attnum) IS NULL) AS not_described
FROM pg_attribute WHERE attrelid = 'new_clickers'::regclass AND attnum > 0;
DROP SCHEMA new_clickers CASCADE;
