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
 *		int16	zero
 *		int64	values added, different or not
 *		int64	number of keys
 *		int64	multiplier
 *		keys	in ascending order: one word, two words, or for a text its hash,
 *				int32 length and bytes
 *
 * All sets of a statement have one multiplier, so that their keys are in the same
 * order, and merging is to read them side by side.  But a cursor may make sets in
 * many statements, so the multiplier travels along.
 *
 * A state is one datum, and it reaches the leader in one tuple, so that its size is
 * limited.  It is not divided: an aggregate cannot hand over a state in several
 * tuples, and its functions are told of no file that a worker shares with its
 * leader.  So a worker whose set is too large raises an error, whose hint tells
 * how to do without workers; then there is no limit.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "compat.h"
#include "distinct_add.h"
#include "distinct_annex.h"
#include "errors.h"
#include "huge_pages.h"

#define PACKED_VERSION 1
#define PACKED_HEADER 28

/*
 * Packed sets travel inside a tuple, which cannot exceed 1 GB.  Each may take
 * its share, leaving some for the rest; a set alone takes half.
 */
#define MOST_PACKED (MaxAllocSize - 16 * 1024 * 1024)
#define LARGEST_PACKED(nshares) (MOST_PACKED / Max((nshares), 2))

/* How many texts ahead the bytes are fetched */
#define FETCH_AHEAD 16

/*
 * To write a new list of all keys would be a waste where a few are merged into
 * many: into more than this, and so many times as many.
 */
#define MANY_TIMES 8
#define MANY_KEYS 1024

typedef struct packer
{
	clk_key_kind kind;
	char	   *bytes;
	Size		used;
	Size		size;
	Size		limit;
} packer;

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
				 errhint("Set max_parallel_workers_per_gather to 0, and enable_partitionwise_aggregate to off, for this query.")));

	packer->size = Min(Max(needed, 2 * packer->size), packer->limit);
	packer->bytes = repalloc(packer->bytes, packer->size);
}

/* Pack a key; also told of each key when runs are merged. */
static void
packer_put(void *arg, const uint64 *key, const char *text, uint32 length)
{
	packer	   *packer = arg;
	Size		size = text != NULL ? CLK_TEXT_HEADER + (Size) length :
		CLK_KEY_WORDS(packer->kind) * sizeof(uint64);
	char	   *to;

	CHECK_FOR_INTERRUPTS();
	if (unlikely(size > packer->size - packer->used))
		packer_grow(packer, size);
	to = packer->bytes + packer->used;
	packer->used += size;

	clk_distinct_put_word(to, key[0]);
	if (text != NULL)
	{
		clk_distinct_put_length(to + 8, length);
		memcpy(to + CLK_TEXT_HEADER, text, length);
	}
	else if (packer->kind == CLK_KEY_UUID)
		clk_distinct_put_word(to + 8, key[1]);
}

/* Pack the texts that are in memory, once the set is settled. */
static int64
pack_texts(packer *packer, const clk_distinct_set *set)
{
	const uint64 *slot = set->slots;
	const uint64 *end;

	if (slot == NULL)
		return 0;
	end = slot + 2 * clk_distinct_nslots(set->slot_bits);
	for (; slot < end; slot += 2)
	{
		const clk_distinct_text *text;

		if (slot + 2 * FETCH_AHEAD < end)
			__builtin_prefetch((const char *) (uintptr_t) slot[2 * FETCH_AHEAD + 1]);
		if (clk_distinct_is_none(slot, CLK_KEY_TEXT))
			continue;
		text = (const clk_distinct_text *) (uintptr_t) slot[1];
		packer_put(packer, slot, text->bytes, text->length);
	}
	return set->nentries;
}

/* Pack the keys of fixed length that are in memory, once the set is settled. */
static int64
pack_keys(packer *packer, const clk_distinct_set *set)
{
	const int	words = CLK_KEY_WORDS(set->kind);
	int64		nkeys = set->npending + set->nentries + (set->has_last ? 1 : 0);
	Size		size = nkeys * words * sizeof(uint64);
	uint64	   *to;

	if (size > packer->size - packer->used)
		packer_grow(packer, size);
	/* aligned, as both headers are of 32 bytes together */
	to = (uint64 *) (packer->bytes + packer->used);
	packer->used += size;

	if (set->slots != NULL)
		(void) clk_distinct_list_table(set, to);
	else if (size > 0)
		memcpy(to, set->pending, size);
	clk_distinct_to_little_endian(to, nkeys * words);
	return nkeys;
}

