/*-------------------------------------------------------------------------
 *
 * decimal_sum.c
 *	  Exact sums of decimal numbers, with the result of sum(numeric).
 *
 * sum(numeric) copies every value and adds it up digit by digit in memory of
 * its own.  Money has few digits, so here they are read where they are stored
 * and added to a 128-bit integer that counts ten-thousandths.  Only a value
 * with more than four decimals needs a second one for the next 36, the rest;
 * and only one with more than 40, such as a product of money with two
 * quotients, needs a third for the next 16, the dust.  With the units fixed, no
 * value is ever rescaled, whatever the mix of scales.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/fmgrprotos.h"

#include "decimal_sum.h"
#include "stored_numeric.h"

/* Digits of base 10000 in whole numbers, in the rest and in the dust */
#define WHOLE_DIGITS (CLK_DECIMAL_WHOLE_DIGITS / CLK_NUMERIC_DIGIT_DECIMALS)
#define REST_DIGITS 9
#define DUST_DIGITS 4

StaticAssertDecl(CLK_DECIMAL_FRACTION_DIGITS ==
				 (1 + REST_DIGITS + DUST_DIGITS) * CLK_NUMERIC_DIGIT_DECIMALS,
				 "units, rest and dust must hold all decimals");

/* One of the rest in units of dust, and one unit in units of the rest: 10^36 */
#define DUST_ONE INT64CONST(10000000000000000)
#define REST_ONE ((int128) DUST_ONE * DUST_ONE * CLK_NUMERIC_BASE)

/* The first double that has more digits before the decimal point than we take */
#define TOO_WIDE 1e32

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
	value->dust = 0;
	if (unlikely(parts.ndigits == 0))
		return CLK_DECIMAL_OK;

	/* stored digits begin and end with one that is not 0 */
	behind_units = parts.weight + 2;
	if (unlikely(behind_units > WHOLE_DIGITS + 1))
		return CLK_DECIMAL_TOO_WIDE;

	value->units = clk_numeric_read(&parts, 0, behind_units);
	if (unlikely(parts.ndigits > behind_units))
	{
		int			behind_rest = behind_units + REST_DIGITS;

		if (parts.ndigits - behind_rest > DUST_DIGITS)
			return CLK_DECIMAL_TOO_FINE;
		value->rest = clk_numeric_read(&parts, behind_units, behind_rest);
		value->dust = (int64) clk_numeric_read(&parts, behind_rest,
											   behind_rest + DUST_DIGITS);
	}
	if (parts.negative)
	{
		value->units = -value->units;
		value->rest = -value->rest;
		value->dust = -value->dust;
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
	value->dust = 0;
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
		return units % CLK_NUMERIC_BASE == 0 && value->rest == 0 && value->dust == 0;
	}
	*whole = value->units / CLK_NUMERIC_BASE;
	return value->units % CLK_NUMERIC_BASE == 0 && value->rest == 0 && value->dust == 0;
}

static inline clk_decimal
whole_decimal(int128 number)
{
	clk_decimal result = {.units = number * CLK_NUMERIC_BASE};

	return result;
}

static inline clk_decimal_status
read_float8(float8 number, clk_decimal *value)
{
	clk_decimal_status status;

	if (isnan(number) || isinf(number))
		return CLK_DECIMAL_NOT_FINITE;

	if (float8_as_multiple(number, 2, 100, value) ||
		float8_as_multiple(number, 6, 1000000, value))
		return CLK_DECIMAL_OK;
	if (fabs(number) >= TOO_WIDE)
		return CLK_DECIMAL_TOO_WIDE;
	if (number == rint(number))
	{
		*value = whole_decimal((int128) number);
		return CLK_DECIMAL_OK;
	}

	status = read_numeric(DirectFunctionCall1(float8_numeric,
											  Float8GetDatum(number)),
						  value);
	if (status == CLK_DECIMAL_TOO_FINE)
	{
		*value = whole_decimal(0);
		return CLK_DECIMAL_OK;
	}
	return status;
}

