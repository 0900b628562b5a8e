"""When to seek help. Two ways in, the higher one wins: red-flag rules, then dangerous conditions not excluded.

The rules read no probability and wait for no other step. Nothing lowers a level: the rule language has no negation of
anything unknown, so one more red flag can only raise it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from soleus.domain.evidence import Evidence, Named, Observation, ancestors
from soleus.domain.finding import Presence, Side
from soleus.domain.knowledge_base import COURSES, LEVELS, ONSETS, TEMPO_QUESTIONS, Condition, KnowledgeBase, RedFlagRule, level_rank
from soleus.reasoning.inference import Posterior, chance_of
from soleus.reasoning.network import Array

SPEAKS_FOR = 4.0
"""A danger counts only where the evidence made it at least this much likelier than its base rate (expert estimate)."""
LIKELY_DANGER = 0.15
"""A danger this probable counts whatever its base rate was (expert estimate)."""
TOGETHER = {"emergency": 0.30, "same_day": 0.40, "within_2_weeks": 0.50}
"""Summed probability of equally or more urgent causes that sets a level (expert estimate)."""
SELF_CARE = 0.5
"""Self care needs at least this much probability of causes that people may look after themselves (expert estimate)."""
CHIEF_COMPLAINT = "weak-leg"
"""Many rules turn on it, so it is asked for where a person tells of everything else."""
SELDOM_WITHOUT = 0.3
"""A condition of which at most this share comes without any of its exposures hangs on them (expert estimate)."""
NAMED = "named:"
"""Begins the rule of a reason that is a diagnosis or event named outright."""
GO = {"emergency": "get help now", "same_day": "be seen by a doctor today", "within_2_weeks": "be seen within two weeks"}
_GENERAL = ("not-self-care", *(f"together:{level}" for level in TOGETHER))
LIKELY_TEMPO = 0.5
"""A tempo that carries at least this share of its likelihood counts as told."""


@dataclass(frozen=True)
class TriageReason:
    """Why a level was set: a red-flag rule, or a dangerous condition that cannot be excluded."""

    rule: str
    level: str
    text: str
    lay: str
    findings: tuple[str, ...]
    ref: str
    at: str = ""


@dataclass(frozen=True)
class Triage:
    """The level, its reasons (highest first), and the red flags nobody asked about, likeliest first."""

    level: str
    reasons: tuple[TriageReason, ...]
    unasked_red_flags: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """The evidence as rules see it: a narrower finding that is present tells the broader ones on its side too."""

    evidence: Evidence
    by_finding: Mapping[str, tuple[Observation, ...]]
    known: dict[str, Truth] = field(default_factory=dict)
    """Truth of findings and named terms, which many rules share."""

    @staticmethod
    def of(evidence: Evidence, kb: KnowledgeBase) -> Told:
        by_finding: dict[str, list[Observation]] = {}
        for o in evidence.observations:
            by_finding.setdefault(o.finding, []).append(o)
            if o.presence is Presence.PRESENT:
                for broader in ancestors(o.finding, kb.findings):
                    by_finding.setdefault(broader, []).append(o)
        return Told(evidence, {f: tuple(found) for f, found in by_finding.items()})

    def presence(self, finding: str) -> Presence:
        found = {o.presence for o in self.by_finding.get(finding, ())}
        return Presence.PRESENT if Presence.PRESENT in found else Presence.ABSENT if Presence.ABSENT in found else Presence.UNKNOWN


@dataclass(frozen=True)
class Truth:
    """Three-valued truth of a rule, with the findings that made it true."""

    value: bool | None
    fired: tuple[str, ...] = ()
    missing: int = 0
    """How many parts of an `all` are unknown."""


def triage(evidence: Evidence, kb: KnowledgeBase) -> Triage:
    """Red-flag rules on whatever is known. Depends on no probability."""
    reasons = [_of_named(n) for n in evidence.named]
    unasked: dict[str, int] = {}
    told = Told.of(evidence, kb)
    for rule in kb.rules.values():
        truth = evaluate(rule.when, told, kb)
        if truth.value:
            reasons.append(TriageReason(rule.id, rule.level, rule.text, rule.lay, _unique(truth.fired), rule.ref, rule.at))
        elif truth.value is None:
            for finding in _essential_unknown(rule, told, truth, kb):
                unasked[finding] = max(unasked.get(finding, 0), level_rank(rule.level))
    reasons.sort(key=lambda r: (-level_rank(r.level), -len(r.findings), r.rule))  # the most specific picture first
    level = level_rank(reasons[0].level if reasons else "self_care")
    by_danger = sorted(unasked, key=lambda f: -unasked[f])
    return Triage(LEVELS[level], tuple(reasons), tuple(f for f in by_danger if unasked[f] > level_rank("routine")))


def _of_named(n: Named) -> TriageReason:
    """Somebody named it; how soon it must be seen follows from what it is."""
    lay = f'You named "{n.text}". If it is new or not yet treated, {GO[n.level]}.'
    return TriageReason(
        f"{NAMED}{n.condition}", n.level, f'{n.lay} is named: "{n.text}". New or untreated, it is seen at this level.', lay, (), ""
    )


def _essential_unknown(rule: RedFlagRule, told: Told, truth: Truth, kb: KnowledgeBase) -> Iterator[str]:
    """What nobody asked of a rule of which all but one part is there: essential findings, how fast it came on, the weakness itself."""
    if truth.fired and truth.missing <= 1:
        for finding in rule.essential:
            if told.evidence.presence(finding) is Presence.UNKNOWN:
                yield finding
        for part, unknown in (
            ("onset", told.evidence.onset is None),
            (CHIEF_COMPLAINT, told.presence(CHIEF_COMPLAINT) is Presence.UNKNOWN),
        ):
            if unknown and part not in rule.essential and _mentions(rule.when, part, kb):
                yield part


def _mentions(node: Any, part: str, kb: KnowledgeBase) -> bool:
    """Whether a rule turns on a finding, or on the tempo (`onset`)."""
    if isinstance(node, str):
        return node == part or (node in kb.terms and _mentions(kb.terms[node], part, kb))
    if isinstance(node, Mapping):
        return part in node or any(_mentions(child, part, kb) for child in node.values())
    return isinstance(node, list) and any(_mentions(child, part, kb) for child in node)


def with_dangers(first: Triage, posterior: Posterior, kb: KnowledgeBase, evidence: Evidence) -> Triage:
    """Raise the level for what the differential cannot exclude; nothing is ever lowered.

    A condition counts when it is more probable than the limit above which it may not be left out and the evidence speaks for
    it (a base rate alone is no alarm). Many dangerous conditions, each below its limit, count together. Without a reason
    for self care (`SELF_CARE` of the probability) the level is at least routine.
    """
    told = Told.of(evidence, kb)
    reasons = [*first.reasons, *_not_excluded(posterior, kb, told), *_together(posterior)]
    if _probability_of(posterior, "self_care", exactly=True) < SELF_CARE:
        reasons.append(
            TriageReason(
                "not-self-care",
                "routine",
                "The likelier causes should be seen by a doctor.",
                "The likelier causes should be seen by a doctor.",
                (),
                "",
            )
        )
    reasons.sort(key=lambda r: (-level_rank(r.level), r.rule in _GENERAL, r.rule.startswith("not-excluded:"), -len(r.findings), r.rule))
    level = max([level_rank(first.level), *(level_rank(r.level) for r in reasons)])
    unasked = sorted(  # the tempo first: everybody can tell it, and most rules turn on it
        first.unasked_red_flags, key=lambda f: -1.0 if f in TEMPO_QUESTIONS else -chance_of(posterior, kb.findings[f], evidence.age_years)
    )
    return Triage(LEVELS[level], tuple(reasons), tuple(unasked))


def not_below(final: Triage, other: Triage) -> Triage:
    """The first, raised to the level of the other with its reasons where that one is more urgent."""
    if level_rank(other.level) <= level_rank(final.level):
        return final
    known = {r.rule for r in other.reasons}
    reasons = (*other.reasons, *(r for r in final.reasons if r.rule not in known))
    return Triage(other.level, reasons, tuple(dict.fromkeys((*final.unasked_red_flags, *other.unasked_red_flags))))


def danger_limit(not_to_miss: Array | float, prior: Array) -> Array:
    """Probability from which a danger counts, given its own limit and its base rate."""
    return np.maximum(not_to_miss, np.minimum(SPEAKS_FOR * prior, LIKELY_DANGER))


def _not_excluded(posterior: Posterior, kb: KnowledgeBase, told: Told) -> Iterator[TriageReason]:
    prior = np.exp(posterior.log_prior)
    prior = prior / prior.sum()
    for i, id_ in enumerate(posterior.network.conditions[:-1]):
        p = float(posterior.conditions[i])
        condition = kb.conditions[id_]
        if condition.urgency == "self_care" or p < danger_limit(condition.not_to_miss, prior[i]):
            continue
        if p < LIKELY_DANGER and exposures_to_ask(condition, told, kb):
            continue
        text = f"{condition.name} is possible ({p:.0%}) and may not be left out above {condition.not_to_miss:.0%}."
        yield TriageReason(f"not-excluded:{id_}", condition.urgency, text, f"{condition.lay_name} has to be ruled out.", (), "")


def exposures_to_ask(condition: Condition, told: Told, kb: KnowledgeBase) -> tuple[str, ...]:
    """Exposures without which a condition hardly ever comes (`SELDOM_WITHOUT`), where none is told present; likeliest first.

    A danger that hangs on an exposure nobody told of is a question first, and an alarm only when it is likely.
    """
    if any(told.presence(risk) is Presence.PRESENT for risk in condition.risk_factors):
        return ()
    age = told.evidence.age_years
    exposed = {r: _share_exposed(q.value, kb.findings[r].background_at(age)) for r, q in condition.risk_factors.items()}
    if math.prod(1 - share for share in exposed.values()) > SELDOM_WITHOUT:
        return ()
    return tuple(sorted((r for r in exposed if told.presence(r) is Presence.UNKNOWN), key=lambda r: -exposed[r]))


def _share_exposed(odds_ratio: float, background: float) -> float:
    """Share of the affected who were exposed, from the odds ratio and the share of others who were. [-]"""
    odds = odds_ratio * background / (1 - background)
    return odds / (1 + odds)


def _together(posterior: Posterior) -> Iterator[TriageReason]:
    for level, limit in TOGETHER.items():
        p = _probability_of(posterior, level)
        if p >= limit:
            text = f"Causes that must be seen at this level are together {p:.0%} likely."
            yield TriageReason(f"together:{level}", level, text, text, (), "")


def _probability_of(posterior: Posterior, level: str, exactly: bool = False) -> float:
    """Probability of the conditions of this urgency (`exactly`) or of this and higher ones."""
    wanted = level_rank(level)
    return float(
        sum(
            p
            for u, p in zip(posterior.network.urgency[:-1], posterior.conditions, strict=False)
            if (level_rank(u) == wanted if exactly else level_rank(u) >= wanted)
        )
    )


def evaluate(node: Any, told: Told, kb: KnowledgeBase) -> Truth:
    """Truth of one node of a rule in Kleene's logic: an unknown is neither true nor false.

    Raises:
        ValueError: If the node is not of the rule language (the loader has checked the rules that come with Soleus).
    """
    if isinstance(node, str):
        if node not in told.known:
            told.known[node] = evaluate(kb.terms[node], told, kb) if node in kb.terms else _present(node, told)
        return told.known[node]
    ((key, value),) = node.items()
    if key == "all":
        return _all([evaluate(child, told, kb) for child in value])
    if key == "any":
        return _at_least(1, [evaluate(child, told, kb) for child in value])
    if key == "at_least":
        return _at_least(int(value["n"]), [evaluate(child, told, kb) for child in value["of"]])
    if key == "both_sides":
        return _both_sides(value, told)
    if key in ("severe", "brisk"):  # the last state of strength and of reflexes
        return _severe(value, told)
    if key == "absent":
        presence = told.presence(value)
        return Truth(None, missing=1) if presence is Presence.UNKNOWN else Truth(presence is Presence.ABSENT, (value,))
    if key in ("onset", "course"):
        return _tempo(key, value, told.evidence)
    if key == "untold":  # known to be unknown: nobody said how fast it came on, or how it went
        return Truth((told.evidence.onset if value == "onset" else told.evidence.course) is None)
    if key == "age":
        return _age(value, told.evidence)
    if key == "sex":
        return Truth(None, missing=1) if told.evidence.sex == "unknown" else Truth(told.evidence.sex == value)
    if key == "test":
        return _test(value, told.evidence)
    raise ValueError(f"not a rule: {node!r}")


def _present(finding: str, told: Told) -> Truth:
    presence = told.presence(finding)
    if presence is Presence.PRESENT:
        witnesses = dict.fromkeys(o.finding for o in told.by_finding[finding] if o.presence is Presence.PRESENT)
        return Truth(True, (finding,) if finding in witnesses else tuple(witnesses))
    return Truth(False) if presence is Presence.ABSENT else Truth(None, missing=1)


def _all(parts: list[Truth]) -> Truth:
    fired = tuple(f for p in parts if p.value for f in p.fired)
    values = [p.value for p in parts]
    value = False if False in values else None if None in values else True
    return Truth(value, fired, sum(max(p.missing, 1) for p in parts if p.value is None))


def _at_least(n: int, parts: list[Truth]) -> Truth:
    true = [p for p in parts if p.value]
    unknown = [p for p in parts if p.value is None]
    value = True if len(true) >= n else None if len(true) + len(unknown) >= n else False
    fired = tuple(f for p in (true or unknown) for f in p.fired)
    return Truth(value, fired, n - len(true) if value is None else 0)


def _both_sides(finding: str, told: Told) -> Truth:
    observations = told.by_finding.get(finding, ())
    sides = {o.side for o in observations if o.presence is Presence.PRESENT}
    if sides >= {Side.LEFT, Side.RIGHT}:
        return Truth(True, (finding,))
    return Truth(False) if any(o.presence is Presence.ABSENT for o in observations) else Truth(None, missing=1)


def _severe(finding: str, told: Told) -> Truth:
    observations = [o for o in told.by_finding.get(finding, ()) if o.finding == finding]
    present = (o for o in observations if o.presence is Presence.PRESENT)
    if any(o.weights[-1] >= max(o.weights) and o.weights[-1] > o.weights[1] for o in present):
        return Truth(True, (finding,))
    return Truth(False) if observations else Truth(None, missing=1)


def _tempo(key: str, value: str | list[str], evidence: Evidence) -> Truth:
    likelihood = evidence.onset if key == "onset" else evidence.course
    if likelihood is None:
        return Truth(None, missing=1)
    names = ONSETS if key == "onset" else COURSES
    wanted = [value] if isinstance(value, str) else value
    share = sum(w for n, w in zip(names, likelihood, strict=True) if n in wanted) / sum(likelihood)
    return Truth(share >= LIKELY_TEMPO, (key,) if share >= LIKELY_TEMPO else ())


def _age(limits: Mapping[str, float], evidence: Evidence) -> Truth:
    if evidence.age_years is None:
        return Truth(None, missing=1)
    return Truth(limits.get("min", 0) <= evidence.age_years <= limits.get("max", 200))


def _test(wanted: Mapping[str, str | list[str]], evidence: Evidence) -> Truth:
    ((test, outcomes),) = wanted.items()
    accepted = [outcomes] if isinstance(outcomes, str) else outcomes
    results = [r.outcome for r in evidence.tests if r.test == test]
    if not results:
        return Truth(None, missing=1)
    return Truth(True, (test,)) if any(r in accepted for r in results) else Truth(False)


def _unique(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
