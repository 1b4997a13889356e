"""What contradicts itself, or leaves open what it says: refused or asked back; and its neighbours, which are not."""

import datetime
import gzip
import io
import subprocess
import sys

from reader import TOOLS, is_refused, read
from refusals import zipped

ADS = "Campaign,Day,Impr.,Clicks,Cost\n"
PLAIN = "Campaign,Day,Impr.,Clicks\n"
CTR = "Campaign,Day,Impr.,CTR\n"
FRENCH = "Nom de la campagne,Jour,Impressions,Clics (tous),Montant dépensé (EUR)\n"
EUROS = "Campaign,Day,Impr.,Clicks,Amount spent (EUR)\n"
DOLLARS = "Campaign,Day,Impr.,Clicks,Amount spent (USD),Currency\n"
CURRENCY = "Campaign,Day,Impr.,Clicks,Cost,Currency\n"

# name: content, options, what the line says
REFUSED = {
    "a percentage below the table": (PLAIN + "A,2026-03-02,1000,10\nCTR,,,1.00%\n", [],
                                     'line 3, column "Clicks": "1.00%" is not .* but a percentage'),
    "clicks in percent": (PLAIN + "A,2026-03-02,1000,2%\n", [], '"2%" is not .* but a percentage'),
    "spend in percent": (ADS + "A,2026-03-02,1000,10,5%\n", [], '"5%" is not .* but a percentage'),
    "a header in French, numbers that nobody grouped": (FRENCH + "A,2026-03-02,123456,1234,1.234\n", [],
                                                        '"1.234" may be 1234 or 1.234: say --decimal-comma for 1234,'),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", [], "is a picture: export the report as CSV"),
    "a photo": (b"\xff\xd8\xff\xe0\0\x10JFIF", [], "is a picture"),
    "an archive of another kind": (b"7z\xbc\xaf\x27\x1c\0\4", [], "is an archive of another kind than .zip and .gz: unpack"),
    "a workbook in a zip": (zipped(report_dot_xlsx=zipped(a="x")), [], "a workbook in a .zip or .gz: unpack it once"),
    "a workbook in a gzip": (gzip.compress(zipped(a="x")), [], "a workbook in a .zip or .gz: unpack it once"),
    "a PDF in a gzip": (gzip.compress(b"%PDF-1.7"), [], "is a PDF"),
    "an OpenDocument sheet": (zipped(content_dot_xml="<x/>", mimetype="x"), [], "is an OpenDocument file: save the table as"),
    "a Word document": (zipped(**{"[Content_Types]_dot_xml": "<x/>", "word__document_dot_xml": "<x/>"}), [], "a Word document"),
}

