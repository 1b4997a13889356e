"""What was understood of a file, in words for whoever exported it."""

import textwrap
import unicodedata

from .complaint import shown
from .days import YEAR_FIRST
from .names import DATES, NUMBERS, plain

WIDTH = 80
_SAID = {"clicks": "clicks, that is Clicks (All)", "link": "link clicks", "reaction": "reactions",
         "comment": "comments", "share": "shares", "page_like": "Page likes", "outbound": "outbound clicks",
         "unique_clicks": "unique clicks as reported, never added up", "reach": "reach as reported, never added up",
         "age": "age, part of the audience segment", "gender": "gender, part of the audience segment",
         "audience": "audience segment", "platform": "platform, part of the placement",
         "hour": "hour, added up by day", "first_day": "first day of the row", "last_day": "last day of the row",
         "spend_micros": "spend in millionths"}


def width_of(text):
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def _padded(text, width):
    return text + " " * (width - width_of(text))


class Summary:
    """The lines that tell what was taken for what, and what was left out."""

    def __init__(self, table, survey, periods, spans, totals, canonical, options):
        self.table, self.survey, self.periods, self.spans = table, survey, periods, spans
        self.totals, self.canonical, self.options = totals, canonical, options

    def lines(self):
        """All of it."""
        yield ""
        yield "What was taken for what?"
        yield ""
        yield from self._columns()
        notes = list(self._notes())
        if notes:
            yield ""
            yield "What to know about it?"
            yield ""
            for note in notes:
                yield from textwrap.wrap(note, WIDTH, initial_indent="* ", subsequent_indent="  ",
                                         break_long_words=False, break_on_hyphens=False)

    def _columns(self):
        used = [(shown(c.header, 34), self._taken_as(c)) for c in self.table.columns if self._is_used(c)]
        others = [shown(c.header, 34) for c in self.table.columns if not self._is_used(c) and c.header]
        left = max(width_of(header) for header, _ in used + [("column of the file", "")])
        right = max(width_of(taken) for _, taken in used + [("", "taken as")])
        yield " %s │ %s" % (_padded("column of the file", left), "taken as")
        yield "─" * (left + 2) + "┼" + "─" * (right + 2)
        for header, taken in used:
            yield " %s │ %s" % (_padded(header, left), taken)
        if others:
            yield ""
            yield from textwrap.wrap("Not used: " + ", ".join(others), WIDTH, subsequent_indent="  ",
                                     initial_indent=" ", break_long_words=False, break_on_hyphens=False)

    def _is_used(self, column):
        if column.field is None or column.field in self.survey.lost_ids:
            return False
        if column.field in ("ctr", "cpc"):
            return self.canonical.recovery.recovers
        if column.field in ("cpm", "frequency", "level"):
            return False
        if column.field in ("first_day", "last_day"):
            return not {"day", "week", "month"} & set(self.survey.dates)
        return True

    def _taken_as(self, column):
        said = _SAID.get(column.field, column.field.replace("_", " "))
        if column.field == "clicks" and "(" not in plain(column.header) and "all" not in plain(column.header):
            said = "clicks, taken as Clicks (All)"
        if column.field == "link" and self.canonical.clicks_are == "link":
            said = "link clicks: there are no others"
        if column.field == "first_day" and "last_day" not in self.survey.dates:
            said = "day"
        if column.field in ("ctr", "cpc"):
            said = "what Clicks (All) is recovered from"
        if column.field in ("spend", "spend_micros", "purchase_value"):
            currency = column.currency or (self.canonical.currency if "spend" in column.field else "")
            said += " in " + currency if currency else ""
        return said

    def _notes(self):
        yield from self.table.source.notes
        yield from self._notes_on_dialect()
        yield from self._notes_on_clicks()
        yield from self._notes_on_totals()
        yield from self._notes_on_lines()
        yield from self._notes_on_repeats()
        yield from self._notes_on_days()

    def _notes_on_dialect(self):
        survey = self.survey
        if survey.mark_reason and (survey.mark == "," or '" in line' not in survey.mark_reason):
            yield 'The decimal mark is "%s" (%s).' % (survey.mark, survey.mark_reason)
        if survey.day_first_reason:
            yield "In days the %s comes first (%s)." % (
                "year" if survey.day_first == YEAR_FIRST else "day" if survey.day_first else "month", survey.day_first_reason)
        for field, (line, value) in sorted(survey.lost_ids.items()):
            yield ('"%s" is not used: "%s" in line %d is what a spreadsheet left of an id.'
                   % (shown(self.table.by_field[field].header), shown(value.rstrip("⎖")), line))
        if self.table.fill_down:
            yield "Blank names are those of the row above."

    def _notes_on_clicks(self):
        recovery = self.canonical.recovery
        if recovery.note:
            yield recovery.note
        if recovery.recovers:
            yield "The file has no Clicks (All): it was recovered from CTR (all) and impressions." + (
                " As CTR is rounded, %s may be a few clicks off." % _rows(recovery.inexact) if recovery.inexact else "")
        elif self.canonical.clicks_are == "link":
            yield ("The file has no Clicks (All), only link clicks, which are a part of them. Clicks, CTR and CPC "
                   "below are of link clicks. For all, add the column Clicks (all) to the export.")

    def _notes_on_totals(self):
        yield from self.totals.notes
        lines = sorted(self.totals.lines)
        if lines:
            yield "Rows left out, as they are totals of others: %d (%s)." % (len(lines), _at(lines))
        for line, field, own, total in self.totals.unequal[:3]:
            yield "The total in line %d has %s %s, the rows of its days %s%s. If it is no total, say --keep=%d." % (
                line, field, _number(own), _number(total),
                ": the file may lack some" if own > total else "", line)
        doubtful = self.totals.doubtful
        if doubtful:
            yield ("Rows that may be totals of others, but need not be, and are counted: %d (%s). --leave-out=%d "
                   "would not count %s." % (len(doubtful), _at(doubtful), doubtful[0],
                                            "it" if len(doubtful) == 1 else "the first"))
        line = self.canonical.like_all_others
        if line and line not in self.options.keep:
            yield ("Line %d has as many clicks and impressions as all other rows together. It is counted; if it is "
                   "their total, say --leave-out=%d." % (line, line))
        wanted = sorted(self.options.leave_out - self.totals.lines)
        if wanted:
            yield "Left out, as you said: %s." % _at(wanted)

    def _notes_on_lines(self):
        if self.table.titles:
            yield "Skipped: %d title line%s above the table." % (
                len(self.table.titles), "" if len(self.table.titles) == 1 else "s")
        loose = self.table.loose
        if loose:
            first = min(loose)
            yield "Skipped: %s without numbers, %s: \"%s\"." % (_lines(len(loose)), _at(sorted(loose)),
                                                               shown(loose[first]))
        if self.table.repeated_headers:
            yield "Skipped: the header, which stands there again (%s)." % _at(self.table.repeated_headers)

    def _notes_on_repeats(self):
        canonical = self.canonical
        if canonical.repeats:
            verb = "left out" if self.options.once else "counted; --once counts such rows once"
            yield "The same as an earlier row, to the last cell: %s (%s). They are %s." % (
                _rows(canonical.repeats), _at(canonical.repeated, canonical.repeats), verb)
        if canonical.restatements:
            yield ("With the names and day of an earlier row, but other numbers: %s (%s). They are counted; if they "
                   "are newer numbers for the same, leave the older out."
                   % (_rows(canonical.restatements), _at(canonical.restated, canonical.restatements)))

    def _notes_on_days(self):
        yield from self.periods.notes
        spans = [p for p in self.spans if isinstance(p, tuple)] or list(filter(None, [self.options.period]))
        if len(spans) == 1 and spans[0][0] != spans[0][1]:
            yield ("All rows cover %s to %s as a whole: there is no table by week. For one, export by day (in Ads "
                   "Manager: Breakdown, By time, Day)." % spans[0])
        elif any(first != last for first, last in spans):
            yield ("Rows cover several days each, such as %s to %s: they are reported as the file has them."
                   % next(span for span in sorted(spans) if span[0] != span[1]))
        if self.canonical.nameless and self.canonical.named:
            yield ("Rows without any name, of campaign or other: %d. If the names are those of the row above, say "
                   "--fill-down." % self.canonical.nameless)
        if self.canonical.dayless:
            yield "Rows without a day, in the total but in no week: %d." % self.canonical.dayless


def _rows(number):
    return "%d row%s" % (number, "" if number == 1 else "s")


def _lines(number):
    return "%d line%s" % (number, "" if number == 1 else "s")


def _at(lines, number=None):
    number = number or len(lines)
    said = ", ".join(str(line) for line in lines[:3])
    return "line%s %s%s" % ("" if number == 1 else "s", said, ", ..." if number > 3 else "")


def _number(value):
    return ("%.2f" % value).rstrip("0").rstrip(".")
