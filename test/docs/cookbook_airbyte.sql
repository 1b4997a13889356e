-- cookbook_airbyte.sql
--	The ads of docs/cookbook.md as Airbyte would have brought them, and over them
--	what the templates for Airbyte make, in place of the cookbook's own views.
--
-- Meta reports no single clicks and, without a creative, no format:
-- lacks: ad_clicks|format|360

SET client_min_messages = warning;
CREATE SCHEMA airbyte;
SET search_path = airbyte, public;
\i test/sources/airbyte.sql
TRUNCATE ads_insights, ads_insights_country, ads_insights_age_and_gender,
	ads_insights_platform_and_device;

-- by day and ad, each purchase and lead under two names
INSERT INTO ads_insights (_airbyte_raw_id, _airbyte_extracted_at, account_id,
		account_name, account_currency, campaign_name, adset_name, ad_id, ad_name,
		objective, date_start, date_stop, clicks, impressions, spend, actions)
	SELECT concat(day, account, ad), day + 1, account, account, currency,
		campaign, ad_set, account || ad, ad, objective, day, day,
		clicks_all(clicks), sum(impressions), sum(spend),
		jsonb_build_array(
			jsonb_build_object('action_type', 'link_click', 'value', (sum(clicks)).link),
			jsonb_build_object('action_type', 'post_reaction', 'value', (sum(clicks)).reaction))
		-- none is left out
		|| (SELECT coalesce(jsonb_agg(jsonb_build_object('action_type', name, 'value', conversions)), '[]')
			FROM (
				SELECT kind, sum(conversions) AS conversions
				FROM public.ad_conversions
				WHERE (day, account, ad) = (daily.day, daily.account, daily.ad)
				GROUP BY kind
			) AS converted,
				LATERAL unnest(ARRAY[kind, CASE kind WHEN 'lead' THEN 'leadgen_grouped'
					ELSE 'offsite_conversion.fb_pixel_purchase' END]) AS name)
	FROM public.ad_daily AS daily
	GROUP BY day, account, currency, campaign, ad_set, ad, objective;

-- by week, for the reach
INSERT INTO ads_insights (_airbyte_raw_id, _airbyte_extracted_at, account_id,
		account_name, account_currency, campaign_name, adset_name, ad_id, ad_name,
		date_start, date_stop, reach)
	SELECT concat(first_day, account, ad), last_day + 1, account, account, currency,
		campaign, ad_set, account || ad, ad, first_day, last_day, reach
	FROM public.ad_periods;

-- by placement and device
INSERT INTO ads_insights_platform_and_device (_airbyte_raw_id,
		_airbyte_extracted_at, account_id, account_name, account_currency,
		campaign_name, adset_name, ad_id, ad_name, objective, date_start,
		date_stop, clicks, impressions, spend, actions, platform_position,
		impression_device)
	SELECT concat(day, account, ad, placement, device), day + 1, account, account,
		currency, campaign, ad_set, account || ad, ad, objective, day, day,
		clicks_all(clicks), sum(impressions), sum(spend),
		jsonb_build_array(
			jsonb_build_object('action_type', 'link_click', 'value', coalesce((sum(clicks)).link, 0))),
		placement, device
	FROM public.ad_daily
	GROUP BY day, account, currency, campaign, ad_set, ad, objective, placement, device;

DROP TABLE public.ad_daily, public.ad_clicks, public.ad_periods CASCADE;

\set stream ads_insights_platform_and_device
\i examples/airbyte.sql
-- the purchases and the reach of weeks are in the stream without breakdown only
\set stream ads_insights
\set source totals
\i examples/airbyte.sql
CALL load_ads('-infinity');
UPDATE ad_daily AS by_placement SET purchases = total.purchases, leads = total.leads
	FROM ad_daily AS total
	WHERE total.source = 'totals' AND by_placement.source = 'airbyte'
		AND total.day = by_placement.day AND total.ad_id = by_placement.ad_id
		AND by_placement.placement = 'feed' AND by_placement.device = 'mobile';
DELETE FROM ad_daily WHERE source = 'totals';
\i examples/weekly_report.sql
ANALYZE;
