#!/bin/bash
# real_data_test.sh
#	Do the aggregates find the golden totals of the real file?
#
# Prints the totals that differ from shared/data/README.md and, last, "N passed,
# N failed".

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"

real_data=$CLK_ROOT/../shared/data/ira_facebook_ads.csv
if [ ! -r "$real_data" ]; then
	echo "SKIPPED: $real_data is not here"
	echo "0 passed, 0 failed"
	exit
fi
cp "$real_data" "$CLK_TMP/ads.csv"

clk_require_tools
clk_build
clk_with_cluster psql -X -q -A -t -v ON_ERROR_STOP=1 \
	-f "$CLK_ROOT/test/demo/real_data.sql" <"$CLK_TMP/ads.csv" >"$CLK_TMP/out" 2>&1
if diff -u "$CLK_ROOT/test/demo/real_data.out" "$CLK_TMP/out"; then
	echo "1 passed, 0 failed"
else
	echo "0 passed, 1 failed"
	exit 1
fi
