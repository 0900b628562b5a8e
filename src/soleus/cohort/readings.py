"""Readings: what is told together in a row of a cohort table, and what each of them says as a row of likelihoods.

A reading is the state of a finding, or the states of its two sides (which count as one item), an onset or a course. What it
says comes from `inference.items_of`, so that there is one model and not two; likewise what is not said by a single reading:
who the person is, and that all complaints are on one side.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soleus.cohort.columns import SEXES, UNKNOWN, Codes, CohortColumns, one_hot
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import COURSES, ONSETS, KnowledgeBase
from soleus.reasoning.inference import items_of, one_side, one_sided
from soleus.reasoning.network import LESION_SIDES, Array, Network

Ints = NDArray[np.int64]

ONSET, COURSE = GENERAL = range(2)
"""The first slots; the findings follow."""
N_READINGS = 64
"""More than the readings of any slot: 6 codes on each of two sides."""


@dataclass(frozen=True)
class Slots:
    """Where readings stand: `GENERAL`, then for each finding one slot for its two sides and one for no side."""

    columns: tuple[tuple[int, ...], ...]
    """Columns of each slot: none, one, or left and right."""
    of_column: Ints
    """(n_columns,) slot of each column."""
    weight: Ints
    """(n_columns,) by what the code + 1 of a column is multiplied before the reading of its slot is added up."""
    layer: NDArray[np.str_]
    """(n_slots,) `footprint`, `syndrome`, `neutral` or `own`."""
    syndrome: Ints
    """(n_slots,) index of the syndrome, -1 in other layers."""
    on_side: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    """(n_columns,) whether a column is about the left side; about the right."""

    @classmethod
    def of(cls, kb: KnowledgeBase, columns: CohortColumns) -> Slots:
        syndromes = {id_: k for k, id_ in enumerate(kb.syndromes)}
        slots: list[tuple[int, ...]] = [() for _ in GENERAL]
        layer, syndrome = ["own" for _ in GENERAL], [UNKNOWN for _ in GENERAL]
        of_column, weight = [], []
        for (id_, side), i in columns.index.items():
            finding = kb.findings[id_]
            if side is not Side.RIGHT:
                slots.append((i, i + 1) if side is Side.LEFT else (i,))
                layer.append(finding.parent if finding.parent in ("footprint", "syndrome", "neutral") else "own")
                syndrome.append(syndromes[finding.syndrome] if finding.parent == "syndrome" else UNKNOWN)
            of_column.append(len(slots) - 1)
            weight.append(int(columns.n_codes[i]) + 1 if side is Side.LEFT else 1)
        left, right = (np.array([side is wanted for _, side in columns.keys]) for wanted in (Side.LEFT, Side.RIGHT))
        return cls(tuple(slots), np.array(of_column), np.array(weight), np.array(layer), np.array(syndrome), (left, right))

    def __len__(self) -> int:
        return len(self.columns)

    def evidence(self, columns: CohortColumns, slot: int, reading: int, age_years: float | None) -> Evidence:
        """A reading as evidence that holds nothing else."""
        if slot == ONSET:
            return Evidence(onset=one_hot(reading, len(ONSETS)))
        if slot == COURSE:
            return Evidence(course=one_hot(reading, len(COURSES)))
        observations = []
        for column in self.columns[slot]:
            code, reading = divmod(reading, int(self.weight[column]))
            if code:
                observations.append(Observation(*columns.keys[column], columns.weights(column, code - 1)))
        return Evidence(age_years=age_years, observations=tuple(observations))


@dataclass(frozen=True)
class Told:
    """The readings of some cases, each an entry; sorted by case, then by slot."""

    n_cases: int
    case: Ints
    slot: Ints
    reading: Ints
    general: Mapping[int, Ints]
    """(n_cases,) the readings of the slots in `GENERAL`; -1 unknown."""
    age_years: Array
    sex: Codes
    present: tuple[Ints, Ints]
    """(n_cases,) how many findings are present on the left; on the right."""


def read(slots: Slots, findings: Codes, onset: Codes, course: Codes, age_years: Array, sex: Codes) -> Told:
    """What is told of each case."""
    cells = np.flatnonzero(findings != UNKNOWN)
    case, column = np.divmod(cells, findings.shape[1])
    code = findings.ravel()[cells].astype(np.int64)
    part = (code + 1) * slots.weight[column]
    slot = slots.of_column[column]
    first = np.flatnonzero(np.diff(case * len(slots) + slot, prepend=-1))
    reading = np.add.reduceat(part, first) if len(first) else part
    general = {ONSET: onset.astype(np.int64), COURSE: course.astype(np.int64)}
    left, right = (np.bincount(case[(code > 0) & side[column]], minlength=len(findings)) for side in slots.on_side)
    return Told(len(findings), case[first], slot[first], reading, general, age_years, sex, (left, right))


def of_like_age(kb: KnowledgeBase, age_years: Array) -> Iterator[tuple[Ints, float | None]]:
    """Cases among whom no background rate differs, with an age that stands for them all."""
    limits = sorted({lowest for finding in kb.findings.values() for lowest, _ in finding.background} | {0})
    group = np.where(np.isnan(age_years), len(limits), np.searchsorted(limits, age_years, side="right") - 1)
    for g in np.unique(group):
        yield np.flatnonzero(group == g), None if g == len(limits) else float(limits[g])


@dataclass(frozen=True)
class Tables:
    """A row of likelihoods for each reading that occurs, by layer. Row 0 says nothing."""

    footprint: Array
    """(rows, F)"""
    syndrome: Array
    """(rows, S, 2): by lesion side and by syndrome absent, present."""
    own: Array
    """(rows, C, S)"""
    row: Ints
    """(n_slots, N_READINGS): the row of a reading in the table of its slot's layer; the last is that of -1, unknown."""


