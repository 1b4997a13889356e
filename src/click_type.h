/*-------------------------------------------------------------------------
 *
 * click_type.h
 *	  The kinds of click, in the order of the SQL enum click_type and of the
 *	  fields of the SQL composite click_counts.
 *
 * The counted types are a disjoint partition: their sum is Clicks (All).  The
 * rest are memo types, "of which" figures that are never added.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CLK_CLICK_TYPE_H
#define CLK_CLICK_TYPE_H

typedef enum clk_click_type
{
	CLK_LINK,
	CLK_SEE_MORE,
	CLK_PHOTO,
	CLK_PAGE,
	CLK_CTA,
	CLK_VIDEO,
	CLK_REACTION,
	CLK_COMMENT,
	CLK_SHARE,
	CLK_PAGE_LIKE,
	CLK_OTHER,
	CLK_PHONE,
	CLK_DIRECTIONS,
	CLK_MESSAGE,
	CLK_LEAD_FORM,
	CLK_APP_STORE,
	CLK_IX_OPEN,
	CLK_IX_START,
	CLK_IX_OUTBOUND,
	CLK_OUTBOUND
} clk_click_type;

#define CLK_CLICK_TYPES (CLK_OUTBOUND + 1)

/* The counted types, a bit each, wherever they stand in the list */
#define CLK_COUNTED_MASK ((uint32) (1 << CLK_LINK | 1 << CLK_SEE_MORE | 1 << CLK_PHOTO | 1 << CLK_PAGE | \
	1 << CLK_CTA | 1 << CLK_VIDEO | 1 << CLK_REACTION | 1 << CLK_COMMENT | 1 << CLK_SHARE | \
	1 << CLK_PAGE_LIKE | 1 << CLK_OTHER))

/* Is this type part of Clicks (All)? */
static inline bool
clk_click_type_is_counted(clk_click_type type)
{
	return (CLK_COUNTED_MASK >> type & 1) != 0;
}

/* Labels of the enum, indexed by clk_click_type */
extern const char *const clk_click_type_labels[CLK_CLICK_TYPES];

/* The type that a value of the SQL enum click_type stands for. */
extern clk_click_type clk_click_type_from_oid(Oid enum_value);

/* The value of the SQL enum "enum_type" that stands for a type. */
extern Datum clk_click_type_datum(Oid enum_type, clk_click_type type);

#endif							/* CLK_CLICK_TYPE_H */
