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
 * keys are the set, and are thinned out when there is no room.  Once there is a
 * table, values become pending keys at once.
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
#include "distinct_add.h"
#include "distinct_annex.h"
#include "distinct_log.h"

/* Room for the first pending keys */
#define FIRST_PENDING 16

/* Lists of up to that many keys are thinned out before they grow */
#define ALWAYS_THINNED 1024

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
	/* sets that will be merged have one order of keys */
	set->multiplier = statement_word() | 1;
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
 * Give the pending keys the room that fits the table, if memory is plenty.  They
 * need some in any case.
 */
static void
fit_pending(clk_distinct_set *set)
{
	Size		key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	Size		wanted = clk_distinct_table_size(set->kind, set->slot_bits) / 16;

	wanted = Min(wanted, CLK_MAX_PENDING_BYTES) / key_size;
	if (wanted < set->pending_size || set->pending_size == 0 ||
		set->pool->used + wanted * key_size <= set->pool->limit)
		resize_pending(set, Max(FIRST_PENDING, (uint32) wanted));
}

/*
 * Make room in a list of keys.  False if it takes a table.
 *
 * A list that is not short is not even tried to thin out before it has to be, if
 * nearly all values were different so far; else every other time.
 */
static bool
make_list_room(clk_distinct_set *set)
{
	Size		key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	uint32		new_size = Max(FIRST_PENDING, 2 * set->pending_size);
	bool		try_it = set->pending_size <= ALWAYS_THINNED ||
		new_size * key_size > CLK_MOST_LISTED_BYTES ||
		(set->npending <= set->rows / 8 * 7 &&
		 pg_leftmost_one_pos32(set->pending_size) % 2 == 0);

	if (try_it)
	{
		clk_distinct_thin_out(set);
		if (set->npending * 2 < set->pending_size)
			return true;
	}
	if (new_size * key_size > CLK_MOST_LISTED_BYTES)
		return false;
	if (clk_distinct_pool_make_room(set->pool, set,
									(new_size - set->pending_size) * key_size))
		resize_pending(set, new_size);
	return true;
}

/* The pending keys are as many as fit: make room for more. */
void
clk_distinct_make_pending_room(clk_distinct_set *set)
{
	if (set->slots == NULL && make_list_room(set))
		return;
	clk_distinct_insert_pending(set);
	if (set->slots != NULL)
		fit_pending(set);
}

static pg_attribute_always_inline void
drain(clk_distinct_set *set, clk_key_kind kind)
{
	for (int i = 0; i < set->nfew; i++)
	{
		uint64		key[2];

		clk_distinct_make_key(set, set->few + i * CLK_KEY_WORDS(kind), key, kind);
		clk_distinct_add_key(set, key, kind);
	}
	set->rows += set->nfew;
	set->nfew = 0;
}

void
clk_distinct_drain(clk_distinct_set *set)
{
	if (set->kind == CLK_KEY_INTEGER)
		drain(set, CLK_KEY_INTEGER);
	else if (set->kind == CLK_KEY_UUID)
		drain(set, CLK_KEY_UUID);
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
	else if (set->slots != NULL)
		clk_distinct_insert_pending(set);
	else
		clk_distinct_thin_out(set);
}

int64
clk_distinct_count(clk_distinct_set *set)
{
	clk_distinct_annex *annex;

	clk_distinct_log_deal(set->pool);
	clk_distinct_drain(set);

	/* who asks again may ask often, and a long list takes a while to thin out */
	if (set->was_counted && !set->in_order && set->slots == NULL &&
		set->npending > ALWAYS_THINNED)
		clk_distinct_insert_pending(set);
	set->was_counted = true;
	clk_distinct_settle(set);

	annex = set->annex;
	if (annex == NULL || annex->nruns == 0)
		return set->nentries + set->npending + (set->has_last ? 1 : 0);

	if (annex->count_rows != set->rows)
	{
		annex->count = clk_distinct_count_spilled(set);
		annex->count_rows = set->rows;
	}
	return annex->count;
}
