/*-------------------------------------------------------------------------
 *
 * exact_test.c
 *	  Fisher's exact test of two click-through rates.
 *
 * If clicks fall on impressions at random, the number of them that fall on
 * those of one side has a hypergeometric distribution.  Its probabilities are
 * products of three binomial ones, which are computed by their deviance: so
 * they keep their digits for any number of impressions.
 *
 * Sources: R. A. Fisher, Journal of the Royal Statistical Society 98 (1935);
 * C. Loader, Fast and accurate computation of binomial probabilities (2000);
 * W. G. Cochran, Biometrics 10 (1954), for a least expected count; he asked
 * for 5.
 *
 *-------------------------------------------------------------------------
 */
#include "exact_test.h"

#include <float.h>
#include <math.h>

/* The z test needs that many clicks and unclicked impressions on each side. */
#define LEAST_EXPECTED_COUNT 10

/* What skewness and kurtosis may change of the logarithm of its p value */
#define LARGEST_CORRECTION 0.05

/* Probabilities that differ by less than this factor are alike. */
#define ALIKE (1 + 1e-7)

static const double two_pi = 6.28318530717958647693;

/* Logarithms of probabilities below this one are of nothing but 0. */
#define LOG_ZERO (-800)

/*
 * "clicks" of "all" impressions are dealt to two sides, of which the "drawn"
 * impressions are the smaller one.  If most impressions were clicked, clicks
 * are those that were not, which is the same question: so the clicks that are
 * likely to be drawn are few, and can be counted one by one.
 */
typedef struct hypergeometric
{
	double		clicks;
	double		unclicked;
	double		drawn;
	double		rest;
	double		all;
	double		observed;		/* clicks on the drawn side */
} hypergeometric;

/* log(n!) less Stirling's formula for it */
static double
stirling_error(double n)
{
	double		r = 1 / (n * n);

	if (n < 16)
		return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(two_pi);
	return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / n;
}

/* x * log(x / expected) + expected - x, which is 0 where they are equal */
static double
deviance(double x, double expected)
{
	double		difference = x - expected;
	double		v = difference / (x + expected);
	double		sum = 2 * x * v * v * v;
	double		result = difference * v;

	if (fabs(v) > 0.1)
		return x * log(x / expected) - difference;

	/* log(x / expected) is 2 * atanh(v): its series, less its first term */
	for (double n = 3; fabs(sum) > DBL_EPSILON * DBL_EPSILON * result; n += 2)
	{
		result += sum / n;
		sum *= v * v;
	}
	return result;
}

/* The logarithm of the probability of x successes of n, each likely by p. */
static double
log_binomial(double x, double n, double p, double q)
{
	if (x == 0)
		return n * (p < 0.5 ? log1p(-p) : log(q));
	if (x == n)
		return n * (q < 0.5 ? log1p(-q) : log(p));
	return stirling_error(n) - stirling_error(x) - stirling_error(n - x) -
		deviance(x, n * p) - deviance(n - x, n * q) +
		0.5 * (log(n / x) - log(two_pi * (n - x)));
}

/* The logarithm of the probability that x clicks fall on the drawn side. */
static double
log_probability(const hypergeometric *d, double x)
{
	double		p = d->drawn / d->all;
	double		q = d->rest / d->all;

	return log_binomial(x, d->clicks, p, q) +
		log_binomial(d->drawn - x, d->unclicked, p, q) -
		log_binomial(d->drawn, d->all, p, q);
}

static double
fewest(const hypergeometric *d)
{
	return fmax(0, d->clicks - d->rest);
}

static double
most(const hypergeometric *d)
{
	return fmin(d->clicks, d->drawn);
}

/*
 * The probability of x and all that is farther out, in the direction of "step"
 * (1 or -1), relative to that of x.
 */
static double
relative_tail(const hypergeometric *d, double x, double step)
{
	double		end = step > 0 ? most(d) : fewest(d);
	double		term = 1;
	double		sum = 1;

	for (; x != end && term > DBL_EPSILON / 16 * sum; x += step)
	{
		if (step > 0)
			term *= (d->clicks - x) / (x + 1) *
				((d->drawn - x) / (d->unclicked - d->drawn + x + 1));
		else
			term *= x / (d->clicks - x + 1) *
				((d->unclicked - d->drawn + x) / (d->drawn - x + 1));
		sum += term;
	}
	return sum;
}

