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
from soleus.cohort.columns import UNKNOWN, Codes, CohortColumns
from soleus.cohort.readings import FOOTPRINT, OWN, SYNDROME, Ints, Readings, Slot, Tables, of_like_age, readings_of, slots_of, tables_of
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.network import Array, Network

BLOCK = 128
"""Cases that are summed together."""
DENSE = 0.02
"""Share of all rows that a case uses above which one matrix product is quicker than adding row to row (measured)."""


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
    slots = slots_of(kb, columns, (findings != UNKNOWN).any(axis=0))
    posterior = np.empty((len(findings), len(network.conditions)))
    for cases, age in of_like_age(kb, age_years):
        parts = [cases[start:start + chunk] for start in range(0, len(cases), chunk)]
        readings = [readings_of(slots, findings[i], onset[i], course[i], age_years[i], sex[i]) for i in parts]
        model = _model(network, tables_of(network, kb, columns, slots, readings, age, setting))
        for part, told in zip(parts, readings, strict=True):
            posterior[part] = _posteriors(model, slots, told)
    return posterior


@dataclass(frozen=True)
class _Model:
    """The network for people of like age, cut down to what the readings at hand can tell apart."""

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


def _model(network: Network, tables: Tables) -> _Model:
    c, s, f = network.footprint_weights.shape
    conditions = tuple(np.flatnonzero(network.footprint_weights[:, side].any(axis=1)) for side in range(s))
    columns, weights = [], []
    for side, of_side in enumerate(conditions):
        given = network.footprint_weights[of_side, side]
        possible = np.flatnonzero(given.any(axis=0))
        _, first, group = np.unique(tables.footprint[:, possible], axis=1, return_index=True, return_inverse=True)
        columns.append(possible[first])
        weights.append(_add_up(given[:, possible].T, group.ravel(), len(first)))
    own = tables.own.reshape(-1, c, s)
    return _Model(
        row=tables.row,
        footprint=np.ascontiguousarray(tables.footprint[:, np.concatenate(columns)]), groups=_slices(columns), weights=tuple(weights),
        by_state=tables.syndrome.reshape(-1, s, 2),
        syndromes=np.ascontiguousarray(network.syndrome_given_condition.T[:, np.concatenate(conditions)]),
        own=np.concatenate([own[:, of_side, side] for side, of_side in enumerate(conditions)], axis=1),
        pairs=_slices(conditions), conditions=conditions, n_conditions=c)


def _add_up(rows: Array, group: Ints, n_groups: int) -> Array:
    total = np.zeros((n_groups, rows.shape[1]))
    np.add.at(total, group, rows)
    return total


def _slices(parts: Sequence[Ints]) -> tuple[slice, ...]:
    ends = np.cumsum([0, *map(len, parts)])
    return tuple(slice(int(a), int(b)) for a, b in zip(ends[:-1], ends[1:], strict=True))


# Chunks and blocks ----------------------------------------------------------------------------------------------------


def _posteriors(model: _Model, slots: Sequence[Slot], readings: Readings) -> Array:
    """(N, C) of one chunk."""
    footprint, own = (_packed(len(readings), *_rows(model, slots, readings, layer)) for layer in (FOOTPRINT, OWN))
    syndromes = _syndromes(model, slots, readings)
    posterior = np.zeros((len(readings), model.n_conditions))
    by_length = np.argsort((footprint > 0).sum(axis=1), kind="stable")
    for start in range(0, len(readings), BLOCK):
        block = by_length[start:start + BLOCK]
        log = _sum(model.own, own[block])
        log += _log_syndromes(model, *(part[block] for part in syndromes))
        log += _log_footprints(model, _sum(model.footprint, footprint[block]))
        log -= log.max(axis=1, keepdims=True)
        joint = np.exp(log, out=log)
        joint /= joint.sum(axis=1, keepdims=True)
        of_block = np.zeros((len(block), model.n_conditions))
        for pairs, conditions in zip(model.pairs, model.conditions, strict=True):
            of_block[:, conditions] += joint[:, pairs]
        posterior[block] = of_block
    return posterior


