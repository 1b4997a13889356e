/*-------------------------------------------------------------------------
 *
 * metric_ratio.c
 *	  Ratios of summed numerators and denominators, as SQL would give them.
 *
 * A ratio has the digits of the numeric expression it stands for.  Where the
 * numbers are of usual size it is computed in 128-bit integers, by the rule of
 * the server for how many decimals a quotient has; otherwise by the server's
 * own arithmetic.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "metric_ratio.h"
#include "stored_numeric.h"

/* The server aims at that many significant digits in a quotient */
#define SIGNIFICANT_DIGITS 16

/* Quotients with more decimals are left to the server */
#define MOST_DECIMALS 36

#define NUMERIC_OPERATION(operation, a, b) \
	DatumGetNumeric(DirectFunctionCall2(operation, \
										NumericGetDatum(a), NumericGetDatum(b)))

/* The first digit of base 10000, and its weight; both are 0 for 0. */
static int
first_digit(uint128 number, int *weight)
{
	*weight = 0;
	while (number >= CLK_NUMERIC_BASE)
	{
		if (number >= (uint64) 1 << 63)
			number /= CLK_NUMERIC_BASE;
		else
			number = (uint64) number / CLK_NUMERIC_BASE;
		(*weight)++;
	}
	return (int) number;
}

/*
 * How many decimals the server gives a quotient: enough for the significant
 * digits, judged by the first digits alone, and no fewer than the numerator
 * has.  The divisor is a whole number.
 */
static int
quotient_scale(uint128 numerator, int numerator_decimals, int numerator_scale,
			   uint128 divisor)
{
	int			numerator_weight;
	int			divisor_weight;
	int			numerator_first = first_digit(numerator, &numerator_weight);
	int			divisor_first = first_digit(divisor, &divisor_weight);
	int			weight = numerator_weight - divisor_weight;

	if (numerator != 0)
		weight -= numerator_decimals / CLK_NUMERIC_DIGIT_DECIMALS;
	if (numerator_first <= divisor_first)
		weight--;
	return Max(SIGNIFICANT_DIGITS - weight * CLK_NUMERIC_DIGIT_DECIMALS,
			   Max(numerator_scale, 0));
}

/* Multiply by a power of ten; false if the product takes more than 128 bits. */
static bool
shift_left(uint128 *number, int decimals)
{
	static const uint64 power[] = {
		1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
		UINT64CONST(1000000000), UINT64CONST(10000000000),
		UINT64CONST(100000000000), UINT64CONST(1000000000000),
		UINT64CONST(10000000000000), UINT64CONST(100000000000000),
		UINT64CONST(1000000000000000), UINT64CONST(10000000000000000)
	};
	const int	most = lengthof(power) - 1;

	for (; decimals > most; decimals -= most)
		if (__builtin_mul_overflow(*number, power[most], number))
			return false;
	return !__builtin_mul_overflow(*number, power[decimals], number);
}

/*
 * numerator / 10^decimals / divisor, where the numerator is displayed with
 * "scale" decimals and "decimals" makes whole digits of base 10000.  NULL if
 * that takes more than 128 bits.
 */
static Numeric
quotient_in_int128(int128 numerator, int decimals, int scale, int128 divisor)
{
	uint128		dividend = clk_magnitude(numerator);
	uint128		by = clk_magnitude(divisor);
	int			result_scale = quotient_scale(dividend, decimals, scale, by);
	int			result_digits = (result_scale + CLK_NUMERIC_DIGIT_DECIMALS - 1) /
		CLK_NUMERIC_DIGIT_DECIMALS;
	int16		digits[CLK_INT128_DIGITS];
	uint128		quotient;

	if (result_scale < decimals || result_scale > MOST_DECIMALS ||
		!shift_left(&dividend, result_scale - decimals) ||
		__builtin_add_overflow(dividend, by / 2, &dividend))
		return NULL;

	/* one half rounds up; an odd divisor never leaves one */
	quotient = dividend / by;
	if (!shift_left(&quotient,
					result_digits * CLK_NUMERIC_DIGIT_DECIMALS - result_scale))
		return NULL;

	clk_numeric_write_digits(quotient, digits, lengthof(digits));
	return clk_numeric_make((numerator < 0) != (divisor < 0),
							digits, lengthof(digits),
							CLK_INT128_DIGITS - 1 - result_digits,
							result_scale);
}

Numeric
clk_quotient(const clk_decimal_sum *amount, int128 count)
{
	Numeric		quotient = NULL;

	if (count == 0)
		return NULL;
	if (clk_decimal_sum_is_units(amount))
		quotient = quotient_in_int128(amount->units,
									  CLK_NUMERIC_DIGIT_DECIMALS,
									  amount->scale, count);
	if (quotient == NULL)
		quotient = NUMERIC_OPERATION(numeric_div,
									 clk_decimal_sum_result(amount),
									 clk_int128_to_numeric(count));
	return quotient;
}

Numeric
clk_percent(int128 part, int128 whole)
{
	int128		hundredfold;
	Numeric		hundred;

	if (whole == 0)
		return NULL;

	/* the 100.0 of the expression has one decimal, and so has the product */
	if (!__builtin_mul_overflow(part, 100, &hundredfold))
	{
		Numeric		quotient = quotient_in_int128(hundredfold, 0, 1, whole);

		if (quotient != NULL)
			return quotient;
	}
	hundred = DatumGetNumeric(DirectFunctionCall2(numeric_round,
												  NumericGetDatum(clk_int128_to_numeric(100)),
												  Int32GetDatum(1)));
	return NUMERIC_OPERATION(numeric_div,
							 NUMERIC_OPERATION(numeric_mul, hundred,
											   clk_int128_to_numeric(part)),
							 clk_int128_to_numeric(whole));
}
