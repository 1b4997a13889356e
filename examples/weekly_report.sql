-- weekly_report.sql
--	The weekly report, for whatever source: from the tables ad_daily and ad_clicks
--	of ad_tables.sql, which load_ads() fills, to
--
--	weekly_ads		materialized view: one row per week and combination of slices,
--					with everything that can be added up again at any grain
--	weekly_report	plain view over it: what a BI tool reads
--
--		psql -d mydb -f airbyte.sql -c 'CALL load_ads()' -f weekly_report.sql
--
-- Every number of a row comes from one place: clicks, impressions, spend and
-- conversions from ad_daily, the set of clickers from ad_clicks.  Reach is left
-- out, since the people reached on two days are not the sum of both days.
--
-- Weeks start on Monday; for Sunday write report_week(day, 'sunday').
--
-- Refresh without locking readers out, for instance every night:
--
--		CALL load_ads();
--		REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads;

CREATE MATERIALIZED VIEW weekly_ads AS
	SELECT report_week(day) AS week,
		account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
		ad_id, ad, format, objective, audience_segment, country, device, placement,
		sum(clicks) AS clicks,
		CASE WHEN min(clicks_are) < max(clicks_are) THEN 'mixed'
			ELSE min(clicks_are) END AS clicks_are,
		sum(impressions)::bigint AS impressions,
		sum(spend) AS spend,
		sum(landing_page_views)::bigint AS landing_page_views,
		sum(purchases) AS purchases,
		sum(leads) AS leads,
		sum(purchase_value) AS purchase_value,
		max(reported_unique_clicks) AS unique_clicks_at_least,
		-- a day with clicks of people not reported may have had any number of them
		CASE WHEN bool_and(reported_unique_clicks IS NOT NULL OR clicks_total(clicks) = 0)
				FILTER (WHERE is_day) THEN sum(reported_unique_clicks)::bigint
			END AS unique_clicks_at_most,
		bit_or(1 << (extract(isodow FROM day)::integer - 1)) FILTER (WHERE is_day)
			AS weekdays,
		clicker_set_agg(user_id) AS clickers,
		sha256(convert_to(ROW(report_week(day),
			account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
			ad_id, ad, format, objective, audience_segment, country, device, placement
			)::text, 'UTF8')) AS row_key
	FROM (
		SELECT day,
			account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
			ad_id, ad, format, objective, audience_segment, country, device, placement,
			clicks, clicks_are, impressions, spend, landing_page_views, purchases,
			leads, purchase_value, reported_unique_clicks, true AS is_day,
			NULL AS user_id
		FROM ad_daily
		UNION ALL
		SELECT day,
			account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
			ad_id, ad, format, objective, audience_segment, country, device, placement,
			NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, user_id
		FROM ad_clicks
		WHERE is_counted(click_type)
	) AS days_and_clicks
	GROUP BY report_week(day),
		account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set,
		ad_id, ad, format, objective, audience_segment, country, device, placement;

-- REFRESH ... CONCURRENTLY matches old and new rows by a unique index.  One on
-- the slices would take NULLs for different from each other, and refuse rows
-- whose names do not fit into an index page; their digest has neither trouble.
CREATE UNIQUE INDEX weekly_ads_row_key ON weekly_ads (row_key);

CREATE INDEX weekly_ads_week ON weekly_ads (week);

COMMENT ON MATERIALIZED VIEW weekly_ads IS
	'ads by week and slices; add rows up with sum(clicks), clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks, currency) and unique_clicks(clickers)';
