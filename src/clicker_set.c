/*-------------------------------------------------------------------------
 *
 * clicker_set.c
 *	  The SQL type clicker_set: its two forms, input and output, precision.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xlog.h"
#include "catalog/pg_type.h"
#include "common/base64.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "clicker_set.h"
#include "errors.h"

CLK_FUNCTION(clicker_set_in);
CLK_FUNCTION(clicker_set_out);
CLK_FUNCTION(clicker_set_recv);
CLK_FUNCTION(clicker_set_send);
CLK_FUNCTION(clicker_set_typmod_in);
CLK_FUNCTION(clicker_set_typmod_out);
CLK_FUNCTION(clicker_set_to_precision);
CLK_FUNCTION(clicker_set_from_bytea);
CLK_FUNCTION(clicker_set_to_bytea);

/* The text form is this and then base64 of the canonical bytes */
#define TEXT_PREFIX "cs1:"
#define TEXT_PREFIX_LENGTH (sizeof(TEXT_PREFIX) - 1)

/* How many of the bytes that are refused a message shows */
#define BYTES_SHOWN 16

/* base64 of the registers at the highest precision, and then some */
#define LONGEST_TEXT ((size_t) 2 << CLK_PRECISION_MAX)

void *
clk_palloc(size_t size)
{
	return palloc(size);
}

Datum
clk_set_builder_datum(clk_set_builder *set)
{
	SET_VARSIZE(set, clk_builder_size(set));
	return PointerGetDatum(set);
}

Datum
clk_canonical_set_datum(clk_set_builder *set)
{
	struct varlena *value = palloc(VARHDRSZ + clk_stored_bound(set));
	size_t		length = clk_stored_encode(set, (uint8 *) VARDATA(value),
										   clk_palloc);

	SET_VARSIZE(value, VARHDRSZ + length);
	return PointerGetDatum(value);
}

/*
 * Refuse a stored set that cannot be read: XX001, as values were checked on
 * their way in, so that the storage must be damaged.
 */
pg_noreturn static void
damaged_set_error(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored %s is damaged", "clicker_set")));
}

/*
 * A value that is a builder, aligned, copied if need be.  It may come from a table,
 * so it is looked at as a whole: nobody has checked it on its way in.
 */
static const clk_set_builder *
read_builder(const struct varlena *value)
{
	Size		length = VARSIZE_ANY_EXHDR(value);
	clk_set_builder *copy;
	uint32		count;

	if (!VARATT_IS_SHORT(value) && clk_is_aligned(value))
		copy = (clk_set_builder *) value;
	else
	{
		copy = palloc(VARHDRSZ + length);
		memcpy((char *) copy + VARHDRSZ, VARDATA_ANY(value), length);
		SET_VARSIZE(copy, VARHDRSZ + length);
	}
	if (!clk_builder_is_valid(copy, VARHDRSZ + length) || !clk_builder_is_whole(copy))
		damaged_set_error();
	if (clk_builder_has_our_table(copy))
		return copy;
	count = copy->count;
	copy = clk_builder_rebuild(copy, clk_palloc);
	if (copy->count != count)
		damaged_set_error();
	return copy;
}

static clk_set_builder *
copy_builder(const clk_set_builder *set)
{
	Size		size = clk_builder_size(set);

	return memcpy(palloc(size), set, size);
}

void
clk_clicker_set_unite(clk_set_builder **set, const struct varlena *value)
{
	clk_stored_set stored;
	const clk_set_builder *builder;

	if (clk_stored_open((const uint8 *) VARDATA_ANY(value),
						VARSIZE_ANY_EXHDR(value), &stored))
	{
		if (!clk_stored_merge_into(set, &stored, clk_palloc))
			damaged_set_error();
		return;
	}
	builder = read_builder(value);
	if (*set != NULL)
		*set = clk_builder_merge(*set, builder, clk_palloc);
	else
		*set = copy_builder(builder);
}

clk_set_builder *
clk_clicker_set_read(const struct varlena *value)
{
	clk_stored_set stored;
	clk_set_builder *set = NULL;

	if (!clk_stored_open((const uint8 *) VARDATA_ANY(value),
						 VARSIZE_ANY_EXHDR(value), &stored))
	{
		const clk_set_builder *builder = read_builder(value);

		/* hashes that it has put down go into the registers of a copy */
		if (clk_builder_has_registers(builder) && builder->count > 0)
			return copy_builder(builder);
		return (clk_set_builder *) builder;
	}
	if (!clk_stored_merge_into(&set, &stored, clk_palloc))
		damaged_set_error();
	return set;
}

