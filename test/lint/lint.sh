#!/bin/bash
# lint.sh
#	Rules of the house that a reader of the text alone can check.
#
# Each rule is a function that prints what breaks it.

cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit

passed=0
failed=0

rule() {
	local found

	found=$("$1")
	if [[ $found == SKIPPED* ]]; then
		echo "$found"
	elif [ -z "$found" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'broken: %s\n%s\n' "${1//_/ }" "$found"
	fi
}

c_is_formatted_as_PostgreSQL_does__run_make_indent() {
	test/lint/indent.sh --check 2>&1
}

only_compat_asks_for_a_version() {
	grep -n PG_VERSION_NUM src/*.[ch] src/*/*.[ch] | grep -v '^src/compat.h:'
}

# a table that a program has made may be as long as it is
sources_are_short() {
	local file

	wc -l src/*.c src/*/*.c | awk '$2 != "total" && $1 >= 500'
	for file in src/*.h src/*/*.h; do
		[ -e "test/unit/make_$(basename "$file" .h).c" ] ||
			wc -l "$file" | awk '$1 >= 150'
	done
}

functions_are_short() {
	awk 'FNR == 1 { start = 0 }
		/^\{/ { start = FNR }
		/^\}/ && start {
			if (FNR - start > 60)
				print FILENAME ":" start ": " FNR - start " lines"
			start = 0
		}' src/*.c src/*/*.c
}

no_blanks_at_line_ends() {
	grep -nE '[[:blank:]]+$' src/*.[ch] src/*/*.[ch] extension/[0-9]*.sql \
		sql/*.sql test.sh test/*/*.{sh,pl,pm,c} Makefile
}

comments_are_block_comments() {
	grep -nE '(^|[^:])//' src/*.[ch] src/*/*.[ch] | grep -v 'http'
}

nothing_is_left_to_do() {
	grep -nE '\b(TODO|FIXME|XXX)\b' -r src extension sql test --include='*.[ch]' \
		--include='*.sql' --include='*.pl' | grep -v XX000
}

sketch_and_statistics_know_no_postgres() {
	grep -nE 'postgres\.h|\b(palloc|ereport|elog|Datum)\b' src/sketch/*.[ch] src/statistics/*.[ch] |
		grep -vE ':[[:blank:]]*(/\*|\*)'
}

# Each file of src/exact uses only those before it in this order; room.c is the only
# one that moves keys out of memory, and nothing below it knows of that.
exact_layers="limits key temp_file budget list table texts runs set room inbox wire unique_clicks"

exact_is_in_layers() {
	local layer above=" $exact_layers " used

	for layer in $exact_layers; do
		above=${above/" $layer "/ }
		for used in $(sed -n 's/^#include "exact\/\(.*\)\.h"$/\1/p' src/exact/"$layer".[ch]); do
			# set.c does what set.h promises by means of room.h
			case "$above" in
				*" $used "*) [ "$layer $used" = 'set room' ] || echo "$layer uses $used" ;;
			esac
		done
	done
	ls src/exact/*.[ch] | sed 's/.*\///; s/\..*//' | grep -vxF "${exact_layers// /$'\n'}"
	grep -niE 'spill|clk_room|clk_exact' \
		src/exact/{limits,key,temp_file,budget,list,table,texts,runs}.*[ch]
	grep -nE '^static [^(]*\];' src/exact/*.c
	grep -nE 'AggState|nodeAgg|execnodes' src/exact/*.[ch]
}

# A script that runs at CREATE EXTENSION only creates, by plain names that it
# does not look up at run time, and never adopts what is there already.
scripts_only_create() {
	local forbidden='do|select|insert|update|delete|execute|set|begin|grant'

	grep -niE "^[[:blank:]]*($forbidden)\b" extension/[0-9]*.sql \
		$(ls extension/clicks_all--*--*.sql 2>/dev/null)
	grep -niE 'or replace|if not exists|security definer|@extschema@|leakproof|create schema' \
		extension/[0-9]*.sql
}

functions_state_their_attributes() {
	awk '/^CREATE FUNCTION/ { statement = ""; line = FNR }
		{ statement = statement " " $0 }
		/;[ \t]*$/ && line {
			if (statement !~ /(IMMUTABLE|STABLE)/ || statement !~ /PARALLEL SAFE/)
				print FILENAME ":" line ": " statement
			line = 0
		}' extension/[0-9]*.sql
}

# A form of an aggregate stands in the table that SQL is made of, and in C: in the
# same order, with the same types.
overloads_are_the_same_in_sql_and_in_c() {
	diff -U 0 --label extension/overloads.txt --label src/ad_totals_agg.c \
		<(awk '/^[a-z]+ / && $1 !~ /^(state|aggregate|comment|arguments|optional)$/' extension/overloads.txt) \
		<(sed -nE 's/^([A-Z]+)\((.*)\);$/\L\1 \2/; T; s/,//g; p' src/ad_totals_agg.c)
}

aggregates_are_documented() {
	sed -nE 's/^aggregate ([a-z_]+) .*/\1/p; s/^CREATE AGGREGATE ([a-z_]+)\(.*/\1/p' extension/overloads.txt \
		extension/[0-9]*.sql | sort -u | while read -r aggregate; do
		grep -q "\`$aggregate(" docs/*.md ||
			echo "no page of docs/ has $aggregate()"
	done
}

tests_have_one_expected_output() {
	for test in sql/*.sql; do
		[ -e "expected/$(basename "$test" .sql).out" ] || echo "$test"
	done
	for output in expected/*.out; do
		[ -e "sql/$(basename "$output" .out).sql" ] || echo "$output"
	done
}

# clicks_all.control has the version; META.json wants three numbers
version_is_the_same_everywhere() {
	local version

	version=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" clicks_all.control)
	grep -n '"version": "' META.json | grep -v "\"$version\(\.[0-9]*\)*\"" | grep -v '"meta-spec"'
	grep -q "\"extension/clicks_all--$version.sql\"" META.json || echo "META.json: file of version $version"
	[ ! -e debian/changelog ] || head -n 1 debian/changelog | grep -v "($version[~.-]"
}

# A text that somebody may search for is not broken, nor is a command of psql
lines_fit_120_columns() {
	awk '{ gsub(/\t/, "    "); gsub(/"[^"]*"/, ""); gsub(/\047[^\047]*\047/, "") }
		length($0) > 120 && !/^\\/ { print FILENAME ":" FNR }' src/*.[ch] src/*/*.[ch] extension/overloads.* \
		$(ls extension/[0-9]*.sql | grep -v _overloads) sql/*.sql test/{lib,docs,narrow/sql,modules/*/sql}/*.sql
}

scripts_parse() {
	local script

	for script in test.sh demo.sh .ci/run test/*/*.sh; do
		[ ! -e "$script" ] || bash -n "$script" 2>&1
	done
}

for name in $(compgen -A function | grep -v '^rule$'); do
	rule "$name"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
