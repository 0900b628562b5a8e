"""The posterior of many cases at once: what `inference.infer` gives one by one, in array products.

A case is a short list of rows of likelihoods (see `readings`). Their products are multiplied by the footprint weights and
normalised, in blocks that fit into the processor's cache.

Index names beside those of `network`: N cases, B cases of a block, and for each lesion side P conditions that can have it
and G groups of footprints that no reading tells apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from soleus.cohort.checks import check
from soleus.cohort.columns import Codes, CohortColumns
from soleus.cohort.readings import GENERAL, Ints, Slots, Tables, Told, of_like_age, one_sided_of, priors_of, read, tables_of
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.network import Array, Network

BLOCK = 256
"""Cases that are worked on together."""
SAFE = 1e-200
"""Below this a product of likelihoods is computed again by logarithms, lest a part of it that matters has underflowed."""


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
        model = _model(network, slots, tables_of(network, kb, columns, slots, told, age))
        one_sided = one_sided_of(kb, columns, slots, told)
        for part, told_of_part, one_sided_of_part in zip(parts, told, one_sided, strict=True):
            posterior[part] = _posterior(model, told_of_part, one_sided_of_part, *priors_of(network, told_of_part, setting))
    return posterior


@dataclass(frozen=True)
class _Lesion:
    """The part of the network that one lesion side needs. All arrays are contiguous."""

    place: slice
    """Where its conditions stand in the order of `_Model`."""
    weights: Array
    """(G, P): P(side, group of footprints | condition)."""
    footprint: Array
    """(rows, G) likelihood."""
    syndromes: Array
    """(K, P): P(syndrome | condition)."""
    own: Array
    """(rows, P) likelihood."""


@dataclass(frozen=True)
class _Model:
    """The network of people of like age, cut down to what is possible and to what the readings at hand can tell apart."""

    slots: Slots
    row: Ints
    """(n_slots, readings): the row of a reading in the tables of its layer."""
    by_state: Array
    """(rows, S * 2) likelihood of the findings of a syndrome: by lesion side and by syndrome absent, present."""
    lesions: tuple[_Lesion, ...]
    order: Ints
    """(C,) the network's conditions in the order here: one-sided only, either, bilateral only."""
    back: Ints
    """(C,) the other way."""


def _model(network: Network, slots: Slots, tables: Tables) -> _Model:
    left, right, bilateral = (network.footprint_weights[:, side].any(axis=1) for side in range(3))
    one_sided = left | right
    order = np.argsort(1 * bilateral - 1 * one_sided, kind="stable")
    one, two = slice(0, int(one_sided.sum())), slice(int((~bilateral).sum()), len(order))
    lesions = []
    for side, place in enumerate((one, one, two)):
        conditions = order[place]
        given = network.footprint_weights[conditions, side]
        footprints = np.flatnonzero(given.any(axis=0))
        first, group = _alike(tables.footprint[:, footprints])
        weights = np.zeros((len(first), len(conditions)))
        np.add.at(weights, group, given[:, footprints].T)
        parts = (tables.footprint[:, footprints[first]], network.syndrome_given_condition[conditions].T, tables.own[:, conditions, side])
        lesions.append(_Lesion(place, weights, *map(np.ascontiguousarray, parts)))
    return _Model(slots, tables.row, tables.syndrome.reshape(len(tables.syndrome), -1), tuple(lesions), order, np.argsort(order))


def _alike(table: Array) -> tuple[Ints, Ints]:
    """The first column of each group of equal columns, and the group of each column."""
    groups: dict[bytes, int] = {}
    group = np.array([groups.setdefault(column.tobytes(), len(groups)) for column in table.T], dtype=np.int64)
    return np.unique(group, return_index=True)[1], group


# Chunks and blocks ----------------------------------------------------------------------------------------------------


def _posterior(model: _Model, told: Told, one_sided: Array, prior: Array, whose: Ints) -> Array:
    """(N, C) of one chunk; `one_sided` (N, S), `prior` (persons, C) and `whose` prior (N,)."""
    footprint = _packed(told.n_cases, *_rows(model, told, "footprint"))
    patterns, syndromes = _syndromes(model, told)
    priors = [prior[:, model.order[lesion.place]] for lesion in model.lesions]
    tables = [np.vstack([lesion.own, *more]) for lesion, *more in zip(model.lesions, patterns, priors, strict=True)]
    own = _packed(told.n_cases, *_rows(model, told, "own"), *syndromes)
    person = len(tables[0]) - len(prior) + whose
    own = np.column_stack([person, *(model.row[slot, told.general[slot]] for slot in GENERAL), own])
    posterior = np.empty((told.n_cases, len(model.back)))
    by_length = np.lexsort([np.count_nonzero(own, axis=1), np.count_nonzero(footprint, axis=1)])
    for start in range(0, told.n_cases, BLOCK):
        block = by_length[start : start + BLOCK]
        joint = _joint(model, tables, footprint[block], own[block], one_sided[block])
        if joint.sum(axis=1).min() < SAFE:
            joint = _joint_by_logarithms(model, tables, footprint[block], own[block], one_sided[block])
        joint /= joint.sum(axis=1, keepdims=True)
        posterior[block] = np.take(joint, model.back, axis=1)
    return posterior


