-- report_views.sql
--	The plain views that people and BI tools read, over weekly_ads (as a
--	materialized view or as a table), ad_daily and ad_periods:
--
--	daily_cells		the finest grain by day, only what adds up
--	weekly_cells	the finest grain by week, only what adds up
--	weekly_report	finished rows by week, slice and value: nothing to add up
--
--	ad_weeks, stale_weeks	whether weeks may be compared, and shown: see ad_weeks.sql
--	weekly_change	what changed last week: see weekly_change.sql
--	weekly_outlook	whether a day is odd: see weekly_outlook.sql
--
-- Part of weekly_report.sql and of incremental_rollup.sql.
--
-- * Any sum of a column of the cells is right, over any rows of one currency:
--   there are no rates and no people in them.
-- * A row of weekly_report is right as it is.  One filter on slice makes a chart,
--   in which a value has one row a week; the rows of one slice tell each click
--   once.
-- * Clicks (All) is never made of link clicks: where a source tells no more than
--   these, clicks_all and what is made of it are NULL, and clicks_are says 'link'.
-- * A value that is NULL is not known; a total says 'total' in slice.
-- * Rates have 4 decimals, money and fractions 6, since quotients of 20 digits
--   confuse many tools.  They are rounded once, from exact sums.

\ir search_path.sql

--
-- Cells
--

CREATE VIEW daily_cells AS
	SELECT day::date AS day,
		extract(isodow FROM day)::bigint AS weekday,
		to_char(day, 'FMDay')::text AS weekday_name,
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
		clicks_are::text AS clicks_are,
		CASE clicks_are WHEN 'all' THEN clicks_total(clicks) END AS clicks_all,
		(clicks).link::bigint AS link_clicks,
		impressions::bigint AS impressions,
		spend::numeric(28, 6) AS spend,
		landing_page_views::bigint AS landing_page_views,
		purchases::numeric(28, 6) AS purchases,
		leads::numeric(28, 6) AS leads,
		purchase_value::numeric(28, 6) AS purchase_value
	FROM ad_daily;

CREATE VIEW weekly_cells AS
	SELECT week::date AS week,
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
		clicks_are::text AS clicks_are,
		CASE clicks_are WHEN 'all' THEN clicks_total(clicks) END AS clicks_all,
		(clicks).link::bigint AS link_clicks,
		impressions::bigint AS impressions,
		spend::numeric(28, 6) AS spend,
		landing_page_views::bigint AS landing_page_views,
		purchases::numeric(28, 6) AS purchases,
		leads::numeric(28, 6) AS leads,
		purchase_value::numeric(28, 6) AS purchase_value
	FROM weekly_ads;

COMMENT ON VIEW daily_cells IS
	'ads by day at the finest grain; every number may be added up over any rows of one currency';
COMMENT ON COLUMN daily_cells.day IS 'day in the time zone of the ad account';
COMMENT ON COLUMN daily_cells.weekday IS 'day of the week: 1 = Monday, 7 = Sunday';
COMMENT ON COLUMN daily_cells.weekday_name IS 'day of the week in English';
COMMENT ON COLUMN daily_cells.week IS 'Monday of the week';
COMMENT ON COLUMN daily_cells.account_id IS 'id of the ad account';
COMMENT ON COLUMN daily_cells.account IS 'ad account';
COMMENT ON COLUMN daily_cells.currency IS
	'currency of spend and purchase_value: never add up different ones';
COMMENT ON COLUMN daily_cells.campaign_id IS 'id of the campaign; campaigns may share a name';
COMMENT ON COLUMN daily_cells.campaign IS 'campaign';
COMMENT ON COLUMN daily_cells.ad_set_id IS 'id of the ad set; ad sets may share a name';
COMMENT ON COLUMN daily_cells.ad_set IS 'ad set';
COMMENT ON COLUMN daily_cells.ad_id IS 'id of the ad; ads may share a name';
COMMENT ON COLUMN daily_cells.ad IS 'ad';
COMMENT ON COLUMN daily_cells.format IS 'ad format, such as image or video';
COMMENT ON COLUMN daily_cells.objective IS 'campaign objective';
COMMENT ON COLUMN daily_cells.audience_segment IS 'audience segment, such as age and gender';
COMMENT ON COLUMN daily_cells.country IS 'country or other geographic area';
COMMENT ON COLUMN daily_cells.device IS 'device type';
COMMENT ON COLUMN daily_cells.placement IS 'ad placement';
COMMENT ON COLUMN daily_cells.clicks_are IS
	'what the source tells of clicks: all = Clicks (All); link = link clicks only; mixed = each on some days; NULL = nothing';
