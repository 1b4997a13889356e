/*-------------------------------------------------------------------------
 *
 * statistics_test.c
 *	  Unit tests of src/statistics/statistics.c.
 *
 * Expected values were computed with 60 decimal digits from the textbook
 * formulae, which at that precision need no rearranging.
 *
 *-------------------------------------------------------------------------
 */
#include "statistics/statistics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define TRILLION INT64_C(1000000000000)

static int	passed;
static int	failed;

#define CHECK(expr) \
	((expr) ? (void) passed++ : \
	 (void) (failed++, printf("%s:%d: %s\n", __FILE__, __LINE__, #expr)))

static bool
close_to(double value, double expected, double tolerance)
{
	if (fabs(value - expected) <= tolerance * fabs(expected))
		return true;

	printf("got %.17g, expected %.17g\n", value, expected);
	return false;
}

static clk_rate
rate(int64_t clicks, int64_t impressions)
{
	clk_rate	result = {clicks, impressions};

	return result;
}

static void
quantile_inverts_the_normal_distribution(void)
{
	static const struct
	{
		double		confidence;
		double		z;
	}			cases[] = {
		{1e-300, 1.2533141373155003e-300},
		{1e-17, 1.2533141373155003e-17},
		{0.001, 0.0012533144654325545},
		{0.1, 0.12566134685507404},
		{0.4999999999999999, 0.67448975019608157},
		{0.5, 0.67448975019608174},
		{0.6826894921370859, 0.99999999999999991},
		{0.8, 1.2815515655446006},
		{0.9, 1.6448536269514728},
		{0.95, 1.9599639845400539},
		{0.99, 2.5758293035489005},
		{0.999, 3.2905267314918945},
		{0.9999999990686774, 6.1207562859719408},
		{0.9999999999999999, 8.2923610758135955},
	};

	for (size_t i = 0; i < LENGTH(cases); i++)
		CHECK(close_to(clk_normal_quantile(cases[i].confidence),
					   cases[i].z, 1e-15));
}

static void
quantile_and_p_value_agree_everywhere(void)
{
	int			wrong = 0;

	for (int i = 1; i < 100000; i++)
	{
		double		confidence = i / 100000.0;
		double		z = clk_normal_quantile(confidence);

		if (!close_to(clk_two_sided_p_value(z), 1 - confidence, 1e-14) ||
			clk_two_sided_p_value(-z) != clk_two_sided_p_value(z))
			wrong++;
	}
	CHECK(wrong == 0);
}

static void
interval_has_the_known_values(void)
{
	static const struct
	{
		int64_t		clicks;
		int64_t		impressions;
		double		confidence;
		double		low;
		double		high;
	}			cases[] = {
		{1, 2, 0.95, 0.09453120573423074, 0.90546879426576926},
		{0, 50, 0.95, 0, 0.071347599133358704},
		{1, 1, 0.95, 0.20654931437723745, 1},
		{50, 50, 0.95, 0.9286524008666413, 1},
		{2, 100, 0.95, 0.0055019675501623493, 0.070011790728543895},
		{315, 10000, 0.95, 0.028252471039291719, 0.035107335434032251},
		{0, TRILLION, 0.95, 0, 3.8414588206793677e-12},
		{1, TRILLION, 0.95, 1.7652455493517478e-13, 5.66493426573651e-12},
		{TRILLION - 1, TRILLION, 0.95, 0.99999999999433507,
		0.99999999999982348},
		{TRILLION, TRILLION, 0.95, 0.99999999999615854, 1},
		{31500000000, TRILLION, 0.95, 0.031499657665320014,
		0.031500342338279433},
		{TRILLION / 2, TRILLION, 0.999, 0.49999835473663426,
		0.50000164526336574},
		{1, INT64_MAX, 0.95, 1.9138830595772962e-20, 6.1419340379234528e-19},
		{1, TRILLION, 0.5, 5.1565488603850933e-13, 1.9392815370799466e-12},
		{1, TRILLION, 1e-300, 1e-12, 1e-12},
	};

	for (size_t i = 0; i < LENGTH(cases); i++)
	{
		clk_interval interval;

		CHECK(clk_wilson_interval(rate(cases[i].clicks, cases[i].impressions),
								  cases[i].confidence, &interval));
		CHECK(close_to(interval.low, cases[i].low, 1e-15));
		CHECK(close_to(interval.high, cases[i].high, 1e-15));
	}
}

/* Within [0, 1], around the rate, mirrored, and wider if more certain. */
static bool
interval_obeys_its_laws(clk_rate r, double confidence)
{
	clk_interval interval;
	clk_interval mirrored;
	clk_interval wider;
	double		fraction = (double) r.clicks / (double) r.impressions;

	if (!clk_wilson_interval(r, confidence, &interval) ||
		!clk_wilson_interval(rate(r.impressions - r.clicks, r.impressions),
							 confidence, &mirrored) ||
		!clk_wilson_interval(r, (1 + confidence) / 2, &wider))
		return false;

	return interval.low >= 0 && interval.high <= 1 &&
		interval.low <= fraction && interval.high >= fraction &&
		fabs(interval.low - (1 - mirrored.high)) < 1e-15 &&
		wider.low <= interval.low && wider.high >= interval.high;
}

static void
interval_obeys_its_laws_for_random_rates(void)
{
	uint64_t	state = 1;
	int			wrong = 0;

	for (int i = 0; i < 200000; i++)
	{
		int			bits;
		clk_rate	r;

		state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
		bits = 1 + (int) (state >> 58) % 63;
		r.impressions = 1 + (int64_t) ((state >> 1) & ((UINT64_C(1) << bits) - 1)) / 2;
		state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
		r.clicks = (int64_t) ((state >> 1) % ((uint64_t) r.impressions + 1));
		if (i % 4 == 0)
			r.clicks = r.clicks % 3 < r.impressions ? r.clicks % 3 : 0;

		if (!interval_obeys_its_laws(r, (1 + i % 999) / 1000.0))
		{
			printf("%lld of %lld\n", (long long) r.clicks,
				   (long long) r.impressions);
			wrong++;
		}
	}
	CHECK(wrong == 0);
}

static void
interval_needs_a_proportion(void)
{
	clk_interval interval;

	CHECK(!clk_wilson_interval(rate(0, 0), 0.95, &interval));
	CHECK(!clk_wilson_interval(rate(1, 0), 0.95, &interval));
	CHECK(!clk_wilson_interval(rate(16760, 119), 0.95, &interval));
}

static void
test_has_the_known_values(void)
{
	static const struct
	{
		clk_rate	a;
		clk_rate	b;
		double		lift;
		double		z;
		double		p_value;
	}			cases[] = {
		{{30, 1000}, {20, 1000}, 0.5, 1.4322297480788658,
		0.15207808079297519},
		{{20, 1000}, {30, 1000}, -0.33333333333333333, -1.4322297480788658,
		0.15207808079297519},
		{{315, 10000}, {260, 10000}, 0.21153846153846154, 2.3273583138280506,
		0.019946202493274105},
		{{TRILLION / 2 + 1, TRILLION}, {TRILLION / 2, TRILLION}, 2e-12,
		1.414213562373095e-6, 0.9999988716208329},
		{{100001000000, TRILLION}, {100000000000, TRILLION}, 1e-5,
		2.3570173661478826, 0.018422385301690695},
		{{100005000000, TRILLION}, {100000000000, TRILLION}, 5e-5,
		11.784982076667152, 4.6651939013807819e-32},
		{{300, 1000}, {100, 1000}, 2, 11.180339887498948,
		5.0894689738143661e-29},
		{{600, 1000}, {100, 1000}, 5, 23.440361546924771,
		1.657746239807002e-121},
		{{1, 3}, {TRILLION / 10, 3 * (TRILLION / 10)}, 0, 0, 1},
		{{1, TRILLION}, {2, 3}, -0.9999999999985, -666666.66666666667, 0},
	};

	for (size_t i = 0; i < LENGTH(cases); i++)
	{
		double		lift,
					z;

		CHECK(clk_rate_lift(cases[i].a, cases[i].b, &lift));
		CHECK(close_to(lift, cases[i].lift, 1e-15));
		CHECK(clk_pooled_z(cases[i].a, cases[i].b, &z));
		CHECK(close_to(z, cases[i].z, 1e-15));
		/* an error of z grows by its square in the tail */
		CHECK(close_to(clk_two_sided_p_value(z), cases[i].p_value, 1e-12));
	}
}

static void
largest_counts_stay_finite(void)
{
	double		value;

	CHECK(clk_rate_lift(rate(INT64_MAX, 1), rate(1, INT64_MAX), &value));
	CHECK(isfinite(value));
	CHECK(clk_pooled_z(rate(INT64_MAX, INT64_MAX), rate(0, INT64_MAX),
					   &value));
	CHECK(isfinite(value) && value > 0);
}

static void
test_is_undefined_without_variation(void)
{
	double		value;

	/* no impressions */
	CHECK(!clk_rate_lift(rate(0, 0), rate(1, 10), &value));
	CHECK(!clk_rate_lift(rate(1, 10), rate(1, 0), &value));
	CHECK(!clk_pooled_z(rate(0, 0), rate(1, 10), &value));
	CHECK(!clk_pooled_z(rate(1, 10), rate(0, 0), &value));
	/* nothing to compare with, although the difference can be tested */
	CHECK(!clk_rate_lift(rate(100, 1000), rate(0, 1000), &value));
	CHECK(clk_pooled_z(rate(100, 1000), rate(0, 1000), &value));
	CHECK(close_to(value, 10.259783520851541, 1e-15));
	/* all clicked, or none */
	CHECK(!clk_pooled_z(rate(0, 10), rate(0, 20), &value));
	CHECK(!clk_pooled_z(rate(10, 10), rate(20, 20), &value));
	/* more clicks than impressions: a lift, but no proportion */
	CHECK(clk_rate_lift(rate(20, 10), rate(1, 10), &value) && value == 19);
	CHECK(!clk_pooled_z(rate(20, 10), rate(1, 10), &value));
	CHECK(!clk_pooled_z(rate(1, 10), rate(20, 10), &value));
}

int
main(void)
{
	quantile_inverts_the_normal_distribution();
	quantile_and_p_value_agree_everywhere();
	interval_has_the_known_values();
	interval_obeys_its_laws_for_random_rates();
	interval_needs_a_proportion();
	test_has_the_known_values();
	largest_counts_stay_finite();
	test_is_undefined_without_variation();

	printf("%d passed, %d failed\n", passed, failed);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
