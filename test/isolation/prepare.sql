-- prepare.sql
--	What the specs of this directory share: the rollup over plain tables, and in a
--	schema of its own the rollup over partitions.

\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION clicks_all SCHEMA public;

\ir ../../examples/ad_tables.sql
\ir ../../examples/incremental_rollup.sql

CREATE SCHEMA partitioned;
SET search_path = partitioned, public;
CREATE TABLE ad_daily (LIKE public.ad_daily INCLUDING ALL) PARTITION BY RANGE (day);
CREATE TABLE ad_clicks (LIKE public.ad_clicks INCLUDING ALL) PARTITION BY RANGE (clicked_at);
\ir ../../examples/incremental_rollup.sql
RESET search_path;

-- What a refresh says, without the time that it took
CREATE FUNCTION public.refresh() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	weeks bigint;
	cells bigint;
	frozen bigint;
	seconds numeric;
BEGIN
	CALL refresh_weekly_ads(weeks, cells, frozen, seconds);
	RETURN format('%s weeks, %s cells, %s frozen', weeks, cells, frozen);
END
$$;

-- Cells that are not what a full rebuild would make, and those that it would make
CREATE FUNCTION public.wrong_cells() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT count(*) FROM (
		(TABLE weekly_ads EXCEPT ALL SELECT * FROM cells_of_weeks('-infinity', 'infinity'))
		UNION ALL
		(SELECT * FROM cells_of_weeks('-infinity', 'infinity') EXCEPT ALL TABLE weekly_ads)) AS wrong);
END
$$;
