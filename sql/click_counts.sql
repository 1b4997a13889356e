-- click_counts: constructor, total, operators, breakdown
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- the state of errors, for queries that are made up here
CREATE TEMP VIEW fields AS
	SELECT attname AS field, attnum AS place, attname::text::click_type AS type
	FROM pg_attribute WHERE attrelid = 'click_counts'::regclass AND attnum > 0;

-- the worked example: 200 + 50 + 30 + 20 + 10 + 5 = 315
SELECT clicks_total(click_counts(link => 200, see_more => 50, photo => 30, page => 20, cta => 10,
                                 video => 5)) AS example;

-- the constructor: every argument is a number of any type, NULL unless given, and named as its field
SELECT pronargs, pronargdefaults, provolatile, proisstrict, proparallel,
       proargtypes = array_to_string(array_fill('any_number'::regtype::oid, '{20}'), ' ')::oidvector AS all_numbers,
       proargnames = (SELECT array_agg(field::text ORDER BY place) FROM fields) AS named_as_fields
FROM pg_proc WHERE proname = 'click_counts';
SELECT click_counts() AS nothing, click_counts(1) AS by_place, click_counts(NULL, 2) AS with_null,
       click_counts(outbound => 9, link => 1) AS by_name;
\set VERBOSITY terse
SELECT click_counts(swipe => 1);
\set VERBOSITY default
\echo :SQLSTATE
SELECT click_counts(link => 1.5);
\echo :SQLSTATE

-- integers and constants go as bigint, which saves a detour over numeric; the answer is the same
CREATE TEMP TABLE integers AS
	SELECT nullif(n % 7, 5)::smallint AS small, (n * 7919) % 1000 - 300 AS whole,
	       nullif(n % 3, 1) * 9007199254740993 AS big, n::numeric AS exact, n::float8 AS double, n::text AS text
	FROM generate_series(1, 500) n;
SELECT call, plan LIKE '%click_counts_of_bigint(%' AS as_bigint
FROM unnest('{"small, whole, big","link => big, other => 0","link => nullif(whole, 3)","3.00, big","big, 1.5"}'::text[]
            || '{"exact, big","double, big","text, big","big, 9223372036854775808"}') call,
     pg_temp.plan_of(format('SELECT click_counts(%s) FROM integers', call), 'VERBOSE, COSTS OFF') plan;
SELECT pg_temp.all_equal(click_counts(small, big, outbound => whole, cta => -7, page => 5.0),
                         click_counts(small::numeric, big::numeric, outbound => whole::numeric, cta => -7, page => 5.0))
	AS same
FROM integers;
SELECT click_counts(whole, 1.5) FROM integers;
SELECT click_counts(whole, 9223372036854775808) FROM integers;

-- sums of bigint are numeric, connectors leave text and double precision: all are taken, exactly, and must fit
SELECT click_counts(link => sum(n), photo => sum(n)::float8, page => max(n)::text, cta => min(n)::smallint,
                    video => '3', reaction => NULL) FROM generate_series(1, 9007199254740993::bigint, 9007199254740992) n;
SELECT click_counts(link => 9223372036854775807.0, photo => -9223372036854775808);
SELECT click_counts(photo => 9223372036854775808);
\echo :SQLSTATE
SELECT click_counts(photo => 'NaN'::float8);
\echo :SQLSTATE
SELECT click_counts(photo => 1e40);
\echo :SQLSTATE
SELECT click_counts(photo => 'link'::text);
\echo :SQLSTATE
-- with constants it is one constant
CREATE TEMP TABLE ad_rows (a bigint, b integer);
INSERT INTO ad_rows VALUES (1, 2), (NULL, 3);
SELECT plan LIKE '%''(1,,2,,,,,,,,,,,,,,,,,)''::click_counts%' AS constant
FROM pg_temp.plan_of('SELECT click_counts(link => 1, photo => 2) FROM ad_rows', 'VERBOSE, COSTS OFF') plan;
SELECT click_counts(link => a, photo => b) FROM ad_rows;

