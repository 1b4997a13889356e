/*-------------------------------------------------------------------------
 *
 * mutate.c
 *	  Numbers that a seed decides, and changes of text and of bytes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "fuzz.h"

#define MOST_CHANGES 4
#define LONGEST 100000

static uint64 state;

/* splitmix64, of which any seed is as good as any other */
void
fuzz_seed(uint64 seed)
{
	state = seed;
}

uint64
fuzz_random(void)
{
	uint64		z = (state += UINT64CONST(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64CONST(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64CONST(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* A number from 0 to n - 1; 0 if there is none. */
uint64
fuzz_below(uint64 n)
{
	return n == 0 ? 0 : fuzz_random() % n;
}

/* Replace "length" bytes at "at" by others. */
static void
replace(StringInfo bytes, int at, int length, const char *with, int with_length)
{
	int			rest = bytes->len - at - length;

	enlargeStringInfo(bytes, with_length);
	memmove(bytes->data + at + with_length, bytes->data + at + length, rest);
	memcpy(bytes->data + at, with, with_length);
	bytes->len = at + with_length + rest;
	bytes->data[bytes->len] = '\0';
}

/* Replace them by bytes that are somewhere else in the same ones. */
static void
replace_by_copy(StringInfo bytes, int at, int length, int from, int from_length)
{
	char	   *copy = memcpy(palloc(from_length), bytes->data + from, from_length);

	replace(bytes, at, length, copy, from_length);
	pfree(copy);
}

static const char *const words[] = {
	"0", "-0", "00", "1", "-1", "+1", "2", "10", "9", "16", "17", "1e3", "1e400", "1e-400", "0x1", "NaN", "Infinity",
	"-Infinity", "inf", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
	"170141183460469231731687303715884105727", "170141183460469231731687303715884105728",
	"-170141183460469231731687303715884105728", "99999999999999999999999999999999999999", "32767", "32768",
	"2147483647", "4294967296", "4.9e-324", "1.7976931348623157e+308", "0.1", "1.", ".5", "1,000", "1_000",
	"|", "||", ",", "()", "(", ")", "\"", "\\", "''", "{}", "[]", "null", "NULL", " ", "\t", "\n", "=", "==", "cs1:",
	"link", "outbound", "EUR", "\xc3\xa9", "\xe2\x82\xac", "1|", "true", ":",
	"[{\"action_type\": \"like\", \"value\": \"1\"}]"
};

/* The number or word that has a character, or else that character */
static int
find_token(const StringInfoData *text, int *length)
{
	int			start = (int) fuzz_below(text->len);
	int			end = start;

	while (start > 0 && strchr("|,(){}[]\" :", text->data[start - 1]) == NULL)
		start--;
	while (end < text->len && strchr("|,(){}[]\" :", text->data[end]) == NULL)
		end++;
	*length = end - start;
	return start;
}

static void
change_text(StringInfo text, const char *other)
{
	const char *word = words[fuzz_below(lengthof(words))];
	int			at = (int) fuzz_below(text->len + 1);
	int			length = (int) fuzz_below(Min(text->len - at, 40) + 1);
	char		character = " -+.,|0123456789eE=/()\"{}:aZ"[fuzz_below(28)];

	switch (fuzz_below(9))
	{
		case 0:					/* something goes */
			replace(text, at, length, "", 0);
			break;
		case 1:					/* a character comes */
			replace(text, at, 0, &character, 1);
			break;
		case 2:					/* another one stands there */
			replace(text, at, Min(text->len - at, 1), &character, 1);
			break;
		case 3:					/* a piece is there twice */
			replace_by_copy(text, at, 0, at, length);
			break;
		case 4:					/* the end is that of another value */
			at = Min(at, (int) strlen(other));
			replace(text, at, text->len - at, other + at, strlen(other + at));
			break;
		case 5:
			replace(text, at, length, word, strlen(word));
			break;
		default:				/* a whole number or word */
			at = find_token(text, &length);
			replace(text, at, length, word, strlen(word));
	}
}

/* Change text in one to four places; it stays text in the server's encoding. */
void
fuzz_mutate_text(StringInfo text, const char *other)
{
	for (uint64 n = 1 + fuzz_below(MOST_CHANGES); n > 0 && text->len < LONGEST; n--)
		change_text(text, other);
	if (!pg_verifymbstr(text->data, text->len, true))
	{
		for (int i = 0; i < text->len; i++)
		{
			if (IS_HIGHBIT_SET(text->data[i]) || text->data[i] == '\0')
				text->data[i] = 'x';
		}
	}
}

/* Numbers at which something may end */
static uint64
border(void)
{
	uint64		power = UINT64CONST(1) << fuzz_below(64);

	switch (fuzz_below(5))
	{
		case 0:
			return power;
		case 1:
			return power - 1;
		case 2:
			return -power;
		case 3:
			return fuzz_below(20);
		default:
			return fuzz_random();
	}
}

/* Put a number of 1, 2, 4 or 8 bytes there, or change the one that is, in either order. */
static void
change_number(char *at, int room)
{
	int			size = 1 << fuzz_below(4);
	bool		big_endian = fuzz_below(2);
	uint64		number = 0;
	uint64		change = fuzz_below(2) ? 1 : -1;
	bool		put = fuzz_below(2);

	while (size > room)
		size /= 2;
	for (int i = 0; i < size; i++)
		number |= (uint64) (uint8) at[big_endian ? size - 1 - i : i] << (8 * i);
	number = put ? border() : number + change;
	for (int i = 0; i < size; i++)
		at[big_endian ? size - 1 - i : i] = (char) (number >> (8 * i));
}

static void
change_bytes(StringInfo bytes, const char *other, int other_length)
{
	static const int sizes[] = {1, 2, 4, 8, 12, 16, 24, 25, 32};
	int			size = sizes[fuzz_below(lengthof(sizes))];
	int			at = (int) fuzz_below(bytes->len + 1);
	int			left;
	char		new_bytes[32];

	/* headers are where most is at stake */
	if (fuzz_below(2))
		at = (int) fuzz_below(Min(bytes->len, 32) + 1);
	left = bytes->len - at;
	if (left == 0 || fuzz_below(8) == 0)
	{
		for (int i = 0; i < size; i++)
			new_bytes[i] = fuzz_below(2) ? (char) fuzz_random() : 0;
		replace(bytes, at, 0, new_bytes, size);
		return;
	}
	size = Min(size, left);
	switch (fuzz_below(8))
	{
		case 0:
			bytes->data[at] ^= (char) (1 << fuzz_below(8));
			break;
		case 1:
			bytes->data[at] = (char) fuzz_random();
			break;
		case 2:
			replace(bytes, at, size, "", 0);
			break;
		case 3:					/* a piece is there twice */
			replace_by_copy(bytes, at, 0, at, size);
			break;
		case 4:					/* the end is that of another value */
			at = Min(at, other_length);
			replace(bytes, at, bytes->len - at, other + at, other_length - at);
			break;
		case 5:					/* a piece is somewhere else, too */
			memmove(bytes->data + at, bytes->data + fuzz_below(bytes->len - size + 1), size);
			break;
		default:
			change_number(bytes->data + at, left);
	}
}

/* Change bytes in one to four places. */
void
fuzz_mutate_bytes(StringInfo bytes, const char *other, int other_length)
{
	for (uint64 n = 1 + fuzz_below(MOST_CHANGES); n > 0 && bytes->len < LONGEST; n--)
		change_bytes(bytes, other, other_length);
}
