/*-------------------------------------------------------------------------
 *
 * unique_clicks_bounds.c
 *	  What can be known of unique clicks when only the unique clicks of parts
 *	  are: unique_clicks_bounds().
 *
 * Whoever clicked on several days is counted on each of them.  So there are at
 * least as many people as on the best day, and at most as many as on all days
 * together.
 *
 * The state is bigint[]: the greatest count, or -1 if there is none yet, and
 * the sum of all.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/rangetypes.h"

#include "ad_row.h"
#include "compat.h"
#include "errors.h"

CLK_FUNCTION(unique_clicks_bounds_add);
CLK_FUNCTION(unique_clicks_bounds_merge);
CLK_FUNCTION(unique_clicks_bounds_range);

/* What the elements of the state are */
typedef struct bounds_state
{
	int64		greatest;
	int64		sum;
} bounds_state;

/* The elements of a state, after a look at whether it is one. */
static bounds_state *
state_bounds(ArrayType *state)
{
	if (ARR_NDIM(state) != 1 || ARR_DIMS(state)[0] != 2 ||
		ARR_HASNULL(state) || ARR_ELEMTYPE(state) != INT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("state of unique clicks bounds must be an array of two bigint values")));
	/* without NULLs, the data follow the overhead of one dimension */
	return (bounds_state *) ((char *) state + ARR_OVERHEAD_NONULLS(1));
}

/* Argument 0, to scribble on: an aggregate's own state, else a copy. */
static ArrayType *
getarg_state(FunctionCallInfo fcinfo)
{
	if (AggCheckCallContext(fcinfo, NULL))
		return PG_GETARG_ARRAYTYPE_P(0);
	return PG_GETARG_ARRAYTYPE_P_COPY(0);
}

static void
bounds_add(bounds_state *bounds, int64 greatest, int64 sum)
{
	bounds->greatest = Max(bounds->greatest, greatest);
	bounds->sum = clk_int128_to_bigint((int128) bounds->sum + sum,
									   "sum of unique clicks");
}

/*
 * unique_clicks_bounds_add(bigint[], unique_clicks any_number) RETURNS bigint[]
 */
Datum
unique_clicks_bounds_add(PG_FUNCTION_ARGS)
{
	ArrayType  *state = getarg_state(fcinfo);
	int64		unique_clicks =
		clk_int128_to_bigint(clk_count_of_numeric("unique clicks",
												  PG_GETARG_DATUM(1)),
							 "number of unique clicks");

	if (unique_clicks < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of unique clicks must not be negative"),
				 errdetail("The number is %lld.", (long long) unique_clicks)));
	bounds_add(state_bounds(state), unique_clicks, unique_clicks);
	PG_RETURN_ARRAYTYPE_P(state);
}

/*
 * unique_clicks_bounds_merge(bigint[], bigint[]) RETURNS bigint[]
 */
Datum
unique_clicks_bounds_merge(PG_FUNCTION_ARGS)
{
	ArrayType  *state = getarg_state(fcinfo);
	const bounds_state *other = state_bounds(PG_GETARG_ARRAYTYPE_P(1));

	bounds_add(state_bounds(state), other->greatest, other->sum);
	PG_RETURN_ARRAYTYPE_P(state);
}

/*
 * unique_clicks_bounds_range(bigint[]) RETURNS int8range: NULL of no numbers
 */
Datum
unique_clicks_bounds_range(PG_FUNCTION_ARGS)
{
	const bounds_state *bounds = state_bounds(PG_GETARG_ARRAYTYPE_P(0));
	RangeBound	lower = {.inclusive = true,.lower = true};
	RangeBound	upper = {.inclusive = true};

	if (bounds->greatest < 0)
		PG_RETURN_NULL();

	/* the range ends before the number that follows */
	(void) clk_int128_to_bigint((int128) bounds->sum + 1,
								"upper end of the range");

	lower.val = Int64GetDatum(bounds->greatest);
	upper.val = Int64GetDatum(bounds->sum);
	PG_RETURN_RANGE_P(clk_make_range(range_get_typcache(fcinfo, INT8RANGEOID),
									 &lower, &upper));
}
