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
#include "utils/tuplestore.h"

#include "ad_row.h"
#include "click_counts.h"
#include "errors.h"
#include "metric_ratio.h"
#include "result_row.h"

CLK_FUNCTION(click_counts_from_numbers);
CLK_FUNCTION(click_counts_of_bigint);
CLK_FUNCTION(click_counts_total);
CLK_FUNCTION(click_counts_add);
CLK_FUNCTION(click_counts_subtract);
CLK_FUNCTION(click_counts_breakdown);

const clk_row_shape clk_click_counts_shape = {
	.nfields = CLK_CLICK_TYPES,
	.names = clk_click_type_labels,
};

StaticAssertDecl(CLK_CLICK_TYPES <= CLK_MOST_ROW_FIELDS,
				 "a layout must have room for all fields");

int64
clk_clicks_as_bigint(clk_click_type type, int128 clicks)
{
	if (unlikely(clicks < PG_INT64_MIN || clicks > PG_INT64_MAX))
		clk_bigint_range_error(psprintf("number of clicks of type \"%s\"",
										clk_click_type_labels[type]), clicks);
	return (int64) clicks;
}

const char *
clk_click_counts_rearrange(const clk_row_layout *layout,
						   const struct varlena *stored, uint32 *reported)
{
	int			natts = layout->descriptor->natts;
	HeapTupleHeader header = DatumGetHeapTupleHeader(PointerGetDatum(stored));
	HeapTupleData tuple = {.t_data = header};
	Datum	   *values = palloc(natts * sizeof(Datum));
	bool	   *nulls = palloc(natts * sizeof(bool));
	int64	   *fields = palloc(CLK_CLICK_TYPES * sizeof(int64));
	int			nfields = 0;

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	heap_deform_tuple(&tuple, layout->descriptor, values, nulls);

	*reported = 0;
	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		int			attribute = layout->attributes[type] - 1;

		if (nulls[attribute])
			continue;
		*reported |= ((uint32) 1) << type;
		fields[nfields++] = DatumGetInt64(values[attribute]);
	}
	return (const char *) fields;
}

int64
clk_clicks_from_number(clk_click_type type, Datum number)
{
	clk_decimal decimal;
	int128		clicks;

	if (unlikely(clk_decimal_from_numeric(number, &decimal) != CLK_DECIMAL_OK ||
				 !clk_decimal_whole(&decimal, &clicks)))
		clicks = clk_count_of_numeric(psprintf("clicks of type \"%s\"",
											   clk_click_type_labels[type]),
									  number);
	return clk_clicks_as_bigint(type, clicks);
}

void
clk_click_counts_read(FunctionCallInfo fcinfo, Datum datum,
					  clk_click_counts *counts)
{
	const char *field = clk_click_counts_open(fcinfo, datum, &counts->reported);

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
	return clk_named_row(fcinfo, &clk_click_counts_shape, values, nulls);
}

/*
 * click_counts(link any_number, ...): the row with these fields
 */
Datum
click_counts_from_numbers(PG_FUNCTION_ARGS)
{
	clk_click_counts counts = {0};

	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		if (PG_ARGISNULL(type))
			continue;
		counts.reported |= (uint32) 1 << type;
		counts.clicks[type] = clk_clicks_from_number(type, PG_GETARG_DATUM(type));
	}
	return clk_click_counts_make(fcinfo, &counts);
}

/*
 * click_counts_of_bigint(link bigint, ...): the same of integers
 */
Datum
click_counts_of_bigint(PG_FUNCTION_ARGS)
{
	Datum		values[CLK_CLICK_TYPES];
	bool		nulls[CLK_CLICK_TYPES];

	for (int type = 0; type < CLK_CLICK_TYPES; type++)
	{
		values[type] = PG_GETARG_DATUM(type);
		nulls[type] = PG_ARGISNULL(type);
	}
	return clk_named_row(fcinfo, &clk_click_counts_shape, values, nulls);
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

	clk_click_counts_read(fcinfo, PG_GETARG_DATUM(0), &counts);
	if (!clk_click_counts_total(&counts, &total))
		PG_RETURN_NULL();
	PG_RETURN_INT64(clk_int128_to_bigint(total, "Clicks (All)"));
}

/*
 * Field by field a + sign * b, NULL if both are.  What only one of them reports,
 * a field or all of them, counts as 0 in the other, as in a sum over rows.
 */
static Datum
combine_field_by_field(FunctionCallInfo fcinfo, int sign)
{
	clk_click_counts a = {0};
	clk_click_counts b = {0};
	clk_click_counts result;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(0))
		clk_click_counts_read(fcinfo, PG_GETARG_DATUM(0), &a);
	if (!PG_ARGISNULL(1))
		clk_click_counts_read(fcinfo, PG_GETARG_DATUM(1), &b);

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

/*
 * click_breakdown(click_counts, OUT click_type, OUT clicks, OUT share)
 *
 * A row for every type that was reported, counted types first.  The share is
 * in percent of Clicks (All), NULL if that is NULL or 0.
 */
Datum
click_counts_breakdown(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	clk_click_counts counts;
	int128		total = 0;

	InitMaterializedSRF(fcinfo, 0);
	clk_click_counts_read(fcinfo, PG_GETARG_DATUM(0), &counts);
	(void) clk_click_counts_total(&counts, &total);

	for (uint32 to_come = counts.reported; to_come != 0; to_come &= to_come - 1)
	{
		int			type = pg_rightmost_one_pos32(to_come);
		Numeric		share = clk_percent(counts.clicks[type], total);
		Datum		values[3];
		bool		nulls[3] = {false, false, share == NULL};

		values[0] = clk_click_type_datum(TupleDescAttr(result->setDesc, 0)->atttypid,
										 type);
		values[1] = Int64GetDatum(counts.clicks[type]);
		values[2] = NumericGetDatum(share);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	PG_RETURN_NULL();
}
