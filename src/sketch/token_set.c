/*-------------------------------------------------------------------------
 *
 * token_set.c
 *	  Small sets of hashes, kept as tokens.
 *
 *-------------------------------------------------------------------------
 */
#include "token_set.h"

#define TOKEN_BITS (CLK_TOKEN_PREFIX_BITS + CLK_TOKEN_ZEROS_BITS)

/* So few are sorted by insertion. */
#define FEW_TOKENS 40

/* The digits by which more are sorted: six of them are a token */
#define DIGIT_BITS 8
#define DIGITS (1 << DIGIT_BITS)

uint64_t	clk_token_multiplier = UINT64_C(0x9E3779B97F4A7C15);

static void
insertion_sort(uint64_t *tokens, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
	{
		uint64_t	token = tokens[i];
		uint32_t	at = i;

		for (; at > 0 && tokens[at - 1] > token; at--)
			tokens[at] = tokens[at - 1];
		tokens[at] = token;
	}
}

/* Copy in the order of one digit; equal digits keep their order. */
static void
sort_by_digit(const uint64_t *source, uint32_t n, int shift, uint64_t *target)
{
	uint32_t	ends[DIGITS] = {0};

	for (uint32_t i = 0; i < n; i++)
		ends[source[i] >> shift & (DIGITS - 1)]++;
	for (int digit = 1; digit < DIGITS; digit++)
		ends[digit] += ends[digit - 1];
	for (uint32_t i = n; i-- > 0;)
		target[--ends[source[i] >> shift & (DIGITS - 1)]] = source[i];
}

uint32_t
clk_token_sort(const uint64_t *table, uint32_t slots, uint64_t *sorted)
{
	uint32_t	n = 0;

	for (uint32_t i = 0; i < slots; i++)
	{
		if (table[i] != 0)
			sorted[n++] = table[i];
	}
	if (n <= FEW_TOKENS)
	{
		insertion_sort(sorted, n);
		return n;
	}
	/* there and back again, from the lowest digit to the highest */
	for (int shift = 0; shift < TOKEN_BITS; shift += 2 * DIGIT_BITS)
	{
		sort_by_digit(sorted, n, shift, sorted + n);
		sort_by_digit(sorted + n, n, shift + DIGIT_BITS, sorted);
	}
	return n;
}
