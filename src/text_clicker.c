/*-------------------------------------------------------------------------
 *
 * text_clicker.c
 *	  Texts as ids of clickers.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "nodes/primnodes.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "text_clicker.h"

/*
 * The expression of the clicker, the first argument of the aggregate, or NULL where
 * that is not known: neither a window function tells nor a direct call.
 *
 * Citus calls from an aggregate of its own, and gives no fn_expr.  The last argument of
 * that one is ours or, if there are several, a row of ours.
 */
static Node *
clicker_expression(FunctionCallInfo fcinfo)
{
	Aggref	   *aggregate = AggGetAggref(fcinfo);
	Expr	   *expression;

	if (aggregate == NULL || aggregate->args == NIL)
		return NULL;
	if (fcinfo->flinfo->fn_expr != NULL)
		return (Node *) linitial_node(TargetEntry, aggregate->args)->expr;

	expression = llast_node(TargetEntry, aggregate->args)->expr;
	if (IsA(expression, RowExpr))
		return linitial(((RowExpr *) expression)->args);
	return exprType((Node *) expression) == RECORDOID ? NULL : (Node *) expression;
}

/* The type that the clicker has before it is called text. */
static Oid
type_before_text(Node *expression)
{
	/* a cast that somebody wrote says that text is meant */
	while (IsA(expression, RelabelType) &&
		   ((RelabelType *) expression)->relabelformat == COERCE_IMPLICIT_CAST)
		expression = (Node *) ((RelabelType *) expression)->arg;
	return exprType(expression);
}

void
clk_check_text_clicker(FunctionCallInfo fcinfo)
{
	Node	   *expression = clicker_expression(fcinfo);
	Oid			collation = PG_GET_COLLATION();
	Oid			type;

	/* a row, as which Citus hands over several arguments, has no collation */
	if (!OidIsValid(collation) && expression != NULL)
		collation = exprCollation(expression);
	if (OidIsValid(collation) && !get_collation_isdeterministic(collation))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("nondeterministic collation \"%s\" is not supported for unique clicks",
						get_collation_name(collation)),
				 errhint("Use count(DISTINCT ...) to follow the collation, or add COLLATE \"C\" to compare bytes.")));

	type = expression != NULL ? getBaseType(type_before_text(expression)) : TEXTOID;
	if (type == TEXTOID || type == VARCHAROID)
		return;
	if (lookup_type_cache(type, TYPECACHE_EQ_OPR)->eq_opr !=
		lookup_type_cache(TEXTOID, TYPECACHE_EQ_OPR)->eq_opr)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("type %s, whose = is not that of text, is not supported for unique clicks",
						format_type_be(type)),
				 errhint("Use count(DISTINCT ...) to follow it, lower(...) to ignore case, or a cast to text to compare bytes.")));
}
