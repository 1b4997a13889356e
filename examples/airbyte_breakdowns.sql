-- airbyte_breakdowns.sql
--	The breakdown streams of Airbyte's source-facebook-marketing in the same
--	shape as ad_daily, each telling all clicks once more, by other slices:
--
--	ad_daily_by_age_and_gender			ads_insights_age_and_gender
--	ad_daily_by_country					ads_insights_country
--	ad_daily_by_platform_and_device		ads_insights_platform_and_device
--
-- Run it after airbyte.sql, whose functions it uses.  Streams that you
-- do not sync are passed over; for one more (region, ...) add a row below.
--
-- Query one of them, or build the weekly report on one instead of on
-- ads_insights; two of them in one sum count every click twice.  To have the
-- report by placement and device, between this file and weekly_report.sql:
--
--		CREATE OR REPLACE VIEW ad_daily AS
--			SELECT * FROM ad_daily_by_platform_and_device;
--
-- Which row of a key is the latest is settled as in airbyte.sql, and a row of
-- several days is left out as there.  Reach and the actions are estimated more
-- coarsely here than without breakdown.

SELECT format($view$
	CREATE VIEW ad_daily_by_%1$s AS
		SELECT date_start AS day,
			coalesce(account_name, account_id)::text AS account,
			account_currency::text AS currency,
			coalesce(campaign_name, campaign_id)::text AS campaign,
			coalesce(adset_name, adset_id)::text AS ad_set,
			coalesce(ad_name, ad_id)::text AS ad,
			NULL::text AS format,
			objective::text,
			(%3$s)::text AS audience_segment,
			(%4$s)::text AS country,
			(%5$s)::text AS device,
			(%6$s)::text AS placement,
			insights_clicks(clicks, inline_link_clicks, actions, outbound_clicks,
				instant_experience_clicks_to_open,
				instant_experience_clicks_to_start,
				instant_experience_outbound_clicks) AS clicks,
			insights_clicks_are(clicks, inline_link_clicks, actions)
				AS clicks_are,
			impressions,
			reach,
			trim_scale(spend) AS spend,
			NULL::text AS account_id, NULL::text AS campaign_id, NULL::text AS ad_set_id,
			NULL::text AS ad_id, NULL::bigint AS reported_unique_clicks,
			NULL::bigint AS landing_page_views, NULL::numeric AS purchases,
			NULL::numeric AS leads, NULL::numeric AS purchase_value
		FROM (
			SELECT DISTINCT ON (date_start, account_id, ad_id, %2$s) *
			FROM ads_insights_%1$s
			WHERE date_stop = date_start
			ORDER BY date_start, account_id, ad_id, %2$s,
				_airbyte_extracted_at DESC, _airbyte_generation_id DESC NULLS LAST,
				impressions DESC NULLS LAST, clicks DESC NULLS LAST,
				_airbyte_raw_id DESC
		) AS latest;
	COMMENT ON VIEW ad_daily_by_%1$s IS
		'ads by day, by %7$s; the same clicks as ad_daily, not more';
	$view$, stream, keys, audience_segment, country, device, placement,
	replace(stream, '_', ' '))
FROM (VALUES
	('age_and_gender', 'age, gender',
		$$nullif(concat_ws(', ', age, gender), '')$$, 'NULL', 'NULL', 'NULL'),
	('country', 'country',
		'NULL', 'country', 'NULL', 'NULL'),
	('platform_and_device',
		'publisher_platform, platform_position, impression_device',
		'NULL', 'NULL', 'impression_device',
		$$nullif(concat_ws(' ', publisher_platform, platform_position), '')$$)
	) AS streams(stream, keys, audience_segment, country, device, placement)
WHERE to_regclass('ads_insights_' || stream) IS NOT NULL \gexec
