"""Readings: what is told together in a row of a cohort table, and what each says as a row of logarithms.

A reading is the state of a finding, or the states of its two sides (which count as one item), an onset, a course, or who
the person is. The rows are made by `inference.items_of` and `Network.prior`, so that there is one model and not two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soleus.cohort.columns import SEXES, UNKNOWN, Codes, CohortColumns, one_hot
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import AGE_BANDS, Side
from soleus.domain.knowledge_base import COURSES, ONSETS, KnowledgeBase
from soleus.reasoning.inference import items_of
from soleus.reasoning.network import Array, Network

Ints = NDArray[np.int64]
Readings = NDArray[np.uint8]

FOOTPRINT, SYNDROME, OWN = "footprint", "syndrome", "own"
PERSON, ONSET, COURSE = "person", "onset", "course"
NOBODY_SAID_HOW_OLD = len(AGE_BANDS)


@dataclass(frozen=True)
class Slot:
    """Where one reading stands: a finding's two sides together, its unstated side, the tempo, or the person."""

    what: str
    """A finding, or `PERSON`, `ONSET`, `COURSE`."""
    layer: str
    syndrome: int = UNKNOWN
    columns: tuple[int, ...] = ()
    radix: int = 0
    """How many codes one column has, unknown included."""


def slots_of(kb: KnowledgeBase, columns: CohortColumns, used: NDArray[np.bool_]) -> list[Slot]:
    """The slots in which anything is known; those of one syndrome are neighbours."""
    slots = [Slot(what, OWN) for what in (PERSON, ONSET, COURSE)]
    syndromes = {id_: k for k, id_ in enumerate(kb.syndromes)}
    for (id_, side), i in columns.index.items():
        finding = kb.findings[id_]
        together = (i, i + 1) if side is Side.LEFT else (i,)
        if side is Side.RIGHT or finding.parent == "neutral" or not used[list(together)].any():
            continue
        layer = finding.parent if finding.parent in (FOOTPRINT, SYNDROME) else OWN
        slots.append(Slot(id_, layer, syndromes.get(finding.syndrome, UNKNOWN), together, int(columns.n_codes[i]) + 1))
    return sorted(slots, key=lambda slot: slot.syndrome)


def readings_of(slots: Sequence[Slot], findings: Codes, onset: Codes, course: Codes, age_years: Array, sex: Codes) -> Readings:
    """(N, n_slots): which reading; 0 is nothing known."""
    readings = np.zeros((len(findings), len(slots)), dtype=np.uint8)
    band = np.searchsorted([lower for _, lower in AGE_BANDS], age_years, side="right") - 1
    band = np.where(np.isnan(age_years), NOBODY_SAID_HOW_OLD, band)
    special = {PERSON: 1 + band * (len(SEXES) + 1) + sex + 1, ONSET: onset + 1, COURSE: course + 1}
    for i, slot in enumerate(slots):
        if slot.what in special:
            readings[:, i] = special[slot.what]
        for column in slot.columns:
            readings[:, i] = readings[:, i] * slot.radix + (findings[:, column] + 1).astype(np.uint8)
    return readings


def of_like_age(kb: KnowledgeBase, age_years: Array) -> Iterator[tuple[Ints, float | None]]:
    """Cases among whom no background rate differs, with an age that stands for them all."""
    limits = sorted({lowest for finding in kb.findings.values() for lowest, _ in finding.background} | {0})
    group = np.where(np.isnan(age_years), len(limits), np.searchsorted(limits, age_years, side="right") - 1)
    for g in np.unique(group):
        yield np.flatnonzero(group == g), None if g == len(limits) else float(limits[g])


@dataclass(frozen=True)
class Tables:
    """A row of log likelihoods for each reading that occurs, by layer. Row 0 says nothing."""

    footprint: Array
    """(rows, F)"""
    syndrome: Array
    """(rows, S * 2): by lesion side and by syndrome absent, present."""
    own: Array
    """(rows, C * S)"""
    row: Ints
    """(n_slots, readings): the row of a reading in the table of its slot's layer."""


def tables_of(network: Network, kb: KnowledgeBase, columns: CohortColumns, slots: Sequence[Slot], readings: Sequence[Readings],
              age_years: float | None, setting: str) -> Tables:
    """The rows of every reading that occurs, for people of one group of `of_like_age`."""
    c, s, f = network.footprint_weights.shape
    rows = {FOOTPRINT: [np.zeros(f)], SYNDROME: [np.zeros(s * 2)], OWN: [np.zeros(c * s)]}
    row = np.zeros((len(slots), 256), dtype=np.int64)
    for i, slot in enumerate(slots):
        for reading in sorted(set().union(*(np.unique(part[:, i]).tolist() for part in readings)) - {0}):
            row[i, reading] = len(rows[slot.layer])
            if slot.what == PERSON:
                log = np.broadcast_to(_log_prior(network, reading, setting)[:, None], (c, s)).ravel()
            else:
                log = _log_row(network, kb, _evidence(columns, slot, reading, age_years), (c, s))
            rows[slot.layer].append(log)
    return Tables(np.array(rows[FOOTPRINT]), np.array(rows[SYNDROME]), np.array(rows[OWN]), row)


def _evidence(columns: CohortColumns, slot: Slot, reading: int, age_years: float | None) -> Evidence:
    if slot.what == ONSET:
        return Evidence(onset=one_hot(reading - 1, len(ONSETS)))
    if slot.what == COURSE:
        return Evidence(course=one_hot(reading - 1, len(COURSES)))
    codes = divmod(reading, slot.radix) if len(slot.columns) == 2 else (reading,)
    told = [(column, code - 1) for column, code in zip(slot.columns, codes, strict=True) if code]
    return Evidence(age_years=age_years, observations=tuple(Observation(*columns.keys[i], columns.weights(i, code)) for i, code in told))


def _log_row(network: Network, kb: KnowledgeBase, evidence: Evidence, shape: tuple[int, int]) -> Array:
    """The summed log likelihood of its items, which all hang on the same thing."""
    rows = []
    for item in items_of(network, kb, evidence):
        if item.footprint is not None:
            rows.append(item.footprint)
        elif item.by_state is not None:
            rows.append(item.by_state.ravel())
        elif item.own is not None:
            rows.append(np.broadcast_to(item.own, shape).ravel())
    return np.asarray(np.log(rows).sum(axis=0))


def _log_prior(network: Network, reading: int, setting: str) -> Array:
    band, sex = divmod(reading - 1, len(SEXES) + 1)
    age_years = None if band == NOBODY_SAID_HOW_OLD else float(AGE_BANDS[band][1])
    prior = network.prior(age_years, "unknown" if sex == 0 else SEXES[sex - 1], setting)
    return np.asarray(np.log(np.clip(prior, 1e-12, None)))
