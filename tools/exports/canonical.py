"""The last pass: from the rows of the file to canonical rows, one for each."""

import re

from .names import AMOUNTS, COUNTS, DATES, DIMENSIONS, NUMBERS, bare, code_of, plain
from .numerals import count_of, number_of
from .recovery import Recovery
from .survey import NO_NAMES
from .totals import Memo

COLUMNS = ("day", "first_day", "last_day", "level", "account_id", "account", "currency", "campaign_id", "campaign",
           "ad_set_id", "ad_set", "ad_id", "ad", "format", "objective", "audience_segment", "country", "device",
           "placement", "clicks_are", "clicks", "link_clicks", "reactions", "comments", "shares", "page_likes",
           "outbound_clicks", "impressions", "reach", "reported_unique_clicks", "landing_page_views", "purchases",
           "leads", "purchase_value", "spend")
_NUMBERS = {"link_clicks": "link", "reactions": "reaction", "comments": "comment", "shares": "share",
            "page_likes": "page_like", "outbound_clicks": "outbound", "impressions": "impressions",
            "reach": "reach", "reported_unique_clicks": "unique_clicks", "landing_page_views": "landing_page_views",
            "purchases": "purchases", "leads": "leads", "purchase_value": "purchase_value"}
_LEVELS = (("ad", "ad"), ("ad set", "ad_set"), ("campaign", "campaign"), ("account", "account"))


