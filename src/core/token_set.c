/*-------------------------------------------------------------------------
 *
 * token_set.c
 *	  Small sets of hashes, kept as tokens.
 *
 *-------------------------------------------------------------------------
 */
#include "token_set.h"

/*
 * Insertion sort, because tables are sorted already but for collisions; the
 * few tokens that wrapped around to the start are the ones to move far.
 */
uint32_t
clk_token_sort(const uint64_t *table, uint32_t slots, uint64_t *sorted)
{
	uint32_t	n = 0;

	for (uint32_t i = 0; i < slots; i++)
	{
		uint64_t	token = table[i];
		uint32_t	at = n;

		if (token == 0)
			continue;
		for (; at > 0 && sorted[at - 1] > token; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = token;
		n++;
	}
	return n;
}
