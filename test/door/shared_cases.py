"""The cases that lie beside the checkout, where they do: each with the totals that it must have."""

import os

from reader import is_refused, read_path

DIRECTORY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "shared", "cases", "csv")

# case: (clicks, impressions, spend), currency, days or periods, what must be told
RIGHT = {
    "01-range-as-day": (("500", "20000", "60000"), "IDR", ["2026-03-01..2026-03-31"], "totals of others: 1 (line 2)"),
    "02-labelled-total": (("42", "5100", "20"), "USD", ["2026-03-02", "2026-03-03"], "totals of others: 1 (line 5)"),
    "03-total-then-empty-cells": (("30", "3000", "13"), "EUR", ["2026-03-02"], "totals of others: 1 (line 4)"),
    "05-day-first-slashes": (("60", "6000", "22"), "BRL", ["2026-01-06", "2026-01-07", "2026-01-12"], "day comes first"),
    "06-german": (("35", "3234", "1031.5"), "EUR", ["2026-03-02", "2026-03-03"], 'decimal mark is ","'),
    "06b-german-english-header": (("35", "3234", "1031.5"), "EUR", ["2026-03-02", "2026-03-03"], ""),
    "06d-thousands-only-zeros": (("50", "15000", "1022"), "EUR", ["2026-03-02", "2026-03-03", "2026-03-04"], ""),
    "07-windows-1252": (("30", "3000", "13"), "EUR", ["2026-03-02", "2026-03-03"], "Windows-1252"),
    "08-utf16-tabs": (("30", "3000", "13"), "EUR", ["2026-03-02", "2026-03-03"], ""),
    "09-google-ads": (("34", "1561", "44.16"), "AUD", ["2026-03-02", "2026-03-03"], "2 title lines"),
    "10-bing": (("14", "300", "2.43"), "EUR", ["2026-03-02", "2026-03-03"], "5 title lines"),
    "12-kaggle-kag": (("3", "50266", "3.25"), "", [""], "in no week: 4"),
    "13-column-twice": (("66", "1760", "25.27"), "AUD", ["2026-04-14", "2026-04-15"], ""),
    "14-japanese-jpy": (("35", "3000", "4500"), "JPY", ["2026-03-02", "2026-03-03"], ""),
    "15-day-all": (("35", "3000", "30"), "USD", ["2026-03-02", "2026-03-03"], "totals of others: 1 (line 2)"),
    "18-sep-line": (("20", "1000", "10.5"), "EUR", ["2026-03-02"], ""),
    "19-cr-only": (("35", "3000", ""), "", ["2026-03-02", "2026-03-03"], ""),
    "23-dashes": (("20", "1000", "10.5"), "USD", ["2026-03-02"], ""),
    "24-appended-twice": (("84", "4100", "42"), "USD", ["2026-03-02", "2026-03-03", "2026-03-04"], "1 row (line 4)"),
    "26-week-rows": (("50", "3000", "22"), "USD", ["2026-03-01..2026-03-07", "2026-03-08..2026-03-14"], ""),
    "28-age-day-total": (("600", "30000", "84000"), "IDR", ["2026-03-02", "2026-03-03"], "totals of others: 1 (line 2)"),
    "28b-ads-header-total": (("500", "20000", "60000"), "IDR", ["2026-03-02"], "totals of others: 1 (line 2)"),
    "28c-account-total": (("50", "3000", "30"), "USD", ["2026-03-02"], "totals of others: 1 (line 2)"),
    "29-ymd-slashes": (("50", "3000", "4000"), "JPY", ["2026-03-02", "2026-03-03"], ""),
    "29b-thousands": (("20", "1234", "1500.5"), "USD", ["2026-03-02"], ""),
    "29c-month-name": (("20", "1234", "15.5"), "USD", ["2026-03-02"], ""),
}


def test(count):
    """Check every case that is there."""
    if not os.path.isdir(DIRECTORY):
        print("SKIPPED the shared cases: they are not beside this checkout")
        return
    for case in sorted(os.listdir(DIRECTORY)):
        path = os.path.join(DIRECTORY, case)
        file = next(os.path.join(path, name) for name in os.listdir(path) if name.startswith("input"))
        answer = read_path(file)
        if case == "20-xlsx":
            count.check(case, is_refused(answer, "not a whole workbook"), answer.err)
        elif case in RIGHT:
            totals, currency, days, told = RIGHT[case]
            found = sorted({row["day"] or "..".join(filter(None, (row["first_day"], row["last_day"])))
                            for row in answer.rows})
            good = (answer.totals() == totals and answer.values("currency") == [currency] and found == days
                    and told in answer.told)
            count.check(case, good, answer.out, answer.err)
        else:
            count.check(case, False, "is not known to this test")
