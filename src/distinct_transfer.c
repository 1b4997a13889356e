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
 * All sets of a statement have one multiplier, so that keys come in the order of
 * the receiver's table.  But a cursor may make sets in many statements, so the
 * multiplier travels along.
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

/* How many packed keys are read before they are added */
#define KEYS_AT_A_TIME 256

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

/* Pack the texts that are in memory, once the set is settled. */
static int64
pack_texts(packer *packer, const clk_distinct_set *set)
{
	uint64		nslots = set->slots == NULL ? 0 : UINT64CONST(1) << set->slot_bits;

	for (uint64 i = 0; i < nslots; i++)
	{
		const uint64 *key = set->slots + 2 * i;
		const clk_distinct_text *text;

		text = (const clk_distinct_text *) (uintptr_t) key[1];
		if (text != NULL)
			packer_put(packer, key, text->bytes, text->length);
	}
	return set->nentries;
}

/* Pack the keys of fixed length that are in memory, once the set is settled. */
static int64
pack_keys(packer *packer, const clk_distinct_set *set)
{
	const int	words = CLK_KEY_WORDS(set->kind);
	int64		nkeys = set->npending + set->nentries + (set->has_zero ? 1 : 0);
	Size		size = nkeys * words * sizeof(uint64);
	uint64		nslots = set->slots == NULL ? 0 : UINT64CONST(1) << set->slot_bits;
	char	   *to;

	if (size > packer->size - packer->used)
		packer_grow(packer, size);
	to = packer->bytes + packer->used;
	packer->used += size;

	for (uint64 i = 0; i < (uint64) set->npending * words; i++, to += 8)
		put_word(to, set->pending[i]);
	for (int i = 0; set->has_zero && i < words; i++, to += 8)
		put_word(to, 0);
	for (uint64 i = 0; i < nslots; i++)
	{
		const uint64 *key = set->slots + i * words;

		if (unlikely(i % 65536 == 0))
			CHECK_FOR_INTERRUPTS();
		if (clk_distinct_is_zero(key, set->kind))
			continue;
		put_word(to, key[0]);
		if (words == 2)
			put_word(to + 8, key[1]);
		to += words * 8;
	}
	Assert(to == packer->bytes + packer->used);
	return nkeys;
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
		else if (set->kind == CLK_KEY_TEXT)
			nkeys = pack_texts(&packer, set);
		else
			nkeys = pack_keys(&packer, set);
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

/* Add a key of one set to another. */
static void
translate_key(const translation *translation, const uint64 *key)
{
	clk_distinct_set *to = translation->to;
	uint64		translated[2];

	if (translation->same)
	{
		clk_distinct_add_key(to, key);
		return;
	}
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

static int64
greatest_common_divisor(int64 a, int64 b)
{
	while (b != 0)
	{
		int64		rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Read a packed key of fixed length. */
static inline void
unpack_key(const clk_distinct_annex *annex, int64 i, int words, uint64 *key)
{
	const char *from = annex->packed + i * words * 8;

	key[0] = get_word(from);
	if (words == 2)
		key[1] = get_word(from + 8);
}

/*
 * Merge packed keys into a list or a table that has room for all of them.
 *
 * They come in the order of the sender's table, and so in that of ours: no
 * slot has to be waited for.
 */
static void
merge_in_order(clk_distinct_set *set, const clk_distinct_annex *annex)
{
	const int	words = CLK_KEY_WORDS(set->kind);
	uint64		keys[2 * KEYS_AT_A_TIME];

	for (int64 i = 0; i < annex->packed_keys;)
	{
		uint32		nkeys = 0;

		CHECK_FOR_INTERRUPTS();
		for (; nkeys < KEYS_AT_A_TIME && i < annex->packed_keys; nkeys++, i++)
			unpack_key(annex, i, words, keys + nkeys * words);
		if (set->slots != NULL)
			clk_distinct_insert_keys(set, keys, nkeys);
		else
		{
			memcpy(set->pending + set->npending * words, keys,
				   nkeys * words * sizeof(uint64));
			set->npending += nkeys;
		}
	}
}

/*
 * Merge packed keys by adding them one by one.
 *
 * If they come in the order of our table, but that is not made for all of them,
 * they would crowd one end of it.  So they are taken at steps of the golden
 * section, which spreads them out.
 */
static void
merge_one_by_one(translation *translation)
{
	const clk_distinct_annex *annex = translation->from->annex;
	const int	words = CLK_KEY_WORDS(translation->from->kind);
	int64		nkeys = annex->packed_keys;
	int64		step = 1;
	int64		at = 0;

	if (translation->same)
	{
		step = (int64) (nkeys * 0.6180339887) | 1;
		while (step > 1 && greatest_common_divisor(step, nkeys) != 1)
			step -= 2;
	}
	for (int64 i = 0; i < nkeys; i++)
	{
		uint64		key[2];

		CHECK_FOR_INTERRUPTS();
		unpack_key(annex, at, words, key);
		translate_key(translation, key);
		at = (at + step) % nkeys;
	}
}

static void
merge_packed_keys(translation *translation)
{
	clk_distinct_set *set = translation->to;
	const clk_distinct_annex *annex = translation->from->annex;
	int64		nkeys = set->nentries + set->npending + annex->packed_keys;

	if (translation->same &&
		(clk_distinct_reserve_list(set, nkeys) ||
		 clk_distinct_reserve(set, nkeys)))
		merge_in_order(set, annex);
	else
		merge_one_by_one(translation);
}

void
clk_distinct_merge(clk_distinct_set *set, const clk_distinct_set *other)
{
	translation translation;

	if (set->kind != other->kind)
		elog(ERROR, "cannot merge distinct sets of different kinds");

	/* aggregates hand over what came from a worker, but nothing obliges them */
	if (other->annex == NULL || other->annex->packed == NULL)
		other = clk_distinct_unpack(clk_distinct_pack(unconstify(clk_distinct_set *, other), 1));

	translation.to = set;
	translation.from = other;
	translation.inverse = inverse_of(other->multiplier);
	translation.same = set->multiplier == other->multiplier;

	if (set->kind == CLK_KEY_TEXT)
		merge_packed_texts(&translation);
	else
		merge_packed_keys(&translation);
	set->rows += clk_distinct_rows(other);
}
