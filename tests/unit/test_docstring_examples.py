"""The examples in docstrings run and are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import soleus

MODULES = sorted(m.name for m in pkgutil.walk_packages(soleus.__path__, "soleus.") if m.name != "soleus.__main__")


@pytest.mark.parametrize("name", MODULES)
def test_examples_of(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0
