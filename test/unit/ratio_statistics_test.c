/*-------------------------------------------------------------------------
 *
 * ratio_statistics_test.c
 *	  Unit tests of src/statistics/ratio_statistics.c.
 *
 * Expected values are those of make_statistics_cases.py.
 *
 *-------------------------------------------------------------------------
 */
#include "unit.h"

#include <float.h>
#include <math.h>

#include "statistics/ratio_statistics.h"
#include "statistics_cases.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const clk_ratio_sample no_blocks = {0, 0, 0, 0, 0, 0};

static bool
close_to(double value, double expected, double tolerance)
{
	if (fabs(value - expected) <= tolerance * fabs(expected))
		return true;

	fprintf(stderr, "got %.17g, expected %.17g\n", value, expected);
	return false;
}

/* Block i of a recipe, as in make_statistics_cases.py */
static void
add_block(clk_ratio_sample *sample, int64_t i, const int64_t *recipe)
{
	int64_t		x = recipe[2] + recipe[3] * (i * 48271 % 1009);
	int64_t		y = recipe[0] + recipe[1] * (i * 16807 % 997);

	if (!clk_ratio_add(sample, (double) x, (double) y))
		abort();
}

/* In one piece, or of pieces of "piece" blocks that are merged */
static clk_ratio_sample
make_sample(int64_t n, const int64_t *recipe, int64_t piece)
{
	clk_ratio_sample sample = no_blocks;

	for (int64_t i = 0; i < n;)
	{
		clk_ratio_sample part = no_blocks;
		int64_t		end = piece < n - i ? i + piece : n;

		for (; i < end; i++)
			add_block(&part, i, recipe);
		if (!clk_ratio_merge(&sample, &part))
			abort();
	}
	CHECK(clk_ratio_is_valid(&sample));
	return sample;
}

static void
test_has_the_known_values(void)
{
	for (size_t i = 0; i < LENGTH(ratio_cases); i++)
	{
		for (int64_t piece = 100; piece <= 100000000; piece *= 1000000)
		{
			clk_ratio_sample a = make_sample(ratio_cases[i].na, ratio_cases[i].a, piece);
			clk_ratio_sample b = make_sample(ratio_cases[i].nb, ratio_cases[i].b, piece);
			clk_ratio_test test = clk_ratio_compare(&a, &b, 0.95);
			clk_interval interval;
			double		rate;

			CHECK(clk_ratio_estimate(&a, &rate) && close_to(rate, ratio_cases[i].rate, 1e-15));
			CHECK(clk_ratio_interval(&a, 0.95, &interval));
			CHECK(close_to(rate - interval.low, ratio_cases[i].reach, 1e-10));
			CHECK(close_to(interval.high - rate, ratio_cases[i].reach, 1e-10));
			CHECK(test.has_lift && test.has_low && test.has_high && test.has_t);
			/* rates near 1 tell differences from 1e-16 on */
			CHECK(fabs(test.lift - ratio_cases[i].lift) < 1e-15 + 1e-14 * fabs(test.lift));
			CHECK(close_to(test.interval.low, ratio_cases[i].low, 1e-9));
			CHECK(close_to(test.interval.high, ratio_cases[i].high, 1e-9));
			CHECK(close_to(test.t, ratio_cases[i].t, fabs(test.lift) < 1e-9 ? 1e-5 : 1e-9));
			CHECK(close_to(test.df, ratio_cases[i].df, 1e-9));
			/* an error of t grows in the tail */
			CHECK(close_to(test.p_value, ratio_cases[i].p_value, 1e-8));
		}
	}
}

static void
test_is_antisymmetric(void)
{
	clk_ratio_sample a = make_sample(9, ratio_cases[1].a, 100);
	clk_ratio_sample b = make_sample(11, ratio_cases[1].b, 100);
	clk_ratio_test ab = clk_ratio_compare(&a, &b, 0.9);
	clk_ratio_test ba = clk_ratio_compare(&b, &a, 0.9);
	clk_ratio_test same = clk_ratio_compare(&a, &a, 0.9);

	CHECK(ab.t == -ba.t && ab.df == ba.df && ab.p_value == ba.p_value);
	CHECK(close_to((1 + ab.lift) * (1 + ba.lift), 1, 1e-14));
	CHECK(close_to((1 + ab.interval.low) * (1 + ba.interval.high), 1, 1e-14));
	CHECK(same.lift == 0 && same.t == 0 && same.p_value == 1);
	CHECK(close_to((1 + same.interval.low) * (1 + same.interval.high), 1, 1e-14));
}

