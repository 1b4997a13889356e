"""Finds the rows that are the total of other rows, by label, by blank cells and by their sums."""

import collections

from .complaint import Complaint, at, shown
from .labels import is_total_label
from .names import BREAKDOWNS, NAMES
from .numerals import number_of
from .periods import ALL
from .survey import NO_NAMES

ADDED = ("clicks", "link", "impressions", "spend")
MOST_CANDIDATES = 150_000
_LEVELS = (("account", "account_id"), ("campaign", "campaign_id"), ("ad_set", "ad_set_id"), ("ad", "ad_id"))


class Memo(dict):
    """A function of one text that remembers its last results."""

    def __init__(self, function):
        super().__init__()
        self._function = function

    def __missing__(self, text):
        if len(self) > 50_000:
            self.clear()
        result = self[text] = self._function(text)
        return result


class Candidate:
    """A row that leaves open what other rows fill in."""

    __slots__ = ("line", "open", "period", "cells", "numbers", "label", "label_at", "is_first", "is_last")


class Totals:
    """The lines of the rows that are totals, and what is to be said of them."""

    def __init__(self, table, survey, periods, options):
        self.table, self.survey, self.options = table, survey, options
        self.periods = periods
        self.lines = set()
        self.rows_by_period = collections.Counter()
        self.unequal = []       # (line, metric, own, sum) of totals that are not quite the sum
        self.doubtful = []      # lines of rows that may be totals, but are counted
        self.dimensions = [c for c in survey.dimensions if c.field not in ("currency",)]
        self._fields = [c.field for c in self.dimensions]
        self._wide = periods.wide()
        by_period = periods.rows_by_period()
        self._have_days = any(isinstance(p, tuple) for p in by_period)
        self._numbers = [(table.by_field[f].position, Memo(self._number)) for f in ADDED if f in table.by_field]
        self._added = [f for f in ADDED if f in table.by_field]
        open_days = self._wide or ALL in by_period or (self._have_days and None in by_period)
        if open_days or survey.has_labels or len(survey.blanks) > 1:
            self._find()

    def _number(self, text):
        number = number_of(text, self.survey.mark)
        return float(number) if number else None

    def _flagged(self, batch):
        """For each row of the batch, which dimensions are open, with the days last."""
        columns = []
        for dimension in self.dimensions:
            cells = batch.columns[dimension.position]
            kinds = {cell: self._kind(cell) for cell in set(cells)}
            columns.append([kinds[cell] for cell in cells] if any(kinds.values()) else [None] * len(cells))
        periods = self.periods.of_batch(batch)
        columns.append(["blank" if self._is_open(period) else None for period in periods])
        return list(zip(*columns)), periods

    @staticmethod
    def _kind(cell):
        cell = cell.strip()
        return "blank" if cell in NO_NAMES else is_total_label(cell)

    def _is_open(self, period):
        return self._have_days and (period is None or period == ALL or period in self._wide)

    def _find(self):
        patterns = self._count_patterns()
        leaves = {p for p in patterns if not any(q < p for q in patterns)}
        candidates = self._collect(set(patterns) - leaves, patterns)
        if candidates:
            groups = self._sum_children(candidates)
            self._judge(candidates, groups)

    def _count_patterns(self):
        patterns = collections.Counter()
        for batch in self.table.batches():
            flags, _ = self._flagged(batch)
            for flag, rows in collections.Counter(flags).items():
                patterns[self._open_of(flag)] += rows
        everywhere = frozenset.intersection(*patterns)
        self._never_filled = everywhere
        return {pattern - everywhere: rows for pattern, rows in patterns.items()}

    @staticmethod
    def _open_of(flag):
        return frozenset(i for i, kind in enumerate(flag) if kind)

    def _collect(self, wanted, patterns):
        if sum(patterns[p] for p in wanted) > MOST_CANDIDATES:
            # so many rows lack something that it is how the file is, except for the coarsest
            wanted = {p for p in wanted if patterns[p] < MOST_CANDIDATES // 10}
        found = []
        first_line = last_line = None
        for batch in self.table.batches():
            flags, periods = self._flagged(batch)
            first_line = first_line or batch.lines[0]
            last_line = batch.lines[-1]
            for i, flag in enumerate(flags):
                if any(flag):
                    opened = self._open_of(flag) - self._never_filled
                    if opened in wanted:
                        found.append(self._candidate(batch, i, flag, opened, periods[i]))
        for candidate in found:
            candidate.is_first = candidate.line == first_line
            candidate.is_last = candidate.line == last_line
        self._first_line, self._last_line = first_line, last_line
        return [c for c in found if any(c.numbers)]

    def _candidate(self, batch, i, flag, opened, period):
        candidate = Candidate()
        row = batch.rows[i]
        candidate.line, candidate.open, candidate.period = batch.lines[i], opened, period
        candidate.cells = row
        candidate.numbers = self._numbers_of(row)
        labels = [(kind, at_) for at_, kind in enumerate(flag[:-1]) if kind in ("surely", "maybe")]
        if period == ALL:
            labels.append(("maybe", len(self.dimensions)))
        candidate.label, candidate.label_at = max(labels, default=(None, None))
        return candidate

    def _numbers_of(self, row):
        return tuple(memo[row[position]] for position, memo in self._numbers)

    def _key(self, opened, row, period):
        cells = [row[dimension.position].strip() for i, dimension in enumerate(self.dimensions)
                 if i not in opened and i not in self._never_filled]
        if len(self.dimensions) not in opened:
            cells.append(period)
        return hash(tuple(cells))

    def _group_of(self, candidate):
        opened = len(self.dimensions) in candidate.open
        return (candidate.open, self._key(candidate.open, candidate.cells, candidate.period),
                candidate.period if opened and isinstance(candidate.period, tuple) else None)

    def _sum_children(self, candidates):
        """{group: [rows, sum, sum, ...]} of the rows that are surely no totals, for each candidate's group."""
        groups = {self._group_of(c): None for c in candidates}
        lines = {c.line for c in candidates}
        self._spans = collections.defaultdict(set)
        for opened, _, span in groups:
            self._spans[opened].add(span)
        for batch in self.table.batches():
            flags, periods = self._flagged(batch)
            for line, row, flag, period in zip(batch.lines, batch.rows, flags, periods):
                if line not in lines:
                    mine = self._open_of(flag) - self._never_filled if any(flag) else frozenset()
                    self._add(groups, mine, row, period, None)
        return groups

    def _add(self, groups, mine, row, period, numbers):
        """Add a row to the groups of all the candidates that it may be part of."""
        for opened, spans in self._spans.items():
            if not mine < opened:
                continue
            key = self._key(opened, row, period)
            for span in spans:
                group = (opened, key, span)
                if group not in groups or span and not _within(period, span):
                    continue
                numbers = numbers or self._numbers_of(row)
                sums = groups[group]
                if sums is None:
                    sums = groups[group] = [0] + [0.0] * len(numbers)
                sums[0] += 1
                for i, number in enumerate(numbers, 1):
                    sums[i] += number or 0

    def _judge(self, candidates, groups):
        for candidate in sorted(candidates, key=lambda c: (len(c.open), c.line)):
            sums = groups[self._group_of(candidate)]
            if candidate.line in self.options.keep:
                verdict = False
            elif candidate.line in self.options.leave_out:
                verdict = True
            else:
                verdict = self._is_total(candidate, sums)
            if verdict:
                self.lines.add(candidate.line)
                self.rows_by_period[candidate.period] += 1
            else:
                self._add(groups, candidate.open, candidate.cells, candidate.period, candidate.numbers)

    def _is_total(self, candidate, sums):
        if sums and self._equal(candidate.numbers, sums):
            self._note_difference(candidate, sums)
            return True
        by_label = self._is_total_by_label(candidate, sums)
        if by_label is not None:
            return by_label
        if not sums:
            return False
        by_blanks = self._is_total_by_blanks(candidate, sums)
        if by_blanks:
            self._note_difference(candidate, sums)
        elif self._lacks_all(candidate.open, NAMES) or self._lacks_all(candidate.open, BREAKDOWNS):
            self.doubtful.append(candidate.line)
        return by_blanks

    def _equal(self, numbers, sums):
        pairs = [(own, total, field) for own, total, field in zip(numbers, sums[1:], self._added) if own is not None]
        counts = [(own, total) for own, total, field in pairs if field != "spend"]
        if len(counts) > 1 and any(own for own, _ in counts):
            return all(own == total for own, total in counts)
        return any(own for own, _, _ in pairs) and all(
            abs(own - total) <= (0.0051 * sums[0] + 0.006 if field == "spend" else 0) for own, total, field in pairs)

    def _at_least(self, numbers, sums):
        return all(own is None or own >= total - 0.0051 * sums[0] - 0.006 for own, total in zip(numbers, sums[1:]))

    def _is_total_by_label(self, candidate, sums):
        if candidate.label is None:
            return None
        where = candidate.label_at
        days = where == len(self.dimensions)
        others = candidate.open - {where}
        if candidate.label == "surely" and (others or not sums):
            # nothing else that rows have: it is what it says, of rows that the file may lack
            if sums:
                self._note_difference(candidate, sums)
            return True
        if candidate.label == "maybe" and not days:
            return False if not others else None
        column = self.table.by_field["day"] if days else self.dimensions[where]
        name = candidate.cells[column.position]
        raise at(candidate.line, column.header, '"%s" is not the sum of other rows: say --leave-out=%d or --keep=%d'
                 % (shown(name, 20), candidate.line, candidate.line))

    def _is_total_by_blanks(self, candidate, sums):
        opened = candidate.open
        days_open = len(self.dimensions) in opened
        has_names = any(f in NAMES for f in self._fields)
        if has_names and self._lacks_all(opened, NAMES):
            if days_open:
                return True
            is_meta = "first_day" in self.survey.dates and "last_day" in self.survey.dates
            return is_meta and candidate.is_first and self._at_least(candidate.numbers, sums)
        if not self._at_least(candidate.numbers, sums):
            return False
        if any(self._lacks_all(opened, level) for level in _LEVELS):
            return not days_open
        of_an_ad = any(f in ("ad", "ad_id") for f in self._fields)
        lacking = {self._fields[i] for i in opened if i < len(self.dimensions)}
        return of_an_ad and not days_open and lacking <= set(BREAKDOWNS)

    def _lacks_all(self, opened, fields):
        """Whether the row has none of these fields, though others have some."""
        here = {i for i, field in enumerate(self._fields) if field in fields and i not in self._never_filled}
        return bool(here) and here <= opened

    def _note_difference(self, candidate, sums):
        for own, total, field in zip(candidate.numbers, sums[1:], self._added):
            if own is not None and abs(own - total) > 0.0051 * sums[0] + 0.006:
                self.unequal.append((candidate.line, field, own, total))
                return


def _within(period, span):
    return isinstance(period, tuple) and span[0] <= period[0] and period[1] <= span[1]
