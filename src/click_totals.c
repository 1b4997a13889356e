/*-------------------------------------------------------------------------
 *
 * click_totals.c
 *	  The SQL type click_totals: text and binary form, merge.
 *
 * As ad_totals, it is an SQL type so that states can be moved between
 * processes and servers; it is not meant to be stored.  Only the types of
 * click that were reported take room in a form.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "aggregate_state.h"
#include "click_totals.h"
#include "errors.h"
#include "state_io.h"

CLK_FUNCTION(click_totals_in);
CLK_FUNCTION(click_totals_out);
CLK_FUNCTION(click_totals_recv);
CLK_FUNCTION(click_totals_send);
CLK_FUNCTION(click_totals_merge);

#define TYPE_NAME "click_totals"

/*
 * click_totals_in(cstring): 1, and then type|clicks|rows for each type that
 * was reported, in ascending order; the type is its number
 */
Datum
click_totals_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	const char *next = text;
	clk_click_totals *totals = palloc0_object(clk_click_totals);
	int64		last_type = -1;

	if (!clk_state_parse_version(&next))
		goto invalid;

	while (*next != '\0')
	{
		int64		type;

		if (!clk_state_parse_int64(&next, &type) ||
			type <= last_type || type >= CLK_CLICK_TYPES ||
			!clk_state_parse_number(&next, &totals->clicks[type]) ||
			!clk_state_parse_int64(&next, &totals->rows[type]) ||
			totals->rows[type] <= 0)
			goto invalid;
		last_type = type;
	}
	PG_RETURN_POINTER(totals);

invalid:
	ereturn(fcinfo->context, (Datum) 0,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"",
					TYPE_NAME, clk_shown(pstrdup(text)))));
}

/*
 * click_totals_out(click_totals): what click_totals_in() reads
 */
Datum
click_totals_out(PG_FUNCTION_ARGS)
{
	const clk_click_totals *totals = (clk_click_totals *) PG_GETARG_POINTER(0);
	StringInfoData text;

	initStringInfo(&text);
	clk_state_append_version(&text);
	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		if (totals->rows[type] == 0)
			continue;
		clk_state_append_number(&text, type);
		clk_state_append_number(&text, totals->clicks[type]);
		clk_state_append_number(&text, totals->rows[type]);
	}
	PG_RETURN_CSTRING(text.data);
}

/*
 * click_totals_recv(internal): as the text form, with a byte for the type
 */
Datum
click_totals_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	clk_click_totals *totals = palloc0_object(clk_click_totals);
	int			last_type = -1;

	clk_state_receive_version(message, TYPE_NAME);
	while (message->cursor < message->len)
	{
		int			type = pq_getmsgbyte(message);

		if (type <= last_type || type >= CLK_CLICK_TYPES)
			clk_invalid_binary_error(TYPE_NAME,
									 "Click types must be known and in ascending order.");
		totals->clicks[type] = clk_state_receive_int128(message, TYPE_NAME);
		totals->rows[type] = clk_state_receive_int64(message, TYPE_NAME);
		if (totals->rows[type] <= 0)
			clk_invalid_binary_error(TYPE_NAME,
									 "The number of rows must be positive.");
		last_type = type;
	}
	PG_RETURN_POINTER(totals);
}

/*
 * click_totals_send(click_totals): what click_totals_recv() reads
 */
Datum
click_totals_send(PG_FUNCTION_ARGS)
{
	const clk_click_totals *totals = (clk_click_totals *) PG_GETARG_POINTER(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, CLK_STATE_VERSION);
	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		if (totals->rows[type] == 0)
			continue;
		pq_sendbyte(&message, type);
		clk_state_send_int128(&message, totals->clicks[type]);
		pq_sendint64(&message, totals->rows[type]);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/*
 * click_totals_merge(click_totals, click_totals): combine function
 */
Datum
click_totals_merge(PG_FUNCTION_ARGS)
{
	clk_click_totals *totals = clk_state_for_update(fcinfo, sizeof(*totals));
	const clk_click_totals *other = (clk_click_totals *) PG_GETARG_POINTER(1);

	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		if (other->rows[type] == 0)
			continue;
		if (other->rows[type] > PG_INT64_MAX - totals->rows[type] ||
			__builtin_add_overflow(totals->clicks[type], other->clicks[type],
								   &totals->clicks[type]))
			clk_out_of_range_error("sum of clicks");
		totals->rows[type] += other->rows[type];
	}
	PG_RETURN_POINTER(totals);
}
