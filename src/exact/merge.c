/*-------------------------------------------------------------------------
 *
 * merge.c
 *	  Runs of an exact set, read side by side so that each key is met once.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact/merge.h"

/* A run while it is read */
typedef struct run_cursor
{
	uint64		key[2];			/* of a text, the second word is not used */
	const char *text;			/* bytes of a text, else NULL */
	uint32		length;
	clk_temp_file *file;
	int64		place;			/* of what is not in the buffer yet */
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
		elog(ERROR, "run of an exact set is cut off");

	memmove(cursor->buffer, cursor->buffer + cursor->at, kept);
	if (cursor->buffer_size < size)
	{
		cursor->buffer = repalloc_huge(cursor->buffer, size);
		cursor->buffer_size = size;
	}
	piece = Min(cursor->buffer_size - kept, (Size) cursor->unread);
	clk_temp_file_read(cursor->file, cursor->place, cursor->buffer + kept,
					   piece);
	cursor->place += piece;
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
		CLK_KEY_SIZE(kind);
	const char *packed;

	if (!cursor_load(cursor, size))
		return false;
	packed = cursor->buffer + cursor->at;
	if (kind != CLK_KEY_TEXT)
	{
		clk_key_unpack(packed, cursor->key, kind);
		cursor->at += size;
		return true;
	}

	cursor->key[0] = clk_load64((const uint8 *) packed);
	cursor->length = clk_load32((const uint8 *) packed + 8);
	cursor_load(cursor, size + cursor->length);
	cursor->text = cursor->buffer + cursor->at + size;
	cursor->at += size + cursor->length;
	return true;
}

static void
cursor_open(run_cursor *cursor, clk_temp_file *file, const clk_run *run)
{
	memset(cursor, 0, sizeof(run_cursor));
	if (run->bytes != NULL)
	{
		cursor->buffer = unconstify(char *, run->bytes);
		cursor->end = run->size;
		return;
	}
	cursor->file = file;
	cursor->place = run->place;
	cursor->unread = run->size;
	cursor->buffer_size = Min(run->size, BLCKSZ);
	cursor->buffer = palloc(cursor->buffer_size);
}

/* Negative, zero or positive, as the key of the first cursor is to the other's */
static pg_attribute_always_inline int
cursor_compare(const run_cursor *a, const run_cursor *b, clk_key_kind kind)
{
	if (a->key[0] != b->key[0])
		return a->key[0] < b->key[0] ? -1 : 1;
	if (kind == CLK_KEY_INTEGER)
		return 0;
	if (kind == CLK_KEY_TEXT)
		return clk_key_compare_texts(a->text, a->length, b->text, b->length);
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
		   clk_run_emit emit, void *arg)
{
	int64		nkeys = 0;

	for (int at = nheap / 2 - 1; at >= 0; at--)
		heap_sink(heap, nheap, at, kind);

	while (nheap > 0)
	{
		run_cursor *least = heap[0];

		if (unlikely(nkeys++ % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
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

int64
clk_runs_merge(clk_temp_file *file, clk_key_kind kind, const clk_run *runs,
			   int nruns, clk_run_emit emit, void *arg)
{
	run_cursor *cursors = palloc(nruns * sizeof(run_cursor));
	run_cursor **heap = palloc(nruns * sizeof(run_cursor *));
	int			nheap = 0;
	int64		nkeys = 0;

	for (int i = 0; i < nruns; i++)
	{
		cursor_open(&cursors[i], file, &runs[i]);
		if (cursor_next(&cursors[i], kind))
			heap[nheap++] = &cursors[i];
	}

	switch (kind)
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
		if (runs[i].bytes == NULL)
			pfree(cursors[i].buffer);
	}
	pfree(cursors);
	pfree(heap);
	return nkeys;
}
