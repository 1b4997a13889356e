/*-------------------------------------------------------------------------
 *
 * distinct_transfer.c
 *	  Distinct sets that are merged: as they are, or packed into bytes for the
 *	  way from a parallel worker to its leader.
 *
 * The packed form, integers in little-endian order:
 *
 *		int8	version, now 1
 *		int8	clk_key_kind
 *		int64	values added, different or not
 *		int64	number of keys
 *		int64	multiplier
 *		keys	one word, two words, or int32 length and bytes of a text
 *
 * The multiplier travels along so that an empty set can take it over: then the
 * keys come in the order of its table.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "compat.h"
#include "distinct_annex.h"
#include "errors.h"

#define PACKED_VERSION 1
#define PACKED_HEADER 26

/*
 * Packed sets travel inside a tuple, which cannot exceed 1 GB.  Each may take
 * its share, leaving some for the rest; a set alone takes half.
 */
#define LARGEST_PACKED(nshares) \
	((MaxAllocSize - 16 * 1024 * 1024) / Max((nshares), 2))

/* Keys that come in the order of the table are taken with this stride */
#define STRIDE 4099

typedef struct packer
{
	clk_key_kind kind;
	char	   *bytes;
	Size		used;
	Size		size;
	Size		limit;
} packer;

static inline void
put_word(char *to, uint64 word)
{
	for (int i = 0; i < 8; i++)
		to[i] = (char) (word >> (8 * i));
}

static inline uint64
get_word(const char *from)
{
	uint64		word = 0;

	for (int i = 0; i < 8; i++)
		word |= (uint64) (unsigned char) from[i] << (8 * i);
	return word;
}

/* Make room for "size" more bytes. */
static void
packer_grow(packer *packer, Size size)
{
	Size		needed = packer->used + size;

	if (needed > packer->limit)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many distinct values in one group for a parallel worker"),
				 errdetail("A worker can hand over at most %zu bytes of them.",
						   packer->limit),
				 errhint("Set max_parallel_workers_per_gather to 0 for this query.")));

	packer->size = Min(Max(needed, 2 * packer->size), packer->limit);
	packer->bytes = repalloc(packer->bytes, packer->size);
}

/* Pack a key; also told of each key when runs are merged. */
static void
packer_put(void *arg, const uint64 *key, const char *text, uint32 length)
{
	packer	   *packer = arg;
	Size		size = text != NULL ? sizeof(uint32) + (Size) length :
		CLK_KEY_WORDS(packer->kind) * sizeof(uint64);
	char	   *to;

	CHECK_FOR_INTERRUPTS();
	if (unlikely(size > packer->size - packer->used))
		packer_grow(packer, size);
	to = packer->bytes + packer->used;
	packer->used += size;

	if (text == NULL)
	{
		put_word(to, key[0]);
		if (packer->kind == CLK_KEY_UUID)
			put_word(to + 8, key[1]);
		return;
	}
	for (int i = 0; i < 4; i++)
		to[i] = (char) (length >> (8 * i));
	memcpy(to + 4, text, length);
}

/* Tell of each key in memory, once the set is settled. */
static int64
each_key_in_memory(const clk_distinct_set *set, clk_distinct_emit emit,
				   void *arg)
{
	static const uint64 zero[2] = {0, 0};
	const int	words = CLK_KEY_WORDS(set->kind);
	uint64		nslots = set->slots == NULL ? 0 : UINT64CONST(1) << set->slot_bits;

	for (uint32 i = 0; i < set->npending; i++)
		emit(arg, set->pending + i * words, NULL, 0);
	if (set->has_zero)
		emit(arg, zero, NULL, 0);

	for (uint64 i = 0; i < nslots; i++)
	{
		const uint64 *key = set->slots + i * words;

		if (unlikely(i % 4096 == 0))
			CHECK_FOR_INTERRUPTS();
		if (clk_distinct_is_zero(key, set->kind))
			continue;
		if (set->kind == CLK_KEY_TEXT)
		{
			const clk_distinct_text *text;

			text = (const clk_distinct_text *) (uintptr_t) key[1];
			emit(arg, key, text->bytes, text->length);
		}
		else
			emit(arg, key, NULL, 0);
	}
	return set->npending + set->nentries + (set->has_zero ? 1 : 0);
}

