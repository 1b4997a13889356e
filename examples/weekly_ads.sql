-- weekly_ads.sql
--	Indexes and comments of weekly_ads, in either form: part of weekly_report.sql and
--	of incremental_rollup.sql.

\ir search_path.sql

-- REFRESH ... CONCURRENTLY matches old and new rows by a unique index.  One on
-- the slices would take NULLs for different from each other, and refuse rows
-- whose names do not fit into an index page; their digest has neither trouble.
CREATE UNIQUE INDEX IF NOT EXISTS weekly_ads_row_key ON weekly_ads (row_key);

CREATE INDEX IF NOT EXISTS weekly_ads_week ON weekly_ads (week);

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
COMMENT ON COLUMN weekly_ads.weekdays IS 'days of the week that have data, as bits: 1 = Monday, 2 = Tuesday, 64 = Sunday; bit_or() adds them up; a day with impressions of which no clicks are reported is left out';
COMMENT ON COLUMN weekly_ads.clickers IS 'the set of those who clicked; unique_clicks(clickers) counts them over any rows; NULL = nobody with a known id clicked';
COMMENT ON COLUMN weekly_ads.row_key IS 'digest of week and slices; serves REFRESH ... CONCURRENTLY only';
COMMENT ON COLUMN weekly_ads.logged_clicks IS 'counted clicks of the log whose user is known, which clickers are made of; NULL = none';

