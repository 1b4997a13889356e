/*-------------------------------------------------------------------------
 *
 * decimal_sum.c
 *	  Exact sums of decimal numbers, with the result of sum(numeric).
 *
 * sum(numeric) copies every value and adds it up digit by digit in memory of
 * its own.  Money has few digits, so here the digits are read where they are
 * stored and added to two 128-bit integers: one for what stands before the
 * decimal point, and one for what stands behind it, in units of 10^-36.  With
 * the unit fixed, no value is ever rescaled, whatever the mix of scales.
 *
 * The stored form of a numeric is private to the server's numeric.c but can
 * never change, since it is on disk.  A result is handed to the server in the
 * public form, as a client would send it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/fmgrprotos.h"

#include "decimal_sum.h"

/* A stored numeric: a 16-bit header, perhaps a weight, digits of base 10000 */
#define DIGIT_BASE 10000
#define DIGIT_DECIMALS 4
#define HEADER_KIND_MASK 0xC000
#define HEADER_NEGATIVE 0x4000
#define HEADER_SHORT 0x8000
#define HEADER_SPECIAL 0xC000
#define LONG_SCALE_MASK 0x3FFF
#define SHORT_NEGATIVE 0x2000
#define SHORT_SCALE_MASK 0x1F80
#define SHORT_SCALE_SHIFT 7
#define SHORT_WEIGHT_SIGN 0x0040
#define SHORT_WEIGHT_MASK 0x003F

/* Digits of base 10000 on either side of the decimal point */
#define SIDE_DIGITS (CLK_DECIMAL_DIGITS / DIGIT_DECIMALS)

#define TEN_TO_16 INT64CONST(10000000000000000)

/* 10000^i: what a digit of the fraction weighs, counted from its end */
static const int128 digit_weight[SIDE_DIGITS + 1] = {
	1,
	INT64CONST(10000),
	INT64CONST(100000000),
	INT64CONST(1000000000000),
	TEN_TO_16,
	(int128) TEN_TO_16 * 10000,
	(int128) TEN_TO_16 * 100000000,
	(int128) TEN_TO_16 * INT64CONST(1000000000000),
	(int128) TEN_TO_16 * TEN_TO_16,
	(int128) TEN_TO_16 * TEN_TO_16 * 10000
};

/* One whole, in units of the fraction */
#define FRACTION_ONE ((int128) TEN_TO_16 * TEN_TO_16 * 10000)

/* A numeric taken apart; the digits may lie at any address */
typedef struct stored_numeric
{
	bool		negative;
	int			scale;
	int			weight;			/* of the first digit, as a power of 10000 */
	int			ndigits;
	const char *digits;
} stored_numeric;

/* False if the number is not finite. */
static inline bool
take_apart(Datum numeric, stored_numeric *parts)
{
	struct varlena *stored = (struct varlena *) DatumGetPointer(numeric);
	const char *bytes;
	int			length;
	uint16		header;

	if (unlikely(VARATT_IS_EXTERNAL(stored) || VARATT_IS_COMPRESSED(stored)))
		stored = pg_detoast_datum(stored);
	bytes = VARDATA_ANY(stored);
	length = VARSIZE_ANY_EXHDR(stored);

	memcpy(&header, bytes, sizeof(header));
	bytes += sizeof(header);
	length -= sizeof(header);

	if (likely((header & HEADER_KIND_MASK) == HEADER_SHORT))
	{
		parts->negative = (header & SHORT_NEGATIVE) != 0;
		parts->scale = (header & SHORT_SCALE_MASK) >> SHORT_SCALE_SHIFT;
		parts->weight = (header & SHORT_WEIGHT_MASK) -
			((header & SHORT_WEIGHT_SIGN) ? SHORT_WEIGHT_SIGN : 0);
	}
	else if ((header & HEADER_KIND_MASK) == HEADER_SPECIAL)
		return false;
	else
	{
		int16		weight;

		memcpy(&weight, bytes, sizeof(weight));
		bytes += sizeof(weight);
		length -= sizeof(weight);
		parts->negative = (header & HEADER_NEGATIVE) != 0;
		parts->scale = header & LONG_SCALE_MASK;
		parts->weight = weight;
	}
	parts->ndigits = length / (int) sizeof(int16);
	parts->digits = bytes;
	return true;
}

static inline int64
read_digit(const stored_numeric *parts, int i)
{
	int16		digit;

	memcpy(&digit, parts->digits + i * sizeof(digit), sizeof(digit));
	return digit;
}

/* The digits from "from" up to "to" as one number. */
static inline int128
read_digits(const stored_numeric *parts, int from, int to)
{
	int64		start = 0;
	int128		number;
	int			i;

	/* money ends here: four digits of base 10000 fit 64 bits */
	for (i = from; i < to && i < from + 4; i++)
		start = start * DIGIT_BASE + read_digit(parts, i);

	number = start;
	for (; i < to; i++)
		number = number * DIGIT_BASE + read_digit(parts, i);
	return number;
}

