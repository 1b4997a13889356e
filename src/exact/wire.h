/*-------------------------------------------------------------------------
 *
 * wire.h
 *	  Exact sets packed into bytes, for the way from a parallel worker to its
 *	  leader, and merged there.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_WIRE_H
#define CLK_WIRE_H

#include "exact/set.h"

/* What came in packed form, good for nothing but to be merged into a set */
typedef struct clk_received clk_received;

/*
 * A set as bytes.  Those of as many aggregates as have sets in the budget must fit
 * into a tuple; if a set takes more than its share, this is an error: 54000.
 */
extern bytea *clk_wire_pack(clk_exact_set *set);

/* What the bytes say, which stay where they are; an error if it cannot be: 22P03 */
extern clk_received *clk_wire_unpack(const bytea *bytes);

/*
 * The kind of keys that "other" has, and adding all of it to a set.  It is what
 * clk_wire_unpack() has returned or, since nothing obliges callers, a set.
 */
extern clk_key_kind clk_wire_kind(const void *other);
extern void clk_wire_merge(clk_exact_set *set, const void *other);

#endif							/* CLK_WIRE_H */
