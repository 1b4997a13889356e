/*-------------------------------------------------------------------------
 *
 * ad_totals.c
 *	  The SQL type ad_totals: text and binary form, merge.
 *
 * The type is a state, not something to store.  It is an SQL type so that
 * parallel workers and distributed engines can move it, as text or as binary,
 * without a serialize function.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "ad_totals.h"
#include "aggregate_state.h"
#include "errors.h"
#include "state_io.h"

CLK_FUNCTION(ad_totals_in);
CLK_FUNCTION(ad_totals_out);
CLK_FUNCTION(ad_totals_recv);
CLK_FUNCTION(ad_totals_send);
CLK_FUNCTION(ad_totals_merge);

#define TYPE_NAME "ad_totals"

void
clk_ad_totals_check_currency(const char *currency, const char *other)
{
	if (strcmp(currency, other) == 0)
		return;

	if (currency[0] == '\0' || other[0] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot sum spend in \"%s\" and spend without a currency",
						currency[0] == '\0' ? other : currency),
				 errhint("Add the currency to GROUP BY.")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot sum spend in \"%s\" and spend in \"%s\"",
					currency, other),
			 errhint("Add the currency to GROUP BY.")));
}

/* Whether the currency is what clk_read_currency() makes, of some spend. */
static bool
currency_is_valid(const clk_ad_totals *totals)
{
	const char *currency = totals->currency;
	size_t		length = strlen(currency);

	if (length == 0)
		return true;
	return totals->spend.rows > 0 &&
		currency[0] != ' ' && currency[length - 1] != ' ';
}

/* Whether the totals can be those of anything. */
static bool
ad_totals_is_valid(const clk_ad_totals *totals)
{
	const clk_count_sum *clicks = &totals->clicks;
	const clk_count_sum *impressions = &totals->impressions;

	if (clicks->rows < 0 || (clicks->rows == 0 && clicks->sum != 0) ||
		impressions->rows < 0 ||
		(impressions->rows == 0 && impressions->sum != 0))
		return false;
	return clk_decimal_sum_is_valid(&totals->spend) &&
		currency_is_valid(totals);
}

/*
 * ad_totals_in(cstring): 1|clicks|rows|impressions|rows|units|rest|dust|rows|
 * scale|scale rows|currency
 */
Datum
ad_totals_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	const char *next = text;
	clk_ad_totals *totals = palloc0_object(clk_ad_totals);
	int64		scale;

	if (!clk_state_parse_version(&next) ||
		!clk_state_parse_number(&next, &totals->clicks.sum) ||
		!clk_state_parse_int64(&next, &totals->clicks.rows) ||
		!clk_state_parse_number(&next, &totals->impressions.sum) ||
		!clk_state_parse_int64(&next, &totals->impressions.rows) ||
		!clk_state_parse_number(&next, &totals->spend.units) ||
		!clk_state_parse_number(&next, &totals->spend.rest) ||
		!clk_state_parse_int64(&next, &totals->spend.dust) ||
		!clk_state_parse_int64(&next, &totals->spend.rows) ||
		!clk_state_parse_int64(&next, &scale) ||
		!clk_state_parse_int64(&next, &totals->spend.scale_rows) ||
		*next++ != '|' || strlen(next) >= CLK_CURRENCY_SIZE ||
		scale < 0 || scale > PG_INT16_MAX)
		goto invalid;

	totals->spend.scale = (int32) scale;
	strlcpy(totals->currency, next, CLK_CURRENCY_SIZE);
	if (ad_totals_is_valid(totals))
		PG_RETURN_POINTER(totals);

invalid:
	ereturn(fcinfo->context, (Datum) 0,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"",
					TYPE_NAME, clk_shown(pstrdup(text)))));
}

/*
 * ad_totals_out(ad_totals): what ad_totals_in() reads
 */
Datum
ad_totals_out(PG_FUNCTION_ARGS)
{
	const clk_ad_totals *totals = (clk_ad_totals *) PG_GETARG_POINTER(0);
	clk_decimal_sum spend = clk_decimal_sum_normalized(&totals->spend);
	StringInfoData text;

	initStringInfo(&text);
	clk_state_append_version(&text);
	clk_state_append_number(&text, totals->clicks.sum);
	clk_state_append_number(&text, totals->clicks.rows);
	clk_state_append_number(&text, totals->impressions.sum);
	clk_state_append_number(&text, totals->impressions.rows);
	clk_state_append_number(&text, spend.units);
	clk_state_append_number(&text, spend.rest);
	clk_state_append_number(&text, spend.dust);
	clk_state_append_number(&text, spend.rows);
	clk_state_append_number(&text, spend.scale);
	clk_state_append_number(&text, spend.scale_rows);
	appendStringInfo(&text, "|%s", totals->currency);
	PG_RETURN_CSTRING(text.data);
}

