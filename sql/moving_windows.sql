-- moving windows give what a frame by itself gives, to the last digit

SELECT setseed(0.5);
CREATE TEMP TABLE ads AS
	SELECT n, n / 3 AS day, n % 4 AS campaign,
	       CASE WHEN random() < 0.7 THEN (random() * 100 - 20)::bigint END AS clicks,
	       CASE WHEN random() < 0.8 THEN (random() * 9000 - 500)::bigint END AS impressions,
	       CASE WHEN random() < 0.7 THEN round((random() * 900 - 100)::numeric, floor(random() ^ 3 * 8)::int)
	       END AS spend,
	       CASE WHEN random() < 0.7 THEN
	           ('(' || (SELECT string_agg(field, ',')
	                    FROM (SELECT CASE WHEN random() < 0.15 + n * 0 THEN (random() * 90 - 9)::int::text ELSE '' END
	                          FROM generate_series(1, 20)) f (field)) || ')')::click_counts END AS counts,
	       CASE WHEN random() < 0.8 THEN (enum_range(NULL::click_type))[1 + floor(random() * 20)::int] END AS type
	FROM generate_series(1, 200) n;
SELECT count(DISTINCT scale(spend)) > 4 AS many_scales,
       count(*) FILTER (WHERE clicks IS NULL AND impressions IS NULL AND spend IS NULL) > 0 AS empty_rows,
       count(DISTINCT num_nonnulls((counts).link, (counts).outbound)) = 3 AS some_fields
FROM ads;

CREATE TEMP TABLE calls (call text);
INSERT INTO calls VALUES
	('clicks_all(clicks)'), ('clicks_all(clicks::smallint)'), ('clicks_all(clicks::integer)'), ('clicks_all(clicks::real)'),
	('clicks_all(clicks::float8)'), ('clicks_all(clicks::numeric)'), ('clicks_all(clicks::text)'), ('clicks_all(counts)'), ('clicks_all(type)'),
	('sum(counts)'), ('click_counts_agg(type)'), ('click_counts_agg(type, clicks)'),
	('ctr(clicks, impressions)'), ('ctr(clicks::numeric, impressions::numeric)'), ('ctr(counts, impressions)'), ('ctr(clicks::text, impressions)'),
	('cpc(spend, clicks)'), ('cpc(spend::float8, clicks)'), ('cpc(spend, counts)'), ('cpc(spend, clicks, ''EUR'')'),
	('ad_metrics(clicks, impressions, spend)'), ('ad_metrics(clicks::integer, impressions::integer, spend::float8)'),
	('ad_metrics(counts, impressions, spend)'), ('ad_metrics(clicks, impressions, spend, CASE WHEN n % 7 > 0 THEN ''EUR '' ELSE ''EUR'' END)');

-- over a frame of rows that moves, of values, of groups of peers; forwards only, backwards only, wide and narrow
CREATE TEMP TABLE frames (frame text);
INSERT INTO frames VALUES
	('ORDER BY n ROWS 6 PRECEDING'), ('ORDER BY n ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING'), ('ORDER BY n ROWS BETWEEN CURRENT ROW AND 9 FOLLOWING'),
	('ORDER BY n ROWS BETWEEN 30 PRECEDING AND 25 PRECEDING'), ('ORDER BY n ROWS BETWEEN 2 FOLLOWING AND 4 FOLLOWING'), ('ORDER BY n ROWS CURRENT ROW'),
	('ORDER BY n'), ('ORDER BY day'), ('ORDER BY n ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'), ('PARTITION BY campaign'),
	('PARTITION BY campaign ORDER BY n DESC ROWS 11 PRECEDING'),
	('ORDER BY day RANGE BETWEEN 2 PRECEDING AND CURRENT ROW'), ('ORDER BY day RANGE BETWEEN 5 FOLLOWING AND 7 FOLLOWING'),
	('ORDER BY day GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING'), ('PARTITION BY campaign ORDER BY day GROUPS BETWEEN 3 PRECEDING AND 1 PRECEDING'),
	('ORDER BY n ROWS BETWEEN 4 PRECEDING AND 4 FOLLOWING EXCLUDE CURRENT ROW'), ('ORDER BY day ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE GROUP'),
	('ORDER BY day RANGE BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE TIES'), ('ORDER BY n ROWS BETWEEN 9 PRECEDING AND 1 PRECEDING EXCLUDE NO OTHERS');