COMMENT ON COLUMN daily_cells.clicks_all IS
	'Clicks (All); NULL where the source does not tell them; may be added up';
COMMENT ON COLUMN daily_cells.link_clicks IS
	'clicks on the link, a part of Clicks (All); NULL = not reported; may be added up';
COMMENT ON COLUMN daily_cells.impressions IS 'times the ads were on screen; may be added up';
COMMENT ON COLUMN daily_cells.spend IS
	'amount spent, in the currency of the row; may be added up within one currency';
COMMENT ON COLUMN daily_cells.landing_page_views IS
	'times that the page behind the link was loaded; may be added up';
COMMENT ON COLUMN daily_cells.purchases IS 'purchases attributed to the ad; may be added up';
COMMENT ON COLUMN daily_cells.leads IS 'leads attributed to the ad; may be added up';
COMMENT ON COLUMN daily_cells.purchase_value IS
	'what the purchases are worth, in the currency of the row; may be added up within one currency';

COMMENT ON VIEW weekly_cells IS
	'ads by week at the finest grain; every number may be added up over any rows of one currency';
COMMENT ON COLUMN weekly_cells.week IS 'Monday of the week, in the time zone of the ad account';
COMMENT ON COLUMN weekly_cells.account_id IS 'id of the ad account';
COMMENT ON COLUMN weekly_cells.account IS 'ad account';
COMMENT ON COLUMN weekly_cells.currency IS
	'currency of spend and purchase_value: never add up different ones';
COMMENT ON COLUMN weekly_cells.campaign_id IS 'id of the campaign; campaigns may share a name';
COMMENT ON COLUMN weekly_cells.campaign IS 'campaign';
COMMENT ON COLUMN weekly_cells.ad_set_id IS 'id of the ad set; ad sets may share a name';
COMMENT ON COLUMN weekly_cells.ad_set IS 'ad set';
COMMENT ON COLUMN weekly_cells.ad_id IS 'id of the ad; ads may share a name';
COMMENT ON COLUMN weekly_cells.ad IS 'ad';
COMMENT ON COLUMN weekly_cells.format IS 'ad format, such as image or video';
COMMENT ON COLUMN weekly_cells.objective IS 'campaign objective';
COMMENT ON COLUMN weekly_cells.audience_segment IS 'audience segment, such as age and gender';
COMMENT ON COLUMN weekly_cells.country IS 'country or other geographic area';
COMMENT ON COLUMN weekly_cells.device IS 'device type';
COMMENT ON COLUMN weekly_cells.placement IS 'ad placement';
COMMENT ON COLUMN weekly_cells.clicks_are IS
	'what the source tells of clicks: all = Clicks (All); link = link clicks only; mixed = each on some days; NULL = nothing';
COMMENT ON COLUMN weekly_cells.clicks_all IS
	'Clicks (All); NULL where the source does not tell them; may be added up';
COMMENT ON COLUMN weekly_cells.link_clicks IS
	'clicks on the link, a part of Clicks (All); NULL = not reported; may be added up';
COMMENT ON COLUMN weekly_cells.impressions IS 'times the ads were on screen; may be added up';
COMMENT ON COLUMN weekly_cells.spend IS
	'amount spent, in the currency of the row; may be added up within one currency';
COMMENT ON COLUMN weekly_cells.landing_page_views IS
	'times that the page behind the link was loaded; may be added up';
