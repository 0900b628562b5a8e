"""What is known of one person, as likelihoods over the states of the vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from soleus.domain.finding import Finding, Kind, Presence, Side


@dataclass(frozen=True)
class Observation:
    """One report about one finding on one side.

    `weights[i]` is P(this report | the finding is in state i), up to a constant: (0, 1) is a hard "present", (0.3, 0.7)
    a person who is 70 % sure. Equal weights say nothing and move nothing.
    """

    finding: str
    side: Side
    weights: tuple[float, ...]
    text: str = ""
    place: str = ""
    """Where in the case it was said, such as `findings[3]`."""

    @property
    def presence(self) -> Presence:
        """Abnormal (PRESENT), healthy (ABSENT) or UNKNOWN, by the likelier reading. The first weight is the healthy state's."""
        best_abnormal = max(self.weights[1:])
        if self.weights[0] == best_abnormal:
            return Presence.UNKNOWN
        return Presence.ABSENT if self.weights[0] > best_abnormal else Presence.PRESENT

    def state(self, finding: Finding) -> str:
        """The likeliest state, or `present` where several abnormal states are equally likely."""
        best = max(self.weights)
        states = [s for s, w in zip(finding.states, self.weights, strict=True) if w == best]
        return states[0] if len(states) == 1 else "weak" if finding.kind.value == "strength" else "abnormal"

    def mirrored(self) -> Observation:
        return replace(self, side=self.side.mirrored)


@dataclass(frozen=True)
class TestResult:
    """A test with the outcome it showed; `outcome` is an outcome id of the test."""

    __test__ = False

    test: str
    outcome: str
    text: str = ""
    value: float | None = None
    place: str = ""


@dataclass(frozen=True)
class TimeCourse:
    """How it came on and how it went since, as it was told."""

    onset: tuple[float, ...] | None
    course: tuple[float, ...] | None
    onset_text: str
    course_text: str


@dataclass(frozen=True)
class Named:
    """A diagnosis or event that a case names outright and that has to be seen soon: there now, or not said to be treated."""

    condition: str
    """Id of the condition, or of an event that is no cause of a weak leg, such as a heart attack."""
    lay: str
    level: str
    """How soon to be seen, one of `LEVELS`."""
    text: str = ""
    place: str = ""


@dataclass(frozen=True)
class Evidence:
    """All that is known of a case. What is not in it is unknown, which is not the same as absent."""

    age_years: float | None = None
    sex: str = "unknown"
    setting: str = "self"
    observations: tuple[Observation, ...] = ()
    onset: tuple[float, ...] | None = None
    """Likelihood over `ONSETS`."""
    course: tuple[float, ...] | None = None
    """Likelihood over `COURSES`."""
    tests: tuple[TestResult, ...] = ()
    onset_text: str = ""
    course_text: str = ""
    fits: tuple[tuple[str, float], ...] = ()
    """Conditions with a published course, and how well it foretells what was measured, beyond `course`. [decibans]"""
    fits_text: str = ""
    named: tuple[Named, ...] = ()
    """What the case names outright and has to be seen soon. It sets how soon, and is no evidence for or against a cause."""
    told: TimeCourse | None = None
    """The time course before measurements were added to it; none where they added nothing."""

    def without_measured_course(self) -> Evidence | None:
        """The same without what measurements say of the time course; None where they say nothing. Their last values stay in it."""
        if self.told is None:
            return None
        t = self.told
        return replace(
            self,
            onset=t.onset,
            course=t.course,
            onset_text=t.onset_text,
            course_text=t.course_text,
            fits=(),
            fits_text="",
            told=None,
        )

    def of(self, finding: str) -> Iterator[Observation]:
        """Observations of one finding, on any side."""
        return (o for o in self.observations if o.finding == finding)

    def presence(self, finding: str) -> Presence:
        """Present if on any side; absent if stated so and nowhere present; else unknown."""
        found = {o.presence for o in self.of(finding)}
        for presence in (Presence.PRESENT, Presence.ABSENT):
            if presence in found:
                return presence
        return Presence.UNKNOWN

    def mirrored(self) -> Evidence:
        """The same person in a mirror: left is right."""
        return replace(self, observations=tuple(o.mirrored() for o in self.observations))


