/*-------------------------------------------------------------------------
 *
 * distinct_table.c
 *	  The table of a distinct set.
 *
 * It is open addressing, indexed by the leading bits of the hash, so that its
 * keys are nearly sorted by hash all the time.  That makes growing sequential,
 * and spilling needs no sort worth the name.
 *
 * Keys come in batches.  The slots of a batch are fetched ahead of their use,
 * and for a big table the batch is sorted by part of the table first.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "compat.h"
#include "distinct_annex.h"

/* Batches for a table of this size or more are sorted */
#define SORT_FROM_SIZE ((Size) 1024 * 1024)

/* They are sorted by so many leading bits of their hash */
#define SORT_BITS 8

/* How many keys ahead a slot is fetched */
#define FETCH_AHEAD 16

/* Slots moved between two looks for a cancel request */
#define SLOTS_AT_A_TIME 65536

uint64		clk_distinct_scratch[CLK_MOST_LISTED_BYTES / sizeof(uint64)];

void
clk_distinct_free_table(clk_distinct_set *set)
{
	if (set->slots != NULL)
		clk_distinct_pool_free(set->pool, set, set->slots,
							   clk_distinct_table_size(set->kind,
													   set->slot_bits));
	set->slots = NULL;
	set->nentries = 0;
}

/* Put keys that differ from all in the table into it. */
static pg_attribute_always_inline void
move_keys(clk_distinct_set *set, const uint64 *keys, uint64 nkeys,
		  clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	const uint64 mask = (UINT64CONST(1) << set->slot_bits) - 1;

	for (uint64 i = 0; i < nkeys; i++)
	{
		const uint64 *key = keys + i * words;
		uint64		at;

		if (clk_distinct_is_zero(key, kind))
			continue;
		at = clk_distinct_home(set, key[0]);
		while (!clk_distinct_is_zero(set->slots + at * words, kind))
			at = (at + 1) & mask;
		clk_distinct_copy(set->slots + at * words, key, kind);
	}
}

/*
 * Give the set a table of that many slots, with the keys that it has.
 *
 * If there is no memory for it the set has spilled and has room again.
 */
void
clk_distinct_make_table(clk_distinct_set *set, int slot_bits)
{
	Size		size = clk_distinct_table_size(set->kind, slot_bits);
	uint64	   *old_slots = set->slots;
	int			old_bits = set->slot_bits;
	uint64		old_nslots = UINT64CONST(1) << old_bits;

	if (!clk_distinct_pool_make_room(set->pool, set, size))
		return;

	set->slots = clk_distinct_pool_alloc(set->pool, set, size);
	set->slot_bits = slot_bits;
	if (old_slots == NULL)
		return;

	for (uint64 i = 0; i < old_nslots; i += SLOTS_AT_A_TIME)
	{
		uint64		nslots = Min(old_nslots - i, SLOTS_AT_A_TIME);

		CHECK_FOR_INTERRUPTS();
		if (set->kind == CLK_KEY_INTEGER)
			move_keys(set, old_slots + i, nslots, CLK_KEY_INTEGER);
		else
			move_keys(set, old_slots + 2 * i, nslots, CLK_KEY_UUID);
	}
	clk_distinct_pool_free(set->pool, set, old_slots,
						   clk_distinct_table_size(set->kind, old_bits));
}

/*
 * Have a table in which that many keys find a place even if they come in order,
 * if the pool has the memory to spare.
 */
bool
clk_distinct_reserve(clk_distinct_set *set, int64 nkeys)
{
	int			bits = CLK_FIRST_SLOT_BITS;

	if (set->slots != NULL && nkeys <= (INT64CONST(15) << set->slot_bits) / 16)
		return true;
	while (clk_distinct_capacity(bits) < nkeys)
		bits++;
	if (set->pool->used + clk_distinct_table_size(set->kind, bits) >
		set->pool->limit)
		return false;
	clk_distinct_make_table(set, bits);
	return true;
}

