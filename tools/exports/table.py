"""Finds the table in the text of a file, and hands out its rows in batches."""

import itertools
import re

from .complaint import Complaint, at, shown
from .labels import is_total_label
from .names import ENGLISH_TOO, METRICS, plain, recognize_all
from .numerals import BLANKS
from .records import breaks_in, chunks_of, head_of

HEADER_LINES = 100
DELIMITERS = ("\t", ";", ",", "|")


class Batch:
    """Some rows of the table: cells by row, cells by column, and the line of each row."""

    def __init__(self, rows, lines, counts_records=False):
        self.rows = rows
        self.lines = lines
        self.columns = list(zip(*rows))
        self.counts_records = counts_records

    def line_of(self, place, position):
        """The line on which a cell begins: cells before it may have several."""
        return self.lines[place] + (0 if self.counts_records else breaks_in(self.rows[place][:position]))

    def only(self, wanted):
        """The rows for which wanted has something true, None if there are none."""
        rows = [row for row, keep in zip(self.rows, wanted) if keep]
        lines = [line for line, keep in zip(self.lines, wanted) if keep]
        return Batch(rows, lines, self.counts_records) if rows else None


class Table:
    """The table of a file: its columns, and a pass over its rows as often as wanted."""

    def __init__(self, source, options):
        self.source = source
        self.titles = []
        head = list(itertools.islice(source.lines(), HEADER_LINES))
        self._skip = 0
        given = re.fullmatch(r'\s*"?sep=(.)"?[;,]*\s*', head[0].lstrip("\ufeff").rstrip("\r\n")) if head else None
        if given:
            self._skip = 1
        delimiters = (options.delimiter or (given and given[1]),)
        self._find_header(head[self._skip:], delimiters if delimiters[0] else DELIMITERS)
        self.width = len(self.columns)
        self.by_field = {column.field: column for column in self.columns if column.field}
        self._numbers = [c.position for c in self.columns if c.field in METRICS]
        # a row that has its impressions, or else clicks, is surely one
        self._required = self.by_field.get("impressions", self.columns[self._numbers[0]]).position
        self.fill_down = ()             # columns whose blanks are what stands above
        self.fill_down_unless = None    # a column whose label of a total says that they are not
        self.loose = {}         # line -> text of what is no row
        self.repeated_headers = []
        self.progress = lambda rows: None

    def _find_header(self, head, delimiters):
        best = None
        for delimiter in delimiters:
            for line, cells in self._head_records(head, delimiter):
                columns = recognize_all(cells)
                fields = {c.field for c in columns if c.field}
                merit = (len(fields), bool(fields & {"impressions", "clicks", "link", "ctr"}), -line, len(cells))
                if best is None or merit > best[0]:
                    best = (merit, line, delimiter, columns)
        if best is None or all(not cell.strip() for cell in head):
            raise Complaint("is empty")
        merit, self.line, self.delimiter, self.columns = best
        self._doubt_english_words(head)
        fields = {c.field for c in self.columns}
        if merit[0] == 0:
            _, self.line, self.delimiter, self.columns = self._first_line(head)
        for wanted, name in ((("clicks", "link", "ctr"), "Clicks (all)"), (("impressions",), "impressions")):
            if not fields.intersection(wanted):
                raise Complaint("line %d: no column for %s among: %s" % (
                    self.line, name, shown(", ".join(c.header for c in self.columns if c.header), 300)))
        for line, cells in self._head_records(head, self.delimiter):
            if line >= self.line:
                break
            if any(cells):
                self.titles.append((line, " ".join(cell for cell in cells if cell)))
        while self.columns and not self.columns[-1].header:
            self.columns.pop()
        if not self.source.counts_records:
            # quotes in the titles need not be in order
            self._skip = self.line - 1

    def _doubt_english_words(self, head):
        """"Tag" is a day in German only where there are days."""
        doubtful = [c for c in self.columns if c.field == "day" and plain(c.header) in ENGLISH_TOO]
        below = [cells for line, cells in self._head_records(head, self.delimiter) if line > self.line]
        for column in doubtful:
            values = [cells[column.position] for cells in below if len(cells) > column.position]
            if values and not any(re.search(r"\d", value) for value in values):
                column.field = None

    def _head_records(self, head, delimiter):
        return head_of(head, delimiter, self._skip, self.source.counts_records)

    def _first_line(self, head):
        for line, cells in self._head_records(head, ","):
            if any(cell.strip() for cell in cells):
                return None, line, ",", recognize_all(cells)
        raise Complaint("is empty")

    def batches(self):
        """The rows below the header, all as wide as it; what is no row is put into loose."""
        self.loose, self.repeated_headers = {}, []
        self._above = None
        counts_records = self.source.counts_records
        done = 0
        lines_below = itertools.islice(self.source.lines(), self._skip, None)
        for rows, places in chunks_of(lines_below, self.delimiter, self._skip, counts_records):
            if places[0] <= self.line:
                below = next((i for i, place in enumerate(places) if place > self.line), len(rows))
                rows, places = rows[below:], places[below:]
            rows, places = self._rows_only(rows, places)
            if rows:
                yield Batch(rows, places, counts_records)
                done += len(rows)
                self.progress(done)

    def _rows_only(self, rows, places):
        """What of the records is a row of the table, at its full width."""
        width, required = self.width, self._required
        if not self.fill_down and all(len(row) == width and row[required][:1].isdigit() for row in rows):
            return rows, list(places)
        kept, lines = [], []
        for row, line in zip(rows, places):
            if len(row) != width or not row[required][:1].isdigit():
                row = self._odd_row(line, row)
                if row is None:
                    continue
            if self.fill_down:
                self._above = row if self._keeps_blanks(row) else self._filled(row, self._above)
            kept.append(row)
            lines.append(line)
        return kept, lines

    def _filled(self, row, above):
        for position in self.fill_down:
            if above and row[position].strip() in BLANKS:
                row[position] = above[position]
        return row

    def _keeps_blanks(self, row):
        return self.fill_down_unless is not None and is_total_label(row[self.fill_down_unless])

    def _odd_row(self, line, row):
        """The row, if it is one, as wide as the header; None for empty, loose and header lines."""
        filled = [position for position, cell in enumerate(row) if cell.strip()]
        if not filled:
            return None
        if self.source.counts_records:
            # a sheet does not say where its rows end
            row = row + [""] * (self.width - len(row))
        headers = [column.header for column in self.columns]
        if [" ".join(cell.split()) for cell in row[:self.width]] == headers and filled[-1] < self.width:
            self.repeated_headers.append(line)
            return None
        if len(row) > self.width:
            if filled[-1] >= self.width:
                raise at(line, headers[-1], "is not the last, the row has too many fields")
            return row[:self.width]
        if self._is_loose(row, filled):
            if line > self.line:
                self.loose[line] = " ".join(cell for cell in row if cell.strip())
            return None
        self._refuse_another_header(line, row)
        if len(row) < self.width:
            if len(row) <= self._numbers[-1]:
                raise at(line, headers[len(row)], "is missing, the row has too few fields")
            row = row + [""] * (self.width - len(row))
        return row

    def _refuse_another_header(self, line, row):
        if any(_has_number(cell) for cell in row):
            return
        fields = {column.field for column in recognize_all(row)} - {None}
        if len(fields) > 2 and not fields.isdisjoint(METRICS):
            raise Complaint("line %d: another table begins here; give each a file of its own" % line)

    def _is_loose(self, row, filled):
        """Whether a line says something in its first cells and has nothing where numbers are."""
        numbers = [row[position] for position in self._numbers if position < len(row)]
        if len(row) < self.width and not any(_has_number(cell) for cell in numbers):
            return True
        return filled == [0] and 0 not in self._numbers and self.width > 2


def _has_number(cell):
    cell = cell.strip()
    return cell not in BLANKS and bool(re.search(r"\d", cell)) and not re.search(r"[^\W\d_]{4,}", cell)
