/*-------------------------------------------------------------------------
 *
 * statistics.h
 *	  What clicks out of impressions say about a click-through rate.
 *
 * Both the interval and the test take every impression for an independent
 * trial that is clicked or not.  One person may click twice and sees an ad
 * more than once, so real uncertainty is somewhat larger than computed here.
 *
 * Rates are fractions here, not percent.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_STATISTICS_H
#define CLK_STATISTICS_H

#include <stdbool.h>
#include <stdint.h>

/* Clicks and the impressions that they came from; neither is negative */
typedef struct clk_rate
{
	int64_t		clicks;
	int64_t		impressions;
} clk_rate;

typedef struct clk_interval
{
	double		low;
	double		high;
} clk_interval;

/*
 * The z for which a standard normal variable lies between -z and z with
 * probability "confidence", which must lie strictly between 0 and 1.
 */
extern double clk_normal_quantile(double confidence);

/* The probability that a standard normal variable lies outside -z and z. */
extern double clk_two_sided_p_value(double z);

/*
 * Wilson's score interval.  False if there is none: without impressions, or
 * with more clicks than impressions.
 */
extern bool clk_wilson_interval(clk_rate rate, double confidence,
								clk_interval *interval);

/*
 * By what fraction the rate "a" exceeds the rate "b".  False if either has no
 * impressions or "b" has no clicks.
 */
extern bool clk_rate_lift(clk_rate a, clk_rate b, double *lift);

/*
 * The statistic of the pooled two-proportion test, positive if "a" is the
 * higher rate.  False if it is undefined: if either has no impressions or
 * more clicks than impressions, or if all impressions or none were clicked.
 */
extern bool clk_pooled_z(clk_rate a, clk_rate b, double *z);

#endif							/* CLK_STATISTICS_H */
