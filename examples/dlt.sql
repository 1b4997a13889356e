-- dlt.sql
--	dlt's verified source facebook_ads, resource facebook_insights, whose arrays are
--	child tables (facebook_insights__actions, ...).  Loaded into the canonical tables
--	by load_ads(), over which weekly_report.sql builds.
--
--		psql -d mydb -v stream=facebook_ads_data.facebook_insights -f dlt.sql \
--			-c 'CALL load_ads()' -f weekly_report.sql
--
-- Without -v, the stream is facebook_insights.
--
-- * The source re-reads the last 7 days only (attribution_window_days_lag), while Meta
--   restates 28: set it to 28.
-- * It merges by campaign, ad set, ad and day, so there is one row for each; should
--   there be several, the latest load counts.  The key lacks the breakdowns: with a
--   breakdown dlt keeps one row of each ad and day, unless you add them to primary_key.
-- * Ids of levels that the report has not are written as "no_ad_id" and the like.
-- * The default fields have neither names, account nor currency: add account_id,
--   account_name, account_currency, campaign_name, adset_name and ad_name to fields.
-- * What else a row says is read by insights.sql.

\ir search_path.sql
\ir ad_tables.sql
\ir load_ads.sql
\ir insights.sql
\ir load_insights.sql

CREATE OR REPLACE FUNCTION load_dlt(source text, relation text, breakdown text,
		since date, OUT rows_read bigint, OUT rows_changed bigint, OUT rows_gone bigint,
		OUT rows_left_out bigint, OUT why text)
	LANGUAGE plpgsql
AS $function$
DECLARE
	joins text := '';
	more text := '';
	child record;
	loaded record;
BEGIN
	FOR child IN
		SELECT name, child_relation
		FROM unnest(ARRAY['actions', 'action_values', 'outbound_clicks',
				'instant_experience_outbound_clicks']) AS name
			CROSS JOIN LATERAL (SELECT insights_neighbour(relation, relname || '__' || name)
				FROM pg_class WHERE oid = to_regclass(relation)) AS found(child_relation)
		WHERE child_relation IS NOT NULL
	LOOP
		joins := joins || insights_child(child.child_relation, child.name,
			ARRAY['_dlt_id'], ARRAY['_dlt_parent_id'],
			format('_dlt_parent_id IN
				(SELECT _dlt_id FROM %s WHERE date_start::text COLLATE "C" >= %L)',
				to_regclass(relation), since - 100));
		more := more || format(', %L, %I.elements', child.name, child.name);
	END LOOP;
	loaded := load_insights(source, relation, since, breakdown,
		written_by => ARRAY['_dlt_load_id', 'impressions', 'clicks'],
		written_at => ARRAY[]::text[],
		joins => joins || format(
			' CROSS JOIN LATERAL (SELECT jsonb_strip_nulls(jsonb_build_object(%s))) AS known(more)',
			substr(more, 3)));
	rows_read := loaded.rows_read;
	rows_changed := loaded.rows_changed;
	rows_gone := loaded.rows_gone;
	rows_left_out := loaded.rows_left_out;
	why := loaded.why;
END
$function$;

COMMENT ON FUNCTION load_dlt IS
	'loads the canonical tables from dlt''s resource facebook_insights';

\if :{?stream} \else
	\set stream facebook_insights
\endif
\if :{?source} \else
	\set source dlt
\endif
INSERT INTO ad_sources (source, loader, relation)
	VALUES (:'source', 'load_dlt', :'stream')
	ON CONFLICT (source) DO UPDATE
		SET loader = excluded.loader, relation = excluded.relation;
SELECT register_breakdowns(:'source', :'stream', 'load_dlt') \g /dev/null
