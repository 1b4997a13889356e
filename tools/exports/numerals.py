"""Numbers as people write them, and which mark is the decimal one in a file."""

import re
import unicodedata

from .complaint import at, shown
from .names import bare

BLANKS = frozenset(("", "-", "--", "---", "–", "—", "―", "n/a", "N/A", "#N/A", "n.a.", "N.A.",
                    "NA", "na", "null", "NULL", "Null", "None", "nan", "NaN", "NAN", "not available",
                    "N/D", "n/d", "k. A.", "k.A."))
# the decimal mark of a number that a workbook stores as a number
STORED_MARK = "\u2396"
MOST_DIGITS = 15

_parts = re.compile(r"(?P<open>\()?(?P<before>[^\d.,'’+\-−⎖()]*)(?P<sign>[+\-−]?)"
                    r"(?P<between>[^\d.,'’+\-−⎖()]*)"
                    r"(?P<number>(?:[.,⎖]?\d)(?:[\d.,'’⎖ \u00a0\u202f\u2009]*[\d.])?)"
                    r"(?P<after>[^\d.,'’+\-−⎖()]*)(?P<close>\))?", re.ASCII)
_grouped_by_blanks = re.compile(r"(\d{1,3})((?:[ \u00a0\u202f\u2009'’]\d{3})+)((?:[.,⎖]\d*)?)", re.ASCII)
_western = r"(?a)\d{1,3}(?:[%s]\d{3})+"
_indian = r"(?a)\d{1,2}(?:[%s]\d\d)+[%s]\d{3}"
_digits = {ord(c): "1" for c in "123456789"}
_few_letters = frozenset(("kr", "kr.", "zł", "Kč", "Ft", "lei", "Rp", "RM", "S/", "Fr", "Fr.", "円", "元"))


def shape_of(text):
    """The text with every digit but 0 as 1: what tells how a number is written."""
    return text.translate(_digits)


class Written:
    """One number taken apart: digits with their marks, sign, and the codes or signs of its money."""

    __slots__ = ("core", "negative", "money", "percent", "spaced")

    def __init__(self, text):
        match = _parts.fullmatch(bare(text))
        if not match or bool(match["open"]) != bool(match["close"]):
            raise ValueError
        self.money = ()
        self.percent = False
        for part in (match["before"], match["between"], match["after"]):
            self._take_sign_of_money(part.strip())
        self.negative = match["sign"] in ("-", "−") or bool(match["open"])
        self.core = match["number"].strip()
        self.spaced = False
        blanks = _grouped_by_blanks.fullmatch(self.core)
        if blanks:
            self.core = blanks[1] + re.sub(r"\D", "", blanks[2]) + blanks[3]
            self.spaced = True
        elif re.search(r"[ \u00a0\u202f\u2009'’]", self.core):
            raise ValueError

    def _take_sign_of_money(self, part):
        if not part:
            return
        if part == "%":
            self.percent = True
        elif re.fullmatch(r"[A-Z]{3}", part) or part in _few_letters or (
                len(part) <= 4 and any(unicodedata.category(c) == "Sc" for c in part)):
            self.money += (part,)
        else:
            raise ValueError


def evidence_of(core):
    """What the marks in the digits say: the decimal mark, '' for nothing, '?' and the mark for either."""
    marks = [c for c in core if c in ".,"]
    if STORED_MARK in core:
        if marks or core.count(STORED_MARK) > 1:
            raise ValueError
        return ""
    if not marks:
        return ""
    mark = marks[-1]
    other = "," if mark == "." else "."
    if len(set(marks)) == 2:
        whole, _, fraction = core.rpartition(mark)
        if marks.count(mark) > 1 or not _is_grouped(whole, other):
            raise ValueError
        return mark
    if len(marks) > 1:
        if not _is_grouped(core, mark):
            raise ValueError
        return other
    whole, _, fraction = core.partition(mark)
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        return "?" + mark
    return mark


def _is_grouped(digits, mark):
    return bool(re.fullmatch(_western % mark, digits)
                or mark == "," and re.fullmatch(_indian % (mark, mark), digits))


def number_of(text, mark, is_rate=False):
    """The number that the text stands for as plain decimal digits, '' for a blank, given the decimal mark.

    Only a rate may be a percentage.
    """
    if bare(text) in BLANKS:
        return ""
    written = Written(text)
    if written.percent and not is_rate:
        raise ValueError
    core = written.core
    said = evidence_of(core)
    if said in (".", ",") and said != mark:
        raise ValueError
    if STORED_MARK in core:
        core = core.replace(STORED_MARK, ".")
    else:
        core = core.replace("," if mark == "." else ".", "")
        if mark == ",":
            core = core.replace(",", ".")
        if written.spaced and core.count(".") > 1:
            raise ValueError
    whole, dot, fraction = core.partition(".")
    whole = whole.lstrip("0") or "0"
    if len(whole) > MOST_DIGITS:
        raise ValueError
    fraction = fraction[:MOST_DIGITS]
    number = whole + ("." + fraction if fraction else "")
    return "-" + number if written.negative and number.strip("0.") else number


