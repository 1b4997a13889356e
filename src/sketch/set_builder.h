/*-------------------------------------------------------------------------
 *
 * set_builder.h
 *	  A set of clickers while it is being built: tokens while there are few,
 *	  registers beyond, in one flat block of memory.
 *
 * What it is made of is a function of the set of hashes alone: tokens exactly
 * if there are no more than clk_token_limit() of them.  To add to registers is
 * mostly to wait for memory: hashes are put down first, and recorded some at a
 * time.
 *
 * A set that needs more room is rebuilt in a bigger block, from the allocator
 * that the caller hands in; the old block is the caller's to free.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_SET_BUILDER_H
#define CLK_SET_BUILDER_H

#include "set_header.h"
#include "token_set.h"
#include "ultraloglog.h"

typedef struct clk_set_builder
{
	uint32_t	length_word;	/* the caller's; not read here */
	uint8_t		version;		/* CLK_SET_VERSION */
	uint8_t		signature;		/* CLK_SET_SIGNATURE */
	uint16_t	slots;			/* room for tokens, 0 for registers */
	uint32_t	count;			/* how many tokens, or pending hashes */
	uint32_t	table_key;		/* clk_token_table_key() of its maker */
	uint64_t	tokens[];		/* or pending hashes, and then registers */
} clk_set_builder;

#define CLK_PENDING_MAX 16
/* Returns that many bytes, aligned for uint64_t, or does not return. */
typedef void *(*clk_allocator) (size_t size);

static inline int
clk_builder_precision(const clk_set_builder *set)
{
	return CLK_SIGNATURE_PRECISION(set->signature);
}

static inline bool
clk_builder_has_registers(const clk_set_builder *set)
{
	return CLK_SIGNATURE_KIND(set->signature) == CLK_WORKING_REGISTERS;
}

/* The registers, which do not know of pending hashes. */
static inline uint8_t *
clk_builder_registers(const clk_set_builder *set)
{
	return (uint8_t *) (set->tokens + CLK_PENDING_MAX);
}

/* Record the pending hashes, if there are any. */
extern void clk_builder_flush(clk_set_builder *set);

/* The size of the block. */
static inline size_t
clk_builder_size(const clk_set_builder *set)
{
	return sizeof(clk_set_builder) +
		(clk_builder_has_registers(set) ?
		 CLK_PENDING_MAX * sizeof(uint64_t) +
		 clk_ull_size(clk_builder_precision(set)) :
		 set->slots * sizeof(uint64_t));
}

/* Whether a block is a builder, as far as its header can tell. */
static inline bool
clk_builder_is_valid(const clk_set_builder *set, size_t size)
{
	bool		has_registers;

	if (size < sizeof(clk_set_builder) || set->version != CLK_SET_VERSION)
		return false;
	has_registers = clk_builder_has_registers(set);
	return (has_registers ||
			CLK_SIGNATURE_KIND(set->signature) == CLK_WORKING_TOKENS) &&
		clk_builder_precision(set) <= CLK_PRECISION_MAX &&
		set->count <= (has_registers ? CLK_PENDING_MAX - 1 : set->slots) &&
		size == clk_builder_size(set);
}

/*
 * Whether a builder, valid as far as its header can tell, is whole: it has as many
 * different tokens as it says, and they are where they are looked for if the table
 * is ours.
 */
extern bool clk_builder_is_whole(const clk_set_builder *set);

/* Whether tokens can be looked up: the table was made with our multiplier. */
static inline bool
clk_builder_has_our_table(const clk_set_builder *set)
{
	return set->table_key == clk_token_table_key();
}

/* A copy in which they can; it has fewer if some were there twice. */
extern clk_set_builder *clk_builder_rebuild(const clk_set_builder *set, clk_allocator allocate);

/* An empty set with room for "count" tokens. */
extern clk_set_builder *clk_builder_create(int precision, uint32_t count, clk_allocator allocate);

/* A set with empty registers, for the caller to fill. */
extern clk_set_builder *clk_builder_create_registers(int precision, clk_allocator allocate);

/* Add a token where clk_builder_add() does not know what to do. */
extern clk_set_builder *clk_builder_add_token(clk_set_builder *set, uint64_t token, clk_allocator allocate);

/* Add one hash; returns the set, which may be a new one. */
static inline clk_set_builder *
clk_builder_add(clk_set_builder *set, uint64_t hash, clk_allocator allocate)
{
	if (CLK_LIKELY(clk_builder_has_registers(set)))
	{
		set->tokens[set->count++] = hash;
		if (set->count == CLK_PENDING_MAX)
			clk_builder_flush(set);
		return set;
	}
	return clk_builder_add_token(set, clk_token_from_hash(hash), allocate);
}

/*
 * Make room for the union with "count" tokens of a set of this precision.  The
 * result has the precision of the union, and what was in "set".
 */
extern clk_set_builder *clk_builder_prepare(clk_set_builder *set,
											int precision, uint32_t count,
											clk_allocator allocate);

/* The union of both; "other" is not changed. */
extern clk_set_builder *clk_builder_merge(clk_set_builder *set, const clk_set_builder *other, clk_allocator allocate);

/*
 * The same set at this precision, which registers can only be reduced to:
 * NULL if theirs is less.
 */
extern clk_set_builder *clk_builder_set_precision(clk_set_builder *set, int precision, clk_allocator allocate);

/* Estimate of the number of hashes; exact while there are tokens. */
extern double clk_builder_cardinality(clk_set_builder *set);

#endif							/* CLK_SET_BUILDER_H */
