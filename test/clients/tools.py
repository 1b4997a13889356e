"""What BI tools make of the files in examples/bi, of the blocks of docs/bi.md and of
clicks in their builders: SQL with parameters bound as the tool binds them.  None of
the tools runs here; each expansion is written from what the tool does to PostgreSQL."""

import datetime
import json
import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FROM, TO = datetime.date(2026, 3, 9), datetime.date(2026, 3, 22)
CLICKS = "sum(coalesce((clicks).link, 0) + coalesce((clicks).share, 0))"


def truth(
    key,
    where="true",
    columns="clicks, 100.0 * clicks / nullif(impressions, 0), spend / nullif(clicks, 0), people",
    more="",
):
    """Hand-written SQL over the tables for a row per key"""
    return f"""
        SELECT {'coalesce(delivery.key, people.key), ' if key else ''}{columns}
        FROM (SELECT {key or 1} AS key, {CLICKS} AS clicks, sum(impressions) AS impressions, sum(spend) AS spend
            FROM ad_daily WHERE {where} GROUP BY 1) AS delivery
            FULL JOIN (SELECT {key or 1} AS key, count(DISTINCT user_id) AS people
                FROM ad_clicks WHERE {where} GROUP BY 1) AS people
            ON coalesce(people.key::text, '') = coalesce(delivery.key::text, '')
        {more} ORDER BY coalesce(delivery.key, people.key)"""


def question(client, name, sql, expected, *parameters):
    return {"client": client, "name": name, "sql": sql, "truth": expected, "parameters": list(parameters)}


#
# Metabase: over JDBC, with the fields' full names and parameters
#


def card(name):
    path = ROOT / f"examples/bi/metabase/collections/main/weekly_clicks/{name}.yaml"
    return yaml.safe_load(path.read_text())["dataset_query"]["stages"][0]


def metabase_field(tag):
    """The column that a tag is about, as Metabase writes it"""
    return ".".join(f'"{name}"' for name in tag["dimension"][2][1:])


def metabase_sql(stage, values):
    """The SQL of a card with these values of its tags, and the parameters in order"""
    parameters = []
    tags = {tag["name"]: tag for tag in stage["template-tags"]}

    def fill(match):
        name = match.group(1).strip()
        value, tag = values.get(name), tags[name]
        if tag["type"] == "temporal-unit":
            return value.format(metabase_field(tag))
        if tag["type"] == "dimension" and value is None:
            return "1 = 1"
        if tag["type"] == "dimension" and tag["widget-type"] == "date/range":
            parameters.extend(value)
            return f"{metabase_field(tag)} BETWEEN ? AND ?"
        if tag["type"] == "dimension":
            parameters.extend(value)
            return f"({metabase_field(tag)} IN ({', '.join('?' * len(value))}))"
        parameters.append(value)
        return "?"

    kept = re.sub(
        r"\[\[(.*?)\]\]",
        lambda optional: optional.group(1)
        if all(values.get(name) is not None for name in re.findall(r"\{\{(\w+)\}\}", optional.group(1)))
        else "",
        stage["native"],
        flags=re.DOTALL,
    )
    return "-- Metabase:: userID: 1 queryType: native\n" + re.sub(r"\{\{(.*?)\}\}", fill, kept), parameters


WEEK = "CAST(DATE_TRUNC('week', {}) AS DATE)"
MONTH = "CAST(DATE_TRUNC('month', {}) AS DATE)"
SUNDAY_WEEK = "CAST((DATE_TRUNC('week', ({} + INTERVAL '1 day')) + INTERVAL '-1 day') AS DATE)"
MONDAY_OF_DAY = "day - (extract(isodow FROM day)::integer - 1)"
SUNDAY_OF_DAY = "day - extract(dow FROM day)::integer"
ROUNDED = (
    "clicks, round(100.0 * clicks / nullif(impressions, 0), 4), round(spend / nullif(clicks, 0), 4), people"
)


