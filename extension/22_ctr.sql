-- Every pair of number types resolves to one of these: equal types to their own
-- form, mixed ones to the wider of the two.

CREATE FUNCTION ad_totals_add_ctr_int4_int4(ad_totals, clicks integer, impressions integer) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_int4_int4(ad_totals, clicks integer, impressions integer) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks integer, impressions integer) (
	SFUNC = ad_totals_add_ctr_int4_int4, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_int4_int4, MINVFUNC = ad_totals_remove_ctr_int4_int4,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(integer, integer) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

CREATE FUNCTION ad_totals_add_ctr_int8_int8(ad_totals, clicks bigint, impressions bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_int8_int8(ad_totals, clicks bigint, impressions bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks bigint, impressions bigint) (
	SFUNC = ad_totals_add_ctr_int8_int8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_int8_int8, MINVFUNC = ad_totals_remove_ctr_int8_int8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(bigint, bigint) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

CREATE FUNCTION ad_totals_add_ctr_numeric_numeric(ad_totals, clicks numeric, impressions numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_numeric_numeric(ad_totals, clicks numeric, impressions numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks numeric, impressions numeric) (
	SFUNC = ad_totals_add_ctr_numeric_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_numeric_numeric, MINVFUNC = ad_totals_remove_ctr_numeric_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(numeric, numeric) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

CREATE FUNCTION ad_totals_add_ctr_float8_float8(ad_totals, clicks double precision, impressions double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_float8_float8(ad_totals, clicks double precision, impressions double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks double precision, impressions double precision) (
	SFUNC = ad_totals_add_ctr_float8_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_float8_float8, MINVFUNC = ad_totals_remove_ctr_float8_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(double precision, double precision) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

CREATE FUNCTION ad_totals_add_ctr_click_counts_int8(ad_totals, clicks click_counts, impressions bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_click_counts_int8(ad_totals, clicks click_counts, impressions bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks click_counts, impressions bigint) (
	SFUNC = ad_totals_add_ctr_click_counts_int8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_click_counts_int8, MINVFUNC = ad_totals_remove_ctr_click_counts_int8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(click_counts, bigint) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

CREATE FUNCTION ad_totals_add_ctr_click_counts_numeric(ad_totals, clicks click_counts, impressions numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_click_counts_numeric(ad_totals, clicks click_counts, impressions numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks click_counts, impressions numeric) (
	SFUNC = ad_totals_add_ctr_click_counts_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_click_counts_numeric, MINVFUNC = ad_totals_remove_ctr_click_counts_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(click_counts, numeric) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

CREATE FUNCTION ad_totals_add_ctr_click_counts_float8(ad_totals, clicks click_counts, impressions double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_click_counts_float8(ad_totals, clicks click_counts, impressions double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks click_counts, impressions double precision) (
	SFUNC = ad_totals_add_ctr_click_counts_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_click_counts_float8, MINVFUNC = ad_totals_remove_ctr_click_counts_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(click_counts, double precision) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

CREATE FUNCTION ad_totals_add_ctr_text_int8(ad_totals, clicks text, impressions bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_text_int8(ad_totals, clicks text, impressions bigint) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks text, impressions bigint) (
	SFUNC = ad_totals_add_ctr_text_int8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_text_int8, MINVFUNC = ad_totals_remove_ctr_text_int8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(text, bigint) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

CREATE FUNCTION ad_totals_add_ctr_text_numeric(ad_totals, clicks text, impressions numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_text_numeric(ad_totals, clicks text, impressions numeric) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks text, impressions numeric) (
	SFUNC = ad_totals_add_ctr_text_numeric, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_text_numeric, MINVFUNC = ad_totals_remove_ctr_text_numeric,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(text, numeric) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

CREATE FUNCTION ad_totals_add_ctr_text_float8(ad_totals, clicks text, impressions double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION ad_totals_remove_ctr_text_float8(ad_totals, clicks text, impressions double precision) RETURNS ad_totals
	AS 'MODULE_PATHNAME'
	LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE AGGREGATE ctr(clicks text, impressions double precision) (
	SFUNC = ad_totals_add_ctr_text_float8, STYPE = ad_totals, SSPACE = 128,
	FINALFUNC = ad_totals_ctr, COMBINEFUNC = ad_totals_merge,
	INITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	MSFUNC = ad_totals_add_ctr_text_float8, MINVFUNC = ad_totals_remove_ctr_text_float8,
	MSTYPE = ad_totals, MSSPACE = 128, MFINALFUNC = ad_totals_ctr,
	MINITCOND = '1|0|0|0|0|0|0|0|0|0|0|',
	PARALLEL = SAFE
);

COMMENT ON AGGREGATE ctr(text, double precision) IS
	'click-through rate in percent: 100 * sum(clicks) / sum(impressions)';

