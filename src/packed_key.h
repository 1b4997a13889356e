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

#include "port/pg_bswap.h"

#include "distinct_set.h"

/* Bytes in front of a packed text */
#define CLK_TEXT_HEADER 12

static inline uint64
clk_distinct_little_endian(uint64 word)
{
#ifdef WORDS_BIGENDIAN
	return pg_bswap64(word);
#else
	return word;
#endif
}

static inline void
clk_distinct_put_word(char *to, uint64 word)
{
	word = clk_distinct_little_endian(word);
	memcpy(to, &word, sizeof(word));
}

static inline uint64
clk_distinct_get_word(const char *from)
{
	uint64		word;

	memcpy(&word, from, sizeof(word));
	return clk_distinct_little_endian(word);
}

static inline void
clk_distinct_unpack_key(const char *from, uint64 *key, clk_key_kind kind)
{
	key[0] = clk_distinct_get_word(from);
	if (kind != CLK_KEY_INTEGER)
		key[1] = clk_distinct_get_word(from + 8);
}

/* Turn words in place into how they are packed, or back. */
static inline void
clk_distinct_to_little_endian(uint64 *words, int64 nwords)
{
	for (int64 i = 0; i < nwords; i++)
		words[i] = clk_distinct_little_endian(words[i]);
}

/* The length of a text, likewise */
static inline void
clk_distinct_put_length(char *to, uint32 length)
{
#ifdef WORDS_BIGENDIAN
	length = pg_bswap32(length);
#endif
	memcpy(to, &length, sizeof(length));
}

static inline uint32
clk_distinct_get_length(const char *from)
{
	uint32		length;

	memcpy(&length, from, sizeof(length));
#ifdef WORDS_BIGENDIAN
	length = pg_bswap32(length);
#endif
	return length;
}

#endif							/* CLK_PACKED_KEY_H */
