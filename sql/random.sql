-- the aggregates over ad totals, over each type of argument, against the SQL they replace, over thousands of groups

SELECT setseed(0.8);
CREATE TEMP TABLE groups AS
	SELECT g, floor(random() * 3) / 2 AS clicks_known, floor(random() * 3) / 2 AS impressions_known,
	       floor(random() * 3) / 2 AS spend_known, random() AS fields_known,
	       (ARRAY['USD', 'EUR', 'JPY', NULL, ''])[1 + floor(random() * 5)::int] AS currency, floor(random() * 12)::int AS size
	FROM generate_series(1, 4000) g;
CREATE TEMP TABLE ads AS
	SELECT g, n, size,
	       CASE WHEN random() < clicks_known THEN floor(random() * 2000 - 300)::bigint * (g % 9 > 0)::integer
	       END AS clicks,
	       CASE WHEN random() < impressions_known THEN
	           floor(random() * (ARRAY[0, 1500, 2000000, 40000])[1 + g % 4])::bigint END AS impressions,
	       CASE WHEN random() < spend_known THEN round((random() ^ 3 * 20000 - 700)::numeric,
	                                                   floor(random() * 5)::int) END AS spend,
	       CASE WHEN random() < clicks_known THEN
	           ARRAY(SELECT CASE WHEN random() < fields_known + 0 * g THEN
	                            floor(random() * 90 - 9)::bigint * (g % 11 > 0)::integer END
	                 FROM generate_series(1, 20)) END AS fields,
	       CASE WHEN random() < clicks_known THEN (enum_range(NULL::click_type))[1 + floor(random() * 20)::int]
	       END AS type,
	       CASE WHEN currency <> '' AND n % 2 = 0 THEN currency || '  ' ELSE currency END AS currency
	FROM groups, generate_series(1, size) n;
ALTER TABLE ads ADD counts click_counts, ADD typed bigint;
UPDATE ads SET counts = ('(' || array_to_string(fields, ',', '') || ')')::click_counts,
	typed = (SELECT sum(clicks) FROM unnest(fields[1:11]) clicks) WHERE fields IS NOT NULL;

-- each column is known in no row, in some, or in all of the rows of a group, in every combination
SELECT count(*) > 3000 AS many_groups, count(DISTINCT (clicks, impressions, spend)) AS patterns,
       sum(size) > 20000 AS many_rows
FROM (SELECT g, max(size) AS size,
             CASE count(clicks) WHEN 0 THEN 'none' WHEN count(*) THEN 'all' ELSE 'some' END AS clicks,
             CASE count(impressions) WHEN 0 THEN 'none' WHEN count(*) THEN 'all' ELSE 'some' END AS impressions,
             CASE count(spend) WHEN 0 THEN 'none' WHEN count(*) THEN 'all' ELSE 'some' END AS spend
      FROM ads GROUP BY g) p;
SELECT count(*) FILTER (WHERE clicks = 0) > 100 AS zero_clicks,
       count(*) FILTER (WHERE impressions = 0) > 100 AS zero_impressions,
       count(*) FILTER (WHERE clicks > impressions) > 50 AS above_100_percent,
       count(*) FILTER (WHERE typed = 0) > 10 AS zero_by_type, count(*) FILTER (WHERE clicks < 0) > 50 AS negative,
       count(*) FILTER (WHERE spend < 0) > 50 AS credits
FROM (SELECT sum(clicks) AS clicks, sum(impressions) AS impressions, sum(spend) AS spend, sum(typed) AS typed FROM ads
      GROUP BY g) s;

/*
 * Every form of argument that is read in its own way, in every combination: an
 * argument is a column cast to its type.  The SQL by hand sums numeric columns;
 * of doubles, it sums their decimal values.
 */
CREATE TEMP TABLE forms (type text);
INSERT INTO forms VALUES ('integer'), ('bigint'), ('numeric'), ('double precision'), ('text');
CREATE TEMP VIEW clicks_forms AS
	SELECT 'clicks::' || type AS clicks, 'sum(clicks)' AS clicks_by_hand FROM forms UNION ALL VALUES ('counts', 'sum(typed)');
