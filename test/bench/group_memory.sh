#!/bin/bash
# group_memory.sh
#	Builds, starts a throw-away cluster and prints how many bytes unique_clicks
#	takes for a group: the table of docs/unique_clicks.md.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/bench/lib.sh"

clk_require_tools
clk_build
bench_with_cluster psql -X -q -v ON_ERROR_STOP=1 -f "$CLK_ROOT/test/bench/group_memory.sql"
