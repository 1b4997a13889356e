-- postgres_fdw.sql
--	The weekly rollup spread over several PostgreSQL servers, queried as one.
--
-- Each shard has its own accounts, click_events.sql or another template, and
-- weekly_report.sql; the extension is installed on all servers.  Run this on
-- the server that asks, after changing the addresses.
--
-- What travels (measured by EXPLAIN VERBOSE, see "Remote SQL"):
--
-- * GROUP BY shard, or anything with it: the shards aggregate, and each sends
--   its finished rows.  That needs both the option extensions and
--   enable_partitionwise_aggregate, which is off by default.
-- * GROUP BY without shard: no aggregate is split between servers, the rows of
--   weekly_ads travel.  Those are few: one per week and slices, with a set of
--   clickers of at most some kilobytes.  Never do this over click_events.
-- * unique_clicks(clickers) is right over all shards in either case, also for a
--   person who clicked on several.

CREATE EXTENSION IF NOT EXISTS postgres_fdw;

CREATE SERVER shard_1 FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host 'shard-1.example.com', dbname 'ads', extensions 'clicks_all',
		use_remote_estimate 'true');
CREATE SERVER shard_2 FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host 'shard-2.example.com', dbname 'ads', extensions 'clicks_all',
		use_remote_estimate 'true');
CREATE USER MAPPING FOR CURRENT_USER SERVER shard_1 OPTIONS (user 'report');
CREATE USER MAPPING FOR CURRENT_USER SERVER shard_2 OPTIONS (user 'report');

CREATE TABLE all_weekly_ads (
	shard integer NOT NULL,
	week date,
	account text,
	currency text,
	campaign text,
	placement text,
	clicks click_counts,
	impressions bigint,
	spend numeric,
	clickers clicker_set
) PARTITION BY LIST (shard);

-- on each shard: CREATE VIEW shard_weekly_ads AS SELECT 1 AS shard, week, ...
CREATE FOREIGN TABLE all_weekly_ads_1 PARTITION OF all_weekly_ads
	FOR VALUES IN (1) SERVER shard_1 OPTIONS (table_name 'shard_weekly_ads');
CREATE FOREIGN TABLE all_weekly_ads_2 PARTITION OF all_weekly_ads
	FOR VALUES IN (2) SERVER shard_2 OPTIONS (table_name 'shard_weekly_ads');

SET enable_partitionwise_aggregate = on;

SELECT week, campaign, clicks_all(clicks), ctr(clicks, impressions),
	cpc(spend, clicks, currency), unique_clicks(clickers)
FROM all_weekly_ads
GROUP BY week, campaign, currency
ORDER BY week, campaign, currency;
