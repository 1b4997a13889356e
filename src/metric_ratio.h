/*-------------------------------------------------------------------------
 *
 * metric_ratio.h
 *	  Ratios of summed numerators and denominators, as SQL would give them.
 *
 * Both ratios are NULL, the pointer, where the denominator is 0.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_METRIC_RATIO_H
#define CLK_METRIC_RATIO_H

#include "compat.h"
#include "decimal_sum.h"

/* 100.0 * part / whole, digit for digit as numeric arithmetic gives it. */
extern Numeric clk_percent(int128 part, int128 whole);

/* amount / count, digit for digit as numeric arithmetic gives it. */
extern Numeric clk_quotient(const clk_decimal_sum *amount, int128 count);

#endif							/* CLK_METRIC_RATIO_H */
