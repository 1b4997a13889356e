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

/* How many digits a value may have before and behind the decimal point */
#define CLK_DECIMAL_WHOLE_DIGITS 32
#define CLK_DECIMAL_FRACTION_DIGITS 56

/*
 * units / 10^4 + rest / 10^40 + dust / 10^56, all of one sign; |rest| < 10^36
 * and |dust| < 10^16
 */
typedef struct clk_decimal
{
	int128		units;
	int128		rest;
	int64		dust;
	int32		scale;			/* decimals to display, trailing zeros
								 * included */
} clk_decimal;

/*
 * A sum of decimals, in parts as above whose signs may differ.
 *
 * The sum is displayed with as many decimals as the value that has most.  A
 * value can only be taken out again while another one, counted in scale_rows,
 * still has that many.
 */
typedef struct clk_decimal_sum
{
	int128		units;
	int128		rest;
	int64		dust;
	int64		rows;			/* values in the sum */
	int64		scale_rows;		/* of these, with "scale" decimals */
	int32		scale;			/* most decimals of any value */
} clk_decimal_sum;

/* What came of reading, adding or removing a value */
typedef enum clk_decimal_status
{
	CLK_DECIMAL_OK,
	CLK_DECIMAL_NOT_FINITE,		/* NaN or an infinity */
	CLK_DECIMAL_TOO_WIDE,		/* too many digits before the point */
	CLK_DECIMAL_TOO_FINE,		/* too many behind it */
	CLK_DECIMAL_SUM_TOO_WIDE,	/* the sum has too many digits */
	CLK_DECIMAL_SCALE_UNKNOWN	/* see clk_decimal_sum_remove_numeric() */
} clk_decimal_status;

/* Read a numeric datum in place, however it is stored. */
extern clk_decimal_status clk_decimal_from_numeric(Datum numeric,
												   clk_decimal *value);

/* What clk_decimal_sum_add_float8() adds, or what is no decimal, as numeric. */
extern Numeric clk_float8_to_numeric(float8 number);

/* The value as a whole number.  False if it is not one. */
extern bool clk_decimal_whole(const clk_decimal *value, int128 *whole);

/* Add a value to the sum. */
extern clk_decimal_status clk_decimal_sum_add_numeric(clk_decimal_sum *sum,
													  Datum numeric);

/*
 * Add what a double stands for: the whole number that it is, or else the
 * decimal of at most 15 digits that it displays as.  A residue of binary
 * arithmetic that is too small to be held, below 10^-41, is nothing.
 */
extern clk_decimal_status clk_decimal_sum_add_float8(clk_decimal_sum *sum,
													 float8 number);

/*
 * Take a value that was added out again.  The scale is unknown if what remains
 * does not tell how it is to be displayed: then it must be summed afresh.
 */
extern clk_decimal_status clk_decimal_sum_remove_numeric(clk_decimal_sum *sum,
														 Datum numeric);
extern clk_decimal_status clk_decimal_sum_remove_float8(clk_decimal_sum *sum,
														float8 number);

/* Whole numbers, which are added as they are and taken out again. */
extern clk_decimal_status clk_decimal_sum_add_int64(clk_decimal_sum *sum,
													int64 number);
extern clk_decimal_status clk_decimal_sum_remove_int64(clk_decimal_sum *sum,
													   int64 number);

extern clk_decimal_status clk_decimal_sum_merge(clk_decimal_sum *sum,
												const clk_decimal_sum *other);

/* The same sum with all parts of one sign, as it is written. */
extern clk_decimal_sum clk_decimal_sum_normalized(const clk_decimal_sum *sum);

/* Whether this is what clk_decimal_sum_normalized() may return. */
extern bool clk_decimal_sum_is_valid(const clk_decimal_sum *sum);

/* Whether the sum is a whole number of units: 10^-4. */
static inline bool
clk_decimal_sum_is_units(const clk_decimal_sum *sum)
{
	return sum->rest == 0 && sum->dust == 0;
}

/* The sum as sum(numeric) gives it, display scale included. */
extern Numeric clk_decimal_sum_result(const clk_decimal_sum *sum);

#endif							/* CLK_DECIMAL_SUM_H */
