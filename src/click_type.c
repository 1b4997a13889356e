/*-------------------------------------------------------------------------
 *
 * click_type.c
 *	  The SQL enum click_type: which kinds of click there are, and which of
 *	  them count towards Clicks (All).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "utils/fmgrprotos.h"
#include "utils/inval.h"
#include "utils/syscache.h"

#include "click_type.h"
#include "compat.h"

CLK_FUNCTION(click_type_is_counted);

const char *const clk_click_type_labels[CLK_CLICK_TYPES] = {
	[CLK_LINK] = "link",
	[CLK_SEE_MORE] = "see_more",
	[CLK_PHOTO] = "photo",
	[CLK_PAGE] = "page",
	[CLK_CTA] = "cta",
	[CLK_VIDEO] = "video",
	[CLK_REACTION] = "reaction",
	[CLK_COMMENT] = "comment",
	[CLK_SHARE] = "share",
	[CLK_PAGE_LIKE] = "page_like",
	[CLK_OTHER] = "other",
	[CLK_PHONE] = "phone",
	[CLK_DIRECTIONS] = "directions",
	[CLK_MESSAGE] = "message",
	[CLK_LEAD_FORM] = "lead_form",
	[CLK_APP_STORE] = "app_store",
	[CLK_IX_OPEN] = "ix_open",
	[CLK_IX_START] = "ix_start",
	[CLK_IX_OUTBOUND] = "ix_outbound",
	[CLK_OUTBOUND] = "outbound",
};

/*
 * What we know of the enum's values, by their OID.  An enum's values have
 * neighbouring even OIDs, so they find a slot each.  The cache is for speed
 * only: it is emptied whenever an enum changes, and filled from the catalog.
 */
#define CACHE_SLOTS 64

static struct
{
	Oid			enum_value;
	clk_click_type type;
}			cache[CACHE_SLOTS];

static void
forget_cached_types(Datum arg, int cache_id, uint32 hash_value)
{
	(void) arg;
	(void) cache_id;
	(void) hash_value;
	memset(cache, 0, sizeof(cache));
}

/* The type whose label the catalog has for this value of the enum. */
static clk_click_type
click_type_from_catalog(Oid enum_value)
{
	HeapTuple	tuple = SearchSysCache1(ENUMOID, ObjectIdGetDatum(enum_value));
	Form_pg_enum form;
	int			type;

	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid internal value for enum: %u", enum_value)));
	form = (Form_pg_enum) GETSTRUCT(tuple);

	for (type = 0; type < CLK_CLICK_TYPES; type++)
		if (strcmp(NameStr(form->enumlabel), clk_click_type_labels[type]) == 0)
			break;
	if (type == CLK_CLICK_TYPES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("click type \"%s\" is not one that clicks_all knows",
						NameStr(form->enumlabel)),
				 errhint("Clicks of any other kind are of type \"other\".")));

	ReleaseSysCache(tuple);
	return (clk_click_type) type;
}

clk_click_type
clk_click_type_from_oid(Oid enum_value)
{
	static bool callback_registered = false;
	int			slot = (enum_value >> 1) % CACHE_SLOTS;

	if (likely(cache[slot].enum_value == enum_value))
		return cache[slot].type;

	if (!callback_registered)
	{
		CacheRegisterSyscacheCallback(ENUMOID, forget_cached_types, (Datum) 0);
		callback_registered = true;
	}
	cache[slot].type = click_type_from_catalog(enum_value);
	cache[slot].enum_value = enum_value;
	return cache[slot].type;
}

Datum
clk_click_type_datum(Oid enum_type, clk_click_type type)
{
	return DirectFunctionCall2(enum_in,
							   CStringGetDatum(clk_click_type_labels[type]),
							   ObjectIdGetDatum(enum_type));
}

/*
 * is_counted(click_type): whether the type is part of Clicks (All)
 */
Datum
click_type_is_counted(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(clk_click_type_is_counted(clk_click_type_from_oid(PG_GETARG_OID(0))));
}
