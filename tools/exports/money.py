"""Currencies: what signs stand for, and whether header, rows and amounts agree on one."""

import re

from .complaint import Complaint, at, shown
from .labels import is_total_label
from .names import SIGNS, bare, code_of
from .numerals import BLANKS, Written, shape_of

# what a sign may stand for, where that is more than one currency
_SEVERAL = {
    "$": """USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU DOP CUP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD
            SBD SRD TTD XCD""",
    "¥": "JPY CNY", "￥": "JPY CNY", "元": "CNY TWD HKD", "£": "GBP EGP GIP FKP SHP LBP SYP SSP SDG",
    "kr": "SEK NOK DKK ISK", "kr.": "SEK NOK DKK ISK", "₨": "INR PKR LKR NPR MUR SCR", "lei": "RON MDL",
    "Fr": "CHF", "Fr.": "CHF",
}
_SEVERAL = {sign: frozenset(codes.split()) for sign, codes in _SEVERAL.items()}
_has_sign = re.compile(r"(?a)[^\d.,\s+()⎖-]").search
_KNOWN = frozenset(SIGNS.values()).union(*_SEVERAL.values())


def agree(one, other):
    """Whether two codes or signs may be of the same currency."""
    ones, others = (_SEVERAL.get(money) or frozenset((code_of(money) or money,)) for money in (one, other))
    if ones & others:
        return True
    # a sign that nobody knows may be that of a currency whose sign nobody knows
    return any(_is_unknown_sign(a) and not b & _KNOWN for a, b in ((one, others), (other, ones)))


def _is_unknown_sign(money):
    return money not in _SEVERAL and code_of(money) is None


class Signs:
    """The signs beside the amounts of one column, each with the currency that its row names."""

    def __init__(self, column, currency):
        self.column = column
        self._currency = currency
        self.first = {}         # (shape of the amount, currency of the row) -> line and value of the first

    def add(self, batch):
        """Take note of the cells of a batch."""
        amounts = batch.columns[self.column.position]
        if not _has_sign(",".join(amounts)):
            return
        currencies = batch.columns[self._currency.position] if self._currency else [""] * len(amounts)
        pairs = list(zip(map(shape_of, amounts), currencies))
        for pair in set(pairs).difference(self.first):
            place = pairs.index(pair)
            self.first[pair] = (batch.line_of(place, self.column.position), amounts[place])

    def found(self):
        """(line, value, sign, currency of the row) of each amount that has a sign."""
        for (_, currency), (line, value) in sorted(self.first.items(), key=lambda item: item[1]):
            if bare(value) in BLANKS:
                continue
            try:
                signs = Written(value).money
            except ValueError:
                continue
            currency = bare(currency)
            for sign in _surest(signs):
                yield line, value, sign, "" if currency in BLANKS or is_total_label(currency) else currency


def _surest(signs):
    """Of $ and USD beside one amount, USD; all signs, if they do not agree."""
    codes = [sign for sign in signs if code_of(sign)]
    return codes[:1] if codes and all(agree(codes[0], sign) for sign in signs) else signs


def settle_currency(table, signs, currencies, option):
    """The currency that signs tell where header, rows and --currency do not; None if there is none.

    Complains where any of them contradict each other.
    """
    given, where = _given(table, option)
    column = table.by_field.get("currency")
    # --currency is for the rows that name none
    compared = given and not (option and not BLANKS.isdisjoint(map(bare, currencies)))
    for value, line in sorted(currencies.items(), key=lambda item: item[1]):
        value = bare(value)
        if len(value.encode()) > 15 or re.search(r"[\x00-\x1f\x7f]", value):
            raise at(line, column.header, '"%s" is not a currency like USD' % shown(value))
        if compared and value not in BLANKS and not is_total_label(value) and not agree(value, given):
            raise at(line, column.header, '"%s" is another currency than %s: mend one of them' % (shown(value), where))
    alone = None
    for one in signs:
        for line, value, sign, currency in one.found():
            known = currency or given
            if known:
                if not agree(sign, known):
                    than = ('its row, which says "%s"' % shown(currency) if currency
                            else "its header says" if where.endswith('"%s"' % shown(one.column.header)) else where)
                    raise at(line, one.column.header, '"%s" is in another currency than %s' % (shown(value), than))
            elif alone is None:
                alone = sign, value
            elif alone[0] != sign and (code_of(sign) is None or code_of(alone[0]) != code_of(sign)):
                raise at(line, one.column.header, '"%s" is in another currency than "%s": %s' % (
                    shown(value), shown(alone[1]),
                    "fill in the column Currency" if column else "add a column Currency, such as USD in each row"))
    return code_of(alone[0]) if alone else None


def _given(table, option):
    """The currency or sign that --currency or a header tells, and the words for where; complains if headers differ."""
    given, where = (option, "--currency=%s" % shown(option)) if option else (None, None)
    for column in table.columns:
        money = column.currency or column.sign
        if not column.field or not money:
            continue
        if given and not agree(money, given):
            raise Complaint('line %d, column "%s": is in another currency than %s' % (
                table.line, shown(column.header), where))
        if given is None:
            given, where = money, 'the column "%s"' % shown(column.header)
    return given, where
