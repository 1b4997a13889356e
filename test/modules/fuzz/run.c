/*-------------------------------------------------------------------------
 *
 * run.c
 *	  A run of many cases: what is tried, what was found, what it took.
 *
 * The server's log tells which case a process has died of: the case is what the
 * process says that it is doing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <time.h>

#include "access/htup_details.h"
#include "access/xact.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/memnodes.h"
#include "pgstat.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "fuzz.h"

/* What a case may take */
#define MOST_SECONDS 1.0
#define MOST_MEMORY ((Size) 1024 * 1024)

/* What a message may have of characters */
#define LONGEST_MESSAGE 1500

/* What the session keeps, but for what core notes of each name that it looks up */
static Size
kept_memory(void)
{
	Size		memory = MemoryContextMemAllocated(TopMemoryContext, true) -
		MemoryContextMemAllocated(CacheMemoryContext, true);

	for (MemoryContext child = TopMemoryContext->firstchild; child != NULL; child = child->nextchild)
	{
		if (child->ident != NULL && strcmp(child->ident, "Timezones") == 0)
			memory -= MemoryContextMemAllocated(child, true);
	}
	return memory;
}

static double
processor_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

fuzz_run *
fuzz_begin(char *what, int64 seed, int64 first, int64 cases)
{
	fuzz_run   *run = palloc0(sizeof(fuzz_run));

	run->what = what;
	run->seed = seed;
	run->first = first;
	run->cases = cases;
	run->at = first - 1;
	run->context = AllocSetContextCreate(CurrentMemoryContext, "fuzz case",
										 ALLOCSET_DEFAULT_SIZES);
	run->started = processor_seconds();
	return run;
}

void
fuzz_broken(fuzz_run *run, const char *format,...)
{
	char		law[2048];
	va_list		args;

	run->broken++;
	if (run->first_broken != NULL)
		return;
	va_start(args, format);
	vsnprintf(law, sizeof(law), format, args);
	va_end(args);
	run->first_broken =
		MemoryContextStrdup(GetMemoryChunkContext(run),
							psprintf("%s, seed " INT64_FORMAT ", case " INT64_FORMAT ": %s",
									 run->what, run->seed, run->at, law));
}

void
fuzz_forget(fuzz_run *run)
{
	Size		memory = MemoryContextMemAllocated(run->context, true);

	run->most_memory = Max(run->most_memory, memory);
	if (memory > MOST_MEMORY)
		fuzz_broken(run, "%zu bytes of memory", memory);
	MemoryContextReset(run->context);
}

/* Go on to the next case; false if there is none. */
bool
fuzz_next(fuzz_run *run)
{
	static double case_started;
	char		activity[200];

	if (run->at >= run->first)
	{
		double		seconds = processor_seconds() - case_started;

		run->slowest = Max(run->slowest, seconds);
		if (seconds > MOST_SECONDS)
			fuzz_broken(run, "%.3f seconds", seconds);
		fuzz_forget(run);
	}
	run->at++;
	/* by now the session has what it needs to keep */
	if (run->at == run->first + run->cases / 2)
		run->kept_before = kept_memory();
	if (run->at == run->first + run->cases)
		return false;

	CHECK_FOR_INTERRUPTS();
	snprintf(activity, sizeof(activity), "%s, seed " INT64_FORMAT ", case " INT64_FORMAT,
			 run->what, run->seed, run->at);
	pgstat_report_activity(STATE_RUNNING, activity);
	fuzz_seed((uint64) run->seed);
	fuzz_seed(fuzz_random() ^ (uint64) run->at);
	case_started = processor_seconds();
	return true;
}

/* The findings of the run as a row */
Datum
fuzz_end(fuzz_run *run, FunctionCallInfo fcinfo)
{
	TupleDesc	descriptor;
	Datum		values[8];
	bool		nulls[8] = {false};

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	nulls[3] = run->first_broken == NULL;
	values[0] = Int64GetDatum(run->cases);
	values[1] = Int64GetDatum(run->accepted);
	values[2] = Int64GetDatum(run->broken);
	values[3] = nulls[3] ? (Datum) 0 : CStringGetTextDatum(run->first_broken);
	values[4] = Float8GetDatum(run->slowest);
	values[5] = Int64GetDatum(run->most_memory);
	values[6] = Int64GetDatum((int64) kept_memory() - (int64) run->kept_before);
	values[7] = Float8GetDatum(processor_seconds() - run->started);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls));
}

/* Is this an error that a user may get? */
static bool
error_is_expected(const fuzz_run *run, const ErrorData *error)
{
	switch (error->sqlerrcode)
	{
		case ERRCODE_PROGRAM_LIMIT_EXCEEDED:
		case ERRCODE_FEATURE_NOT_SUPPORTED:
			return true;
		case ERRCODE_DATA_CORRUPTED:
			return run->damaged;
		case ERRCODE_PROTOCOL_VIOLATION:
		case ERRCODE_DATATYPE_MISMATCH:
			/* what core says of bytes that are cut off, and of rows */
			return run->of_core;
		case ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE:
			return true;
		default:
			return !run->is_valid && ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_DATA_EXCEPTION;
	}
}

/* Does a message show no more of a value than one wants to see?  Some of core do. */
static bool
message_is_short(const ErrorData *error)
{
	static const char *const core[] = {"rowtypes.c", "enum.c", "arrayfuncs.c"};
	size_t		length = strlen(error->message);

	for (size_t i = 0; i < lengthof(core); i++)
	{
		if (strcmp(error->filename, core[i]) == 0)
			return true;
	}
	length += error->detail == NULL ? 0 : strlen(error->detail);
	length += error->hint == NULL ? 0 : strlen(error->hint);
	return length <= LONGEST_MESSAGE;
}

bool
fuzz_attempt(fuzz_run *run, void (*act) (void *), void *arg)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	volatile bool done = true;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		act(arg);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(context);
		if (geterrcode() == ERRCODE_QUERY_CANCELED || geterrcode() == ERRCODE_ADMIN_SHUTDOWN)
			PG_RE_THROW();
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		if (!error_is_expected(run, error))
			fuzz_broken(run, "%s %s", unpack_sql_state(error->sqlerrcode), error->message);
		else if (!message_is_short(error))
			fuzz_broken(run, "a long message: %.200s", error->message);
		done = false;
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	return done;
}
