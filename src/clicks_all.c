/*-------------------------------------------------------------------------
 *
 * clicks_all.c
 *	  The module itself.  Each concept has a file of its own beside this one.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"

CLK_MODULE_MAGIC;
