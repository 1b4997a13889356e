-- weekly_change.sql
--	What changed last week, is it real, and why?
--
--	weekly_change		the newest complete week of each account against the week
--						before and against the mean of the four before, by slice
--						and value
--
--		SELECT * FROM weekly_change ORDER BY abs(rate_effect + mix_effect) DESC;
--
-- report_views.sql includes this file.
--
-- * Only complete weeks are compared, which have data of seven days, or of all
--   weekdays on which the account ever runs: see ad_weeks.  A week without any
--   delivery is a week, of nothing.  The newest week, while it is incomplete, is shown
--   as 'incomplete'.  What is not compared has no numbers of before, and a reason.
-- * Why clicks changed: clicks = spend / CPM * CTR, so the change of the logarithm
--   is the sum of three.  Each times the logarithmic mean of the clicks is by_spend,
--   by_cpm and by_ctr, which add up to the change.
-- * Why a rate changed: with w the share of impressions, r the CTR of a value and R
--   that of the total, before (0) and now (1), its rate_effect is
--   (w0 + w1) / 2 * (r1 - r0), what the value did by itself, and its mix_effect
--   (w1 - w0) * ((r0 + r1) / 2 - (R0 + R1) / 2), what came of showing it more or
--   less.  Over the values of a slice they add up to R1 - R0.  The same for CPC, with
--   the share of clicks.
-- * Is it real: ratio_test() over the days of that very value.  The clicks of a day
--   without impressions (for CPC, without spend) belong to the day before that has
--   some, or the next, so that the test is of all clicks that the rate is made of.  Of
--   many values some look different by chance; Benjamini and Hochberg's rule holds the
--   share of false 'up' and 'down' within a slice at 5 %.
-- * What is rounded is rounded such that the numbers shown add up.
-- * The clicks compared are Clicks (All), or link clicks throughout where one of the
--   weeks tells no more: clicks_are says which.

\ir search_path.sql

