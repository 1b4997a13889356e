-- citus.sql
--	Click events and the weekly rollup on a Citus cluster, over the tables of
--	click_events.sql.  The extension's library has to be on every node;
--	CREATE EXTENSION on the coordinator reaches the workers by itself.
--
-- Citus aggregates on the workers and combines there and then, if the state of
-- the aggregate is an ordinary type.  All of clicks_all(), sum(), ctr(), cpc(),
-- ad_metrics(), clicker_set_agg(), union_agg() and unique_clicks(clicker_set)
-- are so.  The exact unique_clicks(user_id) is not: its state has pointers and
-- files, so up to Citus 14 it brings the rows to the coordinator, and those of
-- every aggregate in the same query with them.  Hence:
--
-- * Ask for exact people by count(DISTINCT user_id).  On the distribution column
--   Citus counts in the shards and adds: of 300,000 clicks by 20,000 people 32 bytes
--   came to the coordinator, and 2.4 MB for unique_clicks(user_id), as 045_citus.pl
--   counts them.  On another column it sends each id once for each shard.  The
--   aggregates beside it still combine on the workers.
-- * For everything else, use approx_unique_clicks(user_id), or the rollup.
-- * Prefer ad_metrics() to clicks_all(), ctr() and cpc() side by side: Citus does not
--   share the work of aggregates with the same state.
-- * ROLLUP and GROUPING SETS are refused over distributed tables: aggregate in a CTE,
--   as below, and roll up what comes out of it.
--
-- Citus is in no Debian suite: test/citus.sh builds it, and has test/t/045_citus.pl run
-- this file on a coordinator and two workers.

\ir search_path.sql

-- The events by user.  Citus wants the distribution column in the primary key, and it
-- must not be NULL.  This comes before the tables are distributed: a foreign key to a
-- reference table would make click_events one that Citus no longer alters so.
UPDATE click_events SET user_id = '' WHERE user_id IS NULL;
ALTER TABLE click_events DROP CONSTRAINT click_events_pkey,
	ALTER user_id SET NOT NULL,
	ADD PRIMARY KEY (click_id, user_id);

-- The dimensions on every node
SELECT create_reference_table('ad_accounts');
SELECT create_reference_table('ads');
SELECT create_distributed_table('click_events', 'user_id');

-- A rollup table instead of the materialized view, which would be on the
-- coordinator alone.
CREATE TABLE weekly_clickers (
	week date NOT NULL,
	campaign text NOT NULL,
	clicks click_counts,
	clickers clicker_set,
	PRIMARY KEY (campaign, week)
);
SELECT create_distributed_table('weekly_clickers', 'campaign');

-- The workers build the sets; the coordinator merges and stores them.
INSERT INTO weekly_clickers
	SELECT report_week((clicked_at AT TIME ZONE time_zone)::date), campaign,
		click_counts_agg(click_type),
		clicker_set_agg(nullif(user_id, '')) FILTER (WHERE is_counted(click_type))
	FROM click_events
		JOIN ads USING (ad_id)
		JOIN ad_accounts USING (account)
	GROUP BY 1, 2;

-- Late events: add them to what is stored.  Run it once for each batch, since
-- clicks, unlike people, would be counted again.
CREATE TABLE late_events (LIKE click_events);
SELECT create_distributed_table('late_events', 'user_id');

INSERT INTO weekly_clickers
	SELECT report_week((clicked_at AT TIME ZONE time_zone)::date), campaign,
		click_counts_agg(click_type),
		clicker_set_agg(nullif(user_id, '')) FILTER (WHERE is_counted(click_type))
	FROM late_events
		JOIN ads USING (ad_id)
		JOIN ad_accounts USING (account)
	GROUP BY 1, 2
	ON CONFLICT (campaign, week) DO UPDATE SET
		clicks = weekly_clickers.clicks + excluded.clicks,
		clickers = weekly_clickers.clickers | excluded.clickers;

SELECT campaign, clicks_all(clicks), unique_clicks(clickers)
FROM weekly_clickers
GROUP BY campaign;

-- Totals and parts: what the workers combined, rolled up on the coordinator.
WITH cells AS (
	SELECT campaign, week, sum(clicks) AS clicks, union_agg(clickers) AS clickers
	FROM weekly_clickers
	GROUP BY campaign, week
)
SELECT campaign, week, clicks_all(clicks), unique_clicks(clickers)
FROM cells
GROUP BY ROLLUP (campaign, week)
ORDER BY campaign, week;

-- Exact people, and clicks beside them
SELECT campaign, count(DISTINCT nullif(user_id, '')) AS people, clicks_all(click_type)
FROM click_events JOIN ads USING (ad_id)
GROUP BY campaign;
