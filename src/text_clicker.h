/*-------------------------------------------------------------------------
 *
 * text_clicker.h
 *	  Texts as ids of clickers.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_TEXT_CLICKER_H
#define CLK_TEXT_CLICKER_H

#include "compat.h"

/*
 * Texts are told apart by their bytes.  An error where that is not what = does:
 * under a nondeterministic collation, or because the first argument of the aggregate
 * was of a type with an = of its own, such as citext, before it became text: 0A000
 */
extern void clk_check_text_clicker(FunctionCallInfo fcinfo);

#endif							/* CLK_TEXT_CLICKER_H */
