/*-------------------------------------------------------------------------
 *
 * temp_file.c
 *	  The temporary file that the exact sets of a memory context share.
 *
 * Who owns what, and who ends first:
 *
 *		sets, budgets,	belong to the aggregate's memory context, and are freed
 *		inboxes			with it, never one by one by anybody else
 *		clk_temp_file	likewise, with the BufFile's own memory
 *		the open file	belongs to the resource owner that was the current one
 *						when it was made, the query's
 *
 * Either may end first.  At the end of a query the context does: then we close
 * the file, and the resource owner forgets it.  When a query fails, the
 * resource owner does: it closes the file, while the context of a cursor lives
 * on until CLOSE or the end of the transaction, that of a function until it is
 * called again.  By then the number of the file may be another table's, so we
 * must know: forget_files() is told before an owner closes its files.
 *
 * Nothing that is static outlives what it points to: a file is on the list of
 * open files as long as its context, which calls context_ends() first.
 *
 * The other way, a file that belongs to no owner, would have us close it while a
 * transaction aborts, when what is left to be written may fail and must not;
 * and it would not be put where temp_tablespaces says.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "compat.h"
#include "exact/limits.h"
#include "exact/temp_file.h"

/* A place in the file that is not in use */
typedef struct free_place
{
	int64		place;
	int64		size;
} free_place;

struct clk_temp_file
{
	MemoryContext context;
	BufFile    *file;			/* NULL until something is written */
	ResourceOwner owner;		/* of the open file */
	bool		owner_ended;	/* it has closed the file */
	bool		is_complete;	/* nothing is left to be written */
	int64		end;
	free_place	free[CLK_FREE_PLACES];	/* in no order */
	int			nfree;
	MemoryContextCallback on_reset;
	struct clk_temp_file *next;
};

/* All files that have been opened and whose context is there */
static clk_temp_file *open_files = NULL;

/*
 * A resource owner is about to close its files: they are not ours any more.
 *
 * In the first phase, since files are closed in the last, before or after
 * callbacks are called.
 */
static void
forget_files(ResourceReleasePhase phase, bool is_commit pg_attribute_unused(),
			 bool is_top_level pg_attribute_unused(), void *arg pg_attribute_unused())
{
	if (phase != RESOURCE_RELEASE_BEFORE_LOCKS)
		return;
	for (clk_temp_file *file = open_files; file != NULL; file = file->next)
	{
		if (file->owner == CurrentResourceOwner)
		{
			file->owner = NULL;
			file->owner_ended = true;
		}
	}
}

/*
 * The memory context is about to go away: close the file, if it is ours to do.
 *
 * While a transaction aborts the owner will do it.  So it must if a write has
 * failed: to close the file would be to try once more.
 */
static void
context_ends(void *arg)
{
	clk_temp_file *file = arg;
	clk_temp_file **link = &open_files;

	while (*link != file)
		link = &(*link)->next;
	*link = file->next;

	if (!file->owner_ended && file->is_complete && IsTransactionState())
		BufFileClose(file->file);
}

clk_temp_file *
clk_temp_file_create(MemoryContext context)
{
	clk_temp_file *file = MemoryContextAllocZero(context, sizeof(clk_temp_file));

	file->context = context;
	return file;
}

/* The first place that is large enough is used again. */
int64
clk_temp_file_claim(clk_temp_file *file, int64 size)
{
	free_place *first = NULL;
	int64		place;

	for (int i = 0; i < file->nfree; i++)
	{
		if (file->free[i].size >= size && (first == NULL || file->free[i].place < first->place))
			first = &file->free[i];
	}
	if (first == NULL)
	{
		place = file->end;
		file->end += size;
		return place;
	}
	place = first->place;
	first->place += size;
	first->size -= size;
	if (first->size == 0)
		*first = file->free[--file->nfree];
	return place;
}

/* Places next to each other are joined; where there are too many, the smallest is forgotten. */
void
clk_temp_file_give_back(clk_temp_file *file, int64 place, int64 size)
{
	free_place *to = file->free;

	for (int i = 0; i < file->nfree; i++)
	{
		free_place *other = &file->free[i];

		if (other->place + other->size == place || place + size == other->place)
		{
			place = Min(place, other->place);
			size += other->size;
			*other = file->free[--file->nfree];
			i = -1;				/* it may have another neighbour */
		}
	}
	if (place + size == file->end)
	{
		file->end = place;
		return;
	}
	if (size == 0)
		return;

	if (file->nfree < CLK_FREE_PLACES)
		to = &file->free[file->nfree++];
	else
	{
		for (int i = 1; i < file->nfree; i++)
		{
			if (file->free[i].size < to->size)
				to = &file->free[i];
		}
		if (size <= to->size)
			return;
	}
	to->place = place;
	to->size = size;
}

static void
open_file(clk_temp_file *file)
{
	static bool registered = false;
	MemoryContext old = MemoryContextSwitchTo(file->context);

	if (!registered)
		RegisterResourceReleaseCallback(forget_files, NULL);
	registered = true;

	/* not across transactions: in temp_tablespaces, and closed on failure */
	file->file = BufFileCreateTemp(false);
	file->owner = CurrentResourceOwner;
	file->next = open_files;
	open_files = file;
	file->on_reset.func = context_ends;
	file->on_reset.arg = file;
	MemoryContextRegisterResetCallback(file->context, &file->on_reset);
	MemoryContextSwitchTo(old);
}

/* Go to a place in the file, which must be open. */
static void
seek(clk_temp_file *file, int64 place)
{
	if (file->owner_ended)
		elog(ERROR, "temporary file of an exact set has been closed");
	if (BufFileSeek(file->file, 0, place, SEEK_SET) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not seek in temporary file")));
}

void
clk_temp_file_write(clk_temp_file *file, int64 place, const void *bytes, Size size)
{
	if (file->file == NULL)
		open_file(file);

	file->is_complete = false;
	seek(file, place);
	for (Size at = 0; at < size; at += CLK_BYTES_AT_A_TIME)
	{
		CHECK_FOR_INTERRUPTS();
		BufFileWrite(file->file, unconstify(char *, (const char *) bytes) + at,
					 Min(size - at, CLK_BYTES_AT_A_TIME));
	}
	/* reading begins with writing what is in the buffer: let that fail now */
	if (BufFileRead(file->file, NULL, 0) != 0)
		elog(ERROR, "more was read from a temporary file than was asked for");
	file->is_complete = true;
}

void
clk_temp_file_read(clk_temp_file *file, int64 place, void *bytes, Size size)
{
	CHECK_FOR_INTERRUPTS();
	seek(file, place);
	if (BufFileRead(file->file, bytes, size) != size)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read from temporary file")));
}
