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
#include "utils/fmgrprotos.h"

#include "ad_row.h"
#include "errors.h"

pg_noreturn static void
status_error(const char *what, clk_decimal_status status, char *number)
{
	if (status == CLK_DECIMAL_NOT_FINITE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be finite, not %s", what, number)));
	if (status == CLK_DECIMAL_TOO_WIDE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s %s has too many digits", what, number),
				 errdetail("A number may have at most %d digits before the decimal point.",
						   CLK_DECIMAL_WHOLE_DIGITS)));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("sum of %s out of range", what),
			 errdetail("The sum has too many digits after %s.", number)));
}

static char *
numeric_as_text(Datum number)
{
	return clk_shown(DatumGetCString(DirectFunctionCall1(numeric_out, number)));
}

static char *
float8_as_text(float8 number)
{
	return DatumGetCString(DirectFunctionCall1(float8out,
											   Float8GetDatum(number)));
}

void
clk_numeric_status_error(const char *what, clk_decimal_status status,
						 Datum number)
{
	if (status == CLK_DECIMAL_TOO_FINE)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s %s has %d decimals, which is too many to be summed exactly",
						what, numeric_as_text(number),
						DatumGetInt32(DirectFunctionCall1(numeric_min_scale, number))),
				 errdetail("A number may have at most %d.", CLK_DECIMAL_FRACTION_DIGITS),
				 errhint("Round it, as in round(%s, 12).", what)));
	status_error(what, status, numeric_as_text(number));
}

void
clk_float8_status_error(const char *what, clk_decimal_status status,
						float8 number)
{
	status_error(what, status, float8_as_text(number));
}

pg_noreturn static void
fractional_count_error(const char *what, char *number)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("number of %s must be whole, not %s", what, number)));
}

int128
clk_count_of_numeric(const char *what, Datum number)
{
	clk_decimal value;
	clk_decimal_status status = clk_decimal_from_numeric(number, &value);
	int128		count;

	if (unlikely(status == CLK_DECIMAL_TOO_FINE))
		fractional_count_error(what, numeric_as_text(number));
	if (unlikely(status != CLK_DECIMAL_OK))
		clk_numeric_status_error(what, status, number);
	if (unlikely(!clk_decimal_whole(&value, &count)))
		fractional_count_error(what, numeric_as_text(number));
	return count;
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
				 errmsg("currency \"%s\" is too long",
						clk_shown(pnstrdup(start, length))),
				 errdetail("A currency has at most %d bytes.",
						   CLK_CURRENCY_SIZE - 1),
				 errhint("Use the ISO 4217 code, such as USD.")));
	memcpy(currency, start, length);
}