REFUSED.update({
    "dollars and pounds": (ADS + "A,2026-03-02,1000,10,$5.00\nB,2026-03-02,1000,10,£6.00\n", [],
                           'line 3, column "Cost": "£6.00" is in another currency than "[$]5.00": add a column Currency'),
    "dollars and yen": (ADS + "A,2026-03-02,1000,10,$5.00\nB,2026-03-02,1000,10,¥6.00\n", [], "another currency"),
    "kronor and zloty": (ADS + "A,2026-03-02,1000,10,5 kr\nB,2026-03-02,1000,10,6 zł\n", [], "another currency"),
    "dollars of two kinds": (ADS + "A,2026-03-02,1000,10,$5.00\nB,2026-03-02,1000,10,CA$6.00\n", [], "another currency"),
    "a sign and a code": (ADS + "A,2026-03-02,1000,10,$5.00 EUR\n", [], "another currency"),
    "a header in euros, dollars below": (EUROS + "A,2026-03-02,1000,10,$5.00\n", [],
                                         '"[$]5.00" is in another currency than its header says'),
    "a header in euros, roubles of no known sign": (EUROS + "A,2026-03-02,1000,10,X$5.00\n", [], "another currency"),
    "a header's sign, another below": ("Campaign,Day,Impr.,Clicks,Cost ($)\nA,2026-03-02,1000,10,£5.00\n", [],
                                       "than its header says"),
    "a header in dollars, a column of euros": (DOLLARS + "A,2026-03-02,1000,10,5,EUR\n", [],
                                               'column "Currency": "EUR" is another currency than the column "Amount spent'),
    "two headers in two currencies": ("Campaign,Day,Impr.,Clicks,Amount spent (USD),Purchases conversion value (EUR)\n"
                                      "A,2026-03-02,1000,10,5,9\n", [], "in another currency than the column"),
    "a row in another currency than it says": (CURRENCY + "A,2026-03-02,1000,10,€5.00,EUR\nB,2026-03-02,1000,10,£6.00,EUR\n",
                                               [], 'line 3, .*than its row, which says "EUR"'),
    "signs in rows that name no currency": (CURRENCY + "A,2026-03-02,1000,10,€5.00,\nB,2026-03-02,1000,10,£6.00,\n", [],
                                            "fill in the column Currency"),
    "a column of another currency than --currency": (CURRENCY + "A,2026-03-02,1000,10,5,EUR\n", ["--currency=USD"],
                                                     '"EUR" is another currency than --currency=USD'),
    "another currency than --currency": (ADS + "A,2026-03-02,1000,10,$5.00\n", ["--currency=EUR"], "than --currency=EUR"),
})
REFUSED.update({
    "a CTR that may be either": (CTR + "A,2026-03-02,10000,0.5\n", [], 'line 2, column "CTR": "0.5" may be a percentage or a '
                                 "fraction, of 50 or 5000 clicks: say --ctr-percent or --ctr-fraction"),
    "a CTR with and without a sign": (CTR + "A,2026-03-02,10000,1.62%\nB,2026-03-02,10000,0.0162\nC,2026-03-02,10,0\n", [],
                                      'line 3, column "CTR": "0.0162" has no %, but "1.62%" has: say --ctr-percent'),
    "a year at either end": (PLAIN + "A,26.03.02,1000,10\n", [], 'line 2, column "Day": "26.03.02" may be 2026-03-02 or '
                             "2002-03-26: say --year-first or --day-first"),
    "a year at either end of slashes": (PLAIN + "A,10/03/26,1000,10\n", [], "may be 2010-03-26 or 2026-03-10 or 2026-10-03: "
                                        "say --year-first or --day-first or --month-first"),
    "one day of three years": (PLAIN + "A,05.03.24,1000,10\nA,05.03.25,1000,10\nA,05.03.26,1000,10\n", [],
                               '"05.03.24" may be 2005-03-24 or 2024-03-05: say --year-first or --day-first'),
    "two days of a year": (PLAIN + "A,15.03.26,1000,10\nA,16.03.26,1000,10\n", [],
                             '"15.03.26" may be 2015-03-26 or 2026-03-15: say --year-first or --day-first'),
    "days that a spreadsheet swapped": (PLAIN + "A,2026-01-03,1000,10\nA,2026-02-03,1000,10\nA,13/03/2026,1000,10\n", [],
                                        'line 4, column "Day": "13/03/2026" is text, but "2026-01-03" in line 2 is not'),
    "months that a spreadsheet swapped": (PLAIN + "A,03.01.2026,1000,10\nA,03/13/2026,1000,10\n", [], "swapped day and month"),
})