def metabase():
    rates, people = card("rates_and_people_by_week"), card("people_by_period")
    sql, parameters = metabase_sql(
        rates, {"weeks": [FROM, TO], "campaigns": ["Spring", "Été"], "country": "DE"}
    )
    yield question(
        "jdbc",
        "Metabase, card with all filters",
        sql,
        truth(
            MONDAY_OF_DAY,
            "day BETWEEN '2026-03-09' AND '2026-03-22' AND campaign IN ('Spring', 'Été') AND country = 'DE'",
            ROUNDED,
        ),
        *parameters,
    )
    sql, parameters = metabase_sql(rates, {})
    yield question(
        "jdbc", "Metabase, card without filters", sql, truth(MONDAY_OF_DAY, "true", ROUNDED), *parameters
    )
    for unit, expression, key in (
        ("month", MONTH, "date_trunc('month', day)::date"),
        ("week", WEEK, MONDAY_OF_DAY),
        ("week from Sunday", SUNDAY_WEEK, SUNDAY_OF_DAY),
    ):
        sql, parameters = metabase_sql(people, {"period": expression, "days": [FROM, TO]})
        yield question(
            "jdbc",
            f"Metabase, people by {unit}",
            sql,
            truth(key, "day BETWEEN '2026-03-09' AND '2026-03-22'", "people"),
            *parameters,
        )

    finished, cells, days = (
        f'"public"."{name}"' for name in ("weekly_report", "weekly_cells", "daily_cells")
    )
    for start, expression, shift in (("Monday", WEEK, 0), ("Sunday", SUNDAY_WEEK, 1)):
        week = expression.format(f'{finished}."week"')
        yield question(
            "jdbc",
            f"Metabase, finished rows by week, weeks start on {start}",
            f"""
            SELECT {week} AS "week", SUM({finished}."clicks_all") AS "sum" FROM {finished}
            WHERE {finished}."slice" = ? GROUP BY {week} ORDER BY {week} ASC""",
            truth(f"{MONDAY_OF_DAY} - {shift}", "true", "clicks"),
            "total",
        )
        day = expression.format(f'{days}."day"')
        yield question(
            "jdbc",
            f"Metabase, days by week, weeks start on {start}",
            f"""
            SELECT {day} AS "day", SUM({days}."clicks_all") AS "sum" FROM {days}
            WHERE {days}."day" >= ? GROUP BY {day} ORDER BY {day} ASC""",
            truth(SUNDAY_OF_DAY if shift else MONDAY_OF_DAY, "true", "clicks"),
            datetime.date(2026, 1, 1),
        )
    yield question(
        "jdbc",
        "Metabase, binning",
        f"""
        SELECT FLOOR({cells}."impressions" / 500.0) * 500.0 AS "impressions", COUNT(*) AS "count" FROM {cells}
        WHERE {cells}."impressions" IS NOT NULL
        GROUP BY FLOOR({cells}."impressions" / 500.0) * 500.0 ORDER BY 1 ASC""",
        f"""
        SELECT floor(n / 500) * 500, count(*) FROM (SELECT sum(impressions) AS n FROM ad_daily
            GROUP BY {MONDAY_OF_DAY}, campaign, ad, country, placement) AS cells GROUP BY 1 ORDER BY 1""",
    )
    for name, (over, under) in {
        "click_through_rate": ("clicks", "impressions"),
        "cost_per_click": ("spend", "clicks"),
    }.items():
        path = (
            ROOT
            / f"examples/bi/metabase/databases/ads/schemas/public/tables/weekly_cells/measures/{name}.yaml"
        )
        divide, _, *sums = yaml.safe_load(path.read_text())["definition"]["stages"][0]["aggregation"][0]
        assert divide == "/" and all(part[0] == "sum" for part in sums)
        first, second = (f'{cells}."{part[2][2][3]}"' for part in sums)
        yield question(
            "jdbc",
            f"Metabase, measure {name} by campaign",
            f"""
            SELECT {cells}."campaign" AS "campaign", CAST(SUM({first}) AS DOUBLE PRECISION)
                / NULLIF(CAST(SUM({second}) AS DOUBLE PRECISION), 0.0) AS "measure"
            FROM {cells} WHERE {cells}."campaign" IN (?, ?) GROUP BY {cells}."campaign" ORDER BY 1 ASC""",
            truth("campaign", "campaign IN ('Spring', 'Été')", f"1.0 * {over} / nullif({under}, 0)"),
            "Spring",
            "Été",
        )


#
# Superset: SQL expressions as metrics, a time grain, and a query of its own for totals
#


