-- how sure a click-through rate is, and whether two of them differ

-- The double precision forms take what is not bigint: sum(bigint) is numeric.

CREATE FUNCTION ctr_interval(
	clicks bigint,
	impressions bigint,
	confidence double precision DEFAULT 0.95,
	OUT low double precision,
	OUT high double precision
)
	AS 'MODULE_PATHNAME', 'ctr_interval_bigint'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ctr_interval(bigint, bigint, double precision) IS
	'for independent impressions: Wilson confidence interval of a click-through rate, in percent';

CREATE FUNCTION ctr_interval(
	clicks double precision,
	impressions double precision,
	confidence double precision DEFAULT 0.95,
	OUT low double precision,
	OUT high double precision
)
	AS 'MODULE_PATHNAME', 'ctr_interval_double_precision'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ctr_interval(double precision, double precision, double precision) IS
	'for independent impressions: Wilson confidence interval of a click-through rate, in percent';

CREATE FUNCTION ctr_test(
	clicks_a bigint,
	impressions_a bigint,
	clicks_b bigint,
	impressions_b bigint,
	OUT lift double precision,
	OUT z double precision,
	OUT p_value double precision
)
	AS 'MODULE_PATHNAME', 'ctr_test_bigint'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ctr_test(bigint, bigint, bigint, bigint) IS
	'for randomized splits of independent impressions: lift of click-through rate a over b in percent, z and the p value of their difference';

CREATE FUNCTION ctr_test(
	clicks_a double precision,
	impressions_a double precision,
	clicks_b double precision,
	impressions_b double precision,
	OUT lift double precision,
	OUT z double precision,
	OUT p_value double precision
)
	AS 'MODULE_PATHNAME', 'ctr_test_double_precision'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ctr_test(double precision, double precision, double precision, double precision) IS
	'for randomized splits of independent impressions: lift of click-through rate a over b in percent, z and the p value of their difference';

