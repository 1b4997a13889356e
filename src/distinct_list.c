/*-------------------------------------------------------------------------
 *
 * distinct_list.c
 *	  The keys of a distinct set that has no table: a list, in which a key may
 *	  be more than once until it is thinned out.
 *
 * To append costs no cache miss.  To thin out, keys are first dealt into
 * buckets by the leading bits of their hash; those of one bucket and the table
 * to look them up in fit into the cache that is nearest.  The list that comes out
 * is in ascending order, so that lists are merged by reading them side by side.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "compat.h"
#include "distinct_annex.h"

/* How many keys a bucket has on the average, and at most in its table */
#define BUCKET_BITS 8
#define MOST_IN_BUCKET (4 << BUCKET_BITS)

/* As many buckets as the longest list needs */
#define MOST_BUCKETS \
	(CLK_MOST_LISTED_BYTES / sizeof(uint64) >> BUCKET_BITS)

/* Keys merged between two looks for a cancel request */
#define MERGED_AT_A_TIME 65536

/* The keys of a list, bucket by bucket */
static uint64 dealt_keys[CLK_MOST_LISTED_BYTES / sizeof(uint64)];

/* The table of one bucket: the homes of the fullest, and all keys behind the last */
static uint64 bucket_table[(2 * MOST_IN_BUCKET + MOST_IN_BUCKET + 1) * 2];

static int
compare_integer_keys(const void *a, const void *b)
{
	uint64		a_key = *(const uint64 *) a;
	uint64		b_key = *(const uint64 *) b;

	return a_key < b_key ? -1 : a_key > b_key;
}

static int
compare_uuid_keys(const void *a, const void *b)
{
	int			order = compare_integer_keys(a, b);

	return order != 0 ? order :
		compare_integer_keys((const uint64 *) a + 1, (const uint64 *) b + 1);
}

/*
 * Sort keys, and copy each once to where they may come from.  Returns where they
 * end.  This is for a bucket with too many keys, of which most must be the same.
 */
static pg_attribute_always_inline uint64 *
sort_bucket(uint64 *keys, uint32 nkeys, uint64 *to, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);

	qsort(keys, nkeys, words * sizeof(uint64),
		  kind == CLK_KEY_INTEGER ? compare_integer_keys : compare_uuid_keys);
	for (uint32 i = 0; i < nkeys; i++)
	{
		if (i > 0 && clk_distinct_same(keys + i * words, to - words, kind))
			continue;
		clk_distinct_copy(to, keys + i * words, kind);
		to += words;
	}
	return to;
}

/*
 * Copy the keys of a bucket in ascending order, each once, to where they may come
 * from.  The leading bits are what they have in common.  Returns where they end.
 */
static pg_attribute_always_inline uint64 *
thin_out_bucket(uint64 *keys, uint32 nkeys, int leading_bits, uint64 *to,
				clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	int			bits = pg_ceil_log2_32(Max(nkeys, 2)) + 1;
	uint32		nslots = (1 << bits) + nkeys + 1;
	const uint64 *front = bucket_table;
	int64		kept = 0;
	bool		has_last = false;

	if (nkeys > MOST_IN_BUCKET)
		return sort_bucket(keys, nkeys, to, kind);

	memset(bucket_table, 0xFF, nslots * words * sizeof(uint64));
	for (uint32 i = 0; i < nkeys; i++)
	{
		const uint64 *key = keys + i * words;
		uint64	   *slot = bucket_table;

		if (unlikely(clk_distinct_is_none(key, kind)))
		{
			has_last = true;
			continue;
		}
		slot += (key[0] << leading_bits >> (64 - bits)) * words;
		slot = clk_slots_search(slot, key, kind);
		if (clk_distinct_same(slot, key, kind))
			continue;
		clk_slots_insert(slot, key, kind);
		kept++;
	}

	to = clk_slots_list(&front, kept, to, kind);
	if (has_last)
	{
		memset(to, 0xFF, words * sizeof(uint64));
		to += words;
	}
	return to;
}

/* Deal the keys of the list into buckets, and thin those out. */
static pg_attribute_always_inline uint64 *
thin_out_dealt(const clk_distinct_set *set, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	const uint64 *keys = set->pending;
	uint64	   *to = set->pending;
	int			bits = pg_ceil_log2_32(set->npending) - BUCKET_BITS;
	uint32		end[MOST_BUCKETS] = {0};
	uint32		start = 0;

	for (uint32 i = 0; i < set->npending; i++)
		end[keys[i * words] >> (64 - bits)]++;
	for (int bucket = 0; bucket < 1 << bits; bucket++)
	{
		uint32		nkeys = end[bucket];

		end[bucket] = start;
		start += nkeys;
	}
	for (uint32 i = 0; i < set->npending; i++)
	{
		const uint64 *key = keys + i * words;
		uint32		at = end[key[0] >> (64 - bits)]++;

		clk_distinct_copy(dealt_keys + at * words, key, kind);
	}

	start = 0;
	for (int bucket = 0; bucket < 1 << bits; bucket++)
	{
		to = thin_out_bucket(dealt_keys + start * words,
							 end[bucket] - start, bits, to, kind);
		start = end[bucket];
	}
	return to;
}

