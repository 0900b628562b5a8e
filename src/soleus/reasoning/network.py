"""The three-layer Bayesian network in arrays: condition -> (lesion side, footprint), syndromes -> findings.

Compiled once from the knowledge base (seconds), then read by every inference (milliseconds). Index names used below:
C conditions (the last is `other`), S lesion sides (left, right, both), F footprints (site, side, degree), K syndromes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soleus.domain.anatomy import DEGREES
from soleus.domain.finding import AGE_BANDS, STATES, Finding, Kind, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.footprint import footprint

Array = NDArray[np.float64]

BAND_MIDDLES = (5.0, 15.0, 30.0, 50.0, 70.0, 87.0)
"""Middle of each of `AGE_BANDS`. [y]"""
OTHER = "other"
LESION_SIDES = ("left", "right", "both")
CLIP = 0.01
"""No finding is surer than 1 in 100 either way: examiners err and reports are garbled (expert estimate)."""
LEAST_OUTCOME = 0.002
"""No test result is rarer than this: samples are mixed up and reports are wrong (expert estimate)."""
PRIOR_OF_OTHER = 0.03
"""Share of people whose cause is none that Soleus knows (expert estimate)."""
PRIOR_EXPONENT = {"self": 0.4, "primary-care": 0.4, "neuromuscular-clinic": 0.25}
"""Yields are orders of magnitude, and plain causes are settled before anybody asks Soleus: priors are drawn together. ADR 0004."""
POPULATION_BY_AGE = (0.11, 0.11, 0.26, 0.27, 0.20, 0.05)
"""Share of a European population in each of `AGE_BANDS` (expert estimate, rounded from Eurostat)."""
LEAST_SYNDROME = 0.003
"""No syndrome is rarer than this in any condition: two things may meet in one person (expert estimate)."""
SYMMETRY = 0.8
"""In a lesion of both sides, how often the second side simply shows what the first shows (expert estimate). [-]"""
TEMPO_BLUR = 0.05
"""Share of an even distribution in each onset and course (expert estimate)."""
AGED_REFLEX_LOSS = (0.7, 0.3)
"""How reflex loss of age divides into absent and reduced (expert estimate)."""


@dataclass(frozen=True)
class FootprintTable:
    """P(state | footprint) of one footprint finding, per observed side."""

    states: tuple[str, ...]
    left: Array
    right: Array
    """(F, n_states) each; an unsided finding has the same table twice."""

    @cached_property
    def unstated(self) -> Array:
        """The worst state of the two sides, where nobody said which."""
        return self.left if self.left is self.right else either_side(self.left, self.right)

    def on(self, side: Side) -> Array:
        return {Side.LEFT: self.left, Side.RIGHT: self.right}.get(side, self.unstated)


@dataclass(frozen=True)
class Network:
    """Arrays of the compiled network; probabilities throughout."""

    conditions: tuple[str, ...]
    footprints: tuple[tuple[str, str, str], ...]
    syndromes: tuple[str, ...]
    yields: Array
    """(C,) per 100,000 a year; `other` holds 0."""
    age_rates: Array
    """(C, 6) relative rate per person, population mean 1."""
    male_share: Array
    setting: Mapping[str, Array]
    """setting to (C,) multiplier."""
    place_row: NDArray[np.intp]
    """(n_places,) row condition x 3 + side of each place that has a weight; rising."""
    place_footprint: NDArray[np.intp]
    """(n_places,) its footprint."""
    place_weight: Array
    """(n_places,) P(side, footprint | condition)."""
    tables: Mapping[str, FootprintTable]
    syndrome_given_condition: Array
    """(C, K)"""
    own: Mapping[str, Array]
    """finding to (C,) P(present | condition), NaN where the knowledge base states none."""
    odds_ratios: Mapping[str, Array]
    """risk to (C,) odds ratio, 1 where none is stated."""
    onset: Array
    course: Array
    tests: Mapping[str, Array]
    """test to (C, n_outcomes)."""
    urgency: tuple[str, ...]
    not_to_miss: Array
    management: tuple[str, ...]

    def __getstate__(self) -> dict[str, object]:
        return {f.name: getattr(self, f.name) for f in fields(self)}  # without what was derived and cached

    @cached_property
    def likelihoods(self) -> dict[tuple[object, ...], Any]:
        """Likelihoods already computed, by what was told; filled and read by `inference`. Not pickled."""
        return {}

    @cached_property
    def footprint_weights(self) -> Array:
        """(C, S, F): P(side, footprint | condition); mostly zeros, see `place_row` for the places that have a weight."""
        dense = np.zeros((len(self.conditions) * len(LESION_SIDES), len(self.footprints)))
        dense[self.place_row, self.place_footprint] = self.place_weight
        return dense.reshape(len(self.conditions), len(LESION_SIDES), len(self.footprints))

    def _rate_at(self, age_years: float | Array) -> Array:
        """(..., C) relative rate at each age, straight between the middles of the bands: nothing jumps on a birthday."""
        middles, rates = np.array(BAND_MIDDLES), self.age_rates.T
        age = np.clip(age_years, middles[0], middles[-1])
        upper = np.clip(np.searchsorted(middles, age), 1, len(middles) - 1)
        share = ((age - middles[upper - 1]) / (middles[upper] - middles[upper - 1]))[..., None]
        return np.asarray((1 - share) * rates[upper - 1] + share * rates[upper])

    def prior(self, age_years: float | Array | None, sex: str, setting: str) -> Array:
        """P(condition) for such a person before any finding; shape (C,), or (..., C) for an array of ages; sums to 1.

        Yield x relative rate at this age x relative rate in this sex x setting, drawn together by `PRIOR_EXPONENT`;
        `other` takes `PRIOR_OF_OTHER`.
        """
        weight = self.yields * self.setting[setting]
        with np.errstate(divide="ignore"):
            weight = weight ** PRIOR_EXPONENT[setting]
        if age_years is not None:
            weight = weight * np.maximum(self._rate_at(age_years), 0.002)
        if sex in ("male", "female"):
            share = self.male_share if sex == "male" else 1 - self.male_share
            weight = weight * np.clip(2 * share, 0.01, None)
        weight[..., -1] = 0.0
        weight = weight / weight.sum(axis=-1, keepdims=True) * (1 - PRIOR_OF_OTHER)
        weight[..., -1] = PRIOR_OF_OTHER
        return np.asarray(weight)


def clip(p: Array) -> Array:
    """Keep probabilities away from 0 and 1; see `CLIP`."""
    return np.clip(p, CLIP, 1 - CLIP)


def clip_one(p: float) -> float:
    """`clip` of a single probability."""
    return min(max(p, CLIP), 1 - CLIP)


def compile_network(kb: KnowledgeBase) -> Network:
    """Turn the knowledge base into arrays. Takes seconds; the result is cached by `knowledge.store`."""
    conditions = (*kb.conditions, OTHER)
    known = list(kb.conditions.values())
    n = len(conditions)
    footprints = _footprint_list(kb)
    syndromes = tuple(kb.syndromes)
    syndrome_given = np.full((n, len(syndromes)), np.nan)
    for i, c in enumerate(known):
        for s, quantity in c.syndromes.items():
            syndrome_given[i, syndromes.index(s)] = quantity.value
    rows, of_row, weights = _places(kb, footprints)
    rates = np.array([kb.syndromes[s].background for s in syndromes])  # what a condition does not state is neutral for it
    return Network(
        conditions=conditions,
        footprints=footprints,
        syndromes=syndromes,
        yields=np.array([*(c.yield_per_100k for c in known), 0.0]),
        age_rates=_age_rates([c.age_rates for c in known]),
        male_share=np.array([*(c.male_share for c in known), 0.5]),
        setting={
            s: np.array([*(float(np.prod([m.get(g, 1.0) for g in c.groups]) ** (1 / len(c.groups))) for c in known), 1.0])
            for s, m in kb.settings.items()
        },
        place_row=rows,
        place_footprint=of_row,
        place_weight=weights,
        tables=_tables(kb, footprints),
        syndrome_given_condition=np.clip(np.where(np.isnan(syndrome_given), rates[None, :], syndrome_given), LEAST_SYNDROME, 1 - CLIP),
        own={
            f: np.array([*(c.findings[f].value if f in c.findings else np.nan for c in known), np.nan])
            for f, finding in kb.findings.items()
            if finding.parent == "condition"
        },
        odds_ratios={
            f: np.array([*(c.risk_factors[f].value if f in c.risk_factors else 1.0 for c in known), 1.0])
            for f, finding in kb.findings.items()
            if finding.parent == "risk"
        },
        onset=_smoothed([c.onset for c in known]),
        course=_smoothed([c.course for c in known]),
        tests={
            t: _outcomes(np.array([test.probabilities.get(c, test.probabilities["*"]) for c in conditions])) for t, test in kb.tests.items()
        },
        urgency=(*(c.urgency for c in known), "routine"),
        not_to_miss=np.array([*(c.not_to_miss for c in known), 1.1]),
        management=(*(c.management for c in known), OTHER),
    )


def _outcomes(table: Array) -> Array:
    """Outcome probabilities kept off 0; rows sum to 1."""
    table = np.maximum(table, LEAST_OUTCOME)
    return np.asarray(table / table.sum(axis=1, keepdims=True))


def _age_rates(rates: list[tuple[float, ...]]) -> Array:
    table = np.array([*rates, (1.0,) * len(AGE_BANDS)])
    return np.asarray(table / (table @ np.array(POPULATION_BY_AGE))[:, None])


def _smoothed(rows: list[tuple[float, ...]]) -> Array:
    """Tempo distributions, mixed with a little of an even one: people misremember and are seen early and late."""
    table = np.array(rows)
    even = np.full((1, table.shape[1]), 1 / table.shape[1])
    return np.vstack([(1 - TEMPO_BLUR) * table + TEMPO_BLUR * even, even])


def _footprint_list(kb: KnowledgeBase) -> tuple[tuple[str, str, str], ...]:
    wanted = {(share.site, side) for c in kb.conditions.values() for share in c.footprints for side, _ in _sides(share.side)}
    return tuple((site, side, degree) for site, side in sorted(wanted) for degree in DEGREES)


def _sides(laterality: str) -> tuple[tuple[str, float], ...]:
    return {
        "unilateral": (("left", 0.5), ("right", 0.5)),
        "bilateral": (("both", 1.0),),
        "either": (("left", 0.3), ("right", 0.3), ("both", 0.4)),
    }[laterality]


def _places(kb: KnowledgeBase, footprints: tuple[tuple[str, str, str], ...]) -> tuple[NDArray[np.intp], NDArray[np.intp], Array]:
    """Row (condition x 3 + side), footprint and weight of every place where a condition may be; rows rise."""
    index = {fp: i for i, fp in enumerate(footprints)}
    weights: dict[tuple[int, int], float] = {}
    for c, condition in enumerate(kb.conditions.values()):
        for share in condition.footprints:
            for side, p_side in _sides(share.side):
                for degree, p_degree in zip(DEGREES, share.degree, strict=True):
                    place = (c * len(LESION_SIDES) + LESION_SIDES.index(side), index[share.site, side, degree])
                    weights[place] = weights.get(place, 0.0) + share.share * p_side * p_degree
    for i, (_, side, _) in enumerate(footprints):  # `other` may be anywhere
        weights[len(kb.conditions) * len(LESION_SIDES) + LESION_SIDES.index(side), i] = 1 / len(footprints)
    known = sorted((row, f, w) for (row, f), w in weights.items() if w > 0)
    rows, of_row, values = zip(*known, strict=True)
    return np.array(rows, dtype=np.intp), np.array(of_row, dtype=np.intp), np.array(values)


def _tables(kb: KnowledgeBase, footprints: tuple[tuple[str, str, str], ...]) -> dict[str, FootprintTable]:
    computed = [footprint(kb.anatomy, site, side, degree) for site, side, degree in footprints]
    tables = {}
    for id_, finding in kb.findings.items():
        if finding.parent != "footprint":
            continue
        states = STATES[finding.kind]

        def table(key: str, id_: str = id_, states: tuple[str, ...] = states) -> Array:
            rows = np.array([[result[id_, key][s] for s in states] for result in computed])
            rows = clip(rows)
            return np.asarray(rows / rows.sum(axis=1, keepdims=True))

        if finding.sided:
            left, right = table("left"), table("right")
            tables[id_] = FootprintTable(states, left, right)
        else:
            both = table("none")
            tables[id_] = FootprintTable(states, both, both)
    return tables


def either_side(left: Array, right: Array) -> Array:
    """P(worst state of the two sides) where nobody said which side: healthy only if both are; else in proportion."""
    healthy = left[:, 0] * right[:, 0]
    abnormal = left[:, 1:] + right[:, 1:]
    abnormal = abnormal / abnormal.sum(axis=1, keepdims=True) * (1 - healthy)[:, None]
    return np.column_stack([healthy, abnormal])


def aged(table: Array, finding: Finding, age_years: float | None) -> Array:
    """A footprint table with the loss that age alone brings (an ankle reflex absent at 80), as a noisy-or."""
    if len(finding.background) == 1:
        return table
    loss = finding.background_at(age_years)
    healthy = table[:, 0]
    result = table.copy()
    result[:, 0] = healthy * (1 - loss)
    if finding.kind is Kind.REFLEX:
        absent, reduced = AGED_REFLEX_LOSS
        result[:, 1] += healthy * loss * absent
        result[:, 2] += healthy * loss * reduced
    else:
        result[:, 1] += healthy * loss
    return result
