"""What was told, one entry a finding: both sides in it, and the strength as graded."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from soleus.domain.case import Case, FindingEntry
from soleus.domain.evidence import Observation
from soleus.domain.finding import Finding, Kind, Presence, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.strength import MrcGrade
from soleus.interchange.evidence import Understanding
from soleus.interchange.phrases.status import read_status
from soleus.reports.careplan.text import lowered
from soleus.reports.charts.axes import day_words

MUSCLES: Mapping[str, str] = {
    "weak-ankle-plantarflexion": "calf",
    "weak-knee-flexion": "hamstrings",
    "weak-hip-extension": "buttock",
    "weak-ankle-dorsiflexion": "foot lifters",
    "weak-great-toe-extension": "great toe extensor",
    "weak-toe-flexion": "toe flexors",
    "weak-foot-intrinsics": "small foot muscles",
    "weak-ankle-inversion": "ankle invertors",
    "weak-ankle-eversion": "ankle evertors",
    "weak-knee-extension": "quadriceps",
    "weak-hip-flexion": "hip flexors",
    "weak-hip-abduction": "hip abductors",
    "weak-hip-adduction": "hip adductors",
    "weak-leg-distal": "lower leg",
    "weak-leg-proximal": "hip and thigh",
    "weak-leg": "leg",
    "weak-generalised": "whole body",
    "weak-arm-distal": "hand and forearm",
    "weak-finger-flexion": "finger flexors",
    "weak-arm-proximal": "shoulder and upper arm",
    "weak-neck": "neck",
    "weak-face": "face",
}
"""Weakness by the muscles that a doctor names; the back of the leg first."""
_PLAIN = re.compile(
    r"(present|absent|yes|no|none|positive|negative|normal|abnormal|reduced|lost|mild|severe|intact|brisk|flexor|extensor|palpable|"
    r"not palpable|weak|impaired|decreased|increased|sustained|[\d\s./+-])*",
    re.I,
)
_ANY = re.compile(r",? (any site|of any kind)$")
_LEAST_WORDS = 3
"""Fewer say no more than that it is there, or for how long."""
MOST_WORDS = 90
"""Longer wordings stand in the case alone. [characters]"""


@dataclass(frozen=True)
class Sign:
    """One finding on whichever side."""

    finding: Finding
    presence: Presence
    sides: tuple[Side, ...]
    states: tuple[str, ...]
    """State on each of the sides."""
    grades: tuple[str, ...]
    """MRC grade on each of the sides; empty where none was told."""
    since: str
    said: str
    """What was told besides that it is there, in the words of the case."""
    places: tuple[str, ...]
    """Where the case tells it, for each of the sides."""
    seen: bool = False
    """Whether the case says that somebody examined it."""

    @property
    def id(self) -> str:
        return self.finding.id

    @property
    def is_weakness(self) -> bool:
        return self.id in MUSCLES

    @property
    def examined(self) -> bool:
        """Whether it is a sign that somebody looked for, not what the person feels."""
        kind = self.finding.kind
        if self.seen:
            return True
        if kind is Kind.STRENGTH:
            return any(self.grades) or self.presence is Presence.ABSENT
        return kind is Kind.REFLEX or self.finding.burden > 0

    @property
    def worst(self) -> MrcGrade:
        """The lowest grade; as nearly normal where none was told."""
        return min((MrcGrade(g.replace("−", "-")) for g in self.grades if g), default=MrcGrade("4+"))

    @property
    def name(self) -> str:
        """For the middle of a sentence."""
        return lowered(_ANY.sub("", self.finding.name))

    @property
    def where(self) -> str:
        """`, left`; empty where there is no side."""
        if {Side.LEFT, Side.RIGHT} <= set(self.sides) or Side.BOTH in self.sides:
            return ", both sides"
        told = [s.value for s in self.sides if s in (Side.LEFT, Side.RIGHT)]
        return f", {told[0]}" if told else ""


def signs_of(case: Case, understanding: Understanding, kb: KnowledgeBase, seen_at: Collection[str] = ()) -> list[Sign]:
    """What is there and what is not, of the evidence; risks are left to the history.

    Args:
        case: As told.
        understanding: How it was understood.
        kb: The vocabulary.
        seen_at: Places of the case where an examination stands, such as `findings[3]`.
    """
    groups: dict[tuple[str, Presence], list[Observation]] = {}
    observations = understanding.evidence.observations
    sided = {(o.finding, o.presence) for o in observations if o.side is not Side.UNSTATED}
    there = {o.finding for o in observations if o.presence is Presence.PRESENT}
    for o in observations:
        finding = kb.findings[o.finding]
        # "The rest is normal" says nothing beside what was found on one side.
        again = o.side is Side.UNSTATED and ((o.finding, o.presence) in sided or (o.presence is Presence.ABSENT and o.finding in there))
        if finding.kind is not Kind.RISK and finding.parent != "risk" and o.presence is not Presence.UNKNOWN and not again:
            groups.setdefault((o.finding, o.presence), []).append(o)
    entries = {e.place: e for e in case.findings}
    return [_sign(kb.findings[id_], presence, group, entries, seen_at) for (id_, presence), group in groups.items()]


def _sign(
    finding: Finding, presence: Presence, group: list[Observation], entries: Mapping[str, FindingEntry], seen_at: Collection[str]
) -> Sign:
    group = sorted(group, key=lambda o: list(Side).index(o.side))
    told = [e for o in group if (e := entries.get(o.place)) is not None]
    since = min((e.since for e in told if e.since is not None), default=None)
    said = next((e.value.strip() for e in told if _tells_more(e.value.strip())), "")
    return Sign(
        finding,
        presence,
        tuple(o.side for o in group),
        tuple(o.state(finding) for o in group),
        tuple(_grade(o, finding, entries) for o in group),
        f"since {day_words(since)}" if since else "",
        said if presence is Presence.PRESENT else "",
        tuple(o.place for o in group),
        any(o.place in seen_at for o in group),
    )


def _tells_more(words: str) -> bool:
    """Whether a value says more than that it is there."""
    return len(words) <= MOST_WORDS and len(words.split()) >= _LEAST_WORDS and not _PLAIN.fullmatch(words)


def _grade(o: Observation, finding: Finding, entries: Mapping[str, FindingEntry]) -> str:
    """The MRC grade that an entry states; of free text it is not sure which movement a grade belongs to."""
    entry = entries.get(o.place)
    if finding.kind is not Kind.STRENGTH or entry is None:
        return ""
    grade = read_status(entry.value).mrc
    if grade is None or (grade < MrcGrade("5")) != (o.presence is Presence.PRESENT):
        return ""
    return grade.grade.replace("-", "−")


def weakness_words(sign: Sign) -> str:
    """`left calf (MRC 4−)`; `calf on both sides (MRC 3 left, 4 right)`."""
    name = MUSCLES.get(sign.id, lowered(sign.finding.name))
    both = sign.where == ", both sides"
    side = f"{sign.sides[0].value} " if sign.where and not both else ""
    graded = dict(zip(sign.sides, sign.grades, strict=True))
    told = {s: g for s, g in graded.items() if g}
    if not told:
        grade = ""
    elif len(set(told.values())) == 1:
        grade = f" (MRC {next(iter(told.values()))})"
    else:
        grade = f" (MRC {', '.join(f'{g} {s.value}' for s, g in told.items())})"
    return f"{side}{name}{' on both sides' if both else ''}{grade}"


def sign_words(sign: Sign, kb: KnowledgeBase) -> str:
    """What is there, in the words of a letter: `ankle reflex absent, left`; `pain in the calf, left, since 1 Mar 2026`."""
    finding = sign.finding
    since = f", {sign.since}" if sign.since else ""
    said = f" (“{sign.said}”)" if sign.said else ""
    if finding.kind is Kind.REFLEX:
        by_state: dict[str, list[str]] = {}
        for side, state in zip(sign.sides, sign.states, strict=True):
            by_state.setdefault(state, []).append(side.value)
        if len(by_state) == 1:
            return f"{lowered(finding.name)} {sign.states[0]}{sign.where}{since}"
        return f"{lowered(finding.name)} {', '.join(f'{state} {sides[0]}' for state, sides in by_state.items())}{since}"
    if finding.kind is Kind.STRENGTH and any(sign.grades):
        movement = kb.anatomy.movements.get(finding.id)
        name = lowered(movement.name) if movement else lowered(finding.name)
        if len(set(sign.grades)) == 1:
            return f"{name} MRC {sign.grades[0]}{sign.where}{since}"
        graded = ", ".join(f"{s.value} {g or 'weak'}" for s, g in zip(sign.sides, sign.grades, strict=True))
        return f"{name} MRC {graded}{since}"
    if finding.kind is Kind.STRENGTH and sign.presence is Presence.ABSENT:
        movement = kb.anatomy.movements.get(finding.id)
        return f"{lowered(movement.name) if movement else lowered(finding.name)} strong{sign.where}"
    return f"{sign.name}{sign.where}{since}{said}"
