-- weekly_report.sql
--	The weekly report, for whatever source: from the views ad_daily and
--	ad_clicks, which every other file here makes, to
--
--	weekly_ads		materialized view: one row per week and combination of slices,
--					with everything that can be added up again at any grain
--	weekly_report	plain view over it: what a BI tool reads
--
--		psql -d mydb -f airbyte.sql -f weekly_report.sql
--
-- What it takes (the canonical shapes):
--
--	ad_daily	one row per day, account and ad, or finer.  Per day and slices:
--		day date				in the ad account's time zone; NULL = not known
--		account, currency, campaign, ad_set, ad, format, objective,
--		audience_segment, country, device, placement text
--								the slices; NULL = the source does not say
--		clicks click_counts		clicks by type; their total is Clicks (All)
--		clicks_are text			'all'; or 'link' where the source tells no more
--								than the link clicks, and the total is of those
--		impressions bigint
--		reach bigint			people reached, as reported for this very row
--		spend numeric			in the account's currency
--
--	ad_clicks	one row per click event; empty if the source has no events.
--		day date, then the eleven slices as above
--		clicked_at timestamptz
--		user_id text			who clicked; NULL = not known
--		click_type click_type
--
-- Every number of a row comes from one place: clicks, impressions and spend
-- from ad_daily, the set of clickers from ad_clicks.  Reach is left out, since
-- the people reached on two days are not the sum of both days.
--
-- Weeks start on Monday; for Sunday write report_week(day, 'sunday').
--
-- Refresh without locking readers out, for instance every night:
--
--		REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads;

CREATE MATERIALIZED VIEW weekly_ads AS
	SELECT report_week(day) AS week,
		account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		sum(clicks) AS clicks,
		clicks_all(clicks) AS clicks_all,
		CASE WHEN min(clicks_are) < max(clicks_are) THEN 'mixed'
			ELSE min(clicks_are) END AS clicks_are,
		sum(impressions)::bigint AS impressions,
		sum(spend) AS spend,
		clicker_set_agg(user_id) AS clickers,
		sha256(convert_to(ROW(report_week(day),
			account, currency, campaign, ad_set, ad, format, objective,
			audience_segment, country, device, placement)::text, 'UTF8')) AS row_key
	FROM (
		SELECT day, account, currency, campaign, ad_set, ad, format, objective,
			audience_segment, country, device, placement,
			clicks, clicks_are, impressions, spend, NULL AS user_id
		FROM ad_daily
		UNION ALL
		SELECT day, account, currency, campaign, ad_set, ad, format, objective,
			audience_segment, country, device, placement,
			NULL, NULL, NULL, NULL, user_id
		FROM ad_clicks
		WHERE is_counted(click_type)
	) AS rows_of_both
	GROUP BY report_week(day),
		account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement;

-- REFRESH ... CONCURRENTLY matches old and new rows by a unique index.  One on
-- the slices would take NULLs for different from each other, and refuse rows
-- whose names do not fit into an index page; their digest has neither trouble.
CREATE UNIQUE INDEX weekly_ads_row_key ON weekly_ads (row_key);

CREATE INDEX weekly_ads_week ON weekly_ads (week);

COMMENT ON MATERIALIZED VIEW weekly_ads IS
	'ads by week and slices; add rows up with sum(clicks), clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks, currency) and unique_clicks(clickers)';
COMMENT ON COLUMN weekly_ads.week IS 'Monday of the week, in the account''s time zone; NULL = day not known';
COMMENT ON COLUMN weekly_ads.account IS 'ad account';
COMMENT ON COLUMN weekly_ads.currency IS 'currency of the account and of spend';
COMMENT ON COLUMN weekly_ads.campaign IS 'campaign';
COMMENT ON COLUMN weekly_ads.ad_set IS 'ad set';
COMMENT ON COLUMN weekly_ads.ad IS 'ad';
COMMENT ON COLUMN weekly_ads.format IS 'ad format, such as image or video';
COMMENT ON COLUMN weekly_ads.objective IS 'campaign objective';
COMMENT ON COLUMN weekly_ads.audience_segment IS 'audience segment, such as age and gender';
COMMENT ON COLUMN weekly_ads.country IS 'country or other geographic area';
COMMENT ON COLUMN weekly_ads.device IS 'device type';
COMMENT ON COLUMN weekly_ads.placement IS 'ad placement';
COMMENT ON COLUMN weekly_ads.clicks IS 'clicks by type';
COMMENT ON COLUMN weekly_ads.clicks_all IS 'Clicks (All): the clicks of all counted types';
COMMENT ON COLUMN weekly_ads.clicks_are IS 'what the clicks are: all = Clicks (All); link = link clicks only, as the source tells no more; mixed = both';
COMMENT ON COLUMN weekly_ads.impressions IS 'times the ads were on screen';
COMMENT ON COLUMN weekly_ads.spend IS 'amount spent, in the currency of the row';
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
		clicks_all::bigint AS clicks_all,
		clicks_are::text AS clicks_are,
		impressions::bigint AS impressions,
		spend::numeric AS spend,
		(100.0 * clicks_all / nullif(impressions, 0))::numeric AS ctr,
		(1.0 * clicks_all / nullif(impressions, 0))::numeric AS click_through_rate,
		(spend / nullif(clicks_all, 0))::numeric AS cpc,
		cardinality(clickers)::bigint AS unique_clicks
	FROM weekly_ads;

COMMENT ON VIEW weekly_report IS
	'weekly ad report; rates of several rows are not the average of their rates: divide the sums, and count people with unique_clicks(clickers) over weekly_ads';
COMMENT ON COLUMN weekly_report.week IS 'Monday of the week, in the account''s time zone; NULL = day not known';
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