CREATE VIEW weekly_change AS
	WITH each_week AS MATERIALIZED (
		SELECT * FROM ad_weeks
	), accounts AS (
		SELECT account_key,
			min(week) AS first_week,
			max(week) AS last_week,
			max(week) FILTER (WHERE complete) AS complete_week
		FROM each_week
		WHERE days > 0
		GROUP BY account_key
	), comparisons AS (
		SELECT *,
			week - 7 * weeks AS first_day,
			not_comparable IS NULL AS comparable,
			(SELECT coalesce(bool_or(clicks_are <> 'all'), false)
				FROM each_week
				WHERE each_week.account_key = newest.account_key
					AND each_week.week BETWEEN newest.week - 7 * weeks AND newest.week)
				AS by_link_clicks
		FROM (
			SELECT account_key, first_week, complete_week AS week, weeks, compared_with
			FROM accounts, (VALUES (1, 'week before'), (4, 'mean of four weeks before'))
				AS before(weeks, compared_with)
			WHERE complete_week IS NOT NULL
			UNION ALL
			SELECT account_key, first_week, last_week, 0, NULL
			FROM accounts
			WHERE complete_week IS DISTINCT FROM last_week
		) AS newest
			CROSS JOIN LATERAL (SELECT CASE WHEN weeks > 0 AND first_week > week - 7 * weeks
				THEN 'no data before ' || to_char(first_week, 'YYYY-MM-DD')
				ELSE (SELECT 'no data of ' || string_agg(missing_days || ' in the week of '
						|| to_char(each_week.week, 'YYYY-MM-DD'), ', ' ORDER BY each_week.week)
					FROM each_week
					WHERE each_week.account_key = newest.account_key
						AND each_week.week BETWEEN newest.week - 7 * weeks
							AND newest.week - 7 * least(weeks, 1)
						AND days > 0 AND NOT complete) END) AS weeks_before(not_comparable)
	), daily AS MATERIALIZED (
		SELECT day, account_key, slice, value_key,
			max(account_id) AS account_id,
			max(account) AS account,
			max(currency) AS currency,
			sum(clicks_total(clicks)) AS clicks_all,
			sum((clicks).link) AS link_clicks,
			sum(impressions) AS impressions,
			sum(spend) AS spend
		FROM (
			SELECT *, ad_account_key(account_id, account, currency) AS account_key
			FROM ad_daily
			WHERE day >= (SELECT min(first_day) FROM comparisons)
		) AS recent
			-- an account may have ended long before the others
			JOIN (SELECT account_key, min(first_day) AS first_day, max(week) + 6 AS last_day
				FROM comparisons GROUP BY account_key) AS compared_days USING (account_key)
			CROSS JOIN LATERAL ad_slices(campaign_id, campaign, ad_set_id, ad_set, ad_id, ad,
				format, objective, audience_segment, country, device, placement)
		WHERE day BETWEEN first_day AND last_day
			AND slice NOT IN ('campaign x placement', 'campaign x audience segment')
		GROUP BY day, account_key, slice, value_key
	), of_days AS (
		-- blocks of days, each with one that has impressions, or spend
		SELECT *,
			greatest(1, count(*) FILTER (WHERE impressions <> 0) OVER side) AS ctr_block,
			greatest(1, count(*) FILTER (WHERE spend <> 0) OVER side) AS cpc_block
		FROM comparisons
			JOIN daily USING (account_key)
			CROSS JOIN LATERAL (SELECT
				CASE WHEN by_link_clicks THEN link_clicks ELSE clicks_all END,
				day >= week, clicks_all > 0 OR impressions > 0 OR spend > 0)
				AS of_day(clicks, now, delivered)
		WHERE day >= first_day AND day < week + 7
		WINDOW side AS (PARTITION BY account_key, weeks, slice, value_key, now ORDER BY day)
	), in_blocks AS (
		SELECT *,
			sum(clicks) OVER (PARTITION BY account_key, weeks, slice, value_key, now, ctr_block)
				AS ctr_clicks,
			sum(clicks) OVER (PARTITION BY account_key, weeks, slice, value_key, now, cpc_block)
				AS cpc_clicks
		FROM of_days
	), sums AS (
		-- the week, and the mean of those before
		SELECT account_key, week, weeks, compared_with, comparable, not_comparable,
			by_link_clicks, slice, value_key,
			max(account_id) AS account_id,
			max(account) AS account,
			max(currency) AS currency,
			count(*) FILTER (WHERE now AND delivered) AS days,
			count(*) FILTER (WHERE NOT now AND delivered) AS days_before,
			count(*) FILTER (WHERE clicks IS NULL AND impressions > 0) AS unknown_days,
			least(count(*) FILTER (WHERE now AND impressions <> 0),
				count(*) FILTER (WHERE NOT now AND impressions <> 0)) AS ctr_days,
			least(count(*) FILTER (WHERE now AND spend <> 0),
				count(*) FILTER (WHERE NOT now AND spend <> 0)) AS cpc_days,
			sum(clicks) FILTER (WHERE now) AS clicks,
			sum(clicks) FILTER (WHERE NOT now) / weeks AS clicks_before,
			sum(impressions) FILTER (WHERE now) AS impressions,
			sum(impressions) FILTER (WHERE NOT now) / weeks AS impressions_before,
			sum(spend) FILTER (WHERE now) AS spend,
			sum(spend) FILTER (WHERE NOT now) / weeks AS spend_before,
			ratio_sample_agg(ctr_clicks::double precision, impressions::double precision)
				FILTER (WHERE now AND impressions <> 0) AS ctr,
			ratio_sample_agg(ctr_clicks::double precision, impressions::double precision)
				FILTER (WHERE NOT now AND impressions <> 0) AS ctr_before,
			-- clicks for the money and not CPC, since there are days without clicks
			ratio_sample_agg(cpc_clicks::double precision, spend::double precision)
				FILTER (WHERE now AND spend <> 0) AS clicks_by_spend,
			ratio_sample_agg(cpc_clicks::double precision, spend::double precision)
				FILTER (WHERE NOT now AND spend <> 0) AS clicks_by_spend_before
		FROM in_blocks
		GROUP BY account_key, week, weeks, compared_with, comparable, not_comparable,
			by_link_clicks, slice, value_key
	), shares AS (
		-- c: what the value contributes to the rate of the total, that is w * r
		SELECT sums.*,
			of_ctr.*, of_cpc.*, ctr_tested.p_value, ctr_tested.t,
			cpc_tested.p_value AS cpc_p_value, -cpc_tested.t AS cpc_t
		FROM sums
			JOIN (SELECT account_key, weeks, clicks, clicks_before, impressions,
					impressions_before, spend, spend_before
				FROM sums WHERE slice = 'total')
				AS total(account_key, weeks, all_clicks, all_clicks_before, all_impressions,
					all_impressions_before, all_spend, all_spend_before)
				USING (account_key, weeks)
			CROSS JOIN LATERAL (SELECT
				coalesce(impressions / nullif(all_impressions, 0), 0),
				coalesce(impressions_before / nullif(all_impressions_before, 0), 0),
				100 * clicks / nullif(impressions, 0),
				100 * clicks_before / nullif(impressions_before, 0),
				100 * coalesce(clicks, 0) / nullif(all_impressions, 0),
				100 * coalesce(clicks_before, 0) / nullif(all_impressions_before, 0),
				100 * all_clicks / nullif(all_impressions, 0),
				100 * all_clicks_before / nullif(all_impressions_before, 0))
				AS of_ctr(ctr_w1, ctr_w0, ctr_r1, ctr_r0, ctr_c1, ctr_c0, ctr_all1, ctr_all0)
			CROSS JOIN LATERAL (SELECT
				coalesce(clicks / nullif(all_clicks, 0), 0),
				coalesce(clicks_before / nullif(all_clicks_before, 0), 0),
				spend / nullif(clicks, 0),
				spend_before / nullif(clicks_before, 0),
				coalesce(spend, 0) / nullif(all_clicks, 0),
				coalesce(spend_before, 0) / nullif(all_clicks_before, 0),
				all_spend / nullif(all_clicks, 0),
				all_spend_before / nullif(all_clicks_before, 0))
				AS of_cpc(cpc_w1, cpc_w0, cpc_r1, cpc_r0, cpc_c1, cpc_c0, cpc_all1, cpc_all0)
			CROSS JOIN LATERAL ratio_test(ctr, ctr_before) AS ctr_tested
			CROSS JOIN LATERAL ratio_test(clicks_by_spend, clicks_by_spend_before) AS cpc_tested
	), effects AS (
		SELECT *,
			-- a value that has no rate on one side takes that of the other: all mix
			coalesce((ctr_w0 + ctr_w1) / 2 * (ctr_r1 - ctr_r0), 0) AS ctr_by_rate,
			ctr_c1 - ctr_c0 - (ctr_w1 - ctr_w0) * (ctr_all0 + ctr_all1) / 2 AS ctr_change,
			coalesce((cpc_w0 + cpc_w1) / 2 * (cpc_r1 - cpc_r0), 0) AS cpc_by_rate,
			cpc_c1 - cpc_c0 - (cpc_w1 - cpc_w0) * (cpc_all0 + cpc_all1) / 2 AS cpc_change,
			CASE WHEN least(clicks, clicks_before, impressions, impressions_before, spend,
					spend_before) > 0 AND num_nulls(clicks, clicks_before, impressions,
					impressions_before, spend, spend_before) = 0
				THEN coalesce((clicks - clicks_before)
					-- rounded to more digits than a quotient has by itself
					/ nullif(ln(round(clicks, 30) / clicks_before), 0), clicks)
			END AS mean_clicks,
			count(p_value) OVER slices AS tests,
			count(p_value) OVER (slices ORDER BY p_value) AS rank,
			count(cpc_p_value) OVER slices AS cpc_tests,
			count(cpc_p_value) OVER (slices ORDER BY cpc_p_value) AS cpc_rank,
			count(value_key) OVER slices > 0 OR slice = 'total' AS is_known
		FROM shares
		WINDOW slices AS (PARTITION BY account_key, weeks, slice)
	), running AS (
		-- sums up to each value, rounded, from which what is shown is taken; the last
		-- value, the largest, is the one that takes what rounding left
		SELECT *,
			CASE WHEN row_number() OVER ordered < count(*) OVER slices
				THEN round(sum(ctr_change) OVER ordered, 4)
				ELSE round(ctr_all1, 4) - round(ctr_all0, 4) END AS ctr_changes,
			round(sum(ctr_by_rate) OVER ordered, 4) AS ctr_rates,
			CASE WHEN row_number() OVER ordered < count(*) OVER slices
				THEN round(sum(cpc_change) OVER ordered, 6)
				ELSE round(cpc_all1, 6) - round(cpc_all0, 6) END AS cpc_changes,
			round(sum(cpc_by_rate) OVER ordered, 6) AS cpc_rates,
			max(p_value) FILTER (WHERE p_value <= 0.05 * rank / nullif(tests, 0))
				OVER slices AS p_limit,
			max(cpc_p_value)
				FILTER (WHERE cpc_p_value <= 0.05 * cpc_rank / nullif(cpc_tests, 0))
				OVER slices AS cpc_p_limit
		FROM effects
		WINDOW slices AS (PARTITION BY account_key, weeks, slice),
			ordered AS (PARTITION BY account_key, weeks, slice
				ORDER BY ctr_w0 + ctr_w1, cpc_w0 + cpc_w1, value_key)
	), shown AS (
		SELECT *,
			ctr_changes - lag(ctr_changes, 1, 0.0) OVER ordered AS shown_ctr_change,
			CASE slice WHEN 'total' THEN ctr_changes
				ELSE ctr_rates - lag(ctr_rates, 1, 0.0) OVER ordered END AS shown_ctr_rate,
			cpc_changes - lag(cpc_changes, 1, 0.0) OVER ordered AS shown_cpc_change,
			CASE slice WHEN 'total' THEN cpc_changes
				ELSE cpc_rates - lag(cpc_rates, 1, 0.0) OVER ordered END AS shown_cpc_rate,
			CASE WHEN mean_clicks > 0 THEN
				round(mean_clicks * ln(spend / spend_before), 2) END AS by_spend,
			CASE WHEN mean_clicks > 0 THEN
				round(mean_clicks * (ln(impressions / impressions_before)
					- ln(spend / spend_before)), 2) END AS by_cpm
		FROM running
		WINDOW ordered AS (PARTITION BY account_key, weeks, slice
			ORDER BY ctr_w0 + ctr_w1, cpc_w0 + cpc_w1, value_key)
	)
	SELECT week::date AS week,
		shown.account_id::text AS account_id,
		shown.account::text AS account,
		shown.currency::text AS currency,
		compared_with::text AS compared_with,
		shown.slice::text AS slice,
		coalesce(ad_names.value, shown.value_key)::text AS value,
		coalesce(ad_names.value_id, shown.value_key)::text AS value_id,
		CASE WHEN by_link_clicks THEN 'link' ELSE 'all' END::text AS clicks_are,
		days::bigint AS days,
		CASE WHEN comparable THEN days_before END::bigint AS days_before,
		-- what had no delivery on one side had no clicks there
		coalesce(clicks, 0 * clicks_before)::bigint AS clicks_all,
		CASE WHEN comparable THEN coalesce(clicks_before, 0 * clicks) END::numeric(28, 2)
			AS clicks_before,
		ctr_r1::numeric(28, 4) AS ctr,
		CASE WHEN comparable THEN ctr_r0 END::numeric(28, 4) AS ctr_before,
		cpc_r1::numeric(28, 6) AS cpc,
		CASE WHEN comparable THEN cpc_r0 END::numeric(28, 6) AS cpc_before,
		CASE WHEN comparable THEN by_spend END::numeric(28, 2) AS by_spend,
		CASE WHEN comparable THEN by_cpm END::numeric(28, 2) AS by_cpm,
		CASE WHEN comparable THEN round(clicks - clicks_before, 2) - by_spend - by_cpm
		END::numeric(28, 2) AS by_ctr,
		CASE WHEN comparable THEN shown_ctr_rate END::numeric(28, 4) AS rate_effect,
		CASE WHEN comparable THEN shown_ctr_change - shown_ctr_rate
		END::numeric(28, 4) AS mix_effect,
		CASE WHEN comparable THEN p_value END::double precision AS p_value,
		CASE WHEN quick_verdict IS NOT NULL THEN quick_verdict
			-- as ratio_test() has it
			WHEN ctr_days < 4 THEN 'too few days'
			WHEN p_value > coalesce(p_limit, 0) OR p_value IS NULL THEN 'within noise'
			WHEN t > 0 THEN 'up' ELSE 'down' END::text AS verdict,
		CASE WHEN comparable THEN shown_cpc_rate END::numeric(28, 6) AS cpc_rate_effect,
		CASE WHEN comparable THEN shown_cpc_change - shown_cpc_rate
		END::numeric(28, 6) AS cpc_mix_effect,
		CASE WHEN comparable THEN cpc_p_value END::double precision AS cpc_p_value,
		CASE WHEN quick_verdict IS NOT NULL THEN quick_verdict
			WHEN cpc_days < 4 THEN 'too few days'
			WHEN cpc_p_value > coalesce(cpc_p_limit, 0) OR cpc_p_value IS NULL
				THEN 'within noise'
			WHEN cpc_t > 0 THEN 'up' ELSE 'down' END::text AS cpc_verdict,
		coalesce(impressions, 0 * impressions_before)::bigint AS impressions,
		CASE WHEN comparable THEN coalesce(impressions_before, 0 * impressions)
		END::numeric(28, 2) AS impressions_before,
		CASE WHEN NOT comparable THEN not_comparable
			WHEN days + days_before = 0 THEN 'no delivery'
			WHEN quick_verdict = 'too few days'
				THEN 'impressions without reported clicks on days: ' || unknown_days
			WHEN quick_verdict IS NULL AND ctr_days < 4
				THEN 'fewer than 4 days with impressions' END::text AS reason
	FROM shown
		CROSS JOIN LATERAL (SELECT CASE
			WHEN weeks = 0 THEN 'incomplete'
			WHEN NOT comparable OR days + days_before = 0 THEN 'too few days'
			WHEN days_before = 0 THEN 'new'
			WHEN days = 0 THEN 'gone'
			WHEN unknown_days > 0 THEN 'too few days' END)
			AS judged(quick_verdict)
		LEFT JOIN ad_names ON ad_names.account_key || ad_names.slice || ad_names.value_key
			= shown.account_key || shown.slice || shown.value_key
	WHERE is_known;

