# cluster.sh
#	Builds the extension, and runs commands where it is installed.
#
# The extension goes into stage/ of the checkout, not into the system, and no
# cluster that exists is touched: ours is in CLK_TMP and is talked to through a
# socket in there, where no other server can ever answer.  See setup.sh.

CLK_STAGE=$CLK_ROOT/stage

# clk_make ARGUMENT...: make, for the PostgreSQL that we chose
clk_make() {
	make -s --no-print-directory -C "$CLK_ROOT" -j "$(nproc)" \
		PG_CONFIG="$PG_CONFIG" includedir_server="$CLK_HEADERS" with_llvm=no "$@"
}

# clk_build [ARGUMENT...]: build with these arguments of make, and stage
#
# The usual flags ask for warnings, so that demo.sh and test.sh share what is built.
# Object files do not tell for which server, or with which options, they were
# compiled; the file that does is stage/built.
clk_build() {
	local log=$CLK_TMP/build.log built clk_how_far=clk_compiled_so_far

	[ $# -gt 0 ] || set -- PG_CFLAGS="-Wall -Wextra $CLK_CFLAGS"
	built="$PG_CONFIG $*"

	if [ "$built" != "$(cat "$CLK_STAGE/built" 2>/dev/null)" ]; then
		clk_make clean >"$log" 2>&1
	fi
	rm -rf "$CLK_STAGE"
	if ! clk_watched "building the extension for PostgreSQL $CLK_PG" clk_make_and_stage "$@" >"$log"
	then
		cat "$log" >&2
		clk_die "the extension does not build"
	fi
	echo "$built" >"$CLK_STAGE/built"
}

clk_make_and_stage() {
	{ clk_make "$@" && clk_make "$@" install DESTDIR="$CLK_STAGE"; } 2>&1
}

clk_compiled_so_far() {
	printf '%d of %d files, ' "$(find "$CLK_ROOT/src" -name '*.o' | wc -l)" \
		"$(find "$CLK_ROOT/src" -name '*.c' | wc -l)"
}

# As root the server runs as postgres, who may be kept out of the checkout.
clk_readable_stage() {
	if [ "$(id -u)" = 0 ] &&
		! setpriv --reuid=postgres --clear-groups test -r "$CLK_STAGE/built" \
			2>/dev/null; then
		rm -rf "$CLK_TMP/stage"
		cp -r "$CLK_STAGE" "$CLK_TMP/stage"
		chmod -R a+rX "$CLK_TMP/stage"
		echo "$CLK_TMP/stage"
	else
		echo "$CLK_STAGE"
	fi
}

# Print settings, one per line, that make a server look into the stage first.
clk_stage_settings() {
	local stage lib share

	stage=$(clk_readable_stage)
	lib=$("$PG_CONFIG" --pkglibdir)
	share=$("$PG_CONFIG" --sharedir)

	if grep -q extension_destdir "$share/postgresql.conf.sample"; then
		echo "extension_destdir=$stage"
	else
		echo "extension_control_path=$stage$share:\$system"
	fi
	echo "dynamic_library_path=$stage$lib:\$libdir"
}

# Print a port that nobody listens on.
clk_free_port() {
	local port

	while port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000)); do
		if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			echo "$port"
			return
		fi
	done
}

# What to put before a command that the user who runs servers is to run: they refuse to be root
CLK_AS_SERVER=()
[ "$(id -u)" != 0 ] || CLK_AS_SERVER=(setpriv --reuid=postgres --regid=postgres --init-groups)

# clk_as_server COMMAND...: as the user who runs servers
clk_as_server() {
	"${CLK_AS_SERVER[@]}" "$@"
}

# Turn settings, one per line, into lines of a configuration file.
clk_quote_settings() {
	sed "s/[\\\\']/&&/g; s/=\\(.*\\)/ = '\\1'/"
}

# clk_start_cluster SETTING=VALUE...: a new cluster in $CLK_TMP/cluster
#
# Sets the environment of clients.  By TCP, if a setting makes the server listen
# there, they need the password that the environment has.
clk_start_cluster() {
	local cluster=$CLK_TMP/cluster bin

	bin=$("$PG_CONFIG" --bindir)
	rm -rf "$cluster"
	mkdir -p "$cluster/services" "$cluster/run" || return
	export PATH=$bin:$PATH PGHOST=$cluster/run PGUSER=postgres PGDATABASE=postgres \
		PGSYSCONFDIR=$cluster/services PGPORT PGPASSWORD
	PGPORT=$(clk_free_port)
	PGPASSWORD=$(od -An -N 16 -t x1 /dev/urandom | tr -d ' ')
	echo "$PGPASSWORD" >"$cluster/password"
	[ "$(id -u)" != 0 ] || chown -R postgres: "$cluster"
	chmod 700 "$cluster" "$cluster/run"

	(cd "$cluster" && clk_as_server "$bin/initdb" -D "$cluster/data" --no-sync -U postgres \
		--pwfile="$cluster/password" --auth-local=trust --auth-host=scram-sha-256 \
		--locale=C.UTF-8 --encoding=UTF8) || return
	{
		printf '%s\n' "unix_socket_directories=$PGHOST" "port=$PGPORT" listen_addresses= \
			fsync=off timezone=UTC log_timezone=UTC
		clk_stage_settings
		[ $# = 0 ] || printf '%s\n' "$@"
	} | clk_quote_settings >>"$cluster/data/postgresql.conf"
	(cd "$cluster" && clk_as_server "$bin/pg_ctl" -D "$cluster/data" -l "$cluster/log" \
		-t 300 -w -s start) || return
	clk_is_our_cluster
}

# Is the server that psql finds the one in CLK_TMP?
clk_is_our_cluster() {
	[ "$(psql -X -A -t -c "SELECT current_setting('data_directory'), current_setting('port')")" \
		= "$CLK_TMP/cluster/data|$PGPORT" ]
}

# clk_with_cluster [-o SETTING=VALUE]... COMMAND...
#
# Runs the command, which may be a shell function, with PGHOST and so on set,
# against a new cluster, and returns its status.  The server's log is in
# $CLK_TMP/server.log afterwards.
clk_with_cluster() {
	local settings=() status

	while [ "$1" = -o ]; do
		settings+=("$2")
		shift 2
	done
	clk_progress "starting a throw-away cluster"
	(
		if ! clk_start_cluster "${settings[@]}" >"$CLK_TMP/cluster.log" 2>&1; then
			cat "$CLK_TMP/cluster.log" "$CLK_TMP/cluster/log" >&2
			clk_die "the throw-away cluster does not start"
		fi
		"$@"
	)
	status=$?
	(cd / && clk_as_server "$("$PG_CONFIG" --bindir)/pg_ctl" -D "$CLK_TMP/cluster/data" \
		-m immediate -s stop) >/dev/null 2>&1
	cp "$CLK_TMP/cluster/log" "$CLK_TMP/server.log" 2>/dev/null
	rm -rf "$CLK_TMP/cluster"
	return $status
}
