-- The type of arguments that may be any number: one form of a function takes them
-- all, in any combination, and each value exactly.  It is numeric under another
-- name, so that a numeric argument costs nothing.
CREATE TYPE any_number;

CREATE FUNCTION any_number_in(cstring) RETURNS any_number
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION any_number_out(any_number) RETURNS cstring
	AS 'numeric_out'
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION any_number_recv(internal, oid, integer) RETURNS any_number
	AS 'numeric_recv'
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION any_number_send(any_number) RETURNS bytea
	AS 'numeric_send'
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;

-- preferred, so that of several forms it is the one for what fits none exactly
CREATE TYPE any_number (
	INPUT = any_number_in,
	OUTPUT = any_number_out,
	RECEIVE = any_number_recv,
	SEND = any_number_send,
	LIKE = numeric,
	CATEGORY = 'N',
	PREFERRED = true
);

COMMENT ON TYPE any_number IS
	'a number of any type, text included, as an argument; not meant to be stored';

CREATE CAST (numeric AS any_number) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (any_number AS numeric) WITHOUT FUNCTION AS IMPLICIT;

CREATE FUNCTION any_number(smallint) RETURNS any_number
	AS 'MODULE_PATHNAME', 'any_number_from_int2'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION any_number(smallint) IS 'convert smallint to any_number';

CREATE FUNCTION any_number(integer) RETURNS any_number
	AS 'MODULE_PATHNAME', 'any_number_from_int4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION any_number(integer) IS 'convert integer to any_number';

CREATE FUNCTION any_number(bigint) RETURNS any_number
	AS 'MODULE_PATHNAME', 'any_number_from_int8'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION any_number(bigint) IS 'convert bigint to any_number';

CREATE FUNCTION any_number(real) RETURNS any_number
	AS 'MODULE_PATHNAME', 'any_number_from_float4'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION any_number(real) IS 'convert real to any_number';

CREATE FUNCTION any_number(double precision) RETURNS any_number
	AS 'MODULE_PATHNAME', 'any_number_from_float8'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION any_number(double precision) IS 'convert double precision to any_number';

CREATE FUNCTION any_number(text) RETURNS any_number
	AS 'MODULE_PATHNAME', 'any_number_from_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION any_number(text) IS 'convert text to any_number';

CREATE FUNCTION any_number(character) RETURNS any_number
	AS 'MODULE_PATHNAME', 'any_number_from_text'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION any_number(character) IS 'convert character to any_number';

CREATE CAST (smallint AS any_number) WITH FUNCTION any_number(smallint) AS IMPLICIT;
CREATE CAST (integer AS any_number) WITH FUNCTION any_number(integer) AS IMPLICIT;
CREATE CAST (bigint AS any_number) WITH FUNCTION any_number(bigint) AS IMPLICIT;
CREATE CAST (real AS any_number) WITH FUNCTION any_number(real) AS IMPLICIT;
CREATE CAST (double precision AS any_number) WITH FUNCTION any_number(double precision) AS IMPLICIT;
CREATE CAST (text AS any_number) WITH FUNCTION any_number(text) AS IMPLICIT;
CREATE CAST (varchar AS any_number) WITH FUNCTION any_number(text) AS IMPLICIT;
CREATE CAST (character AS any_number) WITH FUNCTION any_number(character) AS IMPLICIT;
