# narrow.sh
#	A stage with a library in which constants of the exact sets are small, so that
#	little data gets to where otherwise much, or what chance never brings, would.
#
# The library is built from a scratch copy; see test/narrow.  See setup.sh.

# narrow FILE OLD NEW: replace what must be there once
narrow() {
	[ "$(grep -cF -- "$2" "$CLK_ROOT/src/$1")" = 1 ] ||
		clk_die "narrow.sh: src/$1 does not have once: $2"
	perl -pi -e 'BEGIN { ($old, $new) = splice @ARGV, 0, 2 } s/\Q$old\E.*/$new/' \
		"$2" "$3" "$CLK_ROOT/src/$1"
}

# narrow_constant FILE NAME VALUE
narrow_constant() {
	narrow "$1" "#define $2 " "#define $2 $3"
}

narrow_constants() {
	# lists of 4 kB that are dealt into buckets of 16 keys; tables after them, of
	# which the last slots are soon taken
	narrow_constant distinct_annex.h CLK_MOST_LISTED_BYTES '((Size) 4 * 1024)'
	narrow_constant distinct_annex.h CLK_MAX_PENDING_BYTES '((Size) 2 * 1024)'
	narrow_constant distinct_list.c BUCKET_BITS 4
	narrow_constant distinct_table.c SORT_FROM_SIZE '((Size) 16 * 1024)'
	narrow_constant distinct_table.c SORT_BITS 4
	narrow_constant distinct_table.c SLOTS_AT_A_TIME 64
	narrow_constant ordered_slots.h CLK_MOST_OVERHANG 16

	# merges of lists that stop now and then, and into tables
	narrow_constant distinct_list.c MERGED_AT_A_TIME 64
	narrow_constant distinct_transfer.c MANY_KEYS 64

	# texts have 512 hashes, two for each slot at the most
	narrow_constant distinct_text.c TEXT_HASH_MASK 'UINT64CONST(0xFF00000000000001)'
	narrow_constant distinct_text.c STAGE_FROM_BITS 6

	# runs are merged in small pieces
	narrow_constant distinct_spill.c WRITER_SIZE 1024

	# the number that nobody can foresee is known, so that uuids can be made that
	# meet, and integers that belong to the end of the table
	narrow distinct_set.c 'set->multiplier = statement_word() | 1;' \
		'set->multiplier = (statement_word() & 1) | 1;'

	# sets in one tuple have 12 MB together, a set alone has 6 MB
	narrow_constant distinct_transfer.c MOST_PACKED '(12 * 1024 * 1024)'
}

# Does the documentation tell how large a set can be that a worker hands over?
narrow_documented() {
	local program=$CLK_TMP/most_packed

	{
		printf '#include "%s"\n' postgres.h utils/memutils.h
		grep '^#define MOST_PACKED ' "$CLK_ROOT/src/distinct_transfer.c"
		cat <<-'END'
			#undef printf
			int main(void) {
				Size most = MOST_PACKED / 2;
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

	mkdir "$copy"
	(cd "$CLK_ROOT" && tar cf - --exclude=./.git .) | tar xf - -C "$copy"
	CLK_ROOT=$copy
	CLK_STAGE=$copy/stage
	cd "$copy" || return
	find sql expected -type f ! -name 'distinct_set.*' ! -name 'unique_clicks.*' -delete
	cp test/narrow/sql/* sql/
	cp test/narrow/expected/* expected/
	narrow_constants

	# compile again what knows of distinct sets, and nothing else
	touch src/*.o src/*/*.o
	grep -lE '"(distinct_|ordered_slots|packed_key)' src/*.c | sed 's/c$/o/' | xargs rm -f
	clk_build PG_CFLAGS='-Wall -Wextra'
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
