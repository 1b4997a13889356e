/*-------------------------------------------------------------------------
 *
 * distinct_log.c
 *	  Integers on their way to many distinct sets.
 *
 * The log belongs to one pool, never to the backend: if adding to a set fails,
 * it must fail for the query that the set belongs to, and not for another
 * that happened to fill the log.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "compat.h"
#include "distinct_log.h"

/* Fewer sets than this are in the cache anyway */
#define SETS_TO_LOG_FOR 2048

/* The log takes this part of the pool's memory, within limits */
#define LOG_SHARE 16
#define LEAST_VALUES 2048
#define MOST_VALUES (64 * 1024)

/* Logged values are sorted by so many bits of the address of the set */
#define SORT_BITS 11

/* How many values ahead a set, and then its pending keys, are fetched */
#define FETCH_SET 24
#define FETCH_PENDING 12

clk_distinct_pool *clk_distinct_logging = NULL;

void
clk_distinct_log_consider(clk_distinct_pool *pool)
{
	clk_distinct_log *log;
	Size		size;

	if (pool->nsets < SETS_TO_LOG_FOR || clk_distinct_logging != NULL)
		return;

	size = pool->limit / LOG_SHARE / (2 * sizeof(clk_logged_value));
	size = Max(LEAST_VALUES, Min(size, MOST_VALUES));
	log = MemoryContextAllocZero(pool->context, sizeof(clk_distinct_log));
	log->values = MemoryContextAlloc(pool->context,
									 size * sizeof(clk_logged_value));
	log->sorted = MemoryContextAlloc(pool->context,
									 size * sizeof(clk_logged_value));
	log->size = (uint32) size;
	pool->log = log;
	clk_distinct_logging = pool;
}

void
clk_distinct_log_end(clk_distinct_pool *pool)
{
	if (clk_distinct_logging == pool)
		clk_distinct_logging = NULL;
}

/* Sort the log so that the values of a set are close together. */
static void
sort_log(clk_distinct_log *log)
{
	uint32		start[(1 << SORT_BITS) + 1] = {0};

#define PART(i) \
	(((uintptr_t) log->values[i].set * UINT64CONST(0x9E3779B97F4A7C15)) >> \
	 (64 - SORT_BITS))

	for (uint32 i = 0; i < log->nvalues; i++)
		start[PART(i) + 1]++;
	for (int part = 0; part < 1 << SORT_BITS; part++)
		start[part + 1] += start[part];
	for (uint32 i = 0; i < log->nvalues; i++)
		log->sorted[start[PART(i)]++] = log->values[i];

#undef PART
}

void
clk_distinct_log_deal(clk_distinct_pool *pool)
{
	clk_distinct_log *log = pool->log;
	uint32		nvalues;

	if (log == NULL || log->nvalues == 0)
		return;

	sort_log(log);
	nvalues = log->nvalues;
	log->nvalues = 0;
	for (uint32 i = 0; i < nvalues; i++)
	{
		if (i % 4096 == 0)
			CHECK_FOR_INTERRUPTS();
		if (i + FETCH_SET < nvalues)
		{
			const clk_distinct_set *set = log->sorted[i + FETCH_SET].set;

			__builtin_prefetch(set, 1);
			__builtin_prefetch(&set->multiplier, 1);
		}
		if (i + FETCH_PENDING < nvalues)
		{
			const clk_distinct_set *set = log->sorted[i + FETCH_PENDING].set;

			__builtin_prefetch(set->pending + set->npending, 1);
		}
		clk_distinct_add_integer(log->sorted[i].set,
								 (int64) log->sorted[i].value);
	}
}
