/*-------------------------------------------------------------------------
 *
 * table.h
 *	  The table of an exact set: keys in slots, of which there are a power of 2,
 *	  in ascending order with empty slots in between.
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
#ifndef CLK_TABLE_H
#define CLK_TABLE_H

#include "exact/budget.h"
#include "exact/key.h"

typedef struct clk_table
{
	uint64	   *slots;
	int64		nkeys;			/* in slots */
	uint8		slot_bits;		/* there are 2 to this power slots */
	bool		has_max;		/* the greatest key, which no slot can hold */
	bool		is_crowded;		/* keys have got to the last slot but one */
} clk_table;

static inline uint64
clk_table_nslots(int slot_bits)
{
	return UINT64CONST(1) << slot_bits;
}

/* Bytes of a table with 2 to this power slots */
static inline Size
clk_table_size(int slot_bits, clk_key_kind kind)
{
	return CLK_KEY_SIZE(kind) * clk_table_nslots(slot_bits);
}

/* How many slots are the home of keys; the others are behind them. */
static inline uint64
clk_table_nhomes(int slot_bits)
{
	uint64		nslots = clk_table_nslots(slot_bits);

	return nslots - Min(nslots / 8 + 2, CLK_MOST_OVERHANG);
}

/* A table with this many keys is full */
static inline int64
clk_table_capacity(int slot_bits)
{
	return clk_table_nhomes(slot_bits) * 13 / 16;
}

/* The slot at which a key is looked for first */
static inline uint64 *
clk_table_home(const clk_table *table, uint64 first_word, clk_key_kind kind)
{
	uint64		nhomes = clk_table_nhomes(table->slot_bits);

	return table->slots + CLK_KEY_WORDS(kind) * (uint64) ((uint128) first_word * nhomes >> 64);
}

/* The last slot, in which no key can be */
static inline const uint64 *
clk_table_last(const clk_table *table, clk_key_kind kind)
{
	return table->slots + (clk_table_nslots(table->slot_bits) - 1) * CLK_KEY_WORDS(kind);
}

/* May a key be put into the table? */
static inline bool
clk_table_has_room(const clk_table *table)
{
	return !table->is_crowded && table->nkeys < clk_table_capacity(table->slot_bits);
}

/* The first slot whose key is not less than this one, or which is empty.  Of texts, the hash is compared. */
static pg_attribute_always_inline uint64 *
clk_table_search(const clk_table *table, const uint64 *key, clk_key_kind kind)
{
	uint64	   *slot = clk_table_home(table, key[0], kind);

	while (slot[0] < key[0])
		slot += CLK_KEY_WORDS(kind);
	while (kind == CLK_KEY_UUID && slot[0] == key[0] && slot[1] < key[1])
		slot += CLK_KEY_WORDS(kind);
	return slot;
}

/* The slot of a key, or the one in front of which it belongs: then "found" is false. */
static pg_attribute_always_inline uint64 *
clk_table_find(const clk_table *table, const uint64 *key, const char *text, uint32 length, bool *found,
			   clk_key_kind kind)
{
	uint64	   *slot = clk_table_search(table, key, kind);

	*found = kind != CLK_KEY_TEXT && clk_key_same(slot, key, kind);
	for (; kind == CLK_KEY_TEXT && slot[0] == key[0]; slot += CLK_KEY_WORDS(kind))
	{
		int			order = clk_key_compare_texts(clk_key_text(slot)->bytes, clk_key_text(slot)->length,
												  text, length);

		*found = order == 0;
		if (order >= 0)
			break;
	}
	return slot;
}

/*
 * Put a key, which is not in the table, for which there is room, into the slot
 * where a search for it has ended.
 */
static pg_attribute_always_inline void
clk_table_put(clk_table *table, uint64 *slot, const uint64 *key, clk_key_kind kind)
{
	uint64		carried[2] = {0, 0};

	Assert(clk_table_has_room(table));
	clk_key_copy(carried, key, kind);
	for (; !clk_key_is_max(slot, kind); slot += CLK_KEY_WORDS(kind))
	{
		uint64		moved[2];

		clk_key_copy(moved, slot, kind);
		clk_key_copy(slot, carried, kind);
		clk_key_copy(carried, moved, kind);
	}
	clk_key_copy(slot, carried, kind);
	table->nkeys++;
	table->is_crowded = slot + CLK_KEY_WORDS(kind) == clk_table_last(table, kind);
}

/* Make the table an empty one with 2 to this power slots. */
extern void clk_table_empty(clk_table *table, clk_account *account, clk_key_kind kind, int slot_bits);

/* Give the table twice as many slots. */
extern void clk_table_grow(clk_table *table, clk_account *account, clk_key_kind kind);

#endif							/* CLK_TABLE_H */
