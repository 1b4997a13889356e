/*-------------------------------------------------------------------------
 *
 * clicker_set_compare.c
 *	  Equality, order and hash of clicker_set, by its canonical bytes.
 *
 * Equal sets of equal precision have equal bytes.  The order means nothing; it
 * is there for DISTINCT, GROUP BY, merge joins and unique indexes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "clicker_set.h"

CLK_FUNCTION(clicker_set_eq);
CLK_FUNCTION(clicker_set_ne);
CLK_FUNCTION(clicker_set_lt);
CLK_FUNCTION(clicker_set_le);
CLK_FUNCTION(clicker_set_gt);
CLK_FUNCTION(clicker_set_ge);
CLK_FUNCTION(clicker_set_cmp);
CLK_FUNCTION(clicker_set_hash);
CLK_FUNCTION(clicker_set_hash_extended);

/* Index support functions must not leak. */
static void
free_canonical(clk_canonical_set set)
{
	if (set.copy != NULL)
		pfree(set.copy);
}

/* Less than, equal to or greater than 0, as argument 0 is to argument 1. */
static int
compare_arguments(FunctionCallInfo fcinfo)
{
	struct varlena *value_a = PG_GETARG_VARLENA_PP(0);
	struct varlena *value_b = PG_GETARG_VARLENA_PP(1);
	clk_canonical_set a = clk_clicker_set_canonical(value_a);
	clk_canonical_set b = clk_clicker_set_canonical(value_b);
	int			result = memcmp(a.bytes, b.bytes, Min(a.length, b.length));

	if (result == 0 && a.length != b.length)
		result = a.length < b.length ? -1 : 1;

	free_canonical(a);
	free_canonical(b);
	PG_FREE_IF_COPY(value_a, 0);
	PG_FREE_IF_COPY(value_b, 1);
	return result;
}

/*
 * clicker_set_eq(clicker_set, clicker_set)
 */
Datum
clicker_set_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) == 0);
}

/*
 * clicker_set_ne(clicker_set, clicker_set)
 */
Datum
clicker_set_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) != 0);
}

/*
 * clicker_set_lt(clicker_set, clicker_set)
 */
Datum
clicker_set_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) < 0);
}

/*
 * clicker_set_le(clicker_set, clicker_set)
 */
Datum
clicker_set_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) <= 0);
}

/*
 * clicker_set_gt(clicker_set, clicker_set)
 */
Datum
clicker_set_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) > 0);
}

/*
 * clicker_set_ge(clicker_set, clicker_set)
 */
Datum
clicker_set_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) >= 0);
}

/*
 * clicker_set_cmp(clicker_set, clicker_set)
 */
Datum
clicker_set_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_arguments(fcinfo));
}

/*
 * clicker_set_hash(clicker_set)
 */
Datum
clicker_set_hash(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);
	clk_canonical_set set = clk_clicker_set_canonical(value);
	Datum		result = hash_any(set.bytes, (int) set.length);

	free_canonical(set);
	PG_FREE_IF_COPY(value, 0);
	return result;
}

/*
 * clicker_set_hash_extended(clicker_set, seed bigint)
 */
Datum
clicker_set_hash_extended(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);
	clk_canonical_set set = clk_clicker_set_canonical(value);
	Datum		result = hash_any_extended(set.bytes, (int) set.length,
										   (uint64) PG_GETARG_INT64(1));

	free_canonical(set);
	PG_FREE_IF_COPY(value, 0);
	return result;
}
