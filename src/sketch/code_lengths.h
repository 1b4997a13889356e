/*-------------------------------------------------------------------------
 *
 * code_lengths.h
 *	  Lengths of the Huffman codes of register values: see register_codec.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_CODE_LENGTHS_H
#define CLK_CODE_LENGTHS_H

#include <stdint.h>

#define CLK_CODES 88
#define CLK_CODE_SYMBOLS 81
#define CLK_CODE_ESCAPE 80
#define CLK_CODE_LENGTH_MAX 12

/* Indexed by code and symbol; 0 for none */
extern const uint8_t clk_code_lengths[CLK_CODES][CLK_CODE_SYMBOLS];

#endif							/* CLK_CODE_LENGTHS_H */
