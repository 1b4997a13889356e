-- building and uniting clicker sets
-- NULL is nobody, as for || of arrays: a batch without known clickers must not
-- empty the stored set that it is merged into
CREATE FUNCTION clicker_set_union(clicker_set, clicker_set) RETURNS clicker_set
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_union(clicker_set, clicker_set) IS 'implementation of | operator';

CREATE OPERATOR | (
	LEFTARG = clicker_set, RIGHTARG = clicker_set, FUNCTION = clicker_set_union,
	COMMUTATOR = |
);

COMMENT ON OPERATOR | (clicker_set, clicker_set) IS
	'union, at the lower of the precisions; NULL is nobody';

CREATE FUNCTION clicker_set_final(clicker_set) RETURNS clicker_set
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_final(clicker_set) IS 'aggregate final function';

CREATE FUNCTION clicker_set_count(clicker_set) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clicker_set_cardinality'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_count(clicker_set) IS 'aggregate final function';

CREATE FUNCTION clicker_set_add(clicker_set, clicker bigint) RETURNS clicker_set
	AS 'MODULE_PATHNAME', 'clicker_set_add_bigint'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_add(clicker_set, bigint) IS
	'the set with one clicker more; a null set is empty, a null clicker is nobody';

CREATE FUNCTION clicker_set_add(clicker_set, clicker bigint, "precision" integer) RETURNS clicker_set
	AS 'MODULE_PATHNAME', 'clicker_set_add_bigint'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_add(clicker_set, bigint, integer) IS
	'the set with one clicker more; a null set is empty, a null clicker is nobody';

CREATE FUNCTION clicker_set_add(clicker_set, clicker text) RETURNS clicker_set
	AS 'MODULE_PATHNAME', 'clicker_set_add_text'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_add(clicker_set, text) IS
	'the set with one clicker more; a null set is empty, a null clicker is nobody';

CREATE FUNCTION clicker_set_add(clicker_set, clicker text, "precision" integer) RETURNS clicker_set
	AS 'MODULE_PATHNAME', 'clicker_set_add_text'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_add(clicker_set, text, integer) IS
	'the set with one clicker more; a null set is empty, a null clicker is nobody';

CREATE FUNCTION clicker_set_add(clicker_set, clicker uuid) RETURNS clicker_set
	AS 'MODULE_PATHNAME', 'clicker_set_add_uuid'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_add(clicker_set, uuid) IS
	'the set with one clicker more; a null set is empty, a null clicker is nobody';

CREATE FUNCTION clicker_set_add(clicker_set, clicker uuid, "precision" integer) RETURNS clicker_set
	AS 'MODULE_PATHNAME', 'clicker_set_add_uuid'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_add(clicker_set, uuid, integer) IS
	'the set with one clicker more; a null set is empty, a null clicker is nobody';

CREATE AGGREGATE clicker_set_agg(clicker bigint) (
	SFUNC = clicker_set_add, STYPE = clicker_set, SSPACE = 8192,
	FINALFUNC = clicker_set_final, COMBINEFUNC = clicker_set_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicker_set_agg(bigint) IS
	'set of the distinct clickers, to be stored and merged';

CREATE AGGREGATE clicker_set_agg(clicker bigint, "precision" integer) (
	SFUNC = clicker_set_add, STYPE = clicker_set, SSPACE = 8192,
	FINALFUNC = clicker_set_final, COMBINEFUNC = clicker_set_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicker_set_agg(bigint, integer) IS
	'set of the distinct clickers, to be stored and merged';

CREATE AGGREGATE clicker_set_agg(clicker text) (
	SFUNC = clicker_set_add, STYPE = clicker_set, SSPACE = 8192,
	FINALFUNC = clicker_set_final, COMBINEFUNC = clicker_set_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicker_set_agg(text) IS
	'set of the distinct clickers, to be stored and merged';

CREATE AGGREGATE clicker_set_agg(clicker text, "precision" integer) (
	SFUNC = clicker_set_add, STYPE = clicker_set, SSPACE = 8192,
	FINALFUNC = clicker_set_final, COMBINEFUNC = clicker_set_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicker_set_agg(text, integer) IS
	'set of the distinct clickers, to be stored and merged';

CREATE AGGREGATE clicker_set_agg(clicker uuid) (
	SFUNC = clicker_set_add, STYPE = clicker_set, SSPACE = 8192,
	FINALFUNC = clicker_set_final, COMBINEFUNC = clicker_set_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicker_set_agg(uuid) IS
	'set of the distinct clickers, to be stored and merged';

CREATE AGGREGATE clicker_set_agg(clicker uuid, "precision" integer) (
	SFUNC = clicker_set_add, STYPE = clicker_set, SSPACE = 8192,
	FINALFUNC = clicker_set_final, COMBINEFUNC = clicker_set_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicker_set_agg(uuid, integer) IS
	'set of the distinct clickers, to be stored and merged';

CREATE AGGREGATE approx_unique_clicks(clicker bigint) (
	SFUNC = clicker_set_add, STYPE = clicker_set, SSPACE = 8192,
	FINALFUNC = clicker_set_count, COMBINEFUNC = clicker_set_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE approx_unique_clicks(bigint) IS
	'number of distinct clickers: exact up to 768, within about 1 percent beyond';

CREATE AGGREGATE approx_unique_clicks(clicker text) (
	SFUNC = clicker_set_add, STYPE = clicker_set, SSPACE = 8192,
	FINALFUNC = clicker_set_count, COMBINEFUNC = clicker_set_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE approx_unique_clicks(text) IS
	'number of distinct clickers: exact up to 768, within about 1 percent beyond';

CREATE AGGREGATE approx_unique_clicks(clicker uuid) (
	SFUNC = clicker_set_add, STYPE = clicker_set, SSPACE = 8192,
	FINALFUNC = clicker_set_count, COMBINEFUNC = clicker_set_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE approx_unique_clicks(uuid) IS
	'number of distinct clickers: exact up to 768, within about 1 percent beyond';

-- over moving windows: the state is a queue of sets, which never leaves the
-- process, as window functions are not computed in parallel

CREATE FUNCTION clicker_set_moving_add(internal, clicker_set) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION clicker_set_moving_remove(internal, clicker_set) RETURNS internal
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION clicker_set_moving_union(internal) RETURNS clicker_set
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION clicker_set_moving_count(internal) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE union_agg(clickers clicker_set) (
	SFUNC = clicker_set_union, STYPE = clicker_set, SSPACE = 4096,
	FINALFUNC = clicker_set_final, COMBINEFUNC = clicker_set_union,
	MSFUNC = clicker_set_moving_add, MINVFUNC = clicker_set_moving_remove,
	MSTYPE = internal, MSSPACE = 65536, MFINALFUNC = clicker_set_moving_union,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE union_agg(clicker_set) IS 'union of stored sets, to store again';

CREATE AGGREGATE unique_clicks(clickers clicker_set) (
	SFUNC = clicker_set_union, STYPE = clicker_set, SSPACE = 4096,
	FINALFUNC = clicker_set_count, COMBINEFUNC = clicker_set_union,
	MSFUNC = clicker_set_moving_add, MINVFUNC = clicker_set_moving_remove,
	MSTYPE = internal, MSSPACE = 65536, MFINALFUNC = clicker_set_moving_count,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE unique_clicks(clicker_set) IS
	'number of distinct clickers in the union of stored sets';
