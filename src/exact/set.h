/*-------------------------------------------------------------------------
 *
 * set.h
 *	  An exact set of integers, uuids or texts that only grows.
 *
 * It answers how many different values were added, and how many values in all.
 * A set lives in a memory context, shares the budget of that context, and goes
 * away with it.
 *
 * The way of an integer or uuid, and of a text:
 *
 *		value						text
 *		  |							  |  hash
 *		  |							stage	  with a large table
 *		  |  key					  |  many together
 *		list	new ones behind		table	  the key in a slot, the bytes in chunks
 *		  |  thinned out, merged	  |
 *		list	in order			  |		  ... until there is no room:
 *		  |							  |
 *		  +------------ run ----------+		  in the temporary file
 *						 |
 *				runs, side by side			  counted, or packed for a leader
 *
 * With many sets of integers a value waits in their inbox first (inbox.h).  When a
 * set is asked for its count a second time, as a window does, its list becomes a
 * table.  What a leader receives from a worker is a run: integers and uuids are
 * merged into the list, texts are kept beside the table, or both are put into the
 * file.
 *
 * Only room.c takes memory for a set, or moves keys to the file.  It does so between
 * one key and the next, when no other code is in the middle of something: for room
 * it first makes larger sets of the budget write, then this.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_SET_H
#define CLK_SET_H

#include "exact/list.h"
#include "exact/runs.h"
#include "exact/texts.h"

/* Where the keys in memory are */
typedef enum clk_exact_state
{
	CLK_EXACT_LIST = 1,			/* in the list */
	CLK_EXACT_TABLE,			/* in the table, for ever; texts always are */
	CLK_EXACT_RECEIVED			/* in bytes; this is no set: see wire.h */
} clk_exact_state;

/* One cache line: with many groups the time goes into cache misses. */
typedef struct clk_exact_set
{
	uint8		state;			/* clk_exact_state */
	uint8		kind;			/* clk_key_kind */
	bool		was_counted;	/* somebody has asked for the count */
	union
	{
		clk_list	list;
		struct
		{
			clk_table  *table;
			clk_texts  *texts;	/* NULL but for texts */
		};
	};
	int64		rows;			/* values added, different or not */
	clk_account account;
	clk_runs   *runs;			/* NULL unless there was one */
} clk_exact_set;

StaticAssertDecl(sizeof(clk_exact_set) <= 64, "an exact set must fit into a cache line");

extern clk_exact_set *clk_exact_create(clk_budget *budget, clk_key_kind kind);

/* Add a text.  Integers and uuids are added as below. */
extern void clk_exact_add_text(clk_exact_set *set, const char *bytes, uint32 length);

/* Add a key without counting it as a row: a clk_run_emit. */
extern void clk_exact_add_key(void *set, const uint64 *key, const char *text, uint32 length);

/* Add an integer, or the two words of a uuid. */
static pg_attribute_always_inline void
clk_exact_add(clk_exact_set *set, const uint64 *value, clk_key_kind kind)
{
	uint64		key[2];

	clk_key_make(set->account.budget->multiplier, value, key, kind);
	set->rows++;
	if (likely(set->state == CLK_EXACT_LIST && set->list.nkeys < set->list.size))
		clk_list_append(&set->list, key, kind);
	else
		clk_exact_add_key(set, key, NULL, 0);
}

/* How many different values there are. */
extern int64 clk_exact_count(clk_exact_set *set);

/* How many keys are in memory, but for those of runs; once the set is settled */
static inline int64
clk_exact_in_memory(const clk_exact_set *set)
{
	if (set->state == CLK_EXACT_TABLE)
		return set->table->nkeys + (set->table->has_max ? 1 : 0);
	return set->list.nkeys;
}

/* The rest is for wire.c.  Have each key in memory once. */
extern void clk_exact_settle(clk_exact_set *set);

/* Tell of each key of a settled set once, in order, and return how many there are. */
extern int64 clk_exact_each(clk_exact_set *set, clk_run_emit emit, void *arg);

/* Add a run of so many keys, likewise, whose bytes are not ours, to what is no table of ids. */
extern void clk_exact_add_run(clk_exact_set *set, const clk_run *run, int64 nkeys, uint32 longest);

#endif							/* CLK_SET_H */
