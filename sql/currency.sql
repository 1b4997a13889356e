-- spend of one group has one currency: cpc(spend, clicks, currency), ad_metrics(clicks, impressions, spend, currency)
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks

-- what nobody should see: 100 clicks for 50 dollars, 100 clicks for 5000 yen
SELECT cpc(spend, clicks) AS meaningless FROM (VALUES (50.00, 100, 'USD'), (5000, 100, 'JPY')) v(spend, clicks, currency);
SELECT cpc(spend, clicks, currency) FROM (VALUES (50.00, 100, 'USD'), (5000, 100, 'JPY')) v(spend, clicks, currency);
\echo :SQLSTATE
SELECT (ad_metrics(clicks, 1000, spend, currency)).*
FROM (VALUES (50.00, 100, 'USD'), (5000, 100, 'JPY')) v(spend, clicks, currency);
\echo :SQLSTATE
-- what the hint says
SELECT currency, cpc(spend, clicks, currency), ad_metrics(clicks, 1000, spend, currency)
FROM (VALUES (50.00, 100, 'USD'), (5000, 100, 'JPY'), (25.00, 60, 'USD')) v(spend, clicks, currency) GROUP BY currency
ORDER BY currency;

-- no currency at all is one, too; beside a known one, NULL and blank are another
SELECT cpc(spend, clicks, currency)
FROM (VALUES (1.0, 2, NULL::text), (2.0, 2, NULL), (3.0, 2, ''), (4.0, 2, '   ')) v(spend, clicks, currency);
SELECT cpc(spend, clicks, currency) FROM (VALUES (1.0, 2, 'EUR'), (2.0, 2, NULL)) v(spend, clicks, currency);
\echo :SQLSTATE
SELECT cpc(spend, clicks, currency) FROM (VALUES (1.0, 2, ' '), (2.0, 2, 'EUR')) v(spend, clicks, currency);
\echo :SQLSTATE

-- a row without spend does not vote, whatever it names; a row that spent 0 does
SELECT cpc(spend, clicks, currency), ad_metrics(clicks, 10, spend, currency)
FROM (VALUES (NULL, 1, 'JPY'), (1.0, 2, 'EUR'), (NULL, 3, 'USD'), (NULL, 4, NULL), (2.0, NULL, 'EUR')) v(spend, clicks, currency);
SELECT cpc(spend, clicks, currency) FROM (VALUES (1.0, 2, 'EUR'), (0, 2, 'USD')) v(spend, clicks, currency);
\echo :SQLSTATE
SELECT cpc(spend, clicks, currency) FROM (VALUES (1.0, 2, 'EUR'), (2.0, NULL, 'USD')) v(spend, clicks, currency);
\echo :SQLSTATE
SELECT ad_metrics(clicks, 10, spend, currency) AS no_spend
FROM (VALUES (NULL::numeric, 1, 'JPY'), (NULL, 2, 'EUR')) v(spend, clicks, currency);
-- FILTER keeps rows out before they vote
SELECT cpc(spend, clicks, currency) FILTER (WHERE currency = 'EUR')
FROM (VALUES (1.0, 2, 'EUR'), (2.0, 3, 'USD')) v(spend, clicks, currency);

-- blanks around it do not matter, letters do; char(n) is padded with blanks
SELECT cpc(1.0, 2, currency) FROM unnest('{USD,"USD ","  USD","USD   "}'::text[]) currency;
SELECT cpc(1.0, 2, currency) FROM unnest('{USD,USD}'::char(10)[]) currency;
SELECT cpc(spend, clicks, currency)
FROM (VALUES (1.0, 2, 'EUR'::char(3)), (2.0, 2, ''), (2.0, 2, NULL)) v(spend, clicks, currency);
\echo :SQLSTATE
SELECT cpc(1.0, 2, currency) FROM unnest('{USD,usd}'::text[]) currency;
\echo :SQLSTATE
SELECT cpc(1.0, 2, currency) FROM unnest(ARRAY[E'USD\t', 'USD']) currency;
\echo :SQLSTATE
SELECT cpc(1.0, 2, currency) FROM unnest('{USD,USDT}'::text[]) currency;
\echo :SQLSTATE

-- 15 bytes are room for anything that names a currency; a longer one is refused, and not shown in full
SELECT cpc(1.0, 2, '123456789012345'), cpc(1.0, 2, '   123456789012345   ') AS with_blanks, cpc(1.0, 2, 'ユーロユー') AS fifteen_bytes;
SELECT cpc(1.0, 2, '1234567890123456');
\echo :SQLSTATE
SELECT cpc(1.0, 2, 'ユーロユーx');
\echo :SQLSTATE
SELECT length(pg_temp.outcome('SELECT cpc(1.0, 2, repeat(''x'', 1000000))')) < 150 AS cut,
       length(pg_temp.outcome('SELECT cpc(1.0, 2, repeat(''ユ'', 1000))')) < 150 AS cut_between_characters;
