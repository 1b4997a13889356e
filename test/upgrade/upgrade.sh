#!/bin/bash
# upgrade.sh
#	Takes databases with stored values through pg_upgrade, from each version of
#	PostgreSQL that is installed to the next: is every stored value as it was, is it what the new
#	version computes, and are the indexes on it whole?
#
# Installs into PostgreSQL's own directories: to be run in a root of its own only, by
# .ci/run upgrade.  Prints lines that begin with "ok " and "not ok ".

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"

here=$CLK_ROOT/test/upgrade
work=$CLK_TMP/upgrade

# tap WHAT COMMAND...: run the command, and show what it prints if it fails
tap() {
	local what=$1

	shift
	if "$@" >"$work/log" 2>&1; then
		echo "ok $what"
	else
		echo "not ok $what"
		cat "$work/log"
		return 1
	fi
}

# The extension for this version, built and installed
install_extension() {
	clk_make clean && clk_make PG_CFLAGS=-O1 && clk_make PG_CFLAGS=-O1 install
}

# sql DATABASE ARGUMENT...
sql() {
	"$bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$work" -U postgres -d "$@"
}

# A new cluster of this version in $data.  From 18 on checksums are the default, and
# both sides need the same.
init() {
	clk_as_server "$bin/initdb" -D "$data" --no-sync -U postgres --auth=trust --data-checksums \
		--locale=C.UTF-8 --encoding=UTF8 &&
		printf '%s\n' "unix_socket_directories = '$work'" "listen_addresses = ''" fsync=off \
			timezone=UTC client_min_messages=warning >>"$data/postgresql.conf"
}

start() {
	clk_as_server "$bin/pg_ctl" -D "$data" -l "$data.log" -w -s start || { cat "$data.log"; false; }
}

stop() {
	clk_as_server "$bin/pg_ctl" -D "$data" -m fast -w -s stop
}

# A year of ads, with the rollup as a materialized view in one database, and as a table
# in another, where the extension has a schema of its own; and stored values of all types
prepare() {
	cd "$CLK_ROOT/examples" || return
	sql postgres -c 'CREATE DATABASE of_view' -c 'CREATE DATABASE of_table' &&
		sql of_view -c 'CREATE EXTENSION clicks_all' -f click_events.sql -f demo/year.sql \
			-f weekly_report.sql -f "$here/stored_values.sql" &&
		sql of_table -c 'CREATE SCHEMA clicks' -c 'CREATE EXTENSION clicks_all SCHEMA clicks' \
			-c 'ALTER DATABASE of_table SET search_path = public, clicks' &&
		sql of_table -f click_events.sql -f demo/year.sql -f incremental_rollup.sql \
			-f "$here/stored_values.sql"
}

# Everything that is stored, as text and as bytes
golden() {
	sql of_view -At -f "$here/golden.sql" >"$work/of_view.$1" &&
		sql of_table -At -f "$here/golden.sql" >"$work/of_table.$1"
}

golden_is_unchanged() {
	golden "$version" &&
		diff -q "$work/of_view.$first" "$work/of_view.$version" &&
		diff -q "$work/of_table.$first" "$work/of_table.$version"
}

# Nothing in this database is another value than it should be: "NAME|COMPARED|0"
nothing_wrong() {
	sql "$1" -At -f "$here/recompute.sql" >"$work/recomputed" || return
	cat "$work/recomputed"
	awk -F '|' '$2 == 0 || $3 != 0 { wrong = 1 } END { exit wrong || NR == 0 }' "$work/recomputed"
}

check() {
	tap "$version: what is stored is the same, byte for byte: $(
		cat "$work/of_view.$first" "$work/of_table.$first" | wc -l) rows" golden_is_unchanged
	for database in of_view of_table; do
		tap "$version: $database is what it is recomputed as" nothing_wrong "$database" &&
			sed "s/^/# $version $database: /" "$work/recomputed"
	done
	tap "$version: the view is refreshed" sql of_view -f "$here/refresh.sql" \
		-v refresh='REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads'
	tap "$version: the table is brought up to date" sql of_table -f "$here/refresh.sql" \
		-v refresh='CALL refresh_weekly_ads()'
}

# From the cluster before to one of this version
upgrade() {
	cd "$work" && clk_as_server "$bin/pg_upgrade" -U postgres -b "$old_bin" -B "$bin" \
		-d "$old_data" -D "$data" --socketdir="$work" --jobs=2 --link
}

mkdir -p "$work"
chown postgres: "$work"
chmod 711 "$work"
export PGTZ=UTC
versions=$(clk_pg_installed | sort -n)
first=${versions%%$'\n'*}
for version in $versions; do
	CLK_PG=$version
	clk_choose_pg || clk_die "PostgreSQL $version is not whole"
	bin=$("$PG_CONFIG" --bindir)
	data=$work/$version
	tap "$version: built and installed" install_extension || exit
	tap "$version: a cluster" init || exit
	if [ "$version" = "$first" ]; then
		tap "$version: starts" start && tap "$version: values are stored" prepare && golden "$first" || exit
	else
		tap "pg_upgrade from $old_version to $version" upgrade || exit
		tap "$version: starts" start || exit
		tap "$version: the extension is up to date" sql of_view -c 'ALTER EXTENSION clicks_all UPDATE'
	fi
	check
	stop
	old_version=$version old_bin=$bin old_data=$data
done
[ "$version" != "$first" ] || echo "not ok upgrade: $first alone is installed"
