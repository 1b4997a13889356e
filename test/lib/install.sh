#!/bin/bash
# install.sh DIRECTORY [PACKAGE...]
#	Installs Debian packages, or reads the lists of packages anew if none is named;
#	as root.  packages.sh calls it.
#
# DIRECTORY is the CLK_TMP of the caller.  When it vanishes the caller was
# interrupted, which ends a download at once.  An installation that has begun is
# brought to its end, and DIRECTORY/installing tells so: half of it would leave
# the machine worse than all of it.

directory=$1
shift
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
apt=(setsid --wait apt-get -y -q --no-install-recommends
	-o DPkg::Lock::Timeout=300 -o APT::Update::Error-Mode=any)

# as_long_as_wanted COMMAND...
as_long_as_wanted() {
	local pid

	(exec "$@" </dev/null) &
	pid=$!
	while kill -0 $pid 2>/dev/null; do
		[ -d "$directory" ] || { kill $pid; exit 143; }
		sleep 0.2
	done
	wait $pid
}

if [ $# = 0 ]; then
	as_long_as_wanted "${apt[@]}" update
	exit
fi

# lists that are old name packages that are gone
as_long_as_wanted "${apt[@]}" --download-only install "$@" || {
	as_long_as_wanted "${apt[@]}" update &&
		as_long_as_wanted "${apt[@]}" --download-only install "$@"
} || exit

trap : HUP INT QUIT TERM
: >"$directory/installing" || exit

# the server's package would create and start a cluster that nobody asked for
conf=/etc/postgresql-common/createcluster.d/clicks_all.$$.conf
mkdir -p "${conf%/*}"
echo 'create_main_cluster = false' >"$conf"
"${apt[@]}" install "$@" </dev/null
status=$?
rm -f "$conf"
dpkg -S "${conf%/*}" >/dev/null 2>&1 ||
	rmdir -p --ignore-fail-on-non-empty "${conf%/*}"
rm -f "$directory/installing"
exit $status
