#!/bin/bash
# scaling.sh [--small] [--rows N,N...] [--groups N,N...] [--runs N] [--update FILE]
#	Measures how the aggregates grow with rows, groups, workers and cells, and
#	prints what docs/scaling.md shows, or writes it there.
#
# README.md in this directory tells more.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/bench/lib.sh"

clk_require_tools
clk_build
bench_with_cluster perl "$CLK_ROOT/test/bench/scaling.pl" "$@"
