/*-------------------------------------------------------------------------
 *
 * ordered_slots.h
 *	  Keys in slots, in ascending order with empty slots in between.
 *
 * This is open addressing, indexed by the hash as a fraction of the greatest, in
 * which a key that comes moves those in a row that are greater by one slot.  So a
 * search ends at the first key that is not less, and whoever reads the slots from
 * front to end has the keys sorted.
 *
 * An empty slot holds the greatest number of all, CLK_NO_KEY in each word, at
 * which searches end by themselves.  There is no way around the end of a table:
 * its last slots are the home of no key, and are for those that overhang.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_ORDERED_SLOTS_H
#define CLK_ORDERED_SLOTS_H

#include "distinct_key.h"

/* The least table has 2 to this power slots, all tables a power of 2 */
#define CLK_FIRST_SLOT_BITS 3

/* At most so many of them are the home of no key */
#define CLK_MOST_OVERHANG 512

static inline uint64
clk_distinct_nslots(int slot_bits)
{
	return UINT64CONST(1) << slot_bits;
}

static inline Size
clk_distinct_table_size(clk_key_kind kind, int slot_bits)
{
	return sizeof(uint64) * CLK_KEY_WORDS(kind) * clk_distinct_nslots(slot_bits);
}

/* How many slots are the home of keys. */
static inline uint64
clk_distinct_nhomes(int slot_bits)
{
	uint64		nslots = clk_distinct_nslots(slot_bits);

	return nslots - Min(nslots / 8 + 2, CLK_MOST_OVERHANG);
}

/* The table is full from here on. */
static inline int64
clk_distinct_capacity(int slot_bits)
{
	return clk_distinct_nhomes(slot_bits) * 13 / 16;
}

/* The slot at which a key is looked for first. */
static inline uint64
clk_distinct_home(const clk_distinct_set *set, uint64 hash)
{
	return (uint64) ((uint128) hash * clk_distinct_nhomes(set->slot_bits) >> 64);
}

/*
 * From a slot on, the first key that is not less than this one; or the empty slot
 * where it belongs.  Of texts only the hash is compared.
 */
static pg_attribute_always_inline uint64 *
clk_slots_search(uint64 *slot, const uint64 *key, clk_key_kind kind)
{
	while (slot[0] < key[0])
		slot += CLK_KEY_WORDS(kind);
	while (kind == CLK_KEY_UUID && slot[0] == key[0] && slot[1] < key[1])
		slot += CLK_KEY_WORDS(kind);
	return slot;
}

/* Put a key in front of those in a row from this slot on.  Returns where they end. */
static pg_attribute_always_inline uint64 *
clk_slots_insert(uint64 *slot, const uint64 *key, clk_key_kind kind)
{
	uint64		carried[2];

	clk_distinct_copy(carried, key, kind);
	for (; !clk_distinct_is_none(slot, kind); slot += CLK_KEY_WORDS(kind))
	{
		uint64		moved[2];

		clk_distinct_copy(moved, slot, kind);
		clk_distinct_copy(slot, carried, kind);
		clk_distinct_copy(carried, moved, kind);
	}
	clk_distinct_copy(slot, carried, kind);
	return slot;
}

/*
 * Copy that many keys to where they may come from, and move the slot to behind
 * the last of them.  Returns where they end.
 */
static pg_attribute_always_inline uint64 *
clk_slots_list(const uint64 **slot, int64 nkeys, uint64 *to,
			   clk_key_kind kind)
{
	/* without a branch that nobody can foresee: an empty slot is overwritten */
	while (nkeys > 0)
	{
		int			used = clk_distinct_is_none(*slot, kind) ? 0 : 1;

		clk_distinct_copy(to, *slot, kind);
		*slot += CLK_KEY_WORDS(kind);
		to += used * CLK_KEY_WORDS(kind);
		nkeys -= used;
	}
	return to;
}

#endif							/* CLK_ORDERED_SLOTS_H */
