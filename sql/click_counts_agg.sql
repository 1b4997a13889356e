-- sum, clicks_all and click_counts_agg over click_counts and click_type
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

CREATE TEMP VIEW fields AS
	SELECT attname AS field, attnum AS place, attname::text::click_type AS type
	FROM pg_attribute WHERE attrelid = 'click_counts'::regclass AND attnum > 0;

-- sum: field by field, NULL only where every row has NULL
SELECT sum(c) AS sum, clicks_all(c) AS clicks_all
FROM (VALUES (click_counts(link => 200, photo => 1)), (click_counts(link => 5, phone => 9)), (NULL),
      (click_counts(page => 0))) v(c);

-- empty groups, groups of NULL, groups of rows that report nothing
SELECT sum(c) IS NULL AS sum, clicks_all(c) IS NULL AS clicks_all FROM (SELECT click_counts(1) AS c WHERE false) v;
SELECT sum(c) IS NULL AS sum, clicks_all(c) IS NULL AS clicks_all FROM (VALUES (NULL::click_counts), (NULL)) v(c);
SELECT sum(c) IS NULL AS sum, clicks_all(c) IS NULL AS clicks_all FROM (VALUES (click_counts()), (click_counts())) v(c);
-- memo types are summed, but are not clicks; unknown clicks are NULL and no clicks are 0
SELECT sum(c), clicks_all(c) IS NULL AS clicks_unknown
FROM (VALUES (click_counts(phone => 2)), (click_counts(phone => 3))) v(c);
SELECT sum(c), clicks_all(c) AS no_clicks FROM (VALUES (click_counts(link => 0)), (click_counts(phone => 3))) v(c);
SELECT pg_typeof(sum(c)), pg_typeof(clicks_all(c)) FROM (VALUES (click_counts(1))) v(c);

-- rows of a type and a number of any type: sums of sums are numeric
SELECT click_counts_agg(type, n::smallint) AS smallint, click_counts_agg(type, n::integer) AS integer,
       click_counts_agg(type, n) AS bigint, click_counts_agg(type, n::numeric) AS numeric,
       click_counts_agg(type, n::float8) AS double, click_counts_agg(type, n::text) AS text,
       click_counts_agg('link', '5') AS literals
FROM (VALUES ('link'::click_type, 5::bigint), ('photo', 2), ('link', 3), ('outbound', NULL), (NULL, 7)) v(type, n);
SELECT click_counts_agg(type, total)
FROM (SELECT type, sum(9007199254740993) AS total FROM unnest('{link,link,photo}'::click_type[]) type GROUP BY type) v;
SELECT click_counts_agg(type, n) OVER (ORDER BY n ROWS 1 PRECEDING)
FROM (VALUES ('link'::click_type, 5.0), ('photo', 2.0), ('link', 3.0)) v(type, n);
SELECT click_counts_agg('photo', 2.5);
\echo :SQLSTATE

-- core sum() is not disturbed by the overload
SELECT sum(1::smallint), sum(1), sum(1::bigint), sum(1.5), sum(1.5::float8), sum('1'::money) IS NOT NULL AS money,
       sum('1 day'::interval);

-- events: NULL is no event; memo types are events, but not clicks
SELECT click_counts_agg(type) AS by_type, clicks_all(type) AS clicks_all
FROM (VALUES ('link'::click_type), ('link'), ('photo'), ('phone'), (NULL), ('outbound')) v(type);
SELECT click_counts_agg(type), clicks_all(type) AS no_clicks FROM (VALUES ('phone'::click_type), ('outbound')) v(type);
SELECT click_counts_agg(type) IS NULL AS by_type, clicks_all(type) IS NULL AS clicks_all
FROM (VALUES (NULL::click_type), (NULL)) v(type);
SELECT click_counts_agg(type) IS NULL AS by_type, clicks_all(type) IS NULL AS clicks_all
FROM (SELECT 'link'::click_type WHERE false) v(type);
SELECT clicks_all(type) AS eleven, clicks_total(click_counts_agg(type)) AS too, click_counts_agg(type) AS each
FROM unnest(enum_range(NULL::click_type)) type;

