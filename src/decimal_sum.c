/*-------------------------------------------------------------------------
 *
 * decimal_sum.c
 *	  Exact sums of decimal numbers, with the result of sum(numeric).
 *
 * sum(numeric) copies every value and adds it up digit by digit in memory of
 * its own.  Money has few digits, so here they are read where they are stored
 * and added to a 128-bit integer that counts ten-thousandths.  Only a value
 * with more than four decimals needs a second one, for what is left, in units
 * of 10^-36.  With the units fixed, no value is ever rescaled, whatever the
 * mix of scales.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/fmgrprotos.h"

#include "decimal_sum.h"
#include "stored_numeric.h"

/* Digits of base 10000 in whole numbers, and in rest */
#define WHOLE_DIGITS (CLK_DECIMAL_WHOLE_DIGITS / CLK_NUMERIC_DIGIT_DECIMALS)
#define REST_DIGITS \
	(CLK_DECIMAL_FRACTION_DIGITS / CLK_NUMERIC_DIGIT_DECIMALS - 1)

/* One unit, in units of rest: 10^32 */
#define TEN_TO_16 INT64CONST(10000000000000000)
#define REST_ONE ((int128) TEN_TO_16 * TEN_TO_16)

static pg_attribute_always_inline clk_decimal_status
read_numeric(Datum numeric, clk_decimal *value)
{
	clk_stored_numeric parts;
	int			behind_units;	/* the first digit of the rest */

	if (!clk_numeric_take_apart(numeric, &parts))
		return CLK_DECIMAL_NOT_FINITE;

	value->scale = parts.scale;
	value->units = 0;
	value->rest = 0;
	if (unlikely(parts.ndigits == 0))
		return CLK_DECIMAL_OK;

	/* stored digits begin and end with one that is not 0 */
	behind_units = parts.weight + 2;
	if (unlikely(behind_units > WHOLE_DIGITS + 1 ||
				 parts.ndigits - behind_units > REST_DIGITS))
		return CLK_DECIMAL_TOO_WIDE;

	value->units = clk_numeric_read(&parts, 0, behind_units);
	if (unlikely(parts.ndigits > behind_units))
		value->rest = clk_numeric_read(&parts, behind_units,
									   behind_units + REST_DIGITS);
	if (parts.negative)
	{
		value->units = -value->units;
		value->rest = -value->rest;
	}
	return CLK_DECIMAL_OK;
}

/*
 * Try to read the number as a whole multiple of 1/10^decimals.
 *
 * If the quotient, which is correctly rounded, is the number again, then the
 * number is the double next to that decimal; and as the decimal has at most 15
 * digits, it is the one that the number displays as.
 */
static inline bool
float8_as_multiple(float8 number, int decimals, int64 power,
				   clk_decimal *value)
{
	float8		rounded = rint(number * (float8) power);
	int64		multiple;

	if (!(fabs(rounded) < 1e15) || rounded / (float8) power != number)
		return false;

	multiple = (int64) rounded;
	if (power <= CLK_NUMERIC_BASE)
	{
		value->units = multiple * (CLK_NUMERIC_BASE / power);
		value->rest = 0;
	}
	else
	{
		int64		in_unit = power / CLK_NUMERIC_BASE;

		value->units = multiple / in_unit;
		value->rest = multiple % in_unit * (REST_ONE / in_unit);
	}
	while (decimals > 0 && multiple % 10 == 0)
	{
		multiple /= 10;
		decimals--;
	}
	value->scale = decimals;
	return true;
}

clk_decimal_status
clk_decimal_from_numeric(Datum numeric, clk_decimal *value)
{
	return read_numeric(numeric, value);
}

bool
clk_decimal_whole(const clk_decimal *value, int128 *whole)
{
	/* most counts spare us a division of 128 bits */
	if (likely(value->units <= PG_INT64_MAX && value->units >= PG_INT64_MIN))
	{
		int64		units = (int64) value->units;

		*whole = units / CLK_NUMERIC_BASE;
		return units % CLK_NUMERIC_BASE == 0 && value->rest == 0;
	}
	*whole = value->units / CLK_NUMERIC_BASE;
	return value->units % CLK_NUMERIC_BASE == 0 && value->rest == 0;
}

static inline clk_decimal_status
read_float8(float8 number, clk_decimal *value)
{
	if (isnan(number) || isinf(number))
		return CLK_DECIMAL_NOT_FINITE;

	if (float8_as_multiple(number, 2, 100, value) ||
		float8_as_multiple(number, 6, 1000000, value))
		return CLK_DECIMAL_OK;

	return read_numeric(DirectFunctionCall1(float8_numeric,
											Float8GetDatum(number)),
						value);
}

