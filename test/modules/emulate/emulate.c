/*-------------------------------------------------------------------------
 *
 * emulate.c
 *	  An aggregate as a distributed engine runs it, for tests.
 *
 * Workers take the rows in turns.  As in Citus, the transition function gets
 * a fresh FmgrInfo for each row: fn_extra does not survive, fn_expr is absent
 * and fn_mcxt ends with the row.  The Aggref is that of an aggregate of the
 * engine's own; several arguments are a row in it, which has no collation.
 * Then the state of each worker travels, as text, as bytes or serialized, to
 * a coordinator that never shared memory with it; the coordinator combines
 * what arrives and calls the final function.
 *
 * Any support function that keeps something it may not, or hands out something
 * that is not its own, gives a wrong result here, or crashes.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "executor/nodeAgg.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/execnodes.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

PG_MODULE_MAGIC;

#if PG_VERSION_NUM < 160000
PGDLLEXPORT Datum emulate(PG_FUNCTION_ARGS);
PGDLLEXPORT Datum state_bytes(PG_FUNCTION_ARGS);
PGDLLEXPORT Datum combine_bytes(PG_FUNCTION_ARGS);
#endif
PG_FUNCTION_INFO_V1(emulate);
PG_FUNCTION_INFO_V1(state_bytes);
PG_FUNCTION_INFO_V1(combine_bytes);

/* What the catalog knows of an aggregate */
typedef struct Aggregate
{
	FormData_pg_aggregate form;
	int			nargs;
	Oid			arg_types[FUNC_MAX_ARGS];
	Oid			result_type;
	int16		state_length;
	bool		state_by_value;
	bool		has_initial_state;
	Datum		initial_state;	/* text form, as a text datum */
} Aggregate;

/* One who aggregates: a worker or the coordinator */
typedef struct Place
{
	AggState   *aggstate;		/* context of its calls */
	ExprContext *context;		/* where its state lives */
	bool		has_first_value;	/* see advance() */
	NullableDatum state;
} Place;

static Aggregate *
look_up(Oid aggregate_oid)
{
	Aggregate  *result = palloc0(sizeof(Aggregate));
	HeapTuple	aggregate = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(aggregate_oid));
	HeapTuple	function = SearchSysCache1(PROCOID, ObjectIdGetDatum(aggregate_oid));
	Form_pg_proc form;
	Datum		initial_state;
	bool		isnull;

	if (!HeapTupleIsValid(aggregate) || !HeapTupleIsValid(function))
		elog(ERROR, "function %u is not an aggregate", aggregate_oid);

	memcpy(&result->form, GETSTRUCT(aggregate), sizeof(FormData_pg_aggregate));
	form = (Form_pg_proc) GETSTRUCT(function);
	result->nargs = form->pronargs;
	memcpy(result->arg_types, form->proargtypes.values,
		   form->pronargs * sizeof(Oid));
	result->result_type = form->prorettype;
	get_typlenbyval(result->form.aggtranstype,
					&result->state_length, &result->state_by_value);

	initial_state = SysCacheGetAttr(AGGFNOID, aggregate,
									Anum_pg_aggregate_agginitval, &isnull);
	result->has_initial_state = !isnull;
	if (!isnull)
		result->initial_state = datumCopy(initial_state, false, -1);

	ReleaseSysCache(aggregate);
	ReleaseSysCache(function);
	return result;
}

/*
 * Call a function the way Citus does: nothing is known of the call site, and
 * nothing stays of it.  A strict function is not called with NULL.
 */
static NullableDatum
call(AggState *aggstate, Oid function, Oid collation,
	 int nargs, const NullableDatum *args)
{
	LOCAL_FCINFO(fcinfo, FUNC_MAX_ARGS);
	FmgrInfo	flinfo;
	NullableDatum result = {0, true};

	fmgr_info(function, &flinfo);
	InitFunctionCallInfoData(*fcinfo, &flinfo, nargs, collation,
							 (void *) aggstate, NULL);
	for (int i = 0; i < nargs; i++)
	{
		if (flinfo.fn_strict && args[i].isnull)
			return result;
		fcinfo->args[i] = args[i];
	}

	result.value = FunctionCallInvoke(fcinfo);
	result.isnull = fcinfo->isnull;
	return result;
}

