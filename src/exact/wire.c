/*-------------------------------------------------------------------------
 *
 * wire.c
 *	  Exact sets packed into bytes, for the way from a parallel worker to its
 *	  leader, and merged there.
 *
 * The packed form, integers in little-endian order:
 *
 *		int8	version, now 1
 *		int8	clk_key_kind
 *		int16	zero
 *		int64	values added, different or not
 *		int64	number of keys
 *		int64	multiplier
 *		keys	a run: see key.h
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
 * Bytes are not trusted: distributed engines let anybody hand them to a combine
 * function.  All that merging relies on is looked at before.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "errors.h"
#include "exact/inbox.h"
#include "exact/wire.h"

#define PACKED_VERSION 1
#define PACKED_HEADER 28

struct clk_received
{
	uint8		state;			/* CLK_EXACT_RECEIVED: where a set has its
								 * state */
	uint8		kind;			/* likewise */
	int64		rows;
	int64		nkeys;
	uint64		multiplier;
	uint32		longest;		/* text */
	clk_run		run;
};

typedef struct key_packer
{
	clk_key_kind kind;
	char	   *bytes;
	Size		used;
	Size		size;
	Size		limit;
} key_packer;

/* Make room for "size" more bytes. */
static void
packer_grow(key_packer *packer, Size size)
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

/* Pack a key that the set tells of. */
static void
packer_put(void *arg, const uint64 *key, const char *text, uint32 length)
{
	key_packer *packer = arg;
	Size		size = text != NULL ? CLK_TEXT_HEADER + (Size) length :
		CLK_KEY_SIZE(packer->kind);
	uint8	   *to;

	if (unlikely(size > packer->size - packer->used))
		packer_grow(packer, size);
	to = (uint8 *) packer->bytes + packer->used;
	packer->used += size;

	clk_store64(to, key[0]);
	if (text != NULL)
	{
		clk_store32(to + 8, length);
		memcpy(to + CLK_TEXT_HEADER, text, length);
	}
	else if (packer->kind == CLK_KEY_UUID)
		clk_store64(to + 8, key[1]);
}

bytea *
clk_wire_pack(clk_exact_set *set)
{
	const clk_budget *budget = set->account.budget;
	key_packer	packer;
	int64		nkeys;
	uint8	   *header;

	clk_inbox_deal(budget->inbox);
	clk_exact_settle(set);
	packer.kind = set->kind;
	packer.used = VARHDRSZ + PACKED_HEADER;
	packer.size = packer.used +
		clk_exact_in_memory(set) * CLK_KEY_SIZE(set->kind) +
		(set->texts != NULL ? set->texts->bytes : 0);
	packer.limit = CLK_MOST_PACKED / Max(list_length(budget->callers), 2);
	packer.size = Min(packer.size, packer.limit);
	packer.bytes = palloc(packer.size);

	nkeys = clk_exact_each(set, packer_put, &packer);

	header = (uint8 *) packer.bytes + VARHDRSZ;
	header[0] = PACKED_VERSION;
	header[1] = set->kind;
	header[2] = header[3] = 0;
	clk_store64(header + 4, (uint64) clk_exact_rows(set));
	clk_store64(header + 12, (uint64) nkeys);
	clk_store64(header + 20, budget->multiplier);
	SET_VARSIZE(packer.bytes, packer.used);
	return (bytea *) packer.bytes;
}

