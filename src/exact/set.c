/*-------------------------------------------------------------------------
 *
 * set.c
 *	  An exact set of integers, uuids or texts that only grows: how values come
 *	  in, and what there is when it is asked.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact/room.h"
#include "exact/set.h"

clk_exact_set *
clk_exact_create(clk_budget *budget, clk_key_kind kind)
{
	clk_exact_set *set = clk_budget_new_set(budget, sizeof(clk_exact_set));

	set->kind = kind;
	set->state = kind == CLK_KEY_TEXT ? CLK_EXACT_TABLE : CLK_EXACT_IN_ORDER;
	set->account.budget = budget;
	set->account.bytes = sizeof(clk_exact_set);
	if (kind == CLK_KEY_TEXT)
	{
		set->table = clk_room_alloc(set, sizeof(clk_table));
		set->texts = clk_room_alloc(set, sizeof(clk_texts));
	}
	return set;
}

/* Add a key of fixed length to the table. */
static void
add_to_table(clk_exact_set *set, const uint64 *key)
{
	clk_table  *table = set->table;
	uint64	   *slot = NULL;

	if (clk_key_is_max(key, set->kind))
	{
		table->has_max = true;
		return;
	}
	if (table->slots != NULL)
	{
		slot = clk_table_search(table, key, set->kind);
		if (clk_key_same(slot, key, set->kind))
			return;
	}
	if (!clk_table_has_room(table))
	{
		clk_room_for_key(set);
		slot = clk_table_search(table, key, set->kind);
	}
	clk_table_put(table, slot, key, set->kind);
}

void
clk_exact_add_key(clk_exact_set *set, const uint64 *key)
{
	if (set->state == CLK_EXACT_TABLE)
	{
		add_to_table(set, key);
		return;
	}
	if (set->list.nkeys == set->list.size)
		clk_room_in_list(set);
	clk_list_append(&set->list, key, set->kind);
	set->state = CLK_EXACT_LIST;
}

static pg_attribute_always_inline void
take_few(clk_exact_set *set, clk_key_kind kind)
{
	uint64		multiplier = set->account.budget->multiplier;
	clk_list   *list = &set->list;

	if (list->size - list->nkeys < set->nfew &&
		set->state != CLK_EXACT_TABLE)
		clk_room_in_list(set);
	for (int i = 0; i < set->nfew; i++)
	{
		uint64		key[2];

		clk_key_make(multiplier, set->few + i * CLK_KEY_WORDS(kind), key, kind);
		if (likely(set->state != CLK_EXACT_TABLE))
			clk_list_append(list, key, kind);
		else
			add_to_table(set, key);
	}
	if (set->state != CLK_EXACT_TABLE)
		set->state = CLK_EXACT_LIST;
	set->rows += set->nfew;
	set->nfew = 0;
}

void
clk_exact_take_few(clk_exact_set *set)
{
	if (set->kind == CLK_KEY_INTEGER)
		take_few(set, CLK_KEY_INTEGER);
	else
		take_few(set, CLK_KEY_UUID);
	clk_room_check(set);
}

void
clk_exact_add_hashed(clk_exact_set *set, uint64 hash, const char *bytes,
					 uint32 length)
{
	clk_table  *table = set->table;
	uint64	   *slot = NULL;
	bool		found;

	if (table->slots != NULL)
	{
		slot = clk_texts_search(table, hash, bytes, length, &found);
		if (found)
			return;
	}
	if (!clk_table_has_room(table) ||
		!clk_texts_have_room(set->texts, length))
	{
		clk_room_for_text(set, length);
		slot = clk_texts_search(table, hash, bytes, length, &found);
	}
	clk_texts_put(set->texts, table, slot, hash, bytes, length);
}

/* Fetch what it takes to look up the staged texts that follow number "at". */
static inline void
fetch_staged(const clk_texts *texts, const clk_table *table, uint32 at)
{
	if (table->slots == NULL)
		return;
	if (at + CLK_FETCH_SLOT < texts->nstaged)
		__builtin_prefetch(clk_table_home(table,
										  texts->staged[2 * (at + CLK_FETCH_SLOT)],
										  CLK_KEY_TEXT));
	if (at + CLK_FETCH_TEXT < texts->nstaged)
	{
		const uint64 *key = texts->staged + 2 * (at + CLK_FETCH_TEXT);
		const uint64 *slot = clk_slots_search(clk_table_home(table, key[0], CLK_KEY_TEXT),
											  key, CLK_KEY_TEXT);

		if (clk_key_is_max(slot, CLK_KEY_TEXT))
			return;
		__builtin_prefetch(clk_text_of(slot));
		__builtin_prefetch((const char *) clk_text_of(slot) +
						   clk_text_of(key)->length);
	}
}

/* Add the staged texts. */
static void
take_staged(clk_exact_set *set)
{
	clk_texts  *texts = set->texts;

	for (uint32 i = 0; i < texts->nstaged; i++)
	{
		const uint64 *key = texts->staged + 2 * i;

		fetch_staged(texts, set->table, i);
		clk_exact_add_hashed(set, key[0], clk_text_of(key)->bytes,
							 clk_text_of(key)->length);
	}
	texts->nstaged = 0;
	texts->stage_used = 0;
	clk_room_check(set);
}

