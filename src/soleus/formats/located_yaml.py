"""YAML and JSON text to plain values, with the line of every value and every structural problem at once.

Hostile input is refused before it can cost anything: size, depth and aliases are bounded on the event stream, so an
alias bomb is never expanded.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from soleus.domain.errors import Problem

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Located:
    """A parsed document: its plain value, the line of each path in it, and the problems found on the way."""

    value: Any
    lines: Mapping[Path_, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def line(self, path: Path_) -> int | None:
        """Line of the value at `path`, or of the nearest part above it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def dotted(path: Path_) -> str:
    """`("findings", 5, "value")` as a person reads it: `findings[5].value`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else str(part))
    return text


def read_text(path: Path, max_bytes: int) -> tuple[str, tuple[Problem, ...]]:
    """Text of a file, or the reason why it is none (missing, a folder, too large, not UTF-8 text)."""
    try:
        if path.is_dir():
            return "", (Problem(str(path), "this is a folder, not a file.", "Name one file in it."),)
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except OSError as error:
        return "", (Problem(str(path), f"cannot be read: {error.strerror}.", "Check the name and the permissions."),)
    return decode(data, max_bytes, str(path))


def read_named(name: str, max_bytes: int) -> tuple[str, tuple[Problem, ...]]:
    """Text of a file, or of standard input where the name is `-`, or the reason why it is none."""
    if name == "-":
        return decode(sys.stdin.buffer.read(max_bytes + 1), max_bytes, "standard input")
    return read_text(Path(name), max_bytes)


def decode(data: bytes, max_bytes: int, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Bytes as text, or the reason why they are none."""
    if len(data) > max_bytes:
        return "", (Problem(name, f"is larger than {max_bytes:,} bytes.", "A case is a page of text: is this the right file?"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", (Problem(name, f"is not UTF-8 text (byte {error.start}).", "Save it as plain UTF-8 text."),)
    bad = next((c for c in text if ord(c) < 32 and c not in "\t\n\r"), None)
    if bad is not None:
        line = text[: text.index(bad)].count("\n") + 1
        return "", (Problem(name, f"holds a control character (code {ord(bad)}).", "Save it as plain text.", line),)
    return text, ()


def parse(text: str, *, max_depth: int = 12, max_nodes: int = 20_000, aliases: bool = False) -> Located:
    """Parse one YAML (or JSON) document.

    Args:
        text: The document.
        max_depth: Nesting deeper than this is refused.
        max_nodes: More values than this are refused.
        aliases: Whether anchors and aliases are allowed.

    Returns:
        Plain value (dict, list, str, int, float, bool, date, None), lines, and every structural problem: syntax errors,
        duplicate keys, more than one document, aliases, depth, size.
    """
    problem = _screen(text, max_depth, max_nodes, aliases)
    if problem:
        return Located(None, {}, (problem,))
    loader = _Loader(text)
    problems: list[Problem] = []
    lines: dict[Path_, int] = {}
    try:
        node = loader.get_single_node()
        value = _value(node, (), loader, lines, problems) if node is not None else None
    except yaml.YAMLError as error:  # a value no constructor accepts, such as the date 2026-02-30
        return Located(None, lines, (_syntax_problem(error),))
    finally:
        loader.dispose()
    return Located(value, lines, tuple(problems))


def _screen(text: str, max_depth: int, max_nodes: int, aliases: bool) -> Problem | None:
    depth = nodes = documents = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent) and not aliases:
                return Problem("", "anchors and aliases (&, *) are not allowed.", "Write the value out.", line)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    return Problem("", "a second document begins (---).", "One file holds one document.", line)
            if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                depth += 1
                if depth > max_depth:
                    return Problem("", f"is nested more than {max_depth} levels deep.", "See the example case.", line)
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                depth -= 1
            nodes += 1
            if nodes > max_nodes:
                return Problem("", f"holds more than {max_nodes:,} values.", "Is this the right file?", line)
    except yaml.YAMLError as error:
        return _syntax_problem(error)
    return None


def _syntax_problem(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    cure = "Check indentation, colons and quotes there; text with ': ' or a leading sign needs quotes."
    return Problem("", f"is not valid YAML: {what}.", cure, mark.line + 1 if mark else None)


def _value(node: yaml.Node, path: Path_, loader: Any, lines: dict[Path_, int], problems: list[Problem]) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, i), loader, lines, problems) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, loader, lines, problems)
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        cure = "Dates are written 2026-03-01 and must exist; plain text can be put in quotes."
        problems.append(Problem(dotted(path), f'"{node.value}" cannot be read: {_reason(error)}.', cure, lines[path]))
        return None


def _reason(error: Exception) -> str:
    return str(getattr(error, "problem", None) or error).splitlines()[0]


def _mapping(node: yaml.MappingNode, path: Path_, loader: Any, lines: dict[Path_, int], problems: list[Problem]) -> Any:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem(dotted(path), "a key is not plain text.", "Write `key: value`.", line))
            continue
        key = key_node.value
        if key in result:
            where = dotted((*path, key))
            problems.append(Problem(where, "stands twice.", f"Keep one of them (the first is on line {lines[(*path, key)]}).", line))
            continue
        result[key] = _value(value_node, (*path, key), loader, lines, problems)
        lines[(*path, key)] = line
    return result
