#!/bin/bash
# interrupt_test.sh [CHECKOUT]
#	Interrupts demo.sh and test.sh in each of their phases, beside a server on port
#	5432 that is not theirs: do they end, leave nothing, and not even connect there?
#
# Prints what is wrong and, last, "N passed, N failed".

# As root it has a network of its own, so the port is free, whoever has it outside, and a
# sudo of its own, by which an unprivileged user installs.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/lib/stages.sh"
clk_require_tools test

own_namespaces=(unshare --net --mount)
# a root of versions.sh is no mount point, and has mounts of its own already
"${own_namespaces[@]}" true 2>/dev/null || own_namespaces+=(--propagation unchanged)

# As root, without a word on the standard output
enter_own_namespaces() {
	export OWN_NAMESPACES=1
	clk_try_packages sudo
	exec "${own_namespaces[@]}" bash -c '
		perl -MSocket -e "\$up = pack(qw(Z16sx14), qw(lo), 0x49); socket(S, AF_INET, SOCK_DGRAM, 0); ioctl(S, 0x8914, \$up)"
		if [ -d /etc/sudoers.d ] && mount -t tmpfs -o mode=755 tmpfs /etc/sudoers.d; then
			printf "%s\n" "nobody ALL=(ALL) NOPASSWD: ALL" "Defaults:nobody !env_reset, !secure_path" \
				>/etc/sudoers.d/interrupts
			chmod 440 /etc/sudoers.d/interrupts
		fi
		# where nobody else installs meanwhile
		settings=/etc/postgresql-common/createcluster.d
		[ ! -d $settings ] || mount -t tmpfs -o mode=755 tmpfs $settings
		exec "$0" "$@"' "$0" "$@"
}

if [ "$(id -u)" = 0 ] && [ -z "${OWN_NAMESPACES:-}" ] &&
	"${own_namespaces[@]}" true 2>/dev/null; then
	enter_own_namespaces "$@"
fi

scratch=$CLK_TMP/interrupt
checkout=$scratch/checkout
victim=$scratch/victim
bin=$("$PG_CONFIG" --bindir)
passed=0
failed=0

check() {
	local what=$1

	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $what"
	fi
}

copy_checkout() {
	mkdir -p "$checkout"
	tar cf - -C "${1:-$CLK_ROOT}" --exclude=./.git . | tar xf - -C "$checkout"
	chmod -R a+rX "$checkout"
}

# A server where psql goes unless it is told otherwise, with tables of names that
# our scripts have, too.  It logs whoever comes.
start_victim() {
	mkdir -p "$victim"
	[ "$(id -u)" != 0 ] || chown postgres: "$victim"
	cd "$victim" || exit
	clk_as_server "$bin/initdb" -D "$victim/data" --no-sync -U postgres --auth=trust >initdb.log
	cat >>"$victim/data/postgresql.conf" <<-END
		port = 5432
		listen_addresses = 'localhost'
		unix_socket_directories = '$victim'
		log_connections = on
		fsync = off
	END
	clk_as_server "$bin/pg_ctl" -D "$victim/data" -l "$victim/log" -w -s start || exit
	ask 'CREATE DATABASE contrib_regression' \
		'CREATE TABLE click_events AS SELECT generate_series(1, 1000) AS id'
	what_victim_has >"$scratch/before"
	: >"$victim/log"
}

# Ask the victim, as a user whom its log tells from everybody else.
ask() {
	local command

	for command in "$@"; do
		PGAPPNAME=owner "$bin/psql" -X -q -A -t -h "$victim" -p 5432 -U postgres -d postgres -c "$command"
	done
}

what_victim_has() {
	ask 'SELECT datname FROM pg_database ORDER BY 1' \
		'SELECT oid::regclass FROM pg_class ORDER BY oid' \
		'SELECT md5(string_agg(id::text, $$,$$ ORDER BY id)) FROM click_events'
}

