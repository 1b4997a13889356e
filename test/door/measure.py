#!/usr/bin/python3
"""How long read_export.py takes for an export of so many rows, and how much memory: measure.py [ROWS]"""

import os
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
rows = sys.argv[1] if len(sys.argv) > 1 else "500000"
with tempfile.TemporaryDirectory() as directory:
    path = os.path.join(directory, "export.csv")
    with open(path, "wb") as export:
        subprocess.run([sys.executable, os.path.join(HERE, "make_export.py"), rows], stdout=export, check=True)
    size = os.path.getsize(path)
    start = time.monotonic()
    subprocess.run(["/usr/bin/python3", os.path.join(HERE, "..", "..", "tools", "read_export.py"), path],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    seconds = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print("%s rows, %d MB: %.1f s (%.1f s of processor with the generator), %d MB of memory at most"
      % (rows, size / 1e6, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
