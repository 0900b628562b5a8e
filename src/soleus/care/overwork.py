"""Strength that falls while somebody trains: less work at no less effort, or the same work at clearly more effort. Each side apart.

In nerve and muscle disease this can be overwork (expert rule of neuromuscular rehabilitation); elsewhere it asks for rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

from soleus.domain.finding import Side
from soleus.domain.training_log import Done, LoggedSession

FALLING = 0.8
"""Work of a set in the last two sessions against the best two before, below which strength is said to fall (expert estimate)."""
FALLING_FAST = 0.7
"""The same with three sessions only, and for minutes of endurance work (expert estimate)."""
FALLING_SETS = 0.6
"""The same for all sets together: an easy week (two thirds of the sets) is no fall (expert estimate)."""
HARDER = 3.0
"""Rise of effort for the same work that counts as a fall. [points of 10] (expert estimate)"""
SAME_WORK = 1.1
EASIER = 1.0
"""Effort may be lower by this much and still count as no less. [points of 10]"""
HEAVIER = 1.1
LEAST, USUAL = 3, 4
"""Sessions that are needed: for a large fall, and for any."""
Measure = Callable[[Done], float | None]


def amount(done: Done) -> float | None:
    """Mean of the sets: repetitions, else seconds held."""
    sets = done.repetitions or done.holds_s
    return fmean(sets) if sets else None


def series(sessions: Sequence[LoggedSession]) -> dict[tuple[str, Side], list[Done]]:
    """What was done, by exercise and side, in the order of the days."""
    result: dict[tuple[str, Side], list[Done]] = {}
    for session in sorted(sessions, key=lambda s: s.on):
        for done in session.done:
            result.setdefault((done.exercise, done.side), []).append(done)
    return result


def told_side(side: Side) -> str:
    """` (left)`; nothing where the legs work together."""
    return "" if side in (Side.BOTH, Side.UNSTATED) else f" ({side.value})"


def drops(sessions: Sequence[LoggedSession], less_was_asked: bool = False) -> list[str]:
    """Exercises that fall, in words.

    Args:
        less_was_asked: The programme itself had asked for less work: fewer sets, minutes or kilograms are then no fall.
    """
    return [
        f"{exercise}{told_side(side)} {words}"
        for (exercise, side), done in series(sessions).items()
        if (words := _fall(done, less_was_asked))
    ]


def _fall(done: list[Done], less_was_asked: bool) -> str:
    loaded = all(d.load_kg for d in done) and not less_was_asked

    def of_a_set(d: Done) -> float | None:
        mean = amount(d)
        return mean * (d.load_kg or 1) if mean is not None and loaded else mean

    def of_all_sets(d: Done) -> float | None:
        mean = of_a_set(d)
        return mean * len(d.repetitions or d.holds_s) if mean is not None else None

    def minutes(d: Done) -> float | None:
        return d.minutes

    kilograms = [d.load_kg or 0 for d in done]
    if len(done) >= LEAST and max(kilograms[-2:]) > HEAVIER * max(kilograms[:-2]):
        return ""  # fewer repetitions belong to a heavier load
    if pair := _compared(done, of_a_set, FALLING):
        before, after = pair
        if loaded and before[0].load_kg != after[-1].load_kg:
            return f"{amount(before[0]):.0f} x {before[0].load_kg:g} kg to {amount(after[-1]):.0f} x {after[-1].load_kg:g} kg"
        return f"{fmean(amount(d) or 0 for d in before):.0f} to {fmean(amount(d) or 0 for d in after):.0f}"
    if not less_was_asked:
        if pair := _compared(done, of_all_sets, FALLING_SETS):
            was, now = (max(len(d.repetitions or d.holds_s) for d in group) for group in pair)
            return f"{was} sets to {now}"
        if pair := _compared(done, minutes, FALLING_FAST):
            was_min, now_min = (fmean(d.minutes or 0 for d in group) for group in pair)
            return f"{was_min:.0f} to {now_min:.0f} minutes"
    return next((words for measure in (of_all_sets, minutes) if (words := _harder(done, measure))), "")


def _compared(done: list[Done], measure: Measure, limit: float) -> tuple[list[Done], list[Done]] | None:
    """The best sessions before and the last two, if the last two stay below a part of them at no less effort."""
    groups = _groups(done, measure)
    if groups is None:
        return None
    before, after = groups
    was, now = (fmean(measure(d) or 0 for d in group) for group in groups)
    if len(done) < USUAL:
        limit = min(limit, FALLING_FAST)
        if any((measure(d) or 0) >= was for d in after):  # one bad day of three is no fall
            return None
    efforts = _efforts(before), _efforts(after)
    easier = efforts[0] is not None and efforts[1] is not None and efforts[1] < efforts[0] - EASIER
    fell = now < limit * was or (len(done) < USUAL and now <= limit * was)
    return groups if fell and not easier else None


def _harder(done: list[Done], measure: Measure) -> str:
    """The same work at an effort that has risen a lot, in words."""
    groups = _groups(done, measure)
    if groups is None:
        return ""
    was, now = (fmean(measure(d) or 0 for d in group) for group in groups)
    before, after = (_efforts(group) for group in groups)
    if before is None or after is None or now > SAME_WORK * was or after < before + HARDER:
        return ""
    return f"effort {before:.0f} to {after:.0f} for the same work"


def _groups(done: list[Done], measure: Measure) -> tuple[list[Done], list[Done]] | None:
    """The best two sessions before (one, of three in all) and the last two; None where too little is told."""
    known = [d for d in done if measure(d) is not None]
    if len(known) < LEAST or any(measure(d) is None for d in done[-2:]):
        return None
    earlier = sorted((d for d in known[:-2] if measure(d)), key=lambda d: -(measure(d) or 0))[:2]
    return (earlier, known[-2:]) if earlier else None


def _efforts(group: list[Done]) -> float | None:
    told = [d.effort_rpe for d in group if d.effort_rpe is not None]
    return fmean(told) if told else None
