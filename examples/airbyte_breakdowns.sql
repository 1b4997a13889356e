-- airbyte_breakdowns.sql
--	The breakdown streams of Airbyte's source-facebook-marketing in the same
--	shape as ad_daily, each telling all clicks once more, by other slices:
--
--	ad_daily_by_age_and_gender			ads_insights_age_and_gender
--	ad_daily_by_country					ads_insights_country
--	ad_daily_by_platform_and_device		ads_insights_platform_and_device
--
-- Query one of them, or build the weekly report on one instead of on
-- ads_insights; two of them in one sum count every click twice.  To have the
-- report by placement and device, in place of airbyte.sql:
--
--		CREATE VIEW ad_daily AS SELECT * FROM ad_daily_by_platform_and_device;
--
-- Leave out the streams that you do not sync.  Which row of a key is the latest
-- is settled as in airbyte.sql.  Reach and the actions are estimated more
-- coarsely here than without breakdown.

CREATE VIEW ad_daily_by_age_and_gender AS
	SELECT date_start AS day,
		coalesce(account_name, account_id)::text AS account,
		account_currency::text AS currency,
		coalesce(campaign_name, campaign_id)::text AS campaign,
		coalesce(adset_name, adset_id)::text AS ad_set,
		coalesce(ad_name, ad_id)::text AS ad,
		NULL::text AS format,
		objective::text,
		nullif(concat_ws(', ', age, gender), '') AS audience_segment,
		NULL::text AS country,
		NULL::text AS device,
		NULL::text AS placement,
		click_counts_from_actions(coalesce(actions, '[]'), clicks) AS clicks,
		impressions,
		reach,
		trim_scale(spend) AS spend
	FROM (
		SELECT DISTINCT ON (date_start, account_id, ad_id, age, gender) *
		FROM ads_insights_age_and_gender
		ORDER BY date_start, account_id, ad_id, age, gender,
			_airbyte_extracted_at DESC, _airbyte_generation_id DESC NULLS LAST,
			impressions DESC NULLS LAST, clicks DESC NULLS LAST,
			_airbyte_raw_id DESC
	) AS latest;

CREATE VIEW ad_daily_by_country AS
	SELECT date_start AS day,
		coalesce(account_name, account_id)::text AS account,
		account_currency::text AS currency,
		coalesce(campaign_name, campaign_id)::text AS campaign,
		coalesce(adset_name, adset_id)::text AS ad_set,
		coalesce(ad_name, ad_id)::text AS ad,
		NULL::text AS format,
		objective::text,
		NULL::text AS audience_segment,
		country::text,
		NULL::text AS device,
		NULL::text AS placement,
		click_counts_from_actions(coalesce(actions, '[]'), clicks) AS clicks,
		impressions,
		reach,
		trim_scale(spend) AS spend
	FROM (
		SELECT DISTINCT ON (date_start, account_id, ad_id, country) *
		FROM ads_insights_country
		ORDER BY date_start, account_id, ad_id, country,
			_airbyte_extracted_at DESC, _airbyte_generation_id DESC NULLS LAST,
			impressions DESC NULLS LAST, clicks DESC NULLS LAST,
			_airbyte_raw_id DESC
	) AS latest;

CREATE VIEW ad_daily_by_platform_and_device AS
	SELECT date_start AS day,
		coalesce(account_name, account_id)::text AS account,
		account_currency::text AS currency,
		coalesce(campaign_name, campaign_id)::text AS campaign,
		coalesce(adset_name, adset_id)::text AS ad_set,
		coalesce(ad_name, ad_id)::text AS ad,
		NULL::text AS format,
		objective::text,
		NULL::text AS audience_segment,
		NULL::text AS country,
		impression_device::text AS device,
		nullif(concat_ws(' ', publisher_platform, platform_position), '')
			AS placement,
		click_counts_from_actions(coalesce(actions, '[]'), clicks) AS clicks,
		impressions,
		reach,
		trim_scale(spend) AS spend
	FROM (
		SELECT DISTINCT ON (date_start, account_id, ad_id, publisher_platform,
			platform_position, impression_device) *
		FROM ads_insights_platform_and_device
		ORDER BY date_start, account_id, ad_id, publisher_platform,
			platform_position, impression_device,
			_airbyte_extracted_at DESC, _airbyte_generation_id DESC NULLS LAST,
			impressions DESC NULLS LAST, clicks DESC NULLS LAST,
			_airbyte_raw_id DESC
	) AS latest;

COMMENT ON VIEW ad_daily_by_age_and_gender IS
	'ads by day, age and gender; the same clicks as ad_daily, not more';
COMMENT ON VIEW ad_daily_by_country IS
	'ads by day and country; the same clicks as ad_daily, not more';
COMMENT ON VIEW ad_daily_by_platform_and_device IS
	'ads by day, placement and device; the same clicks as ad_daily, not more';
