"""Runs read_export.py in this process, and compares what it prints."""

import csv
import io
import os
import re
import sys
import tempfile
from decimal import Decimal

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools")
sys.path.insert(0, TOOLS)

from exports.main import main      # noqa: E402


class Count:
    """How many checks passed and failed; those that fail are printed."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, good, *details):
        """Count one check."""
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED", name, *details, sep="\n    ")


class Answer:
    """What the program said of one file."""

    def __init__(self, status, out, err):
        self.status = status
        self.out, self.err = out, err
        self.rows = list(csv.DictReader(io.StringIO(out, newline="")))
        self.told = " ".join(err.split())

    def total(self, column):
        """The sum of a column as text without needless zeros, '' if it is blank everywhere."""
        cells = [Decimal(row[column]) for row in self.rows if row[column]]
        return format(sum(cells).normalize(), "f") if cells else ""

    def totals(self):
        """Clicks, impressions and spend."""
        return self.total("clicks"), self.total("impressions"), self.total("spend")

    def values(self, column):
        """The different values of a column, sorted."""
        return sorted({row[column] for row in self.rows})


def read(content, *options, name="export.csv"):
    """The answer to a file with this content, bytes or text."""
    if isinstance(content, str):
        content = content.encode()
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, name)
        with open(path, "wb") as file:
            file.write(content)
        answer = read_path(path, *options)
    answer.err = answer.err.replace(directory + os.sep, "")
    return answer


def read_path(path, *options):
    """The answer to a file that is there."""
    streams = sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in streams)
    sys.stdout, sys.stderr = out, err
    try:
        status = main([*options, "--", path])
    finally:
        sys.stdout, sys.stderr = streams
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8", "replace"))
    return Answer(status, *texts)


def is_refused(answer, pattern):
    """Whether the file was refused in one line that has the pattern, with nothing printed for rows."""
    return (answer.status == 1 and answer.err.count("\n") == 1 and len(answer.rows) == 0
            and bool(re.search(pattern, answer.err)))
