"""What was done and how it felt, turned into the coming week: grow, hold, go back, or stop. Left and right apart.

Stops come first (`care.stops`), then the overwork guard (`care.overwork`): in nerve and muscle disease more is not better. Soreness
beyond 48 hours, pain, new cramps or a fall cut the dose, and say why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from soleus.care.dose import SideDose
from soleus.care.overwork import amount, drops, series, told_side
from soleus.care.stops import HOW_TO_GO_ON, cleared_since, seen_until, standing_stop
from soleus.care.weeks import WEEK, Counted, counted, is_easy, less_asked
from soleus.domain.care import Regimen, Rule
from soleus.domain.exercise import Dose
from soleus.domain.finding import Side
from soleus.domain.training_log import Done, LoggedSession, TrainingLog

Light = Literal["green", "amber", "red"]
NO_NAMES: Mapping[str, str] = {}
LOOK_BACK = timedelta(days=28)
SORE_AMBER_H = 24
LESS_FOR = timedelta(days=14)
"""So long before a session a sign of too much explains that less was done in it: the programme had asked for less."""
WEAKER = "Less work although the effort was no less, or more effort for the same work"
CUTS = {
    "new cramps": "New cramps can be a sign of overwork.",
    "twitching more": "More twitching can be a sign of overwork.",
    "fall": "You fell: balance work is done one step easier and with a hand on something firm.",
}


@dataclass(frozen=True)
class Limits:
    """What passes and what does not, from the general rules and the regimen."""

    pain: float
    """Highest pain during exercise and next morning that passes, 0 to 10."""
    pain_red: float
    walking: bool
    """Whether walking into pain is what is asked for, as with narrow leg arteries: pain while walking then never passes a limit."""
    sore_red_h: float
    cut: float
    """Part of the volume that is left after an amber week. [-]"""


def limits_of(regimen: Regimen, rules: Mapping[str, Rule]) -> Limits:
    """The limits of a regimen; a pain rule that is not counted out of 10 falls back on the general one."""

    def number(rule: str) -> float:
        value = rules[rule].value
        assert value is not None, f"rule {rule} has no number"
        return value

    own = rules[f"pain-{regimen.pain_rule}"]
    pain = own.value if own.value is not None and own.unit == "of 10" else number("pain-general")
    return Limits(
        pain=pain,
        pain_red=max(number("traffic-light-amber"), pain),
        walking=regimen.pain_rule == "claudication",
        sore_red_h=number("traffic-light-red"),
        cut=1 - number("regress-amber") / 100,
    )


@dataclass(frozen=True)
class Feedback:
    """What the log says of the coming week."""

    light: Light = "green"
    volume: float = 1.0
    stop: tuple[str, str] | None = None
    """(how soon to be seen, why) when the programme has to stop."""
    reasons: tuple[str, ...] = ()
    own_doses: Mapping[tuple[str, Side], SideDose] = field(default_factory=dict)
    leave_out: frozenset[tuple[str, Side]] = frozenset()
    """Exercises that brought more pain than passes, with the side that they were done on."""
    fell: bool = False
    """Balance work goes down a level."""
    review: tuple[str, ...] = ()
    """Why the person should be seen again although nothing is urgent."""


def feedback(
    log: TrainingLog,
    doses: Mapping[str, Dose],
    regimen: Regimen,
    rules: Mapping[str, Rule],
    today: date,
    falling_measures: tuple[str, ...] = (),
    walking: Collection[str] = (),
    gentle: Collection[str] = (),
    names: Mapping[str, str] = NO_NAMES,
) -> Feedback:
    """Judge the last four weeks; what stops the programme, however old it is.

    Args:
        doses: The usual dose by exercise, within the regimen.
        falling_measures: Names of measures whose decline is real, from the trends.
        walking: Ids of the exercises that are walking.
        gentle: Ids of the exercises that are no training to be made harder: movement, stretching, nerve glides.
        names: What to call an exercise, by its id.
    """
    stop = standing_stop(log.sessions)
    if stop is not None:
        return Feedback("red", 0.0, stop, (stop[1],))
    limits = limits_of(regimen, rules)
    days = counted(log.sessions, today)
    less = less_asked(days[:-1], regimen)
    if regimen.pain_rule == "neuromuscular" and (fell := _fell_ever(log.sessions, limits, walking, less)):
        why = f"{WEAKER}: {', '.join(_named(f, names) for f in fell)}. In nerve and muscle disease this can be overwork. {HOW_TO_GO_ON}"
        return Feedback("red", 0.0, ("within_2_weeks", why), (why,), review=(why,))
    recent = tuple(s for s in log.sessions if today - LOOK_BACK <= s.on <= today)
    if not recent:
        return _after_a_break(days[-1])
    week = tuple(s for s in recent if s.on > today - timedelta(days=8)) or recent[-1:]
    light, volume, reasons = _guard(week, limits, walking)
    if fell := _falls(recent, limits, walking, less):
        light, volume = "red", min(volume, 0.5)
        reasons.append(f"{WEAKER}: {', '.join(_named(f, names) for f in fell)}. Half the work this week, then build up.")
    if cleared_since(log.sessions, today - timedelta(days=7)):
        light, volume = ("red" if light == "red" else "amber"), min(volume, limits.cut)
        reasons.append(f"You were seen after a stop: begin again with {1 - limits.cut:.0%} less this week.")
    pause = _after_a_break(days[-1])
    if pause.reasons:
        light, volume, reasons = "red" if light == "red" else "amber", min(volume, pause.volume), [*reasons, *pause.reasons]
    review = [f"{name} keeps falling while you train: have the cause looked at again." for name in falling_measures if len(week) >= 2]
    grows = light == "green" and volume == 1 and not is_easy(regimen, days[-1].week)
    own = {
        key: dose
        for key, done in _last_two(recent).items()
        if (dose := _next_dose(done, doses.get(key[0]), regimen, limits, grows and key[0] not in gentle, walking))
    }
    too_painful = frozenset((d.exercise, d.side) for s in week for d in s.done if _hurts(d, limits, walking))
    if too_painful:
        hurt = ", ".join(_named(f"{id_}{told_side(side)}", names) for id_, side in sorted(too_painful))
        reasons.append(f"Left out, and so are its harder forms, because it hurt too much: {hurt}.")
    fall = any("fall" in s.symptoms for s in week)
    return Feedback(light, volume, None, tuple(reasons), own, too_painful, fall, tuple(review))


def _named(words: str, names: Mapping[str, str]) -> str:
    """Words that begin with the id of an exercise, with its name in place of it."""
    id_, space, rest = words.partition(" ")
    return f"{names.get(id_, id_)}{space}{rest}"


def _hurts(done: Done, limits: Limits, walking: Collection[str]) -> bool:
    """Whether an exercise brought more pain than passes."""
    return (done.pain or 0) > limits.pain and not (limits.walking and done.exercise in walking)


def _falls(sessions: tuple[LoggedSession, ...], limits: Limits, walking: Collection[str], less: frozenset[date]) -> list[str]:
    """Exercises whose work falls, since a clinician last looked at it; less work that the programme asked for is no fall.

    Args:
        less: Days on which the programme asked for less by its calendar.
    """
    seen = seen_until(sessions)
    since = tuple(s for s in sessions if s.on > seen)
    if not since:
        return []
    last = max(s.on for s in since)
    before = tuple(s for s in since if last - LESS_FOR <= s.on < last)
    asked = any(last - WEEK <= day <= last for day in less) or _guard(before, limits, walking)[1] < 1
    return drops(since, less_was_asked=asked)


def _fell_ever(sessions: tuple[LoggedSession, ...], limits: Limits, walking: Collection[str], less: frozenset[date]) -> list[str]:
    """The last fall in the log that nobody has looked at: each session against the four weeks before it."""
    seen = seen_until(sessions)
    since = sorted((s for s in sessions if s.on > seen), key=lambda s: s.on)
    for last in reversed(range(2, len(since))):
        window = tuple(s for s in since[: last + 1] if s.on >= since[last].on - LOOK_BACK)
        if fell := _falls(window, limits, walking, less):
            return fell
    return []


def _guard(week: tuple[LoggedSession, ...], limits: Limits, walking: Collection[str]) -> tuple[Light, float, list[str]]:
    """Traffic light of the last week and the part of the volume that is left."""
    light: Light = "green"
    volume, reasons = 1.0, []
    sore = max((s.soreness_hours or 0 for s in week), default=0)
    during = (d.pain or 0 for s in week for d in s.done if not (limits.walking and d.exercise in walking))
    pain = max((*during, *(s.pain_next_morning or 0 for s in week)), default=0)
    if sore > limits.sore_red_h:
        light, volume = "red", 0.5
        reasons.append(f"Sore for {sore:g} hours: more than {limits.sore_red_h:g} hours is too much. Half the work this week.")
    elif sore > SORE_AMBER_H:
        light = "amber"
        reasons.append(f"Sore for {sore:g} hours: repeat the same week before adding anything.")
    if pain > limits.pain_red:
        light, volume = "red", 0.5
        reasons.append(f"Pain of {pain:g} out of 10 is too much. Half the work this week, and nothing that brings the pain.")
    elif pain > limits.pain:
        light, volume = ("red" if light == "red" else "amber"), min(volume, limits.cut)
        reasons.append(f"Pain of {pain:g} out of 10 is above your limit of {limits.pain:g}: {1 - limits.cut:.0%} less this week.")
    for symptom, why in CUTS.items():
        if any(symptom in s.symptoms for s in week):
            light, volume = ("red" if light == "red" else "amber"), min(volume, limits.cut)
            reasons.append(f"{why} {1 - limits.cut:.0%} less this week.")
    return light, volume, reasons


def _after_a_break(day: Counted) -> Feedback:
    if day.pause is None:
        return Feedback()
    return Feedback("amber", day.pause.volume, None, (f"{day.pause.words} This is week {day.week} of the programme.",))


def _last_two(sessions: tuple[LoggedSession, ...]) -> dict[tuple[str, Side], list[Done]]:
    return {key: done[-2:] for key, done in series(sessions).items()}


def _next_dose(
    done: list[Done], usual: Dose | None, regimen: Regimen, limits: Limits, grows: bool, walking: Collection[str]
) -> SideDose | None:
    """What one side does next: its own last did, one step more where two-for-two was reached, one step less where pain forbids."""
    last = done[-1]
    did = amount(last)
    if usual is None or did is None:
        return None
    too_painful = _hurts(last, limits, walking)
    # after a week of fewer sets they come back one at a time; the week has room for no more than its usual number
    sets = min(len(last.repetitions or last.holds_s) + grows, usual.sets + 1)
    twice = len(done) == 2 and (amount(done[0]) or 0) >= did
    if last.holds_s:
        target = usual.hold_s or round(did)
        more = max(did / 10, 1) if grows and (did >= target or twice) else 0
        hold = did * limits.cut if too_painful else did + more
        return SideDose(last.side, sets, usual.repetitions, max(round(min(hold, 1.5 * target)), 1))
    target = usual.repetitions or round(did)
    own = SideDose(last.side, sets, max(round(min(did, target)), 1), None, load=_kilograms(last.load_kg))
    if too_painful:
        return replace(own, repetitions=max(round(did * limits.cut), 1))
    reached = len(done) == 2 and all(d.repetitions and d.repetitions[-1] >= target + 2 for d in done)
    if grows and reached and regimen.progress.rule == "two-for-two":
        step = regimen.progress.step_percent[0]
        heavier = (
            _kilograms(last.load_kg and last.load_kg * (1 + step / 100))
            or f"one step more load ({step:g} to {regimen.progress.step_percent[1]:g} %)"
        )
        return replace(own, repetitions=target, load=heavier)
    if not grows or regimen.progress.rule == "none":
        return own
    if did < target:  # the number was reached twice: one more, until it is the usual one
        return replace(own, repetitions=min(round(did) + twice, target))
    if regimen.progress.rule == "phases":  # the phase says how many
        return own
    most = max(int(regimen.strength.repetitions[1]), target) if regimen.strength else target + 2
    return replace(own, repetitions=min(round(did) + 1, target + 2, most))


def _kilograms(load_kg: float | None) -> str:
    return f"{load_kg:.1f} kg" if load_kg else ""
