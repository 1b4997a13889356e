# setup.sh
#	Makes a machine ready, builds, and runs commands in throw-away clusters.
#
# Sourced by demo.sh, test.sh, test/bench/run.sh and .ci/run:
#
#	. "$(dirname "${BASH_SOURCE[0]}")/test/lib/setup.sh"
#	clk_require_tools
#	clk_build
#	clk_with_cluster psql -X -c 'create extension clicks_all'
#
# It sets CLK_ROOT (the checkout), CLK_TMP (a directory that every user can
# read, in which all temporary files are; gone when the script ends) and, from
# clk_require_tools on, CLK_PG (the major version, 15 or later: the newest that
# can be built for, or what the caller put there), PG_CONFIG and CLK_HEADERS (the
# directory of the server's headers).

set -o pipefail
export LC_ALL=C.UTF-8

# what a user keeps in the environment for psql and make must not reach ours
unset MAKEFLAGS MAKELEVEL DESTDIR ${!PG@}

CLK_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CLK_OLDEST_PG=15
CLK_PG=${CLK_PG:-}

# as root the server runs as another user, who must get at its directories;
# root's own TMPDIR may be private, CLK_TMPDIR must not be
if [ "$(id -u)" = 0 ]; then
	export TMPDIR=${CLK_TMPDIR:-/tmp}
fi

clk_say() {
	echo "$*" >&2
}

# Say what is being done, to somebody who watches a terminal.
clk_progress() {
	[ ! -t 2 ] || clk_say "$(basename "$0"): $*"
}

# clk_watched WHAT COMMAND...: run it, showing what is being done, how far it is (that
# prints the command clk_how_far) and since when, to somebody who watches a terminal
clk_how_far=

clk_watched() {
	local what=$1 watcher= status

	shift
	if [ -t 2 ]; then
		clk_watch "$what" >&2 2>/dev/null &
		watcher=$!
	fi
	"$@"
	status=$?
	[ -z "$watcher" ] || { kill "$watcher"; printf '\r\033[K%s: %s\n' "$(basename "$0")" "$what" >&2; }
	return $status
}

clk_watch() {
	local start=$SECONDS

	while printf '\r\033[K%s: %s (%s%d s)' "$(basename "$0")" "$1" \
		"$([ -z "$clk_how_far" ] || $clk_how_far)" $((SECONDS - start)); do
		sleep 0.5
	done
}

# clk_copy_checkout DIRECTORY [ROOT]: a copy of the checkout, or of another, as somebody gets
# it who has built nothing
clk_copy_checkout() {
	mkdir -p "$1"
	tar cf - -C "${2:-$CLK_ROOT}" --exclude=./stage --exclude=./.git \
		--exclude='*.o' --exclude='*.bc' --exclude='*.so' . | tar xf - -C "$1"
}

clk_die() {
	clk_say "$(basename "$0"): $*"
	exit 1
}

# --help prints the comment at the top of the script.
case " $* " in
	*" --help "* | *" -h "*)
		sed -n '2,/^$/s/^# \{0,1\}//p' "$0" | expand -t 4
		exit
		;;
esac

# PGXS and lists of directories in settings cannot quote these
case $CLK_ROOT$TMPDIR in
	*[\'\"\$\\:%\`]*)
		clk_die "the path $CLK_ROOT has one of the characters ' \" \$ \\ : % \`, which make and PostgreSQL do not take: move the checkout" ;;
esac

. "$CLK_ROOT/test/lib/supervise.sh"
clk_supervise "$@"
. "$CLK_ROOT/test/lib/packages.sh"
. "$CLK_ROOT/test/lib/cluster.sh"
