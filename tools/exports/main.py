"""The command line of read_export.py."""

import argparse
import gzip
import os
import re
import sys
import time
import zipfile
import zlib

from . import days
from .canonical import Canonical
from .complaint import Complaint, shown
from .files import Source
from .labels import is_total_label
from .names import NAMES, code_of
from .output import Output
from .periods import ALL, Periods, overlap_of
from .summary import Summary
from .survey import NO_NAMES, Survey
from .table import Table
from .totals import Totals

PROGRESS_ROWS = 100_000


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Complaint(message)


def _wrong(text, right):
    return argparse.ArgumentTypeError('"%s" is not %s' % (shown(text), right))


def _lines(text):
    if not re.fullmatch(r"(?a)\s*\d{1,15}(\s*,\s*\d{1,15})*\s*", text):
        raise _wrong(text, "the number of a line, or several, such as 7,19")
    return frozenset(map(int, text.split(",")))


def _period(text):
    found = re.fullmatch(r"(?a)(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", text.strip())
    try:
        period = days.day_of(found[1], None), days.day_of(found[2], None)
    except (TypeError, ValueError):
        raise _wrong(text, "a period like 2026-03-01..2026-03-31") from None
    if period[0] > period[1]:
        raise _wrong(text, "a period: its last day is before its first")
    return period


def _currency(text):
    code = code_of(text)
    if code is None:
        raise _wrong(text, "a currency, such as EUR")
    return code


def _encoding(text):
    try:
        "".encode(text)
    except (LookupError, ValueError):
        raise _wrong(text, "an encoding, such as utf-8 or cp1252") from None
    return text


def _delimiter(text):
    delimiter = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise _wrong(text, "one character that separates cells, such as ; or tab")
    return delimiter


def parser(program):
    """The parser of the options, which demo.sh takes as well."""
    options = _Parser(prog=program, description="Reads a report that an ad platform exported, as CSV or .xlsx, "
                      "and prints canonical rows as CSV.")
    order = options.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_true", help="3/2/2026 is 3 February")
    order.add_argument("--month-first", action="store_true", help="3/2/2026 is March 2")
    order.add_argument("--year-first", action="store_true", help="26.03.02 is 2 March 2026")
    mark = options.add_mutually_exclusive_group()
    mark.add_argument("--decimal-comma", action="store_true", help="1.000 is a thousand, 1,5 one and a half")
    mark.add_argument("--decimal-point", action="store_true", help="1,000 is a thousand, 1.5 one and a half")
    unit = options.add_mutually_exclusive_group()
    unit.add_argument("--ctr-percent", action="store_true", help="a CTR of 0.5 is 1 click of 200 impressions")
    unit.add_argument("--ctr-fraction", action="store_true", help="a CTR of 0.5 is 1 click of 2 impressions")
    length = options.add_mutually_exclusive_group()
    length.add_argument("--daily", action="store_true", help="dates are days, even if they are 7 apart")
    length.add_argument("--weekly", action="store_true", help="dates are the first days of weeks")
    length.add_argument("--monthly", action="store_true", help="dates are the first days of months")
    options.add_argument("--period", type=_period, metavar="FIRST..LAST", help="what rows without any day cover")
    options.add_argument("--currency", type=_currency, help="the currency, where the file does not tell it, such as EUR")
    options.add_argument("--keep", type=_lines, default=frozenset(), metavar="LINES",
                         help="count these lines, though they look like totals")
    options.add_argument("--leave-out", type=_lines, default=frozenset(), metavar="LINES", help="do not count these lines")
    options.add_argument("--once", action="store_true", help="count rows that are the same to the last cell once")
    options.add_argument("--fill-down", action="store_true", help="blank names are those of the row above")
    options.add_argument("--encoding", type=_encoding, help="such as utf-8 or cp1252")
    options.add_argument("--delimiter", type=_delimiter, help="what separates cells, such as ; or tab")
    options.add_argument("--sheet", help="the sheet of a workbook")
    options.add_argument("--summary", metavar="FILE", help="where to tell what was understood, rather than on stderr")
    options.add_argument("--program", help=argparse.SUPPRESS)
    options.add_argument("file", help="the exported file; - for standard input")
    return options


