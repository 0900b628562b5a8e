"""What to discuss, to use, to know and to come back for: picked from the pathways of the causes that are open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from soleus.care.cautions import DONE_TO_THE_PERSON, is_ruled_out, warnings_for
from soleus.care.facts import SETTLED
from soleus.care.person import SIDES, Person
from soleus.care.regimen import Choice
from soleus.domain.care import (
    LINES,
    Avoided,
    CareKnowledge,
    Caution,
    Device,
    FollowUp,
    Option,
    Point,
    Prevention,
    SafetyPoint,
    Technique,
    Treatment,
    Weakness,
)
from soleus.domain.knowledge_base import level_rank
from soleus.domain.strength import MrcGrade

REVIEW_OF_MEDICINES = "medicine-review"
"""The treatment whose warnings speak of medicines that are taken already."""
LIKELY_ENOUGH = 0.25
"""Follow-up, and what must bring a person back, are told for causes of at least this probability. [-]"""
FOLLOW_UP_OPEN = "follow-up-open"
"""The rule for all others."""
GRADES = ("helps", "may help", "unknown", "little or no effect", "advised against")


@dataclass(frozen=True)
class Offer:
    """One treatment to discuss, for one or several of the open causes."""

    treatment: Treatment
    option: Option
    conditions: tuple[str, ...]
    """The open causes it is for, likeliest first."""
    under_all: bool
    """Right whichever of the open causes it turns out to be."""
    warnings: tuple[Caution, ...]

    @property
    def status(self) -> str:
        """`to discuss`, or what the gravest warning makes of it; a habit or a review is never ruled out by what it warns of."""
        if is_ruled_out(self.treatment, self.warnings):
            return "not for you"
        if not self.warnings or self.treatment.kind not in DONE_TO_THE_PERSON:
            return "to discuss"
        return "better not" if self.warnings[0].level == "avoid" else "with care"


@dataclass(frozen=True)
class Suggestion:
    """An aid, a technique or a step of prevention, with the warnings that apply to this person."""

    entry: Device | Technique | Prevention
    warnings: tuple[Caution, ...]
    because: str = ""


@dataclass(frozen=True)
class Advice:
    """Everything of a plan but the training."""

    offers: tuple[Offer, ...]
    avoid: tuple[tuple[Avoided, tuple[str, ...]], ...]
    devices: tuple[Suggestion, ...]
    techniques: tuple[Suggestion, ...]
    prevention: tuple[Suggestion, ...]
    follow_up: tuple[tuple[FollowUp, str], ...]
    course: tuple[tuple[Point, str], ...]
    come_back: tuple[str, ...]
    safety_net: tuple[SafetyPoint, ...]


def advise(choices: Sequence[Choice], person: Person, care: CareKnowledge) -> Advice:
    """Pick from the care of each open cause what fits the person; what is right under every cause comes first."""
    facts = frozenset(person.facts)
    likely = [c for c in choices if c.probability >= LIKELY_ENOUGH]
    settled = [c for c in choices if c.probability >= SETTLED]
    return Advice(
        offers=tuple(_offers(choices, facts, care)),
        avoid=_grouped((a, c.condition) for c in likely for a in c.pathway.avoid),
        devices=tuple(_devices(choices, person, care)),
        techniques=_suggested(sorted(care.techniques.values(), key=lambda t: (GRADES.index(t.grade), t.id)), person),
        prevention=_suggested(sorted(care.prevention.values(), key=lambda p: (not p.facts, p.kind, p.id)), person),
        follow_up=tuple(sorted(_follow_up(likely, care), key=lambda f: f[0].weeks or 999)),
        course=tuple((p, c.condition) for c in settled for p in c.pathway.course),
        come_back=tuple(dict.fromkeys(text for c in likely for text in c.pathway.come_back)),
        safety_net=tuple(
            sorted(
                (s for s in care.safety_net.values() if (not s.facts or person.settled & set(s.facts)) and not facts & set(s.not_facts)),
                key=lambda s: (-level_rank(s.level), s.id),
            )
        ),
    )


def _follow_up(likely: Sequence[Choice], care: CareKnowledge) -> list[tuple[FollowUp, str]]:
    """Of the likely causes; while none stands out, the general rule."""
    rule = care.rules[FOLLOW_UP_OPEN]
    general = FollowUp(f"in {rule.value:g} weeks", rule.text, rule.support, rule.value)
    return [(f, c.condition) for c in likely for f in c.pathway.follow_up] or [(general, "")]


def _offers(choices: Sequence[Choice], facts: frozenset[str], care: CareKnowledge) -> list[Offer]:
    by_treatment: dict[str, list[tuple[Option, Choice]]] = {}
    for choice in choices:
        for option in choice.pathway.options:
            by_treatment.setdefault(option.treatment, []).append((option, choice))
    offers = []
    review = care.treatments.get(REVIEW_OF_MEDICINES)
    for id_, found in by_treatment.items():
        option = min((o for o, _ in found), key=lambda o: LINES.index(o.line))
        conditions = tuple(dict.fromkeys(c.condition for _, c in found))
        under_all = len({c.pathway.id for _, c in found}) == len({c.pathway.id for c in choices})
        treatment = care.treatments[id_]
        offers.append(Offer(treatment, option, conditions, under_all, warnings_for(treatment, facts)))
    if review is not None and REVIEW_OF_MEDICINES not in by_treatment and (warnings := warnings_for(review, facts)):
        option = Option(review.id, "first", review.support, when="now, with whoever prescribes them")
        offers.insert(0, Offer(review, option, tuple(c.condition for c in choices), True, warnings))
    return sorted(offers, key=lambda o: (not o.under_all, LINES.index(o.option.line), -len(o.conditions)))


def _grouped(pairs: Iterable[tuple[Avoided, str]]) -> tuple[tuple[Avoided, tuple[str, ...]], ...]:
    result: dict[str, tuple[Avoided, tuple[str, ...]]] = {}
    for avoided, condition in pairs:
        first, conditions = result.get(avoided.what.casefold(), (avoided, ()))
        result[avoided.what.casefold()] = (first, tuple(dict.fromkeys((*conditions, condition))))
    return tuple(result.values())


def _devices(choices: Sequence[Choice], person: Person, care: CareKnowledge) -> list[Suggestion]:
    facts = frozenset(person.facts)
    by_pathway = {d: c for c in reversed(choices) if c.probability >= 0.5 for d in c.pathway.devices}
    found = []
    for device in care.devices.values():
        fact = next((f for f in device.facts if f in person.settled), "")
        if device.weakness and all(_is_weak(w, person) for w in device.weakness):
            because = f"weak {' and '.join(_weak_ones(device.weakness, person))}"
        elif fact:
            because = person.facts[fact]
        elif device.id in by_pathway:
            because = by_pathway[device.id].pathway.name
        else:
            continue
        found.append(Suggestion(device, warnings_for(device, facts), because))
    return found


def _is_weak(weakness: Weakness, person: Person) -> bool:
    return bool(_weak_ones((weakness,), person))


def _weak_ones(rules: Iterable[Weakness], person: Person) -> list[str]:
    """The groups of these rules that are as weak as they say, in words."""
    found = (
        g.replace("-", " ")
        for w in rules
        for g in w.groups
        for s in SIDES
        if MrcGrade(w.at_least) <= person.grade(g, s) < MrcGrade(w.below)
    )
    return list(dict.fromkeys(found))


def _suggested(entries: Iterable[Technique] | Iterable[Prevention], person: Person) -> tuple[Suggestion, ...]:
    """Those meant for everybody or for one of the person's facts."""
    facts = frozenset(person.facts)
    found = []
    for entry in entries:
        fact = next((f for f in entry.facts if f in person.settled), "")
        ruled_out = isinstance(entry, Prevention) and bool(facts & set(entry.not_facts))
        if (fact or not entry.facts) and not ruled_out:
            found.append(Suggestion(entry, warnings_for(entry, facts), person.facts.get(fact, "")))
    return tuple(found)
