/*-------------------------------------------------------------------------
 *
 * distinct_table.c
 *	  The table of a distinct set.
 *
 * Its slots are as ordered_slots.h tells, so that growing, packing and spilling
 * read the table from front to end.
 *
 * Keys come in batches, and their slots are fetched ahead of their use.  For a
 * table of more pages than the processor remembers the addresses of, the batch is
 * sorted by part of the table first.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "compat.h"
#include "distinct_annex.h"

/* How many keys ahead a slot is fetched */
#define FETCH_AHEAD 16

/* Slots read between two looks for a cancel request */
#define SLOTS_AT_A_TIME 65536

/* Bytes made empty slots between two, which for new memory takes longest */
#define EMPTIED_AT_A_TIME ((Size) 64 * 1024 * 1024)

/* Batches for a table of this size or more are sorted */
#define SORT_FROM_SIZE ((Size) 16 * 1024 * 1024)

/* They are sorted by so many leading bits of their hash */
#define SORT_BITS 8

/*
 * A batch in the order of the parts of its table.  While it is inserted another
 * set may have to spill and thin out its list, which therefore happens elsewhere.
 */
static uint64 sorted_batch[CLK_MAX_PENDING_BYTES / sizeof(uint64)];

void
clk_distinct_free_table(clk_distinct_set *set)
{
	if (set->slots != NULL)
		clk_distinct_pool_free(set->pool, set, set->slots,
							   clk_distinct_table_size(set->kind,
													   set->slot_bits));
	set->slots = NULL;
	set->slot_bits = 0;
	set->nentries = 0;
}

/*
 * Put the keys of another table into this one, which is empty and larger.  They
 * overhang by no more slots than they did, so they do not reach the end.
 *
 * Each goes to its home, or behind the one before.  That an empty slot is moved
 * like a key, and not counted, makes this free of branches.
 */
