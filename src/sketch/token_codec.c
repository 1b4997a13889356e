/*-------------------------------------------------------------------------
 *
 * token_codec.c
 *	  Sorted tokens as a stream of bits.
 *
 *-------------------------------------------------------------------------
 */
#include "token_codec.h"

#include "bit_writer.h"

/* Count zero bits up to "limit" and skip the one bit after them. */
static bool
read_unary(clk_token_reader *reader, uint64_t limit, uint64_t *zeros)
{
	*zeros = 0;
	while (*zeros <= limit && reader->bit < 8 * reader->length)
	{
		uint64_t	word = clk_bits_peek(reader->bytes, reader->length,
										 reader->bit);
		uint64_t	run;

		word &= (UINT64_C(1) << CLK_PEEK_BITS) - 1;
		if (word != 0)
		{
			run = (uint64_t) clk_trailing_zeros(word);
			*zeros += run;
			reader->bit += run + 1;
			return *zeros <= limit;
		}
		*zeros += CLK_PEEK_BITS;
		reader->bit += CLK_PEEK_BITS;
	}
	return false;
}

bool
clk_token_read_slowly(clk_token_reader *reader, uint64_t *quotient,
					  uint64_t *zeros, uint64_t *remainder)
{
	uint64_t	quotient_max = UINT64_C(1) <<
		(CLK_TOKEN_PREFIX_BITS - reader->rice_bits);

	if (!read_unary(reader, quotient_max, quotient) ||
		!read_unary(reader, CLK_TOKEN_ZEROS_MAX, zeros))
		return false;
	*remainder = clk_bits_peek(reader->bytes, reader->length, reader->bit) &
		((UINT64_C(1) << reader->rice_bits) - 1);
	reader->bit += (size_t) reader->rice_bits;
	return true;
}

uint8_t *
clk_token_encode(const uint64_t *tokens, uint32_t n, uint8_t *bytes)
{
	clk_bit_writer writer = {bytes, 0, 0};
	int			rice_bits = clk_token_rice_bits(n);
	uint64_t	last = 0;

	for (uint32_t i = 0; i < n; i++)
	{
		uint64_t	prefix = tokens[i] >> CLK_TOKEN_ZEROS_BITS;
		uint64_t	delta = prefix - last;

		clk_bits_put_unary(&writer, delta >> rice_bits);
		clk_bits_put_unary(&writer, (tokens[i] & 63) - 1);
		clk_bits_put(&writer, delta & ((UINT64_C(1) << rice_bits) - 1),
					 rice_bits);
		last = prefix;
	}
	return clk_bits_finish(&writer);
}
