/*-------------------------------------------------------------------------
 *
 * student.c
 *	  Student's t distribution.
 *
 * With a = df / 2, x = df / (df + t^2) and y = 1 - x, the probability outside
 * -t and t is the incomplete beta function I_x(a, 1/2), and the one inside is
 * I_y(1/2, a).  Whichever is small is computed from its own continued fraction,
 * so that no digits are lost to a subtraction from 1.
 *
 * Sources: A. R. DiDonato and A. H. Morris, Algorithm 708, ACM Transactions on
 * Mathematical Software 18 (1992), for the continued fraction; G. W. Hill,
 * Algorithm 395, Communications of the ACM 13 (1970), for many degrees.
 *
 *-------------------------------------------------------------------------
 */
#include "student.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "statistics.h"

/* From here on, Hill's expansion is as good as doubles are. */
#define MANY_DEGREES 1e5

static const double pi = 3.14159265358979323846;
static const double sqrt_one_half = 0.70710678118654752440;

/* The probabilities inside and outside of -t and t, which add up to 1 */
typedef struct tails
{
	double		inside;
	double		outside;
} tails;

/*
 * gamma(a + 1/2) / gamma(a), from the asymptotic series of its logarithm.
 */
static double
half_step_of_gamma(double a)
{
	double		factor = 1;
	double		r;

	for (; a < 20; a++)
		factor *= a / (a + 0.5);
	r = 1 / (a * a);
	return factor * sqrt(a) *
		exp((-1.0 / 8 + r * (1.0 / 192 + r * (-1.0 / 640 +
											  r * (17.0 / 14336 - r * 31.0 / 18432)))) / a);
}

/*
 * t times the density at t, which is x^a * y^(1/2) / B(a, 1/2).  Unlike the
 * density alone, it does not underflow before the probabilities do.
 */
static double
scaled_density(double t, double df)
{
	return half_step_of_gamma(df / 2) / sqrt(pi) *
		(t / hypot(t, sqrt(df))) * exp(-df / 2 * log1p(t * t / df));
}

/*
 * I_x(a, b) * B(a, b) / (x^a * y^b), where x + y = 1 and x does not exceed
 * a / (a + b) by much.
 *
 * Lentz's evaluation, modified so that it never divides by zero.
 */
static double
incomplete_beta_fraction(double a, double b, double x, double y)
{
	double		excess = x < y ? a - (a + b) * x : (a + b) * y - b;
	double		value = a / (a + 1) * (excess + 1);
	double		numerator = value;
	double		denominator = 0;

	for (double n = 1; n < 10000; n++)
	{
		double		t = a + 2 * n - 1;
		double		alpha = (a + n - 1) / t * ((a + b + n - 1) / t) * n * (b - n) * x * x;
		double		beta = n + n * (b - n) * x / t +
			(a + n) / (t + 2) * (excess + 1 + n * (1 + y));
		double		step;

		denominator = 1 / fmax(beta + alpha * denominator, DBL_MIN);
		numerator = fmax(beta + alpha / numerator, DBL_MIN);
		step = numerator * denominator;
		value *= step;
		if (fabs(step - 1) <= DBL_EPSILON)
			break;
	}
	return 1 / value;
}

/*
 * The z that has the same probability outside of it as t; at most 100, where
 * nothing is left that a double could tell from 0.
 */
static double
normal_equivalent(double t, double df)
{
	double		a = df - 0.5;
	double		b = 48 * a * a;
	double		y = fmin(a * log1p(t * t / df), 1e4);

	return sqrt(y) * (1 + (y + 3) / b -
					  (((0.4 * y + 3.3) * y + 24) * y + 85.5) /
					  (b * (0.8 * y * y + 100 + b)));
}

/* t must not be negative. */
static tails
student_tails(double t, double df)
{
	double		square = t * t;
	double		x = 1 / (1 + square / df);
	double		y = square > 0 ? 1 / (1 + df / square) : 0;
	tails		result;

	if (df > MANY_DEGREES)
	{
		double		z = normal_equivalent(t, df);

		result.inside = erf(z * sqrt_one_half);
		result.outside = erfc(z * sqrt_one_half);
	}
	else if (square < 2)
	{
		result.inside =
			scaled_density(t, df) * incomplete_beta_fraction(0.5, df / 2, y, x);
		result.outside = 1 - result.inside;
	}
	else
	{
		result.outside =
			scaled_density(t, df) * incomplete_beta_fraction(df / 2, 0.5, x, y);
		result.inside = 1 - result.outside;
	}
	return result;
}

double
clk_student_p_value(double t, double df)
{
	return student_tails(fabs(t), df).outside;
}

/*
 * Newton's steps for the logarithm of whichever probability is the smaller, as
 * a function of log(t).  That function is concave: after the first step, which
 * may go too far, the others lead monotonically to the root.
 */
double
clk_student_quantile(double confidence, double df)
{
	double		t = clk_normal_quantile(confidence);

	for (int i = 0; i < 60; i++)
	{
		tails		p = student_tails(t, df);
		double		slope = 2 * scaled_density(t, df);
		double		step;

		/* so near 0 t is as good as doubles are */
		if (p.inside == 0 || slope == 0)
			break;

		/* 1 - confidence is exact where it is taken */
		if (confidence < 0.5)
			step = log(confidence / p.inside) * p.inside / slope;
		else
			step = log(p.outside / (1 - confidence)) * p.outside / slope;
		t *= exp(step);
		if (fabs(step) <= 2 * DBL_EPSILON)
			break;
	}
	return t;
}
