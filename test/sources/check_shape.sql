-- check_shape.sql
--	Do the views that a template made have the columns that
--	examples/weekly_report.sql documents?

SELECT view, columns = expected AS canonical,
	CASE WHEN columns <> expected THEN columns END AS but
FROM (VALUES
		('ad_daily', 'day date, account text, currency text, campaign text, ad_set text, ad text, format text, objective text, audience_segment text, country text, device text, placement text, clicks click_counts, impressions bigint, reach bigint, spend numeric'),
		('ad_clicks', 'day date, account text, currency text, campaign text, ad_set text, ad text, format text, objective text, audience_segment text, country text, device text, placement text, clicked_at timestamp with time zone, user_id text, click_type click_type'),
		('weekly_report', 'week date, account text, currency text, campaign text, ad_set text, ad text, format text, objective text, audience_segment text, country text, device text, placement text, clicks_all bigint, impressions bigint, spend numeric, ctr numeric, click_through_rate numeric, cpc numeric, unique_clicks bigint')
	) AS canonical_views(view, expected),
	LATERAL (
		SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod),
			', ' ORDER BY attnum)
		FROM pg_attribute
		WHERE attrelid = view::regclass AND attnum > 0
	) AS found(columns);
