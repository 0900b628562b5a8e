"""Our exact inference against pyAgrum's, on the same network and the same evidence. Both on one core, in processor time.

One case: P(condition) and P(footprint) from the evidence, each engine ready and warm. Many cases: P(condition) of each.
pyAgrum may choose: the faster of lazy propagation and variable elimination counts, and only what is asked is computed. About
every second building of the same network is half as fast as the others (4.4 against 2.5 ms a case), so the fastest of several
counts: of three, all are slow in about one run out of ten.

Many cases are computed by both paths of `posterior_many`. Compiling is done before, in an empty cache folder, and told apart, as is
what each process pays to import numba and load what was compiled.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: one core each

import datetime
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import pyagrum as gum
from benchmarks.results import record, verdict
from tests.oracle import CONDITION, FOOTPRINT, Deficit, all_columns, build, observed

from soleus.cohort.columns import CohortColumns, evidence_of_row
from soleus.cohort.engine import posterior_many
from soleus.domain.evidence import Evidence
from soleus.domain.knowledge_base import COURSES, ONSETS
from soleus.interchange.casefile.read import read_case
from soleus.interchange.evidence import understand
from soleus.knowledge_store import Compiled, open_knowledge
from soleus.reasoning.inference import Posterior, infer

ENGINES = (gum.LazyPropagation, gum.VariableElimination)
REPEATS, REPEATS_OF_PYAGRUM, BUILDINGS = 200, 25, 8
PATHS = ("numpy", "compiled")
N_CASES, N_TOLD, N_CASES_OF_PYAGRUM = 100_000, 15, 60
AGE_YEARS, SEX, SETTING = 60.0, 1, "self"
TARGET_ONE, TARGET_MANY = 20, 300
TOLERANCE, TOLERANCE_OF_PATHS = 1e-9, 1e-12


def milliseconds(action: Callable[[], object], repeats: int) -> float:
    """Median processor time of an action, after one to warm up. [ms]"""
    action()
    taken = []
    for _ in range(repeats):
        start = time.process_time()
        action()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def ask(engine: Any, evidence: dict[str, list[float]], targets: Iterable[str]) -> list[np.ndarray[Any, Any]]:
    """Posteriors of the targets by a pyAgrum engine, from new evidence."""
    engine.eraseAllEvidence()
    engine.setEvidence(evidence)
    engine.makeInference()
    return [engine.posterior(target).toarray() for target in targets]


def ask_all(engine: Any, cases: Sequence[dict[str, list[float]]]) -> None:
    """P(condition) of one case after another."""
    for evidence in cases:
        ask(engine, evidence, (CONDITION,))


def engine_of(kind: type, network: gum.BayesNet, targets: Iterable[str]) -> Any:
    engine = kind(network)
    engine.setTargets(set(targets))
    return engine


def must_agree(ours: np.ndarray[Any, Any], theirs: np.ndarray[Any, Any]) -> None:
    if np.abs(ours - theirs).max() > TOLERANCE:
        sys.exit("The engines disagree: see tests/properties/test_oracle.py.")


def examples(compiled: Compiled) -> dict[str, Evidence]:
    """What is told of each example case."""
    today = datetime.date.today()
    cases = {path.stem: read_case(str(path), today) for path in sorted((ROOT / "examples").glob("*.yaml"))}
    return {name: understand(case, compiled.kb, compiled.lexicon, today).evidence for name, case in cases.items()}


def one_case(compiled: Compiled, cases: dict[str, Evidence], deficit: Deficit) -> tuple[list[list[str]], float]:
    """A row for each example, and the median ratio."""
    kb, network = compiled.kb, compiled.network
    rows, ratios = [], []

    def afresh() -> None:
        network.likelihoods.clear()  # as if no finding had been told before
        ours()

    def ours() -> Posterior:
        posterior = infer(network, kb, evidence)
        _ = posterior.conditions, posterior.footprints
        return posterior

    for name, evidence in cases.items():
        targets = (CONDITION, FOOTPRINT)
        theirs = [float("inf") for _ in ENGINES]
        for _ in range(BUILDINGS):
            net = build(kb, evidence, all_columns(kb), deficit)
            told = observed(net, kb, evidence)
            for i, kind in enumerate(ENGINES):
                engine = engine_of(kind, net, targets)
                conditions, footprints = ask(engine, told, targets)
                must_agree(ours().conditions, conditions)
                must_agree(ours().footprints, footprints)
                theirs[i] = min(theirs[i], milliseconds(partial(ask, engine, told, targets), REPEATS_OF_PYAGRUM))
        mine, new = milliseconds(ours, REPEATS), milliseconds(afresh, REPEATS)
        ratios.append(min(theirs) / mine)
        n_told = len(evidence.observations) + len(evidence.tests)
        times = [f"{mine:.2f} ms", f"{new:.2f} ms", *(f"{t:.2f} ms" for t in theirs)]
        rows.append([f"one case: {name}, {n_told} findings", *times, f"{ratios[-1]:.1f}x", f"{min(theirs) / new:.1f}x"])
    return rows, statistics.median(ratios)


def simulated(columns: CohortColumns, cases: Iterable[Evidence], rng: np.random.Generator) -> dict[str, Any]:
    """Rows that tell `N_TOLD` findings each of those that the examples tell, in states drawn at random."""
    pool = np.array(sorted({columns.index[o.finding, o.side] for evidence in cases for o in evidence.observations}))
    told = pool[np.argpartition(rng.random((N_CASES, len(pool))), N_TOLD, axis=1)[:, :N_TOLD]]
    n_states = np.array([len(states) for states in columns.states])
    findings = np.full((N_CASES, len(columns)), -1, dtype=np.int8)
    findings[np.arange(N_CASES)[:, None], told] = rng.integers(0, n_states[told])
    return {
        "findings": findings,
        "onset": rng.integers(-1, len(ONSETS), N_CASES).astype(np.int8),
        "course": rng.integers(-1, len(COURSES), N_CASES).astype(np.int8),
        "age_years": rng.integers(18, 95, N_CASES).astype(float),
        "sex": rng.integers(-1, 2, N_CASES).astype(np.int8),
    }


def many_cases(compiled: Compiled, cases: Sequence[Evidence], deficit: Deficit) -> tuple[list[list[str]], list[float]]:
    """A row for each path of the batch, and their ratios."""
    kb, network = compiled.kb, compiled.network
    columns = CohortColumns.of(kb)
    table = simulated(columns, cases, np.random.default_rng(1))
    found, plain = (posterior_many(network, kb, **table, setting=SETTING, engine=path) for path in reversed(PATHS))
    if np.abs(found - plain).max() > TOLERANCE_OF_PATHS:
        sys.exit("The two paths disagree: see tests/properties/test_cohort.py.")
    mine = [milliseconds(partial(posterior_many, network, kb, **table, setting=SETTING, engine=path), 5) / N_CASES for path in PATHS]
    # pyAgrum's tables depend on age and sex, so its cases are those of one age and sex: it need not be built anew for each.
    sample = np.flatnonzero((table["age_years"] == AGE_YEARS) & (table["sex"] == SEX))[:N_CASES_OF_PYAGRUM]
    rows = [
        evidence_of_row(
            columns, table["findings"][i], onset=table["onset"][i], course=table["course"][i], age_years=AGE_YEARS, sex=SEX, setting=SETTING
        )
        for i in sample
    ]
    theirs = [float("inf") for _ in ENGINES]
    for _ in range(BUILDINGS):
        net = build(kb, replace(rows[0], observations=()), all_columns(kb), deficit)
        told = [observed(net, kb, evidence) for evidence in rows]
        for i, kind in enumerate(ENGINES):
            engine = engine_of(kind, net, (CONDITION,))
            for case, evidence in zip(sample, told, strict=True):
                must_agree(found[case], ask(engine, evidence, (CONDITION,))[0])
            theirs[i] = min(theirs[i], milliseconds(partial(ask_all, engine, told), 3) / len(told))
    ratios = [min(theirs) / time for time in mine]
    what = f"{N_CASES:,} cases at once, {N_TOLD} findings each, {{}}: per case"
    return [
        [what.format(path), f"{time * 1000:.1f} µs", "", *(f"{t:.2f} ms" for t in theirs), f"{ratio:.0f}x", ""]
        for path, time, ratio in zip(PATHS, mine, ratios, strict=True)
    ], ratios


ONE_EMPTY_CASE = """
import sys, time
import numpy as np
from soleus.cohort.columns import CohortColumns
from soleus.cohort.engine import posterior_many
from soleus.knowledge_store import open_knowledge

