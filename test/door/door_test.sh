#!/bin/bash
# door_test.sh
#	Does tools/read_export.py read every dialect of exported reports right, and
#	refuse the rest in one line?
#
# Prints what fails and, last, "N passed, N failed".

. "$(dirname "${BASH_SOURCE[0]}")/../lib/setup.sh"

clk_require_tools file
cd "$CLK_ROOT/test/door" || exit
exec /usr/bin/python3 -B run.py "$@"
