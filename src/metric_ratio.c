/*-------------------------------------------------------------------------
 *
 * metric_ratio.c
 *	  Ratios of summed numerators and denominators, as SQL would give them.
 *
 * A ratio is computed once a group, from exact sums, by the server's own
 * numeric arithmetic: so it has the digits of the expression it stands for.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "metric_ratio.h"

#define NUMERIC_OPERATION(operation, a, b) \
	DatumGetNumeric(DirectFunctionCall2(operation, \
										NumericGetDatum(a), NumericGetDatum(b)))

Numeric
clk_int128_to_numeric(int128 value)
{
	const int64 limb = INT64CONST(1000000000000000000);
	Numeric		high;

	if (value >= PG_INT64_MIN && value <= PG_INT64_MAX)
		return int64_to_numeric((int64) value);

	/* both parts carry the sign */
	high = NUMERIC_OPERATION(numeric_mul, clk_int128_to_numeric(value / limb),
							 int64_to_numeric(limb));
	return NUMERIC_OPERATION(numeric_add, high,
							 int64_to_numeric((int64) (value % limb)));
}

Numeric
clk_quotient(Numeric amount, int128 count)
{
	if (count == 0)
		return NULL;
	return NUMERIC_OPERATION(numeric_div, amount, clk_int128_to_numeric(count));
}

Numeric
clk_percent(int128 part, int128 whole)
{
	/* the 100.0 of the expression has one decimal, and so has the product */
	Numeric		hundred = DatumGetNumeric(DirectFunctionCall2(numeric_round,
															  NumericGetDatum(int64_to_numeric(100)),
															  Int32GetDatum(1)));

	return clk_quotient(NUMERIC_OPERATION(numeric_mul, hundred,
										  clk_int128_to_numeric(part)),
						whole);
}
