-- csv_export.sql
--	Loads a report that an ad platform exported, as CSV or .xlsx, into the tables
--	of ad_tables.sql.  tools/read_export.py reads it, whatever its dialect:
--
--		tools/read_export.py export.csv | psql -d mydb -v source=meta -f examples/csv_export.sql
--
-- and then weekly_report.sql, once, and for every further export
--
--		REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads;
--
-- * source is your name for the platform and account that the export is from; it
--   must be given.  Exports of one source take the place of each other; those of
--   another account without a column that names it are another source, as names
--   of campaigns are the same in many.
-- * Exports overlap, with other numbers for the same day.  For each day and ad, or
--   the finest thing that the file tells apart, the export that came last counts
--   as a whole, with all its rows and nothing of the earlier ones; so it does not
--   matter either if one had a breakdown and the other none.  What the file does
--   not have of a day is kept: it may be of some campaigns only.
-- * An export of days that the source has by other things is refused, as the same
--   clicks would count twice: campaigns beside ad sets, names beside ids, one with
--   and one without accounts.  psql -v replace_days=on takes all rows of the
--   source in the days of the export away, whatever they tell apart.
-- * What read_export.py did not print to its end is refused, too.
-- * Days go into ad_daily, weeks, months and longer periods into ad_periods.
--   Rows without either are refused: say read_export.py --period.
-- * Ids never change, names do: all rows of an id get the newest name.
-- * Rows of a file for the same day and slices are added up.  What cannot be,
--   reach and unique clicks as reported, is then NULL.
-- * In the end it tells how many rows were added, replaced by other numbers, unchanged
--   and removed, and how many others of these days were kept.

\ir search_path.sql

\set ON_ERROR_STOP on
\if :{?source}
\else
	DO $$
	BEGIN
		RAISE EXCEPTION 'the export must have a source'
			USING HINT = 'Say a name for the platform and account that it is from, such as psql -v source=meta. '
				'An export takes the place of earlier ones of its source.';
	END
	$$;
\endif
\if :{?replace_days}
\else
	\set replace_days off
\endif
\ir ad_tables.sql

BEGIN;

-- of two loads at the same time one waits for the other
SELECT pg_advisory_xact_lock(hashtextextended('load_ads', 'ad_daily'::regclass::oid::bigint))
	\g /dev/null

\ir export_rows.sql

DO $$
DECLARE
	dayless bigint;
BEGIN
	SELECT count(*) INTO dayless FROM export_rows WHERE coalesce(day, first_day) IS NULL;
	IF dayless > 0 THEN
		RAISE EXCEPTION 'the export has rows without a day: %', dayless
			USING HINT = 'Export them by day, or say what they cover: read_export.py --period 2026-03-01..2026-03-31.';
	END IF;
END
$$;

-- What an export tells of: the finest of ad, ad set, campaign and account, by id or name
CREATE OR REPLACE FUNCTION pg_temp.export_unit(account_id text, account text, campaign_id text,
		campaign text, ad_set_id text, ad_set text, ad_id text, ad text) RETURNS text
	LANGUAGE SQL STABLE
	RETURN ROW(coalesce(account_id, account), coalesce(campaign_id, campaign),
		coalesce(ad_set_id, ad_set), coalesce(ad_id, ad))::text;

-- By what it tells them apart; units of different shapes may be the same
CREATE OR REPLACE FUNCTION pg_temp.export_shape(level text, account_id text, account text,
		campaign_id text, campaign text, ad_set_id text, ad_set text, ad_id text, ad text)
	RETURNS text[]
	LANGUAGE SQL STABLE
	RETURN ARRAY[coalesce('by ' || level, 'by day alone'),
		CASE WHEN account_id IS NOT NULL THEN 'with ids of accounts'
			WHEN account IS NOT NULL THEN 'with names of accounts' ELSE 'without accounts' END,
		CASE WHEN campaign_id IS NOT NULL THEN 'with ids of campaigns'
			WHEN campaign IS NOT NULL THEN 'with names of campaigns' ELSE 'without campaigns' END,
		CASE WHEN ad_set_id IS NOT NULL THEN 'with ids of ad sets'
			WHEN ad_set IS NOT NULL THEN 'with names of ad sets' ELSE 'without ad sets' END,
		CASE WHEN ad_id IS NOT NULL THEN 'with ids of ads'
			WHEN ad IS NOT NULL THEN 'with names of ads' ELSE 'without ads' END];

