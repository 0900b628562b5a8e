"""The posterior of many cases at once: what `inference.infer` gives one by one, in array products.

A case is a short list of rows of logarithms (see `readings`). Their sums are exponentiated, multiplied by the footprint
weights and normalised, in blocks that fit into the processor's cache.

Index names beside those of `network`: N cases; G groups of footprints of one side that no reading tells apart; P pairs
(condition, lesion side) that can occur. Both run through one lesion side after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from soleus.cohort.checks import check
from soleus.cohort.columns import Codes, CohortColumns
from soleus.cohort.readings import COURSE, ONSET, PERSON, Ints, Slots, Tables, Told, of_like_age, read, tables_of
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.network import Array, Network

BLOCK = 128
"""Cases that are summed together."""
DENSE = 0.02
"""Share of all rows that a case uses above which one matrix product is quicker than adding row to row (measured)."""
SAFE = 1e-200
"""Below this the product of likelihoods is taken again in logarithms, lest a part of it that matters has underflowed."""


def posterior_many(network: Network, kb: KnowledgeBase, findings: Codes, onset: Codes, course: Codes, age_years: Array, sex: Codes,
                   setting: str, chunk: int = 2048) -> Array:
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
        parts = [cases[start:start + chunk] for start in range(0, len(cases), chunk)]
        told = [read(slots, findings[i], onset[i], course[i], age_years[i], sex[i]) for i in parts]
        model = _model(network, slots, tables_of(network, kb, columns, slots, told, age, setting))
        for part, told_of_part in zip(parts, told, strict=True):
            posterior[part] = _posterior(model, told_of_part)
    return posterior


@dataclass(frozen=True)
class _Model:
    """The network for people of like age, cut down to what the readings at hand can tell apart."""

    slots: Slots
    row: Ints
    footprint: Array
    """(rows, G) log likelihood."""
    groups: tuple[slice, ...]
    """G of each lesion side."""
    weights: tuple[Array, ...]
    """For each lesion side (G of the side, P of the side): P(side, group | condition)."""
    by_state: Array
    """(rows, S, 2) log likelihood."""
    syndromes: Array
    """(K, P): P(syndrome | condition)."""
    own: Array
    """(rows, P) log likelihood."""
    pairs: tuple[slice, ...]
    """P of each lesion side."""
    conditions: tuple[Ints, ...]
    """For each lesion side the conditions of its pairs."""
    n_conditions: int


def _model(network: Network, slots: Slots, tables: Tables) -> _Model:
    conditions = tuple(np.flatnonzero(of_side.any(axis=1)) for of_side in network.footprint_weights.transpose(1, 0, 2))
    columns, weights = [], []
    for side, of_side in enumerate(conditions):
        given = network.footprint_weights[of_side, side]
        possible = np.flatnonzero(given.any(axis=0))
        first, group = _alike(tables.footprint[:, possible])
        columns.append(possible[first])
        weights.append(np.zeros((len(first), len(of_side))))
        np.add.at(weights[-1], group, given[:, possible].T)
    return _Model(
        slots=slots, row=tables.row,
        footprint=np.ascontiguousarray(tables.footprint[:, np.concatenate(columns)]), groups=_slices(columns), weights=tuple(weights),
        by_state=tables.syndrome, syndromes=np.ascontiguousarray(network.syndrome_given_condition.T[:, np.concatenate(conditions)]),
        own=np.ascontiguousarray(np.concatenate([tables.own[:, of_side, side] for side, of_side in enumerate(conditions)], axis=1)),
        pairs=_slices(conditions), conditions=conditions, n_conditions=len(network.conditions))


def _alike(table: Array) -> tuple[Ints, Ints]:
    """The first column of each group of equal columns, and the group of each column."""
    groups: dict[bytes, int] = {}
    group = np.array([groups.setdefault(column.tobytes(), len(groups)) for column in table.T])
    return np.unique(group, return_index=True)[1], group


def _slices(parts: Sequence[Ints]) -> tuple[slice, ...]:
    ends = np.cumsum([0, *map(len, parts)]).tolist()
    return tuple(slice(a, b) for a, b in zip(ends[:-1], ends[1:], strict=True))


# Chunks and blocks ----------------------------------------------------------------------------------------------------


def _posterior(model: _Model, told: Told) -> Array:
    """(N, C) of one chunk."""
    footprint, own = _rows(model, told, "footprint"), _rows(model, told, "own", (PERSON, ONSET, COURSE))
    syndrome, likelihood = _syndromes(model, told)
    posterior = np.zeros((told.n_cases, model.n_conditions))
    by_length = np.argsort((footprint > 0).sum(axis=1), kind="stable")
    for start in range(0, told.n_cases, BLOCK):
        block = by_length[start:start + BLOCK]
        joint = _joint(_sum(model.own, own[block]), _product(model, syndrome[block], likelihood[block]),
                       _marginal(model, _sum(model.footprint, footprint[block])))
        of_block = np.zeros((len(block), model.n_conditions))
        for pairs, conditions in zip(model.pairs, model.conditions, strict=True):
            of_block[:, conditions] += joint[:, pairs]
        posterior[block] = of_block / of_block.sum(axis=1, keepdims=True)
    return posterior


def _joint(log_own: Array, syndromes: Array, footprints: Array) -> Array:
    """P(pair, evidence) up to a factor of the case; (B, P)."""
    syndromes *= footprints
    joint = syndromes * np.exp(log_own - log_own.max(axis=1, keepdims=True))
    if joint.sum(axis=1).min() < SAFE:
        with np.errstate(divide="ignore"):
            log = log_own + np.log(syndromes)
        joint = np.exp(log - log.max(axis=1, keepdims=True))
    return joint


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


def _syndromes(model: _Model, told: Told) -> tuple[Ints, Array]:
    """The observed syndromes of each case, (N, most), and the likelihoods of what hangs on each, (N, most, S, 2), at most 1."""
    entries = np.flatnonzero(model.slots.layer[told.slot] == "syndrome")
    key = told.case[entries] * len(model.syndromes) + model.slots.syndrome[told.slot[entries]]
    order = np.argsort(key, kind="stable")
    entries, key = entries[order], key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    each = model.by_state[model.row[told.slot[entries], told.reading[entries]]]
    log = np.add.reduceat(each, first, axis=0) if len(first) else each
    case, syndrome = np.divmod(key[first], len(model.syndromes))
    place, width = _places(told.n_cases, case)
    syndromes = np.zeros((told.n_cases, width), dtype=np.int64)
    syndromes[case, place] = syndrome
    likelihood = np.ones((told.n_cases, width, *each.shape[1:]))
    likelihood[case, place] = np.exp(log - log.max(axis=(1, 2), keepdims=True))
    return syndromes, likelihood


def _product(model: _Model, syndromes: Ints, likelihood: Array) -> Array:
    """Over the observed syndromes: product of [sum over absent, present of P(state | condition) x likelihood]; (B, P)."""
    product = np.ones((len(syndromes), model.syndromes.shape[1]))
    for i in range(syndromes.shape[1]):
        present = model.syndromes[syndromes[:, i]]
        for side, pairs in enumerate(model.pairs):
            absent = likelihood[:, i, side, :1]
            product[:, pairs] *= absent + (likelihood[:, i, side, 1:] - absent) * present[:, pairs]
    return product


def _marginal(model: _Model, log: Array) -> Array:
    """Sum over the footprints of P(side, footprint | condition) x likelihood, up to a factor of the case; (B, P)."""
    likelihood = np.exp(log - log.max(axis=1, keepdims=True))
    return np.concatenate([likelihood[:, groups] @ weights for groups, weights in zip(model.groups, model.weights, strict=True)], axis=1)
