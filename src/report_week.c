/*-------------------------------------------------------------------------
 *
 * report_week.c
 *	  The date on which a reporting week starts.
 *
 * Ad platforms report Monday weeks and Sunday weeks, and days in the ad
 * account's time zone, so both must be said rather than taken from the
 * session.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "errors.h"

CLK_FUNCTION(report_week_date);
CLK_FUNCTION(report_week_timestamptz);

/* Days of the week as j2day() numbers them */
#define SUNDAY 0
#define MONDAY 1
#define DAYS_PER_WEEK 7

/*
 * The day on which weeks start, from its English name in any case; -1 if it is
 * none of the two.
 */
static int
first_day_named(const struct varlena *name)
{
	const char *string = VARDATA_ANY(name);
	int			length = VARSIZE_ANY_EXHDR(name);

	if (length == 6 && pg_strncasecmp(string, "monday", length) == 0)
		return MONDAY;
	if (length == 6 && pg_strncasecmp(string, "sunday", length) == 0)
		return SUNDAY;
	return -1;
}

static int
first_day_from_text(const struct varlena *name)
{
	int			first_day = first_day_named(name);

	if (first_day >= 0)
		return first_day;

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized first day of the week: \"%s\"",
					clk_shown(text_to_cstring(name))),
			 errhint("Use 'monday' or 'sunday'.")));
}

/* The last "first_day" on or before "day"; infinity stays infinity. */
static DateADT
start_of_week(DateADT day, int first_day)
{
	int			days_into_week;
	DateADT		start;

	if (DATE_NOT_FINITE(day))
		return day;

	days_into_week = (j2day(day + POSTGRES_EPOCH_JDATE) - first_day +
					  DAYS_PER_WEEK) % DAYS_PER_WEEK;
	start = day - days_into_week;

	if (!IS_VALID_DATE(start))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("date out of range"),
				 errdetail("The week starts before the first date that the type can hold.")));

	return start;
}

/*
 * report_week(day date, first_day text)
 */
Datum
report_week_date(PG_FUNCTION_ARGS)
{
	DateADT		day = PG_GETARG_DATEADT(0);
	int			first_day = first_day_from_text(PG_GETARG_TEXT_PP(1));

	PG_RETURN_DATEADT(start_of_week(day, first_day));
}

/*
 * report_week(moment timestamptz, zone text, first_day text)
 *
 * The week is that of the calendar day which "moment" falls on in "zone".
 */
Datum
report_week_timestamptz(PG_FUNCTION_ARGS)
{
	Datum		moment = PG_GETARG_DATUM(0);
	text	   *zone = PG_GETARG_TEXT_PP(1);
	int			first_day = first_day_from_text(PG_GETARG_TEXT_PP(2));
	Datum		local_time;
	Datum		local_day;

	/*
	 * No time zone has such a name.  Whoever gives it has written a day as a
	 * literal without a type, which resolves to a moment.
	 */
	if (first_day_named(zone) >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time zone \"%s\" not recognized",
						text_to_cstring(zone)),
				 errhint("Cast the first argument to date: report_week(date '...', '%s').",
						 text_to_cstring(zone))));

	local_time = DirectFunctionCall2(timestamptz_zone, PointerGetDatum(zone),
									 moment);
	local_day = DirectFunctionCall1(timestamp_date, local_time);

	PG_RETURN_DATEADT(start_of_week(DatumGetDateADT(local_day), first_day));
}
