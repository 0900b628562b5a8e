"""Columns of a cohort table, and what is said of arrays that do not fit them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from soleus.cohort import compiled as compiled_path
from soleus.cohort import engine as engine_module
from soleus.cohort.columns import CohortColumns, evidence_of_row, row_of_evidence
from soleus.cohort.engine import posterior_many
from soleus.domain.errors import OutOfRange
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Side
from soleus.knowledge_store import Compiled

N = 3


@pytest.fixture(scope="module")
def columns(compiled: Compiled) -> CohortColumns:
    return CohortColumns.of(compiled.kb)


@pytest.fixture
def table(columns: CohortColumns) -> dict[str, Any]:
    """Three people of whom nothing is known."""
    unknown = np.full(N, -1, dtype=np.int8)
    findings = np.full((N, len(columns)), -1, dtype=np.int8)
    return {"findings": findings, "onset": unknown, "course": unknown, "age_years": np.full(N, np.nan), "sex": unknown, "setting": "self"}


@pytest.fixture(params=["numpy", "compiled"])
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "compiled" and compiled_path.load() is None:
        pytest.skip("numba is not here")
    return str(request.param)


def row(columns: CohortColumns, **told: int) -> np.ndarray:
    """A row from `reflex_ankle__left=1`."""
    codes = np.full(len(columns), -1, dtype=np.int8)
    for key, code in told.items():
        finding, _, side = key.replace("_", "-").partition("--")
        codes[columns.index[finding, Side(side or "unstated")]] = code
    return codes


# Columns


def test_sided_finding_has_three_columns_and_another_has_one(columns: CohortColumns) -> None:
    assert [side.value for finding, side in columns.keys if finding == "reflex-ankle"] == ["left", "right", "unstated"]
    assert [side.value for finding, side in columns.keys if finding == "fever"] == ["unstated"]


def test_row_becomes_evidence(columns: CohortColumns) -> None:
    evidence = evidence_of_row(
        columns, row(columns, reflex_ankle__left=1, fever=0), onset=2, course=0, age_years=71.0, sex=1, setting="self"
    )
    assert set(evidence.observations) == {
        Observation("reflex-ankle", Side.LEFT, (0.0, 1.0, 0.0, 0.0)),
        Observation("fever", Side.UNSTATED, (1.0, 0.0)),
    }
    assert (evidence.onset, evidence.course) == ((0.0, 0.0, 1.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0, 0.0))
    assert (evidence.age_years, evidence.sex) == (71.0, "male")


def test_unknown_row_is_evidence_of_nothing(columns: CohortColumns) -> None:
    assert evidence_of_row(columns, row(columns)) == Evidence()


def test_code_after_the_last_state_is_abnormal_of_whatever_grade(columns: CohortColumns) -> None:
    evidence = evidence_of_row(columns, row(columns, weak_ankle_plantarflexion__left=3))
    assert evidence.observations == (Observation("weak-ankle-plantarflexion", Side.LEFT, (0.0, 1.0, 1.0)),)
    assert (row_of_evidence(columns, evidence)[0] == row(columns, weak_ankle_plantarflexion__left=3)).all()


def test_weights_in_any_scale_are_the_same_row(columns: CohortColumns) -> None:
    evidence = Evidence(observations=(Observation("fever", Side.UNSTATED, (0.0, 0.2)),))
    assert (row_of_evidence(columns, evidence)[0] == row(columns, fever=1)).all()


@pytest.mark.parametrize(
    ("evidence", "what"),
    [
        (Evidence(observations=(Observation("fever", Side.UNSTATED, (0.3, 0.7)),)), "no single state"),
        (Evidence(observations=(Observation("reflex-ankle", Side.LEFT, (0.0, 1.0, 1.0, 0.0)),)), "no single state"),
        (Evidence(observations=(Observation("reflex-ankle", Side.BOTH, (0.0, 1.0, 0.0, 0.0)),)), "has no column"),
        (Evidence(observations=(Observation("no-such-finding", Side.LEFT, (0.0, 1.0)),)), "has no column"),
        (Evidence(onset=(0.5, 0.5, 0.0, 0.0, 0.0)), "spread over sudden, days"),
        (Evidence(course=(1.0, 0.0, 0.0, 0.0, 0.1)), "spread over progressive, episodic"),
    ],
)
def test_what_no_row_can_hold_is_refused(columns: CohortColumns, evidence: Evidence, what: str) -> None:
    with pytest.raises(OutOfRange, match=what):
        row_of_evidence(columns, evidence)


def test_row_of_wrong_length_is_refused(columns: CohortColumns) -> None:
    with pytest.raises(OutOfRange, match="The row has 2 columns"):
        evidence_of_row(columns, [0, 1])


def test_row_with_an_impossible_code_is_refused(columns: CohortColumns) -> None:
    with pytest.raises(OutOfRange, match=r"fever cannot be 2: it is -1 unknown, 0 absent, 1 present\."):
        evidence_of_row(columns, row(columns, fever=2))


# Arrays that fit


def test_nothing_known_is_the_prior(compiled: Compiled, table: dict[str, Any], engine: str) -> None:
    found = posterior_many(compiled.network, compiled.kb, **table, engine=engine)
    np.testing.assert_allclose(found, np.tile(compiled.network.prior(None, "unknown", "self"), (N, 1)), rtol=0, atol=1e-12)


def test_no_case_at_all(compiled: Compiled, table: dict[str, Any], engine: str) -> None:
    empty = {name: values if name == "setting" else values[:0] for name, values in table.items()}
    assert posterior_many(compiled.network, compiled.kb, **empty, engine=engine).shape == (0, len(compiled.network.conditions))


def test_any_layout_and_width_of_whole_numbers_will_do(
    compiled: Compiled, columns: CohortColumns, table: dict[str, Any], engine: str
) -> None:
    table["findings"][1] = row(columns, reflex_ankle__left=1, numb_sole__left=1)
    narrow = posterior_many(compiled.network, compiled.kb, **table, engine=engine)
    table["findings"] = np.asfortranarray(table["findings"].astype(np.int64))
    np.testing.assert_array_equal(posterior_many(compiled.network, compiled.kb, **table, engine=engine), narrow)


def test_contradictory_evidence_without_end_still_sums_to_one(
    compiled: Compiled, columns: CohortColumns, table: dict[str, Any], engine: str
) -> None:
    table["findings"] = np.tile(columns.n_codes - 1, (N, 1)).astype(np.int8)  # everything abnormal on every side
    found = posterior_many(compiled.network, compiled.kb, **table, engine=engine)
    np.testing.assert_allclose(found.sum(axis=1), 1.0, rtol=0, atol=1e-12)


# The compiled path


def test_cases_that_underflow_stand_beside_others(compiled: Compiled, columns: CohortColumns, table: dict[str, Any], engine: str) -> None:
    alone = posterior_many(compiled.network, compiled.kb, **table, engine=engine)[0]
    table["findings"][1] = columns.n_codes - 1
    found = posterior_many(compiled.network, compiled.kb, **table, engine=engine)
    np.testing.assert_allclose(found[[0, 2]], [alone, alone], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found[1].sum(), 1.0, rtol=0, atol=1e-12)
    assert found[1].argmax() != alone.argmax()


@pytest.mark.parametrize(("n_cases", "asked"), [(1, False), (2, True), (3, True)])
def test_many_cases_ask_for_the_compiled_path(
    compiled: Compiled, table: dict[str, Any], monkeypatch: pytest.MonkeyPatch, n_cases: int, asked: bool
) -> None:
    calls = []
    monkeypatch.setattr(engine_module, "COMPILED_FROM", 2)
    monkeypatch.setattr(engine_module, "load", lambda: calls.append(1))  # none: numba is not here
    few = {name: values if name == "setting" else values[:n_cases] for name, values in table.items()}
    found = posterior_many(compiled.network, compiled.kb, **few)
    assert bool(calls) is asked
    np.testing.assert_array_equal(found, posterior_many(compiled.network, compiled.kb, **few, engine="numpy"))


def test_compiled_path_without_numba_is_refused_in_words(
    compiled: Compiled, table: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "load", lambda: None)
    with pytest.raises(OutOfRange, match=r"(?s)engine: .compiled. needs numba.*pip install 'soleus\[fast\]'"):
        posterior_many(compiled.network, compiled.kb, **table, engine="compiled")


@pytest.mark.parametrize(("numba", "switched_off"), [(None, False), ("numba", True)])
def test_without_a_compiler_there_is_no_compiled_path(monkeypatch: pytest.MonkeyPatch, numba: str | None, switched_off: bool) -> None:
    if numba is None:
        monkeypatch.setitem(sys.modules, "numba", None)  # what an import of something missing looks like
    else:
        monkeypatch.setattr(pytest.importorskip("numba").config, "DISABLE_JIT", switched_off)
    assert compiled_path.load.__wrapped__() is None


@pytest.mark.slow
def test_assessing_one_case_imports_no_numba() -> None:
    example = Path(__file__).parents[2] / "examples" / "s1-radiculopathy.yaml"
    program = (
        "import sys, soleus.cohort.engine, soleus.cli\n"
        f"assert soleus.cli.main(['assess', {str(example)!r}]) == 0\n"
        "sys.exit('numba' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=True)


@pytest.mark.slow
def test_compiling_is_announced_once_and_kept_in_the_cache_folder(tmp_path: Path) -> None:
    pytest.importorskip("numba")
    program = """
