/*-------------------------------------------------------------------------
 *
 * table.c
 *	  The table of an exact set.  To grow is to read it from front to end.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact/table.h"

/* Slots are made empty in pieces: memory that is new takes a while to touch. */
void
clk_table_empty(clk_table *table, clk_account *account, clk_key_kind kind, int slot_bits)
{
	Size		size = clk_table_size(slot_bits, kind);

	if (table->slots != NULL && table->slot_bits != slot_bits)
		table->slots = clk_account_resize(account, table->slots, clk_table_size(table->slot_bits, kind), 0);
	if (table->slots == NULL)
		table->slots = clk_account_resize(account, NULL, 0, size);
	table->slot_bits = slot_bits;
	table->nkeys = 0;
	table->has_max = table->is_crowded = false;
	for (Size at = 0; at < size; at += CLK_BYTES_AT_A_TIME)
	{
		CHECK_FOR_INTERRUPTS();
		memset((char *) table->slots + at, 0xFF, Min(size - at, CLK_BYTES_AT_A_TIME));
	}
}

/*
 * Put the keys of another table into this one, which is empty and larger.  They
 * overhang by no more slots than they did, so they do not reach the end.
 *
 * Each goes to its home, or behind the one before.  That an empty slot is moved
 * like a key, and not counted, makes this free of branches.
 */
static pg_attribute_always_inline void
move_keys(clk_table *table, const clk_table *old, clk_key_kind kind)
{
	const uint64 *from = old->slots;
	uint64	   *next = table->slots;

	for (uint64 i = 0; i < clk_table_nslots(old->slot_bits); i++, from += CLK_KEY_WORDS(kind))
	{
		bool		used = !clk_key_is_max(from, kind);
		uint64	   *home = used ? clk_table_home(table, from[0], kind) : table->slots;

		if (unlikely(i % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		next = Max(next, home);
		clk_key_copy(next, from, kind);
		next += used ? CLK_KEY_WORDS(kind) : 0;
	}
}

void
clk_table_grow(clk_table *table, clk_account *account, clk_key_kind kind)
{
	clk_table	old = *table;

	table->slots = NULL;
	clk_table_empty(table, account, kind, old.slot_bits + 1);
	CLK_FOR_KIND(kind, move_keys, table, &old);
	clk_account_resize(account, old.slots, clk_table_size(old.slot_bits, kind), 0);
	table->nkeys = old.nkeys;
	table->has_max = old.has_max;
	table->is_crowded = !clk_key_is_max(clk_table_last(table, kind) - CLK_KEY_WORDS(kind), kind);
}
