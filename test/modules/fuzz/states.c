/*-------------------------------------------------------------------------
 *
 * states.c
 *	  Mutated serialized states, handed to an aggregate as a distributed engine
 *	  would.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_aggregate.h"
#include "catalog/pg_collation.h"
#include "executor/executor.h"
#include "nodes/execnodes.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/regproc.h"
#include "utils/syscache.h"

#include "fuzz.h"

FUZZ_FUNCTION(fuzz_states);

#define SEEDS 60
#define MOST_ROWS 300

/* Where an exact set has the number of its keys, their multiplier, and they */
#define AT_KEYS 12
#define AT_MULTIPLIER 20
#define HEADER 28
#define KIND_TEXT 3

/* An aggregate of one argument, and a state that is tried */
typedef struct state_trial
{
	fuzz_run   *run;
	fuzz_type  *argument;
	fuzz_type  *result;
	FmgrInfo	transition;
	FmgrInfo	combine;
	FmgrInfo	serialize;
	FmgrInfo	deserialize;
	FmgrInfo	final;
	const bytea *other;			/* one that is as it should be */
	StringInfoData bytes;
	NullableDatum received;
} state_trial;

static AggState *
start_aggregate(void)
{
	AggState   *aggregate = makeNode(AggState);

	aggregate->curaggcontext = CreateStandaloneExprContext();
	return aggregate;
}

/* Call a function of one or two arguments; NULL if it is strict and one of them is. */
static NullableDatum
call(AggState *aggregate, FmgrInfo *function, NullableDatum first, NullableDatum second)
{
	LOCAL_FCINFO(fcinfo, 2);
	NullableDatum result = {0, true};

	if (function->fn_strict && (first.isnull || (function->fn_nargs > 1 && second.isnull)))
		return result;
	InitFunctionCallInfoData(*fcinfo, function, function->fn_nargs, DEFAULT_COLLATION_OID,
							 (void *) aggregate, NULL);
	fcinfo->args[0] = first;
	fcinfo->args[1] = second;
	result.value = FunctionCallInvoke(fcinfo);
	result.isnull = fcinfo->isnull;
	return result;
}

static const NullableDatum null = {0, true};
static const NullableDatum zero = {0, false};

static void
look_up(state_trial *trial, Oid oid)
{
	HeapTuple	tuple = SearchSysCache1(AGGFNOID, ObjectIdGetDatum(oid));
	Form_pg_aggregate form;
	Oid		   *types;
	int			ntypes;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "function %u is not an aggregate", oid);
	form = (Form_pg_aggregate) GETSTRUCT(tuple);
	trial->result = fuzz_type_of(get_func_signature(oid, &types, &ntypes));
	trial->argument = fuzz_type_of(types[0]);
	if (ntypes != 1 || !OidIsValid(form->aggserialfn) || !OidIsValid(form->aggfinalfn))
		elog(ERROR, "%s has no serialized state of one argument", format_procedure(oid));
	fmgr_info(form->aggtransfn, &trial->transition);
	fmgr_info(form->aggcombinefn, &trial->combine);
	fmgr_info(form->aggserialfn, &trial->serialize);
	fmgr_info(form->aggdeserialfn, &trial->deserialize);
	fmgr_info(form->aggfinalfn, &trial->final);
	ReleaseSysCache(tuple);
}

/* The state of some values, serialized */
static bytea *
make_state(state_trial *trial)
{
	AggState   *aggregate = start_aggregate();
	NullableDatum state = null;

	for (uint64 rows = 1 + fuzz_below(fuzz_below(4) == 0 ? MOST_ROWS : 12); rows > 0; rows--)
	{
		NullableDatum value = {fuzz_any_value(trial->argument), false};

		state = call(aggregate, &trial->transition, state, value);
	}
	return DatumGetByteaP(call(aggregate, &trial->serialize, state, null).value);
}

static bytea *
as_bytea(const StringInfoData *bytes)
{
	bytea	   *result = palloc(VARHDRSZ + bytes->len);

	SET_VARSIZE(result, VARHDRSZ + bytes->len);
	memcpy(VARDATA(result), bytes->data, bytes->len);
	return result;
}

static void
accept(void *arg)
{
	state_trial *trial = arg;
	NullableDatum bytes = {PointerGetDatum(as_bytea(&trial->bytes)), false};

	trial->received = call(start_aggregate(), &trial->deserialize, bytes, zero);
}

