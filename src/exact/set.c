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
	set->state = kind == CLK_KEY_TEXT ? CLK_EXACT_TABLE : CLK_EXACT_LIST;
	set->account.budget = budget;
	set->account.bytes = sizeof(clk_exact_set);
	if (kind == CLK_KEY_TEXT)
	{
		set->texts = clk_room_alloc(set, sizeof(clk_texts));
		set->table = clk_room_alloc(set, sizeof(clk_table));
		clk_table_empty(set->table, &set->account, kind, CLK_FIRST_SLOT_BITS);
	}
	return set;
}

/* Add a key to the table, unless it is there. */
static pg_attribute_always_inline void
add_to_table(clk_exact_set *set, const uint64 *key, const char *text, uint32 length, clk_key_kind kind)
{
	clk_table  *table = set->table;
	uint64		kept[2] = {0, 0};
	uint64	   *slot;
	bool		found;

	if (kind != CLK_KEY_TEXT && clk_key_is_max(key, kind))
	{
		table->has_max = true;
		return;
	}
	slot = clk_table_find(table, key, text, length, &found, kind);
	if (found)
		return;
	if (!clk_table_has_room(table) || (kind == CLK_KEY_TEXT && !clk_texts_have_room(set->texts, length)))
	{
		clk_room_in_table(set, length);
		slot = clk_table_find(table, key, text, length, &found, kind);
	}
	if (kind == CLK_KEY_TEXT)
	{
		kept[0] = key[0];
		kept[1] = clk_texts_keep(set->texts, text, length);
	}
	else
		clk_key_copy(kept, key, kind);
	clk_table_put(table, slot, kept, kind);
}

void
clk_exact_add_key(void *arg, const uint64 *key, const char *text, uint32 length)
{
	clk_exact_set *set = arg;

	if (set->kind == CLK_KEY_TEXT)
		add_to_table(set, key, text, length, CLK_KEY_TEXT);
	else if (set->state == CLK_EXACT_TABLE)
		CLK_FOR_KIND(set->kind, add_to_table, set, key, NULL, 0);
	else
	{
		if (set->list.nkeys == set->list.size)
		{
			clk_room_in_list(set);
			clk_room_check(set);
		}
		clk_list_append(&set->list, key, set->kind);
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

		clk_texts_fetch(texts, set->table, i);
		add_to_table(set, key, clk_key_text(key)->bytes, clk_key_text(key)->length, CLK_KEY_TEXT);
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
	if (set->table->slot_bits < CLK_STAGE_FROM_BITS || clk_text_size(length) > CLK_STAGE_SIZE ||
		(texts->stage == NULL && clk_budget_room(budget) < CLK_STAGE_MEMORY))
	{
		add_to_table(set, &hash, bytes, length, CLK_KEY_TEXT);
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
	if (set->kind == CLK_KEY_TEXT)
		take_staged(set);
	clk_room_put_in_order(set);
}

int64
clk_exact_each(clk_exact_set *set, clk_run_emit emit, void *arg)
{
	clk_run		memory;

	if (set->state == CLK_EXACT_TABLE)
		memory = CLK_RUN_OF_TABLE(set->table);
	else
		memory = (clk_run)
	{
		(const char *) set->list.keys, 0, set->list.nkeys * CLK_KEY_SIZE(set->kind)
	};
	return clk_runs_each(set->runs, &set->account, set->kind, &memory, emit, arg);
}

/* Move the keys of the list to a table, if there is room for both. */
static void
make_table(clk_exact_set *set)
{
	clk_list	list;
	clk_account account;

	if (!clk_room_make_table(set, &list, &account))
		return;
	for (Size i = 0; i < list.nkeys; i++)
		clk_exact_add_key(set, list.keys + i * CLK_KEY_WORDS(set->kind), NULL, 0);
	clk_list_resize(&list, &account, set->kind, 0);
}

/*
 * Nothing is written for the count but runs that are merged: a window may ask after
 * each row.
 */
int64
clk_exact_count(clk_exact_set *set)
{
	clk_runs   *runs;

	/*
	 * who asks again may ask often, and a long list takes a while to put in
	 * order
	 */
	if (set->was_counted && set->state == CLK_EXACT_LIST && !clk_list_in_order(&set->list) &&
		set->list.nkeys > CLK_LEAST_TABLE)
		make_table(set);
	set->was_counted = true;
	clk_exact_settle(set);

	runs = set->runs;
	if (runs == NULL || runs->nruns == 0)
		return clk_exact_in_memory(set);
	if (runs->count_rows != set->rows)
	{
		runs->count = clk_exact_each(set, NULL, NULL);
		runs->count_rows = set->rows;
	}
	return runs->count;
}

void
clk_exact_add_run(clk_exact_set *set, const clk_run *run, int64 nkeys, uint32 longest)
{
	clk_exact_settle(set);
	if (set->kind != CLK_KEY_TEXT && set->list.nkeys + (uint64) nkeys <= CLK_LONGEST_LIST &&
		clk_room_reserve(set, (set->list.nkeys + nkeys) * CLK_KEY_SIZE(set->kind)))
		clk_list_merge(&set->list, &set->account, set->kind, run->bytes, nkeys);
	else
		clk_room_keep_run(set, run, longest);
	clk_room_check(set);
}