/* As the executor does it: the state moves to the context of its place. */
static void
keep_state(const Aggregate *aggregate, Place *place, NullableDatum state)
{
	MemoryContext oldcontext;

	if (!aggregate->state_by_value && !state.isnull &&
		(place->state.isnull ||
		 DatumGetPointer(state.value) != DatumGetPointer(place->state.value)))
	{
		oldcontext = MemoryContextSwitchTo(place->context->ecxt_per_tuple_memory);
		state.value = datumCopy(state.value, aggregate->state_by_value,
								aggregate->state_length);
		MemoryContextSwitchTo(oldcontext);
	}
	place->state = state;
}

/*
 * Let "function", of transition or of combination, take in args[1] and so on.
 *
 * Without an initial state, a strict function is not called for the first
 * value; that value becomes the state.
 */
static void
advance(const Aggregate *aggregate, Place *place, Oid function, Oid collation,
		int nargs, NullableDatum *args)
{
	if (func_strict(function))
	{
		for (int i = 1; i < nargs; i++)
		{
			if (args[i].isnull)
				return;
		}
		if (!place->has_first_value)
		{
			place->has_first_value = true;
			keep_state(aggregate, place, args[1]);
			return;
		}
		if (place->state.isnull)
			return;
	}

	args[0] = place->state;
	keep_state(aggregate, place,
			   call(place->aggstate, function, collation, nargs, args));
}

static Place *
start_place(const Aggregate *aggregate)
{
	Place	   *place = palloc0(sizeof(Place));
	MemoryContext oldcontext;

	place->context = CreateStandaloneExprContext();
	place->aggstate = makeNode(AggState);
	place->aggstate->curaggcontext = place->context;
	place->state.isnull = true;

	if (aggregate->has_initial_state)
	{
		Oid			input;
		Oid			ioparam;

		getTypeInputInfo(aggregate->form.aggtranstype, &input, &ioparam);
		oldcontext = MemoryContextSwitchTo(place->context->ecxt_per_tuple_memory);
		place->state.value =
			OidInputFunctionCall(input, TextDatumGetCString(aggregate->initial_state),
								 ioparam, -1);
		MemoryContextSwitchTo(oldcontext);
		place->state.isnull = false;
		place->has_first_value = true;
	}
	return place;
}

static void
end_place(Place *place)
{
	FreeExprContext(place->context, true);
}

/* A worker's state as it arrives at the coordinator, in the current context */
static NullableDatum
travel(const Aggregate *aggregate, Place *worker, Place *coordinator,
	   const char *transport)
{
	Oid			type = aggregate->form.aggtranstype;
	NullableDatum arrived = worker->state;
	Oid			function;
	Oid			ioparam;
	bool		isvarlena;

	if (arrived.isnull)
		return arrived;

	if (strcmp(transport, "text") == 0)
	{
		char	   *text;

		getTypeOutputInfo(type, &function, &isvarlena);
		text = OidOutputFunctionCall(function, worker->state.value);
		getTypeInputInfo(type, &function, &ioparam);
		arrived.value = OidInputFunctionCall(function, text, ioparam, -1);
	}
	else if (strcmp(transport, "binary") == 0)
	{
		bytea	   *bytes;
		StringInfoData message;

		getTypeBinaryOutputInfo(type, &function, &isvarlena);
		bytes = OidSendFunctionCall(function, worker->state.value);
		initStringInfo(&message);
		appendBinaryStringInfo(&message, VARDATA(bytes),
							   VARSIZE(bytes) - VARHDRSZ);
		getTypeBinaryInputInfo(type, &function, &ioparam);
		arrived.value = OidReceiveFunctionCall(function, &message, ioparam, -1);
	}
	else if (strcmp(transport, "serialize") == 0)
	{
		NullableDatum args[2] = {worker->state, {0, false}};

		args[0] = call(worker->aggstate, aggregate->form.aggserialfn,
					   DEFAULT_COLLATION_OID, 1, args);
		arrived = call(coordinator->aggstate, aggregate->form.aggdeserialfn,
					   DEFAULT_COLLATION_OID, 2, args);
	}
	else
		elog(ERROR, "transport is text, binary or serialize, not %s", transport);

	return arrived;
}

