-- fivetran.sql
--	Fivetran's Facebook Ads connector, prebuilt report BASIC_AD with its
--	actions, and the history tables.  Makes the canonical views ad_daily and
--	ad_clicks, over which weekly_report.sql builds, and ad_actions, over which
--	ad_conversions.sql builds.
--
--		psql -d mydb -c 'SET search_path = facebook_ads' -f fivetran.sql ...
--
-- * basic_ad has no Clicks (All).  What Fivetran's dbt package calls "clicks"
--   is link clicks.  Where the report has "ctr", which is a percentage of all
--   clicks with six decimals, Clicks (All) is recovered exactly:
--   round(ctr * impressions / 100).  Where it has not, all that is known is
--   inline_link_clicks: such a row has clicks of type "link" only, says so in
--   clicks_are, and is listed by the view ad_daily_link_clicks_only.  For
--   reports to compare, there should be no such rows: add "ctr" to the report.
-- * basic_ad_actions holds the actions array, one element per row.  It is put
--   together before it meets basic_ad: a join of single elements would repeat
--   spend as often as there are elements.
-- * A day of an ad is restated for 28 days.  Rows are replaced in place, but
--   _fivetran_id changes with what it is a digest of, such as a name; so of
--   several rows for one day, account and ad, the one synced last counts, and
--   of those the one with more impressions, then the higher _fivetran_id.
-- * History tables have one row per change; the latest gives the names.
-- * spend is double precision, and is taken at its 15 decimal digits.
-- * date is a day in the account's time zone already.

CREATE VIEW ad_actions AS
	SELECT report.date AS day,
		coalesce(account.name, report.account_id::text)::text AS account,
		account.currency::text,
		coalesce(campaign.name, ad.campaign_id::text)::text AS campaign,
		coalesce(report.adset_name, ad.ad_set_id::text)::text AS ad_set,
		coalesce(report.ad_name, report.ad_id)::text AS ad,
		creative.object_type AS format,
		campaign.objective,
		NULL::text AS audience_segment,
		NULL::text AS country,
		NULL::text AS device,
		NULL::text AS placement,
		CASE WHEN report.clicks_all IS NOT NULL THEN
			click_counts_from_actions(coalesce(actions.elements, '[]')
				-- the report knows link clicks where the actions have none
				|| CASE WHEN report.inline_link_clicks IS NULL
						OR actions.elements @> '[{"action_type": "link_click"}]'
					THEN '[]'
					ELSE jsonb_build_array(jsonb_build_object(
						'action_type', 'link_click',
						'value', report.inline_link_clicks)) END,
				report.clicks_all)
		ELSE click_counts(link => coalesce(report.inline_link_clicks,
			(click_counts_from_actions(actions.elements)).link))
		END AS clicks,
		CASE WHEN report.clicks_all IS NOT NULL THEN 'all'
			WHEN report.inline_link_clicks IS NOT NULL
				OR actions.elements @> '[{"action_type": "link_click"}]' THEN 'link'
		END AS clicks_are,
		report.impressions::bigint AS impressions,
		report.reach::bigint AS reach,
		report.spend::numeric AS spend,
		actions.elements AS actions
	FROM (
			-- through to_jsonb, a report without ctr is read as well
			SELECT DISTINCT ON (date, account_id, ad_id) *,
				round((to_jsonb(basic_ad) ->> 'ctr')::numeric * impressions / 100)
					::bigint AS clicks_all
			FROM basic_ad
			ORDER BY date, account_id, ad_id, _fivetran_synced DESC,
				impressions DESC NULLS LAST, _fivetran_id DESC
		) AS report
		LEFT JOIN LATERAL (
			SELECT jsonb_agg(jsonb_build_object(
				'action_type', action_type, 'value', value)) AS elements
			FROM basic_ad_actions
			WHERE basic_ad_actions.ad_id = report.ad_id
				AND basic_ad_actions.date = report.date
				AND basic_ad_actions._fivetran_id = report._fivetran_id
				-- without value there are attribution windows only
				AND value IS NOT NULL
		) AS actions ON true
		LEFT JOIN (
			SELECT DISTINCT ON (id) id, name, currency
			FROM account_history
			ORDER BY id, _fivetran_synced DESC
		) AS account ON account.id = report.account_id
		LEFT JOIN (
			SELECT DISTINCT ON (id) id::text, ad_set_id, campaign_id, creative_id
			FROM ad_history
			ORDER BY id, updated_time DESC
		) AS ad ON ad.id = report.ad_id
		LEFT JOIN (
			SELECT DISTINCT ON (id) id, name,
				to_jsonb(campaign_history) ->> 'objective' AS objective
			FROM campaign_history
			ORDER BY id, updated_time DESC
		) AS campaign ON campaign.id = ad.campaign_id
		LEFT JOIN (
			SELECT DISTINCT ON (id) id,
				to_jsonb(creative_history) ->> 'object_type' AS object_type
			FROM creative_history
			ORDER BY id, _fivetran_synced DESC
		) AS creative ON creative.id = ad.creative_id;

CREATE VIEW ad_daily AS
	SELECT day, account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		clicks, clicks_are, impressions, reach, spend,
		NULL::text AS account_id, NULL::text AS campaign_id, NULL::text AS ad_set_id,
		NULL::text AS ad_id, NULL::bigint AS reported_unique_clicks,
		NULL::bigint AS landing_page_views, NULL::numeric AS purchases,
		NULL::numeric AS leads, NULL::numeric AS purchase_value
	FROM ad_actions;

COMMENT ON VIEW ad_daily IS
	'ads by day, latest restatement, from Fivetran''s basic_ad; Clicks (All) recovered from ctr';
COMMENT ON VIEW ad_actions IS
	'the rows of ad_daily with Meta''s array of actions, for ad_conversions';

CREATE VIEW ad_daily_link_clicks_only AS
	SELECT day, account, ad, (clicks).link AS link_clicks, impressions
	FROM ad_daily
	WHERE clicks_are = 'link';

COMMENT ON VIEW ad_daily_link_clicks_only IS
	'rows of ad_daily whose report lacks ctr: their clicks are link clicks, not Clicks (All)';

-- Meta reports no click events.
CREATE VIEW ad_clicks AS
	SELECT day, account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		NULL::timestamptz AS clicked_at, NULL::text AS user_id,
		NULL::click_type AS click_type,
		account_id, campaign_id, ad_set_id, ad_id
	FROM ad_daily
	WHERE false;
