"""Days, weeks and months as people write them."""

import datetime
import functools
import re

from .complaint import Complaint
from .names import bare, plain

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
FIRST_YEAR, LAST_YEAR = 1990, 2100
FIRST_YEAR_OF_ADS = 2004

_time = r"(?:[T ,]*(?:\d{1,2}[:h.-]\d\d.*|\d{1,2} ?[APap][Mm].*))?"
_year_first = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _time)
_compact = re.compile(r"(\d{4})(\d\d)(\d\d)")
_japanese = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日" + _time)
_year_last = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)" + _time)
_month_of_year = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{4})年(\d{1,2})月")
_iso_week = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)
_between = re.compile(r"\s+(?:-|–|—|to|bis|au|a|al|até|ate|tot|t/m)\s+|\s*[–—~〜～→]\s*|\s*\.\.+\s*|(?<=\d{4}-\d\d-\d\d),(?=\d{4})")


@functools.cache
def _months():
    """The number of each month by its name; with Babel, which knows the names."""
    try:
        from babel.dates import get_month_names
    except ImportError:
        raise Complaint("has words among its days, for which python3-babel is needed: install it") from None
    table = {}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in get_month_names(width, context, language).items():
                    table.setdefault(plain(name), month)
    table.update(sept=9, mrz=3, maerz=3)
    return table


_small_words = frozenset(("de", "del", "of", "den", "le", "the", "di"))


# what comes first in 26.03.02, where a day is known to be neither day first nor month first
YEAR_FIRST = "year first"


def _year(text):
    year = int(text)
    return 2000 + year if len(text) == 2 else year


def _date(year, month, day):
    date = datetime.date(year, month, day)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError
    return date


def order_in(text):
    """What the text says of the order: True day first, False month first, None nothing, 'either' a doubt."""
    found = None
    for part in _parts_of(text):
        match = _year_last.fullmatch(part)
        if not match or match[2] == ".":
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            return True
        if second > 12 >= first:
            return False
        if first != second:
            found = "either"
    return found


def short_years(text):
    """The parts of the text, such as 26.03.02, that have a year of two digits at one end or the other."""
    return [part for part in _parts_of(text) if re.fullmatch(r"(?a)\d{1,2}([-/.])\d{1,2}\1\d\d", part)]


def may_begin_with_year(part):
    """Whether what short_years() gives is a day of ads, too, if its year comes first."""
    try:
        return bool(re.match(r"\d\d.\d\d.", part)) and (
            FIRST_YEAR_OF_ADS <= day_of(part, YEAR_FIRST).year <= datetime.date.today().year + 1)
    except ValueError:
        return False


def is_sure(text):
    """Whether the text is a day, or several, that no order of numbers would change."""
    if any(match and match[2] != "." for match in map(_year_last.fullmatch, _parts_of(text))):
        return False
    try:
        return bool(period_of(text, None))
    except (ValueError, OverflowError):
        return False


def readings_of(text):
    """{option: day} of the orders in which the text is a day."""
    found = {}
    for option, order in (("--year-first", YEAR_FIRST), ("--day-first", True), ("--month-first", False)):
        try:
            day = day_of(text, order)
        except ValueError:
            continue
        if day not in found.values():
            found[option] = day
    return found


def _parts_of(text):
    text = bare(text)
    halves = [half for half in _between.split(text) if half]
    return halves if len(halves) == 2 else [text]


def period_of(text, day_first):
    """The (first, last) day that the text stands for; raises ValueError if it is no day, week or month."""
    parts = _parts_of(text)
    if len(parts) == 2:
        first, last = day_of(parts[0], day_first), day_of(parts[1], day_first)
        if first > last:
            raise ValueError
        return first, last
    part = parts[0]
    match = _iso_week.fullmatch(part)
    if match:
        first = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return first, first + datetime.timedelta(6)
    match = _month_of_year.fullmatch(part)
    if match:
        return month_of(_date(int(match[1] or match[3]), int(match[2] or match[4]), 1))
    words = _words_of(part)
    if len(words) == 2:
        month, year = _month_and_numbers(words)
        if len(year) == 1 and len(year[0]) == 4:
            return month_of(_date(int(year[0]), month, 1))
    day = day_of(part, day_first)
    return day, day


def month_of(day):
    """First and last day of the month that the day is in."""
    first = day.replace(day=1)
    return first, (first + datetime.timedelta(31)).replace(day=1) - datetime.timedelta(1)


def day_of(text, day_first):
    """The day that the text stands for; raises ValueError if it stands for none."""
    text = bare(text)
    for pattern in (_year_first, _japanese, _compact):
        match = pattern.fullmatch(text)
        if match:
            numbers = [g for g in match.groups() if g.isdigit()]
            return _date(int(numbers[0]), int(numbers[1]), int(numbers[2]))
    match = _year_last.fullmatch(text)
    if match:
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        if day_first == YEAR_FIRST:
            if len(match[4]) == 2:
                return _date(_year(match[1]), second, int(match[4]))
            if order_in(text) == "either":
                raise ValueError
            day_first = None
        if match[2] == "." or (day_first is None and (first > 12 or first == second)) or day_first:
            return _date(year, second, first)
        return _date(year, first, second)
    return _spelled(text)


def _words_of(text):
    text = re.sub(_time + "$", "", text.strip()) if ":" in text else text
    words = [word.strip(".") for word in re.split(r"[\s,./-]+", plain(text))]
    return [word for word in words if word and word not in _small_words]


def _month_and_numbers(words):
    months = [word for word in words if word in _months()]
    numbers = [m[1] for m in (re.fullmatch(r"(\d+)(?:st|nd|rd|th|er|º|°)?", word) for word in words) if m]
    if len(months) != 1:
        raise ValueError
    return _months()[months[0]], numbers


def _spelled(text):
    words = _words_of(text)
    month, numbers = _month_and_numbers(words)
    others = len(words) - 1 - len(numbers)
    if len(numbers) != 2 or others > 1 or (others == 1 and not words[0].isalpha()):
        raise ValueError
    if len(numbers[0]) == 4:
        return _date(int(numbers[0]), month, int(numbers[1]))
    return _date(_year(numbers[1]), month, int(numbers[0]))
