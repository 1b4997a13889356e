/*-------------------------------------------------------------------------
 *
 * actions.c
 *	  Meta's "actions" array, as the connectors store it, to click_counts.
 *
 * An element is {"action_type": "link_click", "value": "12", ...}.  The array
 * is not a partition: roll-ups (page_engagement, post_engagement) contain
 * other elements, conversions appear under several names, and attribution
 * windows ("1d_click", ...) overlap each other and "value".  So only the types
 * below are taken, and of them only "value": an element that has windows alone
 * counts nothing.  A type may occur several times, once for each target of the
 * click; those do add up.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/int.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "click_counts.h"
#include "decimal_sum.h"
#include "errors.h"

CLK_FUNCTION(click_counts_from_actions_jsonb);

/*
 * What stands for a type of click.  Not here, though the names suggest it:
 * video_view plays by itself, landing_page_view and click_to_call_* come after
 * a link click, ad_click_mobile_app is about other advertisers' ads.
 */
#define ACTION(name, click_type) {name, sizeof(name) - 1, click_type}

static const struct
{
	const char *action_type;
	int			length;
	clk_click_type click_type;
}			click_actions[] = {

	ACTION("link_click", CLK_LINK),
	ACTION("photo_view", CLK_PHOTO),
	ACTION("post_reaction", CLK_REACTION),
	ACTION("comment", CLK_COMMENT),
	ACTION("post", CLK_SHARE),
	ACTION("like", CLK_PAGE_LIKE),
	ACTION("outbound_click", CLK_OUTBOUND),
	ACTION("instant_experience_clicks_to_open", CLK_IX_OPEN),
	ACTION("instant_experience_clicks_to_start", CLK_IX_START),
	ACTION("instant_experience_outbound_clicks", CLK_IX_OUTBOUND),
};

static char *
json_text(JsonbValue *value)
{
	Jsonb	   *json = JsonbValueToJsonb(value);

	return JsonbToCString(NULL, &json->root, VARSIZE(json));
}

/*
 * Complain about the element at "position", counted from 0 as in SQL.
 * "problem" continues a sentence of which the element is the subject.
 */
pg_noreturn static void
element_error(int position, JsonbValue *element, const char *problem)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("actions[%d] %s", position, problem),
			 errdetail("The element is %s.", clk_shown_context(json_text(element))),
			 errhint("An element looks like {\"action_type\": \"link_click\", \"value\": \"12\"}.")));
}

pg_noreturn static void
count_error(int position, JsonbValue *element, JsonbValue *value)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("actions[%d] has an invalid number of clicks: %s",
					position, clk_shown(json_text(value))),
			 errdetail("The element is %s.", clk_shown_context(json_text(element))),
			 errhint("A number of clicks is whole, not negative and written in plain digits; "
					 "a point before three of them may separate thousands.")));
}

pg_noreturn static void
count_range_error(int position, JsonbValue *element, JsonbValue *value)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("actions[%d] has a number of clicks out of range for type bigint: %s",
					position, clk_shown(json_text(value))),
			 errdetail("The element is %s.", clk_shown_context(json_text(element)))));
}

/* The type of click that an action type, in any case, stands for, or -1. */
static int
click_type_of_action(const JsonbValue *action_type)
{
	for (int i = 0; i < (int) lengthof(click_actions); i++)
		if (click_actions[i].length == action_type->val.string.len &&
			pg_strncasecmp(click_actions[i].action_type,
						   action_type->val.string.val,
						   click_actions[i].length) == 0)
			return click_actions[i].click_type;
	return -1;
}

/* Whether a key is that of an attribution window, such as "7d_click" or "dda". */
static bool
is_attribution_window(const JsonbValue *key)
{
	static const char *const names[] = {
		"dda", "inline", "skan_click", "skan_view"
	};
	const char *name = key->val.string.val;
	int			length = key->val.string.len;
	int			digits = 0;

	for (int i = 0; i < (int) lengthof(names); i++)
		if (length == (int) strlen(names[i]) && memcmp(name, names[i], length) == 0)
			return true;
	while (digits < length && name[digits] >= '0' && name[digits] <= '9')
		digits++;
	return digits > 0 && length > digits + 2 &&
		name[digits] == 'd' && name[digits + 1] == '_';
}

static bool
has_attribution_windows(JsonbContainer *object)
{
	JsonbIterator *iterator = JsonbIteratorInit(object);
	JsonbValue	item;
	JsonbIteratorToken token;

	while ((token = JsonbIteratorNext(&iterator, &item, true)) != WJB_DONE)
		if (token == WJB_KEY && is_attribution_window(&item))
			return true;
	return false;
}

/* A number of clicks given as a JSON number, such as 12 or 12.0 */
static int64
read_numeric(int position, JsonbValue *element, JsonbValue *value)
{
	Datum		number = NumericGetDatum(value->val.numeric);
	clk_decimal_status status;
	clk_decimal decimal;
	int128		count;

	/* JSON has no NaN */
	status = clk_decimal_from_numeric(number, &decimal);
	if (status == CLK_DECIMAL_TOO_WIDE)
	{
		Datum		magnitude = DirectFunctionCall1(numeric_abs, number);
		Datum		whole = DirectFunctionCall1(numeric_floor, magnitude);

		if (DatumGetBool(DirectFunctionCall2(numeric_eq, number, whole)))
			count_range_error(position, element, value);
	}
	if (status != CLK_DECIMAL_OK ||
		!clk_decimal_whole(&decimal, &count) || count < 0)
		count_error(position, element, value);
	if (count > PG_INT64_MAX)
		count_range_error(position, element, value);
	return (int64) count;
}

