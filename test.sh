#!/bin/bash
# test.sh [STAGE [NAME...]]...
#	All tests that need nothing but this machine; or only the stages named, in
#	this order; or, of the stages regress, schema, parallel, jit, tap and shell,
#	only the tests named behind the stage:
#
#	test.sh regress currency tap 010_dump_restore
#
# Stages: build lint regress schema parallel jit emulate mutants isolation narrow
# unit docs tap shell.
#
# Ends with "N passed, N failed".  Packages that are missing are installed, by
# sudo if need be; whatever else is made stays in the checkout or vanishes.

. "$(dirname "${BASH_SOURCE[0]}")/test/lib/setup.sh"
. "$CLK_ROOT/test/lib/stages.sh"
. "$CLK_ROOT/test/lib/narrow.sh"

all_stages="build lint regress schema parallel jit emulate mutants isolation narrow unit docs tap shell"

# The extension compiles without a warning.  What server headers have to say
# begins with another path.
stage_build() {
	rm -f "$CLK_STAGE/built"
	clk_build
	if grep -q '^src/.*warning:' "$CLK_TMP/build.log"; then
		grep -A 5 '^src/.*warning:' "$CLK_TMP/build.log"
		echo "0 passed, 1 failed"
	else
		echo "1 passed, 0 failed"
	fi
}

stage_lint() {
	"$CLK_ROOT/test/lint/lint.sh"
}

stage_regress() {
	clk_regress "$@"
}

# The extension is in a schema of its own, which comes last, as README advises.  What is
# left out looks up no other names, and takes long.
stage_schema() {
	clk_regress -s "${many_queries[@]}" -x distinct_set -x random -x plans -x moving_windows "$@"
}

# Runs tiny queries by the thousand: a worker, or a compilation, for each of them
# takes minutes.
many_queries=(-x clicker_set -x clicker_set_window)

# Every query that can be is run by a parallel worker.
stage_parallel() {
	local force=debug_parallel_query

	[ "$CLK_PG" -ge 16 ] || force=force_parallel_mode
	clk_regress "${many_queries[@]}" -o $force=regress -o parallel_setup_cost=0 \
		-o parallel_tuple_cost=0 -o min_parallel_table_scan_size=0 "$@"
}

# Every expression is compiled.  Optimizing each would take minutes and change
# nothing for us: it is for core functions, ours stay calls.
stage_jit() {
	clk_regress "${many_queries[@]}" -o jit=on -o jit_above_cost=0 -o jit_inline_above_cost=-1 \
		-o jit_optimize_above_cost=-1 "$@"
}

# clk_module NAME: build an extension of test/modules and stage it
clk_module() {
	local module=$CLK_ROOT/test/modules/$1

	clk_make -C "$module" clean && clk_make -C "$module" &&
		clk_make -C "$module" install DESTDIR="$CLK_STAGE"
}

# States travel between workers and a coordinator: see test/modules/emulate.
stage_emulate() {
	clk_module emulate && clk_regress -d "$CLK_ROOT/test/modules/emulate"
}

# Values, states and calls that nobody would make: see test/modules/fuzz.  There are
# CLK_MUTANTS of each kind, from CLK_SEED.
stage_mutants() {
	local log=$CLK_TMP/mutants.log cases=${CLK_MUTANTS:-20000} seed=${CLK_SEED:-$RANDOM$RANDOM}
	local status=0

	clk_module fuzz || return
	echo "CLK_SEED=$seed CLK_MUTANTS=$cases"
	clk_with_cluster timeout $((600 + cases / 100)) psql -X -v seed="$seed" -v cases="$cases" \
		-f "$CLK_ROOT/test/modules/fuzz/fuzz.sql" >"$log" 2>&1 || status=$?
	cat "$log"
	[ "$status" = 0 ] || clk_crashes
	clk_count_tap "$log" && return "$status"
}

# What sessions do to each other that write and refresh at the same time
stage_isolation() {
	clk_with_cluster clk_isolation
}

