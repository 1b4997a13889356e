#!/usr/bin/python3
"""judge.py CLIENT: compares the answers on standard input with the truth, in lines
"ok" and "not ok"."""

import decimal
import json
import sys

import psycopg2

from questions import TYPES, plain, read_questions


def same(answer, truth):
    if answer is None or truth is None:
        return answer is truth
    try:
        answer, truth = decimal.Decimal(answer), decimal.Decimal(truth)
        # some clients make binary numbers of decimals
        return abs(answer - truth) <= abs(truth) * decimal.Decimal("1e-12")
    except decimal.InvalidOperation:
        return answer == truth


client = sys.argv[1]
answers = {name: rows for name, rows in map(json.loads, sys.stdin)}
cursor = psycopg2.connect("").cursor()
failed = 0
for question in read_questions(sys.argv[1]):
    cursor.execute(question["truth"])
    truth = [[plain(value) for value in row] for row in cursor.fetchall()]
    rows = answers.get(question["name"])
    good = (
        rows is not None
        and len(rows) == len(truth) > 0
        and all(len(row) == len(true) and all(map(same, row, true)) for row, true in zip(rows, truth))
    )
    print("ok" if good else "not ok", f"- {client}: {question['name']}")
    if not good:
        print(f"#   {rows}\n#   is not {truth}")
        failed += 1
types = " ".join((answers.get("types") or [[]])[0])
good = types == TYPES[client]
print("ok" if good else "not ok", f"- {client}: types are {types}")
failed += not good
sys.exit(failed > 0)
