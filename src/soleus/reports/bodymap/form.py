"""The body map as a form: the same regions and marks as checkboxes, for screen readers, for keyboards and without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from soleus.reports.bodymap.marks import Marks, ordered
from soleus.reports.bodymap.regions import GROUPS, KINDS, MARKS, REGIONS, Region

FIELD = "marks"
"""Name of every checkbox; its value is `region:mark`."""
PREFIX = "bm"
"""Begins every id on the page."""


@dataclass(frozen=True)
class Box:
    """One checkbox."""

    id: str
    value: str
    mark: str
    label: str
    """Such as `weak`; beside the legend and the side it is enough."""
    spoken: str
    """The whole of it: `inner calf, left: weak`."""
    finding: str
    checked: bool


@dataclass(frozen=True)
class Row:
    """The checkboxes of one region. `id` is where a link in the picture leads."""

    id: str
    region: str
    side: str
    """`left`, `right`, or empty where there are no sides."""
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Fieldset:
    """One place with its sides."""

    kind: str
    legend: str
    clinical: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """Places that lie together; `marked` says how many marks they hold, so that a folded section can tell."""

    title: str
    fieldsets: tuple[Fieldset, ...]
    marked: int


def regions_form(marks: Marks) -> tuple[Section, ...]:
    """The form, with what is marked ticked.

    Args:
        marks: Region: marks.
    """
    kept = ordered(marks)
    sections = []
    for group in GROUPS:
        fieldsets = tuple(
            Fieldset(
                kind.id,
                kind.name[0].upper() + kind.name[1:],
                kind.clinical,
                tuple(_row(region, kept) for region in REGIONS.values() if region.kind is kind),
            )
            for kind in KINDS
            if kind.group == group
        )
        count = sum(box.checked for f in fieldsets for row in f.rows for box in row.boxes)
        sections.append(Section(group, fieldsets, count))
    return tuple(sections)


def _row(region: Region, marks: Marks) -> Row:
    boxes = tuple(
        Box(
            id=f"{PREFIX}-box-{region.id}-{mark}",
            value=f"{region.id}:{mark}",
            mark=mark,
            label=word,
            spoken=f"{region.name}: {word}",
            finding=region.kind.findings[mark],
            checked=mark in marks.get(region.id, ()),
        )
        for mark in MARKS
        if mark in region.kind.findings
        for word in [region.kind.words.get(mark, mark)]
    )
    return Row(row_id(region), region.id, region.side.value if region.kind.sided else "", boxes)


def row_id(region: Region) -> str:
    return f"{PREFIX}-{region.id}"


def marks_from_form(values: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Marks of the ticked values `region:mark`; what does not exist is passed over, since it came from outside."""
    found: dict[str, list[str]] = {}
    for value in values:
        region, _, mark = value.partition(":")
        found.setdefault(region, []).append(mark)
    return ordered(found)