COMMENT ON COLUMN weekly_cells.purchases IS 'purchases attributed to the ad; may be added up';
COMMENT ON COLUMN weekly_cells.leads IS 'leads attributed to the ad; may be added up';
COMMENT ON COLUMN weekly_cells.purchase_value IS
	'what the purchases are worth, in the currency of the row; may be added up within one currency';

--
-- The finished rows
--

-- What tells accounts apart: the id or, where there is none, the name; and the
-- currency, as money of two currencies is never added up.
CREATE OR REPLACE FUNCTION ad_account_key(account_id text, account text, currency text) RETURNS text
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
	RETURN quote_nullable(coalesce('id ' || account_id, account)) || quote_nullable(currency);

-- The slices that a row belongs to, each with what tells its value apart: the id
-- or, where there is none, the names from the campaign down.
CREATE OR REPLACE FUNCTION ad_slices(campaign_id text, campaign text, ad_set_id text, ad_set text,
		ad_id text, ad text, format text, objective text, audience_segment text,
		country text, device text, placement text)
	RETURNS TABLE (slice text, value_key text, second_value text)
	LANGUAGE SQL IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT slices.slice, slices.value_key, slices.second_value
	FROM (VALUES
		('total', NULL, NULL),
		('campaign', coalesce('id ' || campaign_id, campaign), NULL),
		('ad set', coalesce('id ' || ad_set_id,
			quote_nullable(coalesce('id ' || campaign_id, campaign))
			|| quote_literal(ad_set)), NULL),
		('ad', coalesce('id ' || ad_id,
			quote_nullable(coalesce('id ' || campaign_id, campaign))
			|| quote_nullable(coalesce('id ' || ad_set_id, ad_set))
			|| quote_literal(ad)), NULL),
		('format', format, NULL),
		('objective', objective, NULL),
		('audience segment', audience_segment, NULL),
		('country', country, NULL),
		('device', device, NULL),
		('placement', placement, NULL),
		('campaign x placement', coalesce('id ' || campaign_id, campaign), placement),
		('campaign x audience segment', coalesce('id ' || campaign_id, campaign),
			audience_segment))
		AS slices(slice, value_key, second_value);
END;

-- The name of each campaign, ad set and ad.  What shares its name with others
-- shows where it belongs and, where that does not help, its id or a number.
CREATE VIEW ad_names AS
	SELECT account_key, slice, value_key,
		coalesce(id, CASE WHEN count(*) OVER same_path > 1 THEN path || number ELSE path END)
			AS value_id,
		place || CASE WHEN count(*) OVER (PARTITION BY account_key, slice, place) > 1
			THEN coalesce(' ' || id, number) ELSE '' END AS value
	FROM (
		SELECT *,
			name || CASE WHEN count(*) OVER (PARTITION BY account_key, slice, name) > 1
				THEN coalesce(' (' || belongs_to || ')', '') ELSE '' END AS place,
			concat_ws(' / ', belongs_to, name) AS path,
			' #' || row_number() OVER (PARTITION BY account_key, slice,
				concat_ws(' / ', belongs_to, name) ORDER BY value_key COLLATE "C") AS number
		FROM (
			SELECT account_key, slice, value_key,
				max(id) AS id,
				max(name) AS name,
				max(belongs_to) AS belongs_to
			FROM (
				SELECT DISTINCT ad_account_key(account_id, account, currency) AS account_key,
					campaign_id, campaign, ad_set_id, ad_set, ad_id, ad
				FROM weekly_ads
			) AS ads
				CROSS JOIN LATERAL ad_slices(campaign_id, campaign, ad_set_id, ad_set,
					ad_id, ad, NULL, NULL, NULL, NULL, NULL, NULL)
				CROSS JOIN LATERAL (SELECT
					CASE slice WHEN 'ad' THEN ad_id WHEN 'ad set' THEN ad_set_id
						ELSE campaign_id END,
					coalesce(CASE slice WHEN 'ad' THEN ad WHEN 'ad set' THEN ad_set
						ELSE campaign END, ''),
					CASE slice WHEN 'ad' THEN nullif(concat_ws(' / ', campaign, ad_set), '')
						WHEN 'ad set' THEN campaign END)
					AS named(id, name, belongs_to)
			WHERE slice IN ('campaign', 'ad set', 'ad') AND value_key IS NOT NULL
			GROUP BY account_key, slice, value_key
		) AS named
	) AS placed
	WINDOW same_path AS (PARTITION BY account_key, slice, path);