COMMENT ON COLUMN weekly_ads.week IS 'Monday of the week, in the time zone of the ad account';
COMMENT ON COLUMN weekly_ads.account_id IS 'id of the ad account';
COMMENT ON COLUMN weekly_ads.account IS 'ad account';
COMMENT ON COLUMN weekly_ads.currency IS 'currency of the account and of spend';
COMMENT ON COLUMN weekly_ads.campaign_id IS 'id of the campaign';
COMMENT ON COLUMN weekly_ads.campaign IS 'campaign';
COMMENT ON COLUMN weekly_ads.ad_set_id IS 'id of the ad set';
COMMENT ON COLUMN weekly_ads.ad_set IS 'ad set';
COMMENT ON COLUMN weekly_ads.ad_id IS 'id of the ad';
COMMENT ON COLUMN weekly_ads.ad IS 'ad';
COMMENT ON COLUMN weekly_ads.format IS 'ad format, such as image or video';
COMMENT ON COLUMN weekly_ads.objective IS 'campaign objective';
COMMENT ON COLUMN weekly_ads.audience_segment IS 'audience segment, such as age and gender';
COMMENT ON COLUMN weekly_ads.country IS 'country or other geographic area';
COMMENT ON COLUMN weekly_ads.device IS 'device type';
COMMENT ON COLUMN weekly_ads.placement IS 'ad placement';
COMMENT ON COLUMN weekly_ads.clicks IS 'clicks by type; their total is Clicks (All) unless clicks_are says otherwise';
COMMENT ON COLUMN weekly_ads.clicks_are IS 'what the clicks are: all = Clicks (All); link = link clicks only, as the source tells no more; mixed = both';
COMMENT ON COLUMN weekly_ads.impressions IS 'times the ads were on screen';
COMMENT ON COLUMN weekly_ads.spend IS 'amount spent, in the currency of the row';
COMMENT ON COLUMN weekly_ads.landing_page_views IS 'times that the page behind the link was loaded';
COMMENT ON COLUMN weekly_ads.purchases IS 'purchases attributed to the ads';
COMMENT ON COLUMN weekly_ads.leads IS 'leads attributed to the ads';
COMMENT ON COLUMN weekly_ads.purchase_value IS 'what the purchases are worth, in the currency of the row';
COMMENT ON COLUMN weekly_ads.unique_clicks_at_least IS 'people who clicked are at least so many: the most that was reported for a day';
COMMENT ON COLUMN weekly_ads.unique_clicks_at_most IS 'people who clicked are at most so many: those reported for the days, added up; NULL = a day lacks them';
COMMENT ON COLUMN weekly_ads.weekdays IS 'days of the week that have rows, as bits: 1 = Monday, 2 = Tuesday, 64 = Sunday; bit_or() adds them up';
COMMENT ON COLUMN weekly_ads.clickers IS 'the set of those who clicked; unique_clicks(clickers) counts them over any rows; NULL = nobody with a known id clicked';
COMMENT ON COLUMN weekly_ads.row_key IS 'digest of week and slices; serves REFRESH ... CONCURRENTLY only';

-- BI tools list plain views but not materialized ones, and know bigint,
-- numeric, text and date but not click_counts: hence a view, with casts.
CREATE VIEW weekly_report AS
	SELECT week::date AS week,
		account::text AS account,
		currency::text AS currency,
		campaign::text AS campaign,
		ad_set::text AS ad_set,
		ad::text AS ad,
		format::text AS format,
		objective::text AS objective,
		audience_segment::text AS audience_segment,
		country::text AS country,
		device::text AS device,
		placement::text AS placement,
		clicks_total(clicks) AS clicks_all,
		clicks_are::text AS clicks_are,
		impressions::bigint AS impressions,
		spend::numeric AS spend,
		(100.0 * clicks_total(clicks) / nullif(impressions, 0))::numeric AS ctr,
		(1.0 * clicks_total(clicks) / nullif(impressions, 0))::numeric AS click_through_rate,
		(spend / nullif(clicks_total(clicks), 0))::numeric AS cpc,
		cardinality(clickers)::bigint AS unique_clicks
	FROM weekly_ads;

COMMENT ON VIEW weekly_report IS
	'weekly ad report; rates of several rows are not the average of their rates: divide the sums, and count people with unique_clicks(clickers) over weekly_ads';
COMMENT ON COLUMN weekly_report.week IS 'Monday of the week, in the account''s time zone';
COMMENT ON COLUMN weekly_report.account IS 'ad account';
COMMENT ON COLUMN weekly_report.currency IS 'currency of spend and cpc: never add up different ones';
COMMENT ON COLUMN weekly_report.campaign IS 'campaign';
COMMENT ON COLUMN weekly_report.ad_set IS 'ad set';
COMMENT ON COLUMN weekly_report.ad IS 'ad';
COMMENT ON COLUMN weekly_report.format IS 'ad format, such as image or video';
COMMENT ON COLUMN weekly_report.objective IS 'campaign objective';
COMMENT ON COLUMN weekly_report.audience_segment IS 'audience segment, such as age and gender';
COMMENT ON COLUMN weekly_report.country IS 'country or other geographic area';
COMMENT ON COLUMN weekly_report.device IS 'device type';
COMMENT ON COLUMN weekly_report.placement IS 'ad placement';
COMMENT ON COLUMN weekly_report.clicks_all IS 'Clicks (All), unless clicks_are says otherwise; may be added up';
COMMENT ON COLUMN weekly_report.clicks_are IS 'what clicks_all, ctr and cpc count: all = Clicks (All); link = link clicks only, as the source tells no more; mixed = both, not to be compared';
COMMENT ON COLUMN weekly_report.impressions IS 'times the ads were on screen; may be added up';
COMMENT ON COLUMN weekly_report.spend IS 'amount spent, in the currency of the row; may be added up within one currency';
COMMENT ON COLUMN weekly_report.ctr IS 'CTR (All) in percent, 1.83 meaning 1.83 %: sum(clicks_all) * 100 / sum(impressions) over several rows';
COMMENT ON COLUMN weekly_report.click_through_rate IS 'CTR (All) as a fraction, 0.0183 meaning 1.83 %, for percent formats';
COMMENT ON COLUMN weekly_report.cpc IS 'CPC (All): cost per click, in the currency of the row: sum(spend) / sum(clicks_all) over several rows';
COMMENT ON COLUMN weekly_report.unique_clicks IS 'people who clicked in this row; must not be added up, since one person may be in many rows; NULL = nobody with a known id clicked';
