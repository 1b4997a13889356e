-- a rate that is a ratio of sums, with what its uncertainty needs, from blocks
CREATE TYPE ratio_sample;

CREATE FUNCTION ratio_sample_in(cstring) RETURNS ratio_sample
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_out(ratio_sample) RETURNS cstring
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_recv(internal) RETURNS ratio_sample
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_send(ratio_sample) RETURNS bytea
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE ratio_sample (
	INPUT = ratio_sample_in,
	OUTPUT = ratio_sample_out,
	RECEIVE = ratio_sample_recv,
	SEND = ratio_sample_send,
	INTERNALLENGTH = 48,
	ALIGNMENT = double
);

COMMENT ON TYPE ratio_sample IS
	'a rate, such as clicks by impressions, with what its uncertainty needs: sums over blocks, such as days';
COMMENT ON FUNCTION ratio_sample_in(cstring) IS 'I/O';
COMMENT ON FUNCTION ratio_sample_out(ratio_sample) IS 'I/O';
COMMENT ON FUNCTION ratio_sample_recv(internal) IS 'I/O';
COMMENT ON FUNCTION ratio_sample_send(ratio_sample) IS 'I/O';

CREATE FUNCTION ratio_sample_eq(ratio_sample, ratio_sample) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_ne(ratio_sample, ratio_sample) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_lt(ratio_sample, ratio_sample) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_le(ratio_sample, ratio_sample) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_gt(ratio_sample, ratio_sample) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_ge(ratio_sample, ratio_sample) RETURNS boolean
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_cmp(ratio_sample, ratio_sample) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_hash(ratio_sample) RETURNS integer
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ratio_sample_hash_extended(ratio_sample, seed bigint) RETURNS bigint
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_sample_eq(ratio_sample, ratio_sample) IS 'implementation of = operator';
COMMENT ON FUNCTION ratio_sample_ne(ratio_sample, ratio_sample) IS 'implementation of <> operator';
COMMENT ON FUNCTION ratio_sample_lt(ratio_sample, ratio_sample) IS 'implementation of < operator';
COMMENT ON FUNCTION ratio_sample_le(ratio_sample, ratio_sample) IS 'implementation of <= operator';
COMMENT ON FUNCTION ratio_sample_gt(ratio_sample, ratio_sample) IS 'implementation of > operator';
COMMENT ON FUNCTION ratio_sample_ge(ratio_sample, ratio_sample) IS 'implementation of >= operator';
COMMENT ON FUNCTION ratio_sample_cmp(ratio_sample, ratio_sample) IS 'less-equal-greater';
COMMENT ON FUNCTION ratio_sample_hash(ratio_sample) IS 'hash';
COMMENT ON FUNCTION ratio_sample_hash_extended(ratio_sample, bigint) IS 'hash';

CREATE OPERATOR = (
	LEFTARG = ratio_sample, RIGHTARG = ratio_sample, FUNCTION = ratio_sample_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);

CREATE OPERATOR <> (
	LEFTARG = ratio_sample, RIGHTARG = ratio_sample, FUNCTION = ratio_sample_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);

CREATE OPERATOR < (
	LEFTARG = ratio_sample, RIGHTARG = ratio_sample, FUNCTION = ratio_sample_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);

CREATE OPERATOR <= (
	LEFTARG = ratio_sample, RIGHTARG = ratio_sample, FUNCTION = ratio_sample_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);

CREATE OPERATOR > (
	LEFTARG = ratio_sample, RIGHTARG = ratio_sample, FUNCTION = ratio_sample_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);

CREATE OPERATOR >= (
	LEFTARG = ratio_sample, RIGHTARG = ratio_sample, FUNCTION = ratio_sample_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR = (ratio_sample, ratio_sample) IS 'the same sums over as many blocks';
COMMENT ON OPERATOR <> (ratio_sample, ratio_sample) IS 'not equal';
COMMENT ON OPERATOR < (ratio_sample, ratio_sample) IS 'less than, in an order without meaning';
COMMENT ON OPERATOR <= (ratio_sample, ratio_sample) IS 'less than or equal, in an order without meaning';
COMMENT ON OPERATOR > (ratio_sample, ratio_sample) IS 'greater than, in an order without meaning';
COMMENT ON OPERATOR >= (ratio_sample, ratio_sample) IS 'greater than or equal, in an order without meaning';

CREATE OPERATOR CLASS ratio_sample_ops
	DEFAULT FOR TYPE ratio_sample USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 ratio_sample_cmp(ratio_sample, ratio_sample);

CREATE OPERATOR CLASS ratio_sample_ops
	DEFAULT FOR TYPE ratio_sample USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 ratio_sample_hash(ratio_sample),
	FUNCTION 2 ratio_sample_hash_extended(ratio_sample, bigint);

CREATE FUNCTION ratio_sample_add(ratio_sample, ratio_sample) RETURNS ratio_sample
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_sample_add(ratio_sample, ratio_sample) IS 'implementation of + operator';

CREATE OPERATOR + (
	LEFTARG = ratio_sample, RIGHTARG = ratio_sample, FUNCTION = ratio_sample_add,
	COMMUTATOR = +
);

COMMENT ON OPERATOR + (ratio_sample, ratio_sample) IS
	'the blocks of both samples, which must not have any in common';

CREATE AGGREGATE sum(sample ratio_sample) (
	SFUNC = ratio_sample_add, STYPE = ratio_sample, SSPACE = 48,
	COMBINEFUNC = ratio_sample_add,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(ratio_sample) IS
	'the blocks of all samples, which must not have any in common';

CREATE FUNCTION ratio_sample_add_block(ratio_sample, x double precision, y double precision) RETURNS ratio_sample
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ratio_sample_agg(x double precision, y double precision) (
	SFUNC = ratio_sample_add_block, STYPE = ratio_sample, SSPACE = 48,
	COMBINEFUNC = ratio_sample_add,
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ratio_sample_agg(double precision, double precision) IS
	'sample of the rate sum(x) / sum(y), one row for each block, such as a day';

CREATE FUNCTION ratio_interval(
	sample ratio_sample,
	confidence double precision DEFAULT 0.95,
	OUT estimate double precision,
	OUT low double precision,
	OUT high double precision
)
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_interval(ratio_sample, double precision) IS
	'a rate and its confidence interval, by Student''s t over blocks';

CREATE FUNCTION ratio_test(
	a ratio_sample,
	b ratio_sample,
	OUT lift double precision,
	OUT low double precision,
	OUT high double precision,
	OUT t double precision,
	OUT df double precision,
	OUT p_value double precision
)
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_test(ratio_sample, ratio_sample) IS
	'lift of rate a over rate b in percent with its 95 percent interval, and Welch''s t test of their difference over blocks';
