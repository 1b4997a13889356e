-- ads_manager_csv_load.sql
--	Loads one CSV export of Ads Manager into the table of ads_manager_csv.sql:
--
--		psql -d mydb -v currency=EUR -f ads_manager_csv_load.sql <export.csv
--
-- Edit the list of columns until it is that of your saved report, in its order;
-- the header of the file is compared with it.  PostgreSQL names the line and
-- the column of a number such as 1,234 and loads nothing.
--
-- If the first name of the header does not match and looks the same, the file
-- begins with a byte order mark:
--
--		sed '1s/^\xEF\xBB\xBF//' export.csv | psql ...

\set ON_ERROR_STOP on
\if :{?currency}
\else
	DO $$ BEGIN
		RAISE 'the currency of the account is not given'
			USING HINT = 'For instance: psql -v currency=EUR';
	END $$;
\endif
\set amount_spent 'Amount spent (' :currency ')'

BEGIN;

CREATE TEMPORARY TABLE export (
	"Reporting starts" date,
	"Reporting ends" date,
	"Account name" text,
	"Campaign name" text,
	"Ad set name" text,
	"Ad name" text,
	"Ad ID" text,
	"Objective" text,
	"Country" text,
	"Impressions" bigint,
	"Reach" bigint,
	"Clicks (all)" bigint,
	"Link clicks" bigint,
	"Post reactions" bigint,
	"Post comments" bigint,
	"Post shares" bigint,
	:"amount_spent" numeric,
	-- the summary row covers the whole export
	CONSTRAINT "one day per row" CHECK ("Ad ID" IS NULL
		OR "Reporting starts" = "Reporting ends")
) ON COMMIT DROP;

\copy export FROM pstdin WITH (FORMAT csv, HEADER match)

INSERT INTO ads_manager_rows (day, account, currency, campaign, ad_set, ad,
		ad_id, objective, country, impressions, reach, clicks_all, link_clicks,
		post_reactions, post_comments, post_shares, spend)
	SELECT "Reporting starts", "Account name", :'currency', "Campaign name",
		"Ad set name", "Ad name", "Ad ID", "Objective", "Country",
		"Impressions", "Reach", "Clicks (all)", "Link clicks",
		"Post reactions", "Post comments", "Post shares", :"amount_spent"
	FROM export
	WHERE "Ad ID" IS NOT NULL;

COMMIT;
