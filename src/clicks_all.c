/*-------------------------------------------------------------------------
 *
 * clicks_all.c
 *	  The module itself.  Each concept has a file of its own beside this one.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "clicker_set.h"

CLK_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

/* Called once when a process loads the library. */
void
_PG_init(void)
{
	clk_clicker_set_init();
}