def superset():
    dataset = yaml.safe_load((ROOT / "examples/bi/superset/datasets/ads/weekly_ads.yaml").read_text())
    metrics = {metric["metric_name"]: metric["expression"] for metric in dataset["metrics"]}
    chosen = ", ".join(
        f'{metrics[name]} AS "{name}"' for name in ("clicks_all", "ctr", "cpc", "unique_clicks")
    )
    where = "week >= TO_DATE('2026-03-02', 'YYYY-MM-DD') AND week < TO_DATE('2026-03-30', 'YYYY-MM-DD')"
    for grain, key in (("week", MONDAY_OF_DAY), ("month", "date_trunc('month', day)::date")):
        yield question(
            "sqlalchemy",
            f"Superset, metrics by {grain}",
            f"""
            SELECT DATE_TRUNC('{grain}', week) AS __timestamp, {chosen} FROM public.weekly_ads WHERE {where}
            GROUP BY DATE_TRUNC('{grain}', week) ORDER BY 1 LIMIT 10000""",
            truth(key),
        )
    yield question(
        "sqlalchemy",
        "Superset, metrics by country",
        f"""
        SELECT country AS country, {chosen} FROM public.weekly_ads WHERE {where} AND campaign IN (?, ?)
        GROUP BY country ORDER BY 1 LIMIT 1000""",
        truth("country", "campaign IN ('Spring', 'Été')"),
        "Spring",
        "Été",
    )
    yield question(
        "sqlalchemy",
        "Superset, totals",
        f"SELECT {chosen} FROM public.weekly_ads WHERE {where} LIMIT 50000",
        truth(None),
    )


#
# Grafana: macros and variables expanded into the text, no parameters
#


def grafana_sql(sql, account="acme", currency="EUR"):
    sql = re.sub(
        r"\$__timeFilter\((\w+)\)", r"\1 BETWEEN '2026-03-02T00:00:00Z' AND '2026-03-29T23:59:59Z'", sql
    )
    sql = sql.replace("${account:sqlstring}", f"'{account}'")
    sql = sql.replace("${currency:sqlstring}", f"'{currency}'")
    return re.sub(r"\$__timeGroup\((\w+), *'1w'\)", r"floor(extract(epoch from \1)/604800)*604800", sql)


# Accounts without a name, an id or a currency can be chosen, and are shown
def grafana_unnamed(panels, variables):
    unnamed = """WITH weekly_report AS (SELECT week, slice, clicks_all, ctr, NULL::text AS account,
        NULL::text AS account_id, NULL::text AS currency FROM public.weekly_report) """
    for variable in variables:
        yield question(
            "psycopg2",
            f"Grafana, {variable['name']} not known can be chosen",
            unnamed + grafana_sql(variable["query"], "not known", "not known"),
            "SELECT 'not known'",
        )
    yield question(
        "psycopg2",
        "Grafana, an account not known is shown",
        unnamed + grafana_sql(panels["Clicks (All) and CTR"], "not known", "not known"),
        truth(
            MONDAY_OF_DAY,
            "true",
            "'not known', clicks, round(100.0 * clicks / nullif(impressions, 0), 4)",
        ),
    )


def grafana():
    dashboard = json.loads((ROOT / "examples/bi/grafana.json").read_text())
    panels = {panel["title"]: panel["targets"][0]["rawSql"] for panel in dashboard["panels"]}
    variables = [one for one in dashboard["templating"]["list"] if one["type"] == "query"]
    yield from grafana_unnamed(panels, variables)
    assert not any("$__timeGroup" in sql for sql in panels.values())
    weeks = {
        "Clicks (All) and CTR": "'acme', clicks, round(100.0 * clicks / nullif(impressions, 0), 4)",
        "Cost per click": "'acme', round(spend / nullif(clicks, 0), 6)",
        "People who clicked": "'acme', people",
    }
    for title, columns in weeks.items():
        yield question(
            "psycopg2", f"Grafana, {title}", grafana_sql(panels[title]), truth(MONDAY_OF_DAY, "true", columns)
        )
    yield question(
        "psycopg2",
        "Grafana, Clicks (All) by day",
        grafana_sql(panels["Clicks (All) by day"]),
        truth("day", "true", "clicks"),
    )
    yield question(
        "psycopg2",
        "Grafana, placements",
        grafana_sql(panels["Placements in the time shown"]),
        truth(
            "placement",
            "true",
            "clicks, round(100.0 * clicks / nullif(impressions, 0), 2), round(spend / nullif(clicks, 0), 3), people",
        ).replace("ORDER BY", "ORDER BY clicks DESC NULLS LAST,"),
    )
    changed = grafana_sql(panels["What changed in the newest complete week"])
    yield question(
        "psycopg2",
        "Grafana, what changed",
        f"SELECT campaign, clicks FROM ({changed}) AS panel ORDER BY 1",
        truth("campaign", "day >= '2026-03-23'", "clicks"),
    )
    yield question(
        "psycopg2",
        "Grafana, $__timeGroup labels weeks as Thursdays",
        grafana_sql(
            "SELECT DISTINCT to_char(to_timestamp($__timeGroup(week, '1w')), 'FMDay') FROM weekly_report"
        ),
        "SELECT 'Thursday'",
    )


