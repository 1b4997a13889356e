# debian.sh
#	Stages that build the Debian package, install it, and test what was installed, in
#	a root with all that the package asks for.  See setup.sh and versions.sh.

# clk_make_packaging SUITE VERSION DIRECTORY
clk_make_packaging() {
	clk_debootstrap "$1" "$3" \
		--include="postgresql-$2,postgresql-server-dev-all,libxxhash-dev,build-essential,debhelper,lintian,pgxnclient,unzip"
}

# What is done in the root.  The package is not meant for Debian's archive, so it closes
# no bug there.
clk_build_package() {
	cat <<-'END'
		set -e
		export LC_ALL=C.UTF-8 DEB_BUILD_OPTIONS=nocheck
		cd /srv && rm -f ./*.deb ./*.changes ./*.buildinfo && cd clicks_all
		exec 3>&1 >/tmp/build.log 2>&1
		pg_buildext updatecontrol && dpkg-buildpackage -us -uc -b || { cat /tmp/build.log >&3; exit 1; }
		exec >&3
		ls ../*.deb
		echo ok build

		lintian --allow-root --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs ../*.changes
		echo ok lintian

		dpkg -i ../postgresql-*-clicks-all_*.deb
		echo ok install

		sh debian/tests/installcheck >/tmp/installcheck.log 2>&1 || { cat /tmp/installcheck.log; exit 1; }
		grep -E '[0-9]+ (of [0-9]+ )?tests' /tmp/installcheck.log
		echo ok autopkgtest

		dpkg -r $(dpkg-query -W -f '${Package} ' 'postgresql-*-clicks-all')
		[ -z "$(find /usr/share/postgresql /usr/lib/postgresql -name '*clicks_all*')" ]
		echo ok remove

		pgxn install --nosudo --pg_config "$(ls /usr/lib/postgresql/*/bin/pg_config)" /srv/clicks_all/clicks_all-*.zip \
			>/tmp/pgxn.log 2>&1 || { cat /tmp/pgxn.log; exit 1; }
		pg_virtualenv psql -XAtqc "CREATE EXTENSION clicks_all" -c "SELECT 'ok pgxn, ctr ' || ctr(3, 200)"
	END
}

# clk_test_package SUITE VERSION
clk_test_package() {
	local log=$CLK_TMP/package_$1.log

	clk_root packaging "$1" "$2"
	make -s -C "$CLK_ROOT" PG_CONFIG="$PG_CONFIG" dist || return
	clk_in_root sh -c "$(clk_build_package)" >"$log" 2>&1 || echo "not ok package: status $?" >>"$log"
	cat "$log"
	clk_count_tap "$log"
}

stage_package_bookworm() {
	clk_test_package bookworm 15
}

stage_package_sid() {
	clk_test_package sid 18
}
