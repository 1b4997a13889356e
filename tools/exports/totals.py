"""Finds the rows that are the total of other rows, by label, by blank cells and by their sums."""

import collections
import itertools
import math

from .complaint import at, shown
from .labels import is_total_label, subtotal_of
from .names import BREAKDOWNS, DATES, NAMES
from .numerals import number_of
from .parts import NEARLY_ALL, Parts, nearly_all
from .periods import ALL
from .survey import NO_NAMES

ADDED = ("clicks", "link", "impressions", "spend")
MOST_CANDIDATES = 1_000_000
# bits of evidence: a sum of small counts is no more than a coincidence
WEAK = 6
STRONG = 20
MOST_ODD = 20_000
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
        self.left_open = set()  # what such rows leave open
        self.notes = []
        self.doubtful = []      # lines of rows that may be totals, but are counted
        self.dimensions = [c for i, c in enumerate(survey.dimensions)
                           if c.field != "currency" and not all(blank[i] for blank in survey.blanks)]
        # what is not known takes part by its blanks and labels only
        self._known = range(len(self.dimensions))
        self.dimensions += survey.others_mostly_filled()
        self._fields = [c.field for c in self.dimensions]
        self._names = Memo(lambda cell: subtotal_of(cell) or cell.strip())
        self.plain_names = Memo(lambda cell: "" if cell.strip() in NO_NAMES else cell.strip())
        self._kinds = Memo(self._kind_of)
        self._wide = periods.wide()
        by_period = periods.rows_by_period()
        self._have_days = any(isinstance(p, tuple) for p in by_period)
        self._numbers = [(table.by_field[f].position, Memo(self._number)) for f in ADDED if f in table.by_field]
        self.added = [f for f in ADDED if f in table.by_field]
        open_days = self._wide or ALL in by_period or (self._have_days and None in by_period)
        if open_days or survey.has_labels or len(survey.blanks) > 1 or survey.has_blanks_elsewhere():
            self._find()
        Parts(self).find()
        survey.some_days = None

    def _number(self, text):
        number = number_of(text, self.survey.mark)
        return float(number) if number else None

    def _flagged(self, batch):
        """For each row of the batch, which dimensions are open, with the days last; None if none is anywhere."""
        periods = self.periods.of_batch(batch)
        columns = []
        for dimension in self.dimensions:
            cells = batch.columns[dimension.position]
            kinds = {cell: self._kinds[cell] for cell in set(cells)}
            columns.append([kinds[cell] for cell in cells] if any(kinds.values()) else None)
        kinds = {period: "blank" if self._is_open(period) else None for period in set(periods)}
        columns.append([kinds[period] for period in periods] if any(kinds.values()) else None)
        if not any(columns):
            return None, periods
        return list(zip(*(column or itertools.repeat(None) for column in columns))), periods

    @staticmethod
    def _kind_of(cell):
        cell = cell.strip()
        return "blank" if cell in NO_NAMES else is_total_label(cell)

    def _is_open(self, period):
        return self._have_days and (period is None or period == ALL or period in self._wide)

    def _find(self):
        patterns = self._look_at_all()
        leaves = {p for p in patterns if not any(self._is_finer(q, p) for q in patterns)}
        wanted = set(patterns) - leaves
        candidates = self._odd if len(self._odd) <= MOST_ODD else self._collect(wanted, patterns)
        candidates = [c for c in candidates if c.open in wanted and any(c.numbers)]
        for candidate in candidates:
            candidate.is_first = candidate.line == self._first_line
            candidate.is_last = candidate.line == self._last_line
        if candidates:
            self._judge(candidates, self._sum_children(candidates))

    def _look_at_all(self):
        """How many rows leave what open.  Keeps those that leave something, and the sums of the others."""
        patterns = collections.Counter()
        self._odd = []
        self._plain_sums = {None: None}
        self._plain_periods = set()
        self._first_line = self._last_line = None
        for batch in self.table.batches():
            self._first_line = self._first_line or batch.lines[0]
            self._last_line = batch.lines[-1]
            flags, periods = self._flagged(batch)
            if flags is None:
                patterns[frozenset()] += len(batch.rows)
                self._add_sums(self._plain_sums, None, batch)
                self._plain_periods.update(periods)
                continue
            opens = {flag: self._open_of(flag) for flag in set(flags)}
            for i, flag in enumerate(flags):
                opened = opens[flag]
                patterns[opened] += 1
                if not opened:
                    self._add_numbers(self._plain_sums, None, self.numbers_of(batch.rows[i]))
                    self._plain_periods.add(periods[i])
                elif len(self._odd) <= MOST_ODD:
                    self._odd.append(self._candidate(batch, i, flag, opened, periods[i]))
        self._never_filled = frozenset.intersection(*patterns)
        for candidate in self._odd:
            candidate.open -= self._never_filled
        return {pattern - self._never_filled: rows for pattern, rows in patterns.items()}

    def _is_finer(self, one, other):
        """Whether rows that leave one open may be parts of a row that leaves the other open."""
        known = frozenset(self._known) | {len(self.dimensions)}
        if one & known == other & known:
            return one < other
        return one & known < other & known

    def _open_of(self, flag):
        """What the row leaves open.  "All" may be a name, where the row has a day."""
        return frozenset(i for i, kind in enumerate(flag) if kind and (
            kind != "maybe" or flag[-1] or self._fields[i] not in NAMES))

    def _collect(self, wanted, patterns):
        """The rows that leave open what is wanted, where there are too many to have kept them at once."""
        if sum(patterns[p] for p in wanted) > MOST_CANDIDATES:
            # so many would not fit in memory
            over = {p for p in wanted if patterns[p] >= MOST_CANDIDATES // 10}
            self.notes.append("%d rows leave blank what others have: too many to tell whether they are totals. They are "
                              "counted." % sum(patterns[p] for p in over))
            wanted -= over
        found = []
        same = {}
        used = {d.position for d in self.dimensions} | {c.position for c in self.table.columns if c.field in DATES}
        for batch in self.table.batches():
            flags, periods = self._flagged(batch)
            for i, flag in enumerate(flags or ()):
                if any(flag):
                    opened = self._open_of(flag) - self._never_filled
                    if opened in wanted:
                        found.append(self._candidate(batch, i, flag, opened, periods[i]))
                        found[-1].cells = [same.setdefault(cell, cell) if at_ in used else None
                                           for at_, cell in enumerate(batch.rows[i])]
        return found

    def _candidate(self, batch, i, flag, opened, period):
        candidate = Candidate()
        row = batch.rows[i]
        candidate.line, candidate.open, candidate.period = batch.lines[i], opened, period
        candidate.cells = row
        candidate.numbers = self.numbers_of(row)
        labels = [("part", at_) for at_, dimension in enumerate(self.dimensions)
                  if subtotal_of(row[dimension.position])]
        labels += [(kind, at_) for at_, kind in enumerate(flag[:-1]) if at_ in opened and kind in ("surely", "maybe")]
        if period == ALL:
            labels.append(("maybe", len(self.dimensions)))
        candidate.label, candidate.label_at = max(labels, default=(None, None))
        return candidate

    def numbers_of(self, row):
        return tuple(memo[row[position]] for position, memo in self._numbers)

    def _key(self, opened, row, period):
        cells = [self._names[row[self.dimensions[i].position]] for i in self._known
                 if i not in opened and i not in self._never_filled]
        if len(self.dimensions) not in opened:
            cells.append(period)
        return hash(tuple(cells))

    def _group_of(self, candidate):
        opened = len(self.dimensions) in candidate.open
        return (candidate.open, self._key(candidate.open, candidate.cells, candidate.period),
                candidate.period if opened and isinstance(candidate.period, tuple) else None)

    def _everything(self):
        """The group of a row that leaves all open."""
        opened = frozenset(range(len(self.dimensions) + 1)) - self._never_filled
        return opened, self._key(opened, (), None), None

    def _sum_children(self, candidates):
        """{group: [rows, sum, sum, ...]} of the rows that are surely no totals, for each candidate's group."""
        groups = {self._group_of(c): None for c in candidates}
        groups[self._everything()] = None
        lines = {c.line for c in candidates}
        self._spans = collections.defaultdict(set)
        for opened, _, span in groups:
            self._spans[opened].add(span)
        if len(self._odd) <= MOST_ODD and self._are_of_everything(groups):
            for group in groups:
                groups[group] = self._plain_sums[None] and list(self._plain_sums[None])
            for other in self._odd:
                if other.line not in lines:
                    self._add(groups, other.open, other.cells, other.period, other.numbers)
            return groups
        for batch in self.table.batches():
            flags, periods = self._flagged(batch)
            if flags is None:
                self._add_batch(groups, batch, periods)
                continue
            for line, row, flag, period in zip(batch.lines, batch.rows, flags, periods):
                if line not in lines:
                    mine = self._open_of(flag) - self._never_filled if any(flag) else frozenset()
                    self._add(groups, mine, row, period, None)
        return groups

    def _are_of_everything(self, groups):
        """Whether all the groups are of all rows that leave nothing open."""
        everything = self._everything()[1]
        return all(group[1] == everything and (
            group[2] is None or all(_within(period, group[2]) for period in self._plain_periods)) for group in groups)

    def _add_batch(self, groups, batch, periods):
        """Add a batch without open dimensions to the groups: as a whole, where it belongs to one."""
        for opened, spans in self._spans.items():
            if not opened:
                continue
            columns = [list(map(self._names.__getitem__, batch.columns[self.dimensions[i].position]))
                       for i in self._known if i not in opened and i not in self._never_filled]
            if len(self.dimensions) not in opened:
                columns.append(periods)
            keys = list(map(hash, zip(*columns))) if columns else [hash(())] * len(periods)
            for span in spans:
                wanted = {key for key in set(keys) if (opened, key, span) in groups}
                if not wanted:
                    continue
                inside = {period: span is None or _within(period, span) for period in set(periods)}
                if not columns and all(inside.values()):
                    self._add_sums(groups, (opened, keys[0], span), batch)
                    continue
                for row, key, period in zip(batch.rows, keys, periods):
                    if key in wanted and inside[period]:
                        self._add_numbers(groups, (opened, key, span), self.numbers_of(row))

    def _add_sums(self, groups, group, batch):
        sums = groups[group] = groups[group] or [0] + [0.0] * len(self._numbers)
        sums[0] += len(batch.rows)
        for i, (position, memo) in enumerate(self._numbers, 1):
            sums[i] += sum(filter(None, map(memo.__getitem__, batch.columns[position])))

    def _add_numbers(self, groups, group, numbers):
        sums = groups[group] = groups[group] or [0] + [0.0] * len(numbers)
        sums[0] += 1
        for i, number in enumerate(numbers, 1):
            sums[i] += number or 0

    def _add(self, groups, mine, row, period, numbers):
        """Add a row to the groups of all the candidates that it may be part of."""
        for opened, spans in self._spans.items():
            if not self._is_finer(mine, opened):
                continue
            key = self._key(opened, row, period)
            for span in spans:
                group = (opened, key, span)
                if group not in groups or span and not _within(period, span):
                    continue
                numbers = numbers or self.numbers_of(row)
                self._add_numbers(groups, group, numbers)

    def _judge(self, candidates, groups):
        """Decide on rows that leave the same open at once, the finest first."""
        patterns = collections.defaultdict(list)
        for candidate in sorted(candidates, key=self._coarseness):
            alone = candidate.line if candidate.label in ("surely", "part") else None
            patterns[candidate.open, candidate.label, candidate.label_at, alone].append(candidate)
        for pattern in sorted(patterns.values(), key=lambda rows: self._coarseness(rows[0])):
            for candidate, is_total in self._verdicts(pattern, groups):
                if candidate.line in self.options.keep:
                    is_total = False
                elif candidate.line in self.options.leave_out:
                    is_total = True
                if is_total:
                    self.left_open.add(candidate.open)
                    self.leave_out(candidate.line, candidate.period)
                else:
                    self._add(groups, candidate.open, candidate.cells, candidate.period, candidate.numbers)

    def leave_out(self, line, period):
        """Take the row for a total."""
        if line not in self.lines:
            self.lines.add(line)
            self.rows_by_period[period] += 1

    def ask(self, lines, header, problem):
        """What the options say of rows that are alike: whether they are totals.  Complain if they say nothing."""
        if not self.options.keep.isdisjoint(lines):
            return False
        if not self.options.leave_out.isdisjoint(lines):
            return True
        line = min(lines)
        alike = " (for all %d such rows)" % len(lines) if len(lines) > 1 else ""
        raise at(line, header, "%s: if it is a total, say --leave-out=%d, else --keep=%d%s" % (problem, line, line, alike))

    def _verdicts(self, pattern, groups):
        """(candidate, whether it is a total) of rows that leave the same open."""
        pairs = []
        for candidate in pattern:
            sums = groups[self._group_of(candidate)]
            if not sums and (candidate.is_first or candidate.is_last):
                # whatever name it has: a row that lacks the rest and adds up to all others is their total
                everything = groups[self._everything()]
                if everything and everything[0] > 1 and self.equal(candidate.numbers, everything):
                    sums = everything
            pairs.append((candidate, sums))
        if pattern[0].label in ("surely", "part"):
            return [(candidate, self._is_labelled_total(candidate, sums)) for candidate, sums in pairs]
        free = self.options.keep | self.options.leave_out
        for candidate, sums in pairs:
            if candidate.label_at == len(self.dimensions) and not sums and candidate.line not in free:
                self._complain_of_label(candidate)
        tried = [(c, sums) for c, sums in pairs if sums and c.line not in free] or [(c, s) for c, s in pairs if s]
        all_are = bool(tried) and self._are_totals(tried)
        return [(c, bool(sums) and (all_are or self._lacks_names(c, sums))) for c, sums in pairs]

    def _are_totals(self, pairs):
        """Whether rows that leave the same open are totals, by all of them together."""
        first = pairs[0][0]
        equal = [(c, sums) for c, sums in pairs if self.equal(c.numbers, sums)]
        said = sum(self.evidence(c.numbers) for c, _ in equal)
        have_parts = any(sums[0] > 1 for _, sums in equal)
        days_open = len(self.dimensions) in first.open
        in_breakdown = first.label == "maybe" and not days_open and self._fields[first.label_at] in BREAKDOWNS
        lines = [c.line for c, _ in pairs]
        if len(equal) >= NEARLY_ALL * len(pairs):
            if days_open or in_breakdown or said >= (WEAK if have_parts else STRONG):
                self.note_differences(pairs)
                return True
            if said >= WEAK:
                return self.ask(lines, self._open_header(first), self._open_cell(first) + ", and the row is the same as its only part")
            self.doubtful += lines
            return False
        if len(equal) * 2 >= len(pairs) and said >= 2 * WEAK:
            return self.ask(lines, self._open_header(first), "%s, and %d of %d such rows are the sum of others"
                            % (self._open_cell(first), len(equal), len(pairs)))
        if in_breakdown and nearly_all(c.numbers[0] is None or c.numbers[0] >= sums[1] / sums[0] for c, sums in pairs):
            return self.ask(lines, self._open_header(first), self._open_cell(first) + " is not the sum of the rows beside it")
        if days_open and not in_breakdown:
            return self._are_totals_without_day(pairs)
        return self._have_more_than_parts(pairs, lines)

    def _are_totals_without_day(self, pairs):
        for candidate, sums in pairs:
            if self._lacks_names(candidate, sums):
                continue
            if candidate.label == "maybe":
                self._complain_of_label(candidate)
            if candidate.period is None and self._at_least(candidate.numbers, sums):
                self._ask_about_day(candidate, sums)
            if self._lacks_all(candidate.open, BREAKDOWNS):
                self.doubtful.append(candidate.line)
        return False

    def _have_more_than_parts(self, pairs, lines):
        """Whether rows that are at least the sum of their parts are totals: if they are of a level above them."""
        first = pairs[0][0]
        of_level = any(self._lacks_all(first.open, level) for level in _LEVELS)
        of_names = any(self._fields[i] in NAMES for i in first.open if i in self._known)
        close = 1.5 if of_level else 1.1
        more = nearly_all(self._at_least(c.numbers, sums) and self._at_most(c.numbers, sums, close) for c, sums in pairs)
        said = sum(self.evidence(c.numbers) for c, _ in pairs)
        if more and said >= WEAK and (len(pairs) > 1 or not of_names or any(sums[0] > 1 for _, sums in pairs)):
            if of_level and any(sums[0] > 1 for _, sums in pairs):
                self.note_differences(pairs)
                return True
            return self.ask(lines, self._open_header(first), "%s, and the row has as much as the rows beside it that are "
                            "finer, or a little more" % self._open_cell(first))
        if more or self._lacks_all(first.open, NAMES) or self._lacks_all(first.open, BREAKDOWNS):
            self.doubtful += [c.line for c, sums in pairs if not self._lacks_names(c, sums)]
        return False

    def evidence(self, numbers):
        """How many bits an equal sum of these numbers tells: a coincidence of small counts tells little."""
        return sum(math.log2(1 + own) for own, field in zip(numbers, self.added) if own and own > 0 and field != "spend")

    def _open_header(self, candidate):
        return self._open_column(candidate).header

    def _open_column(self, candidate):
        if candidate.label_at is not None and candidate.label_at < len(self.dimensions):
            return self.dimensions[candidate.label_at]
        places = sorted(i for i in candidate.open if i < len(self.dimensions))
        return self.dimensions[places[0]] if places else self._column_of_days()

    def _open_cell(self, candidate):
        cell = candidate.cells[self._open_column(candidate).position].strip()
        return "is blank" if cell in NO_NAMES else '"%s"' % shown(cell, 20)

    def _coarseness(self, candidate):
        known = sum(i in self._known or i == len(self.dimensions) for i in candidate.open)
        return known, len(candidate.open), candidate.line

    def _is_labelled_total(self, candidate, sums):
        if candidate.line in self.options.keep or candidate.line in self.options.leave_out:
            return False
        if sums and self.equal(candidate.numbers, sums):
            self.note_differences([(candidate, sums)])
            return True
        by_label = self._is_total_by_label(candidate, sums)
        if by_label is not None:
            return by_label
        return bool(sums) and self._are_totals([(candidate, sums)])

    def _ask_about_day(self, candidate, sums):
        """Complain about a row without a day that has more than the rows with days beside it."""
        own, total, field = max(zip(candidate.numbers, sums[1:], self.added),
                                key=lambda pair: -1 if pair[0] is None else pair[0] - pair[1])
        raise at(candidate.line, self._column_of_days().header, "is blank; the rows with days have %s %d, this row %d: "
                 "if it is their total, say --leave-out=%d, else --keep=%d"
                 % (field, total, own, candidate.line, candidate.line))

    def _column_of_days(self):
        return next(self.table.by_field[field] for field in DATES if field in self.table.by_field)

    def equal(self, numbers, sums):
        pairs = [(own, total, field) for own, total, field in zip(numbers, sums[1:], self.added) if own is not None]
        counts = [(own, total) for own, total, field in pairs if field != "spend"]
        if len(counts) > 1 and any(own for own, _ in counts):
            return all(own == total for own, total in counts)
        return any(own for own, _, _ in pairs) and all(
            abs(own - total) <= (0.0051 * sums[0] + 0.006 if field == "spend" else 0) for own, total, field in pairs)

    def _at_most(self, numbers, sums, times):
        return all(own is None or own <= times * total + 0.0051 * sums[0] + 0.006
                   for own, total, field in zip(numbers, sums[1:], self.added) if field == "impressions")

    def _at_least(self, numbers, sums):
        return all(own is None or own >= total - 0.0051 * sums[0] - 0.006 for own, total in zip(numbers, sums[1:]))

    def _is_total_by_label(self, candidate, sums):
        if candidate.label is None:
            return None
        where = candidate.label_at
        days = where == len(self.dimensions)
        others = {i for i in candidate.open if i in self._known or i == len(self.dimensions)} - {where}
        if candidate.label == "surely" and others:
            # it lacks more that rows have: it is what it says, of rows that the file may lack
            if sums:
                self.note_differences([(candidate, sums)])
            return True
        if candidate.label == "surely" and not sums and self._has_names_besides(candidate):
            # a name like others, of what has parts of its own
            return False
        if candidate.label == "maybe" and not days:
            return None if others else False
        if candidate.label == "part":
            return None
        self._complain_of_label(candidate)

    def _complain_of_label(self, candidate):
        days = candidate.label_at == len(self.dimensions)
        column = self._column_of_days() if days else self.dimensions[candidate.label_at]
        name = candidate.cells[column.position]
        raise at(candidate.line, column.header, '"%s" is not the sum of other rows: say --leave-out=%d or --keep=%d'
                 % (shown(name, 20), candidate.line, candidate.line))

    def _lacks_names(self, candidate, sums):
        """Whether the row has no name of anything, and no day, or is the first one of Meta's."""
        has_names = any(f in NAMES for f in self._fields)
        if not has_names or not self._lacks_all(candidate.open, NAMES):
            return False
        if len(self.dimensions) in candidate.open:
            is_total = True
        else:
            is_meta = "first_day" in self.survey.dates and "last_day" in self.survey.dates
            is_total = is_meta and candidate.is_first and self._at_least(candidate.numbers, sums)
        if is_total:
            self.note_differences([(candidate, sums)])
        return is_total

    def _has_names_besides(self, candidate):
        """Whether the row has another name than the one that may be a label."""
        return any(self._fields[i] in NAMES for i in self._known
                   if i not in candidate.open and i not in self._never_filled)

    def _lacks_all(self, opened, fields):
        """Whether the row has none of these fields, though others have some."""
        here = {i for i, field in enumerate(self._fields) if field in fields and i not in self._never_filled}
        return bool(here) and here <= opened

    def note_differences(self, pairs):
        noted = {line for line, *_ in self.unequal}
        for candidate, sums in pairs:
            for own, total, field in zip(candidate.numbers, sums[1:], self.added) if candidate.line not in noted else ():
                if own is not None and abs(own - total) > 0.0051 * sums[0] + 0.006:
                    self.unequal.append((candidate.line, field, own, total))
                    break


def _within(period, span):
    return isinstance(period, tuple) and span[0] <= period[0] and period[1] <= span[1]
