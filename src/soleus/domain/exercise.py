"""Exercises as plain values: what they train, what they ask of the person, how they are done and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from soleus.domain.strength import MrcGrade
from soleus.domain.support import STRICT, Review, Support

Category = Literal["resistance", "balance", "aerobic", "stretching", "mobility", "neural"]
CATEGORIES: tuple[Category, ...] = get_args(Category)
MuscleGroup = Literal[
    "plantar-flexors",
    "foot-intrinsics",
    "toe-flexors",
    "ankle-invertors",
    "ankle-evertors",
    "dorsiflexors",
    "knee-flexors",
    "knee-extensors",
    "hip-extensors",
    "hip-abductors",
    "hip-adductors",
    "hip-flexors",
    "hip-rotators",
    "trunk",
    "arms",
    "breathing",
]
MUSCLE_GROUPS: tuple[MuscleGroup, ...] = get_args(MuscleGroup)
BACK_OF_LEG: tuple[MuscleGroup, ...] = ("plantar-flexors", "knee-flexors", "hip-extensors")
"""The groups Soleus exists for."""
Muscle = Literal[
    "gastrocnemius",
    "soleus",
    "tibialis-posterior",
    "toe-flexors",
    "foot-intrinsics",
    "tibialis-anterior",
    "peroneals",
    "hamstrings",
    "quadriceps",
    "gluteus-maximus",
    "gluteus-medius",
    "adductors",
    "iliopsoas",
    "hip-rotators",
    "trunk",
    "arms",
    "diaphragm",
]
GROUP_OF: Mapping[str, MuscleGroup] = {
    "gastrocnemius": "plantar-flexors",
    "soleus": "plantar-flexors",
    "tibialis-posterior": "ankle-invertors",
    "toe-flexors": "toe-flexors",
    "foot-intrinsics": "foot-intrinsics",
    "tibialis-anterior": "dorsiflexors",
    "peroneals": "ankle-evertors",
    "hamstrings": "knee-flexors",
    "quadriceps": "knee-extensors",
    "gluteus-maximus": "hip-extensors",
    "gluteus-medius": "hip-abductors",
    "adductors": "hip-adductors",
    "iliopsoas": "hip-flexors",
    "hip-rotators": "hip-rotators",
    "trunk": "trunk",
    "arms": "arms",
    "diaphragm": "breathing",
}
"""The muscle group, as strength is tested, that a muscle belongs to."""
Position = Literal["lying", "side-lying", "prone", "sitting", "long-sitting", "four-point", "kneeling", "standing", "walking", "water"]
LoadKind = Literal[
    "assisted",
    "gravity-reduced",
    "active-range",
    "isometric",
    "gravity",
    "elastic",
    "body-weight",
    "free-weight",
    "machine",
    "impact",
    "stretch",
    "balance",
    "aerobic",
    "glide",
    "breathing",
]
Stress = Literal[
    "eccentric",  # the muscle is loaded while it lengthens, as the point of the exercise
    "heavy",  # done with loads of about 70 % of the most one can lift, or more
    "impact",  # hops, jumps, running
    "maximal",  # done until nothing is left
    "sustained-hold",  # contraction held 20 s or longer
    "calf-load",  # body weight or more goes through the calf and the Achilles tendon
    "calf-stretch",  # ankle bent up to its limit
    "heel-below-floor",  # heel sinks below the ball of the foot under load
    "hamstring-load",  # the hamstrings are loaded
    "hamstring-stretch",  # hamstrings at long length: loaded there, or stretched
    "spine-flexion",  # the low back is bent forward
    "spine-extension",  # the low back is bent backward
    "spine-load",  # axial load or weight held with the back
    "neck-load",
    "hip-flexion-deep",  # hip bent beyond 90 degrees
    "hip-crossing",  # leg crosses the midline, or hip turned inward
    "deep-knee-bend",
    "kneeling",
    "head-down",
    "straining",  # tempts to hold the breath
    "weight-bearing",  # both feet carry the body
    "forefoot-pressure",  # high pressure under the ball of the foot
    "single-leg",  # one leg carries the body
    "unsteady",  # could fall without a rail, wall or helper
    "on-floor",  # has to get down to the floor and up again
    "lying-flat",
    "prone",
    "nerve-tension",  # pulls on the sciatic nerve
    "water",
    "heat",
    "vigorous",  # breathless effort
    "twisting",
]
STRESSES: tuple[Stress, ...] = get_args(Stress)
Sides = Literal["both", "each", "whole"]
"""`both`: two legs at once; `each`: one leg after the other, dosed apart; `whole`: the body, such as walking."""


@dataclass(frozen=True)
class Needs:
    """What a person must be able to do before an exercise is offered."""

    __pydantic_config__ = STRICT
    mrc: Mapping[MuscleGroup, str] = field(default_factory=dict)
    """Least MRC grade of a group on the side that is trained (on both where both legs work)."""
    balance: int = 0
    """0 none, 1 sits alone, 2 stands with hands, 3 stands free 30 s, 4 stands on one leg 10 s, 5 on one leg 30 s."""
    arms: bool = False
    walks: bool = False

    def __post_init__(self) -> None:
        for grade in self.mrc.values():
            MrcGrade(grade)
        if not 0 <= self.balance <= 5:
            raise ValueError(f"balance {self.balance} is outside 0 to 5")


@dataclass(frozen=True)
class Dose:
    """How much of an exercise one session holds: repetitions, or holds in seconds, or minutes."""

    __pydantic_config__ = STRICT
    sets: int = 1
    repetitions: int | None = None
    hold_s: int | None = None
    """Hold of each repetition. [s]"""
    minutes: int | None = None
    seconds_per_repetition: float = 4.0
    rest_s: int = 60
    effort_rpe: int = 4
    """Rating of perceived exertion, 0 (rest) to 10 (nothing left)."""

    def __post_init__(self) -> None:
        if (self.repetitions is None) == (self.minutes is None):
            raise ValueError("give either `repetitions` (with `hold_s` where each is held) or `minutes`")
        if not (1 <= self.sets <= 6 and 0 <= self.effort_rpe <= 10 and 0 <= self.rest_s <= 300):
            raise ValueError("sets 1 to 6, effort_rpe 0 to 10, rest_s 0 to 300")
        for name, value, most in (("repetitions", self.repetitions, 60), ("hold_s", self.hold_s, 180), ("minutes", self.minutes, 90)):
            if value is not None and not 1 <= value <= most:
                raise ValueError(f"{name} {value} is outside 1 to {most}")


@dataclass(frozen=True)
class Step:
    """The next easier or harder thing to do: another exercise, or a way to do this one."""

    __pydantic_config__ = STRICT
    how: str
    to: str = ""
    """Id of the exercise it becomes, where it becomes another one."""

    def __post_init__(self) -> None:
        if ", to:" in self.how:
            raise ValueError("`to` stands inside the quotes of `how`")


@dataclass(frozen=True)
class Exercise:
    """One exercise of the catalogue."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    lay: str
    """What it is good for, in one plain sentence."""
    category: Category
    muscles: tuple[Muscle, ...]
    """Main muscles first."""
    action: str
    """Joint action, such as `ankle plantar flexion, knee straight`."""
    position: Position
    level: int
    """1 lying or assisted, 2 sitting or supported, 3 standing with body weight, 4 one leg or external load, 5 high load or impact."""
    load: LoadKind
    sides: Sides
    dose: Dose
    easier: Step
    harder: Step
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    safety: str
    figure: Mapping[str, Any]
    """Poses by joint angles; `domain.figure` reads them."""
    support: Support
    review: Review
    also: tuple[Muscle, ...] = ()
    """Muscles that work along."""
    stress: tuple[Stress, ...] = ()
    equipment: tuple[str, ...] = ()
    needs: Needs = Needs()
    tags: tuple[str, ...] = ()
    """Settings it suits: bed, chair, pool, gym, floor; programmes it belongs to: otago, alfredson, l-protocol, flexion, extension."""
    not_for: tuple[str, ...] = ()
    """Hazards that rule it out beyond those that its stresses bring."""

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 5:
            raise ValueError(f"level {self.level} is outside 1 to 5")
        if not self.muscles:
            raise ValueError("names no muscle")
        if not 2 <= len(self.cues) <= 5 or not 1 <= len(self.faults) <= 4:
            raise ValueError("has 2 to 5 cues and 1 to 4 faults")

    @property
    def groups(self) -> tuple[MuscleGroup, ...]:
        """Muscle groups it trains, the main one first."""
        return tuple(dict.fromkeys(GROUP_OF[m] for m in self.muscles))

    @property
    def is_loading(self) -> bool:
        """Whether the trained groups need rest after it: all strength work but gentle contraction and movement without load."""
        gentle = self.load in ("assisted", "gravity-reduced", "active-range") or (self.level == 1 and self.load == "isometric")
        return self.category == "resistance" and not gentle
