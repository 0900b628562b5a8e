"""The examples in docstrings run and are true."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import soleus

PACKAGE = Path(soleus.__file__).parent
MODULES = sorted(
    ".".join(("soleus", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
