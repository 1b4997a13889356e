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
	tools/read_export.py "$file" 2>/dev/null | sql -v source=csv "$@" -f examples/csv_export.sql
}

# export_of SHAPE: print an export of two campaigns on a day, told apart so
export_of() {
	case $1 in
		days) printf 'Day,Impressions,Clicks (all)\n2026-03-02,300,30\n' ;;
		names) printf 'Campaign name,Day,Impressions,Clicks (all)\nA,2026-03-02,100,10\nB,2026-03-02,200,20\n' ;;
		ids) printf 'Campaign ID,Campaign name,Day,Impressions,Clicks (all)\n1,A,2026-03-02,100,10\n2,B,2026-03-02,200,20\n' ;;
		accounts) printf 'Account name,Campaign name,Day,Impressions,Clicks (all)\nX,A,2026-03-02,100,10\nX,B,2026-03-02,200,20\n' ;;
		sets) printf 'Campaign name,Ad set name,Day,Impressions,Clicks (all)\nA,a,2026-03-02,100,10\nB,b,2026-03-02,200,20\n' ;;
		ads) printf 'Campaign name,Ad name,Day,Impressions,Clicks (all)\nA,a,2026-03-02,100,10\nB,b,2026-03-02,200,20\n' ;;
		ads_of_sets) printf 'Campaign name,Ad set name,Ad name,Day,Impressions,Clicks (all)\nA,a,a,2026-03-02,100,10\nB,b,b,2026-03-02,200,20\n' ;;
		countries) printf 'Campaign name,Country,Day,Impressions,Clicks (all)\nA,US,2026-03-02,100,10\nB,US,2026-03-02,200,20\n' ;;
		period) export_of names | sed 's/Day/Reporting starts,Reporting ends/; s/2026-03-02/2026-03-01,2026-03-31/' ;;
		period_sets) export_of sets | sed 's/Day/Reporting starts,Reporting ends/; s/2026-03-02/2026-03-01,2026-03-31/' ;;
	esac
}

# pipe [ARGUMENT OF PSQL]...: load the export of the standard input, and print messages
# without the place in the file
pipe() {
	tools/read_export.py - 2>/dev/null | sql -At -v source=csv "$@" -f examples/csv_export.sql 2>&1 |
		sed 's/^psql:[^ ]* //; /^CONTEXT/d'
}

# The rows of a day and period, their clicks in all
clicks() {
	sql -At -c "SELECT source, count(*), clicks_all(clicks) FROM
		(SELECT source, clicks FROM ad_daily UNION ALL SELECT source, clicks FROM ad_periods) AS rows
		GROUP BY source ORDER BY source"
}

empty() {
	sql -c 'TRUNCATE ad_daily, ad_periods'
}

load_shapes() {
	local first second

	while read -r first second; do
		empty
		export_of $first | pipe >/dev/null
		echo "$first, then $second"
		export_of $second | pipe | sed '/^HINT/d'
		clicks
		export_of $second | pipe -v replace_days=on
		clicks
		export_of $first | pipe | sed '/^HINT/d'
		clicks
	done <<-END
		days names
		names ids
		names accounts
		names sets
		names countries
		countries sets
		sets ads
		ads ads_of_sets
		period period_sets
	END
}

load_sources() {
	empty
	echo 'an export must have a source'
	export_of names | tools/read_export.py - 2>/dev/null | psql -XqAt -f examples/csv_export.sql 2>&1 |
		sed 's/^psql:[^ ]* //; /^CONTEXT/d'
	clicks
	echo 'the same names of two platforms'
	export_of names | pipe -v source=meta
	export_of names | pipe -v source=google
	clicks
	echo 'a part of the campaigns; a campaign of a new name'
	export_of names | sed '/^B/d; s/,10$/,11/' | pipe -v source=meta
	export_of names | sed 's/^B/C/' | pipe -v source=meta
	clicks
	echo 'another currency'
	export_of names | sed 's/all)/all),Amount spent (USD)/; s/0$/0,5.00/' | pipe -v source=usd
	export_of names | sed 's/all)/all),Amount spent (EUR)/; s/0$/0,5.00/' | pipe -v source=usd
	echo 'an id under two names on one day'
	export_of ids | sed 's/^2,/1,/' | pipe -v source=ids
	clicks
}

# What is not there to its end changes nothing, whoever ended it
load_cut() {
	local rows=$CLK_TMP/rows.csv i

	empty
	export_of names | tools/read_export.py - 2>/dev/null >"$rows"
	echo 'cut off between rows'
	sed '$d' "$rows" | psql -XqAt -v source=csv -f examples/csv_export.sql 2>&1 | sed 's/^psql:[^ ]* //; /^CONTEXT/d'
	echo 'cut off at any byte'
	for ((i = 0; i < $(stat -c %s "$rows") - 1; i += 13)); do
		head -c $i "$rows" | psql -XqAt -v source=csv -f examples/csv_export.sql 2>&1
		[ "${PIPESTATUS[1]}" = 3 ] || echo "status at byte $i"
	done | sed -n 's/^psql:[^ ]* ERROR:  //p' | LC_ALL=C sort -u
	clicks
	echo 'a line of the end of data in a name'
	printf 'Campaign name,Day,Impressions,Clicks (all)\n"A\n\\.\n\\.\nB",2026-03-02,100,10\n"\\.\r\n\\.\r\n",2026-03-02,1,1\n\\.,2026-03-02,1,1\n' | pipe
	sql -At -c 'SELECT to_json(campaign) FROM ad_daily ORDER BY campaign COLLATE "C"'
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
		psql -X -q -v source=csv -f examples/csv_export.sql 2>&1 | sed 's/^psql:[^ ]* //'
	printf 'Campaign,Clicks,Impressions\nA,1,10\n' |
		tools/read_export.py --period=2026-04-01..2026-04-30 - 2>/dev/null |
		sql -v source=csv -f examples/csv_export.sql
	sql -A -t -c "SELECT count(*) FROM ad_periods"
	load_sources
	load_shapes
	load_cut
}

clk_require_tools file
clk_build
export -f sql load show load_all export_of pipe clicks empty load_shapes load_sources load_cut
clk_with_cluster -o client_min_messages=warning bash -c load_all >"$CLK_TMP/out" 2>&1
[ "$1" != --accept ] || cp "$CLK_TMP/out" test/door/load.out
if diff -u test/door/load.out "$CLK_TMP/out"; then
	echo "1 passed, 0 failed"
else
	echo "0 passed, 1 failed"
	exit 1
fi
