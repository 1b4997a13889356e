/*-------------------------------------------------------------------------
 *
 * decimal_sum.h
 *	  Exact sums of decimal numbers, with the result of sum(numeric).
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_DECIMAL_SUM_H
#define CLK_DECIMAL_SUM_H

#include "compat.h"

/* How many digits a value may have on either side of the decimal point */
#define CLK_DECIMAL_DIGITS 36

/* whole + fraction / 10^36: both carry the sign, |fraction| < 10^36 */
typedef struct clk_decimal
{
	int128		whole;
	int128		fraction;
	int32		scale;			/* decimals to display, trailing zeros included */
} clk_decimal;

/*
 * A sum of decimals.  |fraction| < 10^36; its sign may differ from whole's.
 *
 * The sum is displayed with as many decimals as the value that has most.  A
 * value can only be taken out again while another one, counted in scale_rows,
 * still has that many.
 */
typedef struct clk_decimal_sum
{
	int128		whole;
	int128		fraction;
	int64		rows;			/* values in the sum */
	int64		scale_rows;		/* of these, with "scale" decimals */
	int32		scale;			/* most decimals of any value */
} clk_decimal_sum;

/* Why a number cannot be a clk_decimal */
typedef enum clk_decimal_error
{
	CLK_DECIMAL_OK,
	CLK_DECIMAL_NOT_FINITE,
	CLK_DECIMAL_TOO_WIDE
} clk_decimal_error;

/* Read a numeric datum in place, however it is stored. */
extern clk_decimal_error clk_decimal_from_numeric(Datum numeric,
												  clk_decimal *value);

/* The decimal of at most 15 digits that a double precision stands for. */
extern clk_decimal_error clk_decimal_from_float8(float8 number,
												 clk_decimal *value);

/* These return false, and leave the sum alone, if it would be out of range. */
extern bool clk_decimal_sum_add(clk_decimal_sum *sum, const clk_decimal *value);
extern bool clk_decimal_sum_merge(clk_decimal_sum *sum,
								  const clk_decimal_sum *other);

/*
 * Take a value out again.  False if what remains does not tell how it is to
 * be displayed: then it must be summed afresh.
 */
extern bool clk_decimal_sum_remove(clk_decimal_sum *sum,
								   const clk_decimal *value);

/* Whether this can be the sum of anything. */
extern bool clk_decimal_sum_is_valid(const clk_decimal_sum *sum);

/* The sum as sum(numeric) gives it, display scale included. */
extern Numeric clk_decimal_sum_result(const clk_decimal_sum *sum);

#endif							/* CLK_DECIMAL_SUM_H */
