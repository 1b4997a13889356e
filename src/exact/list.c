/*-------------------------------------------------------------------------
 *
 * list.c
 *	  Keys of integers or uuids in a list, in which a key may be more than once
 *	  until it is thinned out.
 *
 * To thin out, new keys are dealt into buckets by the leading bits of their first
 * word, many of them in two steps.  The keys of a bucket, and where they are sorted,
 * fit into the cache that is nearest.  Then they are merged into those in order.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/qunique.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "exact/list.h"

void
clk_list_resize(clk_list *list, clk_account *account, clk_key_kind kind, Size new_size)
{
	Size		key_size = CLK_KEY_SIZE(kind);

	list->keys = clk_account_resize(account, list->keys, list->size * key_size, new_size * key_size);
	list->size = new_size;
	list->nkeys = Min(list->nkeys, new_size);
	list->nordered = Min(list->nordered, new_size);
}

StaticAssertDecl((CLK_MOST_IN_BUCKET & (CLK_MOST_IN_BUCKET - 1)) == 0,
				 "a bucket is dealt by as many bits as it has keys, rounded up");

static int
compare_keys(const void *a, const void *b, void *kind)
{
	uint128		a_number = clk_key_number(a, *(clk_key_kind *) kind);
	uint128		b_number = clk_key_number(b, *(clk_key_kind *) kind);

	return a_number < b_number ? -1 : a_number > b_number;
}

/*
 * Deal keys by the bits that follow the leading ones.  Tells where each bucket
 * ends; the first begins where "to" does.
 */
