"""`settle`: a fact told twice counts once, a contradiction is said, and the broader gives way to the narrower."""

from __future__ import annotations

from soleus.domain.evidence import Evidence, Observation, ancestors, settle
from soleus.domain.finding import Kind, Presence, Side

from .tiny import ABSENT, NOTHING, PRESENT, finding

VOCABULARY = {
    f.id: f
    for f in (
        finding("sensory-loss"),
        finding("numb-leg", sided=True, is_a=("sensory-loss",)),
        finding("numb-foot", sided=True, is_a=("numb-leg",)),
        finding("numb-sole", sided=True, is_a=("numb-foot",)),
        finding("fever"),
        finding("diabetes", kind=Kind.RISK, parent="risk"),
        finding("metformin", kind=Kind.RISK, parent="risk", is_a=("diabetes",)),
    )
}


def report(finding_: str, side: Side = Side.UNSTATED, weights: tuple[float, ...] = PRESENT, text: str = "") -> Observation:
    return Observation(finding_, side, weights, text or finding_)


def kept(*observations: Observation) -> set[tuple[str, str, str]]:
    settled, _ = settle(list(observations), VOCABULARY)
    return {(o.finding, o.side.value, o.presence.value) for o in settled}


def test_the_same_told_twice_is_told_once():
    settled, contradictions = settle([report("fever"), report("fever")], VOCABULARY)
    assert len(settled) == 1
    assert not contradictions


def test_the_surer_report_stands():
    settled, _ = settle([report("fever", weights=(0.4, 0.6)), report("fever", weights=(0.1, 0.9))], VOCABULARY)
    assert settled[0].weights == (0.1, 0.9)


def test_present_and_absent_is_probably_present_and_said_so():
    settled, contradictions = settle([report("fever", weights=ABSENT, text="no fever"), report("fever", text="39 degrees")], VOCABULARY)
    assert settled[0].presence is Presence.PRESENT
    assert settled[0].weights[1] / settled[0].weights[0] == 3
    assert len(contradictions) == 1
    assert "no fever" in contradictions[0]
    assert "39 degrees" in contradictions[0]


def test_left_and_right_are_two_facts():
    assert kept(report("numb-sole", Side.LEFT), report("numb-sole", Side.RIGHT, ABSENT)) == {
        ("numb-sole", "left", "present"),
        ("numb-sole", "right", "absent"),
    }


def test_a_broader_finding_gives_way_to_a_narrower_one_on_the_same_side():
    assert kept(report("numb-leg", Side.LEFT), report("numb-sole", Side.LEFT)) == {("numb-sole", "left", "present")}


def test_a_broader_finding_on_the_other_side_stays():
    assert kept(report("numb-leg", Side.RIGHT), report("numb-sole", Side.LEFT)) == {
        ("numb-leg", "right", "present"),
        ("numb-sole", "left", "present"),
    }


def test_a_broader_finding_without_a_side_gives_way():
    assert kept(report("sensory-loss"), report("numb-sole", Side.LEFT)) == {("numb-sole", "left", "present")}


def test_no_numbness_at_all_covers_no_numb_sole():
    assert kept(report("numb-leg", Side.LEFT, ABSENT), report("numb-sole", Side.LEFT, ABSENT)) == {("numb-leg", "left", "absent")}


def test_otherwise_normal_sensation_does_not_deny_the_numb_patch():
    assert kept(report("sensory-loss", weights=ABSENT), report("numb-sole", Side.LEFT)) == {("numb-sole", "left", "present")}


def test_a_denied_narrow_finding_stays_beside_a_present_broad_one():
    assert kept(report("numb-leg", Side.LEFT), report("numb-sole", Side.LEFT, ABSENT)) == {
        ("numb-leg", "left", "present"),
        ("numb-sole", "left", "absent"),
    }


def test_a_report_that_says_nothing_is_dropped():
    assert kept(report("fever", weights=NOTHING)) == set()


def test_who_takes_metformin_has_diabetes():
    assert kept(report("metformin")) == {("metformin", "unstated", "present"), ("diabetes", "unstated", "present")}


def test_ancestors_are_all_broader_findings():
    assert ancestors("numb-sole", VOCABULARY) == {"numb-foot", "numb-leg", "sensory-loss"}


def test_presence_over_sides_is_present_before_absent_before_unknown():
    both = Evidence(observations=(report("numb-sole", Side.LEFT, ABSENT), report("numb-sole", Side.RIGHT)))
    assert both.presence("numb-sole") is Presence.PRESENT
    assert both.mirrored().observations[0].side is Side.RIGHT
    assert Evidence(observations=(report("numb-sole", Side.LEFT, ABSENT),)).presence("numb-sole") is Presence.ABSENT
    assert Evidence().presence("numb-sole") is Presence.UNKNOWN
