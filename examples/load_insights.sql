-- load_insights.sql
--	Loads a connector's table of rows of Meta's Insights API.  The file for a
--	connector says which columns tell the latest row, and what other tables add.

\ir search_path.sql

-- SQL for the first of the columns that a relation has, as text of the row "r"; blanks
-- are NULL, and so is what dlt writes for an id that there is not.
CREATE OR REPLACE FUNCTION insights_column(relation text, VARIADIC names text[])
	RETURNS text
	LANGUAGE SQL STABLE
BEGIN ATOMIC
	SELECT 'coalesce(' || coalesce(string_agg(CASE
				WHEN attname LIKE '%\_id' THEN format('nullif(nullif((r).%I::text, %L), %L)',
					attname, '', 'no_' || attname)
				ELSE format('nullif((r).%I::text, %L)', attname, '') END, ', '
			ORDER BY array_position(names, attname::text)) || ', ', '') || 'NULL)'
	FROM pg_attribute
	WHERE attrelid = to_regclass(relation) AND attname = ANY (names) AND NOT attisdropped;
END;

-- SQL for what tells the rows of a relation for different things apart: the days, the
-- finest id that there is, or the names where there is none, and the breakdowns
CREATE OR REPLACE FUNCTION insights_keys(relation text) RETURNS text
	LANGUAGE SQL STABLE
BEGIN ATOMIC
	SELECT concat_ws(', ',
		format('left(%s, 10)', insights_column(relation, 'date_start', 'date')),
		format('left(%s, 10)', insights_column(relation, 'date_stop', 'date_start', 'date')),
		insights_column(relation, 'account_id', 'ad_account_id', 'account_name'),
		ad_id,
		format('CASE WHEN %s IS NULL THEN %s END', ad_id, ad_set_id),
		format('CASE WHEN %s IS NULL THEN %s END', ad_id,
			insights_column(relation, 'ad_name')),
		format('CASE WHEN coalesce(%s, %s) IS NULL THEN %s END', ad_id, ad_set_id,
			insights_column(relation, 'adset_name', 'ad_set_name')),
		format('CASE WHEN coalesce(%s, %s) IS NULL THEN %s END', ad_id, ad_set_id,
			insights_column(relation, 'campaign_id', 'campaign_name', 'campaign')),
		(SELECT string_agg(insights_column(relation, attname::text), ', ' ORDER BY attnum)
			FROM pg_attribute
			WHERE attrelid = to_regclass(relation) AND NOT attisdropped
				AND attname = ANY (insights_breakdowns())))
	FROM (VALUES (insights_column(relation, 'ad_id'),
		insights_column(relation, 'adset_id', 'ad_set_id'))) AS ids(ad_id, ad_set_id);
END;

-- SQL for whether the row "r" of a relation is of the days since the one given, or of what
-- is no day, so that it is told; NULL if there is no column of days.  Its columns may be
-- of different types: what is no date or timestamp is read as text.
CREATE OR REPLACE FUNCTION insights_days(relation text, since date) RETURNS text
	LANGUAGE SQL STABLE
BEGIN ATOMIC
	SELECT CASE WHEN bool_and(is_time) AND count(DISTINCT atttypid) = 1
			THEN format('(coalesce(%s) >= %L) IS NOT FALSE',
				string_agg(format('(r).%I', attname), ', ' ORDER BY attname DESC), since)
			ELSE format('(coalesce(%s) COLLATE "C" >= %L) IS NOT FALSE',
				string_agg(format('(r).%I::text', attname), ', ' ORDER BY attname DESC), since)
		END || coalesce(string_agg(format(' OR (r).%I::text !~ %L', attname, '^\d{4}-\d\d-\d\d'), '')
			FILTER (WHERE NOT is_time), '')
	FROM pg_attribute
		CROSS JOIN LATERAL (SELECT atttypid IN ('date'::regtype, 'timestamp'::regtype,
			'timestamptz'::regtype)) AS kind(is_time)
	WHERE attrelid = to_regclass(relation) AND attname IN ('date_stop', 'date_start', 'date')
		AND NOT attisdropped
	HAVING count(*) > 0;
END;

-- SQL for the names of the columns of numbers in which the row "r" of a relation has NaN
CREATE OR REPLACE FUNCTION insights_not_numbers(relation text) RETURNS text
	LANGUAGE SQL STABLE
