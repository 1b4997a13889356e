-- csv_columns.sql
--	demo.sh FILE.csv, first step: which column of the file is what.
--
-- Takes the psql variables header (the first line of the file) and delimiter;
-- makes the tables csv_columns (one row per column of the file) and csv_rows
-- (the file as text, filled by demo.sh), and the view csv_named over it.

-- The names that we know a column by, best first; blanks stand for
-- underscores too.
CREATE TABLE csv_names (
	priority integer GENERATED ALWAYS AS IDENTITY,
	taken_as text,
	name text
);

INSERT INTO csv_names (taken_as, name)
	SELECT taken_as, regexp_split_to_table(names, ' *, *')
	FROM (VALUES
		('day', 'day, date, date start, reporting starts, creation date'),
		('account', 'account name, account, account id'),
		('currency', 'currency, account currency, currency code'),
		('campaign', 'campaign name, campaign, campaign id'),
		('ad_set', 'ad set name, adset name, ad set, adset, ad set id, adset id'),
		('ad', 'ad name, ad, ad id'),
		('format', 'ad format, format, ad format asset, object type'),
		('objective', 'objective, campaign objective'),
		('audience_segment', 'audience segment, audience, segment'),
		('age', 'age'),
		('gender', 'gender'),
		('country', 'country, country code, location, region'),
		('device', 'impression device, device, device type, device platform'),
		('platform', 'platform, publisher platform'),
		('placement', 'placement, placements, platform position'),
		('clicks', 'clicks (all), clicks all, all clicks, clicks'),
		('link', 'link clicks, inline link clicks'),
		('reaction', 'post reactions'),
		('comment', 'post comments'),
		('share', 'post shares'),
		('page_like', 'page likes, facebook likes'),
		('outbound', 'outbound clicks'),
		('impressions', 'impressions'),
		('reach', 'reach'),
		('spend', 'amount spent, spend, cost')
	) AS known(taken_as, names);

CREATE TABLE csv_columns AS
	SELECT position::integer, header,
		-- the export names the currency in the header: Amount spent (USD)
		upper(substring(name FROM '^(?:amount spent|spend|cost) ?\((\w{3})\)$'))
			AS currency,
		regexp_replace(name, '^(amount spent|spend|cost) ?\(\w{3}\)$', '\1')
			AS name,
		NULL::text AS taken_as
	FROM regexp_matches(:'delimiter' || :'header',
			format('[%s]("(?:[^"]|"")*"|[^%1$s]*)', :'delimiter'), 'g')
			WITH ORDINALITY AS matches(field, position)
		CROSS JOIN LATERAL (SELECT trim(regexp_replace(
			replace(trim(field[1], ' "'), '""', '"'), '\s+', ' ', 'g')))
			AS squeezed(header)
		CROSS JOIN LATERAL lower(replace(header, '_', ' ')) AS name;

UPDATE csv_columns SET taken_as = best.taken_as
	FROM (
		SELECT DISTINCT ON (taken_as) csv_names.taken_as, position
		FROM csv_columns JOIN csv_names USING (name)
		ORDER BY taken_as, priority, position
	) AS best
	WHERE csv_columns.position = best.position;

-- The file as it is, all text, in its order.
SELECT format('CREATE TABLE csv_rows (%s,
		row_number bigint GENERATED ALWAYS AS IDENTITY)',
	string_agg(format('c%s text', position), ', ' ORDER BY position))
FROM csv_columns \gexec

-- The same by the names we know; a column that the file lacks is NULL.
SELECT format('CREATE VIEW csv_named AS
		SELECT row_number, ARRAY[%s] AS fields, %s FROM csv_rows',
	(SELECT string_agg('c' || position, ', ' ORDER BY position)
		FROM csv_columns),
	string_agg(format('trim(%s::text) AS %I',
		coalesce('c' || position, 'NULL'), taken_as), ', '))
FROM (SELECT DISTINCT taken_as FROM csv_names) AS known
	LEFT JOIN csv_columns USING (taken_as) \gexec
