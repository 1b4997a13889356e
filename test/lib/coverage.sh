# coverage.sh
#	How much of our C do tests run through?  See setup.sh.

# What no test of this stage can reach, and why
coverage_reasons() {
	cat <<-'END'
		src/errors.c               no SQL calls a transition outside an aggregate
		src/exact/list.c           buckets that are too full come with the small sizes of stage narrow
		src/exact/temp_file.c      disks that refuse are in TAP 021; many free places come in stage narrow
		src/sketch/ultraloglog.c   machines without vector instructions; the unit tests run it
	END
}

# Print, for each of our files, the percentage of its lines that ran, and how many it has.
coverage_of_files() {
	local file

	for file in src/*.c src/*/*.c; do
		gcov -n -r -o "${file%.c}.gcda" "$file" 2>/dev/null | awk -v file="$file" '
			$1 == "File" { ours = $2 == "\047" file "\047" }
			ours && sub(/^Lines executed:/, "") { print file, $1 + 0, $3; exit }'
	done
}

# Each file is run through to 95 %, or the reason is known.  Leaves the table for the end
# of .ci/run.
stage_coverage() {
	local copy=$CLK_TMP/coverage table=$CLK_TMP/coverage.txt

	clk_copy_checkout "$copy"
	cd "$copy" || return
	# backends write down what they ran through
	find src -type d -exec chmod 777 {} +
	CLK_CFLAGS=--coverage ./test.sh regress emulate mutants || return
	coverage_of_files | while read -r file percent lines; do
		if [ "${percent%.*}" -ge 95 ]; then
			echo "ok $file $percent of $lines"
		elif coverage_reasons | grep -q "^$file "; then
			echo "ok $file $percent of $lines: $(coverage_reasons | sed -n "s|^$file *||p")"
		else
			echo "not ok $file $percent of $lines"
			gcov -t -r -o "${file%.c}.gcda" "$file" 2>/dev/null | grep '#####'
		fi
	done >"$table"
	# all but those that have data only
	[ "$(grep -c '^ok\|^not ok' "$table")" = \
		"$(find src -name '*.o' -exec nm -A {} + | grep ' [Tt] ' | cut -d : -f 1 | sort -u | wc -l)" ] ||
		echo "not ok files that nothing ran" >>"$table"
	grep -A 1000 '^not ok' "$table"
	clk_count_tap "$table"
}

# coverage_report: the table, from the least to the most
coverage_report() {
	[ -e "$CLK_TMP/coverage.txt" ] || return
	echo "lines of C that regress, emulate and mutants run through, in percent:"
	sed -n 's/^\(not \)*ok //p' "$CLK_TMP/coverage.txt" | sort -n -k 2 |
		awk '{ file = $1; $1 = ""; printf "    %-36s%s\n", file, $0 }'
}
