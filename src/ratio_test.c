/*-------------------------------------------------------------------------
 *
 * ratio_test.c
 *	  How sure a rate is that was sampled in blocks, and whether two differ.
 *
 * The mathematics is in statistics/ratio_statistics.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "errors.h"
#include "ratio_sample.h"
#include "statistics_row.h"

CLK_FUNCTION(ratio_interval);
CLK_FUNCTION(ratio_test);

/* Of the interval of a lift */
#define CONFIDENCE 0.95

/*
 * ratio_interval(ratio_sample, confidence double precision,
 *				  OUT estimate double precision,
 *				  OUT low double precision, OUT high double precision)
 *
 * All NULL if y sums up to 0; no bounds below 4 blocks.
 */
Datum
ratio_interval(PG_FUNCTION_ARGS)
{
	const clk_ratio_sample *sample = clk_getarg_ratio_sample(fcinfo, 0);
	double		confidence = clk_check_confidence(PG_GETARG_FLOAT8(1));
	clk_interval interval = {0, 0};
	double		numbers[3] = {0, 0, 0};
	bool		nulls[3];

	nulls[0] = !clk_ratio_estimate(sample, &numbers[0]);
	nulls[1] = nulls[2] = !clk_ratio_interval(sample, confidence, &interval);
	numbers[1] = interval.low;
	numbers[2] = interval.high;
	for (int i = 0; i < 3; i++)
	{
		if (!isfinite(numbers[i]))
			clk_out_of_range_error("rate");
	}
	return clk_statistics_row(fcinfo, 3, numbers, nulls);
}

/*
 * ratio_test(a ratio_sample, b ratio_sample,
 *			  OUT lift double precision, OUT low double precision,
 *			  OUT high double precision, OUT t double precision,
 *			  OUT df double precision, OUT p_value double precision)
 *
 * Each result is NULL where it is undefined.
 */
Datum
ratio_test(PG_FUNCTION_ARGS)
{
	clk_ratio_test test = clk_ratio_compare(clk_getarg_ratio_sample(fcinfo, 0),
											clk_getarg_ratio_sample(fcinfo, 1),
											CONFIDENCE);
	double		numbers[6] = {
		100 * test.lift, 100 * test.interval.low, 100 * test.interval.high,
		test.t, test.df, test.p_value
	};
	bool		nulls[6] = {
		!test.has_lift || !isfinite(numbers[0]),
		!test.has_low || !isfinite(numbers[1]),
		!test.has_high || !isfinite(numbers[2]),
		!test.has_t, !test.has_t, !test.has_t
	};

	return clk_statistics_row(fcinfo, 6, numbers, nulls);
}