-- who is in the frame of each row; nobody is a row of NULL
CREATE TEMP TABLE members (frame text, n integer, member integer);
DO $$
DECLARE
	frame text;
BEGIN
	FOR frame IN SELECT f.frame FROM frames f LOOP
		EXECUTE format('INSERT INTO members SELECT %L, n, member
			FROM (SELECT n, array_agg(n) OVER (%s) AS list FROM ads) f
			LEFT JOIN unnest(list) member ON true', frame, frame);
	END LOOP;
END $$;

-- rows in which an aggregate over a moving frame differs from the same aggregate over the members of the frame
CREATE FUNCTION pg_temp.failures(call text, OUT rows_compared bigint, OUT failures bigint) LANGUAGE plpgsql
	SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
	frame text;
	compared bigint;
	different bigint;
BEGIN
	rows_compared := 0;
	failures := 0;
	EXECUTE format('CREATE TEMP TABLE expected AS
		SELECT frame, m.n, (%s)::text AS result FROM members m LEFT JOIN ads ON ads.n = member GROUP BY frame, m.n',
		replace(call, 'n %', 'ads.n %'));
	FOR frame IN SELECT f.frame FROM frames f LOOP
		EXECUTE format('SELECT count(*), count(*) FILTER (WHERE moving IS DISTINCT FROM result)
			FROM (SELECT n, (%s OVER (%s))::text AS moving FROM ads) m JOIN expected USING (n)
			WHERE frame = $1', call, frame)
		INTO compared, different USING frame;
		rows_compared := rows_compared + compared;
		failures := failures + different;
	END LOOP;
	DROP TABLE expected;
END $$;
SELECT count(*) AS calls, sum(rows_compared) AS rows_compared, sum(failures) AS failures
FROM calls, pg_temp.failures(call);

-- FILTER leaves rows out of a moving frame
SELECT count(*) AS rows_compared, count(*) FILTER (WHERE moving IS DISTINCT FROM (
	SELECT ad_metrics(clicks, impressions, spend) FROM ads m
	WHERE m.n BETWEEN f.n - 5 AND f.n AND m.campaign <> 2)) AS failures
FROM (SELECT n, ad_metrics(clicks, impressions, spend) FILTER (WHERE campaign <> 2)
      OVER (ORDER BY n ROWS 5 PRECEDING) AS moving FROM ads) f;


-- the scale of a sum is that of what is left: nothing remains of decimals that have gone
SELECT n, (ad_metrics(1, 1, spend) OVER (ORDER BY n ROWS 1 PRECEDING)).spend
FROM (VALUES (1, 1.0000), (2, 2.0), (3, 3.00), (4, 4), (5, 5), (6, 6.5), (7, NULL), (8, NULL), (9, 7)) v(n, spend)
ORDER BY n;
SELECT n, (ad_metrics(1, 1, spend) OVER (ORDER BY n ROWS 2 PRECEDING)).spend
FROM (VALUES (1, 1.5::float8), (2, 0.25), (3, 2), (4, 3), (5, 4), (6, 0.1), (7, 0.2)) v(n, spend) ORDER BY n;

-- what overflows has only to leave the frame; a result that does not fit is an error
SELECT n, clicks_all(clicks) OVER (ORDER BY n ROWS 2 PRECEDING)
FROM (VALUES (1, 9223372036854775807), (2, -5), (3, 5), (4, -9223372036854775807),
      (5, 9223372036854775807)) v(n, clicks) ORDER BY n;
SELECT n, clicks_all(clicks) OVER (ORDER BY n ROWS 1 PRECEDING)
FROM (VALUES (1, 9223372036854775807), (2, 1)) v(n, clicks);
\echo :SQLSTATE
SELECT n, sum(c) OVER (ORDER BY n ROWS 1 PRECEDING), clicks_all(c) OVER (ORDER BY n ROWS 1 PRECEDING)
FROM (VALUES (1, click_counts(link => 9223372036854775807)), (2, click_counts(link => -1, phone => 2)), (3, NULL),
      (4, click_counts(photo => 0))) v(n, c) ORDER BY n;
