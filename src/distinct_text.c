/*-------------------------------------------------------------------------
 *
 * distinct_text.c
 *	  Texts in a distinct set: their hash, and where their bytes are kept.
 *
 * Two texts are the same if their bytes are.  The hash has a secret, so that
 * nobody can prepare texts that meet in it; and if some do meet, they are still
 * told apart.  Those stand in the table by what clk_distinct_compare_text() says.
 *
 * A text that is there already costs two cache misses, for the slot and for
 * the bytes.  So with a large table texts are staged, and looked up together:
 * the slots are fetched well ahead, and the bytes a little ahead.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xlog.h"
#include "catalog/pg_control.h"

#include "clicker_key.h"
#include "compat.h"
#include "distinct_annex.h"

/* Chunks for bytes start small and double, up to the largest */
#define FIRST_CHUNK 128
#define LARGEST_CHUNK ((Size) 4 * 1024 * 1024)

/* With a table of 2 to this power slots, texts that fit are staged */
#define STAGE_FROM_BITS 12
#define STAGE_SIZE (32 * 1024)
#define STAGED_TEXTS 512

/* How many texts ahead the slot, and then the bytes, are fetched */
#define FETCH_SLOT 24
#define FETCH_BYTES 12

/* The bits of a hash that are used: all, but in tests, where many texts shall meet */
#define TEXT_HASH_MASK PG_UINT64_MAX

/* The secret of the cluster: what it keeps for itself, stretched */
static const unsigned char *
secret(void)
{
	static uint64 words[XXH3_SECRET_SIZE_MIN / sizeof(uint64)];
	static bool made = false;

	if (unlikely(!made))
	{
		for (Size i = 0; i < lengthof(words); i++)
			words[i] = XXH3_64bits_withSeed(GetMockAuthenticationNonce(),
											MOCK_AUTH_NONCE_LEN, i);
		made = true;
	}
	return (const unsigned char *) words;
}

/* The hash of a text as word of a key, which is not CLK_NO_KEY. */
uint64
clk_distinct_hash_text(const clk_distinct_set *set, const char *bytes,
					   uint32 length)
{
	uint64		hash = set->multiplier *
		XXH3_64bits_withSecret(bytes, length, secret(), XXH3_SECRET_SIZE_MIN);

	return Min(hash & TEXT_HASH_MASK, CLK_NO_KEY - 1);
}

/* An order among texts of the same hash: what it is does not matter. */
int
clk_distinct_compare_text(const char *a, uint32 a_length,
						  const char *b, uint32 b_length)
{
	if (a_length != b_length)
		return a_length < b_length ? -1 : 1;
	return memcmp(a, b, a_length);
}

/* The text that a key points to */
static inline const clk_distinct_text *
text_of(const uint64 *key)
{
	return (const clk_distinct_text *) (uintptr_t) key[1];
}

/*
 * The slot of a text; or the one in front of which it belongs, and then "found"
 * is false.
 */
