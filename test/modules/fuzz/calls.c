/*-------------------------------------------------------------------------
 *
 * calls.c
 *	  Calls of the functions of clicks_all, as SQL may make them: with any values
 *	  of the types of their arguments, and NULL.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "nodes/execnodes.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/regproc.h"
#include "utils/tuplestore.h"

#include "fuzz.h"

/* All functions that SQL can call; what takes or returns internal it cannot. */
#define CALLABLE \
	"SELECT p.oid FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass" \
	" AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'clicks_all'" \
	" WHERE p.prokind = 'f' AND NOT 'internal'::regtype = ANY (p.proargtypes)" \
	" AND p.prorettype <> 'internal'::regtype ORDER BY p.oid::regprocedure::text"

typedef struct callable
{
	FmgrInfo	flinfo;
	char	   *name;
	int			nargs;
	fuzz_type  *args[FUNC_MAX_ARGS];
	fuzz_type  *result;
	bool		is_set;
} callable;

static callable *functions = NULL;
static int	nfunctions = 0;

/* A call that is tried */
typedef struct call_trial
{
	fuzz_run   *run;
	callable   *function;
	NullableDatum args[FUNC_MAX_ARGS];
} call_trial;

void
fuzz_load_functions(void)
{
	MemoryContext old;

	if (functions != NULL)
		return;
	SPI_connect();
	if (SPI_execute(CALLABLE, true, 0) != SPI_OK_SELECT || SPI_processed == 0)
		elog(ERROR, "clicks_all has no functions");

	old = MemoryContextSwitchTo(TopMemoryContext);
	functions = palloc0(SPI_processed * sizeof(callable));
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		callable   *function = &functions[i];
		bool		isnull;
		Oid			oid = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc,
														 1, &isnull));
		Oid		   *types;

		fmgr_info_cxt(oid, &function->flinfo, TopMemoryContext);
		function->name = format_procedure(oid);
		function->is_set = get_func_retset(oid);
		function->result = fuzz_type_of(get_func_signature(oid, &types, &function->nargs));
		for (int j = 0; j < function->nargs; j++)
			function->args[j] = fuzz_type_of(types[j]);
	}
	MemoryContextSwitchTo(old);
	nfunctions = SPI_processed;
	SPI_finish();
}

/* Call the function; its result, and whether it is NULL. */
static Datum
call(call_trial *trial, bool *isnull)
{
	LOCAL_FCINFO(fcinfo, FUNC_MAX_ARGS);
	callable   *function = trial->function;
	ReturnSetInfo set = {.type = T_ReturnSetInfo,.allowedModes = SFRM_Materialize};
	Datum		result;

	InitFunctionCallInfoData(*fcinfo, &function->flinfo, function->nargs,
							 DEFAULT_COLLATION_OID, NULL, NULL);
	if (function->is_set)
	{
		set.econtext = CreateStandaloneExprContext();
		fcinfo->resultinfo = (Node *) &set;
	}
	memcpy(fcinfo->args, trial->args, function->nargs * sizeof(NullableDatum));
	result = FunctionCallInvoke(fcinfo);
	*isnull = fcinfo->isnull || function->is_set;
	if (set.setResult != NULL)
		tuplestore_end(set.setResult);
	if (set.econtext != NULL)
		FreeExprContext(set.econtext, true);
	return result;
}

/* The result can be printed and read back, and comes again. */
static void
call_twice(void *arg)
{
	call_trial *trial = arg;
	fuzz_type  *type = trial->function->result;
	bool		isnull;
	bool		again_isnull;
	Datum		result = call(trial, &isnull);
	Datum		again;

	if (!isnull)
		fuzz_check_round_trip(trial->run, type, result);
	again = call(trial, &again_isnull);
	if (isnull != again_isnull ||
		(!isnull && strcmp(fuzz_print(type, result), fuzz_print(type, again)) != 0))
		fuzz_broken(trial->run, "%s gives another result when called again", trial->function->name);
}

/* A function that takes such a value at all, and where; any, if there is no type. */
static callable *
choose_function(const fuzz_type *type, int *position)
{
	int			start = (int) fuzz_below(nfunctions);

	*position = -1;
	if (type == NULL)
		return &functions[start];
	for (int i = 0; i < nfunctions; i++)
	{
		callable   *function = &functions[(start + i) % nfunctions];

		for (int j = 0; j < function->nargs; j++)
		{
			if (function->args[j] == type)
			{
				*position = j;
				return function;
			}
		}
	}
	return NULL;
}

bool
fuzz_call_with(fuzz_run *run, fuzz_type *type, Datum value)
{
	int			position;
	call_trial	trial = {.run = run,.function = choose_function(type, &position)};
	MemoryContext calls;
	MemoryContext old;
	Datum		copy = 0;
	Size		memory;

	if (trial.function == NULL)
		return false;
	calls = AllocSetContextCreate(run->context, "fuzz call", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(calls);
	if (type != NULL)
		copy = datumCopy(value, type->by_value, type->length);
	for (int i = 0; i < trial.function->nargs; i++)
	{
		fuzz_type  *argument = trial.function->args[i];

		trial.args[i].isnull = i != position && !trial.function->flinfo.fn_strict && fuzz_below(5) == 0;
		if (i == position || (argument == type && fuzz_below(3) == 0))
			trial.args[i].value = value;
		else
			trial.args[i].value = fuzz_any_value(argument);
	}
	if (fuzz_attempt(run, call_twice, &trial) && type == NULL)
		run->accepted++;
	if (type != NULL && !datumIsEqual(copy, value, type->by_value, type->length))
		fuzz_broken(run, "%s changes its argument", trial.function->name);
	memory = MemoryContextMemAllocated(calls, true);
	run->most_memory = Max(run->most_memory, memory);
	if (memory > 1024 * 1024)
		fuzz_broken(run, "%s takes %zu bytes of memory", trial.function->name, memory);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(calls);
	return true;
}
