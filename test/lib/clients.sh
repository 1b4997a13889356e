# clients.sh
#	A stage that reads the weekly report through drivers, and as BI tools do: see
#	test/clients.  See setup.sh.

# ask_client NAME COMMAND...: what the client answers, judged by hand-written SQL
ask_client() {
	local name=$1

	"${@:2}" | /usr/bin/python3 -B judge.py "$name"
}

# Each in its turn, for clk_with_cluster
clk_clients() {
	local client status=0

	cd "$CLK_ROOT" || return
	psql -Xq -v ON_ERROR_STOP=1 -f test/clients/report.sql || return
	cd test/clients || return
	/usr/bin/python3 -B psycopg2_test.py || status=1
	/usr/bin/python3 -B refresh_test.py || status=1
	/usr/bin/python3 -B dbt_test.py || status=1
	for client in $CLK_PYTHON_CLIENTS; do
		ask_client "$client" /usr/bin/python3 -B ask.py "$client" || status=1
	done
	if [ -n "$CLK_JDBC" ]; then
		java -cp "$CLK_JDBC" JdbcTest.java || status=1
		/usr/bin/python3 -B questions.py jdbc >"$CLK_TMP/questions.tsv"
		ask_client jdbc java -cp "$CLK_JDBC" AskJdbc.java "$CLK_TMP/questions.tsv" || status=1
	fi
	if [ -n "$CLK_NODE" ]; then
		/usr/bin/python3 -B questions.py node >"$CLK_TMP/questions.json"
		ask_client node node ask.js "$CLK_TMP/questions.json" || status=1
		clk_metabase_files || status=1
	fi
	return $status
}

# The files for Metabase are what its own schemas say they have to be.
clk_metabase_files() {
	"$CLK_TMP/npm/node_modules/.bin/representations" validate-schema \
		--folder "$CLK_ROOT/examples/bi/metabase" >"$CLK_TMP/metabase.log" 2>&1 &&
		echo "ok - Metabase: files fit its schemas" ||
		{ sed 's/^/#   /' "$CLK_TMP/metabase.log"; echo "not ok - Metabase: files fit its schemas"; }
}

# Find out which clients this machine can have; say what it cannot.
clk_find_clients() {
	local client module package
	local packages=(python3-psycopg python3-sqlalchemy python3-pandas python3-pyodbc
		odbc-postgresql libpostgresql-jdbc-java)

	CLK_PYTHON_CLIENTS=
	clk_try_packages python3-psycopg2 python3-yaml python3-jinja2 >/dev/null
	/usr/bin/python3 -c 'import psycopg2, yaml, jinja2' 2>/dev/null ||
		clk_skip_stage "no python3-psycopg2, python3-yaml and python3-jinja2"
	# one that is not to be had does not take the others away
	clk_try_packages "${packages[@]}" >/dev/null ||
		for package in "${packages[@]}"; do
			clk_try_packages "$package" >/dev/null
		done
	while read -r client module; do
		if /usr/bin/python3 -c "import $module" 2>/dev/null; then
			CLK_PYTHON_CLIENTS+=" $client"
		else
			echo "SKIPPED $client: python3 has no $module here"
		fi
	done <<-'END'
		psycopg2 psycopg2
		psycopg psycopg
		psycopg-binary psycopg
		sqlalchemy sqlalchemy
		pandas pandas
		odbc pyodbc
	END

	CLK_JDBC=/usr/share/java/postgresql.jar
	if ! command -v javac >/dev/null || [ ! -e "$CLK_JDBC" ]; then
		echo "SKIPPED JDBC: javac and libpostgresql-jdbc-java are not both here"
		CLK_JDBC=
	fi

	export NODE_PATH=$CLK_TMP/npm/node_modules
	CLK_NODE=yes
	if ! command -v npm >/dev/null || ! timeout 120 npm install --prefix "$CLK_TMP/npm" \
		--no-audit --no-fund pg@8 @metabase/representations@1 >"$CLK_TMP/npm.log" 2>&1; then
		echo "SKIPPED node-postgres: npm cannot deliver it"
		CLK_NODE=
	fi
}

stage_clients() {
	local log=$CLK_TMP/clients.log status=0

	clk_find_clients
	clk_with_cluster -o listen_addresses=127.0.0.1 clk_clients >"$log" 2>&1 || status=$?
	cat "$log"
	clk_count_tap "$log"
	return $status
}
