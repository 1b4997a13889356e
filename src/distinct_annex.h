/*-------------------------------------------------------------------------
 *
 * distinct_annex.h
 *	  The parts of a distinct set that only its own files know: the table,
 *	  the bytes of texts, the sorted runs in the file.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_DISTINCT_ANNEX_H
#define CLK_DISTINCT_ANNEX_H

#include "ordered_slots.h"
#include "packed_key.h"

/* Pending keys that take up to so many bytes are a set without a table */
#define CLK_MOST_LISTED_BYTES ((Size) 512 * 1024)

/* Pending keys in front of a table */
#define CLK_MAX_PENDING_BYTES ((Size) 256 * 1024)

/* Different keys in ascending order, packed: in the pool's file, or in memory */
typedef struct clk_distinct_run
{
	const char *packed;			/* NULL if they are in the file */
	clk_file_place place;
	int64		size;			/* bytes */
	int			level;			/* how many merges it went through */
} clk_distinct_run;

/* The bytes of a text, where a key of one points to */
typedef struct clk_distinct_text
{
	uint32		length;
	char		bytes[FLEXIBLE_ARRAY_MEMBER];
} clk_distinct_text;

/* A piece of memory that texts are put in one after the other */
typedef struct clk_text_chunk
{
	struct clk_text_chunk *next;
	Size		size;			/* of all of it */
} clk_text_chunk;

typedef struct clk_distinct_annex
{
	/* a set of texts */
	clk_text_chunk *chunks;
	char	   *free;			/* where the next text goes */
	char	   *end;			/* of the chunk */
	uint32		longest;		/* text ever added */
	char	   *stage;			/* texts that pending keys point to */
	Size		staged;			/* bytes of them */
	Size		stage_size;

	/* a set that spilled */
	clk_distinct_run *runs;
	int			nruns;
	int			runs_size;
	int64		count;			/* the answer when there were count_rows */
	int64		count_rows;

	/* a set that is only to be merged; the bytes are not ours */
	clk_distinct_run received;
	int64		received_keys;
} clk_distinct_annex;

/* What is told of each key when runs are merged */
typedef void (*clk_distinct_emit) (void *arg, const uint64 *key,
								   const char *text, uint32 length);

/* distinct_set.c */
extern clk_distinct_annex *clk_distinct_get_annex(clk_distinct_set *set);
extern void clk_distinct_settle(clk_distinct_set *set);
extern void clk_distinct_free_pending(clk_distinct_set *set);

/* distinct_table.c */
extern void clk_distinct_make_table(clk_distinct_set *set, int slot_bits);
extern bool clk_distinct_reserve(clk_distinct_set *set, int64 nkeys);
extern void clk_distinct_free_table(clk_distinct_set *set);
extern void clk_distinct_clear_table(clk_distinct_set *set, int slot_bits);
extern void clk_distinct_put_text(clk_distinct_set *set, uint64 *slot,
								  const uint64 *key);
extern void clk_distinct_insert_pending(clk_distinct_set *set);
extern bool clk_distinct_has_key(const clk_distinct_set *set,
								 const uint64 *key);
extern uint64 *clk_distinct_list_table(const clk_distinct_set *set, uint64 *to);

/* distinct_list.c */
extern void clk_distinct_thin_out(clk_distinct_set *set);
extern bool clk_distinct_merge_list(clk_distinct_set *set,
									const char *packed, int64 nkeys);

/* distinct_text.c */
extern uint64 clk_distinct_hash_text(const clk_distinct_set *set,
									 const char *bytes, uint32 length);
extern int	clk_distinct_compare_text(const char *a, uint32 a_length,
									  const char *b, uint32 b_length);
extern void clk_distinct_free_texts(clk_distinct_set *set);
extern bool clk_distinct_has_text(const clk_distinct_set *set, uint64 hash,
								  const char *bytes, uint32 length);
extern void clk_distinct_add_staged(clk_distinct_set *set);
extern void clk_distinct_add_hashed_text(clk_distinct_set *set, uint64 hash,
										 const char *bytes, uint32 length);

/* distinct_merge.c */
extern int64 clk_distinct_merge_runs(clk_distinct_set *set,
									 const clk_distinct_run *runs, int nruns,
									 clk_distinct_emit emit, void *arg);

/* distinct_spill.c */
extern int64 clk_distinct_each_spilled(clk_distinct_set *set,
									   clk_distinct_emit emit, void *arg);
extern int64 clk_distinct_count_spilled(clk_distinct_set *set);
extern void clk_distinct_spill_packed(clk_distinct_set *set,
									  const clk_distinct_run *run);

#endif							/* CLK_DISTINCT_ANNEX_H */
