/*-------------------------------------------------------------------------
 *
 * slots.h
 *	  Keys in slots, in ascending order with empty slots in between.
 *
 * This is open addressing, indexed by the first word as a fraction of the
 * greatest, in which a key that comes moves those in a row that are greater by
 * one slot.  So a search ends at the first key that is not less, and whoever
 * reads the slots from front to end has the keys sorted.
 *
 * An empty slot holds the greatest key, at which searches end by themselves.
 * There is no way around the end: the last slots are the home of no key, and are
 * for those that overhang.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_SLOTS_H
#define CLK_SLOTS_H

#include "exact/key.h"

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
	uint64		carried[2] = {0, 0};

	clk_key_copy(carried, key, kind);
	for (; !clk_key_is_max(slot, kind); slot += CLK_KEY_WORDS(kind))
	{
		uint64		moved[2];

		clk_key_copy(moved, slot, kind);
		clk_key_copy(slot, carried, kind);
		clk_key_copy(carried, moved, kind);
	}
	clk_key_copy(slot, carried, kind);
	return slot;
}

#endif							/* CLK_SLOTS_H */