nobody_came() {
	! grep 'connection received' "$victim/log"
}

victim_is_unchanged() {
	what_victim_has | diff "$scratch/before" -
}

# The scripts, with the environment of somebody who works with that server, in a
# session of their own.
start() {
	local user=()

	rm -rf "$scratch/tmp" "$scratch/session"
	mkdir -m 1777 "$scratch/tmp"
	: >"$scratch/notes"
	chmod 666 "$scratch/notes"
	[ "$as" = root ] || user=(setpriv --reuid="$as" --regid="$as" --clear-groups)
	PGHOSTADDR=127.0.0.1 PGPORT=5432 PGUSER=postgres PGDATABASE=postgres \
		TMPDIR=$scratch/tmp CLK_TMPDIR=$scratch/tmp INTERRUPTED=$scratch \
		APT_NOTES=$scratch/notes APT_PHASE=$phase \
		setsid --wait bash -c 'trap - INT QUIT HUP; echo $$ >"$1"; shift; exec "$@"' bash \
		"$scratch/session" env --default-signal=INT,QUIT,HUP "${user[@]}" "$@" \
		>"$scratch/output" 2>&1 &
	waiting=$!
}

# Has the script come to this phase?  Zombies of the run before, in its session, tell
# nothing.
has_come() {
	local session

	session=$(cat "$scratch/session" 2>/dev/null)
	[ -n "$session" ] || return
	case $phase in
		download | install | begin) grep -q "^$phase.*ing" "$scratch/notes" ;;
		load) ps -e -o sess=,args= | grep -q "^ *$session .*psql .*year.sql" ;;
		report) ps -e -o sess=,args= | grep -q "^ *$session .*psql .*questions.sql" ;;
		docs) ps -e -o sess=,args= | grep -q "^ *$session .*perl .*test/docs/run.pl" ;;
		*) ps -e -o sess=,comm= | grep -q "^ *$session $phase" ;;
	esac
}

# What the run has left: processes, in whatever session, and files.
leftovers() {
	{
		grep -lszxF "INTERRUPTED=$scratch" /proc/[0-9]*/environ
		find /proc/[0-9]* -maxdepth 1 -name cwd -printf '%p %l\n' 2>/dev/null |
			grep -F " $scratch/tmp/"
	} | while IFS=/ read -r _ _ pid _; do
		echo "process $pid: $(tr '\0' ' ' <"/proc/$pid/cmdline")"
	done
	ls -A "$scratch/tmp"
	ls -d /etc/postgresql-common/createcluster.d/clicks_all* 2>/dev/null
}

# What runs as root for another user ends by itself, within a second.
leaves_nothing() {
	local left

	for _ in 1 2 3 4 5 6 7 8 9 10; do
		left=$(leftovers)
		[ -n "$left" ] || return 0
		[ "$as" != root ] || break
		sleep 0.3
	done
	echo "$left"
	return 1
}

# interrupt PHASE SIGNAL COMMAND...: INT goes to all processes of the terminal, as
# it does when somebody types Ctrl-C; the others to the script alone.
interrupt() {
	local phase=$1 signal=$2 what session status

	what="$1, $2, as $as: ${*:3}"
	shift 2
	start "$@"
	until has_come; do
		if ! kill -0 $waiting 2>/dev/null; then
			check "$what: never came to this phase" false
			cat "$scratch/output"
			return
		fi
		sleep 0.02
	done
	session=$(cat "$scratch/session")
	[ "$signal" = INT ] && kill -INT -- "-$session" || kill "-$signal" "$session"
	wait $waiting
	status=$?
	check "$what: status is $status" [ $status = $((128 + $(kill -l "$signal"))) ]
	check "$what: leaves something" leaves_nothing
	check "$what: connected to another server" nobody_came
	: >"$victim/log"
}

