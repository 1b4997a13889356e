/*-------------------------------------------------------------------------
 *
 * stored_set.h
 *	  A set of clickers as it is stored and sent, from version 1 on for ever:
 *
 *		byte 0	0xC1, of which 1 is the version
 *		byte 1	high half: clk_set_kind; low half: precision - 8
 *		then	CLK_STORED_TOKENS: the number of tokens, seven bits a byte, the
 *				lowest first, the eighth bit set if more follow; then
 *				the tokens (token_codec.h)
 *				CLK_STORED_CODES: the registers, coded (register_codec.h)
 *				CLK_STORED_REGISTERS: the registers, a byte each
 *
 * The form is canonical: equal sets have equal bytes.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_STORED_SET_H
#define CLK_STORED_SET_H

#include "set_builder.h"

#define CLK_STORED_HEADER 2

/* A stored set, its header taken apart */
typedef struct clk_stored_set
{
	clk_set_kind kind;
	int			precision;
	uint32_t	count;			/* of tokens */
	const uint8_t *body;
	size_t		length;			/* of the body */
} clk_stored_set;

/* Read the header; false if it is none. */
extern bool clk_stored_open(const uint8_t *bytes, size_t length,
							clk_stored_set *stored);

/*
 * Unite *set with a stored set, or if *set is NULL start one.  False if the
 * stored set is damaged, which may leave *set with part of it.
 */
extern bool clk_stored_merge_into(clk_set_builder **set,
								  const clk_stored_set *stored,
								  clk_allocator allocate);

/* The most bytes that clk_stored_encode() writes. */
extern size_t clk_stored_bound(const clk_set_builder *set);

/* Encode a set; returns the number of bytes. */
extern size_t clk_stored_encode(clk_set_builder *set, uint8_t *bytes,
								clk_allocator allocate);

/*
 * Whether the bytes are just what clk_stored_encode() gives for the set that
 * they stand for, and that set can exist.
 */
extern bool clk_stored_is_canonical(const uint8_t *bytes, size_t length,
									clk_allocator allocate);

#endif							/* CLK_STORED_SET_H */
