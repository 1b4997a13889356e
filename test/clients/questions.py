"""The questions of questions.txt, and what a client's answers have to be compared by."""

import datetime
import decimal
import json
import pathlib
import sys

KINDS = {"date": datetime.date.fromisoformat, "text": str, "integer": int, "decimal": decimal.Decimal}


# what docs/bi.md says of the types of a bigint, a numeric, a date and a boolean
TYPES_OF = "SELECT clicks_all, ctr, week, complete FROM weekly_report WHERE slice = 'total'"
TYPES = {
    "psycopg2": "int Decimal date bool",
    "psycopg": "int Decimal date bool",
    "psycopg-binary": "int Decimal date bool",
    "sqlalchemy": "int Decimal date bool",
    "pandas": "int64 float64 object bool",
    "odbc": "int Decimal date str",
    "node": "string string Date boolean",
    "jdbc": "Long BigDecimal Date Boolean",
}


def read_questions(client):
    """What this client is asked: name, parameters, sql and truth of each question"""
    import tools

    return read_common_questions() + [
        question for question in tools.questions() if question["client"] == client
    ]


def read_common_questions():
    questions = []
    for line in (pathlib.Path(__file__).parent / "questions.txt").read_text().splitlines():
        word, _, rest = line.partition(": ")
        if line.startswith("#"):
            continue
        if word == "question":
            questions.append({"name": rest, "sql": "", "truth": ""})
            into = "sql"
        elif word == "parameters":
            pairs = [parameter.split(" ", 1) for parameter in rest.split(", ")]
            questions[-1]["parameters"] = [KINDS[kind](value) for kind, value in pairs]
        elif line == "truth:":
            into = "truth"
        elif questions:
            questions[-1][into] += line + "\n"
    return questions


def plain(value):
    """A value as every client can print it"""
    if value is None or value != value:
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "1" if value else "0"
    return str(value)


def print_answers(name, rows):
    print(json.dumps([name, [[plain(value) for value in row] for row in rows]]))


if __name__ == "__main__":
    # for clients in other languages: a JSON array, or lines of fields with tabs between
    asked = read_questions(sys.argv[1])
    if sys.argv[1] == "jdbc":
        names = {
            kind: name
            for name, kind in (
                ("text", str),
                ("integer", int),
                ("date", datetime.date),
                ("decimal", decimal.Decimal),
            )
        }
        for question in asked:
            print(
                question["name"],
                ", ".join(f"{names[type(value)]} {value}" for value in question["parameters"]),
                " ".join(question["sql"].split()),
                sep="\t",
            )
    else:
        print(
            json.dumps(
                [{**question, "parameters": list(map(str, question["parameters"]))} for question in asked]
            )
        )
