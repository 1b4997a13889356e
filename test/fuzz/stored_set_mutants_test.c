/*-------------------------------------------------------------------------
 *
 * stored_set_mutants_test.c
 *	  100,000 mutants of real sets: no crash, and none is accepted that is not
 *	  the one form of its set.
 *
 * Takes the number of mutants as an argument.
 *
 *-------------------------------------------------------------------------
 */
#include "stored_set_laws.h"

#define MUTANTS 100000
#define SEEDS 40
#define SEED_BYTES 34000

static uint8_t seeds[SEEDS][SEED_BYTES + 64];
static size_t seed_lengths[SEEDS];

static void
make_seeds(void)
{
	for (int i = 0; i < SEEDS; i++)
	{
		int			precision = CLK_PRECISION_MIN + i % 9;
		clk_set_builder *set = clk_builder_create(precision, 0, unit_allocate);
		uint64_t	n = unit_random_below(i % 2 ? 20 : 4 * clk_token_limit(precision));
		uint8_t    *bytes;

		while (n-- > 0)
			set = clk_builder_add(set, unit_random(), unit_allocate);
		bytes = unit_allocate(clk_stored_bound(set));
		seed_lengths[i] = clk_stored_encode(set, bytes, unit_allocate);
		if (seed_lengths[i] > SEED_BYTES)
			abort();
		memcpy(seeds[i], bytes, seed_lengths[i]);
		CHECK(check_laws_of_bytes(seeds[i], seed_lengths[i]));
	}
	unit_free_all();
}

/* One to four changes: of a bit, of a byte, of the end, of some bytes. */
static size_t
mutate(uint8_t *bytes, size_t length)
{
	for (uint64_t changes = 1 + unit_random_below(4); changes > 0; changes--)
	{
		size_t		at = unit_random_below(length);

		/* headers are where most is at stake */
		size_t		near_start = unit_random_below(length < 12 ? length : 12);

		switch (unit_random_below(6))
		{
			case 0:
				bytes[at] ^= (uint8_t) (1 << unit_random_below(8));
				break;
			case 1:
				bytes[near_start] = (uint8_t) unit_random();
				break;
			case 2:
				bytes[at] = (uint8_t) unit_random();
				break;
			case 3:
				length = 1 + at;
				break;
			case 4:
				bytes[length++] = (uint8_t) (unit_random_below(2) * unit_random());
				break;
			case 5:
				memset(bytes + at, unit_random_below(2) ? 0 : 0xFF,
					   unit_random_below(length - at) + 1);
				break;
		}
	}
	return length;
}

int
main(int argc, char **argv)
{
	long		mutants = argc > 1 ? atol(argv[1]) : MUTANTS;
	long		accepted = 0;

	make_seeds();
	for (long i = 0; i < mutants; i++)
	{
		uint8_t		bytes[SEED_BYTES + 64];
		int			seed = (int) unit_random_below(SEEDS);
		size_t		length = seed_lengths[seed];

		memcpy(bytes, seeds[seed], length);
		length = mutate(bytes, length);
		/* aborts where a law is broken */
		if (check_laws_of_bytes(bytes, length))
			accepted++;
		checks_passed++;
	}
	printf("%ld mutants, of which %ld are the form of some set\n", mutants,
		   accepted);
	return unit_report();
}
