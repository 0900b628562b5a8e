"""What was done and how it felt, turned into the coming week: grow, hold, go back, or stop. Left and right apart.

The overwork guard comes first: in nerve and muscle disease more is not better. Strength that falls, soreness beyond 48 hours, new
cramps or dark urine cut the dose or stop the programme, and say why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from statistics import fmean
from typing import Literal

from soleus.care.dose import SideDose
from soleus.domain.care import Regimen, Rule
from soleus.domain.exercise import Dose
from soleus.domain.finding import Side
from soleus.domain.training_log import Done, LoggedSession, TrainingLog

Light = Literal["green", "amber", "red"]
LOOK_BACK = timedelta(days=28)
SORE_AMBER_H = 24
STOPS = {
    "dark urine": (
        "emergency",
        "Dark urine after exercise can mean that muscle is breaking down and the kidneys are in danger. Seek medical care today.",
    ),
    "chest symptoms": ("emergency", "Chest pain, faintness or a racing pulse with exercise: call for help now."),
    "leg swelling": ("same_day", "A leg that swells may hold a blood clot. Have it looked at today, before any more exercise."),
    "weaker next day": (
        "within_2_weeks",
        "Muscles that are weaker the day after were asked for too much. Rest, then see your clinician before going on.",
    ),
    "new numbness": ("within_2_weeks", "New numbness means that a nerve is troubled. Stop, and see your clinician before going on."),
}
"""Symptoms that stop the programme: how soon to be seen, and why."""
CUTS = {
    "new cramps": "New cramps can be a sign of overwork.",
    "twitching more": "More twitching can be a sign of overwork.",
    "fall": "You fell: balance work is done one step easier and with a hand on something firm.",
}
FALLING = 0.8
"""Repetitions of the last two sessions against the best two before, below which strength is said to fall (expert estimate)."""
MISSED = (
    (28, 0.5, "four weeks or more", "begin with half of the work"),
    (14, 0.8, "two weeks or more", "go back two steps"),
    (9, 1.0, "a week", "repeat the last week"),
)
"""After so many days without training: part of the volume, and what to do (rule `missed-week`)."""


@dataclass(frozen=True)
class Limits:
    """What passes and what does not, from the general rules and the regimen."""

    pain: float
    """Highest pain during exercise and next morning that passes, 0 to 10."""
    pain_red: float
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
    walks_into_pain = regimen.pain_rule == "claudication"
    return Limits(
        pain=10 if walks_into_pain else pain,
        pain_red=10 if walks_into_pain else max(number("traffic-light-amber"), pain),
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
    review: tuple[str, ...] = ()
    """Why the person should be seen again although nothing is urgent."""


def feedback(
    log: TrainingLog,
    doses: Mapping[str, Dose],
    regimen: Regimen,
    rules: Mapping[str, Rule],
    today: date,
    falling_measures: tuple[str, ...] = (),
) -> Feedback:
    """Judge the last four weeks.

    Args:
        doses: The usual dose by exercise, within the regimen.
        falling_measures: Names of measures whose decline is real, from the trends.
    """
    recent = tuple(s for s in log.sessions if today - LOOK_BACK <= s.on <= today)
    if not recent:
        return _after_a_break(log, today)
    week = tuple(s for s in recent if s.on > today - timedelta(days=8)) or recent[-1:]
    stop = next((STOPS[name] for name in STOPS for s in week if name in s.symptoms), None)
    if stop is not None:
        return Feedback("red", 0.0, stop, (stop[1],))
    drops = tuple(_drops(recent))
    if drops and regimen.pain_rule == "neuromuscular":
        why = f"Fewer repetitions although the effort was the same: {', '.join(drops)}. In nerve and muscle disease this can be overwork."
        return Feedback("red", 0.0, ("within_2_weeks", why), (why,), review=(why,))
    limits = limits_of(regimen, rules)
    light, volume, reasons = _guard(week, limits)
    if drops:
        light, volume = "red", min(volume, 0.5)
        reasons.append(f"Fewer repetitions although the effort was the same: {', '.join(drops)}. Half the work this week, then build up.")
    pause = _after_a_break(log, today)
    if pause.reasons:
        light, volume, reasons = "red" if light == "red" else "amber", min(volume, pause.volume), [*reasons, *pause.reasons]
    review = [f"{name} keeps falling while you train: have the cause looked at again." for name in falling_measures if len(week) >= 2]
    grows = light == "green" and volume == 1
    own = {key: dose for key, done in _last_two(recent).items() if (dose := _next_dose(done, doses.get(key[0]), regimen, limits, grows))}
    return Feedback(light, volume, None, tuple(reasons), own, tuple(review))


def _guard(week: tuple[LoggedSession, ...], limits: Limits) -> tuple[Light, float, list[str]]:
    """Traffic light of the last week and the part of the volume that is left."""
    light: Light = "green"
    volume, reasons = 1.0, []
    sore = max((s.soreness_hours or 0 for s in week), default=0)
    pain = max((p for s in week for p in (s.pain_next_morning, *(d.pain for d in s.done)) if p is not None), default=0)
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


def _after_a_break(log: TrainingLog, today: date) -> Feedback:
    if not log.sessions:
        return Feedback()
    away = (today - max(s.on for s in log.sessions)).days
    for days, volume, words, what in MISSED:
        if away >= days:
            return Feedback("amber", volume, None, (f"After a break of {words}: {what}.",))
    return Feedback()


def _amount(done: Done) -> float | None:
    """Mean of the sets: repetitions, else seconds held."""
    sets = done.repetitions or done.holds_s
    return fmean(sets) if sets else None


def _series(sessions: tuple[LoggedSession, ...]) -> dict[tuple[str, Side], list[Done]]:
    result: dict[tuple[str, Side], list[Done]] = {}
    for session in sorted(sessions, key=lambda s: s.on):
        for done in session.done:
            result.setdefault((done.exercise, done.side), []).append(done)
    return result


def _last_two(sessions: tuple[LoggedSession, ...]) -> dict[tuple[str, Side], list[Done]]:
    return {key: done[-2:] for key, done in _series(sessions).items()}


def _drops(sessions: tuple[LoggedSession, ...]) -> list[str]:
    """Exercises whose last two sessions stay clearly below the best two before, at no less effort and no more load."""
    said = []
    for (exercise, side), done in _series(sessions).items():
        if len(done) < 4:
            continue
        before = sorted((d for d in done[:-2] if _amount(d)), key=lambda d: _amount(d) or 0)[-2:]
        after = done[-2:]
        if len(before) < 2 or any(_amount(d) is None for d in after):
            continue
        was, now = (fmean(_amount(d) or 0 for d in group) for group in (before, after))
        easier = fmean(d.effort_rpe or 5 for d in after) < fmean(d.effort_rpe or 5 for d in before) - 1
        heavier = max(d.load_kg or 0 for d in after) > max(d.load_kg or 0 for d in before)
        if now < FALLING * was and not easier and not heavier:
            said.append(f"{exercise}{'' if side in (Side.BOTH, Side.UNSTATED) else f' ({side.value})'} {was:.0f} to {now:.0f}")
    return said


def _next_dose(done: list[Done], usual: Dose | None, regimen: Regimen, limits: Limits, grows: bool) -> SideDose | None:
    """What one side does next: its own last amount, one step more where two-for-two was reached, one step less where pain forbids."""
    last = done[-1]
    amount = _amount(last)
    if usual is None or amount is None:
        return None
    too_painful = (last.pain or 0) > limits.pain
    sets = min(len(last.repetitions or last.holds_s), usual.sets + 1)
    if last.holds_s:
        target = usual.hold_s or round(amount)
        hold = amount * (limits.cut if too_painful else 1.1 if grows and amount >= target else 1.0)
        return SideDose(last.side, sets, usual.repetitions, max(round(min(hold, 1.5 * target)), 1))
    target = usual.repetitions or round(amount)
    own = SideDose(last.side, sets, max(round(min(amount, target)), 1), None, load=_kilograms(last.load_kg))
    if too_painful:
        return replace(own, repetitions=max(round(amount * limits.cut), 1))
    reached = len(done) == 2 and all(d.repetitions and d.repetitions[-1] >= target + 2 for d in done)
    if grows and reached and regimen.progress.rule == "two-for-two":
        step = regimen.progress.step_percent[0]
        heavier = (
            _kilograms(last.load_kg and last.load_kg * (1 + step / 100))
            or f"one step more load ({step:g} to {regimen.progress.step_percent[1]:g} %)"
        )
        return replace(own, repetitions=target, load=heavier)
    if grows and amount >= target and regimen.progress.rule != "none":
        return replace(own, repetitions=min(round(amount) + 1, target + 2))
    return own


def _kilograms(load_kg: float | None) -> str:
    return f"{load_kg:.1f} kg" if load_kg else ""
