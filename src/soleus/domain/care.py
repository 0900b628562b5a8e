"""What Soleus knows of care: facts about a person that matter to it, hazards, training regimens, treatments, aids, prevention.

Everything that depends on the person hangs on *facts* (`facts.yaml`): a diagnosis, a medicine class, an age, a history. Rules name
facts and nothing else, so that each rule can be read aloud: NSAID - warn if [anticoagulant, kidney-disease].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from soleus.domain.exercise import Category, Exercise, MuscleGroup, Stress
from soleus.domain.strength import MrcGrade
from soleus.domain.support import STRICT, Review, Support

Range = tuple[float, float]
"""Lowest and highest."""


def _ordered(**ranges: Range | None) -> None:
    for name, pair in ranges.items():
        if pair is not None and not 0 <= pair[0] <= pair[1]:
            raise ValueError(f"{name} {list(pair)} does not run from low to high")


@dataclass(frozen=True)
class Limit:
    """A value of a test from which a fact holds, in one unit; another unit is another limit."""

    __pydantic_config__ = STRICT
    tests: tuple[str, ...]
    """Names of the test, as people write them."""
    unit: str
    plausible: Range
    """Values that this unit allows: a value without a unit is taken to be in it if it lies here."""
    support: Support
    at_least: float | None = None
    below: float | None = None

    def __post_init__(self) -> None:
        _ordered(plausible=self.plausible)
        if (self.at_least is None) == (self.below is None):
            raise ValueError("give either `at_least` or `below`")

    def is_met(self, value: float, sign: str = "") -> bool:
        """Whether a value meets it; `sign` is what stands before it in a report, such as `<`."""
        if self.below is not None:
            return value < self.below or (sign == "<" and value == self.below)
        assert self.at_least is not None
        return value >= self.at_least


@dataclass(frozen=True)
class Fact:
    """Something about a person that changes what is right to do. It holds if any of its ways to be known applies."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    lay: str
    """In plain words, to follow "because you ...": "take a blood thinner"."""
    findings: tuple[str, ...] = ()
    """Ids of findings and risks; present ones make the fact hold."""
    conditions: tuple[str, ...] = ()
    """Ids of conditions; known or likely ones make the fact hold."""
    groups: tuple[str, ...] = ()
    """Groups of conditions."""
    medicines: tuple[str, ...] = ()
    """Names of medicines and classes, as people write them under `medicines`."""
    words: tuple[str, ...] = ()
    """Other diagnoses and circumstances, as people write them under `conditions`."""
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words by the fact of a medicine: holds where one entry or sentence names such a medicine and one of the words
    ("CK rise under simvastatin")."""
    past: bool = False
    """What is over counts too: a "former" ulcer is no denial."""
    in_story: bool = False
    """The words are looked for in the narrative too."""
    limits: tuple[Limit, ...] = ()
    """Values of tests from which it holds."""
    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Outcomes by test of the knowledge base that make it hold."""
    age_from: int | None = None
    age_below: int | None = None
    sex: Literal["male", "female"] | None = None
    """With ages: both must hold."""
    facts: tuple[str, ...] = ()
    """Narrower facts that make it hold."""