COMMENT ON VIEW ad_names IS
	'names of campaigns, ad sets and ads, each one of its own';
COMMENT ON COLUMN ad_names.account_key IS 'the ad account and its currency';
COMMENT ON COLUMN ad_names.slice IS 'campaign, ad set or ad';
COMMENT ON COLUMN ad_names.value_key IS 'what tells it apart within the account';
COMMENT ON COLUMN ad_names.value_id IS
	'its id; its names from the campaign down where there is no id';
COMMENT ON COLUMN ad_names.value IS 'its name, with where it belongs if others bear it as well';

\ir ad_weeks.sql

CREATE VIEW weekly_report AS
	WITH reported AS (
		-- people as the platform reports them for a week and a value as a whole; several
		-- rows for one are parts of it, whose people cannot be added up
		SELECT week, account_key, slice, value_key, second_value,
			CASE count(*) WHEN 1 THEN max(reach) END AS reach,
			CASE count(*) WHEN 1 THEN max(reported_unique_clicks) END AS unique_clicks
		FROM (
			SELECT *,
				first_day AS week,
				ad_account_key(account_id, account, currency) AS account_key,
				coalesce(level, CASE WHEN num_nonnulls(ad_id, ad) > 0 THEN 'ad'
					WHEN num_nonnulls(ad_set_id, ad_set) > 0 THEN 'ad set'
					WHEN num_nonnulls(campaign_id, campaign) > 0 THEN 'campaign'
					ELSE 'account' END) AS of_level
			FROM ad_periods
			WHERE last_day = first_day + 6
		) AS of_one_week
			CROSS JOIN LATERAL ad_slices(campaign_id, campaign, ad_set_id, ad_set,
				ad_id, ad, format, objective, audience_segment, country, device, placement)
		-- the one slice that the row tells of, by its level and its breakdown
		WHERE slice = CASE of_level
				WHEN 'campaign' THEN CASE
					WHEN num_nonnulls(country, device, placement, audience_segment) = 0
						THEN 'campaign'
					WHEN num_nonnulls(country, device, placement) = 0
						THEN 'campaign x audience segment'
					WHEN num_nonnulls(country, device, audience_segment) = 0
						THEN 'campaign x placement'
					END
				WHEN 'account' THEN CASE num_nonnulls(format, objective, audience_segment,
						country, device, placement)
					WHEN 0 THEN 'total'
					WHEN 1 THEN CASE WHEN format IS NOT NULL THEN 'format'
						WHEN objective IS NOT NULL THEN 'objective'
						WHEN audience_segment IS NOT NULL THEN 'audience segment'
						WHEN country IS NOT NULL THEN 'country'
						WHEN device IS NOT NULL THEN 'device'
						ELSE 'placement' END
					END
				ELSE CASE WHEN num_nonnulls(country, device, placement) = 0 THEN of_level END
			END
		GROUP BY week, account_key, slice, value_key, second_value
	)
	SELECT week::date AS week,
		account_id::text AS account_id,
		account::text AS account,
		currency::text AS currency,
		slice::text AS slice,
		value::text AS value,
		value_id::text AS value_id,
		second_value::text AS second_value,
		clicks_all::bigint AS clicks_all,
		clicks_are::text AS clicks_are,
		link_clicks::bigint AS link_clicks,
		impressions::bigint AS impressions,
		spend::numeric(28, 6) AS spend,
		(100.0 * clicks_all / nullif(impressions, 0))::numeric(28, 4) AS ctr,
		(1.0 * clicks_all / nullif(impressions, 0))::numeric(28, 6) AS click_through_rate,
		(100.0 * link_clicks / nullif(impressions, 0))::numeric(28, 4) AS link_ctr,
		(spend / nullif(clicks_all, 0))::numeric(28, 6) AS cpc,
		(1000 * spend / nullif(impressions, 0))::numeric(28, 6) AS cpm,
		unique_clicks::bigint AS unique_clicks,
		CASE WHEN unique_clicks IS NULL THEN unique_clicks_at_least
		END::bigint AS unique_clicks_at_least,
		CASE WHEN unique_clicks IS NULL THEN unique_clicks_at_most
		END::bigint AS unique_clicks_at_most,
		reach::bigint AS reach,
		(100.0 * unique_clicks / nullif(reach, 0))::numeric(28, 4) AS unique_ctr,
		landing_page_views::bigint AS landing_page_views,
		purchases::numeric(28, 6) AS purchases,
		leads::numeric(28, 6) AS leads,
		purchase_value::numeric(28, 6) AS purchase_value,
		bit_count(coalesce(weekdays, 0)::bit(7))::bigint AS days,
		complete::boolean AS complete,
		logged_clicks::bigint AS logged_clicks
	FROM (
		SELECT slices.*,
			coalesce(ad_names.value, slices.value_key) AS value,
			coalesce(ad_names.value_id, slices.value_key) AS value_id,
			reported.reach,
			CASE clicks_are WHEN 'all' THEN clicks_total(clicks) END AS clicks_all,
			(clicks).link AS link_clicks,
			-- Nobody clicked where there are no clicks.  A log that has clearly less than
			-- all clicks, as where people must agree to be in it, is taken only where
			-- nobody else tells of people.
			CASE WHEN is_from_log THEN clickers ELSE coalesce(reported.unique_clicks,
				CASE clicks_total(clicks) WHEN 0 THEN 0 END) END AS unique_clicks,
			CASE WHEN is_from_log THEN logged END AS logged_clicks,
			complete
		FROM (
			SELECT week, ad_account_key(account_id, account, currency) AS account_key,
				slice, value_key, second_value,
				max(account_id) AS account_id,
				max(account) AS account,
				max(currency) AS currency,
				sum(clicks) AS clicks,
				CASE WHEN min(clicks_are) < max(clicks_are) THEN 'mixed'
					ELSE min(clicks_are) END AS clicks_are,
				sum(impressions) AS impressions,
				sum(spend) AS spend,
				sum(landing_page_views) AS landing_page_views,
				sum(purchases) AS purchases,
				sum(leads) AS leads,
				sum(purchase_value) AS purchase_value,
				cardinality(union_agg(clickers)) AS clickers,
				sum(logged_clicks) AS logged,
				max(unique_clicks_at_least) AS unique_clicks_at_least,
				-- there is no upper bound where not all who clicked are reported
				CASE WHEN bool_and(unique_clicks_at_most IS NOT NULL
						OR coalesce(clicks_total(clicks), 0) = 0)
					THEN sum(unique_clicks_at_most)
				END AS unique_clicks_at_most,
				bit_or(weekdays) AS weekdays
			FROM weekly_ads
				CROSS JOIN LATERAL ad_slices(campaign_id, campaign, ad_set_id, ad_set, ad_id,
					ad, format, objective, audience_segment, country, device, placement)
			GROUP BY week, account_key, slice, value_key, second_value
		) AS slices
			JOIN (SELECT week, account_key, complete FROM ad_weeks) AS whole
				USING (week, account_key)
			-- by one text each, as a join by several, or by what may be NULL, is slow
			LEFT JOIN ad_names ON ad_names.account_key || ad_names.slice || ad_names.value_key
				= slices.account_key || split_part(slices.slice, ' x ', 1) || slices.value_key
			LEFT JOIN reported ON reported.week = slices.week
				AND reported.account_key || reported.slice
					|| quote_nullable(reported.value_key)
					|| quote_nullable(reported.second_value)
				= slices.account_key || slices.slice
					|| quote_nullable(slices.value_key) || quote_nullable(slices.second_value)
			CROSS JOIN LATERAL (SELECT clickers IS NOT NULL AND (reported.unique_clicks IS NULL
				OR (logged < 0.9 * clicks_total(clicks)) IS NOT TRUE))
				AS people(is_from_log)
	) AS counted;

