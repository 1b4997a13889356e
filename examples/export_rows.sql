-- export_rows.sql
--	Takes the canonical rows that tools/read_export.py prints, from the standard
--	input of psql, into tables that last until the end of the transaction:
--
--	export_rows		what it printed, to its end: what is cut off is an error
--	export_clicks	the same with the clicks by type
--
-- csv_export.sql and demo.sh include this file.

CREATE TEMPORARY TABLE export_rows (
	day date,
	first_day date,
	last_day date,
	level text,
	account_id text,
	account text,
	currency text,
	campaign_id text,
	campaign text,
	ad_set_id text,
	ad_set text,
	ad_id text,
	ad text,
	format text,
	objective text,
	audience_segment text,
	country text,
	device text,
	placement text,
	clicks_are text,
	clicks bigint,
	link_clicks bigint,
	reactions bigint,
	comments bigint,
	shares bigint,
	page_likes bigint,
	outbound_clicks bigint,
	impressions bigint,
	reach bigint,
	reported_unique_clicks bigint,
	landing_page_views bigint,
	purchases numeric,
	leads numeric,
	purchase_value numeric,
	spend numeric,
	row_count bigint	-- in the last row, how many there are
) ON COMMIT DROP;

-- HEADER match would complain of nothing at all, which is what a refusal leaves
\copy export_rows FROM pstdin WITH (FORMAT csv, HEADER true)

DO $$
DECLARE
	came bigint;
	printed bigint;
BEGIN
	SELECT count(*), max(row_count) INTO came, printed FROM export_rows;
	IF came = 0 THEN
		RAISE EXCEPTION 'there are no rows from read_export.py: nothing was changed'
			USING HINT = 'If it refused the file, it said why.';
	ELSIF came IS DISTINCT FROM printed THEN
		RAISE EXCEPTION 'the rows from read_export.py are cut off after %: nothing was changed', came
			USING HINT = 'It ended before it had read the whole file.  Load the file once more.';
	END IF;
END
$$;

-- Clicks (All) is the authority; what the types do not explain is "other".
CREATE TEMPORARY VIEW export_clicks AS
	SELECT *,
		CASE clicks_are
			WHEN 'link' THEN click_counts(link => clicks, outbound => outbound_clicks)
			WHEN 'all' THEN click_counts(link => link_clicks, reaction => reactions,
				comment => comments, share => shares, page_like => page_likes,
				outbound => outbound_clicks,
				other => clicks - coalesce(link_clicks, 0) - coalesce(reactions, 0)
					- coalesce(comments, 0) - coalesce(shares, 0) - coalesce(page_likes, 0))
		END AS typed_clicks
	FROM export_rows;
