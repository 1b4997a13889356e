/*-------------------------------------------------------------------------
 *
 * distinct_list.c
 *	  The keys of a distinct set that has no table: a list, in which a key may
 *	  be more than once until it is thinned out.
 *
 * To append costs no cache miss.  To thin out, keys are first dealt into
 * buckets by the leading bits of their hash; those of one bucket and the table
 * to look them up in fit into the cache that is nearest.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "compat.h"
#include "distinct_annex.h"

/* How many keys a bucket has, on the average and at the most */
#define BUCKET_BITS 8
#define MOST_IN_BUCKET (4 << BUCKET_BITS)

/* As many buckets as the longest list needs */
#define MOST_BUCKETS \
	(CLK_MOST_LISTED_BYTES / sizeof(uint64) >> BUCKET_BITS)

/* The table in which the keys of one bucket are looked up */
static uint64 bucket_table[2 * MOST_IN_BUCKET * 2];

/*
 * Copy the keys of a bucket, each once, to where they may come from.  The
 * leading bits are what they have in common.  Returns how many there are.
 */
static pg_attribute_always_inline uint32
thin_out_bucket(const uint64 *keys, uint32 nkeys, int leading_bits,
				uint64 *to, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	int			bits = pg_ceil_log2_32(Max(nkeys, 2)) + 1;
	uint32		mask = (1 << bits) - 1;
	bool		has_zero = false;
	uint32		kept = 0;

	memset(bucket_table, 0, clk_distinct_table_size(kind, bits));
	for (uint32 i = 0; i < nkeys; i++)
	{
		const uint64 *key = keys + i * words;
		uint32		at = (uint32) (key[0] << leading_bits >> (64 - bits));

		if (unlikely(clk_distinct_is_zero(key, kind)))
		{
			if (has_zero)
				continue;
			has_zero = true;
		}
		else
		{
			while (!clk_distinct_is_zero(bucket_table + at * words, kind) &&
				   !clk_distinct_same(bucket_table + at * words, key, kind))
				at = (at + 1) & mask;
			if (!clk_distinct_is_zero(bucket_table + at * words, kind))
				continue;
			clk_distinct_copy(bucket_table + at * words, key, kind);
		}
		clk_distinct_copy(to + kept++ * words, key, kind);
	}
	return kept;
}

/* False if a bucket has too many keys, and then all is as it was. */
static pg_attribute_always_inline bool
thin_out(clk_distinct_set *set, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint64	   *keys = set->pending;
	uint64	   *dealt = clk_distinct_scratch;
	int			bits = pg_ceil_log2_32(set->npending) - BUCKET_BITS;
	uint32		end[MOST_BUCKETS] = {0};
	uint32		kept = 0;
	uint32		start = 0;

	if (set->npending <= MOST_IN_BUCKET)
	{
		set->npending = thin_out_bucket(keys, set->npending, 0, keys, kind);
		return true;
	}

	for (uint32 i = 0; i < set->npending; i++)
		end[keys[i * words] >> (64 - bits)]++;
	for (int bucket = 0; bucket < 1 << bits; bucket++)
	{
		uint32		nkeys = end[bucket];

		if (nkeys > MOST_IN_BUCKET)
			return false;
		end[bucket] = start;
		start += nkeys;
	}
	for (uint32 i = 0; i < set->npending; i++)
	{
		const uint64 *key = keys + i * words;

		clk_distinct_copy(dealt + end[key[0] >> (64 - bits)]++ * words,
						  key, kind);
	}

	start = 0;
	for (int bucket = 0; bucket < 1 << bits; bucket++)
	{
		kept += thin_out_bucket(dealt + start * words, end[bucket] - start,
								bits, keys + kept * words, kind);
		start = end[bucket];
	}
	set->npending = kept;
	return true;
}

/*
 * Keep one of each key in the list.  False if the keys crowd in one place, and
 * a table must do.
 */
bool
clk_distinct_thin_out(clk_distinct_set *set)
{
	if (set->npending == 0)
		return true;
	if (set->kind == CLK_KEY_INTEGER)
		return thin_out(set, CLK_KEY_INTEGER);
	return thin_out(set, CLK_KEY_UUID);
}

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

/* Keep one of each key in the list, in ascending order. */
void
clk_distinct_sort_list(clk_distinct_set *set)
{
	const int	words = CLK_KEY_WORDS(set->kind);
	uint32		kept = 1;

	qsort(set->pending, set->npending, words * sizeof(uint64),
		  set->kind == CLK_KEY_INTEGER ? compare_integer_keys : compare_uuid_keys);
	for (uint32 i = 1; i < set->npending; i++)
	{
		const uint64 *key = set->pending + i * words;

		if (!clk_distinct_same(key, key - words, set->kind))
			clk_distinct_copy(set->pending + kept++ * words, key, set->kind);
	}
	set->npending = Min(set->npending, kept);
}