COMMENT ON VIEW weekly_change IS
	'what changed in the newest complete week, why, and whether it is more than noise';
COMMENT ON COLUMN weekly_change.week IS 'Monday of the week';
COMMENT ON COLUMN weekly_change.account_id IS 'id of the ad account';
COMMENT ON COLUMN weekly_change.account IS 'ad account';
COMMENT ON COLUMN weekly_change.currency IS 'currency of the CPC';
COMMENT ON COLUMN weekly_change.compared_with IS
	'week before; or mean of four weeks before, clicks_before then being the mean and the rates those of the four weeks together; NULL = an incomplete week, not compared';
COMMENT ON COLUMN weekly_change.slice IS
	'what value is: total, campaign, ad set, ad, format, objective, audience segment, country, device or placement';
COMMENT ON COLUMN weekly_change.value IS 'the campaign, country, ...; NULL = not known, and in a total';
COMMENT ON COLUMN weekly_change.value_id IS
	'id of the campaign, ad set or ad, or its names from the campaign down where there is no id; else the value';
COMMENT ON COLUMN weekly_change.clicks_are IS
	'what clicks_all, and the rates made of them, count: all = Clicks (All); link = link clicks, where one of the weeks tells no more';
COMMENT ON COLUMN weekly_change.days IS 'days of the week with delivery of this value';
COMMENT ON COLUMN weekly_change.days_before IS
	'days before with delivery of this value; NULL, as all that is of before, where nothing is compared';
