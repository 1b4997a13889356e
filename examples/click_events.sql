-- click_events.sql
--	First-party data: your own log with one row per click and the id of the
--	user, what was shown and spent in another table.  Makes the canonical
--	views ad_daily and ad_clicks, over which weekly_report.sql builds; and
--	ad_conversions.
--
-- Create the tables of section 1, or put views of these names and columns
-- over the ones you have, and run the rest as it is.
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

--
-- 1. The tables
--

CREATE TABLE ad_accounts (
	account text PRIMARY KEY,
	currency text NOT NULL,
	time_zone text NOT NULL			-- such as America/Los_Angeles
);

CREATE TABLE ads (
	ad_id bigint PRIMARY KEY,
	account text NOT NULL REFERENCES ad_accounts,
	campaign text NOT NULL,
	ad_set text NOT NULL,
	ad text NOT NULL,
	format text,
	objective text,
	audience_segment text
);

CREATE TABLE click_events (
	click_id bigint PRIMARY KEY,	-- INSERT ... ON CONFLICT DO NOTHING
	clicked_at timestamptz NOT NULL,
	ad_id bigint NOT NULL REFERENCES ads,
	user_id text,
	click_type click_type NOT NULL,	-- 'other' if you do not know
	country text,
	device text,
	placement text
);

CREATE TABLE ad_delivery (
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
CREATE TABLE conversion_events (
	conversion_id bigint PRIMARY KEY,
	converted_at timestamptz NOT NULL,
	ad_id bigint NOT NULL REFERENCES ads,	-- the ad that you attribute it to
	kind text NOT NULL CHECK (kind IN ('purchase', 'lead')),
	country text,
	device text,
	placement text
);

-- People reached in a week, asked of the platform for the week as a whole: the
-- reach of days cannot be added up.
CREATE TABLE weekly_reach (
	week date NOT NULL,				-- its first day
	account text NOT NULL REFERENCES ad_accounts,
	campaign text NOT NULL,
	ad_set text NOT NULL,
	ad text NOT NULL,
	reach bigint,
	PRIMARY KEY (week, account, campaign, ad_set, ad)
);

--
-- 2. The canonical views
--

CREATE VIEW ad_clicks AS
	SELECT (clicked_at AT TIME ZONE time_zone)::date AS day,
		account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		clicked_at, nullif(user_id, '') AS user_id, click_type
	FROM click_events
		JOIN ads USING (ad_id)
		JOIN ad_accounts USING (account);

CREATE VIEW ad_daily AS
	SELECT day,
		account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		sum(clicks) AS clicks,
		'all' AS clicks_are,
		sum(impressions)::bigint AS impressions,
		-- people reached by two ads of the same name are not the sum of both
		CASE WHEN count(reach) = 1 THEN max(reach) END AS reach,
		sum(spend) AS spend
	FROM (
		SELECT day,
			account, currency, campaign, ad_set, ad, format, objective,
			audience_segment, country, device, placement,
			click_counts_agg(click_type) AS clicks,
			NULL::bigint AS impressions,
			NULL::bigint AS reach,
			NULL::numeric AS spend
		FROM ad_clicks
		GROUP BY day,
			account, currency, campaign, ad_set, ad, format, objective,
			audience_segment, country, device, placement
		UNION ALL
		SELECT day,
			account, currency, campaign, ad_set, ad, format, objective,
			audience_segment, country, device, placement,
			-- what was shown and has no click in the log has none
			click_counts(link => 0), impressions, reach, spend
		FROM (
			SELECT DISTINCT ON (day, ad_id, country, device, placement) *
			FROM ad_delivery
			ORDER BY day, ad_id, country, device, placement, reported_at DESC
		) AS latest_delivery
			JOIN ads USING (ad_id)
			JOIN ad_accounts USING (account)
	) AS clicks_and_delivery
	GROUP BY day,
		account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement;

CREATE VIEW ad_conversions AS
	SELECT (converted_at AT TIME ZONE time_zone)::date AS day,
		account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		kind, count(*)::numeric AS conversions
	FROM conversion_events
		JOIN ads USING (ad_id)
		JOIN ad_accounts USING (account)
	GROUP BY day,
		account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement, kind;

COMMENT ON VIEW ad_clicks IS
	'click events with their slices and the day in the account''s time zone';
COMMENT ON VIEW ad_daily IS
	'ads by day and slices: clicks from the event log; impressions, reach and spend from the latest delivery report';
COMMENT ON VIEW ad_conversions IS
	'purchases and leads by day and slices';