/* Combine, and see that the function left its second argument alone. */
static void
combine(const Aggregate *aggregate, Place *coordinator, NullableDatum arrived)
{
	NullableDatum args[2] = {{0, true}, arrived};
	Datum		before = 0;

	if (!arrived.isnull)
		before = datumCopy(arrived.value, aggregate->state_by_value,
						   aggregate->state_length);

	advance(aggregate, coordinator, aggregate->form.aggcombinefn,
			DEFAULT_COLLATION_OID, 2, args);

	if (arrived.isnull)
		return;
	if (!datumIsEqual(before, arrived.value, aggregate->state_by_value,
					  aggregate->state_length))
		elog(ERROR, "the combine function changed its second argument");
	if (aggregate->form.aggtranstype == INTERNALOID && !coordinator->state.isnull &&
		coordinator->state.value == arrived.value)
		elog(ERROR, "the combine function returned its second argument");
}

/* The result as text, or NULL */
static char *
finalize(const Aggregate *aggregate, Place *place)
{
	NullableDatum args[FUNC_MAX_ARGS];
	NullableDatum result = place->state;
	Oid			output;
	bool		isvarlena;

	if (OidIsValid(aggregate->form.aggfinalfn))
	{
		int			nargs = aggregate->form.aggfinalextra ? aggregate->nargs + 1 : 1;

		args[0] = place->state;
		for (int i = 1; i < nargs; i++)
			args[i].isnull = true;
		result = call(place->aggstate, aggregate->form.aggfinalfn,
					  DEFAULT_COLLATION_OID, nargs, args);
	}
	if (result.isnull)
		return NULL;

	getTypeOutputInfo(aggregate->result_type, &output, &isvarlena);
	return OidOutputFunctionCall(output, result.value);
}

/*
 * The call of the engine's own aggregate in place of this one: with the OID, and
 * the argument or a row of all arguments.  Returns the collation that it has.
 */
static Oid
call_of_engine(Place *worker, TupleDesc desc)
{
	Aggref	   *aggref = makeNode(Aggref);
	RowExpr    *row = makeNode(RowExpr);
	Expr	   *argument = (Expr *) row;
	Const	   *oid;

	row->row_typeid = RECORDOID;
	for (int j = 0; j < desc->natts; j++)
	{
		Form_pg_attribute column = TupleDescAttr(desc, j);

		row->args = lappend(row->args, makeVar(1, j + 1, column->atttypid, -1,
											   column->attcollation, 0));
	}
	if (desc->natts == 1)
		argument = linitial(row->args);

	aggref->aggfnoid = F_COUNT_ANY;
	oid = makeConst(OIDOID, -1, InvalidOid, sizeof(Oid),
					ObjectIdGetDatum(F_COUNT_ANY), false, true);
	aggref->args = list_make2(makeTargetEntry((Expr *) oid, 1, NULL, false),
							  makeTargetEntry(argument, 2, NULL, false));
	worker->aggstate->curpertrans = palloc0(sizeof(AggStatePerTransData));
	worker->aggstate->curpertrans->aggref = aggref;
	return exprCollation((Node *) argument);
}

/* Take every "step"th row from "first" on, in a memory context for each row. */
static void
work(const Aggregate *aggregate, Place *worker, uint64 first, uint64 step)
{
	TupleDesc	desc = SPI_tuptable->tupdesc;
	MemoryContext row = AllocSetContextCreate(CurrentMemoryContext, "row",
											  ALLOCSET_DEFAULT_SIZES);
	Oid			collation = call_of_engine(worker, desc);
	MemoryContext oldcontext = MemoryContextSwitchTo(row);
	NullableDatum args[FUNC_MAX_ARGS];

	if (desc->natts != aggregate->nargs)
		elog(ERROR, "the query has %d columns, the aggregate %d arguments",
			 desc->natts, aggregate->nargs);
	for (int j = 0; j < desc->natts; j++)
	{
		if (SPI_gettypeid(desc, j + 1) != aggregate->arg_types[j])
			elog(ERROR, "column %d is %s, the argument is %s", j + 1,
				 format_type_be(SPI_gettypeid(desc, j + 1)),
				 format_type_be(aggregate->arg_types[j]));
	}

	for (uint64 i = first; i < SPI_processed; i += step)
	{
		for (int j = 0; j < desc->natts; j++)
			args[j + 1].value = SPI_getbinval(SPI_tuptable->vals[i], desc, j + 1,
											  &args[j + 1].isnull);
		advance(aggregate, worker, aggregate->form.aggtransfn, collation,
				desc->natts + 1, args);
		MemoryContextReset(row);
		CHECK_FOR_INTERRUPTS();
	}
	MemoryContextSwitchTo(oldcontext);
	MemoryContextDelete(row);
}

