/*-------------------------------------------------------------------------
 *
 * clicker_key.h
 *	  Who clicked: any supported id as a canonical key and a 64-bit hash.
 *
 * Integers are hashed by a bijection of their 64-bit value, so that the same
 * person has the same hash whether the id came as smallint, integer or bigint,
 * and so that two different integers never collide.  Other ids are hashed as
 * bytes by XXH3.
 *
 * These hashes are part of the stored form of a clicker_set: they must never
 * change, and they do not depend on the platform.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_CLICKER_KEY_H
#define CLK_CLICKER_KEY_H

#include <stddef.h>
#include <stdint.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* before, XXH3 gave other hashes */
#if XXH_VERSION_NUMBER < 800
#error "xxHash 0.8.0 or later is needed"
#endif

/* Keeps id 0 away from the mixer's fixed point 0. */
#define CLK_CLICKER_KEY_OFFSET UINT64_C(0x9E3779B97F4A7C15)

/* A bijection of 64 bits in which every bit of the input reaches every bit. */
static inline uint64_t
clk_mix64(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xFF51AFD7ED558CCD);
	x ^= x >> 33;
	x *= UINT64_C(0xC4CEB9FE1A85EC53);
	x ^= x >> 33;
	return x;
}

/* The frozen hash of an integer id. */
static inline uint64_t
clk_clicker_hash_integer(int64_t id)
{
	return clk_mix64((uint64_t) id ^ CLK_CLICKER_KEY_OFFSET);
}

/* The frozen hash of an id that is a string of bytes (text, uuid). */
static inline uint64_t
clk_clicker_hash_bytes(const void *bytes, size_t length)
{
	return XXH3_64bits(bytes, length);
}

#endif							/* CLK_CLICKER_KEY_H */
