/*-------------------------------------------------------------------------
 *
 * errors.c
 *	  Complaints that more than one file makes, each with its SQLSTATE.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/fmgrprotos.h"

#include "errors.h"
#include "stored_numeric.h"

char *
clk_cut(char *value, int length)
{
	int			whole = strlen(value);

	if (whole > length)
		strcpy(value + pg_mbcliplen(value, whole, length - 3), "...");
	return value;
}

void
clk_out_of_range_error(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s out of range", what)));
}

void
clk_bigint_range_error(const char *what, int128 number)
{
	Numeric		numeric = clk_int128_to_numeric(number);

	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s %s is out of range for type bigint", what,
					DatumGetCString(DirectFunctionCall1(numeric_out,
														NumericGetDatum(numeric))))));
}

void
clk_invalid_binary_error(const char *type_name, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary input for type %s", type_name),
			 errdetail("%s", detail)));
}

void
clk_not_in_aggregate_error(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("aggregate support function called outside of an aggregate")));
}
