"""Whole runs of `soleus plan` for the invented people of tests/vignettes/plans, against the least that a program with the solver can take.

That least is to import OR-Tools' CP-SAT and to read YAML.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.results import record, verdict
from benchmarks.startup import milliseconds

CASES = sorted((ROOT / "tests" / "vignettes" / "plans").glob("*.yaml"))
BASE = [sys.executable, "-c", "import ortools.sat.python.cp_model, yaml"]
TARGET = 6


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "SOLEUS_CACHE": cache, "PYTHONPYCACHEPREFIX": f"{cache}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = [[sys.executable, "-m", "soleus", "plan", str(path), "--json"] for path in CASES]
        milliseconds(commands[0], environment)  # compiles the knowledge base
        milliseconds(BASE, environment)
        runs = [(milliseconds(command, environment), milliseconds(BASE, environment)) for command in commands]  # in turn: noise hits both
    plans, bases = zip(*runs, strict=True)
    slowest = max(range(len(CASES)), key=lambda i: plans[i])
    rows = [
        [f"`soleus plan`, median of {len(CASES)} people", f"{statistics.median(plans) / 1000:.2f} s"],
        [f"the slowest, {CASES[slowest].stem}", f"{plans[slowest] / 1000:.2f} s"],
        ["`python -c 'import ortools.sat.python.cp_model, yaml'`", f"{statistics.median(bases) / 1000:.2f} s"],
    ]
    ratio = statistics.median(a / b for a, b in runs)
    notes = f"Ratio, median of pairs of runs in turn: {verdict(ratio, TARGET, at_most=True)}."
    print(record("A plan", ["ortools"], ["whole process", "time"], rows, notes))


if __name__ == "__main__":
    main()
