/*-------------------------------------------------------------------------
 *
 * runs.h
 *	  Runs of an exact set: different keys in ascending order, packed.
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

#include "exact/budget.h"
#include "exact/merge.h"

/* The runs of a set */
typedef struct clk_runs
{
	clk_run    *runs;
	int			nruns;
	int			size;			/* there is room for so many */
	uint32		longest;		/* text in them, or 0 */
	int64		count;			/* of the set's keys, when there were
								 * count_rows */
	int64		count_rows;
} clk_runs;

/* A run while it is written */
typedef struct clk_run_writer clk_run_writer;

/* Begin a run of at most so many bytes; put keys, in order, each once; and end it. */
extern clk_run_writer *clk_run_begin(clk_temp_file *file, clk_key_kind kind,
									 int64 most);
extern void clk_run_put(void *writer, const uint64 *key, const char *text,
						uint32 length);
extern clk_run clk_run_end(clk_run_writer *writer);

/* Write packed keys as a run. */
extern clk_run clk_run_write(clk_temp_file *file, const void *packed,
							 int64 size);

/* Add a run at the end. */
extern void clk_runs_add(clk_runs *runs, clk_account *account, clk_run run);

/*
 * Have not many more runs than can be merged at a time; or no more.  This takes
 * buffers, but none of the set's memory.
 */
extern void clk_runs_tidy(clk_runs *runs, clk_account *account,
						  clk_key_kind kind);
extern void clk_runs_gather(clk_runs *runs, clk_account *account,
							clk_key_kind kind);

#endif							/* CLK_RUNS_H */
