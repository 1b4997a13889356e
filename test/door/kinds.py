"""Kinds of exports, each small, with what they must add up to and what must be told of them."""

import gzip
import io
import zipfile

from reader import read

ADS = "Campaign name,Day,Impressions,Clicks (all),Amount spent (USD)\n"
PERIOD = "Campaign name,Reporting starts,Reporting ends,Impressions,Clicks (all)\n"
LEVELS = "Campaign name,Ad set name,Ad name,Day,Impressions,Clicks (all)\n"
AGES = ("Campaign,Day,Age,Impr.,Clicks\nA,2026-03-02,%s,300,3\nA,2026-03-02,18-24,100,1\nA,2026-03-02,25-34,200,2\n"
        "A,2026-03-03,%s,30,3\nA,2026-03-03,18-24,10,1\nA,2026-03-03,25-34,20,2\n")
MARCH = "2026-03-01..2026-03-31"

# name: content, options, (clicks, impressions, spend), days or periods, what must be told
KINDS = {
    "days told by --day-first": ("Campaign name,Date,Clicks (all),Impressions\nA,06/01/2026,1,10\nA,07/01/2026,2,20\n",
                                 ["--day-first"], ("3", "30", ""), ["2026-01-06", "2026-01-07"], ""),
    "days told by --month-first": ("Campaign name,Date,Clicks (all),Impressions\nA,06/01/2026,1,10\n",
                                   ["--month-first"], ("1", "10", ""), ["2026-06-01"], ""),
    "days told by the title": ('Report\n"1 March 2026 - 9 March 2026"\nCampaign,Day,Clicks,Impr.\nA,02/03/2026,1,10\n',
                               [], ("1", "10", ""), ["2026-03-02"], "the title lines name the period"),
    "days told by another row": ("Campaign name,Date,Clicks (all),Impressions\nA,6/1/2026,1,10\nA,6/13/2026,2,20\n",
                                 [], ("3", "30", ""), ["2026-06-01", "2026-06-13"], "the month comes first"),
    "marks told by CPC": ("Campaign,Day,Impressions,Clicks,Cost,CPC\nA,2026-03-02,5000,20,1.000,50\n", [],
                          ("20", "5000", "1000"), ["2026-03-02"], "contradict each other"),
    "marks told by the header": ("Kampagne;Tag;Impressionen;Klicks (alle);Ausgegebener Betrag (EUR)\n"
                                 "A;2026-03-02;5000;20;1.234\n", [], ("20", "5000", "1234"), ["2026-03-02"],
                                 "language that writes 1,5"),
    "marks told by --decimal-comma": ("Campaign,Day,Impressions,Clicks,Cost\nA,2026-03-02,5000,20,1.000\n",
                                      ["--decimal-comma"], ("20", "5000", "1000"), ["2026-03-02"], ""),
    "marks told by --decimal-point": ("Campaign,Day,Impressions,Clicks,Cost\nA,2026-03-02,5000,20,1.000\n",
                                      ["--decimal-point"], ("20", "5000", "1"), ["2026-03-02"], ""),
    "marks told by long numbers": ("Campaign,Day,Impressions,Clicks,Cost\nA,2026-03-02,5000,20,1.234\n"
                                   "A,2026-03-03,5000,20,12345\n", [], ("40", "10000", "12346.234"),
                                   ["2026-03-02", "2026-03-03"], "more than four digits"),
    "yen have no decimals": ('Campaign,Day,Impressions,Clicks,Cost (JPY)\nA,2026-03-02,10,5,"1,234"\n', [],
                             ("5", "10", "1234"), ["2026-03-02"], "JPY is written without decimals"),
    "rupiahs have none": ("Campaign,Day,Impressions,Clicks,Cost (IDR)\nA,2026-03-02,10,5,Rp36.000\n", [],
                          ("5", "10", "36000"), ["2026-03-02"], "IDR is written without decimals"),
    "rupees and lakhs": ('Campaign,Day,Impressions,Clicks,Cost (INR)\nA,2026-03-02,"12,34,567",10,"₹1,23,456.50"\n', [],
                         ("10", "1234567", "123456.5"), ["2026-03-02"], ""),
    "credits in parentheses": (ADS + "A,2026-03-02,100,10,(5.00)\nB,2026-03-02,100,10,−1.00\n", [],
                               ("20", "200", "-6"), ["2026-03-02"], ""),
    "full width": ("キャンペーン名,日付,インプレッション,クリック（すべて）,消化金額（JPY）\n春,2026年3月2日,10,5,100\n", [],
                   ("5", "10", "100"), ["2026-03-02"], ""),
    "Shift JIS": ("キャンペーン名,日付,インプレッション,クリック（すべて）\n春の広告,2026/3/2,10,5\n".encode("cp932"), [],
                  ("5", "10", ""), ["2026-03-02"], "Shift JIS"),
    "Cyrillic": ("Campaign name,Day,Impressions,Clicks (all)\nВесенняя распродажа,2026-03-02,10,5\n".encode("cp1251"), [],
                 ("5", "10", ""), ["2026-03-02"], "windows-1251"),
    "UTF-8 read as Windows-1252": ("Nom de la campagne,Jour,Impressions,Clics (tous),Montant dÃ©pensÃ© (EUR)\n"
                                   "Ã‰tÃ©,2026-03-02,10,1,1.50\n", [], ("1", "10", "1.5"), ["2026-03-02"], "repaired"),
    "per day and grand totals": (ADS + "A,2026-03-02,1000,10,5\nB,2026-03-02,2000,20,5\nTotal,2026-03-02,3000,30,10\n"
                                 "A,2026-03-03,1100,11,5\nB,2026-03-03,2200,22,5\nTotal,2026-03-03,3300,33,10\n"
                                 "Grand total,,6300,63,20\n", [], ("63", "6300", "20"), ["2026-03-02", "2026-03-03"],
                                 "totals of others: 3 (lines 4, 7, 8)"),
    "per campaign totals by blanks": (ADS + "A,2026-03-02,1000,10,5\nA,2026-03-03,2000,20,5\nA,,3000,30,10\n"
                                      "B,2026-03-02,10,1,1\nB,2026-03-03,20,2,1\nB,,30,3,2\n,,3030,33,12\n", [],
                                      ("33", "3030", "12"), ["2026-03-02", "2026-03-03"],
                                      "totals of others: 3 (lines 4, 7, 8)"),
    "subtotals of a spreadsheet": (ADS + "A,2026-03-02,1000,10,5\nA,2026-03-03,2000,20,5\nA Total,,3000,30,10\n"
                                   "B,2026-03-02,10,1,1\nB Total,,10,1,1\nGrand Total,,3010,31,11\n", [],
                                   ("31", "3010", "11"), ["2026-03-02", "2026-03-03"],
                                   "totals of others: 3 (lines 4, 6, 7)"),
    "a total by its sum alone": (ADS + "A,2026-03-02,1000,10,5\nB,2026-03-03,2000,20,5\nWhole account,,3000,30,10\n", [],
                                 ("30", "3000", "10"), ["2026-03-02", "2026-03-03"], "totals of others: 1 (line 4)"),
    "a total of days by its name": ("Campaign name,Impressions,Clicks (all)\nA,1000,10\nB,2000,20\nWhole,3000,30\n", [],
                                    ("30", "3000", ""), [""], "totals of others: 1 (line 4)"),
    "a total of more than the file has": (ADS + "A,2026-03-02,1000,10,5\nB,2026-03-02,2000,20,5\nTotal,,9000,90,50\n",
                                          [], ("30", "3000", "10"), ["2026-03-02"], "has clicks 90, the rows of its days 30: the file may lack some"),
    "blank names that are the sum now and then": (
        "Campaign,Ad group,Day,Impr.,Clicks\nB,g,2026-03-02,2,1\nB,--,2026-03-02,2,1\nB,g,2026-03-03,3,1\n"
        "B,--,2026-03-03,1,0\nB,g,2026-03-04,1,0\nB,--,2026-03-04,3,1\n", [], ("4", "12", ""),
        ["2026-03-02", "2026-03-03", "2026-03-04"], ""),
    "blank countries that are more now and then": (
        "Ad name,Country,Day,Impressions,Clicks (all)\n" + "".join(
            "x,DE,2026-02-%02d,%d,1\nx,,2026-02-%02d,%d,1\n" % (day, 1 + day % 3, day, 1 + day * 5 % 4)
            for day in range(1, 29)), [], ("56", "126", ""), ["2026-02-%02d" % day for day in range(1, 29)], ""),
    "one small row beside a blank one": ("Campaign,Ad group,Day,Impr.,Clicks\nB,g,2026-03-02,2,1\nB,--,2026-03-02,2,1\n", [],
                                         ("2", "4", ""), ["2026-03-02"], "may be totals of others, but need not be"),
    "subtotals by a name that says so": (AGES % ("All ages", "All ages"), [], ("6", "330", ""), ["2026-03-02", "2026-03-03"],
                                         "totals of others: 2 (lines 2, 5)"),
    "subtotals by a name, as --leave-out says": (AGES % ("18-65+", "18-65+"), ["--leave-out=2"], ("6", "330", ""),
                                                 ["2026-03-02", "2026-03-03"], "totals of others: 2 (lines 2, 5)"),
    "no subtotals, as --keep says": (AGES % ("18-65+", "18-65+"), ["--keep=2"], ("12", "660", ""),
                                     ["2026-03-02", "2026-03-03"], ""),
    "one of two breakdowns, as --leave-out says": (
        "Campaign,Day,Age,Country,Impr.,Clicks\nA,2026-03-02,18-24,,100,1\nA,2026-03-02,25-34,,200,2\n"
        "A,2026-03-02,,US,180,2\nA,2026-03-02,,DE,120,1\n", ["--leave-out=4"], ("3", "300", ""), ["2026-03-02"],
        "totals of others: 2 (lines 4, 5)"),
    "levels told by a column": (
        "Name,Delivery level,Day,Impr.,Clicks\nA,campaign,2026-03-02,300,3\nS,adset,2026-03-02,300,3\nx,ad,2026-03-02,100,1\n"
        "y,ad,2026-03-02,200,2\n", [], ("3", "300", ""), ["2026-03-02"], "totals of others: 2 (lines 2, 3)"),
    "small rows that are equal": (ADS + "A,2026-03-02,1,0,0\nB,2026-03-02,1,0,0\nC,2026-03-02,2,0,0\nD,2026-03-03,0,0,0\n", [],
                                  ("0", "4", "0"), ["2026-03-02", "2026-03-03"], ""),
    "one ad, one day": (LEVELS + "A,S,x,2026-03-02,1000,10\n", [], ("10", "1000", ""), ["2026-03-02"], ""),
    "results from": (PERIOD + "A,2026-03-01,2026-03-31,10,1\nB,2026-03-01,2026-03-31,20,2\n"
                     "Results from 2 campaigns,2026-03-01,2026-03-31,30,3\n", [], ("3", "30", ""), [MARCH],
                     "no table by week"),
    "a first total of deleted campaigns": (PERIOD + ",2026-03-01,2026-03-31,50,6\nA,2026-03-01,2026-03-31,10,1\n"
                                           "B,2026-03-01,2026-03-31,20,2\n", [], ("3", "30", ""), [MARCH],
                                           "totals of others: 1 (line 2)"),
    "levels in one file": (LEVELS + "A,,,2026-03-02,40,4\nA,S,,2026-03-02,35,4\nA,S,x,2026-03-02,10,1\n"
                           "A,S,y,2026-03-02,20,2\n", [], ("3", "30", ""), ["2026-03-02"],
                           "totals of others: 2 (lines 2, 3)"),
    "totals over days": (PERIOD + "A,2026-03-01,2026-03-02,30,3\nA,2026-03-01,2026-03-01,10,1\n"
                         "A,2026-03-02,2026-03-02,20,2\n", [], ("3", "30", ""), ["2026-03-01", "2026-03-02"],
                         "totals of others: 1 (line 2)"),
    "two names above their days": ("Campaign name,Ad set name,Day,Impressions,Clicks (all)\nA,S,All,30,3\n,,2026-03-02,10,1\n"
                                   ",,2026-03-03,20,2\nB,T,All,7,3\n,,2026-03-02,3,1\n,,2026-03-03,4,2\n", [],
                                   ("6", "37", ""), ["2026-03-02", "2026-03-03"], "totals of others: 2 (lines 2, 5)"),
    "names are filled down": ("Campaign name,Day,Impressions,Clicks (all)\nA,2026-03-02,10,1\n,2026-03-03,20,2\n",
                              ["--fill-down"], ("3", "30", ""), ["2026-03-02", "2026-03-03"], "those of the row above"),
    "names may have to be filled down": ("Campaign name,Day,Impressions,Clicks (all)\nA,2026-03-02,10,1\n,2026-03-03,20,2\n",
                                         [], ("3", "30", ""), ["2026-03-02", "2026-03-03"], "say --fill-down"),
    "an ad set called All": ("Campaign name,Ad set name,Day,Impressions,Clicks (all)\nA,All,2026-03-02,10,1\n"
                             "A,Women,2026-03-02,4,1\nB,All,2026-03-02,9,0\n", [], ("2", "23", ""), ["2026-03-02"], ""),
    "a campaign called Total": ("Campaign name,Ad name,Day,Impressions,Clicks (all)\nTotal,x,2026-03-02,10,1\n"
                                "Other,y,2026-03-02,4,1\n", [], ("2", "14", ""), ["2026-03-02"], ""),
    "a row kept": (ADS + "Total,2026-03-02,1000,10,5\nB,2026-03-02,2000,20,5\n", ["--keep=2"], ("30", "3000", "10"),
                   ["2026-03-02"], ""),
    "a row left out": (ADS + "A,2026-03-02,1000,10,5\nB,2026-03-02,2000,20,5\n", ["--leave-out=3"], ("10", "1000", "5"),
                       ["2026-03-02"], "Left out, as you said: line 3"),
    "a total in the column of weeks": ("Week,Impr.,Clicks\n2026-03-02,30,3\n2026-03-09,10,1\nTotal,40,4\n", [],
                                       ("4", "40", ""), ["2026-03-02..2026-03-08", "2026-03-09..2026-03-15"],
                                       "totals of others: 1 (line 4)"),
    "weeks by their first day": ("Campaign,Week,Impr.,Clicks\nA,2026-03-02,30,3\nA,2026-03-09,10,1\n", [], ("4", "40", ""),
                                 ["2026-03-02..2026-03-08", "2026-03-09..2026-03-15"], "several days each"),
    "weeks by --weekly": ("Campaign,Date,Impr.,Clicks\nA,2026-03-01,30,3\nA,2026-03-08,10,1\nA,2026-03-15,10,1\n",
                          ["--weekly"], ("5", "50", ""), ["2026-03-01..2026-03-07", "2026-03-08..2026-03-14",
                                                          "2026-03-15..2026-03-21"], ""),
    "days by --daily": ("Campaign,Date,Impr.,Clicks\nA,2026-03-01,30,3\nA,2026-03-08,10,1\nA,2026-03-15,10,1\n", ["--daily"],
                        ("5", "50", ""), ["2026-03-01", "2026-03-08", "2026-03-15"], ""),
    "weeks of Microsoft": ('"Report Aggregation: Weekly"\n\n"TimePeriod","CampaignName","Impressions","Clicks"\n'
                           '"2026-03-01","A","30","3"\n', [], ("3", "30", ""), ["2026-03-01..2026-03-07"], ""),
    "months": ("Campaign,Month,Impressions,Clicks\nA,March 2026,30,3\nA,Apr 2026,10,1\n", [], ("4", "40", ""),
               [MARCH, "2026-04-01..2026-04-30"], ""),
    "the period of the title": ("Report\nMarch 1, 2026 - March 31, 2026\nCampaign,Clicks,Impr.,Cost\nA,1,10,1.00\nB,2,20,2.00\n"
                                ",3,30,3.00\n", [], ("3", "30", "3"), [MARCH], "no table by week"),
    "the period by --period": ("Campaign,Clicks,Impressions\nA,1,10\n", ["--period=2026-03-01..2026-03-31"], ("1", "10", ""),
                               [MARCH], "no table by week"),
    "rows without a day": ("Campaign,Clicks,Impressions\nA,1,10\n", [], ("1", "10", ""), [""], "in no week: 1"),
    "hours add up": ("Campaign,Day,Hour of day,Impr.,Clicks\nA,2026-03-02,0,10,1\nA,2026-03-02,1,10,1\n", [],
                     ("2", "20", ""), ["2026-03-02"], "hour, added up by day"),
    "link clicks only": ("Campaign name,Day,Impressions,Link clicks\nA,2026-03-02,1000,10\n", [], ("10", "1000", ""),
                         ["2026-03-02"], "no Clicks (All), only link clicks"),
    "recovered from CTR": ("Campaign name,Day,Impressions,Link clicks,CTR (all)\nA,2026-03-02,1234,10,1.62\n", [],
                           ("20", "1234", ""), ["2026-03-02"], "recovered from CTR (all)"),
    "recovered from CTR and CPC": ("Campaign name,Day,Impressions,CTR (all),CPC (all),Cost\n"
                                   "A,2026-03-02,50000,2.22,0.20,222.20\n", [], ("1110", "50000", "222.2"),
                                   ["2026-03-02"], "may be a few clicks off"),
    "recovered from a fraction": ("Campaign name,Day,Impressions,CTR (all),CPC (all),Cost\nA,2026-03-02,1000,0.02,0.25,5\n",
                                  [], ("20", "1000", "5"), ["2026-03-02"], "recovered"),
    "CTR of link clicks": ("Campaign name,Day,Impressions,Link clicks,CTR\nA,2026-03-02,1234,20,1.62\n", [],
                           ("20", "1234", ""), ["2026-03-02"], "cannot be recovered"),
    "clicks that are not those of CTR": ("Campaign name,Day,Impressions,Clicks,CTR (all)\nA,2026-03-01,1000,10,2.5\n", [],
                                         ("10", "1000", ""), ["2026-03-01"], "is it a part of the clicks?"),
    "a file appended twice": (ADS + "A,2026-03-02,1000,10,5\n" + ADS + "A,2026-03-02,1000,10,5\n", [],
                              ("20", "2000", "10"), ["2026-03-02"], "1 row (line 4). They are counted; --once"),
    "equal rows by --once": (ADS + "A,2026-03-02,1000,10,5\nA,2026-03-02,1000,10,5\n", ["--once"], ("10", "1000", "5"),
                             ["2026-03-02"], "They are left out"),
    "newer numbers for the same": (ADS + "A,2026-03-02,1000,10,5\nA,2026-03-02,1001,11,5\n", [], ("21", "2001", "10"),
                                   ["2026-03-02"], "but other numbers: 1 row (line 3)"),
    "rows that differ in an unknown column": ("Campaign,Day,Keyword,Impr.,Clicks\nA,2026-03-02,shoes,10,1\n"
                                              "A,2026-03-02,boots,11,2\n", [], ("3", "21", ""), ["2026-03-02"], ""),
    "ids that a spreadsheet lost": ("Ad ID,Day,Impressions,Clicks (all)\n1.20236E+17,2026-03-02,10,1\n", [], ("1", "10", ""),
                                    ["2026-03-02"], "left of an id"),
    "ids that a spreadsheet rounded": ("Ad ID,Day,Impressions,Clicks (all)\n120236392470970000,2026-03-02,10,1\n"
                                       "120236392470980000,2026-03-02,20,2\n", [], ("3", "30", ""), ["2026-03-02"],
                                       "left of an id"),
    "micros": ("campaign.name,segments.date,metrics.impressions,metrics.clicks,metrics.cost_micros\nA,2026-03-02,10,5,4250000\n",
               [], ("5", "10", "4.25"), ["2026-03-02"], ""),
    "a tag is no day": ("Campaign,Tag,Date,Clicks,Impr.\nA,blue,2026-03-02,1,10\n", [], ("1", "10", ""), ["2026-03-02"],
                        "Not used: Tag"),
    "a trailing delimiter": ("Campaign,Day,Clicks,Impr.,\nA,2026-03-02,1,10,\n", [], ("1", "10", ""), ["2026-03-02"], ""),
    "a title with commas": ("Report, all campaigns, all time\nCampaign,Day,Clicks,Impr.\nA,2026-03-02,1,10\n", [],
                            ("1", "10", ""), ["2026-03-02"], "1 title line"),
    "a title with quotes": ('"Report" of A, "B\nCampaign,Day,Clicks,Impr.\nA,2026-03-02,1,10\n', [],
                            ("1", "10", ""), ["2026-03-02"], "1 title line"),
    "a header of two lines": ('Campaign,Day,"Clicks\n(all)",Impressions\nA,2026-03-02,1,10\nB,2026-03-02,1,10\n,,2,20\n', [],
                              ("2", "20", ""), ["2026-03-02"], "totals of others: 1 (line 5)"),
    "a total in a column that is not known": ("Keyword,Clicks,Impr.\nshoes,1,10\nboots,2,20\nTotal,3,30\n", [],
                                              ("3", "30", ""), [""], "totals of others: 1 (line 4)"),
    "a total by a blank in such a column": ("Keyword,Day,Clicks,Impr.\nshoes,2026-03-02,1,10\nboots,2026-03-02,2,20\n"
                                            ",2026-03-02,3,30\n", [], ("3", "30", ""), ["2026-03-02"],
                                            "totals of others: 1 (line 4)"),
    "totals of search terms": ("Search term,Campaign,Clicks,Impr.\nx,A,1,10\ny,A,2,20\nTotal: Search terms,--,3,30\n"
                               "Total: Other search terms,--,7,80\nTotal: Campaigns,--,10,110\n", [], ("3", "30", ""), [""],
                               "totals of others: 3 (lines 4, 5, 6)"),
    "blanks that tell nothing": ("Campaign,Quality ranking,Day,Clicks,Impr.\nA,-,2026-03-02,1,10\nA,Average,2026-03-03,1,10\n"
                                 "B,-,2026-03-02,1,10\n", [], ("3", "30", ""), ["2026-03-02", "2026-03-03"], ""),
    "days told by another column": ("Campaign name,Day,Reporting starts,Reporting ends,Impressions,Clicks (all)\n"
                                    "A,2026-03-02,03/02/2026,03/02/2026,10,1\n", [], ("1", "10", ""), ["2026-03-02"],
                                    "another column tells the day"),
    "totals of TikTok": ("Campaign name,Ad name,By Day,Cost,Impressions,Clicks (destination),Clicks (all),Currency\n"
                         "A,x,2026-03-02,5.00,1000,10,15,USD\nTotal of 1 result,-,-,5.00,1000,10,15,USD\n", [],
                         ("15", "1000", "5"), ["2026-03-02"], "totals of others: 1 (line 3)"),
    "LinkedIn": (("Campaign Performance Report (in UTC)\n\"Report Start: March 1, 2026, 12:00 AM\"\n"
                  "\"Report End: March 31, 2026, 11:59 PM\"\n\nStart Date (in UTC)\tAccount Name\tCurrency\tCampaign Name\t"
                  "Impressions\tClicks\tTotal Spent\n3/2/2026\tTern\tUSD\tA\t\"1,234\"\t12\t10.50\n").encode("utf-16"), [],
                 ("12", "1234", "10.5"), ["2026-03-02"], "the title lines name the period"),
    "gzip": (gzip.compress((ADS + "A,2026-03-02,1000,10,5\n").encode()), [], ("10", "1000", "5"), ["2026-03-02"], ""),
}


