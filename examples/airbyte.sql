-- airbyte.sql
--	Airbyte's source-facebook-marketing, stream ads_insights, whether synced
--	append-only or deduplicated.  Makes the canonical views ad_daily and
--	ad_clicks, over which weekly_report.sql builds; ad_actions, over which
--	ad_conversions.sql builds; and weekly_reach.
--
--		psql -d mydb -c 'SET search_path = airbyte_schema' -f airbyte.sql ...
--
-- * Every sync reads the last 28 days again, and the numbers of a day may rise
--   or fall: of the rows for one day, account and ad, the one extracted last
--   is right, not the sum and not the highest.  Of several extracted at the
--   same time, the one of the latest generation; of those, the one that saw
--   more impressions, then more clicks; at last the higher _airbyte_raw_id.
-- * A row of several days, from a custom stream of weeks or months, is not in
--   ad_daily: it would put a whole week on its first day, beside the days.
-- * "clicks" is Clicks (All).  "inline_link_clicks" is not; it is used where
--   actions do not tell the link clicks.  A row without "clicks" has link clicks
--   only, and says so in clicks_are.
-- * One action type may come several times in actions, once for each target:
--   they are added up.  What they leave unexplained of clicks is "other".
-- * date_start is a day in the account's time zone already.
-- * spend comes with nine decimals, zeros mostly: trim_scale() drops those.
-- * ads_insights has no breakdown.  The streams with one (by country, by age
--   and gender, ...) tell the same clicks again: see airbyte_breakdowns.sql,
--   and never put them together with this one.

-- Clicks by type from all columns that tell some: beside actions there are the
-- clicks that left Meta and those of the Instant Experience.
CREATE FUNCTION insights_clicks(clicks bigint, inline_link_clicks bigint,
		actions jsonb, outbound_clicks jsonb, ix_open numeric, ix_start numeric,
		ix_outbound_clicks jsonb) RETURNS click_counts
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN (SELECT click_counts_from_actions(elements
			-- Meta may report outbound clicks in both arrays
			|| CASE WHEN elements @> '[{"action_type": "outbound_click"}]' THEN '[]'
				ELSE coalesce(nullif(outbound_clicks, 'null'), '[]') END
			|| CASE WHEN inline_link_clicks IS NULL
					OR elements @> '[{"action_type": "link_click"}]' THEN '[]'
				ELSE jsonb_build_array(jsonb_build_object(
					'action_type', 'link_click', 'value', inline_link_clicks)) END,
			clicks)
		+ click_counts(ix_open => ix_open::bigint, ix_start => ix_start::bigint,
			-- whatever action_type its elements bear
			ix_outbound => (SELECT sum((element ->> 'value')::numeric)::bigint
				FROM jsonb_array_elements(nullif(ix_outbound_clicks, 'null')) AS element))
	-- without Clicks (All), other types than link clicks would not add up to it
	FROM (VALUES (coalesce(CASE WHEN clicks IS NULL THEN
			jsonb_path_query_array(actions, '$[*] ? (@.action_type == "link_click")')
			ELSE nullif(actions, 'null') END, '[]'))) AS array_of(elements));

-- Whether that is Clicks (All), or only link clicks
CREATE FUNCTION insights_clicks_are(clicks bigint, inline_link_clicks bigint,
		actions jsonb) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN clicks IS NOT NULL THEN 'all'
		WHEN inline_link_clicks IS NOT NULL
			OR actions @> '[{"action_type": "link_click"}]' THEN 'link'
	END;

CREATE VIEW ad_actions AS
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
		insights_clicks(clicks, inline_link_clicks, actions, outbound_clicks,
			instant_experience_clicks_to_open, instant_experience_clicks_to_start,
			instant_experience_outbound_clicks) AS clicks,
		insights_clicks_are(clicks, inline_link_clicks, actions) AS clicks_are,
		impressions,
		reach,
		trim_scale(spend) AS spend,
		actions
	FROM (
		SELECT DISTINCT ON (date_start, account_id, ad_id) *
		FROM ads_insights
		WHERE date_stop = date_start
		ORDER BY date_start, account_id, ad_id, _airbyte_extracted_at DESC,
			_airbyte_generation_id DESC NULLS LAST, impressions DESC NULLS LAST,
			clicks DESC NULLS LAST, _airbyte_raw_id DESC
	) AS latest;

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
	'ads by day, latest restatement, from Airbyte''s ads_insights';
COMMENT ON VIEW ad_actions IS
	'the rows of ad_daily with Meta''s array of actions, for ad_conversions';

-- Meta reports no click events.
CREATE VIEW ad_clicks AS
	SELECT day, account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		NULL::timestamptz AS clicked_at, NULL::text AS user_id,
		NULL::click_type AS click_type,
		account_id, campaign_id, ad_set_id, ad_id
	FROM ad_daily
	WHERE false;

-- The reach of a week is not the sum of its days, but that of a row of seven
-- days.  Where a custom stream with a time increment of 7 has a table of its
-- own, write that instead of ads_insights.
CREATE VIEW weekly_reach AS
	SELECT date_start AS week,
		coalesce(account_name, account_id)::text AS account,
		coalesce(campaign_name, campaign_id)::text AS campaign,
		coalesce(adset_name, adset_id)::text AS ad_set,
		coalesce(ad_name, ad_id)::text AS ad,
		reach
	FROM (
		SELECT DISTINCT ON (date_start, account_id, ad_id) *
		FROM ads_insights
		WHERE date_stop = date_start + 6
		ORDER BY date_start, account_id, ad_id, _airbyte_extracted_at DESC,
			_airbyte_generation_id DESC NULLS LAST, impressions DESC NULLS LAST,
			clicks DESC NULLS LAST, _airbyte_raw_id DESC
	) AS latest;

COMMENT ON VIEW weekly_reach IS
	'people reached by each ad in a week, as reported for the week';
