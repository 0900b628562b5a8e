"""What a lay user does to a case: facts that are never told, not known, or told wrongly. How far accuracy and safety fall.

Language models name the condition in 95 % of cases by themselves and in 35 % with a lay user in front (Bean 2026, recalled):
what counts is the answer to a case told badly.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Presence
from soleus.evaluation.gold import GoldCase
from soleus.evaluation.run import Figures, InputForm, Score, evaluate, figures, score
from soleus.interchange.evidence import Understanding
from soleus.knowledge_store import Compiled

Harm = Literal["lost", "unsure", "flipped"]
HARMS: tuple[Harm, ...] = get_args(Harm)
HALF_SURE = 0.7
"""Certainty left of a fact that is told as unsure (expert estimate)."""


@dataclass(frozen=True)
class Harmed:
    """A case told badly, and what became of its facts: place of the entry to the harm done."""

    understanding: Understanding
    harms: dict[str, Harm]


def harmed(understanding: Understanding, share: float, chance: random.Random, kinds: Sequence[Harm] = HARMS) -> Harmed:
    """Each entry of the case suffers, with probability `share`, one of `kinds` (all equally likely); an entry stands or falls as a whole.

    Args:
        understanding: What was understood of the case.
        share: 0 to 1.
        chance: Source of randomness; the same seed does the same harm.
        kinds: `lost` (not told, or "don't know"), `unsure` (70 % sure), `flipped` (told the other way round).
    """
    evidence = understanding.evidence
    places = list(dict.fromkeys(o.place for o in evidence.observations))
    harms: dict[str, Harm] = {place: chance.choice(kinds) for place in places if chance.random() < share}
    kept = tuple(new for o in evidence.observations if (new := _after(o, harms.get(o.place))) is not None)
    for which in ("onset", "course"):
        if getattr(evidence, which) is not None and chance.random() < share:
            harms[which] = "lost"
    changed: Evidence = replace(
        evidence,
        observations=kept,
        onset=None if "onset" in harms else evidence.onset,
        course=None if "course" in harms else evidence.course,
    )
    return Harmed(replace(understanding, evidence=changed), harms)


def _after(o: Observation, harm: Harm | None) -> Observation | None:
    if harm is None:
        return o
    if harm == "lost":
        return None
    opposite = (0.0, *(1.0 for _ in o.weights[1:])) if o.presence is Presence.ABSENT else (1.0, *(0.0 for _ in o.weights[1:]))
    if harm == "flipped":
        return replace(o, weights=opposite)
    top = max(o.weights)
    return replace(o, weights=tuple(HALF_SURE * w / top + (1 - HALF_SURE) * v for w, v in zip(o.weights, opposite, strict=True)))


def missed_without_excuse(score: Score, whole: Score, harms: dict[str, Harm]) -> bool:
    """Whether an emergency was given a lower level though one of its red flags was told whole, or is not asked for now.

    A red flag is a rule of level emergency that fired on the whole case; it is excused where one of its findings was harmed. Where
    only probabilities raised the alarm there is no red flag to lose.
    """
    if not score.gold.is_emergency or score.triage == "emergency":
        return False
    by_finding: dict[str, set[str]] = {"onset": {"onset"}, "course": {"course"}}
    for o in whole.understanding.evidence.observations:
        by_finding.setdefault(o.finding, set()).add(o.place)
    flags = [r for r in whole.assessment.triage.reasons if r.level == "emergency" and r.findings]
    excused = all(any(by_finding.get(f, set()) & harms.keys() for f in rule.findings) for rule in flags)
    wanted = {f for rule in flags for f in rule.findings}
    asked = wanted & {*score.assessment.triage.unasked_red_flags, *(q.finding for q in score.assessment.questions)}
    return not (excused and (asked or not flags))


@dataclass(frozen=True)
class NoiseLevel:
    """Mean figures over repetitions at one share of harmed facts; shares are 0-1."""

    share: float
    top1: float
    top3: float
    family_top3: float
    level: float
    emergencies_missed: float
    """Of the emergencies."""
    without_excuse: float
    """Of the emergencies: missed though not every red flag was among the harmed facts, or though none is asked for now."""
    needless_emergencies: float


def noise_levels(
    golds: Sequence[GoldCase],
    compiled: Compiled,
    today: datetime.date,
    shares: Sequence[float],
    *,
    kinds: Sequence[Harm] = HARMS,
    repeats: int = 10,
    seed: int = 1,
    form: InputForm = "findings",
    setting: str | None = None,
    progress: Callable[[int], None] = lambda i: None,
) -> list[NoiseLevel]:
    """Accuracy and triage with a share of the facts harmed, each share `repeats` times with other chances."""
    whole = evaluate(golds, compiled, today, form=form, setting=setting)
    levels = []
    for done, share in enumerate(shares):
        runs: list[Figures] = []
        excuseless = emergencies = 0
        for repeat in range(repeats if share else 1):
            chance = random.Random(f"{seed} {share} {repeat}")
            suffered = [harmed(s.understanding, share, chance, kinds) for s in whole]
            scores = [score(s.gold, h.understanding, compiled) for s, h in zip(whole, suffered, strict=True)]
            runs.append(figures(scores))
            emergencies += sum(s.gold.is_emergency for s in scores)
            excuseless += sum(missed_without_excuse(s, w, h.harms) for s, w, h in zip(scores, whole, suffered, strict=True))
        n = len(runs)
        levels.append(
            NoiseLevel(
                share,
                sum(f.top1 for f in runs) / n,
                sum(f.top3 for f in runs) / n,
                sum(f.family_top3 for f in runs) / n,
                sum(f.level for f in runs) / n,
                sum(f.emergencies_missed for f in runs) / max(emergencies, 1),
                excuseless / max(emergencies, 1),
                sum(f.needless_emergencies for f in runs) / n,
            )
        )
        progress(done + 1)
    return levels
