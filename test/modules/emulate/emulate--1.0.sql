-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION emulate" to load this file. \quit

CREATE FUNCTION emulate(aggregate regprocedure, query text, workers integer, transport text) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;

COMMENT ON FUNCTION emulate(regprocedure, text, integer, text) IS
	'result of an aggregate over the rows of a query, dealt to workers whose states travel as text, binary or serialize';

CREATE FUNCTION state_bytes(aggregate regprocedure, query text) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;

COMMENT ON FUNCTION state_bytes(regprocedure, text) IS
	'serialized state of an aggregate over the rows of a query';

CREATE FUNCTION combine_bytes(aggregate regprocedure, states bytea[]) RETURNS text
	AS 'MODULE_PATHNAME'
	LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;

COMMENT ON FUNCTION combine_bytes(regprocedure, bytea[]) IS
	'result of an aggregate whose serialized states are these bytes';
