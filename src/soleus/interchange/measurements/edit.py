"""Adds, changes and removes single entries under `measurements:` in the text of a case file, and leaves every other character alone.

The text is not written anew: the parser says where each value begins and ends, and only the piece in question is cut out or put in
(ADR 0020). Every result is read again and compared with what was meant before anybody gets it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import yaml

from soleus.domain.errors import CaseError, Problem
from soleus.formats.located_yaml import Located, parse
from soleus.interchange.casefile.read import MOST_VALUES

KEY = "measurements"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCK_SCALAR = ("|", ">")

Entry = Mapping[str, Any]


def with_entries(text: str, entries: list[dict[str, Any]]) -> str:
    """The text with entries added after the last one.

    Raises:
        CaseError: If the text is no case file, or is written in a way that cannot be added to.
    """
    document = _Document(text)
    entries = [document.plain(entry) for entry in entries]
    return _checked(document.added(entries), document, [*document.entries, *entries])


def with_changes(text: str, index: int, changes: Entry) -> str:
    """The text with some values of one entry (counted from 0) changed or added.

    Raises:
        CaseError: If there is no such entry, or the text cannot be changed in place.
    """
    document = _Document(text)
    entry, changes = document.entry(index), document.plain(changes)
    wanted = [*document.entries]
    wanted[index] = {**entry, **changes}
    for key, value in changes.items():
        if entry.get(key, entry) != value:
            document = _Document(document.changed(index, key, value))
    return _checked(document.text, _Document(text), wanted)


def without(text: str, index: int) -> str:
    """The text without one entry (counted from 0).

    Raises:
        CaseError: If there is no such entry, or it cannot be cut out.
    """
    document = _Document(text)
    document.entry(index)
    return _checked(document.cut(index), document, [e for i, e in enumerate(document.entries) if i != index])


def parsed(text: str) -> Located:
    """The text of a case file with the line of every value."""
    return parse(text, max_nodes=MOST_VALUES)


def _checked(text: str, before: _Document, wanted: list[Any]) -> str:
    """The new text, if it says what it should and nothing else changed."""
    value = parsed(text)
    if value.problems or value.value not in ({**before.value, KEY: wanted}, {**before.value, KEY: wanted or None}):
        raise CaseError(Problem(KEY, "is written in a way that Soleus cannot change without touching the rest.", _CURE))
    return text


_CURE = (
    "Nothing was changed. Write each entry on a line of its own, such as `- {measure: heel-rise, side: left, value: 9, on: 2026-09-01}`."
)


@dataclass(frozen=True)
class _Span:
    start: int
    end: int


class _Document:
    """The text of a case file, where its entries stand, and how it is written."""

    def __init__(self, text: str) -> None:
        self.text = text
        located = parsed(text)
        if located.problems:
            raise CaseError(located.problems)
        if not isinstance(located.value, dict):
            raise CaseError(Problem("", "holds no case.", "A case is a mapping: `age: 58`, `findings:` and so on."))
        self.value: dict[str, Any] = located.value
        entries = self.value.get(KEY)
        if entries is not None and not isinstance(entries, list):
            raise CaseError(Problem(KEY, "is no list.", "Begin each entry below `measurements:` with `- `.", located.line((KEY,))))
        self.entries: list[Any] = entries or []
        self.root = cast(Any, yaml.compose(text, Loader=_Loader))
        self.newline = "\r\n" if "\r\n" in text else "\n"
        pairs = {key.value: (key, value) for key, value in self.root.value}
        self.key: Any
        self.list: Any
        self.key, self.list = pairs.get(KEY, (None, None))

    def entry(self, index: int) -> Any:
        if not 0 <= index < len(self.entries):
            count = len(self.entries)
            cure = f"Entries run from 1 to {count}; `soleus track list` shows them." if count else "Nothing was recorded yet."
            raise CaseError(Problem(KEY, f"has no entry {index + 1}.", cure))
        entry = self.entries[index]
        if not isinstance(entry, dict):
            raise CaseError(Problem(f"{KEY}[{index}]", "is no measurement.", _CURE))
        return entry

    # Adding

    def added(self, entries: list[dict[str, Any]]) -> str:
        shown = [self.rendered(entry) for entry in entries]
        if self.list is None:
            return self._with_new_list(shown)
        if isinstance(self.list, yaml.ScalarNode):  # nothing, or null
            return self._with_first(shown)
        if self.list.flow_style:
            return self._into_flow(self.list, shown)
        lines = "".join(f"{' ' * self.list.start_mark.column}- {entry}{self.newline}" for entry in shown)
        return self._with_lines(self._line_after(self.list), lines)

    def _with_new_list(self, shown: list[str]) -> str:
        if self.root.flow_style:
            return self._into_flow(self.root, [f'"{KEY}": [{", ".join(shown)}]'])
        indent = " " * self.root.start_mark.column
        lines = f"{indent}{KEY}:{self.newline}" + "".join(f"{indent}  - {entry}{self.newline}" for entry in shown)
        return self._with_lines(self._line_after(self.root), lines)

    def _with_first(self, shown: list[str]) -> str:
        """Into `measurements:` that holds nothing yet."""
        if self.list.value or self.root.flow_style:
            return self._put(_Span(self.list.start_mark.index, self.list.end_mark.index), f"[{', '.join(shown)}]")
        indent = " " * self.key.start_mark.column
        lines = "".join(f"{indent}  - {entry}{self.newline}" for entry in shown)
        return self._with_lines(self._end_of_line(self.list.end_mark.index), lines)

    def _into_flow(self, node: Any, shown: list[str]) -> str:
        """Before the closing bracket of a list or mapping in brackets."""
        if not node.value:
            return self._put(_Span(node.start_mark.index + 1, node.start_mark.index + 1), ", ".join(shown))
        last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        first = node.value[-1][0] if isinstance(node, yaml.MappingNode) else last
        start = self._start_of_line(first.start_mark.index)
        before = self.text[start : first.start_mark.index]
        between = f",{self.newline}{before}" if not before.strip() and start > 0 else ", "
        end = last.end_mark.index
        return self._put(_Span(end, end), "".join(between + entry for entry in shown))

    def _with_lines(self, at: int, lines: str) -> str:
        head, tail = self.text[:at], self.text[at:]
        if head and not head.endswith("\n"):
            head += self.newline
        return head + lines + tail

    # Changing

    def changed(self, index: int, key: str, value: Any) -> str:
        item = self.list.value[index]
        for name, old in item.value:
            if name.value == key:
                return self._replaced(name, old, value, flow=bool(item.flow_style))
        pair = self._pair(key, value)
        last = item.value[-1][1]
        if item.flow_style:
            return self._put(_Span(last.end_mark.index, last.end_mark.index), f", {pair}")
        return self._with_lines(self._line_after(item), f"{' ' * item.start_mark.column}{pair}{self.newline}")

    def _replaced(self, name: Any, old: Any, value: Any, *, flow: bool) -> str:
        shown = self._value(value)
        start, end = old.start_mark.index, old.end_mark.index
        if start == end:  # `note:` with nothing after it
            return self._put(_Span(name.end_mark.index + 1, name.end_mark.index + 1), f" {shown}")
        if not flow and isinstance(old, yaml.ScalarNode) and old.style in _BLOCK_SCALAR:
            shown += self.newline
        return self._put(_Span(start, end), shown)

    # Removing

    def cut(self, index: int) -> str:
        item = self.list.value[index]
        if not self.list.flow_style:
            return self._cut_lines(self._dash_line(item), self._line_after(item), item)
        start, end = item.start_mark.index, item.end_mark.index
        alone = not self.text[self._start_of_line(start) : start].strip() and self._rest_of_line(end).strip(" \t,") in ("",)
        last = index == len(self.list.value) - 1
        text = self.text
        if last and not index:  # the only one, and perhaps a comma behind it
            behind = text[end:].lstrip()
            return text[:start] + (behind[1:] if behind.startswith(",") else text[end:])
        if alone:
            text = text[: self._start_of_line(start)] + text[self._end_of_line(end) :]
        elif not last:
            return text[:start] + text[self.list.value[index + 1].start_mark.index :]
        else:
            text = text[:start] + text[end:]
        if last and index:  # no comma may stay before the bracket
            before = self.list.value[index - 1].end_mark.index
            comma = text.index(",", before) if "," in text[before:start] else -1
            if comma >= 0 and not text[before:comma].strip():
                end_of_gap = comma + 1 if alone else start
                text = text[:comma] + text[end_of_gap:]
        return text

    def _cut_lines(self, start: int, end: int, item: Any) -> str:
        """Cut whole lines out, but keep those that hold nothing but a comment."""
        scalars = list(_scalars(item))
        kept = []
        at = start
        for line in self.text[start:end].splitlines(keepends=True):
            is_comment = line.lstrip().startswith("#") and not any(s.start <= at < s.end for s in scalars)
            kept.append(line if is_comment else "")
            at += len(line)
        return self.text[:start] + "".join(kept) + self.text[end:]

    def _dash_line(self, item: Any) -> int:
        """Start of the line with the `-` of an entry of a list in lines."""
        column = self.list.start_mark.column
        start = self._start_of_line(item.start_mark.index)
        while self.text[start + column : start + column + 1] != "-":
            start = self._start_of_line(start - 1)
        return start

    # Places

    def _line_after(self, node: Any) -> int:
        """Start of the line after a node that is written in lines: behind comments on its last line."""
        leaf = node
        while leaf.value and isinstance(leaf, (yaml.MappingNode, yaml.SequenceNode)) and not leaf.flow_style:
            leaf = leaf.value[-1][1] if isinstance(leaf, yaml.MappingNode) else leaf.value[-1]
        end: int = leaf.end_mark.index
        if isinstance(leaf, yaml.ScalarNode) and leaf.style in _BLOCK_SCALAR:
            return end
        return self._end_of_line(end)

    def _start_of_line(self, at: int) -> int:
        return self.text.rfind("\n", 0, max(at, 0)) + 1

    def _end_of_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _rest_of_line(self, at: int) -> str:
        return self.text[at : self._end_of_line(at)].partition("#")[0].strip()

    def _put(self, span: _Span, new: str) -> str:
        return self.text[: span.start] + new + self.text[span.end :]

    # Words

    def plain(self, entry: Entry) -> dict[str, Any]:
        """An entry as it will be read again: JSON has no dates."""
        return {k: v.isoformat() if self.root.flow_style and isinstance(v, datetime.date) else v for k, v in entry.items()}

    def rendered(self, entry: Entry) -> str:
        return "{" + ", ".join(self._pair(key, value) for key, value in entry.items()) + "}"

    def _pair(self, key: str, value: Any) -> str:
        return f'"{key}": {self._value(value)}' if self.root.flow_style else f"{key}: {self._value(value)}"

    def _value(self, value: Any) -> str:
        if self.root.flow_style:
            return json.dumps(value, ensure_ascii=False)
        dumped = str(yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=10**6))
        return dumped.strip()[1:-1]


def _scalars(node: Any) -> list[_Span]:
    if isinstance(node, yaml.ScalarNode):
        return [_Span(node.start_mark.index, node.end_mark.index)]
    children = [x for pair in node.value for x in pair] if isinstance(node, yaml.MappingNode) else node.value
    return [span for child in children for span in _scalars(child)]
