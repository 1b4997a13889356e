/*-------------------------------------------------------------------------
 *
 * result_row.c
 *	  Composite results of SQL functions.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "result_row.h"

/*
 * The result type's descriptor.  It is looked up once for each place in a
 * query that calls the function, as types cannot change in between.
 */
static TupleDesc
result_row_type(FmgrInfo *function)
{
	if (function->fn_extra == NULL)
	{
		MemoryContext old_context = MemoryContextSwitchTo(function->fn_mcxt);

		function->fn_extra =
			lookup_rowtype_tupdesc_copy(get_func_rettype(function->fn_oid), -1);
		MemoryContextSwitchTo(old_context);
	}
	return function->fn_extra;
}

Datum
clk_result_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls,
			   int nfields)
{
	TupleDesc	row_type = result_row_type(fcinfo->flinfo);

	if (row_type->natts != nfields)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("type %s has %d fields, expected %d",
						format_type_be(row_type->tdtypeid),
						row_type->natts, nfields),
				 errhint("The fields of an extension's types cannot be altered.")));
	return HeapTupleGetDatum(heap_form_tuple(row_type, values, nulls));
}
