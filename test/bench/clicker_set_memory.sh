#!/bin/bash
# clicker_set_memory.sh
#	Builds, starts a throw-away cluster and prints how much memory clicker_set_agg
#	takes at each precision: the table of docs/clicker_set.md.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/bench/lib.sh"

clk_require_tools
clk_build
bench_with_cluster psql -X -q -v ON_ERROR_STOP=1 -f "$CLK_ROOT/test/bench/clicker_set_memory.sql"