static pg_attribute_always_inline void
thin_out(clk_distinct_set *set, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint64	   *keys = set->pending;
	uint64	   *end;

	if (set->npending <= MOST_IN_BUCKET)
		end = thin_out_bucket(keys, set->npending, 0, keys, kind);
	else if (set->npending * words * sizeof(uint64) <= CLK_MOST_LISTED_BYTES)
		end = thin_out_dealt(set, kind);
	else
		end = sort_bucket(keys, set->npending, keys, kind);
	set->npending = (end - keys) / words;
}

/* Keep one of each key in the list, in ascending order. */
void
clk_distinct_thin_out(clk_distinct_set *set)
{
	if (set->in_order || set->npending == 0)
		return;
	if (set->kind == CLK_KEY_INTEGER)
		thin_out(set, CLK_KEY_INTEGER);
	else
		thin_out(set, CLK_KEY_UUID);
	set->in_order = true;
}

/*
 * Merge a list in order and packed keys in order.  Returns where the keys end.
 *
 * Each step takes the lesser key, or the same from both, without a branch.
 */
static pg_attribute_always_inline uint64 *
merge_keys(const uint64 *ours, int64 nours, const char *packed, int64 npacked,
		   uint64 *to, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	const uint64 *ours_end = ours + nours * words;
	const char *packed_end = packed + npacked * words * 8;
	uint64		theirs[2];

	while (ours < ours_end && packed < packed_end)
	{
		int64		most = MERGED_AT_A_TIME;

		CHECK_FOR_INTERRUPTS();
		for (; most > 0 && ours < ours_end && packed < packed_end; most--)
		{
			bool		take_ours;
			bool		take_theirs;

			clk_distinct_unpack_key(packed, theirs, kind);
			take_ours = clk_distinct_number(ours, kind) <=
				clk_distinct_number(theirs, kind);
			take_theirs = clk_distinct_number(theirs, kind) <=
				clk_distinct_number(ours, kind);
			to[0] = take_ours ? ours[0] : theirs[0];
			if (words == 2)
				to[1] = take_ours ? ours[1] : theirs[1];
			to += words;
			ours += take_ours * words;
			packed += take_theirs * words * 8;
		}
	}

	for (; ours < ours_end; ours += words, to += words)
		clk_distinct_copy(to, ours, kind);
	for (; packed < packed_end; packed += words * 8, to += words)
		clk_distinct_unpack_key(packed, to, kind);
	return to;
}

/* Have the keys of the table in a list, in order; they may spill for that. */
static void
list_keys(clk_distinct_set *set)
{
	const int	words = CLK_KEY_WORDS(set->kind);
	Size		size = (set->nentries + 1) * words * sizeof(uint64);
	uint64	   *to;

	if (set->pending != NULL)
		clk_distinct_free_pending(set);
	if (!clk_distinct_pool_find_room(set->pool, set, size))
	{
		clk_distinct_spill(set, true);
		return;
	}

	set->pending_size = set->nentries + 1;
	set->pending = clk_distinct_pool_resize(set->pool, set, NULL, 0,
											set->pending_size * words * sizeof(uint64));
	to = clk_distinct_list_table(set, set->pending);
	set->has_last = false;
	set->npending = (to - set->pending) / words;
	set->in_order = true;
	clk_distinct_free_table(set);
}

/*
 * Merge packed keys in order into the set, which is settled, and becomes a list
 * in order.  False if there is no memory for it; then what the set had has
 * spilled.
 */
bool
clk_distinct_merge_list(clk_distinct_set *set, const char *packed, int64 npacked)
{
	const int	words = CLK_KEY_WORDS(set->kind);
	Size		key_size = words * sizeof(uint64);
	uint64	   *merged;
	uint64	   *end;

	/* twice their number, as are the words of uuids, must fit into 32 bits */
	if (set->nentries + set->npending + npacked >= PG_INT32_MAX)
	{
		clk_distinct_spill(set, true);
		return false;
	}
	if (set->slots != NULL)
		list_keys(set);
	if (!clk_distinct_pool_find_room(set->pool, set,
									 (set->npending + npacked) * key_size))
	{
		clk_distinct_spill(set, true);
		return false;
	}

	merged = clk_distinct_pool_resize(set->pool, set, NULL, 0,
									  (set->npending + npacked) * key_size);
	if (set->kind == CLK_KEY_INTEGER)
		end = merge_keys(set->pending, set->npending, packed, npacked, merged,
						 CLK_KEY_INTEGER);
	else
		end = merge_keys(set->pending, set->npending, packed, npacked, merged,
						 CLK_KEY_UUID);

	npacked += set->npending;
	if (set->pending != NULL)
		clk_distinct_free_pending(set);
	set->pending = merged;
	set->pending_size = npacked;
	set->npending = (end - merged) / words;
	set->in_order = true;
	return true;
}
