/*-------------------------------------------------------------------------
 *
 * distinct_merge.c
 *	  The sorted runs of a distinct set, read side by side so that each key is
 *	  met once.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"
#include "distinct_annex.h"

/* A run while it is read */
typedef struct run_cursor
{
	uint64		key[2];			/* of a text, the second word is not used */
	const char *text;			/* bytes of a text, else NULL */
	uint32		length;
	clk_distinct_set *set;
	clk_file_place place;		/* of what is not in the buffer yet */
	int64		unread;			/* bytes from there on */
	char	   *buffer;
	Size		buffer_size;
	Size		at;				/* of the next key in the buffer */
	Size		end;
} run_cursor;

/* Have "size" bytes of the run in the buffer.  False at the end of the run. */
static bool
cursor_load(run_cursor *cursor, Size size)
{
	Size		kept = cursor->end - cursor->at;
	Size		piece;

	if (likely(kept >= size))
		return true;
	if (kept + cursor->unread == 0)
		return false;

	if (kept + cursor->unread < size)
		elog(ERROR, "run of a distinct set is cut off");

	memmove(cursor->buffer, cursor->buffer + cursor->at, kept);
	if (cursor->buffer_size < size)
	{
		cursor->buffer = repalloc_huge(cursor->buffer, size);
		cursor->buffer_size = size;
	}
	piece = Min(cursor->buffer_size - kept, (Size) cursor->unread);
	clk_temp_file_read(cursor->set->pool->file, &cursor->place,
					   cursor->buffer + kept, piece);
	cursor->unread -= piece;
	cursor->at = 0;
	cursor->end = kept + piece;
	return true;
}

/* Go to the next key.  False at the end of the run. */
static pg_attribute_always_inline bool
cursor_next(run_cursor *cursor, clk_key_kind kind)
{
	Size		size = kind == CLK_KEY_TEXT ? CLK_TEXT_HEADER :
		CLK_KEY_WORDS(kind) * sizeof(uint64);

	if (!cursor_load(cursor, size))
		return false;
	if (kind != CLK_KEY_TEXT)
	{
		clk_distinct_unpack_key(cursor->buffer + cursor->at, cursor->key, kind);
		cursor->at += size;
		return true;
	}

	cursor->key[0] = clk_distinct_get_word(cursor->buffer + cursor->at);
	cursor->length = clk_distinct_get_length(cursor->buffer + cursor->at + 8);
	cursor_load(cursor, size + cursor->length);
	cursor->text = cursor->buffer + cursor->at + size;
	cursor->at += size + cursor->length;
	return true;
}

static void
cursor_open(run_cursor *cursor, clk_distinct_set *set,
			const clk_distinct_run *run)
{
	memset(cursor, 0, sizeof(run_cursor));
	cursor->set = set;
	cursor->place = run->place;
	if (run->packed != NULL)
	{
		cursor->buffer = unconstify(char *, run->packed);
		cursor->end = run->size;
		return;
	}
	cursor->unread = run->size;
	cursor->buffer_size = Min(run->size, BLCKSZ);
	cursor->buffer = palloc(cursor->buffer_size);
}

/* Which of two cursors is at the lesser key? */
static pg_attribute_always_inline int
cursor_compare(const run_cursor *a, const run_cursor *b, clk_key_kind kind)
{
	if (a->key[0] != b->key[0])
		return a->key[0] < b->key[0] ? -1 : 1;
	if (kind == CLK_KEY_INTEGER)
		return 0;
	if (kind == CLK_KEY_TEXT)
		return clk_distinct_compare_text(a->text, a->length,
										 b->text, b->length);
	return a->key[1] < b->key[1] ? -1 : a->key[1] > b->key[1];
}

/* Let heap[at] sink to where no child is less. */
static pg_attribute_always_inline void
heap_sink(run_cursor **heap, int nheap, int at, clk_key_kind kind)
{
	run_cursor *sinking = heap[at];

	for (;;)
	{
		int			child = 2 * at + 1;

		if (child >= nheap)
			break;
		if (child + 1 < nheap &&
			cursor_compare(heap[child + 1], heap[child], kind) < 0)
			child++;
		if (cursor_compare(sinking, heap[child], kind) <= 0)
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = sinking;
}

/* Move the cursor at heap[at] on.  Returns the size of the heap. */
static pg_attribute_always_inline int
heap_advance(run_cursor **heap, int nheap, int at, clk_key_kind kind)
{
	if (!cursor_next(heap[at], kind))
		heap[at] = heap[--nheap];
	if (at < nheap)
		heap_sink(heap, nheap, at, kind);
	return nheap;
}

/* Tell of each key in the heap once.  Returns how many there were. */
static pg_attribute_always_inline int64
merge_heap(run_cursor **heap, int nheap, clk_key_kind kind,
		   clk_distinct_emit emit, void *arg)
{
	int64		nkeys = 0;

	for (int at = nheap / 2 - 1; at >= 0; at--)
		heap_sink(heap, nheap, at, kind);

	while (nheap > 0)
	{
		run_cursor *least = heap[0];

		nkeys++;
		if (emit != NULL)
			emit(arg, least->key, least->text, least->length);

		/* the same key in another run must be a child of the root */
		for (int child = 1; child <= 2; child++)
		{
			while (child < nheap &&
				   cursor_compare(heap[child], least, kind) == 0)
				nheap = heap_advance(heap, nheap, child, kind);
		}
		nheap = heap_advance(heap, nheap, 0, kind);
	}
	return nkeys;
}

/*
 * Tell of each key in some runs of the set once, in ascending order, and
 * return how many there are.
 */
int64
clk_distinct_merge_runs(clk_distinct_set *set, const clk_distinct_run *runs,
						int nruns, clk_distinct_emit emit, void *arg)
{
	run_cursor *cursors = palloc(nruns * sizeof(run_cursor));
	run_cursor **heap = palloc(nruns * sizeof(run_cursor *));
	int			nheap = 0;
	int64		nkeys = 0;

	for (int i = 0; i < nruns; i++)
	{
		cursor_open(&cursors[i], set, &runs[i]);
		if (cursor_next(&cursors[i], set->kind))
			heap[nheap++] = &cursors[i];
	}

	switch (set->kind)
	{
		case CLK_KEY_INTEGER:
			nkeys = merge_heap(heap, nheap, CLK_KEY_INTEGER, emit, arg);
			break;
		case CLK_KEY_UUID:
			nkeys = merge_heap(heap, nheap, CLK_KEY_UUID, emit, arg);
			break;
		case CLK_KEY_TEXT:
			nkeys = merge_heap(heap, nheap, CLK_KEY_TEXT, emit, arg);
			break;
	}

	for (int i = 0; i < nruns; i++)
	{
		if (runs[i].packed == NULL)
			pfree(cursors[i].buffer);
	}
	pfree(cursors);
	pfree(heap);
	return nkeys;
}
