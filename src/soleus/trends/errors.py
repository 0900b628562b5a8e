"""How large this person's own error of measurement may be, and which days were bad: the values that are tried, with their weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soleus.trends.fit import Fit, fit
from soleus.trends.noise import choices_of_bad_days
from soleus.trends.observations import Array, Observations
from soleus.trends.special import hermite_nodes

ENOUGH_FOR_AN_ERROR = 6
"""From so many values on, their own scatter says where to look for the person's error."""
MEDIAN_OF_NORMAL = 0.6745
"""Median of the absolute value of a standard normal. [-]"""


@dataclass(frozen=True)
class Errors:
    """m sizes of error."""

    log_scale: Array
    """(m,) natural logarithm of the person's SEM over the published one."""
    sd: Array
    """(m, n) error of each observation. [SEM]"""
    log_share: Array
    """(m,) logarithms of their weights, which sum to about 1."""


def errors_tried(seen: Observations, spread: float, n: int) -> Errors:
    """n sizes of the person's own error (Gauss and Hermite), each with every choice of bad days if observations are few.

    The prior of the logarithm is normal with mean 0. What neighbours differ by says roughly how large the error is, whatever the
    course; that only places the sizes that are tried, and their weights undo it.

    Args:
        seen: The observations.
        spread: SD of the logarithm. [-]
        n: How many sizes.
    """
    nodes, shares = hermite_nodes(n)
    values = seen.low[seen.exact][np.argsort(seen.years[seen.exact], kind="stable")]
    centre, width = 0.0, spread
    if len(values) >= ENOUGH_FOR_AN_ERROR:
        apart = np.abs(np.diff(values)) / np.sqrt(2)
        rough = float(np.log(max(np.median(apart) / MEDIAN_OF_NORMAL, 0.05)))
        centre = rough / (1 + spread**-2 / (0.4 * len(apart)))  # 0.4: what the median of overlapping differences tells, of 1
        width = 1.3 * (1.6 * len(values) + spread**-2) ** -0.5  # a little wider than the posterior, about 2 n for n normal values
    places = centre + width * nodes
    log_shares = np.log(shares) - 0.5 * (places / spread) ** 2 - np.log(spread) + 0.5 * nodes**2 + np.log(width)
    factors, log_chances = choices_of_bad_days(len(seen.years))
    log_scale = np.repeat(places, len(factors))
    sd = np.exp(log_scale)[:, None] * np.tile(factors, (n, 1)) * seen.spread
    return Errors(log_scale, sd, (log_shares[:, None] + log_chances[None, :]).ravel())


def fit_with(errors: Errors, design: Array, prior_mean: Array, prior_sd: Array, seen: Observations) -> Fit:
    """Each of h hypotheses with each of m errors; h x m of them, the errors running fastest. The weights of the errors are counted in."""
    h, m = len(design), len(errors.log_scale)
    each = np.repeat(np.arange(h), m)
    done = fit(design[each], prior_mean[each], prior_sd[each], seen, np.tile(errors.sd, (h, 1)))
    return Fit(done.mean, done.covariance, done.log_evidence + np.tile(errors.log_share, h))