def tables_of(
    network: Network, kb: KnowledgeBase, columns: CohortColumns, slots: Slots, told: Sequence[Told], age_years: float | None
) -> Tables:
    """The rows of every reading that occurs among people of one group of `of_like_age`."""
    c, s, f = network.footprint_weights.shape
    rows: dict[str, list[Array]] = {"footprint": [np.ones(f)], "syndrome": [np.ones((s, 2))], "own": [np.ones((c, s))]}
    row = np.zeros((len(slots), N_READINGS), dtype=np.int64)
    for slot, reading in _occurring(slots, told):
        if slots.layer[slot] == "neutral":
            continue
        of_layer = rows[slots.layer[slot]]
        row[slot, reading] = len(of_layer)
        likelihood = _likelihood(network, kb, slots.evidence(columns, slot, reading, age_years))
        of_layer.append(np.broadcast_to(likelihood, of_layer[0].shape))
    return Tables(np.array(rows["footprint"]), np.array(rows["syndrome"]), np.array(rows["own"]), row)


def _occurring(slots: Slots, told: Sequence[Told]) -> Iterator[tuple[int, int]]:
    occurs = np.zeros((len(slots), N_READINGS), dtype=bool)
    for part in told:
        occurs[part.slot, part.reading] = True
        for slot, readings in part.general.items():
            occurs[slot, readings] = True
    occurs[:, UNKNOWN] = False
    return ((int(slot), int(reading)) for slot, reading in np.argwhere(occurs))


def _likelihood(network: Network, kb: KnowledgeBase, evidence: Evidence) -> Array:
    """The product of its items, which all hang on the same thing."""
    items = [item for item in items_of(network, kb, evidence) if item.likelihood.layer != "side"]
    return np.asarray(math.prod(item.likelihood.filled for item in items))


def one_sided_of(kb: KnowledgeBase, columns: CohortColumns, slots: Slots, told: Sequence[Told]) -> list[Array]:
    """(n_cases, S) each: P(only one side is told | lesion side), 1 where both or none are."""
    left, right = (np.concatenate([part.present[side] for part in told]) for side in range(2))
    counts, which = np.unique(left * len(columns) + right, return_inverse=True)
    likelihood = np.ones((len(counts), len(LESION_SIDES)))
    for row, count in zip(likelihood, counts.tolist(), strict=True):
        n_of_sides = divmod(count, len(columns))
        told_of = [i for n, on_side in zip(n_of_sides, slots.on_side, strict=True) for i in np.flatnonzero(on_side)[:n].tolist()]
        present = tuple(Observation(columns.keys[i][0], columns.keys[i][1], columns.weights(i, 1)) for i in told_of)
        side, n = one_side(Evidence(observations=present), kb)
        if n > 0:
            row[:] = one_sided(side, n)
    return np.split(likelihood[which], np.cumsum([part.n_cases for part in told])[:-1])


def priors_of(network: Network, told: Told, setting: str) -> tuple[Array, Ints]:
    """(persons, C) P(condition | age, sex, setting) of each age and sex that occurs, and (n_cases,) whose is whose."""
    ages, age = np.unique(told.age_years, return_inverse=True)
    persons, whose = np.unique(age * (len(SEXES) + 1) + told.sex + 1, return_inverse=True)
    age_years, sex = ages[persons // (len(SEXES) + 1)], persons % (len(SEXES) + 1) - 1
    priors = np.empty((len(persons), len(network.conditions)))
    for code, name in ((UNKNOWN, "unknown"), *enumerate(SEXES)):
        of_sex = sex == code
        priors[of_sex] = network.prior(age_years[of_sex], name, setting)
        priors[of_sex & np.isnan(age_years)] = network.prior(None, name, setting)
    return np.clip(priors, 1e-12, None), whose
