-- a mergeable set of distinct clickers: exact while small, a sketch beyond
CREATE TYPE clicker_set;

CREATE FUNCTION clicker_set_in(cstring, oid, integer) RETURNS clicker_set
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_out(clicker_set) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_recv(internal, oid, integer) RETURNS clicker_set
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_send(clicker_set) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_typmod_in(cstring[]) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_typmod_out(integer) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE clicker_set (
	INPUT = clicker_set_in,
	OUTPUT = clicker_set_out,
	RECEIVE = clicker_set_recv,
	SEND = clicker_set_send,
	TYPMOD_IN = clicker_set_typmod_in,
	TYPMOD_OUT = clicker_set_typmod_out,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = int4,
	STORAGE = external
);

COMMENT ON TYPE clicker_set IS
	'set of distinct clickers that merges without counting anybody twice: exact while small, within about 1 percent beyond';
COMMENT ON FUNCTION clicker_set_in(cstring, oid, integer) IS 'I/O';
COMMENT ON FUNCTION clicker_set_out(clicker_set) IS 'I/O';
COMMENT ON FUNCTION clicker_set_recv(internal, oid, integer) IS 'I/O';
COMMENT ON FUNCTION clicker_set_send(clicker_set) IS 'I/O';
COMMENT ON FUNCTION clicker_set_typmod_in(cstring[]) IS 'I/O typmod';
COMMENT ON FUNCTION clicker_set_typmod_out(integer) IS 'I/O typmod';

CREATE FUNCTION clicker_set_to_precision(clicker_set, "precision" integer, explicit boolean) RETURNS clicker_set
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_to_precision(clicker_set, integer, boolean) IS
	'reduce a set to the precision of its column, as a cast to clicker_set(precision) does';

CREATE CAST (clicker_set AS clicker_set)
	WITH FUNCTION clicker_set_to_precision(clicker_set, integer, boolean) AS IMPLICIT;

CREATE FUNCTION clicker_set_to_bytea(clicker_set) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_to_bytea(clicker_set) IS 'the stored bytes of a set';

CREATE FUNCTION clicker_set_from_bytea(bytea) RETURNS clicker_set
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_from_bytea(bytea) IS
	'the set with these stored bytes, which are checked';

CREATE CAST (clicker_set AS bytea) WITH FUNCTION clicker_set_to_bytea(clicker_set);
CREATE CAST (bytea AS clicker_set) WITH FUNCTION clicker_set_from_bytea(bytea);

CREATE FUNCTION clicker_set_eq(clicker_set, clicker_set) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_ne(clicker_set, clicker_set) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_lt(clicker_set, clicker_set) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_le(clicker_set, clicker_set) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_gt(clicker_set, clicker_set) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_ge(clicker_set, clicker_set) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_cmp(clicker_set, clicker_set) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_hash(clicker_set) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION clicker_set_hash_extended(clicker_set, seed bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION clicker_set_eq(clicker_set, clicker_set) IS 'implementation of = operator';
COMMENT ON FUNCTION clicker_set_ne(clicker_set, clicker_set) IS 'implementation of <> operator';
COMMENT ON FUNCTION clicker_set_lt(clicker_set, clicker_set) IS 'implementation of < operator';
COMMENT ON FUNCTION clicker_set_le(clicker_set, clicker_set) IS 'implementation of <= operator';
COMMENT ON FUNCTION clicker_set_gt(clicker_set, clicker_set) IS 'implementation of > operator';
COMMENT ON FUNCTION clicker_set_ge(clicker_set, clicker_set) IS 'implementation of >= operator';
COMMENT ON FUNCTION clicker_set_cmp(clicker_set, clicker_set) IS 'less-equal-greater';
COMMENT ON FUNCTION clicker_set_hash(clicker_set) IS 'hash';
COMMENT ON FUNCTION clicker_set_hash_extended(clicker_set, bigint) IS 'hash';

CREATE OPERATOR = (
	LEFTARG = clicker_set, RIGHTARG = clicker_set, FUNCTION = clicker_set_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);

CREATE OPERATOR <> (
	LEFTARG = clicker_set, RIGHTARG = clicker_set, FUNCTION = clicker_set_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

CREATE OPERATOR < (
	LEFTARG = clicker_set, RIGHTARG = clicker_set, FUNCTION = clicker_set_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);

CREATE OPERATOR <= (
	LEFTARG = clicker_set, RIGHTARG = clicker_set, FUNCTION = clicker_set_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);

CREATE OPERATOR > (
	LEFTARG = clicker_set, RIGHTARG = clicker_set, FUNCTION = clicker_set_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);

CREATE OPERATOR >= (
	LEFTARG = clicker_set, RIGHTARG = clicker_set, FUNCTION = clicker_set_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR = (clicker_set, clicker_set) IS 'same clickers at the same precision';
COMMENT ON OPERATOR <> (clicker_set, clicker_set) IS 'not equal';
COMMENT ON OPERATOR < (clicker_set, clicker_set) IS 'less than, in an order without meaning';
COMMENT ON OPERATOR <= (clicker_set, clicker_set) IS 'less than or equal, in an order without meaning';
COMMENT ON OPERATOR > (clicker_set, clicker_set) IS 'greater than, in an order without meaning';
COMMENT ON OPERATOR >= (clicker_set, clicker_set) IS 'greater than or equal, in an order without meaning';

CREATE OPERATOR CLASS clicker_set_ops
	DEFAULT FOR TYPE clicker_set USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 clicker_set_cmp(clicker_set, clicker_set);

CREATE OPERATOR CLASS clicker_set_ops
	DEFAULT FOR TYPE clicker_set USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 clicker_set_hash(clicker_set),
	FUNCTION 2 clicker_set_hash_extended(clicker_set, bigint);

CREATE FUNCTION cardinality(clicker_set) RETURNS bigint
	AS 'MODULE_PATHNAME', 'clicker_set_cardinality'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION cardinality(clicker_set) IS
	'number of clickers in a set: exact while the set is small, an estimate beyond';

CREATE FUNCTION standard_error(clicker_set) RETURNS double precision
	AS 'MODULE_PATHNAME', 'clicker_set_standard_error'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(clicker_set) IS
	'standard error of the cardinality, relative to it; 0 while that is exact';

CREATE FUNCTION overlap(clicker_set, clicker_set, OUT estimate bigint, OUT standard_error double precision)
	AS 'MODULE_PATHNAME', 'clicker_set_overlap'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION overlap(clicker_set, clicker_set) IS
	'number of clickers in both sets, and its standard error, 0 if exact';
