# narrow.sh
#	Runs tests of exact sets with a library in which sizes are small, so that little
#	data gets to where otherwise much, or what chance never brings, would.
#
# The library is built from a scratch copy, with what test/narrow has; the sizes are
# those of src/exact/limits.h.  See setup.sh.

narrow_sizes=(
	# lists of few keys are dealt in two steps, into buckets that are often too full
	-DCLK_BUCKET_BITS=5 -DCLK_DEALT_BITS=4 -DCLK_MOST_IN_BUCKET=32

	# tables of which the last slots are soon taken; texts with 512 hashes, two for
	# each slot at the most; stages in front of small tables
	-DCLK_MOST_OVERHANG=16 -DCLK_TEXT_HASH_MASK='UINT64CONST\(0xFF00000000000001\)'
	-DCLK_STAGE_FROM_BITS=6

	# the number that nobody can foresee is known, so that uuids can be made that
	# meet, and integers that belong to the end of the table
	-DCLK_MULTIPLIER_MASK=1

	# merges that stop now and then, of few runs, in small pieces, and of what is
	# received as it is
	-DCLK_KEYS_AT_A_TIME=64 -DCLK_MANY_KEYS=64 -DCLK_MOST_RUNS=4
	-DCLK_WRITER_SIZE=1024 -DCLK_KEPT_RUN=1024

	# files in which more places are free than are remembered
	-DCLK_FREE_PLACES=2

	# sets in one tuple have 12 MB together, a set alone has 6 MB
	-DCLK_MOST_PACKED='\(12*1024*1024\)'
)

# Does the documentation tell how large a set can be that a worker hands over?
narrow_documented() {
	local program=$CLK_TMP/most_packed

	{
		printf '#include "%s"\n' postgres.h utils/memutils.h
		grep -E '^#define CLK_(MB|MOST_PACKED) ' "$CLK_ROOT/src/exact/limits.h"
		cat <<-'END'
			#undef printf
			int main(void) {
				Size most = CLK_MOST_PACKED / 2;
				return printf("more than %zu MB, which is %zu million integers",
							  most / 1048576, most / 8 / 1000000) < 0;
			}
		END
	} >"$program.c"
	gcc -O1 -I"$CLK_HEADERS" "$program.c" -o "$program" &&
		grep -qF "$("$program")" "$CLK_ROOT/docs/unique_clicks.md"
}

# Make the copy, with the tests that are of use in it.
narrow_copy() {
	local copy=$CLK_TMP/narrow

	clk_copy_checkout "$copy"
	CLK_ROOT=$copy
	CLK_STAGE=$copy/stage
	cd "$copy" || return
	find sql expected -type f ! -name 'distinct_set.*' ! -name 'unique_clicks.*' -delete
	cp test/narrow/sql/* sql/
	cp test/narrow/expected/* expected/
	clk_build PG_CFLAGS="-Wall -Wextra ${narrow_sizes[*]}"
}

stage_narrow() {
	local log=$CLK_TMP/narrow.log status=0

	if narrow_documented; then
		echo 'ok documented limit'
	else
		echo 'not ok documented limit'
	fi >"$log"
	narrow_copy || return
	clk_regress >>"$log" || status=$?
	cat "$log"
	clk_count_tap "$log"
	return $status
}
