#!/usr/bin/python3
"""Prints one HTML file with the whole report, of the JSON on standard input.

    psql -XAtq -d mydb -f examples/report_page.sql | tools/report_page.py > report.html

The file holds everything that it needs: the numbers, the programs and styles of
tools/report_page/, and the chart library (Chart.js, the package libjs-chart.js
of Debian and Ubuntu, or any chart.min.js of version 3 after --chart-library).
A Content-Security-Policy in it forbids the browser to load anything, and to run
anything but these programs, whatever a campaign is called.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import re
import sys

PARTS = pathlib.Path(__file__).resolve().parent / "report_page"
PROGRAMS = [
    "format.js",
    "elements.js",
    "charts.js",
    "part.js",
    "headline.js",
    "cards.js",
    "tables.js",
    "part_page.js",
    "page.js",
]
STYLES = ["colours.css", "page.css", "narrow_and_print.css"]
CHART_LIBRARY = "/usr/share/javascript/chart.js/chart.min.js"


def complain(problem):
    sys.exit(f"report_page.py: {problem}")


def read(path):
    try:
        return pathlib.Path(path).read_text(encoding="utf-8")
    except OSError as error:
        complain(f"{path}: {error.strerror}")


def read_data(stream):
    """The document, if it is one."""
    try:
        text = stream.read().decode("utf-8")
        document = json.loads(text)
        if not isinstance(document["parts"], list):
            raise KeyError
    except (ValueError, KeyError, TypeError):
        complain("standard input is not the JSON that examples/report_page.sql prints")
    return document


def json_for_html(document):
    """JSON that no parser of HTML takes for markup, and no old parser of
    JavaScript for the end of a line."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # half of a pair, which UTF-8 cannot hold
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half.group()):04x}", text)


def source(path):
    """A program or a style, which must not end the element that it is put into."""
    text = read(path)
    if re.search("</(script|style)|<!--", text, re.IGNORECASE):
        complain(f"{path}: has the end of an element in it, and cannot be put into a page")
    return text


def digest(text):
    """What a Content-Security-Policy calls this text by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def build(document, chart_library):
    texts = {
        "data": json_for_html(document),
        "library": source(chart_library),
        "programs": "'use strict';\n" + "\n".join(source(PARTS / name) for name in PROGRAMS),
        "style": "\n".join(source(PARTS / name) for name in STYLES),
    }
    texts["policy"] = "; ".join(
        [
            "default-src 'none'",
            f"script-src {digest(texts['library'])} {digest(texts['programs'])}",
            f"style-src {digest(texts['style'])}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )

    # in one pass, so that what is put in is never searched for names
    return re.sub(r"\{\{(\w+)\}\}", lambda name: texts[name.group(1)], read(PARTS / "page.html"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--chart-library",
        default=CHART_LIBRARY,
        metavar="FILE",
        help=f"chart.min.js of Chart.js 3 (default: {CHART_LIBRARY})",
    )
    chart_library = parser.parse_args().chart_library
    if not pathlib.Path(chart_library).exists():
        complain(
            f"{chart_library} is not there: install libjs-chart.js, or name chart.min.js "
            "of Chart.js 3 after --chart-library"
        )
    page = build(read_data(sys.stdin.buffer), chart_library)
    sys.stdout.buffer.write(page.encode("utf-8"))


if __name__ == "__main__":
    main()
