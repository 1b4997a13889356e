-- Every pair of number types resolves to one of these; so do untyped literals.

CREATE FUNCTION ad_totals_add_cpc_numeric_int8(ad_totals, spend numeric, clicks bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_int8(ad_totals, spend numeric, clicks bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks bigint) (
	SFUNC = ad_totals_add_cpc_numeric_int8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_int8, MINVFUNC = ad_totals_remove_cpc_numeric_int8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, bigint) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_numeric_numeric(ad_totals, spend numeric, clicks numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_numeric(ad_totals, spend numeric, clicks numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks numeric) (
	SFUNC = ad_totals_add_cpc_numeric_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_numeric, MINVFUNC = ad_totals_remove_cpc_numeric_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, numeric) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_numeric_float8(ad_totals, spend numeric, clicks double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_float8(ad_totals, spend numeric, clicks double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks double precision) (
	SFUNC = ad_totals_add_cpc_numeric_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_float8, MINVFUNC = ad_totals_remove_cpc_numeric_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, double precision) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_numeric_click_counts(ad_totals, spend numeric, clicks click_counts) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_click_counts(ad_totals, spend numeric, clicks click_counts) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks click_counts) (
	SFUNC = ad_totals_add_cpc_numeric_click_counts, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_click_counts, MINVFUNC = ad_totals_remove_cpc_numeric_click_counts,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, click_counts) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_numeric_text(ad_totals, spend numeric, clicks text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_text(ad_totals, spend numeric, clicks text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks text) (
	SFUNC = ad_totals_add_cpc_numeric_text, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_text, MINVFUNC = ad_totals_remove_cpc_numeric_text,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, text) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_float8_int8(ad_totals, spend double precision, clicks bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_int8(ad_totals, spend double precision, clicks bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks bigint) (
	SFUNC = ad_totals_add_cpc_float8_int8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_int8, MINVFUNC = ad_totals_remove_cpc_float8_int8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, bigint) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_float8_numeric(ad_totals, spend double precision, clicks numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_numeric(ad_totals, spend double precision, clicks numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks numeric) (
	SFUNC = ad_totals_add_cpc_float8_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_numeric, MINVFUNC = ad_totals_remove_cpc_float8_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, numeric) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_float8_float8(ad_totals, spend double precision, clicks double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_float8(ad_totals, spend double precision, clicks double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks double precision) (
	SFUNC = ad_totals_add_cpc_float8_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_float8, MINVFUNC = ad_totals_remove_cpc_float8_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, double precision) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_float8_click_counts(ad_totals, spend double precision, clicks click_counts) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_click_counts(ad_totals, spend double precision, clicks click_counts) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks click_counts) (
	SFUNC = ad_totals_add_cpc_float8_click_counts, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_click_counts, MINVFUNC = ad_totals_remove_cpc_float8_click_counts,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, click_counts) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_float8_text(ad_totals, spend double precision, clicks text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_text(ad_totals, spend double precision, clicks text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks text) (
	SFUNC = ad_totals_add_cpc_float8_text, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_text, MINVFUNC = ad_totals_remove_cpc_float8_text,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, text) IS
	'cost per click: sum(spend) / sum(clicks)';

CREATE FUNCTION ad_totals_add_cpc_numeric_int8(ad_totals, spend numeric, clicks bigint, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_int8(ad_totals, spend numeric, clicks bigint, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks bigint, currency text) (
	SFUNC = ad_totals_add_cpc_numeric_int8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_int8, MINVFUNC = ad_totals_remove_cpc_numeric_int8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, bigint, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_cpc_numeric_numeric(ad_totals, spend numeric, clicks numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_numeric(ad_totals, spend numeric, clicks numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks numeric, currency text) (
	SFUNC = ad_totals_add_cpc_numeric_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_numeric, MINVFUNC = ad_totals_remove_cpc_numeric_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, numeric, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_cpc_numeric_float8(ad_totals, spend numeric, clicks double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_float8(ad_totals, spend numeric, clicks double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks double precision, currency text) (
	SFUNC = ad_totals_add_cpc_numeric_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_float8, MINVFUNC = ad_totals_remove_cpc_numeric_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, double precision, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_cpc_numeric_click_counts(ad_totals, spend numeric, clicks click_counts, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_click_counts(ad_totals, spend numeric, clicks click_counts, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks click_counts, currency text) (
	SFUNC = ad_totals_add_cpc_numeric_click_counts, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_click_counts, MINVFUNC = ad_totals_remove_cpc_numeric_click_counts,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, click_counts, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_cpc_numeric_text(ad_totals, spend numeric, clicks text, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_numeric_text(ad_totals, spend numeric, clicks text, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend numeric, clicks text, currency text) (
	SFUNC = ad_totals_add_cpc_numeric_text, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_numeric_text, MINVFUNC = ad_totals_remove_cpc_numeric_text,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(numeric, text, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_cpc_float8_int8(ad_totals, spend double precision, clicks bigint, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_int8(ad_totals, spend double precision, clicks bigint, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks bigint, currency text) (
	SFUNC = ad_totals_add_cpc_float8_int8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_int8, MINVFUNC = ad_totals_remove_cpc_float8_int8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, bigint, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_cpc_float8_numeric(ad_totals, spend double precision, clicks numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_numeric(ad_totals, spend double precision, clicks numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks numeric, currency text) (
	SFUNC = ad_totals_add_cpc_float8_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_numeric, MINVFUNC = ad_totals_remove_cpc_float8_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, numeric, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_cpc_float8_float8(ad_totals, spend double precision, clicks double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_float8(ad_totals, spend double precision, clicks double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks double precision, currency text) (
	SFUNC = ad_totals_add_cpc_float8_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_float8, MINVFUNC = ad_totals_remove_cpc_float8_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, double precision, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_cpc_float8_click_counts(ad_totals, spend double precision, clicks click_counts, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_click_counts(ad_totals, spend double precision, clicks click_counts, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks click_counts, currency text) (
	SFUNC = ad_totals_add_cpc_float8_click_counts, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_click_counts, MINVFUNC = ad_totals_remove_cpc_float8_click_counts,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, click_counts, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_cpc_float8_text(ad_totals, spend double precision, clicks text, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_cpc_float8_text(ad_totals, spend double precision, clicks text, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE cpc(spend double precision, clicks text, currency text) (
	SFUNC = ad_totals_add_cpc_float8_text, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_cpc, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_cpc_float8_text, MINVFUNC = ad_totals_remove_cpc_float8_text,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_cpc,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE cpc(double precision, text, text) IS
	'cost per click: sum(spend) / sum(clicks), an error if the currencies of a group differ';