/* What the aggregate answers from this state alone; its state, and that in bytes */
static char *
combine_alone(state_trial *trial, AggState *aggregate, NullableDatum received,
			  NullableDatum *state, bytea **bytes)
{
	NullableDatum result;

	*state = call(aggregate, &trial->combine, null, received);
	result = call(aggregate, &trial->final, *state, null);
	*bytes = DatumGetByteaP(call(aggregate, &trial->serialize, *state, null).value);
	return result.isnull ? pstrdup("NULL") : fuzz_print(trial->result, result.value);
}

/* A key as it is in a state: of a text, without its hash */
typedef struct state_key
{
	const char *bytes;
	int			length;
} state_key;

static int
compare_keys(const void *a, const void *b)
{
	const state_key *key_a = a;
	const state_key *key_b = b;

	if (key_a->length != key_b->length)
		return key_a->length < key_b->length ? -1 : 1;
	return memcmp(key_a->bytes, key_b->bytes, key_a->length);
}

/* How many different keys are in a state that was accepted */
static int
count_different(const StringInfoData *bytes)
{
	int			kind = bytes->data[1];
	state_key  *keys = palloc((bytes->len / 8 + 1) * sizeof(state_key));
	int			nkeys = 0;
	int			different = 0;

	for (int at = HEADER; at < bytes->len; nkeys++)
	{
		uint32		length = kind == 1 ? 8 : 16;

		if (kind == KIND_TEXT)
		{
			/* little-endian, as this machine had better be */
			memcpy(&length, bytes->data + at + 8, sizeof(length));
			at += 12;
		}
		keys[nkeys].bytes = bytes->data + at;
		keys[nkeys].length = (int) length;
		at += (int) length;
	}
	qsort(keys, nkeys, sizeof(state_key), compare_keys);
	for (int i = 0; i < nkeys; i++)
		different += i == 0 || compare_keys(&keys[i], &keys[i - 1]) != 0;
	return different;
}

/*
 * An accepted state serializes as what it came as, if its keys are in the order of
 * here, and again as the same; and can be combined with itself and any other.  Texts
 * may come under the hashes of another cluster, and so in any order.
 * The aggregate must be unique_clicks, which counts different keys.
 */
static void
check(void *arg)
{
	state_trial *trial = arg;
	AggState   *aggregate = start_aggregate();
	AggState   *other = start_aggregate();
	NullableDatum state;
	NullableDatum again = zero;
	NullableDatum received = {PointerGetDatum(trial->other), false};
	bytea	   *bytes;
	bytea	   *bytes_again;
	char	   *result = combine_alone(trial, aggregate, trial->received, &state, &bytes);
	char	   *result_again;

	if (atoi(result) != count_different(&trial->bytes))
		fuzz_broken(trial->run, "%s of a state of %d keys", result, count_different(&trial->bytes));
	if (trial->bytes.data[1] != KIND_TEXT &&
		memcmp(VARDATA(bytes) + AT_MULTIPLIER, trial->bytes.data + AT_MULTIPLIER, 8) == 0 &&
		(VARSIZE(bytes) - VARHDRSZ != trial->bytes.len ||
		 memcmp(VARDATA(bytes), trial->bytes.data, trial->bytes.len) != 0))
		fuzz_broken(trial->run, "a state is accepted that serializes as another");

	again.value = PointerGetDatum(bytes);
	again = call(other, &trial->deserialize, again, zero);
	result_again = combine_alone(trial, other, again, &again, &bytes_again);
	if (strcmp(result, result_again) != 0)
		fuzz_broken(trial->run, "%s of a state, %s of it serialized", result, result_again);
	if (VARSIZE(bytes) != VARSIZE(bytes_again) || memcmp(bytes, bytes_again, VARSIZE(bytes)) != 0)
		fuzz_broken(trial->run, "a serialized state does not serialize as itself");

	/* nobody new is in what is there already */
	again.value = PointerGetDatum(bytes);
	again = call(aggregate, &trial->deserialize, again, zero);
	state = call(aggregate, &trial->combine, state, again);
	again = call(aggregate, &trial->final, state, null);
	if (!again.isnull && strcmp(result, fuzz_print(trial->result, again.value)) != 0)
		fuzz_broken(trial->run, "%s of a state, %s of it and itself", result,
					fuzz_print(trial->result, again.value));

	/*
	 * a mutant may be a state of another type, which is refused beside this
	 * one
	 */
	if (trial->bytes.data[1] != VARDATA(trial->other)[1])
		return;
	received = call(aggregate, &trial->deserialize, received, zero);
	state = call(aggregate, &trial->combine, state, received);
	(void) call(aggregate, &trial->final, state, null);
}

