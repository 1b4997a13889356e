/*-------------------------------------------------------------------------
 *
 * distinct_set.c
 *	  An exact set of integers, uuids or texts that only grows.
 *
 * An integer or uuid comes a long way.  It is put among the few latest values
 * in the set itself; from there, as a key, it is appended to the pending keys;
 * and from there it goes into the table.  Each step is taken for many at a
 * time, so that a row touches one cache line, and the misses that the table
 * costs overlap.  Up to CLK_MOST_LISTED_BYTES of keys need no table: the pending
 * keys are the set, and are thinned out when there is no room.
 *
 * A text goes into the table at once; see distinct_text.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "access/xlog.h"
#include "catalog/pg_control.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "clicker_key.h"
#include "compat.h"
#include "distinct_annex.h"
#include "distinct_log.h"

/* Room for the first pending keys */
#define FIRST_PENDING 16

/* Lists of up to that many keys are thinned out before they grow */
#define ALWAYS_THINNED 1024

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

/*
 * A number that nobody can foresee, but the same in all processes that work on
 * a statement: of what the cluster keeps secret, and of the statement's start.
 */
static uint64
statement_word(void)
{
	char		bytes[MOCK_AUTH_NONCE_LEN + sizeof(TimestampTz)];
	TimestampTz start = GetCurrentStatementStartTimestamp();

	memcpy(bytes, GetMockAuthenticationNonce(), MOCK_AUTH_NONCE_LEN);
	memcpy(bytes + MOCK_AUTH_NONCE_LEN, &start, sizeof(start));
	return clk_clicker_hash_bytes(bytes, sizeof(bytes));
}

clk_distinct_set *
clk_distinct_create(MemoryContext context, clk_key_kind kind)
{
	clk_distinct_pool *pool = clk_distinct_pool_of(context);
	clk_distinct_set *set = clk_distinct_pool_new_set(pool);

	set->kind = kind;
	set->pool = pool;
	set->memory = sizeof(clk_distinct_set);
	/* sets of integers or uuids that will be merged have one order of keys */
	set->multiplier = (kind == CLK_KEY_TEXT ? random_word() : statement_word()) | 1;
	if (kind == CLK_KEY_INTEGER)
		clk_distinct_log_consider(pool);
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

/* Give the pending keys another amount of room. */
static void
resize_pending(clk_distinct_set *set, uint32 new_size)
{
	Size		key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);

	set->pending = clk_distinct_pool_resize(set->pool, set, set->pending,
											set->pending_size * key_size,
											new_size * key_size);
	set->pending_size = new_size;
}

/* There are no pending keys, and no room for any. */
void
clk_distinct_free_pending(clk_distinct_set *set)
{
	clk_distinct_pool_free(set->pool, set, set->pending,
						   set->pending_size * CLK_KEY_WORDS(set->kind) *
						   sizeof(uint64));
	set->pending = NULL;
	set->pending_size = 0;
}

/*
 * Let the pending keys keep pace with the table, if memory is plenty.  A table
 * that was made for a packed set may have none yet; they need some room.
 */
static void
widen_pending(clk_distinct_set *set)
{
	Size		key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	uint64		wanted = (UINT64CONST(1) << set->slot_bits) / 16;

	wanted = Min(wanted, CLK_MAX_PENDING_BYTES / key_size);
	if (wanted > set->pending_size &&
		set->pool->used + wanted * key_size <= set->pool->limit)
		resize_pending(set, (uint32) wanted);
	else if (set->pending_size == 0)
		resize_pending(set, FIRST_PENDING);
}

/*
 * Make room in a list of keys.  False if it takes a table.
 *
 * Most keys of a long list are likely to be different, so every other time it
 * is not even tried to thin it out.
 */
static bool
make_list_room(clk_distinct_set *set)
{
	Size		key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	uint32		new_size = Max(FIRST_PENDING, 2 * set->pending_size);
	bool		try_it = set->pending_size <= ALWAYS_THINNED ||
		new_size * key_size > CLK_MOST_LISTED_BYTES ||
		pg_leftmost_one_pos32(set->pending_size) % 2 == 0;

	if (try_it && !clk_distinct_thin_out(set))
		return false;
	if (try_it && set->npending * 2 < set->pending_size)
		return true;
	if (new_size * key_size > CLK_MOST_LISTED_BYTES)
		return false;
	if (clk_distinct_pool_make_room(set->pool, set,
									(new_size - set->pending_size) * key_size))
		resize_pending(set, new_size);
	return true;
}

/* The pending keys are as many as fit: make room for more. */
static void
make_pending_room(clk_distinct_set *set)
{
	if (set->slots == NULL && make_list_room(set))
		return;
	clk_distinct_insert_pending(set);
	widen_pending(set);
}

void
clk_distinct_add_key(clk_distinct_set *set, const uint64 *key)
{
	if (set->npending == set->pending_size)
		make_pending_room(set);
	clk_distinct_copy(set->pending + set->npending * CLK_KEY_WORDS(set->kind),
					  key, set->kind);
	set->npending++;
}

/* Have room for that many keys in a list, if the pool has the memory to spare. */
bool
clk_distinct_reserve_list(clk_distinct_set *set, int64 nkeys)
{
	Size		key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	uint64		new_size;

	if (set->slots != NULL || nkeys * key_size > CLK_MOST_LISTED_BYTES)
		return false;
	new_size = pg_nextpower2_64(Max(nkeys, FIRST_PENDING));
	if (new_size <= set->pending_size)
		return true;
	if (set->pool->used + (new_size - set->pending_size) * key_size >
		set->pool->limit)
		return false;
	resize_pending(set, (uint32) new_size);
	return true;
}

void
clk_distinct_drain(clk_distinct_set *set)
{
	for (int i = 0; i < set->nfew; i++)
	{
		uint64		key[2];

		if (set->kind == CLK_KEY_INTEGER)
			key[0] = clk_distinct_mix(set, set->few[i]);
		else
		{
			key[1] = set->few[2 * i + 1];
			key[0] = clk_distinct_mix_high(set, set->few[2 * i], key[1]);
		}
		clk_distinct_add_key(set, key);
	}
	set->rows += set->nfew;
	set->nfew = 0;
}

/* Have every key once: in the table, or if there is none among the pending. */
void
clk_distinct_settle(clk_distinct_set *set)
{
	clk_distinct_log_deal(set->pool);
	clk_distinct_drain(set);
	if (set->npending == 0)
		return;
	if (set->kind == CLK_KEY_TEXT)
		clk_distinct_add_staged(set);
	else if (set->slots != NULL || !clk_distinct_thin_out(set))
		clk_distinct_insert_pending(set);
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

	/* who asks again may ask often, and a long list takes a while to look through */
	if (set->was_counted && set->slots == NULL && set->npending > ALWAYS_THINNED)
		clk_distinct_insert_pending(set);
	set->was_counted = true;

	annex = set->annex;
	if (annex == NULL || annex->nruns == 0)
		return set->nentries + set->npending + (set->has_zero ? 1 : 0);

	if (annex->count_rows != set->rows)
	{
		annex->count = clk_distinct_count_spilled(set);
		annex->count_rows = set->rows;
	}
	return annex->count;
}
