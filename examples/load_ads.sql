-- load_ads.sql
--	Loads the canonical tables of ad_tables.sql from all sources that are there:
--
--		CALL load_ads();					-- the last 35 days
--		CALL load_ads('2024-01-01');		-- the days since then
--		CALL load_ads('-infinity');			-- all days
--
-- Each file for a source includes this one, and adds a row to ad_sources.
--
-- After a load, the tables hold for the days since the one given exactly what the
-- source holds: what it restated is replaced, and what it has no more goes.  So
-- it can be called twice, by cron, and after the connector made its tables anew.
-- A load is one transaction and locks nothing but the rows that it changes: who
-- reads meanwhile sees what there was before.  Of two loads at the same time one
-- waits for the other.

\ir search_path.sql

CREATE TABLE IF NOT EXISTS ad_sources (
	source text PRIMARY KEY,
	loader text NOT NULL,
	relation text,
	breakdown text
);

COMMENT ON TABLE ad_sources IS 'the sources that load_ads() loads';
COMMENT ON COLUMN ad_sources.source IS
	'the name that its rows bear in the column source of the canonical tables';
COMMENT ON COLUMN ad_sources.loader IS
	'function that loads it; takes source, relation, breakdown and the first day';
COMMENT ON COLUMN ad_sources.relation IS
	'the table that the loader reads, with its schema if it has one; read by name at every load';
COMMENT ON COLUMN ad_sources.breakdown IS
	'by what the rows of the relation are broken down, if they tell the clicks of another source again: they go into ad_breakdowns then; NULL = they add up in ad_daily';

-- Brings the rows of a query into a canonical table, in place of those that the
-- source has there since the day.  The query gives the columns of the table by
-- name, but source, loaded_at and row_key; and "version", when the source wrote the
-- row.  The names of an id become what its newest row says, in older rows as well.
CREATE OR REPLACE FUNCTION merge_ad_rows(target text, merged_source text, since date,
		query text, OUT rows_read bigint, OUT rows_changed bigint, OUT rows_gone bigint)
	LANGUAGE plpgsql
AS $function$
DECLARE
	last_day text := CASE target WHEN 'ad_periods' THEN 'last_day' ELSE 'day' END;
	row_key text := CASE target WHEN 'ad_clicks' THEN 'NULL::bytea'
		ELSE 'ad_row_key($1, account_id, account, currency, campaign_id, campaign,
			ad_set_id, ad_set, ad_id, ad, format, objective, audience_segment, country,
			device, placement)' END;
	key_columns text;
	same_key text;
	new_columns text;
	named_columns text;
	new_values text;
	old_values text;
	assignments text;