import sys
from soleus.cohort.columns import CohortColumns
from soleus.cohort.engine import posterior_many
from soleus.knowledge_store import open_knowledge
import numpy as np

assert "numba" not in sys.modules
known = open_knowledge(lambda text: None)
unknown = np.full(2, -1, dtype=np.int8)
findings = np.full((2, len(CohortColumns.of(known.kb))), -1, dtype=np.int8)
for _ in range(2):
    posterior_many(known.network, known.kb, findings, unknown, unknown, np.full(2, 50.0), unknown, "self", engine="compiled")
"""
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"} | {"SOLEUS_CACHE": str(tmp_path)}
    said = [
        subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True).stderr
        for _ in range(2)
    ]
    assert said == ["Compiling the loops for many cases (once, a few seconds) ...\n", ""]
    assert list(tmp_path.glob("numba/*/*.nbc"))


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SOLEUS_CACHE", str(tmp_path))
    assert compiled_path.can_write(tmp_path / "new")
    assert not compiled_path.can_write(tmp_path / "file" / "new")


# Arrays that do not fit


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("findings", np.zeros(5, dtype=np.int8), r"findings: has the shape \(5,\); it is \(n_cases, \d+\)"),
        ("findings", np.zeros((N, 2), dtype=np.int8), r"findings: has the shape \(3, 2\)"),
        ("onset", np.zeros((N, 1), dtype=np.int8), r"onset: has the shape \(3, 1\); findings has 3 cases, so it is \(3,\)"),
        ("course", np.zeros(N), "course: holds float64; it holds whole numbers"),
        ("course", np.array([0, 5, 6], dtype=np.int8), r"course\[1\]: cannot be 5: it is -1 unknown, 0 progressive"),
        ("sex", np.array([-2, 0, 1], dtype=np.int8), r"sex\[0\]: cannot be -2: it is -1 unknown, 0 female, 1 male"),
        ("age_years", np.array([40.0, -1.0, 131.0]), r"age_years\[1\]: cannot be -1.0: it is 0 to 130"),
        ("age_years", np.array(["40", "50", "60"]), "age_years: holds <U2; it holds numbers"),
        ("age_years", np.zeros(N + 1), r"age_years: has the shape \(4,\)"),
        ("setting", "hospital", 'setting: "hospital" is none of self, primary-care, neuromuscular-clinic'),
        ("chunk", 0, "chunk: is 0; it is 1 or more"),
        ("engine", "abacus", 'engine: "abacus" is none of auto, numpy, compiled'),
    ],
)
def test_array_that_does_not_fit_is_refused_in_words(
    compiled: Compiled, table: dict[str, Any], name: str, value: object, what: str
) -> None:
    with pytest.raises(OutOfRange, match=what):
        posterior_many(compiled.network, compiled.kb, **{**table, name: value})


def test_impossible_code_is_named_with_its_column(compiled: Compiled, columns: CohortColumns, table: dict[str, Any]) -> None:
    table["findings"][1] = row(columns, reflex_ankle__left=9)
    with pytest.raises(
        ValueError, match=r"reflex-ankle \(left\) cannot be 9: it is -1 unknown, 0 normal, 1 absent, 2 reduced, 3 brisk, 4 abnormal"
    ):
        posterior_many(compiled.network, compiled.kb, **table)


def test_every_fault_is_told_at_once(compiled: Compiled, table: dict[str, Any]) -> None:
    with pytest.raises(OutOfRange) as caught:
        posterior_many(compiled.network, compiled.kb, **{**table, "onset": np.full(N, 7), "chunk": -1, "setting": "ward"})
    assert [problem.where for problem in caught.value.problems] == ["setting", "chunk", "onset[0]"]
