/*-------------------------------------------------------------------------
 *
 * table.c
 *	  The table of an exact set.
 *
 * Its slots are as slots.h tells, so that to grow is to read the table from front
 * to end, and so is to list its keys.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact/table.h"

void
clk_table_free(clk_table *table, clk_account *account, clk_key_kind kind)
{
	if (table->slots != NULL)
		clk_account_free(account, table->slots,
						 clk_table_size(table->slot_bits, kind));
	memset(table, 0, sizeof(clk_table));
}

/* Make slots empty, in pieces: memory that is new takes a while to touch. */
static void
empty_slots(uint64 *slots, Size size)
{
	char	   *at = (char *) slots;

	while (size > 0)
	{
		Size		piece = Min(size, CLK_BYTES_AT_A_TIME);

		CHECK_FOR_INTERRUPTS();
		memset(at, 0xFF, piece);
		at += piece;
		size -= piece;
	}
}

void
clk_table_clear(clk_table *table, clk_key_kind kind)
{
	if (table->slots != NULL)
		empty_slots(table->slots, clk_table_size(table->slot_bits, kind));
	table->nkeys = 0;
	table->has_max = false;
	table->is_crowded = false;
}

/*
 * Put the keys of another table into this one, which is empty and larger.  They
 * overhang by no more slots than they did, so they do not reach the end.
 *
 * Each goes to its home, or behind the one before.  That an empty slot is moved
 * like a key, and not counted, makes this free of branches.
 */
static pg_attribute_always_inline void
move_keys(clk_table *table, const uint64 *from, uint64 nslots,
		  clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint64	   *next = table->slots;

	for (uint64 i = 0; i < nslots; i++, from += words)
	{
		bool		used = !clk_key_is_max(from, kind);
		uint64	   *home = used ? clk_table_home(table, from[0], kind) :
			table->slots;

		if (unlikely(i % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		next = Max(next, home);
		clk_key_copy(next, from, kind);
		next += used ? words : 0;
	}
}

void
clk_table_grow(clk_table *table, clk_account *account, clk_key_kind kind,
			   int slot_bits)
{
	Size		size = clk_table_size(slot_bits, kind);
	uint64	   *old_slots = table->slots;
	int			old_bits = table->slot_bits;
	const uint64 *last_but_one;

	table->slots = clk_account_resize(account, NULL, 0, size);
	table->slot_bits = slot_bits;
	empty_slots(table->slots, size);
	if (old_slots == NULL)
		return;

	if (kind == CLK_KEY_INTEGER)
		move_keys(table, old_slots, clk_table_nslots(old_bits),
				  CLK_KEY_INTEGER);
	else
		move_keys(table, old_slots, clk_table_nslots(old_bits), CLK_KEY_UUID);
	clk_account_free(account, old_slots, clk_table_size(old_bits, kind));

	last_but_one = table->slots +
		(clk_table_nslots(slot_bits) - 2) * CLK_KEY_WORDS(kind);
	table->is_crowded = !clk_key_is_max(last_but_one, kind);
}

void
clk_table_put(clk_table *table, uint64 *slot, const uint64 *key,
			  clk_key_kind kind)
{
	const uint64 *last = table->slots +
		(clk_table_nslots(table->slot_bits) - 1) * CLK_KEY_WORDS(kind);
	const uint64 *end;

	Assert(clk_table_has_room(table));
	if (kind == CLK_KEY_INTEGER)
		end = clk_slots_insert(slot, key, CLK_KEY_INTEGER) + 1;
	else if (kind == CLK_KEY_UUID)
		end = clk_slots_insert(slot, key, CLK_KEY_UUID) + 2;
	else
		end = clk_slots_insert(slot, key, CLK_KEY_TEXT) + 2;
	table->nkeys++;
	table->is_crowded = end == last;
}

uint64 *
clk_table_search(const clk_table *table, const uint64 *key, clk_key_kind kind)
{
	uint64	   *home = clk_table_home(table, key[0], kind);

	if (kind == CLK_KEY_INTEGER)
		return clk_slots_search(home, key, CLK_KEY_INTEGER);
	return clk_slots_search(home, key, CLK_KEY_UUID);
}

bool
clk_table_has(const clk_table *table, const uint64 *key, clk_key_kind kind)
{
	if (clk_key_is_max(key, kind))
		return table->has_max;
	return table->slots != NULL &&
		clk_key_same(clk_table_search(table, key, kind), key, kind);
}

uint64 *
clk_table_list(const clk_table *table, uint64 *to, clk_key_kind kind)
{
	const uint64 *slot = table->slots;
	int64		nkeys;

	for (int64 left = table->nkeys; left > 0; left -= nkeys)
	{
		CHECK_FOR_INTERRUPTS();
		nkeys = Min(left, CLK_KEYS_AT_A_TIME);
		if (kind == CLK_KEY_INTEGER)
			to = clk_slots_list(&slot, nkeys, to, CLK_KEY_INTEGER);
		else
			to = clk_slots_list(&slot, nkeys, to, CLK_KEY_UUID);
	}
	for (int i = 0; table->has_max && i < CLK_KEY_WORDS(kind); i++)
		*to++ = CLK_MAX_WORD;
	return to;
}