@dataclass(frozen=True)
class Hazard:
    """Why some exercises are ruled out for some people; hard, never traded against a wish."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    lay: str
    """Why, in plain words."""
    support: Support
    facts: tuple[str, ...] = ()
    """Holds if any of these facts does."""
    stress: tuple[Stress, ...] = ()
    """Exercises with any of these are ruled out."""
    categories: tuple[Category, ...] = ()
    exercises: tuple[str, ...] = ()
    groups: tuple[MuscleGroup, ...] = ()
    """Where given, only exercises for one of these muscle groups are ruled out."""
    level_above: int | None = None
    """Exercises above this level are ruled out."""
    effort_rpe_most: int | None = None
    """Nothing may ask for more effort than this. [0-10]"""
    unless: tuple[str, ...] = ()
    """Facts that lift it, such as supervision by a physiotherapist."""


USUAL_REST_H = 48
WEEK_H = 7 * 24


@dataclass(frozen=True)
class Strength:
    """Limits of strength work in one regimen."""

    __pydantic_config__ = STRICT
    days: Range
    sets: Range
    repetitions: Range
    effort_rpe: Range
    rest_s: int = 60
    rest_h: int = 48
    """Hours between two sessions that load one muscle group."""
    daily_groups: tuple[MuscleGroup, ...] = ()
    """With less than 48 hours of rest: the groups it is meant for (a tendon programme); all others rest 48 hours still."""
    most_sets_a_session: int = 20
    percent_1rm: Range | None = None

    def __post_init__(self) -> None:
        _ordered(days=self.days, sets=self.sets, repetitions=self.repetitions, effort_rpe=self.effort_rpe)
        if self.days[1] > 7 or self.effort_rpe[1] > 10:
            raise ValueError("days run from 0 to 7, effort from 0 to 10")
        if self.days[0] > WEEK_H // max(self.rest_h, USUAL_REST_H):
            raise ValueError(f"{self.days[0]:g} days a week leave no rest of {max(self.rest_h, USUAL_REST_H)} hours")
        if (self.rest_h < USUAL_REST_H) != bool(self.daily_groups):
            raise ValueError(f"`daily_groups` belong to a rest of less than {USUAL_REST_H} hours, and to no other")

    def rest_days(self, group: MuscleGroup) -> int:
        """Days from one load of a group to the next, at least. [d]"""
        hours = self.rest_h if self.rest_h >= USUAL_REST_H or group in self.daily_groups else USUAL_REST_H
        return -(-hours // 24)


@dataclass(frozen=True)
class Endurance:
    """Limits of aerobic work in one regimen."""

    __pydantic_config__ = STRICT
    days: Range
    minutes: Range
    """A session. [min]"""
    effort_rpe: Range
    weekly_minutes: Range = (0, 300)
    prefer: tuple[str, ...] = ()
    """Ids of exercises that suit best."""
    how: str = ""
    """Such as: walk until the calf hurts moderately, rest until it is gone, repeat."""

    def __post_init__(self) -> None:
        _ordered(days=self.days, minutes=self.minutes, effort_rpe=self.effort_rpe, weekly_minutes=self.weekly_minutes)


@dataclass(frozen=True)
class Regular:
    """Limits of balance, stretching, mobility or nerve gliding in one regimen."""

    __pydantic_config__ = STRICT
    days: Range
    minutes: Range = (3, 15)
    times_a_day: int = 1

    def __post_init__(self) -> None:
        _ordered(days=self.days, minutes=self.minutes)


@dataclass(frozen=True)
class Phase:
    """One step of a staged programme (tendon, strain, after rupture)."""

    __pydantic_config__ = STRICT
    name: str
    weeks: Range
    """First and last week of the programme, both counted from 1."""
    dose: str
    """What changes, in words: 3-4 sets of 12 at 12RM."""
    exercises: tuple[str, ...] = ()
    go_on_if: str = ""
    """Criterion to pass to the next step."""
    sets: int | None = None
    repetitions: int | None = None


@dataclass(frozen=True)
class Progress:
    """How a programme grows over twelve weeks."""

    __pydantic_config__ = STRICT
    rule: Literal["two-for-two", "time", "symptoms", "none", "phases"]
    """`two-for-two`: more load after two extra repetitions in the last set of two sessions in a row; `none`: hold what there is."""
    step_percent: Range = (2, 10)
    every_weeks: int = 1
    deload_every_weeks: int = 4
    phases: tuple[Phase, ...] = ()
    how: str = ""

    def __post_init__(self) -> None:
        _ordered(step_percent=self.step_percent)
        if (self.rule == "phases") != bool(self.phases):
            raise ValueError("`phases` belong to the rule `phases`, and to no other")


PAIN_RULES = ("general", "tendon", "radicular", "neuromuscular", "claudication", "strain")
PainRule = Literal["general", "tendon", "radicular", "neuromuscular", "claudication", "strain"]


@dataclass(frozen=True)
class Regimen:
    """How a person with this condition at this stage may and should train."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    lay: str
    """Two or three plain sentences: the idea of training here."""
    support: Support
    review: Review
    strength: Strength | None = None
    """None: no loading at this stage."""
    aerobic: Endurance | None = None
    """None: no aerobic work at this stage. The parts below: None says nothing about them."""
    balance: Regular | None = None
    stretching: Regular | None = None
    mobility: Regular | None = None
    neural: Regular | None = None
    session_minutes_most: int = 60
    least_mrc: str = "3"
    """Groups weaker than this are not loaded: assisted or gravity-free movement only."""
    hazards: tuple[str, ...] = ()
    """Hazards that hold at this stage."""
    avoid: tuple[str, ...] = ()
    """Exercises that are not right at this stage."""
    prefer: tuple[str, ...] = ()
    """Exercises that suit best, first ones first."""
    progress: Progress = Progress("two-for-two")
    pain_rule: PainRule = "general"
    hold: tuple[str, ...] = ()
    """When to stop or to hold, in plain words."""
    advice: tuple[str, ...] = ()
    """Rules of the day: check the feet, train at the best time of the day."""
    supervised: str = ""
    """Who should supervise, where somebody should."""

    def __post_init__(self) -> None:
        MrcGrade(self.least_mrc)

    @property
    def trains(self) -> bool:
        """Whether there is any training at this stage."""
        return any((self.strength, self.aerobic, self.balance, self.stretching, self.mobility, self.neural))