def _rows(model: _Model, slots: Sequence[Slot], readings: Readings, layer: str) -> tuple[Ints, Ints, Ints]:
    """(case, slot, row) of every reading of a layer, by case and slot."""
    of_layer = np.array([i for i, slot in enumerate(slots) if slot.layer == layer], dtype=np.int64)
    case, at = np.nonzero(readings[:, of_layer])
    slot = of_layer[at]
    return case, slot, model.row[slot, readings[case, slot]]


def _packed(n: int, case: Ints, slot: Ints, row: Ints) -> Ints:
    """(n, most rows of a case): the rows of each case, then zeros."""
    place, width = _places(n, case)
    packed = np.zeros((n, width), dtype=np.int64)
    packed[case, place] = row
    return packed


def _places(n: int, case: Ints) -> tuple[Ints, int]:
    """Each entry's number within its case, and the largest number of entries; `case` ascends."""
    counts = np.bincount(case, minlength=n)
    return np.arange(len(case)) - (np.cumsum(counts) - counts)[case], int(counts.max(initial=0))


def _sum(table: Array, rows: Ints) -> Array:
    """Sum over the rows of each case; (B, columns of the table). Row 0 is nothing."""
    width = int((rows > 0).sum(axis=1).max(initial=0))
    if width > DENSE * len(table):
        uses = np.zeros((len(rows), len(table)))
        uses[np.arange(len(rows))[:, None], rows] = 1.0
        uses[:, 0] = 0.0
        return uses @ table
    total = np.zeros((len(rows), table.shape[1]))
    more = np.empty_like(total)
    for i in range(width):
        total += np.take(table, rows[:, i], axis=0, out=more, mode="clip")
    return total


def _syndromes(model: _Model, slots: Sequence[Slot], readings: Readings) -> tuple[Ints, Array]:
    """Each case's observed syndromes (N, most), and their likelihoods (N, most, S, 2), the larger of absent and present 1 at most."""
    n = len(readings)
    case, slot, row = _rows(model, slots, readings, SYNDROME)
    syndrome = np.array([s.syndrome for s in slots])[slot]
    first = np.flatnonzero(np.diff(case * len(slots) + syndrome, prepend=-1))
    log = np.add.reduceat(model.by_state[row], first, axis=0) if len(first) else np.zeros((0, *model.by_state.shape[1:]))
    case, syndrome = case[first], syndrome[first]
    place, width = _places(n, case)
    which = np.zeros((n, width), dtype=np.int64)
    which[case, place] = syndrome
    likelihood = np.ones((n, width, *model.by_state.shape[1:]))
    likelihood[case, place] = np.exp(log - log.max(axis=(1, 2), keepdims=True))
    return which, likelihood


def _log_syndromes(model: _Model, which: Ints, likelihood: Array) -> Array:
    """log of the product over the observed syndromes of sum over absent, present of P(state | condition) x likelihood; (B, P)."""
    product = np.ones((len(which), model.syndromes.shape[1]))
    for i in range(which.shape[1]):
        present = model.syndromes[which[:, i]]
        for side, pairs in enumerate(model.pairs):
            absent = likelihood[:, i, side, :1]
            product[:, pairs] *= absent + (likelihood[:, i, side, 1:] - absent) * present[:, pairs]
    return np.asarray(np.log(product, out=product))


def _log_footprints(model: _Model, log: Array) -> Array:
    """log sum over the footprints of P(side, footprint | condition) x likelihood, up to a constant of the case; (B, P)."""
    log -= log.max(axis=1, keepdims=True)
    likelihood = np.exp(log, out=log)
    total = np.concatenate([likelihood[:, groups] @ weights for groups, weights in zip(model.groups, model.weights, strict=True)], axis=1)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(total, out=total))
