"""Published courses: each is possible and sourced, and what a person measured speaks for the causes that go like that.

Source: the publication that each course names in `knowledge/data/courses`; where a test states a number, its own docstring says whose.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from soleus.cli import main
from soleus.domain.course import PublishedBand, PublishedCourse, Way
from soleus.domain.errors import KnowledgeError, OutOfRange
from soleus.domain.finding import Presence, Side
from soleus.domain.knowledge_base import COURSES
from soleus.domain.measure import Point, series_of
from soleus.domain.support import Support
from soleus.interchange.casefile.read import case_of_text
from soleus.interchange.evidence import understand
from soleus.interchange.measurements.evidence import Catalogue, falling_measures, with_measurements
from soleus.knowledge.course_loader import load_courses
from soleus.knowledge.measure_loader import load_measures
from soleus.trends.bands import CAP_DECIBANS
from soleus.trends.evidence import ESTIMATE_DECIBANS, combined, fits
from soleus.trends.trend import trend

TODAY = date(2026, 3, 2)
WANTED = """amyotrophic-lateral-sclerosis progressive-muscular-atrophy charcot-marie-tooth inclusion-body-myositis cidp
    guillain-barre-syndrome duchenne-muscular-dystrophy becker-muscular-dystrophy sarcopenia lumbar-disc-radiculopathy hamstring-strain
    calf-strain achilles-tendon-rupture achilles-tendinopathy lumbar-spinal-stenosis post-polio-syndrome dysferlinopathy-miyoshi
    multiple-sclerosis parkinson-disease dermatomyositis immune-mediated-necrotising-myopathy diabetic-radiculoplexus-neuropathy
    disuse-deconditioning b12-deficiency-neuropathy subacute-combined-degeneration hereditary-ttr-amyloidosis""".split()


@pytest.fixture(scope="module")
def catalogue(compiled) -> Catalogue:
    measures = load_measures(compiled.kb)
    return Catalogue(measures, load_courses(compiled.kb, measures, today=TODAY))


@pytest.fixture(scope="module")
def courses(catalogue: Catalogue) -> Mapping[str, PublishedCourse]:
    return catalogue.courses


def bands(courses: Mapping[str, PublishedCourse]) -> list[PublishedBand]:
    return [b for c in courses.values() for w in c.ways for b in w.bands]


def band(courses: Mapping[str, PublishedCourse], condition: str, measure: str, way: int = 0) -> PublishedBand:
    found = courses[condition].ways[way].band(measure)
    assert found is not None
    return found


@pytest.mark.parametrize("condition", WANTED)
def test_the_causes_that_matter_have_a_course(courses, condition):
    assert condition in courses
    assert courses[condition].lay.endswith(".")


def test_every_number_has_a_source_or_says_why(courses):
    for b in bands(courses):
        assert b.support.ref or len(b.support.estimate) > 5
        if b.support.ref:
            assert b.support.at
    assert sum(bool(b.support.ref) for b in bands(courses)) >= 30


# Sums by hand from what the sources say.


def test_als_loses_eleven_points_a_year(courses):
    """Source: vaneijk-2025-alsfrs, abstract: −0.89 points a month, 95 % of people between 0.04 and 1.96."""
    b = band(courses, "amyotrophic-lateral-sclerosis", "alsfrs-r")
    assert b.mean == pytest.approx(-12 * 0.89, abs=0.05)
    assert b.sd == pytest.approx(12 * (1.96 - 0.04) / 3.92, abs=0.05)


def test_inclusion_body_myositis_sds_follow_from_the_intervals(courses):
    """Source: ibm-181-2021: −6.3 % a year (5.5 to 7.2) and −3.8 % (2.7 to 4.9) in 181 patients."""
    assert band(courses, "inclusion-body-myositis", "ibmfrs").sd == pytest.approx(0.85 / 1.96 * 181**0.5 / 100, abs=0.001)
    assert band(courses, "inclusion-body-myositis", "grip").sd == pytest.approx(1.1 / 1.96 * 181**0.5 / 100, abs=0.001)


def test_amyloid_gait_and_grip(courses):
    """Source: attrv-gait-review-2024: −0.24 m/s in 18 months; attrv-progression-2021: 43 % of grip in 18 months."""
    assert band(courses, "hereditary-ttr-amyloidosis", "gait-speed-10m").mean == pytest.approx(-0.24 / 1.5)
    assert band(courses, "hereditary-ttr-amyloidosis", "grip").mean == pytest.approx(0.57 ** (1 / 1.5) - 1, abs=0.005)


def test_diabetic_ankles_lose_three_per_cent(courses):
    """Source: andreassen-2006, abstract: −3.2 % (SD 2.3) a year at the ankle."""
    b = band(courses, "diabetic-polyneuropathy", "dynamometry-plantar-flexion")
    assert (b.mean, b.sd) == (-0.032, 0.023)


def test_one_of_five_people_with_multiple_sclerosis_slows_by_a_fifth(courses):
    """Source: miller-2014-t25fw, abstract: 309 of 1,544 were slower by 20 % or more."""
    from statistics import NormalDist

    b = band(courses, "multiple-sclerosis", "gait-speed-10m")
    assert NormalDist(b.mean, b.sd).cdf(-0.2) == pytest.approx(309 / 1544, abs=0.01)


def test_achilles_rupture_reaches_what_was_published(courses):
    """Source: silbernagel-2010-heel-rise, abstract: 84 % of the other side at 6 months, 95 % at 12 months."""
    from math import exp

    b = band(courses, "achilles-tendon-rupture", "heel-rise")
    # 84 % of about 24 rises at 6 months, 95 % at 12 months.
    assert b.mean * (1 - exp(-0.5 / b.time_constant_years)) == pytest.approx(0.84 * 24, abs=2.5)
    assert b.mean * (1 - exp(-1.0 / b.time_constant_years)) == pytest.approx(0.95 * 24, abs=2.5)


# -- how series weigh -----------------------------------------------------------------------------------------------------


def series(catalogue: Catalogue, measure: str, values: list[float], days: int, side: Side = Side.UNSTATED):
    points = [Point(date(2025, 1, 1) + timedelta(days=days * i), v, side) for i, v in enumerate(values)]
    (made,) = series_of(catalogue.measures[measure], points)
    return made


def weighed(catalogue: Catalogue, *all_series) -> dict[str, float]:
    return {f.condition: f.decibans for f in fits([(s, trend(s)) for s in all_series], catalogue.courses)}


def test_an_als_scale_that_falls_by_a_point_a_month_speaks_for_als(catalogue):
    found = weighed(catalogue, series(catalogue, "alsfrs-r", [44 - i for i in range(10)], 30))
    assert found["amyotrophic-lateral-sclerosis"] > 2


def test_an_als_scale_that_stays_speaks_against_als(catalogue):
    found = weighed(catalogue, series(catalogue, "alsfrs-r", [40, 41, 40, 40, 41, 40, 40, 41, 40, 40], 60))
    assert found["amyotrophic-lateral-sclerosis"] < -4


def test_heel_rises_that_fall_in_months_speak_against_charcot_marie_tooth(catalogue):
    found = weighed(catalogue, series(catalogue, "heel-rise", [24, 23, 21, 19, 17, 15, 13, 12, 10], 30, Side.LEFT))
    assert found["charcot-marie-tooth"] < -4
    assert found["amyotrophic-lateral-sclerosis"] > found["charcot-marie-tooth"] + 5
    assert found["achilles-tendon-rupture"] < -4


def test_heel_rises_that_come_back_fast_then_slowly_speak_for_healing(catalogue):
    found = weighed(catalogue, series(catalogue, "heel-rise", [2, 9, 14, 17, 19, 20, 21, 22, 22], 40, Side.LEFT))
    assert found["achilles-tendon-rupture"] > 2
    assert found["amyotrophic-lateral-sclerosis"] < -4


def test_level_heel_rises_speak_for_what_hardly_changes(catalogue):
    found = weighed(catalogue, series(catalogue, "heel-rise", [15, 16, 15, 14, 16, 15, 15, 16, 15, 15, 14, 15], 60, Side.LEFT))
    assert found["charcot-marie-tooth"] > 0
    assert found["charcot-marie-tooth"] > found["amyotrophic-lateral-sclerosis"] + 5


def test_of_two_legs_the_weaker_one_is_compared(catalogue):
    falls = series(catalogue, "heel-rise", [24, 21, 18, 15, 12, 9], 40, Side.LEFT)
    level = series(catalogue, "heel-rise", [25, 24, 25, 25, 24, 25], 40, Side.RIGHT)
    assert weighed(catalogue, falls, level) == weighed(catalogue, falls)


def test_two_occasions_weigh_nothing(catalogue):
    assert weighed(catalogue, series(catalogue, "heel-rise", [24, 4], 200, Side.LEFT)) == {}


def test_weights_are_bounded_and_estimates_weigh_less(catalogue):
    steep = series(catalogue, "heel-rise", [60 - 5 * i for i in range(12)], 60, Side.LEFT)
    for f in fits([(steep, trend(steep))], catalogue.courses):
        assert abs(f.decibans) <= (CAP_DECIBANS if f.refs else ESTIMATE_DECIBANS)


# -- in the assessment ----------------------------------------------------------------------------------------------------

HEAD = "age: 58\nsex: female\nfindings:\n  - {finding: calf weakness, side: left}\n"


def told(compiled, catalogue, text: str):
    case = case_of_text(text, TODAY)
    before = understand(case, compiled.kb, compiled.lexicon, TODAY)
    after, problems = with_measurements(case, before, compiled.kb, catalogue, TODAY)
    assert problems == []
    return before, after


def heel_rises(values, side="left", every=1) -> str:
    days = [date(2025, 3, 1) + timedelta(days=30 * every * i) for i in range(len(values))]
    return "measurements:\n" + "".join(
        f"  - {{measure: heel-rise, side: {side}, value: {v}, on: {d}}}\n" for v, d in zip(values, days, strict=True)
    )


def test_no_heel_rise_at_all_is_a_weak_calf_on_that_side(compiled, catalogue):
    text = "age: 58\nfindings: [back pain]\nmeasurements: [{measure: heel-rise, side: left, value: 0, on: 2026-02-20}]\n"
    before, after = told(compiled, catalogue, text)
    assert before.evidence.presence("weak-ankle-plantarflexion") is Presence.UNKNOWN
    (found,) = after.evidence.of("weak-ankle-plantarflexion")
    assert (found.presence, found.side, found.place) == (Presence.PRESENT, Side.LEFT, "measurements[0]")


@pytest.mark.parametrize("value", ["5", "unable"])
def test_a_value_below_the_norm_is_no_finding_by_itself_but_unable_is(compiled, catalogue, value):
    text = f"age: 58\nfindings: [back pain]\nmeasurements: [{{measure: heel-rise, side: left, value: {value}, on: 2026-02-20}}]\n"
    _, after = told(compiled, catalogue, text)
    wanted = Presence.PRESENT if value == "unable" else Presence.UNKNOWN
    assert after.evidence.presence("weak-ankle-plantarflexion") is wanted


def test_a_value_of_two_years_ago_shows_nothing_of_today(compiled, catalogue):
    text = "age: 58\nfindings: [back pain]\nmeasurements: [{measure: heel-rise, side: left, value: 0, on: 2024-02-20}]\n"
    _, after = told(compiled, catalogue, text)
    assert after.evidence.presence("weak-ankle-plantarflexion") is Presence.UNKNOWN


def test_an_mrc_grade_is_the_finding_it_names(compiled, catalogue):
    text = "age: 58\nfindings: [back pain]\nmeasurements: [{measure: mrc-dorsiflexion, side: right, value: 3, on: 2026-02-20}]\n"
    _, after = told(compiled, catalogue, text)
    (found,) = after.evidence.of("weak-ankle-dorsiflexion")
    assert (found.side, found.weights) == (Side.RIGHT, (0.0, 0.0, 1.0))


def test_the_last_grade_counts(compiled, catalogue):
    text = (
        "age: 58\nfindings: [back pain]\nmeasurements:\n  - {measure: mrc-dorsiflexion, side: right, value: 5, on: 2026-02-20}\n"
        "  - {measure: mrc-dorsiflexion, side: right, value: 3, on: 2026-01-20}\n"
    )
    _, after = told(compiled, catalogue, text)
    assert after.evidence.presence("weak-ankle-dorsiflexion") is Presence.ABSENT


def test_a_measured_fall_fills_a_course_that_nobody_told(compiled, catalogue):
    before, after = told(compiled, catalogue, HEAD + heel_rises([24, 22, 21, 19, 17, 15, 14, 12, 10, 9]))
    assert before.evidence.course is None
    assert after.evidence.course is not None
    assert COURSES[max(range(len(COURSES)), key=lambda i: after.evidence.course[i])] == "progressive"
    assert "measured: progressive" in after.evidence.course_text
    assert dict(after.evidence.fits)["charcot-marie-tooth"] < 0


def test_two_values_say_nothing_of_the_course(compiled, catalogue):
    before, after = told(compiled, catalogue, HEAD + heel_rises([24, 9]))
    assert after.evidence == before.evidence


def test_measuring_never_lowers_the_urgency_of_what_is_told(compiled, catalogue, weigh):
    from soleus.domain.knowledge_base import level_rank

    course = HEAD.replace("side: left}", "side: left, since: 2025-10-01, course: progressive}")
    for values in ([15, 16, 15, 15, 16, 15, 15, 16, 15, 15], [9, 11, 13, 15, 17, 19, 20, 21, 21, 22], [20, 18, 16, 14, 12, 10, 8]):
        before, after = told(compiled, catalogue, course + heel_rises(values))
        assert level_rank(weigh(after.evidence).triage.level) >= level_rank(weigh(before.evidence).triage.level)


@pytest.mark.parametrize("i", range(len(COURSES)))
def test_what_is_told_to_get_worse_stays_told(i):
    worse = COURSES.index("progressive")
    said = tuple(1.0 if k == worse else 0.15 for k in range(len(COURSES)))
    measured = tuple(1.0 if k == i else 0.15 for k in range(len(COURSES)))
    both = combined(said, measured)
    assert both[worse] / sum(both) >= said[worse] / sum(said)


def test_falling_measures_are_named_for_the_plan(catalogue):
    case = case_of_text(HEAD + heel_rises([24, 22, 21, 19, 17, 15, 14, 12, 10, 9]), TODAY)
    assert falling_measures(case, catalogue.measures, TODAY) == ("Single-leg heel rise (left)",)
    level = case_of_text(HEAD + heel_rises([15, 16, 15, 15, 16]), TODAY)
    assert falling_measures(level, catalogue.measures, TODAY) == ()


def test_a_measure_that_is_not_known_is_told(compiled, catalogue):
    _, after = told(compiled, catalogue, HEAD + "measurements: [{measure: heel-rize, value: 3, on: 2026-02-20}]\n")
    assert after.not_understood[-1] == 'measurement 1: "heel-rize" is not a measure that Soleus knows. Did you mean heel-rise?'


@pytest.mark.usefixtures("opened_once")
def test_an_impossible_value_is_a_fault_of_the_case(tmp_path, capsys):
    path = tmp_path / "case.yaml"
    path.write_text("age: 200\n" + HEAD.removeprefix("age: 58\n") + heel_rises([900]), encoding="utf-8")
    assert main(["assess", str(path)]) == 10
    said = capsys.readouterr().err
    assert "2 problems" in said
    assert "measurements[0]" in said


@pytest.mark.usefixtures("opened_once")
def test_assess_uses_the_measurements_of_the_case(tmp_path, capsys):
    import json

    path = tmp_path / "case.yaml"
    path.write_text(HEAD + heel_rises([24, 22, 21, 19, 17, 15, 14, 12, 10, 9]), encoding="utf-8")
    assert main(["assess", str(path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert any("measured: progressive" in u.get("from", "") for u in document["understood"])
    assert any("beside published courses" in e["finding"] for c in document["differential"] for e in c.get("evidence", []))


def test_a_case_without_measurements_loads_no_statistics():
    code = (
        "import sys; from soleus.cli import main; code = main(['assess', 'examples/s1-radiculopathy.yaml', '--json']); "
        "print(code, sorted(m for m in sys.modules if m == 'scipy' or m.startswith('soleus.trends')), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "0 []"


# -- data at fault --------------------------------------------------------------------------------------------------------

GOOD = """\
lay: It falls.
ways:
  - name: loss
    share: 1.0
    population: adults
    bands:
      - {measures: [heel-rise], mean: -2, sd: 1, support: {estimate: because I say so}}
