-- cookbook_csv.sql
--	The ads of docs/cookbook.md as an export of Ads Manager by day, campaign and
--	placement, and over it what its template makes.
--
-- There are no single clicks, no ads, no conversions, no reach and no year:
-- lacks: ad_clicks|format|purchases|reach|360|slice = 'ad'

SET client_min_messages = warning;
CREATE SCHEMA csv;
SET search_path = csv, public;
\set file `mktemp`
COPY (
	SELECT day AS "Day", account AS "Account name", campaign AS "Campaign name",
		placement AS "Placement", currency AS "Currency",
		clicks_all(clicks) AS "Clicks (all)", (sum(clicks)).link AS "Link clicks",
		sum(impressions) AS "Impressions", sum(spend) AS "Amount spent"
	FROM public.ad_daily
	GROUP BY day, account, campaign, placement, currency
	ORDER BY 1, 2, 3, 4
) TO STDOUT WITH (FORMAT csv, HEADER) \g :file
DROP TABLE public.ad_daily, public.ad_clicks, public.ad_periods CASCADE;
\setenv PGDATABASE :DBNAME
\setenv PGOPTIONS '-c search_path=csv,public -c client_min_messages=warning'
\setenv EXPORT :file
\! tools/read_export.py --summary /dev/null "$EXPORT" | psql -Xq -v source=meta -f examples/csv_export.sql; rm "$EXPORT"
\i examples/weekly_report.sql
ANALYZE;
