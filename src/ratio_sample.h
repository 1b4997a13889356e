/*-------------------------------------------------------------------------
 *
 * ratio_sample.h
 *	  The SQL type ratio_sample: a rate with what its uncertainty needs.
 *
 * A datum is a clk_ratio_sample.  Nothing in it is padding, and equal samples
 * have equal bytes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_RATIO_SAMPLE_H
#define CLK_RATIO_SAMPLE_H

#include "compat.h"
#include "statistics/ratio_statistics.h"

/* See 51_ratio_sample.sql */
#define CLK_RATIO_SAMPLE_SIZE 48
StaticAssertDecl(sizeof(clk_ratio_sample) == CLK_RATIO_SAMPLE_SIZE,
				 "SQL type ratio_sample must have the size of its struct");

static inline const clk_ratio_sample *
clk_getarg_ratio_sample(FunctionCallInfo fcinfo, int argno)
{
	return (const clk_ratio_sample *) PG_GETARG_POINTER(argno);
}

#endif							/* CLK_RATIO_SAMPLE_H */
