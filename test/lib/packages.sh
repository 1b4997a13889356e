# packages.sh
#	Finds out what is missing on this machine, and installs it if it may.
#
# Nothing but bash is taken for granted.  See setup.sh.

# Print where the server with this major version is: in CLK_PREFIX, if the caller
# has one of its own, or where Debian has it.
clk_pg_prefix() {
	echo "${CLK_PREFIX:-/usr/lib/postgresql/$1}"
}

# Is there a server with this major version?  Debian's packages of the client and
# the server bring all that we need but the headers.
clk_pg_is_installed() {
	local prefix

	prefix=$(clk_pg_prefix "$1")

	[ -x "$prefix/bin/postgres" ] && [ -x "$prefix/bin/pg_config" ] &&
		[ -e "$("$prefix/bin/pg_config" --pgxs)" ]
}

# Print where the server headers of this major version are: in the system, or
# where clk_unpack_headers put them.
clk_pg_headers() {
	local headers

	headers=$("$(clk_pg_prefix "$1")/bin/pg_config" --includedir-server)
	[ -e "$headers/postgres.h" ] || headers=$CLK_ROOT/headers/$1$headers
	[ -e "$headers/postgres.h" ] && echo "$headers"
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
		if clk_pg_is_installed "$version" && CLK_HEADERS=$(clk_pg_headers "$version"); then
			CLK_PG=$version
			PG_CONFIG=$(clk_pg_prefix "$version")/bin/pg_config
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
	clk_pg_is_installed "${version:-N}" || echo "postgresql-${version:-N}"
	echo "postgresql-server-dev-${version:-N}"
}

# Print the packages that tools/read_export.py lacks.
clk_missing_python() {
	[ -x /usr/bin/python3 ] || echo python3
	/usr/bin/python3 -c 'import openpyxl' 2>/dev/null || echo python3-openpyxl
	/usr/bin/python3 -c 'import chardet' 2>/dev/null || echo python3-chardet
	/usr/bin/python3 -c 'import babel' 2>/dev/null || echo python3-babel
}

# Print the packages that are missing for "build", for "file" (which demo.sh reads
# with Python), or for "test", which needs them all.
clk_missing() {
	command -v make >/dev/null || echo make
	command -v gcc >/dev/null || echo gcc libc6-dev
	[ -e /usr/include/xxhash.h ] || echo libxxhash-dev
	if [ "$1" = test ]; then
		command -v ps >/dev/null || echo procps
		perl -MIPC::Run -e 1 2>/dev/null || echo libipc-run-perl
		command -v prove >/dev/null || echo perl
	fi
	[ "$1" = build ] || clk_missing_python
	clk_missing_pg
}

# Run a command as root, if we may.  Never asks for a password.
clk_as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

# May we install without asking?
clk_may_install() {
	command -v apt-get >/dev/null && clk_as_root true 2>/dev/null
}

# May we, if need be after asking for a password on the terminal?
clk_may_ask_to_install() {
	clk_may_install || { command -v sudo >/dev/null && (: </dev/tty) 2>/dev/null; }
}

clk_ask_to_install() {
	clk_may_install || sudo -p 'sudo asks for the password of %u: ' true
}

clk_packages_so_far() {
	printf '%d downloaded, %d unpacked, %d set up, ' \
		"$(grep -c '^Get:' "$CLK_TMP/apt.log")" \
		"$(grep -c '^Unpacking ' "$CLK_TMP/apt.log")" \
		"$(grep -c '^Setting up ' "$CLK_TMP/apt.log")"
}

# Read the lists of packages anew, or install packages.  See install.sh.
clk_install() {
	local clk_how_far=clk_packages_so_far

	touch "$CLK_TMP/apt.log"
	clk_watched "apt-get" clk_run_apt "$@"
}

clk_run_apt() {
	clk_as_root bash "$CLK_ROOT/test/lib/install.sh" "$CLK_TMP" "$@" \
		</dev/null >>"$CLK_TMP/apt.log" 2>&1
}

# Say what apt will install, and how large that is.
clk_say_packages() {
	local packages

	packages=$(apt-get -s -o Debug::NoLocking=1 --no-install-recommends install "$@" \
		2>/dev/null | awk '/^Inst / { print $2 }')
	clk_say "installing $* and what they need, packages: $(wc -w <<<"$packages"), disk: $(
		apt-cache show --no-all-versions $packages 2>/dev/null |
			awk '/^Installed-Size:/ { size += $2 } END { printf "%.1f", size / 1024 }'
	) MB"
}

# clk_die_of_apt WHAT: say what did not work, and what apt complains about first
clk_die_of_apt() {
	clk_die "$1: $(grep -m 1 '^E: ' "$CLK_TMP/apt.log" | cut -c 4-)"
}

# clk_require_tools [file|test]: see that everything we need is there.
clk_require_tools() {
	local missing packages

	missing=$(clk_missing "${1:-build}" | xargs)
	[ -z "$missing" ] && { clk_choose_pg; return; }
	command -v apt-get >/dev/null ||
		clk_die "missing: $missing; this script gets them on Debian and systems like it only"
	clk_may_ask_to_install || clk_die_of_missing "$missing"

	# a machine that never ran apt-get update knows of no package at all
	if ! apt-get -s -o Debug::NoLocking=1 install $missing >/dev/null 2>&1; then
		clk_ask_to_install || clk_die_of_missing "$missing"
		clk_say "reading the lists of packages (apt-get update)"
		clk_install || clk_die_of_apt "the lists of packages cannot be had"
		missing=$(clk_missing "${1:-build}" | xargs)
	fi
	case $missing in
		*-N*)
			clk_die "PostgreSQL $CLK_OLDEST_PG or later is needed, and apt has none: this system is older than Debian 12; add the repository of apt.postgresql.org"
	esac

	packages=$(printf '%s\n' $missing | grep -v '^postgresql-server-dev-' | xargs)
	if [ -n "$packages" ]; then
		clk_say_packages $packages
		clk_ask_to_install || clk_die_of_missing "$missing"
		clk_install $packages || clk_die_of_apt "could not install $packages"
	fi
	case $missing in
		*postgresql-server-dev-*) clk_unpack_headers "${missing##*postgresql-server-dev-}" ;;
	esac
	[ -z "$(clk_missing "${1:-build}")" ] ||
		clk_die "still missing after the installation: $(clk_missing "${1:-build}" | xargs)"
	clk_choose_pg
}

clk_die_of_missing() {
	clk_die "missing: ${1//-N/-$CLK_OLDEST_PG}; run this as root or with sudo, which install them"
}

# clk_unpack_headers VERSION: into the checkout.  Their package insists on a
# compiler for JIT that takes a gigabyte; nothing here needs it.
clk_unpack_headers() {
	local package=postgresql-server-dev-$1 target=$CLK_ROOT/headers/$1

	clk_say "unpacking the headers of $package into ${target#"$CLK_ROOT/"}/"
	rm -rf "$target"
	mkdir -p "$target" "$CLK_TMP/headers" || exit
	(cd "$CLK_TMP/headers" && apt-get -q -o APT::Sandbox::User=root download "$package") \
		>>"$CLK_TMP/apt.log" 2>&1 || clk_die_of_apt "could not download $package"
	dpkg-deb -x "$CLK_TMP/headers/$package"_*.deb "$target"
}

# clk_try_packages PACKAGE...: install what is good to have, if we can.
clk_try_packages() {
	[ "$(dpkg-query -W -f '${db:Status-Status}\n' "$@" 2>/dev/null | grep -cx installed)" = $# ] ||
		{ clk_may_install && clk_install "$@"; }
}
