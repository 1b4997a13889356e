/*-------------------------------------------------------------------------
 *
 * bits.h
 *	  Little-endian words and streams of bits, on any machine: see also
 *	  bit_writer.h.
 *
 * A stream is filled from the least significant bit of its first byte.  What
 * lies beyond its end reads as zeros, so that readers need no padding.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_BITS_H
#define CLK_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#define CLK_LIKELY(x) __builtin_expect((x) != 0, 1)
#define CLK_UNLIKELY(x) __builtin_expect((x) != 0, 0)
#define CLK_INLINE inline __attribute__((always_inline))
#define CLK_PREFETCH(address) __builtin_prefetch(address)
#else
#define CLK_LIKELY(x) (x)
#define CLK_UNLIKELY(x) (x)
#define CLK_INLINE inline
#define CLK_PREFETCH(address) ((void) (address))
#endif

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define CLK_LITTLE_ENDIAN_64(x) __builtin_bswap64(x)
#define CLK_LITTLE_ENDIAN_32(x) __builtin_bswap32(x)
#else
#define CLK_LITTLE_ENDIAN_64(x) (x)
#define CLK_LITTLE_ENDIAN_32(x) (x)
#endif

/* How many bits of clk_bits_peek() are sure to be there */
#define CLK_PEEK_BITS 57

/* Zero bits above the highest one bit; x must not be 0. */
static inline int
clk_leading_zeros(uint64_t x)
{
#if defined(__GNUC__)
	return __builtin_clzll(x);
#else
	int			n = 0;

	for (; (x >> 63) == 0; x <<= 1)
		n++;
	return n;
#endif
}

/* Zero bits below the lowest one bit; x must not be 0. */
static inline int
clk_trailing_zeros(uint64_t x)
{
#if defined(__GNUC__)
	return __builtin_ctzll(x);
#else
	int			n = 0;

	for (; (x & 1) == 0; x >>= 1)
		n++;
	return n;
#endif
}

static inline uint64_t
clk_load64(const uint8_t *bytes)
{
	uint64_t	word;

	memcpy(&word, bytes, sizeof(word));
	return CLK_LITTLE_ENDIAN_64(word);
}

static inline void
clk_store64(uint8_t *bytes, uint64_t word)
{
	word = CLK_LITTLE_ENDIAN_64(word);
	memcpy(bytes, &word, sizeof(word));
}

static inline uint32_t
clk_load32(const uint8_t *bytes)
{
	uint32_t	word;

	memcpy(&word, bytes, sizeof(word));
	return CLK_LITTLE_ENDIAN_32(word);
}

static inline void
clk_store32(uint8_t *bytes, uint32_t word)
{
	word = CLK_LITTLE_ENDIAN_32(word);
	memcpy(bytes, &word, sizeof(word));
}

/* The word at "at", of which less than 8 bytes may be left. */
static inline uint64_t
clk_load64_tail(const uint8_t *bytes, size_t length, size_t at)
{
	uint64_t	word = 0;

	if (at >= length)
		return 0;
	if (length >= 8)
		return clk_load64(bytes + length - 8) >> (8 * (at + 8 - length));
	for (size_t i = length; i-- > at;)
		word = word << 8 | bytes[i];
	return word;
}

/* At least the CLK_PEEK_BITS bits that follow bit number "bit". */
static inline uint64_t
clk_bits_peek(const uint8_t *bytes, size_t length, size_t bit)
{
	size_t		at = bit >> 3;

	if (CLK_LIKELY(at + 8 <= length))
		return clk_load64(bytes + at) >> (bit & 7);
	return clk_load64_tail(bytes, length, at) >> (bit & 7);
}

#endif							/* CLK_BITS_H */
