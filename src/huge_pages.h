/*-------------------------------------------------------------------------
 *
 * huge_pages.h
 *	  Large pages for a large piece of memory that is used all over.
 *
 * With pages of 4 kB, each access to a random place of a large table costs a
 * search for the page besides the cache miss.  Where Linux gives large pages to
 * those who ask (the default of most distributions), ask.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_HUGE_PAGES_H
#define CLK_HUGE_PAGES_H

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

/* Less memory than this is not worth a system call */
#define CLK_LEAST_HUGE ((Size) 2 * 1024 * 1024)

/* It is advice: whether it is taken does not matter. */
static inline void
clk_use_huge_pages(void *memory, Size size)
{
#ifdef MADV_HUGEPAGE
	if (size >= CLK_LEAST_HUGE)
	{
		/* from the page in which malloc's own header is, else the first is lost */
		Size		page = sysconf(_SC_PAGESIZE);
		char	   *start = (char *) TYPEALIGN_DOWN(page, memory);
		char	   *end = (char *) TYPEALIGN(page, (char *) memory + size);

		(void) madvise(start, end - start, MADV_HUGEPAGE);
	}
#endif
}

#endif							/* CLK_HUGE_PAGES_H */
