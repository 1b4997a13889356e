# packaging.sh
#	Stages for what others make packages of: the RPM spec and the Dockerfile, as far as
#	they can be tried on Debian.  See setup.sh, versions.sh and debian.sh.

# Build the package of this version by the spec, from the archive for PGXN, against
# Debian's server; and look at what is in it.
clk_build_rpm() {
	cat <<-'END'
		set -e
		export LC_ALL=C.UTF-8
		version=$(ls /usr/lib/postgresql)
		top=/srv/rpm
		rm -rf $top && mkdir -p $top/SOURCES
		cp /srv/clicks_all/clicks_all-*.zip $top/SOURCES
		rpmbuild -bb --nodeps --define "_topdir $top" --define "pgmajorversion $version" \
			--define "pginstdir /usr/lib/postgresql/$version" /srv/clicks_all/packaging/clicks_all.spec \
			>/tmp/rpm.log 2>&1 || { tail -n 30 /tmp/rpm.log; exit 1; }
		rpm -qpl $top/RPMS/*/*.rpm
		echo ok build of the RPM package

		rm -rf $top/root && mkdir $top/root
		(cd $top/root && rpm2cpio ../RPMS/*/*.rpm | cpio -idm --quiet)
		for file in "usr/lib/postgresql/$version/lib/clicks_all.so" \
			"usr/share/postgresql/$version/extension/clicks_all.control" \
			"usr/share/postgresql/$version/extension/clicks_all--1.0.sql"; do
			[ -s "$top/root/$file" ]
		done
		echo ok what is in the RPM package
	END
}

# Run what the Dockerfile runs, and count with what was installed.
clk_run_dockerfile() {
	cat <<-'END'
		set -e
		export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PG_MAJOR=$(ls /usr/lib/postgresql)
		rm -rf /src /out && cp -r /srv/clicks_all /src
		sed -n ':again; /\\$/ { N; b again }; s/^RUN //p' /src/Dockerfile >/tmp/dockerfile.sh
		[ "$(grep -c ^make /tmp/dockerfile.sh)" = 1 ]
		sh -e /tmp/dockerfile.sh >/tmp/dockerfile.log 2>&1 || { tail -n 30 /tmp/dockerfile.log; exit 1; }
		echo ok RUN lines of the Dockerfile

		files=$(cd /out && find usr -type f)
		(cd /out && tar cf - usr) | tar xf - -C /
		pg_virtualenv psql -XAtqc "CREATE EXTENSION clicks_all" -c "SELECT 'ok image, ctr ' || ctr(3, 200)"
		(cd / && rm -f $files)
		rm -rf /src /out
	END
}

# clk_in_packaging_root SCRIPT
clk_in_packaging_root() {
	local log=$CLK_TMP/packaging.log

	clk_root packaging bookworm 15
	make -s -C "$CLK_ROOT" PG_CONFIG="$PG_CONFIG" dist || return
	clk_in_root sh -c "$1" >"$log" 2>&1 || echo "not ok script: status $?" >>"$log"
	cat "$log"
	clk_count_tap "$log"
}

stage_rpm() {
	clk_in_packaging_root "$(clk_build_rpm)"
}

stage_dockerfile() {
	local linter=$CLK_TMP/npm/node_modules/.bin/dockerfile-utils found

	if command -v npm >/dev/null && timeout 120 npm install --prefix "$CLK_TMP/npm" \
		--no-audit --no-fund dockerfile-utils@0.16 >"$CLK_TMP/npm.log" 2>&1; then
		found=$("$linter" lint "$CLK_ROOT/Dockerfile" 2>&1)
		[ -z "$found" ] || { echo "$found"; return 1; }
	else
		echo "SKIPPED lint of the Dockerfile: npm cannot deliver dockerfile-utils"
	fi
	clk_in_packaging_root "$(clk_run_dockerfile)"
}
