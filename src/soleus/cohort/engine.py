"""The posterior of many cases at once: what `inference.infer` gives one by one, in array products.

A case is a short list of rows of logarithms (see `readings`). Their sums are exponentiated, multiplied by the footprint
weights and normalised, in blocks that fit into the processor's cache.

Index names beside those of `network`: N cases, B cases of a block, and for each lesion side P conditions that can have it
and G groups of footprints that no reading tells apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from soleus.cohort.checks import check
from soleus.cohort.columns import Codes, CohortColumns
from soleus.cohort.readings import GENERAL, Ints, Slots, Tables, Told, of_like_age, read, tables_of
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.network import LESION_SIDES, Array, Network

BLOCK = 128
"""Cases that are summed together."""
DENSE = 0.1
"""Share of all rows that a case uses above which one matrix product is quicker than adding row to row (measured)."""
SAFE = 1e-200
"""Below this the product of likelihoods is taken again in logarithms, lest a part of it that matters has underflowed."""


def posterior_many(
    network: Network,
    kb: KnowledgeBase,
    findings: Codes,
    onset: Codes,
    course: Codes,
    age_years: Array,
    sex: Codes,
    setting: str,
    chunk: int = 2048,
) -> Array:
    """P(condition | evidence) of many cases; for each the same as `infer(...).conditions`.

    Args:
        network: The compiled network of `kb`.
        kb: The knowledge base.
        findings: (n_cases, n_columns) int8; codes as in `CohortColumns.of(kb)`: index of the state, -1 unknown.
        onset: (n_cases,) int8; index in `ONSETS`, -1 unknown.
        course: (n_cases,) int8; index in `COURSES`, -1 unknown.
        age_years: (n_cases,) age, 0 to 130, NaN where unknown. [y]
        sex: (n_cases,) int8; index in `SEXES` (0 female, 1 male), -1 unknown.
        setting: Who asks, one for all: `self`, `primary-care` or `neuromuscular-clinic`.
        chunk: How many cases to work on at once; beside input and output, memory grows with it only.

    Returns:
        (n_cases, n_conditions); rows sum to 1, the last column is `other`.

    Raises:
        OutOfRange: If a shape, type, code or age is not as above; it names the first cell at fault.
    """
    columns = CohortColumns.of(kb)
    check(network, kb, columns, findings, onset, course, age_years, sex, setting, chunk)
    slots = Slots.of(kb, columns)
    posterior = np.empty((len(findings), len(network.conditions)))
    for cases, age in of_like_age(kb, age_years):
        parts = [cases[start : start + chunk] for start in range(0, len(cases), chunk)]
        told = [read(slots, findings[i], onset[i], course[i], age_years[i], sex[i]) for i in parts]
        model = _model(network, slots, tables_of(network, kb, columns, slots, told, age, setting))
        for part, told_of_part in zip(parts, told, strict=True):
            posterior[part] = _posterior(model, told_of_part)
    return posterior


@dataclass(frozen=True)
class _Lesion:
    """The part of the network that one lesion side needs. All arrays are contiguous."""

    place: slice
    """Where its conditions stand in the order of `_Model`."""
    weights: Array
    """(G, P): P(side, group of footprints | condition)."""
    footprint: Array
    """(rows, G) log likelihood."""
    by_state: Array
    """(rows, 2) log likelihood."""
    syndromes: Array
    """(K, P): P(syndrome | condition)."""
    own: Array
    """(rows, P) log likelihood."""


@dataclass(frozen=True)
class _Model:
    """The network of people of like age, cut down to what is possible and to what the readings at hand can tell apart."""

    slots: Slots
    row: Ints
    """(n_slots, readings): the row of a reading in the tables of its layer."""
    lesions: tuple[_Lesion, ...]
    back: Ints
    """(C,) from the order here (one-sided, either, bilateral) to that of the network."""


def _model(network: Network, slots: Slots, tables: Tables) -> _Model:
    can = network.footprint_weights.any(axis=2)
    one_sided, bilateral = can[:, 0] | can[:, 1], can[:, 2]
    order = np.argsort(bilateral * 1 - one_sided, kind="stable")  # one-sided only, then either, then bilateral only
    one, two = slice(0, int(one_sided.sum())), slice(int((~bilateral).sum()), len(order))
    lesions = []
    for side, place in enumerate((one, one, two)):
        conditions = order[place]
        given = network.footprint_weights[conditions, side]
        footprints = np.flatnonzero(given.any(axis=0))
        first, group = _alike(tables.footprint[:, footprints])
        weights = np.zeros((len(first), len(conditions)))
        np.add.at(weights, group, given[:, footprints].T)
        parts = (
            tables.footprint[:, footprints[first]],
            tables.syndrome[:, side],
            network.syndrome_given_condition[conditions].T,
            tables.own[:, conditions, side],
        )
        lesions.append(_Lesion(place, weights, *map(np.ascontiguousarray, parts)))
    return _Model(slots, tables.row, tuple(lesions), np.argsort(order))


def _alike(table: Array) -> tuple[Ints, Ints]:
    """The first column of each group of equal columns, and the group of each column."""
    groups: dict[bytes, int] = {}
    group = np.array([groups.setdefault(column.tobytes(), len(groups)) for column in table.T])
    return np.unique(group, return_index=True)[1], group


# Chunks and blocks ----------------------------------------------------------------------------------------------------


def _posterior(model: _Model, told: Told) -> Array:
    """(N, C) of one chunk."""
    lesions = model.lesions
    footprint, own = _rows(model, told, "footprint"), _rows(model, told, "own", GENERAL)
    syndrome, likelihood = _syndromes(model, told)
    posterior = np.empty((told.n_cases, len(model.back)))
    by_length = np.argsort((footprint > 0).sum(axis=1), kind="stable")
    for start in range(0, told.n_cases, BLOCK):
        block = by_length[start : start + BLOCK]
        joint = _joint(
            [_sum(lesion.own, own[block]) for lesion in lesions],
            [_product(lesion, syndrome[block], likelihood[side][block]) for side, lesion in enumerate(lesions)],
            _marginals(lesions, [_sum(lesion.footprint, footprint[block]) for lesion in lesions]),
        )
        of_block = np.zeros((len(block), len(model.back)))
        for lesion, of_side in zip(lesions, joint, strict=True):
            of_block[:, lesion.place] += of_side
        of_block /= of_block.sum(axis=1, keepdims=True)
        posterior[block] = np.take(of_block, model.back, axis=1)
    return posterior


def _joint(log_own: Sequence[Array], syndromes: Sequence[Array], footprints: Sequence[Array]) -> list[Array]:
    """P(condition, lesion side, evidence) up to a factor of the case; (B, P) of each side."""
    rest = [a * b for a, b in zip(syndromes, footprints, strict=True)]
    joint = [a * b for a, b in zip(_exponentials(log_own), rest, strict=True)]
    if sum(part.sum(axis=1) for part in joint).min() < SAFE:
        with np.errstate(divide="ignore"):
            joint = _exponentials([a + np.log(b) for a, b in zip(log_own, rest, strict=True)])
    return joint


def _exponentials(logs: Sequence[Array]) -> list[Array]:
    """Of logarithms, where each case's largest, over all the arrays, becomes 1."""
    top = np.max([log.max(axis=1) for log in logs], axis=0)[:, None]
    return [np.exp(log - top) for log in logs]


