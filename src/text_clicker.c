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

/* The type that the argument of the aggregate has before it is called text. */
static Oid
type_before_text(FunctionCallInfo fcinfo, int argument)
{
	Aggref	   *aggregate = AggGetAggref(fcinfo);
	Node	   *expression;

	/* a window function does not tell, nor does a direct call */
	if (aggregate == NULL || list_length(aggregate->args) < argument)
		return TEXTOID;
	expression = (Node *) ((TargetEntry *) list_nth(aggregate->args,
													argument - 1))->expr;

	/* a cast that somebody wrote says that text is meant */
	while (IsA(expression, RelabelType) &&
		   ((RelabelType *) expression)->relabelformat == COERCE_IMPLICIT_CAST)
		expression = (Node *) ((RelabelType *) expression)->arg;
	return exprType(expression);
}

void
clk_check_text_clicker(FunctionCallInfo fcinfo, int argument)
{
	Oid			collation = PG_GET_COLLATION();
	Oid			type;

	if (OidIsValid(collation) && !get_collation_isdeterministic(collation))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("nondeterministic collation \"%s\" is not supported for unique clicks",
						get_collation_name(collation)),
				 errhint("Use count(DISTINCT ...) to follow the collation, or add COLLATE \"C\" to compare bytes.")));

	type = type_before_text(fcinfo, argument);
	if (type == TEXTOID || type == VARCHAROID)
		return;
	type = getBaseType(type);
	if (lookup_type_cache(type, TYPECACHE_EQ_OPR)->eq_opr !=
		lookup_type_cache(TEXTOID, TYPECACHE_EQ_OPR)->eq_opr &&
		type != VARCHAROID)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("type %s, whose = is not that of text, is not supported for unique clicks",
						format_type_be(type)),
				 errhint("Use count(DISTINCT ...) to follow it, lower(...) to ignore case, or a cast to text to compare bytes.")));
}