/* Add units and rest to the sum; false if it would be out of range. */
static inline bool
add_parts(clk_decimal_sum *sum, int128 units, int128 rest)
{
	if (unlikely(rest != 0))
	{
		int			carry = 0;

		rest += sum->rest;
		if (rest >= REST_ONE)
			carry = 1;
		else if (rest <= -REST_ONE)
			carry = -1;
		if (__builtin_add_overflow(units, carry, &units) ||
			__builtin_add_overflow(sum->units, units, &sum->units))
			return false;
		sum->rest = rest - carry * REST_ONE;
		return true;
	}
	return !__builtin_add_overflow(sum->units, units, &sum->units);
}

/* Take notice of "rows" values that are displayed with "scale" decimals. */
static inline void
note_scale(clk_decimal_sum *sum, int32 scale, int64 rows)
{
	if (scale > sum->scale)
	{
		sum->scale = scale;
		sum->scale_rows = 0;
	}
	if (scale == sum->scale)
		sum->scale_rows += rows;
}

static inline clk_decimal_status
add_decimal(clk_decimal_sum *sum, const clk_decimal *value)
{
	if (unlikely(!add_parts(sum, value->units, value->rest) ||
				 __builtin_add_overflow(sum->rows, 1, &sum->rows)))
		return CLK_DECIMAL_SUM_TOO_WIDE;
	note_scale(sum, value->scale, 1);
	return CLK_DECIMAL_OK;
}

static clk_decimal_status
remove_decimal(clk_decimal_sum *sum, const clk_decimal *value)
{
	if (sum->rows <= 1)
	{
		memset(sum, 0, sizeof(*sum));
		return CLK_DECIMAL_OK;
	}
	if (value->scale == sum->scale)
	{
		if (sum->scale > 0 && sum->scale_rows <= 1)
			return CLK_DECIMAL_SCALE_UNKNOWN;
		sum->scale_rows--;
	}
	if (!add_parts(sum, -value->units, -value->rest))
		return CLK_DECIMAL_SUM_TOO_WIDE;
	sum->rows--;

	/* nonsense only: a value was taken out that had never been added */
	sum->scale_rows = Min(sum->scale_rows, sum->rows);
	return CLK_DECIMAL_OK;
}

clk_decimal_status
clk_decimal_sum_add_numeric(clk_decimal_sum *sum, Datum numeric)
{
	clk_decimal value;
	clk_decimal_status status = read_numeric(numeric, &value);

	return status == CLK_DECIMAL_OK ? add_decimal(sum, &value) : status;
}

clk_decimal_status
clk_decimal_sum_add_float8(clk_decimal_sum *sum, float8 number)
{
	clk_decimal value;
	clk_decimal_status status = read_float8(number, &value);

	return status == CLK_DECIMAL_OK ? add_decimal(sum, &value) : status;
}

clk_decimal_status
clk_decimal_sum_remove_numeric(clk_decimal_sum *sum, Datum numeric)
{
	clk_decimal value;
	clk_decimal_status status = read_numeric(numeric, &value);

	return status == CLK_DECIMAL_OK ? remove_decimal(sum, &value) : status;
}

clk_decimal_status
clk_decimal_sum_remove_float8(clk_decimal_sum *sum, float8 number)
{
	clk_decimal value;
	clk_decimal_status status = read_float8(number, &value);

	return status == CLK_DECIMAL_OK ? remove_decimal(sum, &value) : status;
}

clk_decimal_status
clk_decimal_sum_merge(clk_decimal_sum *sum, const clk_decimal_sum *other)
{
	if (other->rows > PG_INT64_MAX - sum->rows ||
		!add_parts(sum, other->units, other->rest))
		return CLK_DECIMAL_SUM_TOO_WIDE;
	note_scale(sum, other->scale, other->scale_rows);
	sum->rows += other->rows;
	return CLK_DECIMAL_OK;
}

bool
clk_decimal_sum_is_valid(const clk_decimal_sum *sum)
{
	if (sum->rest >= REST_ONE || sum->rest <= -REST_ONE ||
		sum->scale < 0 || sum->scale > CLK_NUMERIC_SCALE_MASK ||
		sum->scale_rows < 0 || sum->scale_rows > sum->rows)
		return false;
	return sum->rows > 0 || (sum->units == 0 && sum->rest == 0 &&
							 sum->scale == 0);
}

Numeric
clk_decimal_sum_result(const clk_decimal_sum *sum)
{
	int16		digits[CLK_INT128_DIGITS + REST_DIGITS] = {0};
	int128		units = sum->units;
	int128		rest = sum->rest;

	/* give both parts one sign */
	if (units > 0 && rest < 0)
	{
		units--;
		rest += REST_ONE;
	}
	else if (units < 0 && rest > 0)
	{
		units++;
		rest -= REST_ONE;
	}

	clk_numeric_write_digits(clk_magnitude(units), digits, CLK_INT128_DIGITS);
	if (rest != 0)
		clk_numeric_write_digits(clk_magnitude(rest),
								 digits + CLK_INT128_DIGITS, REST_DIGITS);

	/* the last digit of the units is the first one behind the point */
	return clk_numeric_make(units < 0 || rest < 0, digits, lengthof(digits),
							CLK_INT128_DIGITS - 2, sum->scale);
}