/*
 * Of the numbers from "near" in the direction of "step", which become less and
 * less likely: the first that is no more likely than "log_limit", or one
 * behind the last if all are.
 */
static double
first_unlikely(const hypergeometric *d, double near, double step, double log_limit)
{
	double		low = 0;
	double		high = fabs((step > 0 ? most(d) : fewest(d)) - near) + 1;

	while (low < high)
	{
		double		middle = floor((low + high) / 2);

		if (log_probability(d, near + step * middle) > log_limit)
			low = middle + 1;
		else
			high = middle;
	}
	return near + step * low;
}

static hypergeometric
make_hypergeometric(clk_rate a, clk_rate b)
{
	bool		a_is_drawn = a.impressions < b.impressions ||
		(a.impressions == b.impressions && a.clicks < b.clicks);
	clk_rate	drawn = a_is_drawn ? a : b;
	clk_rate	rest = a_is_drawn ? b : a;
	double		clicks = (double) drawn.clicks + (double) rest.clicks;
	double		unclicked = (double) (drawn.impressions - drawn.clicks) +
		(double) (rest.impressions - rest.clicks);
	bool		mirrored = unclicked < clicks;
	hypergeometric d;

	d.clicks = mirrored ? unclicked : clicks;
	d.unclicked = mirrored ? clicks : unclicked;
	d.drawn = (double) drawn.impressions;
	d.rest = (double) rest.impressions;
	d.all = d.drawn + d.rest;
	d.observed = (double) (mirrored ? drawn.impressions - drawn.clicks : drawn.clicks);
	return d;
}

double
clk_fisher_p_value(clk_rate a, clk_rate b)
{
	hypergeometric d = make_hypergeometric(a, b);
	double		mode = floor((d.drawn + 1) * ((d.clicks + 1) / (d.all + 2)));
	double		step,
				log_observed,
				other,
				sum;

	mode = fmin(fmax(mode, fewest(&d)), most(&d));
	log_observed = log_probability(&d, d.observed);
	if (d.observed == mode || log_observed < LOG_ZERO)
		return d.observed == mode ? 1 : 0;

	step = d.observed > mode ? 1 : -1;
	sum = exp(log_observed) * relative_tail(&d, d.observed, step);

	other = first_unlikely(&d, mode, -step, log_observed + log(ALIKE));
	if (other >= fewest(&d) && other <= most(&d))
		sum += exp(log_probability(&d, other)) * relative_tail(&d, other, -step);
	return fmin(sum, 1);
}

/*
 * By how much the normal distribution misses the logarithm of the p value, as
 * the third and fourth moments of the hypergeometric distribution say.
 */
static double
tail_correction(clk_rate a, clk_rate b, double z)
{
	double		n = (double) a.impressions + (double) b.impressions;
	double		k = (double) a.clicks + (double) b.clicks;
	double		share_a = (double) a.impressions / n;
	double		share_b = (double) b.impressions / n;
	double		variance = k * ((n - k) / n) * share_a * share_b;
	double		skewness = (1 - 2 * (k / n)) * (share_b - share_a) /
		sqrt(variance);

	return fabs(skewness * z * z * z) / 6 + z * z * z * z / (12 * variance);
}

double
clk_two_rates_p_value(clk_rate a, clk_rate b, double z)
{
	double		n = (double) a.impressions + (double) b.impressions;
	double		clicks = (double) a.clicks + (double) b.clicks;
	double		unclicked = (double) (a.impressions - a.clicks) +
		(double) (b.impressions - b.clicks);
	double		least = fmin((double) a.impressions, (double) b.impressions) *
		(fmin(clicks, unclicked) / n);

	if (least >= LEAST_EXPECTED_COUNT &&
		tail_correction(a, b, z) <= LARGEST_CORRECTION)
		return clk_two_sided_p_value(z);
	return clk_fisher_p_value(a, b);
}
