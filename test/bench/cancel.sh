#!/bin/bash
# cancel.sh [--small] [--rows N] [--cancels N]
#	Measures how long exact sets of clickers let a cancel wait, in each phase of their
#	lives, beside count(DISTINCT): the table of docs/unique_clicks.md.
#
# README.md in this directory tells more.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/bench/lib.sh"

clk_require_tools
clk_build
bench_with_cluster perl "$CLK_ROOT/test/bench/cancel.pl" "$@"
