/*-------------------------------------------------------------------------
 *
 * statistics_row.h
 *	  What SQL functions of statistics have in common: a confidence among their
 *	  arguments, and a row of numbers as their result.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_STATISTICS_ROW_H
#define CLK_STATISTICS_ROW_H

#include "compat.h"

/* The confidence, unless it is not strictly between 0 and 1: 22023 */
extern double clk_check_confidence(double confidence);

/*
 * The row that the SQL function being called returns: "ncolumns" columns of
 * type double precision, NULL where "nulls" says so.
 */
extern Datum clk_statistics_row(FunctionCallInfo fcinfo, int ncolumns,
								const double *numbers, bool *nulls);

#endif							/* CLK_STATISTICS_ROW_H */