\set slices 'level, account_id, account, currency, campaign_id, campaign, ad_set_id, ad_set, ad_id, ad, format, objective, audience_segment, country, device, placement'
\set numbers 'clicks, clicks_are, impressions, reach, reported_unique_clicks, landing_page_views, purchases, leads, purchase_value, spend'
\set unit 'pg_temp.export_unit(account_id, account, campaign_id, campaign, ad_set_id, ad_set, ad_id, ad)'
\set shape 'pg_temp.export_shape(level, account_id, account, campaign_id, campaign, ad_set_id, ad_set, ad_id, ad)'
\set content 'md5(ROW(' :slices ', ' :numbers ')::text)::uuid'

-- The rows as they are to be in ad_daily and ad_periods
CREATE TEMPORARY TABLE export_sums ON COMMIT DROP AS
	SELECT :'source'::text AS source, *, :unit AS unit, :shape AS shape, :content AS content
	FROM (
		SELECT keys.first_day, keys.last_day, row_key, max(level) AS level,
			max(account_id) AS account_id, max(account) AS account, max(currency) AS currency,
			max(campaign_id) AS campaign_id, max(campaign) AS campaign,
			max(ad_set_id) AS ad_set_id, max(ad_set) AS ad_set, max(ad_id) AS ad_id,
			max(ad) AS ad, max(format) AS format, max(objective) AS objective,
			max(audience_segment) AS audience_segment, max(country) AS country,
			max(device) AS device, max(placement) AS placement,
			sum(typed_clicks) AS clicks, max(clicks_are) AS clicks_are,
			sum(impressions)::bigint AS impressions,
			CASE WHEN count(*) = 1 THEN max(reach) END AS reach,
			CASE WHEN count(*) = 1 THEN max(reported_unique_clicks) END
				AS reported_unique_clicks,
			sum(landing_page_views)::bigint AS landing_page_views,
			sum(purchases) AS purchases, sum(leads) AS leads,
			sum(purchase_value) AS purchase_value, sum(spend) AS spend
		FROM export_clicks
			CROSS JOIN LATERAL (SELECT coalesce(day, export_clicks.first_day),
				coalesce(day, export_clicks.last_day), ad_row_key(:'source', account_id,
					account, currency, campaign_id, campaign, ad_set_id, ad_set, ad_id, ad,
					format, objective, audience_segment, country, device, placement)
				OFFSET 0) AS keys(first_day, last_day, row_key)
		GROUP BY keys.first_day, keys.last_day, row_key
	) AS sums;
ANALYZE export_sums (first_day, last_day, unit);

-- What the source has of these days, and what becomes of it
CREATE TEMPORARY TABLE rows_there ON COMMIT DROP AS
	SELECT first_day, last_day, row_key, there.unit, there.shape, there.currency,
		new.row_key IS NOT NULL AS has_successor,
		new.content IS NOT DISTINCT FROM there.content AS is_unchanged,
		units.unit IS NULL AS is_other
	FROM (
		SELECT day AS first_day, day AS last_day, row_key, currency, :unit AS unit,
			:shape AS shape, :content AS content
		FROM ad_daily
		WHERE source = :'source' AND day IN (
			SELECT first_day FROM export_sums WHERE first_day = last_day)
		UNION ALL
		SELECT first_day, last_day, row_key, currency, :unit, :shape, :content
		FROM ad_periods
		WHERE source = :'source' AND (first_day, last_day) IN (
			SELECT first_day, last_day FROM export_sums WHERE first_day < last_day)
	) AS there
		LEFT JOIN (SELECT DISTINCT first_day, last_day, unit FROM export_sums) AS units
			USING (first_day, last_day, unit)
		LEFT JOIN export_sums AS new USING (first_day, last_day, row_key);
ANALYZE rows_there (first_day, last_day, unit);

-- Where both are of the same days and cannot be told apart
CREATE TEMPORARY VIEW export_conflicts AS
	SELECT first_day, last_day, 0 AS position, 'in ' || there.currency AS there,
		'in ' || new.currency AS comes
	FROM (
		SELECT first_day, last_day, unit, max(currency) AS currency
		FROM rows_there WHERE NOT is_other GROUP BY first_day, last_day, unit
	) AS there
		JOIN (
			SELECT first_day, last_day, unit, max(currency) AS currency
			FROM export_sums GROUP BY first_day, last_day, unit
		) AS new USING (first_day, last_day, unit)
	WHERE there.currency <> new.currency
	UNION ALL
	SELECT first_day, last_day, position, array_to_string(there.kinds, ' and '),
		array_to_string(new.kinds, ' and ')
	FROM (
		SELECT first_day, last_day, position, array_agg(DISTINCT kind) AS kinds
		FROM (
			SELECT DISTINCT first_day, last_day, shape FROM rows_there
		) AS shapes CROSS JOIN unnest(shape) WITH ORDINALITY AS kinds_of(kind, position)
		GROUP BY first_day, last_day, position
	) AS there
		JOIN (
			SELECT position, array_agg(DISTINCT kind) AS kinds
			FROM (SELECT DISTINCT shape FROM export_sums) AS shapes
				CROSS JOIN unnest(shape) WITH ORDINALITY AS kinds_of(kind, position)
			GROUP BY position
		) AS new USING (position)
		JOIN (SELECT DISTINCT first_day, last_day FROM rows_there WHERE is_other) AS others
			USING (first_day, last_day)
	WHERE NOT there.kinds && new.kinds;

