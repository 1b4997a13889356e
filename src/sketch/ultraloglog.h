/*-------------------------------------------------------------------------
 *
 * ultraloglog.h
 *	  The registers of an UltraLogLog sketch (Ertl, VLDB 2024).
 *
 * The first "precision" bits of a hash choose one of 2^precision registers.
 * The level of a hash is one more than the number of zeros that follow, from
 * 1 to 65 - precision.  A register is 0 while empty, else 4 * u + flags,
 * where u is the highest level seen; flag 2 says that u - 1 was seen as well,
 * flag 1 that u - 2 was.
 *
 * Registers depend only on the set of hashes, not on order or repetition, so
 * merging is commutative, associative and idempotent.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_ULTRALOGLOG_H
#define CLK_ULTRALOGLOG_H

#include "bits.h"

#define CLK_PRECISION_MIN 8
#define CLK_PRECISION_MAX 16
#define CLK_PRECISION_DEFAULT 13

#define CLK_REGISTER_VALUES 256

/* Relative variance of the estimate times the number of registers */
#define CLK_ULL_VARIANCE 0.57891

static inline size_t
clk_ull_size(int precision)
{
	return (size_t) 1 << precision;
}

/* The level of a hash. */
static inline int
clk_ull_level(uint64_t hash, int precision)
{
	return clk_leading_zeros(hash << precision |
							 UINT64_C(1) << (precision - 1)) + 1;
}

/* Record one hash. */
static inline void
clk_ull_insert(uint8_t *registers, int precision, uint64_t hash)
{
	uint8_t    *reg = &registers[hash >> (64 - precision)];
	int			level = clk_ull_level(hash, precision);
	int			ahead = level - (*reg >> 2);

	if (CLK_LIKELY(ahead < -2))
		return;
	if (ahead > 0)
	{
		int			seen = *reg == 0 ? 0 : 4 | (*reg & 3);

		*reg = (uint8_t) (4 * level | (ahead < 4 ? seen >> ahead : 0));
	}
	else if (ahead < 0)
		*reg |= (uint8_t) (4 >> -ahead);
}

/* Record some hashes; faster than one by one if registers are far away. */
extern void clk_ull_insert_many(uint8_t *registers, int precision,
								const uint64_t *hashes, size_t count);

/* Make "target" the union of both; "size" is a multiple of 16. */
extern void clk_ull_merge(uint8_t *target, const uint8_t *source, size_t size);

/* The same, one register at a time; only tests call it. */
extern void clk_ull_merge_scalar(uint8_t *target, const uint8_t *source,
								 size_t size);

/*
 * Reduce registers to a lower precision: exactly what inserting the same
 * hashes at that precision would have given.  May be done in place.
 */
extern void clk_ull_reduce(uint8_t *target, int target_precision,
						   const uint8_t *source, int source_precision);

/* Count the registers of each value. */
extern void clk_ull_histogram(const uint8_t *registers, size_t size,
							  uint32_t histogram[CLK_REGISTER_VALUES]);

/* Whether registers with these values can come from hashes. */
extern bool clk_ull_is_reachable(const uint32_t
								 histogram[CLK_REGISTER_VALUES],
								 int precision);

/* Maximum likelihood estimate of the number of distinct hashes. */
extern double clk_ull_estimate(const uint8_t *registers, int precision);

/* Relative standard error of clk_ull_estimate(). */
extern double clk_ull_standard_error(int precision);

#endif							/* CLK_ULTRALOGLOG_H */
