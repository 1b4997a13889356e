"""What is refused, each in one line that says what, where and what would be right."""

import gzip
import io
import zipfile

from reader import is_refused, read

ADS = "Campaign name,Day,Impressions,Clicks (all),Amount spent (USD)\n"
DAYS = "Campaign name,Date,Clicks (all),Impressions\n"
AGES = ("Campaign,Day,Age,Impr.,Clicks\nA,2026-03-02,%s,300,3\nA,2026-03-02,18-24,100,1\nA,2026-03-02,25-34,200,2\n"
        "A,2026-03-03,%s,30,3\nA,2026-03-03,18-24,10,1\nA,2026-03-03,25-34,20,2\n")

# name: content, what the line says
REFUSED = {
    "days in either order": (DAYS + "A,06/01/2026,1,10\nA,07/01/2026,2,20\n",
                             r'line 2, column "Date": "06/01/2026" may be 2026-01-06 or 2026-06-01: say --day-first or'),
    "days in both orders": (DAYS + "A,13/01/2026,1,10\nA,01/14/2026,2,20\n", 'line 3, column "Date": .* line 2'),
    "no day": (DAYS + "A,yesterday,1,10\n", '"yesterday" is not a day like'),
    "a spreadsheet's number of a day": (DAYS + "A,46083,1,10\n", "spreadsheet's number of 2026-03-02: give the column the format of a date"),
    "days that look weekly": (DAYS + "A,2026-03-02,1,10\nA,2026-03-09,2,20\nA,2026-03-16,1,10\n",
                              'column "Date": its days look weekly: say --weekly, or --daily'),
    "days that look monthly": (DAYS + "A,2026-01-01,1,10\nA,2026-02-01,2,20\nA,2026-03-01,1,10\n", "look monthly"),
    "periods that share days": ("Campaign name,Reporting starts,Reporting ends,Impressions,Clicks (all)\n"
                                "A,2026-03-01,2026-03-07,30,3\nA,2026-03-05,2026-03-11,10,1\n",
                                "line 3: covers 2026-03-05 to 2026-03-11, but line 2 2026-03-01 to 2026-03-07"),
    "weeks beside days": ("Ad name,Reporting starts,Reporting ends,Impressions,Clicks (all)\n"
                          "A,2026-03-02,2026-03-08,30,3\nB,2026-03-03,2026-03-03,10,1\n", "days would count twice"),
    "1.000 without a sign": (ADS + "A,2026-03-02,5000,20,1.000\n",
                             r'"1.000" may be 1000 or 1.000: say --decimal-comma for 1000, --decimal-point for 1.000'),
    "1,000 without a sign": (ADS + 'A,2026-03-02,5000,20,"1,000"\n', 'may be 1.000 or 1000: say --decimal-comma for 1.000, --decimal-point for 1000'),
    "both marks": (ADS + 'A,2026-03-02,1000,10,"10,50"\nB,2026-03-02,1000,10,11.50\n',
                   'line 3, .*"11.50" has "." as decimal mark, but "10,50" in line 2 has "," as decimal mark'),
    "parts of an impression": (ADS + "A,2026-03-02,1.234,10,11.50\n", '"1.234" has "." between thousands'),
    "1.2K": (ADS + "A,2026-03-02,1.2K,10,5\n", '"1.2K" is not a whole number'),
    "1.2E+05": (ADS + "A,2026-03-02,1.2E+05,10,5\n", "is not a whole number"),
    "digits of another script": (ADS + "A,2026-03-02,１２,10,5\n", "is not a whole number"),
    "a formula": (ADS + "A,2026-03-02,100,=1+1,5\n", '"=1.1" is not a whole number'),
    "other money than the header's": (ADS + "A,2026-03-02,100,10,£5.00\n", '"£5.00" is in another currency than its header says'),
    "two kinds of money": ("Campaign,Day,Impressions,Clicks,Cost\nA,2026-03-02,1,1,€5.00\nA,2026-03-03,1,1,£5.00\n",
                           "is in another currency"),
    "a campaign called Total": (ADS + "Total,2026-03-02,1000,10,5\nB,2026-03-02,2000,20,5\nTotal,2026-03-03,1000,10,5\n"
                                "B,2026-03-03,2000,20,5\n", r"say --leave-out=2 or --keep=2"),
    "a campaign without a day, of more": ("Campaign name,Day,Impressions,Clicks (all)\nA,,35,4\nA,2026-03-02,10,1\n"
                                          "A,2026-03-03,20,2\n", 'line 2, column "Day": is blank.* impressions 30, this row 35'),
    "a total of weeks that is none": ("Week,Impr.,Clicks\n2026-03-02,30,3\n2026-03-09,10,1\nTotal,41,4\n",
                                      'line 4, column "Week": "Total" is not the sum of other rows'),
    "All days that are not the sum": ("Campaign name,Day,Impressions,Clicks (all)\nA,All,31,3\n,2026-03-02,10,1\n"
                                      ",2026-03-03,20,2\n", '"All" is not the sum of other rows'),
    "one name, two columns": ("Campaign,Day,Impressions,Clicks (all),Clicks (all)\nA,2026-03-02,100,10,11\n",
                              'two columns of this name have "10" and "11"'),
    "two columns Day": ("Campaign,Day,Impressions,Clicks,Day\nA,2026-03-02,100,10,2026-03-02\nA,2026-03-03,100,10,2026-03-04\n",
                        'line 3, column "Day": two columns of this name have "2026-03-03" and "2026-03-04"'),
    "All devices beside parts that are less": (
        "Campaign,Day,Device,Impr.,Clicks\nA,2026-03-02,All,300,3\nA,2026-03-02,Mobile,100,1\nA,2026-03-02,Desktop,190,2\n",
        'line 2, column "Device": "All" is not the sum of the rows beside it: .* --leave-out=2, else --keep=2'),
    "a blank age beside ages that are less": (
        "Campaign,Day,Age,Impr.,Clicks\nA,2026-03-02,,310,3\nA,2026-03-02,18-24,100,1\nA,2026-03-02,25-34,200,2\n",
        'line 2, column "Age": is blank.* --leave-out=2, else --keep=2'),
    "blanks that are the sum in most rows": (
        "Campaign,Ad group,Day,Impr.,Clicks\n" + "".join(
            "B,g,2026-03-%02d,%d,9\nB,h,2026-03-%02d,%d,9\nB,--,2026-03-%02d,%d,18\n" % (
                day, 900 + day, day, 700 + day, day, 1600 + (2 if day < 9 else 1) * day) for day in range(2, 12)),
        'line 4, column "Ad group": is blank, and 7 of 10 such rows are the sum of others: .*for all 10 such rows'),
    "a total of ages by its name": (AGES % ("18-65+", "18-65+"), 'line 2, column "Age": "18-65\\+" is the sum of the rows '
                                    'beside it, in 2 of 2 places: .* --leave-out=2, else --keep=2 \\(for all 2 such rows'),
    "a total of campaigns in the middle": (
        "Campaign,Impr.,Clicks\nA,1000,10\nAccount,3000,30\nB,2000,20\n", 'line 3, column "Campaign": "Account" is the sum'),
    "a last row of each day, each with its own name": (
        "Campaign,Day,Impr.,Clicks\n" + "".join("A,2026-03-%02d,%d,9\nB,2026-03-%02d,%d,9\nday %d,2026-03-%02d,%d,18\n" % (
            day, 70 + day, day, 90 - 2 * day, day, day, 160 - day) for day in range(2, 12)),
        'line 4, column "Campaign": "day 2" is the sum of the rows beside it, and so in 10 places'),
    "two breakdowns in one file": (
        "Campaign,Day,Age,Country,Impr.,Clicks\nA,2026-03-02,18-24,,100,1\nA,2026-03-02,25-34,,200,2\n"
        "A,2026-03-02,,US,180,2\nA,2026-03-02,,DE,120,1\n", 'line 4, column "Country": the rows by it count the same as those by "Age"'),
    "levels that do not add up": (
        "Name,Delivery level,Day,Impr.,Clicks\nA,campaign,2026-03-02,310,3\nS,adset,2026-03-02,300,3\nx,ad,2026-03-02,100,1\n"
        "y,ad,2026-03-02,200,2\n", 'line 2, column "Delivery level": rows of "campaign" stand beside rows of "ad"'),
    "another table below": ("Campaign,Clicks,Impressions,Spend\nA,1,2,3\n\nAd name,Clicks,Impressions,Amount spent\nx,1,2,3\n",
                            "line 4: another table begins here"),
    "no header": ("A,2026-03-02,100,10,5\n", r"line 1: no column for Clicks \(all\) among: A, 2026-03-02"),
    "only CTR of link clicks": ("Campaign,Day,Impressions,CTR (link click-through rate)\nA,2026-03-02,100,1.5\n",
                                r"no column for Clicks \(all\)"),
    "a quote never closed": (ADS + 'A,2026-03-02,1,1,1\n"B,2026-03-02,1,1,1\nC,2026-03-02,1,1,1\n',
                             "line 3: a quoted field is never closed"),
    "a quote not doubled": (ADS + '"A" ad,2026-03-02,1,1,1\n', "line 2: a quote within a quoted field is not doubled"),
    "NUL": (ADS + "A\0,2026-03-02,1,1,1\n", "line 2: has a NUL byte"),
    "UTF-8 with one bad byte": (ADS.encode() + "É,2026-03-02,1,1,1\n".encode() * 20 + b"\xe9,2026-03-02,1,1,1\n",
                                "line 22: is not UTF-8 text, as the rest"),
    "all bytes": (bytes(range(1, 256)) * 9, "is not .* text"),
    "a web page": ("<html>", "is a web page or XML"),
    "a PDF": (b"%PDF-1.7", "is a PDF"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old kind"),
    "JSON": ('{"data":[{"clicks":"1"}]}', "no column for"),
    "a gzip cut off": (gzip.compress((ADS + "A,2026-03-02,1,1,1\n" * 99).encode())[:60], "broken or cut off"),
    "a gzip that is none": (b"\x1f\x8b nothing of the kind", "broken or cut off"),
    "a zip that is none": (b"PK\x03\x04 nothing of the kind", "broken or cut off"),
    "empty": (b"", "is empty"),
}


def zipped(**members):
    """A zip of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return content.getvalue()


def test(count):
    """Check every refusal."""
    for name, (content, pattern) in REFUSED.items():
        answer = read(content)
        count.check(name, is_refused(answer, pattern), answer.out[-200:], answer.err)
    test_bombs(count)
    test_options(count)


def test_bombs(count):
    """What would fill memory or disk is refused."""
    long_cell = ADS + "A" * 60_000_000 + ",2026-03-02,1,1,1\n"
    count.check("a cell of 60 MB", is_refused(read(long_cell), "line 2: has more than"))
    quoted = ADS + '"' + "A\n" * 1_000_000 + '",2026-03-02,1,1,1\n'
    count.check("a quoted cell of 2 MB", is_refused(read(quoted), "line 2: a field has more than"))
    bomb = gzip.compress(b"A,2026-03-02,1,1,1\n" * 20_000_000, 9)
    count.check("a gzip bomb", is_refused(read(gzip.compress(ADS.encode()) + bomb), "unpacks to more than"))
    huge = zipped(report_dot_csv=b"\n" * 300_000_000)
    count.check("a zip bomb", is_refused(read(huge, name="a.zip"), "unpacks to more than"))
    book = {"[Content_Types]_dot_xml": "<x/>", "xl__workbook_dot_xml": "<x/>"}
    count.check("a workbook bomb", is_refused(read(zipped(**book, xl__worksheets__sheet1_dot_xml=b" " * 300_000_000),
                                                   name="a.xlsx"), "unpacks to more than"))
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    count.check("entities", is_refused(read(zipped(**{**book, "xl__workbook_dot_xml": laughs}), name="a.xlsx"),
                                       "not a whole workbook"))
    count.check("two files in a zip", is_refused(read(zipped(a="x", b="y"), name="a.zip"), "archive of 2 files"))


def test_options(count):
    """Options that make no sense are refused as well."""
    content = ADS + "A,2026-03-02,1,1,1\n"
    for option, pattern in (("--day-first=1", "ignored explicit argument"), ("--nonsense", "unrecognized"),
                            ("--keep=two", '"two" is not the number of a line, or several, such as 7,19'),
                            ("--period=2026-03", '"2026-03" is not a period like 2026-03-01..2026-03-31'),
                            ("--period=2026-03-31..2026-03-01", "its last day is before its first"),
                            ("--keep=99", "line 99: no row begins there: mend --keep=99"),
                            ("--leave-out=2,99", "line 99: no row begins there: mend --leave-out=99"),
                            ("--encoding=utf-16", "is not utf-16 text .*: leave --encoding away, or say another"),
                            ("--encoding=punycode", "is not punycode text"),
                            ("--currency=$", '"[$]" is not a currency, such as EUR'), ("--encoding=nonsense", "is not an encoding, such as"),
                            ("--delimiter=ab", "is not one character that separates cells")):
        count.check(option, is_refused(read(content, option), pattern), read(content, option).err)
    both = read(content, "--day-first", "--month-first")
    count.check("both orders", is_refused(both, "not allowed with"), both.err)
