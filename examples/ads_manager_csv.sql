-- ads_manager_csv.sql
--	Reports exported from Ads Manager as CSV, by day, loaded one after another
--	with ads_manager_csv_load.sql.  Makes the table they are kept in and the
--	canonical views ad_daily and ad_clicks, over which weekly_report.sql builds.
--
--		psql -d mydb -f ads_manager_csv.sql -f weekly_report.sql
--		psql -d mydb -v currency=EUR -f ads_manager_csv_load.sql <export.csv
--
-- * Exports overlap, with other numbers for the same day.  Per ad and day, the
--   load that came last counts as a whole, with all its rows and nothing of the
--   earlier ones; so it does not matter either if one export had a breakdown
--   and the other none.  Two rows of one load for the same ad, day and
--   breakdown are refused, hence there are no ties.
-- * In an export with breakdowns the rows that lack some of them are totals and
--   subtotals of the others, and do not count beside them: per ad, day and load,
--   the rows with most of the breakdown columns filled are all there is.  A value
--   that Ads Manager does not know is not blank: it writes "unknown" or
--   "Uncategorized".
-- * The summary row of the export, without ad, is not loaded.
-- * A row must cover a single day: choose the breakdown "By time: Day".
-- * Days are in the account's time zone already.

CREATE TABLE ads_manager_rows (
	loaded_at timestamptz NOT NULL DEFAULT now(),
	day date NOT NULL,
	account text,
	currency text NOT NULL,
	campaign text,
	ad_set text,
	ad text,
	ad_id text NOT NULL,
	objective text,
	age text,
	gender text,
	country text,
	device text,
	platform text,
	placement text,
	impressions bigint,
	reach bigint,
	clicks_all bigint,
	link_clicks bigint,
	post_reactions bigint,
	post_comments bigint,
	post_shares bigint,
	spend numeric,
	CONSTRAINT one_row_per_ad_day_and_breakdown
		UNIQUE NULLS NOT DISTINCT (ad_id, day, loaded_at, age, gender, country,
			device, platform, placement)
);

CREATE VIEW ad_daily AS
	SELECT day, account, currency, campaign, ad_set,
		coalesce(ad, ad_id) AS ad,
		NULL::text AS format,
		objective,
		nullif(concat_ws(', ', age, gender), '') AS audience_segment,
		country, device,
		nullif(concat_ws(' ', platform, placement), '') AS placement,
		-- Clicks (all) is the authority; what the types do not explain is "other"
		CASE WHEN clicks_all IS NOT NULL THEN
			click_counts(link => link_clicks, reaction => post_reactions,
				comment => post_comments, share => post_shares,
				other => clicks_all - coalesce(link_clicks, 0)
					- coalesce(post_reactions, 0) - coalesce(post_comments, 0)
					- coalesce(post_shares, 0))
		END AS clicks,
		CASE WHEN clicks_all IS NOT NULL THEN 'all' END AS clicks_are,
		impressions, reach, spend,
		NULL::text AS account_id, NULL::text AS campaign_id, NULL::text AS ad_set_id,
		NULL::text AS ad_id, NULL::bigint AS reported_unique_clicks,
		NULL::bigint AS landing_page_views, NULL::numeric AS purchases,
		NULL::numeric AS leads, NULL::numeric AS purchase_value
	FROM (
		SELECT *, max(breakdowns) OVER (
			PARTITION BY ad_id, day, loaded_at) AS most_breakdowns
		FROM (
			SELECT *,
				num_nonnulls(age, gender, country, device, platform, placement)
					AS breakdowns,
				rank() OVER (PARTITION BY ad_id, day ORDER BY loaded_at DESC)
					AS age_of_load
			FROM ads_manager_rows
		) AS loads
		WHERE age_of_load = 1
	) AS latest
	WHERE breakdowns = most_breakdowns;

COMMENT ON VIEW ad_daily IS
	'ads by day, latest restatement, from Ads Manager exports';

-- Meta reports no click events.
CREATE VIEW ad_clicks AS
	SELECT day, account, currency, campaign, ad_set, ad, format, objective,
		audience_segment, country, device, placement,
		NULL::timestamptz AS clicked_at, NULL::text AS user_id,
		NULL::click_type AS click_type,
		account_id, campaign_id, ad_set_id, ad_id
	FROM ad_daily
	WHERE false;
