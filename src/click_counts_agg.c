/*-------------------------------------------------------------------------
 *
 * click_counts_agg.c
 *	  The aggregates over click_counts and click_type: sum, clicks_all and
 *	  click_counts_agg.
 *
 * They share one state, click_totals; so sum(clicks) and clicks_all(clicks)
 * in one query cost one transition a row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "aggregate_state.h"
#include "click_counts.h"
#include "click_totals.h"
#include "errors.h"

CLK_FUNCTION(click_totals_add_counts);
CLK_FUNCTION(click_totals_remove_counts);
CLK_FUNCTION(click_totals_add_event);
CLK_FUNCTION(click_totals_remove_event);
CLK_FUNCTION(click_totals_add_clicks);
CLK_FUNCTION(click_totals_remove_clicks);
CLK_FUNCTION(click_totals_add_number);
CLK_FUNCTION(click_totals_remove_number);
CLK_FUNCTION(click_totals_counts);
CLK_FUNCTION(click_totals_clicks_all);
CLK_FUNCTION(click_totals_counted_events);

/*
 * Add clicks of one type, reported by one more row (rows = 1), or take them
 * out again (rows = -1).  With the last row the sum is empty, even if what is
 * taken out was never added.
 */
static inline void
change_clicks(clk_click_totals *totals, int type, int64 clicks, int rows)
{
	if (rows < 0 && totals->rows[type] <= 1)
	{
		totals->clicks[type] = 0;
		totals->rows[type] = 0;
		return;
	}
	if (unlikely(__builtin_add_overflow(totals->clicks[type],
										rows * (int128) clicks,
										&totals->clicks[type]) ||
				 __builtin_add_overflow(totals->rows[type], rows,
										&totals->rows[type])))
		clk_out_of_range_error("sum of clicks");
}

static pg_attribute_always_inline Datum
change_by_counts(FunctionCallInfo fcinfo, int rows)
{
	clk_click_totals *totals = clk_state_for_update(fcinfo, sizeof(*totals));
	uint32		reported;
	const char *field = clk_click_counts_open(fcinfo, PG_GETARG_DATUM(1),
											  &reported);

	for (; reported != 0; reported &= reported - 1, field += sizeof(int64))
		change_clicks(totals, pg_rightmost_one_pos32(reported),
					  clk_click_field(field), rows);
	PG_RETURN_POINTER(totals);
}

/*
 * click_totals_add_counts(click_totals, click_counts): transition function
 */
Datum
click_totals_add_counts(PG_FUNCTION_ARGS)
{
	return change_by_counts(fcinfo, 1);
}

/*
 * click_totals_remove_counts(click_totals, click_counts): its inverse
 */
Datum
click_totals_remove_counts(PG_FUNCTION_ARGS)
{
	return change_by_counts(fcinfo, -1);
}

static inline Datum
change_by_clicks(FunctionCallInfo fcinfo, int64 clicks, int rows)
{
	clk_click_totals *totals = clk_state_for_update(fcinfo, sizeof(*totals));

	change_clicks(totals, clk_click_type_from_oid(PG_GETARG_OID(1)), clicks,
				  rows);
	PG_RETURN_POINTER(totals);
}

static Datum
change_by_number(FunctionCallInfo fcinfo, int rows)
{
	clk_click_type type = clk_click_type_from_oid(PG_GETARG_OID(1));

	return change_by_clicks(fcinfo,
							clk_clicks_from_number(type, PG_GETARG_DATUM(2)),
							rows);
}

/*
 * click_totals_add_event(click_totals, click_type): transition function
 */
Datum
click_totals_add_event(PG_FUNCTION_ARGS)
{
	return change_by_clicks(fcinfo, 1, 1);
}

/*
 * click_totals_remove_event(click_totals, click_type): its inverse
 */
Datum
click_totals_remove_event(PG_FUNCTION_ARGS)
{
	return change_by_clicks(fcinfo, 1, -1);
}

/*
 * click_totals_add_clicks(click_totals, click_type, bigint): transition
 * function
 */
Datum
click_totals_add_clicks(PG_FUNCTION_ARGS)
{
	return change_by_clicks(fcinfo, PG_GETARG_INT64(2), 1);
}

/*
 * click_totals_remove_clicks(click_totals, click_type, bigint): its inverse
 */
Datum
click_totals_remove_clicks(PG_FUNCTION_ARGS)
{
	return change_by_clicks(fcinfo, PG_GETARG_INT64(2), -1);
}

/*
 * click_totals_add_number(click_totals, click_type, any_number): transition
 * function
 */
Datum
click_totals_add_number(PG_FUNCTION_ARGS)
{
	return change_by_number(fcinfo, 1);
}

/*
 * click_totals_remove_number(click_totals, click_type, any_number): its inverse
 */
Datum
click_totals_remove_number(PG_FUNCTION_ARGS)
{
	return change_by_number(fcinfo, -1);
}

/*
 * click_totals_counts(click_totals): final function of sum(click_counts) and
 * click_counts_agg()
 *
 * NULL if no type of click was reported by any row.
 */
Datum
click_totals_counts(PG_FUNCTION_ARGS)
{
	const clk_click_totals *totals = (clk_click_totals *) PG_GETARG_POINTER(0);
	clk_click_counts counts = {0};

	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		if (totals->rows[type] == 0)
			continue;
		counts.reported |= (uint32) 1 << type;
		counts.clicks[type] = clk_clicks_as_bigint(type, totals->clicks[type]);
	}

	if (counts.reported == 0)
		PG_RETURN_NULL();
	return clk_click_counts_make(fcinfo, &counts);
}

/* Clicks (All) of the totals as bigint; false if no counted type is there. */
static bool
counted_clicks(const clk_click_totals *totals, int64 *clicks)
{
	int128		sum = 0;
	bool		reported = false;

	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		if (!clk_click_type_is_counted(type))
			continue;
		if (__builtin_add_overflow(sum, totals->clicks[type], &sum))
			clk_out_of_range_error("Clicks (All)");
		reported |= totals->rows[type] > 0;
	}
	*clicks = clk_int128_to_bigint(sum, "Clicks (All)");
	return reported;
}

/*
 * click_totals_clicks_all(click_totals): final function of
 * clicks_all(click_counts)
 *
 * NULL if no counted type of click was reported by any row.
 */
Datum
click_totals_clicks_all(PG_FUNCTION_ARGS)
{
	int64		clicks;

	if (!counted_clicks((clk_click_totals *) PG_GETARG_POINTER(0), &clicks))
		PG_RETURN_NULL();
	PG_RETURN_INT64(clicks);
}

/*
 * click_totals_counted_events(click_totals): final function of
 * clicks_all(click_type)
 *
 * 0 if there were events but none of a counted type, NULL if there were none.
 */
Datum
click_totals_counted_events(PG_FUNCTION_ARGS)
{
	const clk_click_totals *totals = (clk_click_totals *) PG_GETARG_POINTER(0);
	int64		clicks;

	if (counted_clicks(totals, &clicks))
		PG_RETURN_INT64(clicks);

	for (int type = 0; type < CLK_CLICK_TYPES; type++)
		if (totals->rows[type] > 0)
			PG_RETURN_INT64(0);
	PG_RETURN_NULL();
}
