/*-------------------------------------------------------------------------
 *
 * ad_row.h
 *	  The columns of an ad row, read from the arguments of an aggregate.
 *
 * A caller says which argument is which column and how it is to be read.  That
 * being constant, the inline functions here leave only the code it needs.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_AD_ROW_H
#define CLK_AD_ROW_H

#include "ad_totals.h"
#include "any_number.h"
#include "compat.h"

/* How an argument is to be read: the types of extension/overloads.txt */
typedef enum clk_column_type
{
	clk_column_absent,
	clk_column_int2,
	clk_column_int4,
	clk_column_int8,
	clk_column_float8,			/* spend only */
	clk_column_numeric,			/* spend only */
	clk_column_any_number,
	clk_column_text				/* clicks and currency only */
} clk_column_type;

/* Where a column of the ad row is among the arguments */
typedef struct clk_column
{
	clk_column_type type;
	int			argument;
} clk_column;

typedef struct clk_ad_row
{
	clk_column	clicks;
	clk_column	impressions;
	clk_column	spend;
	clk_column	currency;
} clk_ad_row;

/*
 * A whole number given as numeric.  "what" names the column in errors, which
 * are: not finite or too many digits, 22003; not a whole number, 22023.
 */
extern int128 clk_count_of_numeric(const char *what, Datum number);

/* Complain about a number that could not be read or summed: 22003 */
pg_noreturn extern void clk_numeric_status_error(const char *what,
												 clk_decimal_status status,
												 Datum number);
pg_noreturn extern void clk_float8_status_error(const char *what,
												clk_decimal_status status,
												float8 number);

/*
 * Read a currency, without blanks around it and padded with zeros.  NULL and
 * blank are no currency.
 */
extern void clk_read_currency(FunctionCallInfo fcinfo, int argument,
							  char *currency);

/* Read a count; false if it is NULL. */
static pg_attribute_always_inline bool
clk_read_count(FunctionCallInfo fcinfo, clk_column from, const char *what,
			   int128 *count)
{
	if (from.type == clk_column_absent || PG_ARGISNULL(from.argument))
		return false;

	switch (from.type)
	{
		case clk_column_int2:
			*count = PG_GETARG_INT16(from.argument);
			return true;
		case clk_column_int4:
			*count = PG_GETARG_INT32(from.argument);
			return true;
		case clk_column_int8:
			*count = PG_GETARG_INT64(from.argument);
			return true;
		case clk_column_any_number:
			*count = clk_count_of_numeric(what, PG_GETARG_DATUM(from.argument));
			return true;
		case clk_column_text:
			*count = clk_count_of_numeric(what,
										  clk_number_from_text(PG_GETARG_DATUM(from.argument)));
			return true;
		case clk_column_float8:
		case clk_column_numeric:
		case clk_column_absent:
			break;
	}
	return false;
}

#endif							/* CLK_AD_ROW_H */
