-- click_events.sql
--	First-party data: your own log with one row per click and the id of the
--	user, what was shown and spent in another table.  Loaded into the canonical
--	tables by load_ads(), over which weekly_report.sql builds.
--
--		psql -d mydb -f click_events.sql -c 'CALL load_ads()' -f weekly_report.sql
--
-- Fill the tables of section 1; or put views of these names and columns over the
-- ones you have, before you run this file.
--
-- * A day is a day in the time zone of the ad account, for clicks and for
--   delivery alike: 2026-03-09 05:30 UTC is Sunday the 8th in Los Angeles.
-- * Delivery is restated: a row with a later reported_at replaces the earlier
--   ones for the same ad, day, country, device and placement, whether its
--   numbers are higher or lower.  The primary key rules ties out.
-- * Clicks are aggregated before they meet the delivery rows, and both are
--   put one below the other, not joined: a join would repeat spend per click.
-- * The same click delivered twice by the log has the same click_id.
-- * An empty user_id is no user.

\ir search_path.sql
\ir ad_tables.sql
\ir load_ads.sql

--
-- 1. The tables
--

CREATE TABLE IF NOT EXISTS ad_accounts (
	account text PRIMARY KEY,
	currency text NOT NULL,
	time_zone text NOT NULL			-- such as America/Los_Angeles
);

CREATE TABLE IF NOT EXISTS ads (
	ad_id bigint PRIMARY KEY,
	account text NOT NULL REFERENCES ad_accounts,
	campaign text NOT NULL,
	ad_set text NOT NULL,
	ad text NOT NULL,
	format text,
	objective text,
	audience_segment text
);

CREATE TABLE IF NOT EXISTS click_events (
	click_id bigint PRIMARY KEY,	-- INSERT ... ON CONFLICT DO NOTHING
	clicked_at timestamptz NOT NULL,
	ad_id bigint NOT NULL REFERENCES ads,
	user_id text,
	click_type click_type NOT NULL,	-- 'other' if you do not know
	country text,
	device text,
	placement text
);

CREATE TABLE IF NOT EXISTS ad_delivery (
	day date NOT NULL,				-- in the account's time zone
	ad_id bigint NOT NULL REFERENCES ads,
	country text NOT NULL,
	device text NOT NULL,
	placement text NOT NULL,
	reported_at timestamptz NOT NULL DEFAULT now(),
	impressions bigint,
	reach bigint,
	spend numeric,
	PRIMARY KEY (day, ad_id, country, device, placement, reported_at)
);

-- Leave the two that follow empty if you have nothing for them.
CREATE TABLE IF NOT EXISTS conversion_events (
	conversion_id bigint PRIMARY KEY,
	converted_at timestamptz NOT NULL,
	ad_id bigint NOT NULL REFERENCES ads,	-- the ad that you attribute it to
	kind text NOT NULL CHECK (kind IN ('purchase', 'lead')),
	country text,
	device text,
	placement text,
	value numeric					-- what a purchase is worth, in the account's currency
);

-- People reached in a week, asked of the platform for the week as a whole: the
-- reach of days cannot be added up.
CREATE TABLE IF NOT EXISTS weekly_reach (
	week date NOT NULL,				-- its first day
	account text NOT NULL REFERENCES ad_accounts,
	campaign text NOT NULL,
	ad_set text NOT NULL,
	ad text NOT NULL,
	reach bigint,
	PRIMARY KEY (week, account, campaign, ad_set, ad)
);

--
-- 2. The load
--

-- Loads ad_clicks, ad_daily and ad_periods.
CREATE OR REPLACE FUNCTION load_click_events(source text, relation text, breakdown text,
		since date,
		OUT rows_read bigint, OUT rows_changed bigint, OUT rows_gone bigint,
		OUT rows_left_out bigint, OUT why text)
	LANGUAGE plpgsql
AS $function$
DECLARE
	clicks record;
	days record;
	periods record;
