-- Exact unique clicks.  Both aggregates over a column share one state, an exact
-- distinct set; it is internal because it has pointers and temporary files.
--
-- SSPACE is about what a group of 50 integers, 20 uuids or some 25 texts takes, as
-- test/bench/group_memory.sh measures it.

CREATE FUNCTION distinct_set_add_bigint(internal, clicker bigint) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION distinct_set_add_bigint(internal, bigint) IS
	'transition function of unique_clicks and clicks_per_account';

CREATE FUNCTION distinct_set_add_text(internal, clicker text) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION distinct_set_add_text(internal, text) IS
	'transition function of unique_clicks and clicks_per_account';

CREATE FUNCTION distinct_set_add_uuid(internal, clicker uuid) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION distinct_set_add_uuid(internal, uuid) IS
	'transition function of unique_clicks and clicks_per_account';

CREATE FUNCTION distinct_set_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION distinct_set_combine(internal, internal) IS
	'combine function of unique_clicks and clicks_per_account';

CREATE FUNCTION distinct_set_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION distinct_set_serialize(internal) IS
	'serial function of unique_clicks and clicks_per_account';

CREATE FUNCTION distinct_set_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION distinct_set_deserialize(bytea, internal) IS
	'deserial function of unique_clicks and clicks_per_account';

CREATE FUNCTION distinct_set_count(internal) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION distinct_set_count(internal) IS
	'final function of unique_clicks';

CREATE FUNCTION distinct_set_rows_per_value(internal) RETURNS numeric
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION distinct_set_rows_per_value(internal) IS
	'final function of clicks_per_account';

CREATE AGGREGATE unique_clicks(clicker bigint) (
	SFUNC = distinct_set_add_bigint, STYPE = internal, SSPACE = 1024,
	FINALFUNC = distinct_set_count, COMBINEFUNC = distinct_set_combine,
	SERIALFUNC = distinct_set_serialize, DESERIALFUNC = distinct_set_deserialize,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE unique_clicks(bigint) IS
	'exact number of different clickers, in bounded memory';

CREATE AGGREGATE unique_clicks(clicker text) (
	SFUNC = distinct_set_add_text, STYPE = internal, SSPACE = 3072,
	FINALFUNC = distinct_set_count, COMBINEFUNC = distinct_set_combine,
	SERIALFUNC = distinct_set_serialize, DESERIALFUNC = distinct_set_deserialize,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE unique_clicks(text) IS
	'exact number of different clickers, in bounded memory';

CREATE AGGREGATE unique_clicks(clicker uuid) (
	SFUNC = distinct_set_add_uuid, STYPE = internal, SSPACE = 1024,
	FINALFUNC = distinct_set_count, COMBINEFUNC = distinct_set_combine,
	SERIALFUNC = distinct_set_serialize, DESERIALFUNC = distinct_set_deserialize,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE unique_clicks(uuid) IS
	'exact number of different clickers, in bounded memory';

CREATE AGGREGATE clicks_per_account(clicker bigint) (
	SFUNC = distinct_set_add_bigint, STYPE = internal, SSPACE = 1024,
	FINALFUNC = distinct_set_rows_per_value, COMBINEFUNC = distinct_set_combine,
	SERIALFUNC = distinct_set_serialize, DESERIALFUNC = distinct_set_deserialize,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_per_account(bigint) IS
	'clicks by known clickers per different clicker';

CREATE AGGREGATE clicks_per_account(clicker text) (
	SFUNC = distinct_set_add_text, STYPE = internal, SSPACE = 3072,
	FINALFUNC = distinct_set_rows_per_value, COMBINEFUNC = distinct_set_combine,
	SERIALFUNC = distinct_set_serialize, DESERIALFUNC = distinct_set_deserialize,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_per_account(text) IS
	'clicks by known clickers per different clicker';

CREATE AGGREGATE clicks_per_account(clicker uuid) (
	SFUNC = distinct_set_add_uuid, STYPE = internal, SSPACE = 1024,
	FINALFUNC = distinct_set_rows_per_value, COMBINEFUNC = distinct_set_combine,
	SERIALFUNC = distinct_set_serialize, DESERIALFUNC = distinct_set_deserialize,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_per_account(uuid) IS
	'clicks by known clickers per different clicker';

