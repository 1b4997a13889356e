"""Records of delimited text, with the line on which each begins."""

import csv
import itertools
import re

from .complaint import Complaint

CHUNK = 4096
LONGEST_CELL = 100_000
csv.field_size_limit(LONGEST_CELL)
_line_breaks = re.compile("\r\n|\r|\n")


def breaks_in(cells):
    """How many line breaks there are in the cells."""
    return sum(len(_line_breaks.findall(cell)) for cell in cells)


def chunks_of(lines, delimiter, skipped=0, counts_records=False):
    """The records as (rows, places) of up to CHUNK at a time.

    A place is the line on which the record begins; skipped lines are before those given.  Where there are no
    lines, as in a sheet, it is the number of the record.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    at_end = False
    first = skipped + 1
    while not at_end:
        rows = []
        before = reader.line_num
        problem = None
        try:
            for row in itertools.islice(reader, CHUNK):
                rows.append(row)
        except csv.Error as error:
            problem = str(error)
        at_end = len(rows) < CHUNK
        if counts_records or reader.line_num - before == len(rows):
            places = range(first, first + len(rows))
            first += len(rows)
        else:
            places = []
            for row in rows:
                places.append(first)
                first += 1 + breaks_in(row)
        if problem is not None:
            _complain(problem, first, skipped + reader.line_num)
        if rows:
            yield rows, places


def head_of(lines, delimiter, skipped=0, counts_records=False):
    """(place, cells) of the records of a beginning that may end anywhere."""
    reader = csv.reader(iter(lines), delimiter=delimiter)
    place = skipped + 1
    try:
        for row in reader:
            yield place, row
            place = place + 1 if counts_records else skipped + reader.line_num + 1
    except csv.Error:
        return


def _complain(problem, first, last):
    if "end of data" in problem:
        raise Complaint("line %d: a quoted field is never closed" % first)
    if "limit" in problem:
        raise Complaint("line %d: a field has more than %d characters, or its quote is never closed"
                        % (first, LONGEST_CELL))
    raise Complaint("line %d: a quote within a quoted field is not doubled" % last)
