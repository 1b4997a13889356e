# cluster.sh
#	Builds the extension, and runs commands where it is installed.
#
# Nothing is installed system-wide and no cluster that exists is touched: the
# extension goes into stage/ of the checkout, clusters come and go with
# pg_virtualenv.  See setup.sh.

CLK_STAGE=$CLK_ROOT/stage

# clk_make ARGUMENT...: make, for the PostgreSQL that we chose
clk_make() {
	make -s --no-print-directory -C "$CLK_ROOT" -j "$(nproc)" \
		PG_CONFIG="$PG_CONFIG" with_llvm=no "$@"
}

# clk_build [ARGUMENT...]: build with these arguments of make, and stage
#
# Object files do not tell for which server, or with which options, they were
# compiled; the file that does is stage/built.
clk_build() {
	local built="$PG_CONFIG $*"
	local log=$CLK_TMP/build.log

	if [ "$built" != "$(cat "$CLK_STAGE/built" 2>/dev/null)" ]; then
		clk_make clean >"$log" 2>&1
	fi
	rm -rf "$CLK_STAGE"
	if ! clk_make "$@" >"$log" 2>&1 ||
		! clk_make "$@" install DESTDIR="$CLK_STAGE" >>"$log" 2>&1; then
		cat "$log" >&2
		clk_die "the extension does not build"
	fi
	echo "$built" >"$CLK_STAGE/built"
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

# Print a port that nobody listens on.  pg_virtualenv would take the next free
# one by itself, but so would another pg_virtualenv at the same time.
clk_free_port() {
	local port

	while port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000)); do
		if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			echo "$port"
			return
		fi
	done
}

# clk_with_cluster [-o SETTING=VALUE]... COMMAND...
#
# Runs the command, with PGHOST and so on set, against a new cluster, and
# returns its status.  A shell function must have been exported (export -f).
# The server's log is in $CLK_TMP/server.log if the command failed.
clk_with_cluster() {
	local options=(-o timezone=UTC -o log_timezone=UTC)
	local status=$CLK_TMP/status log=$CLK_TMP/cluster.log setting

	while [ "$1" = -o ]; do
		options+=(-o "$2")
		shift 2
	done
	while read -r setting; do
		options+=(-o "$setting")
	done < <(clk_stage_settings)

	# pg_virtualenv has much to tell about a command that fails, and nothing
	# that a user wants to read unless the cluster does not start
	rm -f "$status"
	PGPORT=$(clk_free_port) pg_virtualenv -t -v "$CLK_PG" \
		-i '--locale=C.UTF-8 --encoding=UTF8' "${options[@]}" \
		bash -c 'PATH=$("$PG_CONFIG" --bindir):$PATH
			"${@:3}" >&3 2>&4
			echo $? >"$1"
			grep -qx 0 "$1" ||
				cat "${PG_CLUSTER_CONF_ROOT%/*}"/log/*.log >"$2"' \
		bash "$status" "$CLK_TMP/server.log" "$@" 3>&1 4>&2 >"$log" 2>&1

	if [ ! -e "$status" ]; then
		cat "$log" >&2
		clk_die "the throw-away cluster does not start"
	fi
	return "$(cat "$status")"
}
