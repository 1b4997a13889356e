/*-------------------------------------------------------------------------
 *
 * distinct_set.h
 *	  An exact set of integers, uuids or texts that only grows.
 *
 * It answers how many different values were added, and how many values in
 * all.  A set lives in a memory context, is bounded by the pool of that
 * context (see distinct_pool.h), and goes away with it.
 *
 * A value is kept as a key of one or two 64-bit words.  The first word is a
 * hash under a number that nobody can foresee, by which the table is ordered.
 *
 *		integer	a bijection of the value, so that the hash is the value
 *		uuid	a bijection of its 128 bits
 *		text	the hash, and the address of the bytes, which decide
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_DISTINCT_SET_H
#define CLK_DISTINCT_SET_H

#include "distinct_pool.h"

typedef enum clk_key_kind
{
	CLK_KEY_INTEGER = 1,
	CLK_KEY_UUID,
	CLK_KEY_TEXT
} clk_key_kind;

/* Words in a key */
#define CLK_KEY_WORDS(kind) ((kind) == CLK_KEY_INTEGER ? 1 : 2)

/* Words of values that wait in the set itself */
#define CLK_FEW_WORDS 6

/* What only some sets need; see distinct_annex.h */
struct clk_distinct_annex;

/*
 * The first 64 bytes are one cache line, all that most rows touch: with many
 * groups the time goes into cache misses.
 */
typedef struct clk_distinct_set
{
	uint64		few[CLK_FEW_WORDS]; /* the latest values as they came */
	uint32		npending;
	uint32		pending_size;
	uint8		nfew;
	uint8		kind;			/* clk_key_kind */
	uint8		slot_bits;		/* the table has 2 to this power slots, or is none */
	bool		has_last;		/* the key CLK_NO_KEY, which no slot can hold */
	bool		is_large;		/* on the pool's list */
	bool		was_counted;	/* somebody has asked for the count */
	bool		in_order;		/* so are the pending keys, and each is there once */

	uint64		multiplier;		/* odd */
	int64		rows;			/* values added, but for the few */
	uint64	   *pending;		/* keys that are not in the table */
	uint64	   *slots;			/* the table, or NULL */
	int64		nentries;		/* keys in it */
	clk_distinct_pool *pool;
	struct clk_distinct_annex *annex;
	Size		memory;			/* bytes taken from the pool */
} clk_distinct_set;

StaticAssertDecl(sizeof(clk_distinct_set) % 64 == 0,
				 "distinct sets in a row must begin at cache lines");

/* An empty set in "context". */
extern clk_distinct_set *clk_distinct_create(MemoryContext context,
											 clk_key_kind kind);

/* Add a text.  Integers and uuids are added by distinct_add.h. */
extern void clk_distinct_add_text(clk_distinct_set *set,
								  const char *bytes, uint32 length);

/* How many different values there are. */
extern int64 clk_distinct_count(clk_distinct_set *set);

/* Add all of "other", which is left as it is. */
extern void clk_distinct_merge(clk_distinct_set *set,
							   const clk_distinct_set *other);

/*
 * A set as bytes, which are refused if "nshares" of that size would not fit into
 * a tuple; and a set to merge from bytes, which stay where they are.
 */
extern bytea *clk_distinct_pack(clk_distinct_set *set, int nshares);
extern clk_distinct_set *clk_distinct_unpack(const bytea *bytes);

/* Can the keys move to the file, and do; "release" gives the table back. */
extern bool clk_distinct_can_spill(const clk_distinct_set *set);
extern void clk_distinct_spill(clk_distinct_set *set, bool release);

/* How many values were added, different or not. */
static inline int64
clk_distinct_rows(const clk_distinct_set *set)
{
	return set->rows + set->nfew;
}

#endif							/* CLK_DISTINCT_SET_H */