def _rows(model: _Model, told: Told, layer: str, general: Sequence[int] = ()) -> Ints:
    """(N, most readings of a case): the rows of what is told in a layer, then zeros; `general` slots come first."""
    entries = np.flatnonzero(model.slots.layer[told.slot] == layer)
    case = told.case[entries]
    place, width = _places(told.n_cases, case)
    rows = np.zeros((told.n_cases, len(general) + width), dtype=np.int64)
    for i, slot in enumerate(general):
        rows[:, i] = model.row[slot, told.general[slot]]
    rows[case, len(general) + place] = model.row[told.slot[entries], told.reading[entries]]
    return rows


def _places(n: int, case: Ints) -> tuple[Ints, int]:
    """The number of each entry within its case, and the most entries of a case; `case` ascends."""
    counts = np.bincount(case, minlength=n)
    return np.arange(len(case)) - (np.cumsum(counts) - counts)[case], int(counts.max(initial=0))


def _sum(table: Array, rows: Ints) -> Array:
    """The sum of the rows of each case; (B, columns of the table). Row 0 is all zeros."""
    rows = rows[:, rows.any(axis=0)]
    if rows.shape[1] > DENSE * len(table):
        uses = np.zeros((len(rows), len(table)))
        uses[np.arange(len(rows))[:, None], rows] = 1.0
        return np.asarray(uses @ table)
    total = np.zeros((len(rows), table.shape[1]))
    row = np.empty_like(total)
    for of_cases in rows.T:
        total += np.take(table, of_cases, axis=0, out=row, mode="clip")
    return total


def _syndromes(model: _Model, told: Told) -> tuple[Ints, list[Array]]:
    """The observed syndromes of each case, (N, most), and for each lesion side their likelihoods, (N, most, 2), at most 1."""
    n_syndromes = len(model.lesions[0].syndromes)
    entries = np.flatnonzero(model.slots.layer[told.slot] == "syndrome")
    key = told.case[entries] * n_syndromes + model.slots.syndrome[told.slot[entries]]
    order = np.argsort(key, kind="stable")
    entries, key = entries[order], key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    case, syndrome = np.divmod(key[first], n_syndromes)
    place, width = _places(told.n_cases, case)
    syndromes = np.zeros((told.n_cases, width), dtype=np.int64)
    syndromes[case, place] = syndrome
    each = model.row[told.slot[entries], told.reading[entries]]
    logs = [np.add.reduceat(lesion.by_state[each], first, axis=0) if len(first) else np.zeros((0, 2)) for lesion in model.lesions]
    top = np.max(logs, axis=(0, 2), initial=-np.inf)[:, None]
    likelihoods = [np.ones((told.n_cases, width, 2)) for _ in model.lesions]
    for likelihood, log in zip(likelihoods, logs, strict=True):
        likelihood[case, place] = np.exp(log - top)
    return syndromes, likelihoods


def _product(lesion: _Lesion, syndromes: Ints, likelihood: Array) -> Array:
    """Over the observed syndromes: product of [sum over absent, present of P(state | condition) x likelihood]; (B, P)."""
    product = np.ones((len(syndromes), lesion.syndromes.shape[1]))
    factor = np.empty_like(product)
    for i in range(syndromes.shape[1]):
        np.take(lesion.syndromes, syndromes[:, i], axis=0, out=factor, mode="clip")
        absent, present = likelihood[:, i, :1], likelihood[:, i, 1:]
        factor *= present - absent
        factor += absent
        product *= factor
    return product


def _marginals(lesions: Sequence[_Lesion], logs: Sequence[Array]) -> list[Array]:
    """Sum over the footprints of P(side, footprint | condition) x likelihood, up to a factor of the case; (B, P) of each side."""
    return [likelihood @ lesion.weights for lesion, likelihood in zip(lesions, _exponentials(logs), strict=True)]
