/*-------------------------------------------------------------------------
 *
 * values.c
 *	  Types, values of them that were fed, and what must hold for any value.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "fuzz.h"

FUZZ_FUNCTION(fuzz_feed);

/* What the session has looked up and was fed stays. */
static List *types = NIL;
static MemoryContext fed = NULL;

static fuzz_type *
look_up_type(Oid oid)
{
	fuzz_type  *type = palloc0(sizeof(fuzz_type));
	Oid			function;
	bool		isvarlena;

	type->oid = oid;
	get_typlenbyval(oid, &type->length, &type->by_value);
	getTypeOutputInfo(oid, &function, &isvarlena);
	fmgr_info_cxt(function, &type->out, fed);
	getTypeInputInfo(oid, &function, &type->io_parameter);
	fmgr_info_cxt(function, &type->in, fed);

	/* records print, but nobody knows what to read */
	type->is_pseudo = get_typtype(oid) == TYPTYPE_PSEUDO;
	type->has_binary = !type->is_pseudo;
	if (type->has_binary)
	{
		getTypeBinaryInputInfo(oid, &function, &type->io_parameter);
		fmgr_info_cxt(function, &type->receive, fed);
		getTypeBinaryOutputInfo(oid, &function, &isvarlena);
		fmgr_info_cxt(function, &type->send, fed);
	}
	return type;
}

fuzz_type *
fuzz_type_of(Oid oid)
{
	MemoryContext old;
	ListCell   *cell;

	foreach(cell, types)
	{
		if (((fuzz_type *) lfirst(cell))->oid == oid)
			return lfirst(cell);
	}
	if (fed == NULL)
		fed = AllocSetContextCreate(TopMemoryContext, "fuzz values", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(fed);
	types = lappend(types, look_up_type(oid));
	MemoryContextSwitchTo(old);
	return llast(types);
}

/*
 * feed(query text) RETURNS bigint: take the values of a query, of one column
 */
Datum
fuzz_feed(PG_FUNCTION_ARGS)
{
	char	   *query = text_to_cstring(PG_GETARG_TEXT_PP(0));
	fuzz_type  *type;
	uint64		nvalues = 0;

	SPI_connect();
	if (SPI_execute(query, true, 0) != SPI_OK_SELECT || SPI_tuptable->tupdesc->natts != 1)
		elog(ERROR, "not a query of one column: %s", query);
	type = fuzz_type_of(SPI_gettypeid(SPI_tuptable->tupdesc, 1));
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool		isnull;
		Datum		value = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull);
		MemoryContext old = MemoryContextSwitchTo(fed);

		if (!isnull)
		{
			/* no function gets toasted rows, for one, but through this */
			if (type->length == -1)
				value = PointerGetDatum(PG_DETOAST_DATUM(value));
			type->values = type->values == NULL ? palloc(sizeof(Datum)) :
				repalloc(type->values, (type->nvalues + 1) * sizeof(Datum));
			type->values[type->nvalues++] = datumCopy(value, type->by_value, type->length);
			nvalues++;
		}
		MemoryContextSwitchTo(old);
	}
	SPI_finish();
	PG_RETURN_INT64(nvalues);
}

Datum
fuzz_any_value(fuzz_type *type)
{
	if (type->nvalues == 0)
		elog(ERROR, "no values of type %s were fed", format_type_be(type->oid));

	/* any bits are a number */
	if (fuzz_below(4) == 0)
	{
		switch (type->oid)
		{
			case INT4OID:
				return Int32GetDatum((int32) fuzz_random() >> fuzz_below(32));
			case INT8OID:
				return Int64GetDatum((int64) fuzz_random() >> fuzz_below(64));
			case FLOAT8OID:
				return UInt64GetDatum(fuzz_random());
		}
	}
	return type->values[fuzz_below(type->nvalues)];
}

/* The function that prints records keeps something of each kind of them. */
char *
fuzz_print(fuzz_type *type, Datum value)
{
	if (type->is_pseudo)
		return OidOutputFunctionCall(type->out.fn_oid, value);
	return OutputFunctionCall(&type->out, value);
}

bytea *
fuzz_send(fuzz_type *type, Datum value)
{
	return SendFunctionCall(&type->send, value);
}

Datum
fuzz_receive(fuzz_type *type, const char *bytes, int length)
{
	StringInfoData message;
	Datum		value;

	initStringInfo(&message);
	appendBinaryStringInfo(&message, bytes, length);
	value = ReceiveFunctionCall(&type->receive, &message, type->io_parameter, -1);
	if (message.cursor != message.len)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("incorrect binary data format")));
	return value;
}

static bool
same_bytes(const bytea *a, const bytea *b)
{
	return VARSIZE_ANY(a) == VARSIZE_ANY(b) && memcmp(a, b, VARSIZE_ANY(a)) == 0;
}

/*
 * A value prints as a text that is read as a value that prints so; the same goes
 * for bytes; and what is read from either gives the other.  A damaged one only
 * does no harm.
 */
void
fuzz_check_round_trip(fuzz_run *run, fuzz_type *type, Datum value)
{
	char	   *text = fuzz_print(type, value);
	bytea	   *bytes;
	Datum		again;

	if (type->is_pseudo)
		return;
	bytes = fuzz_send(type, value);
	if (run->damaged)
		return;

	again = InputFunctionCall(&type->in, text, type->io_parameter, -1);
	if (strcmp(fuzz_print(type, again), text) != 0)
		fuzz_broken(run, "\"%.500s\" is read as \"%.500s\"", text, fuzz_print(type, again));
	if (!same_bytes(fuzz_send(type, again), bytes))
		fuzz_broken(run, "\"%.1000s\" does not give the bytes that it came with", text);

	again = fuzz_receive(type, VARDATA(bytes), VARSIZE(bytes) - VARHDRSZ);
	if (!same_bytes(fuzz_send(type, again), bytes))
		fuzz_broken(run, "the bytes of \"%.1000s\" are received as others", text);
	if (strcmp(fuzz_print(type, again), text) != 0)
		fuzz_broken(run, "\"%.500s\" is received as \"%.500s\"", text, fuzz_print(type, again));
}
