/*-------------------------------------------------------------------------
 *
 * ad_totals_agg.c
 *	  The aggregates clicks_all, ctr, cpc and ad_metrics, over ad_totals.
 *
 * There is one transition, accumulate(), for every aggregate and every type of
 * argument.  The SQL functions at the end of the file say which argument is
 * which column of the ad row and how it is to be read; being constant, that
 * leaves in each of them only the code which it needs.  A currency is the last
 * argument, and may be left out.
 *
 * Sums skip NULL column by column, as sum() does.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"

#include "ad_row.h"
#include "ad_totals.h"
#include "aggregate_state.h"
#include "errors.h"
#include "metric_ratio.h"
#include "result_row.h"

CLK_FUNCTION(ad_totals_clicks_all);
CLK_FUNCTION(ad_totals_ctr);
CLK_FUNCTION(ad_totals_cpc);
CLK_FUNCTION(ad_totals_metrics);

static inline void
add_count(clk_count_sum *sum, int128 count, const char *what)
{
	if (unlikely(__builtin_add_overflow(sum->sum, count, &sum->sum) ||
				 __builtin_add_overflow(sum->rows, 1, &sum->rows)))
		clk_out_of_range_error(what);
}

/*
 * Take a count out of the sum again.  With the last one the sum is empty, even
 * if what is taken out was never added.
 */
static inline void
remove_count(clk_count_sum *sum, int128 count, const char *what)
{
	if (sum->rows <= 1)
	{
		memset(sum, 0, sizeof(*sum));
		return;
	}
	if (unlikely(__builtin_sub_overflow(sum->sum, count, &sum->sum)))
		clk_out_of_range_error(what);
	sum->rows--;
}

/* The currency of a row's spend must be that of the other rows. */
static void
check_currency(FunctionCallInfo fcinfo, clk_ad_totals *totals, int argument)
{
	char		currency[CLK_CURRENCY_SIZE];

	clk_read_currency(fcinfo, argument, currency);
	if (totals->spend.rows == 0)
		memcpy(totals->currency, currency, CLK_CURRENCY_SIZE);
	else
		clk_ad_totals_check_currency(totals->currency, currency);
}

static pg_attribute_always_inline void
add_spend(FunctionCallInfo fcinfo, clk_ad_totals *totals, clk_column from)
{
	clk_decimal_status status;
	clk_decimal_sum *spend = &totals->spend;

	switch (from.type)
	{
		case clk_column_int8:
			status = clk_decimal_sum_add_int64(spend, PG_GETARG_INT64(from.argument));
			if (unlikely(status != CLK_DECIMAL_OK))
				clk_out_of_range_error("sum of spend");
			break;
		case clk_column_float8:
			status = clk_decimal_sum_add_float8(spend, PG_GETARG_FLOAT8(from.argument));
			if (unlikely(status != CLK_DECIMAL_OK))
				clk_float8_status_error("spend", status, PG_GETARG_FLOAT8(from.argument));
			break;
		default:
			status = clk_decimal_sum_add_numeric(spend, PG_GETARG_DATUM(from.argument));
			if (unlikely(status != CLK_DECIMAL_OK))
				clk_numeric_status_error("spend", status, PG_GETARG_DATUM(from.argument));
			break;
	}
}

/* False if the display scale of the remaining spend is unknown. */
static pg_attribute_always_inline bool
remove_spend(FunctionCallInfo fcinfo, clk_ad_totals *totals, clk_column from)
{
	clk_decimal_status status;
	clk_decimal_sum *spend = &totals->spend;

	switch (from.type)
	{
		case clk_column_int8:
			status = clk_decimal_sum_remove_int64(spend, PG_GETARG_INT64(from.argument));
			break;
		case clk_column_float8:
			status = clk_decimal_sum_remove_float8(spend, PG_GETARG_FLOAT8(from.argument));
			break;
		default:
			status = clk_decimal_sum_remove_numeric(spend, PG_GETARG_DATUM(from.argument));
			break;
	}
	if (status == CLK_DECIMAL_SUM_TOO_WIDE)
		clk_out_of_range_error("sum of spend");
	if (spend->rows == 0)
		memset(totals->currency, 0, CLK_CURRENCY_SIZE);
	return status == CLK_DECIMAL_OK;
}