-- each field by itself: where it is put, what it adds to the total, what the breakdown calls it
SELECT count(*) AS fields,
       pg_temp.all_equal(pg_temp.outcome(format('SELECT (click_counts(%I => 7)).%I', field, field)), '7') AS stored,
       pg_temp.all_equal(pg_temp.outcome(format('SELECT click_counts(%I => 7)::text', field)),
                '(' || repeat(',', place - 1) || '7' || repeat(',', 20 - place) || ')') AS alone,
       pg_temp.all_equal(pg_temp.outcome(format('SELECT clicks_total(click_counts(%I => 7))', field)),
                CASE WHEN is_counted(type) THEN '7' ELSE 'NULL' END) AS total,
       pg_temp.all_equal(pg_temp.outcome(format('SELECT click_breakdown(click_counts(%I => 7))', field)),
                format('(%s,7,%s)', field, CASE WHEN is_counted(type) THEN '100.0000000000000000' END)) AS breakdown
FROM fields;

-- all fields, each a power of two: the total is that of the counted ones
SELECT clicks_total(powers) AS total, 2 ^ 11 - 1 AS counted,
       (SELECT pg_temp.all_equal(clicks, 2 ^ (place - 1))
        FROM click_breakdown(powers) JOIN fields ON type = click_type) AS breakdown,
       (SELECT array_agg(click_type) = enum_range(NULL::click_type) FROM click_breakdown(powers)) AS in_order
FROM (SELECT ('(' || string_agg((2 ^ (place - 1))::text, ',' ORDER BY place) || ')')::click_counts AS powers FROM fields) p;

-- every pattern of NULLs: reported fields only, whatever the bitmap is
SELECT count(*) AS patterns,
       pg_temp.all_equal(clicks_total(counts), total) AS total,
       pg_temp.all_equal((SELECT coalesce(string_agg(click_type || clicks::text, ' '), '')
                          FROM click_breakdown(counts)), breakdown) AS breakdown
FROM (SELECT ('(' || string_agg(CASE WHEN reported THEN clicks::text ELSE '' END, ',' ORDER BY place)
              || ')')::click_counts AS counts,
             sum(clicks) FILTER (WHERE reported AND is_counted(type)) AS total,
             coalesce(string_agg(type || clicks::text, ' ' ORDER BY place) FILTER (WHERE reported), '') AS breakdown
      FROM generate_series(0, 1048575, 211) pattern
      CROSS JOIN LATERAL (SELECT place, type, place * 1000 + pattern % 7 AS clicks,
                          (pattern >> (place - 1)) & 1 = 1 AS reported FROM fields) f
      GROUP BY pattern) p;

-- NULL is not reported, 0 is: a total of memo types only is unknown, not 0
SELECT clicks_total(NULL) IS NULL AS of_null, clicks_total(click_counts()) IS NULL AS of_nothing,
       clicks_total(click_counts(phone => 5, outbound => 3)) IS NULL AS of_memo_types,
       clicks_total(click_counts(link => 0)) AS of_zero,
       clicks_total(click_counts(link => 2, phone => 5)) AS without_memo;

-- 14 of the traps: an opened Instant Experience and clicks out of it are not clicks twice
SELECT clicks_total(click_counts(link => 100, ix_open => 100, ix_outbound => 130, outbound => 130)) AS link_only;

-- negative corrections are legal
SELECT clicks_total(click_counts(link => -3, other => 1)) AS negative;

-- overflow: of the total only, and only if the total does not fit
SELECT clicks_total(click_counts(link => 9223372036854775807, photo => 1, page => -1)) AS fits,
       clicks_total(click_counts(link => -9223372036854775808)) AS lowest,
       clicks_total(click_counts(link => 9223372036854775807, phone => 1)) AS memo_is_not_in_it;
SELECT clicks_total(click_counts(link => 9223372036854775807, other => 1));
\echo :SQLSTATE
SELECT clicks_total(click_counts(link => -9223372036854775808, other => -1));
\echo :SQLSTATE

-- + and -: field by field; a type that only one side reports is 0 on the other
SELECT click_counts(link => 5, photo => 2) + click_counts(link => 1, page => 7) AS plus,
       click_counts(link => 5, photo => 2) - click_counts(link => 1, page => 7) AS minus,
       click_counts() + click_counts() AS nothing,
       click_counts() - click_counts(phone => 4) AS negative;
-- a NULL row is one in which nothing is reported
SELECT click_counts(link => 5) + NULL AS plus_null, NULL + click_counts(link => 5) AS null_plus,
       click_counts(link => 5) - NULL AS minus_null, NULL - click_counts(link => 5) AS null_minus,
       NULL::click_counts + NULL AS both, click_counts() + NULL AS none_reported,
       click_counts(link => 5) - click_counts() AS minus_none;
