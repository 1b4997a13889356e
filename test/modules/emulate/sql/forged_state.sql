-- Bytes that nobody has serialized, as a distributed engine lets anybody hand them to
-- a combine function: they are refused before they are used, or are a state that could be.

-- what the aggregate answers from states, or how they are refused
CREATE FUNCTION pg_temp.outcome(argument text, states bytea[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	RETURN combine_bytes(format('unique_clicks(%s)', argument)::regprocedure, states);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN concat_ws(' ', SQLSTATE, SQLERRM, nullif(detail, ''));
END $$;

-- numbers of 8 bytes, little-endian
CREATE FUNCTION pg_temp.word(n bigint) RETURNS bytea LANGUAGE sql AS
	$$SELECT string_agg(substr(int8send(n), i, 1), '' ORDER BY i DESC) FROM generate_series(1, 8) AS i$$;

-- two neighbours of one size, swapped
CREATE FUNCTION pg_temp.swap(state bytea, at int, size int) RETURNS bytea LANGUAGE sql AS
	$$SELECT overlay(overlay(state PLACING substr(state, at + size, size) FROM at) PLACING substr(state, at, size)
	                 FROM at + size)$$;

-- A state is version, kind, 2 bytes of zero, rows, keys, multiplier; then, from byte 29 on,
-- keys.  All of these come from one statement, so that they have one multiplier.
CREATE TABLE state AS
	SELECT argument, state_bytes(format('unique_clicks(%s)', argument)::regprocedure, format('SELECT %s FROM generate_series(1::bigint, 1000) AS n', value)) AS s,
	       state_bytes(format('unique_clicks(%s)', argument)::regprocedure, format('SELECT %s FROM generate_series(501::bigint, 1500) AS n', value)) AS other
	FROM (VALUES ('bigint', 'n'), ('uuid', 'md5(n::text)::uuid'), ('text', '''clicker '' || n % 900')) AS v(argument, value);

SET statement_timeout = '60s';
SELECT argument, pg_temp.outcome(argument, ARRAY[s]) AS one, pg_temp.outcome(argument, ARRAY[s, other]) AS two,
       pg_temp.outcome(argument, ARRAY[s, other, s, other]) AS again
FROM state ORDER BY 1;

-- headers
SELECT argument, what, pg_temp.outcome(argument, ARRAY[s, forged]) AS outcome
FROM state, LATERAL (VALUES
	('no bytes', ''::bytea), ('half a header', substr(s, 1, 20)), ('another version', overlay(s PLACING '\x02' FROM 1)),
	('no kind', overlay(s PLACING '\x00' FROM 2)), ('an unknown kind', overlay(s PLACING '\x04' FROM 2)), ('no zero', overlay(s PLACING '\x01' FROM 3)),
	('an even multiplier', overlay(s PLACING '\x00' FROM 21)), ('2^62 keys', overlay(s PLACING '\x0000000000000040' FROM 13)),
	('-1 keys', overlay(s PLACING pg_temp.word(-1) FROM 13)), ('one key', overlay(s PLACING pg_temp.word(1) FROM 13)),
	('fewer rows than keys', overlay(s PLACING pg_temp.word(1) FROM 5)), ('-1 rows', overlay(s PLACING pg_temp.word(-1) FROM 5)),
	('a byte less', substr(s, 1, length(s) - 1)), ('a byte more', s || '\x00'::bytea)) AS f(what, forged) ORDER BY 1, 2;

-- rows that cannot be added up, and another kind of keys
SELECT argument, pg_temp.outcome(argument, ARRAY[s, overlay(s PLACING '\xffffffffffffff7f' FROM 5)]) AS outcome FROM state ORDER BY 1;
SELECT argument, pg_temp.outcome(argument, ARRAY[s, forged]) AS outcome
FROM state, (SELECT s AS forged FROM state WHERE argument = 'bigint') AS f WHERE argument <> 'bigint' ORDER BY 1;

-- keys that are not in order, or not different
SELECT argument, what, pg_temp.outcome(argument, ARRAY[forged]) AS outcome
FROM (SELECT argument, s, CASE argument WHEN 'bigint' THEN 8 ELSE 16 END AS size FROM state
      WHERE argument <> 'text') AS s, LATERAL (VALUES
	('swapped', pg_temp.swap(s, 29, size)), ('swapped in the middle', pg_temp.swap(s, 29 + 500 * size, size)),
	('repeated', overlay(s PLACING substr(s, 29, size) FROM 29 + size))) AS f(what, forged) ORDER BY 1, 2;

-- texts: the hash of an empty slot, and others; lengths; their number; another order; one of them twice
SELECT what, pg_temp.outcome('text', ARRAY[s, forged]) AS outcome
FROM (SELECT s, 12 + get_byte(s, 36) AS size FROM state WHERE argument = 'text') AS s, LATERAL (VALUES
	('no hash', overlay(s PLACING pg_temp.word(-1) FROM 29)), ('another hash', set_byte(s, 28, get_byte(s, 28) # 1)),
	('another text', set_byte(s, 40, get_byte(s, 40) # 1)), ('a long text', overlay(s PLACING '\xffffffff' FROM 37)),
	('a short text', overlay(s PLACING '\x00000000' FROM 37)), ('one text less', overlay(s PLACING pg_temp.word(899) FROM 13)),
	('one text more', overlay(s PLACING pg_temp.word(901) FROM 13)),
	('the first at the end', substr(s, 1, 28) || substr(s, 29 + size) || substr(s, 29, size)),
	('the first twice', substr(s, 1, 12) || pg_temp.word(901) || substr(s, 21, 8) || substr(s, 29, size) || substr(s, 29))) AS f(what,
	forged) ORDER BY 1;

-- texts of another cluster, whose secret makes other hashes of them
WITH foreign_state AS (
	SELECT substr(s, 1, 28)
		|| (SELECT string_agg(pg_temp.word(n * 1000) || substr(pg_temp.word(length('clicker ' || n)), 1, 4)
		                      || convert_to('clicker ' || n, 'UTF8'), '' ORDER BY n)
			FROM generate_series(450, 1349) AS n) AS f
	FROM state WHERE argument = 'text')
SELECT pg_temp.outcome('text', ARRAY[f]) AS alone, pg_temp.outcome('text', ARRAY[s, f]) AS behind,
       pg_temp.outcome('text', ARRAY[f, s]) AS before,
	pg_temp.outcome('text', ARRAY[f, s, f]) AS twice
FROM foreign_state, state WHERE argument = 'text';

-- every byte of the front, changed
SELECT argument, count(*) AS states, count(*) FILTER (WHERE outcome ~ '^(22P03|22003|[0-9]+$)') AS answered
FROM state, generate_series(0, 99) AS at, unnest('{1,128,255}'::int[]) AS change,
     pg_temp.outcome(argument, ARRAY[s, set_byte(s, at, get_byte(s, at) # change)]) AS outcome
GROUP BY 1 ORDER BY 1;
