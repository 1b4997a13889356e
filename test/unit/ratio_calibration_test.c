/*-------------------------------------------------------------------------
 *
 * ratio_calibration_test.c
 *	  How often the test of two rates is wrong, and how often it finds what is
 *	  there: samples of days that vary as the days of real accounts do.
 *
 * A day has a weekday, whose impressions and rate are its own; a luck of its
 * own, from which neither impressions nor rate can be told; and a budget,
 * which changes now and then.  Its clicks are drawn from what that gives: those
 * of the small ad are nearly independent, those of the others vary 10 to 2,000
 * times as much as if they were.
 *
 * Prints, for each kind of account and number of days, the share of tests with
 * a p value below 0.05 and 0.01 where nothing differs, of ratio_test and of the
 * z test of ctr_test, and the share found of a rate that is higher.  From 7
 * days on, the first must be between 0.3 and 1.3 of what it claims to be.
 *
 * There the luck of each day is its own.  Below, it stays on from one day to the
 * next, with the correlation phi.  Then the test of days is wrong too often, which
 * is printed.  Of as many days on both sides the same must hold for it where phi is
 * 0, and, with whole weeks for blocks, where it is 0.2.
 *
 * Takes the number of tests per line as an argument.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "unit.h"

#include "statistics/ratio_statistics.h"

#define TESTS 40000
#define DAYS_MAX 60

/* How the days of an account come about; deviations are of logarithms. */
typedef struct ad_account
{
	const char *name;
	double		impressions;	/* of a usual day */
	double		rate;
	double		weekday_impressions;
	double		weekday_rate;
	double		day_impressions;
	double		day_rate;
	double		budget;			/* of a change */
	int			budget_days;	/* between changes, on average */
	bool		in_order;		/* days of b follow those of a; else at random */
} ad_account;

static const ad_account accounts[] = {
	{"shop, days at random", 20000, 0.02, 0.20, 0.05, 0.30, 0.17, 0.50, 15, false},
	{"gym, days at random", 3000, 0.03, 0.30, 0.10, 0.30, 0.35, 0.40, 20, false},
	{"fashion, days at random", 1500000, 0.015, 0.15, 0.08, 0.25, 0.25, 0.50, 20, false},
	{"shop, month after month", 20000, 0.02, 0.20, 0.05, 0.30, 0.17, 0.50, 15, true},
	{"small ad, days at random", 400, 0.02, 0.20, 0.05, 0.30, 0.20, 0.40, 15, false},
};

static const int days_of_a_side[] = {4, 7, 14, 28, 60};

/* Days whose luck stays on are those of this account, by and by. */
static const ad_account lasting = {"", 20000, 0.02, 0.20, 0.05, 0.30, 0.25, 0.50, 15, true};
static const double correlations[] = {0, 0.2, 0.5};

#define CAMPAIGNS 5

/* What is compared with what, in blocks of so many days */
typedef struct comparison
{
	const char *name;
	int			now;
	int			before;
	int			block;
} comparison;

