#!/bin/bash
# revision.sh [--small] [--runs N] [--only REGEX] REVISION [NAME]
#	Measures our queries of NAME.bench, by default exact_unique_clicks, with the library of
#	today and with that of a revision in git, alternately, by the processor time of the backend.
#
# README.md in this directory tells more.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/bench/lib.sh"

options=()
names=()
while [ $# -gt 0 ]; do
	case $1 in
		--small) options+=("$1") ;;
		--runs | --only)
			[ $# -gt 1 ] || clk_die "$1 needs a value"
			options+=("$1" "$2")
			shift
			;;
		-*) clk_die "unknown option $1" ;;
		*) names+=("$1") ;;
	esac
	shift
done
[ ${#names[@]} -gt 0 ] || clk_die "which revision?"
file=$CLK_ROOT/test/bench/${names[1]:-exact_unique_clicks}.bench
[ -e "$file" ] || clk_die "there is no $file"

# Build the library of a revision in a directory.
build_revision() {
	git -C "$CLK_ROOT" archive --prefix=before/ "$1" | tar xf - -C "$CLK_TMP" || clk_die "git has no revision $1"
	CLK_ROOT=$2 CLK_STAGE=$2/stage clk_build
}

clk_require_tools
clk_build
build_revision "${names[0]}" "$CLK_TMP/before"
[ "$(id -u)" != 0 ] || chmod 755 "$CLK_TMP"
bench_with_cluster perl "$CLK_ROOT/test/bench/revision.pl" "${options[@]}" "${names[0]}" "$CLK_TMP/before/clicks_all.so" "$file"
