/*-------------------------------------------------------------------------
 *
 * unique_clicks.c
 *	  The exact aggregates over a column of clickers: unique_clicks() and
 *	  clicks_per_account().
 *
 * Both keep the same state, an exact set, so that a query with both of them
 * builds it once.  The set has pointers and may have a temporary file, so the
 * state is internal.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/uuid.h"

#include "aggregate_state.h"
#include "compat.h"
#include "errors.h"
#include "exact/inbox.h"
#include "exact/wire.h"
#include "stored_numeric.h"
#include "text_clicker.h"

CLK_FUNCTION(distinct_set_add_bigint);
CLK_FUNCTION(distinct_set_add_uuid);
CLK_FUNCTION(distinct_set_add_text);
CLK_FUNCTION(distinct_set_combine);
CLK_FUNCTION(distinct_set_serialize);
CLK_FUNCTION(distinct_set_deserialize);
CLK_FUNCTION(distinct_set_count);
CLK_FUNCTION(distinct_set_rows_per_value);

/*
 * Argument 0, the set to add to; made in the aggregate's context if NULL.
 *
 * Only an aggregate can have made one, so nobody else is asked.
 */
static inline clk_exact_set *
getarg_set(FunctionCallInfo fcinfo, clk_key_kind kind)
{
	clk_exact_set *set;
	clk_budget *budget;

	if (likely(!PG_ARGISNULL(0)))
		return (clk_exact_set *) PG_GETARG_POINTER(0);

	budget = clk_budget_of(clk_aggregate_context(fcinfo));
	clk_budget_note_caller(budget, fcinfo);
	set = clk_exact_create(budget, kind);
	if (kind == CLK_KEY_INTEGER)
		clk_inbox_consider(budget);
	return set;
}

/* Argument 0, a set, with all that was added to it */
static clk_exact_set *
getarg_complete_set(FunctionCallInfo fcinfo)
{
	clk_exact_set *set = (clk_exact_set *) PG_GETARG_POINTER(0);

	clk_inbox_deal(set->account.budget->inbox);
	return set;
}

/* Argument 0 as it was: NULL is no clicker, and the empty set */
static Datum
same_state(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(PG_GETARG_POINTER(0));
}

/* distinct_set_add_bigint(internal, clicker bigint) RETURNS internal */
Datum
distinct_set_add_bigint(PG_FUNCTION_ARGS)
{
	clk_exact_set *set;

	if (PG_ARGISNULL(1))
		return same_state(fcinfo);

	set = getarg_set(fcinfo, CLK_KEY_INTEGER);
	clk_inbox_add(fcinfo, set, PG_GETARG_INT64(1));
	PG_RETURN_POINTER(set);
}

/* distinct_set_add_uuid(internal, clicker uuid) RETURNS internal */
Datum
distinct_set_add_uuid(PG_FUNCTION_ARGS)
{
	clk_exact_set *set;
	uint64		words[2];

	if (PG_ARGISNULL(1))
		return same_state(fcinfo);

	set = getarg_set(fcinfo, CLK_KEY_UUID);
	memcpy(words, PG_GETARG_UUID_P(1)->data, sizeof(words));
	clk_exact_add(set, words, CLK_KEY_UUID);
	PG_RETURN_POINTER(set);
}

/* distinct_set_add_text(internal, clicker text) RETURNS internal */
Datum
distinct_set_add_text(PG_FUNCTION_ARGS)
{
	clk_exact_set *set;
	text	   *clicker;

	if (PG_ARGISNULL(1))
		return same_state(fcinfo);

	if (PG_ARGISNULL(0))
		clk_check_text_clicker(fcinfo);
	set = getarg_set(fcinfo, CLK_KEY_TEXT);
	clicker = PG_GETARG_TEXT_PP(1);
	clk_exact_add_text(set, VARDATA_ANY(clicker), VARSIZE_ANY_EXHDR(clicker));
	PG_RETURN_POINTER(set);
}

/* distinct_set_combine(internal, internal) RETURNS internal */
Datum
distinct_set_combine(PG_FUNCTION_ARGS)
{
	clk_exact_set *set;
	const void *other;

	if (PG_ARGISNULL(1))
		return same_state(fcinfo);

	other = PG_GETARG_POINTER(1);
	set = getarg_set(fcinfo, clk_wire_kind(other));
	clk_inbox_deal(set->account.budget->inbox);
	clk_wire_merge(set, other);
	PG_RETURN_POINTER(set);
}

/* distinct_set_serialize(internal) RETURNS bytea */
Datum
distinct_set_serialize(PG_FUNCTION_ARGS)
{
	PG_RETURN_BYTEA_P(clk_wire_pack((clk_exact_set *) PG_GETARG_POINTER(0)));
}

/* distinct_set_deserialize(bytea, internal) RETURNS internal */
Datum
distinct_set_deserialize(PG_FUNCTION_ARGS)
{
	clk_aggregate_context(fcinfo);
	PG_RETURN_POINTER(clk_wire_unpack(PG_GETARG_BYTEA_PP(0)));
}

/* distinct_set_count(internal) RETURNS bigint: different values, 0 of no rows */
Datum
distinct_set_count(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_INT64(0);
	PG_RETURN_INT64(clk_exact_count(getarg_complete_set(fcinfo)));
}

/*
 * distinct_set_rows_per_value(internal) RETURNS numeric: values divided by
 * different values, NULL of no rows
 */
Datum
distinct_set_rows_per_value(PG_FUNCTION_ARGS)
{
	clk_exact_set *set;
	int64		count;
	int64		rows;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();

	set = getarg_complete_set(fcinfo);
	count = clk_exact_count(set);
	rows = set->rows;
	return DirectFunctionCall2(numeric_div,
							   NumericGetDatum(clk_int128_to_numeric(rows)),
							   NumericGetDatum(clk_int128_to_numeric(count)));
}