def count_of(text, mark):
    """The same for what can only be counted: a whole number, not negative."""
    number = number_of(text, mark)
    whole, dot, fraction = number.partition(".")
    if number.startswith("-") or fraction.strip("0"):
        raise ValueError
    return whole


class Shapes:
    """How the numbers of one column are written, each way with its first line and value."""

    def __init__(self, column, is_count):
        self.column = column
        self.is_count = is_count
        self.first = {}

    def add(self, batch):
        """Take note of the cells of a batch."""
        values = batch.columns[self.column.position]
        shapes = shape_of("\x1f".join(values)).split("\x1f")
        if len(shapes) != len(values):
            shapes = [shape_of(value) for value in values]
        new = set(shapes).difference(self.first)
        for shape in new:
            place = shapes.index(shape)
            self.first[shape] = (batch.line_of(place, self.column.position), values[place])

    def doubtful(self):
        """The shapes that may be read either way, as {shape: mark}."""
        found = {}
        for shape in self.first:
            said = self._evidence(shape)
            if said.startswith("?"):
                found[shape] = said[1]
        return found

    def evidence(self):
        """(decimal mark, line, value) of every shape that leaves no doubt."""
        for shape, (line, value) in self.first.items():
            said = self._evidence(shape)
            if said in (".", ","):
                yield said, line, value

    def _evidence(self, shape):
        if bare(shape) in BLANKS:
            return ""
        try:
            said = evidence_of(Written(shape).core)
        except ValueError:
            return ""
        # 1.234 impressions are 1234: there are no parts of one
        if self.is_count and said.startswith("?") and not shape.rstrip(")% ").endswith("000"):
            return "," if said[1] == "." else "."
        return said

    def plain_shapes(self):
        """Whether a long number stands here without any mark, so that marks do not group."""
        return any(re.fullmatch(r"[01]{5,}", bare(shape)) for shape in self.first)

    def check(self, mark):
        """(line, value) of the first cell that is no number, given the decimal mark; or None."""
        bad = []
        for shape, (line, value) in self.first.items():
            try:
                (count_of if self.is_count else number_of)(value, mark)
            except ValueError:
                bad.append((line, value))
        return min(bad, default=None)


def complain_about(column, is_count, line, value, mark, witness):
    """The complaint about a cell that is not the number which its column has."""
    kind = "a whole number like 1234" if is_count else "a number like 1234.56"
    because = ""
    try:
        written = Written(value)
        other = evidence_of(written.core).lstrip("?")
        if written.percent:
            because = " but a percentage: if the row is none of the table, delete it"
        elif other and other != mark and witness:
            because = ' (the decimal mark is "%s", as in %s)' % (mark, witness)
    except ValueError:
        pass
    raise at(line, column.header, '"%s" is not %s%s' % (shown(value), kind, because))


def settle_mark(shapes, option, guesses):
    """The decimal mark of the file, and how it is known, by evidence from all its columns.

    guesses is a list of functions that are asked in turn where the digits leave a doubt; each returns
    (mark, reason) or None.
    """
    said = {}
    for column_shapes in shapes:
        for mark, line, value in column_shapes.evidence():
            if mark not in said or line < said[mark][0]:
                said[mark] = (line, value, column_shapes.column)
    if option:
        return option, None
    if len(said) == 2:
        (mark, (line, value, column)), (other_mark, (other_line, other, _)) = sorted(
            said.items(), key=lambda place: place[1][0], reverse=True)
        raise at(line, column.header, '"%s" has %s, but "%s" in line %d has %s' % (
            shown(value), _use_of_mark(value, mark), shown(other), other_line, _use_of_mark(other, other_mark)))
    if said:
        (mark, (line, value, column)), = said.items()
        return mark, '"%s" in line %d' % (shown(value), line)
    doubtful = [(shapes_of.first[shape], shapes_of.column, mark) for shapes_of in shapes
                for shape, mark in shapes_of.doubtful().items()]
    if not doubtful:
        return ".", None
    for guess in guesses:
        found = guess()
        if found:
            return found
    (line, value), column, _ = min(doubtful, key=lambda place: place[0][0])
    raise at(line, column.header, _either_way(value))


def _use_of_mark(value, mark):
    if mark in value:
        return '"%s" as decimal mark' % mark
    return '"%s" between thousands' % ("," if mark == "." else ".")


def _either_way(value):
    return '"%s" may be %s or %s: say --decimal-comma for %s, --decimal-point for %s' % (
        (shown(value),) + (number_of(value, ",", True), number_of(value, ".", True)) * 2)