BEGIN
	clicks := merge_ad_rows('ad_clicks', source, since, format($query$
		SELECT click_id::text, clicked_at, local.day,
			NULL AS account_id, account, currency, NULL AS campaign_id, campaign,
			NULL AS ad_set_id, ad_set, ad_id::text, ad, format, objective,
			audience_segment, country, device, placement,
			nullif(user_id, '') AS user_id, click_type, NULL::timestamptz AS version
		FROM click_events
			JOIN ads USING (ad_id)
			JOIN ad_accounts USING (account)
			CROSS JOIN LATERAL (SELECT (clicked_at AT TIME ZONE time_zone)::date)
				AS local(day)
		-- no time zone is a day away from the session's
		WHERE clicked_at >= %1$L::date - 1 AND local.day >= %1$L$query$, since));
	days := merge_ad_rows('ad_daily', source, since, format($query$
		SELECT day, 'ad' AS level, account_id, account, currency, campaign_id,
			campaign, ad_set_id, ad_set, ad_id, ad, format, objective, audience_segment,
			country, device, placement,
			sum(clicks) AS clicks, 'all' AS clicks_are,
			sum(impressions)::bigint AS impressions,
			max(reach) AS reach, NULL::bigint AS reported_unique_clicks,
			NULL::bigint AS landing_page_views,
			-- with a log of them, none is 0
			CASE WHEN EXISTS (SELECT FROM conversion_events WHERE kind = 'purchase')
				THEN coalesce(sum(purchases), 0) END AS purchases,
			CASE WHEN EXISTS (SELECT FROM conversion_events WHERE kind = 'lead')
				THEN coalesce(sum(leads), 0) END AS leads,
			sum(purchase_value) AS purchase_value, sum(spend) AS spend,
			NULL::timestamptz AS version
		FROM (
			SELECT day, account_id, account, currency, campaign_id, campaign,
				ad_set_id, ad_set, ad_id, ad, format, objective, audience_segment,
				country, device, placement,
				click_counts_agg(click_type) AS clicks, NULL::bigint AS impressions,
				NULL::bigint AS reach, NULL::numeric AS purchases,
				NULL::numeric AS leads, NULL::numeric AS purchase_value,
				NULL::numeric AS spend
			FROM ad_clicks
			WHERE source = %2$L AND day >= %1$L
			GROUP BY day, account_id, account, currency, campaign_id, campaign,
				ad_set_id, ad_set, ad_id, ad, format, objective, audience_segment,
				country, device, placement
			UNION ALL
			SELECT day, NULL, account, currency, NULL, campaign, NULL, ad_set,
				ad_id::text, ad, format, objective, audience_segment, country, device,
				placement,
				-- what was shown and has no click in the log has none
				click_counts(link => 0), impressions, reach, NULL, NULL, NULL, spend
			FROM (
				SELECT DISTINCT ON (day, ad_id, country, device, placement) *
				FROM ad_delivery
				WHERE day >= %1$L
				ORDER BY day, ad_id, country, device, placement, reported_at DESC
			) AS latest_delivery
				JOIN ads USING (ad_id)
				JOIN ad_accounts USING (account)
			UNION ALL
			SELECT local.day, NULL, account, currency, NULL, campaign, NULL, ad_set,
				ad_id::text, ad, format, objective, audience_segment, country, device,
				placement,
				click_counts(link => 0), NULL, NULL,
				CASE kind WHEN 'purchase' THEN 1 END, CASE kind WHEN 'lead' THEN 1 END,
				CASE kind WHEN 'purchase' THEN value END, NULL
			FROM conversion_events
				JOIN ads USING (ad_id)
				JOIN ad_accounts USING (account)
				CROSS JOIN LATERAL (SELECT (converted_at AT TIME ZONE time_zone)::date)
					AS local(day)
			WHERE converted_at >= %1$L::date - 1 AND local.day >= %1$L
		) AS clicks_delivery_and_conversions
		GROUP BY day, account_id, account, currency, campaign_id, campaign, ad_set_id,
			ad_set, ad_id, ad, format, objective, audience_segment, country, device,
			placement$query$, since, source));
	periods := merge_ad_rows('ad_periods', source, since, format($query$
		SELECT week AS first_day, week + 6 AS last_day, 'ad' AS level,
			NULL AS account_id, account, currency, NULL AS campaign_id, campaign,
			NULL AS ad_set_id, ad_set,
			-- of the one ad that bears these names; of several ads together it has no id
			(SELECT min(ad_id)::text FROM ads
				WHERE (ads.account, ads.campaign, ads.ad_set, ads.ad) = (weekly_reach.account,
					weekly_reach.campaign, weekly_reach.ad_set, weekly_reach.ad)
				HAVING count(*) = 1) AS ad_id,
			ad, NULL AS format,
			NULL AS objective, NULL AS audience_segment, NULL AS country, NULL AS device,
			NULL AS placement, NULL::click_counts AS clicks, NULL AS clicks_are,
			NULL::bigint AS impressions, reach, NULL::bigint AS reported_unique_clicks,
			NULL::bigint AS landing_page_views, NULL::numeric AS purchases,
			NULL::numeric AS leads, NULL::numeric AS purchase_value, NULL::numeric AS spend,
			NULL::timestamptz AS version
		FROM weekly_reach JOIN ad_accounts USING (account)
		WHERE week + 6 >= %L$query$, since));
	rows_read := clicks.rows_read + days.rows_read + periods.rows_read;
	rows_changed := clicks.rows_changed + days.rows_changed + periods.rows_changed;
	rows_gone := clicks.rows_gone + days.rows_gone + periods.rows_gone;
	rows_left_out := 0;
END
$function$;

COMMENT ON FUNCTION load_click_events IS
	'loads ad_clicks and ad_daily from the tables of examples/click_events.sql';

INSERT INTO ad_sources VALUES ('own', 'load_click_events') ON CONFLICT DO NOTHING;
