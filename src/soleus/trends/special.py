"""The special functions the trends need: SciPy's, with types. The only door through which SciPy enters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special  # type: ignore[import-untyped]

Array = NDArray[np.float64]


def normal_cdf(x: Array | float) -> Array:
    """P(standard normal <= x)."""
    return np.asarray(special.ndtr(x))


def normal_quantile(p: Array | float) -> Array:
    """The x below which a standard normal lies with probability p."""
    return np.asarray(special.ndtri(p))


def hermite_nodes(n: int) -> tuple[Array, Array]:
    """Nodes and weights, summing to 1, that average a smooth function over a standard normal (Gauss and Hermite)."""
    nodes, weights = special.roots_hermitenorm(n)
    return np.asarray(nodes), np.asarray(weights / weights.sum())


def log_sum_exp(x: Array) -> float:
    """log(sum(exp(x))) without overflow."""
    return float(special.logsumexp(x))


def t_cdf(t: float, degrees_of_freedom: float) -> float:
    """P(Student's t <= t)."""
    return float(special.stdtr(degrees_of_freedom, t))  # scipy.stats would take a second to import, and asks this