BEGIN
	SELECT string_agg(attname, ', ') FILTER (WHERE is_key),
			string_agg(format('new_rows.%1$s = old_rows.%1$s', attname), ' AND ')
				FILTER (WHERE is_key AND attname <> 'source'),
			string_agg(attname, ', ' ORDER BY attnum) FILTER (WHERE is_new),
			string_agg(CASE WHEN attname IN ('account', 'campaign', 'ad_set', 'ad') THEN
					format('coalesce(%1$s_names.name, %1$s, %1$s_id) AS %1$s', attname)
				ELSE attname::text END, ', ' ORDER BY attnum) FILTER (WHERE is_new),
			string_agg('new_rows.' || attname, ', ' ORDER BY attnum) FILTER (WHERE is_new),
			string_agg('old_rows.' || attname, ', ' ORDER BY attnum) FILTER (WHERE is_new),
			string_agg(format('%1$s = excluded.%1$s', attname), ', ')
				FILTER (WHERE is_new AND NOT is_key)
		INTO key_columns, same_key, new_columns, named_columns, new_values, old_values,
			assignments
		FROM pg_attribute
			JOIN pg_index ON indrelid = attrelid AND indisprimary
			CROSS JOIN LATERAL (SELECT attnum = ANY (indkey),
					attgenerated = '' AND attname NOT IN ('source', 'loaded_at'))
				AS kind(is_key, is_new)
		WHERE attrelid = target::regclass AND attnum > 0 AND NOT attisdropped;

	EXECUTE format($query$
		WITH source_rows AS MATERIALIZED (%1$s),
		names AS MATERIALIZED (
			SELECT DISTINCT ON (of, id) of, id, name
			FROM (
				SELECT of, id, name, max(newest_day) AS newest_day, max(newest) AS newest
				FROM (
					SELECT account_id, account, campaign_id, campaign, ad_set_id, ad_set,
						ad_id, ad, max(%3$s) AS newest_day, max(version) AS newest
					FROM source_rows
					GROUP BY account_id, account, campaign_id, campaign, ad_set_id, ad_set,
						ad_id, ad
				) AS ads
					CROSS JOIN LATERAL (VALUES ('account', account_id, account),
						('campaign', campaign_id, campaign),
						('ad set', ad_set_id, ad_set), ('ad', ad_id, ad)
						) AS named(of, id, name)
				WHERE id IS NOT NULL AND name IS NOT NULL
				GROUP BY of, id, name
			) AS all_names
			ORDER BY of, id, newest_day DESC, newest DESC NULLS LAST, name DESC
		),
		new_rows AS MATERIALIZED (
			SELECT *, %4$s AS row_key
			FROM (
				SELECT %5$s
				FROM source_rows
					LEFT JOIN names AS account_names
						ON account_names.of = 'account' AND account_names.id = account_id
					LEFT JOIN names AS campaign_names
						ON campaign_names.of = 'campaign' AND campaign_names.id = campaign_id
					LEFT JOIN names AS ad_set_names
						ON ad_set_names.of = 'ad set' AND ad_set_names.id = ad_set_id
					LEFT JOIN names AS ad_names
						ON ad_names.of = 'ad' AND ad_names.id = ad_id
				-- so that ad_row_key() is given columns, and can be inlined
				OFFSET 0
			) AS named_rows
		),
		changed AS (
			INSERT INTO %2$s AS old_rows (source, %6$s)
				SELECT $1, %7$s
				FROM new_rows LEFT JOIN %2$s AS old_rows
					ON %8$s AND old_rows.source = $1 AND old_rows.%3$s >= $2
				WHERE old_rows.source IS NULL OR (%7$s) IS DISTINCT FROM (%9$s)
				ON CONFLICT (%10$s) DO UPDATE SET loaded_at = now(), %11$s
				RETURNING 1
		),
		renamed AS (
			UPDATE %2$s AS old_rows
				SET loaded_at = now(),
					account = coalesce(account_names.name, old_rows.account),
					campaign = coalesce(campaign_names.name, old_rows.campaign),
					ad_set = coalesce(ad_set_names.name, old_rows.ad_set),
					ad = coalesce(ad_names.name, old_rows.ad)
				FROM %2$s AS older_rows
					LEFT JOIN names AS account_names ON account_names.of = 'account'
						AND account_names.id = older_rows.account_id
					LEFT JOIN names AS campaign_names ON campaign_names.of = 'campaign'
						AND campaign_names.id = older_rows.campaign_id
					LEFT JOIN names AS ad_set_names ON ad_set_names.of = 'ad set'
						AND ad_set_names.id = older_rows.ad_set_id
					LEFT JOIN names AS ad_names ON ad_names.of = 'ad'
						AND ad_names.id = older_rows.ad_id
				WHERE older_rows.source = $1 AND older_rows.%3$s < $2
					AND older_rows.ctid = old_rows.ctid
					AND older_rows.tableoid = old_rows.tableoid
					AND (account_names.name <> older_rows.account
						OR campaign_names.name <> older_rows.campaign
						OR ad_set_names.name <> older_rows.ad_set
						OR ad_names.name <> older_rows.ad)
				RETURNING 1
		),
		gone AS (
			DELETE FROM %2$s AS old_rows
				WHERE source = $1 AND %3$s >= $2
					AND NOT EXISTS (SELECT FROM new_rows WHERE %8$s)
				RETURNING 1
		)
		SELECT (SELECT count(*) FROM new_rows),
			(SELECT count(*) FROM changed) + (SELECT count(*) FROM renamed),
			(SELECT count(*) FROM gone)$query$,
		query, target, last_day, row_key, named_columns, new_columns, new_values,
		same_key, old_values, key_columns, assignments)
		INTO rows_read, rows_changed, rows_gone
		USING merged_source, since;
END
$function$;

COMMENT ON FUNCTION merge_ad_rows IS
	'brings the rows of a query into a canonical table, in place of those of a source since a day';

