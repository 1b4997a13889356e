/*-------------------------------------------------------------------------
 *
 * texts.c
 *	  The bytes of the texts of an exact set, and a stage for new ones.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "exact/texts.h"

Size
clk_texts_next_chunk(const clk_texts *texts, const clk_budget *budget, uint32 length)
{
	Size		size = CLK_FIRST_CHUNK;

	if (texts->chunks != NULL)
		size = Min(2 * texts->chunks->size, Min(CLK_LARGEST_CHUNK, Max(CLK_FIRST_CHUNK, budget->limit / 16)));
	return Max(size, sizeof(clk_text_chunk) + clk_text_size(length));
}

void
clk_texts_add_chunk(clk_texts *texts, clk_account *account, Size size)
{
	clk_text_chunk *chunk = clk_account_resize(account, NULL, 0, size);

	chunk->next = texts->chunks;
	chunk->size = size;
	texts->chunks = chunk;
	texts->free = (char *) (chunk + 1);
	texts->end = (char *) chunk + size;
}

void
clk_texts_free(clk_texts *texts, clk_account *account)
{
	while (texts->chunks != NULL)
	{
		clk_text_chunk *chunk = texts->chunks;

		texts->chunks = chunk->next;
		clk_account_resize(account, chunk, chunk->size, 0);
	}
	texts->bytes = 0;
	texts->free = texts->end = NULL;
}

void
clk_texts_make_stage(clk_texts *texts, clk_account *account)
{
	texts->staged = clk_account_resize(account, NULL, 0, CLK_STAGE_MEMORY);
	texts->stage = (char *) (texts->staged + 2 * CLK_STAGED_TEXTS);
}

void
clk_texts_fetch(const clk_texts *texts, const clk_table *table, uint32 at)
{
	if (at + CLK_FETCH_SLOT < texts->nstaged)
		__builtin_prefetch(clk_table_home(table, texts->staged[2 * (at + CLK_FETCH_SLOT)], CLK_KEY_TEXT));
	if (at + CLK_FETCH_TEXT < texts->nstaged)
	{
		const uint64 *key = texts->staged + 2 * (at + CLK_FETCH_TEXT);
		const uint64 *slot = clk_table_search(table, key, CLK_KEY_TEXT);

		if (clk_key_is_max(slot, CLK_KEY_TEXT))
			return;
		__builtin_prefetch(clk_key_text(slot));
		__builtin_prefetch((const char *) clk_key_text(slot) + clk_key_text(key)->length);
	}
}
