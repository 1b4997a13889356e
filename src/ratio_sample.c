/*-------------------------------------------------------------------------
 *
 * ratio_sample.c
 *	  The SQL type ratio_sample: text and binary form, its aggregates.
 *
 * It is the state of its aggregates, too, and is changed in place there.  What
 * a sample is, and what it says, is in statistics/ratio_statistics.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "libpq/pqformat.h"
#include "utils/float.h"

#include "aggregate_state.h"
#include "errors.h"
#include "ratio_sample.h"
#include "state_io.h"

CLK_FUNCTION(ratio_sample_in);
CLK_FUNCTION(ratio_sample_out);
CLK_FUNCTION(ratio_sample_recv);
CLK_FUNCTION(ratio_sample_send);
CLK_FUNCTION(ratio_sample_add_block);
CLK_FUNCTION(ratio_sample_add);

/* The shortest decimal that reads back as the number, whatever the settings */
static void
append_double(StringInfo text, double number)
{
	char		digits[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(number, digits);
	appendStringInfo(text, "|%s", digits);
}

static char *
sample_to_text(const clk_ratio_sample *sample)
{
	StringInfoData text;

	initStringInfo(&text);
	clk_state_append_version(&text);
	clk_state_append_number(&text, sample->blocks);
	append_double(&text, sample->x);
	append_double(&text, sample->y);
	append_double(&text, sample->xx);
	append_double(&text, sample->xy);
	append_double(&text, sample->yy);
	return text.data;
}

/* False if there is no '|' and number. */
static bool
parse_double(const char **text, double *number)
{
	char	   *end;

	if (**text != '|')
		return false;
	*number = strtod(*text + 1, &end);
	*text = end;
	return true;
}

/*
 * ratio_sample_in(cstring): 1|blocks|x|y|xx|xy|yy
 *
 * Only what ratio_sample_out() writes is taken: a sample has one text.
 */
Datum
ratio_sample_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	const char *next = text;
	clk_ratio_sample *sample = palloc0_object(clk_ratio_sample);
	int64		blocks;

	if (clk_state_parse_version(&next) &&
		clk_state_parse_int64(&next, &blocks) &&
		parse_double(&next, &sample->x) && parse_double(&next, &sample->y) &&
		parse_double(&next, &sample->xx) && parse_double(&next, &sample->xy) &&
		parse_double(&next, &sample->yy))
	{
		sample->blocks = blocks;
		if (clk_ratio_is_valid(sample) &&
			strcmp(sample_to_text(sample), text) == 0)
			PG_RETURN_POINTER(sample);
	}

	ereturn(fcinfo->context, (Datum) 0,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%.80s%s\"",
					"ratio_sample", text, strlen(text) > 80 ? "..." : "")));
}

/*
 * ratio_sample_out(ratio_sample): what ratio_sample_in() reads
 */
Datum
ratio_sample_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(sample_to_text(clk_getarg_ratio_sample(fcinfo, 0)));
}

/*
 * ratio_sample_recv(internal): a version byte, then the numbers in the order
 * of the text form
 */
Datum
ratio_sample_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	clk_ratio_sample *sample = palloc0_object(clk_ratio_sample);
	int			length = message->len - message->cursor;
	const char *bytes = pq_getmsgbytes(message, length);

	if (length > 0 && bytes[0] != CLK_RATIO_VERSION)
		clk_invalid_binary_error("ratio_sample",
								 psprintf("Version %d of the format is unknown.",
										  (uint8) bytes[0]));
	if (!clk_ratio_decode((const uint8_t *) bytes, length, sample))
		clk_invalid_binary_error("ratio_sample", length != CLK_RATIO_BYTES ?
								 psprintf("The length is %d, not %d.", length, CLK_RATIO_BYTES) :
								 "No blocks have these sums.");
	PG_RETURN_POINTER(sample);
}

/*
 * ratio_sample_send(ratio_sample): what ratio_sample_recv() reads
 */
Datum
ratio_sample_send(PG_FUNCTION_ARGS)
{
	StringInfoData message;
	uint8_t		bytes[CLK_RATIO_BYTES];

	clk_ratio_encode(clk_getarg_ratio_sample(fcinfo, 0), bytes);
	pq_begintypsend(&message);
	pq_sendbytes(&message, (const char *) bytes, sizeof(bytes));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* An error if a number is NaN or infinite: 22003 */
static void
check_finite(const char *name, double number)
{
	if (unlikely(!isfinite(number)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be finite, not %s",
						name, float8out_internal(number))));
}

/*
 * ratio_sample_add_block(ratio_sample, x double precision, y double precision):
 * transition function of ratio_sample_agg()
 *
 * A row without y is no block, nor is one where x and y are 0.  An x that is
 * NULL adds nothing, as in sum(x).
 */
Datum
ratio_sample_add_block(PG_FUNCTION_ARGS)
{
	clk_ratio_sample *sample;
	double		x = PG_ARGISNULL(1) ? 0 : PG_GETARG_FLOAT8(1);
	double		y = PG_ARGISNULL(2) ? 0 : PG_GETARG_FLOAT8(2);

	if (PG_ARGISNULL(2) || (x == 0 && y == 0))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_POINTER(PG_GETARG_POINTER(0));
	}
	check_finite("x", x);
	check_finite("y", y);
	if (unlikely(y == 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a block with y = 0 cannot have x = %s",
						float8out_internal(x)),
				 errhint("Make blocks so large that each has some y: weeks instead of days, for example.")));

	sample = clk_state_for_update(fcinfo, sizeof(*sample));
	if (unlikely(!clk_ratio_add(sample, x, y)))
		clk_out_of_range_error("ratio_sample");
	PG_RETURN_POINTER(sample);
}

/*
 * ratio_sample_add(ratio_sample, ratio_sample): the + operator, the transition
 * of sum(ratio_sample), and the combine function of both aggregates
 */
Datum
ratio_sample_add(PG_FUNCTION_ARGS)
{
	clk_ratio_sample *sample = clk_state_for_update(fcinfo, sizeof(*sample));

	if (!clk_ratio_merge(sample, clk_getarg_ratio_sample(fcinfo, 1)))
		clk_out_of_range_error("ratio_sample");
	PG_RETURN_POINTER(sample);
}
