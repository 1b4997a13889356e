-- what CALL load_ads() promises, over a stream of Airbyte's
\getenv root PG_ABS_SRCDIR
\set template :root '/examples/airbyte.sql'
CREATE SCHEMA examples_loads;
CREATE SCHEMA connector;
SET search_path = examples_loads, public, clicks;
SET datestyle = iso;
SET client_min_messages = warning;
\set ECHO none
\set stream connector.ads_insights
\i :template
\set ECHO all
-- not there yet
CALL load_ads('-infinity');
CREATE TABLE connector.ads_insights (_airbyte_raw_id varchar, _airbyte_extracted_at timestamptz, account_id varchar,
                                     campaign_id varchar, campaign_name varchar,
	ad_id varchar, ad_name varchar, date_start date, date_stop date, clicks bigint, impressions bigint, reach bigint,
	spend numeric(38, 9));
-- there, but the connector has written nothing yet
CALL load_ads('-infinity');
INSERT INTO connector.ads_insights SELECT day || '-' || ad, '2026-03-20', '17', '1', 'Spring', ad, 'v1',
	date '2026-03-01' + day, date '2026-03-01' + day, 10 * ad + day, 1000, 900, 1.50
	FROM generate_series(0, 9) AS day, generate_series(1, 3) AS ad;
CALL load_ads('-infinity');
-- three ads called v1 are three
SELECT ad, count(DISTINCT ad_id) AS ads, clicks_all(clicks), sum(impressions) AS impressions, sum(spend) AS spend
FROM ad_daily GROUP BY ad;
-- twice is once, and nothing is written
CREATE TEMP TABLE before AS SELECT ctid AS place, * FROM ad_daily;
CALL load_ads('-infinity');
SELECT count(*) AS written FROM ad_daily LEFT JOIN before ON place = ad_daily.ctid WHERE place IS NULL;
-- restated downwards, with the version before still there; only the days since the one given are looked at
INSERT INTO connector.ads_insights SELECT _airbyte_raw_id || 'b', '2026-03-21', account_id, campaign_id,
	campaign_name, ad_id, ad_name, date_start, date_stop, clicks - 1, impressions, reach, spend
	FROM connector.ads_insights WHERE ad_id = '2';
CALL load_ads('2026-03-06');
SELECT day, clicks_total(clicks) FROM ad_daily WHERE ad_id = '2' ORDER BY day;
CALL load_ads('2026-03-01');
-- an ad and its campaign are renamed: they stay what they are and show their newest name, also in older rows
INSERT INTO connector.ads_insights SELECT 'new-' || ad, '2026-03-22', '17', '1', 'Spring sale', ad,
	CASE ad WHEN 2 THEN 'v2' ELSE 'v1' END, '2026-03-11', '2026-03-11', 5, 100, 90, 0.10 FROM generate_series(1, 3) AS ad;
CALL load_ads('2026-03-10');
SELECT campaign_id, campaign, ad_id, ad, count(*) FROM ad_daily GROUP BY campaign_id, campaign, ad_id, ad
ORDER BY ad_id;
-- since a day is what since ever is
CREATE TEMP TABLE by_and_by AS SELECT day, ad_id, ad, campaign, clicks, impressions, reach, spend, row_key
	FROM ad_daily;
DELETE FROM ad_daily;
CALL load_ads('-infinity');
SELECT count(*) AS rows,
       (SELECT count(*) FROM (TABLE by_and_by EXCEPT ALL SELECT day, ad_id, ad, campaign, clicks, impressions, reach,
                              spend, row_key FROM ad_daily) AS lost) AS lost FROM ad_daily;
-- rows that the source deleted go, and come again
DELETE FROM connector.ads_insights WHERE ad_id = '3' AND date_start >= '2026-03-05';
CALL load_ads('2026-03-06');
SELECT min(day), max(day) FROM ad_daily WHERE ad_id = '3';
-- a table emptied is a connector at work
BEGIN;
TRUNCATE connector.ads_insights;
CALL load_ads('-infinity');
ROLLBACK;
-- the connector alters a type,
ALTER TABLE connector.ads_insights ALTER clicks TYPE numeric(38, 9), ALTER spend TYPE double precision,
	ALTER ad_id TYPE text, ALTER impressions TYPE text;