def test(count):
    """Check every kind."""
    for name, (content, options, totals, days, told) in KINDS.items():
        answer = read(content, *options)
        found = sorted({row["day"] or "..".join(filter(None, (row["first_day"], row["last_day"])))
                        for row in answer.rows})
        count.check(name, answer.status == 0 and answer.totals() == totals and found == days and told in answer.told,
                    answer.out, answer.err)
    test_columns(count)
    test_names(count)
    test_workbook(count)


def test_columns(count):
    """All that is reported comes through."""
    answer = read("Campaign name,Ad ID,Day,Impressions,Clicks (all),Unique clicks (all),Reach,Purchases,Leads,"
                  "Purchases conversion value,Landing page views,Link clicks,Post reactions,Post comments,Post shares,"
                  "Age,Gender,Country,Platform,Placement,Impression device,Objective,Amount spent (EUR)\n"
                  "A,120236392470970093,2026-03-02,10,9,4,8,1.5,2,30.5,3,5,1,1,1,25-34,male,DE,facebook,feed,iphone,Sales,2.25\n")
    right = {"campaign": "A", "ad_id": "120236392470970093", "ad": "120236392470970093", "level": "ad", "clicks": "9",
             "clicks_are": "all", "reported_unique_clicks": "4", "reach": "8", "purchases": "1.5", "leads": "2",
             "purchase_value": "30.5", "landing_page_views": "3", "link_clicks": "5", "reactions": "1", "comments": "1",
             "shares": "1", "audience_segment": "25-34, male", "country": "DE", "placement": "facebook feed",
             "device": "iphone", "objective": "Sales", "spend": "2.25", "currency": "EUR"}
    found = {column: answer.rows[0][column] for column in right} if answer.rows else {}
    count.check("all columns", found == right, found, answer.err)
    answer = read("Campaign name,Day,Impressions,Link clicks\nA,2026-03-02,1000,10\n")
    count.check("link clicks are labelled", answer.values("clicks_are") == ["link"], answer.out)


