/*-------------------------------------------------------------------------
 *
 * limits.h
 *	  All sizes at which exact sets change what they do.
 *
 * The answer does not depend on any of them.  A build with -DNAME=VALUE lets
 * little data get where otherwise only much would: see test/lib/narrow.sh.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_LIMITS_H
#define CLK_LIMITS_H

#define CLK_KB ((Size) 1024)
#define CLK_MB ((Size) 1024 * 1024)

/* Between two looks for a cancel request: keys handled, and bytes touched */
#ifndef CLK_KEYS_AT_A_TIME
#define CLK_KEYS_AT_A_TIME 65536
#endif
#define CLK_BYTES_AT_A_TIME (2 * CLK_MB)

/* The same where each key may be the first of a page of memory, and where each is a bucket */
#define CLK_NEW_PAGES_AT_A_TIME 64
#define CLK_BUCKETS_AT_A_TIME 64

/* Memory of so many bytes asks for huge pages */
#define CLK_LEAST_HUGE (2 * CLK_MB)

/* Sets are made so many at a time at most */
#define CLK_MOST_NEW_SETS 256

/* Lists begin with so many words; those up to so many keys are thinned out before they grow */
#define CLK_FIRST_WORDS 8
#define CLK_ALWAYS_THINNED 1024

/* Sets of more keys than this have a table once they are asked again and again */
#define CLK_LEAST_TABLE 32

/* Lists are dealt into buckets of 2 to this power words, by so many bits at a time */
#ifndef CLK_BUCKET_BITS
#define CLK_BUCKET_BITS 9
#endif
#ifndef CLK_DEALT_BITS
#define CLK_DEALT_BITS 13
#endif

/* Words of keys that a bucket can have, or it is sorted otherwise */
#ifndef CLK_MOST_IN_BUCKET
#define CLK_MOST_IN_BUCKET 1024
#endif

/* Keys are merged into a list unless the list has this many, and so many times as many */
#ifndef CLK_MANY_KEYS
#define CLK_MANY_KEYS 1024
#endif
#define CLK_MANY_TIMES 8

/* The least table has 2 to this power slots; in each, at most so many are nobody's home */
#define CLK_FIRST_SLOT_BITS 3
#ifndef CLK_MOST_OVERHANG
#define CLK_MOST_OVERHANG 512
#endif

/* The bits that are used of the hash of a text, and of the number nobody can foresee */
#ifndef CLK_TEXT_HASH_MASK
#define CLK_TEXT_HASH_MASK PG_UINT64_MAX
#endif
#ifndef CLK_MULTIPLIER_MASK
#define CLK_MULTIPLIER_MASK PG_UINT64_MAX
#endif

/* Chunks for the bytes of texts begin small and double */
#define CLK_FIRST_CHUNK ((Size) 128)
#define CLK_LARGEST_CHUNK (4 * CLK_MB)

/* From 2 to this power slots on, texts are staged: so many, of so many bytes in all */
#ifndef CLK_STAGE_FROM_BITS
#define CLK_STAGE_FROM_BITS 12
#endif
#define CLK_STAGED_TEXTS 512
#define CLK_STAGE_SIZE (32 * CLK_KB)

/* How far ahead of their use slots, texts, sets and their lists are fetched */
#define CLK_FETCH_SLOT 24
#define CLK_FETCH_TEXT 12
#define CLK_FETCH_SET 24
#define CLK_FETCH_LIST 12

/* A set this small is not worth a run; one with this part of the limit is large */
#define CLK_SMALLEST_RUN ((Size) 1024)
#define CLK_LARGE_SHARE 16
#define CLK_LARGE_SETS 24

/* Merges read at most so many runs, in so many bytes of buffers or a quarter of the limit */
#ifndef CLK_MOST_RUNS
#define CLK_MOST_RUNS 64
#endif
#define CLK_MERGE_MEMORY (1 * CLK_MB)

/* What a merge writes is collected in pieces of this size */
#ifndef CLK_WRITER_SIZE
#define CLK_WRITER_SIZE (64 * CLK_KB)
#endif

/* Places in the temporary file that are remembered when they become free */
#ifndef CLK_FREE_PLACES
#define CLK_FREE_PLACES 256
#endif

/* Received texts of so many bytes are kept as they came */
#ifndef CLK_KEPT_RUN
#define CLK_KEPT_RUN (64 * CLK_KB)
#endif

/* From this many sets on there is an inbox: a part of the limit, between so many values */
#define CLK_SETS_FOR_INBOX 128
#define CLK_INBOX_SHARE 16
#define CLK_LEAST_INBOX ((Size) 2048)
#define CLK_LARGEST_INBOX (64 * CLK_KB)

/* It is sorted by so many bits of the address of a set */
#define CLK_INBOX_BITS 11

/*
 * Packed sets travel inside a tuple, which cannot exceed 1 GB.  Each may take
 * its share, leaving some for the rest; a set alone takes half.
 */
#ifndef CLK_MOST_PACKED
#define CLK_MOST_PACKED (MaxAllocSize - 16 * CLK_MB)
#endif

#endif							/* CLK_LIMITS_H */
