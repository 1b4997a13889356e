/*-------------------------------------------------------------------------
 *
 * register_codec.c
 *	  Registers as four interleaved streams of Huffman codes.
 *
 *-------------------------------------------------------------------------
 */
#include "register_codec.h"

#include "bit_writer.h"
#include "code_lengths.h"

#define STREAMS 4
#define HEADER_BYTES (2 + 2 * (STREAMS - 1))
#define ESCAPED_BITS 8

/* Eight phases an octave; the first octave starts at 2^-4 */
#define OCTAVE_PHASES 8
#define EXPLICIT_PHASES (10 * OCTAVE_PHASES)
#define PHASE_MAX (68 * OCTAVE_PHASES - 1)

/* After them, symbols stand for values from this on, and 4 more each octave */
#define SHARED_BASE 12

/* What decides which symbol comes first */
#define FIRST_MASK ((1 << CLK_CODE_LENGTH_MAX) - 1)

/*
 * What the next DECODE_BITS bits begin with: how many bits in the lowest byte,
 * how many symbols in the highest, and up to six symbols in between.  No
 * symbol means that it takes a closer look: an escape, or a longer code.
 */
typedef uint64_t decode_entry;

#define DECODE_BITS 11
#define DECODE_MASK ((1 << DECODE_BITS) - 1)
#define DECODE_SYMBOLS 6

#define ENTRY_BITS(entry) ((entry) & 63)
#define ENTRY_SYMBOLS(entry) ((entry) >> 8)
#define ENTRY_COUNT(entry) ((entry) >> 56)

/* One code of code_lengths.c, made ready when it is first needed */
typedef struct code_book
{
	bool		ready;
	uint16_t	codes[CLK_CODE_SYMBOLS];	/* first bit lowest */
	uint8_t		first[FIRST_MASK + 1];
	decode_entry entries[DECODE_MASK + 1];
} code_book;

static code_book books[CLK_CODES];

/* Which code serves a phase, and what to add to its symbols. */
static int
phase_code(int phase, int *base)
{
	if (phase < EXPLICIT_PHASES)
	{
		*base = 0;
		return phase;
	}
	phase -= EXPLICIT_PHASES;
	*base = SHARED_BASE + 4 * (phase / OCTAVE_PHASES);
	return EXPLICIT_PHASES + phase % OCTAVE_PHASES;
}

/* The symbol of a register's value. */
static inline int
value_symbol(const uint8_t *lengths, int value, int base)
{
	int			symbol = value - base;

	if (symbol < 0 || symbol >= CLK_CODE_ESCAPE || lengths[symbol] == 0)
		return CLK_CODE_ESCAPE;
	return symbol;
}

/* Canonical codes: in order of length, then of symbol. */
static void
assign_codes(code_book *book, const uint8_t *lengths)
{
	unsigned	code = 0;

	for (int length = 1; length <= CLK_CODE_LENGTH_MAX; length++)
	{
		for (int symbol = 0; symbol < CLK_CODE_SYMBOLS; symbol++)
		{
			unsigned	reversed = 0;

			if (lengths[symbol] != length)
				continue;
			for (int bit = 0; bit < length; bit++)
				reversed |= (code >> bit & 1) << (length - 1 - bit);
			book->codes[symbol] = (uint16_t) reversed;
			code++;
		}
		code <<= 1;
	}
}

static void
fill_tables(code_book *book, const uint8_t *lengths)
{
	for (int symbol = 0; symbol < CLK_CODE_SYMBOLS; symbol++)
	{
		if (lengths[symbol] == 0)
			continue;
		for (int bits = book->codes[symbol]; bits <= FIRST_MASK;
			 bits += 1 << lengths[symbol])
			book->first[bits] = (uint8_t) symbol;
	}
	for (int bits = 0; bits <= DECODE_MASK; bits++)
	{
		decode_entry entry = 0;
		unsigned	used = 0;
		unsigned	count = 0;

		while (count < DECODE_SYMBOLS)
		{
			int			symbol = book->first[bits >> used];

			if (symbol == CLK_CODE_ESCAPE ||
				used + lengths[symbol] > DECODE_BITS)
				break;
			entry |= (decode_entry) symbol << 8 * (count + 1);
			used += lengths[symbol];
			count++;
		}
		book->entries[bits] = entry | used | (decode_entry) count << 56;
	}
}