/* The keys of a set, each once, as a bytea: one of "nshares" in a tuple. */
bytea *
clk_distinct_pack(clk_distinct_set *set, int nshares)
{
	clk_distinct_annex *annex = set->annex;
	packer		packer;
	int64		nkeys;

	packer.kind = set->kind;
	packer.used = VARHDRSZ + PACKED_HEADER;
	packer.size = packer.used +
		(set->npending + set->nentries + CLK_FEW_WORDS) * CLK_KEY_WORDS(set->kind) * 8;
	packer.limit = LARGEST_PACKED(nshares);
	packer.size = Min(packer.size, packer.limit);
	packer.bytes = palloc(packer.size);

	if (annex != NULL && annex->packed != NULL)
	{
		packer_grow(&packer, annex->packed_size);
		memcpy(packer.bytes + packer.used, annex->packed, annex->packed_size);
		packer.used += annex->packed_size;
		nkeys = annex->packed_keys;
	}
	else
	{
		clk_distinct_settle(set);
		annex = set->annex;
		if (annex != NULL && annex->nruns > 0)
			nkeys = clk_distinct_each_spilled(set, packer_put, &packer);
		else
			nkeys = each_key_in_memory(set, packer_put, &packer);
	}

	packer.bytes[VARHDRSZ] = PACKED_VERSION;
	packer.bytes[VARHDRSZ + 1] = set->kind;
	put_word(packer.bytes + VARHDRSZ + 2, (uint64) clk_distinct_rows(set));
	put_word(packer.bytes + VARHDRSZ + 10, (uint64) nkeys);
	put_word(packer.bytes + VARHDRSZ + 18, set->multiplier);
	SET_VARSIZE(packer.bytes, packer.used);
	return (bytea *) packer.bytes;
}

/*
 * A set that holds nothing but packed bytes, which is enough for merging it
 * into another and for counting.
 */
clk_distinct_set *
clk_distinct_unpack(bytea *bytes)
{
	const char *packed = VARDATA_ANY(bytes);
	Size		size = VARSIZE_ANY_EXHDR(bytes);
	clk_distinct_set *set = palloc0_object(clk_distinct_set);
	clk_distinct_annex *annex = palloc0_object(clk_distinct_annex);
	Size		key_size;

	if (size < PACKED_HEADER || packed[0] != PACKED_VERSION)
		clk_invalid_binary_error("distinct set", "The version is unknown.");

	set->kind = (uint8) packed[1];
	set->rows = (int64) get_word(packed + 2);
	set->multiplier = get_word(packed + 18);
	set->annex = annex;
	annex->packed_keys = (int64) get_word(packed + 10);
	annex->packed_size = size - PACKED_HEADER;
	annex->packed = memcpy(palloc(annex->packed_size + 1),
						   packed + PACKED_HEADER, annex->packed_size);

	if (set->kind < CLK_KEY_INTEGER || set->kind > CLK_KEY_TEXT ||
		set->rows < 0 || annex->packed_keys < 0 ||
		(set->multiplier & 1) == 0)
		clk_invalid_binary_error("distinct set", "The header is invalid.");
	key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	if (set->kind != CLK_KEY_TEXT &&
		(annex->packed_size % key_size != 0 ||
		 (Size) annex->packed_keys != annex->packed_size / key_size))
		clk_invalid_binary_error("distinct set",
								 "The length does not fit the number of keys.");
	return set;
}

/* How keys of one set become keys of another */
typedef struct translation
{
	clk_distinct_set *to;
	const clk_distinct_set *from;
	uint64		inverse;		/* of from->multiplier */
	bool		same;			/* nothing to do */
} translation;

/* The inverse of an odd number modulo 2^64: each step doubles the bits. */
static uint64
inverse_of(uint64 odd)
{
	uint64		inverse = odd;

	for (int bits = 3; bits < 64; bits *= 2)
		inverse *= 2 - odd * inverse;
	return inverse;
}

