/*-------------------------------------------------------------------------
 *
 * result_row.h
 *	  Composite values: where the fields of our own types are, and rows that
 *	  functions return.
 *
 * The owner of a composite type may alter it: add fields, drop them, change
 * their types.  So no value of such a type is read or made before its fields
 * have been found by name and type.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_RESULT_ROW_H
#define CLK_RESULT_ROW_H

#include "access/tupdesc.h"

#include "compat.h"

/* The fields that a composite type of ours was created with */
typedef struct clk_row_shape
{
	int			nfields;
	const char *const *names;
	const Oid  *types;			/* NULL if all are bigint */
} clk_row_shape;

/* No composite type of ours has more fields */
#define CLK_MOST_ROW_FIELDS 20

/* Where those fields are now, as one call site in a query remembers it */
typedef struct clk_row_layout
{
	Oid			row_type;
	uint64		generation;		/* see clk_row_generation */
	bool		plain;			/* they are the first attributes, in order */
	TupleDesc	descriptor;
	AttrNumber	attributes[CLK_MOST_ROW_FIELDS];
} clk_row_layout;

/* Counts what may have altered a type */
extern uint64 clk_row_generation;

/* Find the fields; an error that names the first one which is not there. */
extern const clk_row_layout *clk_find_row_fields(FunctionCallInfo fcinfo,
												 const clk_row_shape *shape,
												 Oid row_type);

/*
 * The layout of a row type at this call site, which is looked up once, and
 * again only when some type may have changed.
 */
static inline const clk_row_layout *
clk_row_layout_of(FunctionCallInfo fcinfo, const clk_row_shape *shape,
				  Oid row_type)
{
	const clk_row_layout *layout = fcinfo->flinfo->fn_extra;

	if (likely(layout != NULL && layout->row_type == row_type &&
			   layout->generation == clk_row_generation))
		return layout;
	return clk_find_row_fields(fcinfo, shape, row_type);
}

/*
 * A datum of the composite type that the SQL function being called returns,
 * with these fields; what its owner has added is NULL.
 */
extern Datum clk_named_row(FunctionCallInfo fcinfo,
						   const clk_row_shape *shape,
						   const Datum *values, const bool *nulls);

/*
 * A datum of the row that the OUT parameters of the SQL function being called
 * make.
 */
extern Datum clk_result_row(FunctionCallInfo fcinfo, Datum *values,
							bool *nulls, int nfields);

#endif							/* CLK_RESULT_ROW_H */
