#!/bin/bash
# load_test.sh
#	Do exports that are loaded one after another leave what they should?
#
# Prints what differs and, last, "N passed, N failed".

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"

cd "$CLK_ROOT" || exit

sql() {
	psql -X -q -v ON_ERROR_STOP=1 "$@"
}

# load FILE [ARGUMENT OF PSQL]...
load() {
	local file=test/door/exports/$1

	shift
	tools/read_export.py "$file" 2>/dev/null | sql "$@" -f examples/csv_export.sql
}

show() {
	echo "after $1"
	sql -A -t -c "SELECT source, day, level, campaign, ad_id, ad, country, clicks_total(clicks),
			(clicks).link, (clicks).other, clicks_are, impressions, reach,
			reported_unique_clicks, purchases, spend, currency
		FROM ad_daily ORDER BY source, day, ad_id, country"
	sql -A -t -c "SELECT source, first_day, last_day, level, campaign, clicks_total(clicks),
			clicks_are, impressions, reach, spend, currency
		FROM ad_periods ORDER BY source, first_day, campaign"
}

load_all() {
	sql -c 'CREATE EXTENSION clicks_all'
	load march.csv
	show 'the first export'
	load march.csv
	show 'the same once more'
	load restated.csv
	show 'newer numbers for an ad and day, by country, and another day'
	load twice.csv -v source=google
	load period.csv
	show 'rows that add up, and a period'
	sql -f examples/weekly_report.sql
	sql -A -t -c "SELECT week, sum(impressions), clicks_all(clicks), sum(spend)
		FROM weekly_ads GROUP BY week ORDER BY week"
	printf 'Campaign,Clicks,Impressions\nA,1,10\n' | tools/read_export.py - 2>/dev/null |
		psql -X -q -f examples/csv_export.sql 2>&1 | sed 's/^psql:[^ ]* //'
	printf 'Campaign,Clicks,Impressions\nA,1,10\n' |
		tools/read_export.py --period=2026-04-01..2026-04-30 - 2>/dev/null |
		sql -f examples/csv_export.sql
	sql -A -t -c "SELECT count(*) FROM ad_periods"
}

clk_require_tools file
clk_build
export -f sql load show load_all
clk_with_cluster -o client_min_messages=warning bash -c load_all >"$CLK_TMP/out" 2>&1
[ "$1" != --accept ] || cp "$CLK_TMP/out" test/door/load.out
if diff -u test/door/load.out "$CLK_TMP/out"; then
	echo "1 passed, 0 failed"
else
	echo "0 passed, 1 failed"
	exit 1
fi
