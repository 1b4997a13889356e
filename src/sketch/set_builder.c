/*-------------------------------------------------------------------------
 *
 * set_builder.c
 *	  A set of clickers while it is being built.
 *
 *-------------------------------------------------------------------------
 */
#include "set_builder.h"

/*
 * Blocks of tokens are 64 bytes and then double, headers included; beyond 8 kB,
 * where memory does not come in powers of two, they grow by half.  The last one
 * is as large as that of registers, so that it can become one.
 */
#define FIRST_BLOCK 64
#define LAST_DOUBLED_BLOCK 8192

static size_t
registers_block(int precision)
{
	return sizeof(clk_set_builder) + CLK_PENDING_MAX * sizeof(uint64_t) +
		clk_ull_size(precision);
}

static void
set_header(clk_set_builder *set, clk_set_kind kind, int precision,
		   uint32_t slots)
{
	set->length_word = 0;
	set->version = CLK_SET_VERSION;
	set->signature = CLK_SET_SIGNATURE(kind, precision);
	set->slots = (uint16_t) slots;
	set->count = 0;
	set->table_key = clk_token_table_key();
}

void
clk_builder_flush(clk_set_builder *set)
{
	if (!clk_builder_has_registers(set))
		return;
	clk_ull_insert_many(clk_builder_registers(set), clk_builder_precision(set),
						set->tokens, set->count);
	set->count = 0;
}

clk_set_builder *
clk_builder_create(int precision, uint32_t count, clk_allocator allocate)
{
	size_t		block = FIRST_BLOCK;
	uint32_t	slots;
	clk_set_builder *set;

	/* beyond the limit there will be no tokens */
	if (count > clk_token_limit(precision))
		count = clk_token_limit(precision);
	for (;;)
	{
		size_t		next = block < LAST_DOUBLED_BLOCK ? 2 * block : block / 2 * 3;

		if (next > registers_block(precision))
			block = registers_block(precision);
		slots = (uint32_t) ((block - sizeof(clk_set_builder)) /
							sizeof(uint64_t));
		if (clk_token_capacity(slots) >= count)
			break;
		block = next;
	}
	set = allocate(block);
	set_header(set, CLK_WORKING_TOKENS, precision, slots);
	memset(set->tokens, 0, slots * sizeof(uint64_t));
	return set;
}

clk_set_builder *
clk_builder_create_registers(int precision, clk_allocator allocate)
{
	size_t		size = registers_block(precision);
	clk_set_builder *set = allocate(size);

	set_header(set, CLK_WORKING_REGISTERS, precision, 0);
	memset(set->tokens, 0, size - sizeof(clk_set_builder));
	return set;
}

/* Add the tokens or pending hashes of "other" to a set that has registers. */
static void
insert_hashes(clk_set_builder *set, const clk_set_builder *other)
{
	uint8_t    *registers = clk_builder_registers(set);
	int			precision = clk_builder_precision(set);

	if (clk_builder_has_registers(other))
	{
		clk_ull_insert_many(registers, precision, other->tokens, other->count);
		return;
	}
	for (uint32_t i = 0; i < other->slots; i++)
	{
		if (other->tokens[i] != 0)
			clk_ull_insert(registers, precision,
						   clk_token_to_hash(other->tokens[i]));
	}
}

/* A set with registers at this precision, which is not above that of "set". */
static clk_set_builder *
convert_to_registers(const clk_set_builder *set, int precision,
					 clk_allocator allocate)
{
	clk_set_builder *result = clk_builder_create_registers(precision, allocate);

	if (clk_builder_has_registers(set))
		clk_ull_reduce(clk_builder_registers(result), precision,
					   clk_builder_registers(set), clk_builder_precision(set));
	insert_hashes(result, set);
	return result;
}

/* Make registers of tokens, in the same block if it has the size. */
static clk_set_builder *
turn_into_registers(clk_set_builder *set, clk_allocator allocate)
{
	int			precision = clk_builder_precision(set);
	size_t		size = clk_builder_size(set);
	clk_set_builder *copy;

	if (size != registers_block(precision))
		return convert_to_registers(set, precision, allocate);

	copy = memcpy(allocate(size), set, size);
	set->signature = CLK_SET_SIGNATURE(CLK_WORKING_REGISTERS, precision);
	set->count = 0;
	set->slots = 0;
	memset(set->tokens, 0, size - sizeof(clk_set_builder));
	insert_hashes(set, copy);
	return set;
}

bool
clk_builder_is_whole(const clk_set_builder *set)
{
	uint32_t	count = 0;

	if (clk_builder_has_registers(set))
		return true;
	for (uint32_t i = 0; i < set->slots; i++)
	{
		if (set->tokens[i] == 0)
			continue;
		if (!clk_token_is_valid(set->tokens[i]))
			return false;
		count++;
	}
	if (count != set->count || count > clk_token_capacity(set->slots) ||
		count > clk_token_limit(clk_builder_precision(set)))
		return false;

	/* now that there is an end to each search */
	for (uint32_t i = 0; i < set->slots && clk_builder_has_our_table(set); i++)
	{
		uint64_t	token = set->tokens[i];

		if (token != 0 &&
			clk_token_slot((uint64_t *) set->tokens, set->slots, token) != &set->tokens[i])
			return false;
	}
	return true;
}