# name: content, options, (clicks, impressions, spend), currencies, days, what must be told
RIGHT = {
    "characters that nobody sees": (ADS + "A,\u200e2026-03-02,1000\u200b,\ufeff10,\u200b\n", [], ("10", "1000", ""), [""],
                                    ["2026-03-02"], ""),
    "a header without a blank": ("Campaign,Day,Impressions,Clicks(all)\nA,2026-03-02,1000,10\n", [], ("10", "1000", ""),
                                 [""], ["2026-03-02"], "that is Clicks (All)"),
    "a line that is skipped is left out": (PLAIN + "A,2026-03-02,1000,10\nEnd of report,,,\n", ["--leave-out=3"],
                                           ("10", "1000", ""), [""], ["2026-03-02"], ""),
    "a header in French, numbers that are short": (FRENCH + "A,2026-03-02,1234,123,1.234\n", [], ("123", "1234", "1234"),
                                                   ["EUR"], ["2026-03-02"], 'decimal mark is ","'),
    "a sign of the currency in each row": (CURRENCY + "A,2026-03-02,1000,10,€5.00,EUR\nB,2026-03-02,1000,10,£6.00,GBP\n"
                                           "Total,,2000,20,11.00,\n", [], ("20", "2000", "11"), ["EUR", "GBP"],
                                           ["2026-03-02"], "totals of others: 1 (line 4)"),
    "dollars of Canada": (DOLLARS.replace("USD", "CAD") + "A,2026-03-02,1000,10,$5.00,cad\nB,2026-03-02,1000,10,CA$6.00,CAD\n",
                          [], ("20", "2000", "11"), ["CAD"], ["2026-03-02"], ""),
    "a sign and its code": (ADS + "A,2026-03-02,1000,10,$5.00 USD\n", [], ("10", "1000", "5"), ["USD"], ["2026-03-02"], ""),
    "rows without a currency by --currency": (CURRENCY + "A,2026-03-02,1000,10,5,EUR\nB,2026-03-02,1000,10,5,\n",
                                              ["--currency=usd"], ("20", "2000", "10"), ["EUR", "USD"], ["2026-03-02"], ""),
    "dollars by --currency": (ADS + "A,2026-03-02,1000,10,$5.00\n", ["--currency=AUD"], ("10", "1000", "5"), ["AUD"],
                              ["2026-03-02"], ""),
    "kronor by --currency": (ADS + "A,2026-03-02,1000,10,5 kr\n", ["--currency=SEK"], ("10", "1000", "5"), ["SEK"],
                             ["2026-03-02"], ""),
    "a sign without brackets": ("Campaign,Day,Impr.,Clicks,Spend in $\nA,2026-03-02,1000,10,$5\n", [], ("10", "1000", "5"),
                                [""], ["2026-03-02"], "Spend in $"),
    "a currency without brackets": ("Campaign,Day,Impr.,Clicks,Cost in EUR\nA,2026-03-02,1000,10,5 €\n", [],
                                    ("10", "1000", "5"), ["EUR"], ["2026-03-02"], ""),
    "a fraction by its name": ("campaign.name,segments.date,metrics.impressions,metrics.ctr\nA,2026-03-02,10000,0.5\n", [],
                               ("5000", "10000", ""), [""], ["2026-03-02"], "recovered"),
    "a fraction, as clicks are whole": (CTR + "A,2026-03-02,10000,0.0165\n", [], ("165", "10000", ""), [""], ["2026-03-02"], ""),
    "a percentage, as there are more impressions": (CTR + "A,2026-03-02,10000,1.65\n", [], ("165", "10000", ""), [""],
                                                    ["2026-03-02"], ""),
    "a percentage by its sign": (CTR + "A,2026-03-02,10000,0.5%\n", [], ("50", "10000", ""), [""], ["2026-03-02"], ""),
    "a percentage by its header": (CTR.replace("CTR", "CTR (%)") + "A,2026-03-02,10000,0.5\n", [], ("50", "10000", ""), [""],
                                   ["2026-03-02"], ""),
    "a fraction, as there are link clicks": ("Campaign,Day,Impr.,Link clicks,CTR (all)\nA,2026-03-02,10000,4000,0.5\n", [],
                                             ("5000", "10000", ""), [""], ["2026-03-02"], "recovered"),
    "a percentage by CPC": ("Campaign,Day,Impr.,CTR,CPC,Cost\nA,2026-03-02,10000,0.5,0.10,5.00\n", [], ("50", "10000", "5"), [""],
                            ["2026-03-02"], ""),
    "a CTR by --ctr-percent": (CTR + "A,2026-03-02,10000,0.5\n", ["--ctr-percent"], ("50", "10000", ""), [""], ["2026-03-02"], ""),
    "a CTR by --ctr-fraction": (CTR + "A,2026-03-02,10000,0.5\n", ["--ctr-fraction"], ("5000", "10000", ""), [""],
                                ["2026-03-02"], ""),
    "years by --year-first": (PLAIN + "A,26.03.02,1000,10\n", ["--year-first"], ("10", "1000", ""), [""], ["2026-03-02"], ""),
    "years by --day-first": (PLAIN + "A,26.03.02,1000,10\n", ["--day-first"], ("10", "1000", ""), [""], ["2002-03-26"], ""),
    "years that change least": (PLAIN + "".join("A,26.03.%02d,1000,10\n" % day for day in range(1, 5)), [], ("40", "4000", ""),
                                [""], ["2026-03-%02d" % day for day in range(1, 5)], "the year comes first"),
    "years at the end": (PLAIN + "".join("A,%d/03/26,1000,10\n" % day for day in range(15, 19)), [], ("40", "4000", ""), [""],
                         ["2026-03-%d" % day for day in range(15, 19)], "the day comes first"),
    "a year that cannot be first": (PLAIN + "A,03.09.26,1000,10\n", [], ("10", "1000", ""), [""], ["2026-09-03"], ""),
    "days in two ways that were not swapped": (PLAIN + "A,2026-03-12,1000,10\nA,13/03/2026,1000,10\nA,01/03/2026,1000,10\n", [],
                                               ("30", "3000", ""), [""], ["2026-03-01", "2026-03-12", "2026-03-13"], ""),
}