/* The keys of a set, each once, as a bytea: one of "nshares" in a tuple. */
bytea *
clk_distinct_pack(clk_distinct_set *set, int nshares)
{
	clk_distinct_annex *annex;
	packer		packer;
	int64		nkeys;

	clk_distinct_settle(set);
	annex = set->annex;

	packer.kind = set->kind;
	packer.used = VARHDRSZ + PACKED_HEADER;
	packer.size = packer.used +
		(set->npending + set->nentries + 1) * CLK_KEY_WORDS(set->kind) * 8;
	if (set->kind == CLK_KEY_TEXT && annex != NULL)
	{
		for (const clk_text_chunk *chunk = annex->chunks; chunk; chunk = chunk->next)
			packer.size += chunk->size;
	}
	packer.limit = LARGEST_PACKED(nshares);
	packer.size = Min(packer.size, packer.limit);
	packer.bytes = palloc(packer.size);
	clk_use_huge_pages(packer.bytes, packer.size);

	if (annex != NULL && annex->nruns > 0)
		nkeys = clk_distinct_each_spilled(set, packer_put, &packer);
	else if (set->kind == CLK_KEY_TEXT)
		nkeys = pack_texts(&packer, set);
	else
		nkeys = pack_keys(&packer, set);

	packer.bytes[VARHDRSZ] = PACKED_VERSION;
	packer.bytes[VARHDRSZ + 1] = set->kind;
	packer.bytes[VARHDRSZ + 2] = packer.bytes[VARHDRSZ + 3] = 0;
	clk_distinct_put_word(packer.bytes + VARHDRSZ + 4,
						  (uint64) clk_distinct_rows(set));
	clk_distinct_put_word(packer.bytes + VARHDRSZ + 12, (uint64) nkeys);
	clk_distinct_put_word(packer.bytes + VARHDRSZ + 20, set->multiplier);
	SET_VARSIZE(packer.bytes, packer.used);
	return (bytea *) packer.bytes;
}

/* A set that is good for nothing but to be merged into another. */
clk_distinct_set *
clk_distinct_unpack(const bytea *bytes)
{
	const char *packed = VARDATA_ANY(bytes);
	Size		size = VARSIZE_ANY_EXHDR(bytes);
	clk_distinct_set *set = palloc0_object(clk_distinct_set);
	clk_distinct_annex *annex = palloc0_object(clk_distinct_annex);
	Size		key_size;

	if (size < PACKED_HEADER || packed[0] != PACKED_VERSION)
		clk_invalid_binary_error("distinct set", "The version is unknown.");

	set->kind = (uint8) packed[1];
	set->rows = (int64) clk_distinct_get_word(packed + 4);
	set->multiplier = clk_distinct_get_word(packed + 20);
	set->annex = annex;
	annex->received_keys = (int64) clk_distinct_get_word(packed + 12);
	annex->received.size = size - PACKED_HEADER;
	annex->received.packed = packed + PACKED_HEADER;

	if (set->kind < CLK_KEY_INTEGER || set->kind > CLK_KEY_TEXT ||
		set->rows < 0 || annex->received_keys < 0 ||
		(set->multiplier & 1) == 0)
		clk_invalid_binary_error("distinct set", "The header is invalid.");
	key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	if (set->kind != CLK_KEY_TEXT &&
		(annex->received.size % key_size != 0 ||
		 annex->received_keys != annex->received.size / (int64) key_size))
		clk_invalid_binary_error("distinct set",
								 "The length does not fit the number of keys.");
	return set;
}

/* The inverse of an odd number modulo 2^64: each step doubles the bits. */
static uint64
inverse_of(uint64 odd)
{
	uint64		inverse = odd;

	for (int bits = 3; bits < 64; bits *= 2)
		inverse *= 2 - odd * inverse;
	return inverse;
}