/* The same tokens with room for "count". */
static clk_set_builder *
grow_tokens(const clk_set_builder *set, uint32_t count, clk_allocator allocate)
{
	clk_set_builder *result = clk_builder_create(clk_builder_precision(set),
												 count, allocate);

	for (uint32_t i = 0; i < set->slots; i++)
	{
		uint64_t	token = set->tokens[i];
		uint64_t   *slot;

		if (token == 0)
			continue;
		slot = clk_token_slot(result->tokens, result->slots, token);
		result->count += *slot == 0;
		*slot = token;
	}
	return result;
}

clk_set_builder *
clk_builder_rebuild(const clk_set_builder *set, clk_allocator allocate)
{
	clk_set_builder *result;

	if (!clk_builder_has_registers(set))
		return grow_tokens(set, set->count, allocate);
	result = memcpy(allocate(clk_builder_size(set)), set, clk_builder_size(set));
	result->table_key = clk_token_table_key();
	return result;
}

clk_set_builder *
clk_builder_add_token(clk_set_builder *set, uint64_t token,
					  clk_allocator allocate)
{
	uint64_t   *slot;

	if (!clk_builder_has_registers(set) &&
		CLK_UNLIKELY(set->count >= clk_token_capacity(set->slots) ||
					 set->count >= clk_token_limit(clk_builder_precision(set))))
	{
		int			precision = clk_builder_precision(set);

		if (clk_token_is_member(set->tokens, set->slots, token))
			return set;
		if (set->count >= clk_token_limit(precision))
			set = turn_into_registers(set, allocate);
		else
			set = grow_tokens(set, set->count + 1, allocate);
	}
	if (clk_builder_has_registers(set))
	{
		clk_ull_insert(clk_builder_registers(set), clk_builder_precision(set),
					   clk_token_to_hash(token));
		return set;
	}
	slot = clk_token_slot(set->tokens, set->slots, token);
	if (*slot == 0)
	{
		*slot = token;
		set->count++;
	}
	return set;
}

clk_set_builder *
clk_builder_prepare(clk_set_builder *set, int precision, uint32_t count,
					clk_allocator allocate)
{
	int			own_precision = clk_builder_precision(set);
	uint32_t	limit;

	if (precision > own_precision)
		precision = own_precision;
	limit = clk_token_limit(precision);

	if (clk_builder_has_registers(set) && precision == own_precision)
		return set;
	if (clk_builder_has_registers(set) || set->count > limit)
		return convert_to_registers(set, precision, allocate);

	set->signature = CLK_SET_SIGNATURE(CLK_WORKING_TOKENS, precision);
	/* in one step: more are to come */
	count += set->count;
	if (count > limit)
		count = limit;
	return count <= clk_token_capacity(set->slots) ? set :
		grow_tokens(set, count, allocate);
}

/* Add the registers of "other". */
static clk_set_builder *
merge_registers(clk_set_builder *set, const clk_set_builder *other,
				clk_allocator allocate)
{
	int			own_precision = clk_builder_precision(set);
	int			precision = clk_builder_precision(other);

	if (precision > own_precision)
	{
		precision = own_precision;
		other = convert_to_registers(other, precision, allocate);
	}
	if (!clk_builder_has_registers(set) || precision < own_precision)
		set = convert_to_registers(set, precision, allocate);
	clk_ull_merge(clk_builder_registers(set), clk_builder_registers(other),
				  clk_ull_size(precision));
	insert_hashes(set, other);
	return set;
}

clk_set_builder *
clk_builder_merge(clk_set_builder *set, const clk_set_builder *other,
				  clk_allocator allocate)
{
	if (clk_builder_has_registers(other))
		return merge_registers(set, other, allocate);

	set = clk_builder_prepare(set, clk_builder_precision(other), other->count,
							  allocate);
	for (uint32_t i = 0; i < other->slots; i++)
	{
		if (other->tokens[i] != 0)
			set = clk_builder_add_token(set, other->tokens[i], allocate);
	}
	return set;
}

clk_set_builder *
clk_builder_set_precision(clk_set_builder *set, int precision,
						  clk_allocator allocate)
{
	int			own_precision = clk_builder_precision(set);

	if (clk_builder_has_registers(set) ? precision == own_precision :
		set->count <= clk_token_limit(precision))
	{
		set->signature = CLK_SET_SIGNATURE(CLK_SIGNATURE_KIND(set->signature),
										   precision);
		return set;
	}
	if (precision > own_precision)
		return NULL;
	return convert_to_registers(set, precision, allocate);
}

double
clk_builder_cardinality(clk_set_builder *set)
{
	clk_builder_flush(set);
	if (clk_builder_has_registers(set))
		return clk_ull_estimate(clk_builder_registers(set),
								clk_builder_precision(set));
	return set->count;
}
