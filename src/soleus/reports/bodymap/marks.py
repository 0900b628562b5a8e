"""What is marked on the map, as entries of a case, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from soleus.domain.finding import Side
from soleus.reports.bodymap.regions import MARKS, NO_SIDE, REGIONS, Region

Marks = Mapping[str, Sequence[str]]
"""Region: its marks in the order of the palette. Ids of `REGIONS` and `MARKS`."""

SIDES = (Side.LEFT, Side.RIGHT)
NOTE = "body map: "
"""Begins the note of an entry that came from the map; the ids of the regions follow."""
_NOT_PRESENT = ("absent", "no", "none", "negative", "denied", "normal", "intact", "5", "5/5", "unknown", "not ", "unsure")


def ordered(marks: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The same marks from head to foot, in the order of the palette, without what does not exist or is not offered there."""
    return {
        id_: kept
        for id_, region in REGIONS.items()
        if (kept := tuple(m for m in MARKS if m in set(marks.get(id_, ())) and m in region.kind.findings))
    }


def with_mark(marks: Marks, region: str, mark: str) -> dict[str, tuple[str, ...]]:
    """The marks after one was set, or taken away where it stood."""
    here = set(marks.get(region, ())) ^ {mark}
    return ordered({**marks, region: tuple(here)})


def marks_to_findings(marks: Mapping[str, Iterable[str]]) -> list[dict[str, str]]:
    """Entries of a case: one a finding and side, or both sides together.

    Args:
        marks: Region: marks. Unknown ids are passed over.

    Returns:
        Entries with `finding` (an id), `side` where the finding has one, `value` (`present`) and a `note` that names the regions,
        from head to foot.

    Examples:
        >>> marks_to_findings({"calf-inner-left": ["weak"], "soleus-left": ["weak"]})
        [{'finding': 'weak-ankle-plantarflexion', 'side': 'left', 'value': 'present', 'note': 'body map: calf-inner-left soleus-left'}]
    """
    places: dict[str, list[Region]] = {}
    for id_, here in ordered(marks).items():
        region = REGIONS[id_]
        for mark in here:
            places.setdefault(region.kind.findings[mark], []).append(region)
    return [_entry(finding, regions) for finding, regions in places.items()]


def _entry(finding: str, regions: list[Region]) -> dict[str, str]:
    entry = {"finding": finding}
    if finding not in UNSIDED:
        sides = {region.side for region in regions}
        entry["side"] = (Side.BOTH if len(sides) > 1 else sides.pop()).value
    return {**entry, "value": "present", "note": NOTE + " ".join(region.id for region in regions)}


UNSIDED: frozenset[str] = frozenset(
    finding
    for region in REGIONS.values()
    for mark, finding in region.kind.findings.items()
    if not region.kind.sided or region.kind.rough.get(mark) == NO_SIDE
)
"""Findings of the map that have no side."""

MARK_OF: Mapping[str, str] = {finding: mark for region in REGIONS.values() for mark, finding in region.kind.findings.items()}
"""Finding: the mark that stands for it; each has one."""


def homes(finding: str, sides: Iterable[Side]) -> list[str]:
    """Regions where a finding is drawn that came without a place: those whose mark means it, and not just roughly."""
    mark = MARK_OF.get(finding)
    return [
        id_
        for id_, region in REGIONS.items()
        if mark is not None
        and region.kind.findings.get(mark) == finding
        and mark not in region.kind.rough
        and (not region.kind.sided or region.side in sides)
    ]


def findings_to_marks(entries: Iterable[Mapping[str, object]]) -> tuple[dict[str, tuple[str, ...]], list[Mapping[str, object]]]:
    """Marks of the entries of a case, by finding ids.

    Args:
        entries: As in a case file. Where a `note` of the map names regions, they are marked exactly; else the finding's homes are.

    Returns:
        The marks, and the present entries that have no place on the map (another finding, no side told, too broad).
    """
    marks: dict[str, set[str]] = {}
    without: list[Mapping[str, object]] = []
    for entry in entries:
        finding = str(entry.get("finding", ""))
        if not _present(str(entry.get("value", "") or "")):
            continue
        regions = _noted(str(entry.get("note", "") or ""), finding) or homes(finding, _sides(entry))
        for region in regions:
            marks.setdefault(region, set()).add(MARK_OF[finding])
        if not regions:
            without.append(entry)
    return ordered(marks), without


def _noted(note: str, finding: str) -> list[str]:
    if not note.startswith(NOTE):
        return []
    mark = MARK_OF.get(finding, "")
    return [id_ for id_ in note.removeprefix(NOTE).split() if id_ in REGIONS and REGIONS[id_].kind.findings.get(mark) == finding]


def _sides(entry: Mapping[str, object]) -> tuple[Side, ...]:
    side = str(entry.get("side", "") or "")
    return {"left": (Side.LEFT,), "right": (Side.RIGHT,), "both": SIDES}.get(side, ())


def _present(value: str) -> bool:
    told = value.strip().lower()
    return not any(told == word or told.startswith(word + " ") or (word.endswith(" ") and told.startswith(word)) for word in _NOT_PRESENT)