static pg_attribute_always_inline void
deal(const uint64 *keys, uint32 nkeys, int leading_bits, int bits, uint64 *to, uint32 *end,
	 clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint32		start = 0;

	memset(end, 0, sizeof(uint32) << bits);
	for (uint32 i = 0; i < nkeys; i++)
	{
		if (unlikely(i % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		end[keys[(Size) i * words] << leading_bits >> (64 - bits)]++;
	}

	/*
	 * from how many there are to where they begin, which dealing moves to the
	 * end
	 */
	for (int bucket = 0; bucket < 1 << bits; bucket++)
	{
		uint32		here = end[bucket];

		end[bucket] = start;
		start += here;
	}
	for (uint32 i = 0; i < nkeys; i++)
	{
		const uint64 *key = keys + (Size) i * words;
		uint32		at = end[key[0] << leading_bits >> (64 - bits)]++;

		if (unlikely(i % CLK_NEW_PAGES_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		clk_key_copy(to + (Size) at * words, key, kind);
	}
}

/*
 * Copy the keys of a bucket in ascending order, each once, to a place that may
 * overlap them, but not lie behind them.  Returns where they end.  This is for buckets
 * of fewer than two keys, and for those too large for thin_out_bucket(): by chance
 * only when some keys are there very often, and qsort is linear in those.
 */
static uint64 *
sort_bucket(uint64 *keys, uint32 nkeys, uint64 *to, clk_key_kind kind)
{
	Size		size = CLK_KEY_SIZE(kind);

	qsort_interruptible(keys, nkeys, size, compare_keys, &kind);
	size *= qunique_arg(keys, nkeys, size, compare_keys, &kind);
	memmove(to, keys, size);
	return to + size / sizeof(uint64);
}

/*
 * The same for other buckets.  The leading bits are what the keys have in common.
 *
 * Dealt once more, by as many bits as there are keys, few are not in their place, so
 * insertion sort is linear on average: different keys share a place by chance only.
 */
static pg_attribute_always_inline uint64 *
thin_out_bucket(uint64 *keys, uint32 nkeys, int leading_bits, uint64 *to, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint64		dealt[CLK_MOST_IN_BUCKET];
	uint32		end[CLK_MOST_IN_BUCKET];

	if (nkeys < 2 || nkeys * words > CLK_MOST_IN_BUCKET)
		return sort_bucket(keys, nkeys, to, kind);

	deal(keys, nkeys, leading_bits, pg_ceil_log2_32(nkeys), dealt, end, kind);
	for (uint32 i = 1; i < nkeys; i++)
	{
		uint64	   *place = dealt + i * words;
		uint64		key[2] = {0, 0};

		clk_key_copy(key, place, kind);
		for (; place > dealt && clk_key_number(place - words, kind) > clk_key_number(key, kind); place -= words)
			clk_key_copy(place, place - words, kind);
		clk_key_copy(place, key, kind);
	}

	/* a duplicate is overwritten: no branch that nobody can foresee */
	clk_key_copy(to, dealt, kind);
	for (uint64 *key = dealt + words; key < dealt + nkeys * words; key += words)
	{
		to += clk_key_same(key, key - words, kind) ? 0 : words;
		clk_key_copy(to, key, kind);
	}
	return to + words;
}

/*
 * Thin out keys with these leading bits in common, dealt to "spare" and back in so
 * many steps if they are many.  Returns where they end.
 */
static uint64 *
thin_out(uint64 *keys, uint32 nkeys, int leading_bits, int steps, uint64 *spare, uint64 *to,
		 clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint32		end[1 << CLK_DEALT_BITS];
	uint32		start = 0;
	int			bits = pg_ceil_log2_64((uint64) nkeys * words) - CLK_BUCKET_BITS;

	if (steps == 0 || bits <= 0 || nkeys * words <= CLK_MOST_IN_BUCKET)
		return CLK_FOR_KIND(kind, thin_out_bucket, keys, nkeys, leading_bits, to);

	CHECK_FOR_INTERRUPTS();
	bits = Min(steps == 1 ? bits : bits / 2, CLK_DEALT_BITS);
	CLK_FOR_KIND(kind, deal, keys, nkeys, leading_bits, bits, spare, end);
	for (int part = 0; part < 1 << bits; part++)
	{
		Size		first = (Size) start * words;

		if (part % CLK_BUCKETS_AT_A_TIME == 0)
			CHECK_FOR_INTERRUPTS();
		to = thin_out(spare + first, end[part] - start, leading_bits + bits, steps - 1,
					  keys + first, to, kind);
		start = end[part];
	}
	return to;
}

/*
 * Each step takes the lesser key, or the same from both, without a branch.
 * Returns where the keys end.
 */
static pg_attribute_always_inline uint64 *
merge_keys(const uint64 *ours, int64 nours, const char *packed, int64 npacked, uint64 *to,
		   clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	const uint64 *ours_end = ours + nours * words;
	const char *packed_end = packed + npacked * CLK_KEY_SIZE(kind);
	uint64		theirs[2];

	for (int64 i = 0; ours < ours_end && packed < packed_end; i++)
	{
		bool		take_ours;
		bool		take_theirs;

		if (unlikely(i % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		clk_key_unpack(packed, theirs, kind);
		take_ours = clk_key_number(ours, kind) <= clk_key_number(theirs, kind);
		take_theirs = clk_key_number(theirs, kind) <= clk_key_number(ours, kind);
		to[0] = take_ours ? ours[0] : theirs[0];
		if (words == 2)
			to[1] = take_ours ? ours[1] : theirs[1];
		to += words;
		ours += take_ours * words;
		packed += take_theirs * CLK_KEY_SIZE(kind);
	}

	clk_copy_bytes(to, ours, (ours_end - ours) * sizeof(uint64));
	to += ours_end - ours;
	clk_copy_bytes(to, packed, packed_end - packed);
	return to + (packed_end - packed) / sizeof(uint64);
}

/*
 * A list that fits into a bucket is thinned out as a whole, and takes no scratch.
 * Else what is merged is in scratch, which is as good as the list's own memory if it
 * has the same size.
 */
void
clk_list_thin_out(clk_list *list, clk_budget *budget, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	uint32		nordered = clk_list_scratch(list->nkeys, kind) == 0 ? 0 : list->nordered;
	uint32		nnew = list->nkeys - nordered;
	uint64	   *keys = list->keys;
	uint64	   *new_keys = keys + (Size) nordered * words;
	uint64	   *scratch = budget->scratch;
	uint64	   *end;
	int			steps;

	if (clk_list_in_order(list))
		return;
	steps = pg_ceil_log2_64((uint64) nnew * words) - CLK_BUCKET_BITS > CLK_DEALT_BITS ? 2 : 1;
	end = thin_out(new_keys, nnew, 0, steps, scratch, new_keys, kind);
	if (nordered > 0)
	{
		end = CLK_FOR_KIND(kind, merge_keys, keys, nordered, (const char *) new_keys,
						   (end - new_keys) / words, scratch);
		Assert(budget->scratch_size >= list->nkeys * CLK_KEY_SIZE(kind));
		if (budget->scratch_size == list->size * CLK_KEY_SIZE(kind))
		{
			list->keys = scratch;
			budget->scratch = keys;
		}
		else
		{
			clk_copy_bytes(keys, scratch, (end - scratch) * sizeof(uint64));
			end = keys + (end - scratch);
		}
	}
	list->nkeys = list->nordered = (end - list->keys) / words;
}

void
clk_list_merge(clk_list *list, clk_account *account, clk_key_kind kind, const char *packed, int64 npacked)
{
	clk_list	merged = {0, 0, NULL, 0};
	uint64	   *end;

	Assert(clk_list_in_order(list));
	clk_list_resize(&merged, account, kind, list->nkeys + npacked);
	end = CLK_FOR_KIND(kind, merge_keys, list->keys, list->nkeys, packed, npacked, merged.keys);
	merged.nkeys = merged.nordered = (end - merged.keys) / CLK_KEY_WORDS(kind);

	/*
	 * the list is full: before a key is added it grows, and takes the scratch
	 * that it will need
	 */
	clk_list_resize(&merged, account, kind, merged.nkeys);
	clk_list_resize(list, account, kind, 0);
	*list = merged;
}
