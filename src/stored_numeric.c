/*-------------------------------------------------------------------------
 *
 * stored_numeric.c
 *	  The stored form of numeric, written.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "stored_numeric.h"

/* Four digits, which 64-bit arithmetic takes apart */
#define LIMB_DIGITS 4
#define LIMB INT64CONST(10000000000000000)

/* Digits of base 10000 that any int64 fits into: 2^63 has 19 decimal ones */
#define INT64_DIGITS 5

/* What fits the short header */
#define SHORT_MAX_SCALE \
	(CLK_NUMERIC_SHORT_SCALE_MASK >> CLK_NUMERIC_SHORT_SCALE_SHIFT)
#define SHORT_MAX_WEIGHT CLK_NUMERIC_SHORT_WEIGHT_MASK
#define SHORT_MIN_WEIGHT (-CLK_NUMERIC_SHORT_WEIGHT_SIGN)

void
clk_numeric_write_digits(uint128 number, int16 *digits, int ndigits)
{
	while (ndigits > 0)
	{
		uint128		rest = number < LIMB ? 0 : number / LIMB;
		uint64		limb = (uint64) (number - rest * LIMB);

		for (int i = 0; i < LIMB_DIGITS && ndigits > 0; i++)
		{
			digits[--ndigits] = (int16) (limb % CLK_NUMERIC_BASE);
			limb /= CLK_NUMERIC_BASE;
		}
		number = rest;
	}
}

Numeric
clk_numeric_make(bool negative, const int16 *digits, int ndigits, int weight,
				 int scale)
{
	uint16		header[2];
	Size		header_size = sizeof(uint16);
	Size		size;
	struct varlena *numeric;

	for (; ndigits > 0 && digits[0] == 0; ndigits--, weight--)
		digits++;
	while (ndigits > 0 && digits[ndigits - 1] == 0)
		ndigits--;
	if (ndigits == 0)
	{
		negative = false;
		weight = 0;
	}

	if (scale <= SHORT_MAX_SCALE &&
		weight <= SHORT_MAX_WEIGHT && weight >= SHORT_MIN_WEIGHT)
		header[0] = CLK_NUMERIC_SHORT |
			(negative ? CLK_NUMERIC_SHORT_NEGATIVE : 0) |
			(scale << CLK_NUMERIC_SHORT_SCALE_SHIFT) |
			(weight & (CLK_NUMERIC_SHORT_WEIGHT_SIGN |
					   CLK_NUMERIC_SHORT_WEIGHT_MASK));
	else
	{
		header[0] = (negative ? CLK_NUMERIC_NEGATIVE : 0) | scale;
		header[1] = (uint16) weight;
		header_size = sizeof(header);
	}

	size = VARHDRSZ + header_size + ndigits * sizeof(int16);
	numeric = palloc(size);
	SET_VARSIZE(numeric, size);
	memcpy(VARDATA(numeric), header, header_size);
	memcpy(VARDATA(numeric) + header_size, digits, ndigits * sizeof(int16));
	return (Numeric) numeric;
}

Numeric
clk_int64_to_numeric(int64 number, int digits_behind, int scale)
{
	int16		digits[INT64_DIGITS];
	int			first = INT64_DIGITS;
	uint64		rest = number < 0 ? -(uint64) number : (uint64) number;

	for (; rest != 0; rest /= CLK_NUMERIC_BASE)
		digits[--first] = (int16) (rest % CLK_NUMERIC_BASE);
	return clk_numeric_make(number < 0, digits + first, INT64_DIGITS - first,
							INT64_DIGITS - first - 1 - digits_behind, scale);
}

Numeric
clk_int128_to_numeric(int128 number)
{
	int16		digits[CLK_INT128_DIGITS];

	clk_numeric_write_digits(clk_magnitude(number), digits, lengthof(digits));
	return clk_numeric_make(number < 0, digits, lengthof(digits),
							CLK_INT128_DIGITS - 1, 0);
}
