/*-------------------------------------------------------------------------
 *
 * clicker_set_error.c
 *	  How far off, and how big, a clicker_set is: the tables that
 *	  docs/clicker_set.md quotes.
 *
 *	cc -O2 -Isrc -o clicker_set_error test/bench/clicker_set_error.c \
 *		src/sketch/[a-z]*.c -lm
 *	./clicker_set_error [percent of the default number of trials]
 *
 * Each trial counts distinct ids that are hashed as those of a bigint column
 * are: 1, 2, 3, ... from an offset of its own.  Takes some minutes; the trials
 * are the same in every run.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "../unit/unit.h"
#include "clicker_key.h"
#include "sketch/stored_set.h"

#define PRECISIONS 3
#define SIZES 6

static const int precisions[PRECISIONS] = {11, 12, 13};
static const int64_t sizes[SIZES] =
{1000, 10000, 30000, 100000, 1000000, 10000000};
static const int trials[SIZES] = {20000, 20000, 10000, 10000, 2000, 1000};

typedef struct tally
{
	double		sum;
	double		squares;
	double		within_two;		/* trials off by at most two standard errors */
	double		bytes;
} tally;

static size_t
stored_size(clk_set_builder *set)
{
	uint8_t    *bytes = unit_allocate(clk_stored_bound(set));

	return clk_stored_encode(set, bytes, unit_allocate);
}

/* One trial at all precisions. */
static void
run_trial(int64_t n, tally *tallies)
{
	clk_set_builder *sets[PRECISIONS];
	int64_t		first = (int64_t) unit_random();

	for (int p = 0; p < PRECISIONS; p++)
		sets[p] = clk_builder_create(precisions[p], 0, unit_allocate);
	for (int64_t id = 0; id < n; id++)
	{
		uint64_t	hash = clk_clicker_hash_integer((int64_t)
													((uint64_t) first + (uint64_t) id));

		for (int p = 0; p < PRECISIONS; p++)
			sets[p] = clk_builder_add(sets[p], hash, unit_allocate);
	}
	for (int p = 0; p < PRECISIONS; p++)
	{
		double		error = clk_builder_cardinality(sets[p]) / (double) n - 1;

		tallies[p].sum += error;
		tallies[p].squares += error * error;
		tallies[p].within_two += fabs(error) <=
			2 * clk_ull_standard_error(precisions[p]);
		tallies[p].bytes += (double) stored_size(sets[p]);
	}
	unit_free_all();
}

static void
print_errors(double share)
{
	printf("%9s %10s %8s %8s %8s %14s %7s\n", "precision", "clickers", "trials",
		   "RMSE %", "bias %", "within 2 SE %", "bytes");
	for (int s = 0; s < SIZES; s++)
	{
		tally		tallies[PRECISIONS] = {{0, 0, 0, 0}};
		int			n = (int) ceil(trials[s] * share);

		for (int trial = 0; trial < n; trial++)
			run_trial(sizes[s], tallies);
		for (int p = 0; p < PRECISIONS; p++)
			printf("%9d %10lld %8d %8.3f %8.3f %14.1f %7.0f\n", precisions[p],
				   (long long) sizes[s], n,
				   100 * sqrt(tallies[p].squares / n),
				   100 * tallies[p].sum / n,
				   100 * tallies[p].within_two / n, tallies[p].bytes / n);
		fflush(stdout);
	}
}

/* How often a set that is small enough to be exact is. */
static void
print_exactness(double share)
{
	int			n = (int) ceil(100000 * share);

	printf("\n%9s %10s %8s %8s %7s\n", "precision", "clickers", "trials",
		   "exact", "bytes");
	for (int precision = CLK_PRECISION_MIN; precision <= CLK_PRECISION_MAX;
		 precision++)
	{
		uint32_t	limit = clk_token_limit(precision);
		int			exact = 0;
		size_t		bytes = 0;

		for (int trial = 0; trial < n; trial++)
		{
			clk_set_builder *set = clk_builder_create(precision, limit,
													  unit_allocate);
			int64_t		first = (int64_t) unit_random();

			for (uint32_t i = 0; i < limit; i++)
				set = clk_builder_add(set, clk_clicker_hash_integer((int64_t)
																	((uint64_t) first + i)),
									  unit_allocate);
			exact += clk_builder_cardinality(set) == limit;
			if (trial == 0)
				bytes = stored_size(set);
			unit_free_all();
		}
		printf("%9d %10u %8d %8d %7zu\n", precision, limit, n, exact, bytes);
		fflush(stdout);
	}
}

/* The most that a set of each precision takes, however many clickers it has. */
static void
print_largest_sizes(double share)
{
	printf("\n%9s %8s %13s\n", "precision", "sets", "largest bytes");
	for (int precision = CLK_PRECISION_MIN; precision <= CLK_PRECISION_MAX;
		 precision++)
	{
		int			n = (int) ceil((3200 >> (precision - CLK_PRECISION_MIN)) * share);
		int64_t		last = INT64_C(1) << (precision + 6);
		size_t		largest = 0;

		for (int i = 0; i < n; i++)
		{
			clk_set_builder *set = clk_builder_create(precision, 0,
													  unit_allocate);
			int64_t		measured = 1 << (precision - 4);

			for (int64_t clickers = 0; clickers < last; clickers++)
			{
				if (clickers == measured)
				{
					size_t		size = stored_size(set);

					largest = size > largest ? size : largest;
					measured += measured / 8;
				}
				set = clk_builder_add(set, unit_random(), unit_allocate);
			}
			unit_free_all();
		}
		printf("%9d %8d %13zu\n", precision, n, largest);
		fflush(stdout);
	}
}

static void
print_small_sizes(void)
{
	printf("\n%10s %7s\n", "clickers", "bytes");
	for (int n = 1; n <= 500; n = n == 1 || n == 10 || n == 100 ? 5 * n : 2 * n)
	{
		clk_set_builder *set = clk_builder_create(13, 0, unit_allocate);

		for (int i = 0; i < n; i++)
			set = clk_builder_add(set, unit_random(), unit_allocate);
		printf("%10d %7zu\n", n, stored_size(set));
		unit_free_all();
	}
}

int
main(int argc, char **argv)
{
	double		share = argc > 1 ? atof(argv[1]) / 100 : 1;

	print_errors(share);
	print_exactness(share);
	print_largest_sizes(share);
	print_small_sizes();
	return 0;
}