#
# Looker and Cube: measures of type number
#


def looker():
    text = (ROOT / "examples/bi/looker.view.lkml").read_text()
    measures = dict(re.findall(r"measure: (\w+) \{\s*type: number\s*sql: (.*?) ;;", text, re.DOTALL))
    chosen = ", ".join(
        f'{measures[name].replace("${TABLE}", "weekly_ads")} AS "weekly_ads.{name}"' for name in measures
    )
    for dimension in ("campaign", "country"):
        yield question(
            "psycopg2",
            f"Looker, measures by {dimension}",
            f"""
            SELECT weekly_ads.{dimension} AS "weekly_ads.{dimension}", {chosen} FROM public.weekly_ads AS weekly_ads
            WHERE weekly_ads.country IN ('DE', 'FR') GROUP BY 1 ORDER BY 1""",
            truth(
                dimension,
                "country IN ('DE', 'FR')",
                "clicks, people, 1.0 * clicks / nullif(impressions, 0), spend / nullif(clicks, 0)",
            ),
        )


def cube():
    model = yaml.safe_load((ROOT / "examples/bi/cube.yml").read_text())["cubes"][0]
    measures = {
        measure["name"]: measure["sql"].replace("{CUBE}", '"weekly_ads"') for measure in model["measures"]
    }
    chosen = ", ".join(f'{sql} "weekly_ads__{name}"' for name, sql in measures.items())
    yield question(
        "node",
        "Cube, measures by week, filtered by a measure",
        f"""
        SELECT date_trunc('week', (week::timestamp::timestamptz AT TIME ZONE 'UTC'))::date "weekly_ads__week_week", {chosen}
        FROM public.weekly_ads AS "weekly_ads" WHERE ("weekly_ads".country = ?)
        GROUP BY 1 HAVING ({measures['clicks_all']} > ?) ORDER BY 1 ASC LIMIT 10000""",
        truth(
            MONDAY_OF_DAY,
            "country = 'DE'",
            "clicks, people, 1.0 * clicks / nullif(impressions, 0), spend / nullif(clicks, 0)",
        ),
        "DE",
        "5",
    )


#
# Tableau: pass-through aggregates; Power BI and Excel: sums over the views through ODBC
#


def tableau_and_power_bi():
    yield question(
        "odbc",
        "Tableau, RAWSQLAGG over weekly_cells",
        """
        SELECT "weekly_cells"."country" AS "country",
            (clicks_all("weekly_cells"."clicks_all")) AS "clicks", (ctr("weekly_cells"."clicks_all", "weekly_cells"."impressions")) AS "ctr",
            (cpc("weekly_cells"."spend", "weekly_cells"."clicks_all", "weekly_cells"."currency")) AS "cpc"
        FROM "public"."weekly_cells" "weekly_cells" WHERE ("weekly_cells"."week" >= ?) GROUP BY 1 ORDER BY 1""",
        truth(
            "country",
            "day >= '2026-03-09'",
            "clicks, 100.0 * clicks / nullif(impressions, 0), spend / nullif(clicks, 0)",
        ),
        FROM,
    )
    yield question(
        "odbc",
        "Power BI, sums over weekly_cells",
        """
        select "_"."campaign", sum("_"."clicks_all") as "a0", sum("_"."impressions") as "a1"
        from (select "campaign", "clicks_all", "impressions" from "public"."weekly_cells" "$Table") "_"
        group by "_"."campaign" order by 1 limit 1000001""",
        truth("campaign", "true", "clicks, impressions"),
    )


def questions():
    return [*metabase(), *superset(), *grafana(), *looker(), *cube(), *tableau_and_power_bi()]
