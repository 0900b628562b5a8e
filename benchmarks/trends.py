"""How well the trends judge people whose truth is known: false alarms, power, calibration, forecasts; beside the usual ways.

Writes docs/reference/trend-study.md. Every number follows from `SEED`; the times do not. `--quick` simulates a tenth of the people and
prints instead of writing. `--only courses` makes one table of the page anew, and leaves the rest as it is.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: one core a process

import argparse
import hashlib
import pickle
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar, cast

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.results import processor

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.domain.measure import Amount, Better, Measure, MeasureKind, Series
from soleus.knowledge_store import open_measures
from soleus.trends.course import LIKELY, Course
from soleus.trends.forecast import forecast
from soleus.trends.observations import Array
from soleus.trends.overall import overall
from soleus.trends.planning import how_often
from soleus.trends.prior import DEFAULT
from soleus.trends.simulate import simulated
from soleus.trends.trend import Trend, trend
from soleus.trends.usual_ways import reliable_change_index, straight_line

SEED = 20261122
P = ParamSpec("P")
R = TypeVar("R")
KEPT = ROOT / "build" / "trend-study"
PAGE = ROOT / "docs" / "reference" / "trend-study.md"
WAYS = ("Soleus", "last − first > MDC95", "regression p < 0.05", "RCI > 1.645")
START = 24.0
HEEL_RISE = open_measures()["heel-rise"]
GRADES = ("0", "1", "1+", "2-", "2", "2+", "3-", "3", "3+", "4-", "4", "4+", "5")
MRC = Measure(
    id="mrc",
    name="MRC grade",
    unit="steps",
    kind=MeasureKind.ORDINAL,
    better=Better.MORE,
    lowest=0,
    highest=12,
    sem=Amount(1.1, because="a third of a grade a step; one grade is the smallest detectable change"),
    grades=GRADES,
)

SIT_TO_STAND = Measure(
    id="five-times-sit-to-stand",
    name="five times sit to stand",
    unit="s",
    kind=MeasureKind.CONTINUOUS,
    better=Better.LESS,
    lowest=2,
    highest=120,
    sem=Amount(0.063, share=True, ref="goldberg-2012-ftsst", at="abstract: SEM 0.9 s, 6.3 % of the mean"),
    practice=Amount(2.3, ref="sit-to-stand-sessions-2005", at="abstract: 13.2, 12.0 and 10.9 s in three sessions"),
    ageing_per_year=Amount(0.07, ref="klukowska-2021", at="abstract: 0.07 s a year of age"),
    log_scale=True,
)


@dataclass(frozen=True)
class Cell:
    """Many people alike: how they go, how they are measured."""

    name: str
    shape: str
    loss: float
    days: tuple[int, ...]
    people: int
    measure: Measure = HEEL_RISE
    start: float = START
    noise: dict[str, float] = field(default_factory=dict)
    learns: float = 0.0
    """Share of the published practice effect that is really there."""

    def level(self, years: Array) -> Array:
        return self._untrained(years) + self._still_to_learn(years)

    def _still_to_learn(self, years: Array) -> Array:
        """All of it on the first day, half of it on the second: that much worse."""
        if not self.measure.practice:
            return np.zeros(len(years))
        missing = np.interp(years * 365.25, self.days[:3], (1.0, 0.5, 0.0))
        return np.asarray(-self.measure.sign * self.learns * self.measure.practice.value * missing)

    def _untrained(self, years: Array) -> Array:
        part = years / (self.days[-1] / 365.25)
        if self.shape == "line":
            return np.asarray(self.start - self.measure.sign * self.loss * part)
        if self.shape == "step":
            return np.asarray(self.start - self.loss * (part >= 0.5))
        if self.shape == "dip":
            return np.asarray(self.start - self.loss * np.exp(-(part - 0.35) / 0.25) * (part >= 0.35))
        if self.shape == "turn":
            return np.asarray(self.start - self.loss * np.maximum(part - 0.5, 0) * 2)
        raise ValueError(self.shape)


def evenly(n: int, weeks: int) -> tuple[int, ...]:
    return tuple(int(d) for d in np.linspace(0, weeks * 7, n).round())


def weekly(n: int) -> tuple[int, ...]:
    return tuple(7 * i for i in range(n))


@dataclass(frozen=True)
class Outcome:
    """Of one cell: how often each way said "worse", and what the trends said."""

    worse: dict[str, float]
    courses: dict[str, float]
    level_held: float
    slope_held: float


def judged(cell: Cell) -> Outcome:
    """Simulate the people of a cell and judge each."""
    rng = np.random.default_rng([SEED, *cell.name.encode()])
    days = np.array(cell.days, dtype=float)
    truth_now = float(cell.level(days[-1:] / 365.25)[0])
    slope = (truth_now - float(cell.level(np.zeros(1))[0])) / (days[-1] / 365.25)
    votes = np.zeros(len(WAYS))
    courses = dict.fromkeys((c.value for c in Course), 0)
    held = np.zeros(2)
    for _ in range(cell.people):
        series = simulated(cell.measure, cell.level, days, rng, **cell.noise)
        found = trend(series)
        votes += [found.probability_of_real_decline >= LIKELY, *usual(series, days)]
        courses[found.course.value] += 1
        held[0] += found.level_now.low <= max(truth_now, 0) <= found.level_now.high
        if found.slope_per_year:
            held[1] += found.slope_per_year.low <= slope <= found.slope_per_year.high
    shares = votes / cell.people
    return Outcome(dict(zip(WAYS, shares.tolist(), strict=True)), {c: k / cell.people for c, k in courses.items()}, *(held / cell.people))


def usual(series: Series, days: Array) -> tuple[bool, bool, bool]:
    """The three usual ways, one-sided to the worse."""
    values = np.array([p.value for p in series.points], dtype=float)
    index = reliable_change_index(values[0], values[-1], series.measure.sem.value)
    try:
        line = straight_line(days, values)[1] < 0.025  # p < 0.05 on both sides, and the slope is a fall
    except OutOfRange:
        line = False
    return bool(index < -1.96), line, bool(index < -1.645)


@dataclass(frozen=True)
class Population:
    """Who is measured in the study of calibration."""

    name: str
    stable: float
    line: float
    change: float


POPULATIONS = (
    Population("as the prior says", DEFAULT.stable, DEFAULT.line, DEFAULT.change),
    Population("four of five stable", 0.8, 0.15, 0.05),
    Population("four of five changing", 0.2, 0.5, 0.3),
)
BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0001)


def person(population: Population, rng: np.random.Generator) -> tuple[Callable[[Array], Array], Array]:
    """A course and days of measurement; sizes as in the prior, in repetitions."""
    sem, ageing = HEEL_RISE.sem.value, HEEL_RISE.ageing_per_year.value if HEEL_RISE.ageing_per_year else 0.0
    span = 365.25 * float(np.exp(rng.uniform(np.log(0.2), np.log(2.0))))
    n = int(rng.choice([3, 4, 6, 9, 12, 20, 26, 40]))
    days = np.unique(np.concatenate([[0.0], np.sort(rng.uniform(0, span, n - 2)).round(), [round(span)]]))
    kind = rng.choice(["stable", "line", "change"], p=[population.stable, population.line, population.change])
    stable_slope = -ageing + rng.normal() * max(DEFAULT.least_slope * sem - ageing, ageing) / 2
    start = rng.uniform(25, 60)
    if kind == "line":
        size = rng.choice([s for s, _ in DEFAULT.slopes], p=[p for _, p in DEFAULT.slopes])
        slope = -ageing + sem * size * (rng.normal() - DEFAULT.worse)
        return (lambda years: start + slope * years), days
    jump = 0.0
    if kind == "change":
        jump = sem * DEFAULT.jump * (rng.normal() - DEFAULT.worse)
    at = rng.uniform(0.2, 0.8) * span / 365.25
    return (lambda years: start + stable_slope * years + jump * (years >= at)), days


def calibration(population: Population, people: int, part: int) -> Array:
    """(people, 2) stated probability of real decline, and whether it was one."""
    rng = np.random.default_rng([SEED, part, *population.name.encode()])
    result = np.empty((people, 2))
    for i in range(people):
        course, days = person(population, rng)
        found = trend(simulated(HEEL_RISE, course, days, rng))
        frame = found.posterior.frame
        ends = course(np.array([0.0, days[-1] / 365.25]))
        limit = -(frame.ageing + frame.margin) * HEEL_RISE.sem.value * days[-1] / 365.25
        result[i] = found.probability_of_real_decline, ends[1] - ends[0] < limit
    return result


def crossing(people: int) -> dict[str, float]:
    """How often the day of crossing 15 repetitions fell into the forecast intervals; a steady fall of 3 to 12 a year, one year measured."""
    rng = np.random.default_rng([SEED, 7])
    inside = dict.fromkeys(("80 %", "95 %"), 0)
    for _ in range(people):
        slope = rng.uniform(3, 12)
        found = trend(simulated(HEEL_RISE, lambda y, s=slope: 28 - s * y, np.arange(0, 365, 14, dtype=np.float64), rng))  # type: ignore[misc]
        told = forecast(found, 15, 8)
        crosses = found.posterior.seen.day(13 / slope)
        for name, (early, late) in (("80 %", told.between80), ("95 %", told.between95)):
            inside[name] += bool((early is None or early <= crosses or crosses <= found.last) and (late is None or crosses <= late))
    return {k: v / people for k, v in inside.items()}


def together(people: int) -> list[tuple[str, float, float]]:
    """Two measures on two sides, weekly for 26 weeks: what one judgement of all gives over the heel rises of one leg alone."""
    gait = replace(HEEL_RISE, id="other", name="another measure")
    days = np.arange(0, 182, 7, dtype=np.float64)
    rows = []
    for name, losses in (
        ("nobody changes", (0, 0, 0, 0)),
        ("all lose 2", (2, 2, 2, 2)),
        ("all lose 4", (4, 4, 4, 4)),
        ("left leg loses 4", (4, 0, 4, 0)),
    ):
        rng = np.random.default_rng([SEED, *name.encode()])
        alone = all_ = 0
        for _ in range(people):
            found: list[Trend] = []
            for measure, side, loss in zip((HEEL_RISE, HEEL_RISE, gait, gait), (Side.LEFT, Side.RIGHT) * 2, losses, strict=True):
                series = simulated(measure, lambda y, x=loss: START - x * y / (175 / 365.25), days, rng)  # type: ignore[misc]
                found.append(trend(replace(series, side=side)))
            alone += found[0].probability_of_real_decline >= LIKELY
            all_ += overall(found).probability_of_real_decline >= LIKELY
        rows.append((name, alone / people, all_ / people))
    return rows


def speed() -> float:
    """Processor time of 50 measures with 500 points each. [s]"""
    rng = np.random.default_rng([SEED, 3])
    days = np.arange(0, 1500, 3, dtype=np.float64)
    many = [simulated(HEEL_RISE, lambda y, s=s: START - s * y, days, rng) for s in np.linspace(0, 5, 50)]  # type: ignore[misc]
    trend(many[0])
    start = time.process_time()
    for series in many:
        trend(series)
    return time.process_time() - start


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))


def percent(x: float) -> str:
    return f"{100 * x:.1f} %"


def chance(share: float, people: int) -> str:
    """Half the width of the 95 % limits of a share, as a text."""
    return percent(1.96 * (share * (1 - share) / people) ** 0.5)


PLANS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("3 in 26 weeks", evenly(3, 26)),
    ("6 in 26 weeks", evenly(6, 26)),
    ("12 in 26 weeks", evenly(12, 26)),
    ("26, once a week", weekly(26)),
    ("52, once a week", weekly(52)),
    ("3 in 3 years", evenly(3, 156)),
    ("12 in 3 years", evenly(12, 156)),
    ("12 in 4 weeks", evenly(12, 4)),
)
LOSSES = (2, 4, 6, 8, 12)
GOAL = ("26, once a week", 4)
GOAL_PEOPLE = 10_000
STABLE_PLANS = (PLANS[1], PLANS[2], PLANS[3], PLANS[4])
AGELESS = replace(HEEL_RISE, ageing_per_year=None)
ROUGH: tuple[tuple[str, dict[str, object], float], ...] = (
    ("as assumed", {}, 4),
    ("one day in ten bad (4 x the error)", {"noise": {"bad_days": 0.1}}, 4),
    ("own error 1.5 x the published one", {"noise": {"own_error": 1.5}}, 4),
    ("own error 0.67 x the published one", {"noise": {"own_error": 0.67}}, 4),
    ("spells of a month, as large as the error", {"noise": {"wander": 1.0}}, 4),
    ("from 5 repetitions, half the error; loss of 3", {"start": 5.0, "noise": {"own_error": 0.5}}, 3),
    ("from 3 repetitions, full error; loss of 3 (floor)", {"start": 3.0}, 3),
    ("MRC grades from 4+; loss of one grade", {"measure": MRC, "start": 11.0}, 3),
)
LEARNERS = (("absent", 0.0), ("present", 1.0))
"""Whether the practice effect that the catalogue expects is there."""


def cells(scale: float) -> Iterator[tuple[str, Cell]]:
    for name, days in PLANS:
        yield "plans", Cell(f"{name}/0", "line", 0, days, int((GOAL_PEOPLE if name == GOAL[0] else 2000) * scale))
        for loss in LOSSES:
            yield "plans", Cell(f"{name}/{loss}", "line", loss, days, int((GOAL_PEOPLE if (name, loss) == GOAL else 400) * scale))
    for name, days in STABLE_PLANS:
        ageing = 0.45 * days[-1] / 365.25
        yield "stable", Cell(f"ageing/{name}/0", "line", ageing, days, int(1000 * scale))
        yield "stable", Cell(f"ageing/{name}/4", "line", 4 + ageing, days, int(400 * scale))
        yield "stable", Cell(f"no ageing/{name}/0", "line", 0, days, int(1000 * scale), AGELESS)
        yield "stable", Cell(f"no ageing/{name}/4", "line", 4, days, int(400 * scale), AGELESS)
    for name, changed, lost in ROUGH:
        for plan, days in (("12", evenly(12, 26)), ("26", weekly(26))):
            yield "rough", Cell(f"{name}/{plan}/0", "line", 0, days, int(800 * scale), **changed)  # type: ignore[arg-type]
            yield "rough", Cell(f"{name}/{plan}/{lost}", "line", lost, days, int(400 * scale), **changed)  # type: ignore[arg-type]
    for name, days in (PLANS[1], PLANS[3]):
        for who, learns in LEARNERS:
            yield "practice", Cell(f"{who}/{name}/0", "line", 0, days, int(1500 * scale), SIT_TO_STAND, 12.0, learns=learns)
            yield "practice", Cell(f"{who}/{name}/3", "line", 3, days, int(300 * scale), SIT_TO_STAND, 12.0, learns=learns)
    for shape, loss in (("line", 0), ("line", 8), ("line", -8), ("step", 8), ("turn", 10), ("dip", 12)):
        yield "courses", Cell(f"{shape}/{loss}", shape, loss, weekly(26), int(300 * scale))


@dataclass(frozen=True)
class Kept(Generic[P, R]):
    """A part of the study that is not computed twice: an interrupted run goes on where it stopped. Delete `build` to begin anew."""

    function: Callable[P, R]

    def __call__(self, *told: P.args, **named: P.kwargs) -> R:
        used = sorted(str(m.__file__) for name, m in sys.modules.items() if name.startswith(("soleus.trends.", "soleus.domain.measure")))
        code = b"".join(Path(path).read_bytes() for path in used)
        what = hashlib.sha256(code + repr((SEED, self.function.__name__, told, named)).encode()).hexdigest()
        path = KEPT / f"{what}.pickle"
        if path.exists():
            return cast(R, pickle.loads(path.read_bytes()))
        result = self.function(*told, **named)
        KEPT.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(result))
        return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=("courses",), help="this table alone, put into the page that there is")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    told = parser.parse_args()
    scale = 0.1 if told.quick else 1.0
    everything = [(kind, cell) for kind, cell in cells(scale) if told.only in (None, kind)]
    with ProcessPoolExecutor(told.processes) as pool:
        outcomes = {}
        for (_, cell), outcome in zip(everything, pool.map(Kept(judged), [c for _, c in everything]), strict=True):
            outcomes[cell.name] = outcome
            print(f"{len(outcomes)}/{len(everything)} {cell.name}: {outcome.worse}", file=sys.stderr)
        if told.only:
            return write(in_place(COURSES_HEAD, courses=courses_table(outcomes)), told.quick)
        parts = [(p, i) for p in POPULATIONS for i in range(8)]
        drawn = list(pool.map(Kept(calibration), [p for p, _ in parts], [int(250 * scale)] * len(parts), [i for _, i in parts]))
        crossed = pool.submit(Kept(crossing), int(250 * scale))
        joint = pool.submit(Kept(together), int(200 * scale))
        text = page(outcomes, everything, parts, drawn, crossed.result(), joint.result())
    write(text, told.quick)


def write(text: str, quick: bool) -> None:
    if quick:
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")


def in_place(head: str, **made: str) -> str:
    """The page that there is, with one section made anew."""
    start, end = section(TEXT, head)
    new = TEXT[start:end].format(**made)
    kept = PAGE.read_text(encoding="utf-8")
    start, end = section(kept, head)
    return kept[:start] + new + kept[end:]


def section(text: str, head: str) -> tuple[int, int]:
    """Where a section begins and ends, up to the head of the next."""
    start = text.index(head)
    return start, text.index("\n## ", start)


def page(
    outcomes: dict[str, Outcome],
    everything: list[tuple[str, Cell]],
    parts: list[tuple[Population, int]],
    drawn: list[Array],
    crossed: dict[str, float],
    joint: list[tuple[str, float, float]],
) -> str:
    people = {c.name: c.people for _, c in everything}
    alarms = table(
        ["measurements", *WAYS],
        [[name, *(percent(outcomes[f"{name}/0"].worse[w]) for w in WAYS)] for name, _ in PLANS],
    )
    curves = "\n\n".join(
        f"**{name}**\n\n"
        + table(
            ["true loss", *WAYS],
            [[f"{loss}", *(percent(outcomes[f"{name}/{loss}"].worse[w]) for w in WAYS)] for loss in LOSSES],
        )
        for name, _ in PLANS[:5]
    )
    long = table(
        ["measurements, true loss", *WAYS],
        [[f"{name}: {x}", *(percent(outcomes[f"{name}/{x}"].worse[w]) for w in WAYS)] for name, _ in PLANS[5:] for x in (4, 8, 12)],
    )
    stable = table(
        ["measurements", "unchanged", "only ageing", "no ageing known, unchanged", "loss of 4", "of 4 and ageing", "no ageing known, of 4"],
        [
            [name, *(percent(outcomes[f"{who}{name}/{x}"].worse["Soleus"]) for x in (0, 4) for who in ("", "ageing/", "no ageing/"))]
            for name, _ in STABLE_PLANS
        ],
    )
    practice = practice_table(outcomes)
    rough = table(
        ["people", "measurements", *(f"{w}: false alarms / found" for w in WAYS)],
        [
            [name, plan, *(" / ".join(percent(outcomes[f"{name}/{plan}/{x}"].worse[w]) for x in (0, loss)) for w in WAYS)]
            for name, _, loss in ROUGH
            for plan in ("12", "26")
        ],
    )
    held = table(
        ["measurements", "level now, stable", "level now, loss of 4", "slope, stable", "slope, loss of 4"],
        [
            [
                name,
                *(percent(outcomes[f"{name}/{x}"].level_held) for x in (0, 4)),
                *(percent(outcomes[f"{name}/{x}"].slope_held) for x in (0, 4)),
            ]
            for name, _ in PLANS[:5]
        ],
    )
    plan, reached = how_often(HEEL_RISE, level=START, within_days=182, rng=np.random.default_rng([SEED, 5]), simulations=400)
    half, reached_half = how_often(HEEL_RISE, level=START, loss=4, within_days=182, rng=np.random.default_rng([SEED, 6]), simulations=400)
    return TEXT.format(
        level=LIKELY,
        people=people[f"{PLANS[0][0]}/0"],
        fewer=people[f"{PLANS[0][0]}/4"],
        goal_people=people[f"{GOAL[0]}/{GOAL[1]}"],
        least=min(c.people for kind, c in everything if kind != "plans"),
        most=max(c.people for kind, c in everything if kind != "plans"),
        chance5=chance(0.05, people[f"{PLANS[0][0]}/0"]),
        chance80=chance(0.8, people[f"{GOAL[0]}/{GOAL[1]}"]),
        chance80_fewer=chance(0.8, people[f"{PLANS[0][0]}/4"]),
        alarms=alarms,
        curves=curves,
        long=long,
        rough=rough,
        stable=stable,
        practice=practice,
        courses=courses_table(outcomes),
        held=held,
        reliability=reliability(parts, drawn),
        crossed80=percent(crossed["80 %"]),
        crossed95=percent(crossed["95 %"]),
        joint=table(
            ["people", "heel rises of the left leg alone", "two measures, both legs"], [[n, percent(a), percent(b)] for n, a, b in joint]
        ),
        mdc95=f"{HEEL_RISE.mdc95_at(START):g}",
        plan=f"every {plan} days ({percent(reached)})" if plan else f"not even twice a week ({percent(reached)})",
        half=f"every {half} days ({percent(reached_half)})" if half else f"not even twice a week ({percent(reached_half)})",
        seconds=f"{speed():.2f}",
        processor=processor(),
    )


def courses_table(outcomes: dict[str, Outcome]) -> str:
    names = [c.name for kind, c in cells(1.0) if kind == "courses"]
    return table(["truth", *(c.value for c in Course)], [[n, *(percent(outcomes[n].courses[k.value]) for k in Course)] for n in names])


def practice_table(outcomes: dict[str, Outcome]) -> str:
    return table(
        [
            "measurements",
            *(f"{'stable' if not x else f'loss of {x} s'}, practice effect expected and {who}" for x in (0, 3) for who, _ in LEARNERS),
        ],
        [
            [name, *(percent(outcomes[f"{who}/{name}/{x}"].worse["Soleus"]) for x in (0, 3) for who, _ in LEARNERS)]
            for name, _ in (PLANS[1], PLANS[3])
        ],
    )


def reliability(parts: list[tuple[Population, int]], drawn: list[Array]) -> str:
    rows = []
    for low, high in pairwise(BINS):
        row = [f"{100 * low:g} to {min(100 * high, 100):g} %"]
        for population in POPULATIONS:
            both = np.concatenate([d for (p, _), d in zip(parts, drawn, strict=True) if p is population])
            inside = both[(both[:, 0] >= low) & (both[:, 0] < high)]
            row.append(f"{percent(inside[:, 0].mean())} / {percent(inside[:, 1].mean())} ({len(inside)})" if len(inside) else "–")
        rows.append(row)
    scores = ["Brier score"]
    for population in POPULATIONS:
        both = np.concatenate([d for (p, _), d in zip(parts, drawn, strict=True) if p is population])
        rate = both[:, 1].mean()
        scores.append(f"{((both[:, 0] - both[:, 1]) ** 2).mean():.3f} (rate alone: {rate * (1 - rate):.3f})")
    return table(["stated", *(f"{p.name}: mean stated / came true (people)" for p in POPULATIONS)], [*rows, scores])


COURSES_HEAD = "## Which course\n"
TEXT = """# How well trends are judged: a simulation study

