-- singer.sql
--	Singer's tap-facebook (Meltano, Stitch), stream ads_insights, by whatever target
--	wrote it: arrays as jsonb, as jsonb[], as text or as child tables; numbers as
--	numbers or as text.  Loaded into the canonical tables by load_ads(), over which
--	weekly_report.sql builds.
--
--		psql -d mydb -v stream=tap_facebook.ads_insights -f singer.sql \
--			-c 'CALL load_ads()' -f weekly_report.sql
--
-- Without -v, the stream is ads_insights or, as MeltanoLabs' tap calls it,
-- adsinsights_default.  The streams with a breakdown (ads_insights_country, ...) tell
-- the same clicks again: those that are there are loaded into ad_breakdowns.
--
-- * date_start is a timestamp at midnight, or text, meant as a day in the account's
--   time zone.  Its date counts, in whatever zone the session is.
-- * The last 28 days are read again every time, and the numbers of a day may
--   rise or fall: of the rows for one day and ad the one with the highest
--   _sdc_sequence counts; of several, or where targets write none, the one batched
--   last, then extracted last, then the one with more impressions, then more clicks,
--   then the one whose text is greater.
-- * If that row is marked as deleted, the key does not count at all; an earlier
--   row must not come back in its stead.
-- * A row of several days, from a custom report of weeks or months, goes into
--   ad_periods: in ad_daily it would put a whole week on its first day.
-- * A tap without account_currency leaves the currency NULL: with accounts in
--   several currencies their spend would be mixed.  Say which they are in the table
--   ad_account_currencies.
-- * What else a row says is read by insights.sql.

\ir search_path.sql
\ir ad_tables.sql
\ir load_ads.sql
\ir insights.sql
\ir load_insights.sql

CREATE TABLE IF NOT EXISTS ad_account_currencies (
	account_id text PRIMARY KEY,
	currency text NOT NULL
);

COMMENT ON TABLE ad_account_currencies IS
	'currencies of ad accounts whose rows do not tell it';
COMMENT ON COLUMN ad_account_currencies.account_id IS 'id of the ad account';
COMMENT ON COLUMN ad_account_currencies.currency IS 'currency of its spend, such as USD';

-- Stitch and datamill write arrays into tables of their own, relation__actions and so
-- on, one row per element, with the keys of the row that has them: _sdc_source_key_ad_id
-- is its ad_id.
CREATE OR REPLACE FUNCTION load_singer(source text, relation text, breakdown text,
		since date, OUT rows_read bigint, OUT rows_changed bigint, OUT rows_gone bigint,
		OUT rows_left_out bigint, OUT why text)
	LANGUAGE plpgsql
AS $function$
DECLARE
	joins text := format('LEFT JOIN ad_account_currencies AS currencies
		ON currencies.account_id = %s', insights_column(relation, 'account_id'));
	more text := format('%L, coalesce(%s, currencies.currency)', 'account_currency',
		insights_column(relation, 'account_currency'));
	child record;
	loaded record;
BEGIN
	FOR child IN
		SELECT name, child_relation, columns, child_columns,
			CASE WHEN '_sdc_source_key_date_start' = ANY (child_columns)
				THEN format('_sdc_source_key_date_start::text COLLATE "C" >= %L', since - 100)
				ELSE 'true' END AS condition
		FROM unnest(ARRAY['actions', 'action_values', 'outbound_clicks',
				'instant_experience_outbound_clicks']) AS name
			CROSS JOIN LATERAL (SELECT insights_neighbour(relation, relname || '__' || name)
				FROM pg_class WHERE oid = to_regclass(relation)) AS found(child_relation)
			CROSS JOIN LATERAL (
				SELECT array_agg(of_row.attname::text), array_agg(of_child.attname::text)
				FROM pg_attribute AS of_row JOIN pg_attribute AS of_child
					ON of_child.attname = CASE of_row.attname
						WHEN '_sdc_sequence' THEN '_sdc_sequence'
						ELSE '_sdc_source_key_' || of_row.attname END
				WHERE of_row.attrelid = to_regclass(relation)
					AND of_child.attrelid = to_regclass(child_relation)
			) AS keys(columns, child_columns)
		WHERE child_relation IS NOT NULL
	LOOP
		joins := joins || insights_child(child.child_relation, child.name, child.columns,
			child.child_columns, child.condition);
		more := more || format(', %L, coalesce(%I.elements, to_jsonb(r) -> %L)',
			child.name, child.name, child.name);
	END LOOP;
	loaded := load_insights(source, relation, since, breakdown,
		written_by => ARRAY['_sdc_sequence', '_sdc_batched_at', '_sdc_extracted_at',
			'_sdc_received_at', 'impressions', 'clicks'],
		written_at => ARRAY['_sdc_batched_at', '_sdc_extracted_at', '_sdc_received_at'],
		deleted_at => '_sdc_deleted_at',
		joins => joins || format(
			' CROSS JOIN LATERAL (SELECT jsonb_build_object(%s)) AS known(more)', more));
	rows_read := loaded.rows_read;
	rows_changed := loaded.rows_changed;
	rows_gone := loaded.rows_gone;
	rows_left_out := loaded.rows_left_out;
	why := loaded.why;
END
$function$;

COMMENT ON FUNCTION load_singer IS
	'loads the canonical tables from a stream of Singer''s tap-facebook';

\if :{?stream} \else
	SELECT coalesce(to_regclass('ads_insights')::text,
		to_regclass('adsinsights_default')::text, 'ads_insights') AS stream \gset
\endif
\if :{?source} \else
	\set source singer
\endif
INSERT INTO ad_sources (source, loader, relation)
	VALUES (:'source', 'load_singer', :'stream')
	ON CONFLICT (source) DO UPDATE
		SET loader = excluded.loader, relation = excluded.relation;
SELECT register_breakdowns(:'source', :'stream', 'load_singer') \g /dev/null
