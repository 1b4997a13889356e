-- cookbook_singer.sql
--	The ads of docs/cookbook.md as Singer's tap-facebook would have brought them,
--	and over them what its template makes.
--
-- There are no single clicks, no currencies, no reach of weeks and no year:
-- lacks: ad_clicks|format|USD|reach|360

SET client_min_messages = warning;
CREATE SCHEMA singer;
SET search_path = singer, public;
CREATE TABLE ads_insights AS
	SELECT CASE account WHEN 'Acme US' THEN '17' ELSE '18' END AS account_id,
		account AS account_name, md5(campaign) AS campaign_id, campaign AS campaign_name,
		md5(ad_set) AS adset_id, ad_set AS adset_name, ad_id, ad AS ad_name, objective,
		day::timestamp AS date_start, day::timestamp AS date_stop,
		clicks_all(clicks) AS clicks, sum(impressions) AS impressions, sum(spend) AS spend,
		jsonb_build_array(
			jsonb_build_object('action_type', 'link_click', 'value', (sum(clicks)).link),
			jsonb_build_object('action_type', 'purchase', 'value', sum(purchases)),
			jsonb_build_object('action_type', 'lead', 'value', sum(leads))) AS actions,
		1 AS _sdc_sequence, now()::timestamp AS _sdc_batched_at,
		NULL::timestamp AS _sdc_deleted_at
	FROM public.ad_daily
	GROUP BY day, account, campaign, ad_set, ad_id, ad, objective;
DROP TABLE public.ad_daily, public.ad_clicks, public.ad_periods CASCADE;
\i examples/singer.sql
CALL load_ads('-infinity') \g /dev/null
\i examples/weekly_report.sql
ANALYZE;
