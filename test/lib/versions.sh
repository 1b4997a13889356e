# versions.sh
#	Tests with other PostgreSQL releases, in throw-away Debian and Ubuntu roots.
#
# A root is kept in CLK_CACHE, which lies outside the checkout, and is made
# again when what goes into it changes.  See setup.sh.

CLK_CACHE=${CLK_CACHE:-/var/cache/clicks_all}

# Print the Debian mirror that this machine uses.
clk_debian_mirror() {
	apt-get indextargets --format '$(REPO_URI)' \
		'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1
}

# clk_archive SUITE: print the keyring, the mirror and the components of the archive that has
# that suite: noble is of Ubuntu, whose keys Debian 13 has
clk_archive() {
	local directory=$CLK_TMP/ubuntu

	if [ "$1" != noble ]; then
		echo "/usr/share/keyrings/debian-archive-keyring.gpg $(clk_debian_mirror) main"
		return
	fi
	mkdir -p "$directory" && cd "$directory" &&
		clk_apt_suite deb trixie update >&2 && clk_apt_suite deb trixie download ubuntu-keyring >&2 &&
		dpkg-deb -x ubuntu-keyring_*.deb . &&
		echo "$directory/usr/share/keyrings/ubuntu-archive-keyring.gpg http://archive.ubuntu.com/ubuntu main universe"
}

# clk_debootstrap SUITE DIRECTORY OPTION...: a root of that suite with the packages that these
# options of mmdebstrap name, without a cluster of PostgreSQL that nobody asked for.  What it
# mounts is in a namespace of its own, so that nothing stays mounted when it is killed.
clk_debootstrap() {
	local suite=$1 directory=$2 keyring mirror components

	shift 2
	read -r keyring mirror components < <(clk_archive "$suite")
	[ -n "$components" ] || return
	rm -rf --one-file-system "$directory"
	mkdir -p "${directory%/*}"
	timeout 900 unshare --mount mmdebstrap --variant=apt --mode=root \
		--keyring="$keyring" \
		--aptopt='APT::Install-Recommends "false"' \
		--aptopt='Acquire::Check-Valid-Until "false"' \
		--aptopt='Acquire::Languages "none"' \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--dpkgopt=force-unsafe-io \
		--essential-hook='mkdir -p "$1/etc/postgresql-common"
			echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"' \
		"$@" "$suite" "$directory" "deb $mirror $suite $components"
}

# clk_apt_suite KIND SUITE ARGUMENT...: apt-get with the packages (KIND is deb) or the sources
# (deb-src) of that suite of Debian, whatever this system has in its own lists
clk_apt_suite() {
	local directory=$CLK_TMP/$1_$2

	mkdir -p "$directory"/{lists,cache/archives}/partial
	echo "$1 [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(clk_debian_mirror) $2 main" \
		>"$directory/sources.list"
	apt-get -q -o Dir::Etc::SourceList="$directory/sources.list" -o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State::Lists="$directory/lists" -o Dir::Cache="$directory/cache" \
		-o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=root "${@:3}"
}

# clk_make_root SUITE VERSION DIRECTORY [OPTION...]: a root for test.sh
#
# The development files are unpacked by hand, because their package insists on
# a compiler for JIT that takes a gigabyte.  Of the neighbours that 065_neighbours.pl
# tests, what the suite has.
clk_make_root() {
	clk_debootstrap "$1" "$3" "${@:4}" \
		--include="postgresql-$2,gcc,make,libc6-dev,libxxhash-dev,procps" \
		--include="perl,libipc-run-perl,python3-openpyxl,python3-chardet,python3-babel" \
		--customize-hook="chroot \"\$1\" sh -c 'cd /var/tmp &&
			apt-get download postgresql-server-dev-$2 &&
			dpkg-deb -x postgresql-server-dev-${2}_*.deb / &&
			rm postgresql-server-dev-*.deb'" \
		--customize-hook="for package in partman cron timescaledb pg-ivm; do
			chroot \"\$1\" apt-get -q -y --no-install-recommends install postgresql-$2-\$package || true
		done"
}

# clk_make_experimental SUITE VERSION DIRECTORY: the same, with PostgreSQL from Debian's
# suite for what is not in its own suites yet
clk_make_experimental() {
	clk_make_root "$@" --setup-hook='
		echo "deb '"$(clk_debian_mirror)"' experimental main" \
			>"$1/etc/apt/sources.list.d/experimental.list"
		printf "Package: %s\nPin: release a=experimental\nPin-Priority: 600\n" \
			"libpq5 postgresql-'"$2"' postgresql-client-'"$2"' postgresql-server-dev-'"$2"'" \
			>"$1/etc/apt/preferences.d/experimental"'
}

# clk_root KIND SUITE VERSION: sees to it that the root is there, in clk_root_path,
# made by clk_make_KIND SUITE VERSION DIRECTORY; or skips the stage
clk_root() {
	local kind=$1 suite=$2 version=$3 recipe log=$CLK_TMP/$1_$2.log

	[ "$(id -u)" = 0 ] || clk_skip_stage "only root can make a root directory"
	clk_try_packages mmdebstrap debian-archive-keyring ||
		clk_skip_stage "no mmdebstrap"
	clk_root_path=$CLK_CACHE/$kind-$suite-$version
	recipe=$(declare -f clk_debootstrap clk_make_root "clk_make_$kind" | cksum)
	[ "$recipe" = "$(cat "$clk_root_path/var/lib/clicks_all.ready" 2>/dev/null)" ] &&
		return
	if "clk_make_$kind" "$suite" "$version" "$clk_root_path" >"$log" 2>&1; then
		echo "$recipe" >"$clk_root_path/var/lib/clicks_all.ready"
	else
		tail -n 5 "$log"
		clk_skip_stage "no PostgreSQL $version: $suite cannot be installed: $(tail -n 1 "$log")"
	fi
}

# clk_in_root [NAME=VALUE]... COMMAND...: in the root, whose /srv/clicks_all is a copy of
# the checkout, for CLK_LIMIT seconds at most.  A process namespace of its own takes
# whatever is left over down with it.
clk_in_root() {
	local source=$clk_root_path/srv/clicks_all

	rm -rf "$source" "$clk_root_path"/tmp/clicks_all.*
	clk_copy_checkout "$source"
	timeout "${CLK_LIMIT:-1200}" unshare --mount --pid --fork --kill-child \
		--mount-proc="$clk_root_path/proc" chroot "$clk_root_path" \
		env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root CLK_TMP="$CLK_TMP" \
		$(env | grep "^PROPERTY_[A-Z]*=[0-9]*$") "$@"
}

# clk_test_version KIND SUITE VERSION [STAGE...]: test.sh with that version: all of it here if
# this machine has it, or else in a root, these stages and those in which versions differ
clk_test_version() {
	if [ "$3" = "$CLK_PG" ]; then
		"$CLK_ROOT/test.sh"
	else
		clk_root "$1" "$2" "$3"
		clk_in_root CLK_PG="$3" /srv/clicks_all/test.sh build regress emulate mutants tap "${@:4}"
	fi
}

stage_pg15() {
	clk_test_version root bookworm 15
}

# Debian never released it, Ubuntu did.
stage_pg16() {
	clk_test_version root noble 16
}

stage_pg17() {
	clk_test_version root trixie 17 shell interrupt demo
}

stage_pg18() {
	clk_test_version root sid 18 parallel shell interrupt load door
}

stage_pg19() {
	clk_test_version experimental sid 19
}
