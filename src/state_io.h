/*-------------------------------------------------------------------------
 *
 * state_io.h
 *	  Text and binary forms of flat aggregate states, number by number.
 *
 * A state in text is its version and then its numbers, with a '|' before each.
 * In binary it is a version byte and then its numbers in network order.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_STATE_IO_H
#define CLK_STATE_IO_H

#include "compat.h"
#include "lib/stringinfo.h"

/* The version of both forms */
#define CLK_STATE_VERSION 1

extern void clk_state_append_version(StringInfo text);
extern void clk_state_append_number(StringInfo text, int128 number);

/*
 * Read what the functions above have written, and move *text past it.  False
 * if something else is there, or if the number does not fit.
 */
extern bool clk_state_parse_version(const char **text);
extern bool clk_state_parse_number(const char **text, int128 *number);
extern bool clk_state_parse_int64(const char **text, int64 *number);

extern void clk_state_send_int128(StringInfo message, int128 number);
extern int128 clk_state_receive_int128(StringInfo message);

/* An error if the message does not begin with the version: 22P03 */
extern void clk_state_receive_version(StringInfo message,
									  const char *type_name);

#endif							/* CLK_STATE_IO_H */