BEGIN ATOMIC
	SELECT coalesce('nullif(concat_ws('', '', ' || string_agg(
			format('CASE WHEN lower(btrim((r).%I::text)) = %L THEN %L END', attname, 'nan',
				attname), ', ' ORDER BY attnum) || '), '''')', 'NULL::text')
	FROM pg_attribute
	WHERE attrelid = to_regclass(relation) AND NOT attisdropped
		AND atttypid NOT IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
		AND attname IN ('impressions', 'spend', 'reach', 'clicks', 'ctr', 'unique_clicks',
			'inline_link_clicks', 'instant_experience_clicks_to_open',
			'instant_experience_clicks_to_start');
END;

-- SQL for the order in which rows for the same thing were written, the latest first
CREATE OR REPLACE FUNCTION insights_versions(relation text, written_by text[]) RETURNS text
	LANGUAGE SQL STABLE
BEGIN ATOMIC
	SELECT coalesce(string_agg(
			CASE WHEN attname IN ('impressions', 'clicks', 'inline_link_clicks')
					AND atttypid IN ('text'::regtype, 'varchar'::regtype)
				THEN format('substring((r).%I FROM %L)::numeric', attname, '^\s*(\d{1,18})')
				ELSE format('(r).%I', attname) END || ' DESC NULLS LAST',
			', ' ORDER BY array_position(written_by, attname::text)), '1')
	FROM pg_attribute
	WHERE attrelid = to_regclass(relation) AND attname = ANY (written_by)
		AND NOT attisdropped;
END;

-- A relation beside another one, in the same schema; NULL if there is none
CREATE OR REPLACE FUNCTION insights_neighbour(relation text, name text) RETURNS text
	LANGUAGE SQL STABLE
BEGIN ATOMIC
	SELECT to_regclass(format('%I.%I', nspname, name))::text
	FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
	WHERE pg_class.oid = to_regclass(relation);
END;

-- SQL that joins a table with a row per element of an array to the rows "r" that the
-- elements belong to, by the columns of both, as a column "elements" of "name".  Elements
-- that the condition rules out are not read.
CREATE OR REPLACE FUNCTION insights_child(child text, name text, columns text[],
		child_columns text[], condition text) RETURNS text
	LANGUAGE SQL STABLE
BEGIN ATOMIC
	SELECT format(' LEFT JOIN (
			SELECT ROW(%s)::text AS key, jsonb_agg(jsonb_build_object(%L, %s, %L, %s)) AS elements
			FROM %s AS r
			WHERE %s
			GROUP BY key
		) AS %I ON %I.key = ROW(%s)::text',
		-- a day may be a date here and a timestamp there
		string_agg(format(CASE WHEN name_here LIKE 'date%' THEN 'left((r).%I::text, 10)'
			ELSE '(r).%I::text' END, name_there), ', ' ORDER BY position),
		'action_type', insights_column(child, 'action_type'),
		'value', insights_column(child, 'value'), to_regclass(child), condition, name, name,
		string_agg(format(CASE WHEN name_here LIKE 'date%' THEN 'left((r).%I::text, 10)'
			ELSE '(r).%I::text' END, name_here), ', ' ORDER BY position))
	FROM unnest(columns, child_columns) WITH ORDINALITY
		AS pairs(name_here, name_there, position);
END;

-- Registers the relations in the schema of a stream that have columns of breakdowns: they
-- tell the clicks of the stream again.  Their names begin as the stream's does, unless
-- another beginning is given.
CREATE OR REPLACE FUNCTION register_breakdowns(stream_source text, stream text,
		stream_loader text, beginning text DEFAULT NULL) RETURNS void
	LANGUAGE SQL
BEGIN ATOMIC
	INSERT INTO ad_sources (source, loader, relation, breakdown)
		SELECT stream_source || ' by ' || broken_down_by, stream_loader,
			insights_neighbour(stream, relname), broken_down_by
		FROM (
			SELECT relname, string_agg(attname, ', ' ORDER BY position) AS broken_down_by
			FROM pg_class
				JOIN pg_attribute ON attrelid = pg_class.oid AND NOT attisdropped
				JOIN unnest(insights_breakdowns()) WITH ORDINALITY
					AS breakdowns(name, position) ON name = attname
			WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
				AND pg_class.oid <> to_regclass(stream)
				-- "adsinsights_country" is a breakdown of "adsinsights_default"
				AND (relnamespace, true) = (SELECT relnamespace,
						starts_with(pg_class.relname, coalesce(beginning,
							regexp_replace(relname, '_default$', '') || '_'))
					FROM pg_class AS of_stream
					WHERE oid = to_regclass(stream))
			GROUP BY pg_class.oid, relname
			HAVING 2 = (SELECT count(*) FROM pg_attribute
				WHERE attrelid = pg_class.oid AND NOT attisdropped
					AND attname IN ('date', 'date_start', 'impressions'))
		) AS streams
		-- of several by the same columns the first stands
		ORDER BY relname
	ON CONFLICT (source) DO NOTHING;
END;

-- How many rows were read into insights_rows, how many of them do not count, and why
CREATE OR REPLACE FUNCTION insights_left_out(breakdown text, OUT rows_read bigint,
		OUT rows_left_out bigint, OUT why text)
	LANGUAGE plpgsql
AS $function$
BEGIN
	SELECT coalesce(sum(number) FILTER (WHERE left_out OR reason = ''), 0),
			coalesce(sum(number) FILTER (WHERE left_out), 0),
			string_agg(number || ' ' || reason, ', ' ORDER BY position, number DESC, reason)
				FILTER (WHERE reason <> '' AND number > 0)
		INTO rows_read, rows_left_out, why
		FROM (
			SELECT 0, false, '', count(*) FROM pg_temp.insights_rows
				WHERE problem IS NULL AND deleted_at IS NULL
					AND (breakdown IS NULL OR day = last_day)
			UNION ALL
			SELECT 1, true, 'restated later', sum(versions - 1) FROM pg_temp.insights_rows
			UNION ALL
			SELECT 2, true, 'deleted by the source', count(*) FROM pg_temp.insights_rows
				WHERE deleted_at IS NOT NULL
			UNION ALL
			SELECT 3, true, 'of several days in a breakdown', count(*)
				FROM pg_temp.insights_rows
				WHERE problem IS NULL AND deleted_at IS NULL AND breakdown IS NOT NULL
					AND day < last_day
			UNION ALL
			SELECT 4, true, 'not taken: ' || problem, count(*)
				FROM pg_temp.insights_rows
				WHERE problem IS NOT NULL AND deleted_at IS NULL
				GROUP BY problem
			UNION ALL
			SELECT 5, false, 'with NaN, taken as not reported: ' || not_numbers, count(*)
				FROM pg_temp.insights_rows
				WHERE not_numbers IS NOT NULL AND problem IS NULL AND deleted_at IS NULL
				GROUP BY not_numbers
			UNION ALL
			SELECT 6, false, 'with a field that Airbyte could not write: '
					|| (change ->> 'field'), count(*)
				FROM pg_temp.insights_rows CROSS JOIN LATERAL jsonb_array_elements(changes)
					AS changes_of(change)
				WHERE jsonb_typeof(changes) = 'array'
				GROUP BY change ->> 'field'
		) AS reasons(position, left_out, reason, number);
END
$function$;

-- Takes no row that tells the clicks of others again: one that is not broken down beside
-- those that are and add up to it, and one of a campaign, an ad set or an account beside
-- finer ones of the same.  A stream whose breakdown or level was changed still has them.
CREATE OR REPLACE FUNCTION insights_leave_totals_out() RETURNS void
	LANGUAGE plpgsql
AS $function$
BEGIN
	UPDATE pg_temp.insights_rows AS total
		SET problem = 'the total of rows that are broken down'
		FROM (
			SELECT day, last_day, account_id, campaign_id, ad_set_id, ad_id,
				sum(impressions) AS impressions, clicks_all(clicks) AS clicks_all
			FROM pg_temp.insights_rows
			WHERE problem IS NULL
				AND num_nonnulls(audience_segment, country, device, placement) > 0
			GROUP BY day, last_day, account_id, campaign_id, ad_set_id, ad_id
		) AS parts
		WHERE num_nonnulls(total.audience_segment, total.country, total.device,
				total.placement) = 0
			AND (total.day, total.last_day) = (parts.day, parts.last_day)
			AND (total.account_id, total.campaign_id, total.ad_set_id, total.ad_id)
				IS NOT DISTINCT FROM
				(parts.account_id, parts.campaign_id, parts.ad_set_id, parts.ad_id)
			AND total.impressions = parts.impressions
			AND clicks_total(total.clicks) IS NOT DISTINCT FROM parts.clicks_all;
	IF (SELECT count(DISTINCT level) > 1 FROM pg_temp.insights_rows WHERE problem IS NULL) THEN
		UPDATE pg_temp.insights_rows AS total
			SET problem = format('of one %s, beside the rows of its parts', level)
			WHERE problem IS NULL AND EXISTS (
				SELECT FROM pg_temp.insights_rows AS part
				WHERE part.problem IS NULL AND part.deleted_at IS NULL
					AND (part.day, part.last_day) = (total.day, total.last_day)
					AND coalesce(part.account_id, part.account)
						IS NOT DISTINCT FROM coalesce(total.account_id, total.account)
					AND CASE total.level WHEN 'account' THEN part.level <> 'account'
						WHEN 'campaign' THEN part.level IN ('ad set', 'ad')
							AND coalesce(part.campaign_id, part.campaign)
								= coalesce(total.campaign_id, total.campaign)
						WHEN 'ad set' THEN part.level = 'ad'
							AND coalesce(part.ad_set_id, part.ad_set)
								= coalesce(total.ad_set_id, total.ad_set) END);
	END IF;
END
$function$;

-- SQL for the rows of insights_rows that are days, or periods, in the columns of
-- ad_daily.  Rows whose breakdowns have no column of their own there, such as the hours
-- of a day, are added up; the people of such rows cannot be.
CREATE OR REPLACE FUNCTION insights_query(kind text, breakdown text) RETURNS text
	LANGUAGE plpgsql
AS $function$
BEGIN
	RETURN format($query$
		SELECT %1$s, %2$L AS breakdown, max(level) AS level,
			max(account_id) AS account_id, max(account) AS account, max(currency) AS currency,
			max(campaign_id) AS campaign_id, max(campaign) AS campaign,
			max(ad_set_id) AS ad_set_id, max(ad_set) AS ad_set, max(ad_id) AS ad_id,
			max(ad) AS ad, max(format) AS format, max(objective) AS objective,
			max(audience_segment) AS audience_segment, max(country) AS country,
			max(device) AS device, max(placement) AS placement,
			sum(clicks) AS clicks, min(clicks_are) AS clicks_are,
			sum(impressions)::bigint AS impressions,
			CASE WHEN count(*) = 1 THEN max(reach) END AS reach,
			CASE WHEN count(*) = 1 THEN max(reported_unique_clicks) END
				AS reported_unique_clicks,
			sum(landing_page_views)::bigint AS landing_page_views,
			sum(purchases) AS purchases, sum(leads) AS leads,
			sum(purchase_value) AS purchase_value, sum(spend) AS spend,
			max(version) AS version
		FROM pg_temp.insights_rows
		WHERE problem IS NULL AND deleted_at IS NULL AND %3$s
		GROUP BY day, last_day, row_key$query$,
		CASE kind WHEN 'day' THEN 'day' ELSE 'day AS first_day, last_day' END, breakdown,
		CASE kind WHEN 'day' THEN 'day = last_day' ELSE 'day < last_day' END);
END
$function$;

-- Brings the rows of a relation since a day into ad_daily, or into ad_breakdowns if
-- they are broken down, and rows of several days into ad_periods.
--
-- written_by: the columns that tell which of several rows for the same thing is the
-- latest, the most important first; those that there are not are passed over, and the
-- greater text settles ties.  written_at: the columns that may tell when the row was
-- written.  deleted_at: the column that is not NULL where the source deleted the row.
-- joins: what follows FROM latest, whose column r is the row; it has a column "more",
-- an object with what other tables know of the row, or NULL.
CREATE OR REPLACE FUNCTION load_insights(source text, relation text, since date,
		breakdown text, written_by text[], written_at text[], deleted_at text DEFAULT NULL,
		joins text DEFAULT 'CROSS JOIN (SELECT NULL::jsonb AS more) AS nothing',
		OUT rows_read bigint, OUT rows_changed bigint, OUT rows_gone bigint,
		OUT rows_left_out bigint, OUT why text)
	LANGUAGE plpgsql
AS $function$
DECLARE
	target text := CASE WHEN breakdown IS NULL THEN 'ad_daily' ELSE 'ad_breakdowns' END;
	days text := insights_days(relation, since);
	keys text := insights_keys(relation);
	versions text := insights_versions(relation, written_by);
	merged record;
BEGIN
	IF to_regclass(relation) IS NULL AND breakdown IS NOT NULL THEN
		-- a stream that is synced no more does not keep the others from being loaded
		rows_read := 0;
		rows_changed := 0;
		rows_gone := 0;
		rows_left_out := 0;
		why := format('table "%s" does not exist', relation);
		RETURN;
	ELSIF to_regclass(relation) IS NULL THEN
		RAISE undefined_table USING
			message = format('table "%s" does not exist', relation),
			hint = 'The column "relation" of ad_sources says where it is.';
	ELSIF days IS NULL THEN
		RAISE undefined_column USING
			message = format('table "%s" has no column "date_start" or "date"', relation);
	END IF;

	IF to_regclass('pg_temp.insights_rows') IS NOT NULL THEN
		DROP TABLE pg_temp.insights_rows;
	END IF;
	EXECUTE format($query$
		CREATE TEMPORARY TABLE insights_rows ON COMMIT DROP AS
			SELECT mapped.*, versions, document ->> %5$L AS deleted_at,
				(SELECT max(written) FROM (VALUES (NULL::timestamptz)%6$s) AS times(written))
					AS version,
				document -> '_airbyte_meta' -> 'changes' AS changes, %9$s AS not_numbers,
				ad_row_key(%7$L, mapped.account_id, mapped.account, mapped.currency,
					mapped.campaign_id, mapped.campaign, mapped.ad_set_id, mapped.ad_set,
					mapped.ad_id, mapped.ad, mapped.format, mapped.objective,
					mapped.audience_segment, mapped.country, mapped.device, mapped.placement)
					AS row_key
			FROM (
				SELECT DISTINCT ON (keys) r, keys, versions
				FROM (
					SELECT r, keys, rank() OVER by_version AS rank,
						count(*) OVER by_version AS ties,
						count(*) OVER (PARTITION BY keys) AS versions
					FROM (
						SELECT r, ROW(%1$s)::text COLLATE "C" AS keys
						FROM %2$s AS r
						WHERE %3$s
					) AS keyed
					WINDOW by_version AS (PARTITION BY keys ORDER BY %4$s)
				) AS ranked
				WHERE rank = 1
				ORDER BY keys, CASE WHEN ties > 1 THEN r::text COLLATE "C" END DESC
			) AS latest
				%8$s
				-- OFFSET 0: made once, not wherever it is used
				CROSS JOIN LATERAL (SELECT to_jsonb(r) || coalesce(more, '{}') OFFSET 0)
					AS api(document)
				CROSS JOIN LATERAL insights_row(document) AS mapped$query$,
		keys, to_regclass(relation), days, versions, deleted_at,
		(SELECT string_agg(format(', ((r).%I::timestamptz)', attname), '')
			FROM pg_attribute
			WHERE attrelid = to_regclass(relation) AND attname = ANY (written_at)
				AND atttypid IN ('timestamp'::regtype, 'timestamptz'::regtype)),
		source, joins, insights_not_numbers(relation));
	PERFORM insights_leave_totals_out();
	ANALYZE pg_temp.insights_rows (day, last_day);
	SELECT * INTO rows_read, rows_left_out, why FROM insights_left_out(breakdown);
	PERFORM refuse_empty_source(source, relation, target, rows_read);

	merged := merge_ad_rows(target, source, since, insights_query('day', breakdown));
	rows_changed := merged.rows_changed;
	rows_gone := merged.rows_gone;
	IF breakdown IS NULL THEN
		merged := merge_ad_rows('ad_periods', source, since, insights_query('period', NULL));
		rows_changed := rows_changed + merged.rows_changed;
		rows_gone := rows_gone + merged.rows_gone;
	END IF;
	DROP TABLE pg_temp.insights_rows;
END
$function$;

COMMENT ON FUNCTION insights_column IS 'SQL for the first of the columns that a relation has, as text';
COMMENT ON FUNCTION insights_keys IS 'SQL for what tells the rows of a relation for different things apart';
COMMENT ON FUNCTION insights_days IS 'SQL for whether a row of a relation is of the days since one, or of what is no day';
COMMENT ON FUNCTION insights_not_numbers IS 'SQL for the names of the columns in which a row of a relation has NaN';
COMMENT ON FUNCTION insights_versions IS 'SQL for the order in which rows for the same thing were written';
COMMENT ON FUNCTION insights_neighbour IS 'a relation beside another one, in the same schema';
COMMENT ON FUNCTION insights_child IS 'SQL that joins a table with a row per element of an array to the rows that they belong to';
COMMENT ON FUNCTION register_breakdowns IS 'registers the relations that tell the clicks of a stream again, broken down';
COMMENT ON FUNCTION insights_left_out IS 'how many rows were read into insights_rows, how many of them do not count, and why';
COMMENT ON FUNCTION insights_leave_totals_out IS 'takes no row of insights_rows that tells the clicks of others again';
COMMENT ON FUNCTION insights_query IS 'SQL for the rows of insights_rows that are days, or periods, in the columns of ad_daily';
COMMENT ON FUNCTION load_insights IS 'loads the canonical tables from a connector''s table of rows of the Insights API';
