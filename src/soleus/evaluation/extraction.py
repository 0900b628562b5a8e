"""How well findings are read out of a narrative, against the structured findings of the same case.

Definitions. A finding counts once a case, as present or absent, whatever its side.

* *Told* is what the structured entries of a case say, each entry read by the phrase reader; *also told* is what its narrative truly
  says beyond them, judged sentence by sentence by a person (`narrative_also.yaml`).
* A statement *covers* another of the same presence when it is about the same finding, when it is present and narrower ("weak calf"
  covers "weak leg"), or when it is absent and broader ("no sensory loss" covers "no numb sole").
* **Recall**: share of the told findings that something read from the narrative covers. Findings of which the case file says that the
  narrative does not tell them (`untold`) are left out.
* **Precision**: share of the findings read that are right: they cover, or are covered by, a told or also told finding.
* **Opposite**: findings read as present that are told as absent, or the other way round.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from soleus.domain.evidence import Evidence, ancestors
from soleus.domain.finding import Finding, Presence
from soleus.evaluation.gold import GoldCase
from soleus.interchange.evidence import understand
from soleus.knowledge_store import Compiled


@dataclass(frozen=True, order=True)
class Statement:
    """A finding said to be there or not."""

    finding: str
    present: bool

    @property
    def opposite(self) -> Statement:
        return Statement(self.finding, not self.present)

    def covers(self, other: Statement, findings: Mapping[str, Finding]) -> bool:
        """Whether this, being so, means that the other is so."""
        if self.present is not other.present:
            return False
        narrow, broad = (self, other) if self.present else (other, self)
        return narrow.finding == broad.finding or broad.finding in ancestors(narrow.finding, findings)


@dataclass(frozen=True)
class Beyond:
    """What a person judged of the narrative of one case: `also` told there beyond the entries, and entries `untold` there."""

    also: frozenset[Statement] = frozenset()
    untold: frozenset[Statement] = frozenset()


@dataclass(frozen=True)
class Extraction:
    """What was read from one narrative, set against what is told."""

    case: str
    found: frozenset[Statement]
    """Told, and covered by something read."""
    missed: frozenset[Statement]
    right: frozenset[Statement]
    """Read, and borne out."""
    wrong: frozenset[Statement]
    opposite: frozenset[Statement]
    """Read, and told the other way round; also among the wrong."""


@dataclass(frozen=True)
class ExtractionFigures:
    """Over many cases, every finding counting the same."""

    precision: float
    recall: float
    n_read: int
    n_told: int
    n_opposite: int


def extraction(gold: GoldCase, compiled: Compiled, today: datetime.date, beyond: Beyond | None = None) -> Extraction:
    """Read the narrative of a case alone and compare it with its structured findings."""
    beyond = beyond or Beyond()
    nothing = replace(gold.case, findings=(), conditions=(), medicines=(), tests=(), narrative="")

    def heard(**told: object) -> frozenset[Statement]:
        case = replace(nothing, **told)  # type: ignore[arg-type]
        return statements(understand(case, compiled.kb, compiled.lexicon, today).evidence)

    structured = heard(findings=gold.case.findings, conditions=gold.case.conditions, medicines=gold.case.medicines)
    told = structured - beyond.untold
    read = heard(narrative=gold.narrative)
    findings = compiled.kb.findings
    found = frozenset(t for t in told if any(r.covers(t, findings) for r in read))
    true = told | beyond.also
    right = frozenset(r for r in read if any(r.covers(t, findings) or t.covers(r, findings) for t in true))
    return Extraction(
        gold.id, found, told - found, right, read - right, frozenset(r for r in read - right if r.opposite in structured | beyond.also)
    )


def statements(evidence: Evidence) -> frozenset[Statement]:
    """Every finding of the evidence, sides put together."""
    return frozenset(
        Statement(o.finding, o.presence is Presence.PRESENT) for o in evidence.observations if o.presence is not Presence.UNKNOWN
    )


def figures(extractions: Sequence[Extraction]) -> ExtractionFigures:
    """Precision and recall over all cases."""
    right, wrong, found, missed, opposite = (
        _count(getattr(e, part) for e in extractions) for part in ("right", "wrong", "found", "missed", "opposite")
    )
    return ExtractionFigures(
        right / (right + wrong) if right + wrong else 1.0,
        found / (found + missed) if found + missed else 1.0,
        right + wrong,
        found + missed,
        opposite,
    )


def read_beyond(data: Mapping[str, Mapping[str, Mapping[str, Iterable[str]]]]) -> dict[str, Beyond]:
    """From the parsed `narrative_also.yaml`: case id to what was judged of its narrative."""

    def gathered(part: Mapping[str, Iterable[str]] | None) -> frozenset[Statement]:
        part = part or {}
        return frozenset(Statement(f, state == "present") for state in ("present", "absent") for f in part.get(state) or ())

    return {case: Beyond(gathered(parts.get("also")), gathered(parts.get("untold"))) for case, parts in data.items()}


def _count(groups: Iterable[frozenset[Statement]]) -> int:
    return sum(len(g) for g in groups)