static pg_attribute_always_inline clk_decimal_status
read_numeric(Datum numeric, clk_decimal *value)
{
	stored_numeric parts;
	int			point;			/* digits before the decimal point */
	int			end;			/* of the digits, leading zeros included */

	if (!take_apart(numeric, &parts))
		return CLK_DECIMAL_NOT_FINITE;

	/* stored digits begin and end with one that is not 0 */
	point = parts.weight + 1;
	end = Max(parts.ndigits - point, 0);
	value->scale = parts.scale;
	value->whole = 0;
	value->fraction = 0;
	if (parts.ndigits == 0)
		return CLK_DECIMAL_OK;
	if (point > SIDE_DIGITS || end > SIDE_DIGITS)
		return CLK_DECIMAL_TOO_WIDE;

	if (point > 0)
	{
		int			stored = Min(point, parts.ndigits);

		value->whole = read_digits(&parts, 0, stored);
		if (stored < point)
			value->whole *= digit_weight[point - stored];
	}
	if (end > 0)
		value->fraction = read_digits(&parts, Max(point, 0), parts.ndigits) *
			digit_weight[SIDE_DIGITS - end];

	if (parts.negative)
	{
		value->whole = -value->whole;
		value->fraction = -value->fraction;
	}
	return CLK_DECIMAL_OK;
}

/*
 * Try to read the number as whole "units" of 1/10^decimals.
 *
 * If the quotient, which is correctly rounded, is the number again, then the
 * number is the double next to that decimal; and as the decimal has at most 15
 * digits, it is the one that the number displays as.
 */
static inline bool
float8_as_units(float8 number, int decimals, int64 units_in_one,
				clk_decimal *value)
{
	float8		units = rint(number * (float8) units_in_one);
	int64		whole_units;

	if (!(fabs(units) < 1e15) || units / (float8) units_in_one != number)
		return false;

	whole_units = (int64) units;
	value->whole = whole_units / units_in_one;
	value->fraction = whole_units % units_in_one *
		(FRACTION_ONE / units_in_one);
	while (decimals > 0 && whole_units % 10 == 0)
	{
		whole_units /= 10;
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

static inline clk_decimal_status
read_float8(float8 number, clk_decimal *value)
{
	if (isnan(number) || isinf(number))
		return CLK_DECIMAL_NOT_FINITE;

	if (float8_as_units(number, 2, 100, value) ||
		float8_as_units(number, 6, 1000000, value))
		return CLK_DECIMAL_OK;

	return read_numeric(DirectFunctionCall1(float8_numeric,
											Float8GetDatum(number)),
						value);
}

/* Add whole + fraction to the sum; false if it would be out of range. */
static inline bool
add_parts(clk_decimal_sum *sum, int128 whole, int128 fraction)
{
	int128		new_whole;
	int128		new_fraction = sum->fraction + fraction;
	int128		carry = 0;

	if (new_fraction >= FRACTION_ONE)
		carry = 1;
	else if (new_fraction <= -FRACTION_ONE)
		carry = -1;
	new_fraction -= carry * FRACTION_ONE;

	if (__builtin_add_overflow(sum->whole, whole, &new_whole) ||
		__builtin_add_overflow(new_whole, carry, &new_whole))
		return false;

	sum->whole = new_whole;
	sum->fraction = new_fraction;
	return true;
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
	if (unlikely(!add_parts(sum, value->whole, value->fraction) ||
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
	if (!add_parts(sum, -value->whole, -value->fraction))
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
		!add_parts(sum, other->whole, other->fraction))
		return CLK_DECIMAL_SUM_TOO_WIDE;
	note_scale(sum, other->scale, other->scale_rows);
	sum->rows += other->rows;
	return CLK_DECIMAL_OK;
}

bool
clk_decimal_sum_is_valid(const clk_decimal_sum *sum)
{
	if (sum->fraction >= FRACTION_ONE || sum->fraction <= -FRACTION_ONE ||
		sum->scale < 0 || sum->scale > LONG_SCALE_MASK ||
		sum->scale_rows < 0 || sum->scale_rows > sum->rows)
		return false;
	return sum->rows > 0 || (sum->whole == 0 && sum->fraction == 0 &&
							 sum->scale == 0);
}

/* Put "number", which must fit, into digits[0 .. ndigits - 1]. */
static void
write_digits(uint128 number, int16 *digits, int ndigits)
{
	for (int i = ndigits - 1; i >= 0; i--)
	{
		digits[i] = (int16) (number % DIGIT_BASE);
		number /= DIGIT_BASE;
	}
	Assert(number == 0);
}

Numeric
clk_decimal_sum_result(const clk_decimal_sum *sum)
{
	/* 2^127 has 39 decimal digits, and so 10 digits of base 10000 */
	const int	whole_digits = 10;
	int16		digits[10 + SIDE_DIGITS];
	int128		whole = sum->whole;
	int128		fraction = sum->fraction;
	bool		negative;
	StringInfoData message;

	/* give both parts one sign */
	if (whole > 0 && fraction < 0)
	{
		whole--;
		fraction += FRACTION_ONE;
	}
	else if (whole < 0 && fraction > 0)
	{
		whole++;
		fraction -= FRACTION_ONE;
	}
	negative = whole < 0 || fraction < 0;

	write_digits(negative ? -(uint128) whole : (uint128) whole,
				 digits, whole_digits);
	write_digits(negative ? -(uint128) fraction : (uint128) fraction,
				 digits + whole_digits, SIDE_DIGITS);

	/* number of digits, weight, sign, scale, digits: see numeric_recv() */
	initStringInfo(&message);
	pq_sendint16(&message, lengthof(digits));
	pq_sendint16(&message, whole_digits - 1);
	pq_sendint16(&message, negative ? HEADER_NEGATIVE : 0);
	pq_sendint16(&message, sum->scale);
	for (int i = 0; i < (int) lengthof(digits); i++)
		pq_sendint16(&message, digits[i]);

	return DatumGetNumeric(DirectFunctionCall3(numeric_recv,
											   PointerGetDatum(&message),
											   ObjectIdGetDatum(InvalidOid),
											   Int32GetDatum(-1)));
}
