/*-------------------------------------------------------------------------
 *
 * stored_set_test.c
 *	  The stored form of version 1, which must never change: golden bytes, and
 *	  the refusal of everything else.
 *
 * The bytes are the same on big-endian machines; run it there too:
 *	  s390x-linux-gnu-gcc -static -Isrc -o t test/unit/stored_set_test.c \
 *		src/sketch/[a-z]*.c -lm && qemu-s390x ./t
 *
 *-------------------------------------------------------------------------
 */
#include "clicker_key.h"
#include "sketch/register_codec.h"
#include "sketch/stored_set.h"
#include "unit.h"

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

/* The integers 1 .. n */
static clk_set_builder *
integers(int precision, int64_t n)
{
	clk_set_builder *set = clk_builder_create(precision, 0, unit_allocate);

	for (int64_t i = 1; i <= n; i++)
		set = clk_builder_add(set, clk_clicker_hash_integer(i), unit_allocate);
	return set;
}

static bool
has_hex(set_image set, const char *expected)
{
	char	   *hex = unit_allocate(2 * set.length + 1);

	for (size_t i = 0; i < set.length; i++)
		sprintf(hex + 2 * i, "%02x", set.bytes[i]);
	if (strcmp(hex, expected) == 0)
		return true;
	fprintf(stderr, "got %s\n", hex);
	return false;
}

/* FNV-1a of the bytes, where there are too many to spell them out */
static bool
has_digest(set_image set, size_t length, uint64_t expected)
{
	uint64_t	digest = UINT64_C(0xCBF29CE484222325);

	for (size_t i = 0; i < set.length; i++)
		digest = (digest ^ set.bytes[i]) * UINT64_C(0x100000001B3);
	if (set.length == length && digest == expected)
		return true;
	fprintf(stderr, "got %zu, 0x%016llX\n", set.length,
			(unsigned long long) digest);
	return false;
}

static bool
is_canonical(set_image set)
{
	return clk_stored_is_canonical(set.bytes, set.length, unit_allocate);
}

static void
hashes_never_change(void)
{
	CHECK(clk_clicker_hash_integer(0) ==
		  UINT64_C(0x9CA066F1A4AB2EEA));
	CHECK(clk_clicker_hash_integer(1) ==
		  UINT64_C(0x25B775FAECA8F520));
	CHECK(clk_clicker_hash_integer(-1) ==
		  UINT64_C(0x3CD617BBBCC39640));
	CHECK(clk_clicker_hash_bytes("", 0) ==
		  UINT64_C(0x2D06800538D394C2));
	CHECK(clk_clicker_hash_bytes("42", 2) ==
		  UINT64_C(0x1217CB28C0EF2191));
}

static void
tokens_never_change(void)
{
	clk_set_builder *edges = clk_builder_create(16, 0, unit_allocate);

	CHECK(has_hex(image_of(integers(13, 0)), "c11500"));
	CHECK(has_hex(image_of(integers(8, 1)), "c11001b3ebd7dd9600"));
	CHECK(has_hex(image_of(integers(13, 5)),
				  "c1150566d7afbb2d28de7b422a27fb76803ac7d52da3f932158c445d"
				  "01"));
	CHECK(has_hex(image_of(integers(16, 24)),
				  "c118182b81fa7683d90157afe39e3145619e6717f8e391da2b396f74"
				  "e8916670ae0d681546506c358e8ff2ee77a119587ae3ae96fcb503ad"
				  "aacd940538faffce4b544a7a9e7752442deeec15a627f033c84ceee4"
				  "dbfe94f8ea99b26a785ba4e3988610b496f2928fea2d560b997f871b"
				  "c9900a46a2ae00"));
	edges = clk_builder_add(edges, 0, unit_allocate);
	edges = clk_builder_add(edges, 1, unit_allocate);
	edges = clk_builder_add(edges, UINT64_MAX, unit_allocate);
	CHECK(has_hex(image_of(edges),
				  "c1180301000001000000800000000100000000fcffffffff03"));
	CHECK(has_digest(image_of(integers(13, 768)), 3261,
					 UINT64_C(0xF147E315083C7689)));
	CHECK(has_digest(image_of(integers(16, 6144)), 23737,
					 UINT64_C(0x9153B2DE0F479F9B)));
	unit_free_all();
}

static void
codes_never_change(void)
{
	CHECK(has_hex(image_of(integers(8, 25)),
				  "c12000000a000a0009000100080006020ce00000c01c200020043000"
				  "000000400000180010300000000000861402e0b700"));
	CHECK(has_hex(image_of(integers(8, 1000)),
				  "c1202f001e0021002100a1e3286b10f30ad795f146885c986005dd16"
				  "cc2c9358d5d29e7371689c1847de8fb2568cfedbda8e00afc6e2851d"
				  "c6a3bd7098fee68d23accf93304cd3a200078a814a2f5b03faa32d74"
				  "df4ad999af94531c7de8694cfed5b0ce5b47a1b38712b0d114cb294d"
				  "9a1a917ed510abea409e5124c52282ba6399d6cfbbc6a8490a"));
	CHECK(has_digest(image_of(integers(9, 100)), 101,
					 UINT64_C(0x569026E6109428E4)));
	CHECK(has_digest(image_of(integers(10, 2000)), 481,
					 UINT64_C(0x03EC24AB8B2C835B)));
	CHECK(has_digest(image_of(integers(11, 5000)), 982,
					 UINT64_C(0x22803EE21E49DDAF)));
	CHECK(has_digest(image_of(integers(12, 100000)), 2093,
					 UINT64_C(0x643EF4E0BDD54B67)));
	CHECK(has_digest(image_of(integers(13, 769)), 1236,
					 UINT64_C(0x27B4BDA9C26EE18B)));
	CHECK(has_digest(image_of(integers(13, 100000)), 4179,
					 UINT64_C(0x8B3B64D9BB7548C0)));
	CHECK(has_digest(image_of(integers(14, 300000)), 8245,
					 UINT64_C(0xC02D37677DB91270)));
	CHECK(has_digest(image_of(integers(15, 20000)), 9251,
					 UINT64_C(0x6803AE4AFE78E68E)));
	CHECK(has_digest(image_of(integers(16, 1000000)), 32888,
					 UINT64_C(0x2E2FDDB411E5366B)));
	unit_free_all();
}

