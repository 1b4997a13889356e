-- report_week: the date on which a reporting week starts
\getenv root PG_ABS_SRCDIR
\set checks :root '/test/lib/checks.sql'
\i :checks
SET datestyle = 'ISO, YMD';
-- whatever the session's zone is, it must not show
SET timezone = 'Asia/Tokyo';

-- a whole week, both ways
SELECT d::date AS day, to_char(d, 'Dy') AS name,
       report_week(d::date) AS monday, report_week(d::date, 'sunday') AS sunday
FROM generate_series(timestamp '2026-03-07', '2026-03-16', '1 day') d;

-- Monday is the default; the name is taken in any case
SELECT report_week(date '2026-03-08') = report_week(date '2026-03-08', 'monday') AS default_is_monday,
       report_week(date '2026-03-08', 'Sunday') = report_week(date '2026-03-08', 'SUNDAY') AS any_case,
       report_week(day => '2026-03-08', first_day => 'sunday') AS named,
       report_week('2026-03-08') AS untyped;

-- the result is a date, not a timestamp
SELECT pg_typeof(report_week(date '2026-03-08')), pg_typeof(report_week(now(), 'UTC'));

-- equal to the hand-written SQL for every day of 400 years, and idempotent
SELECT count(*) AS days,
       pg_temp.all_equal(report_week(day), date_trunc('week', day::timestamp)::date) AS mondays_agree,
       pg_temp.all_equal(report_week(day, 'sunday'), date_trunc('week', day::timestamp + interval '1 day')::date - 1) AS sundays_agree,
       pg_temp.all_equal(report_week(report_week(day)), report_week(day)) AS idempotent
FROM (SELECT date '1800-01-01' + i AS day FROM generate_series(0, 146096) i) days;

-- days, not hours: 2026-03-09 05:30 UTC is still Sunday in Los Angeles
SELECT zone, first_day, report_week(timestamptz '2026-03-09 05:30Z', zone, first_day) AS week,
       to_char(report_week(timestamptz '2026-03-09 05:30Z', zone), 'IYYY-"W"IW') AS iso_week
FROM (VALUES ('America/Los_Angeles', 'monday'), ('America/Los_Angeles', 'sunday'),
             ('UTC', 'monday'), ('UTC', 'sunday')) v(zone, first_day);

-- a repeated hour belongs to one week, and so does its day: both moments are 01:30 in Los Angeles
SELECT moment AT TIME ZONE 'America/Los_Angeles' AS local_time,
       report_week(moment, 'America/Los_Angeles') AS monday,
       report_week(moment, 'America/Los_Angeles', 'sunday') AS sunday
FROM (VALUES (timestamptz '2026-11-01 08:30Z'), ('2026-11-01 09:30Z')) v(moment);

-- around the two changes of clock, every hour lies in the week of its local day
SELECT count(*) AS hours,
       pg_temp.all_equal(report_week(moment, zone), report_week((moment AT TIME ZONE zone)::date)) AS mondays_agree,
       pg_temp.all_equal(report_week(moment, zone, 'sunday'), report_week((moment AT TIME ZONE zone)::date, 'sunday')) AS sundays_agree
FROM generate_series(timestamptz '2026-03-01 00:00Z', '2026-11-30 00:00Z', '1 hour') moment,
     unnest(ARRAY['America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC', '+05:45']) zone;

-- weeks across New Year: the ISO year is that of the week, not of the day
SELECT day, report_week(day) AS week, to_char(report_week(day), 'IYYY-"W"IW') AS iso_week,
       to_char(day, 'YYYY-"W"IW') AS wrong
FROM (VALUES (date '2025-12-29'), ('2027-01-01')) v(day);

-- zone names and abbreviations as AT TIME ZONE takes them
SELECT report_week('2026-03-09 05:30Z', 'PST') AS abbreviation,
       report_week('2026-03-09 05:30Z', 'america/los_angeles') AS any_case,
       report_week('2026-03-09 05:30Z', zone => 'UTC', first_day => 'sunday') AS named;

-- a literal without a type is a moment, so what follows is a time zone; the hint says what was meant
SELECT report_week('2026-03-08', 'sunday');
\echo :SQLSTATE
SELECT report_week('2026-03-08', 'Monday', 'sunday');

-- NULL in, NULL out
SELECT report_week(NULL::date) IS NULL AS day, report_week(date '2026-03-09', NULL) IS NULL AS first_day,
       report_week(NULL::timestamptz, 'UTC') IS NULL AS moment, report_week(now(), NULL) IS NULL AS zone,
       report_week(now(), 'UTC', NULL) IS NULL AS zone_first_day;

-- infinity stays infinity, as date_trunc has it
SELECT report_week('infinity'::date) AS date, report_week('-infinity'::date, 'sunday') AS sunday,
       report_week('infinity'::timestamptz, 'UTC') AS moment, report_week('-infinity'::timestamptz, 'UTC', 'sunday') AS moment_sunday;

-- the ends of the range: the first date is a Monday, so its Sunday week has no start
SELECT report_week('4714-11-24 BC'::date) AS first_monday, report_week('4714-11-30 BC'::date, 'sunday') AS first_sunday,
       report_week('5874897-12-31'::date) AS last_monday, report_week('5874897-12-31'::date, 'sunday') AS last_sunday;
SELECT report_week('4714-11-24 BC'::date, 'sunday');
\echo :SQLSTATE
SELECT report_week('4714-11-29 BC'::date, 'sunday');
\echo :SQLSTATE
SELECT report_week('4714-11-24 00:00Z BC'::timestamptz, 'UTC') AS first_moment,
       report_week('294276-12-31 23:59:59.999999Z'::timestamptz, 'UTC') AS last_moment;
SELECT report_week('4714-11-24 00:00Z BC'::timestamptz, 'America/Los_Angeles');
\echo :SQLSTATE

-- complaints
SELECT report_week(date '2026-03-09', 'tuesday');
\echo :SQLSTATE
SELECT report_week(date '2026-03-09', '');
\echo :SQLSTATE
SELECT report_week(date '2026-03-09', 'mondayx');
\echo :SQLSTATE
SELECT report_week(now(), 'UTC', 'mon');
\echo :SQLSTATE
SELECT report_week(now(), 'Mars/Olympus_Mons');
\echo :SQLSTATE

-- the date form may index; only a time zone makes it stable
SELECT oid::regprocedure, provolatile, proparallel FROM pg_proc WHERE proname = 'report_week' ORDER BY 1::text;
