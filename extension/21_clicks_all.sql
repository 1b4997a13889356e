-- Clicks (All) of a column.  The overloads are those of core sum(), so that any
-- number resolves; text is what an untyped literal resolves to.

CREATE FUNCTION ad_totals_add_clicks_int2(ad_totals, clicks smallint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_clicks_int2(ad_totals, clicks smallint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE clicks_all(clicks smallint) (
	SFUNC = ad_totals_add_clicks_int2, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_clicks_all, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_clicks_int2, MINVFUNC = ad_totals_remove_clicks_int2,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_clicks_all,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_all(smallint) IS
	'Clicks (All): sum of a column of clicks';

CREATE FUNCTION ad_totals_add_clicks_int4(ad_totals, clicks integer) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_clicks_int4(ad_totals, clicks integer) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE clicks_all(clicks integer) (
	SFUNC = ad_totals_add_clicks_int4, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_clicks_all, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_clicks_int4, MINVFUNC = ad_totals_remove_clicks_int4,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_clicks_all,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_all(integer) IS
	'Clicks (All): sum of a column of clicks';

CREATE FUNCTION ad_totals_add_clicks_int8(ad_totals, clicks bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_clicks_int8(ad_totals, clicks bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE clicks_all(clicks bigint) (
	SFUNC = ad_totals_add_clicks_int8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_clicks_all, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_clicks_int8, MINVFUNC = ad_totals_remove_clicks_int8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_clicks_all,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_all(bigint) IS
	'Clicks (All): sum of a column of clicks';

CREATE FUNCTION ad_totals_add_clicks_float4(ad_totals, clicks real) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_clicks_float4(ad_totals, clicks real) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE clicks_all(clicks real) (
	SFUNC = ad_totals_add_clicks_float4, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_clicks_all, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_clicks_float4, MINVFUNC = ad_totals_remove_clicks_float4,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_clicks_all,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_all(real) IS
	'Clicks (All): sum of a column of clicks';

CREATE FUNCTION ad_totals_add_clicks_float8(ad_totals, clicks double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_clicks_float8(ad_totals, clicks double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE clicks_all(clicks double precision) (
	SFUNC = ad_totals_add_clicks_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_clicks_all, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_clicks_float8, MINVFUNC = ad_totals_remove_clicks_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_clicks_all,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_all(double precision) IS
	'Clicks (All): sum of a column of clicks';

CREATE FUNCTION ad_totals_add_clicks_numeric(ad_totals, clicks numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_clicks_numeric(ad_totals, clicks numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE clicks_all(clicks numeric) (
	SFUNC = ad_totals_add_clicks_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_clicks_all, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_clicks_numeric, MINVFUNC = ad_totals_remove_clicks_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_clicks_all,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_all(numeric) IS
	'Clicks (All): sum of a column of clicks';

CREATE FUNCTION ad_totals_add_clicks_text(ad_totals, clicks text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_clicks_text(ad_totals, clicks text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE AGGREGATE clicks_all(clicks text) (
	SFUNC = ad_totals_add_clicks_text, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_clicks_all, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_clicks_text, MINVFUNC = ad_totals_remove_clicks_text,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_clicks_all,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE clicks_all(text) IS
	'Clicks (All): sum of a column of clicks';

