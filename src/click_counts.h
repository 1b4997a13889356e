/*-------------------------------------------------------------------------
 *
 * click_counts.h
 *	  The SQL composite click_counts, taken apart and put together.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_CLICK_COUNTS_H
#define CLK_CLICK_COUNTS_H

#include "click_type.h"
#include "compat.h"

/* How many clicks of each type; clicks[i] is set only where bit i is */
typedef struct clk_click_counts
{
	uint32		reported;
	int64		clicks[CLK_CLICK_TYPES];
} clk_click_counts;

/* The bits of "reported" that stand for counted types */
#define CLK_COUNTED_MASK ((((uint32) 1) << CLK_COUNTED_TYPES) - 1)

/* Read a click_counts datum in place, however it is stored. */
extern void clk_click_counts_read(Datum datum, clk_click_counts *counts);

/*
 * Clicks (All) of one row: the sum of the counted types.  False, and no total,
 * if no counted type was reported.
 */
extern bool clk_click_counts_total(const clk_click_counts *counts,
								   int128 *total);

/*
 * Build a datum of the composite type that the SQL function being called
 * returns, which must be click_counts.
 */
extern Datum clk_click_counts_make(FunctionCallInfo fcinfo,
								   const clk_click_counts *counts);

/* Clicks of one type as bigint; an error if they do not fit: 22003 */
extern int64 clk_clicks_as_bigint(clk_click_type type, int128 clicks);

#endif							/* CLK_CLICK_COUNTS_H */