/* Add a received key whose set has another multiplier. */
static void
translate_key(clk_distinct_set *set, const clk_distinct_set *from,
			  uint64 inverse, const uint64 *key)
{
	uint64		value[2] = {0, 0};
	uint64		translated[2];

	/* back to what clk_distinct_make_key() made it of */
	value[0] = ~key[0] * inverse;
	value[0] ^= value[0] >> 32;
	value[0] *= CLK_DISTINCT_FACTOR_INVERSE;
	if (set->kind == CLK_KEY_UUID)
	{
		value[1] = ~key[1];
		value[0] ^= clk_distinct_blind(from, value[1]);
	}
	clk_distinct_make_key(set, value, translated, set->kind);
	clk_distinct_add_key(set, translated, set->kind);
}

/* Merge texts, in order if both sets have one order. */
static void
merge_texts(clk_distinct_set *set, const clk_distinct_set *other)
{
	const clk_distinct_run *received = &other->annex->received;
	const char *at = received->packed;
	const char *end = at + received->size;
	bool		same = set->multiplier == other->multiplier;

	/* a table that is to be filled from one end must be large enough */
	if (same && !clk_distinct_reserve(set, set->nentries +
									  other->annex->received_keys))
	{
		clk_distinct_spill(set, true);
		clk_distinct_spill_packed(set, received);
		return;
	}

	while (at < end)
	{
		uint32		length;

		CHECK_FOR_INTERRUPTS();
		if (end - at < CLK_TEXT_HEADER ||
			end - at - CLK_TEXT_HEADER < clk_distinct_get_length(at + 8))
			clk_invalid_binary_error("distinct set", "A text is cut off.");
		length = clk_distinct_get_length(at + 8);
		clk_distinct_add_hashed_text(set,
									 same ? clk_distinct_get_word(at) :
									 clk_distinct_hash_text(set, at + CLK_TEXT_HEADER, length),
									 at + CLK_TEXT_HEADER, length);
		at += CLK_TEXT_HEADER + length;
	}
}

/* Merge keys of fixed length by adding them one by one. */
static void
merge_one_by_one(clk_distinct_set *set, const clk_distinct_set *other)
{
	const clk_distinct_annex *annex = other->annex;
	const int	words = CLK_KEY_WORDS(set->kind);
	uint64		inverse = inverse_of(other->multiplier);
	bool		same = set->multiplier == other->multiplier;

	for (int64 i = 0; i < annex->received_keys; i++)
	{
		uint64		key[2];

		CHECK_FOR_INTERRUPTS();
		clk_distinct_unpack_key(annex->received.packed + i * words * 8, key,
								set->kind);
		if (same)
			clk_distinct_add_key(set, key, set->kind);
		else
			translate_key(set, other, inverse, key);
	}
}

/* Merge keys of fixed length. */
static void
merge_keys(clk_distinct_set *set, const clk_distinct_set *other)
{
	const clk_distinct_annex *annex = other->annex;
	int64		nkeys;

	clk_distinct_settle(set);
	nkeys = set->nentries + set->npending;

	if (set->multiplier != other->multiplier)
		merge_one_by_one(set, other);
	else if (nkeys > MANY_KEYS && nkeys / MANY_TIMES > annex->received_keys)
	{
		/* into a table: they are too few to crowd one end of it */
		if (set->slots == NULL)
			clk_distinct_insert_pending(set);
		merge_one_by_one(set, other);
	}
	else if (!clk_distinct_merge_list(set, annex->received.packed,
									  annex->received_keys))
		clk_distinct_spill_packed(set, &annex->received);
}

void
clk_distinct_merge(clk_distinct_set *set, const clk_distinct_set *other)
{
	if (set->kind != other->kind)
		elog(ERROR, "cannot merge distinct sets of different kinds");

	/* aggregates hand over what came from a worker, but nothing obliges them */
	if (other->annex == NULL || other->annex->received.packed == NULL)
		other = clk_distinct_unpack(clk_distinct_pack(unconstify(clk_distinct_set *, other), 1));

	if (set->kind == CLK_KEY_TEXT)
		merge_texts(set, other);
	else
		merge_keys(set, other);
	set->rows += clk_distinct_rows(other);
}
