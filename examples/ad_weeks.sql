-- ad_weeks.sql
--	May a week be compared, and are its cells those of the tables?
--
--	ad_weeks		weeks of each account: are the data of all their days there?
--	stale_weeks		weeks of which ad_daily now tells something else than weekly_ads
--
--		SELECT * FROM stale_weeks ORDER BY week DESC;
--
-- report_views.sql includes this file.

\ir search_path.sql

-- Whether a week of an account may be compared.  An account that never runs at
-- weekends has no data of them: a weekday counts if the account had any on it within
-- seven weeks before and after.  Where fewer than six of these weeks have data nobody
-- can know that, and all seven days count.  So complete weeks that are no more than
-- seven weeks apart have the same weekdays.
CREATE VIEW ad_weeks AS
	SELECT account_key::text AS account_key,
		week::date AS week,
		clicks_are::text AS clicks_are,
		bit_count(weekdays::bit(7))::bigint AS days,
		(weekdays & usual_weekdays = usual_weekdays)::boolean AS complete,
		(SELECT string_agg(to_char(date '2001-01-01' + n, 'Dy'), ', ' ORDER BY n)
			FROM generate_series(0, 6) AS n
			WHERE usual_weekdays & ~weekdays & (1 << n) <> 0)::text AS missing_days
	FROM (
		SELECT *, CASE WHEN count(*) FILTER (WHERE weekdays > 0) OVER around >= 6
				THEN bit_or(weekdays) OVER around ELSE 127 END AS usual_weekdays
		FROM (
			SELECT week, ad_account_key(account_id, account, currency) AS account_key,
				coalesce(bit_or(weekdays), 0) AS weekdays,
				CASE WHEN min(clicks_are) < max(clicks_are) THEN 'mixed'
					ELSE min(clicks_are) END AS clicks_are
			FROM weekly_ads
			GROUP BY week, account_key
		) AS weeks
		WINDOW around AS (PARTITION BY account_key ORDER BY week
			RANGE BETWEEN '49 days' PRECEDING AND '49 days' FOLLOWING)
	) AS known;

COMMENT ON VIEW ad_weeks IS
	'weeks of each account, and whether the data of all their days are there';
COMMENT ON COLUMN ad_weeks.account_key IS 'the ad account and its currency';
COMMENT ON COLUMN ad_weeks.week IS 'Monday of the week';
COMMENT ON COLUMN ad_weeks.clicks_are IS
	'what the source tells of clicks: all = Clicks (All); link = link clicks only; mixed = each in some rows; NULL = nothing';
COMMENT ON COLUMN ad_weeks.days IS
	'days of the week that have data; where there are impressions, of their clicks, too';
COMMENT ON COLUMN ad_weeks.complete IS
	'whether none is missing: of seven or, where six weeks around have data, of the weekdays that the account has in seven weeks before and after';
COMMENT ON COLUMN ad_weeks.missing_days IS 'those that are missing; NULL = none';

-- weekly_report shows what weekly_ads stores, weekly_change and weekly_outlook what is in
-- ad_daily at this moment: after a load, and before the refresh, they contradict each
-- other.  Where old days were taken out of ad_daily for good, as with a partition, their
-- weeks are here, too.
CREATE VIEW stale_weeks AS
	SELECT account_key::text AS account_key,
		week::date AS week,
		coalesce(daily.account_id, stored.account_id)::text AS account_id,
		coalesce(daily.account, stored.account)::text AS account,
		coalesce(daily.currency, stored.currency)::text AS currency
	FROM (
		SELECT ad_account_key(account_id, account, currency) AS account_key, week,
			max(account_id) AS account_id, max(account) AS account, max(currency) AS currency,
			sum(clicks_total(clicks)) AS clicks, sum(impressions) AS impressions,
			sum(spend) AS spend
		FROM weekly_ads
		GROUP BY account_key, week
	) AS stored
		FULL JOIN (
			SELECT ad_account_key(account_id, account, currency) AS account_key,
				report_week(day) AS week,
				max(account_id) AS account_id, max(account) AS account,
				max(currency) AS currency,
				sum(clicks_total(clicks)) AS clicks, sum(impressions) AS impressions,
				sum(spend) AS spend
			FROM ad_daily
			GROUP BY account_key, report_week(day)
		) AS daily USING (account_key, week)
	WHERE (daily.clicks, daily.impressions, daily.spend)
		IS DISTINCT FROM (stored.clicks, stored.impressions, stored.spend);

COMMENT ON VIEW stale_weeks IS
	'weeks of accounts whose clicks, impressions or spend in ad_daily are not those in weekly_ads: refresh it';
COMMENT ON COLUMN stale_weeks.account_key IS 'the ad account and its currency';
COMMENT ON COLUMN stale_weeks.week IS 'Monday of the week';
COMMENT ON COLUMN stale_weeks.account_id IS 'id of the ad account';
COMMENT ON COLUMN stale_weeks.account IS 'ad account';
COMMENT ON COLUMN stale_weeks.currency IS 'currency of the account';
