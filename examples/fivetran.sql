-- fivetran.sql
--	Fivetran's Facebook Ads connector: the prebuilt report BASIC_AD, or any other, with
--	its actions and action values, and the history tables.  Loaded into the canonical
--	tables by load_ads(), over which weekly_report.sql builds.
--
--		psql -d mydb -v stream=facebook_ads.basic_ad -f fivetran.sql \
--			-c 'CALL load_ads()' -f weekly_report.sql
--
-- Without -v, the report is basic_ad.  The reports by country, region, age, gender,
-- placement and device tell the same clicks again: those that are there are loaded into
-- ad_breakdowns.
--
-- * basic_ad has no Clicks (All).  What Fivetran's dbt package calls "clicks" is link
--   clicks.  Where the report has "ctr", which is a percentage of all clicks with six
--   decimals, Clicks (All) is recovered exactly.  Where it has not, all that is known is
--   inline_link_clicks: such a row has clicks of type "link" only, and says so in
--   clicks_are.  For reports to compare, add "ctr" or "clicks" to the report.
-- * report_actions holds the actions array, one element per row.  It is put together
--   before it meets the report: a join of single elements would repeat spend as often
--   as there are elements.
-- * A day of an ad is restated for 28 days.  Rows are replaced in place, but
--   _fivetran_id changes with what it is a digest of, such as a name; so of several rows
--   for one day and ad, the one synced last counts, and of those the one with more
--   impressions, then the higher _fivetran_id.
-- * History tables have one row per change; the latest gives the names.  A change
--   without updated_time is older than all that have one.
-- * date is a day in the account's time zone already.
-- * Columns and history tables that there are not are passed over, and ids may be
--   numbers in one table and text in another.

\ir search_path.sql
\ir ad_tables.sql
\ir load_ads.sql
\ir insights.sql
\ir load_insights.sql

-- The name of a table beside a report: "basic_ad" gives "ad_history", and
-- "facebook_ads_basic_ad_data" gives "facebook_ads_ad_history_data".
CREATE OR REPLACE FUNCTION fivetran_history(relation text, name text) RETURNS text
	LANGUAGE SQL STABLE
BEGIN ATOMIC
	SELECT insights_neighbour(relation,
		CASE WHEN relname LIKE 'facebook\_ads\_%' THEN 'facebook_ads_' ELSE '' END
		|| name || CASE WHEN relname LIKE '%\_data' THEN '_data' ELSE '' END)
	FROM pg_class
	WHERE oid = to_regclass(relation);
END;

-- SQL that joins the latest rows of a history table by id, as a column "row"
CREATE OR REPLACE FUNCTION fivetran_latest(relation text, name text, id text) RETURNS text
	LANGUAGE SQL STABLE
BEGIN ATOMIC
	SELECT CASE WHEN history IS NULL
		THEN format(' CROSS JOIN (SELECT NULL::jsonb AS row) AS %I', name)
		ELSE format(' LEFT JOIN (
				SELECT DISTINCT ON (id) id::text, to_jsonb(r) AS row
				FROM %s AS r
				ORDER BY id, %s, r::text DESC
			) AS %I ON %I.id = %s', history,
			insights_versions(history, ARRAY['updated_time', '_fivetran_synced']), name, name, id)
		END
	FROM fivetran_history(relation, name) AS history;
END;

CREATE OR REPLACE FUNCTION load_fivetran(source text, relation text, breakdown text,
		since date, OUT rows_read bigint, OUT rows_changed bigint, OUT rows_gone bigint,
		OUT rows_left_out bigint, OUT why text)
	LANGUAGE plpgsql
AS $function$
DECLARE
	ad_id text := insights_column(relation, 'ad_id');
	ad_set_id text := format('coalesce(%s, ad_history.row ->> %L)',
		insights_column(relation, 'adset_id', 'ad_set_id'), 'ad_set_id');
	campaign_id text := format(
		'coalesce(%s, ad_history.row ->> %L, ad_set_history.row ->> %L)',
		insights_column(relation, 'campaign_id'), 'campaign_id', 'campaign_id');
	joins text;
	more text;
	child record;
	loaded record;
