-- airbyte.sql
--	Airbyte's source-facebook-marketing, stream ads_insights or any of your own,
--	whether synced append-only or deduplicated, at any level, with whatever columns.
--	Loaded into the canonical tables by load_ads(), over which weekly_report.sql
--	builds.
--
--		psql -d mydb -v stream=airbyte_schema.ads_insights -f airbyte.sql \
--			-c 'CALL load_ads()' -f weekly_report.sql
--
-- Without -v, the stream is ads_insights.  For another connection, or a stream of
-- weeks, run it once more with names of both: -v source=weeks -v stream=my_weeks.
--
-- The streams with a breakdown (ads_insights_country, ...) tell the same clicks again:
-- those that are there are loaded into ad_breakdowns.  For the whole report by placement
-- and device, load such a stream in place of ads_insights:
--
--		psql -d mydb -v stream=ads_insights_platform_and_device -f airbyte.sql
--
-- * Every sync reads the last 28 days again, and the numbers of a day may rise
--   or fall: of the rows for one day and ad the one extracted last is right, not the
--   sum and not the highest.  Of several extracted at the same time, the one of the
--   latest generation; of those, the one that saw more impressions, then more
--   clicks; at last the higher _airbyte_raw_id.
-- * An ad is told by its id, or a campaign in a stream of campaigns by its.
-- * A row of several days, from a stream of weeks or months, goes into ad_periods:
--   in ad_daily it would put a whole week on its first day, beside the days.
-- * The hours of a stream by hour are added up to days.
-- * date_start is a day in the account's time zone already.
-- * What else a row says is read by insights.sql.

\ir search_path.sql
\ir ad_tables.sql
\ir load_ads.sql
\ir insights.sql
\ir load_insights.sql

CREATE OR REPLACE FUNCTION load_airbyte(source text, relation text, breakdown text,
		since date, OUT rows_read bigint, OUT rows_changed bigint, OUT rows_gone bigint,
		OUT rows_left_out bigint, OUT why text)
	LANGUAGE SQL
	RETURN load_insights(source, relation, since, breakdown,
		written_by => ARRAY['_airbyte_extracted_at', '_airbyte_emitted_at',
			'_airbyte_generation_id', 'impressions', 'clicks', '_airbyte_raw_id',
			'_airbyte_ab_id'],
		written_at => ARRAY['_airbyte_extracted_at', '_airbyte_emitted_at']);

COMMENT ON FUNCTION load_airbyte IS
	'loads the canonical tables from a stream of Airbyte''s source-facebook-marketing';

\if :{?stream} \else
	\set stream ads_insights
\endif
\if :{?source} \else
	\set source airbyte
\endif
INSERT INTO ad_sources (source, loader, relation)
	VALUES (:'source', 'load_airbyte', :'stream')
	ON CONFLICT (source) DO UPDATE
		SET loader = excluded.loader, relation = excluded.relation;
SELECT register_breakdowns(:'source', :'stream', 'load_airbyte') \g /dev/null
