/*-------------------------------------------------------------------------
 *
 * runs.c
 *	  Runs of an exact set: how they are written, made fewer, and read.
 *
 * When there are more runs than can be merged at a time, and a quarter more, the
 * smallest quarter is merged into one.  So each key is rewritten a logarithmic
 * number of times, and no merge reads more runs than it has buffers for.  The place
 * of what was merged is used again, and is a small part of the file.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact/runs.h"

/* A run while it is read */
typedef struct run_cursor
{
	uint64		key[2];			/* of a packed text, the second word is not
								 * used */
	const char *text;			/* bytes of a text, else NULL */
	uint32		length;
	const clk_table *table;		/* where it is one */
	const uint64 *slot;			/* the next there */
	clk_temp_file *file;
	int64		place;			/* of what is not in the buffer yet */
	int64		unread;			/* bytes from there on */
	char	   *buffer;
	Size		buffer_size;
	Size		at;				/* of the next key in the buffer */
	Size		end;
} run_cursor;

/* A run while it is written */
typedef struct run_writer
{
	clk_packer	packer;
	clk_temp_file *file;
	int64		place;			/* of what is in the packer */
} run_writer;

/* Have "size" bytes of the run in the buffer.  False if it has not so many. */
static bool
cursor_load(run_cursor *cursor, Size size)
{
	Size		kept = cursor->end - cursor->at;
	Size		piece;

	if (likely(kept >= size))
		return true;
	if (kept + cursor->unread < size)
	{
		/*
		 * we wrote whole keys; what was received is looked at by
		 * clk_run_check()
		 */
		if (cursor->file != NULL && kept + cursor->unread > 0)
			elog(ERROR, "run of an exact set is cut off");
		return false;
	}

	memmove(cursor->buffer, cursor->buffer + cursor->at, kept);
	if (cursor->buffer_size < size)
	{
		cursor->buffer = repalloc_huge(cursor->buffer, size);
		cursor->buffer_size = size;
	}
	piece = Min(cursor->buffer_size - kept, (Size) cursor->unread);
	clk_temp_file_read(cursor->file, cursor->place, cursor->buffer + kept, piece);
	cursor->place += piece;
	cursor->unread -= piece;
	cursor->at = 0;
	cursor->end = kept + piece;
	return true;
}

/* Go to the next key of a table.  The last slot has the greatest key, if that is there. */
static pg_attribute_always_inline bool
cursor_next_slot(run_cursor *cursor, clk_key_kind kind)
{
	const uint64 *slot = cursor->slot;
	const uint64 *last = clk_table_last(cursor->table, kind);

	for (; slot < last && clk_key_is_max(slot, kind); slot += CLK_KEY_WORDS(kind))
	{
		if (kind == CLK_KEY_TEXT && last - slot > 2 * CLK_FETCH_TEXT)
			__builtin_prefetch(clk_key_text(slot + 2 * CLK_FETCH_TEXT));
	}
	if (slot > last || (slot == last && !cursor->table->has_max))
		return false;
	if (kind == CLK_KEY_TEXT)
	{
		if (last - slot > 2 * CLK_FETCH_TEXT)
			__builtin_prefetch(clk_key_text(slot + 2 * CLK_FETCH_TEXT));
		cursor->text = clk_key_text(slot)->bytes;
		cursor->length = clk_key_text(slot)->length;
	}
	clk_key_copy(cursor->key, slot, kind);
	cursor->slot = slot + CLK_KEY_WORDS(kind);
	return true;
}

/* Go to the next key.  False at the end of the run, or where a packed key is cut off. */
static pg_attribute_always_inline bool
cursor_next(run_cursor *cursor, clk_key_kind kind)
{
	Size		size = kind == CLK_KEY_TEXT ? CLK_TEXT_HEADER : CLK_KEY_SIZE(kind);
	const char *packed;

	if (cursor->table != NULL)
		return cursor_next_slot(cursor, kind);
	if (!cursor_load(cursor, size))
		return false;
	packed = cursor->buffer + cursor->at;
	if (kind == CLK_KEY_TEXT)
	{
		memcpy(cursor->key, packed, sizeof(uint64));
		memcpy(&cursor->length, packed + sizeof(uint64), sizeof(uint32));
		if (!cursor_load(cursor, size + cursor->length))
			return false;
		cursor->text = cursor->buffer + cursor->at + size;
		size += cursor->length;
	}
	else
		clk_key_unpack(packed, cursor->key, kind);
	cursor->at += size;
	return true;
}

