/*-------------------------------------------------------------------------
 *
 * ad_row.c
 *	  The columns of an ad row: what is out of the ordinary in reading them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "ad_row.h"

/* Complain about a number that a column cannot hold. */
pg_noreturn static void
invalid_number_error(const char *what, clk_decimal_error error, char *number)
{
	if (error == CLK_DECIMAL_NOT_FINITE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be finite, not %s", what, number)));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s %s has too many digits", what, number),
			 errdetail("A number may have at most %d digits before and %d after the decimal point.",
					   CLK_DECIMAL_DIGITS, CLK_DECIMAL_DIGITS)));
}

pg_noreturn static void
fractional_count_error(const char *what, char *number)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("number of %s must be whole, not %s", what, number)));
}

clk_decimal
clk_decimal_of_numeric(const char *what, Datum number)
{
	clk_decimal value;
	clk_decimal_error error = clk_decimal_from_numeric(number, &value);

	if (unlikely(error != CLK_DECIMAL_OK))
		invalid_number_error(what, error,
							 DatumGetCString(DirectFunctionCall1(numeric_out, number)));
	return value;
}

clk_decimal
clk_decimal_of_float8(const char *what, float8 number)
{
	clk_decimal value;
	clk_decimal_error error = clk_decimal_from_float8(number, &value);

	if (unlikely(error != CLK_DECIMAL_OK))
		invalid_number_error(what, error,
							 DatumGetCString(DirectFunctionCall1(float8out, Float8GetDatum(number))));
	return value;
}

/* A whole number given as numeric */
int128
clk_count_of_numeric(const char *what, Datum number)
{
	clk_decimal value = clk_decimal_of_numeric(what, number);

	if (unlikely(value.fraction != 0))
		fractional_count_error(what,
							   DatumGetCString(DirectFunctionCall1(numeric_out, number)));
	return value.whole;
}

/* A whole number given as double precision; exact as far as that is, 2^53 */
int128
clk_count_of_float8(const char *what, float8 number)
{
	if (likely(fabs(number) < 1e18))
	{
		if (unlikely(number != rint(number)))
			fractional_count_error(what,
								   DatumGetCString(DirectFunctionCall1(float8out, Float8GetDatum(number))));
		return (int64) number;
	}
	return clk_decimal_of_float8(what, number).whole;
}

/* A whole number given as text, in any form that numeric reads */
int128
clk_count_of_text(const char *what, Datum number)
{
	return clk_count_of_numeric(what,
								DirectFunctionCall3(numeric_in,
													CStringGetDatum(TextDatumGetCString(number)),
													ObjectIdGetDatum(InvalidOid),
													Int32GetDatum(-1)));
}

void
clk_read_currency(FunctionCallInfo fcinfo, int argument, char *currency)
{
	text	   *value;
	const char *start;
	int			length;

	memset(currency, 0, CLK_CURRENCY_SIZE);
	if (PG_ARGISNULL(argument))
		return;

	value = PG_GETARG_TEXT_PP(argument);
	start = VARDATA_ANY(value);
	length = VARSIZE_ANY_EXHDR(value);
	while (length > 0 && start[0] == ' ')
	{
		start++;
		length--;
	}
	while (length > 0 && start[length - 1] == ' ')
		length--;

	if (length >= CLK_CURRENCY_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("currency \"%.*s\" is too long", length, start),
				 errdetail("A currency has at most %d bytes.",
						   CLK_CURRENCY_SIZE - 1),
				 errhint("Use the ISO 4217 code, such as USD.")));
	memcpy(currency, start, length);
}
