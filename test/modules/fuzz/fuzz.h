/*-------------------------------------------------------------------------
 *
 * fuzz.h
 *	  Values and calls that nobody would make, for tests.
 *
 * A run is many cases.  Each begins with a seed of its own, so that it can be
 * repeated alone, and breaks a law or does not.
 *
 *-------------------------------------------------------------------------
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/resowner.h"

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#define FUZZ_FUNCTION(name) PG_FUNCTION_INFO_V1(name)
#else
#define FUZZ_FUNCTION(name) PGDLLEXPORT PG_FUNCTION_INFO_V1(name)
#endif

/* mutate.c: numbers that a seed decides, and changes of bytes */
extern void fuzz_seed(uint64 seed);
extern uint64 fuzz_random(void);
extern uint64 fuzz_below(uint64 n);
extern void fuzz_mutate_text(StringInfo text, const char *other);
extern void fuzz_mutate_bytes(StringInfo bytes, const char *other, int other_length);

/* run.c: what is being done, and what came of it */
typedef struct fuzz_run
{
	char	   *what;
	int64		seed;
	int64		first;
	int64		cases;
	int64		at;				/* the case that is tried */
	MemoryContext context;		/* of the case, reset after it */
	int64		accepted;
	int64		broken;
	char	   *first_broken;
	double		slowest;
	double		started;
	Size		most_memory;
	Size		kept_before;
	bool		damaged;		/* values are as a broken disk may give them */
	bool		of_core;		/* functions of core read values */
	bool		is_valid;		/* what is tried was accepted, so it may at
								 * most be too many */
} fuzz_run;

extern fuzz_run *fuzz_begin(char *what, int64 seed, int64 first, int64 cases);
extern bool fuzz_next(fuzz_run *run);
extern Datum fuzz_end(fuzz_run *run, FunctionCallInfo fcinfo);

/* A law is broken: note it. */
extern void fuzz_broken(fuzz_run *run, const char *format,...) pg_attribute_printf(2, 3);

/*
 * Do something that may raise an error: whether it did not.  An error that no user
 * should see breaks a law.
 */
extern bool fuzz_attempt(fuzz_run *run, void (*act) (void *), void *arg);

/* What the case has allocated so far counts, and goes. */
extern void fuzz_forget(fuzz_run *run);

/* values.c: types, and values of them */
typedef struct fuzz_type
{
	Oid			oid;
	int16		length;
	bool		by_value;
	bool		is_pseudo;		/* no value can be read */
	bool		has_binary;
	Oid			io_parameter;
	FmgrInfo	in;
	FmgrInfo	out;
	FmgrInfo	receive;
	FmgrInfo	send;
	int			nvalues;		/* that were fed */
	Datum	   *values;
} fuzz_type;

extern fuzz_type *fuzz_type_of(Oid oid);
extern Datum fuzz_any_value(fuzz_type *type);
extern char *fuzz_print(fuzz_type *type, Datum value);
extern bytea *fuzz_send(fuzz_type *type, Datum value);
extern Datum fuzz_receive(fuzz_type *type, const char *bytes, int length);
extern void fuzz_check_round_trip(fuzz_run *run, fuzz_type *type, Datum value);

/* calls.c: calls of functions of clicks_all */
extern void fuzz_load_functions(void);

/* Call a function that takes such a value, with it; false if there is none. */
extern bool fuzz_call_with(fuzz_run *run, fuzz_type *type, Datum value);

#endif							/* FUZZ_H */
