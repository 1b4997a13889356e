-- airbyte.sql
--	Airbyte's source-facebook-marketing, stream ads_insights, whether synced
--	append-only or deduplicated.  Makes the canonical views ad_daily and
--	ad_clicks, over which weekly_report.sql builds.
--
--		psql -d mydb -c 'SET search_path = airbyte_schema' -f airbyte.sql ...
--
-- * Every sync reads the last 28 days again, and the numbers of a day may rise
--   or fall: of the rows for one day, account and ad, the one extracted last
--   is right, not the sum and not the highest.  Of several extracted at the
--   same time, the one of the latest generation; of those, the one that saw
--   more impressions, then more clicks; at last the higher _airbyte_raw_id.
-- * "clicks" is Clicks (All).  "inline_link_clicks" is not.
-- * One action type may come several times in actions, once for each target:
--   they are added up.  What they leave unexplained of clicks is "other".
-- * date_start is a day in the account's time zone already.
-- * spend comes with nine decimals, zeros mostly: trim_scale() drops those.
-- * ads_insights has no breakdown.  The streams with one (by country, by age
--   and gender, ...) tell the same clicks again: see airbyte_breakdowns.sql,
--   and never put them together with this one.

CREATE VIEW ad_daily AS
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
		NULL::text AS device,
		NULL::text AS placement,
		click_counts_from_actions(
			-- Meta may report outbound clicks in both arrays
			CASE WHEN actions @> '[{"action_type": "outbound_click"}]' THEN actions
				ELSE coalesce(nullif(actions, 'null'), '[]')
					|| coalesce(nullif(outbound_clicks, 'null'), '[]')
			END, clicks) AS clicks,
		impressions,
		reach,
		trim_scale(spend) AS spend
	FROM (
		SELECT DISTINCT ON (date_start, account_id, ad_id) *
		FROM ads_insights
		ORDER BY date_start, account_id, ad_id, _airbyte_extracted_at DESC,
			_airbyte_generation_id DESC NULLS LAST, impressions DESC NULLS LAST,
			clicks DESC NULLS LAST, _airbyte_raw_id DESC
	) AS latest;

COMMENT ON VIEW ad_daily IS
	'ads by day, latest restatement, from Airbyte''s ads_insights';

-- Meta reports no click events.
CREATE VIEW ad_clicks AS
	SELECT day, account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		NULL::timestamptz AS clicked_at, NULL::text AS user_id,
		NULL::click_type AS click_type
	FROM ad_daily
	WHERE false;
