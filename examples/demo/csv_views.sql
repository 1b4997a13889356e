-- csv_views.sql
--	demo.sh FILE.csv: the canonical views ad_daily and ad_clicks over the file,
--	for ../weekly_report.sql.

-- Two kinds of rows are sums of others, and adding them up would count clicks
-- twice: the summary row of an export, its first or last, which lacks campaign,
-- ad set and ad where the others have them, and lacks the day as well or adds up
-- to what the others are; and, in a file with breakdowns, the
-- row that lacks some of their columns beside rows that have them.  Of a row that
-- names its ad this is known as in ../ads_manager_csv.sql: of the rows for one ad
-- and day, those with most of the breakdown columns filled are all there is.  Of
-- a row that does not, a blank may be a value that is not known; so it must lack
-- all of them, and the rows beside it must add up to it, where a blank is 0.
CREATE VIEW csv_named_rows AS
	SELECT *, is_summary OR CASE WHEN ad <> '' THEN lacks_breakdown
			ELSE breakdowns = 0
				AND coalesce(clicks_beside, 0)
					= coalesce(nullif(clicks, '')::numeric, 0)
				AND coalesce(impressions_beside = nullif(impressions, '')::numeric, false)
			END AS is_total
	FROM (
		SELECT *,
			breakdowns < max(breakdowns) OVER same_ad AS lacks_breakdown,
			sum(nullif(clicks, '')::numeric) FILTER (WHERE breakdowns > 0)
				OVER same_ad AS clicks_beside,
			sum(nullif(impressions, '')::numeric) FILTER (WHERE breakdowns > 0)
				OVER same_ad AS impressions_beside,
			may_be_summary AND (day_is_missing
				OR (coalesce(nullif(clicks, '')::numeric, 0), nullif(impressions, '')::numeric)
					IN ((coalesce(sum(nullif(clicks, '')::numeric) FILTER (WHERE NOT may_be_summary) OVER (), 0),
						sum(nullif(impressions, '')::numeric) FILTER (WHERE NOT may_be_summary) OVER ()),
						(coalesce(sum(nullif(clicks, '')::numeric) FILTER (WHERE NOT may_be_summary AND breakdowns > 0) OVER (), 0),
						sum(nullif(impressions, '')::numeric) FILTER (WHERE NOT may_be_summary AND breakdowns > 0) OVER ())))
				AS is_summary
		FROM (
			SELECT *,
				row_number IN (1, count(*) OVER ())
					AND concat(campaign, ad_set, ad) = ''
					AND bool_or(concat(campaign, ad_set, ad) <> '') OVER ()
					AS may_be_summary,
				coalesce(day, '') = '' AND bool_or(day <> '') OVER ()
					AS day_is_missing,
				num_nonnulls(nullif(age, ''), nullif(gender, ''),
					nullif(country, ''), nullif(device, ''), nullif(platform, ''),
					nullif(placement, '')) AS breakdowns
			FROM csv_named
		) AS named
		WINDOW same_ad AS (PARTITION BY day, account, currency, campaign, ad_set,
			ad, format, objective, audience_segment, may_be_summary)
	) AS compared;

CREATE VIEW ad_daily AS
	SELECT csv_day(nullif(day, '')) AS day,
		nullif(account, '') AS account,
		coalesce(nullif(currency, ''),
			(SELECT max(csv_columns.currency) FROM csv_columns
				WHERE taken_as = 'spend')) AS currency,
		nullif(campaign, '') AS campaign,
		nullif(ad_set, '') AS ad_set,
		nullif(ad, '') AS ad,
		nullif(format, '') AS format,
		nullif(objective, '') AS objective,
		nullif(concat_ws(', ', nullif(audience_segment, ''), nullif(age, ''),
			nullif(gender, '')), '') AS audience_segment,
		nullif(country, '') AS country,
		nullif(device, '') AS device,
		nullif(concat_ws(' ', nullif(platform, ''), nullif(placement, '')), '')
			AS placement,
		-- the file's Clicks (all) is the authority; what its typed columns do
		-- not explain is "other"
		CASE WHEN total.clicks IS NOT NULL THEN
			click_counts(link => types.link, reaction => types.reaction,
				comment => types.comment, share => types.share,
				page_like => types.page_like, outbound => types.outbound,
				other => total.clicks - coalesce(types.link, 0)
					- coalesce(types.reaction, 0) - coalesce(types.comment, 0)
					- coalesce(types.share, 0) - coalesce(types.page_like, 0))
		END AS clicks,
		CASE WHEN total.clicks IS NOT NULL THEN 'all' END AS clicks_are,
		total.impressions, total.reach,
		nullif(spend, '')::numeric AS spend,
		NULL::text AS account_id, NULL::text AS campaign_id, NULL::text AS ad_set_id,
		NULL::text AS ad_id, NULL::bigint AS reported_unique_clicks,
		NULL::bigint AS landing_page_views, NULL::numeric AS purchases,
		NULL::numeric AS leads, NULL::numeric AS purchase_value
	FROM csv_named_rows AS named
		CROSS JOIN LATERAL (SELECT
			nullif(named.clicks, '')::numeric::bigint AS clicks,
			nullif(named.impressions, '')::numeric::bigint AS impressions,
			nullif(named.reach, '')::numeric::bigint AS reach) AS total
		CROSS JOIN LATERAL (SELECT
			nullif(named.link, '')::numeric::bigint AS link,
			nullif(named.reaction, '')::numeric::bigint AS reaction,
			nullif(named.comment, '')::numeric::bigint AS comment,
			nullif(named.share, '')::numeric::bigint AS share,
			nullif(named.page_like, '')::numeric::bigint AS page_like,
			nullif(named.outbound, '')::numeric::bigint AS outbound) AS types
	WHERE NOT is_total;

-- A report file has no click events.
CREATE VIEW ad_clicks AS
	SELECT day, account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		NULL::timestamptz AS clicked_at, NULL::text AS user_id,
		NULL::click_type AS click_type,
		account_id, campaign_id, ad_set_id, ad_id
	FROM ad_daily
	WHERE false;
