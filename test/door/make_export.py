#!/usr/bin/python3
"""Prints a made-up export of Ads Manager, as large as wanted: make_export.py ROWS >export.csv"""

import csv
import datetime
import sys

HEADER = ["Campaign name", "Ad set name", "Ad name", "Ad ID", "Day", "Country", "Impressions", "Reach", "Clicks (all)",
          "Link clicks", "Post reactions", "CTR (all)", "CPC (all) (EUR)", "Amount spent (EUR)", "Reporting starts",
          "Reporting ends"]
COUNTRIES = ("DE", "FR", "NL", "ES", "IT")


def rows(number):
    """The same rows in every run: each ad on each day in each country."""
    first = datetime.date(2024, 1, 1)
    for i in range(number):
        country, day, ad = i % 5, i // 5 % 365, i // 5 // 365
        impressions = 200 + (i * 7919) % 9000
        clicks = impressions * (1 + ad % 4) // 100 + (i * 31) % 7
        spend = impressions * (3 + country) + (i * 17) % 100
        date = (first + datetime.timedelta(day)).isoformat()
        yield ("Campaign %d" % (ad // 20), "Ad set %d" % (ad // 5), "Ad %d" % ad, 120236392470970000 + ad, date,
               COUNTRIES[country], impressions, impressions * 7 // 10, clicks, clicks * 6 // 10, i % 5,
               "%.6f" % (100 * clicks / impressions), "%.6f" % (spend / 100 / clicks) if clicks else "",
               "%d.%02d" % divmod(spend, 100), date, date)


def main():
    """Write the header and as many rows as the argument says."""
    writer = csv.writer(sys.stdout)
    writer.writerow(HEADER)
    writer.writerows(rows(int(sys.argv[1])))


main()
