/*-------------------------------------------------------------------------
 *
 * bit_writer.h
 *	  Writes the streams of bits that bits.h reads.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_BIT_WRITER_H
#define CLK_BIT_WRITER_H

#include "bits.h"

/* Writes a stream; the buffer must have room for 8 bytes more than it. */
typedef struct clk_bit_writer
{
	uint8_t    *next;
	uint64_t	pending;
	int			npending;		/* 0 .. 7 bits not yet counted in "next" */
} clk_bit_writer;

/* Append the low "nbits" (at most CLK_PEEK_BITS) of "bits", the rest 0. */
static inline void
clk_bits_put(clk_bit_writer *writer, uint64_t bits, int nbits)
{
	writer->pending |= bits << writer->npending;
	writer->npending += nbits;
	clk_store64(writer->next, writer->pending);
	writer->next += writer->npending >> 3;
	writer->pending = (writer->npending & ~7) == 64 ? 0 :
		writer->pending >> (writer->npending & ~7);
	writer->npending &= 7;
}

/* Append "zeros" zero bits and a one bit. */
static inline void
clk_bits_put_unary(clk_bit_writer *writer, uint64_t zeros)
{
	for (; zeros >= CLK_PEEK_BITS; zeros -= CLK_PEEK_BITS)
		clk_bits_put(writer, 0, CLK_PEEK_BITS);
	clk_bits_put(writer, UINT64_C(1) << zeros, (int) zeros + 1);
}

/* End the stream at a byte boundary; returns the byte after it. */
static inline uint8_t *
clk_bits_finish(clk_bit_writer *writer)
{
	return writer->next + (writer->npending > 0);
}

#endif							/* CLK_BIT_WRITER_H */
