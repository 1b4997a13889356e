/*-------------------------------------------------------------------------
 *
 * click_counts.h
 *	  The SQL composite click_counts, taken apart and put together.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_CLICK_COUNTS_H
#define CLK_CLICK_COUNTS_H

#include "access/htup_details.h"

#include "click_type.h"
#include "compat.h"
#include "result_row.h"

/* How many clicks of each type; clicks[i] is set only where bit i is */
typedef struct clk_click_counts
{
	uint32		reported;
	int64		clicks[CLK_CLICK_TYPES];
} clk_click_counts;

StaticAssertDecl(CLK_CLICK_TYPES <= 24, "the fields present must fit 3 bytes");

/* The fields of the row type, as the extension has created it */
extern const clk_row_shape clk_click_counts_shape;

/* One member of a tuple header that may lie at any address. */
#define CLK_READ_HEADER(tuple, member, to) \
	memcpy(to, (tuple) + offsetof(HeapTupleHeaderData, member), sizeof(*(to)))

/* The fields of a value whose type has been altered, as if it had not been. */
extern const char *clk_click_counts_rearrange(const clk_row_layout *layout,
											  const struct varlena *stored,
											  uint32 *reported);

/*
 * Find the fields of a click_counts datum in place, however it is stored: those
 * reported, in order, one behind the other, each to be read with
 * clk_click_field().
 */
static inline const char *
clk_click_counts_open(FunctionCallInfo fcinfo, Datum datum, uint32 *reported)
{
	struct varlena *stored = (struct varlena *) DatumGetPointer(datum);
	const clk_row_layout *layout;
	const char *tuple;
	Oid			row_type;
	uint16		infomask2;
	uint16		infomask;
	uint8		header_size;
	int			natts;

	if (unlikely(VARATT_IS_EXTERNAL(stored) || VARATT_IS_COMPRESSED(stored)))
		stored = pg_detoast_datum(stored);

	/* where the header would begin if its length word had four bytes */
	tuple = VARDATA_ANY(stored) - VARHDRSZ;

	CLK_READ_HEADER(tuple, t_choice.t_datum.datum_typeid, &row_type);
	layout = clk_row_layout_of(fcinfo, &clk_click_counts_shape, row_type);
	if (unlikely(!layout->plain))
		return clk_click_counts_rearrange(layout, stored, reported);

	CLK_READ_HEADER(tuple, t_infomask2, &infomask2);
	CLK_READ_HEADER(tuple, t_infomask, &infomask);
	CLK_READ_HEADER(tuple, t_hoff, &header_size);

	/* a value stored by an older version may have fewer fields */
	natts = Min(infomask2 & HEAP_NATTS_MASK, CLK_CLICK_TYPES);
	*reported = (((uint32) 1) << natts) - 1;
	if (infomask & HEAP_HASNULL)
	{
		const uint8 *bits = (const uint8 *) tuple + SizeofHeapTupleHeader;

		for (int byte = 0; byte < 3; byte++)
			if (byte * 8 < natts)
				*reported &= ~((uint32) (uint8) ~bits[byte] << (byte * 8));
	}
	return tuple + header_size;
}

static inline int64
clk_click_field(const char *field)
{
	int64		clicks;

	memcpy(&clicks, field, sizeof(clicks));
	return clicks;
}

/* Read a click_counts datum. */
extern void clk_click_counts_read(FunctionCallInfo fcinfo, Datum datum,
								  clk_click_counts *counts);

/*
 * Clicks (All) of one row: the sum of the counted types.  False, and no total,
 * if no counted type was reported.
 */
extern bool clk_click_counts_total(const clk_click_counts *counts,
								   int128 *total);

/*
 * Build a datum of the composite type that the SQL function being called
 * returns, which must be click_counts.
 */
extern Datum clk_click_counts_make(FunctionCallInfo fcinfo,
								   const clk_click_counts *counts);

/*
 * Clicks of one type given as numeric; an error that names the type if they are
 * not finite, 22003, not whole, 22023, or do not fit bigint, 22003.
 */
extern int64 clk_clicks_from_number(clk_click_type type, Datum number);

/* Clicks of one type as bigint; an error if they do not fit: 22003 */
extern int64 clk_clicks_as_bigint(clk_click_type type, int128 clicks);

#endif							/* CLK_CLICK_COUNTS_H */
