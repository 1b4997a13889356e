"""Finds the totals that have a name of their own: rows that are the sum of the others beside them."""

import collections
import math

from .complaint import shown
from .labels import is_total_label, may_be_of_all
from .names import BREAKDOWNS, NAMES, plain
from .survey import NO_NAMES

NEARLY_ALL = 0.9
# bits that equal sums must tell, before they are more than a coincidence
LABELLED, UNLABELLED = 4, 9
_LEVELS = ("account", "campaign", "ad_set", "ad")
_LEVEL_WORDS = frozenset(("account", "ad account", "campaign", "ad set", "adset", "ad group", "adgroup", "ad", "creative", "keyword"))
# breakdowns whose values are given by the platform, so that "All" is no name of anything
_CLOSED = frozenset(BREAKDOWNS) - {"audience"}


def nearly_all(answers):
    """Whether nearly all answers are yes."""
    answers = list(answers)
    return sum(map(bool, answers)) >= NEARLY_ALL * len(answers)


class Row:
    """A row by its names, its period and its numbers."""

    __slots__ = ("line", "cells", "period", "numbers", "size")

    def __init__(self, line, cells, period, numbers, size):
        self.line, self.cells, self.period, self.numbers, self.size = line, cells, period, numbers, size


class Parts:
    """Looks at how the rows of some days go together, and tells the totals what it finds."""

    def __init__(self, totals):
        self.totals = totals
        self.table, self.survey, self.options = totals.table, totals.survey, totals.options
        self.dimensions = list(totals.dimensions)
        self._fields = [c.field for c in self.dimensions]
        currency = self.table.by_field.get("currency")
        self._positions = [c.position for c in self.dimensions + ([currency] if currency else [])]
        added = totals.added
        self._counts = [i for i, field in enumerate(added) if field != "spend"]
        self._main = added.index("impressions") if "impressions" in added else self._counts[0] if self._counts else None

    def find(self):
        """Tell the totals of every row that is one, or ask."""
        if self._main is None:
            return
        ignored = [frozenset()] + ([self.options.leave_out] if self.options.leave_out else [])
        for self._ignored in ignored:
            self._rows = list(self._sampled())
            if len(self._rows) < 2:
                return
            self._find_levels()
            for columns in self._column_sets():
                self._find_totals_over(columns)
            self._find_two_breakdowns()

    # rows

    def _sampled(self):
        lines = self.totals.lines | self._ignored
        sample = self.survey.some_days.rows
        periods = self.totals.periods
        for line, cells in sample:
            if line not in lines:
                yield self._row(line, cells, periods.of_row(cells))

    def _row(self, line, cells, period):
        names = self._plain_names
        numbers = self.totals.numbers_of(cells)
        return Row(line, tuple([names[cells[p]] for p in self._positions]), period, numbers, numbers[self._main] or 0)

    @property
    def _plain_names(self):
        return self.totals.plain_names

    def _all_rows(self):
        """The rows of the file that are no totals yet."""
        lines = self.totals.lines | self._ignored
        if self.survey.some_days.is_all:
            yield from (row for row in self._rows if row.line not in lines)
            return
        for batch in self.table.batches():
            for line, cells, period in zip(batch.lines, batch.rows, self.totals.periods.of_batch(batch)):
                if line not in lines:
                    yield self._row(line, cells, period)

    def _leave_out(self, rows):
        for row in rows:
            self.totals.leave_out(row.line, row.period)
        self._rows = [row for row in self._rows if row.line not in self.totals.lines]

    # totals over some columns

    def _column_sets(self):
        """The sets of columns over which a total may be, the smallest first."""
        fields = self._fields
        places = range(len(fields))
        others = {i for i in places if fields[i] is None}
        breakdowns = {i for i in places if fields[i] in BREAKDOWNS}
        sets = [{i} for i in breakdowns] + [{i} for i in places if fields[i] not in NAMES and i not in breakdowns]
        sets += [{i} | others for i in breakdowns] + [breakdowns, breakdowns | others]
        below = breakdowns | others | {i for i in places if fields[i] in ("hour", "format")}
        for level in reversed(_LEVELS):
            mine = {i for i in places if fields[i] in (level, level + "_id")}
            if mine:
                below = below | mine
                sets += [mine, mine | others, set(below)]
        sets.append(set(places))
        seen = []
        for columns in sets:
            if columns and columns not in seen:
                seen.append(columns)
        return seen

    def _keys(self, columns):
        """(key of the group, what it has in the columns) as functions of a row."""
        rest = [i for i in range(len(self._positions)) if i not in columns]
        mine = sorted(columns)
        return (lambda row: (row.period, *[row.cells[i] for i in rest])), (lambda row: tuple([row.cells[i] for i in mine]))

    def _find_totals_over(self, columns):
        key_of, name_of = self._keys(columns)
        groups = collections.defaultdict(list)
        for row in self._rows:
            if row.size:
                groups[key_of(row)].append(row)
        groups = [rows for rows in groups.values() if len(rows) > 1]
        if not groups:
            return
        names = {name_of(row) for rows in groups for row in rows}
        needed = UNLABELLED + math.log2(len(names))
        found, ends = self._matches(groups, name_of)
        for name, said in found.items():
            if said >= (LABELLED if self._says_all(name) else needed):
                self._confirm(columns, name, needed)
        for name in names - set(found):
            if self._says_all(name) or self._is_blank_total(columns, name):
                self._confirm(columns, name, needed)
        large = sum(len(rows) > 2 for rows in groups)
        for end, (hits, said) in ends.items():
            if large > 1 and hits >= NEARLY_ALL * large and said >= needed:
                self._confirm_ends(columns, end, needed)

    def _matches(self, groups, name_of):
        """Bits by name, and (rows, bits) by end of the group, of rows that are the sum of two or more beside them."""
        found = collections.Counter()
        ends = {0: [0, 0], -1: [0, 0]}
        for rows in groups:
            if len(rows) < 3:
                continue
            half = sum([row.size for row in rows]) / 2
            for row in rows:
                if row.size == half and self._is_half(row, rows):
                    said = self.totals.evidence(row.numbers)
                    found[name_of(row)] += said
                    for end in ends:
                        if rows[end] is row:
                            ends[end][0] += 1
                            ends[end][1] += said
        return found, ends

    def _is_half(self, row, rows):
        return all(row.numbers[i] is None or 2 * row.numbers[i] == sum([other.numbers[i] or 0 for other in rows])
                   for i in self._counts)

    def _is_blank_total(self, columns, name):
        """Whether rows that leave these columns blank were found to be totals elsewhere."""
        return not any(name) and frozenset(columns) in self.totals.left_open

    def _says_all(self, name):
        return any(cell and may_be_of_all(cell) for cell in name)

    def _header_of(self, columns, name=None):
        places = [i for i in sorted(columns) if i < len(self.dimensions)]
        cells = dict(zip(sorted(columns), name or ()))
        place = next((i for i in places if cells.get(i) and may_be_of_all(cells[i])), None)
        if place is None:
            place = next((i for i in places if cells.get(i)), places[0])
        return self.dimensions[place].header, cells.get(place, "")

    def _confirm(self, columns, name, needed):
        """Look at all rows of this name, in the whole file, and decide on them."""
        pairs = self._pairs(columns, name)
        if not pairs:
            return
        equal = [row for row, others in pairs if self.totals.equal(row.numbers, others)]
        large = [(row, others) for row, others in pairs if others[0] > 1 and row.size > 20]
        said = sum(self.totals.evidence(row.numbers) for row, others in pairs
                   if others[0] > 1 and self.totals.equal(row.numbers, others))
        labelled = self._says_all(name)
        closed = labelled and len(columns) == 1 and self._fields[min(columns)] in _CLOSED
        if self._is_blank_total(columns, name):
            labelled = closed = True
        header, cell = self._header_of(columns, name)
        lines = [row.line for row, _ in pairs]
        said_of = '"%s"' % shown(cell, 30) if cell else "this row"
        if len(equal) >= NEARLY_ALL * len(pairs) and (closed or said >= (LABELLED if labelled and closed else needed)):
            if labelled or self.totals.ask(lines, header, "%s is the sum of the rows beside it%s" % (
                    said_of, ", in %d of %d places" % (len(equal), len(pairs)) if len(pairs) > 1 else "")):
                self.totals.note_differences(pairs)
                self._leave_out(row for row, _ in pairs)
        elif (closed and nearly_all(row.size >= others[-1] for row, others in pairs)
              or labelled and self._are_nearly_sums(large, self._is_first_name(columns) and any(map(is_total_label, name)))):
            if self.totals.ask(lines, header, "%s is not the sum of the rows beside it" % said_of):
                self._leave_out(row for row, _ in pairs)

    def _is_first_name(self, columns):
        return any(self._fields[i] in NAMES for i in columns) and min(i for i, f in enumerate(self._fields) if f in NAMES) in columns

    def _are_nearly_sums(self, pairs, is_label):
        """Whether rows whose name may say that they are totals are so nearly the sum that it must be asked."""
        return len(pairs) > (0 if is_label else 2) and nearly_all(
            all(row.numbers[i] is None or abs(row.numbers[i] - others[1 + i]) <= 0.05 * row.numbers[i] + 1 for i in self._counts)
            for row, others in pairs)

    def _pairs(self, columns, name):
        """(row, [others, sum, sum, ..., largest]) of the rows of this name that have others beside them."""
        key_of, name_of = self._keys(columns)
        mine, sums = {}, {}
        for row in self._all_rows():
            if row.size:
                key = hash(key_of(row))
                if name_of(row) == name:
                    if key in mine:
                        return []
                    mine[key] = row
                else:
                    self._add(sums, key, row)
        return [(row, sums[key]) for key, row in mine.items() if key in sums]

    def _add(self, sums, key, row):
        found = sums.get(key)
        if found is None:
            found = sums[key] = [0] + [0] * len(row.numbers) + [0]
        found[0] += 1
        for i, number in enumerate(row.numbers, 1):
            found[i] += number or 0
        found[-1] = max(found[-1], row.size)

    def _confirm_ends(self, columns, end, needed):
        """Ask about the first, or last, row of each group, whatever its name, if that is the sum of the rest."""
        key_of, _ = self._keys(columns)
        ends, sums = {}, {}
        for row in self._all_rows():
            if row.size:
                key = hash(key_of(row))
                if end == -1 or key not in ends:
                    ends[key] = row
                self._add(sums, key, row)
        pairs = []
        for key, row in ends.items():
            if sums[key][0] > 2:
                others = [sums[key][0] - 1] + [total - (own or 0) for total, own in zip(sums[key][1:-1], row.numbers)]
                pairs.append((row, others))
        equal = [row for row, others in pairs if self.totals.equal(row.numbers, others)]
        if len(equal) > 1 and len(equal) >= NEARLY_ALL * len(pairs) and sum(
                self.totals.evidence(row.numbers) for row in equal) >= needed:
            header, _ = self._header_of(columns)
            first = min(equal, key=lambda row: row.line)
            cell = next((first.cells[i] for i in sorted(columns) if first.cells[i]), "")
            if all(any(cell and may_be_of_all(cell) for cell in row.cells) for row in equal) or self.totals.ask(
                    [row.line for row in equal], header,
                    '"%s" is the sum of the rows beside it, and so in %d places' % (shown(cell, 30), len(equal))):
                self._leave_out(equal)

    # levels

    def _find_levels(self):
        """Leave out the rows of coarser levels, where a column tells them apart and they add up; else ask."""
        for column in self.table.columns:
            if column.field != "level" and (column.field is not None or column not in self.survey.others):
                continue
            names = {}
            by_line = {line: cells[column.position] for line, cells in self.survey.some_days.rows}
            for row in self._rows:
                level = names.setdefault(by_line[row.line], plain(by_line[row.line]))
                by_line[row.line] = level if level not in NO_NAMES else ""
            rows = collections.Counter(by_line[row.line] for row in self._rows if by_line[row.line])
            known = set(rows) <= _LEVEL_WORDS
            if len(rows) > 1 and len(rows) < 6 and (known or column.field == "level"):
                self._judge_levels(column, by_line, rows, known)

    def _judge_levels(self, column, by_line, rows, known):
        sums = {level: {} for level in rows}
        for row in self._rows:
            if by_line[row.line]:
                self._add(sums[by_line[row.line]], row.period, row)
        order = sorted(rows, key=lambda level: (-rows[level], -["ad", "ad set", "campaign"].index(level)
                                                if level in ("ad", "ad set", "campaign") else 0))
        finest = order[0]
        for level in order[1:]:
            shared = [period for period in sums[level] if period in sums[finest]]
            equal = [p for p in shared if self._same(sums[level][p], sums[finest][p])]
            said = sum(self.totals.evidence(sums[level][p][1:-1]) for p in equal)
            adds_up = len(equal) >= NEARLY_ALL * len(shared) and said >= (LABELLED if known else 2 * UNLABELLED)
            if not shared or not (known or adds_up):
                continue
            chosen = self._rows_of_level(column, level)
            if adds_up or self.totals.ask(
                    [row.line for row in chosen], column.header,
                    'rows of "%s" stand beside rows of "%s", and do not add up to the same' % (shown(level), shown(finest))):
                self._leave_out(chosen)

    def _same(self, one, other):
        return all(one[1 + i] == other[1 + i] for i in self._counts)

    def _rows_of_level(self, column, level):
        position = column.position
        if self.survey.some_days.is_all:
            lines = {line for line, cells in self.survey.some_days.rows if plain(cells[position]) == level}
        else:
            lines = {line for batch in self.table.batches() for line, cell in zip(batch.lines, batch.columns[position])
                     if plain(cell) == level}
        return [row for row in self._all_rows() if row.line in lines]

    # two breakdowns

    def _find_two_breakdowns(self):
        """Ask about rows by one breakdown beside rows by another, which count the same twice."""
        known = [i for i, field in enumerate(self._fields) if field is not None]
        patterns = collections.defaultdict(list)
        opens = {}
        for row in self._rows:
            opened = opens.get(row.cells)
            if opened is None:
                opened = opens[row.cells] = frozenset(i for i in known if self._is_open(i, row.cells[i]))
            patterns[opened].append(row)
        never = frozenset.intersection(*patterns)
        common = sorted(patterns, key=lambda p: -len(patterns[p]))[:8]
        for at_, one in enumerate(common):
            for other in common[at_ + 1:]:
                if not (one - never <= other or other - never <= one):
                    self._compare(one, other, patterns)

    def _is_open(self, place, cell):
        return not cell or self._fields[place] in _CLOSED and may_be_of_all(cell)

    def _compare(self, one, other, patterns):
        columns = one | other
        key_of, _ = self._keys(columns)
        sums = []
        for pattern in (one, other):
            sums.append({})
            for row in patterns[pattern]:
                if row.size:
                    self._add(sums[-1], key_of(row), row)
        shared = [(sums[0][key], sums[1][key]) for key in sums[0] if key in sums[1]]
        if not shared or len(shared) < NEARLY_ALL * min(map(len, sums)):
            return
        equal = [pair for pair in shared if self._same(*pair)]
        close = [pair for pair in shared if abs(pair[0][1 + self._main] - pair[1][1 + self._main]) <= 0.05 * max(
            pair[0][1 + self._main], pair[1][1 + self._main])]
        said = sum(self.totals.evidence(pair[0][1:-1]) for pair in equal)
        several = any(pair[0][0] > 1 and pair[1][0] > 1 for pair in shared)
        if (len(equal) >= NEARLY_ALL * len(shared) and said >= UNLABELLED and (several or len(shared) > 2)) or (
                len(close) > 2 and several and len(close) >= NEARLY_ALL * len(shared)):
            self._ask_about_breakdowns(one, other, patterns)

    def _ask_about_breakdowns(self, one, other, patterns):
        first, second = sorted((one, other), key=lambda pattern: patterns[pattern][0].line)
        if not self.options.leave_out.isdisjoint(row.line for row in patterns[first]):
            chosen, rest = first, second
        else:
            chosen, rest = second, first
        lines = [row.line for row in patterns[chosen]]
        if not self.options.keep.isdisjoint(row.line for row in patterns[rest]):
            return
        column = self.dimensions[min(rest - chosen)]
        if self.totals.ask(lines, column.header, "the rows by it count the same as those by \"%s\", from line %d" % (
                shown(self.dimensions[min(chosen - rest)].header), patterns[rest][0].line)):
            self._leave_out([row for row in self._all_rows()
                             if frozenset(i for i in chosen | rest if self._is_open(i, row.cells[i])) == chosen])