class _Progress:
    """Tells on stderr how far a long file is."""

    def __init__(self, what):
        self.what = what
        self._next = PROGRESS_ROWS

    def __call__(self, rows):
        if rows >= self._next:
            self._next += PROGRESS_ROWS
            print("%s: %s rows" % (self.what, format(rows, ",")), file=sys.stderr, flush=True)


def _fill_down(table, survey, options):
    """Find the layout in which a name stands only in the first row of its block; True if it is there."""
    names = [c.position for c in table.columns if c.field in NAMES]
    day = table.by_field.get("day")
    table.fill_down_unless = day.position if day else None
    if options.fill_down:
        table.fill_down = tuple(names)
        return True
    if not day or not any(is_total_label(value) for value in survey.dates["day"]):
        return False
    found = set()
    above = None
    for batch in table.batches():
        for row in batch.rows:
            if above is not None:
                found.update(p for p in names if above[p].strip() not in NO_NAMES and row[p].strip() in NO_NAMES
                             and row[day.position].strip() and not is_total_label(row[day.position]))
            above = row if is_total_label(row[day.position]) else None
    table.fill_down = tuple(sorted(found))
    return bool(found)


def _settle_periods(table, survey, periods, totals, options):
    left = periods.rows_by_period()
    for period, rows in totals.rows_by_period.items():
        left[period][1] -= rows
    left = {period: place for period, place in left.items() if place[1] > 0}
    if options.period is None and not survey.dates:
        options.period = survey.title_period()
    if any(isinstance(p, tuple) and p[0] != p[1] for p in left):
        shared = overlap_of(left)
        if shared:
            (before, after), lines = shared, [left[p][0] for p in shared]
            raise Complaint("line %d: covers %s to %s, but line %d %s to %s: days would count twice"
                            % (lines[1], *after, lines[0], *before))
    periods.doubt_days(left)
    return left


def read(path, options, out, progress=True):
    """Write the canonical rows of the file to out.  Returns the lines that tell what was understood."""
    source = Source(path, options, _Progress("unpacked")) if progress else Source(path, options)
    table = Table(source, options)
    if progress:
        table.progress = _Progress("looked at")
    survey = Survey(table, options)
    if _fill_down(table, survey, options):
        survey = Survey(table, options)
    survey.settle_numbers()
    survey.settle_days()
    table.progress = lambda rows: None
    periods = Periods(table, survey, options)
    totals = Totals(table, survey, periods, options)
    spans = _settle_periods(table, survey, periods, totals, options)
    canonical = Canonical(table, survey, periods, totals, options)
    if progress:
        table.progress = _Progress("read")
    rows = Output(out)
    canonical.write(rows)
    if not canonical.rows:
        raise Complaint("has no rows but totals")
    said = list(Summary(table, survey, periods, spans, totals, canonical, options).lines())
    rows.finish()
    return said


def main(arguments):
    """Run the program.  Returns its exit status."""
    path = None
    program = next((a[10:] for a in arguments if a.startswith("--program=")), "read_export.py")
    try:
        options = parser(program).parse_args(arguments)
        path = options.file
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        said = "\n".join(read(path, options, sys.stdout)) + "\n"
        sys.stdout.flush()
        if options.summary is None:
            sys.stderr.reconfigure(encoding="utf-8", errors="replace")
            sys.stderr.write(said)
        else:
            with open(options.summary, "w", encoding="utf-8") as summary:
                summary.write(said)
        return 0
    except Complaint as complaint:
        problem = str(complaint)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError):
        problem = "is packed, and broken or cut off"
    except BrokenPipeError:
        # whoever reads has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        problem = "cannot be read or written: %s" % error.strerror
    except MemoryError:
        problem = "does not fit in memory"
    except KeyboardInterrupt:
        return 130
    where = program if path is None else "%s: %s" % (program, shown(path, 200))
    print("%s: %s" % (where, problem), file=sys.stderr)
    return 1
