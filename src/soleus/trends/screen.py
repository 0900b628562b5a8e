"""Which changes are worth fitting: how much one more change would explain, roughly, for every kind and place at once.

One step of a score test from the best course so far, with outlying values cut back. It only chooses what is fitted in full, and how
many places each of those stands for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soleus.trends.noise import of_intervals
from soleus.trends.observations import Array, Observations

CUT_BACK = 3.0
"""Larger distances count as this, so that one odd value draws no change to itself. [SEM]"""
LOOKED_AT = 8
"""Places of each kind that are fitted in full."""


@dataclass(frozen=True)
class Base:
    """A fitted course to which one change is to be added."""

    design: Array
    """(n, p)"""
    coefficients: Array
    prior_mean: Array
    prior_sd: Array
    """(p,) each."""
    error: Array
    """(n,)"""


def gain(base: Base, columns: Array, mean: float, sd: Array | float, seen: Observations) -> Array:
    """Roughly the log Bayes factor for each added column.

    Args:
        base: The course so far.
        columns: (m, n) one candidate a row.
        mean: Prior mean of its coefficient.
        sd: Its prior SD.
        seen: The observations.
    """
    levels = base.design @ base.coefficients
    exact = seen.exact
    bend = seen.weight / base.error**2
    score = np.clip((np.where(exact, seen.low, 0.0) - levels) / base.error, -CUT_BACK, CUT_BACK) / base.error * seen.weight
    if not exact.all():
        _, slope, own = of_intervals(levels[None], seen.low, seen.high, base.error[None], True)
        score = np.where(exact, score, slope[0] * seen.weight)
        bend = np.where(exact, bend, np.maximum(own[0], 0.0) * seen.weight)
    weighted = base.design * bend[:, None]
    inner = np.linalg.inv(base.design.T @ weighted + np.diag(base.prior_sd**-2))
    rest = base.design.T @ score - (base.coefficients - base.prior_mean) / base.prior_sd**2
    across = columns @ weighted
    slopes = columns @ score - across @ (inner @ rest)
    information = np.maximum((columns**2) @ bend - np.einsum("mp,pq,mq->m", across, inner, across), 1e-12)
    return np.asarray(
        0.5 * (slopes + mean / sd**2) ** 2 / (information + sd**-2) - 0.5 * mean**2 / sd**2 - 0.5 * np.log1p(sd**2 * information)
    )


def chosen(gains: Array) -> tuple[NDArray[np.intp], Array]:
    """The most promising candidates of one kind, and for how many of all candidates each stands."""
    top = np.sort(np.argsort(-gains)[:LOOKED_AT])
    relative = np.exp(gains - gains.max())
    return top, np.full(len(top), relative.sum() / relative[top].sum())
