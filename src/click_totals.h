/*-------------------------------------------------------------------------
 *
 * click_totals.h
 *	  The SQL type click_totals: clicks summed by type, the state of the
 *	  aggregates over click_counts and click_type.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_CLICK_TOTALS_H
#define CLK_CLICK_TOTALS_H

#include "click_type.h"
#include "compat.h"

/* Clicks of each type, and in how many rows (or events) it was reported */
typedef struct clk_click_totals
{
	int128		clicks[CLK_CLICK_TYPES];
	int64		rows[CLK_CLICK_TYPES];
} clk_click_totals;

/* As INTERNALLENGTH in 12_click_counts_agg.sql */
#define CLK_CLICK_TOTALS_SIZE 480
StaticAssertDecl(sizeof(clk_click_totals) == CLK_CLICK_TOTALS_SIZE,
				 "SQL type click_totals must have the size of its struct");

#endif							/* CLK_CLICK_TOTALS_H */
