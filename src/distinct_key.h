/*-------------------------------------------------------------------------
 *
 * distinct_key.h
 *	  Integers and uuids as keys of a distinct set.
 *
 * The hash is the first word of a key, so it must be possible to get back.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_DISTINCT_KEY_H
#define CLK_DISTINCT_KEY_H

#include "distinct_set.h"

/*
 * A bijection of 64 bits.  Its last step is a multiplication by an odd number
 * that nobody can foresee, so the leading bits of two different values are equal
 * at most twice as often as chance has it, whoever chose the values.
 */
#define CLK_DISTINCT_FACTOR UINT64CONST(0x9FB21C651E98DF25)
#define CLK_DISTINCT_FACTOR_INVERSE UINT64CONST(0x02AB9C720D1024AD)

static inline uint64
clk_distinct_mix(const clk_distinct_set *set, uint64 value)
{
	value *= CLK_DISTINCT_FACTOR;
	value ^= value >> 32;
	return ~(value * set->multiplier);
}

/*
 * What the low half of a uuid does to the high one; zero does nothing.
 *
 * To multiply modulo 2^64 would not do: multiples of a power of 2 stay among
 * themselves whatever the multiplier is, so that somebody could choose halves
 * that meet.  The upper word of the product is what he cannot know.
 */
static inline uint64
clk_distinct_blind(const clk_distinct_set *set, uint64 low)
{
	uint128		product = (uint128) low * set->multiplier;

	return (uint64) product ^ (uint64) (product >> 64);
}

/* The key of a value: one word, or the two of a uuid */
static inline void
clk_distinct_make_key(const clk_distinct_set *set, const uint64 *value,
					  uint64 *key, clk_key_kind kind)
{
	if (kind == CLK_KEY_INTEGER)
		key[0] = clk_distinct_mix(set, value[0]);
	else
	{
		key[0] = clk_distinct_mix(set, value[0] ^
								  clk_distinct_blind(set, value[1]));
		key[1] = ~value[1];
	}
}

/* A key as one number, by which keys are ordered; of a text, only its hash. */
static inline uint128
clk_distinct_number(const uint64 *key, clk_key_kind kind)
{
	return kind == CLK_KEY_UUID ? (uint128) key[0] << 64 | key[1] : key[0];
}

/* The words of what is no key, in a slot that is empty */
#define CLK_NO_KEY PG_UINT64_MAX

/* Zero has that key, and the nil uuid; sets keep account of it apart from others. */
static inline bool
clk_distinct_is_none(const uint64 *key, clk_key_kind kind)
{
	return key[0] == CLK_NO_KEY &&
		(kind != CLK_KEY_UUID || key[1] == CLK_NO_KEY);
}

static inline bool
clk_distinct_same(const uint64 *a, const uint64 *b, clk_key_kind kind)
{
	return a[0] == b[0] && (kind == CLK_KEY_INTEGER || a[1] == b[1]);
}

static inline void
clk_distinct_copy(uint64 *to, const uint64 *from, clk_key_kind kind)
{
	to[0] = from[0];
	if (kind != CLK_KEY_INTEGER)
		to[1] = from[1];
}

#endif							/* CLK_DISTINCT_KEY_H */
