"""A whole run of the program against the least that a Python program with numbers and YAML can take: importing numpy and yaml."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.results import record, verdict

ASSESS = [sys.executable, "-m", "soleus", "assess", "examples/s1-radiculopathy.yaml", "--json"]
BASE = [sys.executable, "-c", "import numpy, yaml"]
RUNS = 15
TARGET = 4


def milliseconds(command: Sequence[str], environment: dict[str, str]) -> float:
    """One run, start to end. [ms]"""
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "SOLEUS_CACHE": cache, "PYTHONPYCACHEPREFIX": f"{cache}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # both keep their byte code, as on any ordinary machine
        first = milliseconds(ASSESS, environment)  # compiles the knowledge base
        milliseconds(BASE, environment)
        runs = [(milliseconds(ASSESS, environment), milliseconds(BASE, environment)) for _ in range(RUNS)]  # in turn: noise hits both
    assess, base = (statistics.median(times) for times in zip(*runs, strict=True))
    ratio = statistics.median(a / b for a, b in runs)
    rows = [
        ["`soleus assess` of an example, JSON", f"{assess:.0f} ms"],
        ["`python -c 'import numpy, yaml'`", f"{base:.0f} ms"],
        ["the first run ever, which compiles the knowledge base", f"{first:.0f} ms"],
    ]
    notes = f"Ratio, median of {RUNS} pairs of runs in turn: {verdict(ratio, TARGET, at_most=True)}."
    print(record("Start-up", ["numpy", "PyYAML"], ["whole process", "median"], rows, notes))


if __name__ == "__main__":
    main()
