/*-------------------------------------------------------------------------
 *
 * clicker_set.h
 *	  The SQL type clicker_set: a mergeable set of distinct clickers.
 *
 * A value is one of two things.  Stored in tables, sent, printed, compared
 * and returned by functions is the canonical form of sketch/stored_set.h.  The
 * state of an aggregate is a sketch/set_builder.h, whose length word is the
 * varlena header.  Functions take both.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_CLICKER_SET_H
#define CLK_CLICKER_SET_H

#include "compat.h"
#include "sketch/stored_set.h"

/* The canonical bytes of a value, without varlena header */
typedef struct clk_canonical_set
{
	const uint8 *bytes;
	Size		length;
	struct varlena *copy;		/* where they are, if not in the value */
} clk_canonical_set;

/* Whether a builder may be read where the value is. */
static inline bool
clk_is_aligned(const struct varlena *value)
{
	return (uintptr_t) value % sizeof(uint64) == 0;
}

/* Done once when the library is loaded. */
extern void clk_clicker_set_init(void);

/* palloc() for the functions of src/sketch */
extern void *clk_palloc(size_t size);

/* A set as a varlena: the builder itself, with its length filled in. */
extern Datum clk_set_builder_datum(clk_set_builder *set);

/* A set as a varlena in canonical form. */
extern Datum clk_canonical_set_datum(clk_set_builder *set);

/*
 * Unite *set with a value in either form, or if *set is NULL make it a copy.
 * Values must be detoasted but for a short header.
 */
extern void clk_clicker_set_unite(clk_set_builder **set,
								  const struct varlena *value);

/* A value in either form as a builder, which may be the value itself. */
extern clk_set_builder *clk_clicker_set_read(const struct varlena *value);

/* An error if a value is a builder that is damaged: XX001 */
extern void clk_clicker_set_check(const struct varlena *value);

/* The canonical bytes of a value in either form. */
extern clk_canonical_set clk_clicker_set_canonical(const struct varlena *value);

/* A value in either form in canonical form, which may be the value itself. */
extern struct varlena *clk_clicker_set_canonical_value(struct varlena *value);

/* How many clickers are in a set, as SQL knows it. */
extern int64 clk_clicker_set_count(clk_set_builder *set);

/* An error unless sets can have this precision: 22023 */
extern void clk_check_precision(int precision);

#endif							/* CLK_CLICKER_SET_H */
