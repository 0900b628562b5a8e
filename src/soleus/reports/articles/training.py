"""How much to train, in plain lines: the limits of a regimen, the dose of an exercise."""

from __future__ import annotations

from collections.abc import Iterator

from soleus.domain.care import Regimen, Regular
from soleus.domain.exercise import Dose
from soleus.reports.articles.words import span


def dose_items(r: Regimen) -> Iterator[str]:
    """A line for each part of a regimen."""
    if s := r.strength:
        effort = f"effort {span(*s.effort_rpe)} of 10"
        yield (
            f"Strength: {_days(s.days)}, {span(*s.sets)} sets of {span(*s.repetitions)}, {effort}, "
            f"{s.rest_s} seconds of rest between sets, {s.rest_h} hours before the same muscles work again."
        )
    if a := r.aerobic:
        line = f"Endurance: {_days(a.days)}, {span(*a.minutes)} minutes at an effort of {span(*a.effort_rpe)} of 10."
        yield f"{line} {a.how}".strip()
    for name, part in (("Balance", r.balance), ("Stretching", r.stretching), ("Mobility", r.mobility), ("Nerve glides", r.neural)):
        if part:
            yield f"{name}: {_regular(part)}."


def _days(days: tuple[float, float]) -> str:
    return f"{span(*days)} day{'' if days[1] == 1 else 's'} a week"


def _regular(part: Regular) -> str:
    often = f", {part.times_a_day} times a day" if part.times_a_day > 1 else ""
    return f"{_days(part.days)}, {span(*part.minutes)} minutes{often}"


def dose_words(d: Dose) -> str:
    """The dose with which an exercise is usually begun."""
    if d.minutes is not None:
        work = f"{d.minutes} minutes"
        return f"{work}{f', {d.sets} times' if d.sets > 1 else ''}, at an effort of {d.effort_rpe} of 10"
    sets = f"{d.sets} set{'' if d.sets == 1 else 's'} of {d.repetitions}"
    hold = f", each held {d.hold_s} seconds" if d.hold_s else ""
    rest = f", {d.rest_s} seconds of rest between sets" if d.sets > 1 and d.rest_s else ""
    return f"{sets}{hold}, at an effort of {d.effort_rpe} of 10{rest}"
