/*-------------------------------------------------------------------------
 *
 * room.c
 *	  Memory for exact sets: the only code that takes some for a set, or moves
 *	  keys to the temporary file.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "exact/room.h"

void *
clk_room_alloc(clk_exact_set *set, Size size)
{
	return memset(clk_account_resize(&set->account, NULL, 0, size), 0, size);
}

static clk_runs *
get_runs(clk_exact_set *set)
{
	if (set->runs == NULL)
		set->runs = clk_room_alloc(set, sizeof(clk_runs));
	return set->runs;
}

/* Write runs that are in memory. */
static void
write_runs(clk_exact_set *set, clk_runs *runs)
{
	for (int i = 0; i < runs->nruns; i++)
	{
		clk_run		run = runs->runs[i];

		if (run.bytes == NULL)
			continue;
		runs->runs[i] = clk_run_write(set->account.budget->file, run.bytes, run.size);
		clk_account_resize(&set->account, unconstify(char *, run.bytes), run.size, 0);
	}
}

/* Write what is in the table, which is empty then. */
static void
write_table(clk_exact_set *set, clk_runs *runs, bool give_back)
{
	clk_temp_file *file = set->account.budget->file;
	clk_texts  *texts = set->texts;
	clk_run		table = CLK_RUN_OF_TABLE(set->table);
	int64		nkeys = clk_exact_in_memory(set);
	int64		most = texts == NULL ? nkeys * CLK_KEY_SIZE(set->kind) : nkeys * CLK_TEXT_HEADER + texts->bytes;

	if (nkeys > 0)
		clk_runs_add(runs, &set->account, clk_run_write_merged(file, set->kind, &table, 1, most));
	if (texts != NULL)
	{
		runs->longest = Max(runs->longest, texts->longest);
		clk_texts_free(texts, &set->account);
	}
	clk_table_empty(set->table, &set->account, set->kind, give_back ? CLK_FIRST_SLOT_BITS : set->table->slot_bits);
}

void
clk_room_put_in_order(clk_exact_set *set)
{
	clk_budget *budget = set->account.budget;
	Size		scratch;

	if (set->state == CLK_EXACT_TABLE || clk_list_in_order(&set->list))
		return;

	/*
	 * a list that grows asks for scratch, so this is for when some was given
	 * back
	 */
	scratch = clk_list_scratch(set->list.nkeys, set->kind);
	if (scratch > budget->scratch_size)
		clk_budget_resize_scratch(budget, scratch);
	clk_list_thin_out(&set->list, budget, set->kind);
}

/* Write the list, which is empty then, and give back scratch that only it needed. */
static void
write_list(clk_exact_set *set, clk_runs *runs, bool give_back)
{
	clk_budget *budget = set->account.budget;
	clk_list   *list = &set->list;
	Size		largest = budget->limit / CLK_LARGE_SHARE;

	clk_room_put_in_order(set);
	if (list->nkeys > 0)
		clk_runs_add(runs, &set->account, clk_run_write(budget->file, (const char *) list->keys,
														list->nkeys * CLK_KEY_SIZE(set->kind)));
	list->nkeys = list->nordered = 0;
	if (!give_back)
		return;
	clk_list_resize(list, &set->account, set->kind, 0);
	for (int i = 0; i < budget->nlarge; i++)
		largest = Max(largest, budget->large[i]->bytes);
	if (budget->scratch_size > largest)
		clk_budget_resize_scratch(budget, largest);
}

/* Write all keys in memory as runs; and give back the memory of the set as well. */
static void
write_set(clk_exact_set *set, bool give_back)
{
	clk_runs   *runs = get_runs(set);

	write_runs(set, runs);
	if (set->state == CLK_EXACT_TABLE)
		write_table(set, runs, give_back);
	else
		write_list(set, runs, give_back);
	clk_runs_tidy(runs, &set->account, set->kind);
	clk_room_check(set);
}

/* Is there anything in memory that can be written? */
static bool
can_write(const clk_exact_set *set)
{
	if (clk_exact_in_memory(set) > 0)
		return true;
	for (int i = 0; set->runs != NULL && i < set->runs->nruns; i++)
	{
		if (set->runs->runs[i].bytes != NULL)
			return true;
	}
	return false;
}

bool
clk_room_reserve(clk_exact_set *set, Size size)
{
	clk_budget *budget = set->account.budget;

	while (budget->used + size > budget->limit)
	{
		clk_exact_set *largest = set;

		for (int i = 0; i < budget->nlarge; i++)
		{
			clk_account *account = budget->large[i];
			clk_exact_set *other = (clk_exact_set *) ((char *) account - offsetof(clk_exact_set, account));

			if (account->bytes > largest->account.bytes && can_write(other))
				largest = other;
		}
		if (largest == set)
			return set->account.bytes + size <= CLK_SMALLEST_RUN;
		write_set(largest, true);
	}
	return true;
}

/* Give the list room for so many keys, if the budget has it. */
static bool
grow_list(clk_exact_set *set, Size new_size)
{
	clk_budget *budget = set->account.budget;
	Size		scratch = clk_list_scratch(new_size, set->kind);
	Size		more = (new_size - set->list.size) * CLK_KEY_SIZE(set->kind) +
		scratch - Min(scratch, budget->scratch_size);

	if (new_size > CLK_LONGEST_LIST || !clk_room_reserve(set, more))
		return false;
	if (scratch > budget->scratch_size)
		clk_budget_resize_scratch(budget, scratch);
	clk_list_resize(&set->list, &set->account, set->kind, new_size);
	return true;
}