CALL load_ads('2026-03-02');
-- adds a column and drops another,
ALTER TABLE connector.ads_insights ADD COLUMN unique_clicks bigint, DROP COLUMN reach;
UPDATE connector.ads_insights SET unique_clicks = 4 WHERE date_start = '2026-03-11';
CALL load_ads('2026-03-02');
SELECT sum(reach) AS reach, count(reported_unique_clicks) AS people_of FROM ad_daily WHERE day >= '2026-03-02';
-- swaps in another table by rename,
CREATE TABLE connector.ads_insights_tmp (LIKE connector.ads_insights);
INSERT INTO connector.ads_insights_tmp SELECT * FROM connector.ads_insights WHERE ad_id <> '2';
ALTER TABLE connector.ads_insights RENAME TO ads_insights_old;
ALTER TABLE connector.ads_insights_tmp RENAME TO ads_insights;
CALL load_ads('-infinity');
SELECT ad_id, count(*) FROM ad_daily GROUP BY ad_id ORDER BY ad_id;
-- drops its tables and makes them anew
DROP TABLE connector.ads_insights, connector.ads_insights_old;
CREATE TABLE connector.ads_insights (ad_id bigint, date_start timestamp, clicks text, spend text,
                                     _airbyte_extracted_at timestamptz);
INSERT INTO connector.ads_insights VALUES (7, '2026-03-02', '70', '7.50', now()), (8, '2026-03-02', '1,234', '8', now()), (9, NULL, '9', '9', now());
CALL load_ads('-infinity');
SELECT day, ad_id, ad, clicks_total(clicks), impressions, spend FROM ad_daily;
-- days as text that are none
CREATE TABLE connector.texts AS SELECT day AS date_start, '1' AS ad_id, '5' AS clicks FROM unnest(ARRAY['2026-03-02', '03/02/2026', '2026-03-02T00:00:00Z', '', NULL]) AS day;
INSERT INTO ad_sources VALUES ('texts', 'load_airbyte', 'connector.texts');
CALL load_ads('2026-03-02', 'texts');
CALL load_ads('2026-03-03', 'texts');
-- columns of days of different types, each pair of them; a day as a number is told
CREATE TABLE connector.types (_airbyte_raw_id serial, campaign_id text, date_start date, date_stop date, clicks bigint);
INSERT INTO connector.types (campaign_id, date_start, date_stop, clicks) VALUES
	(1, '2026-03-01', '2026-03-01', 1), (2, '2026-03-02', '2026-03-02', 2), (3, '2026-03-02', NULL, 4);
