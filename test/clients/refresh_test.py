#!/usr/bin/python3
"""Refreshing weekly_ads beside a reader whose transaction stays open, as dashboards'
do: CONCURRENTLY waits for nobody and keeps nobody waiting, a plain REFRESH does both."""

import sys

import psycopg2

failed = 0


def check(name, good):
    global failed
    print("ok" if good else "not ok", "- refresh:", name)
    failed += not good


def connect(timeout=None):
    connection = psycopg2.connect("", options=f"-c lock_timeout={timeout or 0}")
    return connection, connection.cursor()


COUNT = "SELECT sum(clicks_all) FROM weekly_report WHERE slice = 'total'"
writer, change = connect()
change.execute(
    "INSERT INTO ad_daily (day, account, currency, campaign, clicks, clicks_are, impressions)"
    " VALUES ('2026-03-04', 'acme', 'EUR', 'late', click_counts(link => 1000), 'all', 5000)"
)
writer.commit()

reader, read = connect()
read.execute(COUNT)
((before,),) = read.fetchall()

refresher, refresh = connect("300ms")
refresher.autocommit = True
try:
    refresh.execute("REFRESH MATERIALIZED VIEW weekly_ads")
    check("a plain one waits for a reader", False)
except psycopg2.errors.LockNotAvailable:
    check("a plain one waits for a reader", True)
refresh.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads")
check("a concurrent one does not", True)

read.execute(COUNT)
((after,),) = read.fetchall()
check("the open reader sees what it refreshed", after == before + 1000)
reader.commit()

refresher.autocommit = False
refresh.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads")
impatient, ask = connect("300ms")
ask.execute(COUNT)
check("a concurrent one that is not committed keeps no reader waiting", ask.fetchall() == [(after,)])
impatient.commit()
refresher.rollback()
refresh.execute("REFRESH MATERIALIZED VIEW weekly_ads")
try:
    ask.execute(COUNT)
    check("a plain one that is not committed does", False)
except psycopg2.errors.LockNotAvailable:
    check("a plain one that is not committed does", True)
impatient.rollback()
refresher.rollback()

change.execute("DELETE FROM ad_daily WHERE campaign = 'late'")
writer.commit()
refresh.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY weekly_ads")
refresher.commit()
sys.exit(failed > 0)
