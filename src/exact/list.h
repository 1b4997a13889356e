/*-------------------------------------------------------------------------
 *
 * list.h
 *	  Keys of integers or uuids in a list, in which a key may be more than once
 *	  until it is thinned out.
 *
 * To append costs no cache miss.  What has been thinned out is in ascending order,
 * so that new keys, and those of other lists, are merged into it by reading both
 * side by side.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_LIST_H
#define CLK_LIST_H

#include "exact/budget.h"
#include "exact/key.h"

typedef struct clk_list
{
	uint32		nkeys;
	uint32		size;			/* there is room for so many */
	uint64	   *keys;
	uint32		nordered;		/* the first so many are in order, each once */
} clk_list;

/* Lists of more keys than this cannot be */
#define CLK_LONGEST_LIST ((Size) PG_INT32_MAX)

/* Bytes of scratch that it takes to thin out a list with room for so many keys */
static inline Size
clk_list_scratch(Size size, clk_key_kind kind)
{
	return size * CLK_KEY_WORDS(kind) <= CLK_MOST_IN_BUCKET ? 0 : size * CLK_KEY_SIZE(kind);
}

/* Are all keys in order, each once? */
static inline bool
clk_list_in_order(const clk_list *list)
{
	return list->nordered == list->nkeys;
}

/* Add a key, for which there must be room. */
static inline void
clk_list_append(clk_list *list, const uint64 *key, clk_key_kind kind)
{
	Assert(list->nkeys < list->size);
	clk_key_copy(list->keys + (Size) list->nkeys * CLK_KEY_WORDS(kind), key, kind);
	list->nkeys++;
}

/* Have room for so many keys; 0 gives back all memory. */
extern void clk_list_resize(clk_list *list, clk_account *account, clk_key_kind kind, Size new_size);

/*
 * Keep one of each key, in ascending order.  The budget must have scratch for all
 * keys.  It may change places with the list's memory.
 */
extern void clk_list_thin_out(clk_list *list, clk_budget *budget, clk_key_kind kind);

/*
 * Merge packed keys in order into a list in order.  This takes memory for all
 * keys of both, before the old list is given back.
 */
extern void clk_list_merge(clk_list *list, clk_account *account, clk_key_kind kind,
						   const char *packed, int64 npacked);

#endif							/* CLK_LIST_H */