INSERT INTO ad_sources VALUES ('types', 'load_airbyte', 'connector.types');
CREATE FUNCTION load_pair(start_type text, stop_type text, since date, OUT days text, OUT why text)
LANGUAGE plpgsql AS $$
DECLARE rows_read bigint; rows_changed bigint; rows_gone bigint; rows_left_out bigint;
BEGIN
	EXECUTE format('ALTER TABLE connector.types ALTER date_start TYPE %1$s USING date_start::text::%1$s,
		ALTER date_stop TYPE %2$s USING date_stop::text::%2$s', start_type, stop_type);
	DELETE FROM ad_daily WHERE source = 'types';
	CALL load_ads(since, 'types', rows_read, rows_changed, rows_gone, rows_left_out, why);
	SELECT string_agg(concat_ws(' ', day, clicks_total(clicks)), ', ' ORDER BY day, clicks_total(clicks))
		INTO days FROM ad_daily WHERE source = 'types';
END $$;
SELECT since, types.days, types.why, count(*) AS pairs
FROM unnest(ARRAY['date', 'timestamp', 'timestamptz', 'text', 'varchar(40)', 'char(24)']) AS start_type,
	unnest(ARRAY['date', 'timestamp', 'timestamptz', 'text', 'varchar(40)', 'char(24)']) AS stop_type,
	unnest(ARRAY['-infinity', '2026-03-02', '2026-03-03']::date[]) AS since,
	load_pair(start_type, stop_type, since) AS types
GROUP BY since, types.days, types.why ORDER BY since;
DROP FUNCTION load_pair;
ALTER TABLE connector.types ALTER date_start TYPE integer USING to_char(date_start::date, 'YYYYMMDD')::integer;
CALL load_ads('-infinity', 'types');
DELETE FROM ad_sources WHERE source IN ('texts', 'types');
DELETE FROM ad_daily WHERE source = 'types';
-- NaN is not reported, of whatever type, and told; as a name it is a name
CREATE TABLE connector.nan (campaign_name text, date_start date, clicks bigint, impressions float8,
	spend numeric, reach text);
INSERT INTO connector.nan VALUES ('NaN', '2026-03-02', 1, 10, 'NaN', '7'), ('B', '2026-03-02', 2, 'NaN', 'NaN', '8'),
	('C', '2026-03-02', 3, 30, 3, ' nan '), ('D', '2026-03-02', 4, 40, 4, '9');
INSERT INTO ad_sources VALUES ('nan', 'load_airbyte', 'connector.nan');
CALL load_ads('-infinity', 'nan');
SELECT campaign, clicks_total(clicks), impressions, spend, reach FROM ad_daily WHERE source = 'nan' ORDER BY campaign;
DELETE FROM ad_sources WHERE source = 'nan';
DELETE FROM ad_daily WHERE source = 'nan';
DELETE FROM ad_daily WHERE source = 'texts';
-- a stream that had no breakdown until lately: the totals of the rows by country do not count beside them; what
-- they do not add up to is a country not known
CREATE TABLE connector.mixed (ad_id text, country text, date_start date, clicks bigint, impressions bigint);
INSERT INTO connector.mixed VALUES ('1', NULL, '2026-03-01', 50, 900), ('1', NULL, '2026-03-02', 98, 54055), ('1', 'US', '2026-03-02', 60, 54000), ('1', 'CA', '2026-03-02', 38, 55),
	('2', NULL, '2026-03-02', 5, 100), ('2', 'US', '2026-03-02', 4, 90);
INSERT INTO ad_sources VALUES ('mixed', 'load_airbyte', 'connector.mixed');
CALL load_ads('-infinity', 'mixed');
SELECT day, ad_id, country, clicks_total(clicks), impressions FROM ad_daily WHERE source = 'mixed'
ORDER BY day, ad_id, country;
DELETE FROM ad_sources WHERE source = 'mixed';
DELETE FROM ad_daily WHERE source = 'mixed';
-- a stream of campaigns that became one of ads: campaigns of which there are ads do not count beside them
CREATE TABLE connector.levels (account_id text, campaign_id text, adset_id text, ad_id text, date_start date,
                               clicks bigint);
INSERT INTO connector.levels VALUES ('17', '1', NULL, NULL, '2026-03-01', 30), ('17', '1', NULL, NULL, '2026-03-02', 31), ('17', '2', NULL, NULL, '2026-03-02', 7),
	('17', '1', '11', '31', '2026-03-02', 20), ('17', '1', '11', '32', '2026-03-02', 10), ('17', '1', '11', NULL, '2026-03-02', 30), ('17', NULL, NULL, NULL, '2026-03-02', 38), ('18', NULL, NULL, NULL, '2026-03-02', 4);
INSERT INTO ad_sources VALUES ('levels', 'load_airbyte', 'connector.levels');
CALL load_ads('-infinity', 'levels');
SELECT day, level, account_id, campaign_id, ad_id, clicks_total(clicks) FROM ad_daily WHERE source = 'levels'
ORDER BY day, account_id, campaign_id, ad_id;
DELETE FROM ad_sources WHERE source = 'levels';
DELETE FROM ad_daily WHERE source = 'levels';
-- whatever the connector does and however often it is loaded: a load since a day, day by day, is a load since ever
CREATE SCHEMA full_load;
\set ECHO none
SET search_path = full_load, public, clicks;
\i :template
SET search_path = examples_loads, public, clicks;
\set ECHO all
CREATE FUNCTION dice(sides integer, key text) RETURNS integer
	LANGUAGE sql RETURN ('x' || left(md5(key), 7))::bit(28)::integer % sides;
TRUNCATE ad_daily;
CREATE FUNCTION rounds_that_differ() RETURNS TABLE (round integer, rows bigint, differ bigint) LANGUAGE plpgsql AS $$
DECLARE
	since date;
BEGIN
	UPDATE ad_sources SET relation = 'connector.random' WHERE source = 'airbyte';
	UPDATE full_load.ad_sources SET relation = 'connector.random' WHERE source = 'airbyte';
	CREATE TABLE connector.random (ad_id text, ad_name text, campaign_id text, campaign_name text, date_start date,
	                               date_stop date, clicks bigint, spend numeric, _airbyte_extracted_at timestamptz);
	FOR n IN 1..12 LOOP
		since := CASE n WHEN 1 THEN '-infinity' ELSE date '2026-03-01' + n - 1 - dice(6, 'since' || n) END;
		-- restated, added, renamed
		INSERT INTO connector.random
			SELECT ad, 'Ad ' || ad || CASE dice(3, 'name' || n || ad) WHEN 0 THEN ' v' || n ELSE '' END, ad % 3,
			       'Campaign ' || ad % 3 || CASE WHEN n > 6 THEN ' new' ELSE '' END,
				day, day + CASE dice(20, 'week' || ad || day) WHEN 0 THEN 6 ELSE 0 END, dice(50, concat(n, ad, day)),
				dice(500, concat('s', n, ad, day)) / 100.0, timestamptz '2026-04-01Z' + n * interval '1 day'
			FROM generate_series(1, 9) AS ad,
			     generate_series(greatest(since, date '2026-02-25'), date '2026-03-01' + n, '1 day') AS days, LATERAL (SELECT days::date) AS d(day)
			WHERE dice(3, concat(n, 'row', ad, day)) > 0;
		-- gone
		DELETE FROM connector.random WHERE date_start >= since AND dice(7, concat(n, 'gone', ad_id, date_start)) = 0;
		EXECUTE format('CALL load_ads(%L, %L)', since, 'airbyte');
		TRUNCATE full_load.ad_daily, full_load.ad_periods;
		EXECUTE format('CALL full_load.load_ads(%L, %L)', '-infinity', 'airbyte');
		round := n;
		SELECT count(*) INTO rows FROM full_load.ad_daily;
		SELECT count(*) INTO differ FROM (
			SELECT day, day AS last_day, row_key, ad, campaign, clicks, spend
			FROM ad_daily FULL JOIN full_load.ad_daily AS whole USING (day, row_key, ad, campaign, clicks, spend)
			WHERE ad_daily.source IS NULL OR whole.source IS NULL
			UNION ALL SELECT first_day, last_day, row_key, ad, campaign, clicks, spend
			FROM ad_periods FULL JOIN full_load.ad_periods AS whole
				USING (first_day, last_day, row_key, ad, campaign, clicks, spend)
			WHERE ad_periods.source IS NULL OR whole.source IS NULL) AS different;
		RETURN NEXT;
	END LOOP;
END
$$;
SELECT * FROM rounds_that_differ();
UPDATE ad_sources SET relation = 'connector.ads_insights' WHERE source = 'airbyte';
CALL load_ads('-infinity', 'airbyte');
DROP SCHEMA full_load CASCADE;
-- two streams side by side, each with its own rows; one at a time
\set ECHO none
\set stream connector.other
\set source other
CREATE TABLE connector.other AS SELECT 71 AS ad_id, date '2026-03-02' AS date_start, 3 AS clicks;
\i :template
\set ECHO all
CALL load_ads('-infinity', 'other');
SELECT source, ad_id, clicks_total(clicks) FROM ad_daily ORDER BY source;
CALL load_ads('-infinity', 'nobody');
-- the file can be run again, and forgets nothing
\set ECHO none
\i :template
\set ECHO all
SELECT source, relation FROM ad_sources ORDER BY source;
CALL load_ads('-infinity');
-- nobody writes what is no amount
\set VERBOSITY terse
INSERT INTO ad_daily (day, spend) VALUES ('2026-03-02', 'NaN');
INSERT INTO ad_daily (day, purchases) VALUES ('2026-03-02', 'Infinity');
INSERT INTO ad_breakdowns (breakdown, day, spend) VALUES ('country', '2026-03-02', '-Infinity');
\set VERBOSITY default
-- what everything is for is told
SELECT c.relname, count(*) FILTER (WHERE col_description(c.oid, attnum) IS NULL) AS columns_not_described,
       obj_description(c.oid) IS NOT NULL AS itself
FROM pg_class AS c JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
WHERE relkind = 'r' AND relnamespace = 'examples_loads'::regnamespace GROUP BY c.oid, c.relname ORDER BY 1;
SELECT proname AS not_described FROM pg_proc WHERE pronamespace = 'examples_loads'::regnamespace AND obj_description(oid) IS NULL;
-- the tables can be partitioned by month
ALTER TABLE ad_daily RENAME TO ad_daily_plain;
CREATE TABLE ad_daily (LIKE ad_daily_plain INCLUDING ALL) PARTITION BY RANGE (day);
CREATE TABLE ad_daily_early PARTITION OF ad_daily FOR VALUES FROM (MINVALUE) TO ('2026-03-02');
CREATE TABLE ad_daily_march PARTITION OF ad_daily FOR VALUES FROM ('2026-03-02') TO ('2026-04-01');
CALL load_ads('-infinity');
CALL load_ads('-infinity');
SELECT tableoid::regclass, count(*) FROM ad_daily GROUP BY 1;
DROP SCHEMA examples_loads, connector CASCADE;