static void
cursor_open(run_cursor *cursor, clk_temp_file *file, const clk_run *run)
{
	memset(cursor, 0, sizeof(*cursor));
	if (run->size < 0)
	{
		cursor->table = (const clk_table *) run->bytes;
		cursor->slot = cursor->table->slots;
	}
	else if (run->bytes != NULL)
	{
		cursor->buffer = unconstify(char *, run->bytes);
		cursor->end = run->size;
	}
	else
	{
		cursor->file = file;
		cursor->place = run->place;
		cursor->unread = run->size;
		cursor->buffer_size = Min(run->size, BLCKSZ);
		cursor->buffer = palloc(cursor->buffer_size);
	}
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
		if (child + 1 < nheap && cursor_compare(heap[child + 1], heap[child], kind) < 0)
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

/* Tell of each key of some cursors once.  Returns how many there were. */
static pg_attribute_always_inline int64
merge_cursors(run_cursor *cursors, int ncursors, clk_run_emit emit, void *arg, clk_key_kind kind)
{
	run_cursor **heap = palloc(ncursors * sizeof(run_cursor *));
	int			nheap = 0;
	int64		nkeys = 0;

	for (int i = 0; i < ncursors; i++)
	{
		if (cursor_next(&cursors[i], kind))
			heap[nheap++] = &cursors[i];
	}
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
			while (child < nheap && cursor_compare(heap[child], least, kind) == 0)
				nheap = heap_advance(heap, nheap, child, kind);
		}
		nheap = heap_advance(heap, nheap, 0, kind);
	}
	pfree(heap);
	return nkeys;
}

/* Tell of each key in some runs, and in another unless that is NULL. */
static int64
merge(clk_temp_file *file, clk_key_kind kind, const clk_run *runs, int nruns, const clk_run *other,
	  clk_run_emit emit, void *arg)
{
	run_cursor *cursors = palloc((nruns + 1) * sizeof(run_cursor));
	int			ncursors = nruns;
	int64		nkeys;

	for (int i = 0; i < nruns; i++)
		cursor_open(&cursors[i], file, &runs[i]);
	if (other != NULL)
		cursor_open(&cursors[ncursors++], file, other);

	nkeys = kind == CLK_KEY_TEXT ? merge_cursors(cursors, ncursors, emit, arg, CLK_KEY_TEXT) :
		CLK_FOR_KIND(kind, merge_cursors, cursors, ncursors, emit, arg);

	for (int i = 0; i < ncursors; i++)
	{
		if (cursors[i].file != NULL)
			pfree(cursors[i].buffer);
	}
	pfree(cursors);
	return nkeys;
}

void
clk_packer_put(void *arg, const uint64 *key, const char *text, uint32 length)
{
	clk_packer *packer = arg;
	Size		size = text != NULL ? CLK_TEXT_HEADER + (Size) length : CLK_KEY_SIZE(packer->kind);
	char	   *to;

	if (unlikely(size > packer->size - packer->used))
		packer->make_room(packer, size);
	to = packer->bytes + packer->used;
	packer->used += size;
	if (text == NULL)
		memcpy(to, key, size);
	else
	{
		memcpy(to, key, sizeof(uint64));
		memcpy(to + sizeof(uint64), &length, sizeof(uint32));
		memcpy(to + CLK_TEXT_HEADER, text, length);
	}
}

/* Write what is in the packer. */
static void
writer_flush(clk_packer *packer, Size size)
{
	run_writer *writer = (run_writer *) packer;

	clk_temp_file_write(writer->file, writer->place, packer->bytes, packer->used);
	writer->place += packer->used;
	packer->used = 0;
	if (size > packer->size)
	{
		packer->bytes = repalloc_huge(packer->bytes, size);
		packer->size = size;
	}
}

clk_run
clk_run_write_merged(clk_temp_file *file, clk_key_kind kind, const clk_run *runs, int nruns, int64 most)
{
	clk_run		run = {NULL, clk_temp_file_claim(file, most), 0};
	run_writer	writer = {{kind, palloc(CLK_WRITER_SIZE), 0, CLK_WRITER_SIZE, writer_flush}, file, run.place};

	(void) merge(file, kind, runs, nruns, NULL, clk_packer_put, &writer);
	writer_flush(&writer.packer, 0);
	pfree(writer.packer.bytes);
	run.size = writer.place - run.place;
	Assert(run.size <= most);
	clk_temp_file_give_back(file, writer.place, most - run.size);
	return run;
}

