# packages.sh
#	Finds out what is missing on this machine, and installs it if it may.
#
# Nothing but bash is taken for granted.  See setup.sh.

# Is there a server with this major version that we can build for?  Debian's
# packages of the client and the server bring pg_config and PGXS, but no headers.
clk_pg_is_complete() {
	local prefix=/usr/lib/postgresql/$1

	[ -x "$prefix/bin/postgres" ] && [ -x "$prefix/bin/pg_config" ] &&
		[ -e "$prefix/lib/pgxs/src/makefiles/pgxs.mk" ] &&
		[ -e "$("$prefix/bin/pg_config" --includedir-server)/postgres.h" ]
}

# Major versions from standard input, newest first, none that is too old
clk_pg_sort() {
	local version

	sort -rnu | while read -r version; do
		[ "$version" -lt "$CLK_OLDEST_PG" ] || echo "$version"
	done
}

# Print the major versions of the servers that are installed.
clk_pg_installed() {
	local server

	for server in /usr/lib/postgresql/*/bin/postgres; do
		server=${server%/bin/postgres}
		echo "${server##*/}"
	done | grep -x '[0-9]*' | clk_pg_sort
}

# Print the major versions that apt could install.
clk_pg_available() {
	apt-cache --names-only search '^postgresql-server-dev-[0-9]+$' |
		sed -n 's/^postgresql-server-dev-\([0-9]*\) .*/\1/p' | clk_pg_sort
}

# Choose CLK_PG among what is installed.  False if nothing is complete.
clk_choose_pg() {
	local version

	for version in ${CLK_PG:-$(clk_pg_installed)}; do
		if clk_pg_is_complete "$version"; then
			CLK_PG=$version
			PG_CONFIG=/usr/lib/postgresql/$version/bin/pg_config
			export CLK_PG PG_CONFIG
			return 0
		fi
	done
	return 1
}

# Print the packages that the server lacks, choosing a version if we must.
clk_missing_pg() {
	local version=$CLK_PG

	clk_choose_pg && return
	if [ -z "$version" ]; then
		version=$(clk_pg_installed | head -n 1)
	fi
	if [ -z "$version" ] && command -v apt-cache >/dev/null; then
		version=$(clk_pg_available | head -n 1)
	fi
	echo "postgresql-${version:-N}" "postgresql-server-dev-${version:-N}"
}

# Print the packages that are missing for "build", or for "test" as well.
clk_missing() {
	command -v make >/dev/null || echo make
	command -v gcc >/dev/null || echo gcc libc6-dev
	[ -e /usr/include/xxhash.h ] || echo libxxhash-dev
	command -v pg_virtualenv >/dev/null || echo postgresql-common
	clk_missing_pg
	if [ "$1" = test ]; then
		perl -MIPC::Run -e 1 2>/dev/null || echo libipc-run-perl
		command -v prove >/dev/null || echo perl
	fi
}

# Run a command as root, if we may.
clk_as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

clk_may_install() {
	command -v apt-get >/dev/null && clk_as_root true 2>/dev/null
}

clk_apt_get() {
	clk_as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
		apt-get -y -q --no-install-recommends "$@" \
		</dev/null >>"$CLK_TMP/apt.log" 2>&1
}

# Install packages.  Installing a server would also create and start a cluster
# that nobody asked for, hence the setting, which goes when we are done.
clk_install() {
	local conf=/etc/postgresql-common/createcluster.d/clicks_all.conf
	local status

	clk_as_root mkdir -p "${conf%/*}"
	echo 'create_main_cluster = false' | clk_as_root tee "$conf" >/dev/null
	clk_apt_get install "$@" ||
		{ clk_apt_get update; clk_apt_get install "$@"; }
	status=$?
	clk_as_root rm -f "$conf"
	return $status
}

# clk_require_tools [test]: see that everything we need is there.
clk_require_tools() {
	local missing

	missing=$(clk_missing "${1:-build}" | xargs)
	[ -z "$missing" ] && { clk_choose_pg; return; }

	clk_may_install ||
		clk_die "missing: $missing; install them (as root: apt-get install $missing) or run this as root"

	# a machine that never ran apt-get update knows of no version at all
	case $missing in
		*-N*)
			clk_apt_get update
			missing=$(clk_missing "${1:-build}" | xargs)
	esac
	case $missing in
		*-N*)
			clk_die "PostgreSQL $CLK_OLDEST_PG or later is needed, and apt has none; add the repository of apt.postgresql.org"
	esac

	clk_say "installing $missing"
	if ! clk_install $missing || [ -n "$(clk_missing "${1:-build}")" ]; then
		tail -n 5 "$CLK_TMP/apt.log" >&2
		clk_die "could not install: $missing"
	fi
	clk_choose_pg
}

# clk_try_packages PACKAGE...: install what is good to have, if we can.
clk_try_packages() {
	clk_may_install && clk_install "$@"
}
