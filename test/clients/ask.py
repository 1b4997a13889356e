#!/usr/bin/python3
"""ask.py CLIENT: asks the questions through one of Python's ways to PostgreSQL,
and prints the answers as JSON lines."""

import os
import sys

from questions import TYPES_OF, print_answers, read_questions


def psycopg2_client():
    import psycopg2

    cursor = psycopg2.connect("").cursor()

    def ask(sql, parameters):
        cursor.execute(sql.replace("?", "%s"), parameters or None)
        return cursor.fetchall()

    return ask


def psycopg_client(binary):
    import psycopg

    connection = psycopg.connect("")

    def ask(sql, parameters):
        return connection.execute(sql.replace("?", "%s"), parameters, binary=binary, prepare=True).fetchall()

    return ask


def engine():
    import sqlalchemy

    return sqlalchemy.create_engine("postgresql+psycopg2://", future=True)


def named(sql, parameters):
    import sqlalchemy

    for number in range(len(parameters)):
        sql = sql.replace("?", f":p{number}", 1)
    return sqlalchemy.text(sql.replace("::", r"\:\:")), {f"p{n}": value for n, value in enumerate(parameters)}


def sqlalchemy_client():
    connection = engine().connect()
    return lambda sql, parameters: connection.execute(*named(sql, parameters)).fetchall()


def pandas_client():
    import pandas
    import sqlalchemy

    connection = engine().connect()

    def ask(sql, parameters):
        statement, values = named(sql, parameters)
        return pandas.read_sql(statement, connection, params=values).itertuples(index=False)

    return ask


def odbc_client():
    import pyodbc

    cursor = pyodbc.connect(
        "Driver=PostgreSQL Unicode;Servername={PGHOST};Port={PGPORT};"
        "Database={PGDATABASE};UID={PGUSER}".format(**os.environ)
    ).cursor()

    def ask(sql, parameters):
        return cursor.execute(sql, parameters).fetchall()

    return ask


CLIENTS = {
    "psycopg2": psycopg2_client,
    "psycopg": lambda: psycopg_client(False),
    "psycopg-binary": lambda: psycopg_client(True),
    "sqlalchemy": sqlalchemy_client,
    "pandas": pandas_client,
    "odbc": odbc_client,
}

ask = CLIENTS[sys.argv[1]]()
for question in read_questions(sys.argv[1]):
    print_answers(question["name"], ask(question["sql"], question["parameters"]))
if sys.argv[1] == "pandas":
    import pandas
    import sqlalchemy

    print_answers("types", [pandas.read_sql(sqlalchemy.text(TYPES_OF), engine().connect()).dtypes])
else:
    print_answers("types", [[type(value).__name__ for value in list(ask(TYPES_OF, []))[0]]])
