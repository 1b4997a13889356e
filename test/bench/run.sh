#!/bin/bash
# run.sh [--small] [--size NAME=N]... [--runs N] [--only REGEX] [--out DIRECTORY] [NAME...]
# run.sh --update-docs [NAME...]
#	Builds, starts a throw-away cluster and measures NAME.bench, by default all;
#	with --update-docs, by default those that docs/performance.md shows, and writes what
#	came out into it.
#
# README.md in this directory tells what it prints and writes.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/bench/lib.sh"

bench=$CLK_ROOT/test/bench
options=()
names=()
all=()
while [ $# -gt 0 ]; do
	case $1 in
		--small) options+=("$1") ;;
		--runs | --only | --size | --out)
			[ $# -gt 1 ] || clk_die "$1 needs a value"
			options+=("$1" "$2")
			shift
			;;
		--update-docs)
			options+=(--update "$CLK_ROOT/docs/performance.md")
			all=(quarter ad_metrics exact_unique_clicks clicker_set actions duckdb)
			;;
		-*) clk_die "unknown option $1" ;;
		*) names+=("$1") ;;
	esac
	shift
done
[ ${#names[@]} -gt 0 ] || names=("${all[@]}")
files=("${names[@]/#/$bench/}")
files=("${files[@]/%/.bench}")
[ ${#names[@]} -gt 0 ] || files=("$bench"/*.bench)
for file in "${files[@]}"; do
	[ -e "$file" ] || clk_die "there is no $file"
done

clk_require_tools
clk_build
command -v gnuplot >/dev/null || clk_try_packages gnuplot-nox ||
	echo "SKIPPED charts: gnuplot is not installed"
bench_extensions "${files[@]}"
if grep -q '^@engine duckdb' "${files[@]}"; then
	bench_duckdb
fi
bench_with_cluster perl "$bench/compare.pl" "${options[@]}" "${files[@]}"
