-- cookbook_fivetran.sql
--	The ads of docs/cookbook.md as Fivetran would have brought them, without history
--	tables and actions, and over them what its template makes.
--
-- There are no single clicks, no currencies, and nothing but the ads themselves:
-- lacks: ad_clicks|format|USD|purchases|reach|360

SET client_min_messages = warning;
CREATE SCHEMA fivetran;
SET search_path = fivetran, public;
CREATE TABLE basic_ad AS
	SELECT concat(day, ad_id) AS _fivetran_id, now() AS _fivetran_synced, ad_id,
		ad AS ad_name, ad_set AS adset_name, day AS date,
		CASE account WHEN 'Acme US' THEN 17 ELSE 18 END AS account_id,
		sum(impressions)::integer AS impressions,
		(sum(clicks)).link AS inline_link_clicks, sum(spend)::double precision AS spend,
		ctr(clicks, impressions)::double precision AS ctr
	FROM public.ad_daily
	GROUP BY day, account, ad_id, ad, ad_set;
DROP TABLE public.ad_daily, public.ad_clicks, public.ad_periods CASCADE;
\i examples/fivetran.sql
CALL load_ads('-infinity') \g /dev/null
\i examples/weekly_report.sql
ANALYZE;