/*
 * Should a full list be thinned out before it grows?  If it is short, or there were
 * duplicates; else, from time to time.
 */
static bool
try_to_thin_out(const clk_exact_set *set)
{
	uint32		size = set->list.size;

	return size <= CLK_ALWAYS_THINNED || set->list.nkeys <= set->rows / 8 * 7 ||
		pg_leftmost_one_pos32(size) % 4 == 0;
}

/* Does thinning out leave half of the list free? */
static bool
thin_out_half(clk_exact_set *set)
{
	clk_room_put_in_order(set);
	return set->list.size > 0 && set->list.nkeys <= set->list.size / 2;
}

void
clk_room_in_list(clk_exact_set *set)
{
	clk_list   *list = &set->list;
	Size		least = CLK_FIRST_WORDS / CLK_KEY_WORDS(set->kind);
	Size		left;

	if (try_to_thin_out(set) && thin_out_half(set))
		return;
	if (grow_list(set, Max(least, 2 * (Size) list->size)) || thin_out_half(set))
		return;

	/* what is left, if that is not next to nothing; scratch takes half of it */
	left = clk_budget_room(set->account.budget) / 2 / CLK_KEY_SIZE(set->kind);
	if (left > list->size / 4 && left > least && grow_list(set, list->size + left))
		return;

	if (list->nkeys > 0)
		write_set(set, false);
	if (list->size < least)
		clk_list_resize(list, &set->account, set->kind, least);
}

void
clk_room_in_table(clk_exact_set *set, uint32 length)
{
	clk_table  *table = set->table;
	clk_texts  *texts = set->texts;
	Size		size;

	/*
	 * keys that have got to the end may still be there in a table twice as
	 * large
	 */
	while (!clk_table_has_room(table))
	{
		if (clk_room_reserve(set, clk_table_size(table->slot_bits + 1, set->kind)))
			clk_table_grow(table, &set->account, set->kind);
		else
			write_set(set, false);
	}

	if (texts == NULL || clk_texts_have_room(texts, length))
		return;
	size = clk_texts_next_chunk(texts, set->account.budget, length);
	if (!clk_room_reserve(set, size) && can_write(set))
	{
		write_set(set, false);
		size = clk_texts_next_chunk(texts, set->account.budget, length);
	}
	clk_texts_add_chunk(texts, &set->account, size);
}

bool
clk_room_make_table(clk_exact_set *set, clk_list *list, clk_account *account)
{
	int			bits = CLK_FIRST_SLOT_BITS;

	while (clk_table_capacity(bits) <= set->list.nkeys)
		bits++;
	if (!clk_room_reserve(set, clk_table_size(bits, set->kind) + sizeof(clk_table)))
		return false;
	*list = set->list;
	account->budget = set->account.budget;
	account->bytes = list->size * CLK_KEY_SIZE(set->kind);
	set->account.bytes -= account->bytes;
	set->state = CLK_EXACT_TABLE;
	set->texts = NULL;
	set->table = clk_room_alloc(set, sizeof(clk_table));
	clk_table_empty(set->table, &set->account, set->kind, bits);
	return true;
}

void
clk_room_keep_run(clk_exact_set *set, const clk_run *run, uint32 longest)
{
	clk_runs   *runs = get_runs(set);
	clk_run		kept = *run;

	if (set->kind == CLK_KEY_TEXT && clk_room_reserve(set, run->size))
	{
		char	   *bytes = clk_account_resize(&set->account, NULL, 0, run->size);

		clk_copy_bytes(bytes, run->bytes, run->size);
		kept.bytes = bytes;
	}
	else
		kept = clk_run_write(set->account.budget->file, run->bytes, run->size);
	runs->longest = Max(runs->longest, longest);
	clk_runs_add(runs, &set->account, kept);
	clk_runs_tidy(runs, &set->account, set->kind);
}

#ifdef USE_ASSERT_CHECKING
void
clk_room_check(const clk_exact_set *set)
{
	Size		bytes = sizeof(clk_exact_set);

	if (set->state == CLK_EXACT_TABLE)
	{
		const clk_table *table = set->table;

		Assert((set->kind == CLK_KEY_TEXT) == (set->texts != NULL));
		Assert(table->nkeys <= clk_table_capacity(table->slot_bits));
		Assert(clk_key_is_max(clk_table_last(table, set->kind), set->kind));
		bytes += sizeof(clk_table) + clk_table_size(table->slot_bits, set->kind);
	}
	else
	{
		Assert(set->state == CLK_EXACT_LIST && set->kind != CLK_KEY_TEXT);
		Assert(set->list.nordered <= set->list.nkeys && set->list.nkeys <= set->list.size);
		bytes += set->list.size * CLK_KEY_SIZE(set->kind);
	}
	if (set->kind == CLK_KEY_TEXT)
	{
		const clk_texts *texts = set->texts;

		bytes += sizeof(clk_texts) + (texts->stage != NULL ? CLK_STAGE_MEMORY : 0);
		for (clk_text_chunk *chunk = texts->chunks; chunk != NULL; chunk = chunk->next)
			bytes += chunk->size;
	}
	if (set->runs != NULL)
	{
		bytes += sizeof(clk_runs) + set->runs->size * sizeof(clk_run);
		for (int i = 0; i < set->runs->nruns; i++)
			bytes += set->runs->runs[i].bytes != NULL ? set->runs->runs[i].size : 0;
	}
	Assert(set->account.bytes == bytes);
}
#endif
