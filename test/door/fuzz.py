"""Whatever bytes come in, the program answers: with rows, or with one line."""

import csv
import io
import random
import re
import traceback

import dialects
from reader import read

PIECES = (b",", b";", b"\t", b'"', b"\n", b"\r", b"\0", b"\xff", b"\xe9", b"1.000", b"1,000", b"-", b"Total", b"All", b"=",
          b"2026-13-45", b"06/01/2026", b"sep=;\n", b"\xef\xbb\xbf", b"\xff\xfe", b"9" * 30, b"(", b"%", b"\xe2\x82\xac",
          b"Clicks (all)", b"Impressions", b"Day", b"0", b"E+17", b"\xe2\x8e\x96", b"\x1f", b"\\.",
          b"$", b"kr", b"26.03.02", b"13/03/2026", b"\xe2\x80\x8b", b"CTR", b"Currency", b"in $")


def mutant(content, dice):
    """The content with a few bytes changed, cut, doubled or put in."""
    content = bytearray(content)
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(content) + 1)
        other = min(len(content), place + dice.choice((1, 2, 8, 64)))
        kind = dice.randrange(5)
        if kind == 0:
            content[place:other] = b""
        elif kind == 1:
            content[place:place] = content[place:other]
        elif kind == 2:
            content[place:place] = dice.choice(PIECES)
        elif kind == 3:
            content[place:other] = bytes(dice.randrange(256) for _ in range(other - place))
        else:
            content[place:other] = dice.choice(PIECES)
    return bytes(content)


def is_good(answer):
    """Whether the program answered as it must: all rows well formed, or one line and no row."""
    if answer.status == 0:
        rows = list(csv.reader(io.StringIO(answer.out, newline="")))
        return all(len(row) == len(rows[0]) and are_good(dict(zip(rows[0], row))) for row in rows[1:])
    return answer.status == 1 and answer.err.count("\n") == 1 and not answer.rows


def are_good(row):
    """Whether PostgreSQL would take the cells of the row."""
    return (all(re.fullmatch(r"(?a)(\d{4}-\d\d-\d\d)?", row[c]) for c in ("day", "first_day", "last_day"))
            and all(re.fullmatch(r"(?a)\d{0,18}", row[c]) for c in ("clicks", "link_clicks", "impressions"))
            and re.fullmatch(r"(?a)(-?\d{1,18}(\.\d{0,18})?)?", row["spend"]) is not None)


def test(count, number=1500, seed=11):
    """Check so many mutants, of files in all dialects and packings."""
    for i in range(number):
        dice = random.Random(seed * 100000 + i)
        dialect = dialects.Dialect(dice)
        content = mutant(dialect.bytes(dialects.table(dice)), dice)
        name = "export.xlsx" if dialect.packing == "xlsx" else "export.csv"
        try:
            answer = read(content, name=name)
            count.check("mutant %d of seed %d" % (i, seed), is_good(answer), answer.status, answer.err[-300:], answer.out[-300:])
        except Exception:
            count.check("mutant %d of seed %d" % (i, seed), False, traceback.format_exc())