Kind = Literal["medicine", "surgery", "procedure", "physical-therapy", "aid", "underlying", "lifestyle", "supportive", "monitoring"]
KINDS: tuple[Kind, ...] = get_args(Kind)
CautionLevel = Literal["contraindicated", "avoid", "caution"]


@dataclass(frozen=True)
class Caution:
    """A warning that is shown whenever one of its facts holds (and all of `together`)."""

    __pydantic_config__ = STRICT
    facts: tuple[str, ...]
    level: CautionLevel
    warning: str
    support: Support
    together: tuple[str, ...] = ()


@dataclass(frozen=True)
class Treatment:
    """Something to discuss with a clinician."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    lay: str
    """What it is and what it can do, in plain words."""
    kind: Kind
    support: Support
    review: Review
    examples: tuple[str, ...] = ()
    """Names of medicines of the class; no doses, save label limits of what is sold over the counter."""
    fact: str = ""
    """The fact that the person takes it already."""
    prescription: bool = False
    label_limit: str = ""
    """Label limit for adults of what is sold over the counter."""
    cautions: tuple[Caution, ...] = ()
    always: tuple[str, ...] = ()
    """Warnings for everybody: what to ask before it starts."""
    watch: str = ""
    """What is to be checked while it goes on."""


Line = Literal["first", "second", "specialist", "surgery", "urgent"]
LINES: tuple[Line, ...] = get_args(Line)


@dataclass(frozen=True)
class Option:
    """One treatment in the care of one condition."""

    __pydantic_config__ = STRICT
    treatment: str
    line: Line
    support: Support
    when: str = ""
    """When it is considered: after 6 weeks without relief; weakness of grade 3 or less."""
    after_tests: tuple[str, ...] = ()
    """Tests whose result decides it, while the cause is open."""
    note: str = ""


@dataclass(frozen=True)
class Avoided:
    """What does harm or no good here."""

    __pydantic_config__ = STRICT
    what: str
    why: str
    support: Support
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """Which regimen fits; the first that applies is taken. All that is given must hold; an unknown makes it fail unless `if_unknown`."""

    __pydantic_config__ = STRICT
    regimen: str
    weeks_below: float | None = None
    """Weeks since onset."""
    weeks_from: float | None = None
    back_of_leg_below: str = ""
    """MRC grade that the weakest group at the back of the leg is below."""
    facts: tuple[str, ...] = ()
    not_facts: tuple[str, ...] = ()
    walks: bool | None = None
    age_below: int | None = None
    if_unknown: bool = False


@dataclass(frozen=True)
class Point:
    """One statement with what stands behind it."""

    __pydantic_config__ = STRICT
    text: str
    support: Support


@dataclass(frozen=True)
class FollowUp:
    """When to be seen again, and for what."""

    __pydantic_config__ = STRICT
    when: str
    what: str
    support: Support
    weeks: float | None = None
    """Weeks until then, for the calendar."""


@dataclass(frozen=True)
class Pathway:
    """The care of one condition, or of several that are cared for alike."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    conditions: tuple[str, ...]
    aim: str
    """What treatment can and cannot do, in plain words."""
    options: tuple[Option, ...]
    course: tuple[Point, ...]
    """What to expect, with times."""
    follow_up: tuple[FollowUp, ...]
    come_back: tuple[str, ...]
    """What must bring the person back, in plain words."""
    stages: tuple[Stage, ...]
    """Which training regimen fits; the last one applies to all that are left. Empty: no exercise before treatment."""
    review: Review
    avoid: tuple[Avoided, ...] = ()
    devices: tuple[str, ...] = ()
    """Aids that suit this condition beyond those that the weakness itself calls for."""
    good_signs: tuple[str, ...] = ()
    bad_signs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.conditions and self.options and self.course and self.follow_up and self.come_back):
            raise ValueError("needs conditions, options, course, follow_up and come_back")