static inline uint64 *
find_slot(const clk_distinct_set *set, uint64 hash, const char *bytes,
		  uint32 length, bool *found)
{
	uint64	   *slot = set->slots + 2 * clk_distinct_home(set, hash);

	slot = clk_slots_search(slot, &hash, CLK_KEY_TEXT);
	for (; slot[0] == hash; slot += 2)
	{
		int			order;

		order = clk_distinct_compare_text(text_of(slot)->bytes,
										  text_of(slot)->length,
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

/* Whether a text is in the table. */
bool
clk_distinct_has_text(const clk_distinct_set *set, uint64 hash,
					  const char *bytes, uint32 length)
{
	bool		found = false;

	if (set->slots != NULL)
		(void) find_slot(set, hash, bytes, length, &found);
	return found;
}

/*
 * Have room for a text of that many bytes.  True if that took memory: the set may
 * have spilled for it.
 */
static bool
make_text_room(clk_distinct_set *set, Size size)
{
	clk_distinct_annex *annex = clk_distinct_get_annex(set);
	clk_text_chunk *chunk;
	Size		chunk_size = FIRST_CHUNK;

	if (annex->free != NULL && (Size) (annex->end - annex->free) >= size)
		return false;

	if (annex->chunks != NULL)
		chunk_size = Min(2 * annex->chunks->size,
						 Min(LARGEST_CHUNK, Max(FIRST_CHUNK, set->pool->limit / 16)));
	chunk_size = Max(chunk_size, sizeof(clk_text_chunk) + size);
	clk_distinct_pool_make_room(set->pool, set, chunk_size);

	chunk = clk_distinct_pool_resize(set->pool, set, NULL, 0, chunk_size);
	chunk->next = annex->chunks;
	chunk->size = chunk_size;
	annex->chunks = chunk;
	annex->free = (char *) (chunk + 1);
	annex->end = (char *) chunk + chunk_size;
	return true;
}

void
clk_distinct_free_texts(clk_distinct_set *set)
{
	clk_distinct_annex *annex = set->annex;

	while (annex->chunks != NULL)
	{
		clk_text_chunk *chunk = annex->chunks;

		annex->chunks = chunk->next;
		clk_distinct_pool_free(set->pool, set, chunk, chunk->size);
	}
	annex->free = annex->end = NULL;
}

/* Bytes that a text takes */
static inline Size
text_size(uint32 length)
{
	return TYPEALIGN(sizeof(uint32),
					 offsetof(clk_distinct_text, bytes) + (Size) length);
}

/* Add a text without counting it as a row. */
void
clk_distinct_add_hashed_text(clk_distinct_set *set, uint64 hash,
							 const char *bytes, uint32 length)
{
	clk_distinct_text *text;
	uint64	   *slot;
	uint64		key[2];
	bool		found;

	if (set->slots == NULL)
		clk_distinct_make_table(set, CLK_FIRST_SLOT_BITS);
	slot = find_slot(set, hash, bytes, length, &found);
	if (found)
		return;
	if (make_text_room(set, text_size(length)))
		slot = find_slot(set, hash, bytes, length, &found);

	text = (clk_distinct_text *) set->annex->free;
	set->annex->free += text_size(length);
	set->annex->longest = Max(set->annex->longest, length);
	text->length = length;
	memcpy(text->bytes, bytes, length);

	key[0] = hash;
	key[1] = (uintptr_t) text;
	clk_distinct_put_text(set, slot, key);
}

/* Fetch the bytes that a staged text will be compared with. */
static inline void
fetch_bytes(const clk_distinct_set *set, const uint64 *key)
{
	const uint64 *slot = set->slots + 2 * clk_distinct_home(set, key[0]);
	const char *bytes;

	slot = clk_slots_search(unconstify(uint64 *, slot), key, CLK_KEY_TEXT);
	if (clk_distinct_is_none(slot, CLK_KEY_TEXT))
		return;
	bytes = (const char *) text_of(slot);
	__builtin_prefetch(bytes);
	__builtin_prefetch(bytes + text_of(key)->length);
}

/* Add the staged texts. */
void
clk_distinct_add_staged(clk_distinct_set *set)
{
	const uint64 *staged = set->pending;
	uint32		nstaged = set->npending;

	set->npending = 0;
	set->annex->staged = 0;
	for (uint32 i = 0; i < nstaged; i++)
	{
		const uint64 *key = staged + 2 * i;

		if (i + FETCH_SLOT < nstaged && set->slots != NULL)
			__builtin_prefetch(set->slots + 2 *
							   clk_distinct_home(set, key[2 * FETCH_SLOT]));
		if (i + FETCH_BYTES < nstaged && set->slots != NULL)
			fetch_bytes(set, key + 2 * FETCH_BYTES);
		clk_distinct_add_hashed_text(set, key[0], text_of(key)->bytes,
									 text_of(key)->length);
	}
}

/* Stage a text; false if there is no stage that it fits into. */
static bool
stage_text(clk_distinct_set *set, uint64 hash, const char *bytes,
		   uint32 length)
{
	clk_distinct_annex *annex = set->annex;
	clk_distinct_text *text;

	if (annex->stage == NULL)
	{
		Size		index_size = STAGED_TEXTS * 2 * sizeof(uint64);

		if (set->pool->used + STAGE_SIZE + index_size > set->pool->limit)
			return false;
		annex->stage = clk_distinct_pool_alloc(set->pool, set, STAGE_SIZE);
		annex->stage_size = STAGE_SIZE;
		set->pending = clk_distinct_pool_alloc(set->pool, set, index_size);
		set->pending_size = STAGED_TEXTS;
	}

	if (text_size(length) > annex->stage_size)
		return false;
	if (set->npending == set->pending_size ||
		text_size(length) > annex->stage_size - annex->staged)
		clk_distinct_add_staged(set);

	text = (clk_distinct_text *) (annex->stage + annex->staged);
	annex->staged += text_size(length);
	text->length = length;
	memcpy(text->bytes, bytes, length);
	set->pending[2 * set->npending] = hash;
	set->pending[2 * set->npending + 1] = (uintptr_t) text;
	set->npending++;
	return true;
}

void
clk_distinct_add_text(clk_distinct_set *set, const char *bytes, uint32 length)
{
	uint64		hash = clk_distinct_hash_text(set, bytes, length);

	set->rows++;
	if (set->slots != NULL && set->slot_bits >= STAGE_FROM_BITS &&
		stage_text(set, hash, bytes, length))
		return;
	clk_distinct_add_hashed_text(set, hash, bytes, length);
}
