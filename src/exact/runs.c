/*-------------------------------------------------------------------------
 *
 * runs.c
 *	  Runs of an exact set: how they are written, kept and made fewer.
 *
 * When there are more runs than can be merged at a time, and a quarter more, the
 * smallest quarter is merged into one.  So each key is rewritten a logarithmic
 * number of times, and no merge reads more runs than it has buffers for.  The place
 * of what was merged is used again, and is a small part of the file.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "exact/runs.h"

struct clk_run_writer
{
	clk_temp_file *file;
	clk_key_kind kind;
	int64		place;
	int64		most;
	int64		written;		/* bytes, with those in the buffer */
	Size		used;
	char		buffer[CLK_WRITER_SIZE];
};

clk_run_writer *
clk_run_begin(clk_temp_file *file, clk_key_kind kind, int64 most)
{
	clk_run_writer *writer = palloc(sizeof(clk_run_writer));

	writer->file = file;
	writer->kind = kind;
	writer->place = clk_temp_file_claim(file, most);
	writer->most = most;
	writer->written = 0;
	writer->used = 0;
	return writer;
}

/* Write what is in the buffer. */
static void
flush(clk_run_writer *writer)
{
	clk_temp_file_write(writer->file,
						writer->place + writer->written - writer->used,
						writer->buffer, writer->used);
	writer->used = 0;
}

static void
put_bytes(clk_run_writer *writer, const void *bytes, Size size)
{
	if (size > CLK_WRITER_SIZE - writer->used)
		flush(writer);
	if (size > CLK_WRITER_SIZE)
		clk_temp_file_write(writer->file, writer->place + writer->written,
							bytes, size);
	else
	{
		memcpy(writer->buffer + writer->used, bytes, size);
		writer->used += size;
	}
	writer->written += size;
}

void
clk_run_put(void *arg, const uint64 *key, const char *text, uint32 length)
{
	clk_run_writer *writer = arg;
	uint8		packed[16];

	clk_store64(packed, key[0]);
	if (text != NULL)
	{
		clk_store32(packed + 8, length);
		put_bytes(writer, packed, CLK_TEXT_HEADER);
		put_bytes(writer, text, length);
	}
	else
	{
		if (writer->kind == CLK_KEY_UUID)
			clk_store64(packed + 8, key[1]);
		put_bytes(writer, packed, CLK_KEY_SIZE(writer->kind));
	}
}

clk_run
clk_run_end(clk_run_writer *writer)
{
	clk_run		run = {NULL, writer->place, writer->written};

	flush(writer);
	Assert(writer->written <= writer->most);
	clk_temp_file_give_back(writer->file, writer->place + writer->written,
							writer->most - writer->written);
	pfree(writer);
	return run;
}

clk_run
clk_run_write(clk_temp_file *file, const void *packed, int64 size)
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

		runs->runs = clk_account_resize(account, runs->runs,
										runs->size * sizeof(clk_run),
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

/* Give back what a run took. */
static void
free_run(clk_account *account, clk_run *run)
{
	if (run->bytes != NULL)
		clk_account_free(account, unconstify(char *, run->bytes), run->size);
	else
		clk_temp_file_give_back(account->budget->file, run->place, run->size);
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
merge_smallest(clk_runs *runs, clk_account *account, clk_key_kind kind,
			   int nmerged)
{
	clk_temp_file *file = account->budget->file;
	clk_run    *merged = runs->runs + runs->nruns - nmerged;
	clk_run_writer *writer;
	int64		most = 0;
	clk_run		run;

	qsort(runs->runs, runs->nruns, sizeof(clk_run), compare_sizes);
	for (int i = 0; i < nmerged; i++)
		most += merged[i].size;
	writer = clk_run_begin(file, kind, most);
	(void) clk_runs_merge(file, kind, merged, nmerged, clk_run_put, writer);
	run = clk_run_end(writer);

	for (int i = 0; i < nmerged; i++)
		free_run(account, &merged[i]);
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

void
clk_runs_gather(clk_runs *runs, clk_account *account, clk_key_kind kind)
{
	int			width = merge_width(runs, account->budget);

	while (runs->nruns > width)
		merge_smallest(runs, account, kind,
					   Min(width, runs->nruns - width + 1));
}
