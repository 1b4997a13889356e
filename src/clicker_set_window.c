/*-------------------------------------------------------------------------
 *
 * clicker_set_window.c
 *	  Unions over moving windows, at a cost that does not grow with the frame.
 *
 * People cannot be taken out of a union.  But the row that leaves a frame is
 * always the earliest one in it, and the row that comes is the latest: a frame
 * is a queue.  It is kept as two stacks.  The back has the sets that came, and
 * their union.  The front has, for each of the older rows, the union from it
 * on, so that to remove a row is to drop its entry.  When the front is empty, it
 * is made of all that the back has.  So a set is united three times, once in the
 * back, once for the front and once for a result, however large the frame is.
 *
 * Frames that do not fit into work_mem are not kept.  Then, the executor sums up
 * afresh, as it does without all this.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "aggregate_state.h"
#include "clicker_set.h"
#include "errors.h"

CLK_FUNCTION(clicker_set_moving_add);
CLK_FUNCTION(clicker_set_moving_remove);
CLK_FUNCTION(clicker_set_moving_union);
CLK_FUNCTION(clicker_set_moving_count);

/*
 * The sets of a frame.  NULL sets are not in it.
 */
typedef struct moving_union
{
	clk_set_builder **front;	/* unions from a row on, the earliest first */
	int			nfront;
	int			first;			/* of those that are left */

	struct varlena **back;		/* later sets, the earliest first */
	int			nback;
	int			back_room;
	Size		back_size;		/* of the sets in it */
	bool		back_is_lost;	/* as it was too large: only the union is
								 * there */
	clk_set_builder *back_union;	/* NULL if there is none */
} moving_union;

static Size
memory_limit(void)
{
	return (Size) work_mem * 1024;
}

/*
 * Unite *set, which lives in the context, with a value.  What it takes besides
 * is allocated in the current context.
 */
static void
unite_in_context(MemoryContext context, clk_set_builder **set,
				 const struct varlena *value)
{
	clk_set_builder *united = *set;
	Size		size;

	clk_clicker_set_unite(&united, value);
	if (united == *set)
		return;
	if (*set != NULL)
		pfree(*set);
	size = clk_builder_size(united);
	*set = memcpy(MemoryContextAlloc(context, size), united, size);
}

static void
lose_back(moving_union *frame)
{
	for (int i = 0; i < frame->nback; i++)
		pfree(frame->back[i]);
	frame->nback = 0;
	frame->back_is_lost = true;
}

static void
push_back(moving_union *frame, const struct varlena *value,
		  MemoryContext context)
{
	Size		size = VARSIZE_ANY(value);

	unite_in_context(context, &frame->back_union, value);
	if (frame->back_is_lost)
		return;

	frame->back_size += size;
	if (frame->back_size > memory_limit())
	{
		lose_back(frame);
		return;
	}
	if (frame->nback == frame->back_room)
	{
		frame->back_room = frame->back_room == 0 ? 8 : 2 * frame->back_room;
		frame->back = frame->back == NULL ?
			MemoryContextAlloc(context, frame->back_room * sizeof(*frame->back)) :
			repalloc(frame->back, frame->back_room * sizeof(*frame->back));
	}
	frame->back[frame->nback++] =
		memcpy(MemoryContextAlloc(context, size), value, size);
}

/* Make the front of the back.  False if that is lost, or takes too much. */
static bool
move_back_to_front(moving_union *frame, MemoryContext context)
{
	clk_set_builder *later = NULL;

	if (frame->back_is_lost || frame->nback == 0 ||
		frame->nback * clk_builder_size(frame->back_union) > memory_limit())
		return false;

	if (frame->front != NULL)
		pfree(frame->front);
	frame->front = MemoryContextAlloc(context,
									  frame->nback * sizeof(*frame->front));
	for (int i = frame->nback - 1; i >= 0; i--)
	{
		clk_set_builder *set = later;

		CHECK_FOR_INTERRUPTS();
		if (later != NULL)
		{
			Size		size = clk_builder_size(later);

			set = memcpy(MemoryContextAlloc(context, size), later, size);
		}
		unite_in_context(context, &set, frame->back[i]);
		frame->front[i] = later = set;
		pfree(frame->back[i]);
	}
	frame->nfront = frame->nback;
	frame->first = 0;
	frame->nback = 0;
	frame->back_size = 0;
	pfree(frame->back_union);
	frame->back_union = NULL;
	return true;
}

/*
 * The union of the frame, to be read or, if it is in the current context, to be
 * encoded; NULL if the frame is empty.
 */
static clk_set_builder *
union_of_frame(const moving_union *frame)
{
	clk_set_builder *front = frame->first < frame->nfront ?
		frame->front[frame->first] : NULL;
	Size		size;

	if (front == NULL || frame->back_union == NULL)
		return front != NULL ? front : frame->back_union;

	size = clk_builder_size(front);
	return clk_builder_merge(memcpy(palloc(size), front, size),
							 frame->back_union, clk_palloc);
}

/*
 * clicker_set_moving_add(internal, clicker_set)
 */
Datum
clicker_set_moving_add(PG_FUNCTION_ARGS)
{
	MemoryContext context = clk_aggregate_context(fcinfo);
	moving_union *frame = PG_ARGISNULL(0) ?
		MemoryContextAllocZero(context, sizeof(moving_union)) :
		(moving_union *) PG_GETARG_POINTER(0);

	if (!PG_ARGISNULL(1))
		push_back(frame, PG_GETARG_VARLENA_PP(1), context);
	PG_RETURN_POINTER(frame);
}

/*
 * clicker_set_moving_remove(internal, clicker_set): NULL if it cannot be done
 *
 * The set is that of the earliest row, which is why only its being there counts.
 */
Datum
clicker_set_moving_remove(PG_FUNCTION_ARGS)
{
	MemoryContext context = clk_aggregate_context(fcinfo);
	moving_union *frame = (moving_union *) PG_GETARG_POINTER(0);

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(frame);
	if (frame->first == frame->nfront && !move_back_to_front(frame, context))
		PG_RETURN_NULL();
	pfree(frame->front[frame->first++]);
	PG_RETURN_POINTER(frame);
}

/*
 * clicker_set_moving_union(internal): final function of union_agg(clicker_set)
 */
Datum
clicker_set_moving_union(PG_FUNCTION_ARGS)
{
	clk_set_builder *set = PG_ARGISNULL(0) ? NULL :
		union_of_frame((moving_union *) PG_GETARG_POINTER(0));

	if (set == NULL)
		PG_RETURN_NULL();
	return clk_canonical_set_datum(set);
}

/*
 * clicker_set_moving_count(internal): final function of
 * unique_clicks(clicker_set)
 */
Datum
clicker_set_moving_count(PG_FUNCTION_ARGS)
{
	clk_set_builder *set = PG_ARGISNULL(0) ? NULL :
		union_of_frame((moving_union *) PG_GETARG_POINTER(0));

	PG_RETURN_INT64(set == NULL ? 0 : clk_clicker_set_count(set));
}