/* The transition of all aggregates of this file. */
static pg_attribute_always_inline Datum
accumulate(FunctionCallInfo fcinfo, clk_ad_row row)
{
	clk_ad_totals *totals = clk_state_for_update(fcinfo, sizeof(*totals));
	int128		count;

	if (clk_read_count(fcinfo, row.clicks, "clicks", &count))
		add_count(&totals->clicks, count, "sum of clicks");
	if (clk_read_count(fcinfo, row.impressions, "impressions", &count))
		add_count(&totals->impressions, count, "sum of impressions");
	if (row.spend.type != clk_column_absent && !PG_ARGISNULL(row.spend.argument))
	{
		if (row.currency.type != clk_column_absent && PG_NARGS() > row.currency.argument)
			check_currency(fcinfo, totals, row.currency.argument);
		add_spend(fcinfo, totals, row.spend);
	}
	PG_RETURN_POINTER(totals);
}

/*
 * The inverse transition: take a row that was added out again.  NULL, which
 * makes the executor start afresh, if spend cannot be taken out.
 */
static pg_attribute_always_inline Datum
unaccumulate(FunctionCallInfo fcinfo, clk_ad_row row)
{
	clk_ad_totals *totals = clk_state_for_update(fcinfo, sizeof(*totals));
	int128		count;

	if (clk_read_count(fcinfo, row.clicks, "clicks", &count))
		remove_count(&totals->clicks, count, "sum of clicks");
	if (clk_read_count(fcinfo, row.impressions, "impressions", &count))
		remove_count(&totals->impressions, count, "sum of impressions");
	if (row.spend.type != clk_column_absent && !PG_ARGISNULL(row.spend.argument) &&
		!remove_spend(fcinfo, totals, row.spend))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(totals);
}

/* CTR in percent, NULL without impressions or where clicks are unknown */
static Numeric
totals_ctr(const clk_ad_totals *totals)
{
	if (totals->clicks.rows == 0)
		return NULL;
	return clk_percent(totals->clicks.sum, totals->impressions.sum);
}

/* CPC, NULL without clicks or where spend is unknown */
static Numeric
totals_cpc(const clk_ad_totals *totals)
{
	if (totals->spend.rows == 0 || totals->clicks.sum == 0)
		return NULL;
	return clk_quotient(&totals->spend, totals->clicks.sum);
}

/*
 * ad_totals_clicks_all(ad_totals): final function of clicks_all()
 */
