/*-------------------------------------------------------------------------
 *
 * runs.h
 *	  Runs of an exact set: different keys in ascending order, read side by side so
 *	  that each key is met once.
 *
 * A run is packed in the temporary file, or in memory: as it was received, or as a
 * list in order is; or it is a table, which is in order as well.
 *
 * Why runs, and not a file for each part of the hashes.  Tables are in ascending
 * order anyway, and lists soon are, so a run costs no sort; it is written in one
 * piece, and read once more from front to end.  A part that turned out too large
 * would have to be divided again, while runs need a buffer each whatever their
 * size.  exact_unique_clicks.bench measures it: 20 M different integers in 64 MB.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_RUNS_H
#define CLK_RUNS_H

#include "exact/table.h"

/* A set has many, and they count: so nothing is in here for tables */
typedef struct clk_run
{
	const char *bytes;			/* packed keys; NULL if they are in the file */
	int64		place;			/* there */
	int64		size;			/* bytes of packed keys; less than 0: "bytes"
								 * is a clk_table */
} clk_run;

/* A table as a run */
#define CLK_RUN_OF_TABLE(table) ((clk_run) {(const char *) (table), 0, -1})

/* The runs of a set */
typedef struct clk_runs
{
	clk_run    *runs;			/* all packed, none the set's own list */
	int			nruns;
	int			size;			/* there is room for so many */
	uint32		longest;		/* text in them, or 0 */
	int64		count;			/* of the set's keys, when there were
								 * count_rows */
	int64		count_rows;
} clk_runs;

/* What is told of each key of a merge; "text" is NULL but of texts */
typedef void (*clk_run_emit) (void *arg, const uint64 *key, const char *text, uint32 length);

/* Keys while they are packed */
typedef struct clk_packer
{
	clk_key_kind kind;
	char	   *bytes;
	Size		used;
	Size		size;
	void		(*make_room) (struct clk_packer *packer, Size size);	/* for so many bytes */
} clk_packer;

/* Put a key behind the others: a clk_run_emit. */
extern void clk_packer_put(void *packer, const uint64 *key, const char *text, uint32 length);

/* Write packed keys as a run. */
extern clk_run clk_run_write(clk_temp_file *file, const char *packed, int64 size);

/* Write some runs, which may take at most so many bytes together, as one. */
extern clk_run clk_run_write_merged(clk_temp_file *file, clk_key_kind kind, const clk_run *runs, int nruns,
									int64 most);

/* Add a packed run at the end. */
extern void clk_runs_add(clk_runs *runs, clk_account *account, clk_run run);

/*
 * Have not many more runs than can be merged at a time.  This takes buffers, but
 * none of the set's memory.
 */
extern void clk_runs_tidy(clk_runs *runs, clk_account *account, clk_key_kind kind);

/*
 * Tell of each key of some runs, which may be NULL, and of another run once, in
 * order, and return how many there are.
 */
extern int64 clk_runs_each(clk_runs *runs, clk_account *account, clk_key_kind kind, const clk_run *other,
						   clk_run_emit emit, void *arg);

/*
 * How many keys are in packed bytes that may be anything, but whole keys of fixed
 * length; -1 unless they are in order, each once.  Sets the length of the longest
 * text; and the multiplier to 0 if texts are not under their hashes but under those
 * of another cluster, or anybody's, of which no order or difference of texts follows.
 */
extern int64 clk_run_check(const clk_run *run, clk_key_kind kind, uint64 *multiplier, uint32 *longest);

#endif							/* CLK_RUNS_H */
