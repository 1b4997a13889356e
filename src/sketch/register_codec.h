/*-------------------------------------------------------------------------
 *
 * register_codec.h
 *	  Registers as four interleaved streams of Huffman codes.
 *
 * Once many hashes went in, the values of registers follow a distribution
 * that depends only on the number of hashes per register.  A "phase" stands
 * for an eighth of an octave of it: phase 8 * o + e for 2^(o - 4 + e/8) up to
 * 2^(o - 4 + (e+1)/8) hashes per register.  code_lengths.c has a code for each
 * of the phases up to 2^6; from there on every octave just adds 4 to all
 * values, and eight more codes serve them all.
 *
 * The stream of bytes is: the phase and the lengths of the first three
 * streams, two bytes each, least significant first; then the streams.  Each
 * of them has a quarter of the registers.  Values without a code in the phase
 * are an escape code and then 8 bits as they are.  Codes are canonical, sent
 * first bit first.
 *
 * The encoder's choice of the phase is part of the format: there is one
 * encoding of given registers.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_REGISTER_CODEC_H
#define CLK_REGISTER_CODEC_H

#include "ultraloglog.h"

/*
 * Encode registers if that takes less bytes than the registers themselves.
 * Returns the number of bytes, or 0 if it does not.  There must be room for
 * CLK_REGISTER_CODE_SLACK more bytes than registers.
 */
#define CLK_REGISTER_CODE_SLACK 16

extern size_t clk_registers_encode(const uint8_t *registers, int precision,
								   uint8_t *bytes);

/*
 * Decode all registers; false if the bytes are not an encoding of so many.
 * Never reads or writes out of bounds.  What it accepts need not be what
 * clk_registers_encode() would give, nor reachable registers.
 */
extern bool clk_registers_decode(const uint8_t *bytes, size_t length,
								 int precision, uint8_t *registers);

#endif							/* CLK_REGISTER_CODEC_H */
