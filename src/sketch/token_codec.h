/*-------------------------------------------------------------------------
 *
 * token_codec.h
 *	  Sorted tokens as a stream of bits.
 *
 * Each token is the difference of its prefix to the one before, in a Rice
 * code: the part above the low "rice_bits" in unary; then its zeros, in unary;
 * then the low bits.  The parameter depends on nothing but the number of
 * tokens.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_TOKEN_CODEC_H
#define CLK_TOKEN_CODEC_H

#include "token_set.h"

typedef struct clk_token_reader
{
	const uint8_t *bytes;
	size_t		length;
	size_t		bit;
	uint64_t	prefix;
	uint64_t	last;			/* the token read last, 0 before the first */
	int			rice_bits;
} clk_token_reader;

/* The best parameter for n > 0 prefixes that are spread evenly. */
static inline int
clk_token_rice_bits(uint32_t n)
{
	return CLK_TOKEN_PREFIX_BITS - 64 + clk_leading_zeros(n);
}

/* An upper limit of what clk_token_encode() writes, and overwrites. */
static inline size_t
clk_token_encoded_bound(uint32_t n)
{
	return 10 * (size_t) n + 16;
}

static inline void
clk_token_reader_init(clk_token_reader *reader, uint32_t n,
					  const uint8_t *bytes, size_t length)
{
	reader->bytes = bytes;
	reader->length = length;
	reader->bit = 0;
	reader->prefix = 0;
	reader->last = 0;
	reader->rice_bits = n == 0 ? 0 : clk_token_rice_bits(n);
}

/* Split a token whose unary parts are long; false if it is cut off. */
extern bool clk_token_read_slowly(clk_token_reader *reader, uint64_t *quotient,
								  uint64_t *zeros, uint64_t *remainder);

/* Read the next token; false if the stream holds no greater one there. */
static CLK_INLINE bool
clk_token_read(clk_token_reader *reader, uint64_t *token)
{
	uint64_t	word = clk_bits_peek(reader->bytes, reader->length,
									 reader->bit);

	/* with bit 56 set, counts are defined and fail the test below */
	uint64_t	marked = word | UINT64_C(1) << 56;
	uint64_t	quotient = (uint64_t) clk_trailing_zeros(marked);
	uint64_t	zeros = (uint64_t)
		clk_trailing_zeros((marked | UINT64_C(1) << 63) >> 1 >> quotient);
	uint64_t	unary_bits = quotient + zeros + 2;
	uint64_t	remainder;

	if (CLK_LIKELY(unary_bits + (uint64_t) reader->rice_bits <=
				   CLK_PEEK_BITS - 1))
	{
		remainder = word >> unary_bits &
			((UINT64_C(1) << reader->rice_bits) - 1);
		reader->bit += unary_bits + (uint64_t) reader->rice_bits;
	}
	else if (!clk_token_read_slowly(reader, &quotient, &zeros, &remainder))
		return false;

	reader->prefix += quotient << reader->rice_bits | remainder;
	*token = reader->prefix << CLK_TOKEN_ZEROS_BITS | (zeros + 1);
	if (*token <= reader->last || zeros > CLK_TOKEN_ZEROS_MAX ||
		reader->prefix >> CLK_TOKEN_PREFIX_BITS != 0 ||
		reader->bit > 8 * reader->length)
		return false;
	reader->last = *token;
	return true;
}

/*
 * Write n > 0 ascending tokens; returns the byte after the last.  There must
 * be room for clk_token_encoded_bound().
 */
extern uint8_t *clk_token_encode(const uint64_t *tokens, uint32_t n,
								 uint8_t *bytes);

#endif							/* CLK_TOKEN_CODEC_H */
