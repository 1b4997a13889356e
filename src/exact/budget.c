/*-------------------------------------------------------------------------
 *
 * budget.c
 *	  What the exact sets of one memory context share.
 *
 * A budget lives in the context that it serves and is found by it, in a list of
 * the few such contexts that a backend has at a time.  When the executor resets
 * the context, between two groups, two batches or at the end, a callback takes
 * the budget off the list.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "miscadmin.h"
#include "utils/memutils.h"

#include "exact/budget.h"
#include "exact/key.h"

#define CACHE_LINE 64

static clk_budget *budgets = NULL;

static void
context_ends(void *arg)
{
	clk_budget **link = &budgets;

	while (*link != arg)
		link = &(*link)->next;
	*link = (*link)->next;
}

clk_budget *
clk_budget_of(MemoryContext context)
{
	clk_budget *budget;

	for (budget = budgets; budget != NULL; budget = budget->next)
	{
		if (budget->context == context)
			return budget;
	}

	budget = MemoryContextAllocZero(context, sizeof(clk_budget));
	budget->context = context;
	budget->limit = get_hash_memory_limit();
	budget->multiplier = clk_key_multiplier();
	budget->file = clk_temp_file_create(context);
	budget->next = budgets;
	budgets = budget;
	budget->on_reset.func = context_ends;
	budget->on_reset.arg = budget;
	MemoryContextRegisterResetCallback(context, &budget->on_reset);
	return budget;
}

/*
 * Sets are made in blocks that grow with their number.  The executor keeps
 * what it knows of a group in the same context; those small pieces are found
 * faster if they are not scattered between our sets.
 */
void *
clk_budget_new_set(clk_budget *budget, Size size)
{
	if (budget->nnew_sets == 0)
	{
		uint32		nsets = Max(1, Min(budget->nsets, CLK_MOST_NEW_SETS));
		Size		bytes = nsets * size + CACHE_LINE;

		/* a set is never freed, so nobody misses the true address */
		budget->new_sets = (char *) TYPEALIGN(CACHE_LINE, MemoryContextAllocZero(budget->context, bytes));
		budget->nnew_sets = nsets;
		budget->used += bytes;
	}
	budget->new_sets += size;
	budget->nnew_sets--;
	budget->nsets++;
	return budget->new_sets - size;
}

/* The executor gives each aggregate an expression; who has none, has no tuple. */
void
clk_budget_note_caller(clk_budget *budget, FunctionCallInfo fcinfo)
{
	Node	   *caller = fcinfo->flinfo->fn_expr;

	if (caller != NULL && !list_member_ptr(budget->callers, caller))
	{
		MemoryContext old = MemoryContextSwitchTo(budget->context);

		budget->callers = lappend(budget->callers, caller);
		MemoryContextSwitchTo(old);
	}
}

/*
 * Ask for huge pages, where Linux gives them to those who ask (the default of most
 * distributions): with pages of 4 kB, each access to a random place of a large
 * table costs a search for the page besides the cache miss.
 */
static void
use_huge_pages(void *memory, Size size)
{
#ifdef MADV_HUGEPAGE
	if (size >= CLK_LEAST_HUGE)
	{
		/*
		 * from the page in which malloc's own header is, else the first is
		 * lost
		 */
		Size		page = sysconf(_SC_PAGESIZE);
		char	   *start = (char *) TYPEALIGN_DOWN(page, memory);
		char	   *end = (char *) TYPEALIGN(page, (char *) memory + size);

		(void) madvise(start, end - start, MADV_HUGEPAGE);
	}
#else
	(void) memory;
	(void) size;
#endif
}

void
clk_budget_resize_scratch(clk_budget *budget, Size size)
{
	if (budget->scratch != NULL)
		pfree(budget->scratch);
	budget->scratch = NULL;
	budget->used -= budget->scratch_size;
	budget->scratch_size = 0;
	budget->scratch = MemoryContextAllocHuge(budget->context, size);
	use_huge_pages(budget->scratch, size);
	budget->used += size;
	budget->scratch_size = size;
}

/* Keep the list of large sets right. */
static void
note_large(clk_account *account)
{
	clk_budget *budget = account->budget;
	bool		large = account->bytes > budget->limit / CLK_LARGE_SHARE;
	int			i = 0;

	while (i < budget->nlarge && budget->large[i] != account)
		i++;
	if (!large && i < budget->nlarge)
		budget->large[i] = budget->large[--budget->nlarge];
	else if (large && i == budget->nlarge && i < CLK_LARGE_SETS)
		budget->large[budget->nlarge++] = account;
}

void *
clk_account_resize(clk_account *account, void *memory, Size size, Size new_size)
{
	clk_budget *budget = account->budget;

	if (new_size > 0)
	{
		memory = memory != NULL ? repalloc_huge(memory, new_size) :
			MemoryContextAllocHuge(budget->context, new_size);
		use_huge_pages(memory, new_size);
	}
	else if (memory != NULL)
	{
		pfree(memory);
		memory = NULL;
	}
	budget->used += new_size - size;
	account->bytes += new_size - size;
	note_large(account);
	return memory;
}

void
clk_copy_bytes(void *to, const void *from, Size size)
{
	for (Size at = 0; at < size; at += CLK_BYTES_AT_A_TIME)
	{
		CHECK_FOR_INTERRUPTS();
		memcpy((char *) to + at, (const char *) from + at, Min(size - at, CLK_BYTES_AT_A_TIME));
	}
}
