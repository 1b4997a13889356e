# assertions.sh
#	Tests with servers that check themselves: built from Debian's source packages with
#	assertions, where freed memory is overwritten and new memory holds nothing useful;
#	or with sanitizers, where each piece of memory is watched.
#
# They are kept in CLK_CACHE, and built again when the recipe changes.  See setup.sh.

# clk_take_malloc: have each piece of memory come from malloc, and go back to it; and
# what it was not asked for be out of bounds
clk_take_malloc() {
	local file=src/backend/utils/mmgr/aset.c

	sed -i -e 's/if (size > set->allocChunkLimit)$/if (true)/' \
		-e 's/set->allocChunkLimit = ALLOC_CHUNK_LIMIT;/set->allocChunkLimit = 0;/' \
		-e '/^#include "utils\/memdebug.h"/r /dev/stdin' $file <<-'END'
			#include <sanitizer/asan_interface.h>
			#undef VALGRIND_MAKE_MEM_NOACCESS
			#undef VALGRIND_MAKE_MEM_UNDEFINED
			#undef VALGRIND_MAKE_MEM_DEFINED
			#define VALGRIND_MAKE_MEM_NOACCESS(at, size) ASAN_POISON_MEMORY_REGION(at, size)
			#define VALGRIND_MAKE_MEM_UNDEFINED(at, size) ASAN_UNPOISON_MEMORY_REGION(at, size)
			#define VALGRIND_MAKE_MEM_DEFINED(at, size) ASAN_UNPOISON_MEMORY_REGION(at, size)
		END
	[ "$(grep -c 'if (true)$\|allocChunkLimit = 0;\|asan_interface' $file)" = 3 ] || {
		echo "$file is not what it was"
		return 1
	}
}

# clk_build_server KIND SUITE VERSION PREFIX: build and install what the tests need
#
# A server of the kind "assert" has assertions; one of the kind "asan" is watched by
# AddressSanitizer, and extensions that are built with it by UBSan, too.  Of Debian's
# patches only the one is taken that test servers find the extension by: others install
# into the system, whatever the prefix is.  As the user of servers, lest anything else does.
clk_build_server() {
	local source=$CLK_TMP/source prefix=$4 patch=debian/patches/extension_destdir checks
	local ub='-fsanitize=undefined,float-cast-overflow,float-divide-by-zero -fno-sanitize-recover=all -fno-wrapv'

	rm -rf "$source" "$prefix"
	mkdir -p "$source" "$prefix"
	cd "$source" && clk_apt_suite deb-src "$2" update &&
		clk_apt_suite deb-src "$2" source --download-only "postgresql-$3" &&
		tar xf "postgresql-$3"_*.orig.tar.* --strip-components=1 || return
	tar xf "postgresql-$3"_*.debian.tar.* "$patch" 2>/dev/null && { patch -s -p 1 <"$patch" || return; }
	if [ "$1" = asan ]; then
		clk_take_malloc || return
		checks=(CFLAGS='-O1 -g1 -fno-omit-frame-pointer -fsanitize=address')
		export ASAN_OPTIONS=detect_leaks=0
	else
		checks=(--enable-cassert CFLAGS='-O1 -g1' CPPFLAGS=-DRANDOMIZE_ALLOCATED_MEMORY)
	fi
	[ "$(id -u)" != 0 ] || chown -R postgres: "$source" "$prefix"
	clk_as_server ./configure -q --prefix="$prefix" --enable-tap-tests --enable-debug \
		--with-icu --without-readline "${checks[@]}" &&
		clk_as_server make -s -j "$(nproc)" install &&
		clk_as_server make -s -j "$(nproc)" -C contrib/postgres_fdw install || return
	[ "$1" != asan ] || sed -i "s/^CFLAGS = .*/& $ub/" "$prefix"/lib/*/pgxs/src/Makefile.global
}

# clk_test_in_server KIND SUITE VERSION STAGE...: these stages of test.sh with that
# server, in a copy of the checkout
clk_test_in_server() {
	local kind=$1 prefix=$CLK_CACHE/$1-$2-$3 log=$CLK_TMP/$1_$3.log copy=$CLK_TMP/$1 recipe

	recipe=$(declare -f clk_apt_suite clk_take_malloc clk_build_server | cksum)
	if [ "$recipe" != "$(cat "$prefix/ready" 2>/dev/null)" ]; then
		clk_try_packages bison flex patch bzip2 zlib1g-dev libicu-dev pkgconf debian-archive-keyring ||
			clk_skip_stage "no packages to build PostgreSQL with"
		(clk_build_server "$1" "$2" "$3" "$prefix") >"$log" 2>&1 || {
			tail -n 5 "$log"
			clk_skip_stage "PostgreSQL $3 of the kind $1 cannot be built from the source of Debian $2: $(tail -n 1 "$log")"
		}
		echo "$recipe" >"$prefix/ready"
	fi
	clk_copy_checkout "$copy"
	CLK_PREFIX=$prefix CLK_PG=$3 "$copy/test.sh" "${@:4}"
}

# clk_test_assertions SUITE VERSION STAGE...: each query takes several times as long there
clk_test_assertions() {
	export PROPERTY_QUERIES=${PROPERTY_QUERIES:-1500}
	clk_test_in_server assert "$@"
}

# Without CLK_WEEKLY what is of memory and temporary files, where 15 and 18 differ
stage_assert15() {
	local stages='regress emulate mutants narrow tap 020_distinct_set 021_distinct_set_errors 030_clicker_set 070_faults'

	[ -z "$CLK_WEEKLY" ] || stages='regress parallel emulate mutants narrow tap'
	clk_test_assertions bookworm 15 $stages
}

stage_assert18() {
	clk_test_assertions sid 18 regress parallel emulate mutants narrow tap
}

# The extension in a server that sees each byte that is read or written where none is
stage_asan15() {
	local reports=$CLK_TMP/reports status=0

	[ -n "$CLK_WEEKLY" ] || clk_skip_stage "sanitizers in a server take too long for each run: CLK_WEEKLY=1 .ci/run asan15"
	mkdir -m 777 "$reports"
	export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:log_path=$reports/report
	export UBSAN_OPTIONS=print_stacktrace=1:abort_on_error=1:log_path=$reports/report
	clk_test_in_server asan bookworm 15 regress emulate mutants narrow || status=$?
	if [ -n "$(ls "$reports")" ]; then
		head -n 40 "$reports"/*
		echo "0 passed, 1 failed"
		return 1
	fi
	return $status
}
