"""A made-up table, written in many dialects, is read back equal."""

import csv
import datetime
import gzip
import io
import random

from reader import read

HEADERS = {
    "en": ("Campaign name", "Ad set name", "Ad name", "Day", "Impressions", "Clicks (all)", "Link clicks", "Amount spent"),
    "de": ("Name der Kampagne", "Name der Anzeigengruppe", "Anzeigenname", "Tag", "Impressionen", "Klicks (alle)",
           "Link-Klicks", "Ausgegebener Betrag"),
    "fr": ("Nom de la campagne", "Nom de l’ensemble de publicités", "Nom de la publicité", "Jour", "Impressions",
           "Clics (tous)", "Clics sur un lien", "Montant dépensé"),
    "es": ("Nombre de la campaña", "Nombre del conjunto de anuncios", "Nombre del anuncio", "Día", "Impresiones",
           "Clics (todos)", "Clics en el enlace", "Importe gastado"),
    "pt": ("Nome da campanha", "Nome do conjunto de anúncios", "Nome do anúncio", "Dia", "Impressões",
           "Cliques (todos)", "Cliques no link", "Valor usado"),
    "it": ("Nome della campagna", "Nome del gruppo di inserzioni", "Nome dell'inserzione", "Giorno", "Impression",
           "Clic (tutti)", "Clic sul link", "Importo speso"),
    "nl": ("Campagnenaam", "Naam advertentieset", "Advertentienaam", "Dag", "Weergaven", "Klikken (alle)",
           "Klikken op links", "Besteed bedrag"),
    "ja": ("キャンペーン名", "広告セット名", "広告名", "日", "インプレッション", "クリック(すべて)", "リンクのクリック", "消化金額"),
    "api": ("campaign_name", "adset_name", "ad_name", "date_start", "impressions", "clicks", "inline_link_clicks", "spend"),
    "google": ("Campaign", "Ad group", "Ad name", "Day", "Impr.", "Clicks", "Link clicks", "Cost"),
    "microsoft": ("CampaignName", "AdGroupName", "AdTitle", "TimePeriod", "Impressions", "Clicks", "LinkClicks", "Spend"),
    "tiktok": ("Campaign name", "Ad group name", "Ad name", "By Day", "Impressions", "Clicks (all)",
               "Clicks (destination)", "Cost"),
    "linkedin": ("Campaign Name", "Ad set", "Creative Name", "Start Date (in UTC)", "Impressions", "Clicks",
                 "Clicks to Landing Page", "Total Spent"),
}
MONTHS = {"en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
          "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
          "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()}
DAYS = {
    "2026-03-09": lambda d: d.isoformat(),
    "2026/3/9": lambda d: "%d/%d/%d" % (d.year, d.month, d.day),
    "09.03.2026": lambda d: d.strftime("%d.%m.%Y"),
    "9/3/2026": lambda d: "%d/%d/%d" % (d.day, d.month, d.year),
    "3/9/2026": lambda d: "%d/%d/%d" % (d.month, d.day, d.year),
    "3/9/26": lambda d: "%d/%d/%02d" % (d.month, d.day, d.year % 100),
    "09-03-2026": lambda d: d.strftime("%d-%m-%Y"),
    "20260309": lambda d: d.strftime("%Y%m%d"),
    "2026-03-09T00:00:00+0000": lambda d: d.isoformat() + "T00:00:00+0000",
    "Mar 9, 2026": lambda d: "%s %d, %d" % (MONTHS["en"][d.month - 1], d.day, d.year),
    "9 Mar 2026": lambda d: "%d %s %d" % (d.day, MONTHS["en"][d.month - 1], d.year),
    "9. März 2026": lambda d: "%d. %s %d" % (d.day, MONTHS["de"][d.month - 1], d.year),
    "9 mars 2026": lambda d: "%d %s %d" % (d.day, MONTHS["fr"][d.month - 1], d.year),
    "2026年3月9日": lambda d: "%d年%d月%d日" % (d.year, d.month, d.day),
}
# how numbers are written: (between thousands, decimal mark)
MARKS = (("", "."), ("", ","), (",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("\u202f", ","), ("'", "."), ("’", "."))
MONEY = ("%s", "€%s", "%s €", "EUR %s", "%s\u00a0€", "%s EUR")
BLANKS = ("", "-", "--", "—", "n/a")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
TOTALS = (None, "first, blank", "last, blank", "last, Total", "first, Total: all", "last, Gesamt")


def table(dice):
    """Rows of (campaign, ad set, ad, day, impressions, clicks, link clicks, spend in cents); None is blank."""
    rows = []
    first = datetime.date(2026, 3, 9)
    for day in range(dice.randint(6, 12)):
        for ad in range(dice.randint(1, 4)):
            impressions = dice.choice((dice.randint(1, 999), dice.randint(1000, 99999), dice.randint(10 ** 6, 10 ** 7)))
            clicks = dice.randint(0, impressions)
            row = ["Sale %d" % (ad % 2), "Set; \"%d\"" % ad, dice.choice(("Ad, one", "Zoë ½", "Ad\ntwo", "=1+1")) + str(ad),
                   first + datetime.timedelta(day), impressions, clicks, dice.choice((None, dice.randint(0, clicks))),
                   dice.randint(101, 10 ** 6) * 10 + dice.randint(1, 9)]
            if dice.random() < 0.05:
                row[4:] = [None] * 4
            rows.append(row)
    return rows


class Dialect:
    """One way to write the table, chosen by dice."""

    def __init__(self, dice):
        self.header = dice.choice(list(HEADERS))
        self.day = dice.choice(list(DAYS))
        self.group, self.mark = dice.choice(MARKS)
        self.money = dice.choice(MONEY)
        self.blank = dice.choice(BLANKS)
        self.packing = dice.choice(("plain", "plain", "plain", "gz", "xlsx"))
        self.encoding = dice.choice(ENCODINGS)
        if self.header == "ja" or "年" in self.day or self.group == "\u202f":
            self.encoding = dice.choice(ENCODINGS[:5])
        self.delimiter = dice.choice(",;\t|")
        self.newline = dice.choice(("\n", "\r\n", "\r"))
        # Python would not quote a field for a line break of another kind
        self.quoting = dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)) if self.newline != "\r" else csv.QUOTE_ALL
        self.sep_line = dice.random() < 0.15 and self.encoding != "utf-16-le" and self.encoding != "utf-16-be"
        self.titles = dice.choice(([], [], ["Campaign report"], ["Ads report", "9 March 2026 - 31 March 2026", ""]))
        self.footers = dice.choice(([], [], ["", "© 2026 Somebody. All rights reserved."]))
        self.empty_rows = dice.random() < 0.3
        self.total = dice.choice(TOTALS)
        self.currency_in_header = dice.random() < 0.5

    def __str__(self):
        return str(vars(self))

    def number(self, number, decimals=None):
        """The number as the dialect writes it."""
        if number is None:
            return self.blank
        whole, cents = (number, None) if decimals is None else divmod(number, 10 ** decimals)
        text = format(whole, ",").replace(",", self.group)
        return text if cents is None else "%s%s%0*d" % (text, self.mark, decimals, cents)

    def cells(self, row):
        """The row as texts."""
        campaign, ad_set, ad, day, impressions, clicks, link, spend = row
        money = self.number(spend, 2)
        return [campaign, ad_set, ad, DAYS[self.day](day) if isinstance(day, datetime.date) else day or "",
                self.number(impressions), self.number(clicks), self.number(link),
                money if spend is None else self.money % money]

    def lines(self, rows):
        """The whole file as rows of cells."""
        header = list(HEADERS[self.header])
        if self.currency_in_header:
            header[-1] += " (EUR)"
        body = [self.cells(row) for row in rows]
        if self.total:
            place, label = self.total.split(", ")
            sums = [sum(row[i] or 0 for row in rows) for i in range(4, 8)]
            total = self.cells(["" if label == "blank" else label, "", "", None, *sums])
            body = [total] + body if place == "first" else body + [total]
        empty = [[""] * len(header)] * 2 if self.empty_rows else []
        return ([[title] for title in self.titles] + [header] + body + empty + [[footer] for footer in self.footers])

    def bytes(self, rows):
        """The whole file."""
        lines = self.lines(rows)
        if self.packing == "xlsx":
            return self.workbook(lines)
        text = io.StringIO(newline="")
        if self.sep_line:
            text.write("sep=%s%s" % (self.delimiter, self.newline))
        csv.writer(text, delimiter=self.delimiter, quoting=self.quoting, lineterminator=self.newline).writerows(lines)
        content = text.getvalue().encode(self.encoding)
        return gzip.compress(content) if self.packing == "gz" else content

    @staticmethod
    def workbook(lines):
        """The lines as texts in the only sheet of a workbook."""
        import openpyxl
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append([None if cell == "" else cell for cell in line])
            for cell in book.active[book.active.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()


def expected(rows):
    """The canonical rows of the table."""
    def text(number):
        return "" if number is None else str(number)
    return [(row[3].isoformat(), row[0], row[1], row[2].strip(), text(row[5]), text(row[6]), text(row[4]),
             "" if row[7] is None else "%d.%02d" % divmod(row[7], 100)) for row in rows]


def test(count, number=400, seed=20260309):
    """Check so many dialects."""
    for i in range(number):
        dice = random.Random(seed * 1000 + i)
        rows, dialect = table(dice), Dialect(dice)
        name = "export.xlsx" if dialect.packing == "xlsx" else "export.csv"
        answer = read(dialect.bytes(rows), name=name)
        found = [(row["day"], row["campaign"], row["ad_set"], row["ad"], row["clicks"], row["link_clicks"],
                  row["impressions"], row["spend"]) for row in answer.rows]
        good = answer.status == 0 and found == expected(rows)
        if good and dialect.total:
            good = "totals of others: 1 " in answer.told
        if good and (dialect.currency_in_header or dialect.money != "%s"):
            good = answer.values("currency") == ["EUR"]
        count.check("dialect %d of seed %d" % (i, seed), good, str(dialect), answer.err, "found %s" % found[:3],
                    "right %s" % expected(rows)[:3])
