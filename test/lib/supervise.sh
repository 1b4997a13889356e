# supervise.sh
#	Runs the script that sources it in a child process, and cleans up after it,
#	however it ends.
#
# The parent does nothing but wait, so it answers a signal at once, whatever the
# child is doing.  It owns CLK_TMP.  All that the child starts carries CLK_TMP in
# its environment; servers, which overwrite their environment, work in a
# directory below.  So nothing escapes, not even a daemon.  See setup.sh.

# Print the processes that belong to this run.
clk_processes() {
	{
		grep -lszxF "CLK_TMP=$CLK_TMP" /proc/[0-9]*/environ
		find /proc/[0-9]* -maxdepth 1 -name cwd -printf '%p %l\n' 2>/dev/null |
			awk -v directory=" $CLK_TMP/" 'index($0, directory) { print $1 }'
	} | cut -d / -f 3 | sort -u
}

# End these processes.  A server is told not to wait for its clients.
clk_end_processes() {
	local pid

	for pid in "$@"; do
		if [ -e "/proc/$pid/cwd/PG_VERSION" ]; then
			kill -QUIT "$pid"
		else
			kill -TERM "$pid"
		fi
	done 2>/dev/null
}

# Wait for apt-get, if it is unpacking or configuring packages: to stop it there
# would leave the machine with half of them.
clk_wait_for_packages() {
	local i

	[ ! -e "$CLK_TMP/installing" ] ||
		clk_say "$(basename "$0"): ending as soon as apt-get has installed what it began"
	for ((i = 0; i < 6000; i++)); do
		[ -e "$CLK_TMP/installing" ] || return
		sleep 0.2
	done
}

# clk_end STATUS: end all that still runs, remove all that was made, and exit.
clk_end() {
	local i pids quiet=0

	trap '' HUP INT QUIT TERM
	clk_wait_for_packages
	for ((i = 0; quiet < 2 && i < 100; i++)); do
		mapfile -t pids < <(clk_processes)
		if [ ${#pids[@]} = 0 ]; then
			quiet=$((quiet + 1))
			continue
		elif [ $i -ge 80 ]; then
			kill -KILL "${pids[@]}" 2>/dev/null
		elif [ $((i % 20)) = 0 ]; then
			clk_end_processes "${pids[@]}"
		fi
		sleep 0.1
	done
	rm -rf "$CLK_TMP"
	clk_give_to_owner
	exit "$1"
}

# What root leaves in somebody's checkout belongs to that user, who could not
# build there otherwise.
clk_give_to_owner() {
	[ "$(id -u)" != 0 ] || [ "$(stat -c %u "$CLK_ROOT")" = 0 ] ||
		find "$CLK_ROOT" -xdev -path "$CLK_ROOT/.git" -prune -o -user 0 \
			-exec chown -h --reference="$CLK_ROOT" {} +
}

# clk_supervise ARGUMENT...: returns in the child only, where CLK_TMP is set
clk_supervise() {
	[ "$PPID" != "${CLK_SUPERVISOR:-}" ] || return 0
	# Whoever interrupts ends what has this CLK_TMP: it has a name of its own before the
	# first trap, and no process is needed for that.  The name of a server's socket is
	# within, and may have 107 bytes: directories of scripts that scripts run have
	# short names.
	export -n CLK_TMP
	if [ -n "${CLK_SUPERVISOR:-}" ]; then
		CLK_TMP=${TMPDIR:-/tmp}/c.$$
	else
		CLK_TMP=${TMPDIR:-/tmp}/clicks_all.$$.$SRANDOM
	fi
	trap 'clk_end 129' HUP
	trap 'clk_end 130' INT
	trap 'clk_end 131' QUIT
	trap 'clk_end 143' TERM
	mkdir -m 755 "$CLK_TMP" || exit
	mkdir -m 1777 "$CLK_TMP/t"
	CLK_SUPERVISOR=$$ CLK_TMP=$CLK_TMP CLK_TMPDIR=$CLK_TMP/t TMPDIR=$CLK_TMP/t \
		"$BASH" "$0" "$@" <&0 &
	wait $!
	clk_end $?
}
