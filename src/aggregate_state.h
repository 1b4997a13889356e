/*-------------------------------------------------------------------------
 *
 * aggregate_state.h
 *	  Whether an aggregate is calling, where its states live, and flat states of
 *	  fixed length, changed in place.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_AGGREGATE_STATE_H
#define CLK_AGGREGATE_STATE_H

#include "compat.h"
#include "errors.h"
#include "nodes/execnodes.h"

/* What AggCheckCallContext() finds out, without a call: this is done per row. */
static inline bool
clk_called_by_aggregate(FunctionCallInfo fcinfo)
{
	return fcinfo->context != NULL &&
		(IsA(fcinfo->context, AggState) ||
		 IsA(fcinfo->context, WindowAggState));
}

/* The aggregate's memory context; an error if no aggregate is calling. */
static inline MemoryContext
clk_aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext aggregate_context;

	if (!AggCheckCallContext(fcinfo, &aggregate_context))
		clk_not_in_aggregate_error();
	return aggregate_context;
}

/*
 * Argument 0, a state of fixed size, to scribble on.
 *
 * An aggregate's own state is ours to change.  Anybody else's value must be
 * copied first: these functions can be called from SQL, with a stored value.
 * NULL is an empty state, all zeros.
 */
static inline void *
clk_state_for_update(FunctionCallInfo fcinfo, Size size)
{
	void	   *copy;

	if (PG_ARGISNULL(0))
		return palloc0(size);
	if (likely(clk_called_by_aggregate(fcinfo)))
		return PG_GETARG_POINTER(0);

	copy = palloc(size);
	memcpy(copy, PG_GETARG_POINTER(0), size);
	return copy;
}

#endif							/* CLK_AGGREGATE_STATE_H */
