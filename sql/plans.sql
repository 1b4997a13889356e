-- one answer from every plan: serial, parallel, sorted, hashed, spilled, partitionwise, compiled, from views
-- and rollups
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

SELECT setseed(0.6);
CREATE TABLE raw_ads (
	campaign integer, day date, clicks bigint, impressions bigint, spend numeric, cost float8, counts click_counts,
	type click_type
) PARTITION BY HASH (campaign);
CREATE TABLE raw_ads_0 PARTITION OF raw_ads FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE raw_ads_1 PARTITION OF raw_ads FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE raw_ads_2 PARTITION OF raw_ads FOR VALUES WITH (MODULUS 3, REMAINDER 2);
INSERT INTO raw_ads
	SELECT floor(random() ^ 2 * 800)::int, date '2026-01-01' + floor(random() * 60)::int,
	       CASE WHEN random() < 0.9 THEN floor(random() * 1000 - 50)::bigint END,
	       CASE WHEN random() < 0.9 THEN floor(random() * 90000)::bigint END,
	       CASE WHEN random() < 0.8 THEN round((random() * 900 - 10)::numeric, floor(random() ^ 4 * 7)::int) END,
	       CASE WHEN random() < 0.8 THEN random() * 900 - 10 END,
	       CASE WHEN random() < 0.9 THEN click_counts(
	           link => CASE WHEN random() < 0.9 THEN floor(random() * 500)::bigint END,
	           photo => CASE WHEN random() < 0.3 THEN floor(random() * 50 - 9)::bigint END,
	           other => CASE WHEN random() < 0.2 THEN -n END, phone => CASE WHEN random() < 0.2 THEN n END,
	           outbound => nullif(n % 5, 0)) END,
	       CASE WHEN random() < 0.9 THEN (enum_range(NULL::click_type))[1 + floor(random() * 20)::int] END
	FROM generate_series(1, 20000) n;
ANALYZE raw_ads;

-- everything at once, per campaign and in total
CREATE VIEW everything AS
	SELECT campaign, clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks), cpc(cost, counts) AS cpc_float8,
	       ad_metrics(clicks, impressions, spend) AS metrics, ad_metrics(counts, impressions, cost, 'USD') AS metrics_counts,
	       clicks_all(counts) AS clicks_by_type, sum(counts) AS counts, click_counts_agg(type) AS events,
	       clicks_all(type) AS clicks_of_events,
	       click_counts_agg(type, clicks) AS pivoted
	FROM raw_ads GROUP BY GROUPING SETS ((campaign), ());
CREATE VIEW per_campaign AS
	SELECT campaign, clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks), cpc(cost, counts) AS cpc_float8,
	       ad_metrics(clicks, impressions, spend) AS metrics, ad_metrics(counts, impressions, cost, 'USD') AS metrics_counts,
	       clicks_all(counts) AS clicks_by_type, sum(counts) AS counts, click_counts_agg(type) AS events,
	       clicks_all(type) AS clicks_of_events,
	       click_counts_agg(type, clicks) AS pivoted
	FROM raw_ads GROUP BY campaign;
CREATE VIEW in_total AS
	SELECT NULL::integer AS campaign, clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks),
	       cpc(cost, counts) AS cpc_float8,
	       ad_metrics(clicks, impressions, spend) AS metrics, ad_metrics(counts, impressions, cost, 'USD') AS metrics_counts,
	       clicks_all(counts) AS clicks_by_type, sum(counts) AS counts, click_counts_agg(type) AS events,
	       clicks_all(type) AS clicks_of_events,
	       click_counts_agg(type, clicks) AS pivoted
	FROM raw_ads;

