-- new_clickers.sql
--	People by the cell of their first click: the one number of people that adds up.
--
--	new_clickers			view: how many people clicked for the first time, by day and
--							slices
--	first_clicks			table under it: a row for each person
--	refresh_first_clicks()	procedure: brings it up to date
--
--		psql -d mydb -f new_clickers.sql
--		CALL load_ads();
--		CALL refresh_first_clicks();
--
-- * Each person is counted once in an account and currency, so the sum over any days
--   and slices is the number of different people who came by them; over all rows it
--   is that of all people, exactly.  A campaign's people who had clicked another one
--   before are not new: unique_clicks of weekly_report counts them.
-- * A refresh reads the clicks since a day only, by default 35 days back as load_ads()
--   does, and gives what reading all of them would, if those before have not changed.
--
-- It can be run again.

\ir search_path.sql

CREATE TABLE IF NOT EXISTS first_clicks (
	account_key text NOT NULL,		-- account and currency
	user_id text NOT NULL,
	day date NOT NULL,
	account_id text, account text, currency text, campaign_id text, campaign text,
	ad_set_id text, ad_set text, ad_id text, ad text, format text, objective text,
	audience_segment text, country text, device text, placement text,
	PRIMARY KEY (account_key, user_id)
);

CREATE INDEX IF NOT EXISTS first_clicks_day ON first_clicks (day);

COMMENT ON TABLE first_clicks IS
	'the first click of each person, in each account and currency: the day, and what was clicked; refresh_first_clicks() keeps it up to date';

-- Whoever's first click was since the day is forgotten, and who is not known is then new.
CREATE OR REPLACE PROCEDURE refresh_first_clicks(since date DEFAULT current_date - 35)
	LANGUAGE SQL
BEGIN ATOMIC
	DELETE FROM first_clicks WHERE day >= since;
	INSERT INTO first_clicks
		SELECT DISTINCT ON (key, user_id) key, user_id, day, account_id, account, currency,
			campaign_id, campaign, ad_set_id, ad_set, ad_id, ad, format, objective,
			audience_segment, country, device, placement
		FROM ad_clicks
			CROSS JOIN LATERAL ad_account_key(account_id, account, currency) AS key
		WHERE day >= since AND clicked_at >= (since - 1)::timestamp AT TIME ZONE 'UTC'
			AND user_id IS NOT NULL AND is_counted(click_type)
		ORDER BY key, user_id, day, clicked_at, source, click_id
		ON CONFLICT DO NOTHING;
END;

COMMENT ON PROCEDURE refresh_first_clicks IS
	'brings first_clicks up to date with the clicks since a day';

DROP VIEW IF EXISTS new_clickers;
CREATE VIEW new_clickers AS
	SELECT day::date AS day,
		report_week(day)::date AS week,
		account_id::text AS account_id,
		account::text AS account,
		currency::text AS currency,
		campaign_id::text AS campaign_id,
		campaign::text AS campaign,
		ad_set_id::text AS ad_set_id,
		ad_set::text AS ad_set,
		ad_id::text AS ad_id,
		ad::text AS ad,
		format::text AS format,
		objective::text AS objective,
		audience_segment::text AS audience_segment,
		country::text AS country,
		device::text AS device,
		placement::text AS placement,
		count(*) AS new_clickers
	FROM first_clicks
	GROUP BY day, account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
		ad_id, ad, format, objective, audience_segment, country, device, placement;

COMMENT ON VIEW new_clickers IS
	'people by the day and slices of their first click; may be added up over any rows';
COMMENT ON COLUMN new_clickers.day IS 'day of the first click, in the time zone of the ad account';
COMMENT ON COLUMN new_clickers.week IS 'Monday of the week';
COMMENT ON COLUMN new_clickers.account_id IS 'id of the ad account';
COMMENT ON COLUMN new_clickers.account IS 'ad account';
COMMENT ON COLUMN new_clickers.currency IS 'currency of the account';
COMMENT ON COLUMN new_clickers.campaign_id IS 'id of the campaign';
COMMENT ON COLUMN new_clickers.campaign IS 'campaign that was clicked first';
COMMENT ON COLUMN new_clickers.ad_set_id IS 'id of the ad set';
COMMENT ON COLUMN new_clickers.ad_set IS 'ad set';
COMMENT ON COLUMN new_clickers.ad_id IS 'id of the ad';
COMMENT ON COLUMN new_clickers.ad IS 'ad';
COMMENT ON COLUMN new_clickers.format IS 'ad format, such as image or video';
COMMENT ON COLUMN new_clickers.objective IS 'campaign objective';
COMMENT ON COLUMN new_clickers.audience_segment IS 'audience segment, such as age and gender';
COMMENT ON COLUMN new_clickers.country IS 'country or other geographic area';
COMMENT ON COLUMN new_clickers.device IS 'device type';
COMMENT ON COLUMN new_clickers.placement IS 'ad placement';
COMMENT ON COLUMN new_clickers.new_clickers IS 'people whose first click this was; may be added up';