static const code_book *
get_book(int code)
{
	code_book  *book = &books[code];

	if (CLK_UNLIKELY(!book->ready))
	{
		assign_codes(book, clk_code_lengths[code]);
		fill_tables(book, clk_code_lengths[code]);
		book->ready = true;
	}
	return book;
}

/*
 * The phase that needs the fewest bits, the first of equals, among the octaves
 * around the registers' median.
 */
static int
choose_phase(const uint32_t histogram[CLK_REGISTER_VALUES], size_t size)
{
	uint8_t		values[CLK_REGISTER_VALUES];
	int			nvalues = 0;
	size_t		below = 0;
	int			median = 0;
	int			phase;
	int			phase_end;
	int			best = 0;
	uint64_t	best_bits = UINT64_MAX;

	while ((below += histogram[median]) * 2 < size)
		median++;
	median >>= 2;
	for (int value = 0; value < CLK_REGISTER_VALUES; value++)
	{
		if (histogram[value] != 0)
			values[nvalues++] = (uint8_t) value;
	}

	/* log2 of the rate is about median - 1 */
	phase = OCTAVE_PHASES * (median <= 1 ? 0 : median + 1);
	phase_end = OCTAVE_PHASES * (median + 5);
	for (; phase < phase_end; phase++)
	{
		int			base;
		const uint8_t *lengths = clk_code_lengths[phase_code(phase, &base)];
		uint64_t	bits = 0;

		for (int i = 0; i < nvalues; i++)
		{
			int			symbol = value_symbol(lengths, values[i], base);

			bits += (uint64_t) histogram[values[i]] *
				(lengths[symbol] +
				 (symbol == CLK_CODE_ESCAPE ? ESCAPED_BITS : 0));
		}
		if (bits < best_bits)
		{
			best_bits = bits;
			best = phase;
		}
	}
	return best;
}

static void
put_uint16(uint8_t *bytes, size_t value)
{
	bytes[0] = (uint8_t) value;
	bytes[1] = (uint8_t) (value >> 8);
}

static size_t
get_uint16(const uint8_t *bytes)
{
	return (size_t) bytes[0] | (size_t) bytes[1] << 8;
}

/* What stands for a register's value, at most 20 bits */
typedef struct value_code
{
	uint32_t	bits;
	uint32_t	length;
} value_code;

static void
make_value_codes(int phase, value_code *values)
{
	int			base;
	int			code = phase_code(phase, &base);
	const uint8_t *lengths = clk_code_lengths[code];
	const code_book *book = get_book(code);

	for (int value = 0; value < CLK_REGISTER_VALUES; value++)
	{
		int			symbol = value_symbol(lengths, value, base);

		values[value].bits = book->codes[symbol];
		values[value].length = lengths[symbol];
		if (symbol == CLK_CODE_ESCAPE)
		{
			values[value].bits |= (uint32_t) value << lengths[symbol];
			values[value].length += ESCAPED_BITS;
		}
	}
}

size_t
clk_registers_encode(const uint8_t *registers, int precision, uint8_t *bytes)
{
	size_t		size = clk_ull_size(precision);
	uint32_t	histogram[CLK_REGISTER_VALUES];
	uint8_t    *next = bytes + HEADER_BYTES;
	value_code	values[CLK_REGISTER_VALUES];
	int			phase;

	clk_ull_histogram(registers, size, histogram);
	phase = choose_phase(histogram, size);
	make_value_codes(phase, values);

	put_uint16(bytes, (size_t) phase);
	for (int stream = 0; stream < STREAMS; stream++)
	{
		clk_bit_writer writer = {next, 0, 0};
		const uint8_t *reg = registers + size / STREAMS * stream;
		const uint8_t *end = reg + size / STREAMS;

		for (; reg < end; reg += 2)
		{
			value_code	one = values[reg[0]];
			value_code	two = values[reg[1]];

			clk_bits_put(&writer, one.bits | (uint64_t) two.bits << one.length,
						 (int) (one.length + two.length));
			if (CLK_UNLIKELY(writer.next >= bytes + size))
				return 0;
		}
		if (stream < STREAMS - 1)
			put_uint16(bytes + 2 + 2 * stream,
					   (size_t) (clk_bits_finish(&writer) - next));
		next = clk_bits_finish(&writer);
	}
	return next < bytes + size ? (size_t) (next - bytes) : 0;
}

