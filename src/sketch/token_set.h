/*-------------------------------------------------------------------------
 *
 * token_set.h
 *	  Small sets of hashes, kept as tokens.
 *
 * A token is the first 40 bits of a hash and one more than the number of
 * zeros that follow them (1 .. 25), which is all that UltraLogLog registers
 * of any precision can ever ask about it.  Two of n people share a token with
 * probability n^2 / 6 / 2^40, so counting tokens counts people.
 *
 * Tokens under construction live in a hash table, few of them in a list.
 * Tokens are never 0, which marks a free slot.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_TOKEN_SET_H
#define CLK_TOKEN_SET_H

#include "bits.h"

#define CLK_TOKEN_PREFIX_BITS 40
#define CLK_TOKEN_ZEROS_BITS 6
#define CLK_TOKEN_ZEROS_MAX 24

/* Up to so many slots are filled from first to last and searched so */
#define CLK_TOKEN_LIST_SLOTS 14

/*
 * What tokens are multiplied with to find their place in a table.  It is odd
 * and, in a server, secret: else somebody could choose ids that all get the
 * same place.
 */
extern uint64_t clk_token_multiplier;

/* What tells tables from those that were made with another multiplier. */
static inline uint32_t
clk_token_table_key(void)
{
	return (uint32_t) (clk_token_multiplier >> 32);
}

/* The most tokens that a set of this precision keeps: 3/32 per register */
static inline uint32_t
clk_token_limit(int precision)
{
	return (UINT32_C(3) << precision) >> 5;
}

static inline uint64_t
clk_token_from_hash(uint64_t hash)
{
	uint64_t	rest = hash << CLK_TOKEN_PREFIX_BITS;
	int			zeros = rest == 0 ? CLK_TOKEN_ZEROS_MAX :
		clk_leading_zeros(rest);

	return hash >> CLK_TOKEN_ZEROS_MAX << CLK_TOKEN_ZEROS_BITS |
		(uint64_t) (zeros + 1);
}

/* A hash that has this token. */
static inline uint64_t
clk_token_to_hash(uint64_t token)
{
	int			zeros = (int) (token & 63) - 1;
	uint64_t	prefix = token >> CLK_TOKEN_ZEROS_BITS;

	return prefix << CLK_TOKEN_ZEROS_MAX |
		((UINT64_C(1) << CLK_TOKEN_ZEROS_MAX) >> (zeros + 1));
}

/* Whether some hash has this token. */
static inline bool
clk_token_is_valid(uint64_t token)
{
	return token >> (CLK_TOKEN_PREFIX_BITS + CLK_TOKEN_ZEROS_BITS) == 0 &&
		(token & 63) - 1 <= CLK_TOKEN_ZEROS_MAX;
}

/* How many tokens may be in so many slots. */
static inline uint32_t
clk_token_capacity(uint32_t slots)
{
	return slots <= CLK_TOKEN_LIST_SLOTS ? slots : slots / 5 * 4;
}

/*
 * The slot that holds the token, else the one to put it in.  There must be a
 * free slot.
 */
static inline uint64_t *
clk_token_slot(uint64_t *table, uint32_t slots, uint64_t token)
{
	uint64_t   *slot = table;

	if (slots > CLK_TOKEN_LIST_SLOTS)
		slot += (token * clk_token_multiplier >> 32) * slots >> 32;
	while (*slot != 0 && *slot != token)
	{
		if (++slot == table + slots)
			slot = table;
	}
	return slot;
}

/* Whether the token is there, also in a full list. */
static inline bool
clk_token_is_member(const uint64_t *table, uint32_t slots, uint64_t token)
{
	if (slots > CLK_TOKEN_LIST_SLOTS)
		return *clk_token_slot((uint64_t *) table, slots, token) == token;
	for (uint32_t i = 0; i < slots; i++)
	{
		if (table[i] == token)
			return true;
	}
	return false;
}

/*
 * Copy the tokens of a table, in ascending order; returns how many.  There
 * must be room for them twice, of which the first half is the result.
 */
extern uint32_t clk_token_sort(const uint64_t *table, uint32_t slots,
							   uint64_t *sorted);

#endif							/* CLK_TOKEN_SET_H */
