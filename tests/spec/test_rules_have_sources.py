"""A clinical rule that nobody can look up is an opinion: each test of this folder says where its rule comes from."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

MODULES = sorted(p for p in Path(__file__).parent.glob("test_*.py") if p != Path(__file__))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_each_rule_names_its_source(path):
    """In its own docstring, or for all of them in that of the module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    shared = "Source" in (ast.get_docstring(tree) or "")
    tests = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    assert tests
    assert [t.name for t in tests if not shared and "Source: " not in (ast.get_docstring(t) or "")] == []