CREATE TEMP VIEW spend_forms AS
	SELECT 'spend::' || type AS spend, format('sum(spend::%s::numeric)', type) AS spend_by_hand FROM forms;
CREATE TEMP VIEW calls AS
	SELECT 'clicks_all' AS name, format('clicks_all(%s)', clicks) AS call, format('(%s)::bigint', clicks_by_hand) AS by_hand FROM clicks_forms
	UNION ALL
	SELECT 'ctr', format('ctr(%s, impressions::%s)', clicks, type), format('100.0 * %s / nullif(sum(impressions), 0)', clicks_by_hand) FROM clicks_forms, forms
	UNION ALL
	SELECT 'cpc', format('cpc(%s, %s%s)', spend, clicks, currency), format('%s / nullif(%s, 0)', spend_by_hand, clicks_by_hand)
	FROM clicks_forms, spend_forms, (VALUES (''), (', currency')) c(currency)
	UNION ALL
	SELECT 'ad_metrics', format('ad_metrics(%s, impressions::%s, %s%s)', clicks, type, spend, CASE WHEN row_number() OVER () % 3 = 0 THEN ', currency' ELSE '' END),
	       format('ROW((%1$s)::bigint, sum(impressions)::bigint, %2$s, 100.0 * %1$s / nullif(sum(impressions), 0), %2$s / nullif(%1$s, 0))', clicks_by_hand, spend_by_hand)
	FROM clicks_forms, forms, spend_forms;
CREATE FUNCTION pg_temp.compare(call text, by_hand text, OUT groups bigint, OUT failures bigint) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT count(*), count(*) FILTER (WHERE answer::text IS DISTINCT FROM by_hand::text)
		FROM (SELECT %s AS answer, %s AS by_hand FROM ads GROUP BY g) a', call, by_hand) INTO groups, failures;
END $$;
SELECT name, count(*) AS forms, count(*) FILTER (WHERE failures > 0) AS forms_that_fail,
       min(groups) > 3000 AS many_groups
FROM calls, pg_temp.compare(call, by_hand) GROUP BY name ORDER BY name;

-- the aggregates over types of click
SELECT name, failures, groups > 3000 AS many_groups
FROM (VALUES ('clicks_all(click_type)', 'clicks_all(type)', 'count(*) FILTER (WHERE is_counted(type)) + CASE WHEN count(type) = 0 THEN NULL ELSE 0 END'),
	('sum(click_counts)', 'sum(counts)', '(SELECT NULLIF(ROW(' || (SELECT string_agg('sum(fields[' || i || '])::bigint', ', ' ORDER BY i) FROM generate_series(1, 20) i) || ')::click_counts, click_counts()))'),
	('click_counts_agg(click_type)', 'click_counts_agg(type)',
	 '(SELECT NULLIF(ROW(' || (SELECT string_agg(format('NULLIF(count(*) FILTER (WHERE type = %L), 0)', label), ', ' ORDER BY label) FROM unnest(enum_range(NULL::click_type)) label) || ')::click_counts, click_counts()))'),
	('click_counts_agg(click_type, bigint)', 'click_counts_agg(type, clicks)',
	 '(SELECT NULLIF(ROW('
	 || (SELECT string_agg(format('sum(clicks) FILTER (WHERE type = %L)::bigint', label), ', ' ORDER BY label)
	     FROM unnest(enum_range(NULL::click_type)) label) || ')::click_counts, click_counts()))')) v(name, call, by_hand),
     pg_temp.compare(call, by_hand);

-- and over all rows at once, as over no rows
SELECT ad_metrics(clicks, impressions, spend)::text
       = ROW(sum(clicks), sum(impressions), sum(spend), 100.0 * sum(clicks) / sum(impressions),
             sum(spend) / sum(clicks))::text AS all_rows FROM ads;
SELECT ad_metrics(clicks, impressions, spend)::text
       = ROW(sum(clicks), sum(impressions), sum(spend), 100.0 * sum(clicks) / sum(impressions),
             sum(spend) / sum(clicks))::text AS no_rows FROM ads WHERE false;