/* That many blocks of x and y as given, times 1, 2, 3 and so on */
static clk_ratio_sample
multiples(int n, double x, double y)
{
	clk_ratio_sample sample = no_blocks;

	for (int i = 1; i <= n; i++)
		CHECK(clk_ratio_add(&sample, x * i, y * i));
	return sample;
}

/* A rate that is the same in each block has an interval without a width. */
static void
constant_rates_do_not_vary(void)
{
	static const double rates[] = {0.1, 1.0 / 3, 12.34, 1e-9, 7e11, -0.3};
	int			wrong = 0;

	for (size_t i = 0; i < LENGTH(rates); i++)
	{
		for (int n = 4; n < 20000; n = n * 3 / 2)
		{
			clk_ratio_sample increasing = multiples(n, rates[i] * 17, 17);
			clk_ratio_sample alike = no_blocks;
			clk_interval interval;

			for (int j = 0; j < n; j++)
				CHECK(clk_ratio_add(&alike, rates[i], 1));
			if (!clk_ratio_interval(&increasing, 0.95, &interval) || interval.low != interval.high)
				wrong++;
			if (!clk_ratio_interval(&alike, 0.95, &interval) || interval.low != interval.high)
				wrong++;
			if (clk_ratio_compare(&increasing, &alike, 0.95).has_t)
				wrong++;
		}
	}
	CHECK(wrong == 0);
}

static void
what_cannot_be_said_is_not_said(void)
{
	const int64_t *recipe = ratio_cases[0].a;
	clk_ratio_sample four = make_sample(4, recipe, 100);
	clk_ratio_sample three = make_sample(3, recipe, 100);
	clk_ratio_sample balanced = no_blocks;
	clk_ratio_sample zero_rate = no_blocks;
	clk_ratio_sample negative = no_blocks;
	clk_ratio_sample constant = multiples(5, 2, 10);
	clk_ratio_test test;
	clk_interval interval;
	double		rate;

	/* too few blocks have a rate, but no interval */
	CHECK(clk_ratio_estimate(&three, &rate));
	CHECK(!clk_ratio_interval(&three, 0.95, &interval));
	test = clk_ratio_compare(&three, &four, 0.95);
	CHECK(!test.has_lift && !test.has_low && !test.has_high && !test.has_t);
	test = clk_ratio_compare(&four, &three, 0.95);
	CHECK(!test.has_lift && !test.has_low && !test.has_high && !test.has_t);
	CHECK(!clk_ratio_estimate(&no_blocks, &rate));

	/* y adds up to 0 */
	for (int i = 0; i < 6; i++)
	{
		CHECK(clk_ratio_add(&balanced, i, i % 2 ? 5 : -5));
		CHECK(clk_ratio_add(&zero_rate, i % 2 ? 5 : -5, 10 + i));
		CHECK(clk_ratio_add(&negative, -i, 10 + i * i));
	}
	CHECK(!clk_ratio_estimate(&balanced, &rate));
	CHECK(!clk_ratio_interval(&balanced, 0.95, &interval));
	CHECK(!clk_ratio_compare(&balanced, &four, 0.95).has_lift);

	/* no lift over nothing or less, nor a range of one that changes sign */
	test = clk_ratio_compare(&four, &zero_rate, 0.95);
	CHECK(test.has_t && !test.has_lift && !test.has_low && !test.has_high);
	test = clk_ratio_compare(&zero_rate, &four, 0.95);
	CHECK(test.has_t && test.has_lift && test.lift == -1 && !test.has_low && !test.has_high);
	test = clk_ratio_compare(&negative, &four, 0.95);
	CHECK(test.has_t && test.lift < -1 && !test.has_low);
	test = clk_ratio_compare(&negative, &negative, 0.95);
	CHECK(test.has_t && test.t == 0 && !test.has_lift && !test.has_low && !test.has_high);
	test = clk_ratio_compare(&four, &negative, 0.95);
	CHECK(test.has_t && test.t > 0 && !test.has_lift && !test.has_low && !test.has_high);

	/* one side may be constant, but not both */
	test = clk_ratio_compare(&constant, &four, 0.95);
	CHECK(test.has_t && close_to(test.df, 3, 1e-15));
	test = clk_ratio_compare(&constant, &constant, 0.95);
	CHECK(!test.has_t && test.has_lift && !test.has_low);
}