-- A source without any row is more often a connector at work than an advertiser
-- without ads: what was loaded from it stays.
CREATE OR REPLACE FUNCTION refuse_empty_source(source text, relation text, target text,
		rows_read bigint) RETURNS void
	LANGUAGE plpgsql
AS $function$
DECLARE
	had_rows boolean;
	has_rows boolean;
BEGIN
	IF rows_read > 0 THEN
		RETURN;
	END IF;
	EXECUTE format('SELECT EXISTS (SELECT FROM %s), EXISTS (SELECT FROM %I WHERE source = $1)',
			to_regclass(relation), target)
		INTO has_rows, had_rows USING source;
	IF had_rows AND NOT has_rows THEN
		RAISE object_not_in_prerequisite_state USING
			message = format('table "%s" is empty', relation),
			detail = format('Nothing was changed: %s has rows of it.', target),
			hint = format('If they shall go: DELETE FROM %I WHERE source = %L;', target, source);
	END IF;
END
$function$;

COMMENT ON FUNCTION refuse_empty_source IS
	'an error if a relation is empty from which rows were loaded before';

CREATE OR REPLACE PROCEDURE load_ads(since date DEFAULT current_date - 35,
		only_source text DEFAULT NULL, INOUT rows_read bigint DEFAULT NULL,
		INOUT rows_changed bigint DEFAULT NULL, INOUT rows_gone bigint DEFAULT NULL,
		INOUT rows_left_out bigint DEFAULT NULL, INOUT why text DEFAULT NULL)
	LANGUAGE plpgsql
	SET datestyle = iso
	SET timezone = 'UTC'
	-- how many rows a query of a query brings, the planner cannot know: one loop in
	-- another takes for ever
	SET enable_nestloop = off
	SET jit = off
AS $procedure$
DECLARE
	entry ad_sources;
	loaded record;
	sources bigint := 0;
	error_code text;
	error_detail text;
	error_hint text;
BEGIN
	rows_read := 0;
	rows_changed := 0;
	rows_gone := 0;
	rows_left_out := 0;
	why := NULL;
	-- of two loads at the same time one waits for the other
	PERFORM pg_advisory_xact_lock(
		hashtextextended('load_ads', 'ad_daily'::regclass::oid::bigint));
	FOR entry IN SELECT * FROM ad_sources
		WHERE only_source IS NULL OR source = only_source ORDER BY source
	LOOP
		BEGIN
			EXECUTE format('SELECT * FROM %I($1, $2, $3, $4)', entry.loader)
				INTO loaded USING entry.source, entry.relation, entry.breakdown, since;
		EXCEPTION WHEN OTHERS THEN
			-- in one line, without the queries
			GET STACKED DIAGNOSTICS error_code = returned_sqlstate,
				error_detail = pg_exception_detail, error_hint = pg_exception_hint;
			RAISE EXCEPTION USING errcode = error_code,
				message = format('source "%s": %s', entry.source, sqlerrm),
				detail = coalesce(nullif(error_detail, ''),
					format('It reads "%s".', entry.relation)),
				hint = coalesce(nullif(error_hint, ''), 'Nothing was loaded.');
		END;
		sources := sources + 1;
		rows_read := rows_read + loaded.rows_read;
		rows_changed := rows_changed + loaded.rows_changed;
		rows_gone := rows_gone + loaded.rows_gone;
		rows_left_out := rows_left_out + loaded.rows_left_out;
		why := nullif(concat_ws('; ', why, entry.source || ': ' || loaded.why), '');
	END LOOP;
	IF sources = 0 THEN
		RAISE EXCEPTION USING errcode = 'undefined_object',
			message = CASE WHEN only_source IS NULL THEN 'there are no sources to load'
				ELSE format('there is no source "%s"', only_source) END,
			hint = 'The table ad_sources lists them; each file for a source adds one.';
	END IF;
END
$procedure$;

COMMENT ON PROCEDURE load_ads IS
	'loads the canonical tables from all sources, or one: the days since the one given';

-- The canonical tables are found whatever the search path of who calls.
SELECT format('ALTER PROCEDURE load_ads SET search_path = %s, pg_temp',
	string_agg(quote_ident(name), ', ' ORDER BY position))
FROM unnest(current_schemas(false)) WITH ORDINALITY AS path(name, position) \gexec