static const comparison comparisons[] = {
	{"week, week before", 7, 7, 1},
	{"week, four weeks before", 7, 28, 1},
	{"four weeks, four before", 28, 28, 1},
	{"the same, blocks of weeks", 28, 28, 7},
	{"eight and eight, of weeks", 56, 56, 7},
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* One day, as it is in both tests */
typedef struct ad_day
{
	double		clicks;
	double		impressions;
} ad_day;

/* Of "tests": how many had a p value below that */
typedef struct test_counts
{
	int			ratio_05;
	int			ratio_01;
	int			z_05;
} test_counts;

/* A Poisson variable; a rounded normal one where that is as good. */
static double
poisson(double mean)
{
	double		product = 1;
	double		limit;
	double		n = -1;

	if (mean > 100)
		return fmax(0, rint(mean + sqrt(mean) * unit_normal()));
	limit = exp(-mean);
	do
	{
		n++;
		product *= unit_uniform();
	} while (product > limit);
	return n;
}

/* That many days of an account in a row, from a random weekday on.  The luck of
 * a day and of the next have the correlation phi. */
static void
draw_days(const ad_account *a, double phi, ad_day *days, int n)
{
	double		weekday_impressions[7];
	double		weekday_rate[7];
	double		budget = 0;
	double		luck = phi > 0 ? unit_normal() : 0;

	for (int i = 0; i < 7; i++)
	{
		weekday_impressions[i] = a->weekday_impressions * unit_normal();
		weekday_rate[i] = a->weekday_rate * unit_normal();
	}
	for (int i = 0; i < n; i++)
	{
		double		rate;

		luck = phi * luck + sqrt(1 - phi * phi) * unit_normal();
		rate = a->rate * exp(weekday_rate[i % 7] + a->day_rate * luck);
		if (unit_uniform() * a->budget_days < 1)
			budget = a->budget * unit_normal();
		days[i].impressions = 1 + poisson(a->impressions *
										  exp(weekday_impressions[i % 7] +
											  a->day_impressions * unit_normal() + budget));
		days[i].clicks = fmin(poisson(days[i].impressions * rate),
							  days[i].impressions);
	}
}

static void
shuffle(ad_day *days, int n)
{
	for (int i = n - 1; i > 0; i--)
	{
		int			j = (int) unit_random_below((uint64_t) i + 1);
		ad_day		swap = days[i];

		days[i] = days[j];
		days[j] = swap;
	}
}

/* Of n days, so many to a block */
static clk_ratio_sample
sample_of(const ad_day *days, int n, int block, double factor)
{
	clk_ratio_sample sample = {0, 0, 0, 0, 0, 0};

	for (int i = 0; i < n; i += block)
	{
		ad_day		sum = {0, 0};

		for (int j = i; j < i + block; j++)
		{
			sum.clicks += days[j].clicks;
			sum.impressions += days[j].impressions;
		}
		if (!clk_ratio_add(&sample, sum.clicks * factor, sum.impressions))
			abort();
	}
	return sample;
}

static clk_rate
rate_of(const clk_ratio_sample *sample)
{
	clk_rate	result = {(int64_t) sample->x, (int64_t) sample->y};

	return result;
}

/* Tests of two times n days, where the clicks of one side are so many more. */
static test_counts
run_tests(const ad_account *a, int n, double factor, int tests)
{
	test_counts result = {0, 0, 0};
	ad_day		days[2 * DAYS_MAX];

	for (int i = 0; i < tests; i++)
	{
		clk_ratio_sample sample_a,
					sample_b;
		clk_ratio_test test;
		double		z;

		draw_days(a, 0, days, 2 * n);
		if (!a->in_order)
			shuffle(days, 2 * n);
		sample_a = sample_of(days, n, 1, factor);
		sample_b = sample_of(days + n, n, 1, 1);
		test = clk_ratio_compare(&sample_a, &sample_b, 0.95);
		result.ratio_05 += test.has_t && test.p_value < 0.05;
		result.ratio_01 += test.has_t && test.p_value < 0.01;
		if (clk_pooled_z(rate_of(&sample_a), rate_of(&sample_b), &z))
			result.z_05 += clk_two_sided_p_value(z) < 0.05;
	}
	return result;
}

/* Does Benjamini and Hochberg's procedure at 5 percent name any of them? */
static bool
any_is_named(double *p_values, int n)
{
	qsort(p_values, (size_t) n, sizeof(double), unit_compare_doubles);
	for (int i = 0; i < n; i++)
	{
		if (p_values[i] <= 0.05 * (i + 1) / n)
			return true;
	}
	return false;
}

/* Prints how often tests are wrong about days whose luck stays on. */
static void
run_lasting(const comparison *c, double phi, int tests)
{
	ad_day		days[2 * DAYS_MAX];
	int			below_05 = 0;
	int			below_01 = 0;
	int			named = 0;

	for (int i = 0; i < tests / CAMPAIGNS; i++)
	{
		double		p_values[CAMPAIGNS];

		for (int k = 0; k < CAMPAIGNS; k++)
		{
			clk_ratio_sample before,
						now;

			draw_days(&lasting, phi, days, c->before + c->now);
			before = sample_of(days, c->before, c->block, 1);
			now = sample_of(days + c->before, c->now, c->block, 1);
			p_values[k] = clk_ratio_compare(&now, &before, 0.95).p_value;
			below_05 += p_values[k] < 0.05;
			below_01 += p_values[k] < 0.01;
		}
		named += any_is_named(p_values, CAMPAIGNS);
	}
	printf("%-26s %4.1f | %7.4f %7.4f | %19.3f\n", c->name, phi, (double) below_05 / tests,
		   (double) below_01 / tests, (double) named / (tests / CAMPAIGNS));
	if (c->now == c->before && (phi == 0 || (phi <= 0.2 && c->block == 7)))
		CHECK(below_05 >= 0.3 * 0.05 * tests && below_05 <= 1.3 * 0.05 * tests);
}

int
main(int argc, char **argv)
{
	int			tests = argc > 1 ? atoi(argv[1]) : TESTS;

	printf("%-26s %4s | %-32s | %s\n", "", "", "nothing differs: share below",
		   "share below 0.05 if higher by");
	printf("%-26s %4s | %7s %7s  ctr_test 0.05 | %6s %6s %6s\n", "account", "days",
		   "0.05", "0.01", "10 %", "30 %", "100 %");
	for (size_t i = 0; i < LENGTH(accounts); i++)
	{
		for (size_t j = 0; j < LENGTH(days_of_a_side); j++)
		{
			int			n = days_of_a_side[j];
			test_counts same = run_tests(&accounts[i], n, 1, tests);
			double		found[3];

			for (int k = 0; k < 3; k++)
			{
				static const double factors[] = {1.1, 1.3, 2};

				found[k] = (double) run_tests(&accounts[i], n, factors[k], tests / 20).ratio_05 /
					(tests / 20);
			}
			printf("%-26s %4d | %7.4f %7.4f  %13.3f | %6.2f %6.2f %6.2f\n",
				   accounts[i].name, n, (double) same.ratio_05 / tests,
				   (double) same.ratio_01 / tests, (double) same.z_05 / tests,
				   found[0], found[1], found[2]);
			if (n < 7)
				continue;
			CHECK(same.ratio_05 >= 0.3 * 0.05 * tests && same.ratio_05 <= 1.3 * 0.05 * tests);
			CHECK(same.ratio_01 >= 0.3 * 0.01 * tests && same.ratio_01 <= 1.3 * 0.01 * tests);
		}
	}

	printf("\n%-26s %4s | %-15s | %s\n", "nothing differs, luck of a", "", "share below",
		   "any of 5 campaigns");
	printf("%-26s %4s | %7s %7s | %s\n", "day stays on: compared", "phi", "0.05", "0.01",
		   "named a change");
	for (size_t i = 0; i < LENGTH(comparisons); i++)
	{
		for (size_t j = 0; j < LENGTH(correlations); j++)
			run_lasting(&comparisons[i], correlations[j], tests);
	}
	return unit_report();
}
