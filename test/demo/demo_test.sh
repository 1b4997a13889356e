#!/bin/bash
# demo_test.sh
#	Does demo.sh print what it printed, and refuse what it should?
#
# Prints what differs and, last, "N passed, N failed".  With --accept, what
# demo.sh prints now becomes what is expected: look at the difference first.

cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

real_data=../../../shared/data/ira_facebook_ads.csv
scratch=$(mktemp -d -p /var/tmp demo_test.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0
accept=$1

pass() {
	passed=$((passed + 1))
}

fail() {
	failed=$((failed + 1))
	echo "FAILED $*"
}

# Processes of a session: demo.sh must leave none behind.
leftovers() {
	ps -e -o sess=,args= | awk -v session="$1" '$1 == session'
}

# A place of its own for the temporary files of demo.sh.  The server, which runs
# as another user if we are root, must get there.
mkdir -m 1777 "$scratch/tmp"
chmod 755 "$scratch"
export TMPDIR=$scratch/tmp CLK_TMPDIR=$scratch/tmp

# run ARGUMENT...: demo.sh in a session of its own, with its output in files
run() {
	setsid --wait bash -c 'echo $$ >"$1/session"; shift; "$@"' bash "$scratch" \
		../../demo.sh "$@" >"$scratch/out" 2>"$scratch/err"
	status=$?
	if [ -n "$(ls -A "$scratch/tmp")" ]; then
		fail "$*: files are left: $(ls -A "$scratch/tmp")"
		rm -rf "$scratch"/tmp/*
	fi
	if [ -n "$(leftovers "$(cat "$scratch/session")")" ]; then
		fail "$*: processes are left: $(leftovers "$(cat "$scratch/session")")"
	fi
}

# prints EXPECTED ARGUMENT...: it succeeds, with this output, 80 columns wide
prints() {
	local expected=$1

	shift
	run "$@"
	[ "$accept" != --accept ] || cp "$scratch/out" "$expected"
	if [ $status = 0 ] && [ ! -s "$scratch/err" ] &&
		diff -u "$expected" "$scratch/out"; then
		pass
	else
		fail "$* (status $status): $(cat "$scratch/err")"
	fi
	is_narrow
}

# The last output fits a terminal.
is_narrow() {
	if LC_ALL=C.UTF-8 grep -n -E '^.{81}' "$scratch/out"; then
		fail "lines of more than 80 columns"
	else
		pass
	fi
}

# refuses COMPLAINT CONTENT: one line, status 1, no output
refuses() {
	local file=$scratch/bad.csv

	rm -rf "$file"
	printf "$2" >"$file"
	refuses_file "$1" "$file"
}

refuses_file() {
	local expected="demo.sh: $2: $1"

	run "$2"
	if [ $status = 1 ] && [ ! -s "$scratch/out" ] &&
		[ "$(cat "$scratch/err")" = "$expected" ]; then
		pass
	else
		fail "status $status, expected: $expected"
		cat "$scratch/out" "$scratch/err"
	fi
}

# contains TEXT: the last output does
contains() {
	if grep -qF -- "$1" "$scratch/out"; then
		pass
	else
		fail "the output lacks: $1"
	fi
}

# lacks TEXT: it does not
lacks() {
	if grep -qF -- "$1" "$scratch/out"; then
		fail "the output has: $1"
	else
		pass
	fi
}

# says TEXT: the paragraph at the end does, wherever its lines end
says() {
	if sed -n '/^What does it say?/,$p' "$scratch/out" | tr '\n' ' ' | grep -qF -- "$1"; then
		pass
	else
		fail "the paragraph does not say: $1"
	fi
}

# What the paragraph says of the year follows from the lines of its tables.
year_says() {
	awk -F ' *│ *' '
		{ gsub(",", "") }
		/^ the link / { link = $2 }
		/^ 202[45]-/ && NF == 8 { last = $0; if (!first) first = $0; if ($2 > best) { best = $2; week = $1 } }
		/^ year / { clicks = $2; impressions = $3; spend = $5 }
		END {
			split(first, before, " *│ *"); split(last, now, " *│ *")
			printf "from %.2f %% in the first full week to %.2f %% in the last\n",
				100 * before[2] / before[3], 100 * now[2] / now[3]
			ratio = (now[5] / now[2]) / (before[5] / before[2])
			if (ratio > 1.45 && ratio < 1.55) print "half as much again: " now[6] " after " before[6] " USD"
			print "shown " impressions " times and clicked " clicks " times for " spend "."
			print "clicks " best " came in the week of " week
			printf "Of 100 clicks %.0f go to the link.\n", 100 * link / clicks
		}' "$scratch/out" | tr -s ' ' >"$scratch/said"
	sed -n '/^What does it say?/,$p' "$scratch/out" | tr '\n' ' ' |
		sed 's/,//g; s/16 June 2025/ 2025-06-16/' >"$scratch/paragraph"
	[ "$(wc -l <"$scratch/said")" = 5 ] || fail "of the year five things are said"
	while read -r line; do
		if tr -s ' ' <"$scratch/paragraph" | grep -qF -- "$line"; then
			pass
		else
			fail "the paragraph of the year lacks: $line"
		fi
	done <"$scratch/said"
}

prints year.out
year_says
contains 'Now with your own export: ./demo.sh FILE'
prints ads_manager.out ads_manager.csv
prints insights_api.out insights_api.csv
prints plain.out plain.tsv

# seen without a cluster
refuses_file 'there is no such file' "$scratch/none.csv"
refuses_file 'is a directory' "$scratch"
refuses 'is empty' ''
refuses 'is empty' '\n\r\n'
refuses 'line 2, column "day": "é" is not a day like 2026-03-09, 03/09/2026 or 09.03.2026' \
	'day,clicks,impressions\n\xe9,1,2\n'
refuses 'line 1: no column for Clicks (all) among: day' '\xff\xfed\0a\0y\0'
refuses 'line 2: has a NUL byte, so it is no text' 'day,clicks,impressions\n2026-03-02,1,2\0\n'
refuses 'line 3: a quoted field is never closed' \
	'ad,clicks,impressions\na,1,2\n"b,1,2\nc,1,2\n'

# no column for what it takes
refuses 'line 1: no column for impressions among: day, clicks' \
	'day,clicks\n2026-03-02,1\n'
refuses 'has a header but no rows' 'day,clicks,impressions\n'

# values, with the line of the file even after fields of several lines
refuses 'line 6, column "clicks": "some" is not a whole number like 1234' \
	'day,ad,clicks,impressions\n2026-03-02,"a\nb",3,4\n2026-03-02,"c ""q"",\n\nd",some,4\n'
refuses 'line 3, column "Impressions": "1.5" is not a whole number like 1234' \
	'day;clicks;Impressions\r\n2026-03-02;1;2\r\n2026-03-02;1;1.5\r\n'
refuses 'line 2, column "clicks": "-1" is not a whole number like 1234' \
	'day,clicks,impressions\n2026-03-02,-1,2\n'
refuses 'line 2, column "impressions": "99999999999999999999" is not a whole number like 1234' \
	'day,clicks,impressions\n2026-03-02,1,99999999999999999999\n'
refuses 'line 2, column "Amount spent (USD)": "1.234,56.7" is not a number like 1234.56' \
	'day\tclicks\timpressions\tAmount spent (USD)\n2026-03-02\t1\t2\t1.234,56.7\n'
refuses 'line 3, column "currency": "United States Dollar" is not a currency like USD' \
	'day,clicks,impressions,currency\n2026-03-02,1,2,USD\n2026-03-02,1,2,United States Dollar\n'
refuses 'line 2, column "currency": "U SD" is not a currency like USD' \
	'day,clicks,impressions,currency\n2026-03-02,1,2,"U\nSD"\n'
refuses 'line 2, column "day": "2026-02-30" is not a day like 2026-03-09, 03/09/2026 or 09.03.2026' \
	'day,clicks,impressions\n2026-02-30,1,2\n'
refuses 'line 2, column "date start": "yesterday" is not a day like 2026-03-09, 03/09/2026 or 09.03.2026' \
	'date  start,clicks,impressions\nyesterday,1,2\n'

# ragged rows
refuses 'line 3, column "impressions": is missing, the row has too few fields' \
	'day,clicks,impressions\n2026-03-02,1,2\n2026-03-02,1\n'
refuses 'line 3, column "impressions": is not the last, the row has too many fields' \
	'day,clicks,impressions\n2026-03-02,1,2\n2026-03-02,1,234,2\n'

run one.csv two.csv
if [ $status = 1 ] && [ "$(cat "$scratch/err")" = 'demo.sh: unrecognized arguments: two.csv' ]; then
	pass
else
	fail "two arguments: $(cat "$scratch/err")"
fi

# a last row without names is the summary if it adds up, else a row like others
printf 'day,campaign,clicks,impressions\n2026-03-02,a,1,10\n2026-03-02,b,2,20\n2026-03-02,,5,50\n' \
	>"$scratch/unnamed.csv"
run "$scratch/unnamed.csv"
contains ' all rows │    3 │ 2026-03-02 │ 2026-03-02 │            8 │          80'
printf 'day,campaign,clicks,impressions\n2026-03-02,a,1,10\n2026-03-02,b,2,20\n2026-03-02,,3,30\n' \
	>"$scratch/summary.csv"
run "$scratch/summary.csv"
contains ' all rows │    2 │ 2026-03-02 │ 2026-03-02 │            3 │          30'

# totals that are not quite the sum of what stands beside them are asked about
more='is blank, and the row has as much as the rows beside it that are finer, or a little more: if it is a total, say'
rows='2026-03-02,500,10,\n2026-03-02,300,7,DE\n2026-03-02,198,3,FR\n'
printf "Day,Impressions,Clicks (all),Country,Ad name\n$(sed 's/\\n/,Ad 1\\n/g' <<<"$rows")" \
	>"$scratch/ads.csv"
refuses_file "line 2, column \"Country\": $more --leave-out=2, else --keep=2" "$scratch/ads.csv"
run --leave-out=2 "$scratch/ads.csv"
contains ' all rows │    2 │ 2026-03-02 │ 2026-03-02 │           10 │         498'
contains 'Rows left out, as they are totals of others: 1'
lacks 'may be totals'
printf "Day,Impressions,Clicks (all),Country\n$rows" >"$scratch/no_ads.csv"
refuses_file "line 2, column \"Country\": $more --leave-out=2, else --keep=2" "$scratch/no_ads.csv"
run --keep=2 "$scratch/no_ads.csv"
contains ' all rows │    3 │ 2026-03-02 │ 2026-03-02 │           20 │         998'
is_narrow
# where they add up there is no doubt; subtotals of an ad do not count either
printf "Day,Impressions,Clicks (all),Country\n${rows/500/498}" >"$scratch/sum.csv"
run "$scratch/sum.csv"
contains ' all rows │    2 │ 2026-03-02 │ 2026-03-02 │           10 │         498'
lacks 'may be totals'
printf 'Day,Ad name,Country,Device,Clicks (all),Impressions\n2026-03-02,Ad 1,,,100,5000\n2026-03-02,Ad 1,DE,,100,5000\n2026-03-02,Ad 1,DE,iphone,60,3000\n2026-03-02,Ad 1,DE,desktop,40,1900\n' \
	>"$scratch/subtotals.csv"
refuses_file "line 3, column \"Device\": $more --leave-out=3, else --keep=3" "$scratch/subtotals.csv"
run --leave-out=2,3 "$scratch/subtotals.csv"
contains ' all rows │    2 │ 2026-03-02 │ 2026-03-02 │          100 │       4,900'

# options settle what the file leaves open
printf 'Campaign,Date,Clicks (all),Impressions\nA,06/01/2026,1,10\n' >"$scratch/slashes.csv"
run "$scratch/slashes.csv"
if [ $status = 1 ] && [ "$(wc -l <"$scratch/err")" = 1 ] &&
	grep -q 'say --day-first or --month-first$' "$scratch/err"; then
	pass
else
	fail "days in either order: $(cat "$scratch/err")"
fi
run --day-first "$scratch/slashes.csv"
contains ' all rows │    1 │ 2026-01-06 │ 2026-01-06 │            1 │          10'
run --help
contains 'tools/read_export.py reads the file and has the options'

# a period is no week, and link clicks are not Clicks (All)
printf 'Campaign name,Reporting starts,Reporting ends,Impressions,Link clicks,Amount spent (EUR)\nA,2026-03-01,2026-03-31,1000,10,2.50\nB,2026-03-01,2026-03-31,500,5,1.00\n,2026-03-01,2026-03-31,1500,15,3.50\n' \
	>"$scratch/period.csv"
run "$scratch/period.csv"
contains 'there is no table by week'
contains ' EUR      │    2 │ 2026-03-01 │ 2026-03-31 │          15 │       1,500'
contains ' EUR      │    2 │  3.50 │          15 │  0.23333'
contains 'link clicks │ impressions │ link ctr % │ spend │ link cpc'
lacks 'How did the weeks go?'
lacks 'clicks (all)'
is_narrow
says 'and their links clicked 15 times, for 3.50 EUR. The link CTR is 1.00 %. How it changes cannot be told'

# weeks GROWTH: over eight weeks whose days differ, of which the first begins on a
# Wednesday, and whose rate grows by so much in a day.  Sets what awk finds: the sums,
# CTR and CPC of the first full week and of the last, and the change of CPC.
weeks() {
	awk -v growth="$1" -v sums="$scratch/sums" 'BEGIN {
		print "day,campaign,clicks,impressions,spend,currency"
		for (n = 2; n < 56; n++) {
			impressions = 10000 + n * 7919 % 3000
			clicks = int(impressions * (0.02 + growth * n) * (0.9 + n * 31 % 7 / 35))
			spend = int(impressions * 0.8) / 100
			print strftime("%Y-%m-%d", 1772409600 + n * 86400, 1) ",a," clicks "," impressions "," spend ",EUR"
			if (n >= 7 && n < 14) { c0 += clicks; i0 += impressions; s0 += spend }
			if (n >= 49) { c1 += clicks; i1 += impressions; s1 += spend }
			c += clicks; i += impressions; s += spend
		}
		printf "%d %d %.2f %.2f %.2f %.3f %.3f %.0f\n", c, i, s, 100 * c0 / i0, 100 * c1 / i1,
			s0 / c0, s1 / c1, 100 * (1 - s1 * c0 / c1 / s0) >sums
	}' >"$scratch/weeks.csv"
	read -r clicks impressions spend ctr_before ctr cpc_before cpc less <"$scratch/sums"
	run "$scratch/weeks.csv"
	sed -i '/^What does it say?/,$s/,\([0-9]\)/\1/g' "$scratch/out"
}

weeks 0.0002
says "From 4 March 2026 to 26 April 2026 the ads were shown $impressions times and clicked $clicks times, for $spend EUR."
says "The CTR rose from $ctr_before % in the first full week to $ctr % in the last, which is more than days differ anyway."
says "A click costs $less % less: $cpc after $cpc_before EUR."
lacks 'Now with your own export'
weeks 0
says "The CTR was $ctr_before % in the first full week and $ctr % in the last, which is no more than days differ anyway."
says "What a click costs did not change by more than that: $cpc_before and $cpc EUR."

# the golden totals of shared/data/README.md
if [ -r "$real_data" ]; then
	run "$real_data"
	is_narrow
	contains ' all rows │ 3,516 │ 2015-06-09 │ 2017-08-13 │    3,730,971 │  40,363,247'
	contains ' RUB      │ 2,534 │'
	contains ' (none)   │   978 │'
	contains ' USD      │     4 │ 2017-01-27 │ 2017-03-10 │          537 │       4,663'
	contains ' RUB      │ 2,474 │ 4,912,799.70 │    3,510,240 │ 1.39956'
	contains 'Rows without a day, in the total but in no week: 6'
else
	echo "SKIPPED: $real_data is not here"
fi

echo "$passed passed, $failed failed"
[ $failed = 0 ]
