-- report_views.sql
--	Plain views over weekly_ads, in either form: what BI tools read.  Part of
--	weekly_report.sql and of incremental_rollup.sql.

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
