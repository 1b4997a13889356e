"""From the date cells of a row to the day, week or other period that it covers."""

import datetime
import re

from . import days
from .complaint import Complaint, at, shown
from .labels import is_total_label
from .names import bare, plain
from .numerals import BLANKS

# the row covers all days of the file
ALL = "all days"
DAY_LIKE = "a day like 2026-03-09, 03/09/2026 or 09.03.2026"
_week = datetime.timedelta(6)
# names that promise a day; "Date" and "Reporting starts" may as well be that of a week
_NAMES_OF_DAYS = frozenset(("day", "by day", "segments.date", "tag", "jour", "dia", "giorno", "dag", "日", "日別", "date day",
                            "stat time day", "date start day"))


class Periods:
    """The period of every row, by its date cells: (first, last), ALL, or None without any."""

    def __init__(self, table, survey, options):
        self._survey = survey
        self._options = options
        self._table = table
        self._fields = list(survey.dates)
        self._positions = [table.by_field[field].position for field in self._fields]
        self._step = self._step_of_days()
        self.notes = []
        self.of_cells = {}
        for cells, (line, _) in survey.date_cells.items():
            self.of_cells[cells] = self._resolve(dict(zip(self._fields, cells)))

    def of_batch(self, batch):
        """The period of each row of the batch."""
        if not self._positions:
            return [None] * len(batch.rows)
        of_cells = self.of_cells
        return [of_cells[cells] for cells in zip(*(batch.columns[p] for p in self._positions))]

    def of_row(self, row):
        """The period of one row."""
        return self.of_cells[tuple(row[p] for p in self._positions)] if self._positions else None

    def _step_of_days(self):
        """day, week or month: how long a row is whose date is a single day."""
        options = self._options
        if options.weekly or options.monthly:
            return "week" if options.weekly else "month"
        for _, title in self._table.titles:
            match = re.search(r"aggregation: (\w+)", title, re.IGNORECASE)
            if match and match[1].lower() in ("weekly", "monthly"):
                return match[1].lower()[:-2]
        return "day"

    def _resolve(self, cells):
        present = {field: bare(value) for field, value in cells.items() if bare(value) not in BLANKS}
        outer = None
        if "first_day" in present and "last_day" in present:
            outer = self._day(cells, "first_day"), self._day(cells, "last_day")
            if outer[0] > outer[1]:
                raise self._bad(cells, "last_day", "a day after %s" % outer[0])
        for field, step in (("day", self._step), ("week", "week"), ("month", "month")):
            if field in present:
                if is_total_label(present[field]):
                    return ALL
                return self._stretch(self._period(cells, field), step, outer)
        if outer:
            return outer
        if "first_day" in present:
            return self._stretch((self._day(cells, "first_day"),) * 2, self._step, None)
        return None

    def _stretch(self, period, step, outer):
        first, last = period
        if first != last or step == "day":
            return period
        if outer and outer[0] <= first <= outer[1] and outer[1] - outer[0] <= _week * (1 if step == "week" else 5):
            return outer
        return (first, first + _week) if step == "week" else days.month_of(first)

    def _period(self, cells, field):
        try:
            return days.period_of(cells[field], self._survey.day_first)
        except (ValueError, OverflowError):
            raise self._bad(cells, field, DAY_LIKE) from None

    def _day(self, cells, field):
        first, last = self._period(cells, field)
        return last if field == "last_day" else first

    def _bad(self, cells, field, expected):
        line = self._survey.dates[field][cells[field]]
        value = bare(cells[field])
        if re.fullmatch(r"(?a)[34]\d{4}([.,⎖]\d+)?", value):
            day = datetime.date(1899, 12, 30) + datetime.timedelta(int(value[:5]))
            expected += ", but a spreadsheet's number of %s: give the column the format of a date and save it again" % day
        return at(line, self._table.by_field[field].header, '"%s" is not %s' % (shown(value), expected))

    def rows_by_period(self):
        """{period: [first line, rows]} over the whole file."""
        if not self._fields:
            return {None: [self._table.line + 1, self._survey.rows]}
        found = {}
        for cells, (line, rows) in self._survey.date_cells.items():
            entry = found.setdefault(self.of_cells[cells], [line, 0])
            entry[0] = min(entry[0], line)
            entry[1] += rows
        return found

    def wide(self):
        """The periods that strictly contain another one, so that their rows may be totals."""
        real = [p for p in self.rows_by_period() if isinstance(p, tuple)]
        long = [p for p in real if p[0] != p[1]]
        if len(long) * len(real) > 10_000_000:
            return frozenset()
        return frozenset(p for p in long if any(
            p != q and p[0] <= q[0] and q[1] <= p[1] for q in real))

    def doubt_days(self, periods):
        """Complain about, or note, days that look like the first ones of weeks or months."""
        if self._step != "day" or self._options.daily or "week" in self._fields or "month" in self._fields:
            return
        field = "day" if "day" in self._fields else "first_day" if self._fields == ["first_day"] else None
        singles = sorted(p[0] for p in periods if isinstance(p, tuple) and p[0] == p[1])
        if not field or len(singles) != len([p for p in periods if isinstance(p, tuple)]) or not singles:
            return
        header = self._table.by_field[field].header
        if len(singles) == 1:
            if field == "first_day":
                self.notes.append('"%s" was taken for the day, as the file does not tell when rows end; if they cover '
                                  'more, say --weekly or --monthly.' % shown(header))
            return
        if plain(header) in _NAMES_OF_DAYS:
            return
        gaps = {(after - before).days for before, after in zip(singles, singles[1:])}
        looks = "weekly" if all(gap % 7 == 0 for gap in gaps) else None
        if all(day.day == 1 for day in singles):
            looks = "monthly"
        if looks and len(singles) > 2:
            raise Complaint('column "%s": its days look %s: say --%s, or --daily if they are days'
                            % (shown(header), looks, looks))
        if looks:
            self.notes.append('"%s" was taken for days; if they are of weeks, say --weekly, of months, --monthly.'
                              % shown(header))


def overlap_of(periods):
    """Two periods that share days, of those given as {period: [line, rows]}, or None."""
    real = sorted(p for p in periods if isinstance(p, tuple))
    for before, after in zip(real, real[1:]):
        if after[0] <= before[1]:
            return before, after
    return None
