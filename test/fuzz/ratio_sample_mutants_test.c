/*-------------------------------------------------------------------------
 *
 * ratio_sample_mutants_test.c
 *	  100,000 mutants of real samples: no crash, and none is accepted that no
 *	  blocks can make.
 *
 * Takes the number of mutants as an argument.
 *
 *-------------------------------------------------------------------------
 */
#include "ratio_sample_laws.h"

#define MUTANTS 100000

static void
make_seed(uint8_t bytes[CLK_RATIO_BYTES])
{
	clk_ratio_sample sample = {0, 0, 0, 0, 0, 0};
	uint64_t	n = unit_random_below(12);
	double		size = pow(10, (double) unit_random_below(40) - 20);

	while (n-- > 0)
	{
		if (!clk_ratio_add(&sample, size * (double) unit_random_below(1000),
						   (double) (1 + unit_random_below(100000))))
			abort();
	}
	clk_ratio_encode(&sample, bytes);
}

/* None to four changes, and sometimes another length */
static size_t
mutate(uint8_t bytes[CLK_RATIO_BYTES + 1])
{
	for (uint64_t changes = unit_random_below(5); changes > 0; changes--)
	{
		size_t		at = unit_random_below(CLK_RATIO_BYTES);

		/* exponents and signs are where most is at stake */
		size_t		field = 1 + 8 * unit_random_below(6);

		switch (unit_random_below(4))
		{
			case 0:
				bytes[at] ^= (uint8_t) (1 << unit_random_below(8));
				break;
			case 1:
				bytes[field + unit_random_below(2)] = (uint8_t) unit_random();
				break;
			case 2:
				memset(bytes + field, 0, 8);
				break;
			case 3:
				bytes[field] = 0x7F;
				bytes[field + 1] = 0xE0 | (uint8_t) unit_random_below(32);
				break;
		}
	}
	return unit_random_below(20) ? CLK_RATIO_BYTES : unit_random_below(CLK_RATIO_BYTES + 2);
}

int
main(int argc, char **argv)
{
	long		mutants = argc > 1 ? atol(argv[1]) : MUTANTS;
	long		accepted = 0;

	for (long i = 0; i < mutants; i++)
	{
		uint8_t		bytes[CLK_RATIO_BYTES + 1] = {0};

		make_seed(bytes);
		CHECK(check_laws_of_bytes(bytes, CLK_RATIO_BYTES));
		/* aborts where a law is broken */
		accepted += check_laws_of_bytes(bytes, mutate(bytes));
	}
	CHECK(accepted > mutants / 10 && accepted < mutants);
	printf("%ld mutants, of which %ld are samples\n", mutants, accepted);
	return unit_report();
}
