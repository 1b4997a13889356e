/*-------------------------------------------------------------------------
 *
 * distinct_spill.c
 *	  A distinct set that does not fit into memory: its table becomes a sorted
 *	  run in the pool's temporary file, and the table starts again.
 *
 * Whenever a set has many runs of the same level they are merged into one of
 * the next, so each key is rewritten a logarithmic number of times, and no
 * merge reads more runs at a time than it has buffers for.
 *
 * A run is a sequence of keys in ascending order, each once: the words of the
 * key, or for a text its hash, its length and its bytes.
 *
 * Why runs, and not a file for each part of the hashes.  Tables and lists are in
 * ascending order anyway, so a run costs no sort; it is written in one piece, and
 * read once more from front to end.  A part that turned out too large would have
 * to be divided again, while runs need a buffer each whatever their size.  And
 * what a worker packed is a run as it is, which merging reads like the others.
 * exact_unique_clicks.bench measures it: 20 M different integers in 64 MB.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "compat.h"
#include "distinct_annex.h"

/* Merges read at most so many runs, in so many bytes of buffers */
#define MOST_RUNS 64
#define MERGE_MEMORY ((Size) 1024 * 1024)

/* A run that comes out of a merge is collected in pieces of this size */
#define WRITER_SIZE (64 * 1024)

typedef struct run_writer
{
	clk_distinct_set *set;
	int64		written;		/* bytes */
	Size		used;
	char		buffer[WRITER_SIZE];
} run_writer;

static run_writer *
writer_begin(clk_distinct_set *set)
{
	run_writer *writer = palloc(sizeof(run_writer));

	writer->set = set;
	writer->written = 0;
	writer->used = 0;
	return writer;
}

static void
writer_flush(run_writer *writer)
{
	clk_temp_file_write(writer->set->pool->file, writer->buffer, writer->used);
	writer->used = 0;
}

/* Write what is left.  Returns how many bytes there were. */
static int64
writer_end(run_writer *writer)
{
	int64		written = writer->written;

	writer_flush(writer);
	pfree(writer);
	return written;
}

static void
writer_put(run_writer *writer, const void *bytes, Size size)
{
	writer->written += size;
	if (size > WRITER_SIZE - writer->used)
		writer_flush(writer);
	if (size > WRITER_SIZE)
		clk_temp_file_write(writer->set->pool->file, bytes, size);
	else
	{
		memcpy(writer->buffer + writer->used, bytes, size);
		writer->used += size;
	}
}

/* Write a key; also told of each key of a merge. */
static void
writer_put_key(void *arg, const uint64 *key, const char *text, uint32 length)
{
	run_writer *writer = arg;
	char		packed[16];
	int			words = CLK_KEY_WORDS(writer->set->kind);

	clk_distinct_put_word(packed, key[0]);
	if (text != NULL)
	{
		clk_distinct_annex *annex = clk_distinct_get_annex(writer->set);

		annex->longest = Max(annex->longest, length);
		clk_distinct_put_length(packed + 8, length);
		writer_put(writer, packed, CLK_TEXT_HEADER);
		writer_put(writer, text, length);
	}
	else
	{
		if (words == 2)
			clk_distinct_put_word(packed + 8, key[1]);
		writer_put(writer, packed, words * 8);
	}
}

/* Enter a run that ends where the file ends now. */
static void
add_run(clk_distinct_set *set, clk_file_place place, int64 size, int level)
{
	clk_distinct_annex *annex = clk_distinct_get_annex(set);

	if (annex->nruns == annex->runs_size)
	{
		int			new_size = Max(8, 2 * annex->runs_size);
		clk_distinct_run *runs;

		runs = clk_distinct_pool_alloc(set->pool, set,
									   new_size * sizeof(clk_distinct_run));
		if (annex->runs != NULL)
		{
			memcpy(runs, annex->runs, annex->nruns * sizeof(clk_distinct_run));
			clk_distinct_pool_free(set->pool, set, annex->runs,
								   annex->runs_size * sizeof(clk_distinct_run));
		}
		annex->runs = runs;
		annex->runs_size = new_size;
	}

	annex->runs[annex->nruns].packed = NULL;
	annex->runs[annex->nruns].place = place;
	annex->runs[annex->nruns].size = size;
	annex->runs[annex->nruns].level = level;
	annex->nruns++;
}

/* Merge runs into one in the file.  Returns its size. */
static int64
write_merged(clk_distinct_set *set, const clk_distinct_run *runs, int nruns)
{
	run_writer *writer = writer_begin(set);

	clk_distinct_merge_runs(set, runs, nruns, writer_put_key, writer);
	return writer_end(writer);
}

/* Make one run of the last ones. */
static void
merge_last_runs(clk_distinct_set *set, int nruns)
{
	clk_distinct_annex *annex = set->annex;
	const clk_distinct_run *runs = annex->runs + annex->nruns - nruns;
	int			level = runs[0].level + 1;
	clk_file_place place = clk_temp_file_end(set->pool->file);
	int64		size = write_merged(set, runs, nruns);

	annex->nruns -= nruns;
	add_run(set, place, size, level);
}

