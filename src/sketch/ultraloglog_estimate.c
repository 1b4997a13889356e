/*-------------------------------------------------------------------------
 *
 * ultraloglog_estimate.c
 *	  How many distinct hashes left these registers?
 *
 * If the number of hashes were Poisson distributed with rate x per register,
 * a register would see level k with probability 1 - exp(-x / 2^k),
 * independently of other levels.  Each register tells of some levels that
 * they were seen and of others that they were not, so the log-likelihood is
 *
 *		-alpha x + sum over k of beta[k] ln(1 - exp(-x / 2^k))
 *
 * where beta[k] counts the registers that saw level k, and alpha adds up the
 * probabilities of the levels known not to have been seen.  It has one
 * maximum, where sum of beta[k] h(x / 2^k) = alpha x with h(y) = y / (e^y - 1).
 *
 * The stored form does not depend on any of this.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "ultraloglog.h"

/* First-order bias of the maximum likelihood estimate, times registers */
#define ESTIMATE_BIAS 0.48147

#define NEWTON_STEPS_MAX 64
#define NEWTON_TOLERANCE 1e-10

typedef struct likelihood
{
	double		alpha;
	uint32_t	beta[65];
	int			level_max;		/* highest with beta > 0; 0 if there is none */
} likelihood;

/* Of "count" registers we know whether they saw "level". */
static void
add_evidence(likelihood *known, int level, int top, bool seen, uint32_t count)
{
	/* the two highest levels are equally likely */
	int			k = level < top ? level : top;

	if (!seen)
	{
		known->alpha += count * ldexp(1.0, -k);
		return;
	}
	known->beta[k] += count;
	if (known->level_max < k)
		known->level_max = k;
}

static void
collect_evidence(likelihood *known, const uint8_t *registers, int precision)
{
	uint32_t	histogram[CLK_REGISTER_VALUES];
	int			top = 64 - precision;

	memset(known, 0, sizeof(*known));
	clk_ull_histogram(registers, clk_ull_size(precision), histogram);

	known->alpha = histogram[0];
	for (int value = 4; value < CLK_REGISTER_VALUES; value++)
	{
		uint32_t	count = histogram[value];
		int			level = value >> 2;

		if (count == 0)
			continue;
		add_evidence(known, level, top, true, count);
		/* all the levels above together are as likely as this one */
		if (level <= top)
			known->alpha += count * ldexp(1.0, -level);
		if (level > 1)
			add_evidence(known, level - 1, top, (value & 2) != 0, count);
		if (level > 2)
			add_evidence(known, level - 2, top, (value & 1) != 0, count);
	}
}

/*
 * The root of sum beta[k] h(x / 2^k) - alpha x, which is decreasing and
 * convex, by Newton's method from a lower bound.
 */
static double
most_likely_rate(const likelihood *known)
{
	double		sum = 0;
	double		weighted = 0;
	double		x;

	for (int k = 1; k <= known->level_max; k++)
	{
		sum += known->beta[k];
		weighted += known->beta[k] * ldexp(1.0, -k);
	}
	/* by Jensen's inequality */
	x = log1p(weighted / known->alpha) * sum / weighted;

	for (int step = 0; step < NEWTON_STEPS_MAX; step++)
	{
		double		y = ldexp(x, -known->level_max);
		double		growth = expm1(y);
		double		value = -known->alpha * x;
		double		slope = -known->alpha * x;
		double		change;

		for (int k = known->level_max; k >= 1; k--)
		{
			double		h = y / growth;

			value += known->beta[k] * h;
			slope += known->beta[k] * h * (1 - y - h);
			y += y;
			growth *= 2 + growth;
			if (isinf(growth))
				break;
		}
		change = value / slope;
		x -= x * change;
		if (fabs(change) < NEWTON_TOLERANCE)
			break;
	}
	return x;
}

double
clk_ull_estimate(const uint8_t *registers, int precision)
{
	double		size = (double) clk_ull_size(precision);
	likelihood	known;

	collect_evidence(&known, registers, precision);
	if (known.level_max == 0)
		return 0;
	if (known.alpha == 0)
		return HUGE_VAL;
	return size * most_likely_rate(&known) / (1 + ESTIMATE_BIAS / size);
}

double
clk_ull_standard_error(int precision)
{
	return sqrt(CLK_ULL_VARIANCE / (double) clk_ull_size(precision));
}