-- a text for each group is compared, so that trailing zeros count
CREATE FUNCTION pg_temp.remember(name text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	groups bigint;
BEGIN
	EXECUTE format('CREATE TEMP TABLE %I AS SELECT campaign, (p.*)::text AS answer FROM per_campaign p UNION ALL SELECT NULL, (t.*)::text FROM in_total t', name);
	GET DIAGNOSTICS groups = ROW_COUNT;
	RETURN groups;
END $$;
CREATE FUNCTION pg_temp.same_as_serial(name text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	same boolean;
BEGIN
	PERFORM pg_temp.remember(name);
	EXECUTE format('SELECT count(*) = (SELECT count(*) FROM serial) AND NOT EXISTS (TABLE serial EXCEPT ALL TABLE %1$I) FROM %1$I', name) INTO same;
	RETURN same;
END $$;

-- serial and hashed: the answer that all others are compared with
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '64MB';
SELECT plan LIKE '%HashAggregate%' AS hashed, plan LIKE '%Partial%' AS partial FROM pg_temp.plan_of('TABLE per_campaign') plan;
SELECT pg_temp.remember('serial') > 700 AS many_groups;

-- it is the hand-written one
SELECT count(*) > 700 AS many_groups,
       pg_temp.all_equal(clicks_all, clicks::bigint) AS clicks_all,
       pg_temp.all_equal((ctr, cpc)::text,
                         (100.0 * clicks / nullif(impressions, 0), spend / nullif(clicks, 0))::text) AS ratios,
       pg_temp.all_equal((cpc_float8)::text, (cost / nullif(typed, 0))::text) AS cpc_float8,
       pg_temp.all_equal(metrics::text,
                         (clicks, impressions, spend, 100.0 * clicks / nullif(impressions, 0),
                          spend / nullif(clicks, 0))::text) AS ad_metrics,
       pg_temp.all_equal(metrics_counts::text,
                         (typed, impressions, cost, 100.0 * typed / nullif(impressions, 0),
                          cost / nullif(typed, 0))::text) AS ad_metrics_counts,
       pg_temp.all_equal(clicks_by_type, typed) AS clicks_by_type
FROM per_campaign JOIN (
	SELECT campaign, sum(clicks) AS clicks, sum(impressions) AS impressions, sum(spend) AS spend,
	       sum(cost::numeric) AS cost, sum(clicks_total(r.counts)) AS typed
	FROM raw_ads r GROUP BY campaign) by_hand USING (campaign);

-- sorted
SET enable_hashagg = off;
SELECT plan LIKE '%GroupAggregate%' AS grouped FROM pg_temp.plan_of('TABLE per_campaign') plan;
SELECT pg_temp.same_as_serial('sorted') AS sorted;
RESET enable_hashagg;

-- hashed in too little memory, so that groups go to disk
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
SET enable_sort = off;
SELECT substring(plan FROM 'Batches: (\d+)')::int > 1 AS spilled
FROM pg_temp.plan_of('TABLE per_campaign', 'ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF') plan;
SELECT pg_temp.same_as_serial('spilled') AS spilled;
RESET work_mem;
RESET hash_mem_multiplier;
RESET enable_sort;

-- grouping sets: hashed and sorted, in one pass
SELECT pg_temp.all_equal(answer, (e.*)::text) AS hashed_sets, count(*) = (SELECT count(*) FROM serial) AS all_groups
FROM everything e JOIN serial s ON s.campaign IS NOT DISTINCT FROM e.campaign;
SET enable_hashagg = off;
SELECT pg_temp.all_equal(answer, (e.*)::text) AS sorted_sets, count(*) = (SELECT count(*) FROM serial) AS all_groups
FROM everything e JOIN serial s ON s.campaign IS NOT DISTINCT FROM e.campaign;
RESET enable_hashagg;

-- parallel, all of the work in the workers
SET max_parallel_workers_per_gather = 3;
SET parallel_leader_participation = off;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT plan LIKE '%Finalize%' AS finalized, plan LIKE '%Gather%Partial%' AS partial FROM pg_temp.plan_of('TABLE in_total') plan;
SELECT pg_temp.same_as_serial('parallel') AS parallel;
SET enable_hashagg = off;
SELECT plan LIKE '%Finalize GroupAggregate%Gather%Partial GroupAggregate%' AS partial_groups FROM pg_temp.plan_of('TABLE per_campaign') plan;
SELECT pg_temp.same_as_serial('parallel_sorted') AS parallel_sorted;
RESET enable_hashagg;
SET enable_sort = off;
SELECT plan LIKE '%Finalize HashAggregate%Gather%Partial HashAggregate%' AS partial_hashes FROM pg_temp.plan_of('TABLE per_campaign') plan;
SELECT pg_temp.same_as_serial('parallel_hashed') AS parallel_hashed;
RESET enable_sort;
SET parallel_leader_participation = on;
SELECT pg_temp.same_as_serial('parallel_with_leader') AS parallel_with_leader;

-- each aggregate by itself can be computed in parallel
SELECT count(*) AS aggregates, count(*) FILTER (WHERE plan LIKE '%Finalize Aggregate%Partial Aggregate%') AS parallel
FROM unnest('{clicks_all(clicks),clicks_all(clicks::integer),clicks_all(spend),clicks_all(cost),clicks_all(clicks::text),clicks_all(counts),clicks_all(type)}'::text[]
            || '{sum(counts),click_counts_agg(type),"click_counts_agg(type, clicks)","ctr(clicks, impressions)","ctr(counts, impressions)","cpc(spend, clicks)"}'
            || '{"cpc(cost, counts, ''USD'')","ad_metrics(clicks, impressions, spend)","ad_metrics(counts, impressions, cost, ''USD'')"}') call,
     pg_temp.plan_of(format('SELECT %s FROM raw_ads', call)) plan;

-- currencies are compared between workers as well
SELECT regexp_replace(pg_temp.outcome_as_planned('SELECT cpc(spend, clicks, CASE WHEN campaign % 3 = 0 THEN ''USD'' ELSE ''EUR'' END) FROM raw_ads'), '"[A-Z]+"', '"..."', 'g') AS outcome;
SELECT pg_temp.outcome_as_planned('SELECT cpc(spend, clicks, CASE WHEN spend IS NULL THEN ''USD'' ELSE ''EUR'' END) = cpc(spend, clicks) FROM raw_ads') AS one_currency;

-- partitionwise: full, where the grouping has the partition key, and partial, where it has not
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
SELECT plan LIKE '%Append%HashAggregate%HashAggregate%HashAggregate%' AS aggregate_per_partition, plan LIKE '%Partial%' AS partial FROM pg_temp.plan_of('TABLE per_campaign') plan;
SELECT plan LIKE '%Finalize Aggregate%Append%Partial Aggregate%Partial Aggregate%Partial Aggregate%' AS partial_per_partition FROM pg_temp.plan_of('TABLE in_total') plan;
SELECT pg_temp.same_as_serial('partitionwise') AS partitionwise;
SELECT plan LIKE '%Finalize%Append%Partial%Partial%Partial%' AS partial_by_day FROM pg_temp.plan_of('SELECT day, ad_metrics(clicks, impressions, spend) FROM raw_ads GROUP BY day') plan;
SELECT pg_temp.all_equal(p.m::text, s.m::text) AS by_day, count(*) AS days
FROM (SELECT day, ad_metrics(clicks, impressions, spend) AS m FROM raw_ads GROUP BY day) p
JOIN (SELECT day, ad_metrics(clicks, impressions, spend ORDER BY campaign) AS m FROM raw_ads
      GROUP BY day) s USING (day);
SET max_parallel_workers_per_gather = 3;
SELECT pg_temp.same_as_serial('partitionwise_parallel') AS partitionwise_parallel;
RESET enable_partitionwise_aggregate;

-- compiled, where the server can
SET jit = on;
SET jit_above_cost = 0;
SELECT pg_temp.same_as_serial('compiled_parallel') AS compiled_parallel;
SET max_parallel_workers_per_gather = 0;
SELECT pg_temp.same_as_serial('compiled') AS compiled;
RESET jit;

-- a materialized view holds the answers; a view over it aggregates further, to the answers of the raw rows
CREATE MATERIALIZED VIEW weekly AS
	SELECT campaign, report_week(day) AS week, (ad_metrics(clicks, impressions, spend)).*, sum(counts) AS counts
	FROM raw_ads GROUP BY 1, 2;
CREATE UNIQUE INDEX ON weekly (campaign, week);
CREATE VIEW from_weekly AS
	SELECT campaign, ad_metrics(clicks_all, impressions, spend) AS metrics, clicks_all(counts) AS clicks_by_type,
	       sum(counts) AS counts FROM weekly GROUP BY campaign;
SELECT count(*) > 700 AS many_groups,
       pg_temp.all_equal((f.metrics, f.clicks_by_type, f.counts)::text,
                         (p.metrics, p.clicks_by_type, p.counts)::text) AS same
FROM per_campaign p JOIN from_weekly f USING (campaign);
SELECT ad_metrics(clicks_all, impressions, spend)::text = (SELECT metrics::text FROM in_total) AS total,
       ctr(clicks_all, impressions) = (SELECT ctr FROM in_total) AS ctr,
       cpc(spend, clicks_all) = (SELECT cpc FROM in_total) AS cpc,
       clicks_all(clicks_all) = (SELECT clicks_all FROM in_total) AS clicks_all
FROM weekly;
INSERT INTO raw_ads VALUES (1, '2026-01-05', 5, 100, 1.25, 1.25, click_counts(5), 'link');
REFRESH MATERIALIZED VIEW CONCURRENTLY weekly;
SELECT ad_metrics(clicks_all, impressions, spend)::text = (SELECT metrics::text FROM in_total) AS refreshed FROM weekly;
REFRESH MATERIALIZED VIEW weekly;
SELECT ad_metrics(clicks_all, impressions, spend)::text = (SELECT metrics::text FROM in_total) AS refreshed FROM weekly;
SET client_min_messages = warning;
DROP VIEW from_weekly;
DROP MATERIALIZED VIEW weekly;
DROP TABLE raw_ads CASCADE;