/* Have the header of a state say how many keys there are. */
static void
set_number_of_keys(StringInfo bytes, uint64 nkeys)
{
	for (int i = 0; i < 8 && AT_KEYS + i < bytes->len; i++)
		bytes->data[AT_KEYS + i] = (char) (nkeys >> (8 * i));
}

/*
 * Take one of the keys away, have it twice, or swap it with the next one: what a
 * change of any bytes hardly ever does.  Of texts it is the first.
 */
static void
change_keys(StringInfo bytes)
{
	int			size = bytes->data[1] == 1 ? 8 : bytes->data[1] == 2 ? 16 :
		12 + (uint8) bytes->data[HEADER + 8];
	int			at = HEADER;
	int			rest;
	uint64		nkeys = (uint8) bytes->data[AT_KEYS] + 256 * (uint8) bytes->data[AT_KEYS + 1];
	char	   *key;

	if (bytes->data[1] != 3)
		at += size * (int) fuzz_below((bytes->len - HEADER) / size);
	rest = bytes->len - at - size;
	if (rest < 0)
		return;
	enlargeStringInfo(bytes, size);
	key = bytes->data + at;
	switch (fuzz_below(3))
	{
		case 0:
			memmove(key, key + size, rest);
			bytes->len -= size;
			set_number_of_keys(bytes, nkeys - 1);
			break;
		case 1:
			memmove(key + size, key, rest + size);
			bytes->len += size;
			set_number_of_keys(bytes, nkeys + 1);
			break;
		default:
			if (rest >= size)
			{
				char	   *copy = memcpy(palloc(size), key, size);

				memmove(key, key + size, size);
				memcpy(key + size, copy, size);
			}
	}
}

/* The header of many mutants does not say how many keys of this size there are. */
static void
count_keys(StringInfo bytes, int size)
{
	set_number_of_keys(bytes, bytes->len < HEADER ? 0 : (bytes->len - HEADER) / size);
}

static void
try_state(state_trial *trial, bytea *const *seeds)
{
	const bytea *seed = seeds[fuzz_below(SEEDS)];

	trial->other = seeds[fuzz_below(SEEDS)];
	initStringInfo(&trial->bytes);
	appendBinaryStringInfo(&trial->bytes, VARDATA(seed), VARSIZE(seed) - VARHDRSZ);
	if (fuzz_below(4) == 0)
		change_keys(&trial->bytes);
	else
		fuzz_mutate_bytes(&trial->bytes, VARDATA(trial->other), VARSIZE(trial->other) - VARHDRSZ);
	if (fuzz_below(4) == 0)
		count_keys(&trial->bytes, fuzz_below(2) ? 8 : 16);

	if (!fuzz_attempt(trial->run, accept, trial))
		return;
	trial->run->accepted++;
	trial->run->is_valid = true;
	(void) fuzz_attempt(trial->run, check, trial);
	trial->run->is_valid = false;
}

/*
 * fuzz_states(aggregate regprocedure, seed bigint, first bigint, cases bigint)
 * RETURNS findings
 */
Datum
fuzz_states(PG_FUNCTION_ARGS)
{
	Oid			aggregate = PG_GETARG_OID(0);
	state_trial trial;
	bytea	   *seeds[SEEDS];
	MemoryContext old;

	look_up(&trial, aggregate);
	fuzz_seed((uint64) PG_GETARG_INT64(1));
	for (int i = 0; i < SEEDS; i++)
		seeds[i] = make_state(&trial);
	trial.run = fuzz_begin(psprintf("%s state", format_procedure(aggregate)),
						   PG_GETARG_INT64(1), PG_GETARG_INT64(2), PG_GETARG_INT64(3));
	old = MemoryContextSwitchTo(trial.run->context);
	while (fuzz_next(trial.run))
		try_state(&trial, seeds);
	MemoryContextSwitchTo(old);
	PG_RETURN_DATUM(fuzz_end(trial.run, fcinfo));
}
