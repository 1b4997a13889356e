# assertions.sh
#	Tests with servers that check themselves: built from Debian's source packages with
#	assertions, where freed memory is overwritten and new memory holds nothing useful.
#
# They are kept in CLK_CACHE, and built again when the recipe changes.  See setup.sh.

# clk_apt_source SUITE ARGUMENT...: apt-get with the sources of that Debian suite,
# whatever this system has in its own lists
clk_apt_source() {
	local directory=$CLK_TMP/apt_$1

	mkdir -p "$directory"/{lists,cache/archives}/partial
	echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(clk_debian_mirror) $1 main" \
		>"$directory/sources.list"
	apt-get -q -o Dir::Etc::SourceList="$directory/sources.list" -o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State::Lists="$directory/lists" -o Dir::Cache="$directory/cache" \
		-o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=root "${@:2}"
}

# clk_build_server SUITE VERSION PREFIX: build and install what the tests need
#
# Of Debian's patches only the one is taken that test servers find the extension by:
# others install into the system, whatever the prefix is.  As the user of servers, lest
# anything else does.
clk_build_server() {
	local source=$CLK_TMP/source patch=debian/patches/extension_destdir

	rm -rf "$source" "$3"
	mkdir -p "$source" "$3"
	cd "$source" && clk_apt_source "$1" update &&
		clk_apt_source "$1" source --download-only "postgresql-$2" &&
		tar xf "postgresql-$2"_*.orig.tar.* --strip-components=1 || return
	tar xf "postgresql-$2"_*.debian.tar.* "$patch" 2>/dev/null && { patch -s -p 1 <"$patch" || return; }
	[ "$(id -u)" != 0 ] || chown -R postgres: "$source" "$3"
	clk_as_server ./configure -q --prefix="$3" --enable-cassert --enable-tap-tests --enable-debug \
		--with-icu --without-readline CFLAGS='-O1 -g1' CPPFLAGS=-DRANDOMIZE_ALLOCATED_MEMORY &&
		clk_as_server make -s -j "$(nproc)" install &&
		clk_as_server make -s -j "$(nproc)" -C contrib/postgres_fdw install
}

# clk_test_assertions SUITE VERSION: test.sh with that version, in a copy of the checkout
clk_test_assertions() {
	local prefix=$CLK_CACHE/assert-$1-$2 log=$CLK_TMP/assert_$2.log copy=$CLK_TMP/assert recipe

	recipe=$(declare -f clk_apt_source clk_build_server | cksum)
	if [ "$recipe" != "$(cat "$prefix/ready" 2>/dev/null)" ]; then
		clk_try_packages bison flex patch bzip2 zlib1g-dev libicu-dev pkgconf debian-archive-keyring ||
			clk_skip_stage "no packages to build PostgreSQL with"
		(clk_build_server "$1" "$2" "$prefix") >"$log" 2>&1 || {
			tail -n 5 "$log"
			clk_skip_stage "PostgreSQL $2 with assertions cannot be built from the source of Debian $1: $(tail -n 1 "$log")"
		}
		echo "$recipe" >"$prefix/ready"
	fi
	mkdir -p "$copy"
	tar cf - -C "$CLK_ROOT" --exclude=./stage --exclude=./.git --exclude='*.o' --exclude='*.so' . |
		tar xf - -C "$copy"
	CLK_PREFIX=$prefix CLK_PG=$2 "$copy/test.sh" regress parallel emulate mutants narrow tap
}

stage_assert15() {
	clk_test_assertions bookworm 15
}

stage_assert18() {
	clk_test_assertions sid 18
}
