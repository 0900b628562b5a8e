"""Many hypotheses fitted at once: each a linear model with normal priors under the likelihood of `noise`, by Laplace's method.

With known normal error the posterior is normal and Laplace's method exact; it stays so for a few values, because every choice of bad
days is then a hypothesis of its own. Many values, grades and floors bend it a little; the tests measure how little, against
numerical integration. Nothing here is random.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soleus.trends.noise import log_likelihood
from soleus.trends.observations import Array, Observations

STEPS = 15
ENOUGH = 5e-3
"""Steps stop when no level moves by more. [SEM]"""
LEAST_BEND = 0.15
"""Where a value may be a bad day's the likelihood is flat or hollow; this share of the usual bend keeps each step uphill."""


@dataclass(frozen=True)
class Fit:
    """H normal posteriors of p coefficients, and how well each hypothesis foretold the data."""

    mean: Array
    """(H, p)"""
    covariance: Array
    """(H, p, p)"""
    log_evidence: Array
    """(H,) log of the probability of the data under the hypothesis, coefficients integrated out."""


def fit(design: Array, prior_mean: Array, prior_sd: Array, seen: Observations, error: Array) -> Fit:
    """Posterior and evidence of each hypothesis.

    Args:
        design: (H, n, p) the level of observation i is `design[h, i] @ coefficients`. [SEM]
        prior_mean: (H, p) of independent normal priors.
        prior_sd: (H, p); a column that a hypothesis does not use is 0 with any prior.
        seen: The n observations.
        error: (H, n) SD of the error of each. [SEM]
    """
    precision = prior_sd**-2
    turned = np.swapaxes(design, 1, 2)
    beta = prior_mean.copy()
    levels = _levels(design, beta)
    least = LEAST_BEND * seen.weight / error**2
    for step in range(STEPS):
        # The first step takes every day for a usual one.
        _, slope, bend = log_likelihood(levels, seen, error, mixed=step > 0)
        towards = (turned @ slope[:, :, None])[:, :, 0] - precision * (beta - prior_mean)
        beta = beta + np.linalg.solve(_information(turned, np.maximum(bend, least), design, precision), towards[:, :, None])[:, :, 0]
        before, levels = levels, _levels(design, beta)
        if step > 1 and np.abs(levels - before).max() < ENOUGH:
            break
    log_p, _, bend = log_likelihood(levels, seen, error)
    information = _information(turned, np.maximum(bend, 0.0), design, precision)
    away = (beta - prior_mean) ** 2 * precision
    log_prior = 0.5 * (np.log(precision) - away).sum(axis=1)
    log_evidence = log_p.sum(axis=1) + log_prior - 0.5 * np.linalg.slogdet(information)[1]
    return Fit(beta, np.asarray(np.linalg.inv(information)), np.asarray(log_evidence))


def _levels(design: Array, beta: Array) -> Array:
    return np.asarray((design @ beta[:, :, None])[:, :, 0])


def _information(turned: Array, bend: Array, design: Array, precision: Array) -> Array:
    information = (turned * bend[:, None, :]) @ design
    index = np.arange(precision.shape[1])
    information[:, index, index] += precision
    return np.asarray(information)
