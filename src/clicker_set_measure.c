/*-------------------------------------------------------------------------
 *
 * clicker_set_measure.c
 *	  How many clickers are in a set, how many in both of two, and how far to
 *	  trust that.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "clicker_set.h"
#include "result_row.h"

CLK_FUNCTION(clicker_set_cardinality);
CLK_FUNCTION(clicker_set_standard_error);
CLK_FUNCTION(clicker_set_overlap);

/* A count of clickers as SQL knows it. */
static int64
count_from_estimate(double estimate)
{
	if (estimate >= (double) PG_INT64_MAX)
		return PG_INT64_MAX;
	return (int64) rint(estimate);
}

int64
clk_clicker_set_count(clk_set_builder *set)
{
	return count_from_estimate(clk_builder_cardinality(set));
}

/*
 * cardinality(clicker_set), and the final function of the aggregates that
 * count, where NULL is no clicker
 */
Datum
clicker_set_cardinality(PG_FUNCTION_ARGS)
{
	struct varlena *value;
	clk_stored_set stored;
	clk_set_builder *set;

	if (PG_ARGISNULL(0))
		PG_RETURN_INT64(0);

	value = PG_GETARG_VARLENA_PP(0);
	if (clk_stored_open((const uint8 *) VARDATA_ANY(value),
						VARSIZE_ANY_EXHDR(value), &stored) &&
		stored.kind == CLK_STORED_TOKENS)
		PG_RETURN_INT64(stored.count);

	set = clk_clicker_set_read(value);
	PG_RETURN_INT64(clk_clicker_set_count(set));
}

/* Relative standard error of clk_builder_cardinality(). */
static double
builder_standard_error(const clk_set_builder *set)
{
	return clk_builder_has_registers(set) ?
		clk_ull_standard_error(clk_builder_precision(set)) : 0;
}

/*
 * standard_error(clicker_set): relative to its cardinality, 0 if that is exact
 */
Datum
clicker_set_standard_error(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);

	PG_RETURN_FLOAT8(builder_standard_error(clk_clicker_set_read(value)));
}

/* How many tokens are in both sets. */
static uint32
count_common_tokens(const clk_set_builder *a, const clk_set_builder *b)
{
	uint32		common = 0;

	for (uint32 i = 0; i < a->slots; i++)
	{
		if (a->tokens[i] != 0 &&
			clk_token_is_member(b->tokens, b->slots, a->tokens[i]))
			common++;
	}
	return common;
}

/* Of registers that no number of clickers would fill, the estimate is infinite. */
static double
finite_cardinality(clk_set_builder *set)
{
	return Min(clk_builder_cardinality(set), (double) PG_INT64_MAX);
}

/*
 * |A| + |B| - |A or B|, and its standard error.
 *
 * The relative errors of the three estimates are nearly those of minima of
 * exponential variables, one per clicker and register: of equal variance, and
 * with a correlation equal to the share of common clickers among all in the
 * two sets that are compared.  Hence the variance, in units of theirs, is
 *
 *		U^2 - A^2 - B^2 + 2 A B I / U		where I is the overlap
 *
 * and, if A is exact, U^2 - B^2.
 *
 * That d clickers of A are outside a big B shows in U with a standard error of
 * e sqrt(2 B d).  Up to 8 B e^2 of them are less than two such errors, so that
 * an estimate that there are none says little: B often has exactly the
 * registers of the union.  Therefore the error is that of at least so many
 * outside, or all.
 */
static double
include_and_exclude(clk_set_builder *a, clk_set_builder *b,
					clk_set_builder *both, double *standard_error)
{
	double		size_a = finite_cardinality(a);
	double		size_b = finite_cardinality(b);
	double		smaller = Min(size_a, size_b);
	double		error = builder_standard_error(both);
	double		overlap = size_a + size_b - finite_cardinality(both);
	double		unseen = 8 * error * error * Max(size_a, size_b);
	double		common;
	double		all;
	double		variance;

	overlap = Max(overlap, 0);
	overlap = Min(overlap, smaller);

	common = Min(overlap, Max(smaller - unseen, 0));
	all = size_a + size_b - common;
	variance = all * all;
	if (clk_builder_has_registers(a))
		variance -= size_a * size_a;
	if (clk_builder_has_registers(b))
		variance -= size_b * size_b;
	if (clk_builder_has_registers(a) && clk_builder_has_registers(b))
		variance += 2 * size_a * size_b * common / all;
	*standard_error = error * sqrt(Max(variance, 0));
	return overlap;
}

/*
 * overlap(clicker_set, clicker_set, OUT estimate bigint,
 *		   OUT standard_error double precision)
 *
 * Exact while both sets are; else by inclusion and exclusion, all at the lower
 * of the precisions.
 */
Datum
clicker_set_overlap(PG_FUNCTION_ARGS)
{
	struct varlena *value_a = PG_GETARG_VARLENA_PP(0);
	struct varlena *value_b = PG_GETARG_VARLENA_PP(1);
	clk_set_builder *a = NULL;
	clk_set_builder *b = NULL;
	clk_set_builder *both = NULL;
	double		estimate;
	double		standard_error = 0;
	Datum		values[2];
	bool		nulls[2] = {false, false};

	clk_clicker_set_unite(&a, value_a);
	clk_clicker_set_unite(&b, value_b);
	if (!clk_builder_has_registers(a) && !clk_builder_has_registers(b))
		estimate = count_common_tokens(a, b);
	else
	{
		clk_clicker_set_unite(&both, value_a);
		clk_clicker_set_unite(&both, value_b);
		if (clk_builder_has_registers(a))
			a = clk_builder_set_precision(a, clk_builder_precision(both),
										  clk_palloc);
		if (clk_builder_has_registers(b))
			b = clk_builder_set_precision(b, clk_builder_precision(both),
										  clk_palloc);
		estimate = include_and_exclude(a, b, both, &standard_error);
	}

	values[0] = Int64GetDatum(count_from_estimate(estimate));
	values[1] = Float8GetDatum(standard_error);
	return clk_result_row(fcinfo, values, nulls, 2);
}
