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
 * if something else is there, or if the number does not fit.  A number has one
 * form: no leading zeros, no -0.
 */
extern bool clk_state_parse_version(const char **text);
extern bool clk_state_parse_number(const char **text, int128 *number);
extern bool clk_state_parse_int64(const char **text, int64 *number);

extern void clk_state_send_int128(StringInfo message, int128 number);

/*
 * Read a version, which must be the one there is, and numbers of a message.  An
 * error that names the type if the message is too short: 22P03
 */
extern void clk_state_receive_version(StringInfo message,
									  const char *type_name);
extern int64 clk_state_receive_int64(StringInfo message,
									 const char *type_name);
extern int128 clk_state_receive_int128(StringInfo message,
									   const char *type_name);

#endif							/* CLK_STATE_IO_H */
