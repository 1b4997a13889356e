/*-------------------------------------------------------------------------
 *
 * statistics.c
 *	  What clicks out of impressions say about a click-through rate.
 *
 * The textbook formulae subtract numbers that are nearly equal when rates are
 * small or samples large.  Here each is rearranged so that nothing cancels.
 *
 *-------------------------------------------------------------------------
 */
#include "statistics.h"

#include <math.h>

__extension__ typedef __int128 clk_int128;

static const double sqrt_one_half = 0.70710678118654752440;
static const double sqrt_two = 1.41421356237309504880;
static const double two_over_sqrt_pi = 1.12837916709551257390;

/*
 * The x > 0 with erf(x) = probability, for a probability of at most 1/2.
 *
 * erf is concave there, so Newton's steps from the left never overshoot; they
 * stop growing when x is as good as it can be.
 */
static double
inverse_erf(double probability)
{
	double		x = 0;
	double		next = probability / two_over_sqrt_pi;

	while (next > x)
	{
		x = next;
		next = x + (probability - erf(x)) / (two_over_sqrt_pi * exp(-x * x));
	}
	return x;
}

/*
 * The x > 0 with erfc(x) = probability, for a probability of at most 1/2.
 *
 * The same for log(erfc(x)), which stays nearly a parabola far into the tail.
 * As erfc(x) < exp(-x * x), the start lies to the right of the root, and the
 * steps lead monotonically to the left.
 */
static double
inverse_erfc(double probability)
{
	double		x = INFINITY;
	double		next = sqrt(-log(probability));

	while (next < x)
	{
		double		tail;

		x = next;
		tail = erfc(x);
		next = x + log(tail / probability) * tail /
			(two_over_sqrt_pi * exp(-x * x));
	}
	return x;
}

double
clk_normal_quantile(double confidence)
{
	/* 1 - confidence is exact where it is taken */
	if (confidence < 0.5)
		return sqrt_two * inverse_erf(confidence);
	return sqrt_two * inverse_erfc(1 - confidence);
}

double
clk_two_sided_p_value(double z)
{
	return erfc(fabs(z) * sqrt_one_half);
}

/* Impressions exist, and clicks can be a part of them. */
static bool
is_proportion(clk_rate rate)
{
	return rate.impressions > 0 && rate.clicks <= rate.impressions;
}

/*
 * The bounds are the roots x of n (k/n - x)^2 = z^2 x (1 - x), a quadratic
 * equation.  The larger is a sum of positive terms; the smaller follows from
 * their product, k^2 / (n (n + z^2)).
 */
bool
clk_wilson_interval(clk_rate rate, double confidence, clk_interval *interval)
{
	double		k = (double) rate.clicks;
	double		n = (double) rate.impressions;
	double		z,
				share_unclicked,
				sum;

	if (!is_proportion(rate))
		return false;

	z = clk_normal_quantile(confidence);
	share_unclicked = (double) (rate.impressions - rate.clicks) / n;
	sum = 2 * k + z * z + z * sqrt(z * z + 4 * k * share_unclicked);

	/* rounding must not leave the range, nor the rate outside its interval */
	if (rate.clicks == 0)
		interval->low = 0;
	else
		interval->low = fmin(2 * k * (k / n) / sum, k / n);

	if (rate.clicks == rate.impressions)
		interval->high = 1;
	else
		interval->high = fmin(fmax(sum / (2 * (n + z * z)), k / n), 1);

	return true;
}

/* a.clicks * b.impressions - b.clicks * a.impressions */
static double
cross_difference(clk_rate a, clk_rate b)
{
	/* 127 bits hold the products and their difference */
	return (double) ((clk_int128) a.clicks * b.impressions -
					 (clk_int128) b.clicks * a.impressions);
}

bool
clk_rate_lift(clk_rate a, clk_rate b, double *lift)
{
	if (a.impressions == 0 || b.impressions == 0 || b.clicks == 0)
		return false;

	*lift = cross_difference(a, b) /
		((double) b.clicks * (double) a.impressions);
	return true;
}

bool
clk_pooled_z(clk_rate a, clk_rate b, double *z)
{
	double		clicked,
				unclicked,
				impressions;

	if (!is_proportion(a) || !is_proportion(b))
		return false;

	clicked = (double) a.clicks + (double) b.clicks;
	unclicked = (double) (a.impressions - a.clicks) +
		(double) (b.impressions - b.clicks);
	if (clicked == 0 || unclicked == 0)
		return false;

	/* (p_a - p_b) / sqrt(p (1 - p) (1/n_a + 1/n_b)), multiplied out */
	impressions = (double) a.impressions * (double) b.impressions;
	*z = cross_difference(a, b) *
		sqrt((clicked + unclicked) / (clicked * unclicked * impressions));
	return true;
}
