-- real_data.sql
--	The golden totals of shared/data/README.md, from the file on standard input.

CREATE EXTENSION clicks_all;
CREATE TABLE ads (
	ad_id integer, clicks integer, impressions bigint, spend numeric, currency text, creation_date text, end_date text, age text, gender text,
	language text, placements text, location text, generation text, politics text, source_file text, pages text
);
\copy ads FROM pstdin WITH (FORMAT csv, HEADER)

-- over all rows, as one row and as a sum over currencies
SELECT count(*), clicks_all(clicks), (ad_metrics(clicks, impressions, NULL)).impressions FROM ads;
SELECT clicks_all(clicks_all), clicks_all(impressions)
FROM (SELECT currency, (ad_metrics(clicks, impressions, spend, currency)).* FROM ads GROUP BY currency) by_currency;

-- blanks and zeros
SELECT count(*) FILTER (WHERE impressions IS NULL), count(*) FILTER (WHERE impressions = 0), count(*) FILTER (WHERE clicks IS NULL),
       count(*) FILTER (WHERE clicks = 0), count(*) FILTER (WHERE spend IS NULL)
FROM ads;

-- currencies: USD without spend does not vote, so there is one
SELECT currency, count(*), round(cpc(spend, clicks, currency), 8) FROM ads GROUP BY currency ORDER BY count(*) DESC;
SELECT round(cpc(spend, clicks, currency), 8) FROM ads;
SELECT count(*), (ad_metrics(clicks, impressions, spend, currency)).spend, clicks_all(clicks), round(cpc(spend, clicks, currency), 8)
FROM ads WHERE currency = 'RUB' AND spend IS NOT NULL;

-- spend without clicks has no CPC: no click, or none known
SELECT count(*) FILTER (WHERE clicks_all = 0), count(*) FILTER (WHERE clicks_all IS NULL), count(cpc)
FROM (SELECT ad_id, clicks_all(clicks), cpc(spend, clicks, currency) FROM ads WHERE spend > 0 GROUP BY ad_id HAVING coalesce(clicks_all(clicks), 0) = 0) a;

-- more clicks than impressions
SELECT ad_id, round(ctr(clicks, impressions), 2), ctr(clicks, impressions) = 100.0 * sum(clicks) / sum(impressions)
FROM ads WHERE impressions > 0 GROUP BY ad_id HAVING ctr(clicks, impressions) > 100 ORDER BY ad_id;