def settle(observations: list[Observation], findings: Mapping[str, Finding]) -> tuple[tuple[Observation, ...], tuple[str, ...]]:
    """One observation per finding and side, so that a fact told twice counts once; contradictions are returned in words.

    * The same finding on the same side, told twice alike: the more definite report stands.
    * Told present and absent: the danger is kept (present), softened to 3 : 1, and the contradiction stated.
    * A broader finding adds nothing beside a narrower one on the same side: "leg weakness" beside "calf weakness";
      nor does "no numb sole" beside "no numbness at all". Risks are exempt: each has odds ratios of its own, and a
      narrower risk brings the broader one along.
    """
    by_key: dict[tuple[str, Side], list[Observation]] = {}
    for observation in observations:
        if observation.presence is not Presence.UNKNOWN:
            by_key.setdefault((observation.finding, observation.side), []).append(observation)
    merged: dict[tuple[str, Side], Observation] = {}
    contradictions = []
    for key, group in by_key.items():
        presences = {o.presence for o in group}
        best = max(group, key=lambda o: (o.presence is Presence.PRESENT, _definiteness(o)))
        if len(presences) > 1 and findings[key[0]].parent != "neutral":
            told = " / ".join(f'"{o.text}"' for o in group)
            contradictions.append(f"{findings[key[0]].name}{_on(key[1])} is told present and absent: {told}; taken as probably present.")
            top = max(best.weights)
            best = replace(best, weights=(max(best.weights[0], top / 3), *best.weights[1:]))
        merged[key] = best
    others = _Told.of(merged.values(), findings)
    kept = [o for o in merged.values() if findings[o.finding].kind is Kind.RISK or not others.implies(o)]
    return (*kept, *_implied_risks(kept, findings)), tuple(contradictions)


def _implied_risks(kept: list[Observation], findings: Mapping[str, Finding]) -> Iterator[Observation]:
    """Who takes metformin has diabetes: a narrower risk brings the broader one, whose odds ratios are its own."""
    known = {o.finding for o in kept}
    for o in kept:
        if findings[o.finding].kind is Kind.RISK and o.presence is Presence.PRESENT:
            for broader in sorted(ancestors(o.finding, findings) - known):
                if findings[broader].kind is Kind.RISK:
                    known.add(broader)
                    yield replace(o, finding=broader)


def _definiteness(o: Observation) -> float:
    return max(o.weights) / sum(o.weights)


def _on(side: Side) -> str:
    return "" if side is Side.UNSTATED else f" ({side.value})"


@dataclass(frozen=True)
class _Told:
    """On which sides each finding is told, so that each observation is compared with those it may follow from and no others."""

    present: dict[str, set[Side]]
    absent: dict[str, set[Side]]
    narrower_present: dict[str, set[Side]]
    """Sides on which something narrower than the finding is present."""
    broader: Mapping[str, frozenset[str]]

    @staticmethod
    def of(observations: Collection[Observation], findings: Mapping[str, Finding]) -> _Told:
        told = _Told({}, {}, {}, {o.finding: ancestors(o.finding, findings) for o in observations})
        for o in observations:
            by_id = told.present if o.presence is Presence.PRESENT else told.absent
            by_id.setdefault(o.finding, set()).add(o.side)
            if o.presence is Presence.PRESENT:
                for broader in told.broader[o.finding]:
                    told.narrower_present.setdefault(broader, set()).add(o.side)
        return told

    def implies(self, o: Observation) -> bool:
        """Whether another observation says as much as this one, or makes it say nothing."""
        if any(o.side in (s, Side.UNSTATED) or s is Side.UNSTATED for s in self.narrower_present.get(o.finding, ())):
            return True  # also of an absent one: "sensation otherwise normal" beside one numb patch says nothing against the patch
        if o.presence is Presence.PRESENT:
            return o.side is Side.UNSTATED and len(self.present[o.finding]) > 1  # the same finding is told with its side
        return any(s in (o.side, Side.UNSTATED) for broader in self.broader[o.finding] for s in self.absent.get(broader, ()))


def ancestors(finding: str, findings: Mapping[str, Finding]) -> frozenset[str]:
    """Every broader finding that this one implies."""
    result: set[str] = set()
    stack = list(findings[finding].is_a)
    while stack:
        broader = stack.pop()
        if broader not in result:
            result.add(broader)
            stack.extend(findings[broader].is_a)
    return frozenset(result)