/*
 * A number of clicks given as a JSON string, such as "12" or "12.0"; but not
 * "12.000", which is twelve thousand to some.
 */
static int64
read_string(int position, JsonbValue *element, JsonbValue *value)
{
	const char *digit = value->val.string.val;
	const char *end = digit + value->val.string.len;
	int64		count = 0;
	bool		in_range = true;

	if (digit == end || *digit < '0' || *digit > '9')
		count_error(position, element, value);
	for (; digit < end && *digit >= '0' && *digit <= '9'; digit++)
		in_range = in_range &&
			!pg_mul_s64_overflow(count, 10, &count) &&
			!pg_add_s64_overflow(count, *digit - '0', &count);

	if (digit < end && *digit == '.')
	{
		if (end - digit == 4)
			count_error(position, element, value);
		for (digit++; digit < end && *digit == '0';)
			digit++;
	}
	if (digit < end)
		count_error(position, element, value);
	if (!in_range)
		count_range_error(position, element, value);

	return count;
}

static int64
read_count(int position, JsonbValue *element, JsonbValue *value)
{
	if (value->type == jbvNumeric)
		return read_numeric(position, element, value);
	if (value->type == jbvString)
		return read_string(position, element, value);
	count_error(position, element, value);
}

/* Add the element at "position" to "counts" if it stands for clicks. */
static void
add_element(clk_click_counts *counts, int position, JsonbValue *element)
{
	JsonbContainer *object;
	JsonbValue	action_type;
	JsonbValue	value;
	int			click_type;
	uint32		bit;

	if (element->type != jbvBinary ||
		!JsonContainerIsObject(element->val.binary.data))
		element_error(position, element, "is not an object");
	object = element->val.binary.data;

	if (getKeyJsonValueFromContainer(object, "action_type", 11,
									 &action_type) == NULL)
		element_error(position, element, "has no \"action_type\"");
	if (action_type.type == jbvNull)
		return;
	if (action_type.type != jbvString)
		element_error(position, element, "has an \"action_type\" that is no string");

	click_type = click_type_of_action(&action_type);
	if (click_type < 0)
		return;

	if (getKeyJsonValueFromContainer(object, "value", 5, &value) == NULL ||
		value.type == jbvNull)
	{
		if (has_attribution_windows(object))
			return;
		element_error(position, element, "has no \"value\"");
	}

	bit = ((uint32) 1) << click_type;
	if ((counts->reported & bit) == 0)
		counts->clicks[click_type] = 0;
	counts->reported |= bit;
	counts->clicks[click_type] =
		clk_clicks_as_bigint(click_type, (int128) counts->clicks[click_type] +
							 read_count(position, element, &value));
}

/*
 * Add up the array.  False if it is null, as JSON has it: nothing reported.
 */
static bool
add_actions(clk_click_counts *counts, Jsonb *actions)
{
	JsonbIterator *iterator;
	JsonbValue	item;
	JsonbIteratorToken token;
	int			position = 0;

	if (!JB_ROOT_IS_ARRAY(actions) || JB_ROOT_IS_SCALAR(actions))
	{
		JsonbValue	scalar;

		if (JB_ROOT_IS_OBJECT(actions))
			scalar.type = jbvObject;
		else
			(void) JsonbExtractScalar(&actions->root, &scalar);
		if (scalar.type == jbvNull)
			return false;

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("actions must be a JSON array, not of type %s",
						JsonbTypeName(&scalar)),
				 scalar.type == jbvString ?
				 errhint("If the string holds an array, use (actions #>> '{}')::jsonb.") : 0));
	}

	iterator = JsonbIteratorInit(&actions->root);
	while ((token = JsonbIteratorNext(&iterator, &item, true)) != WJB_DONE)
	{
		/* an array may have millions of elements */
		CHECK_FOR_INTERRUPTS();
		if (token == WJB_ELEM)
			add_element(counts, position++, &item);
	}

	return true;
}

/*
 * click_counts_from_actions(actions jsonb, clicks bigint)
 *
 * With "clicks", the row's Clicks (All), "other" is what the array does not
 * explain: page and see-more clicks have no action type.  It is negative where
 * the array has more, as actions are attributed and clicks are not.
 *
 * A NULL argument is one not reported.  NULL if neither is.
 */
Datum
click_counts_from_actions_jsonb(PG_FUNCTION_ARGS)
{
	clk_click_counts counts;
	bool		reported = false;

	counts.reported = 0;
	if (!PG_ARGISNULL(0))
		reported = add_actions(&counts, PG_GETARG_JSONB_P(0));

	if (!PG_ARGISNULL(1))
	{
		int128		typed = 0;

		(void) clk_click_counts_total(&counts, &typed);
		counts.clicks[CLK_OTHER] =
			clk_clicks_as_bigint(CLK_OTHER, PG_GETARG_INT64(1) - typed);
		counts.reported |= ((uint32) 1) << CLK_OTHER;
		reported = true;
	}

	if (!reported)
		PG_RETURN_NULL();
	return clk_click_counts_make(fcinfo, &counts);
}
