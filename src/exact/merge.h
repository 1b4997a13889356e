/*-------------------------------------------------------------------------
 *
 * merge.h
 *	  Runs of an exact set, read side by side so that each key is met once.
 *
 * A run is different keys in ascending order, packed.  It is in the temporary
 * file, or in memory: as it was received, or for as long as a list in order is
 * read as one.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_MERGE_H
#define CLK_MERGE_H

#include "exact/key.h"
#include "exact/temp_file.h"

typedef struct clk_run
{
	const char *bytes;			/* NULL if it is in the file */
	int64		place;			/* there */
	int64		size;			/* bytes */
} clk_run;

/* What is told of each key of a merge; "text" is NULL but of texts */
typedef void (*clk_run_emit) (void *arg, const uint64 *key,
							  const char *text, uint32 length);

/* Tell of each key in some runs once, in order, and return how many there are. */
extern int64 clk_runs_merge(clk_temp_file *file, clk_key_kind kind,
							const clk_run *runs, int nruns,
							clk_run_emit emit, void *arg);

#endif							/* CLK_MERGE_H */
