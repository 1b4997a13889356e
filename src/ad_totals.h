/*-------------------------------------------------------------------------
 *
 * ad_totals.h
 *	  The totals that CTR, CPC and Clicks (All) are made of: the SQL type
 *	  ad_totals, state of their aggregates.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_AD_TOTALS_H
#define CLK_AD_TOTALS_H

#include "compat.h"
#include "decimal_sum.h"

/* A sum of whole numbers, and of how many */
typedef struct clk_count_sum
{
	int128		sum;
	int64		rows;
} clk_count_sum;

/* Longest currency, with its terminating zero; ISO 4217 codes have 3 letters */
#define CLK_CURRENCY_SIZE 16

/*
 * What a group of ad rows adds up to.  A column that an aggregate does not
 * have remains empty: all zeros.
 *
 * "currency" is the one currency of all spend so far, zero-padded: empty if no
 * row named one, or if the aggregate does not ask.
 */
typedef struct clk_ad_totals
{
	clk_count_sum clicks;
	clk_count_sum impressions;
	clk_decimal_sum spend;
	char		currency[CLK_CURRENCY_SIZE];
} clk_ad_totals;

/* The executor moves states as SQL values of this length: see 20_ad_totals.sql */
#define CLK_AD_TOTALS_SIZE 128
StaticAssertDecl(sizeof(clk_ad_totals) == CLK_AD_TOTALS_SIZE,
				 "SQL type ad_totals must have the size of its struct");

/* An error if the currencies differ: 22023 */
extern void clk_ad_totals_check_currency(const char *currency,
										 const char *other);

#endif							/* CLK_AD_TOTALS_H */
