"""How long a phone's export of a gigabyte takes to read, and how much memory: a made-up one, in a temporary folder."""

from __future__ import annotations

import argparse
import datetime
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.results import record
from tests.health_exports import write_large

GIGABYTE = 1 << 30
START = datetime.date(2015, 1, 1)
TARGET_MB = 100
"""Nothing that grows with the file."""


def read(path: Path) -> None:
    """In a process of its own: read it, say seconds, peak of memory before and after, and days."""
    from soleus.interchange.measurements.health_export import read_health_export

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    points = read_health_export(path)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(seconds, before / 1024, after / 1024, len(points["daily-steps"]))


def measured(path: Path) -> tuple[float, float, float, int]:
    done = subprocess.run([sys.executable, __file__, "--read", str(path)], check=True, capture_output=True, text=True)
    seconds, before, after, days = done.stdout.split()
    return float(seconds), float(before), float(after), int(days)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.read)
        return
    rows, peak = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        for share in (0.05, 1.0):
            path = Path(folder) / "export.xml"
            days = write_large(path, int(options.gigabytes * share * GIGABYTE), START, seed=6)
            seconds, before, after, found = measured(path)
            assert found == days, (found, days)
            size = path.stat().st_size
            peak = after
            speed = f"{size / seconds / 1e6:.0f} MB/s"
            rows.append([f"{size / GIGABYTE:.2f} GB, {days:,} days", f"{seconds:.1f} s", speed, f"{before:.0f} MB", f"{after:.0f} MB"])
    met = "" if peak <= TARGET_MB else "; **missed**"
    notes = f"Peak of memory of the whole process: {peak:.0f} MB (target: at most {TARGET_MB} MB{met})."
    head = ["export", "time", "speed", "memory before", "peak of memory"]
    print(record("Import of a phone's export", [], head, rows, notes))


if __name__ == "__main__":
    main()
