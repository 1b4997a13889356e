#!/usr/bin/python3
"""Reads what an ad platform exported and prints canonical rows: see --help."""

import sys

from exports.main import main

sys.exit(main(sys.argv[1:]))
