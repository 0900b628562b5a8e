"""Many cases at once equal one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soleus.cohort.columns import UNKNOWN, CohortColumns, evidence_of_row, row_of_evidence
from soleus.cohort.compiled import load
from soleus.cohort.engine import posterior_many
from soleus.domain.knowledge_base import SETTINGS
from soleus.reasoning.inference import infer

from .conftest import World

relaxed = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def columns(world: World) -> CohortColumns:
    return CohortColumns.of(world.kb)


@pytest.fixture(scope="module", params=["numpy", "compiled"])
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "compiled" and load() is None:
        pytest.skip("numba is not here")
    return str(request.param)


@st.composite
def tables(draw: st.DrawFn, columns: CohortColumns, most: int = 12) -> dict[str, Any]:
    """Rows of any fullness, from nothing known to everything; few ages or many; few columns or all."""
    n = draw(st.integers(0, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    used = rng.permutation(len(columns))[: draw(st.sampled_from([1, 4, 20, 60, len(columns)]))]
    full = draw(st.sampled_from([0.0, 0.02, 0.3, 0.8, 1.0]))
    findings = np.full((n, len(columns)), UNKNOWN, dtype=np.int8)
    findings[:, used] = np.where(rng.random((n, len(used))) < full, rng.integers(0, columns.n_codes[used], (n, len(used))), UNKNOWN)
    ages = np.array(draw(st.lists(st.none() | st.floats(0, 130), min_size=1, max_size=n + 1)), dtype=float)
    onset, course, sex = (rng.integers(UNKNOWN, n_codes, n).astype(np.int8) for n_codes in (5, 5, 2))
    return {"findings": findings, "onset": onset, "course": course, "age_years": rng.choice(ages, n), "sex": sex}


@given(st.data())
@relaxed
def test_many_at_once_equal_one_by_one(world: World, columns: CohortColumns, engine: str, data: st.DataObject) -> None:
    table = data.draw(tables(columns))
    setting = data.draw(st.sampled_from(SETTINGS))
    chunk = data.draw(st.sampled_from([1, 3, 2048]))
    many = posterior_many(world.network, world.kb, **table, setting=setting, chunk=chunk, engine=engine)
    assert many.shape == (len(table["findings"]), len(world.network.conditions))
    for row, onset, course, age, sex, found in zip(*table.values(), many, strict=True):
        evidence = evidence_of_row(columns, row, onset=onset, course=course, age_years=age, sex=sex, setting=setting)
        one = infer(world.network, world.kb, evidence).conditions
        np.testing.assert_allclose(found, one, rtol=0, atol=1e-9)


@given(st.data())
@settings(relaxed, max_examples=15)
def test_compiled_path_equals_numpy(world: World, columns: CohortColumns, data: st.DataObject) -> None:
    if load() is None:
        pytest.skip("numba is not here")
    table = data.draw(tables(columns, most=40))
    table |= {"setting": data.draw(st.sampled_from(SETTINGS)), "chunk": data.draw(st.sampled_from([7, 33, 2048]))}
    compiled, plain = (posterior_many(world.network, world.kb, **table, engine=engine) for engine in ("compiled", "numpy"))
    np.testing.assert_allclose(compiled, plain, rtol=0, atol=1e-12)


@given(st.data())
@relaxed
def test_order_of_cases_is_nothing(world: World, columns: CohortColumns, data: st.DataObject) -> None:
    table = data.draw(tables(columns))
    order = np.array(data.draw(st.permutations(range(len(table["findings"])))), dtype=np.int64)
    straight = posterior_many(world.network, world.kb, **table, setting="self")
    shuffled = posterior_many(world.network, world.kb, **{name: values[order] for name, values in table.items()}, setting="self")
    np.testing.assert_allclose(shuffled, straight[order], rtol=0, atol=1e-12)


@given(st.data())
@relaxed
def test_a_row_goes_to_evidence_and_back(columns: CohortColumns, data: st.DataObject) -> None:
    table = data.draw(tables(columns))
    for row, onset, course, age, sex in zip(*table.values(), strict=True):
        evidence = evidence_of_row(columns, row, onset=onset, course=course, age_years=age, sex=sex)
        again, onset_again, course_again = row_of_evidence(columns, evidence)
        assert (again == row).all()
        assert (onset_again, course_again) == (onset, course)
