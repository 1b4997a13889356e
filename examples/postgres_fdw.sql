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
-- * GROUP BY without shard: no aggregate is split between servers, the rows travel.
--   Of weekly_ads those are few: one per week and slices, with a set of clickers of
--   at most some kilobytes.
-- * Over clicks do it in two steps, as below: by shard first, and then the states
--   that the shards sent.  That needs no view or rollup on the shards, and sends
--   sets instead of clicks: see test/t/040_examples_postgres_fdw.pl, which counts
--   the bytes.
-- * unique_clicks(clickers) is right over all shards in each case, also for a person
--   who clicked on several.
-- * A constant text, or NULL, as the only text argument of an aggregate keeps it from
--   being sent.
-- * With enable_partitionwise_aggregate on, a GROUP BY without shard reads the shards
--   one after another, not side by side: set it for the queries that gain by it.

\ir search_path.sql

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

-- Every click, where it is
CREATE TABLE all_clicks (
	shard integer NOT NULL,
	day date,
	campaign text,
	user_id text,
	click_type click_type
) PARTITION BY LIST (shard);

-- on each shard: CREATE VIEW shard_clicks AS SELECT 1 AS shard, day, ... FROM ad_clicks
CREATE FOREIGN TABLE all_clicks_1 PARTITION OF all_clicks
	FOR VALUES IN (1) SERVER shard_1 OPTIONS (table_name 'shard_clicks');
CREATE FOREIGN TABLE all_clicks_2 PARTITION OF all_clicks
	FOR VALUES IN (2) SERVER shard_2 OPTIONS (table_name 'shard_clicks');

SELECT campaign, clicks_all(clicks), unique_clicks(clickers)
FROM (
	SELECT shard, campaign, click_counts_agg(click_type) AS clicks,
		clicker_set_agg(user_id) AS clickers
	FROM all_clicks
	GROUP BY shard, campaign
) AS of_shards
GROUP BY campaign
ORDER BY campaign;
