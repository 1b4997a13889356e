#!/bin/bash
# installcheck_test.sh
#	Does "make installcheck" work as README says, for root and postgres, who are
#	superusers by their own names, and for somebody who names one in PGUSER?
#
# Prints what is wrong and, last, "N passed, N failed".

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/lib/stages.sh"
clk_require_tools test
[ -e "$CLK_STAGE/built" ] || clk_build

tests="traps clicker_set aggregate_states stored_values examples_click_events"
passed=0
failed=0

# check USER NAME=VALUE...: as this user, in a copy that is theirs, with this environment
check() {
	local user=$1 copy=$CLK_TMP/$1 log=$CLK_TMP/installcheck_$1.log

	shift
	clk_copy_checkout "$copy"
	chown -R "$user" "$copy"
	if setpriv --reuid="$user" --clear-groups env -u PGUSER -u PGDATABASE -u PGPASSWORD "$@" \
		make -s -C "$copy" PG_CONFIG="$PG_CONFIG" installcheck REGRESS="$tests" >"$log" 2>&1 &&
		[ "$(grep -Ec "(^test |^ok ).*(${tests// /|})" "$log")" = "$(wc -w <<<"$tests")" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED make installcheck as $user, $*"
		tail -n 20 "$log"
	fi
}

check_users() {
	psql -Xq -c 'CREATE ROLE root SUPERUSER LOGIN' \
		-c "CREATE ROLE checker SUPERUSER LOGIN PASSWORD 'secret'" || return
	check root
	check postgres
	check nobody PGHOST=127.0.0.1 PGUSER=checker PGPASSWORD=secret
	echo "$passed passed, $failed failed"
	[ $failed = 0 ]
}

[ "$(id -u)" = 0 ] || clk_skip_stage "make installcheck is tried by root alone, who can be each of these users"
clk_with_cluster -o listen_addresses=127.0.0.1 check_users
