"""Which help a measure gets on its page: a countdown, a stopwatch, a beat to rise to, or a walk. All of them work without it as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from soleus.domain.measure_entry import MeasureEntry

Kind = Literal["countdown", "stopwatch", "beat", "tally", "walk", "laps"]


@dataclass(frozen=True)
class Guide:
    """One helper. `timers.js` brings it to life."""

    kind: Kind
    seconds: int = 0
    """Length of a countdown, or where a stopwatch stops by itself; 0: never. [s]"""
    metres: float = 0
    """Length of a walk, or of one length of the way at first. [m]"""
    ready: int = 3
    """Time to get into place. [s]"""
    what: str = ""
    """One of what is counted."""

    @property
    def words(self) -> str:
        return {
            "countdown": f"Press Start, get into place, then the big button for each {self.what}. It stops after {self.seconds} seconds.",
            "stopwatch": "Press Start, get into place, and go when it says Go. Press Stop at the end.",
            "beat": f"Rise on Up, come down on Down. It counts each {self.what} for you. Press Stop when you cannot keep up.",
            "tally": f"Press the big button, or the space bar, for each {self.what}. Press Stop at the end.",
            "walk": f"Press Start, go when it says Go, press Stop at the mark. It works out your speed over {self.metres:g} metres.",
            "laps": f"Press the big button at the end of each length. It stops after {self.seconds} seconds; add the last part yourself.",
        }[self.kind]


GUIDES: Mapping[str, Guide] = {
    "chair-stand-30s": Guide("countdown", seconds=30, what="stand"),
    "five-times-sit-to-stand": Guide("stopwatch", seconds=60),
    "timed-up-and-go": Guide("stopwatch", seconds=120),
    "stair-climb-4": Guide("stopwatch", seconds=45),
    "single-leg-stance": Guide("stopwatch", seconds=45, ready=5),
    "heel-rise": Guide("beat", ready=5, what="rise"),
    "bilateral-heel-rise": Guide("tally", what="rise"),
    "hamstring-bridge": Guide("tally", what="lift", ready=5),
    "gait-speed-4m": Guide("walk", metres=4),
    "gait-speed-10m": Guide("walk", metres=10),
    "two-minute-walk": Guide("laps", seconds=120, metres=10),
    "six-minute-walk": Guide("laps", seconds=360, metres=30),
}
FIRST = ("heel-rise", "chair-stand-30s", "five-times-sit-to-stand", "calf-circumference", "single-leg-stance", "gait-speed-4m")
"""What to begin with at home: the calf, the thighs, standing and walking."""
GROUP_NAMES = {
    "performance": "What your legs can do",
    "strength": "Strength",
    "size": "Size",
    "symptom": "What you feel",
    "questionnaire": "Questionnaires: enter the score",
    "scale": "Scales that a clinician rates",
    "blood-flow": "Blood flow",
    "phone": "From a phone or watch",
}


def grouped(measures: Mapping[str, MeasureEntry], home: bool) -> list[tuple[str, list[MeasureEntry]]]:
    """Measures to be taken at home, or those that are not, by kind."""
    found: dict[str, list[MeasureEntry]] = {}
    for m in measures.values():
        if ("home" in m.who) is home and not (home and m.id in FIRST):
            found.setdefault(GROUP_NAMES[m.group], []).append(m)
    return [(name, found[name]) for name in GROUP_NAMES.values() if name in found]
