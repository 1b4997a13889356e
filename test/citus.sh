#!/bin/bash
# test/citus.sh [TAG SUITE VERSION]
#	test/t/045_citus.pl with Citus, of which Debian has no package: that tag of Citus,
#	built in a root of that suite of Debian with that version of PostgreSQL.
#
#		test/citus.sh					# v14.0.1 sid 18
#		test/citus.sh v13.2.2 trixie 17
#
# Citus comes from CLK_CITUS, a repository or a copy of one: else the one on GitHub.
# Only for root.  Takes 10 minutes on 2 cores the first time, and 2 later: the root is
# kept in CLK_CACHE.  The last line is "N passed, N failed".

. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
. "$CLK_ROOT/test/lib/stages.sh"
. "$CLK_ROOT/test/lib/versions.sh"

[ $# = 0 ] || [ $# = 3 ] || clk_die "wrong number of arguments; see test/citus.sh --help"
tag=${1:-v14.0.1} suite=${2:-sid} version=${3:-18}
repository=${CLK_CITUS:-https://github.com/citusdata/citus}

# clk_make_citus SUITE VERSION DIRECTORY: a root for test.sh in which Citus can be built
clk_make_citus() {
	clk_make_root "$@" \
		--include="libpq-dev,libcurl4-openssl-dev,libicu-dev,libkrb5-dev,liblz4-dev,libssl-dev,libxml2-dev,libzstd-dev"
}

# Build the tag in the root and install it there, unless it is what was installed last.
build_citus() {
	local source=$clk_root_path/srv/citus log=$CLK_TMP/citus.log

	[ "$tag" != "$(cat "$source/installed" 2>/dev/null)" ] || return 0
	{
		if [ "$tag" != "$(cat "$source/cloned" 2>/dev/null)" ]; then
			rm -rf "$source"
			git -c advice.detachedHead=false clone --depth 1 --branch "$tag" "$repository" "$source" &&
				echo "$tag" >"$source/cloned"
		fi &&
			CLK_LIMIT=7200 clk_in_root sh -c "cd /srv/citus && ./configure -q PG_CONFIG=/usr/lib/postgresql/$version/bin/pg_config &&
				make -s -j $(nproc) with_llvm=no extension && make -s with_llvm=no install-extension"
	} >"$log" 2>&1 || {
		tail -n 20 "$log"
		echo "Citus $tag of $repository cannot be built with PostgreSQL $version"
		return 1
	}
	echo "$tag" >"$source/installed"
}

stage_citus() {
	clk_try_packages git || clk_skip_stage "no git"
	clk_root citus "$suite" "$version"
	build_citus || return
	clk_in_root CLK_PG="$version" /srv/clicks_all/test.sh tap 045_citus
}

clk_require_tools test
clk_stage citus
clk_finish
