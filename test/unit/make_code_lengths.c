/*-------------------------------------------------------------------------
 *
 * make_code_lengths.c
 *	  Makes src/sketch/code_lengths.c.
 *
 * cc -O2 -o make_code_lengths test/unit/make_code_lengths.c -lm
 * ./make_code_lengths > src/sketch/code_lengths.c
 *
 * That file is checked in and is part of the stored format of version 1: a
 * different result on another machine would be a different format, so never
 * replace it.  This program tells where its numbers came from.
 *
 * A phase's code is for the geometric middle of its rates.  Registers at rate
 * x (hashes per register) have value 4 * u + flags with probability
 *
 *		q(u) (1 - q(u)) * product over s = 1, 2 of (seen ? 1 - q(u-s) : q(u-s))
 *
 * where q(k) = exp(-x / 2^k) is the probability not to have seen level k and
 * the first factor that of nothing above u.  Codes have at most 12 bits
 * (package-merge); values too rare to be worth one share the escape code.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/sketch/code_lengths.h"

#define CODES CLK_CODES
#define EXPLICIT_CODES 80
#define SYMBOLS CLK_CODE_SYMBOLS
#define ESCAPE CLK_CODE_ESCAPE
#define LENGTH_MAX CLK_CODE_LENGTH_MAX
#define ESCAPED_BITS 8

static double
unseen(double rate, int level)
{
	return exp(-ldexp(rate, -level));
}

static double
probability(double rate, int value)
{
	int			level = value >> 2;
	double		p;

	if (value == 0)
		return exp(-rate);
	if (level == 0 || (level == 1 && value & 3) || (level == 2 && value & 1))
		return 0;
	p = unseen(rate, level) * (1 - unseen(rate, level));
	if (level > 1)
		p *= value & 2 ? 1 - unseen(rate, level - 1) : unseen(rate, level - 1);
	if (level > 2)
		p *= value & 1 ? 1 - unseen(rate, level - 2) : unseen(rate, level - 2);
	return p;
}

/* A package: its weight, and how often each symbol is in it */
typedef struct package
{
	double		weight;
	unsigned char uses[SYMBOLS];
} package;

static int
by_weight(const void *a, const void *b)
{
	double		x = ((const package *) a)->weight;
	double		y = ((const package *) b)->weight;

	return x < y ? -1 : x > y;
}

/* Code lengths for the symbols of positive weight. */
static void
package_merge(const double *weights, int *lengths)
{
	static package singles[SYMBOLS];
	static package level[2 * SYMBOLS];
	int			nsingles = 0;
	int			nlevel = 0;

	memset(singles, 0, sizeof(singles));
	for (int symbol = 0; symbol < SYMBOLS; symbol++)
	{
		if (weights[symbol] <= 0)
			continue;
		singles[nsingles].weight = weights[symbol];
		singles[nsingles++].uses[symbol] = 1;
	}
	for (int round = 0; round < LENGTH_MAX; round++)
	{
		int			npairs = nlevel / 2;

		for (int i = 0; i < npairs; i++)
		{
			package		pair = level[2 * i];

			pair.weight += level[2 * i + 1].weight;
			for (int symbol = 0; symbol < SYMBOLS; symbol++)
				pair.uses[symbol] += level[2 * i + 1].uses[symbol];
			level[i] = pair;
		}
		memcpy(level + npairs, singles, nsingles * sizeof(package));
		nlevel = npairs + nsingles;
		qsort(level, nlevel, sizeof(package), by_weight);
	}
	memset(lengths, 0, SYMBOLS * sizeof(int));
	for (int i = 0; i < 2 * nsingles - 2; i++)
	{
		for (int symbol = 0; symbol < SYMBOLS; symbol++)
			lengths[symbol] += level[i].uses[symbol];
	}
}

/* Bits per register if values rarer than "rare" have no code. */
static double
make_code(double rate, int base, double rare, int *lengths)
{
	double		weights[SYMBOLS] = {0};
	double		covered = 0;
	double		bits = 0;

	for (int symbol = 0; symbol < ESCAPE; symbol++)
	{
		double		p = probability(rate, symbol + base);

		if (p >= rare)
		{
			weights[symbol] = p;
			covered += p;
		}
	}
	weights[ESCAPE] = fmax(1 - covered, 1e-12);
	package_merge(weights, lengths);
	for (int symbol = 0; symbol < SYMBOLS; symbol++)
		bits += weights[symbol] * lengths[symbol];
	return bits + weights[ESCAPE] * ESCAPED_BITS;
}

int
main(void)
{
	puts("/*-------------------------------------------------------------------------\n"
		 " *\n"
		 " * code_lengths.c\n"
		 " *	  Lengths of the Huffman codes of register values: see\n"
		 " *	  register_codec.h, and test/unit/make_code_lengths.c which made them.\n"
		 " *\n"
		 " * Part of the stored format of version 1: never to be changed.\n"
		 " *\n"
		 " *-------------------------------------------------------------------------\n"
		 " */\n"
		 "#include \"code_lengths.h\"\n");
	puts("const uint8_t clk_code_lengths[CLK_CODES][CLK_CODE_SYMBOLS] = {");
	for (int code = 0; code < CODES; code++)
	{
		/* the last eight serve all high rates: made far up there */
		int			octaves = code < EXPLICIT_CODES ? 0 : 10;
		int			base = code < EXPLICIT_CODES ? 0 : 4 * (3 + octaves);
		double		rate = exp2((code + 0.5) / 8 - 4 + octaves);
		int			lengths[SYMBOLS];
		double		best = HUGE_VAL;

		for (int tried = 4; tried <= 30; tried++)
		{
			int			candidate[SYMBOLS];
			double		bits = make_code(rate, base, ldexp(1.0, -tried),
										 candidate);

			if (bits < best)
			{
				best = bits;
				memcpy(lengths, candidate, sizeof(lengths));
			}
		}
		printf("\t{");
		for (int symbol = 0; symbol < SYMBOLS; symbol++)
			printf("%s%d%s", symbol > 0 && symbol % 20 == 0 ? "\n\t" : "",
				   lengths[symbol], symbol == SYMBOLS - 1 ? "" :
				   symbol % 20 == 19 ? "," : ", ");
		printf("}%s\n", code == CODES - 1 ? "" : ",");
		fprintf(stderr, "code %d: %.4f bits\n", code, best);
	}
	puts("};");
	return 0;
}
