\set ECHO none
-- What regression tests share; they read it by
--
--	\getenv root PG_ABS_SRCDIR
--	\set checks :root '/test/lib/checks.sql'
--	\i :checks

-- what a query answers, or how it is refused
CREATE FUNCTION pg_temp.outcome_as_planned(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END $$;

-- the same, without what takes long to prepare for one row
CREATE FUNCTION pg_temp.outcome(query text) RETURNS text LANGUAGE plpgsql
	SET jit = off SET max_parallel_workers_per_gather = 0 AS $$
BEGIN
	RETURN pg_temp.outcome_as_planned(query);
END $$;

-- the plan of a query
CREATE FUNCTION pg_temp.plan_of(query text, options text DEFAULT 'COSTS OFF') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (%s) %s', options, query) LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END $$;

-- all_equal(came, expected): "t" if what came is what was expected in each row, and else
-- how many rows differ, with what came and what was expected in the first; NULL if there
-- was no row with a value.
-- all_hold(condition, came, expected): the same for what is not a plain comparison; "t" if
-- the condition is true in each row.  What was expected may be said in words.
-- State of both: whether there was a row with a value, rows that differ, the first.
CREATE FUNCTION pg_temp.all_hold_add(state text[], condition boolean, came anyelement, expected anycompatible)
	RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	IF condition IS NOT TRUE THEN
		RETURN ARRAY[state[1], (state[2]::bigint + 1)::text,
		             coalesce(state[3], format('came %s, expected %s', coalesce(came::text, 'NULL'), coalesce(expected::text, 'NULL')))];
	ELSIF state[1] = '0' THEN
		state[1] := '1';
	END IF;
	RETURN state;
END $$;
CREATE FUNCTION pg_temp.all_equal_add(state text[], came anycompatible, expected anycompatible) RETURNS text[]
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
	IF came IS DISTINCT FROM expected THEN
		RETURN pg_temp.all_hold_add(state, false, came, expected);
	ELSIF came IS DISTINCT FROM NULL AND state[1] = '0' THEN
		state[1] := '1';
	END IF;
	RETURN state;
END $$;
CREATE FUNCTION pg_temp.all_merge(a text[], b text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ARRAY[greatest(a[1], b[1]), (a[2]::bigint + b[2]::bigint)::text, coalesce(a[3], b[3])];
CREATE FUNCTION pg_temp.all_verdict(state text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN state[2] <> '0' THEN state[2] || ' differ: ' || state[3] WHEN state[1] <> '0' THEN 't' END;
CREATE AGGREGATE pg_temp.all_equal(anycompatible, anycompatible) (
	SFUNC = pg_temp.all_equal_add, STYPE = text[], INITCOND = '{0,0}', COMBINEFUNC = pg_temp.all_merge,
	FINALFUNC = pg_temp.all_verdict, PARALLEL = SAFE);
CREATE AGGREGATE pg_temp.all_hold(boolean, anyelement, anycompatible) (
	SFUNC = pg_temp.all_hold_add, STYPE = text[], INITCOND = '{0,0}', COMBINEFUNC = pg_temp.all_merge,
	FINALFUNC = pg_temp.all_verdict, PARALLEL = SAFE);

-- a number with the bytes that it is stored as, which equal numbers need not share
CREATE FUNCTION pg_temp.bytes_of(numeric) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteasend';
CREATE FUNCTION pg_temp.stored(amount numeric) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN amount::text || ' ' || encode(pg_temp.bytes_of(amount), 'hex');
\set ECHO all
