-- ad_tables.sql
--	The canonical tables: what every source is loaded into, and what every report
--	reads.
--
--	ad_daily		a row per day and finest thing that the source tells apart
--	ad_periods		rows that a source reports for several days as a whole
--	ad_breakdowns	the clicks of ad_daily once more, by country, by device, ...
--	ad_clicks		a row per click; empty where the source has no events
--	ad_conversions	purchases and leads of ad_daily, a row for each kind
--
-- Each file for a source includes this one.  It can be run again.
--
-- * ad_daily adds up: each click of a source is in it once.  What tells the same
--   clicks again is in ad_breakdowns, and what tells of weeks in ad_periods.
-- * NULL is "not reported", 0 is zero.
-- * reach and reported_unique_clicks are people: they belong to their very row
--   and cannot be added up.
-- * Ids tell things apart where the source has ids, names where it has not.
-- * For partitions by month write "PARTITION BY RANGE (day)" behind ad_daily and
--   ad_breakdowns, "PARTITION BY RANGE (clicked_at)" behind ad_clicks.

\ir search_path.sql

-- What tells the row apart from the others of its source and day: each id, or the
-- name where there is no id, and the rest of the slices.
CREATE OR REPLACE FUNCTION ad_row_key(source text,
		account_id text, account text, currency text, campaign_id text, campaign text,
		ad_set_id text, ad_set text, ad_id text, ad text, format text, objective text,
		audience_segment text, country text, device text, placement text) RETURNS bytea
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	-- the bytes of a text as they are: convert_to() is not IMMUTABLE, which would keep the
	-- function from being inlined
	RETURN sha256(decode(replace(quote_nullable(source)
		|| ',' || quote_nullable(coalesce('id ' || account_id, account))
		|| ',' || quote_nullable(currency)
		|| ',' || quote_nullable(coalesce('id ' || campaign_id, campaign))
		|| ',' || quote_nullable(coalesce('id ' || ad_set_id, ad_set))
		|| ',' || quote_nullable(coalesce('id ' || ad_id, ad))
		|| ',' || quote_nullable(format) || ',' || quote_nullable(objective)
		|| ',' || quote_nullable(audience_segment) || ',' || quote_nullable(country)
		|| ',' || quote_nullable(device) || ',' || quote_nullable(placement),
		'\', '\\'), 'escape'));

COMMENT ON FUNCTION ad_row_key IS
	'digest of what tells a row of ad_daily apart from the others of its day';

CREATE TABLE IF NOT EXISTS ad_daily (
	source text NOT NULL DEFAULT 'own',
	day date NOT NULL,
	level text CHECK (level IN ('ad', 'ad set', 'campaign', 'account')),
	account_id text,
	account text,
	currency text,
	campaign_id text,
	campaign text,
	ad_set_id text,
	ad_set text,
	ad_id text,
	ad text,
	format text,
	objective text,
	audience_segment text,
	country text,
	device text,
	placement text,
	clicks click_counts,
	clicks_are text CHECK (clicks_are IN ('all', 'link')),
	impressions bigint,
	reach bigint,
	reported_unique_clicks bigint,
	landing_page_views bigint,
	purchases numeric,
	leads numeric,
	purchase_value numeric,
	spend numeric,
	loaded_at timestamptz NOT NULL DEFAULT now(),
	row_key bytea GENERATED ALWAYS AS (ad_row_key(source, account_id, account, currency,
		campaign_id, campaign, ad_set_id, ad_set, ad_id, ad, format, objective,
		audience_segment, country, device, placement)) STORED,
	CONSTRAINT finite CHECK (
		'Infinity' > ALL (ARRAY[purchases, leads, purchase_value, spend])
		AND '-Infinity' < ALL (ARRAY[purchases, leads, purchase_value, spend])),
	PRIMARY KEY (day, row_key)
);

CREATE TABLE IF NOT EXISTS ad_clicks (
	source text NOT NULL DEFAULT 'own',
	click_id text NOT NULL,
	clicked_at timestamptz NOT NULL,
	day date NOT NULL,
	account_id text,
	account text,
	currency text,
	campaign_id text,
	campaign text,
	ad_set_id text,
	ad_set text,
	ad_id text,
	ad text,
	format text,
	objective text,
	audience_segment text,
	country text,
	device text,
	placement text,
	user_id text,
	click_type click_type NOT NULL,
	loaded_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (clicked_at, click_id, source)	-- in the order of time, for reports of some days
);

COMMENT ON TABLE ad_daily IS
	'ads by day and the finest thing that the source tells apart; everything but people adds up';
COMMENT ON COLUMN ad_daily.source IS 'which source the row is from: loading it replaces its own rows only';
COMMENT ON COLUMN ad_daily.day IS 'day in the time zone of the ad account';
COMMENT ON COLUMN ad_daily.level IS 'the finest of ad, ad set, campaign and account that the source tells apart; NULL = not known';
COMMENT ON COLUMN ad_daily.account_id IS 'id of the ad account';
COMMENT ON COLUMN ad_daily.account IS 'name of the ad account, the newest known for its id; the id where there is no name';
COMMENT ON COLUMN ad_daily.currency IS 'currency of the account and of spend, such as USD';
COMMENT ON COLUMN ad_daily.campaign_id IS 'id of the campaign; ids never change, names do';
COMMENT ON COLUMN ad_daily.campaign IS 'name of the campaign, the newest known for its id';
COMMENT ON COLUMN ad_daily.ad_set_id IS 'id of the ad set';
COMMENT ON COLUMN ad_daily.ad_set IS 'name of the ad set, the newest known for its id';
COMMENT ON COLUMN ad_daily.ad_id IS 'id of the ad';
COMMENT ON COLUMN ad_daily.ad IS 'name of the ad, the newest known for its id';
COMMENT ON COLUMN ad_daily.format IS 'ad format, such as image or video';
COMMENT ON COLUMN ad_daily.objective IS 'campaign objective';
COMMENT ON COLUMN ad_daily.audience_segment IS 'audience segment, such as age and gender';
COMMENT ON COLUMN ad_daily.country IS 'country or other geographic area';
COMMENT ON COLUMN ad_daily.device IS 'device type';
COMMENT ON COLUMN ad_daily.placement IS 'ad placement';
COMMENT ON COLUMN ad_daily.clicks IS 'clicks by type; their total, clicks_total(clicks), is Clicks (All) unless clicks_are says otherwise; NULL = not reported';
COMMENT ON COLUMN ad_daily.clicks_are IS 'what the total of clicks is: all = Clicks (All); link = link clicks, as the source tells no more; NULL = neither is reported';
COMMENT ON COLUMN ad_daily.impressions IS 'times the ads were on screen';
COMMENT ON COLUMN ad_daily.reach IS 'people reached, as reported for this very row: never to be added up';
COMMENT ON COLUMN ad_daily.reported_unique_clicks IS 'people who clicked, as the platform estimates for this very row: never to be added up; unique_clicks_bounds() tells what is known of several rows';
COMMENT ON COLUMN ad_daily.landing_page_views IS 'times that the page behind the link was loaded';
COMMENT ON COLUMN ad_daily.purchases IS 'purchases attributed to the ad; may be fractions';
COMMENT ON COLUMN ad_daily.leads IS 'leads attributed to the ad; may be fractions';
COMMENT ON COLUMN ad_daily.purchase_value IS 'what the purchases are worth, in the currency of the row';
COMMENT ON COLUMN ad_daily.spend IS 'amount spent, in the currency of the row';
COMMENT ON COLUMN ad_daily.loaded_at IS 'when the row was last written';
COMMENT ON COLUMN ad_daily.row_key IS 'digest of source and slices; with the day it tells rows apart';

CREATE TABLE IF NOT EXISTS ad_breakdowns (
	breakdown text NOT NULL,
	LIKE ad_daily INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED
		INCLUDING COMMENTS,
	PRIMARY KEY (breakdown, day, row_key)
);

COMMENT ON TABLE ad_breakdowns IS
	'the clicks of ad_daily once more, each breakdown telling all of them: read one breakdown at a time';
COMMENT ON COLUMN ad_breakdowns.breakdown IS
	'what the rows are broken down by, such as country or age, gender';

SELECT to_regclass(format('%I.ad_periods', current_schema)) IS NULL AS is_new \gset
\if :is_new
	CREATE TABLE ad_periods (
		LIKE ad_daily INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED
			INCLUDING COMMENTS
	);
	ALTER TABLE ad_periods RENAME COLUMN day TO first_day;
	ALTER TABLE ad_periods ADD COLUMN last_day date NOT NULL CHECK (last_day >= first_day),
		ADD PRIMARY KEY (first_day, last_day, row_key);
\endif

COMMENT ON TABLE ad_periods IS
	'rows that a source reports for several days as a whole: weeks, months, exports without days; they tell the clicks of ad_daily again, if it has these days';
COMMENT ON COLUMN ad_periods.first_day IS
	'first day of the period, in the time zone of the ad account';
COMMENT ON COLUMN ad_periods.last_day IS 'last day of the period';

COMMENT ON TABLE ad_clicks IS
	'clicks, one row each; empty where the source has no events';
COMMENT ON COLUMN ad_clicks.source IS 'which source the row is from: loading it replaces its own rows only';
COMMENT ON COLUMN ad_clicks.click_id IS 'what tells the click apart from others';
COMMENT ON COLUMN ad_clicks.clicked_at IS 'when';
COMMENT ON COLUMN ad_clicks.day IS 'day in the time zone of the ad account';
COMMENT ON COLUMN ad_clicks.account_id IS 'id of the ad account';
COMMENT ON COLUMN ad_clicks.account IS 'name of the ad account, the newest known for its id; the id where there is no name';
COMMENT ON COLUMN ad_clicks.currency IS 'currency of the account and of spend, such as USD';
COMMENT ON COLUMN ad_clicks.campaign_id IS 'id of the campaign; ids never change, names do';
COMMENT ON COLUMN ad_clicks.campaign IS 'name of the campaign, the newest known for its id';
COMMENT ON COLUMN ad_clicks.ad_set_id IS 'id of the ad set';
COMMENT ON COLUMN ad_clicks.ad_set IS 'name of the ad set, the newest known for its id';
COMMENT ON COLUMN ad_clicks.ad_id IS 'id of the ad';
COMMENT ON COLUMN ad_clicks.ad IS 'name of the ad, the newest known for its id';
COMMENT ON COLUMN ad_clicks.format IS 'ad format, such as image or video';
COMMENT ON COLUMN ad_clicks.objective IS 'campaign objective';
COMMENT ON COLUMN ad_clicks.audience_segment IS 'audience segment, such as age and gender';
COMMENT ON COLUMN ad_clicks.country IS 'country or other geographic area';
COMMENT ON COLUMN ad_clicks.device IS 'device type';
COMMENT ON COLUMN ad_clicks.placement IS 'ad placement';
COMMENT ON COLUMN ad_clicks.user_id IS 'who clicked; NULL = not known';
COMMENT ON COLUMN ad_clicks.click_type IS 'what was clicked; is_counted(click_type) tells whether it is in Clicks (All)';
COMMENT ON COLUMN ad_clicks.loaded_at IS 'when the row was last written';

CREATE OR REPLACE VIEW ad_conversions AS
	SELECT source, day, account_id, account, currency, campaign_id, campaign, ad_set_id,
		ad_set, ad_id, ad, format, objective, audience_segment, country, device, placement,
		kind, conversions
	FROM ad_daily
		CROSS JOIN LATERAL (VALUES ('purchase', purchases), ('lead', leads))
			AS converted(kind, conversions)
	WHERE conversions > 0;

COMMENT ON VIEW ad_conversions IS
	'purchases and leads by day and slices; no row is none';
