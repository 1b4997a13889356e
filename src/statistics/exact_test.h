/*-------------------------------------------------------------------------
 *
 * exact_test.h
 *	  Whether two click-through rates differ, where counts are small.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_EXACT_TEST_H
#define CLK_EXACT_TEST_H

#include "statistics.h"

/*
 * The two-sided p value of a comparison of two rates whose pooled z statistic,
 * which must be defined, is "z".
 *
 * That of the z test, where the normal distribution is near enough to the
 * distribution of the clicks; else that of Fisher's exact test.
 */
extern double clk_two_rates_p_value(clk_rate a, clk_rate b, double z);

/*
 * The two-sided p value of Fisher's exact test: the probability, if the clicks
 * fell at random on the impressions, that they are divided in a way that is no
 * more likely than theirs.
 */
extern double clk_fisher_p_value(clk_rate a, clk_rate b);

#endif							/* CLK_EXACT_TEST_H */
