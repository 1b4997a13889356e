/*-------------------------------------------------------------------------
 *
 * any_number.c
 *	  The SQL type any_number: what arguments may be that are a number of any
 *	  type.
 *
 * Its values are those of numeric, and so are most of its functions.  Here is
 * what is not: text is refused in terms of clicks, and a double becomes the
 * decimal that spend given as double precision is summed as.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "any_number.h"
#include "click_counts.h"
#include "decimal_sum.h"
#include "errors.h"
#include "stored_numeric.h"

CLK_FUNCTION(any_number_in);
CLK_FUNCTION(any_number_from_int2);
CLK_FUNCTION(any_number_from_int4);
CLK_FUNCTION(any_number_from_int8);
CLK_FUNCTION(any_number_from_float4);
CLK_FUNCTION(any_number_from_float8);
CLK_FUNCTION(any_number_from_text);
CLK_FUNCTION(any_number_from_click_counts);

/* No number that can be summed takes more, blanks around it aside */
#define LONGEST_NUMBER 200

/*
 * Whether a text is a number as numeric prints it: of any other that is long,
 * numeric's own message would show everything.
 */
static bool
is_printed_number(const char *text)
{
	static const char digits[] = "0123456789";

	text += *text == '-';
	text += strspn(text, digits);
	if (*text == '.')
		text += 1 + strspn(text + 1, digits);
	return *text == '\0';
}

static bool
is_click_type(const char *label)
{
	for (int type = 0; type < CLK_CLICK_TYPES; type++)
		if (pg_strcasecmp(label, clk_click_type_labels[type]) == 0)
			return true;
	return false;
}

/* Read a number, which is changed; an error for "escontext" if it is not one. */
static Datum
read_number(char *number, Node *escontext)
{
	int			length = strlen(number);
	Datum		result;

	while (length > 0 && number[length - 1] == ' ')
		number[--length] = '\0';

	if (is_click_type(number))
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						"numeric", number),
				 errhint("This is a type of click, not a number: clicks_all(label::click_type) counts events.")));
	if (length > LONGEST_NUMBER && !is_printed_number(number))
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						"numeric", clk_shown(number))));
	if (!clk_numeric_in(number, escontext, &result))
		return (Datum) 0;
	return result;
}

Datum
clk_number_from_text(Datum value)
{
	return read_number(TextDatumGetCString(value), NULL);
}

/*
 * any_number_in(cstring)
 */
Datum
any_number_in(PG_FUNCTION_ARGS)
{
	return read_number(pstrdup(PG_GETARG_CSTRING(0)), fcinfo->context);
}

/*
 * any_number(text)
 */
Datum
any_number_from_text(PG_FUNCTION_ARGS)
{
	return clk_number_from_text(PG_GETARG_DATUM(0));
}

/*
 * any_number(smallint)
 */
Datum
any_number_from_int2(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(clk_int64_to_numeric(PG_GETARG_INT16(0), 0, 0));
}

/*
 * any_number(integer)
 */
Datum
any_number_from_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(clk_int64_to_numeric(PG_GETARG_INT32(0), 0, 0));
}

/*
 * any_number(bigint)
 */
Datum
any_number_from_int8(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(clk_int64_to_numeric(PG_GETARG_INT64(0), 0, 0));
}

/*
 * any_number(real): as double precision
 */
Datum
any_number_from_float4(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(clk_float8_to_numeric(PG_GETARG_FLOAT4(0)));
}

/*
 * any_number(double precision)
 */
Datum
any_number_from_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(clk_float8_to_numeric(PG_GETARG_FLOAT8(0)));
}

/*
 * any_number(click_counts): Clicks (All), NULL if no counted type was reported
 */
Datum
any_number_from_click_counts(PG_FUNCTION_ARGS)
{
	clk_click_counts counts;
	int128		total;

	clk_click_counts_read(fcinfo, PG_GETARG_DATUM(0), &counts);
	if (!clk_click_counts_total(&counts, &total))
		PG_RETURN_NULL();
	if (likely(total >= PG_INT64_MIN && total <= PG_INT64_MAX))
		PG_RETURN_NUMERIC(clk_int64_to_numeric((int64) total, 0, 0));
	PG_RETURN_NUMERIC(clk_int128_to_numeric(total));
}
