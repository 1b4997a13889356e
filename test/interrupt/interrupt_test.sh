#!/bin/bash
# interrupt_test.sh [CHECKOUT]
#	Interrupts demo.sh and test.sh in each of their phases, beside a server on port
#	5432 that is not theirs: do they end, leave nothing, and not even connect there?
#
# Prints what is wrong and, last, "N passed, N failed".

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
clk_require_tools test

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
	[ "$as" = root ] || user=(setpriv --reuid="$as" --clear-groups)
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
		build) ps -e -o sess=,comm= | grep -q "^ *$session cc1" ;;
		load) ps -e -o sess=,args= | grep -q "^ *$session .*psql .*year.sql" ;;
		report) ps -e -o sess=,args= | grep -q "^ *$session .*psql .*questions.sql" ;;
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

leaves_nothing() {
	local left

	left=$(leftovers)
	[ -z "$left" ] || { echo "$left"; return 1; }
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
	echo "SKIPPED interrupts: another server listens on port 5432"
	clk_skip_stage
fi
copy_checkout "$1"
start_victim
cd "$checkout" || exit

as=root
if [ "$(id -u)" = 0 ]; then
	fake=(env CLK_PG=99 PATH="$CLK_ROOT/test/interrupt:$PATH")
	for signal in INT TERM HUP; do
		interrupt download $signal "${fake[@]}" ./demo.sh
		check "download, $signal: installed nonetheless" [ "$(cat "$scratch/notes")" = downloading ]
		interrupt install $signal "${fake[@]}" ./test.sh
		check "install, $signal: stopped half way, or a cluster would have been made" \
			[ "$(sed 's/\.[0-9]*\.conf$//' "$scratch/notes" | xargs)" = "downloading downloaded \
installing /etc/postgresql-common/createcluster.d/clicks_all installed" ]
	done
else
	as=$(id -u)
	echo "SKIPPED interrupts of installations: only root can install"
fi

# while the directory is made whose processes are to be ended
mkdir "$scratch/bin"
cat >"$scratch/bin/mkdir" <<-'END'
	#!/bin/sh
	echo beginning >>"$APT_NOTES"
	sleep 2
	exec /usr/bin/mkdir "$@"
END
chmod +x "$scratch/bin/mkdir"
for signal in INT TERM HUP; do
	interrupt begin $signal env PATH="$scratch/bin:$PATH" ./demo.sh
done

rm -rf stage
interrupt cc1 INT ./demo.sh
rm -rf stage
interrupt cc1 TERM ./test.sh build
./demo.sh >/dev/null || check "demo.sh runs where it was interrupted" false

for signal in INT TERM HUP; do
	interrupt initdb $signal ./demo.sh
	interrupt initdb $signal ./test.sh regress
done
interrupt load INT ./demo.sh
interrupt load TERM ./demo.sh
interrupt report INT ./demo.sh
interrupt report HUP ./demo.sh
interrupt pg_regress INT ./test.sh regress
interrupt pg_regress TERM ./test.sh regress
interrupt prove INT ./test.sh tap
interrupt prove HUP ./test.sh tap

if [ "$as" = root ]; then
	as=65534
	chown -R "$as" "$checkout"
	interrupt initdb INT ./demo.sh
	interrupt load TERM ./demo.sh
	interrupt pg_regress HUP ./test.sh regress
fi
check "the other server is not as it was" victim_is_unchanged
echo "$passed passed, $failed failed"
[ $failed = 0 ]
