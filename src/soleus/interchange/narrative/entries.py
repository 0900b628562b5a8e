"""What was read from a text, put into the vocabulary where that says the same, so that a person can correct it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from soleus.domain.case import FindingEntry
from soleus.domain.evidence import Observation
from soleus.domain.finding import Finding, Kind
from soleus.interchange.phrases.reader import PhraseReader
from soleus.interchange.phrases.status import read_status, weights

_VALUES = {
    Kind.STRENGTH: ("normal", "weak", "mild", "severe", *(g + s for g in "01234" for s in ("", "+", "-")), "5"),
    Kind.REFLEX: ("normal", "absent", "reduced", "brisk", "reduced or absent", "0", "1+", "2+", "3+", "4+"),
    Kind.BINARY: ("present", "absent", "mild", "possibly present", "possibly absent", "little"),
    Kind.RISK: ("present", "absent", "possibly present", "in the past, none now"),
}
"""Words tried for a state, the plainest first."""


def in_vocabulary(entry: FindingEntry, reader: PhraseReader) -> list[tuple[FindingEntry, str]]:
    """Entries that say the same by id, each with what it means in words; the entry as it was where no plain words say the same."""
    observations = reader.read(entry.finding, entry.side, entry.value, entry.place).observations
    found = [_by_id(o, reader.kb.findings[o.finding], entry) for o in observations]
    if not found or None in found:
        return [(entry, "; ".join(dict.fromkeys(reader.kb.findings[o.finding].name for o in observations)))]
    names = [reader.kb.findings[o.finding].name for o in observations]
    return [
        (e, f"{name}: {entry.finding}" + (f": {entry.value}" if entry.value else "")) for e, name in zip(found, names, strict=True) if e
    ]


def _by_id(o: Observation, finding: Finding, entry: FindingEntry) -> FindingEntry | None:
    value = next(_saying(o, finding), None)
    return None if value is None else replace(entry, finding=o.finding, side=o.side, value=value)


def _saying(o: Observation, finding: Finding) -> Iterator[str]:
    for value in _VALUES[finding.kind]:
        likelihood = weights(finding.kind, finding.kind is Kind.REFLEX, read_status(value))
        if likelihood is not None and all(abs(a - b) < 1e-12 for a, b in zip(likelihood, o.weights, strict=True)):
            yield value
