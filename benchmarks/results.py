"""Writes what a benchmark measured into RESULTS.md: one section a benchmark, with date, machine and versions."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

from soleus import __version__

RESULTS = Path(__file__).parent / "RESULTS.md"
HEAD = "# Benchmarks\n\nMeasured by the scripts in this folder, which rewrite their own section (`make bench`).\n"


def record(
    title: str, packages: Sequence[str], head: Sequence[str], rows: Sequence[Sequence[str]], notes: str, path: Path = RESULTS
) -> str:
    """Put a section with a table in the place of the one of that title, and return it."""
    versions = ", ".join(
        [
            f"Python {platform.python_version()}",
            f"Soleus {__version__}",
            *(f"{name} {importlib.metadata.version(name)}" for name in packages),
        ]
    )
    lines = [
        f"## {title}",
        "",
        f"{datetime.date.today()} · {processor()}, {os.cpu_count()} cores, {platform.system()} · {versions}",
        "",
        *("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)),
        "",
        notes.strip(),
    ]
    section = "\n".join(lines) + "\n"
    old = re.split(r"^(?=## )", path.read_text(encoding="utf-8"), flags=re.M)[1:] if path.exists() else []
    others = [part.strip() + "\n" for part in old if not part.startswith(f"## {title}\n")]
    path.write_text("\n".join([HEAD, *sorted([*others, section])]), encoding="utf-8")
    return section


def processor() -> str:
    """The processor's name, as well as this system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def verdict(ratio: float, target: float, *, at_most: bool = False) -> str:
    """Such as `21x (target: at least 20x)`, with a word where it is missed."""
    met = ratio <= target if at_most else ratio >= target
    return f"{ratio:,.1f}x (target: {'at most' if at_most else 'at least'} {target:g}x{'' if met else '; **missed**'})"
