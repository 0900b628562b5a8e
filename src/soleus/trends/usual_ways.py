"""The usual ways to judge change, as textbooks have them: reliable change index, smallest detectable change, a straight line.

They are here to be compared with, and because readers know them; the trend itself uses none of them.
"""

from __future__ import annotations

import math

import numpy as np

from soleus.domain.errors import OutOfRange
from soleus.domain.measure import DIFFERENCE_OF_TWO
from soleus.trends.observations import Array
from soleus.trends.special import t_cdf


def sem_of_limits(half_width: float) -> float:
    """Standard error of measurement from limits of agreement between two test days.

    Args:
        half_width: Half the distance between the 95 % limits. [unit]

    References:
        J. M. Bland and D. G. Altman, Lancet, 1986; J. P. Weir, J Strength Cond Res, 2005 (both recalled).

    Examples:
        >>> round(sem_of_limits(6.35), 2)
        2.29
    """
    return half_width / DIFFERENCE_OF_TWO


def mdc95_of_sem(sem: float) -> float:
    """Smallest change between two single values that exceeds error in 95 of 100 stable people. [unit]

    Examples:
        >>> round(mdc95_of_sem(2.3), 1)
        6.4
    """
    return DIFFERENCE_OF_TWO * sem


def reliable_change_index(first: float, last: float, sem: float, practice: float = 0.0) -> float:
    """Change in units of its own error; beyond 1.96 either way it is called reliable.

    Args:
        first: Value before.
        last: Value after.
        sem: Standard error of measurement. [unit]
        practice: Change that people show who are only tested twice. [unit]

    References:
        N. S. Jacobson and P. Truax, J Consult Clin Psychol, 1991; G. J. Chelune et al., Neuropsychology, 1993 (both recalled).

    Examples:
        >>> round(reliable_change_index(24, 16, 2.3), 2)
        -2.46
    """
    return (last - first - practice) / (math.sqrt(2) * sem)


def straight_line(times: Array, values: Array) -> tuple[float, float]:
    """Least squares: the slope, and the one-sided p value of "it falls".

    Args:
        times: (n,) three or more, not all the same. [any unit]
        values: (n,)

    Raises:
        OutOfRange: If a line cannot be drawn.
    """
    n = len(times)
    centred = times - times.mean()
    across = float(centred @ centred)
    if n < 3 or across == 0:
        raise OutOfRange("A line with an error needs three values on at least two days.")
    slope = float(centred @ values) / across
    rest = values - values.mean() - slope * centred
    error = math.sqrt(float(rest @ rest) / (n - 2) / across)
    if error == 0:
        return slope, float(np.where(slope < 0, 0.0, np.where(slope > 0, 1.0, 0.5)))
    return slope, t_cdf(slope / error, n - 2)


def slope_since_onset(score: float, best: float, months: float) -> float:
    """Points lost a month since the first symptom, as used for ALSFRS-R at the first visit: (48 - score) / months.

    Args:
        score: Today's score. [points]
        best: Score of a healthy person, 48 for ALSFRS-R. [points]
        months: Since the first symptom, above 0. [months]

    Raises:
        OutOfRange: If no time has passed.

    References:
        ALSFRS-R progression rate at diagnosis (evidence dossier, S54).

    Examples:
        >>> slope_since_onset(40, 48, 10)
        0.8
    """
    if months <= 0:
        raise OutOfRange(f"{months} months since the first symptom: a rate needs time.")
    return (best - score) / months


def error_of_slope(sem: float, n: int, years: float) -> float:
    """Standard error of a least-squares slope through n evenly spaced measurements. [unit/year]

    Args:
        sem: Standard error of measurement. [unit]
        n: Measurements, two or more.
        years: From the first to the last, above 0. [years]

    Raises:
        OutOfRange: If there is no line to draw.

    References:
        Least squares: SEM x sqrt(12 (n - 1) / (n (n + 1))) / years.

    Examples:
        >>> round(error_of_slope(2.3, 2, 1), 2) == round(2.3 * 2**0.5, 2)
        True
    """
    if n < 2 or years <= 0:
        raise OutOfRange("A slope needs two measurements at different times.")
    return sem * math.sqrt(12 * (n - 1) / (n * (n + 1))) / years


def months_until_seen(loss_per_year: float, every_months: int, sem: float) -> int:
    """After how many months of regular measurement a loss is 1.96 times the error of its slope: then it is seen in every second person.

    Args:
        loss_per_year: True steady loss, above 0. [unit/year]
        every_months: From one measurement to the next, 1 or more. [months]
        sem: Standard error of measurement. [unit]

    Raises:
        OutOfRange: If nothing is lost, or no time passes between the measurements.

    Examples:
        >>> months_until_seen(5, 1, 2.3)
        11
    """
    if loss_per_year <= 0 or every_months < 1:
        raise OutOfRange("Give a loss above 0 and at least a month between measurements.")
    n = 2
    while loss_per_year < 1.96 * error_of_slope(sem, n, (n - 1) * every_months / 12):
        n += 1
    return (n - 1) * every_months
