/*-------------------------------------------------------------------------
 *
 * ratio_statistics.c
 *	  A rate that is a ratio of two sums, and how sure it is, from blocks.
 *
 * Sources: E. A. Youngs and E. M. Cramer, Technometrics 13 (1971), for the
 * updates; W. G. Cochran, Sampling Techniques (1977), chapter 6, for the
 * variance; B. L. Welch, Biometrika 34 (1947), for the test.
 *
 *-------------------------------------------------------------------------
 */
#include "ratio_statistics.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "student.h"

static bool
is_finite_sample(const clk_ratio_sample *s)
{
	return isfinite(s->x) && isfinite(s->y) &&
		isfinite(s->xx) && isfinite(s->xy) && isfinite(s->yy);
}

bool
clk_ratio_add(clk_ratio_sample *sample, double x, double y)
{
	double		n;

	if (sample->blocks == INT64_MAX)
		return false;
	sample->blocks++;
	sample->x += x;
	sample->y += y;

	if (sample->blocks > 1)
	{
		double		dx,
					dy,
					scale;

		n = (double) sample->blocks;
		dx = x * n - sample->x;
		dy = y * n - sample->y;
		scale = 1 / (n * (n - 1));
		sample->xx += dx * dx * scale;
		sample->xy += dx * dy * scale;
		sample->yy += dy * dy * scale;
	}
	return is_finite_sample(sample);
}

bool
clk_ratio_merge(clk_ratio_sample *sample, const clk_ratio_sample *other)
{
	double		n = (double) sample->blocks;
	double		m = (double) other->blocks;
	double		dx,
				dy,
				scale;

	if (other->blocks == 0)
		return true;
	if (sample->blocks == 0)
	{
		*sample = *other;
		return true;
	}
	if (other->blocks > INT64_MAX - sample->blocks)
		return false;

	dx = sample->x / n - other->x / m;
	dy = sample->y / n - other->y / m;
	scale = n * (m / (n + m));
	sample->blocks += other->blocks;
	sample->x += other->x;
	sample->y += other->y;
	sample->xx += other->xx + dx * dx * scale;
	sample->xy += other->xy + dx * dy * scale;
	sample->yy += other->yy + dy * dy * scale;
	return is_finite_sample(sample);
}

static bool
is_negative_zero(double number)
{
	return number == 0 && signbit(number);
}

/*
 * Products of deviations obey the inequality of Cauchy and Schwarz.  What is
 * allowed beyond it is more than rounding and underflow ever were seen to add.
 */
bool
clk_ratio_is_valid(const clk_ratio_sample *s)
{
	double		underflow;

	if (s->blocks < 0 || !is_finite_sample(s) ||
		is_negative_zero(s->x) || is_negative_zero(s->y) ||
		is_negative_zero(s->xx) || is_negative_zero(s->xy) ||
		is_negative_zero(s->yy))
		return false;
	if (s->blocks == 0 && (s->x != 0 || s->y != 0))
		return false;
	if (s->blocks <= 1)
		return s->xx == 0 && s->xy == 0 && s->yy == 0;

	underflow = (double) s->blocks * DBL_MIN;
	return s->xx >= 0 && s->yy >= 0 &&
		fabs(s->xy) <= 1.001 * sqrt(s->xx + underflow) * sqrt(s->yy + underflow);
}

bool
clk_ratio_estimate(const clk_ratio_sample *sample, double *rate)
{
	if (sample->y == 0)
		return false;
	/* 0 by a negative number is 0, too */
	*rate = sample->x / sample->y + 0.0;
	return true;
}

/*
 * The sum of the squares of x - rate * y over all blocks; 0 where it is no
 * more than rounding can have made of a rate that never varies: what is left
 * of terms that cancel, and of sums whose means are off.
 */
static double
residual_squares(const clk_ratio_sample *s, double rate)
{
	double		n = (double) s->blocks;
	double		xy = fma(-rate, s->yy, s->xy);
	double		result = fma(-rate, xy, fma(-rate, s->xy, s->xx));
	double		terms = s->xx + fabs(2 * rate * s->xy) + rate * rate * s->yy;
	double		of_mean = DBL_EPSILON * s->x;

	if (result <= terms * DBL_EPSILON * (4 + sqrt(n)) + of_mean * of_mean * n)
		return 0;
	return result;
}

/*
 * The rate and its standard error, sqrt(v); false as clk_ratio_interval().
 */
