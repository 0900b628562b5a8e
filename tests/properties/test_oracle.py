"""Our inference against pyAgrum's, an engine that nobody here wrote, on the same network built anew from the definitions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soleus.domain.evidence import Evidence, Observation, TestResult
from soleus.domain.finding import Finding, Side
from soleus.domain.knowledge_base import COURSES, ONSETS, SETTINGS, KnowledgeBase
from soleus.reasoning.inference import infer
from soleus.reasoning.network import compile_network

from ..oracle import Deficit, all_columns, build, posteriors
from .conftest import World
from .strategies import one_of_many

TOLERANCE = 1e-9
SIDES = [(Side.UNSTATED,), (Side.LEFT,), (Side.RIGHT,), (Side.LEFT, Side.RIGHT), (Side.LEFT, Side.RIGHT, Side.UNSTATED)]

relaxed = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def deficit(world: World) -> Deficit:
    return Deficit(world.kb)


def likelihoods(n: int) -> st.SearchStrategy[tuple[float, ...]]:
    """Hard: one state; or soft: a weight for each."""
    hard = st.integers(0, n - 1).map(lambda state: tuple(float(i == state) for i in range(n)))
    soft = st.lists(st.floats(0.01, 1.0), min_size=n, max_size=n).map(tuple)
    return hard | soft


@st.composite
def reports(draw: st.DrawFn, finding: Finding) -> list[Observation]:
    """What is told of one finding."""
    sides = draw(st.sampled_from(SIDES)) if finding.sided else (Side.UNSTATED,)
    return [Observation(finding.id, side, draw(likelihoods(len(finding.states)))) for side in sides]


@st.composite
def cases(draw: st.DrawFn, kb: KnowledgeBase) -> Evidence:
    """Evidence of every kind: 1 to 12 findings, tempo, tests; any person and setting."""
    findings = draw(st.lists(one_of_many(list(kb.findings.values())), min_size=1, max_size=12, unique_by=lambda f: f.id))
    tests = draw(st.lists(one_of_many(list(kb.tests.values())), max_size=3, unique_by=lambda t: t.id)) if kb.tests else []
    return Evidence(
        age_years=draw(st.none() | st.floats(0, 105)),
        sex=draw(st.sampled_from(["male", "female", "intersex", "unknown"])),
        setting=draw(st.sampled_from(SETTINGS)),
        observations=tuple(o for finding in findings for o in draw(reports(finding))),
        onset=draw(st.none() | likelihoods(len(ONSETS))),
        course=draw(st.none() | likelihoods(len(COURSES))),
        tests=tuple(TestResult(test.id, draw(st.sampled_from(test.outcomes))) for test in tests),
    )


@st.composite
def part_of(draw: st.DrawFn, kb: KnowledgeBase, evidence: Evidence) -> KnowledgeBase:
    """A few conditions of the knowledge base, and of its vocabulary what the evidence names."""
    some = draw(st.lists(one_of_many(list(kb.conditions)), min_size=1, max_size=12, unique=True))
    told = {o.finding for o in evidence.observations}
    return replace(
        kb,
        conditions={id_: condition for id_, condition in kb.conditions.items() if id_ in some},
        findings={id_: finding for id_, finding in kb.findings.items() if id_ in told},
        tests={result.test: kb.tests[result.test] for result in evidence.tests},
    )


def assert_agreement(kb: KnowledgeBase, evidence: Evidence, deficit: Deficit) -> None:
    network = build(kb, evidence, all_columns(kb), deficit)
    conditions, footprints = posteriors(network, kb, evidence)
    ours = infer(compile_network(kb), kb, evidence)
    np.testing.assert_allclose(ours.conditions, conditions, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(ours.footprints, footprints, rtol=0, atol=TOLERANCE)


@given(st.data())
@relaxed
def test_posterior_is_that_of_pyagrum(world: World, deficit: Deficit, data: st.DataObject) -> None:
    evidence = data.draw(cases(world.kb))
    assert_agreement(data.draw(part_of(world.kb, evidence)), evidence, deficit)


@pytest.mark.slow
def test_the_whole_network_agrees_too(world: World, deficit: Deficit) -> None:
    """Every condition and every finding at once; an S1 root lesion on the left, told by a careful clinician."""
    evidence = Evidence(
        age_years=71.0,
        sex="male",
        setting="primary-care",
        observations=(
            Observation("reflex-ankle", Side.LEFT, (0.0, 1.0, 0.0, 0.0)),
            Observation("reflex-ankle", Side.RIGHT, (1.0, 0.0, 0.0, 0.0)),
            Observation("weak-ankle-plantarflexion", Side.LEFT, (0.0, 1.0, 1.0)),
            Observation("numb-lateral-foot", Side.LEFT, (0.1, 0.9)),
            Observation("straight-leg-raise", Side.LEFT, (0.0, 1.0)),
            Observation("radiating-leg-pain", Side.UNSTATED, (0.0, 1.0)),
            Observation("low-back-pain", Side.UNSTATED, (0.0, 1.0)),
            Observation("bladder-dysfunction", Side.UNSTATED, (1.0, 0.0)),
            Observation("fever", Side.UNSTATED, (1.0, 0.0)),
            Observation("diabetes", Side.UNSTATED, (0.0, 1.0)),
        ),
        onset=(0.0, 0.0, 1.0, 0.0, 0.0),
        course=(0.5, 1.0, 0.5, 0.0, 0.0),
    )
    network = build(world.kb, evidence, all_columns(world.kb), deficit)
    conditions, footprints = posteriors(network, world.kb, evidence)
    ours = infer(world.network, world.kb, evidence)
    np.testing.assert_allclose(ours.conditions, conditions, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(ours.footprints, footprints, rtol=0, atol=TOLERANCE)