Made by `benchmarks/trends.py`; all figures follow from its seed. Simulated people do single-leg heel rises with the published error
(95 % limits of agreement ±6.3 repetitions, so SEM 2.3) from a true level of 24, and are judged by Soleus and by three usual ways:

* last value less first value beyond the MDC95, which is the same as a reliable change index beyond 1.96;
* a straight line by least squares, falling with p < 0.05 (two-sided);
* a reliable change index beyond 1.645, the 5 % limit on one side.

Soleus says "worse" when the **probability of real decline is at least {level:.0%}**. How it comes to that probability is told
[here](../explanation/how-it-judges-trends.md). {people} people for false alarms ({goal_people} where 26 values come once a week, and as many for a loss of 4 there), {fewer} for each other power,
{least} to {most} in the later tables. Chance alone moves 5 % of {people} people by ±{chance5}, and 80 % of {goal_people} by ±{chance80}, of {fewer} by ±{chance80_fewer}
(95 % limits).

## False alarms: stable people called worse

{alarms}

## Power: people who lose repetitions steadily, and are found

{curves}

Longer and shorter:

{long}

Over three years 1.4 repetitions are lost by ageing alone, and what is found there is only what is faster. The usual ways have no idea of
ageing; that is why regression finds more.

## Who is stable?