/* One stream while it is decoded */
typedef struct stream_reader
{
	size_t		bit;			/* where the next code starts */
	size_t		end;			/* the byte after the stream */
	uint8_t    *next;			/* the register that it is for */
	uint8_t    *last;			/* end of the registers of this stream */
} stream_reader;

/* One register. */
static CLK_INLINE void
take_one(stream_reader *stream, const code_book *book, const uint8_t *lengths,
		 unsigned base, const uint8_t *bytes, size_t length)
{
	uint64_t	word = clk_bits_peek(bytes, length, stream->bit);
	int			symbol = book->first[word & FIRST_MASK];

	stream->bit += lengths[symbol];
	if (symbol == CLK_CODE_ESCAPE)
	{
		*stream->next++ = (uint8_t) (word >> lengths[symbol]);
		stream->bit += ESCAPED_BITS;
	}
	else
		*stream->next++ = (uint8_t) ((unsigned) symbol + base);
}

/* How many registers take_several() may fill or spoil */
#define SEVERAL (LOOKUPS * DECODE_SYMBOLS + 2)
#define LOOKUPS (CLK_PEEK_BITS / DECODE_BITS)

/* As many registers as a word holds, at least one. */
static CLK_INLINE void
take_several(stream_reader *stream, const code_book *book,
			 const uint8_t *lengths, unsigned base, const uint8_t *bytes,
			 size_t length)
{
	uint64_t	word = clk_bits_peek(bytes, length, stream->bit);
	uint64_t	add = base * UINT64_C(0x010101010101);
	uint8_t    *next = stream->next;
	uint64_t	used = 0;

	for (int i = 0; i < LOOKUPS; i++)
	{
		decode_entry entry = book->entries[word & DECODE_MASK];

		if (CLK_UNLIKELY(ENTRY_COUNT(entry) == 0))
		{
			stream->bit += used;
			stream->next = next;
			take_one(stream, book, lengths, base, bytes, length);
			return;
		}
		clk_store64(next, ENTRY_SYMBOLS(entry) + add);
		next += ENTRY_COUNT(entry);
		word >>= ENTRY_BITS(entry);
		used += ENTRY_BITS(entry);
	}
	stream->bit += used;
	stream->next = next;
}

#define HAS_ROOM(stream) ((stream).last - (stream).next >= SEVERAL)

bool
clk_registers_decode(const uint8_t *bytes, size_t length, int precision,
					 uint8_t *registers)
{
	size_t		quarter = clk_ull_size(precision) / STREAMS;
	size_t		at = HEADER_BYTES;
	stream_reader streams[STREAMS];
	stream_reader s0,
				s1,
				s2,
				s3;
	const code_book *book;
	const uint8_t *lengths;
	int			base;
	int			code;

	if (length < HEADER_BYTES || get_uint16(bytes) > PHASE_MAX)
		return false;
	code = phase_code((int) get_uint16(bytes), &base);
	book = get_book(code);
	lengths = clk_code_lengths[code];

	for (int i = 0; i < STREAMS; i++)
	{
		streams[i].bit = 8 * at;
		at = i < STREAMS - 1 ? at + get_uint16(bytes + 2 + 2 * i) : length;
		streams[i].end = at;
		streams[i].next = registers + quarter * i;
		streams[i].last = streams[i].next + quarter;
	}

	/* copies, because the compiler keeps no array in registers */
	s0 = streams[0];
	s1 = streams[1];
	s2 = streams[2];
	s3 = streams[3];
	while (HAS_ROOM(s0) && HAS_ROOM(s1) && HAS_ROOM(s2) && HAS_ROOM(s3))
	{
		take_several(&s0, book, lengths, (unsigned) base, bytes, length);
		take_several(&s1, book, lengths, (unsigned) base, bytes, length);
		take_several(&s2, book, lengths, (unsigned) base, bytes, length);
		take_several(&s3, book, lengths, (unsigned) base, bytes, length);
	}
	streams[0] = s0;
	streams[1] = s1;
	streams[2] = s2;
	streams[3] = s3;

	for (int i = 0; i < STREAMS; i++)
	{
		while (HAS_ROOM(streams[i]))
			take_several(&streams[i], book, lengths, (unsigned) base, bytes, length);
		while (streams[i].next < streams[i].last)
			take_one(&streams[i], book, lengths, (unsigned) base, bytes,
					 length);
		if ((streams[i].bit + 7) / 8 != streams[i].end)
			return false;
	}
	return true;
}
