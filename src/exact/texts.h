/*-------------------------------------------------------------------------
 *
 * texts.h
 *	  The bytes of the texts of an exact set, and a stage for new ones.
 *
 * A text that is there already costs two cache misses, for the slot and for
 * the bytes.  So with a large table texts are staged, and looked up together:
 * the slots are fetched well ahead, and the bytes a little ahead.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_TEXTS_H
#define CLK_TEXTS_H

#include "exact/merge.h"
#include "exact/table.h"

/* What the second word of a key points to */
typedef struct clk_text
{
	uint32		length;
	char		bytes[FLEXIBLE_ARRAY_MEMBER];
} clk_text;

/* A piece of memory that texts are put into one after the other */
typedef struct clk_text_chunk
{
	struct clk_text_chunk *next;
	Size		size;			/* of all of it */
} clk_text_chunk;

typedef struct clk_texts
{
	clk_text_chunk *chunks;
	Size		size;			/* of all chunks */
	Size		bytes;			/* of the texts in them */
	char	   *free;			/* where the next text goes */
	char	   *end;			/* of the chunk */
	uint64	   *staged;			/* keys that point into the stage */
	char	   *stage;			/* NULL where there is none */
	uint32		nstaged;
	uint32		longest;		/* text ever put */
	Size		stage_used;
} clk_texts;

/* Bytes of a stage */
#define CLK_STAGE_MEMORY \
	(CLK_STAGED_TEXTS * CLK_KEY_SIZE(CLK_KEY_TEXT) + CLK_STAGE_SIZE)

/* Bytes that a text takes */
static inline Size
clk_text_size(uint32 length)
{
	return TYPEALIGN(sizeof(uint32), offsetof(clk_text, bytes) + (Size) length);
}

/* The text that a key points to */
static inline const clk_text *
clk_text_of(const uint64 *key)
{
	return (const clk_text *) (uintptr_t) key[1];
}

/* Is there room for a text in the last chunk? */
static inline bool
clk_texts_have_room(const clk_texts *texts, uint32 length)
{
	return (Size) (texts->end - texts->free) >= clk_text_size(length);
}

/* Bytes of the chunk that should come next, to hold a text at least */
extern Size clk_texts_next_chunk(const clk_texts *texts,
								 const clk_budget *budget, uint32 length);

extern void clk_texts_add_chunk(clk_texts *texts, clk_account *account,
								Size size);
extern void clk_texts_free(clk_texts *texts, clk_account *account);

/*
 * The slot of a text; or the one in front of which it belongs, and then "found"
 * is false.
 */
static inline uint64 *
clk_texts_search(const clk_table *table, uint64 hash, const char *bytes,
				 uint32 length, bool *found)
{
	uint64	   *slot = clk_table_home(table, hash, CLK_KEY_TEXT);

	slot = clk_slots_search(slot, &hash, CLK_KEY_TEXT);
	for (; slot[0] == hash; slot += 2)
	{
		const clk_text *text = clk_text_of(slot);
		int			order = clk_key_compare_texts(text->bytes, text->length,
												  bytes, length);

		if (order >= 0)
		{
			*found = order == 0;
			return slot;
		}
	}
	*found = false;
	return slot;
}

/* Put a text, for which there is room, into the slot where it belongs. */
extern void clk_texts_put(clk_texts *texts, clk_table *table, uint64 *slot,
						  uint64 hash, const char *bytes, uint32 length);

/* Tell of each text in the table, in order. */
extern void clk_texts_each(const clk_table *table, clk_run_emit emit,
						   void *arg);

/* Have a stage. */
extern void clk_texts_make_stage(clk_texts *texts, clk_account *account);

/* Is there room on the stage, which must be there? */
static inline bool
clk_texts_can_stage(const clk_texts *texts, uint32 length)
{
	return texts->nstaged < CLK_STAGED_TEXTS &&
		clk_text_size(length) <= CLK_STAGE_SIZE - texts->stage_used;
}

/* Put a text on the stage, where there is room. */
static inline void
clk_texts_stage(clk_texts *texts, uint64 hash, const char *bytes,
				uint32 length)
{
	clk_text   *text = (clk_text *) (texts->stage + texts->stage_used);

	texts->stage_used += clk_text_size(length);
	text->length = length;
	memcpy(text->bytes, bytes, length);
	texts->staged[2 * texts->nstaged] = hash;
	texts->staged[2 * texts->nstaged + 1] = (uintptr_t) text;
	texts->nstaged++;
}

#endif							/* CLK_TEXTS_H */
