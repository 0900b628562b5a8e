"""The catalogue of measures: all that was promised is there, can be drawn, judged by the trends, and says honestly where it is from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import pytest

from soleus.domain.figure import figure_of
from soleus.domain.finding import Side
from soleus.domain.measure import Amount, MeasureKind, Point, Series
from soleus.domain.measure_entry import MeasureEntry
from soleus.domain.strength import MrcGrade
from soleus.domain.support import Support
from soleus.interchange.measurements.health_export import KINDS
from soleus.knowledge.loader import DATA
from soleus.knowledge_store import open_knowledge, open_measures
from soleus.reports.figures.draw import draw
from soleus.trends.trend import trend

PROMISED = """
heel-rise bilateral-heel-rise five-times-sit-to-stand chair-stand-30s timed-up-and-go gait-speed-4m gait-speed-10m six-minute-walk
two-minute-walk single-leg-stance stair-climb-4 hamstring-bridge dynamometry-plantar-flexion dynamometry-knee-flexion
dynamometry-hip-extension dynamometry-knee-extension mrc-plantar-flexion mrc-knee-flexion mrc-hip-extension mrc-dorsiflexion mrc-sum-score
calf-circumference thigh-circumference pain-nrs lefs psfs visa-a fash odi zcq-symptoms zcq-function onls i-rods incat alsfrs-r nsaa ibmfrs
cmtes abi grip daily-steps phone-walking-speed walking-asymmetry walking-double-support phone-six-minute-walk falls-weekly
""".split()


@pytest.fixture(params=sorted(path.stem for path in (DATA / "measures").glob("*.yaml")))
def entry(request: pytest.FixtureRequest) -> MeasureEntry:
    return open_measures()[request.param]


def test_everything_promised_is_there():
    assert set(PROMISED) <= set(open_measures())


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("TUG", "timed-up-and-go"),
        ("6MWT", "six-minute-walk"),
        ("5xSTS", "five-times-sit-to-stand"),
        ("gait speed", "gait-speed-10m"),
        ("step count", "daily-steps"),
        ("ALS functional rating scale", "alsfrs-r"),
        ("Oswestry", "odi"),
        ("plantar flexion strength", "mrc-plantar-flexion"),
        ("hamstring force", "dynamometry-knee-flexion"),
    ],
)
def test_usual_names_lead_to_their_measure(said, id_):
    assert [e.id for e in open_measures().values() if said.casefold() in {n.casefold() for n in e.names}] == [id_]


def test_the_trends_can_judge_it(entry: MeasureEntry):
    """A series over its plausible range, with "unable" where there is a worst value."""
    side = Side.LEFT if entry.sides == "each" else Side.UNSTATED
    low, high = entry.plausible
    values = [round(low + share * (high - low), 0 if entry.kind is not MeasureKind.CONTINUOUS else 6) for share in (0.6, 0.5, 0.55, 0.45)]
    start = datetime.date(2026, 1, 5)
    points = [Point(start + datetime.timedelta(days=28 * i), float(v), side) for i, v in enumerate(values)]
    if entry.floor is not None:
        points.append(Point(start + datetime.timedelta(days=120), None, side, unable=True))
    judged = trend(Series(entry, side, tuple(points)))
    assert 0 <= judged.probability_of_real_decline <= 1
    assert entry.mdc95_at(values[0]) > 0
    assert entry.important_at(values[0]) > 0


def test_a_figure_can_be_drawn(entry: MeasureEntry):
    if entry.figure is None:
        assert entry.group not in ("performance", "size")
        return
    figure, problems = figure_of(entry.figure)
    assert figure is not None, problems
    assert "<svg" in draw(figure, name=entry.name, prefix=entry.id, left=False)


def _cited(entry: MeasureEntry) -> Iterator[tuple[str, str, str]]:
    """Where, id of the source, and what is said of the place in it."""
    for name in ("sem", "mdc95", "mcid", "practice", "ageing_per_year"):
        amount: Amount | None = getattr(entry, name)
        if amount is not None and amount.ref != "consensus":
            yield name, amount.ref, f"{amount.at} {amount.because}"
    supports: list[tuple[str, Support | None]] = [("support", entry.support)]
    supports += [(f"threshold {t.name}", t.support) for t in entry.thresholds]
    supports += [("norm", n.support) for n in entry.norms] + [("spread", n.spread.support) for n in entry.norms if n.spread]
    yield from ((where, s.ref, s.at) for where, s in supports if s is not None and s.ref)


def test_what_was_not_read_again_says_so(entry: MeasureEntry):
    sources = open_knowledge().kb.sources
    for where, ref, at in _cited(entry):
        if sources[ref].read == "recalled":
            assert re.search(r"recalled|remembered", at), (where, ref)


def test_sources_named_in_a_reason_exist(entry: MeasureEntry):
    sources = open_knowledge().kb.sources
    reasons = [a.because for n in ("sem", "mdc95", "mcid", "practice", "ageing_per_year") if (a := getattr(entry, n)) is not None]
    reasons += [n.spread.support.estimate for n in entry.norms if n.spread] + [n.support.at for n in entry.norms]
    for reason in reasons:
        for name in re.findall(r"\b[a-z][a-z-]+-\d{4}(?:-[a-z0-9]+)*\b", reason):
            assert name in sources, name


def test_plain_words(entry: MeasureEntry):
    """Short sentences, no words of Latin: sentences of at most 32 words in what everybody reads."""
    texts = [entry.lay, entry.keep_the_same, entry.aids, entry.safety, entry.caveat, *entry.steps, *(t.lay for t in entry.thresholds)]
    for text in filter(None, texts):
        for sentence in re.split(r"(?<=[.!?;]) ", text):
            assert len(sentence.split()) <= 32, sentence
        assert text[0].isupper() or text[0].isdigit(), text
        assert text[-1] in ".!?", text
    assert not re.search(r"\b(bilateral|unilateral|ambulat|proximal|distal|claudicat)", " ".join([entry.lay, *entry.steps]).lower())


def test_grades_are_those_of_the_mrc(entry: MeasureEntry):
    if entry.kind is not MeasureKind.ORDINAL:
        return
    grades = [MrcGrade(g) for g in entry.grades]
    assert grades == sorted(grades)
    assert len(set(entry.grades)) == len(entry.grades) == 13


def test_the_phone_fills_measures_that_exist_in_their_units():
    for kind in KINDS.values():
        entry = open_measures()[kind.measure]
        assert entry.group == "phone"
        assert entry.plausible[0] <= kind.low < kind.high <= entry.plausible[1]


def test_questionnaires_keep_only_the_score():
    for entry in open_measures().values():
        if entry.group in ("questionnaire", "scale"):
            assert entry.licence
            assert len(entry.steps) <= 4  # how to get the score, and no item of the form
