/*-------------------------------------------------------------------------
 *
 * room.h
 *	  Memory for exact sets: the only code that takes some for a set, or moves
 *	  keys to the temporary file.
 *
 * set.h tells when.  Who calls any of these must hold no pointer to the keys of
 * a set of the same budget.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_ROOM_H
#define CLK_ROOM_H

#include "exact/set.h"

/* Zeroed memory that a set needs in any case */
extern void *clk_room_alloc(clk_exact_set *set, Size size);

/*
 * True if a set may take so many bytes.  Larger sets of the budget write what they
 * have for that; if it is not enough, this one should, or take no more.
 */
extern bool clk_room_reserve(clk_exact_set *set, Size size);

/* Have the list in order, each key once; a table is left alone. */
extern void clk_room_put_in_order(clk_exact_set *set);

/*
 * Have room for some more keys in a list that is full, or for one in the table and
 * its text.  What the set had may have been written.
 */
extern void clk_room_in_list(clk_exact_set *set);
extern void clk_room_in_table(clk_exact_set *set, uint32 length);

/*
 * Have a table, still empty, that can hold the keys of the list.  That is handed
 * over, with an account of its own.  False if there is no room for both.
 */
extern bool clk_room_make_table(clk_exact_set *set, clk_list *list, clk_account *account);

/* Keep a copy of a run, in memory or in the file. */
extern void clk_room_keep_run(clk_exact_set *set, const clk_run *run, uint32 longest);

/* In builds with assertions: is all as set.h says? */
#ifdef USE_ASSERT_CHECKING
extern void clk_room_check(const clk_exact_set *set);
#else
#define clk_room_check(set) ((void) (set))
#endif

#endif							/* CLK_ROOM_H */
