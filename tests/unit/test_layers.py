"""Imports point down only (ADR 0002)."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def test_import_contracts_are_kept():
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert command, "import-linter is not installed beside this Python; run `make setup`"
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_has_a_layer():
    layers = {name.strip() for layer in CONTRACTS[0]["layers"] for name in layer.split("|")}
    modules = {p.stem for p in (ROOT / "src" / "soleus").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert modules - {"__init__", "__main__"} == layers


def test_the_core_reads_no_clock_and_no_file():
    wanted = []
    for folder in ("domain", "reasoning"):
        for path in sorted((ROOT / "src" / "soleus" / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
                if name in {"open", "now", "today", "utcnow", "time", "read_text", "print", "input"}:
                    wanted.append(f"{path.name}:{node.lineno} {name}()")
    assert not wanted
