/*-------------------------------------------------------------------------
 *
 * ratio_sample_laws.h
 *	  What must hold for any bytes that somebody may hand us as a ratio_sample.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_RATIO_SAMPLE_LAWS_H
#define CLK_RATIO_SAMPLE_LAWS_H

#include <math.h>

#include "../unit/unit.h"
#include "statistics/ratio_statistics.h"

/* A law is broken: stop where a debugger or fuzzer can see it. */
#define MUST(condition) \
	((condition) ? (void) 0 : \
	 (fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition), abort()))

static inline void
check_laws_of_pair(const clk_ratio_sample *a, const clk_ratio_sample *b)
{
	clk_ratio_sample sum = *a;
	clk_ratio_test test = clk_ratio_compare(a, b, 0.95);

	if (clk_ratio_merge(&sum, b))
		MUST(clk_ratio_is_valid(&sum));
	if (test.has_lift)
		MUST(isfinite(test.lift));
	if (test.has_t)
		MUST(isfinite(test.t) && test.df > 0 && test.p_value >= 0 && test.p_value <= 1);
	if (test.has_low)
		MUST(isfinite(test.interval.low));
	if (test.has_high)
		MUST(isfinite(test.interval.high) && test.interval.low <= test.interval.high);
}

/*
 * Bytes are either refused, or are all that there is to say about a sample
 * that can be added to, and tested.  Returns whether they were accepted.
 */
static inline bool
check_laws_of_bytes(const uint8_t *data, size_t size)
{
	static const clk_ratio_sample days = {5, 37, 1900, 60.25, 410.5, 7000};

	/* a block of exactly this size, so that sanitizers see its end */
	uint8_t    *bytes = memcpy(unit_allocate(size), data, size);
	uint8_t		again[CLK_RATIO_BYTES];
	clk_ratio_sample sample;
	bool		accepted = clk_ratio_decode(bytes, size, &sample);

	if (accepted)
	{
		clk_interval interval;

		clk_ratio_encode(&sample, again);
		MUST(size == sizeof(again) && memcmp(again, bytes, size) == 0);
		if (clk_ratio_interval(&sample, 0.95, &interval) &&
			isfinite(interval.low) && isfinite(interval.high))
			MUST(interval.low <= interval.high);
		check_laws_of_pair(&sample, &days);
		check_laws_of_pair(&days, &sample);
		check_laws_of_pair(&sample, &sample);
		if (clk_ratio_add(&sample, 3, 700))
			MUST(clk_ratio_is_valid(&sample));
	}
	unit_free_all();
	return accepted;
}

#endif							/* CLK_RATIO_SAMPLE_LAWS_H */
