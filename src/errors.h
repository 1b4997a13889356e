/*-------------------------------------------------------------------------
 *
 * errors.h
 *	  Complaints that more than one file makes, each with its SQLSTATE.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_ERRORS_H
#define CLK_ERRORS_H

#include "compat.h"

/*
 * A value as a message shows it: cut to that many bytes, as it may have
 * millions.  The string itself is changed.
 */
extern char *clk_cut(char *value, int length);

/* How much is shown of a value, and of what a value is part of */
#define clk_shown(value) clk_cut(value, 80)
#define clk_shown_context(value) clk_cut(value, 200)

/* "what" does not fit its type: 22003 */
pg_noreturn extern void clk_out_of_range_error(const char *what);

/* "what" is this number, which does not fit a bigint: 22003 */
pg_noreturn extern void clk_bigint_range_error(const char *what,
											   int128 number);

/* bytes received for type "type_name" do not make sense: 22P03 */
pg_noreturn extern void clk_invalid_binary_error(const char *type_name,
												 const char *detail);

/* a function that only an aggregate may call was called otherwise */
pg_noreturn extern void clk_not_in_aggregate_error(void);

/* A number as bigint; an error that calls it "what" if it does not fit. */
static inline int64
clk_int128_to_bigint(int128 number, const char *what)
{
	if (unlikely(number < PG_INT64_MIN || number > PG_INT64_MAX))
		clk_bigint_range_error(what, number);
	return (int64) number;
}

#endif							/* CLK_ERRORS_H */