-- long rows (type, clicks): a row with a NULL is none, 0 and negative are clicks reported
SELECT click_counts_agg(type, clicks)
FROM (VALUES ('link'::click_type, 200), ('see_more', 50), ('photo', 30), ('page', 20), ('cta', 10), ('video', 5),
             ('link', NULL), (NULL, 7), ('share', 0), ('other', -4), ('phone', 63)) v(type, clicks);
SELECT clicks_total(click_counts_agg(type, clicks)) AS example
FROM (VALUES ('link'::click_type, 200), ('see_more', 50), ('photo', 30), ('page', 20), ('cta', 10), ('video', 5)) v(type, clicks);
SELECT click_counts_agg(type, clicks) IS NULL AS nothing
FROM (VALUES ('link'::click_type, NULL::bigint), (NULL, 1)) v(type, clicks);
SELECT click_counts_agg('link', 3::smallint) AS smallint, click_counts_agg('link', 3) AS integer, click_counts_agg('link', '3') AS untyped;

-- against field by field SQL, in many groups, with every field NULL now and then
SELECT setseed(0.3);
CREATE TEMP TABLE ad_rows AS
	SELECT i, i % 700 AS campaign,
	       CASE WHEN random() < 0.9 THEN
	           ('(' || string_agg(CASE WHEN random() < (i % 10) / 10.0 THEN (random() * 2000 - 500)::int::text
	                              ELSE '' END, ',') || ')')::click_counts END AS clicks
	FROM generate_series(1, 4000) i, generate_series(1, 20) GROUP BY i;
CREATE TEMP TABLE long_rows AS
	SELECT i, campaign, click_type, b.clicks FROM ad_rows, click_breakdown(clicks) b;
SELECT count(*) AS campaigns, count(*) FILTER (WHERE clicks_all IS NULL) > 0 AS some_unknown,
       pg_temp.all_equal(clicks_all, by_hand) AS clicks_all,
       pg_temp.all_equal(total, by_hand) AS clicks_total_of_sum
FROM (SELECT clicks_all(clicks), clicks_total(sum(clicks)) AS total,
             sum(coalesce((clicks).link, 0) + coalesce((clicks).see_more, 0) + coalesce((clicks).photo, 0)
                 + coalesce((clicks).page, 0) + coalesce((clicks).cta, 0)
                 + coalesce((clicks).video, 0) + coalesce((clicks).reaction, 0)
                 + coalesce((clicks).comment, 0)
                 + coalesce((clicks).share, 0) + coalesce((clicks).page_like, 0) + coalesce((clicks).other, 0))
             FILTER (WHERE num_nonnulls((clicks).link, (clicks).see_more, (clicks).photo, (clicks).page, (clicks).cta,
                                        (clicks).video,
                 (clicks).reaction, (clicks).comment, (clicks).share, (clicks).page_like,
                 (clicks).other) > 0) AS by_hand
      FROM ad_rows GROUP BY campaign) g;
SELECT count(*) AS campaigns, pg_temp.all_equal(summed, by_hand) AS sum,
       pg_temp.all_equal(pivoted, summed) AS click_counts_agg
FROM (SELECT campaign, sum(clicks) AS summed FROM ad_rows GROUP BY campaign) s
LEFT JOIN (SELECT campaign, click_counts_agg(click_type, clicks) AS pivoted,
                  ('(' || array_to_string(ARRAY(SELECT sum(clicks) FILTER (WHERE click_type = type)
                   FROM fields, (SELECT l.click_type, l.clicks FROM long_rows l WHERE l.campaign = o.campaign) g
                   GROUP BY place ORDER BY place), ',', '') || ')')::click_counts AS by_hand
           FROM long_rows o GROUP BY campaign) p USING (campaign);
-- as many events as there are clicks of each type
SELECT pg_temp.all_equal(events, clicks) AS events_are_clicks, count(*) AS types
FROM (SELECT click_type, count(*) AS events FROM long_rows, generate_series(1, clicks) WHERE i < 300 GROUP BY 1) e
JOIN click_breakdown((SELECT click_counts_agg(click_type) FROM long_rows, generate_series(1, clicks)
                      WHERE i < 300)) b USING (click_type);

-- a rollup of a rollup is the sum of the raw rows
SELECT sum(weekly) = (SELECT sum(clicks) FROM ad_rows) AS sum,
       clicks_all(weekly) = (SELECT clicks_all(clicks) FROM ad_rows) AS clicks_all
