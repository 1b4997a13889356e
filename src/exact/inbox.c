/*-------------------------------------------------------------------------
 *
 * inbox.c
 *	  Integers on their way to many exact sets.
 *
 * An inbox belongs to one budget, never to the backend: if adding to a set fails,
 * it must fail for the query that the set belongs to, and not for another that
 * happened to fill the inbox.  Which one is in use may change at any time: values
 * that wait in another are dealt when its sets are asked.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact/inbox.h"

clk_inbox  *clk_inbox_in_use = NULL;

static void
context_ends(void *arg)
{
	if (clk_inbox_in_use == arg)
		clk_inbox_in_use = NULL;
}

static clk_inbox *
make_inbox(clk_budget *budget)
{
	clk_inbox  *inbox = MemoryContextAllocZero(budget->context, sizeof(clk_inbox));
	Size		size = budget->limit / CLK_INBOX_SHARE / (2 * sizeof(clk_inbox_value));
	Size		bytes;

	size = Max(CLK_LEAST_INBOX, Min(size, CLK_LARGEST_INBOX));
	bytes = size * sizeof(clk_inbox_value);
	inbox->context = budget->context;
	inbox->size = (uint32) size;
	inbox->values = MemoryContextAlloc(budget->context, bytes);
	inbox->sorted = MemoryContextAlloc(budget->context, bytes);
	budget->used += 2 * bytes;
	inbox->on_reset.func = context_ends;
	inbox->on_reset.arg = inbox;
	MemoryContextRegisterResetCallback(budget->context, &inbox->on_reset);
	return inbox;
}

void
clk_inbox_consider(clk_budget *budget)
{
	if (budget->nsets < CLK_SETS_FOR_INBOX)
		return;
	if (budget->inbox == NULL)
		budget->inbox = make_inbox(budget);
	clk_inbox_in_use = budget->inbox;
}

/* The part of the inbox that the values of a set come into */
static inline uint32
part_of(const clk_exact_set *set)
{
	return ((uintptr_t) set * UINT64CONST(0x9E3779B97F4A7C15)) >> (64 - CLK_INBOX_BITS);
}

/* Sort the values so that those of a set are close together. */
static void
sort_values(clk_inbox *inbox)
{
	uint32		start[(1 << CLK_INBOX_BITS) + 1] = {0};

	for (uint32 i = 0; i < inbox->nvalues; i++)
		start[part_of(inbox->values[i].set) + 1]++;
	for (int part = 0; part < 1 << CLK_INBOX_BITS; part++)
		start[part + 1] += start[part];
	for (uint32 i = 0; i < inbox->nvalues; i++)
		inbox->sorted[start[part_of(inbox->values[i].set)]++] = inbox->values[i];
}

void
clk_inbox_deal(clk_inbox *inbox)
{
	uint32		nvalues;

	if (inbox == NULL || inbox->nvalues == 0)
		return;

	sort_values(inbox);
	nvalues = inbox->nvalues;
	inbox->nvalues = 0;
	for (uint32 i = 0; i < nvalues; i++)
	{
		const clk_inbox_value *here = inbox->sorted + i;

		if (i % 4096 == 0)
			CHECK_FOR_INTERRUPTS();
		if (i + CLK_FETCH_SET < nvalues)
			__builtin_prefetch(here[CLK_FETCH_SET].set, 1);
		if (i + CLK_FETCH_LIST < nvalues && here[CLK_FETCH_LIST].set->state == CLK_EXACT_LIST)
		{
			const clk_list *list = &here[CLK_FETCH_LIST].set->list;

			__builtin_prefetch(list->keys + list->nkeys, 1);
		}
		clk_exact_add(here->set, &here->value, CLK_KEY_INTEGER);
	}
}
