-- aggregates over the same argument share one pass: counted by what evaluates the argument
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- A function that counts its calls.  It says that it is immutable so that the
-- planner treats it as a plain expression; each transition evaluates it once a row.
CREATE SEQUENCE calls;
CREATE FUNCTION pg_temp.counted(value click_counts) RETURNS click_counts LANGUAGE plpgsql IMMUTABLE AS
	$$BEGIN PERFORM nextval('calls'); RETURN value; END$$;
CREATE FUNCTION pg_temp.counted(value bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS
	$$BEGIN PERFORM nextval('calls'); RETURN value; END$$;
CREATE FUNCTION pg_temp.counted(value click_type) RETURNS click_type LANGUAGE plpgsql IMMUTABLE AS
	$$BEGIN PERFORM nextval('calls'); RETURN value; END$$;

-- how often the argument was evaluated for each row of the query
CREATE FUNCTION pg_temp.evaluations(query text) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	PERFORM setval('calls', 1, false);
	EXECUTE 'CREATE TEMP TABLE result AS SELECT ' || query || ' FROM ads';
	DROP TABLE result;
	RETURN (nextval('calls') - 1) / 50.0;
END $$;

CREATE TEMP TABLE ads AS
	SELECT n, n % 5 AS campaign, click_counts(link => n, photo => n % 7) AS counts, n::bigint AS clicks,
	       1000::bigint AS impressions, n / 100.0 AS spend,
	       (enum_range(NULL::click_type))[1 + n % 20] AS type
	FROM generate_series(1, 50) n;

-- the count itself: two different arguments are two evaluations, an aggregate of core twice is one
SELECT pg_temp.evaluations('sum(pg_temp.counted(clicks)) AS a') = 1 AS one,
       pg_temp.evaluations('sum(pg_temp.counted(clicks)) AS a, sum(1 + pg_temp.counted(clicks)) AS b') = 2 AS two;

-- sum and clicks_all over one argument are one transition; so are the forms of ad_metrics and their fields
SELECT query, pg_temp.evaluations(query) = 1 AS evaluated_once
FROM (VALUES
	('sum(pg_temp.counted(counts)) AS a, clicks_all(pg_temp.counted(counts)) AS b'),
	('clicks_total(sum(pg_temp.counted(counts))) AS a, clicks_all(pg_temp.counted(counts)) AS b, (sum(pg_temp.counted(counts))).photo AS c'),
	('click_counts_agg(pg_temp.counted(type)) AS a, clicks_all(pg_temp.counted(type)) AS b'),
	('clicks_all(pg_temp.counted(clicks)) AS a, clicks_all(pg_temp.counted(clicks)) * 2 AS b'),
	('ctr(pg_temp.counted(clicks), impressions) AS a, round(ctr(pg_temp.counted(clicks), impressions), 2) AS b, ctr(pg_temp.counted(clicks), impressions) / 100 AS c'),
	('cpc(spend, pg_temp.counted(clicks)) AS a, round(cpc(spend, pg_temp.counted(clicks)), 2) AS b'),
	('(ad_metrics(pg_temp.counted(clicks), impressions, spend)).*'),
	('(ad_metrics(pg_temp.counted(counts), impressions, spend, ''EUR'')).*'),
	('(ad_metrics(pg_temp.counted(clicks), impressions, spend)).ctr, round((ad_metrics(pg_temp.counted(clicks), impressions, spend)).cpc, 2) AS c')) v(query);

-- in groups, too; only with the same filter and the same order
CREATE FUNCTION pg_temp.evaluations_in_groups(query text) RETURNS numeric LANGUAGE plpgsql AS $$
BEGIN
	PERFORM setval('calls', 1, false);
	EXECUTE 'CREATE TEMP TABLE result AS SELECT campaign, ' || query || ' FROM ads GROUP BY campaign';
	DROP TABLE result;
	RETURN (nextval('calls') - 1) / 50.0;
END $$;
SELECT query, round(pg_temp.evaluations_in_groups(query), 1) AS evaluations
FROM (VALUES
	('(ad_metrics(pg_temp.counted(clicks), impressions, spend)).*'),
	('sum(pg_temp.counted(counts)) AS a, clicks_all(pg_temp.counted(counts)) AS b'),
	('sum(pg_temp.counted(counts)) AS a, clicks_all(pg_temp.counted(counts)) FILTER (WHERE n > 25) AS b'),
	('sum(pg_temp.counted(counts)) FILTER (WHERE n > 25) AS a, clicks_all(pg_temp.counted(counts)) FILTER (WHERE n > 25) AS b')) v(query);

-- shared or not, the results are the same
SELECT pg_temp.all_equal(both_clicks, alone) AS clicks_all, pg_temp.all_equal(clicks_total(both_sum), alone) AS sum,
       count(*) AS groups
FROM (SELECT campaign, sum(counts) AS both_sum, clicks_all(counts) AS both_clicks FROM ads GROUP BY campaign) b
JOIN (SELECT campaign, clicks_all(counts) AS alone FROM ads GROUP BY campaign) a USING (campaign);

-- a window that moves by a row adds one and removes one, however wide it is
SELECT setval('calls', 1, false) AS start;
SELECT count(*) FROM (SELECT ctr(pg_temp.counted(clicks), impressions) OVER (ORDER BY n ROWS 19 PRECEDING) AS c, n
                      FROM ads OFFSET 0) w WHERE c IS NOT NULL;
SELECT nextval('calls') - 1 AS evaluations, 50 + 30 AS added_and_removed;
SELECT setval('calls', 1, false) AS start;
SELECT count(*) FROM (SELECT (ad_metrics(pg_temp.counted(clicks), impressions, spend)
                              OVER (ORDER BY n ROWS 19 PRECEDING)).* FROM ads OFFSET 0) w WHERE cpc IS NOT NULL;
SELECT nextval('calls') - 1 AS evaluations, 50 + 30 AS added_and_removed;

-- what makes sharing possible: one transition function, one start, final functions that leave the state alone
SELECT aggtransfn, aggcombinefn, aggtranstype::regtype, agginitval, count(*) AS aggregates,
       pg_temp.all_hold(aggfinalmodify = 'r' AND aggmfinalmodify = 'r',
                        ROW(aggfnoid::regprocedure, aggfinalmodify, aggmfinalmodify), 'r and r') AS read_only
FROM pg_aggregate WHERE aggtranstype = 'click_totals'::regtype GROUP BY 1, 2, 3, 4 ORDER BY aggtransfn::text;
SELECT pg_temp.all_hold(aggfinalmodify = 'r' AND aggmfinalmodify = 'r',
                        ROW(aggfnoid::regprocedure, aggfinalmodify, aggmfinalmodify), 'r and r') AS read_only,
       count(*) > 20 AS many
FROM pg_aggregate WHERE aggtranstype = 'ad_totals'::regtype;
DROP SEQUENCE calls CASCADE;