SELECT oprcom = oid AS plus_commutes FROM pg_operator WHERE oprname = '+' AND oprleft = 'click_counts'::regtype;

-- the operators against field by field SQL, with random NULLs
SELECT setseed(0.1);
CREATE TEMP TABLE pairs AS
	SELECT i, ('(' || string_agg(CASE WHEN random() < 0.6 THEN (random() * 1000 - 300)::int::text ELSE '' END, ',')
	           || ')')::click_counts AS a,
	       ('(' || string_agg(CASE WHEN random() < 0.6 THEN (random() * 1000 - 300)::int::text ELSE '' END, ',')
	        || ')')::click_counts AS b
	FROM generate_series(1, 2000) i, generate_series(1, 20) GROUP BY i;
SELECT count(*) AS pairs,
       pg_temp.all_equal((a + b)::text, plus) AS plus, pg_temp.all_equal((a - b)::text, minus) AS minus,
       pg_temp.all_equal(a + b, b + a) AS commutes, pg_temp.all_equal(a + b - b, a + (b - b)) AS undone
FROM pairs, LATERAL (
	SELECT '(' || string_agg(coalesce((CASE WHEN x IS NULL AND y IS NULL THEN NULL
	                                   ELSE coalesce(x, 0) + coalesce(y, 0) END)::text, ''), ',' ORDER BY place) || ')' AS plus,
	       '(' || string_agg(coalesce((CASE WHEN x IS NULL AND y IS NULL THEN NULL
	                                   ELSE coalesce(x, 0) - coalesce(y, 0) END)::text, ''), ',' ORDER BY place) || ')' AS minus
	FROM fields, LATERAL (SELECT (to_jsonb(a) ->> field)::bigint AS x,
	                      (to_jsonb(b) ->> field)::bigint AS y) v) expected;

-- an overflow names the type of click
SELECT click_counts(photo => 9223372036854775807) + click_counts(photo => 1);
\echo :SQLSTATE
SELECT click_counts(outbound => -9223372036854775808) - click_counts(outbound => 1);
\echo :SQLSTATE
SELECT click_counts() - click_counts(link => -9223372036854775808);
\echo :SQLSTATE
SELECT count(*) AS fields,
       pg_temp.all_equal(pg_temp.outcome(format('SELECT click_counts(%I => 9223372036854775807) + click_counts(%I => 1)', field, field)),
                format('22003: number of clicks of type "%s" 9223372036854775808 is out of range for type bigint', field)) AS named
FROM fields;

-- the breakdown: counted types first, shares of Clicks (All) in percent
SELECT click_type, clicks, round(share, 4) AS share
FROM click_breakdown(click_counts(link => 200, see_more => 50, photo => 30, page => 20, cta => 10, video => 5,
                                  phone => 63));
SELECT pg_typeof(click_type), pg_typeof(clicks), pg_typeof(share) FROM click_breakdown(click_counts(link => 1));
-- a negative "other" is shown, so are shares beyond 100 percent
SELECT click_type, clicks, share FROM click_breakdown(click_counts(link => 6, other => -2, outbound => 8));
-- no share without a total: no counted type, or a total of 0
SELECT * FROM click_breakdown(click_counts(phone => 3));
SELECT * FROM click_breakdown(click_counts(link => 3, other => -3));
SELECT * FROM click_breakdown(click_counts(link => 0));
-- a total beyond bigint still has shares
SELECT click_type, clicks, share
FROM click_breakdown(click_counts(link => 9223372036854775807, other => 9223372036854775807));
-- nothing reported, nothing to show
SELECT count(*) AS rows_of_nothing FROM click_breakdown(click_counts());
SELECT count(*) AS rows_of_null FROM click_breakdown(NULL);
-- in a select list, laterally, and cut short
SELECT (click_breakdown(click_counts(link => 3, page => 1))).clicks;
SELECT i, click_type, clicks FROM generate_series(1, 2) i, click_breakdown(click_counts(link => i, share => i * 10))
ORDER BY i, click_type;
SELECT click_breakdown(click_counts(link => 3, page => 1)) LIMIT 1;
SELECT count(*) AS many FROM generate_series(1, 5000), click_breakdown(click_counts(1, 2, 3, 4, 5));
