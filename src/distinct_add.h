/*-------------------------------------------------------------------------
 *
 * distinct_add.h
 *	  Adding integers and uuids to a distinct set, which is done per row.
 *
 * A set that is not large collects a few values first, so that with many groups
 * a row touches one cache line.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_DISTINCT_ADD_H
#define CLK_DISTINCT_ADD_H

#include "distinct_key.h"

/* Make keys of the few values. */
extern void clk_distinct_drain(clk_distinct_set *set);

/* Have room for more pending keys. */
extern void clk_distinct_make_pending_room(clk_distinct_set *set);

/* Add a key without counting it as a row. */
static inline void
clk_distinct_add_key(clk_distinct_set *set, const uint64 *key,
					 clk_key_kind kind)
{
	if (unlikely(set->npending == set->pending_size))
		clk_distinct_make_pending_room(set);
	clk_distinct_copy(set->pending + set->npending * CLK_KEY_WORDS(kind), key,
					  kind);
	set->npending++;
	set->in_order = false;
}

/* Add a value of one word, or of two. */
static pg_attribute_always_inline void
clk_distinct_add(clk_distinct_set *set, const uint64 *value,
				 clk_key_kind kind)
{
	uint64		key[2];

	if (set->slot_bits != 0)
	{
		clk_distinct_make_key(set, value, key, kind);
		clk_distinct_add_key(set, key, kind);
		set->rows++;
		return;
	}

	clk_distinct_copy(set->few + set->nfew * CLK_KEY_WORDS(kind), value, kind);
	if (++set->nfew == CLK_FEW_WORDS / CLK_KEY_WORDS(kind))
		clk_distinct_drain(set);
}

static inline void
clk_distinct_add_integer(clk_distinct_set *set, int64 integer)
{
	uint64		value = (uint64) integer;

	clk_distinct_add(set, &value, CLK_KEY_INTEGER);
}

#endif							/* CLK_DISTINCT_ADD_H */
