# sanitizers.sh
#	Stages that look for undefined behaviour.  See setup.sh.

# The whole suite with a library that stops at undefined behaviour.  The server
# is compiled with -fwrapv and hands that to us: without -fno-wrapv no signed
# overflow would show.
stage_ubsan() {
	local flags='-fsanitize=undefined,float-cast-overflow,float-divide-by-zero -fno-sanitize-recover=all -fno-wrapv -O1'
	local status=0

	clk_build PG_CFLAGS="$flags" SHLIB_LINK=-fsanitize=undefined
	nm -D "$CLK_STAGE$("$PG_CONFIG" --pkglibdir)/clicks_all.so" | grep __ubsan >"$CLK_TMP/checks" ||
		{ echo "nothing is checked in this library"; return 1; }
	clk_regress || status=$?
	clk_build
	return $status
}

# What clang, and the analyzer of gcc, think of the sources
stage_static() {
	local file passed=0 failed=0

	clk_try_packages clang || clk_skip_stage "no clang"
	for file in "$CLK_ROOT"/src/*.c "$CLK_ROOT"/src/*/*.c; do
		if clang -fsyntax-only -Wall -Wextra -Werror -Wno-unused-command-line-argument \
			-D_GNU_SOURCE -DCLICKS_ALL_VERSION='"1"' \
			-isystem "$CLK_HEADERS" -I"$CLK_ROOT/src" "$file"; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
		fi
	done
	echo "$passed passed, $failed failed"
}

# Each fuzz target of test/fuzz for a while, from its corpus.  With CLK_FUZZ_KEEP, what
# reaches code that no input of the corpus does is added to it.
stage_fuzz() {
	local target name kept corpus passed=0 failed=0

	clk_try_packages clang || clk_skip_stage "no clang"
	echo 'int LLVMFuzzerTestOneInput(const char *d, long n); int LLVMFuzzerTestOneInput(const char *d, long n) { return !d && n; }' \
		>"$CLK_TMP/probe.c"
	clang -fsanitize=fuzzer "$CLK_TMP/probe.c" -o "$CLK_TMP/probe" 2>/dev/null ||
		clk_skip_stage "clang comes without libFuzzer here"

	for target in "$CLK_ROOT"/test/fuzz/*_fuzz.c; do
		name=$(basename "$target" .c)
		kept=$CLK_ROOT/test/fuzz/corpus/$name
		corpus=$CLK_TMP/corpus_$name
		mkdir -p "$corpus"
		if clang -g -O1 -fsanitize=fuzzer,address,undefined \
			-fno-sanitize-recover=all -I"$CLK_ROOT/src" \
			"$target" "$CLK_ROOT"/src/{sketch,statistics}/*.c -lm -o "$CLK_TMP/$name" &&
			(cd "$CLK_TMP" && "./$name" -max_total_time="${CLK_FUZZ_SECONDS:-30}" \
				-print_final_stats=1 "$corpus" "$kept") &&
			{ [ -z "$CLK_FUZZ_KEEP" ] || "$CLK_TMP/$name" -merge=1 "$kept" "$corpus"; }; then
			passed=$((passed + 1))
		else
			echo "FAILED $name"
			failed=$((failed + 1))
		fi
	done
	echo "$passed passed, $failed failed"
}
