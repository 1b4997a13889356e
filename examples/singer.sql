-- singer.sql
--	Singer's tap-facebook (Meltano, Stitch), stream ads_insights, loaded by a
--	target that keeps actions as jsonb and adds the _sdc_ columns.  Makes the
--	canonical views ad_daily and ad_clicks, over which weekly_report.sql builds,
--	and ad_actions, over which ad_conversions.sql builds.
--
--		psql -d mydb -c 'SET search_path = tap_facebook' -f singer.sql ...
--
-- * date_start is a timestamp at midnight, meant as a day in the account's time
--   zone.  Some targets make it a timestamp without time zone, some with: the
--   epoch is that of midnight UTC in both, whatever the session's time zone.
-- * The last 28 days are read again every time, and the numbers of a day may
--   rise or fall: of the rows for one day, campaign, ad set and ad (the tap's
--   own key), the one with the highest _sdc_sequence counts; of several, the one
--   batched last, then the one with more impressions, then more clicks, then
--   the one whose text is greater.
-- * If that row is marked as deleted, the key does not count at all; an earlier
--   row must not come back in its stead.
-- * A row of several days, from a custom report of weeks or months, is not in
--   ad_daily: it would put a whole week on its first day, beside the days.
-- * "clicks" is Clicks (All).  "inline_link_clicks" is not; it is used where
--   actions do not tell the link clicks.  A row without "clicks" has link clicks
--   only, and says so in clicks_are.
-- * A tap without account_currency leaves the currency NULL: with accounts in
--   several currencies, write it here by account, else their spend is mixed.
-- * The streams with a breakdown (ads_insights_country, ...) tell the same
--   clicks again: never put them together with this one.
-- * Stitch splits actions into a table of its own: put the elements together as
--   fivetran.sql does.

CREATE VIEW ad_actions AS
	SELECT (to_timestamp(extract(epoch FROM date_start)) AT TIME ZONE 'UTC')::date
			AS day,
		coalesce(account_name, account_id)::text AS account,
		to_jsonb(latest) ->> 'account_currency' AS currency,
		coalesce(campaign_name, campaign_id)::text AS campaign,
		coalesce(adset_name, adset_id)::text AS ad_set,
		coalesce(ad_name, ad_id)::text AS ad,
		NULL::text AS format,
		objective::text,
		NULL::text AS audience_segment,
		NULL::text AS country,
		NULL::text AS device,
		NULL::text AS placement,
		click_counts_from_actions(elements
			|| CASE WHEN inline_link_clicks IS NULL
					OR elements @> '[{"action_type": "link_click"}]' THEN '[]'
				ELSE jsonb_build_array(jsonb_build_object(
					'action_type', 'link_click', 'value', inline_link_clicks)) END,
			clicks::bigint) AS clicks,
		CASE WHEN clicks IS NOT NULL THEN 'all'
			WHEN inline_link_clicks IS NOT NULL
				OR elements @> '[{"action_type": "link_click"}]' THEN 'link'
		END AS clicks_are,
		impressions::bigint,
		reach::bigint,
		trim_scale(spend::numeric) AS spend,
		actions
	FROM (
		SELECT DISTINCT ON (date_start, campaign_id, adset_id, ad_id) *
		FROM ads_insights
		WHERE date_stop = date_start
		ORDER BY date_start, campaign_id, adset_id, ad_id,
			_sdc_sequence DESC NULLS LAST, _sdc_batched_at DESC NULLS LAST,
			impressions DESC NULLS LAST, clicks DESC NULLS LAST,
			ads_insights::text COLLATE "C" DESC
	) AS latest
		-- without Clicks (All), other types than link clicks would not add up to it
		CROSS JOIN LATERAL coalesce(CASE WHEN clicks IS NULL THEN
			jsonb_path_query_array(actions, '$[*] ? (@.action_type == "link_click")')
			ELSE nullif(actions, 'null') END, '[]') AS elements
	WHERE to_jsonb(latest) ->> '_sdc_deleted_at' IS NULL;

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
	'ads by day, latest restatement, from tap-facebook''s ads_insights';
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