BEGIN
	joins := concat(
		fivetran_latest(relation, 'account_history', insights_column(relation, 'account_id')),
		fivetran_latest(relation, 'ad_history', ad_id),
		fivetran_latest(relation, 'ad_set_history', ad_set_id),
		fivetran_latest(relation, 'campaign_history', campaign_id),
		fivetran_latest(relation, 'creative_history',
			format('(ad_history.row ->> %L)', 'creative_id')));
	more := format($more$
		'account_name', account_history.row -> 'name',
		'account_currency', account_history.row -> 'currency',
		'campaign_id', %s, 'campaign_name', campaign_history.row -> 'name',
		'objective', campaign_history.row -> 'objective',
		'adset_id', %s, 'adset_name', ad_set_history.row -> 'name',
		'ad_name', ad_history.row -> 'name',
		'object_type', creative_history.row -> 'object_type'$more$, campaign_id, ad_set_id);
	FOR child IN
		SELECT name, child_relation, columns,
			CASE WHEN 'date' = ANY (columns) THEN format('date::text COLLATE "C" >= %L',
					since - 100)
				ELSE 'true' END AS condition
		FROM unnest(ARRAY['actions', 'action_values']) AS name
			-- "basic_ad_data" has its actions in "basic_ad_actions_data"
			CROSS JOIN LATERAL (SELECT insights_neighbour(relation,
					regexp_replace(relname, '(_data)?$', '_' || name || '\1'))
				FROM pg_class WHERE oid = to_regclass(relation)) AS found(child_relation)
			CROSS JOIN LATERAL (
				SELECT array_agg(of_row.attname::text)
				FROM pg_attribute AS of_row JOIN pg_attribute AS of_child
					ON of_child.attname = of_row.attname
				WHERE of_row.attrelid = to_regclass(relation)
					AND of_child.attrelid = to_regclass(child_relation)
					AND of_row.attname IN ('_fivetran_id', 'ad_id', 'account_id', 'date')
			) AS keys(columns)
		WHERE child_relation IS NOT NULL
	LOOP
		joins := joins || insights_child(child.child_relation, child.name, child.columns,
			child.columns, child.condition);
		more := more || format(', %L, %I.elements', child.name, child.name);
	END LOOP;
	loaded := load_insights(source, relation, since, breakdown,
		written_by => ARRAY['_fivetran_synced', 'impressions', 'clicks', '_fivetran_id'],
		written_at => ARRAY['_fivetran_synced'],
		joins => joins || format(
			' CROSS JOIN LATERAL (SELECT jsonb_strip_nulls(jsonb_build_object(%s))) AS known(more)',
			more));
	rows_read := loaded.rows_read;
	rows_changed := loaded.rows_changed;
	rows_gone := loaded.rows_gone;
	rows_left_out := loaded.rows_left_out;
	why := loaded.why;
END
$function$;

COMMENT ON FUNCTION fivetran_history IS 'the history table of a name beside a report';
COMMENT ON FUNCTION fivetran_latest IS 'SQL that joins the latest rows of a history table by id';
COMMENT ON FUNCTION load_fivetran IS
	'loads the canonical tables from a report of Fivetran''s Facebook Ads connector';

\if :{?stream} \else
	\set stream basic_ad
\endif
\if :{?source} \else
	\set source fivetran
\endif
INSERT INTO ad_sources (source, loader, relation)
	VALUES (:'source', 'load_fivetran', :'stream')
	ON CONFLICT (source) DO UPDATE
		SET loader = excluded.loader, relation = excluded.relation;
SELECT register_breakdowns(:'source', :'stream', 'load_fivetran', '') \g /dev/null
