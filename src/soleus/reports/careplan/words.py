"""Words that every form of the plan shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from soleus.care.dose import SideDose
from soleus.care.facts import SETTLED
from soleus.care.regimen import Choice
from soleus.care.week import Planned
from soleus.domain.care import CareKnowledge, Regimen
from soleus.domain.finding import Side
from soleus.plan import CarePlan
from soleus.reports.words import URGENCY

DAY: Mapping[str, str] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
LINE: Mapping[str, str] = {
    "urgent": "at once, if it comes to that",
    "first": "first",
    "second": "if that is not enough",
    "specialist": "by a specialist",
    "surgery": "operation",
}
NET: Mapping[str, str] = {**{level: words[1] for level, words in URGENCY.items()}, "routine": "Good to know"}
"""Headings of the safety net."""
DO_NOW: tuple[str, ...] = (
    "Call your emergency number or go to an emergency department now. Do not drive yourself.",
    "Do not exercise, stretch or massage the leg.",
    "Take your list of medicines with you, and say when it began.",
)


def side_words(doses: Sequence[SideDose]) -> str:
    """Which side goes first."""
    if len(doses) == 2:
        first, second = (d.side.value for d in doses)
        return f"{first} leg first, then {second}"
    side = doses[0].side
    return "" if side in (Side.BOTH, Side.UNSTATED) else f"{side.value} leg only"


def dose_words(d: SideDose) -> str:
    """`3 x 10`, `2 x 8, hold 5 s`, `20 minutes`."""
    if d.minutes is not None:
        return f"{d.minutes} min"
    if d.hold_s is not None:
        return f"{d.sets} x {d.repetitions or 1}, hold {d.hold_s} s"
    return f"{d.sets} x {d.repetitions}"


def doses_words(item: Planned) -> str:
    """One dose, or one a side where they differ."""
    words = [dose_words(d) for d in item.doses]
    if len(set(words)) == 1:
        return words[0] + (" each side" if len(words) == 2 else "")
    return "; ".join(f"{d.side.value} {w}" for d, w in zip(item.doses, words, strict=True))


def pain_rule(regimen: Regimen, care: CareKnowledge) -> str:
    """How much pain passes, in plain words."""
    return care.rules[f"pain-{regimen.pain_rule}"].text


def stop_rules(regimen: Regimen, care: CareKnowledge) -> list[str]:
    """When to stop: the rules of the regimen, then those for everybody."""
    return [*regimen.hold, *(r.text for r in care.rules.values() if r.id.startswith("stop-"))]


def settled(plan: CarePlan) -> list[Choice]:
    """The causes that are known or more likely than not; of the others only names are told, no prognosis and no medicine."""
    return [c for c in plan.choices if c.probability >= SETTLED]
