"""The week: which exercises on which day. Safety is hard, wishes are soft, every constraint has a name; the solver is in `care.solver`."""

from __future__ import annotations

from dataclasses import replace

from soleus.care.dose import SideDose, load_words
from soleus.care.less import Solution, hold_to_part, steadier
from soleus.care.person import Person
from soleus.care.solver import Choice, Model
from soleus.care.week import Brief, Planned, Session, Week
from soleus.domain.errors import PlanInfeasible, Problem
from soleus.domain.exercise import Exercise
from soleus.domain.finding import Side

ORDER = ("mobility", "neural", "balance", "resistance", "aerobic", "stretching")
"""Fresh muscles for balance, loads before endurance, stretching last."""
WISHED = "goals_covered"
BRISK_WALK = "walk-level"
"""Where this exercise is ruled out, walking in daily life is not advised either."""
GIVES_WAY: tuple[tuple[str, ...] | None, ...] = (
    (),
    (WISHED,),
    (WISHED, "stretching_days_least", "aerobic_days_least"),
    (WISHED, "stretching_days_least", "aerobic_days_least", "balance_days_least"),
    None,
)
"""What a week of less work leaves out, step by step; None: every demand."""
MORE_TIME = "Free one more day, or give more minutes a day."
CURES = {
    "strength_days_least": "Free one more day that is not next to the others, or give more minutes a day.",
    "goals_covered": "Give more minutes a day, or name fewer goals.",
}


def plan_week(brief: Brief) -> Week:
    """The best week within all hard limits.

    Raises:
        PlanInfeasible: If no week fits; names a smallest set of demands that clash, and what to change.
    """
    if not brief.allowed:
        return Week(())
    if brief.volume < 1:
        return _less(brief)
    solution, model, given_up = _full(brief)
    return Week(tuple(_sessions(solution, brief, model)), (*given_up, *_shortfalls(solution, brief, model)))


def _full(brief: Brief) -> tuple[Solution, Model, list[str]]:
    """The best week, and the wishes that had to give way."""
    model = Model(brief)
    solution = model.solved()
    given_up: list[str] = []
    if solution is None and brief.own_doses:  # longer sets than the catalogue's must not take the week away
        return _full(replace(brief, own_doses={}))
    if solution is None:
        clash = clashing(brief, list(model.demands))
        if clash == [WISHED]:  # a goal is a wish, and gives way
            given_up.append("Not every goal has an exercise of its own this week: what is safe and your time leave no room.")
            model = Model(brief, without={WISHED})
            solution = model.solved()
        if solution is None:
            raise PlanInfeasible([Problem(name, *_cure(name, brief, model)) for name in clash], source="No week of training fits")
    return solution, model, given_up


def _less(brief: Brief) -> Week:
    """Part of the week that would have been. Safety and the part hold; what guidelines ask for at least gives way, a little at a time."""
    full_brief = replace(brief, volume=1.0, allowed=brief.usual or brief.allowed)
    usual, full, _ = _full(full_brief)
    plain = _full(replace(full_brief, own_doses={})) if brief.own_doses else None  # the week that the log has not changed
    brief = steadier(brief, usual, full)
    whole = Week(tuple(_sessions(usual, brief, full)))
    for without in GIVES_WAY:
        cut = Model(brief, without=set(without) if without is not None else set(full.demands))
        hold_to_part(cut, usual, full)
        if plain is not None:
            hold_to_part(cut, *plain[:2])
        if (solution := cut.solved()) is not None:
            return Week(tuple(_sessions(solution, brief, cut)), tuple(_shortfalls(solution, brief, cut)), whole)
    return Week((), ("So little is left of the week that no session fits: rest this week.",), whole)


def clashing(brief: Brief, demands: list[str]) -> list[str]:
    """A smallest set of demands that cannot be met together: each is left out in turn, and stays out if that mends nothing."""
    kept = list(demands)
    for name in demands:
        fewer = [d for d in kept if d != name]
        if Model(brief, without=set(demands) - set(fewer)).solved(only_feasible=True) is None:
            kept = fewer
    return kept


