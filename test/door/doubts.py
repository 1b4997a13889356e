"""What contradicts itself, or leaves open what it says: refused or asked back; and its neighbours, which are not."""

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


def test_without_babel(count):
    """Babel is needed for names of months only, and asked for by name."""
    program = ("import sys; sys.modules['babel'] = sys.modules['babel.dates'] = None; sys.path.insert(0, %r); "
               "from exports.main import main; sys.exit(main(['-']))" % TOOLS)
    for day, status, told in (("2026-03-02", 0, "2026-03-02,"), ("Mar 2 2026", 1, "needed: install it")):
        run = subprocess.run([sys.executable, "-B", "-c", program], input=PLAIN + "A,%s,1000,10\n" % day,
                             capture_output=True, text=True)
        count.check("without Babel: " + day, run.returncode == status and told in run.stdout + run.stderr
                    and "Traceback" not in run.stderr, run.stdout, run.stderr)