SELECT cpc(NULL::numeric, 2, repeat('x', 100)) IS NULL AS not_even_read;
-- toasted and compressed
CREATE TABLE stored_currencies (currency text, filler text);
ALTER TABLE stored_currencies ALTER currency SET STORAGE EXTERNAL, ALTER filler SET STORAGE PLAIN;
INSERT INTO stored_currencies SELECT 'USD' || repeat(' ', 3000 + i), repeat('x', 1900) FROM generate_series(1, 5) i;
SELECT cpc(1.0, 2, currency) FROM stored_currencies;
ALTER TABLE stored_currencies ALTER currency SET STORAGE MAIN;
UPDATE stored_currencies SET currency = currency || ' ';
SELECT cpc(1.0, 2, currency) FROM stored_currencies;
DROP TABLE stored_currencies;

-- every order of three rows meets the same answer, or complains
SELECT count(*) AS orders, count(DISTINCT answer) AS answers
FROM (SELECT pg_temp.outcome(format('SELECT ad_metrics(1, 1, s, y) FROM (VALUES %s, %s, %s) v(s, y)', a, b, c)) AS answer
      FROM (VALUES ('(1.5, ''EUR'')'), ('(NULL, ''USD'')'), ('(2.5, ''EUR'')')) x(a), (VALUES ('(1.5, ''EUR'')'), ('(NULL, ''USD'')'), ('(2.5, ''EUR'')')) y(b),
           (VALUES ('(1.5, ''EUR'')'), ('(NULL, ''USD'')'), ('(2.5, ''EUR'')')) z(c) WHERE a <> b AND b <> c AND a <> c) o;
SELECT count(*) AS orders, count(*) FILTER (WHERE answer LIKE '22023: cannot sum spend %') AS complaints
FROM (SELECT pg_temp.outcome(format('SELECT ad_metrics(1, 1, s, y) FROM (VALUES %s, %s, %s) v(s, y)', a, b, c)) AS answer
      FROM (VALUES ('(1.5, ''EUR'')'), ('(1, NULL)'), ('(2.5, ''EUR'')')) x(a), (VALUES ('(1.5, ''EUR'')'), ('(1, NULL)'), ('(2.5, ''EUR'')')) y(b),
           (VALUES ('(1.5, ''EUR'')'), ('(1, NULL)'), ('(2.5, ''EUR'')')) z(c) WHERE a <> b AND b <> c AND a <> c) o;

-- subtotals: of campaigns with one currency each there is a line each, but no total
SELECT campaign, cpc(spend, clicks, currency)
FROM (VALUES ('a', 1.0, 2, 'EUR'), ('b', 2.0, 3, 'USD')) v(campaign, spend, clicks, currency)
GROUP BY GROUPING SETS ((campaign)) ORDER BY 1;
SELECT campaign, cpc(spend, clicks, currency)
FROM (VALUES ('a', 1.0, 2, 'EUR'), ('b', 2.0, 3, 'USD')) v(campaign, spend, clicks, currency) GROUP BY ROLLUP (campaign);
\echo :SQLSTATE

-- moving windows: a frame has one currency, or there is a complaint; what has left the frame is forgotten
CREATE TEMP TABLE ads (n integer, spend numeric, clicks integer, currency text);
INSERT INTO ads VALUES (1, 1.00, 2, 'EUR'), (2, 2.50, 4, 'EUR'), (3, NULL, 1, 'GBP'), (4, NULL, 2, NULL),
	(5, 3.00, 6, 'USD'), (6, 1.0, 1, 'USD'), (7, NULL, 3, 'EUR'), (8, NULL, 4, 'JPY'), (9, 7, 7, NULL), (10, 8, 2, '');
SELECT n, currency, cpc(spend, clicks, currency) OVER w, (ad_metrics(clicks, 100, spend, currency) OVER w).spend
FROM ads WINDOW w AS (ORDER BY n ROWS 2 PRECEDING) ORDER BY n;
SELECT pg_temp.all_equal(m,
                         (SELECT ad_metrics(clicks, 100, spend, currency) FROM ads f
                          WHERE f.n BETWEEN w.n - 2 AND w.n)) AS equal_to_recomputed
FROM (SELECT n, ad_metrics(clicks, 100, spend, currency) OVER (ORDER BY n ROWS 2 PRECEDING) AS m FROM ads) w;
SELECT pg_temp.all_equal(m,
                         (SELECT ad_metrics(clicks, 100, spend::float8, currency) FROM ads f
                          WHERE f.n BETWEEN w.n AND w.n + 1 AND f.n NOT IN (6, 2))) AS following
FROM (SELECT n, ad_metrics(clicks, 100, spend::float8, currency)
      OVER (ORDER BY n RANGE BETWEEN CURRENT ROW AND 1 FOLLOWING) AS m FROM ads WHERE n NOT IN (6, 2)) w;
SELECT cpc(spend, clicks, currency) OVER (ORDER BY n ROWS 3 PRECEDING) FROM ads;
\echo :SQLSTATE
-- a single row is a frame of one currency
SELECT count(*) AS frames, count(DISTINCT c) AS different
FROM (SELECT cpc(n, 1, currency) OVER (ORDER BY n ROWS BETWEEN CURRENT ROW AND CURRENT ROW) AS c
      FROM (SELECT n, (ARRAY['EUR', 'USD', NULL, ''])[n % 4 + 1] AS currency FROM generate_series(1, 100) n) v) w;