@dataclass(frozen=True)
class Weakness:
    """Weak enough, and where: any of the groups on either side below (and not below `at_least`) these MRC grades."""

    __pydantic_config__ = STRICT
    groups: tuple[MuscleGroup, ...]
    below: str
    at_least: str = "0"

    def __post_init__(self) -> None:
        MrcGrade(self.below)
        MrcGrade(self.at_least)


@dataclass(frozen=True)
class Device:
    """An orthosis, a walking aid or a change at home."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    lay: str
    support: Support
    review: Review
    weakness: tuple[Weakness, ...] = ()
    """Suggested if all of these hold."""
    facts: tuple[str, ...] = ()
    """Suggested if any of these holds."""
    how: str = ""
    """How it is chosen and used."""
    cautions: tuple[Caution, ...] = ()
    always: tuple[str, ...] = ()


@dataclass(frozen=True)
class Technique:
    """A technique of physical therapy with what it is worth."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    lay: str
    use: str
    evidence: str
    grade: Literal["helps", "may help", "little or no effect", "unknown", "advised against"]
    support: Support
    review: Review
    facts: tuple[str, ...] = ()
    """Of interest if any of these holds; empty: told to everybody."""
    dose: str = ""
    cautions: tuple[Caution, ...] = ()
    always: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prevention:
    """Something that lowers a risk: of getting weaker, of falls, of the next injury."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    action: str
    """What to do, in plain words."""
    effect: str
    """Effect size as the source states it, in words a person understands; or that nobody measured it."""
    support: Support
    review: Review
    facts: tuple[str, ...] = ()
    """For whom: any of these facts; empty: for everybody."""
    not_facts: tuple[str, ...] = ()
    kind: Literal["habit", "check-up", "home", "sport", "medical"] = "habit"
    checklist: tuple[str, ...] = ()
    """Boxes to tick."""
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True)
class SafetyPoint:
    """One line of the safety net for the fridge."""

    __pydantic_config__ = STRICT
    id: str
    level: Literal["emergency", "same_day", "within_2_weeks", "routine"]
    text: str
    support: Support
    facts: tuple[str, ...] = ()
    """For whom; empty: for everybody."""
    not_facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Goal:
    """What people want to do again, and what has to be trained for it."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    words: tuple[str, ...]
    """Phrases by which a goal is recognised."""
    groups: tuple[MuscleGroup, ...] = ()
    categories: tuple[Category, ...] = ()
    prefer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Equipment:
    """A thing to train with."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    words: tuple[str, ...] = ()
    household: bool = False
    """Everybody has it or something like it: a wall, a chair, a bed, a worktop."""
    brings: tuple[str, ...] = ()
    """What else is there with it: a gym brings its machines."""


@dataclass(frozen=True)
class Rule:
    """A general rule of training with its number and source: minima, rest, load steps, traffic lights."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    text: str
    """In plain words."""
    support: Support
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class CareKnowledge:
    """Everything that a plan is made of, by id."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    hazards: Mapping[str, Hazard] = field(default_factory=dict)
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    regimens: Mapping[str, Regimen] = field(default_factory=dict)
    treatments: Mapping[str, Treatment] = field(default_factory=dict)
    pathways: Mapping[str, Pathway] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)
    techniques: Mapping[str, Technique] = field(default_factory=dict)
    prevention: Mapping[str, Prevention] = field(default_factory=dict)
    safety_net: Mapping[str, SafetyPoint] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)
    equipment: Mapping[str, Equipment] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)

    def pathway_of(self, condition: str) -> Pathway | None:
        """The care of a condition, by its id."""
        return self._by_condition.get(condition)

    @property
    def _by_condition(self) -> Mapping[str, Pathway]:
        return {c: p for p in self.pathways.values() for c in p.conditions}
