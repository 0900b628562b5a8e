"""Words that every form of the plan shares."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import shorten

from soleus.care.advice import Offer
from soleus.care.dose import SideDose, held_within
from soleus.care.facts import SETTLED
from soleus.care.regimen import Choice
from soleus.care.week import Planned
from soleus.domain.care import CareKnowledge, Regimen
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import KnowledgeBase, Source
from soleus.domain.support import Support
from soleus.plan import CarePlan, Programme
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


ADULT = 18
"""Label limits are for people of at least this age. [a]"""
CHILD_DOSE = "For a child no dose is given here: it depends on weight and age. Ask a pharmacist or doctor before the first one."
_OTHERS = re.compile(r" (?:et al\.?|and others|and colleagues)$")
_INITIALS = re.compile(r"(?: (?:[A-Z]-?){1,4}(?: (?:Jr|Sr|2nd|3rd))?)$")


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


def loads_words(doses: Sequence[SideDose]) -> str:
    """How heavy; by side where the sides differ."""
    loads = {d.load: None for d in doses if d.load}
    if len(loads) < 2:
        return "".join(loads)
    return "; ".join(f"{d.side.value}: {d.load}" for d in doses if d.load)


def week_note(p: Programme) -> str:
    """That the week is an easy one; empty if it is not."""
    if not p.easy:
        return ""
    if p.feedback.volume < 1:
        return f"Week {p.number} of the programme is an easy week as well: about two thirds of the usual work at most."
    return (
        f"Week {p.number} of the programme is an easy week: about two thirds of the usual sets and minutes, on purpose, so that muscles "
        "and tendons recover. Do not make up for it; next week goes on as usual."
    )


def growth_words(p: Programme) -> list[str]:
    """What "as is" and "+1" mean in the table of twelve weeks, what to reach, and what is done then."""
    progress = p.regimen.progress
    own = [progress.how] if progress.how else []
    if progress.rule == "none":
        return ['"As is": nothing is added, on purpose. Hold what you have.', *own]
    if progress.rule == "phases":
        return ['"As is": the phase says how many repetitions. Go on to the next phase when you manage what it asks for.', *own]
    as_is = '"As is": the repetitions that stand in your week. "+1": one more in each set, if the days after were good.'
    if progress.rule == "two-for-two":
        low, high = progress.step_percent
        reach = "; ".join(f"{n + 2}: {', '.join(names)}" for n, names in _usual(p).items())
        then = (
            f"When the last set reaches 2 more than the usual number in 2 sessions in a row, take {low:g} to {high:g} % more load, and go "
            f"back to the usual number. With no weight to add, take the harder form that stands at the exercise."
        )
        return [as_is, then, *([f"To reach in the last set: {reach}."] if reach else []), *own]
    if any(w.repetitions_more for w in p.ahead):
        return [as_is, *own]
    full = "no more are added: an exercise is at the most repetitions of this programme, or your time is full"
    return [f'"As is": the repetitions that stand in your week; {full}. When they have become easy, take the harder form.', *own]


def _usual(p: Programme) -> dict[int, list[str]]:
    """Exercises that load a muscle by their usual number of repetitions, most first."""
    found: dict[int, list[str]] = {}
    for exercise in {i.exercise.id: i.exercise for s in p.week.sessions for i in s.items}.values():
        dose = held_within(exercise.dose, exercise, p.regimen, exercise.dose.effort_rpe)
        if exercise.is_loading and dose.repetitions and not dose.hold_s:
            found.setdefault(dose.repetitions, []).append(exercise.name)
    return dict(sorted(found.items(), reverse=True))


def medicine_notes(plan: CarePlan) -> list[str]:
    """What the reader of a list of treatments must know of the person's medicines: which are not known, which were read another way."""
    notes = []
    if plan.medicines_unknown:
        unknown = ", ".join(f'"{name}"' for name in plan.medicines_unknown)
        notes.append(f"We do not know {unknown}, so no warning here takes it into account. Ask a pharmacist before any new medicine.")
    for told, names in plan.medicines_read_as.items():
        notes.append(f'"{told}" was read as {" or ".join(names)}. If that is wrong, write the name as it stands on the packet.')
    return notes


def source_words(support: Support, kb: KnowledgeBase) -> str:
    """Who says so, when and how firmly: `NICE NG59, 2016, consider`; without a guideline the authors: `Ammendolia 2022, not graded`."""
    source = kb.sources.get(support.ref)
    year = support.year or (source.year if source else None)
    if support.body or source is None:
        return ", ".join(str(x) for x in (support.body, year, support.graded) if x)
    return ", ".join(x for x in (f"{_author(source)} {year or ''}".strip(), support.graded) if x)


def _author(source: Source) -> str:
    """`Ammendolia C, Hofkirchner C` to `Ammendolia`; the name of a body stays whole; without a name the title stands."""
    first = _OTHERS.sub("", re.split("[,;]", source.authors)[0]).strip()
    if not first or "not shown" in first or "not recorded" in first:
        return shorten(source.title, 60, placeholder=" ...")
    return _INITIALS.sub("", first) or first


def dose_limit(offer: Offer, plan: CarePlan) -> str:
    """The label limit of what is sold over the counter, which is for adults: a child gets none, for it depends on the weight; nor
    does whoever should not take it."""
    treatment = offer.treatment
    if offer.status in ("not for you", "better not"):
        return ""
    if not treatment.label_limit or plan.person.age_years is None or plan.person.age_years >= ADULT:
        return treatment.label_limit
    return CHILD_DOSE


def settled(plan: CarePlan) -> list[Choice]:
    """The causes that are known or more likely than not; of the others only names are told, no prognosis and no medicine."""
    return [c for c in plan.choices if c.probability >= SETTLED]
