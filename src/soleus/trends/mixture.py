"""A number that is not known exactly, as a weighted mixture of normal distributions: one for each hypothesis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soleus.trends.observations import Array, Flags
from soleus.trends.special import normal_cdf, normal_quantile

_HALVINGS = 50


@dataclass(frozen=True)
class Mixture:
    """Weights sum to 1; an SD may be 0 (a value that is certain under its hypothesis)."""

    weights: Array
    means: Array
    sds: Array

    @property
    def mean(self) -> float:
        return float(self.weights @ self.means)

    @property
    def sd(self) -> float:
        second = self.weights @ (self.sds**2 + self.means**2)
        return float(np.sqrt(max(float(second) - self.mean**2, 0.0)))

    def below(self, x: float) -> float:
        """P(the number < x)."""
        return float(self.weights @ normal_cdf((x - self.means) / np.maximum(self.sds, 1e-12)))

    def quantile(self, p: float) -> float:
        """The x below which it lies with probability p, by halving."""
        reach = self.sds * abs(float(normal_quantile(min(p, 1 - p) * 1e-3))) + 1e-9
        low, high = float((self.means - reach).min()), float((self.means + reach).max())
        for _ in range(_HALVINGS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if self.below(middle) < p else (low, middle)
        return 0.5 * (low + high)

    def interval(self, share: float = 0.95) -> tuple[float, float]:
        """The middle `share` of its probability."""
        return self.quantile(0.5 - share / 2), self.quantile(0.5 + share / 2)

    def among(self, kept: Flags) -> Mixture:
        """Only some parts."""
        return Mixture(self.weights[kept] / self.weights[kept].sum(), self.means[kept], self.sds[kept])

    def lean(self, least: float = 1e-6) -> Mixture:
        """Without the parts that weigh next to nothing."""
        return self.among(self.weights > least * self.weights.max())
