/*-------------------------------------------------------------------------
 *
 * ratio_sample_compare.c
 *	  Equality, order and hash of ratio_sample.
 *
 * Samples are equal if all their numbers are.  The order means nothing; it is
 * there for DISTINCT, GROUP BY, merge joins and unique indexes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "ratio_sample.h"

CLK_FUNCTION(ratio_sample_eq);
CLK_FUNCTION(ratio_sample_ne);
CLK_FUNCTION(ratio_sample_lt);
CLK_FUNCTION(ratio_sample_le);
CLK_FUNCTION(ratio_sample_gt);
CLK_FUNCTION(ratio_sample_ge);
CLK_FUNCTION(ratio_sample_cmp);
CLK_FUNCTION(ratio_sample_hash);
CLK_FUNCTION(ratio_sample_hash_extended);

static int
compare_doubles(double a, double b)
{
	return (a > b) - (a < b);
}

/* Less than, equal to or greater than 0, as argument 0 is to argument 1. */
static int
compare_arguments(FunctionCallInfo fcinfo)
{
	const clk_ratio_sample *a = clk_getarg_ratio_sample(fcinfo, 0);
	const clk_ratio_sample *b = clk_getarg_ratio_sample(fcinfo, 1);
	int			result = (a->blocks > b->blocks) - (a->blocks < b->blocks);

	if (result == 0)
		result = compare_doubles(a->x, b->x);
	if (result == 0)
		result = compare_doubles(a->y, b->y);
	if (result == 0)
		result = compare_doubles(a->xx, b->xx);
	if (result == 0)
		result = compare_doubles(a->xy, b->xy);
	if (result == 0)
		result = compare_doubles(a->yy, b->yy);
	return result;
}

/*
 * ratio_sample_eq(ratio_sample, ratio_sample)
 */
Datum
ratio_sample_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) == 0);
}

/*
 * ratio_sample_ne(ratio_sample, ratio_sample)
 */
Datum
ratio_sample_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) != 0);
}

/*
 * ratio_sample_lt(ratio_sample, ratio_sample)
 */
Datum
ratio_sample_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) < 0);
}

/*
 * ratio_sample_le(ratio_sample, ratio_sample)
 */
Datum
ratio_sample_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) <= 0);
}

/*
 * ratio_sample_gt(ratio_sample, ratio_sample)
 */
Datum
ratio_sample_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) > 0);
}

/*
 * ratio_sample_ge(ratio_sample, ratio_sample)
 */
Datum
ratio_sample_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) >= 0);
}

/*
 * ratio_sample_cmp(ratio_sample, ratio_sample)
 */
Datum
ratio_sample_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_arguments(fcinfo));
}

/*
 * ratio_sample_hash(ratio_sample)
 */
Datum
ratio_sample_hash(PG_FUNCTION_ARGS)
{
	return hash_any((const unsigned char *) PG_GETARG_POINTER(0),
					sizeof(clk_ratio_sample));
}

/*
 * ratio_sample_hash_extended(ratio_sample, seed bigint)
 */
Datum
ratio_sample_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((const unsigned char *) PG_GETARG_POINTER(0),
							 sizeof(clk_ratio_sample),
							 (uint64) PG_GETARG_INT64(1));
}
