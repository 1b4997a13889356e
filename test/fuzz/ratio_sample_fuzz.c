/*-------------------------------------------------------------------------
 *
 * ratio_sample_fuzz.c
 *	  Fuzzes what reads a ratio_sample from outside.
 *
 *	clang -g -O1 -fsanitize=fuzzer,address,undefined -Isrc -Itest/unit \
 *		-o ratio_sample_fuzz test/fuzz/ratio_sample_fuzz.c \
 *		src/statistics/[a-z]*.c -lm
 *	./ratio_sample_fuzz -max_total_time=60
 *
 * ratio_sample_mutants_test.c in this directory runs the same checks on mutants
 * of real samples, without libFuzzer.
 *
 *-------------------------------------------------------------------------
 */
#include "ratio_sample_laws.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_laws_of_bytes(data, size);
	return 0;
}