/* Every phase of the code, also those that real sets take long to reach. */
static void
all_phases_never_change(void)
{
	uint64_t	digest = 0;
	uint8_t    *decoded = unit_allocate(512);

	for (int octave = 0; octave < 55; octave++)
	{
		clk_set_builder *set = clk_builder_create_registers(9, unit_allocate);
		uint8_t    *registers = clk_builder_registers(set);
		uint8_t		bytes[1024];
		size_t		length;

		/* as if 2^octave times as many had come: all low levels were seen */
		unit_seed = (uint64_t) octave;
		for (int i = 0; i < 512 * 8; i++)
		{
			uint64_t	hash = unit_random();

			clk_ull_insert(registers, 9,
						   hash >> 55 << 55 | (hash << 9 >> 9 >> octave));
		}
		for (uint64_t i = 0; i < 512 * (uint64_t) octave; i++)
			clk_ull_insert(registers, 9, i % 512 << 55 |
						   UINT64_C(1) << (54 - i / 512));
		length = clk_registers_encode(registers, 9, bytes);
		CHECK(length > 0 && length < 300);
		CHECK(clk_registers_decode(bytes, length, 9, decoded));
		CHECK(memcmp(decoded, registers, 512) == 0);
		for (size_t i = 0; i < length; i++)
			digest = (digest ^ bytes[i]) * UINT64_C(0x100000001B3);
	}
	CHECK(digest == UINT64_C(0x5DCF52878014C216));
	unit_free_all();
}

/* Registers that no Huffman code shrinks are stored as they are. */
static void
incompressible_registers_are_stored_as_they_are(void)
{
	clk_set_builder *set = clk_builder_create_registers(8, unit_allocate);
	set_image	stored;

	unit_seed = 1;
	for (int i = 0; i < 256; i++)
		clk_builder_registers(set)[i] = (uint8_t) (12 + unit_random_below(216));
	stored = image_of(set);
	CHECK(stored.length == 2 + 256 && stored.bytes[1] == 0x30);
	CHECK(is_canonical(stored));

	/* but only those */
	set = integers(8, 1000);
	stored.bytes[1] = 0x30;
	clk_builder_flush(set);
	memcpy(stored.bytes + 2, clk_builder_registers(set), 256);
	CHECK(!is_canonical(stored));

	/* and not those that cannot be */
	clk_builder_registers(set)[17] = 5;
	CHECK(!is_canonical(image_of(set)));
	clk_builder_registers(set)[17] = 4 * (65 - 8) + 4;
	CHECK(!is_canonical(image_of(set)));
	clk_builder_registers(set)[17] = 4 * (65 - 8) + 3;
	CHECK(is_canonical(image_of(set)));
	unit_free_all();
}

static void
the_empty_set_has_one_form(void)
{
	for (int precision = CLK_PRECISION_MIN; precision <= CLK_PRECISION_MAX;
		 precision++)
	{
		CHECK(is_canonical(image_of(integers(precision, 0))));
		CHECK(!is_canonical(image_of(clk_builder_create_registers(precision,
																  unit_allocate))));
	}
	unit_free_all();
}

static void
headers_are_checked(void)
{
	set_image	set = image_of(integers(13, 5));

	CHECK(is_canonical(set));
	for (int byte = 0; byte < 2; byte++)
	{
		uint8_t		right = set.bytes[byte];

		for (int wrong = 0; wrong < 256; wrong++)
		{
			set.bytes[byte] = (uint8_t) wrong;
			/* few tokens are fine at any precision */
			CHECK(is_canonical(set) == (wrong == right ||
										(byte == 1 && wrong >> 4 == 1 &&
										 (wrong & 15) <= 8)));
		}
		set.bytes[byte] = right;
	}
	for (size_t length = 0; length < set.length; length++)
		CHECK(!clk_stored_is_canonical(set.bytes, length, unit_allocate));

	/* too many tokens for the precision */
	set = image_of(integers(9, 48));
	CHECK(set.bytes[1] == 0x11 && is_canonical(set));
	set.bytes[1] = 0x10;
	CHECK(!is_canonical(set));
	unit_free_all();
}

int
main(void)
{
	hashes_never_change();
	tokens_never_change();
	codes_never_change();
	all_phases_never_change();
	incompressible_registers_are_stored_as_they_are();
	the_empty_set_has_one_form();
	headers_are_checked();
	return unit_report();
}
