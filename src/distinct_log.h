/*-------------------------------------------------------------------------
 *
 * distinct_log.h
 *	  Integers on their way to many distinct sets.
 *
 * With thousands of groups, in no order, each row would wait for the memory of
 * its set.  So the rows are logged, and now and then dealt out, set by set.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_DISTINCT_LOG_H
#define CLK_DISTINCT_LOG_H

#include "distinct_add.h"

/* A value for a set */
typedef struct clk_logged_value
{
	clk_distinct_set *set;
	uint64		value;
} clk_logged_value;

typedef struct clk_distinct_log
{
	uint32		nvalues;
	uint32		size;
	clk_logged_value *values;
	clk_logged_value *sorted;	/* room for as many */
} clk_distinct_log;

/* The one pool that keeps a log at the moment, or NULL */
extern clk_distinct_pool *clk_distinct_logging;

/* The pool has one more set; from a certain number on it keeps a log. */
extern void clk_distinct_log_consider(clk_distinct_pool *pool);

/* Add the logged values to their sets. */
extern void clk_distinct_log_deal(clk_distinct_pool *pool);

/* The pool is going away, and its log with it. */
extern void clk_distinct_log_end(clk_distinct_pool *pool);

/*
 * Add an integer to a set that the aggregate calling us owns.
 *
 * That aggregate tells us the pool; to ask the set would be to wait for it.
 */
static inline void
clk_distinct_log_integer(FunctionCallInfo fcinfo, clk_distinct_set *set,
						 int64 value)
{
	clk_distinct_pool *pool = clk_distinct_logging;
	MemoryContext context;

	if (pool == NULL || !AggCheckCallContext(fcinfo, &context) ||
		context != pool->context)
	{
		clk_distinct_add_integer(set, value);
		return;
	}

	pool->log->values[pool->log->nvalues].set = set;
	pool->log->values[pool->log->nvalues].value = (uint64) value;
	if (++pool->log->nvalues == pool->log->size)
		clk_distinct_log_deal(pool);
}

#endif							/* CLK_DISTINCT_LOG_H */
