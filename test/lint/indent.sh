#!/bin/bash
# indent.sh [--check]
#	Formats the C of this checkout as PostgreSQL formats its own; or prints, with --check,
#	the lines that are formatted otherwise.
#
# It is PostgreSQL's own pgindent, always that of Debian 13, PostgreSQL 17: another release
# formats otherwise.  pgindent is run by the loader and the C library of the same release,
# as those of Debian 12 are too old for it.  Both packages are unpacked, not installed.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"
. "$CLK_ROOT/test/lib/versions.sh"

suite=trixie
version=17
cd "$CLK_ROOT" || exit

# Unpack pgindent into a directory.
get_pgindent() {
	mkdir -p "$1" "$CLK_TMP/packages" && cd "$CLK_TMP/packages" &&
		clk_apt_suite deb $suite update &&
		clk_apt_suite deb $suite download postgresql-server-dev-$version libc6 &&
		for package in *.deb; do
			dpkg-deb -x "$package" "$1" || return
		done
}

# Types that our files define, those of C, and those of PostgreSQL but three, which we
# call variables.
list_types() {
	printf '%s_t\n' {u,}int{8,16,32,64} size
	sed -nE 's/^\} ?([A-Za-z_0-9]+);$/\1/p; s/^typedef [^{]*[ *]([A-Za-z_0-9]+)( ?\[.*\])?;$/\1/p
		s/^typedef .*\(\*([A-Za-z_0-9]+)\).*/\1/p' "${files[@]}"
	grep -vxE 'text|numeric|symbol' "$pgindent/usr/share/postgresql/$version/typedefs.list"
}

# a table that a program has made stays as it was made
mapfile -t files < <(ls src/*.[ch] src/*/*.[ch] test/*/*.[ch] test/modules/*/*.[ch] |
	grep -vxE 'src/sketch/code_lengths.c|test/unit/statistics_cases.h')

# who is not root keeps it in the checkout
pgindent=$CLK_CACHE/pgindent-$suite-$version
{ mkdir -p "$CLK_CACHE" && [ -w "$CLK_CACHE" ]; } 2>/dev/null || pgindent=$CLK_ROOT/headers/pgindent
if [ ! -e "$pgindent" ]; then
	if ! (get_pgindent "$CLK_TMP/pgindent") >"$CLK_TMP/apt.log" 2>&1; then
		echo "SKIPPED: no pgindent: $(tail -n 1 "$CLK_TMP/apt.log")"
		exit
	fi
	mkdir -p "${pgindent%/*}"
	mv -T "$CLK_TMP/pgindent" "$pgindent" 2>/dev/null || [ -e "$pgindent" ] || exit
fi

loader=$(ls "$pgindent"/usr/lib*/ld-*.so.* "$pgindent"/usr/lib/*/ld-*.so.* 2>/dev/null | head -n 1)
cat >"$CLK_TMP/pg_bsd_indent" <<-END_OF_SCRIPT
	#!/bin/sh
	exec "$loader" --library-path "$(ls -d "$pgindent"/usr/lib/*-linux-gnu*)" "$pgindent/usr/lib/postgresql/$version/bin/pg_bsd_indent" "\$@"
END_OF_SCRIPT
chmod +x "$CLK_TMP/pg_bsd_indent"
list_types >"$CLK_TMP/types"

# Print FILE:LINE and the lines there, as they are (-) and as they should be (+).
name_lines() {
	awk '/^--- / { file = $2; next }
		/^\+\+\+ / { next }
		/^@@ / { line = -$2; next }
		/^[-+]/ { print file ":" line ": " $0 }
		/^[- ]/ { line++; next }
		/^[^+]/ { print }'
}

# pgindent leaves files of its own in the directory in which it works
cd "$CLK_TMP" && ln -s "$CLK_ROOT"/{src,test} . || exit
[ "$1" != --check ] || options=(--diff)
perl "$pgindent/usr/lib/postgresql/$version/bin/pgindent" --indent="$CLK_TMP/pg_bsd_indent" \
	--typedefs="$CLK_TMP/types" "${options[@]}" "${files[@]}" 2>&1 | name_lines