static pg_attribute_always_inline void
move_keys(clk_distinct_set *set, const uint64 *from, uint64 nslots,
		  clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint64		next = 0;

	for (uint64 i = 0; i < nslots; i++, from += words)
	{
		bool		used = !clk_distinct_is_none(from, kind);
		uint64		home = used ? clk_distinct_home(set, from[0]) : 0;

		if (unlikely(i % SLOTS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		next = Max(next, home);
		clk_distinct_copy(set->slots + next * words, from, kind);
		next += used ? 1 : 0;
	}
}

/* Empty the table, which has 2 to that power slots. */
void
clk_distinct_clear_table(clk_distinct_set *set, int slot_bits)
{
	Size		left = clk_distinct_table_size(set->kind, slot_bits);
	char	   *at = (char *) set->slots;

	set->slot_bits = slot_bits;
	while (left > 0)
	{
		Size		piece = Min(left, EMPTIED_AT_A_TIME);

		CHECK_FOR_INTERRUPTS();
		memset(at, 0xFF, piece);
		at += piece;
		left -= piece;
	}
}

/*
 * Give the set a table of 2 to that power slots, with the keys that it has.
 *
 * If there is no memory for it the set has spilled and has room again.
 */
void
clk_distinct_make_table(clk_distinct_set *set, int slot_bits)
{
	Size		size = clk_distinct_table_size(set->kind, slot_bits);
	uint64	   *old_slots = set->slots;
	int			old_bits = set->slot_bits;

	if (!clk_distinct_pool_make_room(set->pool, set, size))
		return;

	set->slots = clk_distinct_pool_resize(set->pool, set, NULL, 0, size);
	clk_distinct_clear_table(set, slot_bits);
	if (old_slots == NULL)
		return;

	if (set->kind == CLK_KEY_INTEGER)
		move_keys(set, old_slots, clk_distinct_nslots(old_bits),
				  CLK_KEY_INTEGER);
	else
		move_keys(set, old_slots, clk_distinct_nslots(old_bits),
				  CLK_KEY_UUID);
	clk_distinct_pool_free(set->pool, set, old_slots,
						   clk_distinct_table_size(set->kind, old_bits));
}

/*
 * Have a table in which that many keys find a place even if they come in order.
 * Sets may spill for it.  False if the memory is not there even so.
 */
bool
clk_distinct_reserve(clk_distinct_set *set, int64 nkeys)
{
	int			bits = CLK_FIRST_SLOT_BITS;

	if (set->slots != NULL &&
		nkeys <= (int64) clk_distinct_nhomes(set->slot_bits) * 15 / 16)
		return true;
	while (clk_distinct_capacity(bits) < nkeys)
		bits++;
	if (!clk_distinct_pool_find_room(set->pool, set,
									 clk_distinct_table_size(set->kind, bits)))
		return false;
	if (set->slots == NULL || bits > set->slot_bits)
		clk_distinct_make_table(set, bits);
	return true;
}

/*
 * Give the table more slots: twice as many, and again while the keys at its end
 * fill all but the very last, as they may if all have one home.  This ends, by a
 * spill at the latest.
 */
static void
grow_table(clk_distinct_set *set)
{
	const int	words = CLK_KEY_WORDS(set->kind);
	const uint64 *last;

	do
	{
		clk_distinct_make_table(set, set->slot_bits + 1);
		last = set->slots + (clk_distinct_nslots(set->slot_bits) - 2) * words;
	} while (!clk_distinct_is_none(last, set->kind));
}

/*
 * Put a key that is not in the table into a slot, where the first one is that is
 * greater, or none.
 */
static pg_attribute_always_inline void
put_key(clk_distinct_set *set, uint64 *slot, const uint64 *key,
		clk_key_kind kind)
{
	uint64		last = (clk_distinct_nslots(set->slot_bits) - 1) *
		CLK_KEY_WORDS(kind);

	slot = clk_slots_insert(slot, key, kind);
	set->nentries++;
	if (unlikely(set->nentries > clk_distinct_capacity(set->slot_bits) ||
				 slot + CLK_KEY_WORDS(kind) == set->slots + last))
		grow_table(set);
}

void
clk_distinct_put_text(clk_distinct_set *set, uint64 *slot, const uint64 *key)
{
	put_key(set, slot, key, CLK_KEY_TEXT);
}

/* Where in the table a key of fixed length is or belongs */
static pg_attribute_always_inline uint64 *
search_key(const clk_distinct_set *set, const uint64 *key, clk_key_kind kind)
{
	return clk_slots_search(set->slots + clk_distinct_home(set, key[0]) *
							CLK_KEY_WORDS(kind), key, kind);
}

/* Add one key to the table. */
static pg_attribute_always_inline void
insert_key(clk_distinct_set *set, const uint64 *key, clk_key_kind kind)
{
	uint64	   *slot;

	if (unlikely(clk_distinct_is_none(key, kind)))
	{
		set->has_last = true;
		return;
	}
	slot = search_key(set, key, kind);
	if (!clk_distinct_same(slot, key, kind))
		put_key(set, slot, key, kind);
}

/* Whether a key of fixed length is in the set, if it has a table. */
bool
clk_distinct_has_key(const clk_distinct_set *set, const uint64 *key)
{
	if (clk_distinct_is_none(key, set->kind))
		return set->has_last;
	if (set->slots == NULL)
		return false;
	if (set->kind == CLK_KEY_INTEGER)
		return *search_key(set, key, CLK_KEY_INTEGER) == *key;
	return clk_distinct_same(search_key(set, key, CLK_KEY_UUID), key,
							 CLK_KEY_UUID);
}

/* Add keys to the table, fetching slots ahead of their use. */
static pg_attribute_always_inline void
insert_keys(clk_distinct_set *set, const uint64 *keys, int64 nkeys,
			clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);

	for (int64 i = 0; i < nkeys; i++)
	{
		const uint64 *ahead = keys + Min(i + FETCH_AHEAD, nkeys - 1) * words;

		if (unlikely(i % SLOTS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		__builtin_prefetch(set->slots + clk_distinct_home(set, *ahead) * words,
						   1);
		insert_key(set, keys + i * words, kind);
	}
}

/* The pending keys in the order of the parts of the table they belong to. */
static pg_attribute_always_inline const uint64 *
sort_pending(const uint64 *keys, uint32 nkeys, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint32		start[(1 << SORT_BITS) + 1] = {0};

	for (uint32 i = 0; i < nkeys; i++)
		start[(keys[i * words] >> (64 - SORT_BITS)) + 1]++;
	for (int part = 0; part < 1 << SORT_BITS; part++)
		start[part + 1] += start[part];
	for (uint32 i = 0; i < nkeys; i++)
	{
		const uint64 *key = keys + i * words;
		uint32		at = start[key[0] >> (64 - SORT_BITS)]++;

		clk_distinct_copy(sorted_batch + at * words, key, kind);
	}
	return sorted_batch;
}

static pg_attribute_always_inline void
insert_pending(clk_distinct_set *set, clk_key_kind kind)
{
	const uint64 *keys = set->pending;
	uint32		nkeys = set->npending;

	if (nkeys > 4 << SORT_BITS &&
		nkeys * CLK_KEY_WORDS(kind) * sizeof(uint64) <= CLK_MAX_PENDING_BYTES &&
		clk_distinct_table_size(kind, set->slot_bits) >= SORT_FROM_SIZE)
		keys = sort_pending(keys, nkeys, kind);
	set->npending = 0;
	insert_keys(set, keys, nkeys, kind);
}

/*
 * Make a table for the pending keys.  If that makes the set spill, none is
 * pending any more.
 *
 * Where nearly all values that came were different, many more are likely to
 * come, and growing would be in vain; so if memory is plenty, take more.
 */
static void
make_first_table(clk_distinct_set *set)
{
	int			bits = Max(pg_ceil_log2_32(set->npending) + 1,
						   CLK_FIRST_SLOT_BITS);
	int			most = bits + (set->npending > set->rows / 8 * 7 ? 3 : 0);

	while (bits < most &&
		   clk_distinct_table_size(set->kind, bits + 1) <=
		   (set->pool->limit - Min(set->pool->used, set->pool->limit)) / 4)
		bits++;
	clk_distinct_make_table(set, bits);
}

/* Move the pending keys into the table, which is made if there is none. */
void
clk_distinct_insert_pending(clk_distinct_set *set)
{
	if (set->slots == NULL)
		make_first_table(set);
	if (set->kind == CLK_KEY_INTEGER)
		insert_pending(set, CLK_KEY_INTEGER);
	else
		insert_pending(set, CLK_KEY_UUID);
}

/*
 * Copy all keys but those that are pending, in ascending order, to where there is
 * room for them, or to the front of the table itself.  Returns where they end.
 */
uint64 *
clk_distinct_list_table(const clk_distinct_set *set, uint64 *to)
{
	const uint64 *slot = set->slots;
	int64		nkeys;

	for (int64 left = set->nentries; left > 0; left -= nkeys)
	{
		CHECK_FOR_INTERRUPTS();
		nkeys = Min(left, SLOTS_AT_A_TIME);
		if (set->kind == CLK_KEY_INTEGER)
			to = clk_slots_list(&slot, nkeys, to, CLK_KEY_INTEGER);
		else
			to = clk_slots_list(&slot, nkeys, to, CLK_KEY_UUID);
	}
	for (int i = 0; set->has_last && i < CLK_KEY_WORDS(set->kind); i++)
		*to++ = CLK_NO_KEY;
	return to;
}
