"""Canonical rows as CSV that PostgreSQL and psql read, with an end that shows when it is cut off."""

import csv
import re

END_COLUMN = "row_count"

# psql takes a line of these two for the end of the data, though it be within quotes
_end_of_data = re.compile(r"^\\\.(?=\r?$)", re.MULTILINE)


class Output:
    """A csv writer whose last row says, in a column of its own, how many rows there are."""

    def __init__(self, out):
        self._out = out
        self._rows = csv.writer(self, lineterminator="\n")
        self._last = None
        self._count = 0

    def write(self, row):
        """Write a row as the csv writers have made it."""
        # quotes that close and open again: the cell stays what it is
        self._out.write(_end_of_data.sub(r'"\\."', row) if "\n\\." in row else row)

    def writerow(self, header):
        """Write the header."""
        self._rows.writerow([*header, END_COLUMN])

    def writerows(self, rows):
        """Write rows, all but the last, which may be the last of all."""
        rows = list(rows)
        if not rows:
            return
        if self._last is not None:
            self._rows.writerow([*self._last, None])
        self._rows.writerows([*row, None] for row in rows[:-1])
        self._last = rows[-1]
        self._count += len(rows)

    def finish(self):
        """Write the last row."""
        self._rows.writerow([*self._last, self._count])
