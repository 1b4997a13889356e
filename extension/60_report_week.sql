-- the date on which a reporting week starts

CREATE FUNCTION report_week(day date, first_day text DEFAULT 'monday') RETURNS date
	AS 'MODULE_PATHNAME', 'report_week_date'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION report_week(date, text) IS
	'date on which the week of a day starts; weeks start on ''monday'' or ''sunday''';

CREATE FUNCTION report_week(moment timestamptz, zone text, first_day text DEFAULT 'monday') RETURNS date
	AS 'MODULE_PATHNAME', 'report_week_timestamptz'
	LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION report_week(timestamptz, text, text) IS
	'date on which the week of a moment starts, by the calendar of a time zone';

