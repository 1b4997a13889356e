/*-------------------------------------------------------------------------
 *
 * ultraloglog.c
 *	  Union, reduction and histogram of UltraLogLog registers.
 *
 *-------------------------------------------------------------------------
 */
#include "ultraloglog.h"

/*
 * Union of two registers: the higher, and as its flags also the level and the
 * flags of the lower.  Without branches, as these could not be predicted.
 */
static inline uint8_t
merge_register(uint8_t a, uint8_t b)
{
	uint8_t		high = a > b ? a : b;
	uint8_t		low = a > b ? b : a;
	uint64_t	seen = (low > 0) << 2 | (low & 3);

	return (uint8_t) (high | (seen >> ((high >> 2) - (low >> 2)) & 3));
}

void
clk_ull_insert_many(uint8_t *registers, int precision,
					const uint64_t *hashes, size_t count)
{
	/* so that the waits for memory overlap */
	for (size_t i = 0; i < count; i++)
		CLK_PREFETCH(registers + (hashes[i] >> (64 - precision)));

	for (size_t i = 0; i < count; i++)
	{
		uint8_t    *reg = registers + (hashes[i] >> (64 - precision));

		*reg = merge_register(*reg, (uint8_t)
							  (4 * clk_ull_level(hashes[i], precision)));
	}
}

void
clk_ull_merge_scalar(uint8_t *target, const uint8_t *source, size_t size)
{
	for (size_t i = 0; i < size; i++)
		target[i] = merge_register(target[i], source[i]);
}

#if defined(__GNUC__)

typedef uint8_t register_vector __attribute__((vector_size(16)));

void
clk_ull_merge(uint8_t *target, const uint8_t *source, size_t size)
{
	for (size_t i = 0; i < size; i += sizeof(register_vector))
	{
		register_vector a,
					b,
					swap,
					high,
					low,
					ahead,
					flags,
					seen;

		memcpy(&a, target + i, sizeof(a));
		memcpy(&b, source + i, sizeof(b));
		swap = (a ^ b) & (register_vector) (a < b);
		high = a ^ swap;
		low = b ^ swap;
		ahead = (high & 0xFC) - (low & 0xFC);
		flags = low & 3;
		/* as merge_register(): level u of "low" is a flag of "high" */
		seen = (register_vector) (ahead == 0) & flags;
		seen |= (register_vector) (ahead == 4) &
			(2 | ((register_vector) (flags > 1) & 1));
		seen |= (register_vector) (ahead == 8) & 1;
		high |= seen & (register_vector) (low != 0);
		memcpy(target + i, &high, sizeof(high));
	}
}

#else

void
clk_ull_merge(uint8_t *target, const uint8_t *source, size_t size)
{
	clk_ull_merge_scalar(target, source, size);
}

#endif

/*
 * Register i of the higher precision becomes part of register i >> shift, and
 * the low bits of i become the first bits after the register's number: they
 * settle the level, unless they are all zero.
 */
void
clk_ull_reduce(uint8_t *target, int target_precision,
			   const uint8_t *source, int source_precision)
{
	int			shift = source_precision - target_precision;
	size_t		size = clk_ull_size(target_precision);

	for (size_t i = 0; i < size; i++)
	{
		uint8_t		merged = 0;

		for (size_t low = 0; low < (size_t) 1 << shift; low++)
		{
			uint8_t		reg = source[(i << shift) + low];

			if (reg == 0)
				continue;
			if (low == 0)
				reg = (uint8_t) (reg + 4 * shift);
			else
				reg = (uint8_t) (4 * (clk_leading_zeros(low) - 63 + shift));
			merged = merge_register(merged, reg);
		}
		target[i] = merged;
	}
}

void
clk_ull_histogram(const uint8_t *registers, size_t size,
				  uint32_t histogram[CLK_REGISTER_VALUES])
{
	/* neighbours are often equal: four counters each keep them apart */
	uint32_t	part[3][CLK_REGISTER_VALUES] = {{0}};

	memset(histogram, 0, CLK_REGISTER_VALUES * sizeof(uint32_t));
	for (size_t i = 0; i < size; i += 4)
	{
		histogram[registers[i]]++;
		part[0][registers[i + 1]]++;
		part[1][registers[i + 2]]++;
		part[2][registers[i + 3]]++;
	}
	for (int value = 0; value < CLK_REGISTER_VALUES; value++)
		histogram[value] += part[0][value] + part[1][value] + part[2][value];
}

bool
clk_ull_is_reachable(const uint32_t histogram[CLK_REGISTER_VALUES],
					 int precision)
{
	uint32_t	unreachable = 0;

	/* there is no level below 1 that a flag could speak of */
	for (int value = 1; value < 4; value++)
		unreachable |= histogram[value];
	for (int value = 5; value < 8; value++)
		unreachable |= histogram[value];
	unreachable |= histogram[9] | histogram[11];
	for (int value = 4 * (65 - precision) + 4; value < CLK_REGISTER_VALUES;
		 value++)
		unreachable |= histogram[value];
	return unreachable == 0;
}
