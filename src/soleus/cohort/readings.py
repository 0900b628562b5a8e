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
from soleus.reasoning.inference import items_of, one_sided, only_side
from soleus.reasoning.network import LESION_SIDES, Array, Network

Ints = NDArray[np.int64]

ONSET, COURSE = GENERAL = range(2)
"""The first slots; the findings follow."""
N_READINGS = 64
"""More than the readings of any slot in people of like age: 6 codes on each of two sides."""


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
    ages: tuple[float, ...]
    """Lowest age of each group of people among whom no background rate differs; then NaN, for an unknown age. [y]"""
    aged: NDArray[np.bool_]
    """(n_slots,) whether a background rate differs between those groups. Each then has readings of its own."""

    @classmethod
    def of(cls, kb: KnowledgeBase, columns: CohortColumns) -> Slots:
        syndromes = {id_: k for k, id_ in enumerate(kb.syndromes)}
        slots: list[tuple[int, ...]] = [() for _ in GENERAL]
        layer, syndrome, aged = ["own" for _ in GENERAL], [UNKNOWN for _ in GENERAL], [False for _ in GENERAL]
        of_column, weight = [], []
        for (id_, side), i in columns.index.items():
            finding = kb.findings[id_]
            if side is not Side.RIGHT:
                slots.append((i, i + 1) if side is Side.LEFT else (i,))
                layer.append(finding.parent if finding.parent in ("footprint", "syndrome", "neutral") else "own")
                syndrome.append(syndromes[finding.syndrome] if finding.parent == "syndrome" else UNKNOWN)
                aged.append(len(finding.background) > 1)
            of_column.append(len(slots) - 1)
            weight.append(int(columns.n_codes[i]) + 1 if side is Side.LEFT else 1)
        left, right = (np.array([side is wanted for _, side in columns.keys]) for wanted in (Side.LEFT, Side.RIGHT))
        ages = (*sorted({lowest for finding in kb.findings.values() for lowest, _ in finding.background} | {0}), float("nan"))
        arrays = np.array(of_column), np.array(weight), np.array(layer), np.array(syndrome)
        return cls(tuple(slots), *arrays, (left, right), ages, np.array(aged))

    def __len__(self) -> int:
        return len(self.columns)

    def age_group(self, age_years: Array) -> Ints:
        """(n_cases,) index in `ages`."""
        return np.where(np.isnan(age_years), len(self.ages), np.searchsorted(self.ages[:-1], age_years, side="right")) - 1

    def evidence(self, columns: CohortColumns, slot: int, reading: int) -> Evidence:
        """A reading as evidence that holds nothing else."""
        if slot == ONSET:
            return Evidence(onset=one_hot(reading, len(ONSETS)))
        if slot == COURSE:
            return Evidence(course=one_hot(reading, len(COURSES)))
        group, reading = divmod(reading, N_READINGS)
        observations = []
        for column in self.columns[slot]:
            code, reading = divmod(reading, int(self.weight[column]))
            if code:
                observations.append(Observation(*columns.keys[column], columns.weights(column, code - 1)))
        age_years = self.ages[group]
        return Evidence(age_years=None if np.isnan(age_years) else age_years, observations=tuple(observations))


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
    slot = slots.of_column[column]
    first = np.flatnonzero(np.diff(case * len(slots) + slot, prepend=-1))
    part = (code + 1) * slots.weight[column]
    reading = np.add.reduceat(part, first) if len(first) else part
    left, right = (np.bincount(case[(code > 0) & side[column]], minlength=len(findings)) for side in slots.on_side)
    case, slot = case[first], slot[first]
    reading += N_READINGS * slots.aged[slot] * slots.age_group(age_years)[case]
    general = {ONSET: onset.astype(np.int64), COURSE: course.astype(np.int64)}
    return Told(len(findings), case, slot, reading, general, age_years, sex, (left, right))


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
    """(n_slots, readings): the row of a reading in the table of its slot's layer; the last is that of -1, unknown."""


def tables_of(network: Network, kb: KnowledgeBase, columns: CohortColumns, slots: Slots, told: Sequence[Told]) -> Tables:
    """The rows of every reading that occurs."""
    c, s, f = network.footprint_weights.shape
    rows: dict[str, list[Array]] = {"footprint": [np.ones(f)], "syndrome": [np.ones((s, 2))], "own": [np.ones((c, s))]}
    row = np.zeros((len(slots), N_READINGS * len(slots.ages)), dtype=np.int64)
    for slot, reading in _occurring(row.shape, told):
        if slots.layer[slot] == "neutral":
            continue
        of_layer = rows[slots.layer[slot]]
        row[slot, reading] = len(of_layer)
        likelihood = _likelihood(network, kb, slots.evidence(columns, slot, reading))
        of_layer.append(np.broadcast_to(likelihood, of_layer[0].shape))
    return Tables(np.array(rows["footprint"]), np.array(rows["syndrome"]), np.array(rows["own"]), row)


def _occurring(shape: tuple[int, ...], told: Sequence[Told]) -> Iterator[tuple[int, int]]:
    occurs = np.zeros(shape, dtype=bool)
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


def one_sided_of(told: Told) -> Array:
    """(n_cases, S): P(only one side is told | lesion side), 1 where both or none are."""
    left, right = told.present
    most = int(right.max(initial=0)) + 1
    counts, which = np.unique(left * most + right, return_inverse=True)
    sides = (only_side(*divmod(count, most)) for count in counts.tolist())
    return np.array([one_sided(side, n) for side, n in sides]).reshape(-1, len(LESION_SIDES))[which]


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
