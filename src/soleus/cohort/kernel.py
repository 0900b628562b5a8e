"""The loops of the compiled path: the joint of some cases, one pass over each, nothing of (cases x footprints) ever written out.

Only `compiled` imports this module, as it imports numba. It computes what `engine` computes; see there for the index names.

`LANES` cases go through the footprints side by side, so that one weight of a place serves them all and the processor adds
several cases in one instruction. All else is done case by case, over the conditions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

from soleus.reasoning.network import LESION_SIDES, Array

Ints = NDArray[np.int64]

LANES = 32
N_SIDES = len(LESION_SIDES)
PACE = 4
"""So many places of a row are added in one step; rows are filled up with places of no weight."""
FOOTPRINT, SYNDROME, OWN, NEUTRAL = range(4)
"""Layers of slots."""

OPTIONS: dict[str, Any] = {"fastmath": {"contract", "reassoc", "nsz"}, "error_model": "numpy"}
"""Sums may be taken in any order, and a product be added without rounding in between; NaN and infinity keep their meaning."""

_Function = TypeVar("_Function", bound=Callable[..., object])
_loop: Callable[[_Function], _Function] = njit(**OPTIONS)


class Fixed(NamedTuple):
    """What is the same for all cases."""

    layer: Ints
    """(n_slots,)"""
    syndrome: Ints
    """(n_slots,)"""
    row: Ints
    """(n_slots, readings): the row of a reading in the tables of its layer."""
    footprint: Array
    """(rows, F)"""
    by_state: Array
    """(rows, S, 2)"""
    own: Array
    """(rows, S, C)"""
    own_sided: NDArray[np.bool_]
    """(rows,) whether it differs between the lesion sides."""
    given: Array
    """(K, C): P(syndrome | condition)."""
    place_row: Ints
    """(R,) lesion side x C + condition, of those that are possible."""
    place_start: Ints
    """(R + 1,) where the places of each begin."""
    place_footprint: Ints
    place_weight: Array


class Cases(NamedTuple):
    """What is told of each case."""

    start: Ints
    """(N + 1,) where its readings begin."""
    slot: Ints
    reading: Ints
    general: Ints
    """(general slots, N) their readings; -1 unknown."""
    priors: Array
    """(persons, C)"""
    whose: Ints
    """(N,) index in `priors`."""
    one_sided: Array
    """(N, S)"""


@_loop
def _product(fixed: Fixed, cases: Cases, case: int, rows: Ints, product: Array) -> None:
    """The product of the footprint rows of a case."""
    n = 0
    for entry in range(cases.start[case], cases.start[case + 1]):
        slot = cases.slot[entry]
        if fixed.layer[slot] == FOOTPRINT:
            rows[n] = fixed.row[slot, cases.reading[entry]]
            n += 1
    if n % 2 or n == 0:
        rows[n] = rows[n + 1] = 0  # says nothing
    a, b = fixed.footprint[rows[0]], fixed.footprint[rows[1]]
    for f in range(len(product)):
        product[f] = a[f] * b[f]
    for i in range(2, n, 2):
        a, b = fixed.footprint[rows[i]], fixed.footprint[rows[i + 1]]
        for f in range(len(product)):
            product[f] *= a[f] * b[f]


@_loop
def _transpose(likelihood: Array, beside: Array) -> None:
    for f in range(likelihood.shape[1]):
        for lane in range(LANES):
            beside[f * LANES + lane] = likelihood[lane, f]


@_loop
def _sum_places(fixed: Fixed, beside: Array, total: Array, sums: Array) -> None:
    """The sum over footprints of weight x likelihood: (lanes, lesion sides x conditions)."""
    weight, footprint = fixed.place_weight, fixed.place_footprint
    for i in range(len(fixed.place_row)):
        total[:] = 0.0
        for place in range(fixed.place_start[i], fixed.place_start[i + 1], PACE):
            w, x, y, z = weight[place], weight[place + 1], weight[place + 2], weight[place + 3]
            a, b = footprint[place] * LANES, footprint[place + 1] * LANES
            c, d = footprint[place + 2] * LANES, footprint[place + 3] * LANES
            of_a, of_b, of_c, of_d = beside[a : a + LANES], beside[b : b + LANES], beside[c : c + LANES], beside[d : d + LANES]
            for lane in range(LANES):
                total[lane] += w * of_a[lane] + x * of_b[lane] + y * of_c[lane] + z * of_d[lane]
        for lane in range(LANES):
            sums[lane, fixed.place_row[i]] = total[lane]


@_loop
def _conditions(
    fixed: Fixed, cases: Cases, case: int, told: NDArray[np.bool_], by_state: Array, of_side: Array, unsided: Array, posterior: Array
) -> float:
    """P(condition, evidence) up to a factor, from the sum over footprints for each lesion side; and its sum."""
    own, given, n = fixed.own, fixed.given, len(unsided)
    person = cases.whose[case]
    for c in range(n):
        unsided[c] = cases.priors[person, c]
    for slot in range(len(cases.general)):
        row = fixed.row[slot, cases.general[slot, case]]
        for c in range(n):
            unsided[c] *= own[row, 0, c]
    for entry in range(cases.start[case], cases.start[case + 1]):
        slot = cases.slot[entry]
        row = fixed.row[slot, cases.reading[entry]]
        if fixed.layer[slot] == SYNDROME:
            k = fixed.syndrome[slot]
            for side in range(N_SIDES):
                for state in range(2):
                    before = by_state[k, side, state] if told[k] else 1.0
                    by_state[k, side, state] = before * fixed.by_state[row, side, state]
            told[k] = True
        elif fixed.layer[slot] == OWN and fixed.own_sided[row]:
            for side in range(N_SIDES):
                for c in range(n):
                    of_side[side, c] *= own[row, side, c]
        elif fixed.layer[slot] == OWN:
            for c in range(n):
                unsided[c] *= own[row, 0, c]
    for k in range(len(told)):
        if told[k]:
            told[k] = False
            absent, more = by_state[k, 0, 0], by_state[k, 0, 1] - by_state[k, 0, 0]
            alike = True
            for side in range(1, N_SIDES):
                alike = alike and by_state[k, side, 0] == by_state[k, 0, 0] and by_state[k, side, 1] == by_state[k, 0, 1]
            if alike:
                for c in range(n):
                    unsided[c] *= absent + more * given[k, c]
            else:
                for side in range(N_SIDES):
                    absent, more = by_state[k, side, 0], by_state[k, side, 1] - by_state[k, side, 0]
                    for c in range(n):
                        of_side[side, c] *= absent + more * given[k, c]
    left, right, both = cases.one_sided[case, 0], cases.one_sided[case, 1], cases.one_sided[case, 2]
    total = 0.0
    for c in range(n):
        joint = (of_side[0, c] * left + of_side[1, c] * right + of_side[2, c] * both) * unsided[c]
        posterior[case, c] = joint
        total += joint
    for c in range(n):
        posterior[case, c] /= total
    return total


def posteriors(fixed: Fixed, cases: Cases, posterior: Array, total: Array) -> None:
    """P(condition | evidence) of each case into (N, C), and P(evidence) up to a factor into (N,)."""
    n_cases, n_conditions = posterior.shape
    n_footprints = fixed.footprint.shape[1]
    rows = np.zeros(len(fixed.layer) + 2, np.int64)
    likelihood, beside = np.ones((LANES, n_footprints)), np.ones(n_footprints * LANES)
    total_of_lanes, sums = np.empty(LANES), np.zeros((LANES, N_SIDES * n_conditions))
    of_side, unsided = sums.reshape(LANES, N_SIDES, n_conditions), np.empty(n_conditions)
    told, by_state = np.zeros(len(fixed.given), np.bool_), np.empty((len(fixed.given), N_SIDES, 2))
    for first in range(0, n_cases, LANES):
        here = range(first, min(first + LANES, n_cases))
        for case in here:
            _product(fixed, cases, case, rows, likelihood[case - first])
        _transpose(likelihood, beside)
        _sum_places(fixed, beside, total_of_lanes, sums)
        for case in here:
            total[case] = _conditions(fixed, cases, case, told, by_state, of_side[case - first], unsided, posterior)