clk_isolation() {
	local specs=$CLK_ROOT/test/isolation out=$CLK_TMP/isolation log=$CLK_TMP/isolation.log status=0

	mkdir -p "$out"
	createdb isolation && psql -Xq -d isolation -f "$specs/prepare.sql" >"$log" 2>&1 || {
		cat "$log"
		return 1
	}
	"$("$PG_CONFIG" --pkglibdir)/pgxs/src/test/isolation/pg_isolation_regress" --use-existing \
		--dbname=isolation --bindir="$("$PG_CONFIG" --bindir)" --inputdir="$specs" \
		--outputdir="$out" $(cd "$specs/specs" && ls -- *.spec | sed 's/\.spec$//') >"$log" 2>&1 ||
		status=1
	clk_tap_lines "$log"
	cat "$log"
	[ "$status" = 0 ] || cat "$out"/*diffs "$out"/output_iso/*diffs 2>/dev/null
	clk_count_tap "$log" && return "$status"
}

# Programs over src/sketch and src/statistics, which need no server.  Each counts once,
# whatever number of checks it makes.
stage_unit() {
	local program test passed=0 failed=0

	for test in "$CLK_ROOT"/test/{unit,fuzz}/*_test.c; do
		[ -e "$test" ] || continue
		program=$CLK_TMP/$(basename "$test" .c)
		if gcc -std=gnu99 -Wall -Wextra -Werror -g -O1 \
			-fsanitize=address,undefined -fno-sanitize-recover=all \
			-I"$CLK_ROOT/src" "$test" "$CLK_ROOT"/src/{sketch,statistics}/*.c -lm -o "$program" &&
			"$program" >"$program.log" &&
			tail -n 1 "$program.log" | grep '^[1-9][0-9]* passed, 0 failed$'; then
			passed=$((passed + 1))
		else
			echo "FAILED $test"
			cat "$program.log"
			failed=$((failed + 1))
		fi
	done
	echo "$passed passed, $failed failed"
}

# Every SQL block of the documentation prints what is shown below it, and the
# queries of the cookbook run over what the other templates make, and over hard rows.
stage_docs() {
	local file over=()

	shopt -s nullglob
	for file in "$CLK_ROOT"/test/docs/cookbook_*.sql; do
		over+=(--over "${file#"$CLK_ROOT"/}" "$CLK_ROOT/docs/cookbook.md")
	done
	clk_with_cluster perl "$CLK_ROOT/test/docs/run.pl" \
		"$CLK_ROOT"/README.md "$CLK_ROOT"/docs/*.md "${over[@]}"
}

# What needs servers of its own, several sessions, dumps or crashes
stage_tap() {
	. "$CLK_ROOT/test/lib/tap.sh"
	clk_tap "$@"
}

# Scripts that end like a stage: what demo.sh prints, for one
stage_shell() {
	local test log=$CLK_TMP/shell.log status=0 passed=0 failed=0

	for test in "$CLK_ROOT"/test/*/*_test.sh; do
		case " ${*:-$(basename "$test")} " in
			*" $(basename "$test") "* | *" $(basename "$test" _test.sh) "*) ;;
			*) continue ;;
		esac
		echo "$test"
		"$test" >"$log" 2>&1 || status=1
		cat "$log"
		! grep -q '^SKIPPED stage' "$log" || continue
		read -r p f < <(sed -n '$s/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log")
		passed=$((passed + ${p:-0}))
		failed=$((failed + ${f:-1}))
	done
	echo "$passed passed, $failed failed"
	return $status
}

# Print the stages that the arguments ask for, one a line, each with its tests.
stages_of() {
	local word stage=

	for word in "$@"; do
		case " $all_stages " in
			*" $word "*)
				stage=$word
				printf '\n%s' "$word"
				continue
				;;
		esac
		case $stage in
			regress | schema | parallel | jit) [ -e "$CLK_ROOT/sql/$word.sql" ] ;;
			tap) word=$(basename "$word" .pl) && [ -e "$CLK_ROOT/test/t/$word.pl" ] ;;
			shell) word=$(basename "$word") && ls "$CLK_ROOT/test"/*/"${word%_test.sh}_test.sh" ;;
			*) false ;;
		esac >/dev/null 2>&1 ||
			clk_die "there is no ${stage:-stage} ${stage:+test }\"$word\"; stages: $all_stages"
		printf ' %s' "$word"
	done
	echo
}

stages=$(stages_of ${*:-$all_stages}) || exit
clk_require_tools test
[ $# = 0 ] || clk_build
CLK_STAGES=$(grep -c . <<<"$stages")
while read -r stage names; do
	[ -n "$stage" ] || continue
	clk_stage "$stage" $names
	if [ "$stage" = build ] && [ "$CLK_FAILED" != 0 ]; then
		break
	fi
done <<<"$stages"
clk_finish
