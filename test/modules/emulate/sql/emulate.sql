-- Every aggregate of the extension gives the same result in one piece and in
-- pieces, as a distributed engine computes it.  Aggregates are taken from the
-- catalog: a new one is tested by itself, or is complained about.

-- What an argument is fed with, over the numbers i; with a name, only an
-- argument of that name.  What is constant is never NULL either.
CREATE TABLE feed (type regtype, name text, expression text, constant boolean);
INSERT INTO feed VALUES
	('smallint', NULL, '(i * 7919 % 90 - 5)::smallint', false),
	('integer', NULL, 'i * 7919 % 90 - 5', false),
	('bigint', NULL, 'i * 7919::bigint % 90 - 5', false),
	('numeric', NULL, '(i * 7919 % 90 - 5)::numeric', false),
	('real', NULL, '(i * 7919 % 90 - 5)::real', false),
	('double precision', NULL, '(i * 7919 % 90 - 5)::double precision', false),
	('any_number', NULL, '(i * 7919 % 90 - 5)::any_number', false),
	('any_number', 'unique_clicks', '(i * 7919::bigint % 90)::any_number', false),
	('any_number', 'spend', '((i * 7919 % 90 - 5) / 7.0 * (10 ^ (i % 9))::numeric)::any_number', false),
	('numeric', 'spend', '(i * 7919 % 90 - 5) / 7.0 * (10 ^ (i % 9))::numeric', false),
	('double precision', 'spend', '(i * 7919 % 90 - 5) / 8.0::double precision', false),
	('text', NULL, '(i * 7919 % 90)::text', false),
	('text', 'currency', '''EUR''::text', true),
	('integer', 'precision', '12', true),
	('uuid', NULL, 'md5((i % 90)::text)::uuid', false),
	('click_type', NULL, '(enum_range(NULL::click_type))[i % 20 + 1]', false),
	('click_counts', NULL, 'click_counts(link => i, share => CASE WHEN i % 3 = 0 THEN i * 5 END, outbound => -i)', false),
	('double precision', 'x', '(i * 7919 % 90 - 5)::double precision', false),
	('double precision', 'y', '(i * 104729 % 977 + 1) / 8.0::double precision', false),
	('ratio_sample', NULL, '(SELECT ratio_sample_agg(x * i % 7, x + i) FROM generate_series(1, 1 + i % 9) AS x)', false),
	('clicker_set', NULL, '(SELECT clicker_set_agg(x * i) FROM generate_series(1::bigint, i % 9 * 50) AS x)', false);

CREATE TABLE aggregate AS
	SELECT p.oid::regprocedure AS aggregate, p.oid::regproc AS name, a.aggtranstype = 'internal'::regtype AS is_internal, fed.*
	FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
		JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
		JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'clicks_all',
		LATERAL (SELECT array_agg(f.expression ORDER BY n) AS expressions, array_agg(f.constant ORDER BY n) AS constants
			FROM unnest(p.proargtypes) WITH ORDINALITY AS argument (type, n)
				LEFT JOIN LATERAL (SELECT * FROM feed WHERE feed.type = argument.type
						AND coalesce(feed.name = p.proargnames[n], true)
					ORDER BY feed.name LIMIT 1) AS f ON true) AS fed;

SELECT count(*) > 30 AS plausible FROM aggregate;

-- aggregates that nothing above feeds
SELECT aggregate FROM aggregate WHERE array_position(expressions, NULL) IS NOT NULL;

-- rows without NULL, with NULL here and there, with nothing but NULL
CREATE TABLE shape (name text, rows integer, present text);
INSERT INTO shape VALUES
	('no row', 0, 'true'), ('one row', 1, 'true'), ('two rows', 2, 'true'), ('many rows', 300, 'true'),
	('some NULL', 300, '(i + n * 3) % 4 > 0'), ('all NULL', 20, 'i < 0');

-- Whether two results are the same; samples of rates are sums of doubles, whose
-- last digits depend on the order
CREATE FUNCTION same_result(a text, b text, type regtype) RETURNS boolean LANGUAGE sql AS $$
	SELECT CASE WHEN a IS NULL OR b IS NULL OR type <> 'ratio_sample'::regtype THEN a IS NOT DISTINCT FROM b
		ELSE (SELECT bool_and(abs(x - y) <= 1e-12 * greatest(abs(x), abs(y)))
			FROM unnest(string_to_array(a, '|')::float8[], string_to_array(b, '|')::float8[]) AS v (x, y)) END
$$;

-- The difference between an aggregate in one piece and in pieces, if any
CREATE FUNCTION difference(a aggregate, s shape, workers integer, transport text) RETURNS text
	LANGUAGE plpgsql AS $$
DECLARE
	direct text;
	pieces text;
	arguments text := (SELECT string_agg(CASE WHEN constant THEN expression
			ELSE format('CASE WHEN %s THEN %s END', replace(s.present, 'n', n::text), expression) END, ', ' ORDER BY n)
		FROM unnest(a.expressions, a.constants) WITH ORDINALITY AS fed (expression, constant, n));
BEGIN
	EXECUTE format('SELECT %s(%s)::text FROM generate_series(1, %s) AS i', a.name, arguments, s.rows) INTO direct;
	pieces := emulate(a.aggregate, format('SELECT %s FROM generate_series(1, %s) AS i', arguments, s.rows), workers, transport);
	RETURN CASE WHEN NOT same_result(pieces, direct, (SELECT prorettype FROM pg_proc WHERE oid = a.aggregate))
		THEN format('%s in one piece, %s in pieces', coalesce(direct, 'NULL'), coalesce(pieces, 'NULL')) END;
END $$;

CREATE TABLE outcome AS
	SELECT aggregate, is_internal, transport, workers, s.name AS shape, difference(a, s, workers, transport)
	FROM aggregate a, shape s, (VALUES (1), (2), (7)) AS w (workers), (VALUES ('text'), ('binary'), ('serialize')) AS t (transport)
	WHERE is_internal = (transport = 'serialize');

-- each was tried in each way
SELECT is_internal, min(tries) AS fewest_tries, max(tries) AS most_tries,
	count(*) = (SELECT count(*) FROM aggregate a WHERE a.is_internal = each.is_internal) AS all_aggregates
FROM (SELECT aggregate, is_internal, count(*) AS tries FROM outcome GROUP BY aggregate, is_internal) AS each
GROUP BY is_internal ORDER BY is_internal;

SELECT aggregate, transport, workers, shape, difference FROM outcome
WHERE difference IS NOT NULL ORDER BY aggregate::text, transport, workers, shape;

-- an aggregate that is combined wrong does show
SELECT same_result('1|2|6|30|2|10|50', '1|2|6|30|2|10|50.0000001', 'ratio_sample') AS nearly,
	same_result('1|2|6|30|2|10|50', '1|2|6|30|2|10|50.00000000000001', 'ratio_sample') AS same;
CREATE FUNCTION last_wins(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $2';
CREATE AGGREGATE wrong(x bigint) (SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = last_wins, INITCOND = '0');
SELECT difference(('wrong(bigint)', 'wrong', false, '{i::bigint}', '{f}')::aggregate, shape, 2, 'text') FROM shape WHERE name = 'two rows';


-- texts are compared by bytes, which a nondeterministic collation does not: refused here as elsewhere, also among
-- several arguments, which come as a row that has no collation
CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
SELECT emulate('approx_unique_clicks(text)', $$SELECT name COLLATE ignore_case FROM (VALUES ('Ann'), ('ANN')) AS v(name)$$, 2, 'text');
\echo :SQLSTATE
SELECT emulate('unique_clicks(text)', $$SELECT name COLLATE ignore_case FROM (VALUES ('Ann'), ('ANN')) AS v(name)$$, 2, 'serialize');
SELECT emulate('clicker_set_agg(text)', $$SELECT name COLLATE ignore_case FROM (VALUES ('Ann'), ('ANN')) AS v(name)$$, 2, 'text');
SELECT emulate('clicker_set_agg(text, integer)', $$SELECT name COLLATE ignore_case, 12 FROM (VALUES ('Ann'), ('ANN')) AS v(name)$$, 2, 'text');
SELECT emulate('clicker_set_agg(text, integer)', $$SELECT name COLLATE "C", 12 FROM (VALUES ('Ann'), ('ANN')) AS v(name)$$, 2, 'text')
	= clicker_set_agg(name, 12)::text AS same FROM (VALUES ('Ann'), ('ANN')) AS v(name);
