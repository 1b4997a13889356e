/*-------------------------------------------------------------------------
 *
 * texts.c
 *	  The bytes of the texts of an exact set, and a stage for new ones.
 *
 * Two texts are the same if their bytes are.  If some meet in their hash, they are
 * told apart, and stand in the table by what clk_key_compare_texts() says.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact/texts.h"

Size
clk_texts_next_chunk(const clk_texts *texts, const clk_budget *budget,
					 uint32 length)
{
	Size		size = CLK_FIRST_CHUNK;

	if (texts->chunks != NULL)
		size = Min(2 * texts->chunks->size,
				   Min(CLK_LARGEST_CHUNK, Max(CLK_FIRST_CHUNK, budget->limit / 16)));
	return Max(size, sizeof(clk_text_chunk) + clk_text_size(length));
}

void
clk_texts_add_chunk(clk_texts *texts, clk_account *account, Size size)
{
	clk_text_chunk *chunk = clk_account_resize(account, NULL, 0, size);

	chunk->next = texts->chunks;
	chunk->size = size;
	texts->chunks = chunk;
	texts->size += size;
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
		clk_account_free(account, chunk, chunk->size);
	}
	texts->size = texts->bytes = 0;
	texts->free = texts->end = NULL;
}

void
clk_texts_put(clk_texts *texts, clk_table *table, uint64 *slot, uint64 hash,
			  const char *bytes, uint32 length)
{
	clk_text   *text = (clk_text *) texts->free;
	uint64		key[2];

	Assert(clk_texts_have_room(texts, length));
	texts->free += clk_text_size(length);
	texts->bytes += length;
	texts->longest = Max(texts->longest, length);
	text->length = length;
	memcpy(text->bytes, bytes, length);

	key[0] = hash;
	key[1] = (uintptr_t) text;
	clk_table_put(table, slot, key, CLK_KEY_TEXT);
}

void
clk_texts_make_stage(clk_texts *texts, clk_account *account)
{
	texts->staged = clk_account_resize(account, NULL, 0, CLK_STAGE_MEMORY);
	texts->stage = (char *) (texts->staged + 2 * CLK_STAGED_TEXTS);
}

void
clk_texts_each(const clk_table *table, clk_run_emit emit, void *arg)
{
	uint64		nslots = table->slots == NULL ? 0 :
		clk_table_nslots(table->slot_bits);

	for (uint64 i = 0; i < nslots; i++)
	{
		const uint64 *slot = table->slots + 2 * i;

		if (unlikely(i % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		if (i + CLK_FETCH_TEXT < nslots)
			__builtin_prefetch(clk_text_of(slot + 2 * CLK_FETCH_TEXT));
		if (!clk_key_is_max(slot, CLK_KEY_TEXT))
			emit(arg, slot, clk_text_of(slot)->bytes, clk_text_of(slot)->length);
	}
}