def _joint(model: _Model, tables: Sequence[Array], footprint: Ints, own: Ints, one_sided: Array) -> Array:
    """P(condition, evidence) up to a factor of the case; (B, C) in the order of the model."""
    joint = np.zeros((len(own), len(model.order)))
    for side, (lesion, table) in enumerate(zip(model.lesions, tables, strict=True)):
        of_side = _product(lesion.footprint, footprint) @ lesion.weights
        of_side *= _product(table, own)
        of_side *= one_sided[:, side, None]
        joint[:, lesion.place] += of_side
    return joint


def _joint_by_logarithms(model: _Model, tables: Sequence[Array], footprint: Ints, own: Ints, one_sided: Array) -> Array:
    """The same for evidence so long, or so odd, that products of likelihoods underflow."""
    logs = [_log_product(lesion.footprint, footprint) for lesion in model.lesions]
    top = np.max([log.max(axis=1) for log in logs], axis=0)[:, None]
    with np.errstate(divide="ignore"):
        footprints = [np.log(np.exp(log - top) @ lesion.weights) for log, lesion in zip(logs, model.lesions, strict=True)]
    owns = [_log_product(table, own) for table in tables]
    logs = [a + b + np.log(one_sided[:, side, None]) for side, (a, b) in enumerate(zip(footprints, owns, strict=True))]
    top = np.max([log.max(axis=1) for log in logs], axis=0)[:, None]
    joint = np.zeros((len(own), len(model.order)))
    for log, lesion in zip(logs, model.lesions, strict=True):
        joint[:, lesion.place] += np.exp(log - top)
    return joint


def _product(table: Array, rows: Ints) -> Array:
    """The product of the rows of each case; (B, columns of the table). Row 0 is all ones."""
    rows = rows[:, rows.any(axis=0)]
    if not rows.shape[1]:
        return np.ones((len(rows), table.shape[1]))
    product = np.take(table, rows[:, 0], axis=0)
    row = np.empty_like(product)
    for of_cases in rows.T[1:]:
        product *= np.take(table, of_cases, axis=0, out=row, mode="clip")
    return product


def _log_product(table: Array, rows: Ints) -> Array:
    logs = np.log(table)
    return np.stack([logs[of_case].sum(axis=0) for of_case in rows])


def _rows(model: _Model, told: Told, layer: str) -> tuple[Ints, Ints]:
    """(case, row) of everything told in a layer."""
    entries = np.flatnonzero(model.slots.layer[told.slot] == layer)
    return told.case[entries], model.row[told.slot[entries], told.reading[entries]]


def _packed(n: int, *parts: Ints) -> Ints:
    """(n, most rows of a case): the rows of each case, then zeros; from alternating arrays of cases and of their rows."""
    case, row = np.concatenate(parts[::2]), np.concatenate(parts[1::2])
    order = np.argsort(case, kind="stable")
    case, row = case[order], row[order]
    counts = np.bincount(case, minlength=n)
    packed = np.zeros((n, counts.max(initial=0)), dtype=np.int64)
    packed[case, np.arange(len(case)) - (np.cumsum(counts) - counts)[case]] = row
    return packed


def _syndromes(model: _Model, told: Told) -> tuple[list[Array], tuple[Ints, Ints]]:
    """For each lesion side a row, (P,), for each pattern of findings of a syndrome; (case, row after the own table's) of all.

    A row holds the sum over absent and present of P(state | condition) x P(findings | state, lesion side), up to a factor.
    """
    entries = np.flatnonzero(model.slots.layer[told.slot] == "syndrome")
    n_syndromes = len(model.lesions[0].syndromes)
    key = told.case[entries] * n_syndromes + model.slots.syndrome[told.slot[entries]]
    order = np.argsort(key, kind="stable")
    entries, key = entries[order], key[order]
    start = np.flatnonzero(np.diff(key, prepend=-1))
    each = model.by_state[model.row[told.slot[entries], told.reading[entries]]]
    likelihood = np.multiply.reduceat(each, start, axis=0) if len(start) else each
    case, syndrome = np.divmod(key[start], n_syndromes)
    first, pattern = _alike(np.column_stack([syndrome, likelihood]).T)
    likelihood = likelihood[first] / likelihood[first].max(axis=1, keepdims=True)
    patterns = []
    for side, lesion in enumerate(model.lesions):
        absent, present = (likelihood[:, 2 * side + state, None] for state in range(2))
        patterns.append(absent + (present - absent) * lesion.syndromes[syndrome[first]])
    return patterns, (case, len(model.lesions[0].own) + pattern)
