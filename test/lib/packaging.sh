# packaging.sh
#	The stage for what others make packages of: the RPM spec and the Dockerfile, as far
#	as they can be tried on Debian, without a registry of images.  See setup.sh.

# Print MAKEFLAGS with which make, called by others, builds for the server that we chose,
# and soon: what is built only has to be there.
clk_make_flags() {
	echo "-j$(nproc) -- PG_CONFIG=$PG_CONFIG includedir_server=$CLK_HEADERS COPT=-O0"
}

# The package that the spec makes of the archive for PGXN, on top of Debian's server,
# holds what "make install" installs.
clk_check_rpm() {
	local top=$CLK_TMP/rpm prefix

	prefix=$(clk_pg_prefix "$CLK_PG")
	clk_try_packages rpm unzip || { echo "SKIPPED the RPM spec: no rpmbuild"; return; }
	mkdir -p "$top/SOURCES"
	make -s -C "$CLK_ROOT" PG_CONFIG="$PG_CONFIG" dist && mv "$CLK_ROOT"/clicks_all-*.zip "$top/SOURCES" || return
	MAKEFLAGS=$(clk_make_flags) rpmbuild -bb --nodeps --define "_topdir $top" \
		--define "pgmajorversion $CLK_PG" --define "pginstdir $prefix" \
		"$CLK_ROOT/packaging/clicks_all.spec" >"$top.log" 2>&1 || { tail -n 20 "$top.log"; return 1; }
	diff <(rpm -qpl "$top"/RPMS/*/*.rpm | grep '/lib/clicks_all\|/extension/' | sort) \
		<(cd "$CLK_STAGE" && find . -type f \( -path '*/lib/clicks_all*' -o -path '*/extension/*' \) |
			sed 's/^\.//' | grep -v '\.bc$' | sort) && echo "ok the RPM package"
}

# The Dockerfile is well formed, the packages that it names are there, and what it runs to
# build does install the extension.
clk_check_dockerfile() {
	local lines=$CLK_TMP/dockerfile.sh copy=$CLK_TMP/src out=$CLK_TMP/out npm=$CLK_TMP/npm

	if command -v npm >/dev/null && timeout 120 npm install --prefix "$npm" --no-audit --no-fund \
		dockerfile-utils@0.16 >"$npm.log" 2>&1; then
		"$npm/node_modules/.bin/dockerfile-utils" lint "$CLK_ROOT/Dockerfile" && echo "ok the Dockerfile is well formed"
	else
		echo "SKIPPED lint of the Dockerfile: npm cannot deliver dockerfile-utils"
	fi
	mkdir -p "$out"
	clk_copy_checkout "$copy"
	sed -n ':again; /\\$/ { N; b again }; s/^RUN //p' "$CLK_ROOT/Dockerfile" |
		sed "s,/src,$copy,g; s,/out,$out,g; s/^apt-get update/true/; s/apt-get install -y/apt-get install -s/" >"$lines"
	MAKEFLAGS=$(clk_make_flags) PG_MAJOR=$CLK_PG sh -e "$lines" >"$lines.log" 2>&1 ||
		{ tail -n 20 "$lines.log"; return 1; }
	diff <(cd "$out" && find . -type f | sort) \
		<(cd "$CLK_STAGE" && find . -type f ! -name built | sort) && echo "ok what the Dockerfile installs"
}

stage_packaging() {
	local log=$CLK_TMP/packaging.log

	clk_check_rpm >"$log" 2>&1 || echo "not ok the RPM package" >>"$log"
	clk_check_dockerfile >>"$log" 2>&1 || echo "not ok the Dockerfile" >>"$log"
	cat "$log"
	clk_count_tap "$log"
}
