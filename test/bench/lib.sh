# lib.sh
#	What run.sh and scaling.sh share: the server and the engines.
#
# Sourced after test/lib/setup.sh.

# bench_with_cluster [-o SETTING=VALUE]... COMMAND...: a quiet server
#
# No JIT, no parallel workers unless a query asks for them, and no autovacuum
# or checkpoint in the middle of a run.
bench_with_cluster() {
	clk_with_cluster \
		-o shared_buffers=1GB -o work_mem=64MB -o maintenance_work_mem=256MB \
		-o jit=off -o max_parallel_workers_per_gather=0 \
		-o max_worker_processes=16 -o autovacuum=off -o wal_level=minimal \
		-o max_wal_senders=0 -o max_wal_size=8GB -o checkpoint_timeout=1h \
		-o synchronous_commit=off "$@"
}

# bench_with_shards NUMBER COMMAND...: the same, and clusters that it reaches by TCP
#
# CLK_SHARDS has PORT:PASSWORD of each.
bench_with_shards() {
	local number=$1

	shift
	if [ "$number" = 0 ]; then
		bench_with_cluster -o max_files_per_process=8000 "$@"
		return
	fi
	mkdir -p "$CLK_TMP/shard_$number" || return
	CLK_TMP=$CLK_TMP/shard_$number bench_with_cluster -o listen_addresses=127.0.0.1 -o max_connections=400 \
		-o max_files_per_process=500 bench_note_shard "$CLK_TMP" "$((number - 1))" "$@"
}

# bench_note_shard DIRECTORY NUMBER COMMAND...: what runs in the cluster of a shard
bench_note_shard() {
	CLK_TMP=$1
	shift
	export CLK_SHARDS="$CLK_SHARDS $PGPORT:$PGPASSWORD"
	bench_with_shards "$@"
}

# bench_extensions FILE...: install the extensions that the files ask for.
bench_extensions() {
	local extension

	for extension in $(sed -n 's/^@requires //p' "$@" | tr ' ' '\n' | sort -u); do
		[ -e "$("$PG_CONFIG" --sharedir)/extension/$extension.control" ] ||
			clk_try_packages "postgresql-$CLK_PG-$extension"
	done
}

# bench_duckdb: see that duckdb.js runs, or tell in CLK_NO_DUCKDB why it cannot.
bench_duckdb() {
	local package=@duckdb/node-api@1.5.6-r.1
	local log=$CLK_TMP/npm.log

	export CLK_DUCKDB=$CLK_ROOT/test/bench/duckdb.js
	export CLK_DUCKDB_DATA=$CLK_TMP/duckdb
	export CLK_NO_DUCKDB=
	export NODE_PATH=$CLK_TMP/npm/node_modules

	mkdir -p "$CLK_DUCKDB_DATA" "$CLK_TMP/npm"
	if ! command -v npm >/dev/null; then
		CLK_NO_DUCKDB="npm is not installed"
	elif ! timeout 120 npm install --prefix "$CLK_TMP/npm" --no-audit --no-fund \
		--fetch-retries=1 "$package" >"$log" 2>&1; then
		CLK_NO_DUCKDB="npm cannot deliver $package: $(grep -m 1 -i 'err' "$log")"
	elif ! "$CLK_DUCKDB" version >"$log" 2>&1; then
		CLK_NO_DUCKDB="$package does not run: $(head -n 1 "$log")"
	fi
}