COMMENT ON VIEW weekly_report IS
	'finished weekly rows: one for each week, account, currency, slice and value; filter by slice, and add nothing up';
COMMENT ON COLUMN weekly_report.week IS 'Monday of the week, in the time zone of the ad account';
COMMENT ON COLUMN weekly_report.account_id IS 'id of the ad account';
COMMENT ON COLUMN weekly_report.account IS 'ad account';
COMMENT ON COLUMN weekly_report.currency IS 'currency of spend, cpc, cpm and purchase_value';
COMMENT ON COLUMN weekly_report.slice IS
	'what value is: total, campaign, ad set, ad, format, objective, audience segment, country, device, placement; campaign x placement and campaign x audience segment have a second_value';
COMMENT ON COLUMN weekly_report.value IS 'the campaign, country, ...; NULL = not known, and in a total';
COMMENT ON COLUMN weekly_report.value_id IS
	'id of the campaign, ad set or ad, or its names from the campaign down where there is no id; else the value';
COMMENT ON COLUMN weekly_report.second_value IS
	'the placement or audience segment of campaign x placement and campaign x audience segment';
COMMENT ON COLUMN weekly_report.clicks_all IS 'Clicks (All); NULL unless clicks_are is all';
COMMENT ON COLUMN weekly_report.clicks_are IS
	'what the source tells of clicks: all = Clicks (All); link = link clicks only; mixed = each in some rows; NULL = nothing';