static void
sums_out_of_range_are_refused(void)
{
	clk_ratio_sample sample = no_blocks;
	clk_ratio_sample other;

	CHECK(clk_ratio_add(&sample, DBL_MAX, 1));
	other = sample;
	CHECK(!clk_ratio_merge(&other, &sample));
	CHECK(!clk_ratio_add(&sample, 1, 1));
	sample = multiples(3, 1, 1);
	CHECK(!clk_ratio_add(&sample, 1, 1e300));
	sample = multiples(3, 1, 1);
	sample.blocks = INT64_MAX;
	other = sample;
	CHECK(!clk_ratio_add(&sample, 1, 1));
	CHECK(!clk_ratio_merge(&other, &sample));
}

/* Also of numbers whose squares are too small or too large for a double */
static void
samples_read_back_as_they_were(void)
{
	int			wrong = 0;

	for (int i = 0; i < 100000; i++)
	{
		clk_ratio_sample sample = no_blocks;
		clk_ratio_sample again;
		uint8_t		bytes[CLK_RATIO_BYTES];
		uint64_t	n = unit_random_below(9);
		double		x_size = pow(10, (double) unit_random_below(300) - 150);
		double		y_size = pow(10, (double) unit_random_below(300) - 150);

		while (n-- > 0)
		{
			if (!clk_ratio_add(&sample, x_size * ((double) unit_random_below(2000) - 1000),
							   y_size * ((double) unit_random_below(2000) - 1000)) ||
				!(unit_random_below(4) || clk_ratio_merge(&sample, &sample)))
				abort();
		}
		clk_ratio_encode(&sample, bytes);
		if (!clk_ratio_is_valid(&sample) ||
			!clk_ratio_decode(bytes, sizeof(bytes), &again) ||
			memcmp(&again, &sample, sizeof(sample)) != 0)
			wrong++;
	}
	CHECK(wrong == 0);
}

static void
what_no_blocks_make_is_refused(void)
{
	static const clk_ratio_sample invalid[] = {
		{-1, 0, 0, 0, 0, 0},
		{0, 1, 0, 0, 0, 0},
		{0, 0, 0, 0, 0, 1},
		{0, -0.0, 0, 0, 0, 0},
		{1, 5, 7, 0, 1, 0},
		{2, 5, 7, -1, 0, 1},
		{2, 5, 7, 1, 0, -1},
		{2, 5, 7, 1, 2, 1},
		{2, 5, 7, 0, 1, 1},
		{2, 5, 7, 1, -0.0, 1},
		{2, NAN, 7, 1, 0, 1},
		{2, 5, INFINITY, 1, 0, 1},
		{2, 5, 7, INFINITY, 0, 1},
		{2, 5, 7, 1, NAN, 1},
	};
	clk_ratio_sample sample = make_sample(5, ratio_cases[0].a, 100);
	uint8_t		bytes[CLK_RATIO_BYTES + 1] = {0};

	for (size_t i = 0; i < LENGTH(invalid); i++)
		CHECK(!clk_ratio_is_valid(&invalid[i]));

	clk_ratio_encode(&sample, bytes);
	CHECK(clk_ratio_decode(bytes, CLK_RATIO_BYTES, &sample));
	CHECK(!clk_ratio_decode(bytes, CLK_RATIO_BYTES - 1, &sample));
	CHECK(!clk_ratio_decode(bytes, CLK_RATIO_BYTES + 1, &sample));
	CHECK(!clk_ratio_decode(bytes, 0, &sample));
	bytes[0] = 2;
	CHECK(!clk_ratio_decode(bytes, CLK_RATIO_BYTES, &sample));
}

static void
bytes_are_in_network_order(void)
{
	static const uint8_t expected[CLK_RATIO_BYTES] = {
		1, 0, 0, 0, 0, 0, 0, 0, 2,
		0x40, 0x18, 0, 0, 0, 0, 0, 0, 0x40, 0x3E, 0, 0, 0, 0, 0, 0,
		0x40, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x24, 0, 0, 0, 0, 0, 0,
	0x40, 0x49, 0, 0, 0, 0, 0, 0};
	clk_ratio_sample sample = no_blocks;
	uint8_t		bytes[CLK_RATIO_BYTES];

	/* (2, 10) and (4, 20): 2, 6, 30, 2, 10, 50 */
	CHECK(clk_ratio_add(&sample, 2, 10) && clk_ratio_add(&sample, 4, 20));
	clk_ratio_encode(&sample, bytes);
	CHECK(memcmp(bytes, expected, sizeof(bytes)) == 0);
}

int
main(void)
{
	test_has_the_known_values();
	test_is_antisymmetric();
	constant_rates_do_not_vary();
	what_cannot_be_said_is_not_said();
	sums_out_of_range_are_refused();
	samples_read_back_as_they_were();
	what_no_blocks_make_is_refused();
	bytes_are_in_network_order();
	return unit_report();
}