def test_names(count):
    """Names are data: nothing in them is changed or run."""
    for name in ("=cmd|' /C calc'!A0", "'; DROP TABLE ad_daily; --", "\\.", "\x1b[31mred", "a\nb", '5" tablet', "NULL", "$(id)"):
        answer = read('Campaign name,Day,Impressions,Clicks (all)\n"%s",2026-03-02,10,1\n' % name.replace('"', '""'))
        count.check("the name %r" % name, answer.values("campaign") == [name], answer.out, answer.err)
    answer = read('Campaign name,Day,Impressions,Clicks (all)\n"a\n\\.\nb",2026-03-02,10,1\n')
    count.check("no line is what psql takes for the end", "\\." not in answer.out.splitlines(), answer.out)
    answer = read(ADS + "A,2026-03-02,1000,10,5\nB,2026-03-02,1000,10,5\nC,2026-03-02,1000,10,5\n")
    count.check("the last row has their number", [row["row_count"] for row in answer.rows] == ["", "", "3"], answer.out)
    answer = read('Ad ID,Day,Impressions,Clicks (all)\n\'120236392470970093,2026-03-02,10,1\n"=""120236392470970094""",2026-03-02,1,1\n')
    count.check("ids in quotes of their own",
                answer.values("ad_id") == ["120236392470970093", "120236392470970094"], answer.out)


