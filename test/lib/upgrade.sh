# upgrade.sh
#	The stage that takes stored values through pg_upgrade, from each PostgreSQL release
#	to the next, in a root with all of them.  See setup.sh and versions.sh.

# clk_make_upgrade SUITE VERSION DIRECTORY: the releases that Debian has, each from its
# own suite with the libraries of that time, and all else from SUITE
clk_make_upgrade() {
	local mirror version packages=gcc,make,libc6-dev,libxxhash-dev,procps,perl headers=

	mirror=$(clk_debian_mirror)
	for version in 15 17 18 19; do
		packages+=,postgresql-$version
		headers+=" postgresql-server-dev-$version"
	done
	clk_debootstrap "$1" "$3" --include="$packages" \
		--setup-hook='
			for suite in bookworm trixie experimental; do
				echo "deb '"$mirror"' $suite main" >"$1/etc/apt/sources.list.d/$suite.list"
			done
			printf "%s\n" "Package: *" "Pin: release n=bookworm" "Pin-Priority: 100" "" \
				"Package: *" "Pin: release n=trixie" "Pin-Priority: 200" "" \
				"Package: libpq5" "Pin: release a=experimental" "Pin-Priority: 600" \
				>"$1/etc/apt/preferences.d/suites"' \
		--customize-hook="chroot \"\$1\" sh -c 'cd /var/tmp &&
			apt-get download $headers &&
			for package in *.deb; do dpkg-deb -x \$package / || exit; done &&
			rm *.deb'"
}

stage_upgrade() {
	local log=$CLK_TMP/upgrade.log

	clk_root upgrade sid 19
	clk_in_root /srv/clicks_all/test/upgrade/upgrade.sh >"$log" 2>&1 ||
		echo "not ok upgrade: status $?" >>"$log"
	cat "$log"
	clk_count_tap "$log"
}
