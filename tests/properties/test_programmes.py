"""Five hundred random people, each under a random regimen: the checker, blind to how a week is made, never finds a broken rule.

Where no week fits, the demands that clash are named; with seven long days there nearly always is one.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from soleus.care import solver
from soleus.care.checker import violations
from soleus.care.person import DAYS, SIDES, Person, Wishes
from soleus.care.regimen import merged
from soleus.care.weeks import is_easy
from soleus.domain.care import CareKnowledge, Fact, Regimen
from soleus.domain.errors import PlanInfeasible
from soleus.domain.exercise import MUSCLE_GROUPS
from soleus.domain.finding import Side
from soleus.domain.strength import MrcGrade
from soleus.domain.training_log import Done, LoggedSession, TrainingLog
from soleus.knowledge_store import open_care
from soleus.plan import programme_for

from .strategies import one_of_many

GRADES = ("0", "1", "1+", "2-", "2", "2+", "3-", "3", "3+", "4-", "4", "4+", "5")
EVERYWHERE = [(g, s) for g in MUSCLE_GROUPS for s in SIDES]
LONGEST_MIN = 180
many = settings(
    max_examples=100,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # to look for a smaller example as well would take minutes of planning
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
pytestmark = pytest.mark.slow
NO_LOG = TrainingLog()
GIVEN: Counter[str] = Counter()
"""How the people drawn so far fared."""


@pytest.fixture(autouse=True, scope="module")
def _hasty_solver():
    """Limits hold in every week the solver finds, however good it is; so a tenth of the work is enough here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "WORK_LIMIT", 0.07)
        yield


@pytest.fixture(autouse=True, scope="module")
def _hardly_anybody_gets_no_week():
    """The tests let those pass for whom no week fits, whatever their time; in the end they have to be few."""
    yield
    assert GIVEN["none, whatever the wishes"] <= 0.03 * GIVEN.total(), GIVEN


@st.composite
def strengths(draw: st.DrawFn) -> dict[object, MrcGrade]:
    """Each group and side on its own: from a little weak here and there to hardly a muscle that moves; what is left out is normal."""
    lowest = draw(st.integers(0, len(GRADES) - 1))
    some = st.lists(st.sampled_from((*GRADES[lowest:], *["5"] * 6)), min_size=len(EVERYWHERE), max_size=len(EVERYWHERE))
    return {at: MrcGrade(grade) for at, grade in zip(EVERYWHERE, draw(some), strict=True) if grade != "5"}


@st.composite
def facts(draw: st.DrawFn, care: CareKnowledge, age_years: float, sex: str) -> dict[str, str]:
    """Age and sex, some of what brings hazards, some of anything else; and whatever follows from them."""
    risky = sorted({f for h in care.hazards.values() for f in (*h.facts, *h.unless) if f in care.facts})
    chosen = [*draw(st.lists(one_of_many(risky), max_size=4)), *draw(st.lists(one_of_many(sorted(care.facts)), max_size=2))]
    held = {f.id: "age" for f in care.facts.values() if _is_of_age(f, age_years) and f.sex in (None, sex)}
    held |= dict.fromkeys(chosen, "drawn")
    while wider := {f.id for f in care.facts.values() if f.id not in held and any(n in held for n in f.facts)}:
        held |= dict.fromkeys(wider, "follows")
    return held


def _is_of_age(fact: Fact, age_years: float) -> bool:
    told = fact.age_from is not None or fact.age_below is not None
    return told and (fact.age_from or 0) <= age_years < (fact.age_below or 200)


@st.composite
def wishes(draw: st.DrawFn, care: CareKnowledge) -> Wishes:
    """From nothing but what every home has to a full gym; from ten minutes on one day to ninety on seven."""
    home = {e.id for e in care.equipment.values() if e.household}
    owned = draw(st.just([]) | st.lists(one_of_many(sorted(care.equipment)), max_size=6) | st.just(sorted(care.equipment)))
    brought = {thing for e in owned for thing in (e, *care.equipment[e].brings)}
    days = draw(st.sets(st.sampled_from(DAYS), min_size=1))
    return Wishes(
        minutes_per_day=draw(st.integers(10, 90)),
        days=tuple(d for d in DAYS if d in days),
        equipment=frozenset(home | brought),
        goals=tuple(draw(st.lists(one_of_many(sorted(care.goals)), max_size=3, unique=True))),
        avoid=frozenset(draw(st.lists(one_of_many(sorted(care.exercises)), max_size=3))),
    )