review: {clinician: none yet, checked_against_source: 2026-01-01, next: 2027-01-01}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("heel-rise", "heel-rize", '"heel-rize" does not exist'),
        ("mean: -2", "mean: -400", "more than heel-rise can change"),
        ("sd: 1", "sd: 0", "above 0"),
        ("share: 1.0", "share: 0.4", "sum to 0.4"),
        ("{estimate: because I say so}", "{ref: nobody-1999, at: p. 1}", '"nobody-1999" is not in sources'),
        ("{estimate: because I say so}", "{}", "give either"),
        ("mean: -2", "maen: -2", "maen"),
        ("sd: 1,", "sd: 1, shape: recovery,", "time_constant_years"),
        ("sd: 1,", "sd: 1, shape: exponential,", "relative"),
        ("[heel-rise]", "[heel-rise, grip]", "is `relative`"),
        ("[heel-rise]", "[mrc-plantar-flexion]", ""),
        ("next: 2027-01-01", "next: 2026-02-01", "was due"),
        (
            "    bands:\n",
            "    bands:\n      - {measures: [timed-up-and-go], mean: -1, sd: 0.5, support: {estimate: slip}}\n",
            "worse by another",
        ),
    ],
)
def test_faults_of_the_data_are_told_with_their_file(compiled, catalogue, tmp_path, old, new, said):
    (tmp_path / "courses").mkdir()
    (tmp_path / "courses" / "calf-strain.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    if not said:
        assert load_courses(compiled.kb, catalogue.measures, tmp_path, TODAY)
        return
    with pytest.raises(KnowledgeError) as caught:
        load_courses(compiled.kb, catalogue.measures, tmp_path, TODAY)
    assert said in str(caught.value)
    assert "calf-strain.yaml" in str(caught.value)


def test_a_course_of_an_unknown_condition_is_a_fault(compiled, catalogue, tmp_path):
    (tmp_path / "courses").mkdir()
    (tmp_path / "courses" / "calf-sprain.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="calf-strain"):
        load_courses(compiled.kb, catalogue.measures, tmp_path, TODAY)


def test_a_way_names_each_measure_once():
    one = PublishedBand(("grip",), -0.1, 0.1, Support(estimate="x"), relative=True)
    with pytest.raises(OutOfRange, match="one band"):
        Way("loss", 1.0, "adults", (one, one))