/* Are these packed keys in order, each once? */
static pg_attribute_always_inline bool
keys_are_valid(const char *packed, int64 nkeys, clk_key_kind kind)
{
	uint64		last[2] = {0, 0};
	uint64		key[2] = {0, 0};

	for (int64 i = 0; i < nkeys; i++)
	{
		if (unlikely(i % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		clk_key_unpack(packed + i * CLK_KEY_SIZE(kind), key, kind);
		if (i > 0 && clk_key_number(key, kind) <= clk_key_number(last, kind))
			return false;
		clk_key_copy(last, key, kind);
	}
	return true;
}

/*
 * Are these packed texts as many as is said, in order, each once, under their
 * hashes?  Sets the length of the longest.
 */
static bool
texts_are_valid(clk_received *received)
{
	const uint8 *at = (const uint8 *) received->run.bytes;
	const uint8 *end = at + received->run.size;
	const uint8 *last = NULL;
	uint64		last_hash = 0;
	int64		ntexts = 0;

	for (; at < end; ntexts++)
	{
		uint64		hash;
		uint32		length;

		if (unlikely(ntexts % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		if (end - at < CLK_TEXT_HEADER ||
			end - at - CLK_TEXT_HEADER < clk_load32(at + 8))
			return false;
		hash = clk_load64(at);
		length = clk_load32(at + 8);
		if (hash != clk_key_hash_text(received->multiplier,
									  (const char *) at + CLK_TEXT_HEADER, length))
			return false;
		if (last != NULL &&
			(hash < last_hash ||
			 (hash == last_hash &&
			  clk_key_compare_texts((const char *) last + CLK_TEXT_HEADER,
									clk_load32(last + 8),
									(const char *) at + CLK_TEXT_HEADER,
									length) >= 0)))
			return false;
		received->longest = Max(received->longest, length);
		last = at;
		last_hash = hash;
		at += CLK_TEXT_HEADER + length;
	}
	return ntexts == received->nkeys;
}

clk_received *
clk_wire_unpack(const bytea *bytes)
{
	const uint8 *header = (const uint8 *) VARDATA_ANY(bytes);
	int64		size = (int64) VARSIZE_ANY_EXHDR(bytes) - PACKED_HEADER;
	clk_received *received = palloc0_object(clk_received);
	bool		valid;

	if (size < 0 || header[0] != PACKED_VERSION)
		clk_invalid_binary_error("exact set", "The version is unknown.");

	received->state = CLK_EXACT_RECEIVED;
	received->kind = header[1];
	received->rows = (int64) clk_load64(header + 4);
	received->nkeys = (int64) clk_load64(header + 12);
	received->multiplier = clk_load64(header + 20);
	received->run.bytes = (const char *) header + PACKED_HEADER;
	received->run.size = size;

	if (received->kind < CLK_KEY_INTEGER || received->kind > CLK_KEY_TEXT ||
		header[2] != 0 || header[3] != 0 || received->nkeys < 0 ||
		received->rows < received->nkeys || (received->multiplier & 1) == 0)
		clk_invalid_binary_error("exact set", "The header is invalid.");
	if (received->kind != CLK_KEY_TEXT &&
		(size % CLK_KEY_SIZE(received->kind) != 0 ||
		 received->nkeys != size / (int64) CLK_KEY_SIZE(received->kind)))
		clk_invalid_binary_error("exact set",
								 "The length does not fit the number of keys.");

	if (received->kind == CLK_KEY_INTEGER)
		valid = keys_are_valid(received->run.bytes, received->nkeys, CLK_KEY_INTEGER);
	else if (received->kind == CLK_KEY_UUID)
		valid = keys_are_valid(received->run.bytes, received->nkeys, CLK_KEY_UUID);
	else
		valid = texts_are_valid(received);
	if (!valid)
		clk_invalid_binary_error("exact set",
								 "The keys are not different ones in ascending order.");
	return received;
}

clk_key_kind
clk_wire_kind(const void *other)
{
	return ((const clk_received *) other)->kind;
}

/* Add received texts one by one. */
static void
add_texts(clk_exact_set *set, const clk_received *received)
{
	uint64		multiplier = set->account.budget->multiplier;
	const char *at = received->run.bytes;

	for (int64 i = 0; i < received->nkeys; i++)
	{
		uint32		length = clk_load32((const uint8 *) at + 8);
		const char *text = at + CLK_TEXT_HEADER;

		CHECK_FOR_INTERRUPTS();
		clk_exact_add_hashed(set, multiplier == received->multiplier ?
							 clk_load64((const uint8 *) at) :
							 clk_key_hash_text(multiplier, text, length),
							 text, length);
		at = text + length;
	}
}

/* Add received keys of fixed length one by one. */
static void
add_keys(clk_exact_set *set, const clk_received *received)
{
	uint64		multiplier = set->account.budget->multiplier;
	uint64		inverse = clk_key_inverse(received->multiplier);

	for (int64 i = 0; i < received->nkeys; i++)
	{
		uint64		key[2] = {0, 0};
		uint64		value[2] = {0, 0};

		CHECK_FOR_INTERRUPTS();
		clk_key_unpack(received->run.bytes + i * CLK_KEY_SIZE(set->kind), key,
					   set->kind);
		if (multiplier != received->multiplier)
		{
			/* back to what clk_key_make() made it of */
			value[0] = ~key[0] * inverse;
			value[0] ^= value[0] >> 32;
			value[0] *= CLK_KEY_FACTOR_INVERSE;
			if (set->kind == CLK_KEY_UUID)
			{
				value[1] = ~key[1];
				value[0] ^= clk_key_blind(received->multiplier, value[1]);
			}
			clk_key_make(multiplier, value, key, set->kind);
		}
		clk_exact_add_key(set, key);
	}
}

/*
 * Is it better to add these keys one by one?  It must be so where they are in
 * another order.  To merge a few with many would be to copy the many; and a few
 * texts are not worth a run.
 */
static bool
one_by_one(const clk_exact_set *set, const clk_received *received)
{
	int64		nkeys = clk_exact_in_memory(set);

	if (set->account.budget->multiplier != received->multiplier)
		return true;
	if (set->kind == CLK_KEY_TEXT)
		return received->run.size < (int64) CLK_KEPT_RUN;
	return nkeys > CLK_MANY_KEYS && nkeys / CLK_MANY_TIMES > received->nkeys;
}

void
clk_wire_merge(clk_exact_set *set, const void *other)
{
	const clk_received *received = other;

	if (set->kind != received->kind)
		elog(ERROR, "cannot merge exact sets of different kinds");
	if (received->state != CLK_EXACT_RECEIVED)
		received = clk_wire_unpack(clk_wire_pack((clk_exact_set *) unconstify(void *, other)));

	if (!one_by_one(set, received))
		clk_exact_add_run(set, &received->run, received->nkeys,
						  received->longest);
	else if (set->kind == CLK_KEY_TEXT)
		add_texts(set, received);
	else
		add_keys(set, received);
	if (pg_add_s64_overflow(set->rows, received->rows, &set->rows))
		clk_out_of_range_error("number of clickers");
}