Datum
ad_totals_clicks_all(PG_FUNCTION_ARGS)
{
	const clk_ad_totals *totals = (clk_ad_totals *) PG_GETARG_POINTER(0);

	if (totals->clicks.rows == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT64(clk_int128_to_bigint(totals->clicks.sum, "Clicks (All)"));
}

/*
 * ad_totals_ctr(ad_totals): final function of ctr()
 */
Datum
ad_totals_ctr(PG_FUNCTION_ARGS)
{
	Numeric		ctr = totals_ctr((clk_ad_totals *) PG_GETARG_POINTER(0));

	if (ctr == NULL)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(ctr);
}

/*
 * ad_totals_cpc(ad_totals): final function of cpc()
 */
Datum
ad_totals_cpc(PG_FUNCTION_ARGS)
{
	Numeric		cpc = totals_cpc((clk_ad_totals *) PG_GETARG_POINTER(0));

	if (cpc == NULL)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(cpc);
}

/* The fields of the SQL type ad_metrics */
static const char *const metrics_names[] = {
	"clicks_all", "impressions", "spend", "ctr", "cpc"
};
static const Oid metrics_types[] = {
	INT8OID, INT8OID, NUMERICOID, NUMERICOID, NUMERICOID
};
static const clk_row_shape metrics_shape = {
	.nfields = lengthof(metrics_names),
	.names = metrics_names,
	.types = metrics_types,
};

/*
 * ad_totals_metrics(ad_totals): final function of ad_metrics()
 *
 * (clicks_all bigint, impressions bigint, spend numeric, ctr numeric, cpc
 * numeric), each NULL as its own aggregate would be.
 */
Datum
ad_totals_metrics(PG_FUNCTION_ARGS)
{
	const clk_ad_totals *totals = (clk_ad_totals *) PG_GETARG_POINTER(0);
	Datum		values[5] = {0};
	bool		nulls[5];
	Numeric		ctr = totals_ctr(totals);
	Numeric		cpc = totals_cpc(totals);

	nulls[0] = totals->clicks.rows == 0;
	if (!nulls[0])
		values[0] = Int64GetDatum(clk_int128_to_bigint(totals->clicks.sum,
													   "Clicks (All)"));
	nulls[1] = totals->impressions.rows == 0;
	if (!nulls[1])
		values[1] = Int64GetDatum(clk_int128_to_bigint(totals->impressions.sum,
													   "sum of impressions"));
	nulls[2] = totals->spend.rows == 0;
	if (!nulls[2])
		values[2] = NumericGetDatum(clk_decimal_sum_result(&totals->spend));
	nulls[3] = ctr == NULL;
	values[3] = NumericGetDatum(ctr);
	nulls[4] = cpc == NULL;
	values[4] = NumericGetDatum(cpc);

	return clk_named_row(fcinfo, &metrics_shape, values, nulls);
}

/*
 * ad_totals_add_NAME(ad_totals, ...), a transition function, and
 * ad_totals_remove_NAME(ad_totals, ...), its inverse
 */
#define TRANSITION(name, ...) \
	CLK_FUNCTION(ad_totals_add_##name); \
	CLK_FUNCTION(ad_totals_remove_##name); \
	Datum \
	ad_totals_add_##name(PG_FUNCTION_ARGS) \
	{ \
		return accumulate(fcinfo, (clk_ad_row) {__VA_ARGS__}); \
	} \
	Datum \
	ad_totals_remove_##name(PG_FUNCTION_ARGS) \
	{ \
		return unaccumulate(fcinfo, (clk_ad_row) {__VA_ARGS__}); \
	} \
	extern int	clk_semicolon_follows

/* The same for one form of an aggregate, named after its types of argument */
#define CLICKS(clicks_type) \
	TRANSITION(clicks_##clicks_type, \
			   .clicks = {clk_column_##clicks_type, 1})
#define CTR(clicks_type, impressions_type) \
	TRANSITION(ctr_##clicks_type##_##impressions_type, \
			   .clicks = {clk_column_##clicks_type, 1}, \
			   .impressions = {clk_column_##impressions_type, 2})
#define CPC(spend_type, clicks_type) \
	TRANSITION(cpc_##spend_type##_##clicks_type, \
			   .spend = {clk_column_##spend_type, 1}, \
			   .clicks = {clk_column_##clicks_type, 2}, \
			   .currency = {clk_column_text, 3})
#define METRICS(clicks_type, impressions_type, spend_type) \
	TRANSITION(metrics_##clicks_type##_##impressions_type##_##spend_type, \
			   .clicks = {clk_column_##clicks_type, 1}, \
			   .impressions = {clk_column_##impressions_type, 2}, \
			   .spend = {clk_column_##spend_type, 3}, \
			   .currency = {clk_column_text, 4})

/* The forms there are: one line for each in extension/overloads.txt */
CLICKS(int2);
CLICKS(int4);
CLICKS(int8);
CLICKS(any_number);
CLICKS(text);
CTR(int4, int4);
CTR(int8, int8);
CTR(any_number, any_number);
CPC(int8, int8);
CPC(numeric, int8);
CPC(float8, int8);
CPC(any_number, any_number);
METRICS(int8, int8, int8);
METRICS(int8, int8, numeric);
METRICS(int8, int8, float8);
METRICS(any_number, any_number, any_number);
