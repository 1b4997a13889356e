/*-------------------------------------------------------------------------
 *
 * ultraloglog_test.c
 *	  Laws of the registers, and the estimator against known registers.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "sketch/ultraloglog.h"
#include "unit.h"

#define SIZE_MAX_REGISTERS (1 << CLK_PRECISION_MAX)

static uint8_t a[SIZE_MAX_REGISTERS];
static uint8_t b[SIZE_MAX_REGISTERS];
static uint8_t c[SIZE_MAX_REGISTERS];
static uint8_t d[SIZE_MAX_REGISTERS];

/* A hash whose level is often high, so that registers get far apart. */
static uint64_t
steep_hash(void)
{
	uint64_t	hash = unit_random();
	int			shift = (int) unit_random_below(64);

	return (hash >> (64 - CLK_PRECISION_MAX) << (64 - CLK_PRECISION_MAX)) |
		(hash << CLK_PRECISION_MAX >> CLK_PRECISION_MAX >> shift);
}

static int
random_precision(void)
{
	return CLK_PRECISION_MIN + (int)
		unit_random_below(CLK_PRECISION_MAX - CLK_PRECISION_MIN + 1);
}

/* The definition: which levels of a register were seen, bit by bit. */
static void
insert_is_what_the_definition_says(void)
{
	for (int trial = 0; trial < 2000; trial++)
	{
		int			precision = random_precision();
		uint64_t	number = unit_random_below(clk_ull_size(precision));
		uint64_t	seen[2] = {0, 0};
		int			highest = 0;
		int			expected;

		a[number] = 0;
		for (int n = (int) unit_random_below(30); n >= 0; n--)
		{
			uint64_t	hash = steep_hash();
			int			level = 1;

			hash = hash << precision >> precision;
			while (level <= 64 - precision &&
				   (hash >> (64 - precision - level) & 1) == 0)
				level++;
			seen[level >> 6] |= UINT64_C(1) << (level & 63);
			if (level > highest)
				highest = level;
			clk_ull_insert(a, precision, hash | number << (64 - precision));
		}
		expected = 4 * highest;
		if (highest > 1 && seen[0] >> (highest - 1) & 1)
			expected |= 2;
		if (highest > 2 && seen[0] >> (highest - 2) & 1)
			expected |= 1;
		CHECK(a[number] == expected);
	}
}

static void
merge_is_insertion_of_both(void)
{
	for (int trial = 0; trial < 3000; trial++)
	{
		int			precision = CLK_PRECISION_MIN + trial % 3;
		size_t		size = clk_ull_size(precision);

		memset(a, 0, size);
		memset(b, 0, size);
		memset(c, 0, size);
		for (int n = (int) unit_random_below(1500); n > 0; n--)
		{
			uint64_t	hash = steep_hash();

			clk_ull_insert(n & 1 ? a : b, precision, hash);
			if (n % 7 == 0)
				clk_ull_insert(n & 1 ? b : a, precision, hash);
			clk_ull_insert(c, precision, hash);
		}
		memcpy(d, a, size);
		clk_ull_merge_scalar(d, b, size);
		CHECK(memcmp(d, c, size) == 0);
		memcpy(d, b, size);
		clk_ull_merge(d, a, size);
		CHECK(memcmp(d, c, size) == 0);
		clk_ull_merge(d, d, size);
		CHECK(memcmp(d, c, size) == 0);
	}
}

/* All pairs of registers that can exist. */
static void
vectors_merge_as_scalars_do(void)
{
	for (int shift = 0; shift < 256; shift++)
	{
		for (int i = 0; i < 256; i++)
		{
			a[i] = c[i] = (uint8_t) i;
			b[i] = (uint8_t) (i + shift);
		}
		clk_ull_merge(a, b, 256);
		clk_ull_merge_scalar(c, b, 256);
		CHECK(memcmp(a, c, 256) == 0);
	}
}

static void
reduction_is_insertion_at_the_lower_precision(void)
{
	for (int trial = 0; trial < 1000; trial++)
	{
		int			high = random_precision();
		int			low = CLK_PRECISION_MIN +
			(int) unit_random_below((uint64_t) (high - CLK_PRECISION_MIN + 1));

		memset(a, 0, clk_ull_size(high));
		memset(b, 0, clk_ull_size(low));
		for (int n = (int) unit_random_below(3000); n > 0; n--)
		{
			uint64_t	hash = n & 1 ? steep_hash() : unit_random();

			clk_ull_insert(a, high, hash);
			clk_ull_insert(b, low, hash);
		}
		clk_ull_reduce(c, low, a, high);
		CHECK(memcmp(c, b, clk_ull_size(low)) == 0);
		clk_ull_reduce(a, low, a, high);
		CHECK(memcmp(a, b, clk_ull_size(low)) == 0);
	}
}

static void
estimates_stay_sensible_at_the_ends(void)
{
	for (int precision = CLK_PRECISION_MIN; precision <= CLK_PRECISION_MAX;
		 precision++)
	{
		size_t		size = clk_ull_size(precision);

		memset(a, 0, size);
		CHECK(clk_ull_estimate(a, precision) == 0);
		clk_ull_insert(a, precision, unit_random());
		CHECK(fabs(clk_ull_estimate(a, precision) - 1) < 0.05);
		clk_ull_insert(a, precision, 0);
		CHECK(clk_ull_estimate(a, precision) > 1.5);

		memset(a, 4 * (65 - precision) + 3, size);
		CHECK(clk_ull_estimate(a, precision) == HUGE_VAL);
		a[0] = 4 * 2;
		CHECK(clk_ull_estimate(a, precision) < HUGE_VAL);
	}
}

static void
estimates_are_close(void)
{
	for (int precision = CLK_PRECISION_MIN; precision <= CLK_PRECISION_MAX;
		 precision++)
	{
		double		n = 0;
		double		limit = 5 * clk_ull_standard_error(precision);

		memset(a, 0, clk_ull_size(precision));
		for (int step = 0; step < 20; step++)
		{
			for (int i = 0; i < 20000; i++, n++)
				clk_ull_insert(a, precision, unit_random());
			CHECK(fabs(clk_ull_estimate(a, precision) / n - 1) < limit);
		}
	}
}

int
main(void)
{
	insert_is_what_the_definition_says();
	merge_is_insertion_of_both();
	vectors_merge_as_scalars_do();
	reduction_is_insertion_at_the_lower_precision();
	estimates_stay_sensible_at_the_ends();
	estimates_are_close();
	return unit_report();
}