known = open_knowledge()
nothing, columns = np.full(1, -1, dtype=np.int8), CohortColumns.of(known.kb)
findings = np.full((1, len(columns)), -1, dtype=np.int8)
start = time.process_time()
posterior_many(known.network, known.kb, findings, nothing, nothing, np.full(1, 50.0), nothing, "self", engine="compiled")
print(time.process_time() - start)
"""


def first_calls() -> tuple[float, float]:
    """Processor time of the first call ever, which compiles, and of the first of a later process. [s]"""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
        ever, later = (
            float(subprocess.run([sys.executable, "-c", ONE_EMPTY_CASE], env=environment, stdout=subprocess.PIPE, check=True).stdout)
            for _ in range(2)
        )
    return ever, later


def main() -> None:
    gum.setNumberOfThreads(1)
    compiled = open_knowledge()
    deficit = Deficit(compiled.kb)
    cases = examples(compiled)
    rows, one = one_case(compiled, cases, deficit)
    ever, later = first_calls()
    of_many, (numpy, many) = many_cases(compiled, list(cases.values()), deficit)
    n_nodes = build(compiled.kb, Evidence(), all_columns(compiled.kb), deficit).size()
    notes = f"""
One case, median of the examples: {verdict(one, TARGET_ONE)}. Many cases, compiled: {verdict(many, TARGET_MANY)};
by NumPy alone {numpy:.0f}x.

One network of {n_nodes} nodes ({len(compiled.network.conditions)} conditions, {len(compiled.network.footprints)} footprints).
Processor time on one core; the engines are built and warm. Soleus keeps the likelihoods of what was told before: warm is with
them, "each finding new" without. One case asks for the posterior of conditions and of footprints, many cases for that of
conditions. pyAgrum is told so; the faster of its two engines counts, and the fastest of {BUILDINGS} buildings of the network.
All answers agree to {TOLERANCE:g}, those of the two paths to {TOLERANCE_OF_PATHS:g}.

The compiled path is warm too. The first call on a machine compiles, {ever:.1f} s of processor time; the first call of a later
process takes {later:.1f} s, to import numba and load what was compiled.
"""
    names = [kind.__name__ for kind in ENGINES]
    head = ["what", "Soleus, warm", "each finding new", *names, "ratio, warm", "ratio, new"]
    print(record("Inference", ["numpy", "numba", "pyagrum"], head, [*rows, *of_many], notes))


if __name__ == "__main__":
    main()
