/*-------------------------------------------------------------------------
 *
 * budget.h
 *	  What the exact sets of one memory context share: the bytes they may have
 *	  together, the multiplier of their keys, scratch, and a temporary file.
 *
 * The limit is the one that the server sets for a hash table, work_mem times
 * hash_mem_multiplier, and it holds for all sets of the context together: a
 * thousand groups that grow do not take a thousand times as much.
 *
 * A budget only counts.  Whether there is room must be asked before; what is
 * taken is counted whether there was or not.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_BUDGET_H
#define CLK_BUDGET_H

#include "nodes/pg_list.h"

#include "compat.h"
#include "exact/limits.h"
#include "exact/temp_file.h"

/* The bytes of one set */
typedef struct clk_account
{
	struct clk_budget *budget;
	Size		bytes;
} clk_account;

typedef struct clk_budget
{
	MemoryContext context;		/* of the sets, and of the budget itself */
	Size		limit;
	Size		used;
	uint64		multiplier;
	clk_temp_file *file;
	uint64	   *scratch;		/* for one list at a time; see list.h */
	Size		scratch_size;
	clk_account *large[CLK_LARGE_SETS];
	int			nlarge;
	List	   *callers;		/* expressions of aggregates that have sets
								 * here */
	uint32		nsets;
	char	   *new_sets;		/* the next set that is made */
	uint32		nnew_sets;		/* so many are left */
	struct clk_inbox *inbox;	/* NULL unless there are many sets */
	MemoryContextCallback on_reset;
	struct clk_budget *next;
} clk_budget;

/* The budget of a memory context, which is made if there is none. */
extern clk_budget *clk_budget_of(MemoryContext context);

/* Zeroed memory of so many bytes for a new set, which begins at a cache line */
extern void *clk_budget_new_set(clk_budget *budget, Size size);

/* Note that the aggregate which is calling has a set. */
extern void clk_budget_note_caller(clk_budget *budget, FunctionCallInfo fcinfo);

/* Have scratch of this size; what was in it is lost. */
extern void clk_budget_resize_scratch(clk_budget *budget, Size size);

/* More or less memory of a set, the first of it, or none.  Nothing is zeroed. */
extern void *clk_account_resize(clk_account *account, void *memory, Size size, Size new_size);

/* Copy bytes, however many, and look for a cancel request meanwhile. */
extern void clk_copy_bytes(void *to, const void *from, Size size);

/* How many bytes are left */
static inline Size
clk_budget_room(const clk_budget *budget)
{
	return budget->limit - Min(budget->used, budget->limit);
}

#endif							/* CLK_BUDGET_H */