/* How many runs may be merged at a time. */
static int
merge_width(const clk_distinct_set *set)
{
	Size		memory = Max(set->pool->limit / 4, MERGE_MEMORY);
	Size		width = memory / (BLCKSZ + (Size) set->annex->longest);

	return (int) Max(2, Min(width, MOST_RUNS));
}

/* Have no more runs than can be merged at a time. */
static void
gather_runs(clk_distinct_set *set)
{
	int			width = merge_width(set);

	while (set->annex->nruns > width)
		merge_last_runs(set, Min(width, set->annex->nruns - width + 1));
}

/* Tell of each key of a set that spilled; returns how many there are. */
int64
clk_distinct_each_spilled(clk_distinct_set *set, clk_distinct_emit emit,
						  void *arg)
{
	if (clk_distinct_can_spill(set) || set->has_last)
		clk_distinct_spill(set, false);
	gather_runs(set);
	return clk_distinct_merge_runs(set, set->annex->runs, set->annex->nruns,
								   emit, arg);
}

/* Keys of runs that are in the table as well */
typedef struct met_again
{
	const clk_distinct_set *set;
	int64		nkeys;
} met_again;

static void
look_up_key(void *arg, const uint64 *key, const char *text, uint32 length)
{
	met_again  *met = arg;

	if (text != NULL ? clk_distinct_has_text(met->set, key[0], text, length) :
		clk_distinct_has_key(met->set, key))
		met->nkeys++;
}

/*
 * How many keys a set has that spilled.  Nothing is written for that: a window
 * may ask after each row.
 */
int64
clk_distinct_count_spilled(clk_distinct_set *set)
{
	met_again	met = {set, 0};
	int64		in_runs;

	/* a list is hard to look things up in; if it must spill, that is once */
	if (set->slots == NULL && set->npending > 0)
		clk_distinct_insert_pending(set);
	gather_runs(set);
	in_runs = clk_distinct_merge_runs(set, set->annex->runs, set->annex->nruns,
									  look_up_key, &met);
	return in_runs + set->nentries + (set->has_last ? 1 : 0) - met.nkeys;
}

static void
merge_full_levels(clk_distinct_set *set)
{
	clk_distinct_annex *annex = set->annex;
	int			width = merge_width(set);

	while (annex->nruns >= width &&
		   annex->runs[annex->nruns - width].level <=
		   annex->runs[annex->nruns - 1].level)
		merge_last_runs(set, width);
}

/* Write keys in ascending order as a run; nobody needs them afterwards. */
static void
write_keys(clk_distinct_set *set, uint64 *keys, int64 nkeys)
{
	Size		key_size = CLK_KEY_WORDS(set->kind) * sizeof(uint64);
	clk_file_place place = clk_temp_file_end(set->pool->file);

	clk_distinct_to_little_endian(keys, nkeys * CLK_KEY_WORDS(set->kind));
	clk_temp_file_write(set->pool->file, keys, nkeys * key_size);
	add_run(set, place, nkeys * key_size, 0);
}

/* Write texts as a run. */
static void
write_texts(clk_distinct_set *set, const uint64 *keys, int64 nkeys)
{
	clk_file_place place = clk_temp_file_end(set->pool->file);
	run_writer *writer = writer_begin(set);

	for (int64 i = 0; i < nkeys; i++)
	{
		const uint64 *key = keys + 2 * i;
		const clk_distinct_text *text;

		text = (const clk_distinct_text *) (uintptr_t) key[1];
		writer_put_key(writer, key, text->bytes, text->length);
	}
	add_run(set, place, writer_end(writer), 0);
}

bool
clk_distinct_can_spill(const clk_distinct_set *set)
{
	if (set->slots != NULL)
		return set->nentries > 0;
	return set->kind != CLK_KEY_TEXT && set->npending > 0;
}

void
clk_distinct_spill(clk_distinct_set *set, bool release)
{
	if (set->slots == NULL && clk_distinct_can_spill(set))
	{
		clk_distinct_thin_out(set);
		write_keys(set, set->pending, set->npending);
		set->npending = 0;
		if (release)
			clk_distinct_free_pending(set);
	}
	else if (set->nentries > 0 || set->has_last)
	{
		const uint64 *end = clk_distinct_list_table(set, set->slots);
		int64		nkeys = (end - set->slots) / CLK_KEY_WORDS(set->kind);

		if (set->kind == CLK_KEY_TEXT)
			write_texts(set, set->slots, nkeys);
		else
			write_keys(set, set->slots, nkeys);
		set->nentries = 0;
		set->has_last = false;
	}
	else
	{
		/* making room for something may have made it spill just before */
		if (release)
			clk_distinct_free_table(set);
		return;
	}

	if (set->kind == CLK_KEY_TEXT)
		clk_distinct_free_texts(set);
	if (release)
		clk_distinct_free_table(set);
	else if (set->slots != NULL)
		clk_distinct_clear_table(set, set->slot_bits);
	merge_full_levels(set);
}

/* Have packed keys, which are in memory, as a run. */
void
clk_distinct_spill_packed(clk_distinct_set *set, const clk_distinct_run *run)
{
	clk_file_place place = clk_temp_file_end(set->pool->file);

	add_run(set, place, write_merged(set, run, 1), 0);
	merge_full_levels(set);
}
