/*-------------------------------------------------------------------------
 *
 * statistics_row.c
 *	  What SQL functions of statistics have in common.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/float.h"

#include "result_row.h"
#include "statistics_row.h"

#define COLUMNS_MAX 8

double
clk_check_confidence(double confidence)
{
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must be greater than 0 and less than 1: %s",
						float8out_internal(confidence)),
				 confidence > 1 && confidence < 100 ?
				 errhint("For %g percent, use %g.",
						 confidence, confidence / 100) : 0));
	return confidence;
}

Datum
clk_statistics_row(FunctionCallInfo fcinfo, int ncolumns,
				   const double *numbers, bool *nulls)
{
	Datum		values[COLUMNS_MAX];

	Assert(ncolumns <= COLUMNS_MAX);
	for (int i = 0; i < ncolumns; i++)
		values[i] = nulls[i] ? (Datum) 0 : Float8GetDatum(numbers[i]);

	return clk_result_row(fcinfo, values, nulls, ncolumns);
}
