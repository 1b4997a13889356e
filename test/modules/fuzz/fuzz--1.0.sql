-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION fuzz" to load this file. \quit

CREATE FUNCTION feed(query text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'fuzz_feed'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;

COMMENT ON FUNCTION feed(text) IS
	'takes the values of a query, of one column, as values of their type for this session; returns how many';

CREATE TYPE findings AS (
	cases bigint,
	accepted bigint,
	broken bigint,
	first_broken text,
	slowest double precision,
	most_memory bigint,
	kept bigint,
	seconds double precision
);

COMMENT ON TYPE findings IS
	'of a run: cases; values that were accepted, or calls that gave a result; laws broken, and how for the first; most processor seconds and bytes of a case; bytes that the session kept of the second half of them; all seconds';

CREATE FUNCTION fuzz_values(type regtype, form text, exact boolean, seed bigint, first bigint, cases bigint) RETURNS findings
	AS 'MODULE_PATHNAME'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;

COMMENT ON FUNCTION fuzz_values(regtype, text, boolean, bigint, bigint, bigint) IS
	'mutated values of a type as text, binary or stored, and functions of clicks_all called with what is accepted; exact if that must be what the type prints';

CREATE FUNCTION fuzz_states(aggregate regprocedure, seed bigint, first bigint, cases bigint) RETURNS findings
	AS 'MODULE_PATHNAME'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;

COMMENT ON FUNCTION fuzz_states(regprocedure, bigint, bigint, bigint) IS
	'mutated serialized states of an aggregate, combined where they are accepted';

CREATE FUNCTION fuzz_calls(seed bigint, first bigint, cases bigint) RETURNS findings
	AS 'MODULE_PATHNAME'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;

COMMENT ON FUNCTION fuzz_calls(bigint, bigint, bigint) IS
	'functions of clicks_all called with any values of their types, NULL among them';
