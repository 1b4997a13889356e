-- loaders.sql
--	What Airbyte leaves of :ads ads on 365 days up to today, the last 28 days of each in
--	two versions, for loaders.sh.

CREATE TABLE ads_insights AS
	SELECT md5(concat(ad, day, version)) AS _airbyte_raw_id,
		(day + 1 + version)::timestamptz AS _airbyte_extracted_at,
		'{"changes": [], "sync_id": 1}'::jsonb AS _airbyte_meta,
		version::bigint AS _airbyte_generation_id,
		'USD' AS account_currency, (17 + ad % 3)::text AS account_id,
		'Account ' || ad % 3 AS account_name,
		jsonb_build_array(
			jsonb_build_object('action_type', 'link_click', 'value', ad % 50, '7d_click', ad % 50),
			jsonb_build_object('action_type', 'post_reaction', 'value', ad % 7),
			jsonb_build_object('action_type', 'comment', 'value', ad % 3),
			jsonb_build_object('action_type', 'page_engagement', 'value', ad % 90),
			jsonb_build_object('action_type', 'post_engagement', 'value', ad % 80),
			jsonb_build_object('action_type', 'video_view', 'value', ad % 900),
			jsonb_build_object('action_type', 'landing_page_view', 'value', ad % 30),
			jsonb_build_object('action_type', 'omni_purchase', 'value', ad % 4)) AS actions,
		(1000000 + ad)::text AS ad_id, 'Ad ' || ad AS ad_name,
		(10000 + ad / 8)::text AS adset_id, 'Ad set ' || ad / 8 AS adset_name,
		(100 + ad / 40)::text AS campaign_id, 'Campaign ' || ad / 40 AS campaign_name,
		(ad % 60 + extract(doy FROM day)::integer % 9 + version)::bigint AS clicks,
		NULL::numeric(38, 9) AS cpc, NULL::numeric(38, 9) AS ctr, day AS date_start,
		day AS date_stop, (2000 + ad % 500)::bigint AS impressions,
		(ad % 50)::bigint AS inline_link_clicks, 'OUTCOME_SALES' AS objective,
		jsonb_build_array(jsonb_build_object('action_type', 'outbound_click', 'value', ad % 40))
			AS outbound_clicks,
		(1500 + ad % 300)::bigint AS reach,
		((ad % 700) / 7.0)::numeric(38, 9) AS spend, (ad % 55)::bigint AS unique_clicks
	FROM generate_series(1, :ads) AS ad
		CROSS JOIN generate_series(0, 364) AS ago
		CROSS JOIN LATERAL (SELECT current_date - ago) AS days(day)
		CROSS JOIN generate_series(0, CASE WHEN ago < 28 THEN 1 ELSE 0 END) AS version;

ANALYZE ads_insights;
