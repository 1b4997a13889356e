/*-------------------------------------------------------------------------
 *
 * any_number.h
 *	  The SQL type any_number, which is numeric under another name.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_ANY_NUMBER_H
#define CLK_ANY_NUMBER_H

#include "compat.h"

/* The number that a text datum stands for, in any form that numeric reads. */
extern Datum clk_number_from_text(Datum value);

#endif							/* CLK_ANY_NUMBER_H */
