/*-------------------------------------------------------------------------
 *
 * stored_numeric.h
 *	  The stored form of numeric, read where it lies and written.
 *
 * That form is private to the server's numeric.c but can never change, since
 * it is on disk: a 16-bit header, perhaps a weight, and digits of base 10000
 * without zeros at either end.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_STORED_NUMERIC_H
#define CLK_STORED_NUMERIC_H

#include "compat.h"

#define CLK_NUMERIC_BASE 10000
#define CLK_NUMERIC_DIGIT_DECIMALS 4

#define CLK_NUMERIC_KIND_MASK 0xC000
#define CLK_NUMERIC_NEGATIVE 0x4000
#define CLK_NUMERIC_SHORT 0x8000
#define CLK_NUMERIC_SPECIAL 0xC000
#define CLK_NUMERIC_SCALE_MASK 0x3FFF
#define CLK_NUMERIC_SHORT_NEGATIVE 0x2000
#define CLK_NUMERIC_SHORT_SCALE_MASK 0x1F80
#define CLK_NUMERIC_SHORT_SCALE_SHIFT 7
#define CLK_NUMERIC_SHORT_WEIGHT_SIGN 0x0040
#define CLK_NUMERIC_SHORT_WEIGHT_MASK 0x003F

/* Digits of base 10000 that any int128 fits into: 2^127 has 39 decimal ones */
#define CLK_INT128_DIGITS 10

/* A numeric taken apart; the digits may lie at any address */
typedef struct clk_stored_numeric
{
	bool		negative;
	int			scale;			/* decimals to display */
	int			weight;			/* of the first digit, as a power of 10000 */
	int			ndigits;
	const char *digits;
} clk_stored_numeric;

/* Take a finite numeric apart, however it is stored.  False if it is not one. */
static inline bool
clk_numeric_take_apart(Datum numeric, clk_stored_numeric *parts)
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

	if (likely((header & CLK_NUMERIC_KIND_MASK) == CLK_NUMERIC_SHORT))
	{
		parts->negative = (header & CLK_NUMERIC_SHORT_NEGATIVE) != 0;
		parts->scale = (header & CLK_NUMERIC_SHORT_SCALE_MASK) >>
			CLK_NUMERIC_SHORT_SCALE_SHIFT;
		parts->weight = (header & CLK_NUMERIC_SHORT_WEIGHT_MASK) -
			(header & CLK_NUMERIC_SHORT_WEIGHT_SIGN);
	}
	else if ((header & CLK_NUMERIC_KIND_MASK) == CLK_NUMERIC_SPECIAL)
		return false;
	else
	{
		int16		weight;

		memcpy(&weight, bytes, sizeof(weight));
		bytes += sizeof(weight);
		length -= sizeof(weight);
		parts->negative = (header & CLK_NUMERIC_NEGATIVE) != 0;
		parts->scale = header & CLK_NUMERIC_SCALE_MASK;
		parts->weight = weight;
	}
	parts->ndigits = length / (int) sizeof(int16);
	parts->digits = bytes;
	return true;
}

/* The digit at "i", which is 0 before the first and behind the last one. */
static inline int64
clk_numeric_digit(const clk_stored_numeric *parts, int i)
{
	int16		digit;

	if (i < 0 || i >= parts->ndigits)
		return 0;
	memcpy(&digit, parts->digits + i * sizeof(digit), sizeof(digit));
	return digit;
}

/* The digits from "from" up to "to", at most nine, as one number. */
static inline int128
clk_numeric_read(const clk_stored_numeric *parts, int from, int to)
{
	int64		start = 0;
	int128		number;
	int			i;

	/* money ends here: four digits fit 64 bits */
	for (i = from; i < to && i < from + 4; i++)
		start = start * CLK_NUMERIC_BASE + clk_numeric_digit(parts, i);

	number = start;
	for (; i < to; i++)
		number = number * CLK_NUMERIC_BASE + clk_numeric_digit(parts, i);
	return number;
}

static inline uint128
clk_magnitude(int128 number)
{
	return number < 0 ? -(uint128) number : (uint128) number;
}

/* A whole number as numeric, with no decimals. */
extern Numeric clk_int128_to_numeric(int128 number);

/* The same, quicker; the last digits of base 10000 are behind the point. */
extern Numeric clk_int64_to_numeric(int64 number, int digits_behind,
									int scale);

/* Write a number as its last "ndigits" digits. */
extern void clk_numeric_write_digits(uint128 number, int16 *digits,
									 int ndigits);

/* A numeric of these digits, zeros at either end or not; 0 has no sign. */
extern Numeric clk_numeric_make(bool negative, const int16 *digits,
								int ndigits, int weight, int scale);

#endif							/* CLK_STORED_NUMERIC_H */
