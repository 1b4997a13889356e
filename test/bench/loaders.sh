#!/bin/bash
# loaders.sh [ADS]
#	Builds, starts a throw-away cluster and prints how much user CPU time load_ads() takes
#	for a year of ADS ads (by default 2,740: a million days of ads) as Airbyte leaves them:
#	all of it, all of it again without a change, and the last 35 days; each also as a
#	multiple of a plain query that picks the latest row of each ad and day, with typed
#	clicks, from the columns of this one table.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/bench/lib.sh"

clk_require_tools
clk_build
export BENCH_SQL=$CLK_ROOT/test/bench BENCH_EXAMPLES=$CLK_ROOT/examples
export BENCH_ADS=${1:-2740}

# user_ticks PID: user CPU time that a process has taken, in clock ticks
user_ticks() {
	awk '{ print $14 }' "/proc/$1/stat"
}

measure() {
	local backend ticks before plain=0 name statement

	psql -X -q -v ON_ERROR_STOP=1 -v ads="$BENCH_ADS" -c 'SET client_min_messages = warning' \
		-c 'CREATE EXTENSION clicks_all' -f "$BENCH_SQL/loaders.sql" \
		-f "$BENCH_EXAMPLES/airbyte.sql" || return
	coproc server { psql -X -q -A -t -v ON_ERROR_STOP=1 2>&1; }
	echo 'SELECT pg_backend_pid();' >&"${server[1]}"
	read -r backend <&"${server[0]}"
	ticks=$(getconf CLK_TCK)
	while IFS='|' read name statement; do
		before=$(user_ticks "$backend")
		printf '%s;\n\\echo done\n' "$statement" >&"${server[1]}"
		while read -r line <&"${server[0]}" && [ "$line" != done ]; do
			case $line in *ERROR*) echo "$line" >&2; return 1 ;; esac
		done
		awk -v name="$name" -v used=$(($(user_ticks "$backend") - before)) \
			-v plain="$plain" -v ticks="$ticks" 'BEGIN {
			printf "%-28s %8.1f s user CPU", name, used / ticks
			if (plain > 0) printf "  %6.2f times the plain query", used / plain
			print "" }'
		[ "$plain" != 0 ] || plain=$(($(user_ticks "$backend") - before))
	done <<-'STATEMENTS'
		plain query|CREATE TEMP TABLE plain AS SELECT DISTINCT ON (date_start, account_id, ad_id) date_start, \
			account_id, account_name, account_currency, campaign_id, campaign_name, adset_id, \
			adset_name, ad_id, ad_name, objective, \
			click_counts_from_actions(actions || outbound_clicks, clicks) AS clicks, \
			impressions, reach, unique_clicks, trim_scale(spend) AS spend \
			FROM ads_insights \
			ORDER BY date_start, account_id, ad_id, _airbyte_extracted_at DESC
		load_ads, all days|CALL load_ads('-infinity')
		again, nothing has changed|CALL load_ads('-infinity')
		last 35 days|CALL load_ads()
	STATEMENTS
	psql -X -q -A -t -c 'SELECT count(*) || $$ rows read, $$ || (SELECT count(*) FROM ad_daily) || $$ in ad_daily$$ FROM ads_insights'
}
export -f measure user_ticks
bench_with_cluster bash -c measure
