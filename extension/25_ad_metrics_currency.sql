-- The forms of ad_metrics() that refuse to mix currencies.

CREATE FUNCTION ad_totals_add_metrics_int4_int4_numeric(ad_totals, clicks integer, impressions integer, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_int4_int4_numeric(ad_totals, clicks integer, impressions integer, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks integer, impressions integer, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_int4_int4_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_int4_int4_numeric, MINVFUNC = ad_totals_remove_metrics_int4_int4_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(integer, integer, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_int4_int4_float8(ad_totals, clicks integer, impressions integer, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_int4_int4_float8(ad_totals, clicks integer, impressions integer, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks integer, impressions integer, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_int4_int4_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_int4_int4_float8, MINVFUNC = ad_totals_remove_metrics_int4_int4_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(integer, integer, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_int8_int8_numeric(ad_totals, clicks bigint, impressions bigint, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_int8_int8_numeric(ad_totals, clicks bigint, impressions bigint, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks bigint, impressions bigint, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_int8_int8_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_int8_int8_numeric, MINVFUNC = ad_totals_remove_metrics_int8_int8_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(bigint, bigint, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_int8_int8_float8(ad_totals, clicks bigint, impressions bigint, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_int8_int8_float8(ad_totals, clicks bigint, impressions bigint, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks bigint, impressions bigint, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_int8_int8_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_int8_int8_float8, MINVFUNC = ad_totals_remove_metrics_int8_int8_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(bigint, bigint, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_numeric_numeric_numeric(ad_totals, clicks numeric, impressions numeric, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_numeric_numeric_numeric(ad_totals, clicks numeric, impressions numeric, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks numeric, impressions numeric, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_numeric_numeric_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_numeric_numeric_numeric, MINVFUNC = ad_totals_remove_metrics_numeric_numeric_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(numeric, numeric, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_numeric_numeric_float8(ad_totals, clicks numeric, impressions numeric, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_numeric_numeric_float8(ad_totals, clicks numeric, impressions numeric, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks numeric, impressions numeric, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_numeric_numeric_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_numeric_numeric_float8, MINVFUNC = ad_totals_remove_metrics_numeric_numeric_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(numeric, numeric, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_float8_float8_numeric(ad_totals, clicks double precision, impressions double precision, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_float8_float8_numeric(ad_totals, clicks double precision, impressions double precision, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks double precision, impressions double precision, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_float8_float8_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_float8_float8_numeric, MINVFUNC = ad_totals_remove_metrics_float8_float8_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(double precision, double precision, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_float8_float8_float8(ad_totals, clicks double precision, impressions double precision, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_float8_float8_float8(ad_totals, clicks double precision, impressions double precision, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks double precision, impressions double precision, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_float8_float8_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_float8_float8_float8, MINVFUNC = ad_totals_remove_metrics_float8_float8_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(double precision, double precision, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_click_counts_int8_numeric(ad_totals, clicks click_counts, impressions bigint, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_click_counts_int8_numeric(ad_totals, clicks click_counts, impressions bigint, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks click_counts, impressions bigint, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_click_counts_int8_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_click_counts_int8_numeric, MINVFUNC = ad_totals_remove_metrics_click_counts_int8_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(click_counts, bigint, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_click_counts_int8_float8(ad_totals, clicks click_counts, impressions bigint, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_click_counts_int8_float8(ad_totals, clicks click_counts, impressions bigint, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks click_counts, impressions bigint, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_click_counts_int8_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_click_counts_int8_float8, MINVFUNC = ad_totals_remove_metrics_click_counts_int8_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(click_counts, bigint, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_click_counts_numeric_numeric(ad_totals, clicks click_counts, impressions numeric, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_click_counts_numeric_numeric(ad_totals, clicks click_counts, impressions numeric, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks click_counts, impressions numeric, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_click_counts_numeric_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_click_counts_numeric_numeric, MINVFUNC = ad_totals_remove_metrics_click_counts_numeric_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(click_counts, numeric, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_click_counts_numeric_float8(ad_totals, clicks click_counts, impressions numeric, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_click_counts_numeric_float8(ad_totals, clicks click_counts, impressions numeric, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks click_counts, impressions numeric, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_click_counts_numeric_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_click_counts_numeric_float8, MINVFUNC = ad_totals_remove_metrics_click_counts_numeric_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(click_counts, numeric, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_click_counts_float8_numeric(ad_totals, clicks click_counts, impressions double precision, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_click_counts_float8_numeric(ad_totals, clicks click_counts, impressions double precision, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks click_counts, impressions double precision, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_click_counts_float8_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_click_counts_float8_numeric, MINVFUNC = ad_totals_remove_metrics_click_counts_float8_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(click_counts, double precision, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_click_counts_float8_float8(ad_totals, clicks click_counts, impressions double precision, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_click_counts_float8_float8(ad_totals, clicks click_counts, impressions double precision, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks click_counts, impressions double precision, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_click_counts_float8_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_click_counts_float8_float8, MINVFUNC = ad_totals_remove_metrics_click_counts_float8_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(click_counts, double precision, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_text_int8_numeric(ad_totals, clicks text, impressions bigint, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_text_int8_numeric(ad_totals, clicks text, impressions bigint, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks text, impressions bigint, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_text_int8_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_text_int8_numeric, MINVFUNC = ad_totals_remove_metrics_text_int8_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(text, bigint, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_text_int8_float8(ad_totals, clicks text, impressions bigint, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_text_int8_float8(ad_totals, clicks text, impressions bigint, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks text, impressions bigint, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_text_int8_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_text_int8_float8, MINVFUNC = ad_totals_remove_metrics_text_int8_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(text, bigint, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_text_numeric_numeric(ad_totals, clicks text, impressions numeric, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_text_numeric_numeric(ad_totals, clicks text, impressions numeric, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks text, impressions numeric, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_text_numeric_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_text_numeric_numeric, MINVFUNC = ad_totals_remove_metrics_text_numeric_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(text, numeric, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_text_numeric_float8(ad_totals, clicks text, impressions numeric, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_text_numeric_float8(ad_totals, clicks text, impressions numeric, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks text, impressions numeric, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_text_numeric_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_text_numeric_float8, MINVFUNC = ad_totals_remove_metrics_text_numeric_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(text, numeric, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_text_float8_numeric(ad_totals, clicks text, impressions double precision, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_text_float8_numeric(ad_totals, clicks text, impressions double precision, spend numeric, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks text, impressions double precision, spend numeric, currency text) (
	SFUNC = ad_totals_add_metrics_text_float8_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_text_float8_numeric, MINVFUNC = ad_totals_remove_metrics_text_float8_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(text, double precision, numeric, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

CREATE FUNCTION ad_totals_add_metrics_text_float8_float8(ad_totals, clicks text, impressions double precision, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_metrics_text_float8_float8(ad_totals, clicks text, impressions double precision, spend double precision, currency text) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ad_metrics(clicks text, impressions double precision, spend double precision, currency text) (
	SFUNC = ad_totals_add_metrics_text_float8_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_metrics, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_metrics_text_float8_float8, MINVFUNC = ad_totals_remove_metrics_text_float8_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_metrics,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ad_metrics(text, double precision, double precision, text) IS
	'Clicks (All), impressions, spend, CTR and CPC in one pass, an error if the currencies of a group differ';

