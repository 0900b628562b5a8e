"""The courses that are weighed against each other, as columns of a linear model.

    stable    level + slope of ageing
    line      level + a slope of any size
    step      stable, and from one day on higher or lower        (injury, surgery, disc)
    dip       stable, and from one day on lower, then recovering (relapse; a nerve that grows back)
    turn      a slope, and from one day on another               (a decline that begins; a treatment that works)

Beside the course each has the columns of what is no course: learning the test, a changed aid.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from soleus.trends.observations import Array, Flags, Observations, Ranks
from soleus.trends.prior import Prior

LEVEL_SD = 100.0
"""Of the prior of the level: next to nothing is known before the first value. [SEM]"""
AID_SD = 3.0
"""By how much another aid may shift the values. Expert estimate. [SEM]"""
MOST_AIDS = 3
"""Aids beyond these are taken together."""
LEARN = 0.7
"""Share of people who show a practice effect where one is published; the others know the test already. Expert estimate. [-]"""
LEARNED, LEARNED_SD = 0.7, 1.0
"""What those who learn gain, as a share of the published effect: mean and SD. Expert estimate, chosen so that neither a practice effect
nor its absence raises false alarms. [-]"""
NOTHING_LEARNED = 1e-3
"""SD where nobody learns; a normal prior needs one. [SEM]"""

SPELL_YEARS = 30 / 365.25
"""How long a spell of better or worse weeks lasts (season, illness, mood, training). Expert estimate. [years]"""
SLOW = 8
"""Waves by which spells are drawn, the slowest first: only slow ones can be taken for a trend."""


class Change(IntEnum):
    NONE = 0
    STEP = 1
    TURN = 2
    DIP = 3
    """Made good within weeks."""
    LONG_DIP = 4
    """Made good within months."""


DIPS = (Change.DIP, Change.LONG_DIP)
CHANGES = (Change.STEP, Change.TURN, *DIPS)


@dataclass(frozen=True)
class Frame:
    """What all hypotheses about one series share."""

    prior: Prior
    middle: float
    """Where the clock of the slope stands at 0. [years since the first day]"""
    level: float
    """Centre of the prior of the level. [SEM]"""
    ageing: float
    """Loss a year through ageing. [SEM/year]"""
    practice: float
    """Published effect of learning the test. [SEM]"""
    aids: int
    """Aids beside the commonest one."""

    @property
    def margin(self) -> float:
        """A decline is real if it is faster than ageing by more than this: as much again, or more. [SEM/year]"""
        return max(self.ageing, self.prior.least_slope - self.ageing)

    @property
    def learning(self) -> tuple[tuple[float, float, float], ...]:
        """What a person may gain by learning the test: (share of people [-], mean, SD [SEM]). Its absence must not look like a decline."""
        if not self.practice:
            return ((1.0, 0.0, NOTHING_LEARNED),)
        return ((1 - LEARN, 0.0, NOTHING_LEARNED), (LEARN, LEARNED * self.practice, LEARNED_SD * self.practice))

    @property
    def stable_sd(self) -> float:
        """How people who are stable differ in their slopes. [SEM/year]"""
        return self.margin / 2


@dataclass(frozen=True)
class Shapes:
    """H hypotheses of up to K changes each."""

    slope_sd: Array
    """(H,) size of the slope; 0: that of ageing. [SEM/year]"""
    kinds: Ranks
    """(H, K) of `Change`."""
    at: Array
    """(H, K) when. [years]"""
    log_prior: Array
    """(H,)"""

    def picked(self, kept: Ranks | Flags) -> Shapes:
        """Some of them, or some several times."""
        return Shapes(self.slope_sd[kept], self.kinds[kept], self.at[kept], self.log_prior[kept])

    def widened(self, changes: int) -> Shapes:
        """With room for so many changes."""
        missing = ((0, 0), (0, changes - self.kinds.shape[1]))
        return Shapes(self.slope_sd, np.pad(self.kinds, missing), np.pad(self.at, missing), self.log_prior)

    def columns(self, frame: Frame, years: Array) -> Array:
        """Level, slope and changes at some times; (H, m, 2 + K)."""
        hypotheses, changes = self.kinds.shape
        result = np.zeros((hypotheses, len(years), 2 + changes))
        result[:, :, 0] = 1.0
        result[:, :, 1] = years - frame.middle
        if not self.kinds.any():
            return result
        for k in range(changes):
            since = years[None, :] - self.at[:, k, None]
            after = since >= 0
            late = np.maximum(since, 0.0)
            kinds = self.kinds[:, k, None]
            for kind, column in self._changes(frame.prior, after, late):
                result[:, :, 2 + k] += (kinds == kind) * column
        return result

    def _changes(self, prior: Prior, after: Flags, late: Array) -> Iterator[tuple[Change, Array]]:
        there = set(self.kinds.ravel().tolist())
        if Change.STEP in there:
            yield Change.STEP, after.astype(float)
        if Change.TURN in there:
            yield Change.TURN, late
        for kind, recovery_years in zip(DIPS, prior.recovery_years, strict=True):
            if kind in there:
                yield kind, np.asarray(after * np.exp(-late / recovery_years))

    def priors(self, frame: Frame, learned: tuple[float, float] | None = None) -> tuple[Array, Array]:
        """Means and SDs of all coefficients, those of practice and aids included; (H, 2 + K + 1 + aids) each.

        Args:
            frame: Sizes that follow from the measure.
            learned: Mean and SD of the practice effect; of those who learn most if not given. [SEM]
        """
        hypotheses, changes = self.kinds.shape
        mean = np.zeros((hypotheses, 3 + changes + frame.aids))
        sd = np.ones(mean.shape)
        stable = self.slope_sd == 0
        mean[:, 0], sd[:, 0] = frame.level, LEVEL_SD
        mean[:, 1] = -frame.ageing - frame.prior.worse * self.slope_sd
        sd[:, 1] = np.where(stable, frame.stable_sd, self.slope_sd)
        turns = self.kinds == Change.TURN
        jumps = (self.kinds != Change.NONE) & ~turns
        mean[:, 2 : 2 + changes] = np.where(jumps, -frame.prior.worse * frame.prior.jump, 0.0)
        sd[:, 2 : 2 + changes] = np.where(jumps, frame.prior.jump, np.where(turns, np.where(stable, 1.0, self.slope_sd)[:, None], 1.0))
        mean[:, 2 + changes], sd[:, 2 + changes] = learned or frame.learning[-1][1:]
        sd[:, 3 + changes :] = AID_SD
        return mean, sd


def nuisance(frame: Frame, seen: Observations) -> Array:
    """Columns of what is no course: practice still missing, and other aids; (n, 1 + aids)."""
    result = np.zeros((len(seen.years), 1 + frame.aids))
    result[:, 0] = -seen.practice
    for aid in range(frame.aids):
        result[:, 1 + aid] = np.minimum(seen.aid, MOST_AIDS) == aid + 1
    return result


def spell_waves(seen: Observations) -> Array:
    """Slow ups and downs as waves of the size that spells of `SPELL_YEARS` give them; (n, SLOW), to be multiplied by standard normals.

    The slow part of an Ornstein-Uhlenbeck process of variance 1, by its spectral density: 2 T / (1 + (w T)^2).
    """
    span = seen.span
    frequencies = np.pi * np.arange(1, SLOW + 1) / span
    variances = 2 * SPELL_YEARS / (1 + (frequencies * SPELL_YEARS) ** 2) / span
    phases = (seen.years - seen.years.min())[:, None] * frequencies
    return np.asarray(np.sqrt(2 * variances) * np.cos(phases))


def plain_shapes(prior: Prior) -> Shapes:
    """Stable, and a line of each size."""
    sizes = [0.0, *(size for size, _ in prior.slopes)]
    shares = [prior.stable, *(prior.line * share for _, share in prior.slopes)]
    h = len(sizes)
    return Shapes(np.array(sizes), np.zeros((h, 1), dtype=np.intp), np.zeros((h, 1)), np.log(shares))


@dataclass(frozen=True)
class Outline:
    """One course as it stands: its changes and the size of its slope."""

    kinds: tuple[int, ...] = ()
    at: tuple[float, ...] = ()
    """[years]"""
    slope_sd: float = 0.0
    """[SEM/year]"""

    def with_changes(self, prior: Prior, kind: Change, places: Array, shares: Array) -> Shapes:
        """This course and one more change.

        Args:
            prior: Shares of the courses.
            kind: Of the change.
            places: (m,) candidate times. [years]
            shares: (m,) their prior probabilities.
        """
        m = len(places)
        log_prior = log_prior_of(prior, len(self.kinds) + 1)
        return Shapes(
            np.full(m, self.slope_for(prior, kind)),
            np.concatenate([np.tile(np.array(self.kinds, dtype=np.intp), (m, 1)), np.full((m, 1), kind, dtype=np.intp)], axis=1),
            np.concatenate([np.tile(np.array(self.at, dtype=float), (m, 1)), places[:, None]], axis=1),
            log_prior + np.log(shares),
        )

    def slope_for(self, prior: Prior, kind: Change) -> float:
        """A turn leads from one slope to another; the other changes leave the slope as it is."""
        return max(self.slope_sd, prior.slopes[len(prior.slopes) // 2][0]) if kind is Change.TURN else self.slope_sd


def log_prior_of(prior: Prior, changes: int) -> float:
    """Of so many changes of certain kinds, before their places are said. [natural logarithm]"""
    return math.log(prior.change / len(CHANGES)) + (changes - 1) * math.log(prior.another_change / len(CHANGES))


def without_one(course: Outline, prior: Prior, place: float) -> Shapes:
    """The course without its first change, without its second, and so on, but with its last.

    Args:
        course: With at least two changes.
        prior: Shares of the courses.
        place: Prior probability of one place.
    """
    kept = [[j for j in range(len(course.kinds)) if j != i] for i in range(len(course.kinds) - 1)]
    log_prior = log_prior_of(prior, len(course.kinds) - 1) + math.log(place)
    return Shapes(
        np.full(len(kept), course.slope_sd),
        np.array([[course.kinds[j] for j in k] for k in kept], dtype=np.intp),
        np.array([[course.at[j] for j in k] for k in kept]),
        np.full(len(kept), log_prior),
    )


def together(parts: list[Shapes]) -> Shapes:
    """All hypotheses of several sets."""
    return Shapes(
        np.concatenate([p.slope_sd for p in parts]),
        np.concatenate([p.kinds for p in parts]),
        np.concatenate([p.at for p in parts]),
        np.concatenate([p.log_prior for p in parts]),
    )
