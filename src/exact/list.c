/*-------------------------------------------------------------------------
 *
 * list.c
 *	  Keys of integers or uuids in a list, in which a key may be more than once
 *	  until it is thinned out.
 *
 * To thin out, keys are dealt into buckets by the leading bits of their first
 * word, a long list in two steps.  The keys of a bucket, and the table to look
 * them up in, fit into the cache that is nearest.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/qunique.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"

#include "exact/list.h"
#include "exact/slots.h"

void
clk_list_resize(clk_list *list, clk_account *account, clk_key_kind kind, Size new_size)
{
	Size		key_size = CLK_KEY_SIZE(kind);

	list->keys = clk_account_resize(account, list->keys, list->size * key_size, new_size * key_size);
	list->size = new_size;
	list->nkeys = Min(list->nkeys, new_size);
}

static int
compare_keys(const void *a, const void *b, void *kind)
{
	uint128		a_number = clk_key_number(a, *(clk_key_kind *) kind);
	uint128		b_number = clk_key_number(b, *(clk_key_kind *) kind);

	return a_number < b_number ? -1 : a_number > b_number;
}

/*
 * Sort the keys of a bucket, and copy each once to where they may come from.
 * Returns where they end.  This is for buckets with so many different keys as
 * chance never brings.
 */
static uint64 *
sort_bucket(uint64 *keys, uint32 nkeys, uint64 *to, clk_key_kind kind)
{
	Size		size = CLK_KEY_SIZE(kind);

	qsort_arg(keys, nkeys, size, compare_keys, &kind);
	size *= qunique_arg(keys, nkeys, size, compare_keys, &kind);
	memmove(to, keys, size);
	return to + size / sizeof(uint64);
}

/*
 * Copy the keys of a bucket in ascending order, each once, to where they may come
 * from.  The leading bits are what they have in common.  Returns where they end.
 */
static pg_attribute_always_inline uint64 *
thin_out_bucket(uint64 *keys, uint32 nkeys, int leading_bits, uint64 *to, clk_key_kind kind)
{
	const int	words = CLK_KEY_WORDS(kind);
	const int	most = Min(CLK_MOST_IN_BUCKET / words, (int) nkeys);
	const int	nhomes = most * (kind == CLK_KEY_INTEGER ? 4 : 3) / 2 + 1;
	int			kept = 0;
	bool		has_max = false;

	/* the homes, all keys behind the last, and an end */
	uint64		table[3 * CLK_MOST_IN_BUCKET + 4];
	const uint64 *front = table;

	memset(table, 0xFF, (nhomes + most + 1) * CLK_KEY_SIZE(kind));
	for (uint32 i = 0; i < nkeys; i++)
	{
		const uint64 *key = keys + i * words;
		uint64	   *slot = table;

		if (unlikely(clk_key_is_max(key, kind)))
		{
			has_max = true;
			continue;
		}
		slot += (uint64) ((uint128) (key[0] << leading_bits) * nhomes >> 64) * words;
		slot = clk_slots_search(slot, key, kind);
		if (clk_key_same(slot, key, kind))
			continue;
		if (unlikely(kept == most))
			return sort_bucket(keys, nkeys, to, kind);
		clk_slots_insert(slot, key, kind);
		kept++;
	}

	/* without a branch that nobody can foresee: an empty slot is overwritten */
	for (; kept > 0; front += words)
	{
		int			used = clk_key_is_max(front, kind) ? 0 : 1;

		clk_key_copy(to, front, kind);
		to += used * words;
		kept -= used;
	}
	for (int i = 0; has_max && i < words; i++)
		*to++ = CLK_MAX_WORD;
	return to;
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
	int			bits = pg_ceil_log2_32(nkeys) - CLK_BUCKET_BITS;

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

void
clk_list_thin_out(clk_list *list, uint64 *scratch, clk_key_kind kind)
{
	int			steps;
	uint64	   *end;

	if (list->nkeys < 2)
		return;
	steps = pg_ceil_log2_32(list->nkeys) - CLK_BUCKET_BITS > CLK_DEALT_BITS ? 2 : 1;
	end = thin_out(list->keys, list->nkeys, 0, steps, scratch, list->keys, kind);
	list->nkeys = (end - list->keys) / CLK_KEY_WORDS(kind);
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

	if (ours < ours_end)
		memcpy(to, ours, (ours_end - ours) * sizeof(uint64));
	to += ours_end - ours;
	if (packed < packed_end)
		memcpy(to, packed, packed_end - packed);
	return to + (packed_end - packed) / sizeof(uint64);
}

void
clk_list_merge(clk_list *list, clk_account *account, clk_key_kind kind, const char *packed, int64 npacked)
{
	clk_list	merged = {0, 0, NULL};
	uint64	   *end;

	clk_list_resize(&merged, account, kind, list->nkeys + npacked);
	end = CLK_FOR_KIND(kind, merge_keys, list->keys, list->nkeys, packed, npacked, merged.keys);
	merged.nkeys = (end - merged.keys) / CLK_KEY_WORDS(kind);
	/* a full list, which takes scratch when it grows: no key is added before */
	clk_list_resize(&merged, account, kind, merged.nkeys);
	clk_list_resize(list, account, kind, 0);
	*list = merged;
}
