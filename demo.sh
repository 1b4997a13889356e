#!/bin/bash
# demo.sh
#	Shows what the extension answers, in a throw-away PostgreSQL cluster.
#
#	demo.sh				over a year of made-up ads
#	demo.sh FILE.csv	over your own export: Ads Manager's, or any file with a
#						header that names clicks and impressions
#
# Packages that are missing (PostgreSQL, a C compiler) are installed, by sudo if need
# be.  Nothing else is put into the system, no server or database that exists is
# touched, and nothing but build files, in the checkout, stays behind.

. "$(dirname "${BASH_SOURCE[0]}")/test/lib/setup.sh"

DEMO_SQL=$CLK_ROOT/examples
DEMO_FILE=${1-}
DEMO_ROWS=$CLK_TMP/rows.csv
export CLK_TMP DEMO_SQL DEMO_FILE DEMO_ROWS

complain() {
	echo "demo.sh: $DEMO_FILE: $*" >&2
	exit 1
}

# sql ARGUMENT...: run files or commands, stopping at the first error
sql() {
	psql -X -q -v ON_ERROR_STOP=1 "$@"
}

# ask ARGUMENT...: print the bare values of a query
ask() {
	sql -A -t "$@"
}

show_year() {
	set -e
	cd "$DEMO_SQL"
	clk_progress "making up a year of ads, and reporting on it"
	sql -c 'CREATE EXTENSION clicks_all' -f click_events.sql \
		-f demo/year.sql -f weekly_report.sql -f demo/bar.sql
	sql -f demo/settings.sql -f demo/questions.sql
}

# Copy the file to DEMO_ROWS as COPY likes it: lines end in LF, no byte order
# mark, no blank lines at the end.
read_file() {
	[ -e "$DEMO_FILE" ] || complain "there is no such file"
	[ ! -d "$DEMO_FILE" ] || complain "is a directory"
	[ -r "$DEMO_FILE" ] || complain "cannot be read"
	LC_ALL=C sed -e '1s/^\xEF\xBB\xBF//' -e 's/\r$//' -e 's/\x00/\xFF/g' \
		-- "$DEMO_FILE" 2>/dev/null |
		LC_ALL=C sed -e ':more' -e '/^\n*$/{$d;N;b more' -e '}' >"$DEMO_ROWS" ||
		complain "cannot be read"
	[ -s "$DEMO_ROWS" ] || complain "is empty"
	check_text
}

# What COPY would not tell well: where text is not UTF-8 (read_file turned NUL
# into a byte that never is), where a quote is opened that swallows the rest of
# the file, and where a line ends the data for COPY, without a word.
check_text() {
	local line

	line=$(LC_ALL=C.UTF-8 grep -n -a -v -x -m 1 '.*' "$DEMO_ROWS" | cut -d : -f 1)
	[ -z "$line" ] || complain "line $line: is not UTF-8 text"
	line=$(LC_ALL=C awk '{ if (!open) start = NR
		open = (open + gsub(/"/, "")) % 2 }
		END { if (open) print start }' "$DEMO_ROWS")
	[ -z "$line" ] || complain "line $line: a quoted field is never closed"
	line=$(grep -n -x -F -m 1 '\.' "$DEMO_ROWS" | cut -d : -f 1)
	[ -z "$line" ] || complain "line $line: \\. alone on a line ends the data"
}

# Print the character that separates fields: the most frequent in the header,
# outside quotes.
delimiter() {
	head -n 1 "$DEMO_ROWS" | sed 's/"[^"]*"//g' | awk '{
		tabs = gsub(/\t/, ""); semicolons = gsub(/;/, ""); commas = gsub(/,/, "")
		if (tabs > commas && tabs >= semicolons) printf "\t"
		else if (semicolons > commas) printf ";"
		else printf "," }'
}

# Fill csv_rows, or complain in one line about the one that does not fit.
copy_rows() {
	local delimiter=$1 log=$CLK_TMP/copy.log columns line problem last

	columns=$(ask -c "SELECT string_agg('c' || position, ', ' ORDER BY position)
		FROM csv_columns")
	sql -c "COPY csv_rows ($columns) FROM STDIN
		WITH (FORMAT csv, HEADER, DELIMITER '$delimiter')" \
		<"$DEMO_ROWS" 2>"$log" && return

	line=$(sed -n 's/^CONTEXT: .* line \([0-9]*\).*/\1/p' "$log")
	problem=$(sed -n 's/^ERROR:  //p' "$log")
	case $problem in
		'missing data for column'*)
			last=$(sed -n 's/^ERROR: .* column "c\([0-9]*\)".*/\1/p' "$log")
			problem="is missing, the row has too few fields" ;;
		'extra data'*)
			last=${columns##*c}
			problem="is not the last, the row has too many fields" ;;
		*)
			complain "line $line: $problem" ;;
	esac
	complain "line $line, column \"$(ask -c "SELECT header FROM csv_columns
		WHERE position = $last")\": $problem"
}

# complain_if MESSAGE
complain_if() {
	[ -z "$1" ] || complain "$1"
}

load_file() {
	local delimiter

	delimiter=$(delimiter)
	sql -v header="$(head -n 1 "$DEMO_ROWS")" -v delimiter="$delimiter" \
		-f demo/csv_columns.sql
	complain_if "$(ask -f demo/csv_header_complaint.sql)"
	copy_rows "$delimiter"
	complain_if "$(ask -f demo/csv_values.sql)"
	[ "$(ask -c 'SELECT count(*) FROM csv_rows')" -gt 0 ] ||
		complain "has a header but no rows"
	sql -f demo/csv_views.sql -f weekly_report.sql
}

show_file() {
	local currencies currency slices slice

	set -e
	cd "$DEMO_SQL"
	clk_progress "reading $DEMO_FILE, and reporting on it"
	sql -c 'CREATE EXTENSION clicks_all' -f demo/bar.sql
	load_file
	sql -f demo/settings.sql -f demo/csv_summary.sql
	mapfile -t currencies < <(ask -c "SELECT coalesce(currency, '')
		FROM ad_daily GROUP BY currency ORDER BY count(*) DESC, currency")
	mapfile -t slices < <(ask -f demo/csv_slices.sql)
	for currency in "${currencies[@]}"; do
		sql -v currency="$currency" -f demo/settings.sql -f demo/csv_weeks.sql
		for slice in "${slices[@]}"; do
			sql -v currency="$currency" -v slice="$slice" \
				-f demo/settings.sql -f demo/csv_slice.sql
		done
	done
}

if [ $# -gt 1 ]; then
	clk_die "usage: demo.sh [FILE.csv]"
elif [ $# = 1 ]; then
	read_file
	what=show_file
else
	what=show_year
fi
clk_require_tools
clk_build
clk_with_cluster -o client_min_messages=warning "$what"