def test_workbook(count):
    """Cells of a workbook as they are stored: days, numbers, percentages, ids."""
    import datetime
    import openpyxl
    book = openpyxl.Workbook()
    book.active.append(["nothing here"])
    sheet = book.create_sheet("Raw data")
    sheet.append(["Campaign name", "Ad ID", "Day", "Impressions", "CTR (all)", "Amount spent (EUR)"])
    sheet.append(["A", "120236392470970093", datetime.datetime(2026, 3, 2), 1234, 0.0162, 10.5])
    sheet.append(["B", "120236392470970094", datetime.date(2026, 3, 3), 1000, 0.02, "1.234,50 €"])
    for row in (2, 3):
        sheet.cell(row, 5).number_format = "0.00%"
    content = io.BytesIO()
    book.save(content)
    answer = read(content.getvalue(), name="export.xlsx")
    count.check("a workbook", answer.totals() == ("40", "2234", "1245") and answer.values("day") == [
        "2026-03-02", "2026-03-03"] and 'sheet "Raw data" of 2' in answer.told, answer.out, answer.err)
    answer = read(content.getvalue(), "--sheet=Sheet", name="export.xlsx")
    count.check("another sheet", "no column for Clicks (all)" in answer.err, answer.err)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.csv", ADS + "A,2026-03-02,1000,10,5\n")
    count.check("a zip of one file", read(packed.getvalue(), name="report.zip").totals() == ("10", "1000", "5"))
