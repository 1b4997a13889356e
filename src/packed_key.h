/*-------------------------------------------------------------------------
 *
 * packed_key.h
 *	  Keys of a distinct set as bytes, on the way between processes and in files.
 *
 * Integers are in little-endian order.  Of a text, its hash and its length are in
 * front of its bytes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_PACKED_KEY_H
#define CLK_PACKED_KEY_H

#include "core/bits.h"
#include "distinct_set.h"

/* Bytes in front of a packed text */
#define CLK_TEXT_HEADER 12

static inline void
clk_distinct_put_word(char *to, uint64 word)
{
	clk_store64((uint8 *) to, word);
}

static inline uint64
clk_distinct_get_word(const char *from)
{
	return clk_load64((const uint8 *) from);
}

static inline void
clk_distinct_unpack_key(const char *from, uint64 *key, clk_key_kind kind)
{
	key[0] = clk_distinct_get_word(from);
	if (kind != CLK_KEY_INTEGER)
		key[1] = clk_distinct_get_word(from + 8);
}

/* Turn words in place into how they are packed. */
static inline void
clk_distinct_to_little_endian(uint64 *words, int64 nwords)
{
	for (int64 i = 0; i < nwords; i++)
		words[i] = CLK_LITTLE_ENDIAN_64(words[i]);
}

/* The length of a text, likewise */
static inline void
clk_distinct_put_length(char *to, uint32 length)
{
	clk_store32((uint8 *) to, length);
}

static inline uint32
clk_distinct_get_length(const char *from)
{
	return clk_load32((const uint8 *) from);
}

#endif							/* CLK_PACKED_KEY_H */