\if :replace_days
\else
	DO $$
	DECLARE
		conflict record;
	BEGIN
		SELECT source, there, comes, first_day || CASE WHEN first_day < last_day
				THEN ' to ' || last_day ELSE '' END AS days
			INTO conflict
			FROM export_conflicts CROSS JOIN (SELECT source FROM export_sums LIMIT 1) AS of_export
			ORDER BY first_day, last_day, position
			LIMIT 1;
		IF FOUND THEN
			RAISE EXCEPTION 'source "%" has rows of % %, and the export is %: nothing was changed',
					conflict.source, conflict.days, conflict.there, conflict.comes
				USING HINT = 'The same clicks might be lost or count twice. If the export has all that '
					'the source has of its days, say psql -v replace_days=on. If it is from another '
					'platform or account, load it as another source.';
		END IF;
	END
	$$;
\endif

DELETE FROM ad_daily AS rows USING rows_there
	WHERE rows.day = first_day AND first_day = rows_there.last_day
		AND rows.row_key = rows_there.row_key AND NOT is_unchanged
		AND (NOT is_other OR :'replace_days'::boolean);

DELETE FROM ad_periods AS rows USING rows_there
	WHERE rows.first_day = rows_there.first_day AND rows.last_day = rows_there.last_day
		AND rows_there.first_day < rows_there.last_day
		AND rows.row_key = rows_there.row_key AND NOT is_unchanged
		AND (NOT is_other OR :'replace_days'::boolean);

CREATE TEMPORARY VIEW new_rows AS
	SELECT *
	FROM export_sums AS new
	WHERE NOT EXISTS (
		SELECT FROM rows_there
		WHERE is_unchanged AND rows_there.first_day = new.first_day
			AND rows_there.last_day = new.last_day AND rows_there.row_key = new.row_key);

INSERT INTO ad_daily (source, day, :slices, :numbers)
	SELECT source, first_day, :slices, :numbers FROM new_rows WHERE first_day = last_day;

INSERT INTO ad_periods (source, first_day, last_day, :slices, :numbers)
	SELECT source, first_day, last_day, :slices, :numbers
	FROM new_rows WHERE first_day < last_day;

-- The newest name of each id that the export has, for the older rows of that id.
SELECT format($$
	UPDATE %1$I AS rows SET %2$I = newest.name
		FROM (SELECT DISTINCT ON (%3$I) %3$I AS id, %2$I AS name FROM %1$I
			WHERE source = %4$L AND %3$I IN (SELECT %3$I FROM export_rows)
			ORDER BY %3$I, %5$I DESC, loaded_at DESC, %2$I) AS newest
		WHERE source = %4$L AND %3$I = newest.id AND %2$I <> newest.name$$,
	target, name, name || '_id', :'source', newest_by)
FROM (VALUES ('ad_daily', 'day'), ('ad_periods', 'last_day')) AS targets(target, newest_by),
	unnest(ARRAY['account', 'campaign', 'ad_set', 'ad']) AS name \gexec

SELECT (SELECT count(*) FROM export_sums) - old.replaced - old.unchanged AS "rows added",
	old.replaced, old.unchanged, old.removed, old.kept, export.*
FROM (
	SELECT count(*) FILTER (WHERE has_successor AND NOT is_unchanged) AS replaced,
		count(*) FILTER (WHERE is_unchanged) AS unchanged,
		count(*) FILTER (WHERE NOT has_successor AND (NOT is_other OR :'replace_days'::boolean))
			AS removed,
		count(*) FILTER (WHERE is_other AND NOT :'replace_days'::boolean) AS kept
	FROM rows_there
) AS old CROSS JOIN (
	SELECT min(first_day) AS "first day", max(last_day) AS "last day" FROM export_sums
) AS export;

COMMIT;
