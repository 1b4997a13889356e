/*-------------------------------------------------------------------------
 *
 * set_header.h
 *	  How every set of clickers begins, stored or not: with two bytes that tell
 *	  what it is made of.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_SET_HEADER_H
#define CLK_SET_HEADER_H

#include "ultraloglog.h"

/* The first byte of every set: a magic number and the version, 1 */
#define CLK_SET_VERSION 0xC1

/* The second byte: what the set is made of, and its precision */
typedef enum clk_set_kind
{
	CLK_STORED_TOKENS = 1,		/* sorted and coded */
	CLK_STORED_CODES = 2,		/* registers, coded */
	CLK_STORED_REGISTERS = 3,	/* registers that coding would not shrink */
	CLK_WORKING_TOKENS = 8,		/* a table: see token_set.h */
	CLK_WORKING_REGISTERS = 9	/* registers as they are */
} clk_set_kind;

#define CLK_SET_SIGNATURE(kind, precision) \
	((uint8_t) ((kind) << 4 | ((precision) - CLK_PRECISION_MIN)))
#define CLK_SIGNATURE_KIND(signature) ((signature) >> 4)
#define CLK_SIGNATURE_PRECISION(signature) \
	(((signature) & 15) + CLK_PRECISION_MIN)

#endif							/* CLK_SET_HEADER_H */
