/*-------------------------------------------------------------------------
 *
 * compat.h
 *	  What differs between the PostgreSQL releases we compile for.
 *
 * No other file asks for a version.  Every entry names the first release that
 * needs no help, so that it is plain when the entry can go.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_COMPAT_H
#define CLK_COMPAT_H

#include "fmgr.h"
#include "utils/numeric.h"

/* 16: varlena macros moved out of postgres.h */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* 16: PG_FUNCTION_INFO_V1() also exports the function */
#if PG_VERSION_NUM >= 160000
#define CLK_FUNCTION(name) PG_FUNCTION_INFO_V1(name)
#else
#define CLK_FUNCTION(name) PGDLLEXPORT PG_FUNCTION_INFO_V1(name)
#endif

/* 16: input functions can hand an error back instead of throwing it */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#else
#define ereturn(escontext, dummy_value, ...) \
	do { \
		(void) (escontext); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy_value; \
	} while (0)
#endif

/* 16: so can functions that we call; false if it did */
#if PG_VERSION_NUM >= 160000
#define clk_numeric_in(text, escontext, result) \
	DirectInputFunctionCallSafe(numeric_in, text, InvalidOid, -1, \
								escontext, result)
#else
#define clk_numeric_in(text, escontext, result) \
	((void) (escontext), \
	 *(result) = DirectFunctionCall3(numeric_in, CStringGetDatum(text), \
									 ObjectIdGetDatum(InvalidOid), \
									 Int32GetDatum(-1)), \
	 true)
#endif

/* 16: make_range() can hand an error back, too */
#if PG_VERSION_NUM >= 160000
#define clk_make_range(typcache, lower, upper) \
	make_range(typcache, lower, upper, false, NULL)
#else
#define clk_make_range(typcache, lower, upper) \
	make_range(typcache, lower, upper, false)
#endif

/* 16, and late minor releases of earlier ones: typed allocation */
#ifndef palloc_object
#define palloc_object(type) ((type *) palloc(sizeof(type)))
#define palloc0_object(type) ((type *) palloc0(sizeof(type)))
#endif

/* 18: noreturn stands in front of the declaration */
#ifndef pg_noreturn
#define pg_noreturn pg_attribute_noreturn()
#endif

/* 18: a module can say its name and version */
#ifdef PG_MODULE_MAGIC_EXT
#define CLK_MODULE_MAGIC \
	PG_MODULE_MAGIC_EXT(.name = "clicks_all", .version = CLICKS_ALL_VERSION)
#else
#define CLK_MODULE_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* CLK_COMPAT_H */