class Canonical:
    """Writes the canonical rows, and counts what has to be told about them."""

    def __init__(self, table, survey, periods, totals, options):
        self.table, self.survey, self.periods, self.options = table, survey, periods, options
        self.left_out = totals.lines | options.leave_out
        self.recovery = Recovery(table, survey)
        self.clicks_are = self.recovery.clicks_are
        self.rows = 0
        self.dayless = 0
        self.repeated = []          # lines of rows that are the same as an earlier one
        self.repeats = 0
        self.restated = []          # lines of rows that differ from an earlier one in numbers only
        self.restatements = 0
        self.nameless = 0
        self.named = False
        self.like_all_others = None     # the first or last line, if it has the sum of all other rows
        self._ends = []
        self._sums = [0, 0, 0]
        self._seen_rows, self._seen_keys = set(), set()
        self._fields = table.by_field
        self._memos = {}
        self._make_conversions()
        self._key_positions = self._positions_of_key()
        lost = survey.lost_ids
        self._columns = [c for c in COLUMNS if not (c in lost)]
        self.level = next((level for level, field in _LEVELS
                           if field in self._fields or field + "_id" in self._fields), None)
        spend = self._fields.get("spend")
        self.currency = options.currency or (spend and spend.currency) or survey.sign_currency or ""

    def _make_conversions(self):
        mark = self.survey.mark
        for field in NUMBERS:
            shapes = self.survey.shapes.get(field)
            if shapes is None or (field not in COUNTS and field not in AMOUNTS):
                continue
            # what PostgreSQL reads as it is needs no conversion
            pattern = r"[01]{0,15}" if field in COUNTS else r"-?[01]{1,15}(\.[01]{1,15})?|" if mark == "." else r"[01]*"
            if all(re.fullmatch(pattern, shape) for shape in shapes.first):
                continue
            convert = count_of if field in COUNTS else number_of
            self._memos[field] = Memo(lambda text, convert=convert: convert(text, mark))

    def _positions_of_key(self):
        """The columns that tell one row from another: all but numbers."""
        texts = {column.position for column in self.survey.others}
        return [c.position for c in self.table.columns if c.field in DIMENSIONS or c.field in DATES
                or c.position in texts or c.field is None and plain(c.header).endswith("id")]

    def write(self, writer):
        """Write all rows, with a header, to a csv writer."""
        writer.writerow(COLUMNS)
        for batch in self.table.batches():
            batch = self._without_left_out(batch)
            if batch and self._note_repeats(batch):
                batch = self._without_repeats(batch)
            if batch:
                self.rows += len(batch.rows)
                made = self._rows_of(batch)
                self._add_up(batch, made)
                writer.writerows(zip(*(made.get(column) or [""] * len(batch.rows) for column in COLUMNS)))
        self._compare_ends()

    def _add_up(self, batch, made):
        counted = [made["clicks"], made["impressions"] or [], made["spend"] or []]
        for i, cells in enumerate(counted):
            self._sums[i] += sum(map(float, filter(None, cells)))
        for place in (0, -1):
            end = (batch.lines[place], [float(cells[place] or 0) if cells else 0 for cells in counted])
            if len(self._ends) < 2:
                self._ends.append(end)
            elif place == -1:
                self._ends[1] = end

    def _compare_ends(self):
        for line, counted in self._ends:
            if self.rows > 2 and all(counted[:2]) and all(
                    abs(2 * own - total) < 0.02 for own, total in zip(counted, self._sums)):
                self.like_all_others = line

    def _without_left_out(self, batch):
        if self.left_out.isdisjoint(batch.lines):
            return batch
        return batch.only([line not in self.left_out for line in batch.lines])

    def _note_repeats(self, batch):
        """Count the rows that stood there before.  Returns whether there are any."""
        rows = list(map(hash, map(tuple, batch.rows)))
        keys = list(map(hash, zip(*(batch.columns[p] for p in self._key_positions)))) if self._key_positions else rows
        self._fresh = None
        before = len(self._seen_keys)
        if self._seen_keys.isdisjoint(keys):
            self._seen_keys.update(keys)
            if len(self._seen_keys) - before == len(keys):
                self._seen_rows.update(rows)
                return False
            self._seen_keys.difference_update(keys)
        self._fresh = []
        for line, row, row_hash, key in zip(batch.lines, batch.rows, rows, keys):
            is_new = row_hash not in self._seen_rows
            if not is_new and self._has_numbers(row):
                self.repeats += 1
                self.repeated += [line] if len(self.repeated) < 3 else []
            elif is_new and key in self._seen_keys and self._has_numbers(row):
                self.restatements += 1
                self.restated += [line] if len(self.restated) < 3 else []
            self._fresh.append(is_new)
            self._seen_rows.add(row_hash)
            self._seen_keys.add(key)
        return True

    def _has_numbers(self, row):
        return any(row[s.column.position].strip("0., -") for s in self.survey.shapes.values())

    def _without_repeats(self, batch):
        return batch.only(self._fresh) if self.options.once else batch

    def _rows_of(self, batch):
        made = {}
        number = len(batch.rows)
        periods = [p if isinstance(p, tuple) else self.options.period for p in self.periods.of_batch(batch)]
        forms = {p: _form_of(p) for p in set(periods)}
        made["day"], made["first_day"], made["last_day"] = zip(*(forms[p] for p in periods))
        self.dayless += periods.count(None)
        made["level"] = [self.level or ""] * number
        self._names(batch, made)
        made["audience_segment"] = self._joined(batch, ("audience", "age", "gender"), ", ")
        made["placement"] = self._joined(batch, ("platform", "placement"), " ")
        for name, field in _NUMBERS.items():
            made[name] = self._numbers(batch, field)
        made["spend"] = self._spend(batch)
        self._clicks(batch, made)
        return made

    def _names(self, batch, made):
        for field in ("account", "campaign", "ad_set", "ad"):
            made[field] = self._texts(batch, field)
            made[field + "_id"] = self._ids(batch, field + "_id")
            ids = made[field + "_id"]
            if ids and made[field]:
                made[field] = [name or id_ for name, id_ in zip(made[field], ids)]
            elif ids:
                made[field] = ids
        names = list(filter(None, (made[field] for field in ("account", "campaign", "ad_set", "ad"))))
        if names and all("" in column for column in names):
            nameless = sum(not any(cells) for cells in zip(*names))
            self.nameless += nameless
            self.named = self.named or nameless < len(batch.rows)
        for field in ("format", "objective", "country", "device"):
            made[field] = self._texts(batch, field)
        currency = [code_of(c) or c for c in self._texts(batch, "currency") or ()]
        if currency and self.currency:
            currency = [c or self.currency for c in currency]
        made["currency"] = currency or ([self.currency] * len(batch.rows) if self.currency else None)

    def _texts(self, batch, field):
        """The cells of a column without blanks around them, None if the file has no such column."""
        column = self._fields.get(field)
        if column is None:
            return None
        cells = batch.columns[column.position]
        memo = {cell: "" if cell.strip() in NO_NAMES else cell.strip() for cell in set(cells)}
        return [memo[cell] for cell in cells]

    def _ids(self, batch, field):
        if field in self.survey.lost_ids:
            return None
        ids = self._texts(batch, field)
        # some exports write x1234 or "1234" in quotes of their own, so that spreadsheets keep all digits
        return ids and [bare(id_).strip("'=\"") for id_ in ids]

    def _joined(self, batch, fields, between):
        parts = [p for p in (self._texts(batch, field) for field in fields) if p]
        if len(parts) < 2:
            return parts[0] if parts else None
        return [between.join(filter(None, cells)) for cells in zip(*parts)]

    def _numbers(self, batch, field):
        column = self._fields.get(field)
        if column is None:
            return None
        cells = batch.columns[column.position]
        memo = self._memos.get(field)
        return cells if memo is None else [memo[cell] for cell in cells]

    def _spend(self, batch):
        spend = self._numbers(batch, "spend")
        if spend is None and "spend_micros" in self._fields:
            return [_millionth(amount) for amount in self._numbers(batch, "spend_micros")]
        return spend

    def _clicks(self, batch, made):
        """Set clicks, and clicks_are, to all that the source tells of them."""
        if self.clicks_are == "link":
            clicks = made["link_clicks"]
        elif self.recovery.recovers:
            clicks = self.recovery.clicks_of(batch, made["impressions"], made["spend"])
        else:
            clicks = self._numbers(batch, "clicks")
        made["clicks"] = clicks
        made["clicks_are"] = [self.clicks_are if cell else "" for cell in clicks]


def _form_of(period):
    """(day, first day, last day): a day, or else both others, or nothing."""
    if period is None:
        return "", "", ""
    first, last = (day.isoformat() for day in period)
    return (first, "", "") if first == last else ("", first, last)


def _millionth(amount):
    if not amount:
        return ""
    sign, digits = ("-", amount[1:]) if amount.startswith("-") else ("", amount)
    whole = digits.partition(".")[0].rjust(7, "0")
    return "%s%s.%s" % (sign, whole[:-6], whole[-6:])
