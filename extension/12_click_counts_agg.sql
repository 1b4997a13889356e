-- the state of sum(click_counts), click_counts_agg() and their clicks_all()
CREATE TYPE click_totals;

CREATE FUNCTION click_totals_in(cstring) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_out(click_totals) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_recv(internal) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_send(click_totals) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE click_totals (
	INPUT = click_totals_in,
	OUTPUT = click_totals_out,
	RECEIVE = click_totals_recv,
	SEND = click_totals_send,
	INTERNALLENGTH = 480,
	ALIGNMENT = double
);

COMMENT ON TYPE click_totals IS
	'state of the aggregates over click_counts and click_type; not meant to be stored';

CREATE FUNCTION click_totals_merge(click_totals, click_totals) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_add_counts(click_totals, click_counts) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_remove_counts(click_totals, click_counts) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_add_event(click_totals, click_type) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_remove_event(click_totals, click_type) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_add_clicks(click_totals, click_type, bigint) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_remove_clicks(click_totals, click_type, bigint) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_add_number(click_totals, click_type, any_number) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_remove_number(click_totals, click_type, any_number) RETURNS click_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_counts(click_totals) RETURNS click_counts
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_clicks_all(click_totals) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION click_totals_counted_events(click_totals) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE sum(clicks click_counts) (
	SFUNC = click_totals_add_counts, STYPE = click_totals, SSPACE = 480,
	FINALFUNC = click_totals_counts, COMBINEFUNC = click_totals_merge,
	INITCOND = '1',
	MSFUNC = click_totals_add_counts, MINVFUNC = click_totals_remove_counts,
	MSTYPE = click_totals, MSSPACE = 480, MFINALFUNC = click_totals_counts,
	MINITCOND = '1',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(click_counts) IS
	'sum type by type; a type is NULL if it was NULL in every row';

CREATE AGGREGATE clicks_all(clicks click_counts) (
	SFUNC = click_totals_add_counts, STYPE = click_totals, SSPACE = 480,
	FINALFUNC = click_totals_clicks_all, COMBINEFUNC = click_totals_merge,
	INITCOND = '1',
	MSFUNC = click_totals_add_counts, MINVFUNC = click_totals_remove_counts,
	MSTYPE = click_totals, MSSPACE = 480, MFINALFUNC = click_totals_clicks_all,
	MINITCOND = '1',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_all(click_counts) IS
	'Clicks (All): sum over rows of the counted types';

CREATE AGGREGATE click_counts_agg(click_type click_type) (
	SFUNC = click_totals_add_event, STYPE = click_totals, SSPACE = 480,
	FINALFUNC = click_totals_counts, COMBINEFUNC = click_totals_merge,
	INITCOND = '1',
	MSFUNC = click_totals_add_event, MINVFUNC = click_totals_remove_event,
	MSTYPE = click_totals, MSSPACE = 480, MFINALFUNC = click_totals_counts,
	MINITCOND = '1',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE click_counts_agg(click_type) IS
	'click events counted by type';

CREATE AGGREGATE clicks_all(click_type click_type) (
	SFUNC = click_totals_add_event, STYPE = click_totals, SSPACE = 480,
	FINALFUNC = click_totals_counted_events, COMBINEFUNC = click_totals_merge,
	INITCOND = '1',
	MSFUNC = click_totals_add_event, MINVFUNC = click_totals_remove_event,
	MSTYPE = click_totals, MSSPACE = 480, MFINALFUNC = click_totals_counted_events,
	MINITCOND = '1',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_all(click_type) IS
	'Clicks (All): number of click events of a counted type';

CREATE AGGREGATE click_counts_agg(click_type click_type, clicks bigint) (
	SFUNC = click_totals_add_clicks, STYPE = click_totals, SSPACE = 480,
	FINALFUNC = click_totals_counts, COMBINEFUNC = click_totals_merge,
	INITCOND = '1',
	MSFUNC = click_totals_add_clicks, MINVFUNC = click_totals_remove_clicks,
	MSTYPE = click_totals, MSSPACE = 480, MFINALFUNC = click_totals_counts,
	MINITCOND = '1',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE click_counts_agg(click_type, bigint) IS
	'rows of a type and a number of clicks, pivoted into one value';

CREATE AGGREGATE click_counts_agg(click_type click_type, clicks any_number) (
	SFUNC = click_totals_add_number, STYPE = click_totals, SSPACE = 480,
	FINALFUNC = click_totals_counts, COMBINEFUNC = click_totals_merge,
	INITCOND = '1',
	MSFUNC = click_totals_add_number, MINVFUNC = click_totals_remove_number,
	MSTYPE = click_totals, MSSPACE = 480, MFINALFUNC = click_totals_counts,
	MINITCOND = '1',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE click_counts_agg(click_type, any_number) IS
	'rows of a type and a number of clicks, pivoted into one value';