COMMENT ON COLUMN weekly_change.clicks_all IS 'clicks of the week';
COMMENT ON COLUMN weekly_change.clicks_before IS 'clicks of the week before, or the mean of four weeks';
COMMENT ON COLUMN weekly_change.ctr IS 'CTR of the week, in percent';
COMMENT ON COLUMN weekly_change.ctr_before IS 'CTR before, in percent';
COMMENT ON COLUMN weekly_change.cpc IS 'CPC of the week';
COMMENT ON COLUMN weekly_change.cpc_before IS 'CPC before';
COMMENT ON COLUMN weekly_change.by_spend IS
	'how many clicks came of more or less spend; by_spend, by_cpm and by_ctr add up to the change; NULL where clicks, impressions or spend are none on a side';
COMMENT ON COLUMN weekly_change.by_cpm IS 'how many clicks came of cheaper or dearer impressions';
COMMENT ON COLUMN weekly_change.by_ctr IS 'how many clicks came of a higher or lower CTR';
COMMENT ON COLUMN weekly_change.rate_effect IS
	'what this value did to the CTR of the total by its own CTR, in percent points; rate_effect and mix_effect of a slice add up to the change of the total';
COMMENT ON COLUMN weekly_change.mix_effect IS
	'what came of showing this value more or less than before, in percent points';
COMMENT ON COLUMN weekly_change.p_value IS
	'probability of such a difference of the CTR without any cause, by ratio_test() over days; NULL below 4 days';
COMMENT ON COLUMN weekly_change.verdict IS
	'of the CTR: up, down, within noise, too few days; new, gone: no delivery before, or in the week; incomplete: the week is not over';
COMMENT ON COLUMN weekly_change.cpc_rate_effect IS
	'what this value did to the CPC of the total by its own CPC; cpc_rate_effect and cpc_mix_effect of a slice add up to the change of the total';
COMMENT ON COLUMN weekly_change.cpc_mix_effect IS
	'what came of getting more or fewer of the clicks from this value';
COMMENT ON COLUMN weekly_change.cpc_p_value IS 'as p_value, for the CPC';
COMMENT ON COLUMN weekly_change.cpc_verdict IS 'as verdict, for the CPC';
COMMENT ON COLUMN weekly_change.impressions IS 'impressions of the week';
COMMENT ON COLUMN weekly_change.impressions_before IS
	'impressions of the week before, or the mean of four weeks; with clicks_before they make the exact ctr_before';
COMMENT ON COLUMN weekly_change.reason IS
	'why the verdict is incomplete or too few days; NULL = it is another';
