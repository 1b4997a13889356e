/*-------------------------------------------------------------------------
 *
 * result_row.h
 *	  Composite results of SQL functions.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_RESULT_ROW_H
#define CLK_RESULT_ROW_H

#include "compat.h"

/*
 * A datum of the composite type that the SQL function being called returns,
 * which must have that many fields.
 */
extern Datum clk_result_row(FunctionCallInfo fcinfo, Datum *values,
							bool *nulls, int nfields);

#endif							/* CLK_RESULT_ROW_H */