/* Add one key to the table. */
static pg_attribute_always_inline void
insert_key(clk_distinct_set *set, const uint64 *key, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint64		mask = (UINT64CONST(1) << set->slot_bits) - 1;
	uint64		at = clk_distinct_home(set, key[0]);
	uint64	   *slot = set->slots + at * words;

	if (unlikely(clk_distinct_is_zero(key, kind)))
	{
		set->has_zero = true;
		return;
	}

	while (!clk_distinct_is_zero(slot, kind))
	{
		if (clk_distinct_same(slot, key, kind))
			return;
		at = (at + 1) & mask;
		slot = set->slots + at * words;
	}

	clk_distinct_copy(slot, key, kind);
	if (unlikely(++set->nentries > clk_distinct_capacity(set->slot_bits)))
		clk_distinct_make_table(set, set->slot_bits + 1);
}

/* Whether a key is in the set, if it has a table. */
bool
clk_distinct_has_key(const clk_distinct_set *set, const uint64 *key)
{
	const int	words = CLK_KEY_WORDS(set->kind);
	uint64		mask = (UINT64CONST(1) << set->slot_bits) - 1;
	uint64		at;

	if (clk_distinct_is_zero(key, set->kind))
		return set->has_zero;
	if (set->slots == NULL)
		return false;
	at = clk_distinct_home(set, key[0]);
	while (!clk_distinct_is_zero(set->slots + at * words, set->kind))
	{
		if (clk_distinct_same(set->slots + at * words, key, set->kind))
			return true;
		at = (at + 1) & mask;
	}
	return false;
}

/* Add keys to the table, fetching slots ahead of their use. */
static pg_attribute_always_inline void
insert_keys(clk_distinct_set *set, const uint64 *keys, uint32 nkeys,
			clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint32		i;

	for (i = 0; i + FETCH_AHEAD < nkeys; i++)
	{
		uint64		ahead = keys[(i + FETCH_AHEAD) * words];

		__builtin_prefetch(set->slots + clk_distinct_home(set, ahead) * words,
						   1);
		insert_key(set, keys + i * words, kind);
	}
	for (; i < nkeys; i++)
		insert_key(set, keys + i * words, kind);
}

/* The pending keys in the order of the parts of the table they belong to. */
static pg_attribute_always_inline const uint64 *
sort_pending(const clk_distinct_set *set, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint32		start[(1 << SORT_BITS) + 1] = {0};

	for (uint32 i = 0; i < set->npending; i++)
		start[(set->pending[i * words] >> (64 - SORT_BITS)) + 1]++;
	for (int part = 0; part < 1 << SORT_BITS; part++)
		start[part + 1] += start[part];
	for (uint32 i = 0; i < set->npending; i++)
	{
		const uint64 *key = set->pending + i * words;
		uint32		at = start[key[0] >> (64 - SORT_BITS)]++;

		clk_distinct_copy(clk_distinct_scratch + at * words, key, kind);
	}
	return clk_distinct_scratch;
}

static pg_attribute_always_inline void
insert_pending(clk_distinct_set *set, clk_key_kind kind)
{
	const uint64 *keys = set->pending;
	uint32		nkeys = set->npending;

	if (nkeys > 4 << SORT_BITS &&
		clk_distinct_table_size(kind, set->slot_bits) >= SORT_FROM_SIZE)
		keys = sort_pending(set, kind);
	set->npending = 0;
	insert_keys(set, keys, nkeys, kind);
}

/* Add keys to the table, which there must be. */
void
clk_distinct_insert_keys(clk_distinct_set *set, const uint64 *keys,
						 uint32 nkeys)
{
	if (set->kind == CLK_KEY_INTEGER)
		insert_keys(set, keys, nkeys, CLK_KEY_INTEGER);
	else
		insert_keys(set, keys, nkeys, CLK_KEY_UUID);
}

/* Move the pending keys into the table, which is made if there is none. */
void
clk_distinct_insert_pending(clk_distinct_set *set)
{
	if (set->slots == NULL)
		clk_distinct_make_table(set, Max(pg_ceil_log2_32(set->npending) + 1,
										 CLK_FIRST_SLOT_BITS));
	if (set->kind == CLK_KEY_INTEGER)
		insert_pending(set, CLK_KEY_INTEGER);
	else
		insert_pending(set, CLK_KEY_UUID);
}
