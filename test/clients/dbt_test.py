#!/usr/bin/python3
"""The models of docs/bi.md, rendered by Jinja and run as dbt-postgres runs them."""

import pathlib
import re
import sys

import jinja2
import psycopg2

failed = 0


def check(name, good):
    global failed
    print("ok" if good else "not ok", "- dbt:", name)
    failed += not good


def render(template, incremental=False, **names):
    return jinja2.Template(template).render(
        config=lambda **settings: "",
        ref=lambda name: f"dbt.{name}",
        this="dbt.weekly_campaigns",
        is_incremental=lambda: incremental,
        **names,
    )


connection = psycopg2.connect("")
connection.autocommit = True
cursor = connection.cursor()


def ask(sql):
    cursor.execute(sql)
    return cursor.fetchall()


text = (pathlib.Path(__file__).parents[2] / "docs/bi.md").read_text()
cells, refresh, rollup = re.findall(r"```jinja\n(.*?)```", text, re.DOTALL)

cursor.execute("CREATE SCHEMA dbt")
cursor.execute(f"CREATE MATERIALIZED VIEW dbt.weekly_ads AS {render(cells)}")
cursor.execute("CREATE UNIQUE INDEX ON dbt.weekly_ads (row_key)")
check(
    "the cells as a materialized view",
    ask(
        """SELECT count(*) > 0 AND count(*) = (SELECT count(*) FROM weekly_ads)
    FROM weekly_ads JOIN dbt.weekly_ads AS model USING (row_key) WHERE weekly_ads.clickers IS NOT DISTINCT FROM model.clickers"""
    )
    == [(True,)],
)
macro = (
    jinja2.Template(refresh + "{{ postgres__refresh_materialized_view('dbt.weekly_ads') }}").render().strip()
)
cursor.execute(macro)
check("the macro refreshes concurrently", "concurrently" in macro)

TOTALS = "SELECT sum(clicks_total(clicks)), sum(impressions), sum(spend), unique_clicks(clickers) FROM dbt.weekly_campaigns"
TRUTH = """SELECT (SELECT sum(coalesce((clicks).link, 0) + coalesce((clicks).share, 0)) FROM ad_daily),
    (SELECT sum(impressions) FROM ad_daily), (SELECT sum(spend) FROM ad_daily), (SELECT count(DISTINCT user_id) FROM ad_clicks)"""
cursor.execute(f"CREATE TABLE dbt.weekly_campaigns AS {render(rollup)}")
check("the incremental model, first run", ask(TOTALS) == ask(TRUTH))
cursor.execute("UPDATE dbt.weekly_campaigns SET impressions = 0 WHERE week = '2026-03-23'")
cursor.execute(f"CREATE TEMPORARY TABLE newer AS {render(rollup, incremental=True)}")
cursor.execute(
    "DELETE FROM dbt.weekly_campaigns AS old USING newer"
    " WHERE newer.week = old.week AND newer.campaign_key = old.campaign_key"
)
cursor.execute("INSERT INTO dbt.weekly_campaigns SELECT * FROM newer")
check("the incremental model, next run", ask(TOTALS) == ask(TRUTH))

cursor.execute("CREATE VIEW dbt.over_it AS SELECT week FROM dbt.weekly_campaigns")
cursor.execute("ALTER TABLE dbt.weekly_campaigns RENAME TO weekly_campaigns__dbt_backup")
cursor.execute("CREATE TABLE dbt.weekly_campaigns AS SELECT * FROM dbt.weekly_campaigns__dbt_backup")
cursor.execute("DROP TABLE dbt.weekly_campaigns__dbt_backup CASCADE")
check(
    "a table that is made anew takes views over it away",
    ask("SELECT to_regclass('dbt.over_it')") == [(None,)],
)
cursor.execute("DROP SCHEMA dbt CASCADE")
sys.exit(failed > 0)
