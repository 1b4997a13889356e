/*-------------------------------------------------------------------------
 *
 * set_builder_test.c
 *	  A set is a function of what is in it, however it came there.
 *
 *-------------------------------------------------------------------------
 */
#include "sketch/stored_set.h"
#include "sketch/token_codec.h"
#include "unit.h"

#define TRIALS 4000
#define HASHES_MAX 5000

static uint64_t hashes[HASHES_MAX];

/* The canonical bytes of a set */
typedef struct set_image
{
	uint8_t    *bytes;
	size_t		length;
} set_image;

static set_image
image_of(clk_set_builder *set)
{
	set_image	result;

	result.bytes = unit_allocate(clk_stored_bound(set));
	result.length = clk_stored_encode(set, result.bytes, unit_allocate);
	return result;
}

static bool
same_image(set_image a, set_image b)
{
	return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

#define SAME(a, b) same_image(image_of(a), image_of(b))

/* As the stored form brings it back, into "set" or into a new set. */
static clk_set_builder *
merge_image(clk_set_builder *set, set_image stored)
{
	clk_stored_set opened;

	CHECK(clk_stored_open(stored.bytes, stored.length, &opened));
	CHECK(clk_stored_merge_into(&set, &opened, unit_allocate));
	return set;
}

static clk_set_builder *
copy_of(const clk_set_builder *set)
{
	return memcpy(unit_allocate(clk_builder_size(set)), set,
				  clk_builder_size(set));
}

static clk_set_builder *
union_of(const clk_set_builder *a, const clk_set_builder *b)
{
	return clk_builder_merge(copy_of(a), b, unit_allocate);
}

static int
random_precision(void)
{
	return CLK_PRECISION_MIN + (int) unit_random_below(7);
}

/* Sizes on both sides of where sets change their kind. */
static uint32_t
random_size(int precision)
{
	uint32_t	limit = clk_token_limit(precision);

	switch (unit_random_below(5))
	{
		case 0:
			return (uint32_t) unit_random_below(16);
		case 1:
			return limit - 3 + (uint32_t) unit_random_below(7);
		case 2:
			return (uint32_t) unit_random_below(limit * 3);
		default:
			return (uint32_t) unit_random_below(limit + 1);
	}
}

/* Some of the hashes, in any order and some of them twice. */
static clk_set_builder *
random_set(int precision, uint32_t n)
{
	clk_set_builder *set = clk_builder_create(precision,
											  (uint32_t) unit_random_below(2) * n,
											  unit_allocate);

	while (n-- > 0)
		set = clk_builder_add(set, hashes[unit_random_below(HASHES_MAX)],
							  unit_allocate);
	return set;
}

static void
new_hashes(void)
{
	for (int i = 0; i < HASHES_MAX; i++)
	{
		hashes[i] = unit_random();
		if (i % 16 == 0)		/* where prefixes are equal and zeros many */
			hashes[i] &= ~(UINT64_MAX >> unit_random_below(64));
	}
}

static void
unions_obey_the_laws(void)
{
	for (int trial = 0; trial < TRIALS; trial++)
	{
		int			precision = random_precision();
		int			other_precision = trial % 2 ? precision : random_precision();
		clk_set_builder *a = random_set(precision, random_size(precision));
		clk_set_builder *b = random_set(other_precision,
										random_size(other_precision));
		clk_set_builder *c = random_set(precision, random_size(precision));
		clk_set_builder *ab = union_of(a, b);

		CHECK(SAME(ab, union_of(b, a)));
		CHECK(SAME(union_of(ab, c), union_of(a, union_of(b, c))));
		CHECK(SAME(union_of(a, a), a));
		CHECK(SAME(union_of(ab, a), ab));
		CHECK(SAME(merge_image(copy_of(a), image_of(b)), ab));
		unit_free_all();
	}
}

/* Token path = direct path = reduced path. */
static void
paths_to_a_set_are_equal(void)
{
	for (int trial = 0; trial < TRIALS; trial++)
	{
		int			precision = random_precision();
		int			lower = CLK_PRECISION_MIN + (int)
			unit_random_below((uint64_t) (precision - CLK_PRECISION_MIN + 1));
		uint32_t	n = random_size(precision);
		clk_set_builder *tokens = clk_builder_create(precision, 0,
													 unit_allocate);
		clk_set_builder *low = clk_builder_create(lower, 0, unit_allocate);
		clk_set_builder *direct = clk_builder_create_registers(precision,
															   unit_allocate);
		clk_set_builder *parts = clk_builder_create(precision, 0,
													unit_allocate);

		for (uint32_t i = 0; i < n; i++)
		{
			clk_set_builder *part = clk_builder_create(precision, 0,
													   unit_allocate);

			tokens = clk_builder_add(tokens, hashes[i], unit_allocate);
			low = clk_builder_add(low, hashes[i], unit_allocate);
			direct = clk_builder_add(direct, hashes[i], unit_allocate);
			if (n < 300)
			{
				part = clk_builder_add(part, hashes[i], unit_allocate);
				parts = merge_image(parts, image_of(part));
			}
		}
		CHECK(n >= 300 || SAME(parts, tokens));
		CHECK(SAME(clk_builder_set_precision(copy_of(tokens), lower,
											 unit_allocate), low));
		CHECK(SAME(merge_image(NULL, image_of(tokens)), tokens));
		CHECK(clk_builder_has_registers(tokens) ==
			  (n > clk_token_limit(precision)));
		CHECK(clk_builder_has_registers(tokens) || tokens->count == n);
		if (!clk_builder_has_registers(tokens))
			tokens = union_of(tokens,
							  clk_builder_create_registers(precision,
														   unit_allocate));
		CHECK(SAME(tokens, direct));
		unit_free_all();
	}
}

static void
precision_goes_up_only_for_tokens(void)
{
	clk_set_builder *set = random_set(10, 40);
	clk_set_builder *same = clk_builder_create(12, 0, unit_allocate);

	same = clk_builder_merge(clk_builder_set_precision(copy_of(set), 12,
													   unit_allocate),
							 same, unit_allocate);
	CHECK(clk_builder_precision(same) == 12 && same->count == set->count);
	CHECK(SAME(union_of(same, set), set));

	set = random_set(10, 500);
	CHECK(clk_builder_has_registers(set));
	CHECK(clk_builder_set_precision(copy_of(set), 11, unit_allocate) == NULL);
	CHECK(clk_builder_set_precision(copy_of(set), 9, unit_allocate) != NULL);
	unit_free_all();
}

static void
tokens_survive_the_code(void)
{
	for (int trial = 0; trial < TRIALS; trial++)
	{
		uint32_t	n = 1 + (uint32_t) unit_random_below(100);
		uint64_t	table[128] = {0};
		uint64_t	sorted[256];
		uint8_t    *bytes = unit_allocate(clk_token_encoded_bound(n));
		size_t		length;
		clk_token_reader reader;
		uint64_t	token;

		for (uint32_t i = 0; i < n; i++)
		{
			token = clk_token_from_hash(hashes[unit_random_below(HASHES_MAX)]);
			CHECK(clk_token_from_hash(clk_token_to_hash(token)) == token);
			*clk_token_slot(table, 128, token) = token;
		}
		n = clk_token_sort(table, 128, sorted);
		length = (size_t) (clk_token_encode(sorted, n, bytes) - bytes);
		clk_token_reader_init(&reader, n, bytes, length);
		for (uint32_t i = 0; i < n; i++)
		{
			CHECK(clk_token_read(&reader, &token));
			CHECK(token == sorted[i]);
		}
		CHECK((reader.bit + 7) / 8 == length);
		unit_free_all();
	}
}

static void
blocks_are_small(void)
{
	clk_set_builder *set = clk_builder_create(13, 0, unit_allocate);

	CHECK(clk_builder_size(set) == 64);
	for (int i = 0; i < 6; i++)
		set = clk_builder_add(set, unit_random(), unit_allocate);
	CHECK(clk_builder_size(set) == 64);
	for (int i = 0; i < 768 - 6; i++)
		set = clk_builder_add(set, unit_random(), unit_allocate);
	CHECK(set->count == 768 && clk_builder_size(set) == 8336);
	CHECK(image_of(set).length < 3300);

	/* one more makes registers of it, in the same block */
	CHECK(clk_builder_add(set, unit_random(), unit_allocate) == set);
	CHECK(clk_builder_has_registers(set) && clk_builder_size(set) == 8336);
	unit_free_all();
}

/* How many slots are looked at to find all tokens of a set */
static uint64_t
probes(const clk_set_builder *set)
{
	uint64_t	count = 0;

	for (uint32_t i = 0; i < set->slots; i++)
	{
		uint64_t	token = set->tokens[i];
		uint64_t	home = (token * clk_token_multiplier >> 32) * set->slots >> 32;

		if (token != 0)
			count += (i + set->slots - home) % set->slots + 1;
	}
	return count;
}

/* Hashes that somebody has chosen make neither runs nor other bytes. */
static void
chosen_hashes_do_no_harm(void)
{
	for (int step = 0; step < 40; step++)
	{
		clk_set_builder *set = clk_builder_create(16, 0, unit_allocate);
		clk_set_builder *again;

		for (uint64_t i = 6144; i > 0; i--)
			set = clk_builder_add(set, i << (24 + step % 27) | 0x800000, unit_allocate);
		CHECK(set->count == 6144 && probes(set) < 15 * set->count);
		again = merge_image(NULL, image_of(set));
		CHECK(probes(again) < 15 * set->count && SAME(set, again));
		CHECK(image_of(set).length <= clk_ull_size(16) + 2);
		unit_free_all();
	}
}

/* A table of another server is not looked up, but built again. */
static void
tables_of_others_are_rebuilt(void)
{
	uint64_t	own = clk_token_multiplier;

	for (uint32_t n = 1; n < 3000; n = n * 3 / 2 + 1)
	{
		clk_set_builder *set = clk_builder_create(14, 0, unit_allocate);
		clk_set_builder *rebuilt;

		for (uint32_t i = 0; i < n; i++)
			set = clk_builder_add(set, hashes[i], unit_allocate);
		clk_token_multiplier = UINT64_C(0xD1342543DE82EF95);
		CHECK(!clk_builder_has_our_table(set));
		rebuilt = clk_builder_rebuild(set, unit_allocate);
		CHECK(clk_builder_has_our_table(rebuilt) && SAME(copy_of(set), rebuilt));
		for (uint32_t i = 0; i < n; i++)
			rebuilt = clk_builder_add(rebuilt, hashes[i], unit_allocate);
		CHECK(SAME(set, rebuilt));
		clk_token_multiplier = own;
		CHECK(!clk_builder_has_our_table(rebuilt));
		unit_free_all();
	}
}

int
main(void)
{
	new_hashes();
	unions_obey_the_laws();
	paths_to_a_set_are_equal();
	precision_goes_up_only_for_tokens();
	tokens_survive_the_code();
	blocks_are_small();
	chosen_hashes_do_no_harm();
	tables_of_others_are_rebuilt();
	return unit_report();
}