void
clk_clicker_set_init(void)
{
	uint64		secret;

	/* all processes of a server have this one in common */
	memcpy(&secret, GetMockAuthenticationNonce(), sizeof(secret));
	clk_token_multiplier = secret | 1;
}

static bool
is_canonical(const struct varlena *value)
{
	clk_stored_set stored;

	return clk_stored_open((const uint8 *) VARDATA_ANY(value),
						   VARSIZE_ANY_EXHDR(value), &stored);
}

void
clk_clicker_set_check(const struct varlena *value)
{
	if (!is_canonical(value))
		(void) read_builder(value);
}

/*
 * To encode takes more memory than its result, and comparisons are made by the
 * thousand before anybody frees what they leave.
 */
clk_canonical_set
clk_clicker_set_canonical(const struct varlena *value)
{
	clk_canonical_set canonical;

	canonical.copy = NULL;
	if (!is_canonical(value))
	{
		MemoryContext old_context = CurrentMemoryContext;
		MemoryContext context = AllocSetContextCreate(old_context,
													  "clicker_set encoding",
													  ALLOCSET_DEFAULT_SIZES);
		struct varlena *encoded;

		MemoryContextSwitchTo(context);
		encoded = (struct varlena *)
			DatumGetPointer(clk_canonical_set_datum(clk_clicker_set_read(value)));
		MemoryContextSwitchTo(old_context);
		canonical.copy = palloc(VARSIZE(encoded));
		value = memcpy(canonical.copy, encoded, VARSIZE(encoded));
		MemoryContextDelete(context);
	}
	canonical.bytes = (const uint8 *) VARDATA_ANY(value);
	canonical.length = VARSIZE_ANY_EXHDR(value);
	return canonical;
}

struct varlena *
clk_clicker_set_canonical_value(struct varlena *value)
{
	clk_canonical_set canonical = clk_clicker_set_canonical(value);

	return canonical.copy != NULL ? canonical.copy : value;
}

void
clk_check_precision(int precision)
{
	if (precision < CLK_PRECISION_MIN || precision > CLK_PRECISION_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("precision of a %s must be between %d and %d, not %d",
						"clicker_set", CLK_PRECISION_MIN, CLK_PRECISION_MAX,
						precision)));
}

/*
 * A value in canonical form at the precision of a type modifier, -1 for any.
 * That it cannot be raised is an error for "escontext", as of an input function.
 */
static Datum
apply_precision(struct varlena *value, int32 typmod, Node *escontext)
{
	clk_set_builder *set = NULL;
	clk_set_builder *result;

	value = clk_clicker_set_canonical_value(value);
	if (typmod == -1)
		return PointerGetDatum(value);
	clk_check_precision(typmod);
	if (CLK_SIGNATURE_PRECISION(((const uint8 *) VARDATA_ANY(value))[1]) == typmod)
		return PointerGetDatum(value);

	clk_clicker_set_unite(&set, value);
	result = clk_builder_set_precision(set, typmod, clk_palloc);
	if (result == NULL)
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot raise the precision of a %s from %d to %d",
						"clicker_set", clk_builder_precision(set), typmod),
				 errhint("Build it again from the clickers' ids with precision %d.",
						 typmod)));
	return clk_canonical_set_datum(result);
}

/* Canonical bytes as a value; NULL if they are not canonical. */
static struct varlena *
value_from_bytes(const void *bytes, Size length)
{
	struct varlena *value;

	if (!clk_stored_is_canonical(bytes, length, clk_palloc))
		return NULL;
	value = palloc(VARHDRSZ + length);
	SET_VARSIZE(value, VARHDRSZ + length);
	memcpy(VARDATA(value), bytes, length);
	return value;
}

/* The text form of a canonical set. */
static char *
text_from_set(clk_canonical_set set)
{
	int			room = pg_b64_enc_len((int) set.length) + 1;
	char	   *text = palloc(TEXT_PREFIX_LENGTH + room);
	int			length;

	memcpy(text, TEXT_PREFIX, TEXT_PREFIX_LENGTH);
	length = pg_b64_encode((const void *) set.bytes, (int) set.length,
						   text + TEXT_PREFIX_LENGTH, room);
	text[TEXT_PREFIX_LENGTH + length] = '\0';
	return text;
}