So far ageing of 0.45 repetitions a year was known to the model, and stable people did not change at all. People who lose just that are
called worse a little more often, and a measure of which no ageing is known alarms a little more readily. Called worse by Soleus:

{stable}

## Where learning is expected

Five times sit to stand from 12 s, error 6.3 %; the catalogue expects 2.3 s to be gained by doing the test twice. Some people gain that,
and others know the test already. Called worse by Soleus:

{practice}

## When the assumptions are wrong

{rough}

## Calibration: does what is stated come true?

Courses of all kinds, 3 to 40 measurements in ten weeks to two years. Each cell: mean stated probability of real decline, share in whom
the decline was real, number of people.

{reliability}

## Intervals

How often the 95 % interval held the truth:

{held}

A steady fall of 3 to 12 repetitions a year, measured every fortnight for a year: the day on which 15 repetitions were crossed lay in the
80 % interval of the forecast in {crossed80} of people and in the 95 % interval in {crossed95}. The intervals are wide on purpose: a
person's course need not stay the one it is.

## Which course

26 weekly measurements; how often each name was given. The number is the loss, negative a gain.

{courses}

## Several measures

{joint}

## How often to measure

To find a loss of one MDC95 ({mdc95} repetitions) within six months with 90 % probability, measure {plan}; to find a loss of 4, {half}.

## Time

50 series of 500 points: {seconds} s of processor time on one core ({processor}).
"""


if __name__ == "__main__":
    main()
