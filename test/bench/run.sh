#!/bin/bash
# run.sh [--small] [--runs N] [--only REGEX] [--out DIRECTORY] [NAME...]
#	Builds, starts a throw-away cluster and measures NAME.bench, by default all.
#
# README.md in this directory tells what it prints and writes.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"

bench=$CLK_ROOT/test/bench
options=()
files=()
while [ $# -gt 0 ]; do
	case $1 in
		--small) options+=("$1") ;;
		--runs | --only | --out)
			[ $# -gt 1 ] || clk_die "$1 needs a value"
			options+=("$1" "$2")
			shift
			;;
		-*) clk_die "unknown option $1" ;;
		*)
			[ -e "$bench/$1.bench" ] || clk_die "there is no $bench/$1.bench"
			files+=("$bench/$1.bench")
			;;
	esac
	shift
done
[ ${#files[@]} -gt 0 ] || files=("$bench"/*.bench)

clk_require_tools
clk_build

# One quiet backend: no JIT, no parallel workers unless a pair asks for them,
# and no autovacuum or checkpoint in the middle of a run.
clk_with_cluster \
	-o shared_buffers=1GB -o work_mem=64MB -o maintenance_work_mem=256MB \
	-o jit=off -o max_parallel_workers_per_gather=0 -o max_worker_processes=16 \
	-o autovacuum=off -o wal_level=minimal -o max_wal_senders=0 \
	-o max_wal_size=8GB -o checkpoint_timeout=1h -o synchronous_commit=off \
	perl "$bench/compare.pl" "${options[@]}" "${files[@]}"
