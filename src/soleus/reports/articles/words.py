"""Plain words for shares, ages, times and grades, so that a lay person reads no bare probability."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from soleus.domain.exercise import Muscle, MuscleGroup
from soleus.domain.finding import AGE_BANDS
from soleus.domain.knowledge_base import COURSES, ONSETS
from soleus.reports.careplan.text import lowered

GROUPS: Mapping[MuscleGroup, str] = {
    "plantar-flexors": "calf (pushing off)",
    "foot-intrinsics": "small muscles of the foot",
    "toe-flexors": "toe benders",
    "ankle-invertors": "inner ankle",
    "ankle-evertors": "outer ankle",
    "dorsiflexors": "shin (lifting the foot)",
    "knee-flexors": "back of the thigh (bending the knee)",
    "knee-extensors": "front of the thigh (straightening the knee)",
    "hip-extensors": "buttock (pushing the thigh back)",
    "hip-abductors": "side of the hip",
    "hip-adductors": "inner thigh",
    "hip-flexors": "front of the hip",
    "hip-rotators": "deep hip muscles",
    "trunk": "belly and back",
    "arms": "arms",
    "breathing": "breathing muscles",
}
MUSCLES: Mapping[Muscle, str] = {
    "gastrocnemius": "upper calf (gastrocnemius)",
    "soleus": "deep calf (soleus)",
    "tibialis-posterior": "inner calf, which holds the arch (tibialis posterior)",
    "toe-flexors": "toe benders",
    "foot-intrinsics": "small muscles of the foot",
    "tibialis-anterior": "shin (tibialis anterior)",
    "peroneals": "outer lower leg (peroneals)",
    "hamstrings": "back of the thigh (hamstrings)",
    "quadriceps": "front of the thigh (quadriceps)",
    "gluteus-maximus": "buttock (gluteus maximus)",
    "gluteus-medius": "side of the hip (gluteus medius)",
    "adductors": "inner thigh (adductors)",
    "iliopsoas": "front of the hip (iliopsoas)",
    "hip-rotators": "deep hip muscles",
    "trunk": "belly and back",
    "arms": "arms",
    "diaphragm": "diaphragm (breathing)",
}
AGES = ("young children", "older children and teenagers", "younger adults", "people in middle age", "older people", "very old people")
"""In the order of `AGE_BANDS`."""
ONSET = dict(
    zip(
        ONSETS,
        ("within a day", "over some days", "over some weeks", "over some months", "over years"),
        strict=True,
    )
)
COURSE = dict(
    zip(
        COURSES,
        (
            "getting worse",
            "staying as it is",
            "getting better",
            "coming in bouts with better times between",
            "coming in short attacks",
        ),
        strict=True,
    )
)
VERDICT = {"supported": "True", "partly": "Partly true", "unsupported": "Not supported"}
CAUTION = {"contraindicated": "Not for you", "avoid": "Better not", "caution": "With care"}
RARITY = (
    (20.0, "A common cause of a weak leg."),
    (2.0, "A less common cause of a weak leg."),
    (0.2, "A rare cause of a weak leg."),
    (0.0, "A very rare cause of a weak leg."),
)
"""By new complaints of a weak leg per 100,000 people a year. [1/100,000/y]"""
assert len(AGES) == len(AGE_BANDS)


def in_100(p: float, *, guess: bool = False) -> str:
    """A share as a number of people; a guess is rounded to fives, as nobody knows it better.

    Args:
        p: Share, 0 to 1. [-]

    Examples:
        >>> in_100(0.963), in_100(0.36, guess=True), in_100(0.004), in_100(0.999), in_100(0.01, guess=True)
        ('96 in 100', 'about 35 in 100', 'fewer than 1 in 100', 'nearly all', 'about 1 in 100')
    """
    assert 0 <= p <= 1
    if p < 0.005:
        return "fewer than 1 in 100"
    n = math.floor(100 * p + 0.5)
    if guess and n >= 5:
        n = 5 * math.floor(n / 5 + 0.5)
    return "nearly all" if n >= 100 else f"{'about ' if guess else ''}{n} in 100"


def joined(parts: Iterable[str], word: str = "and") -> str:
    """An enumeration in words.

    Examples:
        >>> joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"], "or")
        ('a', 'a and b', 'a, b or c')
    """
    *most, last = parts
    return f"{', '.join(most)} {word} {last}" if most else last


def ended(text: str) -> str:
    """One sentence or several, trimmed, with a full stop at the end and a capital at the start."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def low(name: str) -> str:
    """A name in the middle of a sentence; abbreviations and people's names keep their capitals."""
    return lowered(name)


def likeliest(shares: Sequence[float], names: Mapping[str, str], order: Sequence[str]) -> str:
    """The one or two commonest of several ways, in words."""
    ranked = sorted(zip(shares, order, strict=True), key=lambda x: -x[0])
    (first, a), (second, b) = ranked[:2]
    if first >= 0.6 or second < 0.2:
        return f"mostly {names[a]}" if first >= 0.6 else f"often {names[a]}"
    x, y = sorted((a, b), key=order.index)
    return f"{names[x]} or {names[y]}"


def ages(rates: Sequence[float]) -> str:
    """Who gets it by age: the bands with at least 60 % of the highest rate, in words."""
    highest = max(rates)
    common = [i for i, r in enumerate(rates) if r >= 0.6 * highest]
    if len(common) == len(rates):
        return "people of any age"
    if common == list(range(2, len(rates))):
        return "adults of any age"
    return joined(AGES[i] for i in common)


def sexes(male_share: float) -> str:
    """Whether men or women have it more often, in words."""
    for least, words in (
        (0.95, "nearly always men"),
        (0.65, "more often men"),
        (0.35, "men and women about alike"),
        (0.05, "more often women"),
    ):
        if male_share >= least:
            return words
    return "nearly always women"


def span(low_: float, high: float) -> str:
    """A range as people say it.

    Examples:
        >>> span(2, 4), span(3.0, 3.0), span(0, 5), span(2, 60)
        ('2 to 4', '3', 'up to 5', '2 to 60')
    """
    return f"{low_:g}" if low_ == high else f"up to {high:g}" if low_ == 0 else f"{low_:g} to {high:g}"
