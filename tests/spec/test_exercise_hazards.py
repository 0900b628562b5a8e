"""What would harm somebody never stands in that person's training, however much else speaks for it.

Everybody here is as tempting as can be: strong, young enough, steady on one leg, with every piece of equipment and an hour a day.
Source: each row names the study or guideline behind the hazard by its id in data/sources, or `estimate` where an expert judged; the
care data must name the same one for somebody like this, so that a hazard cannot lose what stands behind it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest

from soleus.assess import Assessment, assess
from soleus.care.eligible import hazards_of, ruled
from soleus.care.person import DAYS, Wishes
from soleus.domain.care import CareKnowledge, Hazard, Regimen, Regular
from soleus.domain.case import Case
from soleus.domain.evidence import Evidence
from soleus.domain.exercise import Exercise
from soleus.interchange.wishes import told_for_plan
from soleus.knowledge_store import open_care, open_knowledge
from soleus.plan import CarePlan, plan
from soleus.reasoning.differential import Candidate, Differential

TODAY = datetime.date(2026, 11, 22)
TEMPTING = "healthy-prevention"
"""The regimen with the highest loads, for people who have nothing."""
AGE_YEARS = 40
RUNS = ("run-walk", "run-ladder")
LOADED_BENDS = ("romanian-deadlift", "romanian-deadlift-single", "back-extension", "rower")
DROPS = ("heel-drop-straight", "heel-drop-bent", "heel-raise-up-two-down-one", "heel-raise-floor-eccentric")


@dataclass(frozen=True)
class Row:
    """One condition or circumstance and what it forbids."""

    told: str
    """Ids of conditions, or words as people write them under `conditions`, with + between them."""
    source: str
    stress: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    category: str = ""
    weeks: float | None = None
    """Since it began."""
    age_years: float = AGE_YEARS
    effort_rpe_most: int = 10
    stage: bool = False
    """The hazard belongs to a stage of training, not to the person: another regimen would not bring it."""
    trains: bool = True
    """Whether there is any training before somebody has treated it."""

    def __str__(self) -> str:
        return self.told + (f", {self.weeks:g} weeks" if self.weeks is not None else "")


ROWS = [
    # Muscle: dossier D01 to D11, X4.
    Row("duchenne-muscular-dystrophy", "birnkrant-2018", ("eccentric", "heavy", "impact", "maximal", "vigorous"), ("step-down", "stair-practice", "plank-knees", "sit-to-stand-weighted", "goblet-squat", "treadmill-incline", "nordic-hamstring", *DROPS, *RUNS), age_years=12, effort_rpe_most=3),
    Row("becker-muscular-dystrophy", "dmd-mri-physio", ("eccentric", "heavy", "impact", "maximal"), ("nordic-hamstring", "slider-curl", "pogo-hops", *DROPS), effort_rpe_most=5),
    Row("dystrophinopathy-carrier-female", "dmd-mri-physio", ("eccentric", "heavy", "impact", "maximal")),
    Row("dysferlinopathy-miyoshi", "dmd-mri-physio", ("eccentric", "heavy", "impact", "maximal"), ("heel-raise-single", "pogo-hops", "run-ladder", "slider-curl", "romanian-deadlift", *DROPS), effort_rpe_most=5),
    Row("limb-girdle-muscular-dystrophy", "musculoskeletal-key-nmd", ("eccentric", "heavy", "impact", "maximal"), effort_rpe_most=6),
    Row("facioscapulohumeral-dystrophy", "musculoskeletal-key-nmd", ("eccentric", "heavy", "impact", "maximal"), effort_rpe_most=6),
    Row("myotonic-dystrophy-1", "musculoskeletal-key-nmd", ("eccentric", "heavy", "impact", "maximal")),
    Row("inclusion-body-myositis", "estimate", ("eccentric", "heavy", "impact", "maximal", "deep-knee-bend"), ("step-down", "split-squat", "wobble-board"), age_years=58, effort_rpe_most=5),
    Row("dermatomyositis", "alexanderson-2018", ("eccentric", "heavy", "maximal", "impact", "vigorous"), effort_rpe_most=4),
    Row("polymyositis-antisynthetase", "alexanderson-2018", ("eccentric", "heavy", "maximal", "impact", "vigorous"), effort_rpe_most=4),
    Row("immune-mediated-necrotising-myopathy", "alexanderson-2018", ("eccentric", "heavy", "maximal", "impact", "vigorous"), effort_rpe_most=4),
    Row("glucocorticoid-myopathy", "medscape-steroid-treatment", ("heavy", "maximal", "impact")),
    Row("hypothyroid-myopathy", "medscape-hypothyroid-myopathy", ("heavy", "maximal", "impact")),
    Row("osteomalacic-myopathy", "medscape-hypothyroid-myopathy", ("heavy", "maximal", "impact")),
    Row("statin-myopathy", "cheeley-2022", ("eccentric", "maximal", "impact", "heavy"), ("pogo-hops", *DROPS)),
    Row("hypokalaemic-periodic-paralysis", "levitt-2008", ("vigorous", "maximal", "heavy"), ("run-ladder",)),
    Row("hyperkalaemic-periodic-paralysis", "levitt-2008", ("vigorous", "maximal", "heavy"), ("run-ladder",)),
    Row("thyrotoxic-periodic-paralysis", "levitt-2008", ("vigorous", "maximal", "heavy"), ("run-ladder",)),
    Row("mcardle-disease", "iamgsd-gym", ("sustained-hold", "heavy", "maximal", "impact", "eccentric", "vigorous"), ("rower", "run-ladder"), effort_rpe_most=4),
    Row("cpt2-deficiency-lipid-myopathy", "genereviews-cpt2", ("vigorous", "maximal", "heavy", "eccentric", "impact"), RUNS, effort_rpe_most=4),
    Row("pompe-disease-late", "vandenberg-2015-pompe", ("maximal", "heavy", "eccentric", "impact"), effort_rpe_most=5),
    Row("mitochondrial-myopathy", "jeppesen-2009", ("maximal", "vigorous"), effort_rpe_most=5),
    Row("rhabdomyolysis", "mda-quest-2009", category="resistance", stress=("eccentric", "maximal", "heavy"), trains=False),
    Row("rhabdomyolysis+cleared after rhabdomyolysis", "estimate", ("eccentric", "maximal", "heavy")),
    # Junction and nerve cells: D12, D13, D21 to D24, X7.
    Row("myasthenia-gravis", "westerberg-2018", ("sustained-hold", "maximal"), effort_rpe_most=6),
    Row("myasthenia-gravis+unstable myasthenia", "westerberg-2018", ("vigorous",), category="resistance", effort_rpe_most=2),
    Row("lambert-eaton", "westerberg-2018", ("sustained-hold", "maximal")),
    Row("amyotrophic-lateral-sclerosis", "lui-byl-2009", ("eccentric", "heavy", "maximal", "impact", "vigorous"), ("nordic-hamstring", "slider-curl", *RUNS), effort_rpe_most=4),
    Row("spinal-muscular-atrophy-late", "mercuri-2018", ("eccentric", "heavy", "maximal", "impact"), effort_rpe_most=5),
    Row("kennedy-disease", "mercuri-2018", ("eccentric", "heavy", "maximal", "impact"), effort_rpe_most=5),
    Row("post-polio-syndrome", "gonzalez-2010", ("eccentric", "heavy", "maximal", "impact"), age_years=58, effort_rpe_most=4),
    # Nerves: D14 to D20, D29, X5.
    Row("charcot-marie-tooth", "burns-2017", ("impact", "maximal"), ("toe-walk-weighted", "heel-drop-straight", "heel-drop-bent", "wobble-board")),
    Row("diabetic-polyneuropathy", "bus-2024", ("impact",), ("wobble-board", "foam-stand", *RUNS)),
    Row("diabetic-polyneuropathy+foot ulcer", "colberg-2016", ("weight-bearing", "forefoot-pressure", "impact", "calf-load", "water"), ("walk-level", "seated-heel-raise", "swim")),
    Row("diabetic-polyneuropathy+Charcot foot", "colberg-2016", ("weight-bearing", "forefoot-pressure", "impact", "calf-load", "calf-stretch", "single-leg"), ("cycle-upright",)),
    Row("hereditary-ttr-amyloidosis", "colberg-2016", ("head-down", "maximal", "vigorous"), ("floor-to-stand", "leg-press", "hip-thrust"), effort_rpe_most=4),
    Row("cidp", "estimate", ("maximal",)),
    Row("cidp+CIDP relapse", "estimate", ("heavy", "maximal", "vigorous", "eccentric", "impact"), effort_rpe_most=3),
    Row("multifocal-motor-neuropathy", "estimate", ("maximal",)),
    Row("vasculitic-neuropathy", "estimate", ("heavy", "maximal", "vigorous", "eccentric", "impact"), weeks=3, trains=False),
    Row("guillain-barre-syndrome", "albrecht-1951", ("eccentric", "heavy", "maximal", "impact", "vigorous"), weeks=2, category="aerobic", trains=False),
    Row("guillain-barre-syndrome", "simatos-arsenault-2016", ("eccentric", "heavy", "maximal", "impact"), weeks=20, effort_rpe_most=5),
    Row("hnpp", "genereviews-hnpp", ("kneeling", "deep-knee-bend"), ("figure-four",)),
    Row("sciatic-neuropathy-trauma", "estimate", exercises=("slump-tensioner",)),
    Row("sciatic-neuropathy-trauma+nerve repair", "estimate", ("nerve-tension", "hamstring-stretch", "calf-stretch"), ("slump-slider", "tibial-glide")),
    # Back and cord: D25 to D28, D44, D45, X3, X8, X9, X14.
    Row("lumbar-disc-radiculopathy", "fernandez-2015", ("nerve-tension", "spine-flexion", "spine-load", "twisting"), ("slump-tensioner", "hip-hinge", *LOADED_BENDS), weeks=1, stage=True),
    Row("lumbar-disc-radiculopathy", "estimate", exercises=("slump-tensioner", "sit-to-stand-weighted", *LOADED_BENDS), weeks=10),
    Row("lumbar-spinal-stenosis", "bussieres-2021", ("spine-extension",), ("prone-on-elbows", "press-up-prone", "back-extension"), age_years=58),
    Row("degenerative-cervical-myelopathy", "estimate", ("neck-load", "impact", "head-down", "twisting", "straining", "heavy", "maximal")),
    Row("tethered-cord", "estimate", ("nerve-tension", "spine-flexion", "hamstring-stretch")),
    Row("spinal-dural-av-fistula", "aan-pearl-sdavf", ("vigorous", "straining", "maximal", "heavy"), trains=False),
    Row("cauda-equina-syndrome", "girft-ces-2023", category="resistance", trains=False),
    Row("cauda-equina-syndrome+cleared for exercise+discectomy", "estimate", ("spine-flexion", "twisting", "spine-load", "heavy", "nerve-tension"), weeks=4),
    Row("metastatic-cord-compression", "girft-ces-2023", category="resistance", trains=False),
    Row("osteoporotic-vertebral-fracture-compression", "brooke-wavell-2022", ("spine-flexion", "spine-load", "twisting", "impact"), weeks=10),
    Row("hip-fracture-occult", "estimate", category="resistance", trains=False),
    Row("stress-fracture-leg", "warden-2014", ("impact", "single-leg", "heavy", "maximal")),
    Row("hereditary-spastic-paraplegia", "estimate", ("impact",)),
    # Tendon and muscle injury: D30 to D37, X1, X17.
    Row("achilles-tendon-rupture", "costa-2020", ("calf-load", "calf-stretch", "heel-below-floor", "impact", "single-leg"), ("heel-raise-double", "calf-stretch-wall", "aqua-heel-raise"), weeks=3),
    Row("achilles-tendon-rupture", "costa-2020", ("calf-load", "calf-stretch", "heel-below-floor", "impact")),
    Row("achilles-tendon-rupture+out of the boot", "estimate", ("calf-stretch", "heel-below-floor", "impact", "maximal"), ("calf-stretch-wall", *RUNS), weeks=10),
    Row("achilles-tendinopathy+insertional Achilles", "fahlstrom-2003", ("heel-below-floor",), ("heel-drop-straight", "heel-drop-bent", "calf-stretch-wall", "soleus-stretch-wall")),
    Row("hamstring-strain", "estimate", ("hamstring-stretch", "eccentric", "heavy", "impact", "maximal", "vigorous"), ("extender", "diver", "glider", *RUNS), weeks=0.4, stage=True),
    Row("hamstring-strain", "martin-2022", ("impact", "maximal"), ("nordic-hamstring", "slider-curl", "ball-curl", "leg-curl-machine", "romanian-deadlift", *RUNS), weeks=3),
    Row("calf-strain", "green-2022", ("impact", "maximal", "heel-below-floor"), ("pogo-hops", *RUNS), weeks=3),
    Row("proximal-hamstring-avulsion", "estimate", ("hamstring-load", "hamstring-stretch", "hip-flexion-deep", "impact"), ("nordic-hamstring", "leg-curl-machine"), weeks=4),
    Row("proximal-hamstring-tendinopathy", "goom-2016", ("hamstring-stretch", "hip-flexion-deep")),
    # Vessels: D38, D39, X2.
    Row("acute-limb-ischaemia", "esvs-ali-2020", category="resistance", trains=False),
    Row("peripheral-artery-disease+rest pain of the foot", "esvs-ali-2020", category="aerobic", trains=False),
    Row("deep-vein-thrombosis", "ash-vte-2020", category="resistance", trains=False),
    Row("deep-vein-thrombosis+treated DVT", "kahn-2014-pts", ("impact", "maximal", "heavy"), weeks=1),
    Row("acute-compartment-syndrome-leg", "boast-compartment", category="resistance", trains=False),
    Row("chronic-exertional-compartment-syndrome", "buerba-2019", ("impact",), RUNS),
    Row("popliteal-aneurysm", "estimate", ("impact", "deep-knee-bend", "vigorous", "maximal", "heavy")),
    # The whole person: D40 to D46, X6, X10 to X16.
    Row("sarcopenia", "dent-2018", ("impact", "maximal")),
    Row("parkinson-disease", "estimate", exercises=("backward-walk",)),
    Row("unstable angina", "williams-2007-aha", ("vigorous", "heavy", "maximal", "straining", "water"), category="resistance"),
    Row("FVC below 50", "estimate", ("vigorous", "maximal", "heavy", "lying-flat", "prone", "head-down", "water"), effort_rpe_most=3),
    Row("proliferative retinopathy", "colberg-2016", ("straining", "head-down", "heavy", "maximal", "impact", "vigorous")),
    Row("blood pressure above 180", "williams-2007-aha", ("straining", "heavy", "maximal", "head-down"), effort_rpe_most=4),
    Row("open wound", "estimate", ("water",)),
    Row("uncontrolled epilepsy", "estimate", ("water",)),
    Row("total hip", "eannucci-2019", ("hip-flexion-deep", "hip-crossing"), ("figure-four", "knees-to-chest")),
    Row("hip replacement 3 weeks ago", "eannucci-2019", ("hip-flexion-deep",), ("hamstring-stretch-seated", "diver", "bridge-single", "sit-to-stand")),
    Row("knee replacement", "estimate", ("kneeling", "deep-knee-bend"), ("nordic-hamstring", "step-down")),
    Row("fever", "acsm-2021", ("vigorous", "heavy", "impact", "water"), category="resistance"),
    Row("keeps falling", "sherrington-2019", ("unsteady",)),
    Row("osteoporosis", "brooke-wavell-2022", ("spine-flexion",)),
    Row("pregnant", "acog-804", ("lying-flat", "prone", "straining", "maximal", "impact")),
    Row("fibromyalgia-chronic-fatigue", "nice-ng206", ("vigorous", "heavy", "maximal", "impact", "eccentric"), effort_rpe_most=2),
    Row("ciprofloxacin", "alves-2019", ("impact", "maximal"), DROPS),
]


@pytest.fixture(scope="module")
def care() -> CareKnowledge:
    return open_care()


@pytest.fixture(scope="module")
def tempting(care: CareKnowledge) -> Regimen:
    return replace(care.regimens[TEMPTING], avoid=(), hazards=(), neural=Regular(days=(2, 5)))


@cache
def nothing_found(age_years: float) -> Assessment:
    """An assessment that suspects nothing: only what was told counts."""
    known = open_knowledge()
    assessment = assess(Evidence(age_years=age_years, sex="male"), known.kb, known.network)
    return replace(assessment, differential=Differential((), 1.0))


@cache
def planned(told: str, age_years: float, weeks: float | None, suspected: tuple[tuple[str, float], ...] = ()) -> CarePlan:
    """The plan of the most tempting person of whom this is told."""
    kb, care = open_knowledge().kb, open_care()
    entries = tuple(filter(None, told.split("+")))
    words = tuple(kb.conditions[t].names[0] if t in kb.conditions else t for t in entries)
    case = Case(age_years=age_years, sex="male", conditions=words, medicines=words)
    assessment = nothing_found(age_years)
    if suspected:
        candidates = tuple(Candidate(c, p, kb.conditions[c].urgency, (), (), ()) for c, p in suspected)
        assessment = replace(assessment, differential=Differential(candidates, 1 - sum(p for _, p in suspected)))
    read, problems = told_for_plan(case, assessment.evidence, kb, care, TODAY)
    assert problems == []
    assert set(read.known) == {t for t in entries if t in kb.conditions}
    wishes = Wishes(minutes_per_day=60, days=DAYS, equipment=frozenset(care.equipment))
    return plan(case, assessment, kb, care, replace(read, weeks_since_onset=weeks, stance_s=60, wishes=wishes), TODAY)


def is_hazardous(exercise: Exercise, row: Row) -> bool:
    return bool(exercise.id in row.exercises or set(exercise.stress) & set(row.stress) or exercise.category == row.category)


def in_the_week(result: CarePlan) -> Iterator[tuple[Exercise, int]]:
    if result.programme is not None:
        yield from ((i.exercise, i.effort_rpe) for s in result.programme.week.sessions for i in s.items)


def behind(hazards: Iterable[Hazard]) -> set[str]:
    return {h.support.ref or "estimate" for h in hazards}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_hazard_never_appears_in_the_week(row: Row, care: CareKnowledge):
    result = planned(row.told, row.age_years, row.weeks)
    assert (result.programme is not None) == row.trains, result.held
    if result.programme is not None:
        assert result.programme.week.sessions
        assert row.source in behind(hazards_of(result.person, result.programme.regimen, care.hazards).values())
    assert [e.id for e, _ in in_the_week(result) if is_hazardous(e, row)] == []
    assert max((effort for _, effort in in_the_week(result)), default=0) <= row.effort_rpe_most


@pytest.mark.parametrize("row", [r for r in ROWS if not r.stage], ids=str)
def test_the_hazard_holds_under_the_most_demanding_regimen_too(row: Row, care: CareKnowledge, tempting: Regimen):
    """A wrong choice of regimen must not be enough to do harm."""
    person = planned(row.told, row.age_years, row.weeks).person
    assert row.source in behind(hazards_of(person, tempting, care.hazards).values())
    assert [r.exercise.id for r in ruled(person, tempting, care) if r.sides and is_hazardous(r.exercise, row)] == []


def test_the_tempting_regimen_offers_every_hazard_to_somebody_healthy(care: CareKnowledge, tempting: Regimen):
    """Else the rows above would prove nothing."""
    person = planned("", AGE_YEARS, None).person
    offered = [r.exercise for r in ruled(person, tempting, care) if r.sides]
    assert [str(row) for row in ROWS if not any(is_hazardous(e, row) for e in offered)] == []


def test_every_exercise_and_stress_of_the_rows_exists(care: CareKnowledge):
    assert {e for row in ROWS for e in row.exercises} <= set(care.exercises)
    assert {s for row in ROWS for s in row.stress} <= {s for e in care.exercises.values() for s in e.stress}


OPEN = [
    ("lumbar-disc-radiculopathy", "lumbar-spinal-stenosis"),
    ("lumbar-disc-radiculopathy", "proximal-hamstring-tendinopathy"),
    ("dysferlinopathy-miyoshi", "achilles-tendinopathy"),
    ("amyotrophic-lateral-sclerosis", "charcot-marie-tooth"),
    ("dermatomyositis", "inclusion-body-myositis"),
    ("popliteal-aneurysm", "lumbar-spinal-stenosis"),
    ("myasthenia-gravis", "mcardle-disease"),
    ("charcot-marie-tooth", "hnpp"),
    ("becker-muscular-dystrophy", "pompe-disease-late"),
    ("sciatic-neuropathy-trauma", "lumbar-disc-radiculopathy"),
]


@pytest.mark.parametrize(("one", "other"), OPEN)
def test_while_two_causes_are_open_the_hazards_of_both_hold(one: str, other: str):
    result = planned("", AGE_YEARS, 10, suspected=((one, 0.45), (other, 0.4)))
    assert {c for choice in result.choices for c in choice.pathway.conditions} >= {one, other}
    assert result.programme is not None, result.held
    assert result.programme.week.sessions
    rows = [r for r in ROWS if r.told in (one, other) and r.weeks in (None, 10)]
    assert {r.told for r in rows} | {"achilles-tendinopathy"} >= {one, other}
    for row in rows:
        assert [e.id for e, _ in in_the_week(result) if is_hazardous(e, row)] == [], row
        assert max((effort for _, effort in in_the_week(result)), default=0) <= row.effort_rpe_most
