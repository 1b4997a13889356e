# clients.sh
#	A stage that reads the weekly report through drivers.  See setup.sh.

# What each driver prints, for clk_with_cluster
clk_clients() {
	local status=0

	cd "$CLK_ROOT" || return
	psql -Xq -v ON_ERROR_STOP=1 -f test/clients/report.sql || return
	if [ -n "$CLK_PYTHON" ]; then
		/usr/bin/python3 test/clients/psycopg2_test.py || status=1
	fi
	if [ -n "$CLK_JDBC" ]; then
		java -cp "$CLK_JDBC" test/clients/JdbcTest.java || status=1
	fi
	return $status
}

stage_clients() {
	local log=$CLK_TMP/clients.log status=0

	clk_try_packages python3-psycopg2
	clk_try_packages libpostgresql-jdbc-java
	CLK_JDBC=/usr/share/java/postgresql.jar
	if ! command -v javac >/dev/null || [ ! -e "$CLK_JDBC" ]; then
		echo "SKIPPED JDBC: javac and libpostgresql-jdbc-java are not both here"
		CLK_JDBC=
	fi
	CLK_PYTHON=yes
	if ! /usr/bin/python3 -c 'import psycopg2' 2>/dev/null; then
		echo "SKIPPED psycopg2: no python3-psycopg2"
		CLK_PYTHON=
	fi
	[ -n "$CLK_JDBC$CLK_PYTHON" ] || clk_skip_stage "no driver"

	clk_with_cluster -o listen_addresses=127.0.0.1 clk_clients >"$log" 2>&1 || status=$?
	cat "$log"
	clk_count_tap "$log"
	return $status
}
