/*-------------------------------------------------------------------------
 *
 * clicker_set_agg.c
 *	  Building and uniting clicker sets.
 *
 * The state of the aggregates is a clicker_set in the form of a builder, which is
 * changed in place.  One function is the operator |, the transition of the
 * aggregates over sets and the combine function of all.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/uuid.h"

#include "aggregate_state.h"
#include "clicker_key.h"
#include "clicker_set.h"
#include "text_clicker.h"

CLK_FUNCTION(clicker_set_add_bigint);
CLK_FUNCTION(clicker_set_add_text);
CLK_FUNCTION(clicker_set_add_uuid);
CLK_FUNCTION(clicker_set_union);
CLK_FUNCTION(clicker_set_final);

/*
 * Argument 0, not NULL, as a builder to scribble on: an aggregate's own
 * state, else a copy in the current context.
 */
static inline clk_set_builder *
get_set_for_update(FunctionCallInfo fcinfo)
{
	struct varlena *value = PG_GETARG_RAW_VARLENA_P(0);
	clk_set_builder *set = (clk_set_builder *) value;

	if (likely(VARATT_IS_4B_U(value) && clk_is_aligned(value) &&
			   clk_builder_is_valid(set, VARSIZE_4B(value)) &&
			   clk_builder_has_our_table(set) &&
			   AggCheckCallContext(fcinfo, NULL)))
		return set;

	set = NULL;
	clk_clicker_set_unite(&set, PG_GETARG_VARLENA_PP(0));
	return set;
}

/* The builder stays within an aggregate. */
static Datum
return_set(FunctionCallInfo fcinfo, clk_set_builder *set)
{
	if (AggCheckCallContext(fcinfo, NULL))
		return clk_set_builder_datum(set);
	return clk_canonical_set_datum(set);
}

/* The precision argument, or the default if this form has none. */
static int
get_precision(FunctionCallInfo fcinfo)
{
	int			precision;

	if (PG_NARGS() < 3)
		return CLK_PRECISION_DEFAULT;
	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("precision of a %s must not be null", "clicker_set")));
	precision = PG_GETARG_INT32(2);
	clk_check_precision(precision);
	return precision;
}

/*
 * Add a hash to argument 0, which is NULL for a new set.  Where the precision
 * differs from that of the set, the lower one wins, as in a union: so it does
 * not matter in which order rows come, nor to which worker.
 */
static inline Datum
add_hash(FunctionCallInfo fcinfo, uint64 hash)
{
	clk_set_builder *set;
	clk_set_builder *result;

	if (unlikely(PG_ARGISNULL(0)))
		set = clk_builder_create(get_precision(fcinfo), 0, clk_palloc);
	else
	{
		set = get_set_for_update(fcinfo);
		if (PG_NARGS() > 2)
			set = clk_builder_prepare(set, get_precision(fcinfo), 0, clk_palloc);
	}

	result = clk_builder_add(set, hash, clk_palloc);
	if (likely(PointerGetDatum(result) == PG_GETARG_DATUM(0)))
		PG_RETURN_POINTER(result);
	return return_set(fcinfo, result);
}

/*
 * An argument that is a set, or NULL, as the result.  Argument 1 becomes the state of
 * an aggregate, which is trusted from then on.
 */
static Datum
return_argument(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		PG_RETURN_NULL();
	if (AggCheckCallContext(fcinfo, NULL))
	{
		if (argno == 1)
			clk_clicker_set_check(PG_GETARG_VARLENA_PP(argno));
		PG_RETURN_DATUM(PG_GETARG_DATUM(argno));
	}
	PG_RETURN_POINTER(clk_clicker_set_canonical_value(PG_GETARG_VARLENA_P(argno)));
}

/* Without a clicker there is nothing to add. */
static Datum
return_set_unchanged(FunctionCallInfo fcinfo)
{
	(void) get_precision(fcinfo);
	return return_argument(fcinfo, 0);
}

/*
 * clicker_set_add(clicker_set, clicker bigint [, precision integer])
 *
 * The NULL set is an empty one of that precision; a NULL clicker is nobody.
 */
Datum
clicker_set_add_bigint(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return return_set_unchanged(fcinfo);
	return add_hash(fcinfo, clk_clicker_hash_integer(PG_GETARG_INT64(1)));
}

/*
 * clicker_set_add(clicker_set, clicker text [, precision integer])
 *
 * All rows of a group have one collation and type, so an aggregate need only look
 * at them when the set is made.
 */
Datum
clicker_set_add_text(PG_FUNCTION_ARGS)
{
	text	   *clicker;

	if (PG_ARGISNULL(1))
		return return_set_unchanged(fcinfo);
	if (PG_ARGISNULL(0) || !clk_called_by_aggregate(fcinfo))
		clk_check_text_clicker(fcinfo);

	clicker = PG_GETARG_TEXT_PP(1);
	return add_hash(fcinfo, clk_clicker_hash_bytes(VARDATA_ANY(clicker),
												   VARSIZE_ANY_EXHDR(clicker)));
}

/*
 * clicker_set_add(clicker_set, clicker uuid [, precision integer])
 */
Datum
clicker_set_add_uuid(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
		return return_set_unchanged(fcinfo);
	return add_hash(fcinfo, clk_clicker_hash_bytes(PG_GETARG_UUID_P(1)->data,
												   UUID_LEN));
}

/*
 * clicker_set_union(clicker_set, clicker_set): the | operator, and transition
 * and combine function of the aggregates over sets
 *
 * The precision is the lower of both.  A NULL set is nobody.
 */
Datum
clicker_set_union(PG_FUNCTION_ARGS)
{
	clk_set_builder *set;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return return_argument(fcinfo, PG_ARGISNULL(0) ? 1 : 0);

	set = get_set_for_update(fcinfo);
	clk_clicker_set_unite(&set, PG_GETARG_VARLENA_PP(1));
	if (likely(PointerGetDatum(set) == PG_GETARG_DATUM(0)))
		PG_RETURN_POINTER(set);
	return return_set(fcinfo, set);
}

/*
 * clicker_set_final(clicker_set): the canonical form of an aggregate's state
 */
Datum
clicker_set_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(clk_clicker_set_canonical_value(PG_GETARG_VARLENA_PP(0)));
}
