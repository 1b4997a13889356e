/*-------------------------------------------------------------------------
 *
 * result_row.c
 *	  Composite values: where the fields of our own types are, and rows that
 *	  functions return.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "result_row.h"

uint64		clk_row_generation = 1;

static void
note_altered_relation(Datum arg, Oid relation)
{
	(void) arg;
	(void) relation;
	clk_row_generation++;
}

/* The attribute that is called so, which must be of that type. */
static AttrNumber
find_attribute(TupleDesc descriptor, const char *name, Oid type)
{
	const char *row_type = format_type_be(descriptor->tdtypeid);

	for (int i = 0; i < descriptor->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(descriptor, i);

		if (attribute->attisdropped || strcmp(NameStr(attribute->attname), name) != 0)
			continue;
		if (attribute->atttypid != type)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("field \"%s\" of type %s is of type %s, expected %s",
							name, row_type, format_type_be(attribute->atttypid),
							format_type_be(type)),
					 errhint("Give it back with ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s CASCADE.",
							 row_type, quote_identifier(name), format_type_be(type))));
		return attribute->attnum;
	}
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("type %s has no field \"%s\"", row_type, name),
			 errhint("Give it back with ALTER TYPE %s ADD ATTRIBUTE %s %s CASCADE.",
					 row_type, quote_identifier(name), format_type_be(type))));
}

const clk_row_layout *
clk_find_row_fields(FunctionCallInfo fcinfo, const clk_row_shape *shape,
					Oid row_type)
{
	static bool callback_registered = false;
	clk_row_layout *layout = fcinfo->flinfo->fn_extra;
	MemoryContext old_context;

	if (!callback_registered)
	{
		CacheRegisterRelcacheCallback(note_altered_relation, (Datum) 0);
		callback_registered = true;
	}

	old_context = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	if (layout == NULL)
		layout = fcinfo->flinfo->fn_extra = palloc0_object(clk_row_layout);
	if (layout->descriptor != NULL)
		FreeTupleDesc(layout->descriptor);

	/* until all fields are found, nobody may take this for a layout */
	layout->row_type = InvalidOid;
	layout->descriptor = NULL;

	/* what alters the type while we look counts as after */
	layout->generation = clk_row_generation;
	layout->descriptor = lookup_rowtype_tupdesc_copy(row_type, -1);
	MemoryContextSwitchTo(old_context);

	layout->plain = true;
	for (int i = 0; i < shape->nfields; i++)
	{
		layout->attributes[i] =
			find_attribute(layout->descriptor, shape->names[i],
						   shape->types == NULL ? INT8OID : shape->types[i]);
		layout->plain &= layout->attributes[i] == i + 1;
	}
	layout->row_type = row_type;
	return layout;
}

Datum
clk_named_row(FunctionCallInfo fcinfo, const clk_row_shape *shape,
			  const Datum *values, const bool *nulls)
{
	const clk_row_layout *layout = fcinfo->flinfo->fn_extra;
	Datum	   *attributes;
	bool	   *attribute_nulls;
	int			natts;

	layout = clk_row_layout_of(fcinfo, shape,
							   layout != NULL ? layout->row_type :
							   get_func_rettype(fcinfo->flinfo->fn_oid));
	natts = layout->descriptor->natts;
	if (likely(layout->plain && natts == shape->nfields))
		return HeapTupleGetDatum(heap_form_tuple(layout->descriptor,
												 unconstify(Datum *, values),
												 unconstify(bool *, nulls)));

	attributes = palloc0(natts * sizeof(Datum));
	attribute_nulls = palloc(natts * sizeof(bool));
	memset(attribute_nulls, true, natts * sizeof(bool));

	for (int i = 0; i < shape->nfields; i++)
	{
		attributes[layout->attributes[i] - 1] = values[i];
		attribute_nulls[layout->attributes[i] - 1] = nulls[i];
	}
	return HeapTupleGetDatum(heap_form_tuple(layout->descriptor, attributes,
											 attribute_nulls));
}

/* The descriptor of the OUT parameters, made once at each call site. */
static TupleDesc
out_parameters(FunctionCallInfo fcinfo)
{
	FmgrInfo   *function = fcinfo->flinfo;

	if (function->fn_extra == NULL)
	{
		MemoryContext old_context = MemoryContextSwitchTo(function->fn_mcxt);
		TupleDesc	descriptor;

		if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		function->fn_extra = BlessTupleDesc(CreateTupleDescCopy(descriptor));
		MemoryContextSwitchTo(old_context);
	}
	return function->fn_extra;
}

Datum
clk_result_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls,
			   int nfields)
{
	TupleDesc	row_type = out_parameters(fcinfo);

	if (row_type->natts != nfields)
		elog(ERROR, "function has %d OUT parameters, expected %d",
			 row_type->natts, nfields);
	return HeapTupleGetDatum(heap_form_tuple(row_type, values, nulls));
}
