/*-------------------------------------------------------------------------
 *
 * student_test.c
 *	  Unit tests of src/statistics/student.c and src/statistics/exact_test.c.
 *
 * Expected values are those of make_statistics_cases.py.
 *
 *-------------------------------------------------------------------------
 */
#include "unit.h"

#include <math.h>

#include "statistics/exact_test.h"
#include "statistics/student.h"
#include "statistics_cases.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static bool
close_to(double value, double expected, double tolerance)
{
	if (fabs(value - expected) <= tolerance * fabs(expected))
		return true;

	fprintf(stderr, "got %.17g, expected %.17g\n", value, expected);
	return false;
}

static void
p_values_are_the_known_ones(void)
{
	for (size_t i = 0; i < LENGTH(student_cases); i++)
	{
		double		t = student_cases[i][0];
		double		df = student_cases[i][1];

		CHECK(close_to(clk_student_p_value(t, df), student_cases[i][2], 1e-12));
		CHECK(clk_student_p_value(-t, df) == clk_student_p_value(t, df));
	}
}

static void
quantiles_are_the_known_ones(void)
{
	for (size_t i = 0; i < LENGTH(quantile_cases); i++)
		CHECK(close_to(clk_student_quantile(quantile_cases[i][0], quantile_cases[i][1]),
					   quantile_cases[i][2], 1e-12));
}

static void
quantile_and_p_value_agree_everywhere(void)
{
	int			wrong = 0;

	for (int i = 0; i < 20000; i++)
	{
		double		confidence = (double) (1 + unit_random_below(99999)) / 100000;
		double		df = 3 * pow(10, (double) unit_random_below(1000) / 100);
		double		t = clk_student_quantile(confidence, df);

		if (!close_to(clk_student_p_value(t, df), 1 - confidence, 1e-11))
			wrong++;
	}
	CHECK(wrong == 0);
}

/* A probability falls with t, and comes near that of the normal distribution. */
static void
distribution_obeys_its_laws(void)
{
	int			wrong = 0;

	for (double df = 3; df < 1e18; df *= 1.7)
	{
		double		last = 1;

		for (double t = 1e-3; t < 40; t *= 1.01)
		{
			double		p = clk_student_p_value(t, df);

			if (!(p <= last && p >= clk_two_sided_p_value(t) * (1 - 1e-12)))
				wrong++;
			last = p;
		}
	}
	CHECK(wrong == 0);
}

static void
extremes_are_safe(void)
{
	CHECK(clk_student_p_value(0, 3) == 1);
	CHECK(clk_student_p_value(1e-300, 3) == 1);
	CHECK(clk_student_p_value(1e300, 3) == 0);
	CHECK(clk_student_p_value(1e300, 1e18) == 0);
	CHECK(close_to(clk_student_p_value(1.9599639845400539, 9e18), 0.05, 1e-14));
	CHECK(isfinite(clk_student_quantile(0.9999999999999999, 3)));
	CHECK(close_to(clk_student_quantile(1e-300, 3), 1.3603495231756633e-300, 1e-14));
	/* the smallest there is, where densities are 0 */
	for (double df = 0.5; df < 2e5; df *= 3)
		CHECK(clk_student_quantile(4.9e-324, df) >= 0 && clk_student_quantile(4.9e-324, df) < 1e-300);
}

static void
fisher_has_the_known_values(void)
{
	for (size_t i = 0; i < LENGTH(fisher_cases); i++)
	{
		clk_rate	a = {fisher_cases[i].ka, fisher_cases[i].na};
		clk_rate	b = {fisher_cases[i].kb, fisher_cases[i].nb};

		CHECK(close_to(clk_fisher_p_value(a, b), fisher_cases[i].p_value, 1e-11));
		CHECK(clk_fisher_p_value(b, a) == clk_fisher_p_value(a, b));
	}
}

static clk_rate
rate(int64_t clicks, int64_t impressions)
{
	clk_rate	result = {clicks, impressions};

	return result;
}

static double
p_value_of(clk_rate a, clk_rate b)
{
	double		z;

	CHECK(clk_pooled_z(a, b, &z));
	return clk_two_rates_p_value(a, b, z);
}

/* Where it takes over from the z test, the exact one says about the same. */
static void
tests_meet(void)
{
	int			exact = 0;
	int			wrong = 0;

	for (int i = 0; i < 20000; i++)
	{
		clk_rate	a = {0, (int64_t) pow(10, 2 + (double) unit_random_below(700) / 100)};
		clk_rate	b = {0, (int64_t) pow(10, 2 + (double) unit_random_below(700) / 100)};
		double		rate = pow(10, -(double) (1 + unit_random_below(300)) / 100);
		double		z,
					p,
					fisher;

		a.clicks = (int64_t) (rate * (double) a.impressions *
							  (0.8 + 0.4 * (double) unit_random_below(100) / 100));
		b.clicks = (int64_t) (rate * (double) b.impressions);
		if (!clk_pooled_z(a, b, &z) || fabs(z) > 30)
			continue;
		p = clk_two_rates_p_value(a, b, z);
		fisher = clk_fisher_p_value(a, b);
		if (p == fisher)
			exact++;
		else if (!(fabs(p - fisher) < 0.4 * fmax(p, fisher)))
			wrong++;
	}
	CHECK(exact > 1000);
	CHECK(wrong == 0);
}

static void
small_counts_are_tested_exactly(void)
{
	clk_rate	a = {2, 944};
	clk_rate	b = {36000, 204000000};

	CHECK(p_value_of(a, b) == clk_fisher_p_value(a, b));
	/* no loop is long, and nothing overflows, however large the counts */
	CHECK(p_value_of(rate(1, INT64_MAX), rate(40, INT64_MAX)) < 4e-11);
	CHECK(p_value_of(rate(INT64_MAX, INT64_MAX), rate(0, INT64_MAX)) == 0);
	CHECK(p_value_of(rate(INT64_MAX, INT64_MAX), rate(40, 50)) < 1e-170);
	CHECK(p_value_of(rate(INT64_MAX / 2, INT64_MAX),
					 rate(INT64_MAX / 2 - 1000, INT64_MAX)) > 0.99);
}

int
main(void)
{
	p_values_are_the_known_ones();
	quantiles_are_the_known_ones();
	quantile_and_p_value_agree_everywhere();
	distribution_obeys_its_laws();
	extremes_are_safe();
	fisher_has_the_known_values();
	tests_meet();
	small_counts_are_tested_exactly();
	return unit_report();
}
