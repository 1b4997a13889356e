/*-------------------------------------------------------------------------
 *
 * distinct_set.c
 *	  An exact set of integers, uuids or texts that only grows: the table,
 *	  and the buffer of keys in front of it.
 *
 * A new key is appended to the pending buffer; that costs a store, which
 * nobody waits for, where a look into the table would cost a cache miss.  A
 * full buffer is taken into the table at once, so that the misses overlap,
 * and for a big table in the order of the table.  A small set is nothing but
 * its buffer.
 *
 * The table is open addressing, indexed by the leading bits of the hash, so
 * that its keys are nearly sorted by hash all the time.  That makes growing
 * sequential, and spilling needs no sort worth the name.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "compat.h"
#include "distinct_annex.h"

/* Up to so many keys are looked for one by one, without a table */
#define FEW_KEYS 32

/* Tables from this size on have their pending keys sorted by slot */
#define SORT_FROM_SIZE ((Size) 1024 * 1024)

/* Pending keys are sorted by so many leading bits of their hash */
#define SORT_BITS 8

/* How many keys ahead a slot is fetched */
#define FETCH_AHEAD 16

/* Slots moved between two looks for a cancel request */
#define SLOTS_AT_A_TIME 65536

/* The next 64 random bits; the first come from the operating system. */
static uint64
random_word(void)
{
	static uint64 state = 0;
	uint64		word;

	while (state == 0)
	{
		if (!pg_strong_random(&state, sizeof(state)))
			ereport(ERROR,
					(errcode(ERRCODE_INTERNAL_ERROR),
					 errmsg("could not generate random values")));
	}

	state += UINT64CONST(0x9E3779B97F4A7C15);
	word = state;
	word = (word ^ word >> 30) * UINT64CONST(0xBF58476D1CE4E5B9);
	word = (word ^ word >> 27) * UINT64CONST(0x94D049BB133111EB);
	return word ^ word >> 31;
}

clk_distinct_set *
clk_distinct_create(MemoryContext context, clk_key_kind kind)
{
	clk_distinct_pool *pool = clk_distinct_pool_of(context);
	clk_distinct_set *set;

	set = MemoryContextAllocZero(context, sizeof(clk_distinct_set));
	set->kind = kind;
	set->pool = pool;
	set->memory = sizeof(clk_distinct_set);
	pool->used += sizeof(clk_distinct_set);
	set->seed = random_word();
	set->multiplier = random_word() | 1;
	set->pending = set->few;
	set->pending_size = CLK_FEW_WORDS / CLK_KEY_WORDS(kind);
	return set;
}

clk_distinct_annex *
clk_distinct_get_annex(clk_distinct_set *set)
{
	if (set->annex == NULL)
		set->annex = clk_distinct_pool_alloc(set->pool, set,
											 sizeof(clk_distinct_annex));
	return set->annex;
}

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
static void
make_table(clk_distinct_set *set, int slot_bits)
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

/* Make the table larger, or less full by spilling it. */
void
clk_distinct_grow(clk_distinct_set *set, int first_bits)
{
	make_table(set, set->slots == NULL ? first_bits : set->slot_bits + 1);
}