static bool
rate_and_error(const clk_ratio_sample *s, double *rate, double *error)
{
	double		n = (double) s->blocks;

	if (s->blocks < CLK_RATIO_BLOCKS_MIN || !clk_ratio_estimate(s, rate))
		return false;
	*error = sqrt(residual_squares(s, *rate)) * sqrt(n / (n - 1)) / fabs(s->y);
	return true;
}

bool
clk_ratio_interval(const clk_ratio_sample *sample, double confidence,
				   clk_interval *interval)
{
	double		rate,
				error,
				reach;

	if (!rate_and_error(sample, &rate, &error))
		return false;
	reach = error * clk_student_quantile(confidence, (double) sample->blocks - 1);
	interval->low = rate - reach;
	interval->high = rate + reach;
	return true;
}

/* The degrees of freedom of a sum of two variances, after Satterthwaite. */
static double
degrees_of_freedom(double error_a, double error_b, double n_a, double n_b)
{
	double		norm = hypot(error_a, error_b);
	double		share_a = (error_a / norm) * (error_a / norm);
	double		share_b = (error_b / norm) * (error_b / norm);

	return 1 / (share_a * share_a / (n_a - 1) + share_b * share_b / (n_b - 1));
}

clk_ratio_test
clk_ratio_compare(const clk_ratio_sample *a, const clk_ratio_sample *b,
				  double confidence)
{
	clk_ratio_test test;
	double		rate_a,
				rate_b,
				error_a,
				error_b,
				ratio,
				reach;

	memset(&test, 0, sizeof(test));
	if (!rate_and_error(a, &rate_a, &error_a) ||
		!rate_and_error(b, &rate_b, &error_b))
		return test;

	if (rate_b > 0)
	{
		test.lift = (rate_a - rate_b) / rate_b;
		test.has_lift = isfinite(test.lift);
	}

	if (error_a == 0 && error_b == 0)
		return test;
	test.t = (rate_a - rate_b) / hypot(error_a, error_b);
	test.df = degrees_of_freedom(error_a, error_b,
								 (double) a->blocks, (double) b->blocks);
	test.has_t = isfinite(test.t) && isfinite(test.df);
	if (!test.has_t)
		return test;
	test.p_value = clk_student_p_value(test.t, test.df);

	if (!(rate_a > 0 && rate_b > 0))
		return test;
	ratio = log(rate_a / rate_b);
	reach = hypot(error_a / rate_a, error_b / rate_b) *
		clk_student_quantile(confidence, test.df);
	test.interval.low = expm1(ratio - reach);
	test.interval.high = expm1(ratio + reach);
	test.has_low = isfinite(test.interval.low);
	test.has_high = isfinite(test.interval.high);
	return test;
}

static uint8_t *
put_uint64(uint8_t *bytes, uint64_t number)
{
	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t) (number >> (56 - 8 * i));
	return bytes + 8;
}

static uint8_t *
put_double(uint8_t *bytes, double number)
{
	uint64_t	bits;

	memcpy(&bits, &number, sizeof(bits));
	return put_uint64(bytes, bits);
}

static uint64_t
get_uint64(const uint8_t *bytes)
{
	uint64_t	number = 0;

	for (int i = 0; i < 8; i++)
		number = number << 8 | bytes[i];
	return number;
}

static double
get_double(const uint8_t *bytes)
{
	uint64_t	bits = get_uint64(bytes);
	double		number;

	memcpy(&number, &bits, sizeof(number));
	return number;
}

void
clk_ratio_encode(const clk_ratio_sample *s, uint8_t bytes[CLK_RATIO_BYTES])
{
	uint8_t    *next = bytes;

	*next++ = CLK_RATIO_VERSION;
	next = put_uint64(next, (uint64_t) s->blocks);
	next = put_double(next, s->x);
	next = put_double(next, s->y);
	next = put_double(next, s->xx);
	next = put_double(next, s->xy);
	put_double(next, s->yy);
}

bool
clk_ratio_decode(const uint8_t *bytes, size_t length, clk_ratio_sample *s)
{
	if (length != CLK_RATIO_BYTES || bytes[0] != CLK_RATIO_VERSION)
		return false;
	s->blocks = (int64_t) get_uint64(bytes + 1);
	s->x = get_double(bytes + 9);
	s->y = get_double(bytes + 17);
	s->xx = get_double(bytes + 25);
	s->xy = get_double(bytes + 33);
	s->yy = get_double(bytes + 41);
	return clk_ratio_is_valid(s);
}
