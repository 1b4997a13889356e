/*-------------------------------------------------------------------------
 *
 * stored_set.c
 *	  A set of clickers as it is stored and sent.
 *
 *-------------------------------------------------------------------------
 */
#include "stored_set.h"

#include "register_codec.h"
#include "token_codec.h"

/* Enough for any clk_token_limit() */
#define COUNT_BYTES_MAX 2

/* For clk_ull_insert_many() */
#define TOKENS_AT_A_TIME 16

/* The number of tokens; false if there is none or it is too high. */
static bool
open_tokens(clk_stored_set *stored)
{
	stored->count = 0;
	for (int i = 0; i < COUNT_BYTES_MAX && stored->length > 0; i++)
	{
		uint8_t		byte = *stored->body++;

		stored->length--;
		stored->count |= (uint32_t) (byte & 127) << 7 * i;
		if (byte < 128)
			return stored->count <= clk_token_limit(stored->precision);
	}
	return false;
}

bool
clk_stored_open(const uint8_t *bytes, size_t length, clk_stored_set *stored)
{
	if (length < CLK_STORED_HEADER || bytes[0] != CLK_SET_VERSION)
		return false;
	stored->kind = (clk_set_kind) CLK_SIGNATURE_KIND(bytes[1]);
	stored->precision = CLK_SIGNATURE_PRECISION(bytes[1]);
	stored->count = 0;
	stored->body = bytes + CLK_STORED_HEADER;
	stored->length = length - CLK_STORED_HEADER;
	if (stored->precision > CLK_PRECISION_MAX)
		return false;
	switch (stored->kind)
	{
		case CLK_STORED_TOKENS:
			return open_tokens(stored);
		case CLK_STORED_CODES:
			return true;
		case CLK_STORED_REGISTERS:
			return stored->length == clk_ull_size(stored->precision);
		default:
			return false;
	}
}

/* Read some tokens and insert them at once. */
static bool
insert_tokens(clk_set_builder *set, clk_token_reader *reader, uint32_t count)
{
	uint64_t	hashes[TOKENS_AT_A_TIME];

	for (uint32_t i = 0; i < count; i++)
	{
		uint64_t	token;

		if (!clk_token_read(reader, &token))
			return false;
		hashes[i] = clk_token_to_hash(token);
	}
	clk_ull_insert_many(clk_builder_registers(set),
						clk_builder_precision(set), hashes, count);
	return true;
}

static bool
merge_tokens(clk_set_builder **set, const clk_stored_set *stored,
			 clk_allocator allocate)
{
	clk_token_reader reader;
	uint32_t	left = stored->count;

	if (*set == NULL)
		*set = clk_builder_create(stored->precision, left, allocate);
	else
		*set = clk_builder_prepare(*set, stored->precision, left, allocate);

	clk_token_reader_init(&reader, stored->count, stored->body,
						  stored->length);
	while (left > 0)
	{
		uint32_t	count = left < TOKENS_AT_A_TIME ? left : TOKENS_AT_A_TIME;
		uint64_t	token;

		if (!clk_builder_has_registers(*set))
		{
			if (!clk_token_read(&reader, &token))
				return false;
			*set = clk_builder_add_token(*set, token, allocate);
			count = 1;
		}
		else if (!insert_tokens(*set, &reader, count))
			return false;
		left -= count;
	}
	return true;
}

static bool
merge_registers(clk_set_builder **set, const clk_stored_set *stored,
				clk_allocator allocate)
{
	clk_set_builder *other = clk_builder_create_registers(stored->precision,
														  allocate);

	if (stored->kind == CLK_STORED_REGISTERS)
		memcpy(clk_builder_registers(other), stored->body, stored->length);
	else if (!clk_registers_decode(stored->body, stored->length,
								   stored->precision,
								   clk_builder_registers(other)))
		return false;

	*set = *set == NULL ? other : clk_builder_merge(*set, other, allocate);
	return true;
}

bool
clk_stored_merge_into(clk_set_builder **set, const clk_stored_set *stored,
					  clk_allocator allocate)
{
	if (stored->kind == CLK_STORED_TOKENS)
		return merge_tokens(set, stored, allocate);
	return merge_registers(set, stored, allocate);
}

size_t
clk_stored_bound(const clk_set_builder *set)
{
	size_t		body;

	if (clk_builder_has_registers(set))
		body = clk_ull_size(clk_builder_precision(set)) +
			CLK_REGISTER_CODE_SLACK;
	else
		body = COUNT_BYTES_MAX + clk_token_encoded_bound(set->count);
	return CLK_STORED_HEADER + body;
}

static size_t
encode_tokens(const clk_set_builder *set, uint8_t *body,
			  clk_allocator allocate)
{
	uint64_t   *sorted;
	uint8_t    *next = body;

	if (set->count > 127)
		*next++ = (uint8_t) (set->count | 128);
	*next++ = (uint8_t) (set->count > 127 ? set->count >> 7 : set->count);
	if (set->count == 0)
		return (size_t) (next - body);

	sorted = allocate(2 * set->count * sizeof(uint64_t));
	clk_token_sort(set->tokens, set->slots, sorted);
	return (size_t) (clk_token_encode(sorted, set->count, next) - body);
}

size_t
clk_stored_encode(clk_set_builder *set, uint8_t *bytes,
				  clk_allocator allocate)
{
	int			precision = clk_builder_precision(set);
	uint8_t    *body = bytes + CLK_STORED_HEADER;
	clk_set_kind kind;
	size_t		length;

	if (!clk_builder_has_registers(set))
	{
		kind = CLK_STORED_TOKENS;
		length = encode_tokens(set, body, allocate);
	}
	else
	{
		clk_builder_flush(set);
		kind = CLK_STORED_CODES;
		length = clk_registers_encode(clk_builder_registers(set), precision,
									  body);
		if (length == 0)
		{
			kind = CLK_STORED_REGISTERS;
			length = clk_ull_size(precision);
			memcpy(body, clk_builder_registers(set), length);
		}
	}
	bytes[0] = CLK_SET_VERSION;
	bytes[1] = CLK_SET_SIGNATURE(kind, precision);
	return CLK_STORED_HEADER + length;
}

bool
clk_stored_is_canonical(const uint8_t *bytes, size_t length,
						clk_allocator allocate)
{
	clk_stored_set stored;
	clk_set_builder *set = NULL;
	uint8_t    *again;

	if (!clk_stored_open(bytes, length, &stored) ||
		!clk_stored_merge_into(&set, &stored, allocate))
		return false;
	if (clk_builder_has_registers(set))
	{
		uint32_t	histogram[CLK_REGISTER_VALUES];
		size_t		size = clk_ull_size(stored.precision);

		/* the empty set is one of tokens */
		clk_ull_histogram(clk_builder_registers(set), size, histogram);
		if (histogram[0] == size ||
			!clk_ull_is_reachable(histogram, stored.precision))
			return false;
	}
	again = allocate(clk_stored_bound(set));
	return clk_stored_encode(set, again, allocate) == length &&
		memcmp(again, bytes, length) == 0;
}
