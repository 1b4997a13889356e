# stages.sh
#	Runs stages of tests, and counts what passed and failed in them.
#
# A stage is a shell function stage_NAME.  It prints what it likes and, as its
# last line, "N passed, N failed".  A stage that fails otherwise, or in which
# nothing ran, counts as one failure.  See setup.sh.

CLK_PASSED=0
CLK_FAILED=0

# which stage it is, of how many, if the script that runs them says how many
CLK_STAGE_NUMBER=0
CLK_STAGES=

# clk_stage NAME [ARGUMENT...]: run one stage, and show what it printed if it failed.
clk_stage() {
	local log=$CLK_TMP/stage_$1.log
	local status=0 passed=0 failed=0 start=$SECONDS
	local clk_how_far="clk_tested_so_far $1"

	CLK_STAGE_NUMBER=$((CLK_STAGE_NUMBER + 1))
	clk_watched "stage ${CLK_STAGES:+$CLK_STAGE_NUMBER of $CLK_STAGES: }$*" clk_run_stage "$@" || status=$?
	read -r passed failed < <(
		sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log" |
			tail -n 1)
	if [ "${failed:-0}" = 0 ] &&
		{ [ "$status" != 0 ] || [ "${passed:-0}" = 0 ]; }; then
		if ! { [ "$status" = 0 ] && grep -q '^SKIPPED stage' "$log"; }; then
			failed=1
			echo "stage $1 ended with status $status" >>"$log"
		fi
	fi

	if [ "${failed:-0}" != 0 ]; then
		sed 's/^/    /' "$log"
	else
		grep '^SKIPPED' "$log"
	fi
	printf '%-12s %5d passed %5d failed %5d s\n' \
		"$1" "${passed:-0}" "${failed:-0}" $((SECONDS - start))
	CLK_PASSED=$((CLK_PASSED + ${passed:-0}))
	CLK_FAILED=$((CLK_FAILED + ${failed:-0}))
}

clk_run_stage() {
	("stage_$1" "${@:2}") >"$CLK_TMP/stage_$1.log" 2>&1 </dev/null
}

# clk_tested_so_far STAGE: print how many tests are in its log, or in that of what it
# runs, if any is
clk_tested_so_far() {
	cat "$CLK_TMP/stage_$1.log" "$CLK_TMP/$1.log" "$CLK_TMP"/regress.* 2>/dev/null |
		grep -c -E '^(not )?ok |^(test )? *[a-z_0-9]+ +\.\.\. ' | sed '/^0$/d; s/.*/& tests, /'
}

# clk_finish: the verdict, last of all
clk_finish() {
	echo "$CLK_PASSED passed, $CLK_FAILED failed"
	[ "$CLK_FAILED" = 0 ] && [ "$CLK_PASSED" -gt 0 ]
	exit
}

# clk_skip_stage REASON: end a stage that cannot run on this machine.
clk_skip_stage() {
	echo "SKIPPED stage: $*"
	exit 0
}

# Count the lines of the file that begin with "ok " and "not ok ".
clk_count_tap() {
	local passed failed

	passed=$(grep -vi '# skip' "$1" | grep -c '^ok ')
	failed=$(grep -c '^not ok ' "$1")
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ]
}

# clk_tap_lines FILE: have what pg_regress printed as TAP.  Before 16 it wrote
# "test NAME ... ok".
clk_tap_lines() {
	sed -E -i 's/^(test )? *([a-z_0-9]+) +\.\.\. ok +(.*)/ok \2 \3/
		s/^(test )? *([a-z_0-9]+) +\.\.\. FAILED.*/not ok \2/' "$1"
}

# clk_own_schema COMMAND...: run it where the database of pg_regress has the extension in
# a schema of its own, as README advises, and what else pg_regress sets for a database
clk_own_schema() {
	psql -Xq -v ON_ERROR_STOP=1 -c 'CREATE DATABASE contrib_regression TEMPLATE template0' \
		-c 'ALTER DATABASE contrib_regression SET search_path = public, clicks' \
		-c '\c contrib_regression' -c 'CREATE SCHEMA clicks' \
		-c 'CREATE EXTENSION clicks_all SCHEMA clicks' && "$@"
}

# clk_regress [-o SETTING=VALUE]... [-x TEST]... [-d DIRECTORY] [-s] [TEST...]: pg_regress
# in a cluster of its own with these settings, on the tests in the directory that are
# named, or else on all except those after -x; after -s with the extension in a schema of
# its own
clk_regress() {
	local options=() except=() directory=$CLK_ROOT status=0 where=() arguments=() log tests

	while :; do
		case $1 in
			-o) options+=(-o "$2") ;;
			-x) except+=(-e "$2") ;;
			-d) directory=$2 ;;
			-s)
				where=(clk_own_schema)
				arguments=(REGRESS_OPTS='--use-existing --dbname=contrib_regression')
				shift
				continue
				;;
			*) break ;;
		esac
		shift 2
	done
	tests=${*:-$(cd "$directory/sql" && ls -- *.sql | sed 's/\.sql$//' |
		grep -vx -e '' "${except[@]}" | xargs)}
	log=$(mktemp -p "$CLK_TMP" regress.XXXXXX)
	clk_with_cluster "${options[@]}" "${where[@]}" make -s -C "$directory" \
		PG_CONFIG="$PG_CONFIG" installcheck REGRESS="$tests" "${arguments[@]}" >"$log" 2>&1 || status=$?

	clk_tap_lines "$log"
	cat "$log"
	[ "$status" = 0 ] || { cat "$directory/regression.diffs"; clk_crashes; }
	clk_count_tap "$log" || status=1
	rm "$log"
	return "$status"
}

# clk_crashes: what the log of the last cluster says of processes that ended badly
clk_crashes() {
	grep -h -A 20 'runtime error' "$CLK_TMP/server.log"
	grep -h -A 1 'was terminated by signal\|exited with exit code' "$CLK_TMP/server.log"
}