/* What was written as this text; NULL if text_from_set() did not write it. */
static struct varlena *
value_from_text(const char *text)
{
	Size		length = strlen(text);
	int			decoded;
	void	   *bytes;
	struct varlena *value;

	if (strncmp(text, TEXT_PREFIX, TEXT_PREFIX_LENGTH) != 0)
		return NULL;
	length -= TEXT_PREFIX_LENGTH;
	if (length > LONGEST_TEXT)
		return NULL;
	decoded = pg_b64_dec_len((int) length);
	bytes = palloc(decoded);
	decoded = pg_b64_decode(text + TEXT_PREFIX_LENGTH, (int) length, bytes,
							decoded);
	if (decoded < 0)
		return NULL;
	value = value_from_bytes(bytes, decoded);
	if (value == NULL ||
		strcmp(text_from_set(clk_clicker_set_canonical(value)), text) != 0)
		return NULL;
	return value;
}

/*
 * clicker_set_in(cstring, oid, integer)
 */
Datum
clicker_set_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct varlena *value = value_from_text(text);

	if (value == NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						"clicker_set", clk_shown(pstrdup(text)))));
	return apply_precision(value, PG_GETARG_INT32(2), fcinfo->context);
}

/*
 * clicker_set_out(clicker_set)
 */
Datum
clicker_set_out(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);

	PG_RETURN_CSTRING(text_from_set(clk_clicker_set_canonical(value)));
}

/* Canonical bytes from outside as a value; an error if they are not that. */
static struct varlena *
check_bytes(const void *bytes, Size length)
{
	struct varlena *value = value_from_bytes(bytes, length);

	if (value == NULL)
	{
		Size		nshown = Min(length, BYTES_SHOWN);
		char		shown[2 * BYTES_SHOWN + 1];

		shown[hex_encode(bytes, nshown, shown)] = '\0';
		clk_invalid_binary_error("clicker_set",
								 psprintf("These %zu bytes, \\x%s%s, are not the canonical form of any set.",
										  length, shown, nshown < length ? "..." : ""));
	}
	return value;
}

/*
 * clicker_set_recv(internal, oid, integer)
 */
Datum
clicker_set_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			length = message->len - message->cursor;
	const char *bytes = pq_getmsgbytes(message, length);

	return apply_precision(check_bytes(bytes, length), PG_GETARG_INT32(2),
						   NULL);
}

/*
 * clicker_set_send(clicker_set): the canonical form
 */
Datum
clicker_set_send(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);
	clk_canonical_set set = clk_clicker_set_canonical(value);

	PG_RETURN_BYTEA_P(cstring_to_text_with_len((const char *) set.bytes,
											   (int) set.length));
}

/*
 * clicker_set_to_bytea(clicker_set): the canonical form
 */
Datum
clicker_set_to_bytea(PG_FUNCTION_ARGS)
{
	return clicker_set_send(fcinfo);
}

/*
 * clicker_set_from_bytea(bytea): an error if that is not canonical
 */
Datum
clicker_set_from_bytea(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);

	PG_RETURN_POINTER(check_bytes(VARDATA_ANY(bytes),
								  VARSIZE_ANY_EXHDR(bytes)));
}

/*
 * clicker_set_typmod_in(cstring[]): the precision
 */
Datum
clicker_set_typmod_in(PG_FUNCTION_ARGS)
{
	int			n;
	int32	   *modifiers = ArrayGetIntegerTypmods(PG_GETARG_ARRAYTYPE_P(0), &n);

	if (n != 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("type %s takes one modifier, its precision",
						"clicker_set")));
	clk_check_precision(modifiers[0]);
	PG_RETURN_INT32(modifiers[0]);
}

/*
 * clicker_set_typmod_out(integer)
 */
Datum
clicker_set_typmod_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(psprintf("(%d)", PG_GETARG_INT32(0)));
}

/*
 * clicker_set_to_precision(clicker_set, precision integer, explicit boolean)
 *
 * What a cast to clicker_set(precision) calls.
 */
Datum
clicker_set_to_precision(PG_FUNCTION_ARGS)
{
	return apply_precision(PG_GETARG_VARLENA_P(0), PG_GETARG_INT32(1), NULL);
}
