#!/bin/bash
# rollup.sh [--small] [--runs N]
#	Measures what it costs to keep the weekly cells up to date: a REFRESH of all of
#	them against the weeks that changed, and what writers pay for the log of those.
#
# README.md in this directory tells more.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/bench/lib.sh"

clk_require_tools
clk_build
bench_with_cluster perl "$CLK_ROOT/test/bench/rollup.pl" "$@"
