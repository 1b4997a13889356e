# tap.sh
#	Runs TAP tests with the PostgreSQL::Test modules that come with the server.
#
# The tests make servers of their own; TEMP_CONFIG is what PostgreSQL::Test
# adds to the configuration of each.  Servers refuse to run as root, so as root
# the tests run as postgres, from a copy if that user is kept out of the
# checkout.  See setup.sh.

# Print the directory of the checkout, or of a copy that postgres can read.
clk_readable_root() {
	local copy=$CLK_TMP/checkout

	if [ "$(clk_readable_stage)" = "$CLK_STAGE" ]; then
		echo "$CLK_ROOT"
	else
		clk_copy_checkout "$copy"
		chmod -R a+rX "$copy"
		echo "$copy"
	fi
}

# clk_with_small_disk DIRECTORY COMMAND...: run it where the directory is a file system of
# a few megabytes, which CLK_SMALL_DISK names, if one may be mounted here
#
# It is mounted in a namespace of its own, and gone with the last of its processes.
clk_with_small_disk() {
	local mount=(unshare --mount sh -c 'mount -t tmpfs -o size=12m,mode=777 none "$0" && exec "$@"' "$1")

	mkdir -p "$1"
	if "${mount[@]}" true 2>/dev/null; then
		"${mount[@]}" env CLK_SMALL_DISK="$1" "${@:2}"
	else
		echo "SKIPPED tests of full disks: no file system may be mounted here"
		"${@:2}"
	fi
}

# clk_tap [NAME...]: run test/t/*.pl, or only test/t/NAME.pl
clk_tap() {
	local files=("${@/#/test/t/}") pgxs root log=$CLK_TMP/tap.log data=$CLK_TMP/tap

	[ $# -gt 0 ] || files=('test/t/*')
	pgxs=$("$PG_CONFIG" --pkglibdir)/pgxs
	root=$(clk_readable_root)
	mkdir -p "$data"
	{
		clk_stage_settings
		echo timezone=UTC
	} | clk_quote_settings >"$CLK_TMP/tap.conf"
	[ "$(id -u)" != 0 ] || chown postgres: "$data"

	(
		cd "$root" &&
			clk_with_small_disk "$CLK_TMP/small_disk" "${CLK_AS_SERVER[@]}" env HOME="$data" LANG=C.UTF-8 \
				PATH="$("$PG_CONFIG" --bindir):$PATH" \
				PG_REGRESS="$pgxs/src/test/regress/pg_regress" \
				TEMP_CONFIG="$CLK_TMP/tap.conf" TESTDIR="$data" \
				TESTDATADIR="$data/data" TESTLOGDIR="$data/log" \
				prove -v -j "$(nproc)" -I "$pgxs/src/test/perl" -I test/t ${files[@]/%/.pl}
	) >"$log" 2>&1
	local status=$?

	cat "$log"
	grep -o 'SKIPPED: .*' "$log" | sort -u | sed 's/:/ tests:/'
	if [ $status != 0 ]; then
		tail -n 50 "$data"/log/* 2>/dev/null
	fi
	clk_count_tap "$log"
	return $status
}
