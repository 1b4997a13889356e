-- What is knowable from already de-duplicated counts: between the greatest and
-- the sum.  The state is an array of both, changed in place.

CREATE FUNCTION unique_clicks_bounds_add(bigint[], unique_clicks any_number) RETURNS bigint[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION unique_clicks_bounds_add(bigint[], any_number) IS
	'transition function of unique_clicks_bounds';

CREATE FUNCTION unique_clicks_bounds_merge(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION unique_clicks_bounds_merge(bigint[], bigint[]) IS
	'combine function of unique_clicks_bounds';

CREATE FUNCTION unique_clicks_bounds_range(bigint[]) RETURNS int8range
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION unique_clicks_bounds_range(bigint[]) IS
	'final function of unique_clicks_bounds';

CREATE AGGREGATE unique_clicks_bounds(unique_clicks any_number) (
	SFUNC = unique_clicks_bounds_add, STYPE = bigint[], SSPACE = 64,
	FINALFUNC = unique_clicks_bounds_range, COMBINEFUNC = unique_clicks_bounds_merge,
	INITCOND = '{-1,0}',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE unique_clicks_bounds(any_number) IS
	'least and greatest possible number of different clickers behind several numbers of them';