void
clk_exact_add_text(clk_exact_set *set, const char *bytes, uint32 length)
{
	clk_texts  *texts = set->texts;
	clk_budget *budget = set->account.budget;
	uint64		hash = clk_key_hash_text(budget->multiplier, bytes, length);

	set->rows++;
	if (set->table->slot_bits < CLK_STAGE_FROM_BITS ||
		clk_text_size(length) > CLK_STAGE_SIZE ||
		(texts->stage == NULL && clk_budget_room(budget) < CLK_STAGE_MEMORY))
	{
		clk_exact_add_hashed(set, hash, bytes, length);
		return;
	}

	if (texts->stage == NULL)
		clk_texts_make_stage(texts, &set->account);
	if (!clk_texts_can_stage(texts, length))
		take_staged(set);
	clk_texts_stage(texts, hash, bytes, length);
}

void
clk_exact_settle(clk_exact_set *set)
{
	if (set->nfew > 0)
		clk_exact_take_few(set);
	if (set->kind == CLK_KEY_TEXT)
		take_staged(set);
	clk_room_put_in_order(set);
}

/* Keys of runs that the table has as well */
typedef struct key_lookup
{
	const clk_exact_set *set;
	int64		nfound;
} key_lookup;

static void
look_up(void *arg, const uint64 *key, const char *text, uint32 length)
{
	key_lookup *lookup = arg;
	const clk_table *table = lookup->set->table;
	bool		found;

	if (text == NULL)
		found = clk_table_has(table, key, lookup->set->kind);
	else if (table->slots == NULL)
		found = false;
	else
		(void) clk_texts_search(table, key[0], text, length, &found);
	lookup->nfound += found ? 1 : 0;
}

/* Tell of each key in runs and in the list, which is in order, once. */
static int64
merge_runs_and_list(clk_exact_set *set, clk_run_emit emit, void *arg)
{
	clk_runs   *runs = set->runs;
	clk_list   *list = &set->list;
	int64		nwords = (int64) list->nkeys * CLK_KEY_WORDS(set->kind);
	clk_run		in_list = {(const char *) list->keys, 0, nwords * sizeof(uint64)};
	int64		nkeys;

	clk_runs_gather(runs, &set->account, set->kind);
	if (list->nkeys == 0)
		return clk_runs_merge(set->account.budget->file, set->kind,
							  runs->runs, runs->nruns, emit, arg);

	/* the list is a run for as long as this takes */
	clk_runs_add(runs, &set->account, in_list);
	clk_key_to_little_endian(list->keys, nwords);
	nkeys = clk_runs_merge(set->account.budget->file, set->kind,
						   runs->runs, runs->nruns, emit, arg);
	clk_key_to_little_endian(list->keys, nwords);
	runs->nruns--;
	return nkeys;
}

/*
 * How many keys there are, some of them in runs.  Nothing is written for that but
 * runs that are merged: a window may ask after each row.
 */
static int64
count_with_runs(clk_exact_set *set)
{
	key_lookup	lookup = {set, 0};
	int64		in_runs;

	if (set->state != CLK_EXACT_TABLE)
		return merge_runs_and_list(set, NULL, NULL);
	in_runs = merge_runs_and_list(set, clk_exact_in_memory(set) == 0 ? NULL :
								  look_up, &lookup);
	return in_runs + clk_exact_in_memory(set) - lookup.nfound;
}

int64
clk_exact_count(clk_exact_set *set)
{
	clk_runs   *runs;

	if (set->nfew > 0)
		clk_exact_take_few(set);

	/*
	 * who asks again may ask often, and a long list takes a while to put in
	 * order
	 */
	if (set->was_counted && set->state == CLK_EXACT_LIST &&
		set->list.nkeys > CLK_ALWAYS_THINNED)
	{
		if (clk_room_make_table(set))
		{
			const uint64 *key = set->list.keys;

			for (uint32 i = 0; i < set->list.nkeys; i++)
			{
				add_to_table(set, key);
				key += CLK_KEY_WORDS(set->kind);
			}
			clk_list_resize(&set->list, &set->account, set->kind, 0);
		}
	}
	set->was_counted = true;
	clk_exact_settle(set);

	runs = set->runs;
	if (runs == NULL || runs->nruns == 0)
		return clk_exact_in_memory(set);
	if (runs->count_rows != set->rows)
	{
		runs->count = count_with_runs(set);
		runs->count_rows = set->rows;
	}
	return runs->count;
}

int64
clk_exact_each(clk_exact_set *set, clk_run_emit emit, void *arg)
{
	bool		has_runs = set->runs != NULL && set->runs->nruns > 0;
	const uint64 *key = set->list.keys;

	if (set->state == CLK_EXACT_TABLE)
	{
		if (set->kind == CLK_KEY_TEXT && !has_runs)
		{
			clk_texts_each(set->table, emit, arg);
			return set->table->nkeys;
		}
		clk_room_write(set, true);
		has_runs = true;
	}
	if (has_runs)
		return merge_runs_and_list(set, emit, arg);
	for (uint32 i = 0; i < set->list.nkeys; i++, key += CLK_KEY_WORDS(set->kind))
	{
		if (unlikely(i % CLK_KEYS_AT_A_TIME == 0))
			CHECK_FOR_INTERRUPTS();
		emit(arg, key, NULL, 0);
	}
	return set->list.nkeys;
}

void
clk_exact_add_run(clk_exact_set *set, const clk_run *run, int64 nkeys,
				  uint32 longest)
{
	clk_exact_settle(set);
	if (set->kind != CLK_KEY_TEXT && set->state == CLK_EXACT_TABLE)
		clk_room_write(set, true);

	if (set->kind != CLK_KEY_TEXT &&
		set->list.nkeys + (uint64) nkeys <= CLK_LONGEST_LIST &&
		clk_room_reserve(set, (set->list.nkeys + nkeys) * CLK_KEY_SIZE(set->kind)))
		clk_list_merge(&set->list, &set->account, set->kind, run->bytes, nkeys);
	else
		clk_room_keep_run(set, run, longest);
	clk_room_check(set);
}
