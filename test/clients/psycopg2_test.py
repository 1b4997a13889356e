#!/usr/bin/python3
"""What a Python program gets from the weekly report through psycopg2."""

import datetime
import decimal
import sys

import psycopg2

failed = 0


def check(name, good):
    global failed
    print("ok" if good else "not ok", "- psycopg2:", name)
    failed += not good


connection = psycopg2.connect("")
cursor = connection.cursor()


def query(sql, *parameters):
    cursor.execute(sql, parameters or None)
    return cursor.fetchall()


cursor.execute("SELECT * FROM weekly_report WHERE slice = 'ad' ORDER BY week, value_id")
columns = [column.name for column in cursor.description]
rows = [dict(zip(columns, row)) for row in cursor.fetchall()]
kinds = {
    "week": datetime.date,
    "clicks_all": int,
    "impressions": int,
    "spend": decimal.Decimal,
    "ctr": decimal.Decimal,
    "click_through_rate": decimal.Decimal,
    "cpc": decimal.Decimal,
    "unique_clicks": int,
    "complete": bool,
}
for column in ("link_clicks", "unique_clicks_at_least", "unique_clicks_at_most", "reach",
               "landing_page_views", "days", "logged_clicks"):
    kinds[column] = int
for column in ("link_ctr", "cpm", "unique_ctr", "purchases", "leads", "purchase_value"):
    kinds[column] = decimal.Decimal
check("the report has rows", len(rows) == 28)
for column in columns:
    kind = kinds.get(column, str)
    values = [row[column] for row in rows if row[column] is not None]
    check(f"{column} is {kind.__name__}", all(type(value) is kind for value in values))
check("no column that is promised is absent", set(kinds) < set(columns))
cursor.execute("SELECT * FROM weekly_report WHERE slice = 'country'")
countries = [dict(zip(columns, row)) for row in cursor.fetchall()]
check("a zero denominator is None", all(
    (row["ctr"] is None) == (not row["impressions"] or row["clicks_all"] is None)
    and (row["cpc"] is None) == (not row["clicks_all"] or row["spend"] is None)
    for row in rows + countries) and any(row["impressions"] == 0 for row in countries))
check("rates are those of the columns beside them", all(
    abs(row["ctr"] - decimal.Decimal(100 * row["clicks_all"]) / row["impressions"])
    <= decimal.Decimal("0.00005")
    for row in rows if row["ctr"] is not None))

listed = query("""SELECT column_name, data_type FROM information_schema.columns
    WHERE table_name = 'weekly_report'""")
check("the view is listed, with simple types only",
      {name for name, _ in listed} == set(columns)
      and {kind for _, kind in listed} == {"date", "text", "bigint", "numeric", "boolean"})

((direct,),) = query("SELECT clicks_all(clicks) FROM ad_daily")
check("weeks add up to the days", sum(row["clicks_all"] or 0 for row in rows) == direct)

for value in (7, 7.0, decimal.Decimal("7"), "7", None):
    kind = type(value).__name__
    expected = None if value is None else 7
    check(f"clicks_all of a parameter that is {kind}",
          query("SELECT clicks_all(%s)", value) == [(expected,)])
    check(f"ctr of parameters that are {kind}",
          query("SELECT ctr(%s, %s) IS NOT DISTINCT FROM %s", value, value,
                None if value is None else 100) == [(True,)])

try:
    query("SELECT clicks_all(%s::bigint) FROM generate_series(1, 2)", 2**63 - 1)
    check("an overflow is an error", False)
except psycopg2.errors.NumericValueOutOfRange:
    connection.rollback()
    check("an overflow is NumericValueOutOfRange", True)

sys.exit(failed > 0)