/* The value that clk_distinct_mix() made this word of. */
static inline uint64
unmix(const translation *translation, uint64 word)
{
	word *= translation->inverse;
	word ^= word >> 32;
	return word * CLK_DISTINCT_FACTOR_INVERSE;
}

/* Add a key of one set to another; also told of each key of runs. */
static void
translate_key(void *arg, const uint64 *key, const char *text, uint32 length)
{
	const translation *translation = arg;
	clk_distinct_set *to = translation->to;
	uint64		translated[2];

	if (text != NULL)
		clk_distinct_add_text_key(to, text, length);
	else if (translation->same)
		clk_distinct_add_key(to, key);
	else
	{
		translated[0] = unmix(translation, key[0]);
		if (to->kind == CLK_KEY_UUID)
		{
			translated[0] ^= clk_distinct_blind(translation->from, key[1]);
			translated[0] = clk_distinct_mix_high(to, translated[0], key[1]);
			translated[1] = key[1];
		}
		else
			translated[0] = clk_distinct_mix(to, translated[0]);
		clk_distinct_add_key(to, translated);
	}
}

static void
merge_packed_texts(translation *translation)
{
	const clk_distinct_annex *annex = translation->from->annex;
	const char *at = annex->packed;
	const char *end = at + annex->packed_size;

	for (int64 i = 0; i < annex->packed_keys; i++)
	{
		uint32		length = 0;

		CHECK_FOR_INTERRUPTS();
		if (end - at >= 4)
		{
			for (int byte = 0; byte < 4; byte++)
				length |= (uint32) (unsigned char) at[byte] << (8 * byte);
		}
		if (end - at < 4 || (Size) (end - at - 4) < length)
			clk_invalid_binary_error("distinct set", "A text is cut off.");
		clk_distinct_add_text_key(translation->to, at + 4, length);
		at += 4 + length;
	}
}

/*
 * Merge packed keys of fixed length.
 *
 * They come sorted by the sender's hash.  If that is our hash too, adding them
 * in order would crowd one end of a table that is not made for all of them;
 * then take every so many-th key first, so that they come spread out.
 */
static void
merge_packed_keys(translation *translation, bool spread)
{
	const clk_distinct_annex *annex = translation->from->annex;
	const int	words = CLK_KEY_WORDS(translation->from->kind);
	int64		stride = spread ? STRIDE : 1;

	for (int64 start = 0; start < stride; start++)
	{
		for (int64 i = start; i < annex->packed_keys; i += stride)
		{
			const char *from = annex->packed + i * words * 8;
			uint64		key[2];

			CHECK_FOR_INTERRUPTS();
			key[0] = get_word(from);
			key[1] = words == 1 ? 0 : get_word(from + 8);
			translate_key(translation, key, NULL, 0);
		}
	}
}

void
clk_distinct_merge(clk_distinct_set *set, const clk_distinct_set *other)
{
	const clk_distinct_annex *annex = other->annex;
	bool		fits = false;
	translation translation;

	if (set->kind != other->kind)
		elog(ERROR, "cannot merge distinct sets of different kinds");

	if (annex == NULL || annex->packed == NULL)
		clk_distinct_settle(unconstify(clk_distinct_set *, other));
	annex = other->annex;
	if (clk_distinct_rows(set) == 0 && annex != NULL && annex->packed != NULL &&
		set->kind != CLK_KEY_TEXT)
	{
		fits = clk_distinct_reserve(set, annex->packed_keys);
		set->multiplier = other->multiplier;
	}

	translation.to = set;
	translation.from = other;
	translation.inverse = inverse_of(other->multiplier);
	translation.same = set->multiplier == other->multiplier;

	set->rows += clk_distinct_rows(other);
	if (annex != NULL && annex->packed != NULL)
	{
		if (set->kind == CLK_KEY_TEXT)
			merge_packed_texts(&translation);
		else
			merge_packed_keys(&translation, translation.same && !fits);
		return;
	}

	each_key_in_memory(other, translate_key, &translation);
	for (int i = 0; annex != NULL && i < annex->nruns; i++)
		clk_distinct_merge_runs(unconstify(clk_distinct_set *, other),
								annex->runs + i, 1,
								translate_key, &translation);
}
