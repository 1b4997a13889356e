/*-------------------------------------------------------------------------
 *
 * table.h
 *	  The table of an exact set: keys in slots, of which there are a power of 2.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_TABLE_H
#define CLK_TABLE_H

#include "exact/budget.h"
#include "exact/slots.h"

typedef struct clk_table
{
	uint64	   *slots;			/* NULL where there is no table yet */
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

/* How many slots are the home of keys */
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

/* The slot at which a key is looked for first; there must be a table. */
static inline uint64 *
clk_table_home(const clk_table *table, uint64 first_word, clk_key_kind kind)
{
	uint64		nhomes = clk_table_nhomes(table->slot_bits);

	return table->slots + CLK_KEY_WORDS(kind) *
		(uint64) ((uint128) first_word * nhomes >> 64);
}

/* May a key be put into the table? */
static inline bool
clk_table_has_room(const clk_table *table)
{
	return table->slots != NULL && !table->is_crowded &&
		table->nkeys < clk_table_capacity(table->slot_bits);
}

/* Give the table 2 to this power slots, no fewer than it has. */
extern void clk_table_grow(clk_table *table, clk_account *account,
						   clk_key_kind kind, int slot_bits);

/* Forget all keys; or give back the memory as well. */
extern void clk_table_clear(clk_table *table, clk_key_kind kind);
extern void clk_table_free(clk_table *table, clk_account *account,
						   clk_key_kind kind);

/*
 * Put a key, which is not in the table, for which there is room, into the slot
 * where a search for it has ended.
 */
extern void clk_table_put(clk_table *table, uint64 *slot, const uint64 *key,
						  clk_key_kind kind);

/*
 * Of keys of fixed length: where one is or belongs, and whether it is there.  The
 * greatest key has no slot.
 */
extern uint64 *clk_table_search(const clk_table *table, const uint64 *key,
								clk_key_kind kind);
extern bool clk_table_has(const clk_table *table, const uint64 *key,
						  clk_key_kind kind);

/*
 * Copy all keys, in ascending order, to where there is room for them, or to the
 * front of the table itself.  Returns where they end.
 */
extern uint64 *clk_table_list(const clk_table *table, uint64 *to,
							  clk_key_kind kind);

#endif							/* CLK_TABLE_H */