/*
 * ad_totals_recv(internal): the fields in the order of the text form, the
 * currency last and without its length
 */
Datum
ad_totals_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	clk_ad_totals *totals = palloc0_object(clk_ad_totals);
	char	   *currency;
	int64		scale;
	int			length;

	clk_state_receive_version(message, TYPE_NAME);
	totals->clicks.sum = clk_state_receive_int128(message, TYPE_NAME);
	totals->clicks.rows = clk_state_receive_int64(message, TYPE_NAME);
	totals->impressions.sum = clk_state_receive_int128(message, TYPE_NAME);
	totals->impressions.rows = clk_state_receive_int64(message, TYPE_NAME);
	totals->spend.units = clk_state_receive_int128(message, TYPE_NAME);
	totals->spend.rest = clk_state_receive_int128(message, TYPE_NAME);
	totals->spend.dust = clk_state_receive_int64(message, TYPE_NAME);
	totals->spend.rows = clk_state_receive_int64(message, TYPE_NAME);
	scale = clk_state_receive_int64(message, TYPE_NAME);
	totals->spend.scale_rows = clk_state_receive_int64(message, TYPE_NAME);
	if (scale < 0 || scale > PG_INT16_MAX)
		clk_invalid_binary_error(TYPE_NAME, "The scale is out of range.");
	totals->spend.scale = (int32) scale;

	currency = pq_getmsgtext(message, message->len - message->cursor, &length);
	if (length >= CLK_CURRENCY_SIZE || strlen(currency) != (size_t) length)
		clk_invalid_binary_error(TYPE_NAME, "The currency is too long.");
	memcpy(totals->currency, currency, length);

	if (!ad_totals_is_valid(totals))
		clk_invalid_binary_error(TYPE_NAME, "The totals contradict each other.");
	PG_RETURN_POINTER(totals);
}

/*
 * ad_totals_send(ad_totals): what ad_totals_recv() reads
 */
Datum
ad_totals_send(PG_FUNCTION_ARGS)
{
	const clk_ad_totals *totals = (clk_ad_totals *) PG_GETARG_POINTER(0);
	clk_decimal_sum spend = clk_decimal_sum_normalized(&totals->spend);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, CLK_STATE_VERSION);
	clk_state_send_int128(&message, totals->clicks.sum);
	pq_sendint64(&message, totals->clicks.rows);
	clk_state_send_int128(&message, totals->impressions.sum);
	pq_sendint64(&message, totals->impressions.rows);
	clk_state_send_int128(&message, spend.units);
	clk_state_send_int128(&message, spend.rest);
	pq_sendint64(&message, spend.dust);
	pq_sendint64(&message, spend.rows);
	pq_sendint64(&message, spend.scale);
	pq_sendint64(&message, spend.scale_rows);
	pq_sendtext(&message, totals->currency, strlen(totals->currency));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* False if the merged sum would be out of range. */
static bool
merge_counts(clk_count_sum *counts, const clk_count_sum *other)
{
	if (other->rows > PG_INT64_MAX - counts->rows ||
		__builtin_add_overflow(counts->sum, other->sum, &counts->sum))
		return false;
	counts->rows += other->rows;
	return true;
}

/*
 * ad_totals_merge(ad_totals, ad_totals): combine function
 */
Datum
ad_totals_merge(PG_FUNCTION_ARGS)
{
	clk_ad_totals *totals = clk_state_for_update(fcinfo, sizeof(*totals));
	const clk_ad_totals *other = (clk_ad_totals *) PG_GETARG_POINTER(1);

	if (other->spend.rows > 0)
	{
		if (totals->spend.rows == 0)
			memcpy(totals->currency, other->currency, CLK_CURRENCY_SIZE);
		else
			clk_ad_totals_check_currency(totals->currency, other->currency);
	}

	if (!merge_counts(&totals->clicks, &other->clicks))
		clk_out_of_range_error("sum of clicks");
	if (!merge_counts(&totals->impressions, &other->impressions))
		clk_out_of_range_error("sum of impressions");
	if (clk_decimal_sum_merge(&totals->spend, &other->spend) != CLK_DECIMAL_OK)
		clk_out_of_range_error("sum of spend");
	PG_RETURN_POINTER(totals);
}
