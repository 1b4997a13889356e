/*-------------------------------------------------------------------------
 *
 * distinct_pool.c
 *	  What the distinct sets of one aggregate context share: the memory they
 *	  may hold together, and a temporary file.
 *
 * A pool lives in the context that it serves and is found by it, in a list of
 * the few such contexts that a backend has at a time.  When the executor
 * resets the context, between two groups, two batches or at the end, a
 * callback takes the pool off the list.  The file sees to itself.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "compat.h"
#include "distinct_log.h"
#include "distinct_pool.h"
#include "distinct_set.h"
#include "huge_pages.h"

/* A set as small as this is not worth a spill, whatever the limit */
#define SMALLEST_SPILL 1024

/* A cache line */
#define LINE_SIZE 64

/* Sets made at a time */
#define MOST_NEW_SETS 256

static clk_distinct_pool *pools = NULL;

/* The context is going away. */
static void
pool_on_reset(void *arg)
{
	clk_distinct_pool *pool = arg;
	clk_distinct_pool **link = &pools;

	while (*link != pool)
		link = &(*link)->next;
	*link = pool->next;

	clk_distinct_log_end(pool);
}

clk_distinct_pool *
clk_distinct_pool_of(MemoryContext context)
{
	clk_distinct_pool *pool;

	for (pool = pools; pool != NULL; pool = pool->next)
	{
		if (pool->context == context)
			return pool;
	}

	pool = MemoryContextAllocZero(context, sizeof(clk_distinct_pool));
	pool->context = context;
	pool->limit = get_hash_memory_limit();
	pool->file = clk_temp_file_create(context);
	pool->next = pools;
	pools = pool;
	pool->on_reset.func = pool_on_reset;
	pool->on_reset.arg = pool;
	MemoryContextRegisterResetCallback(context, &pool->on_reset);
	return pool;
}

/*
 * Sets are made in blocks that grow with their number.  The executor keeps
 * what it knows of a group in the same context; those small pieces are found
 * faster if they are not scattered between our sets.
 */
clk_distinct_set *
clk_distinct_pool_new_set(clk_distinct_pool *pool)
{
	if (pool->nnew_sets == 0)
	{
		uint32		nsets = Max(1, Min(pool->nsets, MOST_NEW_SETS));
		Size		size = nsets * sizeof(clk_distinct_set) + LINE_SIZE;

		/* a set is never freed, so nobody misses the true address */
		pool->new_sets = (clk_distinct_set *)
			TYPEALIGN(LINE_SIZE, MemoryContextAllocZero(pool->context, size));
		pool->nnew_sets = nsets;
		pool->used += size;
	}
	pool->nsets++;
	pool->nnew_sets--;
	return pool->new_sets++;
}

/* Keep the list of large sets right after a change of this one's size. */
static void
pool_list_large(clk_distinct_pool *pool, clk_distinct_set *set)
{
	bool		large = set->memory > pool->limit / 16;

	if (large && !set->is_large && pool->nlarge < CLK_LARGE_SETS)
	{
		pool->large[pool->nlarge++] = set;
		set->is_large = true;
	}
	else if (!large && set->is_large)
	{
		int			i = 0;

		while (pool->large[i] != set)
			i++;
		pool->large[i] = pool->large[--pool->nlarge];
		set->is_large = false;
	}
}

void *
clk_distinct_pool_alloc(clk_distinct_pool *pool, clk_distinct_set *set,
						Size size)
{
	void	   *memory = clk_distinct_pool_resize(pool, set, NULL, 0, size);

	return memset(memory, 0, size);
}

void *
clk_distinct_pool_resize(clk_distinct_pool *pool, clk_distinct_set *set,
						 void *memory, Size size, Size new_size)
{
	if (memory == NULL)
		memory = MemoryContextAllocHuge(pool->context, new_size);
	else
		memory = repalloc_huge(memory, new_size);
	clk_use_huge_pages(memory, new_size);
	pool->used += new_size - size;
	set->memory += new_size - size;
	pool_list_large(pool, set);
	return memory;
}

void
clk_distinct_pool_free(clk_distinct_pool *pool, clk_distinct_set *set,
					   void *memory, Size size)
{
	pfree(memory);
	pool->used -= size;
	set->memory -= size;
	pool_list_large(pool, set);
}

bool
clk_distinct_pool_make_room(clk_distinct_pool *pool, clk_distinct_set *set,
							Size size)
{
	while (pool->used + size > pool->limit)
	{
		clk_distinct_set *victim = set;

		for (int i = 0; i < pool->nlarge; i++)
		{
			if (clk_distinct_can_spill(pool->large[i]) &&
				pool->large[i]->memory > victim->memory)
				victim = pool->large[i];
		}

		if (victim != set)
			clk_distinct_spill(victim, true);
		else if (set->memory + size <= SMALLEST_SPILL ||
				 !clk_distinct_can_spill(set))
			return true;
		else
		{
			clk_distinct_spill(set, false);
			return false;
		}
	}
	return true;
}

bool
clk_distinct_pool_find_room(clk_distinct_pool *pool, clk_distinct_set *set,
							Size size)
{
	(void) clk_distinct_pool_make_room(pool, set, size);
	return pool->used + size <= pool->limit || size <= SMALLEST_SPILL;
}