/* Add the parts of a decimal; false if the sum would be out of range. */
static inline bool
add_parts(clk_decimal_sum *sum, int128 units, int128 rest, int64 dust)
{
	if (unlikely(rest != 0 || dust != 0))
	{
		int			carry;

		/* neither can overflow: twice their bounds fit */
		dust += sum->dust;
		carry = dust >= DUST_ONE ? 1 : dust <= -DUST_ONE ? -1 : 0;
		sum->dust = dust - carry * DUST_ONE;

		rest += sum->rest + carry;
		carry = rest >= REST_ONE ? 1 : rest <= -REST_ONE ? -1 : 0;
		sum->rest = rest - carry * REST_ONE;

		if (unlikely(__builtin_add_overflow(sum->units, carry, &sum->units)))
			return false;
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
	if (unlikely(!add_parts(sum, value->units, value->rest, value->dust) ||
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

	/* nonsense: no value in the sum had so many decimals */
	if (value->scale > sum->scale)
		return CLK_DECIMAL_SCALE_UNKNOWN;
	if (value->scale == sum->scale)
	{
		if (sum->scale > 0 && sum->scale_rows <= 1)
			return CLK_DECIMAL_SCALE_UNKNOWN;
		sum->scale_rows--;
	}
	if (!add_parts(sum, -value->units, -value->rest, -value->dust))
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
clk_decimal_sum_add_int64(clk_decimal_sum *sum, int64 number)
{
	clk_decimal value = whole_decimal(number);

	return add_decimal(sum, &value);
}

clk_decimal_status
clk_decimal_sum_remove_int64(clk_decimal_sum *sum, int64 number)
{
	clk_decimal value = whole_decimal(number);

	return remove_decimal(sum, &value);
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
		!add_parts(sum, other->units, other->rest, other->dust))
		return CLK_DECIMAL_SUM_TOO_WIDE;
	note_scale(sum, other->scale, other->scale_rows);
	sum->rows += other->rows;
	return CLK_DECIMAL_OK;
}

clk_decimal_sum
clk_decimal_sum_normalized(const clk_decimal_sum *sum)
{
	clk_decimal_sum result = *sum;
	int			sign;

	/* the rest first, as it may turn to 0 when the dust takes from it */
	sign = result.rest > 0 ? 1 : result.rest < 0 ? -1 : 0;
	if (sign * result.dust < 0)
	{
		result.rest -= sign;
		result.dust += sign * DUST_ONE;
	}
	sign = result.units > 0 ? 1 : result.units < 0 ? -1 : 0;
	if (sign * result.rest < 0 || (result.rest == 0 && sign * result.dust < 0))
	{
		result.units -= sign;
		result.rest += sign * REST_ONE;
		if (sign * result.dust < 0)
		{
			result.rest -= sign;
			result.dust += sign * DUST_ONE;
		}
	}
	return result;
}

/* Whether the sum has no digit that its scale would not display. */
static bool
digits_fit_scale(const clk_decimal_sum *sum)
{
	int			beyond = CLK_DECIMAL_FRACTION_DIGITS - sum->scale;
	int			part_digits = DUST_DIGITS * CLK_NUMERIC_DIGIT_DECIMALS;
	int128		parts[] = {sum->dust, sum->rest, sum->units};

	for (int part = 0; part < (int) lengthof(parts) && beyond > 0; part++)
	{
		int128		power = 1;

		for (int i = 0; i < Min(beyond, part_digits); i++)
			power *= 10;
		if (parts[part] % power != 0)
			return false;
		beyond -= part_digits;
		part_digits = REST_DIGITS * CLK_NUMERIC_DIGIT_DECIMALS;
	}
	return true;
}

bool
clk_decimal_sum_is_valid(const clk_decimal_sum *sum)
{
	bool		any_positive = sum->units > 0 || sum->rest > 0 || sum->dust > 0;
	bool		any_negative = sum->units < 0 || sum->rest < 0 || sum->dust < 0;

	if (sum->rows <= 0)
		return sum->rows == 0 && !any_positive && !any_negative &&
			sum->scale == 0 && sum->scale_rows == 0;

	/* some value had that many decimals, and all if there were none */
	if (sum->scale < 0 || sum->scale > CLK_NUMERIC_SCALE_MASK ||
		sum->scale_rows < 1 || sum->scale_rows > sum->rows ||
		(sum->scale == 0 && sum->scale_rows < sum->rows))
		return false;

	return !(any_positive && any_negative) &&
		sum->rest < REST_ONE && sum->rest > -REST_ONE &&
		sum->dust < DUST_ONE && sum->dust > -DUST_ONE &&
		digits_fit_scale(sum);
}

Numeric
clk_decimal_sum_result(const clk_decimal_sum *sum)
{
	int16		digits[CLK_INT128_DIGITS + REST_DIGITS + DUST_DIGITS] = {0};
	clk_decimal_sum parts = clk_decimal_sum_normalized(sum);

	clk_numeric_write_digits(clk_magnitude(parts.units), digits,
							 CLK_INT128_DIGITS);
	if (parts.rest != 0)
		clk_numeric_write_digits(clk_magnitude(parts.rest),
								 digits + CLK_INT128_DIGITS, REST_DIGITS);
	if (parts.dust != 0)
		clk_numeric_write_digits(clk_magnitude(parts.dust),
								 digits + CLK_INT128_DIGITS + REST_DIGITS,
								 DUST_DIGITS);

	/* the last digit of the units is the first one behind the point */
	return clk_numeric_make(parts.units < 0 || parts.rest < 0 || parts.dust < 0,
							digits, lengthof(digits), CLK_INT128_DIGITS - 2,
							sum->scale);
}

Numeric
clk_float8_to_numeric(float8 number)
{
	clk_decimal value;
	clk_decimal_sum sum = {0};

	/* up to 15 digits, of which two are behind the point, and two zeros */
	if (likely(float8_as_multiple(number, 2, 100, &value)))
		return clk_int64_to_numeric((int64) value.units, 1, value.scale);

	if (read_float8(number, &value) != CLK_DECIMAL_OK)
		return DatumGetNumeric(DirectFunctionCall1(float8_numeric,
												   Float8GetDatum(number)));
	sum.units = value.units;
	sum.rest = value.rest;
	sum.dust = value.dust;
	sum.scale = value.scale;
	return clk_decimal_sum_result(&sum);
}
