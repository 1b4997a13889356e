/*-------------------------------------------------------------------------
 *
 * key.h
 *	  What exact sets keep of a value: a key of one or two 64-bit words.
 *
 *		integer	one word, a bijection of the value
 *		uuid	two words, a bijection of its 128 bits
 *		text	a hash, and the address of the bytes, which decide
 *
 * The first word depends on a number that nobody can foresee, the multiplier.  By
 * it keys are ordered, in lists, tables and runs alike.
 * Packed, in files and between processes of one machine, a key is its words as they
 * are in memory; a text is its hash, its length in 4 bytes, and its bytes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_KEY_H
#define CLK_KEY_H

#include "exact/limits.h"

typedef enum clk_key_kind
{
	CLK_KEY_INTEGER = 1,
	CLK_KEY_UUID,
	CLK_KEY_TEXT
} clk_key_kind;

/* Words and bytes of a key; bytes in front of a packed text */
#define CLK_KEY_WORDS(kind) ((kind) == CLK_KEY_INTEGER ? 1 : 2)
#define CLK_KEY_SIZE(kind) (CLK_KEY_WORDS(kind) * sizeof(uint64))
#define CLK_TEXT_HEADER 12

/* Each word of the greatest key, and of an empty slot */
#define CLK_MAX_WORD PG_UINT64_MAX

/* What an inline function returns that is compiled for each kind of fixed length */
#define CLK_FOR_KIND(kind, function, ...) \
	((kind) == CLK_KEY_INTEGER ? function(__VA_ARGS__, CLK_KEY_INTEGER) : \
	 function(__VA_ARGS__, CLK_KEY_UUID))

/* What the second word of the key of a text points to */
typedef struct clk_text
{
	uint32		length;
	char		bytes[FLEXIBLE_ARRAY_MEMBER];
} clk_text;

/* Odd, the same in all processes of a statement, and not to be foreseen */
extern uint64 clk_key_multiplier(void);

/* The hash of a text, less than CLK_MAX_WORD */
extern uint64 clk_key_hash_text(uint64 multiplier, const char *bytes, uint32 length);

/* The value that a key was made of */
extern void clk_key_to_value(uint64 multiplier, const uint64 *key, uint64 *value, clk_key_kind kind);

#define CLK_KEY_FACTOR UINT64CONST(0x9FB21C651E98DF25)
#define CLK_KEY_FACTOR_INVERSE UINT64CONST(0x02AB9C720D1024AD)

/*
 * A bijection of 64 bits.  Its last step is a multiplication by an odd number
 * that nobody can foresee, so the leading bits of two different values are equal
 * at most twice as often as chance has it, whoever chose the values.
 */
static inline uint64
clk_key_mix(uint64 multiplier, uint64 value)
{
	value *= CLK_KEY_FACTOR;
	value ^= value >> 32;
	return ~(value * multiplier);
}

/*
 * What the low half of a uuid does to the high one; zero does nothing.
 *
 * To multiply modulo 2^64 would not do: multiples of a power of 2 stay among
 * themselves, so that somebody could choose halves that meet.  He cannot know the
 * upper word of the product; 0 and all ones meet, but that makes pairs, no crowds.
 */
static inline uint64
clk_key_blind(uint64 multiplier, uint64 low)
{
	uint128		product = (uint128) low * multiplier;

	return (uint64) product ^ (uint64) (product >> 64);
}

/* Make a key of a value: of one word, or of the two of a uuid. */
static inline void
clk_key_make(uint64 multiplier, const uint64 *value, uint64 *key, clk_key_kind kind)
{
	if (kind == CLK_KEY_INTEGER)
		key[0] = clk_key_mix(multiplier, value[0]);
	else
	{
		key[0] = clk_key_mix(multiplier, value[0] ^ clk_key_blind(multiplier, value[1]));
		key[1] = ~value[1];
	}
}

/* The first word of a key decides its order, then the second, but of texts. */
static inline uint128
clk_key_number(const uint64 *key, clk_key_kind kind)
{
	return kind == CLK_KEY_UUID ? (uint128) key[0] << 64 | key[1] : key[0];
}

/* Zero has the greatest key, and so has the nil uuid; no text has. */
static inline bool
clk_key_is_max(const uint64 *key, clk_key_kind kind)
{
	return key[0] == CLK_MAX_WORD && (kind != CLK_KEY_UUID || key[1] == CLK_MAX_WORD);
}

static inline bool
clk_key_same(const uint64 *a, const uint64 *b, clk_key_kind kind)
{
	return a[0] == b[0] && (kind == CLK_KEY_INTEGER || a[1] == b[1]);
}

static inline void
clk_key_copy(uint64 *to, const uint64 *from, clk_key_kind kind)
{
	to[0] = from[0];
	if (kind != CLK_KEY_INTEGER)
		to[1] = from[1];
}

/* Copy a packed key, which may be at any address, to words. */
static inline void
clk_key_unpack(const char *packed, uint64 *key, clk_key_kind kind)
{
	memcpy(key, packed, CLK_KEY_SIZE(kind));
}

/* The text that a key points to */
#define clk_key_text(key) ((const clk_text *) (uintptr_t) (key)[1])

/* An order among texts of one hash: which it is does not matter. */
static inline int
clk_key_compare_texts(const char *a, uint32 a_length, const char *b, uint32 b_length)
{
	if (a_length != b_length)
		return a_length < b_length ? -1 : 1;
	return memcmp(a, b, a_length);
}

#endif							/* CLK_KEY_H */