/*
 * emulate(aggregate regprocedure, query text, workers integer, transport text)
 */
Datum
emulate(PG_FUNCTION_ARGS)
{
	Aggregate  *aggregate = look_up(PG_GETARG_OID(0));
	char	   *query = text_to_cstring(PG_GETARG_TEXT_PP(1));
	int			nworkers = PG_GETARG_INT32(2);
	char	   *transport = text_to_cstring(PG_GETARG_TEXT_PP(3));
	MemoryContext caller = CurrentMemoryContext;
	Place	   *coordinator;
	char	   *result;
	char	   *again;

	SPI_connect();
	if (SPI_execute(query, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "not a query: %s", query);

	coordinator = start_place(aggregate);
	for (int i = 0; i < nworkers; i++)
	{
		Place	   *worker = start_place(aggregate);
		MemoryContext message = AllocSetContextCreate(CurrentMemoryContext, "message",
													  ALLOCSET_DEFAULT_SIZES);
		MemoryContext oldcontext;
		NullableDatum arrived;

		work(aggregate, worker, i, nworkers);

		oldcontext = MemoryContextSwitchTo(message);
		arrived = travel(aggregate, worker, coordinator, transport);
		end_place(worker);
		combine(aggregate, coordinator, arrived);
		MemoryContextSwitchTo(oldcontext);
		MemoryContextDelete(message);
	}

	/* a final function leaves the state as it is, so it can be asked again */
	result = finalize(aggregate, coordinator);
	again = finalize(aggregate, coordinator);
	if (result != NULL && (again == NULL || strcmp(result, again) != 0))
		elog(ERROR, "the second final result is %s, the first was %s",
			 again ? again : "NULL", result);
	if (result != NULL)
		result = MemoryContextStrdup(caller, result);

	end_place(coordinator);
	SPI_finish();

	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(result));
}

/*
 * state_bytes(aggregate regprocedure, query text) RETURNS bytea: the serialized
 * state of the aggregate over the rows of the query
 */
Datum
state_bytes(PG_FUNCTION_ARGS)
{
	Aggregate  *aggregate = look_up(PG_GETARG_OID(0));
	char	   *query = text_to_cstring(PG_GETARG_TEXT_PP(1));
	MemoryContext caller = CurrentMemoryContext;
	Place	   *worker;
	NullableDatum args[1];
	bytea	   *state;
	bytea	   *bytes;

	SPI_connect();
	if (SPI_execute(query, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "not a query: %s", query);
	worker = start_place(aggregate);
	work(aggregate, worker, 0, 1);
	args[0] = worker->state;
	state = DatumGetByteaP(call(worker->aggstate, aggregate->form.aggserialfn,
								DEFAULT_COLLATION_OID, 1, args).value);
	bytes = MemoryContextAlloc(caller, VARSIZE(state));
	memcpy(bytes, state, VARSIZE(state));
	end_place(worker);
	SPI_finish();
	PG_RETURN_BYTEA_P(bytes);
}

/*
 * combine_bytes(aggregate regprocedure, states bytea[]) RETURNS text: the result
 * of an aggregate whose states arrive as these bytes, whoever made them
 */
Datum
combine_bytes(PG_FUNCTION_ARGS)
{
	Aggregate  *aggregate = look_up(PG_GETARG_OID(0));
	Place	   *coordinator = start_place(aggregate);
	Datum	   *states;
	int			nstates;
	char	   *result;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), BYTEAOID, -1, false, TYPALIGN_INT,
					  &states, NULL, &nstates);
	for (int i = 0; i < nstates; i++)
	{
		NullableDatum args[2] = {{states[i], false}, {0, false}};

		combine(aggregate, coordinator,
				call(coordinator->aggstate, aggregate->form.aggdeserialfn,
					 DEFAULT_COLLATION_OID, 2, args));
	}
	result = finalize(aggregate, coordinator);
	end_place(coordinator);
	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(result));
}
