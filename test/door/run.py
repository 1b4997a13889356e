"""Runs the tests of tools/read_export.py that are named, or all, and counts them."""

import sys

import dialects
import doubts
import fuzz
import kinds
import plants
import refusals
import shared_cases
from reader import Count

PARTS = {"kinds": kinds.test, "refusals": refusals.test, "plants": plants.test,
         "shared_cases": shared_cases.test,
         "doubts": doubts.test, "dialects": dialects.test, "fuzz": fuzz.test}

count = Count()
for name in sys.argv[1:] or PARTS:
    PARTS[name](count)
print("%d passed, %d failed" % (count.passed, count.failed))
sys.exit(count.failed > 0)
