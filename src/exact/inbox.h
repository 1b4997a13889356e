/*-------------------------------------------------------------------------
 *
 * inbox.h
 *	  Integers on their way to many exact sets.
 *
 * With hundreds of groups, in no order, each row would wait for the memory of
 * its set.  So the rows are put into an inbox, and now and then dealt out, set by
 * set.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_INBOX_H
#define CLK_INBOX_H

#include "exact/set.h"

/* A value for a set */
typedef struct clk_inbox_value
{
	clk_exact_set *set;
	uint64		value;
} clk_inbox_value;

typedef struct clk_inbox
{
	MemoryContext context;
	uint32		nvalues;
	uint32		size;
	clk_inbox_value *values;
	clk_inbox_value *sorted;	/* room for as many */
	MemoryContextCallback on_reset;
} clk_inbox;

/* The inbox of the last budget that got many sets, as long as it is there, or NULL */
extern clk_inbox *clk_inbox_in_use;

/* The budget has one more set of integers; from a certain number on it has an inbox. */
extern void clk_inbox_consider(clk_budget *budget);

/* Add the values in the inbox, if there is one, to their sets. */
extern void clk_inbox_deal(clk_inbox *inbox);

/*
 * Add an integer to a set that the aggregate calling us owns.
 *
 * That aggregate tells us whose inbox it may be; to ask the set would be to wait
 * for it.
 */
static inline void
clk_inbox_add(FunctionCallInfo fcinfo, clk_exact_set *set, int64 integer)
{
	clk_inbox  *inbox = clk_inbox_in_use;
	uint64		value = (uint64) integer;
	MemoryContext context;

	if (inbox == NULL || !AggCheckCallContext(fcinfo, &context) ||
		context != inbox->context)
	{
		clk_exact_add(set, &value, CLK_KEY_INTEGER);
		return;
	}

	inbox->values[inbox->nvalues].set = set;
	inbox->values[inbox->nvalues].value = value;
	if (++inbox->nvalues == inbox->size)
		clk_inbox_deal(inbox);
}

#endif							/* CLK_INBOX_H */