@st.composite
def people(draw: st.DrawFn, care: CareKnowledge, youngest: int, oldest: int) -> Person:
    age_years = float(draw(st.integers(youngest, oldest)))
    sex = draw(st.sampled_from(["female", "male"]))
    held: Mapping[str, str] = draw(facts(care, age_years, sex))
    walks = "not-walking" not in held and draw(st.sampled_from([True, True, True, False]))
    return Person(
        age_years=age_years,
        sex=sex,
        facts=held if walks else {**held, "not-walking": "drawn"},
        mrc=draw(strengths()),  # type: ignore[arg-type]
        balance=draw(st.integers(0, 5)),
        walks=walks,
        weeks_since_onset=draw(st.none() | st.integers(0, 300).map(float)),
        wishes=draw(wishes(care)),
    )


@st.composite
def regimens(draw: st.DrawFn, care: CareKnowledge, several: int) -> Regimen:
    """One regimen, or the strictest of several, as while the cause is open."""
    trained = [r for r in sorted(care.regimens) if care.regimens[r].trains]
    chosen = draw(st.lists(one_of_many(trained), min_size=several, max_size=several, unique=True))
    if several == 1:
        return care.regimens[chosen[0]]
    both = merged(tuple(care.regimens[r] for r in chosen), " and ".join(chosen), "")
    assume(both.trains)  # where nothing is right under all of them, `plan` holds the training
    return both


def assert_right(person: Person, regimen: Regimen, today: datetime.date, log: TrainingLog = NO_LOG) -> None:
    care = open_care()
    clash = None
    try:
        programme = programme_for(person, regimen, care, log, today)
    except PlanInfeasible as error:
        clash = error
    if clash is not None:
        assert all(p.where and p.what and p.cure for p in clash.problems), clash
        person = replace(person, wishes=replace(person.wishes, days=DAYS, minutes_per_day=LONGEST_MIN))
        try:
            programme = programme_for(person, regimen, care, log, today)
        except PlanInfeasible:
            GIVEN["none, whatever the wishes"] += 1  # safety leaves no room: it was told, and no week is given
            return
    GIVEN["a week"] += 1
    assert [str(v) for v in violations(programme.week, person, regimen, care, programme.week.usual)] == []


def anybody(youngest: int, oldest: int) -> st.SearchStrategy[Person]:
    return st.deferred(lambda: people(open_care(), youngest, oldest))


def any_regimen(several: int) -> st.SearchStrategy[Regimen]:
    return st.deferred(lambda: regimens(open_care(), several))


@many
@given(person=anybody(8, 39), regimen=any_regimen(1))
def test_children_and_the_young(person: Person, regimen: Regimen, today: datetime.date):
    assert_right(person, regimen, today)


@many
@given(person=anybody(40, 64), regimen=any_regimen(1))
def test_the_middle_aged(person: Person, regimen: Regimen, today: datetime.date):
    assert_right(person, regimen, today)


@many
@given(person=anybody(65, 95), regimen=any_regimen(1))
def test_the_old(person: Person, regimen: Regimen, today: datetime.date):
    assert_right(person, regimen, today)


@many
@given(person=anybody(8, 95), regimen=any_regimen(2))
def test_anybody_with_two_causes_open(person: Person, regimen: Regimen, today: datetime.date):
    assert_right(person, regimen, today)


@settings(many, max_examples=60)
@given(person=anybody(8, 95), regimen=any_regimen(1))
def test_anybody_in_an_easy_week(person: Person, regimen: Regimen, today: datetime.date):
    assume(is_easy(regimen, 4))
    walk = Done("walk-level", Side.BOTH, minutes=10)
    log = TrainingLog(tuple(LoggedSession(today - datetime.timedelta(days=ago), (walk,)) for ago in (21, 14, 7)))
    assert_right(person, regimen, today, log)


@many
@given(person=anybody(8, 95), regimen=any_regimen(3))
def test_anybody_with_three_causes_open(person: Person, regimen: Regimen, today: datetime.date):
    assert_right(person, regimen, today)
