/*-------------------------------------------------------------------------
 *
 * outlook_band_test.c
 *	  How wide the band of weekly_outlook has to be: how often a day of pure
 *	  normal noise lies beyond it.
 *
 * The band is the median of the n days before, and a multiple of 1.4826 times
 * the median distance from it to both sides.  Both medians come from few days,
 * and are off; so the multiple of which 1 percent of days lie beyond is larger
 * than that of a normal distribution, which is 2.576, and depends on n.
 *
 * Prints, for each n, the multiples beyond which 1 and 0.27 percent of days lie,
 * and the share beyond 3 and beyond that of examples/weekly_outlook.sql, which must
 * be 1 percent.  Beyond that: also the share of days whose logarithms are normal,
 * with a deviation of 0.3; and how many are found of days that are 5 and 10
 * standard deviations off.
 *
 * Takes the number of days per line as an argument.
 *
 *-------------------------------------------------------------------------
 */
#include "unit.h"

#define DAYS 400000
#define WEEKS_MIN 6
#define WEEKS_MAX 12

/* Those of examples/weekly_outlook.sql; sql/weekly_outlook.sql prints them. */
static const double multiples[] = {8.06, 7.79, 5.92, 5.78, 4.95, 4.87, 4.40};

/* As percentile_cont(0.5) of PostgreSQL; puts the values in order. */
static double
median(double *values, int n)
{
	qsort(values, (size_t) n, sizeof(double), unit_compare_doubles);
	return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

/* A day that is so much off: how far is it from the median of n others, in
 * units of 1.4826 times the median distance? */
static double
distance_of_day(int n, double off)
{
	double		days[WEEKS_MAX];
	double		center;

	for (int i = 0; i < n; i++)
		days[i] = unit_normal();
	center = median(days, n);
	for (int i = 0; i < n; i++)
		days[i] = fabs(days[i] - center);
	return fabs(unit_normal() + off - center) / (1.4826 * median(days, n));
}

/* The same of days whose logarithms are normal */
static double
distance_of_skewed_day(int n)
{
	double		days[WEEKS_MAX];
	double		center;

	for (int i = 0; i < n; i++)
		days[i] = exp(0.3 * unit_normal());
	center = median(days, n);
	for (int i = 0; i < n; i++)
		days[i] = fabs(days[i] - center);
	return fabs(exp(0.3 * unit_normal()) - center) / (1.4826 * median(days, n));
}

static double
share_beyond(const double *distances, int days, double multiple)
{
	int			beyond = 0;

	for (int i = 0; i < days; i++)
		beyond += distances[i] > multiple;
	return (double) beyond / days;
}

int
main(int argc, char **argv)
{
	int			days = argc > 1 ? atoi(argv[1]) : DAYS;
	double	   *distances = unit_allocate((size_t) days * sizeof(double));

	printf("%5s | %17s | %26s | %17s\n", "", "multiple of which", "share beyond", "beyond it, if off");
	printf("%5s | %8s %8s | %8s %8s %8s | %8s %8s\n", "weeks", "1 %", "0.27 %", "3", "band",
		   "skewed", "5", "10");
	for (int n = WEEKS_MIN; n <= WEEKS_MAX; n++)
	{
		double		multiple = multiples[n - WEEKS_MIN];
		double		error = sqrt(0.01 * 0.99 / days);
		double		share,
					skewed,
					found[2];

		for (int k = 0; k < 2; k++)
		{
			for (int i = 0; i < days; i++)
				distances[i] = distance_of_day(n, 5 * (k + 1));
			found[k] = share_beyond(distances, days, multiple);
		}
		for (int i = 0; i < days; i++)
			distances[i] = distance_of_skewed_day(n);
		skewed = share_beyond(distances, days, multiple);
		for (int i = 0; i < days; i++)
			distances[i] = distance_of_day(n, 0);
		share = share_beyond(distances, days, multiple);
		qsort(distances, (size_t) days, sizeof(double), unit_compare_doubles);
		printf("%5d | %8.2f %8.2f | %8.4f %8.4f %8.4f | %8.2f %8.2f\n", n,
			   distances[days - days / 100], distances[days - (int) (days * 0.0027)],
			   share_beyond(distances, days, 3), share, skewed, found[0], found[1]);
		CHECK(fabs(share - 0.01) < 4 * error);
	}
	unit_free_all();
	return unit_report();
}
