"""The first pass: how a file writes its numbers and days, and which of its cells are blank."""

import collections
import itertools
import re

from . import days
from .complaint import Complaint, at, shown
from .labels import is_total_label
from .names import COUNTS, DATES, DIMENSIONS, METRICS, MONEY, NAMES, NUMBERS, RATES, bare, code_of, language_of
from .money import Signs, settle_currency
from .numerals import BLANKS, Shapes, complain_about, number_of, settle_mark, shape_of
from .sample import Sample

# blanks in names: anything else may be a name
NO_NAMES = frozenset(("", "-", "--", "—", "–"))
MOST_SAMPLED = 2000
# more years are not compared at one and the same day
MOST_YEARS = 3
COMMA_LANGUAGES = frozenset(("de", "fr", "pt", "it", "nl"))
POINT_LANGUAGES = frozenset(("ja",))
# written without decimals: by ISO 4217, and at Meta
WHOLE_CURRENCIES = frozenset("""BIF CLP COP CRC DJF GNF HUF IDR ISK JPY KMF KRW PYG RWF TWD UGX VND VUV XAF XOF
XPF""".split())


class Survey:
    """What a pass over all rows tells of the dialect of the file."""

    def __init__(self, table, options):
        self.table = table
        self.options = options
        self.rows = 0
        self.languages, self.language_header = language_of(table.columns)
        self.shapes = {c.field: Shapes(c, c.field in COUNTS)
                       for c in table.columns if c.field in NUMBERS}
        self.signs = [Signs(c, table.by_field.get("currency")) for c in table.columns if c.field in MONEY]
        self.dates = {c.field: {} for c in table.columns if c.field in DATES}
        self.date_cells = {}                    # the date cells of a row -> [first line, rows]
        self.dimensions = [c for c in table.columns if c.field in DIMENSIONS]
        self.others = []        # columns of texts that are not known, such as keywords
        self.blanks = collections.Counter()     # which dimensions are blank -> rows
        self.currencies = {}                    # as written -> first line
        self.lost_ids = {}
        self.sample = []
        self.first_rows = {}
        self.twins = [c for c in table.columns if c.twin_of and c.twin_of.field in METRICS + DATES]
        self.has_labels = False
        name = next((c.position for c in table.columns if c.field in NAMES), None)
        self.some_days = Sample(table, self.dates, name)
        self._look_at_all()

    def _look_at_all(self):
        named = set(self.options.keep | self.options.leave_out)
        for batch in self.table.batches():
            if not self.rows:
                self.others = [c for c in self.table.columns if c.field is None and c.header and not c.twin_of
                               and not are_numbers(batch.columns[c.position])]
                self._other_blanks = dict.fromkeys((c.position for c in self.others), 0)
            self.rows += len(batch.rows)
            named.difference_update(batch.lines)
            for shapes in self.shapes.values():
                shapes.add(batch)
            for signs in self.signs:
                signs.add(batch)
            self._look_at_dates(batch)
            self._look_at_names(batch)
            self._look_at_twins(batch)
            self._take_doubtful(batch)
            self.some_days.add(batch)
        if not self.rows:
            raise Complaint("has a header but no rows")
        named.difference_update(self.table.loose, self.table.repeated_headers)
        if named:
            line = min(named)
            raise Complaint("line %d: no row begins there: mend --%s=%d" % (
                line, "keep" if line in self.options.keep else "leave-out", line))

    def _take_doubtful(self, batch):
        """Keep some of the rows with numbers that may be read in two ways."""
        doubtful = [(shapes.column.position, found) for shapes in self.shapes.values()
                    for found in (shapes.doubtful(),) if found]
        if doubtful and len(self.sample) < MOST_SAMPLED:
            self.sample += [row for row in batch.rows
                            if any(shape_of(row[position]) in found for position, found in doubtful)]

    def _look_at_dates(self, batch):
        for field, seen in self.dates.items():
            position = self.table.by_field[field].position
            column = batch.columns[position]
            for value in set(column).difference(seen):
                seen[value] = batch.line_of(column.index(value), position)
        columns = [batch.columns[self.table.by_field[field].position] for field in self.dates]
        if columns:
            together = list(zip(*columns))
            for cells, rows in collections.Counter(together).items():
                if cells not in self.date_cells:
                    self.date_cells[cells] = [batch.lines[together.index(cells)], 0]
                self.date_cells[cells][1] += rows

    def _look_at_names(self, batch):
        flags = []
        for column in self.dimensions:
            cells = batch.columns[column.position]
            values = set(cells)
            if not NO_NAMES.isdisjoint(values) or any(value.isspace() for value in values if value[:1] == " "):
                flags.append([cell.strip() in NO_NAMES for cell in cells])
            else:
                flags.append(itertools.repeat(False))
            if column.field == "currency":
                for value in values.difference(self.currencies):
                    self.currencies[value] = batch.line_of(cells.index(value), column.position)
            elif column.field.endswith("_id"):
                self._look_at_ids(column, cells, values, batch)
            self.has_labels = self.has_labels or is_total_label.any_in(values)
        for column in self.others:
            cells = batch.columns[column.position]
            values = set(cells)
            self._other_blanks[column.position] += sum(map(cells.count, NO_NAMES.intersection(values)))
            self.has_labels = self.has_labels or is_total_label.any_in(values)
        if any(isinstance(flag, list) for flag in flags):
            masks = zip(*flags)
            self.blanks.update(itertools.islice(masks, len(batch.rows)))
        else:
            self.blanks[(False,) * len(self.dimensions)] += len(batch.rows)

    def others_mostly_filled(self):
        """The unknown columns of texts in which few cells are blank, so that a blank tells something."""
        return [c for c in self.others if self._other_blanks[c.position] <= max(50, self.rows // 20)]

    def has_blanks_elsewhere(self):
        """Whether any of these has a blank at all."""
        return any(self._other_blanks[c.position] for c in self.others_mostly_filled())

    def _look_at_ids(self, column, cells, values, batch):
        if column.field not in self.lost_ids:
            lost = [v for v in values if re.fullmatch(r"\s*\d+([.,⎖]\d+)?[eE]\+?\d+\s*|\d+⎖", v)]
            long = [v for v in values if re.fullmatch(r"\d{16,}", v)]
            if len(long) > 1 and all(v.endswith("000") for v in long):
                lost = long
            if lost:
                self.lost_ids[column.field] = (batch.lines[cells.index(lost[0])], lost[0])

    def _look_at_twins(self, batch):
        for twin in self.twins:
            ours = batch.columns[twin.twin_of.position]
            if ours != batch.columns[twin.position]:
                for line, one, other in zip(batch.lines, ours, batch.columns[twin.position]):
                    if one != other:
                        raise at(line, twin.header, 'two columns of this name have "%s" and "%s": leave one out'
                                 % (shown(one), shown(other)))

    # numbers

    def settle_numbers(self):
        """Set mark, and complain about the first cell that is no number."""
        options = self.options
        wanted = "," if options.decimal_comma else "." if options.decimal_point else None
        metrics = [s for field, s in self.shapes.items() if field not in RATES]
        guesses = (self._by_money, self._by_long_numbers, self._by_plausibility, self._by_language)
        every = list(self.shapes.values())
        self.mark, self.mark_reason = settle_mark(every, wanted, guesses)
        bad = []
        for shapes in metrics:
            found = shapes.check(self.mark)
            if found:
                bad.append((found[0], shapes.column.position, found[1], shapes))
        if bad:
            line, _, value, shapes = min(bad, key=lambda place: place[:2])
            complain_about(shapes.column, shapes.is_count, line, value, self.mark, self.mark_reason)
        self.sign_currency = settle_currency(self.table, self.signs, self.currencies, options.currency)

    def _money_shapes(self):
        return [self.shapes[field] for field in MONEY if field in self.shapes]

    def _by_money(self):
        """A yen has no parts: 1.000 JPY are a thousand."""
        for shapes in self._money_shapes():
            currency = self._currency_of(shapes)
            doubtful = shapes.doubtful()
            if shapes.column.field == "spend" and doubtful and currency in WHOLE_CURRENCIES:
                mark = next(iter(doubtful.values()))
                return "," if mark == "." else ".", "%s is written without decimals" % currency
        return None

    def _currency_of(self, shapes):
        if shapes.column.currency:
            return shapes.column.currency
        known = {code_of(bare(v)) for v in self.currencies if bare(v) not in BLANKS}
        return known.pop() if len(known) == 1 else None

    def _by_long_numbers(self):
        """Where 12345 stands without a mark, the mark in 1.234 does not group thousands."""
        for shapes in self.shapes.values():
            doubtful = shapes.doubtful()
            if doubtful and not shapes.is_count and shapes.plain_shapes():
                return next(iter(doubtful.values())), "numbers without it have more than four digits"
        return None

    def _by_plausibility(self):
        wrong = {mark: sum(self._contradictions(row, mark) for row in self.sample) for mark in ".,"}
        for mark, other in ((".", ","), (",", ".")):
            if wrong[other] > 0 and wrong[mark] * 20 <= wrong[other]:
                return mark, "else the numbers contradict each other in %d of %d rows" % (
                    wrong[other], len(self.sample))
        return None

    def _contradictions(self, row, mark):
        values = {}
        for field, shapes in self.shapes.items():
            try:
                number = number_of(row[shapes.column.position], mark, field in RATES)
                values[field] = float(number) if number else None
            except ValueError:
                values[field] = None
        return contradictions(values) > 0

    def _by_language(self):
        if any(shapes.plain_shapes() for shapes in self.shapes.values()):
            # the file is not written as its readers would
            return None
        if self.languages and self.languages <= COMMA_LANGUAGES:
            return ",", 'the header is in a language that writes 1,5: "%s"' % shown(self.language_header, 20)
        if self.languages and self.languages <= POINT_LANGUAGES:
            return ".", 'the header is in a language that writes 1.5: "%s"' % shown(self.language_header, 20)
        return None

    # days

    def settle_days(self):
        """Set day_first where it matters, and complain about the first cell that is no day."""
        self.day_first, self.day_first_reason = None, None
        self._refuse_swapped_days()
        self._settle_years()
        if self.day_first == days.YEAR_FIRST:
            return
        said = {}
        for field, seen in self.dates.items():
            for value, line in seen.items():
                order = days.order_in(value)
                if order is not None and (order not in said or line < said[order][0]):
                    said[order] = (line, value, self.table.by_field[field])
        if self.options.day_first or self.options.month_first:
            self.day_first = bool(self.options.day_first)
        elif True in said and False in said:
            (line, value, column), (other_line, other, _) = sorted((said[True], said[False]), reverse=True,
                                                                   key=lambda place: place[0])
            raise at(line, column.header, '"%s" and, in line %d, "%s" cannot both be days'
                     % (shown(value), other_line, shown(other)))
        elif True in said or False in said:
            self.day_first = True in said
            self.day_first_reason = '"%s" in line %d' % (shown(said[self.day_first][1]), said[self.day_first][0])
        elif "either" in said:
            self._guess_order(*said["either"])

    def _refuse_swapped_days(self):
        """Complain about days beside d/m/y that are text: a spreadsheet took what it could for m/d/y."""
        for field, seen in self.dates.items():
            stored = [(line, value) for value, line in seen.items() if days.is_sure(value)]
            texts = {value: days.order_in(value) for value in seen}
            texts = {value: order for value, order in texts.items() if order is not None}
            if stored and texts and (self.table.source.counts_records or "either" not in texts.values() and all(
                    days.period_of(value, None)[0].day <= 12 for _, value in stored)):
                line, value = min((seen[value], value) for value in texts)
                raise at(line, self.table.by_field[field].header, '"%s" is text, but "%s" in line %d is not: a spreadsheet '
                         'may have swapped day and month there; export again, and read what was exported as it is'
                         % (shown(value), shown(min(stored)[1]), min(stored)[0]))

    def _settle_years(self):
        """Set day_first to YEAR_FIRST where it is the first of three numbers of two digits that is the year."""
        options = self.options
        if options.year_first:
            self.day_first = days.YEAR_FIRST
        if options.year_first or options.day_first or options.month_first:
            return
        parts = [(line, part, field) for field, seen in self.dates.items() for value, line in seen.items()
                 for part in days.short_years(value)]
        if not parts or not all(days.may_begin_with_year(part) for _, part, _ in parts):
            return
        firsts, lasts = ({part[end] for _, part, _ in parts} for end in (slice(2), slice(-2, None)))
        line, part, field = min(parts)
        if len(firsts) < len(lasts) > MOST_YEARS or list(days.readings_of(part)) == ["--year-first"] or self.languages == {"ja"}:
            self.day_first, self.day_first_reason = days.YEAR_FIRST, '"%s" in line %d' % (part, line)
        elif not len(lasts) < len(firsts) > MOST_YEARS and not (self.languages and "." in part):
            readings = days.readings_of(part)
            raise at(line, self.table.by_field[field].header, '"%s" may be %s: say %s' % (
                part, " or ".join(map(str, readings.values())), " or ".join(readings)))

    def _guess_order(self, line, value, column):
        foreign = self.languages - {"ja"}
        if foreign:
            self.day_first, self.day_first_reason = True, 'the header is not English: "%s"' % shown(
                self.language_header, 20)
            return
        by_day = self._order_by_column_of_days()
        if by_day is not None:
            self.day_first, self.day_first_reason = by_day, "as another column tells the day"
            return
        inside = self._order_by_titles()
        if inside is not None:
            self.day_first, self.day_first_reason = inside, "the title lines name the period"
            return
        if self.mark == "," and self.mark_reason:
            self.day_first, self.day_first_reason = True, "numbers have a decimal comma"
            return
        raise at(line, column.header, '"%s" may be %s or %s: say --day-first or --month-first' % (
            shown(value), days.period_of(value, True)[0], days.period_of(value, False)[0]))

    def _order_by_column_of_days(self):
        """The order in which the first days of the rows are the days that another column tells, or None."""
        if not {"day", "first_day"} <= set(self.dates):
            return None
        fields = list(self.dates)
        fits = {True: True, False: True}
        pairs = [(cells[fields.index("day")], cells[fields.index("first_day")]) for cells in self.date_cells]
        for told, doubtful in pairs:
            if days.order_in(told) is None and days.order_in(doubtful) == "either":
                for day_first in fits:
                    try:
                        same = days.period_of(told, None)[0] == days.day_of(doubtful, day_first)
                    except ValueError:
                        continue
                    fits[day_first] = fits[day_first] and same
        return fits[True] if fits[True] != fits[False] else None

    def _order_by_titles(self):
        period = self.title_period()
        if not period:
            return None
        fits = {}
        for day_first in (True, False):
            try:
                fits[day_first] = all(
                    period[0] <= days.period_of(value, day_first)[0] <= period[1]
                    for seen in self.dates.values() for value in seen if days.order_in(value) == "either")
            except ValueError:
                fits[day_first] = False
        return fits[True] if fits[True] != fits[False] else None

    def title_period(self):
        """The period that the title lines name, or None."""
        ends = {}
        for _, title in self.table.titles:
            for part in [title] + re.split(r":\s+|[()]", title):
                try:
                    first, last = days.period_of(part.strip(), None)
                    if first != last and days.order_in(part) is None and not any(
                            map(days.may_begin_with_year, days.short_years(part))):
                        return first, last
                except ValueError:
                    continue
            match = re.match(r"report (start|end)\w*:\s*(.+)", title, re.IGNORECASE)
            if match:
                try:
                    ends[match[1].lower()] = days.day_of(match[2], None)
                except ValueError:
                    pass
        if len(ends) == 2 and ends["start"] <= ends["end"]:
            return ends["start"], ends["end"]
        return None


def are_numbers(cells):
    """Whether the cells are numbers, by and large."""
    filled = [cell.strip() for cell in cells if cell.strip() not in BLANKS]
    return bool(filled) and sum(bool(re.fullmatch(r"[-+]?[\d.,⎖ %]+", cell)) for cell in filled) > len(filled) * 0.9


def contradictions(values):
    """How many of the numbers of a row, by field, cannot be true together."""
    get = values.get
    clicks, impressions, spend, reach = get("clicks"), get("impressions"), get("spend"), get("reach")
    wrong = 0
    for part, whole in ((clicks, impressions), (get("link"), impressions), (reach, impressions),
                        (get("unique_clicks"), clicks)):
        wrong += part is not None and whole is not None and part > whole
    wrong += _differ(get("ctr"), clicks, impressions, 100) and _differ(get("ctr"), clicks, impressions, 1)
    wrong += _differ(get("cpc"), spend, clicks, 1)
    wrong += _differ(get("cpm"), spend, impressions, 1000)
    wrong += _differ(get("frequency"), impressions, reach, 1)
    return wrong


def _differ(rate, numerator, denominator, times):
    if rate is None or numerator is None or not denominator:
        return False
    right = times * numerator / denominator
    return abs(rate - right) > 0.011 + 0.02 * abs(right)
