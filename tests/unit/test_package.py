"""What is installed from the wheel is whole."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "src" / "soleus" / "knowledge" / "data"


@pytest.mark.slow
def test_the_wheel_holds_the_code_the_knowledge_and_the_licence(tmp_path):
    done = subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
                          cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {p.relative_to(ROOT / "src").as_posix() for p in DATA.rglob("*.yaml")} | {"soleus/cli/__init__.py"}
    book = ROOT / "src" / "soleus" / "reports" / "book"
    wanted |= {p.relative_to(ROOT / "src").as_posix() for p in [*book.rglob("*.html"), *book.rglob("*.css")]}
    wanted.add("soleus/evaluation/textbook-exceptions.yaml")
    assert wanted <= names
    assert any(n.endswith("licenses/LICENSE") for n in names)
    assert not any(n.startswith(("tests/", "examples/")) or "__pycache__" in n for n in names)


def test_the_lock_names_no_registry_and_pins_every_dependency():
    import tomllib

    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    pinned = {line.split("==")[0].lower() for line in text.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["test"], *project["dependency-groups"]["build"]]
    names = {a.split(">")[0].lower() for a in asked}
    assert names <= pinned
