-- check_shape.sql
--	Do the views that a template made have the columns that
--	examples/README.md documents?  What a source does not have is not listed.

SELECT view, columns = coalesce(day || slices, '') || rest AS canonical,
	CASE WHEN columns <> coalesce(day || slices, '') || rest THEN columns END AS but
FROM (VALUES
		('ad_actions', 'day date', 'clicks click_counts, clicks_are text, impressions bigint, reach bigint, spend numeric, actions jsonb'),
		('ad_conversions', 'day date', 'kind text, conversions numeric'),
		('weekly_reach', NULL, 'week date, account text, campaign text, ad_set text, ad text, reach bigint'),
		('weekly_report', 'week date', 'clicks_all bigint, clicks_are text, impressions bigint, spend numeric, ctr numeric, click_through_rate numeric, cpc numeric, unique_clicks bigint')
	) AS canonical_views(pattern, day, rest)
	JOIN LATERAL (
		SELECT relname AS view, string_agg(attname || ' ' || format_type(atttypid, atttypmod),
			', ' ORDER BY attnum) AS columns
		FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
		WHERE relnamespace = current_schema::regnamespace AND relkind IN ('r', 'v')
			AND relname LIKE pattern AND relname <> 'ad_daily_link_clicks_only' AND attnum > 0
		GROUP BY pg_class.oid, relname
	) AS found ON true,
	(VALUES (', account text, currency text, campaign text, ad_set text, ad text, format text, objective text, audience_segment text, country text, device text, placement text, ')
	) AS canonical_slices(slices)
ORDER BY view;
