# page.sh
#	The report page: what makes it, and a stage that looks at it in a browser.
#	See setup.sh.

CLK_CHART_LIBRARY=/usr/share/javascript/chart.js/chart.min.js

# Make sure that Python, and the library of the charts, which the page has in it, are here.
clk_require_page_tools() {
	local missing=

	[ -x /usr/bin/python3 ] || missing+=' python3'
	[ -e "$CLK_CHART_LIBRARY" ] || missing+=' libjs-chart.js'
	[ -z "$missing" ] || clk_try_packages $missing >/dev/null ||
		clk_die "the page needs$missing; as root: apt-get install$missing"
}

# clk_write_page FILE: the report of the database that PG... variables name
clk_write_page() {
	psql -XAtq -v ON_ERROR_STOP=1 -f "$CLK_ROOT/examples/report_page.sql" |
		/usr/bin/python3 -B "$CLK_ROOT/tools/report_page.py" >"$1"
}

# clk_page_case NAME FILE...: the page, and what it must show, of a database of its own
clk_page_case() {
	local name=$1 PGDATABASE=page_$1 start=$SECONDS

	createdb "$PGDATABASE" || return
	export PGDATABASE
	psql -Xq -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION clicks_all' "${@:2}" -c ANALYZE \
		>"$CLK_TMP/page/$name.log" 2>&1 || { cat "$CLK_TMP/page/$name.log"; return 1; }
	clk_write_page "$CLK_TMP/page/$name.html" &&
		psql -XAtq -v ON_ERROR_STOP=1 -f "$CLK_ROOT/test/page/expected.sql" >"$CLK_TMP/page/$name.json" &&
		echo "# $name was made in $((SECONDS - start)) s"
}

# A number of weeks that is none is refused, and nothing is printed
clk_page_refuses_weeks() {
	local weeks status=0

	for weeks in 0 -1 1.5 10000 many ''; do
		if psql -XAtq -v weeks="$weeks" -d page_one_week -f "$CLK_ROOT/examples/report_page.sql" \
			>"$CLK_TMP/page/refused.out" 2>"$CLK_TMP/page/refused.err" || [ -s "$CLK_TMP/page/refused.out" ] ||
			! grep -qF "weeks must be a whole number from 1 to 9999, not \"$weeks\"" "$CLK_TMP/page/refused.err"
		then
			echo "not ok - weeks=$weeks is refused"
			cat "$CLK_TMP/page/refused.err"
			status=1
		else
			echo "ok - weeks=$weeks is refused"
		fi
	done
	return $status
}

clk_page_cases() {
	local examples=$CLK_ROOT/examples case name status=0

	export PGOPTIONS='-c client_min_messages=warning -c work_mem=64MB -c jit=off'
	for case in "$CLK_ROOT"/test/page/cases/*.sql; do
		name=$(basename "$case" .sql)
		(clk_page_case "$name" -f "$examples/ad_tables.sql" -f "$case" \
			-f "$examples/weekly_report.sql") || { echo "not ok - $name: the page was made"; status=1; }
	done
	# stored cells and the tables say different things: there is no one truth
	(clk_page_case stale -f "$examples/ad_tables.sql" -f "$CLK_ROOT/test/page/cases/one_week.sql" \
		-f "$examples/weekly_report.sql" -c 'UPDATE ad_daily SET clicks = clicks + clicks' &&
		rm "$CLK_TMP/page/stale.json") || { echo "not ok - stale: the page was made"; status=1; }
	(clk_page_case year -f "$examples/click_events.sql" -f "$examples/demo/year.sql" \
		-f "$examples/weekly_report.sql") || { echo "not ok - year: the page was made"; status=1; }
	clk_page_refuses_weeks || status=1
	return $status
}

stage_page() {
	local log=$CLK_TMP/page.log status=0

	command -v npm >/dev/null || clk_skip_stage "no npm"
	clk_try_packages chromium fonts-dejavu-core fonts-noto-color-emoji >/dev/null
	command -v chromium >/dev/null || clk_skip_stage "no chromium"
	timeout 120 npm install --prefix "$CLK_TMP/npm" --no-audit --no-fund playwright-core@1 \
		>"$CLK_TMP/npm.log" 2>&1 ||
		clk_skip_stage "npm cannot deliver playwright-core: $(grep -m 1 -i err "$CLK_TMP/npm.log")"
	clk_require_page_tools

	mkdir -p "$CLK_TMP/page"
	clk_with_cluster clk_page_cases >"$log" 2>&1 || status=$?
	(cd "$CLK_TMP" && "$CLK_ROOT/demo.sh" --html "$CLK_ROOT/test/demo/ads_manager.csv" >demo.log 2>&1 &&
		mv report.html page/export.html) || { cat "$CLK_TMP/demo.log"; status=1; }
	/usr/bin/python3 -B "$CLK_ROOT/test/page/builder_test.py" >>"$log" 2>&1 || status=$?
	NODE_PATH=$CLK_TMP/npm/node_modules timeout 300 node "$CLK_ROOT/test/page/page_test.js" \
		"$CLK_TMP/page" >>"$log" 2>&1 || status=$?
	cat "$log"
	clk_count_tap "$log"
	return $status
}
