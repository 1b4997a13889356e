/*-------------------------------------------------------------------------
 *
 * ctr_statistics.c
 *	  How sure a click-through rate is, and whether two of them differ.
 *
 * For randomized splits of independent impressions.  The mathematics is in
 * statistics/statistics.c and statistics/exact_test.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/float.h"

#include "statistics/exact_test.h"
#include "statistics_row.h"

CLK_FUNCTION(ctr_interval_bigint);
CLK_FUNCTION(ctr_interval_double_precision);
CLK_FUNCTION(ctr_test_bigint);
CLK_FUNCTION(ctr_test_double_precision);

static int64
check_count(int64 count, const char *name)
{
	if (count < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be negative: %lld",
						name, (long long) count)));
	return count;
}

static clk_rate
getarg_rate_bigint(FunctionCallInfo fcinfo, int argno,
				   const char *clicks_name, const char *impressions_name)
{
	clk_rate	rate;

	rate.clicks = check_count(PG_GETARG_INT64(argno), clicks_name);
	rate.impressions = check_count(PG_GETARG_INT64(argno + 1),
								   impressions_name);
	return rate;
}

/* A count that arrives as double precision, as sum(bigint) does. */
static int64
count_from_double_precision(double value, const char *name)
{
	if (isnan(value) || (isfinite(value) && value != rint(value)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be a whole number: %s",
						name, float8out_internal(value))));
	if (!FLOAT8_FITS_IN_INT64(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s out of range for type bigint: %s",
						name, float8out_internal(value))));

	return check_count((int64) value, name);
}

static clk_rate
getarg_rate_double_precision(FunctionCallInfo fcinfo, int argno,
							 const char *clicks_name,
							 const char *impressions_name)
{
	clk_rate	rate;

	rate.clicks = count_from_double_precision(PG_GETARG_FLOAT8(argno),
											  clicks_name);
	rate.impressions = count_from_double_precision(PG_GETARG_FLOAT8(argno + 1),
												   impressions_name);
	return rate;
}

static Datum
ctr_interval(FunctionCallInfo fcinfo, clk_rate rate, double confidence)
{
	clk_interval interval = {0, 0};
	double		percent[2];
	bool		nulls[2];

	nulls[0] = nulls[1] = !clk_wilson_interval(rate,
											   clk_check_confidence(confidence),
											   &interval);
	percent[0] = 100 * interval.low;
	percent[1] = 100 * interval.high;

	return clk_statistics_row(fcinfo, 2, percent, nulls);
}

static Datum
ctr_test(FunctionCallInfo fcinfo, clk_rate a, clk_rate b)
{
	double		lift = 0;
	double		z = 0;
	double		numbers[3];
	bool		nulls[3];

	nulls[0] = !clk_rate_lift(a, b, &lift);
	nulls[1] = nulls[2] = !clk_pooled_z(a, b, &z);
	numbers[0] = 100 * lift;
	numbers[1] = z;
	numbers[2] = nulls[2] ? 0 : clk_two_rates_p_value(a, b, z);

	return clk_statistics_row(fcinfo, 3, numbers, nulls);
}

/*
 * ctr_interval(clicks bigint, impressions bigint, confidence double precision,
 *				OUT low double precision, OUT high double precision)
 *
 * NULLs without impressions or with more clicks than impressions.
 */
Datum
ctr_interval_bigint(PG_FUNCTION_ARGS)
{
	clk_rate	rate = getarg_rate_bigint(fcinfo, 0, "clicks", "impressions");

	return ctr_interval(fcinfo, rate, PG_GETARG_FLOAT8(2));
}

/*
 * ctr_interval(clicks double precision, impressions double precision,
 *				confidence double precision,
 *				OUT low double precision, OUT high double precision)
 *
 * The same for counts that are not bigint, as sum(bigint) is numeric.
 */
Datum
ctr_interval_double_precision(PG_FUNCTION_ARGS)
{
	clk_rate	rate = getarg_rate_double_precision(fcinfo, 0, "clicks",
													"impressions");

	return ctr_interval(fcinfo, rate, PG_GETARG_FLOAT8(2));
}

/*
 * ctr_test(clicks_a bigint, impressions_a bigint,
 *			clicks_b bigint, impressions_b bigint,
 *			OUT lift double precision, OUT z double precision,
 *			OUT p_value double precision)
 *
 * Each result is NULL where it is undefined.
 */
Datum
ctr_test_bigint(PG_FUNCTION_ARGS)
{
	clk_rate	a = getarg_rate_bigint(fcinfo, 0, "clicks_a", "impressions_a");
	clk_rate	b = getarg_rate_bigint(fcinfo, 2, "clicks_b", "impressions_b");

	return ctr_test(fcinfo, a, b);
}

/*
 * ctr_test(clicks_a double precision, impressions_a double precision,
 *			clicks_b double precision, impressions_b double precision,
 *			OUT lift double precision, OUT z double precision,
 *			OUT p_value double precision)
 *
 * The same for counts that are not bigint, as sum(bigint) is numeric.
 */
Datum
ctr_test_double_precision(PG_FUNCTION_ARGS)
{
	clk_rate	a = getarg_rate_double_precision(fcinfo, 0, "clicks_a",
												 "impressions_a");
	clk_rate	b = getarg_rate_double_precision(fcinfo, 2, "clicks_b",
												 "impressions_b");

	return ctr_test(fcinfo, a, b);
}