if (: <"/dev/tcp/127.0.0.1/5432") 2>/dev/null; then
	clk_skip_stage "another server listens on port 5432, so interrupts cannot be tried"
fi
copy_checkout "$1"
start_victim
cd "$checkout" || exit

# Interrupt the installation, by an apt-get that installs nothing.
interrupt_download() {
	interrupt download "$1" env CLK_PG=99 PATH="$checkout/test/interrupt:$PATH" "$2"
	check "download, $1, as $as: installed nonetheless" \
		[ "$(cat "$scratch/notes")" = downloading ]
}

interrupt_install() {
	local made=/etc/postgresql-common/createcluster.d/clicks_all

	interrupt install "$1" env CLK_PG=99 PATH="$checkout/test/interrupt:$PATH" "$2"
	check "install, $1, as $as: stopped half way, or a cluster would have been made" \
		[ "$(sed 's/\.[0-9]*\.conf$//' "$scratch/notes" | xargs)" = \
		"downloading downloaded installing $made installed" ]
}

# Interrupt while the directory is made whose processes are to be ended.
interrupt_begin() {
	interrupt begin "$1" env PATH="$scratch/bin:$PATH" "${@:2}"
}

# Interrupt the compiler.
interrupt_build() {
	rm -rf stage
	interrupt cc1 "$@"
}

mkdir "$scratch/bin"
cat >"$scratch/bin/mkdir" <<-'END'
	#!/bin/sh
	echo beginning >>"$APT_NOTES"
	sleep 2
	exec /usr/bin/mkdir "$@"
END
chmod +x "$scratch/bin/mkdir"

as=root
if [ "$(id -u)" = 0 ]; then
	for signal in INT TERM HUP; do
		interrupt_download $signal ./demo.sh
		interrupt_install $signal ./test.sh
		interrupt_begin $signal ./demo.sh
		interrupt initdb $signal ./demo.sh
		interrupt initdb $signal ./test.sh regress
	done
	interrupt_download INT ./test.sh
	interrupt_install INT ./demo.sh
	interrupt_begin INT ./test.sh regress
	interrupt_build INT ./demo.sh
	interrupt_build TERM ./test.sh build
	./demo.sh >/dev/null || check "demo.sh runs where it was interrupted" false
	interrupt load INT ./demo.sh
	interrupt load TERM ./demo.sh
	interrupt report INT ./demo.sh
	interrupt report HUP ./demo.sh
	interrupt pg_regress INT ./test.sh regress
	interrupt pg_regress TERM ./test.sh regress
	interrupt prove INT ./test.sh tap
	interrupt prove HUP ./test.sh tap
	interrupt isolationtester TERM ./test.sh isolation
	interrupt docs INT ./test.sh docs
	as=65534
	chown -R "$as:$as" "$checkout"
else
	as=$(id -u)
fi

# the same as a user who may install by sudo
if [ "$(id -u)" = 0 ] && setpriv --reuid="$as" --regid="$as" --clear-groups sudo -n true 2>/dev/null; then
	interrupt_download TERM ./demo.sh
	interrupt_download INT ./test.sh
	interrupt_install INT ./demo.sh
	interrupt_install HUP ./test.sh
else
	echo "SKIPPED interrupts of installations by sudo: it cannot be tried here"
fi
interrupt_begin INT ./demo.sh
interrupt_begin HUP ./test.sh regress
interrupt_build HUP ./demo.sh
interrupt_build INT ./test.sh build
interrupt initdb TERM ./demo.sh
interrupt initdb INT ./test.sh regress
interrupt load TERM ./demo.sh
interrupt report INT ./demo.sh
interrupt pg_regress HUP ./test.sh regress
interrupt prove TERM ./test.sh tap
interrupt isolationtester INT ./test.sh isolation
interrupt docs HUP ./test.sh docs
check "the other server is not as it was" victim_is_unchanged
echo "$passed passed, $failed failed"
[ $failed = 0 ]
