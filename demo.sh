#!/bin/bash
# demo.sh
#	Shows what the extension answers, in a throw-away PostgreSQL cluster.
#
#	demo.sh							over a year of made-up ads
#	demo.sh [OPTION...] FILE		over your own export: CSV or .xlsx of Ads
#									Manager, Google, Microsoft, TikTok,
#									LinkedIn, or any file with a header that
#									names clicks and impressions
#	demo.sh --html [OPTION... FILE]	the same as a page to open in a browser,
#									and to send on: writes report.html
#
# tools/read_export.py reads the file and has the options: see its --help.
# Packages that are missing (PostgreSQL, a C compiler) are installed, by sudo if
# need be.  Nothing else is put into the system, no server or database that exists
# is touched, and nothing but build files, in the checkout, stays behind.

. "$(dirname "${BASH_SOURCE[0]}")/test/lib/setup.sh"
. "$CLK_ROOT/test/lib/page.sh"

DEMO_SQL=$CLK_ROOT/examples
DEMO_ROWS=$CLK_TMP/rows.csv
DEMO_SUMMARY=$CLK_TMP/summary.txt
export CLK_TMP DEMO_SQL DEMO_ROWS DEMO_SUMMARY

# sql ARGUMENT...: run files or commands, stopping at the first error
sql() {
	psql -X -q -v ON_ERROR_STOP=1 "$@"
}

# ask ARGUMENT...: print the bare values of a query
ask() {
	sql -A -t "$@"
}

load_year() {
	cd "$DEMO_SQL"
	clk_watched "step 1 of 2: making up a year of ads" \
		sql -c 'CREATE EXTENSION clicks_all' -f click_events.sql -f demo/year.sql
	clk_watched "step 2 of 2: making the weekly report" sql -f weekly_report.sql
}

show_year() {
	set -e
	load_year
	sql -f demo/shown.sql
	sql -f demo/settings.sql -f demo/questions.sql
	sql -c 'CREATE VIEW story_days AS SELECT *, day AS last_day FROM ad_daily'
	tell USD
	echo "Now with your own export: ./demo.sh FILE"
}

# tell CURRENCY: what the rows in this currency show, in a paragraph
tell() {
	printf 'What does it say?\n\n'
	ask -v currency="$1" -f demo/story.sql | fold -s -w 80 | sed 's/ *$//'
	echo
}

load_file() {
	cd "$DEMO_SQL"
	cat "$DEMO_SUMMARY"
	sql -c 'CREATE EXTENSION clicks_all'
	sql -v source=file -f csv_export.sql <"$DEMO_ROWS"
	sql -f weekly_report.sql
}

# write_page load_year | load_file
write_page() {
	set -e
	"$1"
	sql -c ANALYZE
	clk_write_page "$CLK_TMP/report.html"
	cp "$CLK_TMP/report.html" "$DEMO_PAGE"
	echo "Wrote $DEMO_PAGE ($(($(stat -c %s "$DEMO_PAGE") / 1000)) kB): open it in a browser."
}

# From the file to canonical rows, or one line that says why not.
read_file() {
	clk_progress "reading the file"
	/usr/bin/python3 -B "$CLK_ROOT/tools/read_export.py" --program=demo.sh \
		--summary="$DEMO_SUMMARY" "$@" >"$DEMO_ROWS" || exit 1
	# what --help prints is no summary
	[ -e "$DEMO_SUMMARY" ] || { cat "$DEMO_ROWS"; exit; }
}

show_file() {
	local currencies currency slices slice

	set -e
	cd "$DEMO_SQL"
	clk_progress "reporting on the file"
	cat "$DEMO_SUMMARY"
	sql -c 'CREATE EXTENSION clicks_all' -f demo/shown.sql
	sql -f demo/export_cells.sql <"$DEMO_ROWS"
	sql -f demo/settings.sql -f demo/export_summary.sql
	mapfile -t currencies < <(ask -c "SELECT coalesce(currency, '')
		FROM export_cells GROUP BY currency ORDER BY sum(rows) DESC, currency")
	mapfile -t slices < <(ask -f demo/export_slices.sql)
	for currency in "${currencies[@]}"; do
		sql -v currency="$currency" -f demo/settings.sql -f demo/export_weeks.sql
		for slice in "${slices[@]}"; do
			sql -v currency="$currency" -v slice="$slice" \
				-f demo/settings.sql -f demo/export_slice.sql
		done
	done
	tell "${currencies[0]}"
}

DEMO_PAGE=
for argument; do
	shift
	if [ "$argument" = --html ]; then
		DEMO_PAGE=$PWD/report.html
	else
		set -- "$@" "$argument"
	fi
done
if [ $# -gt 0 ]; then
	clk_require_tools file
	read_file "$@"
	what=show_file
else
	clk_require_tools
	what=show_year
fi
if [ -n "$DEMO_PAGE" ]; then
	clk_require_page_tools
	what="write_page ${what/show/load}"
fi
clk_build
clk_with_cluster -o client_min_messages=warning $what