COMMENT ON COLUMN weekly_report.link_clicks IS
	'clicks on the link, a part of Clicks (All); NULL = not reported';
COMMENT ON COLUMN weekly_report.impressions IS 'times the ads were on screen';
COMMENT ON COLUMN weekly_report.spend IS 'amount spent, in the currency of the row';
COMMENT ON COLUMN weekly_report.ctr IS 'CTR (All) in percent, 1.83 meaning 1.83 %';
COMMENT ON COLUMN weekly_report.click_through_rate IS
	'CTR (All) as a fraction, 0.0183 meaning 1.83 %, for percent formats';
COMMENT ON COLUMN weekly_report.link_ctr IS 'link clicks for 100 impressions, in percent';
COMMENT ON COLUMN weekly_report.cpc IS 'CPC (All): spend for one of Clicks (All)';
COMMENT ON COLUMN weekly_report.cpm IS 'spend for 1,000 impressions';
COMMENT ON COLUMN weekly_report.unique_clicks IS
	'people who clicked, each counted once: from the log of clicks (exact up to 768 people, beyond within 1.7 % in 95 of 100 rows; where logged_clicks are fewer than clicks_all, the people of these only), else as reported for this very week; NULL = not known';
COMMENT ON COLUMN weekly_report.unique_clicks_at_least IS
	'where unique_clicks is not known: the most that was reported for a day';
COMMENT ON COLUMN weekly_report.unique_clicks_at_most IS
	'where unique_clicks is not known: what was reported for the days, added up';
COMMENT ON COLUMN weekly_report.reach IS
	'people reached, as reported for this very week and value; NULL = not reported';
COMMENT ON COLUMN weekly_report.unique_ctr IS 'people who clicked of 100 people reached, in percent';
COMMENT ON COLUMN weekly_report.landing_page_views IS 'times that the page behind the link was loaded';
COMMENT ON COLUMN weekly_report.purchases IS 'purchases attributed to the ads';
COMMENT ON COLUMN weekly_report.leads IS 'leads attributed to the ads';
COMMENT ON COLUMN weekly_report.purchase_value IS 'what the purchases are worth, in the currency of the row';
COMMENT ON COLUMN weekly_report.days IS 'days of the week that have data of this value; where it has impressions, of their clicks, too';
COMMENT ON COLUMN weekly_report.complete IS 'whether the account has data of all seven days of the week, or of all weekdays on which it ever runs: see ad_weeks';
COMMENT ON COLUMN weekly_report.logged_clicks IS
	'clicks of the log that unique_clicks are counted from, those of no known user left out: fewer than clicks_all where the log lacks some; NULL = unique_clicks are not from a log';
\ir weekly_change.sql
\ir weekly_outlook.sql
