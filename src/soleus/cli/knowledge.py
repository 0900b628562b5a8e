"""`soleus knowledge check | show ID | list [KIND] | stats`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus knowledge", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="read and check every data file")
    check.add_argument("--folder", type=Path, help="check this folder instead of the knowledge base that comes with Soleus")
    options = parser.parse_args(arguments)
    return {"check": _check}[options.command](options)


def _check(options: argparse.Namespace) -> int:
    from soleus.knowledge.loader import DATA, load
    kb = load(options.folder or DATA)
    print(f"{len(kb.conditions)} conditions, {len(kb.findings)} findings, {len(kb.tests)} tests, {len(kb.rules)} red-flag rules, "
          f"{len(kb.sources)} sources: no problem found.")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
