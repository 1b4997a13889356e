/*-------------------------------------------------------------------------
 *
 * stored_set_laws.h
 *	  What must hold for any bytes that somebody may hand us as a clicker_set.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_STORED_SET_LAWS_H
#define CLK_STORED_SET_LAWS_H

#include "../unit/unit.h"
#include "sketch/stored_set.h"

/* A law is broken: stop where a debugger or fuzzer can see it. */
#define MUST(condition) \
	((condition) ? (void) 0 : \
	 (fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition), abort()))

/*
 * Bytes are either refused, or are all that there is to say about a set that
 * can be merged, counted and encoded.  Returns whether they were accepted.
 */
static inline bool
check_laws_of_bytes(const uint8_t *data, size_t size)
{
	/* a block of exactly this size, so that sanitizers see its end */
	uint8_t    *bytes = memcpy(unit_allocate(size), data, size);
	bool		accepted = clk_stored_is_canonical(bytes, size, unit_allocate);
	clk_stored_set stored;
	clk_set_builder *set = NULL;

	if (!clk_stored_open(bytes, size, &stored))
		MUST(!accepted);
	else if (!clk_stored_merge_into(&set, &stored, unit_allocate))
		MUST(!accepted);
	else
	{
		/* also what is not canonical must be safe to read */
		double		cardinality = clk_builder_cardinality(set);
		clk_set_builder *twice = set;

		MUST(cardinality >= 0);
		if (accepted)
		{
			uint8_t    *again = unit_allocate(clk_stored_bound(set));

			MUST(clk_stored_merge_into(&twice, &stored, unit_allocate));
			MUST(clk_stored_encode(twice, again, unit_allocate) == size);
			MUST(memcmp(again, bytes, size) == 0);
			twice = clk_builder_set_precision(twice, CLK_PRECISION_MIN,
											  unit_allocate);
			MUST(twice != NULL);
			MUST(clk_builder_cardinality(twice) >= 0);
		}
	}
	unit_free_all();
	return accepted;
}

#endif							/* CLK_STORED_SET_LAWS_H */
