"""Header names, in the languages of columns.csv, and the fields that they name."""

import csv
import os
import re
import unicodedata

from .complaint import shown

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "columns.csv")
GENERAL_COLUMNS = 7         # field, Meta, Insights API, four platforms; then languages

COUNTS = ("clicks", "link", "reaction", "comment", "share", "page_like", "outbound",
          "unique_clicks", "impressions", "reach", "landing_page_views")
AMOUNTS = ("spend", "spend_micros", "purchases", "leads", "purchase_value")
RATES = ("ctr", "cpc", "cpm", "frequency")
MONEY = ("spend", "purchase_value", "cpc", "cpm")
METRICS = COUNTS + AMOUNTS
NUMBERS = METRICS + RATES
DATES = ("day", "week", "month", "first_day", "last_day")
NAMES = ("account", "account_id", "campaign", "campaign_id", "ad_set", "ad_set_id", "ad", "ad_id")
BREAKDOWNS = ("audience", "age", "gender", "country", "device", "platform", "placement")
DIMENSIONS = NAMES + ("hour", "currency", "format", "objective") + BREAKDOWNS

# where the same name is several fields' it is that of the first
SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS",
         "₫": "VND", "₱": "PHP", "₦": "NGN", "฿": "THB", "R$": "BRL", "US$": "USD", "zł": "PLN",
         "Kč": "CZK", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "MX$": "MXN",
         "円": "JPY", "JP¥": "JPY", "CN¥": "CNY", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD",
         "Ft": "HUF", "lei": "RON", "Fr": "CHF", "Fr.": "CHF", "Rp": "IDR", "RM": "MYR", "S/": "PEN", "₴": "UAH", "₸": "KZT", "₡": "CRC", "₲": "PYG",
         "₵": "GHS", "₾": "GEL", "₼": "AZN", "৳": "BDT", "៛": "KHR", "₭": "LAK", "₮": "MNT"}
_sign = "|".join(map(re.escape, SIGNS)) + r"|kr\.?|[A-Z]{0,2}[$£¥\u20a0-\u20cf]"
_currency_at_end = re.compile(r"^(.*\S)\s*[(\[]\s*(?:in\s+)?(?:([A-Za-z]{3}|%s)|[^\w\s()\[\]]{1,2})\s*[)\]]$" % _sign)
_bare_currency = re.compile(r"^(.*?\S)\s+(?:(?:in|en|em)\s+)?([A-Z]{3}|%s)$" % _sign)

# names in other languages that are English words as well: they do not tell the language
ENGLISH_TOO = frozenset(("tag", "data", "genre", "land", "alter", "os"))


def bare(text):
    """The text without blanks around it, and without characters that nobody sees."""
    if not text.isascii():
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return text.strip()


def code_of(text):
    """The code of the currency that a code or sign stands for, None if that is none or several."""
    text = bare(text)
    return SIGNS.get(text) or (text.upper() if re.fullmatch("(?a)[A-Za-z]{3}", text) else None)


def plain(name):
    """The name as it is compared: without case, Latin accents, underscores and odd blanks."""
    name = unicodedata.normalize("NFKC", name)
    if " " not in name.strip():
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    name = name.casefold().replace("_", " ")
    name = re.sub("[\u2018\u2019\u00b4`]", "'", name)
    name = re.sub("[\u201c-\u201f\u00ab\u00bb]", '"', name)
    name = re.sub("[\u2010-\u2015\u2212]", "-", name)
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    name = re.sub(r"(?<=\S)\(", " (", _without_accents(name))
    name = re.sub(r"\s*\(%\)$|\s+%$", "", " ".join(name.split()))
    return name.rstrip(" .:").strip()


def _without_accents(text):
    letters, latin = [], False
    for c in unicodedata.normalize("NFD", text):
        if unicodedata.combining(c) and latin:
            continue
        latin = c.isascii() and c.isalpha() or (latin and bool(unicodedata.combining(c)))
        letters.append(c)
    return unicodedata.normalize("NFC", "".join(letters))


class Column:
    """What is known of one column of a file: its header, and what it was taken for."""

    def __init__(self, position, header):
        self.position = position
        self.header = header
        self.field = None
        self.currency = None
        self.sign = None            # of money, or its code, in the header
        self.languages = frozenset()
        self.rank = 0
        self.twin_of = None         # the column that has the same name, and was taken

    def __repr__(self):
        return '%s (%s)' % (shown(self.header), self.field)


def _read_table():
    known = {}
    with open(TABLE, encoding="utf-8", newline="") as table:
        rows = csv.reader(table)
        languages = next(rows)
        for field, *cells in rows:
            rank = 0
            for language, cell in zip(languages[1:], cells):
                general = languages.index(language) < GENERAL_COLUMNS
                for name in filter(None, cell.split("|")):
                    rank += 1
                    found = known.setdefault(plain(name), {})
                    entry = found.setdefault(field, [rank, set()])
                    entry[1].add("en" if general else language)
    return known


_KNOWN = _read_table()


def _look_up(name, money_only=False):
    """Every (field, rank, languages) that the name may stand for, the likeliest first."""
    found = _KNOWN.get(plain(name), {})
    return [(field, rank, frozenset(languages)) for field, (rank, languages) in found.items()
            if not money_only or field in MONEY]


def recognize(header, position=0):
    """The column of a header cell; its field is None if the name is not known."""
    column = Column(position, " ".join(header.split()))
    found = _look_up(header)
    if not found:
        header = unicodedata.normalize("NFKC", header).strip()
        match = _currency_at_end.match(header) or _bare_currency.match(header)
        found = _look_up(match.group(1), money_only=True) if match else []
        if found:
            column.sign = match.group(2)
            column.currency = code_of(column.sign or "")
    if found:
        column.field, column.rank, column.languages = found[0]
    return column


def recognize_all(headers):
    """The columns of a header, each field given to the best of its names."""
    columns = [recognize(header, position) for position, header in enumerate(headers)]
    best = {}
    for column in columns:
        rival = best.get(column.field)
        if column.field and (rival is None or column.rank < rival.rank):
            best[column.field] = column
    for column in columns:
        if column.field and best[column.field] is not column:
            if plain(column.header) == plain(best[column.field].header):
                column.twin_of = best[column.field]
            column.field = None
    return columns


def language_of(columns):
    """The languages other than English that the header is written in, with the names that say so."""
    said = [c for c in columns if c.field and c.languages and "en" not in c.languages
            and plain(c.header) not in ENGLISH_TOO]
    if not said:
        return frozenset(), None
    common = frozenset.intersection(*(c.languages for c in said))
    if common:
        return common, said[0].header
    return frozenset.union(*(c.languages for c in said)), said[0].header
