"""Clicks (All) where the file does not have it: from CTR (all) and impressions, or else link clicks."""

import math

from .complaint import Complaint, at, shown
from .names import plain
from .numerals import STORED_MARK, number_of
from .totals import Memo


class Recovery:
    """What the clicks of the rows are, and how to get at them."""

    def __init__(self, table, survey):
        self.recovers = False
        self.clicks_are = "all"
        self.inexact = 0
        self.note = None
        self._mark = survey.mark
        self._survey = survey
        fields = table.by_field
        self._ctr, self._cpc = fields.get("ctr"), fields.get("cpc")
        self._memo = Memo(self._rate)
        self._link = fields.get("link")
        self._per = 100
        sample = next(table.batches())
        if "clicks" in fields:
            self._check(sample, fields)
            return
        self.recovers = self._ctr is not None and self._fits(sample, fields)
        if not self.recovers:
            self.clicks_are = "link"
            if self._link is None:
                raise Complaint("line %d: no column for Clicks (all), and CTR does not tell it" % table.line)

    def _rate(self, text):
        """(rate, half of its last digit) or None."""
        try:
            number = number_of(text, self._mark, True)
        except ValueError:
            return None
        if not number:
            return None
        decimals = len(number.partition(".")[2])
        return float(number), 0.5 * 10 ** -decimals

    def _numbers(self, batch, column):
        return [self._memo[cell] for cell in batch.columns[column.position]] if column else [None] * len(batch.rows)

    def _fits(self, sample, fields):
        """Whether CTR is that of all clicks: not of link clicks, and a percentage."""
        rows = list(zip(*(self._numbers(sample, column) for column in (
            self._ctr, fields["impressions"], self._link, self._cpc, fields.get("spend")))))
        self._per = self._unit(sample, rows)
        same = more = fewer = 0
        for ctr, impressions, link, _, _ in rows:
            if ctr and impressions and link and (ctr[0] or link[0]):
                low, high = self._interval(ctr, impressions[0])
                same += low <= link[0] <= high
                more += link[0] < low
                fewer += link[0] > high
        if fewer > more:
            self.note = "CTR does not go with the link clicks, so Clicks (All) was not recovered from it."
            return False
        if same and not more and plain(self._ctr.header) == "ctr":
            self.note = '"CTR" is that of link clicks, so Clicks (All) cannot be recovered from it.'
            return False
        return True

    def _unit(self, sample, rows):
        """100 if CTR is in percent, 1 if it is a fraction; complains where nothing tells."""
        options = self._survey.options
        if options.ctr_percent or options.ctr_fraction:
            return 100 if options.ctr_percent else 1
        signed, plain_ones = [], []
        for shape, cell in self._survey.shapes["ctr"].first.items():
            if "1" in shape:
                (signed if "%" in shape else plain_ones).append(cell)
        if signed and plain_ones:
            (line, value), (_, other) = min(plain_ones), min(signed)
            raise at(line, self._ctr.header, '"%s" has no %%, but "%s" has: say --ctr-percent if all are percentages'
                     % (shown(value.replace(STORED_MARK, ".")), shown(other)))
        if signed or "%" in self._ctr.header:
            return 100
        if plain(self._ctr.header) == "metrics.ctr":
            return 1
        telling = [(place, row) for place, row in enumerate(rows) if row[0] and row[0][0] > 0 and row[1] and row[1][0] > 0]
        wrong = {per: sum(_contradicts(per, *row) for _, row in telling) for per in (100, 1)}
        for per, other in ((100, 1), (1, 100)):
            if not telling or wrong[other] and 4 * wrong[per] <= wrong[other]:
                return per
        place, row = telling[0]
        line = sample.line_of(place, self._ctr.position)
        raise at(line, self._ctr.header, '"%s" may be a percentage or a fraction, of %.0f or %.0f clicks: say --ctr-percent '
                 'or --ctr-fraction' % ((shown(sample.rows[place][self._ctr.position].replace(STORED_MARK, ".")),)
                                        + tuple(row[0][0] * row[1][0] / per for per in (100, 1))))

    def _interval(self, ctr, impressions):
        centre, half = ctr[0] * impressions / self._per, ctr[1] * impressions / self._per
        return centre - half - 1e-6, centre + half + 1e-6

    def clicks_of(self, batch, impressions, spend):
        """Clicks (All) of each row as text, '' where it is not known."""
        cells = zip(self._numbers(batch, self._ctr), impressions, self._numbers(batch, self._cpc),
                    spend or [None] * len(batch.rows))
        return [self._clicks(*row) for row in cells]

    def _clicks(self, ctr, impressions, cpc, spend):
        if ctr is None or not impressions:
            return ""
        low, high = self._interval(ctr, int(impressions))
        if cpc and cpc[0] > 0 and spend and float(spend) > 0:
            by_cost = float(spend) / (cpc[0] + cpc[1]), float(spend) / max(cpc[0] - cpc[1], 1e-9)
            if by_cost[0] <= high and low <= by_cost[1]:
                low, high = max(low, by_cost[0] - 1e-6), min(high, by_cost[1] + 1e-6)
        least, most = math.ceil(low), math.floor(high)
        if least != most:
            self.inexact += 1
        middle = (low + high) / 2
        return str(max(0, round(middle)))

    def _check(self, batch, fields):
        """Note it if the clicks are not those that CTR (all) is of, but link clicks are."""
        if self._ctr is None or "all" in plain(fields["clicks"].header):
            return
        agree = disagree = 0
        for ctr, impressions, clicks in zip(self._numbers(batch, self._ctr), self._numbers(batch, fields["impressions"]),
                                            self._numbers(batch, fields["clicks"])):
            if ctr and impressions and clicks and impressions[0]:
                fits = any(abs(clicks[0] / impressions[0] * per - ctr[0]) <= ctr[1] + 0.01 * ctr[0] for per in (100, 1))
                agree, disagree = agree + fits, disagree + (not fits)
        if disagree > agree:
            self.note = ('"%s" over impressions is not "%s" in %d of %d rows: is it a part of the clicks?'
                         % (fields["clicks"].header, self._ctr.header, disagree, agree + disagree))


def _contradicts(per, ctr, impressions, link, cpc, spend):
    """Whether CTR in this unit is of no whole number of clicks, of more than the impressions, or not that of the rest."""
    clicks = ctr[0] * impressions[0] / per
    # the last digit may have been cut off rather than rounded
    margin = 2 * ctr[1] * impressions[0] / per + 1e-6
    if math.ceil(clicks - margin) > math.floor(clicks + margin) or clicks - margin > impressions[0]:
        return True
    if link and link[0] > clicks + margin:
        return True
    return bool(cpc and spend and cpc[0] > 0 and spend[0] > 0 and abs(spend[0] / cpc[0] - clicks) > 0.1 * clicks + 1)
