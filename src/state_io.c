/*-------------------------------------------------------------------------
 *
 * state_io.c
 *	  Text and binary forms of flat aggregate states, number by number.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "errors.h"
#include "state_io.h"

void
clk_state_append_version(StringInfo text)
{
	appendStringInfo(text, "%d", CLK_STATE_VERSION);
}

void
clk_state_append_number(StringInfo text, int128 number)
{
	char		digits[40];		/* 2^127 has 39, and a sign */
	char	   *first = digits + sizeof(digits);
	uint128		rest = number < 0 ? -(uint128) number : (uint128) number;

	do
	{
		*--first = '0' + (char) (rest % 10);
		rest /= 10;
	} while (rest != 0);
	if (number < 0)
		*--first = '-';

	appendStringInfoChar(text, '|');
	appendBinaryStringInfo(text, first, digits + sizeof(digits) - first);
}

bool
clk_state_parse_version(const char **text)
{
	if (**text != '0' + CLK_STATE_VERSION)
		return false;
	(*text)++;
	return true;
}

bool
clk_state_parse_number(const char **text, int128 *number)
{
	const char *next = *text;
	const char *first;
	bool		negative;
	int128		result = 0;

	if (*next++ != '|')
		return false;
	negative = *next == '-';
	if (negative)
		next++;
	first = next;
	if (*first < '0' || *first > '9')
		return false;

	for (; *next >= '0' && *next <= '9'; next++)
	{
		int			digit = *next - '0';

		if (__builtin_mul_overflow(result, 10, &result) ||
			__builtin_add_overflow(result, negative ? -digit : digit, &result))
			return false;
	}

	if (*first == '0' && (negative || next - first > 1))
		return false;

	*number = result;
	*text = next;
	return true;
}

bool
clk_state_parse_int64(const char **text, int64 *number)
{
	int128		wide;

	if (!clk_state_parse_number(text, &wide) ||
		wide < PG_INT64_MIN || wide > PG_INT64_MAX)
		return false;
	*number = (int64) wide;
	return true;
}

void
clk_state_send_int128(StringInfo message, int128 number)
{
	pq_sendint64(message, (uint64) ((uint128) number >> 64));
	pq_sendint64(message, (uint64) number);
}

static void
require_bytes(StringInfo message, int length, const char *type_name)
{
	if (message->len - message->cursor < length)
		clk_invalid_binary_error(type_name, "The value is cut off.");
}

void
clk_state_receive_version(StringInfo message, const char *type_name)
{
	int			version;

	require_bytes(message, 1, type_name);
	version = pq_getmsgbyte(message);
	if (version != CLK_STATE_VERSION)
		clk_invalid_binary_error(type_name,
								 psprintf("Version %d of the format is unknown.",
										  version));
}

int64
clk_state_receive_int64(StringInfo message, const char *type_name)
{
	require_bytes(message, sizeof(int64), type_name);
	return pq_getmsgint64(message);
}

int128
clk_state_receive_int128(StringInfo message, const char *type_name)
{
	uint64		high = (uint64) clk_state_receive_int64(message, type_name);
	uint64		low = (uint64) clk_state_receive_int64(message, type_name);

	return (int128) (((uint128) high << 64) | low);
}
