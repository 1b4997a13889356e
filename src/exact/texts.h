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

#include "exact/table.h"

/* A piece of memory that texts are put into one after the other */
typedef struct clk_text_chunk
{
	struct clk_text_chunk *next;
	Size		size;			/* of all of it */
} clk_text_chunk;

typedef struct clk_texts
{
	clk_text_chunk *chunks;
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
#define CLK_STAGE_MEMORY (CLK_STAGED_TEXTS * CLK_KEY_SIZE(CLK_KEY_TEXT) + CLK_STAGE_SIZE)

/* Bytes that a text takes */
static inline Size
clk_text_size(uint32 length)
{
	return TYPEALIGN(sizeof(uint32), offsetof(clk_text, bytes) + (Size) length);
}

/* Is there room for a text in the last chunk? */
static inline bool
clk_texts_have_room(const clk_texts *texts, uint32 length)
{
	return (Size) (texts->end - texts->free) >= clk_text_size(length);
}

/* Is there room on the stage, which must be there? */
static inline bool
clk_texts_can_stage(const clk_texts *texts, uint32 length)
{
	return texts->nstaged < CLK_STAGED_TEXTS && clk_text_size(length) <= CLK_STAGE_SIZE - texts->stage_used;
}

/* Copy a text to where there is room, and move that place on.  Returns the second word of its key. */
static inline uint64
clk_text_copy(char **to, const char *bytes, uint32 length)
{
	clk_text   *text = (clk_text *) *to;

	text->length = length;
	memcpy(text->bytes, bytes, length);
	*to += clk_text_size(length);
	return (uintptr_t) text;
}

/* Keep a text, for which there is room.  Returns the second word of its key. */
static inline uint64
clk_texts_keep(clk_texts *texts, const char *bytes, uint32 length)
{
	Assert(clk_texts_have_room(texts, length));
	texts->bytes += length;
	texts->longest = Max(texts->longest, length);
	return clk_text_copy(&texts->free, bytes, length);
}

/* Put a text on the stage, where there is room. */
static inline void
clk_texts_stage(clk_texts *texts, uint64 hash, const char *bytes, uint32 length)
{
	char	   *to = texts->stage + texts->stage_used;

	texts->staged[2 * texts->nstaged] = hash;
	texts->staged[2 * texts->nstaged + 1] = clk_text_copy(&to, bytes, length);
	texts->stage_used = to - texts->stage;
	texts->nstaged++;
}

/* Bytes of the chunk that should come next, to hold a text at least */
extern Size clk_texts_next_chunk(const clk_texts *texts, const clk_budget *budget, uint32 length);

extern void clk_texts_add_chunk(clk_texts *texts, clk_account *account, Size size);

/* Forget all texts but those on the stage. */
extern void clk_texts_free(clk_texts *texts, clk_account *account);

/* Have a stage. */
extern void clk_texts_make_stage(clk_texts *texts, clk_account *account);

/* Fetch what it takes to look up the staged texts that follow number "at". */
extern void clk_texts_fetch(const clk_texts *texts, const clk_table *table, uint32 at);

#endif							/* CLK_TEXTS_H */
