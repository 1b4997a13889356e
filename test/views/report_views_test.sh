#!/bin/bash
# report_views_test.sh
#	Is every number of the views true over the year of demo.sh?
#
# Prints what is wrong and, last, "N passed, N failed"; counts each column.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"

clk_require_tools
[ -e "$CLK_STAGE/built" ] || clk_build

# The year, with reach for one of its weeks, which it has not by itself; and what
# the views show of it beside the raw rows
true_numbers() {
	cd "$CLK_ROOT/examples" || return
	psql -X -q -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION clicks_all' -f click_events.sql \
		-f demo/year.sql -c "INSERT INTO ad_periods (first_day, last_day, level, account_id,
				account, currency, campaign_id, campaign, reach)
			SELECT '2025-06-09', '2025-06-15', 'campaign', account_id, account, currency,
				campaign_id, campaign, 50 * sum(clicks_total(clicks))
			FROM ad_daily WHERE day BETWEEN '2025-06-09' AND '2025-06-15'
			GROUP BY account_id, account, currency, campaign_id, campaign" \
		-f weekly_report.sql -A -t -F ' ' -f ../test/views/truth.sql
}
export -f true_numbers
export CLK_ROOT

clk_with_cluster -o client_min_messages=warning bash -c true_numbers >"$CLK_TMP/numbers" ||
	{ cat "$CLK_TMP/numbers" "$CLK_TMP/server.log"; echo "0 passed, 1 failed"; exit 1; }
awk 'NF == 4 && $3 == "t" && $4 == 0 { passed++; next }
	NF == 1 && $1 == 0 { passed++; next }
	{ failed++; print "FAILED", $0 }
	END { print passed + 0, "passed,", failed + 0, "failed"; exit failed > 0 || passed < 45 }' \
	"$CLK_TMP/numbers"
