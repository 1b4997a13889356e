#!/bin/bash
# scaling.sh [--small] [--only rows|shards] [--runs N] [--update FILE]
#	Measures how the aggregates grow with rows, groups, workers, cells and shards, and
#	prints what docs/scaling.md shows, or writes it there.
#
# README.md in this directory tells more.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/bench/lib.sh"

clk_require_tools
clk_build
command -v ss >/dev/null || clk_try_packages iproute2 || clk_die "ss, which counts bytes, is not installed"
bench_with_shards "${CLK_SHARD_CLUSTERS:-4}" perl "$CLK_ROOT/test/bench/scaling.pl" "$@"