/* Have a table for that many keys, if the pool has the memory to spare. */
bool
clk_distinct_reserve(clk_distinct_set *set, int64 nkeys)
{
	int			bits = 6;

	while (clk_distinct_capacity(bits) < nkeys)
		bits++;
	if (set->slots != NULL && set->slot_bits >= bits)
		return true;
	if (set->pool->used + clk_distinct_table_size(set->kind, bits) >
		set->pool->limit)
		return false;
	make_table(set, bits);
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
		make_table(set, set->slot_bits + 1);
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
sort_pending(clk_distinct_set *set, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint64	   *sorted = clk_distinct_pool_scratch(set->pool);
	uint32		start[(1 << SORT_BITS) + 1] = {0};

	for (uint32 i = 0; i < set->npending; i++)
		start[(set->pending[i * words] >> (64 - SORT_BITS)) + 1]++;
	for (int part = 0; part < 1 << SORT_BITS; part++)
		start[part + 1] += start[part];
	for (uint32 i = 0; i < set->npending; i++)
	{
		const uint64 *key = set->pending + i * words;

		clk_distinct_copy(sorted + words * start[key[0] >> (64 - SORT_BITS)]++,
						  key, kind);
	}
	return sorted;
}

/* Give the pending buffer another size; it is empty or has room enough. */
static void
resize_pending(clk_distinct_set *set, uint32 new_size)
{
	Size		key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	uint64	   *new_pending;

	new_pending = clk_distinct_pool_alloc(set->pool, set, new_size * key_size);
	memcpy(new_pending, set->pending, set->npending * key_size);
	if (set->pending != set->few)
		clk_distinct_pool_free(set->pool, set, set->pending,
							   set->pending_size * key_size);
	set->pending = new_pending;
	set->pending_size = new_size;
}

/* Let the pending buffer keep pace with the table. */
static void
widen_pending(clk_distinct_set *set)
{
	Size		key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	uint64		wanted = (UINT64CONST(1) << set->slot_bits) / 16;

	wanted = Min(wanted, CLK_MAX_PENDING_BYTES / key_size);
	if (wanted > set->pending_size &&
		set->pool->used + wanted * key_size <= set->pool->limit)
		resize_pending(set, (uint32) wanted);
}

/* Drop the pending keys that were there before. */
static void
thin_out_pending(clk_distinct_set *set)
{
	const int	words = CLK_KEY_WORDS(set->kind);
	uint32		kept = 0;

	for (uint32 i = 0; i < set->npending; i++)
	{
		const uint64 *key = set->pending + i * words;
		uint32		j = 0;

		while (j < kept &&
			   !clk_distinct_same(set->pending + j * words, key, set->kind))
			j++;
		if (j == kept)
			clk_distinct_copy(set->pending + kept++ * words, key, set->kind);
	}
	set->npending = kept;
}

static pg_attribute_always_inline void
flush_to_table(clk_distinct_set *set, clk_key_kind kind)
{
	const uint64 *keys = set->pending;
	uint32		nkeys = set->npending;

	if (nkeys > 4 << SORT_BITS &&
		clk_distinct_table_size(kind, set->slot_bits) >= SORT_FROM_SIZE)
		keys = sort_pending(set, kind);
	insert_keys(set, keys, nkeys, kind);
	set->npending = 0;
	widen_pending(set);
}

void
clk_distinct_flush(clk_distinct_set *set)
{
	if (set->slots == NULL)
	{
		if (set->npending <= FEW_KEYS)
		{
			thin_out_pending(set);
			if (set->npending <= set->pending_size / 4 * 3)
				return;
			if (set->pending_size < FEW_KEYS)
			{
				resize_pending(set, Max(set->pending_size * 2, FEW_KEYS / 2));
				return;
			}
		}
		make_table(set, pg_leftmost_one_pos32(set->npending) + 2);
	}

	if (set->kind == CLK_KEY_INTEGER)
		flush_to_table(set, CLK_KEY_INTEGER);
	else
		flush_to_table(set, CLK_KEY_UUID);
}

/* Take every pending key into the table, however few they are. */
static void
flush_all(clk_distinct_set *set)
{
	clk_distinct_flush(set);
	if (set->npending == 0)
		return;
	make_table(set, pg_leftmost_one_pos32(set->npending) + 2);
	if (set->kind == CLK_KEY_INTEGER)
		flush_to_table(set, CLK_KEY_INTEGER);
	else
		flush_to_table(set, CLK_KEY_UUID);
}

/* Add a key of one or two words that is no text. */
void
clk_distinct_add_key(clk_distinct_set *set, const uint64 *key)
{
	clk_distinct_copy(set->pending + set->npending * CLK_KEY_WORDS(set->kind),
					  key, set->kind);
	if (++set->npending == set->pending_size)
		clk_distinct_flush(set);
}

void
clk_distinct_settle(clk_distinct_set *set)
{
	bool		spilled = set->annex != NULL && set->annex->nruns > 0;

	if (set->npending == 0)
		return;
	if (spilled)
		flush_all(set);
	else
		clk_distinct_flush(set);
}

int64
clk_distinct_count(clk_distinct_set *set)
{
	clk_distinct_annex *annex = set->annex;

	if (annex != NULL && annex->packed != NULL)
	{
		clk_distinct_set *unpacked;

		unpacked = clk_distinct_create(CurrentMemoryContext, set->kind);
		clk_distinct_merge(unpacked, set);
		return clk_distinct_count(unpacked);
	}

	clk_distinct_settle(set);
	annex = set->annex;
	if (annex == NULL || annex->nruns == 0)
		return set->nentries + set->npending + (set->has_zero ? 1 : 0);

	if (annex->count_rows != set->rows)
	{
		clk_distinct_gather_runs(set);
		annex->count = clk_distinct_merge_runs(set, annex->runs, annex->nruns,
											   NULL, NULL);
		annex->count_rows = set->rows;
	}
	return annex->count;
}
