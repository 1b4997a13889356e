/*-------------------------------------------------------------------------
 *
 * click_counts_support.c
 *	  What the planner makes of click_counts(link => ..., ...).
 *
 * Its arguments may be numbers of any type, each of which costs a detour over
 * numeric in every row.  Where all that are given are integers, which they
 * nearly always are, the planner calls a function of bigint instead.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "click_type.h"
#include "compat.h"
#include "decimal_sum.h"

CLK_FUNCTION(click_counts_support);

/* An integer of any size as bigint; NULL if the expression is no integer. */
static Expr *
as_bigint(Expr *integer)
{
	Oid			cast;

	switch (exprType((Node *) integer))
	{
		case INT8OID:
			return integer;
		case INT4OID:
			cast = F_INT8_INT4;
			break;
		case INT2OID:
			cast = F_INT8_INT2;
			break;
		default:
			return NULL;
	}
	return (Expr *) makeFuncExpr(cast, INT8OID, list_make1(integer),
								 InvalidOid, InvalidOid,
								 COERCE_IMPLICIT_CAST);
}

/* A constant as bigint; NULL if it is no whole number that fits. */
static Expr *
constant_as_bigint(const Const *number)
{
	clk_decimal decimal;
	int128		whole;

	if (number->constisnull)
		return (Expr *) makeNullConst(INT8OID, -1, InvalidOid);
	if (clk_decimal_from_numeric(number->constvalue, &decimal) != CLK_DECIMAL_OK ||
		!clk_decimal_whole(&decimal, &whole) ||
		whole < PG_INT64_MIN || whole > PG_INT64_MAX)
		return NULL;
	return (Expr *) makeConst(INT8OID, -1, InvalidOid, sizeof(int64),
							  Int64GetDatum((int64) whole), false,
							  FLOAT8PASSBYVAL);
}

/*
 * An argument as bigint: a constant, or an integer that became the argument by
 * any_number(), a function of this schema.  NULL if it is anything else.
 */
static Expr *
bigint_argument(Node *argument, Oid schema)
{
	FuncExpr   *cast;

	if (IsA(argument, Const))
		return constant_as_bigint((Const *) argument);
	if (!IsA(argument, FuncExpr))
		return NULL;

	cast = (FuncExpr *) argument;
	if (list_length(cast->args) != 1 ||
		get_func_namespace(cast->funcid) != schema ||
		strcmp(get_func_name(cast->funcid), "any_number") != 0)
		return NULL;
	return as_bigint(linitial(cast->args));
}

/*
 * click_counts_support(internal): support function of click_counts(any_number, ...)
 */
Datum
click_counts_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	FuncExpr   *call;
	Oid			schema;
	Oid			types[CLK_CLICK_TYPES];
	Oid			function;
	List	   *arguments = NIL;
	ListCell   *cell;

	if (!IsA(request, SupportRequestSimplify))
		PG_RETURN_POINTER(NULL);

	call = ((SupportRequestSimplify *) request)->fcall;
	schema = get_func_namespace(call->funcid);
	foreach(cell, call->args)
	{
		Expr	   *argument = bigint_argument(lfirst(cell), schema);

		if (argument == NULL)
			PG_RETURN_POINTER(NULL);
		types[foreach_current_index(cell)] = INT8OID;
		arguments = lappend(arguments, argument);
	}

	/* whoever may call one may call the other, so nobody's rights are asked */
	function = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
							   CStringGetDatum("click_counts_of_bigint"),
							   PointerGetDatum(buildoidvector(types, CLK_CLICK_TYPES)),
							   ObjectIdGetDatum(schema));
	if (!OidIsValid(function))
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(makeFuncExpr(function, call->funcresulttype, arguments,
								   InvalidOid, InvalidOid,
								   COERCE_EXPLICIT_CALL));
}
