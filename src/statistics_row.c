/*-------------------------------------------------------------------------
 *
 * statistics_row.c
 *	  What SQL functions of statistics have in common.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/float.h"

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
	TupleDesc	descriptor;
	Datum		values[COLUMNS_MAX];

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	Assert(descriptor->natts == ncolumns && ncolumns <= COLUMNS_MAX);

	for (int i = 0; i < ncolumns; i++)
		values[i] = nulls[i] ? (Datum) 0 : Float8GetDatum(numbers[i]);

	return HeapTupleGetDatum(heap_form_tuple(descriptor, values, nulls));
}