clk_run
clk_run_write(clk_temp_file *file, const char *packed, int64 size)
{
	clk_run		run = {NULL, clk_temp_file_claim(file, size), size};

	clk_temp_file_write(file, run.place, packed, size);
	return run;
}

void
clk_runs_add(clk_runs *runs, clk_account *account, clk_run run)
{
	if (runs->nruns == runs->size)
	{
		int			new_size = Max(8, 2 * runs->size);

		runs->runs = clk_account_resize(account, runs->runs, runs->size * sizeof(clk_run),
										new_size * sizeof(clk_run));
		runs->size = new_size;
	}
	runs->runs[runs->nruns++] = run;
}

/* How many runs may be merged at a time */
static int
merge_width(const clk_runs *runs, const clk_budget *budget)
{
	Size		memory = Max(budget->limit / 4, CLK_MERGE_MEMORY);
	Size		width = memory / (BLCKSZ + (Size) runs->longest);

	return (int) Max(2, Min(width, CLK_MOST_RUNS));
}

/* Larger runs first */
static int
compare_sizes(const void *a, const void *b)
{
	int64		a_size = ((const clk_run *) a)->size;
	int64		b_size = ((const clk_run *) b)->size;

	return a_size > b_size ? -1 : a_size < b_size;
}

/* Make one run of the smallest. */
static void
merge_smallest(clk_runs *runs, clk_account *account, clk_key_kind kind, int nmerged)
{
	clk_temp_file *file = account->budget->file;
	clk_run    *merged = runs->runs + runs->nruns - nmerged;
	int64		most = 0;
	clk_run		run;

	qsort(runs->runs, runs->nruns, sizeof(clk_run), compare_sizes);
	for (int i = 0; i < nmerged; i++)
		most += merged[i].size;
	run = clk_run_write_merged(file, kind, merged, nmerged, most);

	for (int i = 0; i < nmerged; i++)
	{
		if (merged[i].bytes != NULL)
			clk_account_resize(account, unconstify(char *, merged[i].bytes), merged[i].size, 0);
		else
			clk_temp_file_give_back(file, merged[i].place, merged[i].size);
	}
	runs->nruns -= nmerged - 1;
	*merged = run;
}

void
clk_runs_tidy(clk_runs *runs, clk_account *account, clk_key_kind kind)
{
	int			width = merge_width(runs, account->budget);
	int			quarter = Max(2, width / 4);

	while (runs->nruns >= width + quarter)
		merge_smallest(runs, account, kind, quarter);
}

int64
clk_runs_each(clk_runs *runs, clk_account *account, clk_key_kind kind, const clk_run *other,
			  clk_run_emit emit, void *arg)
{
	int			width;

	if (runs == NULL)
		return merge(account->budget->file, kind, NULL, 0, other, emit, arg);
	width = merge_width(runs, account->budget);
	while (runs->nruns > width)
		merge_smallest(runs, account, kind, Min(width, runs->nruns - width + 1));
	return merge(account->budget->file, kind, runs->runs, runs->nruns, other, emit, arg);
}

static pg_attribute_always_inline int64
check_keys(const clk_run *run, clk_key_kind kind)
{
	int64		nkeys = run->size / (int64) CLK_KEY_SIZE(kind);
	uint64		key[2] = {0, 0};
	uint64		last[2] = {0, 0};

	for (int64 i = 0; i < nkeys; i++)
	{
		if (unlikely(i % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		clk_key_unpack(run->bytes + i * CLK_KEY_SIZE(kind), key, kind);
		if (i > 0 && clk_key_number(key, kind) <= clk_key_number(last, kind))
			return -1;
		clk_key_copy(last, key, kind);
	}
	return nkeys;
}

int64
clk_run_check(const clk_run *run, clk_key_kind kind, uint64 *multiplier, uint32 *longest)
{
	run_cursor	here;
	run_cursor	last;
	int64		ntexts = 0;

	*longest = 0;
	if (kind != CLK_KEY_TEXT)
		return CLK_FOR_KIND(kind, check_keys, run);

	cursor_open(&here, NULL, run);
	for (; cursor_next(&here, CLK_KEY_TEXT); last = here, ntexts++)
	{
		if (unlikely(ntexts % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		if (ntexts > 0 && cursor_compare(&last, &here, CLK_KEY_TEXT) >= 0)
			return -1;
		if (*multiplier != 0 && here.key[0] != clk_key_hash_text(*multiplier, here.text, here.length))
			*multiplier = 0;
		*longest = Max(*longest, here.length);
	}
	return here.at == here.end ? ntexts : -1;
}