def _sessions(solution: Solution, brief: Brief, model: Model) -> list[Session]:
    sessions = []
    for d in model.days:
        items = [_planned(model.choices[i], n, brief) for (i, day), n in solution.items() if day == d]
        if items:
            items.sort(key=lambda p: (ORDER.index(p.exercise.category), _rank(p.exercise, brief.person), p.exercise.id))
            sessions.append(Session(d, tuple(items), brief.warm_up_s))
    return sessions


def _rank(e: Exercise, person: Person) -> tuple[int, int]:
    """Weak muscles first, then large before small."""
    weak = person.weak_groups
    order = ("hip-extensors", "knee-extensors", "knee-flexors", "plantar-flexors")
    return (weak.index(e.groups[0]) if e.groups[0] in weak else len(weak), order.index(e.groups[0]) if e.groups[0] in order else len(order))


def _planned(c: Choice, n: int, brief: Brief) -> Planned:
    load = load_words(c.e, c.dose.effort_rpe)
    if c.dose.minutes is not None:
        doses = [SideDose(Side.BOTH, 1, minutes=n * 5, load=load)]
    else:
        sides = c.sides if c.e.sides == "each" else (Side.BOTH,)
        doses = [SideDose(s, n, c.dose.repetitions, c.dose.hold_s, load=load) for s in sides]
        doses = [_own(brief.own_doses.get((c.e.id, d.side)), d) for d in doses]
        if len(doses) == 2 and brief.person.weaker_side(c.e.groups[0]) is not Side.BOTH:  # the weak side, which is first, sets the number
            doses[1] = replace(doses[1], sets=min(d.sets for d in doses))
    return Planned(c.e, tuple(doses), c.dose.effort_rpe, c.dose.rest_s, c.seconds(n))


def _own(own: SideDose | None, usual: SideDose) -> SideDose:
    """The dose that feedback has set for a side, never more sets than the week has room for."""
    if own is None:
        return usual
    return SideDose(
        usual.side,
        min(own.sets, usual.sets),
        own.repetitions or usual.repetitions,
        own.hold_s or usual.hold_s,
        None,
        own.load or usual.load,
    )


def _shortfalls(solution: Solution, brief: Brief, model: Model) -> list[str]:
    said = []
    aerobic, aim = brief.regimen.aerobic, brief.aerobic_minutes_aim
    minutes = sum(n * 5 for (i, _), n in solution.items() if model.choices[i].e.category == "aerobic")
    if brief.volume < 1:
        why = "it is an easy week" if brief.easy else "your log asks for less"
        said.append(f"This week holds less than guidelines ask for, on purpose: {why}.")
    elif aerobic is None:
        said.append("No endurance training is planned at this stage.")
    elif minutes < aim and aerobic.weekly_minutes[1] < aim:
        said.append(f"{minutes} minutes of endurance work: at this stage {aerobic.weekly_minutes[1]:g} a week is the limit.")
    elif minutes < aim:
        daily = "; brisk walks in daily life count too." if any(r.exercise.id == BRISK_WALK for r in brief.allowed) else "."
        said.append(f"{minutes} of the {aim} minutes of endurance work a week that guidelines advise{daily}")
    if brief.balance_days_least and not model.of("balance"):
        said.append("No balance exercise is safe to do alone now; ask a physiotherapist for supervised balance training.")
    return said


def _cure(name: str, brief: Brief, model: Model) -> tuple[str, str]:
    """What clashes, and what to change."""
    count = len(model.days)
    free = f"{count} day{'s' * (count != 1)} ({', '.join(model.days) or 'none'}) of {brief.person.wishes.minutes_per_day} minutes"
    r = brief.regimen
    what = {
        "strength_days_least": r.strength and f"{r.strength.days[0]:g} strength days with {r.strength.rest_h} h between them do",
        "weak_groups_trained": "training the weak muscles often enough does",
        "balance_days_least": f"{max(brief.balance_days_least, r.balance.days[0] if r.balance else 0):g} balance days do",
        "stretching_days_least": r.stretching and f"{r.stretching.days[0]:g} days of stretching do",
        "aerobic_days_least": r.aerobic and f"{r.aerobic.days[0]:g} days of endurance work do",
        "goals_covered": "exercises for every goal do",
    }[name]
    return f"{what} not fit into {free}.", CURES.get(name, MORE_TIME)
