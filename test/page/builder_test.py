#!/usr/bin/python3
"""What tools/report_page.py refuses, and that no text gets out of where it is put."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

BUILDER = pathlib.Path(__file__).parents[2] / "tools/report_page.py"
failed = 0


def check(name, good):
    global failed
    print("ok" if good else "not ok", "- builder:", name)
    failed += not good


def build(data, *arguments):
    run = subprocess.run([sys.executable, "-B", BUILDER, *arguments], input=data, capture_output=True)
    return run.returncode, run.stdout.decode(), run.stderr.decode()


def refuses(name, data, message, *arguments):
    status, page, errors = build(data, *arguments)
    check(f"refuses {name}", status == 1 and page == "" and message in errors and errors.count("\n") == 1)


for name, data in {
    "nothing": b"",
    "what is no JSON": b"ERROR:  relation does not exist",
    "other JSON": b"[1, 2]",
    "parts that are none": b'{"parts": 3}',
    "text that is not UTF-8": b'{"parts": ["\xff"]}',
}.items():
    refuses(name, data, "not the JSON that examples/report_page.sql prints")
refuses("to do without the library", b'{"parts": []}', "libjs-chart.js", "--chart-library", "/nowhere/chart.min.js")
with tempfile.NamedTemporaryFile("w", suffix=".js") as library:
    library.write('var text = "</ScRiPt>";')
    library.flush()
    refuses("a library that ends its element", b'{"parts": []}', "has the end of an element", "--chart-library", library.name)

odd = ["</script><!--<script>", "{{style}}\\1", "a\u2028b\u2029c", "&lt;", "\ud83d"]
status, page, errors = build(json.dumps({"parts": [odd], "periods": []}).encode())
check("makes a page", status == 0 and page.startswith("<!DOCTYPE html>") and errors == "")
data = re.search('<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL).group(1)
check("what was put in comes out again", json.loads(data)["parts"] == [odd])
check("in a form that is no markup", not re.search("[<>&\u2028\u2029]", data))
policy = re.search('http-equiv="Content-Security-Policy" content="(.*?)"', page).group(1)
check("allows no source, and only programs by their digest", "default-src 'none'" in policy and "unsafe" not in policy
      and len(re.findall("'sha256-", policy)) == 3)
check("names no other place", not re.search(r"(src|href)=[\"']?(https?:)?//", page))
sys.exit(failed > 0)