FROM (SELECT sum(daily) AS weekly
      FROM (SELECT campaign, i % 7 AS day, sum(clicks) AS daily FROM ad_rows GROUP BY 1, 2) d GROUP BY day) w;

-- FILTER, DISTINCT, ORDER BY, HAVING, subtotals
SELECT clicks_all(c) FILTER (WHERE n > 1) AS filtered, clicks_all(DISTINCT c) AS distinct,
       clicks_all(c ORDER BY n DESC) AS ordered,
       sum(DISTINCT c) AS sum_distinct, sum(c) FILTER (WHERE n > 9) IS NULL AS none
FROM (VALUES (1, click_counts(link => 5)), (2, click_counts(link => 5)), (3, click_counts(link => 5, photo => 1)),
      (4, NULL)) v(n, c);
SELECT clicks_all(DISTINCT type) AS distinct, click_counts_agg(DISTINCT type) AS distinct_types,
       click_counts_agg(DISTINCT type, n) AS distinct_rows, clicks_all(type) FILTER (WHERE n > 1) AS filtered
FROM (VALUES ('link'::click_type, 1), ('link', 1), ('link', 2), ('phone', 3)) v(type, n);
SELECT count(*) AS campaigns, pg_temp.all_equal(rolled, direct) AS subtotals
FROM (SELECT campaign % 10 AS campaign, i % 7 AS day, grouping(campaign % 10, i % 7) AS level,
      clicks_all(clicks) AS rolled
      FROM ad_rows GROUP BY CUBE (1, 2)) c,
     LATERAL (SELECT clicks_all(clicks) AS direct FROM ad_rows a
              WHERE (level IN (2, 3) OR a.campaign % 10 = c.campaign) AND (level IN (1, 3) OR a.i % 7 = day)) d;
SELECT count(*) > 100 AS some, pg_temp.all_hold(total > 0, total, 'more than 0') AS having
FROM (SELECT sum(clicks_total(clicks)) AS total FROM ad_rows GROUP BY campaign
      HAVING clicks_all(clicks) > 0 AND clicks_total(sum(clicks)) > 0) h;

-- overflow: only of a result, never on the way to it
SELECT sum(c), clicks_all(c) AS clicks_all
FROM (VALUES (click_counts(link => 9223372036854775807)), (click_counts(link => 9223372036854775807)),
             (click_counts(link => -9223372036854775807)), (click_counts(photo => -1))) v(c);
-- Clicks (All) may fit where a field does not, and the other way round
SELECT clicks_all(c) AS fits
FROM (VALUES (click_counts(9223372036854775807, -9223372036854775807)),
      (click_counts(9223372036854775807, -9223372036854775807))) v(c);
SELECT sum(c) FROM (VALUES (click_counts(9223372036854775807, -9223372036854775807)),
                    (click_counts(9223372036854775807, -9223372036854775807))) v(c);
\echo :SQLSTATE
SELECT sum(c) AS fits FROM (VALUES (click_counts(9223372036854775807)), (click_counts(photo => 1))) v(c);
SELECT clicks_all(c) FROM (VALUES (click_counts(9223372036854775807)), (click_counts(photo => 1))) v(c);
\echo :SQLSTATE
SELECT click_counts_agg(type, clicks) FROM (VALUES ('video'::click_type, -9223372036854775808), ('video', -1)) v(type, clicks);
\echo :SQLSTATE
SELECT clicks_all(c) AS memo_overflow_is_not_asked_for
FROM (VALUES (click_counts(1, phone => 9223372036854775807)), (click_counts(1, phone => 1))) v(c);
SELECT count(*) AS fields,
       pg_temp.all_equal(pg_temp.outcome(format('SELECT sum(click_counts(%I => c)) FROM unnest(''{9223372036854775807,1}''::bigint[]) c', field)),
                format('22003: number of clicks of type "%s" 9223372036854775808 is out of range for type bigint', field)) AS named,
       pg_temp.all_equal(pg_temp.outcome(format('SELECT (sum(click_counts(%I => c))).%I FROM unnest(''{9223372036854775807,1,-1}''::bigint[]) c', field, field)),
                '9223372036854775807') AS at_the_end_only
FROM fields;
