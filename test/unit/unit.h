/*-------------------------------------------------------------------------
 *
 * unit.h
 *	  What the unit tests of the plain C share: a counter of checks, random
 *	  numbers that are the same everywhere, and memory that is freed at once.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_UNIT_H
#define CLK_UNIT_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int	checks_passed;
static int	checks_failed;

#define CHECK(condition) \
	((condition) ? (void) checks_passed++ : \
	 (void) (checks_failed++, \
			 fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition)))

/* The last line of a test program; what main() returns. */
static inline int
unit_report(void)
{
	printf("%d passed, %d failed\n", checks_passed, checks_failed);
	return checks_failed > 0;
}

/* splitmix64 */
static uint64_t unit_seed = 1;

static inline uint64_t
unit_random(void)
{
	uint64_t	x = unit_seed += UINT64_C(0x9E3779B97F4A7C15);

	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

/* 0 .. limit - 1 */
static inline uint64_t
unit_random_below(uint64_t limit)
{
	return unit_random() % limit;
}

/* Between 0 and 1, but neither */
static inline double
unit_uniform(void)
{
	return ((double) (unit_random() >> 11) + 0.5) / 9007199254740992.0;
}

/* Polar coordinates of two independent normal variables give both of them. */
static inline double
unit_normal(void)
{
	static double other;
	static bool has_other = false;
	double		radius,
				angle;

	has_other = !has_other;
	if (!has_other)
		return other;
	radius = sqrt(-2 * log(unit_uniform()));
	angle = 6.283185307179586 * unit_uniform();
	other = radius * sin(angle);
	return radius * cos(angle);
}

/* For qsort(): ascending */
static inline int
unit_compare_doubles(const void *a, const void *b)
{
	double		difference = *(const double *) a - *(const double *) b;

	return (difference > 0) - (difference < 0);
}

#define UNIT_BLOCKS_MAX 100000

static void *unit_blocks[UNIT_BLOCKS_MAX];
static int	unit_nblocks;

/* Each block is one of malloc(), so that sanitizers see its limits. */
static inline void *
unit_allocate(size_t size)
{
	void	   *block = malloc(size);

	if (block == NULL || unit_nblocks == UNIT_BLOCKS_MAX)
		abort();
	return unit_blocks[unit_nblocks++] = block;
}

static inline void
unit_free_all(void)
{
	while (unit_nblocks > 0)
		free(unit_blocks[--unit_nblocks]);
}

#endif							/* CLK_UNIT_H */
