-- weekly_report.sql
--	The weekly report, for whatever source: from the tables ad_daily and ad_clicks
--	of ad_tables.sql, which load_ads() fills, to
--
--	weekly_ads		materialized view: one row per week and combination of slices,
--					with everything that can be added up again at any grain
--	weekly_report	plain view over it: what a BI tool reads
--
--		psql -d mydb -f airbyte.sql -c 'CALL load_ads()' -f weekly_report.sql
--
-- Refresh without locking readers out, for instance every night:
--
--		CALL load_ads();
--		REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads;
--
-- Every refresh computes all weeks.  incremental_rollup.sql makes the same weekly_ads
-- as a table, of which only the weeks that changed are computed.

\ir search_path.sql
\ir cells_of_weeks.sql

-- In place of an earlier one, or of the table and all else that
-- incremental_rollup.sql made
DO $$
DECLARE
	kind "char" := (SELECT relkind FROM pg_class WHERE oid = to_regclass('weekly_ads'));
BEGIN
	IF kind = 'm' THEN
		DROP MATERIALIZED VIEW weekly_ads;
	ELSIF kind = 'r' THEN
		DROP PROCEDURE refresh_weekly_ads, watch_ad_tables;
		DROP FUNCTION log_changed_weeks CASCADE;	-- with its triggers
		DROP FUNCTION days_of_partition, ad_tables_and_partitions, is_frozen_week, bit_of_week;
		DROP TABLE weekly_ads, changed_weeks, frozen_days, watched_tables;
	END IF;
END
$$;

CREATE MATERIALIZED VIEW weekly_ads AS
	SELECT * FROM cells_of_weeks('-infinity', 'infinity');

COMMENT ON MATERIALIZED VIEW weekly_ads IS
	'ads by week and slices; add rows up with sum(clicks), clicks_all(clicks), ctr(clicks, impressions), cpc(spend, clicks, currency) and unique_clicks(clickers)';

\ir weekly_ads.sql
\ir report_views.sql
