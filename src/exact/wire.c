/*-------------------------------------------------------------------------
 *
 * wire.c
 *	  Exact sets packed into bytes, for the way from a parallel worker to its
 *	  leader, and merged there.
 *
 * The packed form is a header and a run, see key.h, as they are in memory.
 *
 * All sets of a statement have one multiplier, so that their keys are in the same
 * order, and merging is to read them side by side.  But a cursor may make sets in
 * many statements, so the multiplier travels along.  A distributed engine brings sets
 * of other clusters, each with a secret of its own in its hashes of texts.
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
#include "utils/memutils.h"

#include "errors.h"
#include "exact/inbox.h"
#include "exact/wire.h"

/* What is in front of the run */
typedef struct wire_header
{
	uint8		version;
	uint8		kind;			/* clk_key_kind */
	uint16		zero;
	int64		rows;			/* values added, different or not */
	int64		nkeys;
	uint64		multiplier;
}			pg_attribute_packed() wire_header;

#define VERSION 1

struct clk_received
{
	uint8		state;			/* CLK_EXACT_RECEIVED: where a set has its
								 * state */
	uint8		kind;			/* likewise */
	int64		rows;
	int64		nkeys;
	uint64		multiplier;		/* 0: texts with hashes of another cluster */
	uint32		longest;		/* text */
	clk_run		run;
};

typedef struct wire_packer
{
	clk_packer	packer;
	Size		limit;
} wire_packer;

/* Have room for "size" more bytes, within the limit. */
static void
packer_grow(clk_packer *packer, Size size)
{
	Size		limit = ((wire_packer *) packer)->limit;
	Size		needed = packer->used + size;

	if (needed > limit)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many distinct values in one group for a parallel worker"),
				 errdetail("A worker can hand over at most %zu bytes of them.", limit),
				 errhint("Set max_parallel_workers_per_gather to 0, and enable_partitionwise_aggregate to off, for this query; on Citus, citus.allow_aggregate_worker_combine_on_internal_types to off.")));

	packer->size = Min(Max(needed, 2 * packer->size), limit);
	packer->bytes = repalloc(packer->bytes, packer->size);
}

bytea *
clk_wire_pack(clk_exact_set *set)
{
	const clk_budget *budget = set->account.budget;
	wire_header header = {VERSION, set->kind, 0, 0, 0, budget->multiplier};
	wire_packer wire = {{set->kind, NULL, VARHDRSZ + sizeof(header), 0, packer_grow}, 0};
	Size		expected;

	clk_inbox_deal(budget->inbox);
	clk_exact_settle(set);
	expected = wire.packer.used + clk_exact_in_memory(set) * CLK_KEY_SIZE(set->kind) +
		(set->kind == CLK_KEY_TEXT ? set->texts->bytes : 0);
	wire.limit = CLK_MOST_PACKED / Max(list_length(budget->callers), 2);
	wire.packer.size = Min(expected, wire.limit);
	wire.packer.bytes = palloc(wire.packer.size);

	header.nkeys = clk_exact_each(set, clk_packer_put, &wire);
	header.rows = set->rows;
	memcpy(wire.packer.bytes + VARHDRSZ, &header, sizeof(header));
	SET_VARSIZE(wire.packer.bytes, wire.packer.used);
	return (bytea *) wire.packer.bytes;
}

clk_received *
clk_wire_unpack(const bytea *bytes)
{
	clk_received *received = palloc0_object(clk_received);
	wire_header header;

	if (VARSIZE_ANY_EXHDR(bytes) < sizeof(header) || *VARDATA_ANY(bytes) != VERSION)
		clk_invalid_binary_error("exact set", "The version is unknown.");
	memcpy(&header, VARDATA_ANY(bytes), sizeof(header));
	if (header.kind < CLK_KEY_INTEGER || header.kind > CLK_KEY_TEXT || header.zero != 0 ||
		header.nkeys < 0 || header.rows < header.nkeys || (header.multiplier & 1) == 0)
		clk_invalid_binary_error("exact set", "The header is invalid.");

	received->state = CLK_EXACT_RECEIVED;
	received->kind = header.kind;
	received->rows = header.rows;
	received->nkeys = header.nkeys;
	received->multiplier = header.multiplier;
	received->run.bytes = (const char *) VARDATA_ANY(bytes) + sizeof(header);
	received->run.size = VARSIZE_ANY_EXHDR(bytes) - sizeof(header);
	if (header.kind != CLK_KEY_TEXT &&
		(received->run.size % CLK_KEY_SIZE(header.kind) != 0 ||
		 header.nkeys != received->run.size / (int64) CLK_KEY_SIZE(header.kind)))
		clk_invalid_binary_error("exact set", "The length does not fit the number of keys.");
	if (clk_run_check(&received->run, header.kind, &received->multiplier, &received->longest) != header.nkeys)
		clk_invalid_binary_error("exact set", "The keys are not different ones in ascending order.");
	return received;
}

clk_key_kind
clk_wire_kind(const void *other)
{
	return ((const clk_received *) other)->kind;
}

/* A set, and the multiplier of keys that it gets */
typedef struct wire_stranger
{
	clk_exact_set *set;
	uint64		multiplier;
} wire_stranger;

/* Add a key of another multiplier, or a text of another cluster. */
static void
add_stranger(void *arg, const uint64 *key, const char *text, uint32 length)
{
	wire_stranger *stranger = arg;
	clk_exact_set *set = stranger->set;
	uint64		multiplier = set->account.budget->multiplier;
	uint64		value[2];
	uint64		ours[2];

	if (text != NULL)
		ours[0] = clk_key_hash_text(multiplier, text, length);
	else
	{
		clk_key_to_value(stranger->multiplier, key, value, set->kind);
		clk_key_make(multiplier, value, ours, set->kind);
	}
	clk_exact_add_key(set, ours, text, length);
}

/*
 * Is it better to add these keys one by one?  To merge a few with many would be to
 * copy the many; and a few texts are not worth a run.
 */
static bool
one_by_one(const clk_exact_set *set, const clk_received *received)
{
	int64		nkeys = clk_exact_in_memory(set);

	if (set->kind == CLK_KEY_TEXT)
		return received->run.size < (int64) CLK_KEPT_RUN;
	return set->state == CLK_EXACT_TABLE ||
		(nkeys > CLK_MANY_KEYS && nkeys / CLK_MANY_TIMES > received->nkeys);
}

void
clk_wire_merge(clk_exact_set *set, const void *other)
{
	const clk_received *received = other;
	wire_stranger stranger = {set, 0};

	if (set->kind != received->kind)
		clk_invalid_binary_error("exact set", "Its keys are not of the type that is counted.");
	if (received->state != CLK_EXACT_RECEIVED)
		received = clk_wire_unpack(clk_wire_pack((clk_exact_set *) unconstify(void *, other)));

	stranger.multiplier = received->multiplier;
	if (stranger.multiplier != set->account.budget->multiplier)
		clk_runs_each(NULL, &set->account, set->kind, &received->run, add_stranger, &stranger);
	else if (one_by_one(set, received))
		clk_runs_each(NULL, &set->account, set->kind, &received->run, clk_exact_add_key, set);
	else
		clk_exact_add_run(set, &received->run, received->nkeys, received->longest);
	if (pg_add_s64_overflow(set->rows, received->rows, &set->rows))
		clk_out_of_range_error("number of clickers");
}
