/*-------------------------------------------------------------------------
 *
 * stored_set_fuzz.c
 *	  Fuzzes what reads a clicker_set from outside.
 *
 *	clang -g -O1 -fsanitize=fuzzer,address,undefined -Isrc -Itest/unit \
 *		-o stored_set_fuzz test/fuzz/stored_set_fuzz.c \
 *		src/sketch/[a-z]*.c -lm
 *	./stored_set_fuzz -max_total_time=60
 *
 * stored_set_mutants_test.c in this directory runs the same checks on mutants
 * of real sets, without libFuzzer.
 *
 *-------------------------------------------------------------------------
 */
#include "stored_set_laws.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_laws_of_bytes(data, size);
	return 0;
}
