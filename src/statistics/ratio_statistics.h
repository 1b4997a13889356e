/*-------------------------------------------------------------------------
 *
 * ratio_statistics.h
 *	  A rate that is a ratio of two sums, and how sure it is, from blocks of
 *	  rows that belong together, such as the rows of a day.
 *
 * Clicks of one day, and of one person, are not independent of each other;
 * days are, nearly.  So it is from day to day that one sees how much a rate
 * varies by itself.  This is the delta method for ratio metrics, also known as
 * the variance of a ratio estimator in sampling by clusters.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_RATIO_STATISTICS_H
#define CLK_RATIO_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "statistics.h"

/* Fewer blocks say nothing of how much a rate varies. */
#define CLK_RATIO_BLOCKS_MIN 4

/*
 * Blocks (x, y): how many, the sums of x and y, and the sums of the products
 * of their deviations from their means.  All zeros if there is none.
 *
 * Numbers are finite, and 0 is never -0, so that equal samples have equal
 * bytes.
 */
typedef struct clk_ratio_sample
{
	int64_t		blocks;
	double		x;
	double		y;
	double		xx;
	double		xy;
	double		yy;
} clk_ratio_sample;

/* What tells the rates of two samples from each other */
typedef struct clk_ratio_test
{
	double		lift;			/* of a over b, as a fraction */
	clk_interval interval;		/* of lift */
	double		t;
	double		df;
	double		p_value;

	bool		has_lift;
	bool		has_low;
	bool		has_high;
	bool		has_t;			/* and df, and p_value */
} clk_ratio_test;

/* Add a block.  False, and nonsense in the sample, if a sum is out of range. */
extern bool clk_ratio_add(clk_ratio_sample *sample, double x, double y);

/* Add the blocks of another sample.  False as above. */
extern bool clk_ratio_merge(clk_ratio_sample *sample,
							const clk_ratio_sample *other);

/* Whether there can be blocks that make this sample. */
extern bool clk_ratio_is_valid(const clk_ratio_sample *sample);

/*
 * The rate, x by y.  False if there is none, since y sums up to 0.  It is
 * infinite if it is out of range.
 */
extern bool clk_ratio_estimate(const clk_ratio_sample *sample, double *rate);

/*
 * The interval in which Student's t puts the rate.  False if there is none:
 * without a rate, or with fewer than CLK_RATIO_BLOCKS_MIN blocks.  Its bounds
 * are infinite if they are out of range.
 */
extern bool clk_ratio_interval(const clk_ratio_sample *sample,
							   double confidence, clk_interval *interval);

/*
 * Welch's test of two rates, and by what fraction "a" exceeds "b".  Only what
 * has_... says is defined: nothing if a sample has no interval, no t if neither
 * rate varies, no lift over a rate of 0 or, by corrections, below, no bounds of it
 * unless both rates are above 0.
 */
extern clk_ratio_test clk_ratio_compare(const clk_ratio_sample *a,
										const clk_ratio_sample *b,
										double confidence);

/* A sample as bytes: a version, then the fields in network order. */
#define CLK_RATIO_VERSION 1
#define CLK_RATIO_BYTES 49

extern void clk_ratio_encode(const clk_ratio_sample *sample,
							 uint8_t bytes[CLK_RATIO_BYTES]);

/* False if that is not what clk_ratio_encode() makes of any valid sample. */
extern bool clk_ratio_decode(const uint8_t *bytes, size_t length,
							 clk_ratio_sample *sample);

#endif							/* CLK_RATIO_STATISTICS_H */
