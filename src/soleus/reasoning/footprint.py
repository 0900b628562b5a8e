"""Expected signs of a lesion at any site, computed from the anatomy: weak movements, lost reflexes, numb skin, tract signs."""

from __future__ import annotations

import math
from collections.abc import Mapping

from soleus.domain.anatomy import Anatomy, LesionSite, Reflex
from soleus.domain.errors import OutOfRange
from soleus.reasoning.deficits import Deficits, completed, deficits, degree_factor
from soleus.reasoning.footprint_general import general_signs, unhealthy

Distribution = dict[str, float]
Footprint = dict[tuple[str, str], Distribution]

LOWER_MOTOR_NEURONE = ("conus-cauda", "anterior-horn", "root", "plexus", "nerve")
"""Levels whose lesions make a limb flaccid."""
SIDES: Mapping[str, tuple[str, ...]] = {"left": ("left",), "right": ("right",), "both": ("left", "right")}
LOWEST, HIGHEST = 0.002, 0.995
"""No probability of a binary finding is nearer to 0 or 1."""
DEGREE_SHIFT: Mapping[str, float] = {"mild": -0.8, "moderate": 0.0, "severe": 0.8, "complete": 1.2}
"""Change of a stated probability with the degree, in log odds. [-]"""


def saturating(loss: float, half_way: float, steepness: float) -> float:
    """Chance that a loss shows: 0 without loss, rising smoothly, near 1 for a complete loss.

    Args:
        loss: Fraction lost, 0 to 1. [-]
        half_way: Loss at which the chance is 1 - 1/e (0.63). [-]
        steepness: 1 or more; the higher, the more a small loss stays hidden. [-]

    Examples:
        >>> round(saturating(0.4, 0.4, 2.5), 2), saturating(0.0, 0.4, 2.5)
        (0.63, 0.0)
    """
    return 1.0 - math.exp(-((max(0.0, loss) / half_way) ** steepness))


def weak_probability(loss: float) -> float:
    """P(an examiner calls the movement weak | `loss`, no error), 0 to 0.97. [-]"""
    return 0.97 * saturating(loss, 0.40, 2.5)


def upper_motor_neurone_signs(loss: Deficits, limb: str) -> float:
    """How fully a corticospinal loss shows in reflexes, tone and plantar response: sooner than in strength, 0 to 1. [-]"""
    return saturating(loss.corticospinal.get(limb, 0.0), 0.35, 1.5)


def footprint(anatomy: Anatomy, site_id: str, side: str, degree: str) -> Footprint:
    """Probability of each state of each footprint finding for one lesion.

    Args:
        anatomy: Muscles, nerves, skin, sites.
        site_id: Id of the lesion site.
        side: `left`, `right` or `both`: the side of the body that is affected (for the brain: not of the brain).
        degree: `mild` (0.4 of a severe lesion), `moderate` (0.7), `severe` (1) or `complete` (1, and it spares less).

    Returns:
        For each (finding, `left` | `right` | `none`) a distribution that sums to 1, over `normal mild severe` (strength;
        mild is MRC 4- to 4+, severe 0 to 3), `absent reduced normal brisk` (reflex) or `absent present` (others).

    Raises:
        OutOfRange: If the site, side or degree does not exist.
    """
    site = anatomy.sites.get(site_id)
    if site is None:
        raise OutOfRange(f'Lesion site "{site_id}" does not exist.')
    if side not in SIDES:
        raise OutOfRange(f'"{side}" is not a side: left, right or both.')
    factor = degree_factor(degree)
    if degree == "complete":
        site = completed(site)
    shares = {s: 1.0 if s in SIDES[side] else site.other_side for s in ("left", "right")}
    found = {share: _one_side(anatomy, site, share, factor, degree) for share in set(shares.values())}
    sides = {s: found[share] for s, share in shares.items()}
    result: Footprint = {}
    for id_, is_sided in anatomy.sided.items():
        if is_sided:
            for s in ("left", "right"):
                if id_ in sides[s]:
                    result[id_, s] = sides[s][id_]
        elif id_ in sides["left"]:
            # An unsided finding shows when either side brings it; the two sides of one lesion count once.
            result[id_, "none"] = max(sides["left"][id_], sides["right"][id_], key=unhealthy)
    general_signs(anatomy, result)
    return result


