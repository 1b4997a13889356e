/*-------------------------------------------------------------------------
 *
 * click_counts.c
 *	  The SQL composite click_counts: clicks of one row by type.
 *
 * A field is NULL if that type of click was not reported.  Every field is a
 * bigint, which makes the layout of a stored value simple: a tuple header, a
 * bitmap of the fields present, and those fields one behind the other.  So a
 * value is read where it lies, without a tuple descriptor: aggregates do that
 * for every row.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"

#include "click_counts.h"
#include "errors.h"
#include "metric_ratio.h"
#include "result_row.h"

CLK_FUNCTION(click_counts_total);
CLK_FUNCTION(click_counts_add);
CLK_FUNCTION(click_counts_subtract);
CLK_FUNCTION(click_counts_breakdown);

int64
clk_clicks_as_bigint(clk_click_type type, int128 clicks)
{
	if (unlikely(clicks < PG_INT64_MIN || clicks > PG_INT64_MAX))
		clk_bigint_range_error(psprintf("number of clicks of type \"%s\"",
										clk_click_type_labels[type]), clicks);
	return (int64) clicks;
}

void
clk_click_counts_read(Datum datum, clk_click_counts *counts)
{
	const char *field = clk_click_counts_open(datum, &counts->reported);

	for (uint32 to_come = counts->reported; to_come != 0; to_come &= to_come - 1)
	{
		counts->clicks[pg_rightmost_one_pos32(to_come)] = clk_click_field(field);
		field += sizeof(int64);
	}
}

bool
clk_click_counts_total(const clk_click_counts *counts, int128 *total)
{
	uint32		counted = counts->reported & CLK_COUNTED_MASK;

	if (counted == 0)
		return false;

	*total = 0;
	for (; counted != 0; counted &= counted - 1)
		*total += counts->clicks[pg_rightmost_one_pos32(counted)];
	return true;
}

Datum
clk_click_counts_make(FunctionCallInfo fcinfo, const clk_click_counts *counts)
{
	Datum		values[CLK_CLICK_TYPES];
	bool		nulls[CLK_CLICK_TYPES];

	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		nulls[type] = (counts->reported & ((uint32) 1 << type)) == 0;
		values[type] = nulls[type] ? (Datum) 0 : Int64GetDatum(counts->clicks[type]);
	}
	return clk_result_row(fcinfo, values, nulls, CLK_CLICK_TYPES);
}

/*
 * clicks_total(click_counts): Clicks (All) of one row, NULL if no counted type
 * was reported
 */
Datum
click_counts_total(PG_FUNCTION_ARGS)
{
	clk_click_counts counts;
	int128		total;

	clk_click_counts_read(PG_GETARG_DATUM(0), &counts);
	if (!clk_click_counts_total(&counts, &total))
		PG_RETURN_NULL();
	PG_RETURN_INT64(clk_int128_to_bigint(total, "Clicks (All)"));
}

/*
 * Field by field a + sign * b.  A type of click that only one of them
 * reports counts as 0 in the other, as in a sum over rows.
 */
static Datum
combine_field_by_field(FunctionCallInfo fcinfo, int sign)
{
	clk_click_counts a;
	clk_click_counts b;
	clk_click_counts result;

	clk_click_counts_read(PG_GETARG_DATUM(0), &a);
	clk_click_counts_read(PG_GETARG_DATUM(1), &b);

	result.reported = a.reported | b.reported;
	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		uint32		bit = ((uint32) 1) << type;
		int128		clicks = (a.reported & bit) ? a.clicks[type] : 0;

		if (b.reported & bit)
			clicks += sign * (int128) b.clicks[type];
		result.clicks[type] = clk_clicks_as_bigint(type, clicks);
	}
	return clk_click_counts_make(fcinfo, &result);
}

/*
 * click_counts + click_counts
 */
Datum
click_counts_add(PG_FUNCTION_ARGS)
{
	return combine_field_by_field(fcinfo, 1);
}

/*
 * click_counts - click_counts
 */
Datum
click_counts_subtract(PG_FUNCTION_ARGS)
{
	return combine_field_by_field(fcinfo, -1);
}

/* One row of click_breakdown(): the type, its clicks, its share of "total". */
static Datum
breakdown_row(FuncCallContext *context, const clk_click_counts *counts,
			  int type)
{
	char	   *values[3] = {NULL};
	Numeric		share = NULL;
	int128		total;

	values[0] = pstrdup(clk_click_type_labels[type]);
	values[1] = psprintf(INT64_FORMAT, counts->clicks[type]);
	if (clk_click_counts_total(counts, &total))
		share = clk_percent(counts->clicks[type], total);
	if (share != NULL)
		values[2] = DatumGetCString(DirectFunctionCall1(numeric_out,
														NumericGetDatum(share)));

	return HeapTupleGetDatum(BuildTupleFromCStrings(context->attinmeta, values));
}

/*
 * click_breakdown(click_counts, OUT click_type, OUT clicks, OUT share)
 *
 * A row for every type that was reported, counted types first.  The share is
 * in percent of Clicks (All), NULL if that is NULL or 0.
 */
Datum
click_counts_breakdown(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	clk_click_counts *counts;
	uint32		to_come;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old_context;
		TupleDesc	row_type;

		context = SRF_FIRSTCALL_INIT();
		old_context = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &row_type) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		context->attinmeta = TupleDescGetAttInMetadata(row_type);
		counts = palloc_object(clk_click_counts);
		clk_click_counts_read(PG_GETARG_DATUM(0), counts);
		context->user_fctx = counts;
		MemoryContextSwitchTo(old_context);
	}

	context = SRF_PERCALL_SETUP();
	counts = context->user_fctx;

	/* calls so far have shown that many of the types reported */
	to_come = counts->reported;
	for (uint64 shown = 0; shown < context->call_cntr; shown++)
		to_come &= to_come - 1;
	if (to_come == 0)
		SRF_RETURN_DONE(context);
	SRF_RETURN_NEXT(context, breakdown_row(context, counts,
										   pg_rightmost_one_pos32(to_come)));
}
