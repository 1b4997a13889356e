/*-------------------------------------------------------------------------
 *
 * distinct_pool.h
 *	  What the distinct sets of one aggregate context share: the memory they
 *	  may hold together, and a temporary file.
 *
 * The limit is the one that the server sets for a hash table, work_mem times
 * hash_mem_multiplier, and it holds for all sets of the context together: a
 * thousand groups that grow do not take a thousand times as much.  A set that
 * wants more than there is must spill, or make the largest one spill.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_DISTINCT_POOL_H
#define CLK_DISTINCT_POOL_H

#include "exact/temp_file.h"

struct clk_distinct_log;
struct clk_distinct_set;

/* A set is large from a sixteenth of the limit on; more are not listed */
#define CLK_LARGE_SETS 24

typedef struct clk_distinct_pool
{
	MemoryContext context;		/* of the sets, and of the pool itself */
	Size		limit;			/* bytes that the sets should not exceed */
	Size		used;			/* bytes that they hold */
	uint32		nsets;
	struct clk_distinct_set *new_sets;	/* the next set that is made */
	uint32		nnew_sets;		/* so many are left */
	struct clk_distinct_log *log;	/* NULL unless there are many sets */
	struct clk_distinct_set *large[CLK_LARGE_SETS];
	int			nlarge;
	clk_temp_file *file;
	MemoryContextCallback on_reset;
	struct clk_distinct_pool *next;
} clk_distinct_pool;

/* The pool of a memory context, made if there is none. */
extern clk_distinct_pool *clk_distinct_pool_of(MemoryContext context);

/* A set of the pool, all zeroes. */
extern struct clk_distinct_set *clk_distinct_pool_new_set(clk_distinct_pool *pool);

/*
 * Zeroed memory for a set of the pool; more of it, which is not zeroed, or the
 * first if there is none; and giving it back.  All is counted.
 */
extern void *clk_distinct_pool_alloc(clk_distinct_pool *pool,
									 struct clk_distinct_set *set, Size size);
extern void *clk_distinct_pool_resize(clk_distinct_pool *pool,
									  struct clk_distinct_set *set,
									  void *memory, Size size, Size new_size);
extern void clk_distinct_pool_free(clk_distinct_pool *pool,
								   struct clk_distinct_set *set,
								   void *memory, Size size);

/*
 * Make room for "size" more bytes of "set".  False if that could only be done
 * by spilling the set itself: what it held is in the file now.
 */
extern bool clk_distinct_pool_make_room(clk_distinct_pool *pool,
										struct clk_distinct_set *set,
										Size size);

/*
 * Likewise, but false unless the memory is there.  What must spill for it, did.
 */
extern bool clk_distinct_pool_find_room(clk_distinct_pool *pool,
										struct clk_distinct_set *set,
										Size size);

#endif							/* CLK_DISTINCT_POOL_H */
