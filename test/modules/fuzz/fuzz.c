/*-------------------------------------------------------------------------
 *
 * fuzz.c
 *	  Mutated values of a type, and calls of functions with any values.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/dependency.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "fuzz.h"

PG_MODULE_MAGIC;

FUZZ_FUNCTION(fuzz_values);
FUZZ_FUNCTION(fuzz_calls);

/* How often a value that is accepted is an argument */
#define CALLS_WITH_VALUE 3

/* How a value comes in */
typedef enum value_form
{
	TEXT,
	BINARY,
	STORED						/* as it is on disk, which may be damaged */
} value_form;

/* A value that is tried */
typedef struct value_trial
{
	fuzz_run   *run;
	fuzz_type  *type;
	value_form	form;
	bool		exact;
	bool		is_ours;		/* a type of clicks_all */
	StringInfoData bytes;
	Datum		value;
} value_trial;

static value_form
read_form(const char *name)
{
	if (strcmp(name, "text") == 0)
		return TEXT;
	if (strcmp(name, "binary") == 0)
		return BINARY;
	if (strcmp(name, "stored") == 0)
		return STORED;
	elog(ERROR, "form is text, binary or stored, not %s", name);
}

/* A value that was fed, in a form, in the current context */
static void
show_value(StringInfo bytes, fuzz_type *type, value_form form, Datum value)
{
	initStringInfo(bytes);
	if (form == TEXT)
		appendStringInfoString(bytes, fuzz_print(type, value));
	else
	{
		struct varlena *whole = form == BINARY ? fuzz_send(type, value) :
			(struct varlena *) DatumGetPointer(value);

		appendBinaryStringInfo(bytes, VARDATA_ANY(whole), VARSIZE_ANY_EXHDR(whole));
	}
}

/* Read the bytes as a value. */
static void
accept(void *arg)
{
	value_trial *trial = arg;

	if (trial->form == TEXT)
		trial->value = InputFunctionCall(&trial->type->in, trial->bytes.data,
										 trial->type->io_parameter, -1);
	else if (trial->form == BINARY)
		trial->value = fuzz_receive(trial->type, trial->bytes.data, trial->bytes.len);
	else
	{
		struct varlena *value = palloc(VARHDRSZ + trial->bytes.len);

		SET_VARSIZE(value, VARHDRSZ + trial->bytes.len);
		memcpy(VARDATA(value), trial->bytes.data, trial->bytes.len);
		trial->value = PointerGetDatum(value);
		(void) fuzz_print(trial->type, trial->value);
	}
}

/* An accepted value of a type of ours is what it prints and sends as. */
static void
check(void *arg)
{
	value_trial *trial = arg;
	StringInfoData again;

	if (!trial->is_ours)
		return;
	fuzz_check_round_trip(trial->run, trial->type, trial->value);
	if (!trial->exact)
		return;
	show_value(&again, trial->type, trial->form, trial->value);
	if (again.len != trial->bytes.len ||
		memcmp(again.data, trial->bytes.data, again.len) != 0)
		fuzz_broken(trial->run, "\"%.500s\" is accepted, and is \"%.500s\"",
					trial->form == TEXT ? trial->bytes.data : "other bytes",
					fuzz_print(trial->type, trial->value));
}

static void
try_value(value_trial *trial, const StringInfoData *seeds)
{
	int			nseeds = trial->type->nvalues;
	const StringInfoData *seed = &seeds[fuzz_below(nseeds)];
	const StringInfoData *other = &seeds[fuzz_below(nseeds)];

	initStringInfo(&trial->bytes);
	appendBinaryStringInfo(&trial->bytes, seed->data, seed->len);
	if (trial->form == TEXT)
		fuzz_mutate_text(&trial->bytes, other->data);
	else
		fuzz_mutate_bytes(&trial->bytes, other->data, other->len);

	if (!fuzz_attempt(trial->run, accept, trial))
		return;
	trial->run->accepted++;
	if (!fuzz_attempt(trial->run, check, trial))
		fuzz_broken(trial->run, "an accepted value cannot be printed, sent and read back");
	for (int i = 0; i < CALLS_WITH_VALUE; i++)
	{
		if (!fuzz_call_with(trial->run, trial->type, trial->value))
			return;
	}
}

/*
 * fuzz_values(type regtype, form text, exact boolean, seed bigint, first bigint,
 * cases bigint) RETURNS findings
 */
Datum
fuzz_values(PG_FUNCTION_ARGS)
{
	char	   *form = text_to_cstring(PG_GETARG_TEXT_PP(1));
	fuzz_type  *type = fuzz_type_of(PG_GETARG_OID(0));
	value_trial trial = {.type = type,.form = read_form(form),.exact = PG_GETARG_BOOL(2)};
	StringInfoData *seeds = palloc(type->nvalues * sizeof(StringInfoData));
	MemoryContext old;

	if (type->nvalues == 0 || type->is_pseudo || (trial.form == STORED && type->length != -1))
		elog(ERROR, "type %s has no values like that", format_type_be(type->oid));
	fuzz_load_functions();
	for (int i = 0; i < type->nvalues; i++)
		show_value(&seeds[i], type, trial.form, type->values[i]);
	trial.run = fuzz_begin(psprintf("%s %s", format_type_be(type->oid), form),
						   PG_GETARG_INT64(3), PG_GETARG_INT64(4), PG_GETARG_INT64(5));
	trial.run->damaged = trial.form == STORED;
	trial.run->of_core = !trial.exact;
	trial.is_ours = OidIsValid(getExtensionOfObject(TypeRelationId, type->oid));

	old = MemoryContextSwitchTo(trial.run->context);
	while (fuzz_next(trial.run))
		try_value(&trial, seeds);
	MemoryContextSwitchTo(old);
	PG_RETURN_DATUM(fuzz_end(trial.run, fcinfo));
}

/*
 * fuzz_calls(seed bigint, first bigint, cases bigint) RETURNS findings
 */
Datum
fuzz_calls(PG_FUNCTION_ARGS)
{
	fuzz_run   *run;
	MemoryContext old;

	fuzz_load_functions();
	run = fuzz_begin("calls", PG_GETARG_INT64(0), PG_GETARG_INT64(1), PG_GETARG_INT64(2));
	old = MemoryContextSwitchTo(run->context);
	while (fuzz_next(run))
		(void) fuzz_call_with(run, NULL, (Datum) 0);
	MemoryContextSwitchTo(old);
	PG_RETURN_DATUM(fuzz_end(run, fcinfo));
}