def _one_side(anatomy: Anatomy, site: LesionSite, share: float, factor: float, degree: str) -> dict[str, Distribution]:
    """Findings of one side, before those that follow from several."""
    loss = deficits(anatomy, site, share * factor)
    result: dict[str, Distribution] = {}
    for id_, movement in anatomy.movements.items():
        result[id_] = _strength(loss.movements[id_] * movement.detectability, movement.error)
    for id_, reflex in anatomy.reflexes.items():
        result[id_] = _reflex(site, reflex, loss, _stated_reflex(site, id_, degree, share, reflex))
    for id_, area in anatomy.skin.items():
        by_nerve = area.background + (1 - area.background) * 0.95 * saturating(loss.skin[id_], 0.5, 2.0)
        by_tract = _graded(site.sensory_tract.get(area.region), degree, share, area.background)
        result[id_] = binary(max(by_nerve, by_tract, _stated(site, id_, degree, share, area.background)))
    for id_, sign in anatomy.signs.items():
        stated = _stated(site, id_, degree, share, sign.background)
        computed = sign.background
        if sign.rule == "wasting":
            computed += (1 - sign.background) * site.wasting * saturating(_wasted(anatomy, loss, sign.region), 0.45, 2.0)
        elif sign.rule == "flaccid" and site.level in LOWER_MOTOR_NEURONE:
            computed += (1 - sign.background) * sign.complete * _worst(loss)
        elif sign.rule == "tract":
            shown = upper_motor_neurone_signs(loss, sign.limb) * (1 - site.shock)
            computed += (1 - sign.background) * sign.complete * shown
        result[id_] = binary(max(computed, stated))
    return result


def binary(present: float) -> Distribution:
    """Distribution of a binary finding, kept off 0 and 1."""
    p = min(HIGHEST, max(LOWEST, present))
    return {"absent": 1.0 - p, "present": p}


def _strength(loss: float, error: float) -> Distribution:
    weak = error + (1 - error) * weak_probability(loss)
    severe = weak * (0.05 + 0.80 * min(1.0, max(0.0, loss)) ** 2.5)
    return {"normal": 1.0 - weak, "mild": weak - severe, "severe": severe}


def _reflex(site: LesionSite, reflex: Reflex, loss: Deficits, stated: float) -> Distribution:
    """Lost with the arc, brisk below a corticospinal lesion, either or neither in a fresh one (spinal shock)."""
    tract = upper_motor_neurone_signs(loss, reflex.tract)
    healthy_lost = (reflex.healthy["absent"] + reflex.healthy["reduced"]) * (1 - 0.6 * tract * (1 - site.shock))
    arc = max(0.97 * saturating(loss.reflex_arcs[reflex.id], 0.55, 2.0), (stated - healthy_lost) / (1 - healthy_lost), 0.0)
    lesion_lost = 1 - (1 - arc) * (1 - 0.7 * tract * site.shock)
    lost = 1 - (1 - healthy_lost) * (1 - lesion_lost)
    naturally_brisk = reflex.healthy["brisk"] / (reflex.healthy["brisk"] + reflex.healthy["normal"])
    brisk = (1 - lost) * (naturally_brisk + (1 - naturally_brisk) * reflex.brisk * tract * (1 - site.shock))
    healthy_absent = reflex.healthy["absent"] / (reflex.healthy["absent"] + reflex.healthy["reduced"])
    absent = healthy_lost * healthy_absent + (lost - healthy_lost) * (0.25 + 0.55 * lesion_lost)
    return {"absent": absent, "reduced": lost - absent, "normal": 1.0 - lost - brisk, "brisk": brisk}


def _worst(loss: Deficits, count: int = 3) -> float:
    """Mean loss of the most affected muscles. [-]"""
    return sum(sorted(loss.muscles.values())[-count:]) / count


def _wasted(anatomy: Anatomy, loss: Deficits, region: str) -> float:
    return sum(m.bulk * loss.muscles[m.id] for m in anatomy.muscles.values() if m.region == region)


def _stated(site: LesionSite, id_: str, degree: str, share: float, background: float) -> float:
    return _graded(site.signs.get(id_), degree, share, background)


def _stated_reflex(site: LesionSite, id_: str, degree: str, share: float, reflex: Reflex) -> float:
    return _graded(site.reflexes.get(id_), degree, share, reflex.healthy["absent"] + reflex.healthy["reduced"])


def _graded(stated: float | None, degree: str, share: float, background: float) -> float:
    """A probability stated for a moderate lesion, moved in log odds by the degree, fading to the background with `share`."""
    if stated is None or share == 0.0:
        return background
    if stated <= background:
        return background + share * (stated - background)
    p = min(HIGHEST, max(LOWEST, stated))
    shifted = 1.0 / (1.0 + math.exp(-(math.log(p / (1 - p)) + DEGREE_SHIFT[degree])))
    return background + share * (max(shifted, background) - background)