def test(count):
    """Check all of it."""
    for name, (content, options, pattern) in REFUSED.items():
        answer = read(content, *options)
        count.check(name, is_refused(answer, pattern), answer.out[-200:], answer.err)
    for name, (content, options, totals, currencies, days, told) in RIGHT.items():
        answer = read(content, *options)
        count.check(name, answer.status == 0 and answer.totals() == totals and answer.values("currency") == currencies
                    and answer.values("day") == days and told in answer.told, answer.out, answer.err)
    test_workbook(count)
    test_without_babel(count)


def workbook(*rows, percent=()):
    """A workbook of these rows, in which cells (row, column) are formatted as percentages."""
    import openpyxl
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row, column in percent:
        book.active.cell(row, column).number_format = "0.00%"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_workbook(count):
    """The same for cells of a workbook."""
    header = ["Campaign", "Day", "Impr.", "Clicks"]
    answer = read(workbook(header, ["A", "2026-03-02", 1000, 0.5], percent=[(2, 4)]), name="export.xlsx")
    count.check("a cell in percent", is_refused(answer, "but a percentage"), answer.out, answer.err)
    answer = read(workbook(header[:3] + ["CTR"], ["A", "2026-03-02", 10000, 0.0165]), name="export.xlsx")
    count.check("a CTR without a format", answer.totals() == ("165", "10000", ""), answer.out, answer.err)
    days = [["A", datetime.date(2026, d, 3) if d < 13 else "%d/03/2026" % d, 1000, 10] for d in range(1, 32)]
    answer = read(workbook(header, *days), name="export.xlsx")
    count.check("days of a workbook that a spreadsheet swapped", is_refused(
        answer, 'line 14, column "Day": "13/03/2026" is text, but "2026-01-03" in line 2 is not'), answer.out, answer.err)
    answer = read(workbook(header, *days[:12]), name="export.xlsx")
    count.check("days of a workbook", answer.status == 0 and len(answer.rows) == 12, answer.out, answer.err)


def test_without_babel(count):
    """Babel is needed for names of months only, and asked for by name."""
    program = ("import sys; sys.modules['babel'] = sys.modules['babel.dates'] = None; sys.path.insert(0, %r); "
               "from exports.main import main; sys.exit(main(['-']))" % TOOLS)
    for day, status, told in (("2026-03-02", 0, "2026-03-02,"), ("Mar 2 2026", 1, "needed: install it")):
        run = subprocess.run([sys.executable, "-B", "-c", program], input=PLAIN + "A,%s,1000,10\n" % day,
                             capture_output=True, text=True)
        count.check("without Babel: " + day, run.returncode == status and told in run.stdout + run.stderr
                    and "Traceback" not in run.stderr, run.stdout, run.stderr)
