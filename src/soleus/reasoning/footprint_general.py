"""General statements that follow from the particular ones: a weak leg, trouble rising, a numb foot, a wasted leg."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping

from soleus.domain.anatomy import Anatomy

FOOT = "foot"
Distributions = MutableMapping[tuple[str, str], dict[str, float]]


def any_of(excesses: Iterable[float], background: float) -> float:
    """P(a general statement) when some of its parts stand out above their background.

    The clearest part counts nearly whole, the next half, the rest not: parts of one lesion are not independent, and many
    small error rates must not add up to a finding.

    Examples:
        >>> round(any_of([0.0, 0.0], 0.05), 2), round(any_of([0.8, 0.4], 0.0), 2)
        (0.05, 0.82)
    """
    first, second, *_ = (*sorted(excesses, reverse=True), 0.0, 0.0)
    return 1.0 - (1.0 - background) * (1.0 - 0.97 * first) * (1.0 - 0.5 * second)


def general_signs(anatomy: Anatomy, found: Distributions) -> None:
    """Add the findings with rule `general` to `found`, which holds all the others for both sides.

    A site may state a general finding as well; the higher of the two counts.

    Args:
        anatomy: Muscles, skin, signs.
        found: Distributions of the particular findings, and of what the site states, by (finding, side); changed in place.
    """
    background = {id_: sign.background for id_, sign in anatomy.signs.items()}
    weak = {key: _excess(found[key], anatomy.movements[key[0]].error) for key in found if key[0] in anatomy.movements}
    numb = {key: _excess(found[key], anatomy.skin[key[0]].background) for key in found if key[0] in anatomy.skin}
    for side in ("left", "right"):
        _limb(anatomy, found, weak, numb, side, background)

    def put(id_: str, probability: float) -> None:
        found[id_, "none"] = _raised(probability, found[id_, "none"])

    legs = [_excess(found["weak-leg", side], background["weak-leg"]) for side in ("left", "right")]
    arms = [max(weak["weak-arm-proximal", s], weak["weak-arm-distal", s]) for s in ("left", "right")]
    put("weak-generalised", any_of([min(legs) * (0.7 * min(arms) + 0.3 * max(arms))], background["weak-generalised"]))
    rising = [_rising(weak, side) for side in ("left", "right")]
    put("difficulty-rising", any_of([0.30 * max(rising) + 0.65 * min(rising)], background["difficulty-rising"]))
    feet = [_excess(found["numb-foot", side], background["numb-foot"]) for side in ("left", "right")]
    put("numb-stocking", any_of([0.20 * min(feet)], background["numb-stocking"]))
    others = [_excess(found[id_, "none"], background[id_]) for id_ in ("sensory-level", "vibration-loss-feet", "numb-stocking")]
    others += [_excess(found["numb-leg", side], background["numb-leg"]) for side in ("left", "right")]
    put("sensory-loss-any", any_of([*numb.values(), *others], background["sensory-loss-any"]))


def _limb(
    anatomy: Anatomy,
    found: Distributions,
    weak: Mapping[tuple[str, str], float],
    numb: Mapping[tuple[str, str], float],
    side: str,
    background: Mapping[str, float],
) -> None:
    def put(id_: str, excesses: Iterable[float]) -> None:
        found[id_, side] = _raised(any_of(excesses, background[id_]), found[id_, side])

    def telling(area: str) -> list[float]:
        return [m.salience * weak[m.id, side] for m in anatomy.movements.values() if m.area == area]

    put("weak-leg", telling("proximal") + telling("distal"))
    put("weak-leg-proximal", [min(1.0, 1.2 * e) for e in telling("proximal")])
    put("weak-leg-distal", [min(1.0, 1.1 * e) for e in telling("distal")])
    territories = [(t, numb[t.id, side]) for t in anatomy.skin.values() if t.sided]
    put(
        "numb-leg",
        [t.salience * e for t, e in territories if t.region == "leg"] + [0.6 * t.salience * e for t, e in territories if t.region == FOOT],
    )
    put("numb-foot", [t.salience * e for t, e in territories if t.region == FOOT])
    wasted = [s.id for s in anatomy.signs.values() if s.rule == "wasting" and s.region != "hand"]
    put("wasting-leg", [_excess(found[id_, side], background[id_]) * (0.5 if id_ == "wasting-foot" else 1.0) for id_ in wasted])


def _rising(weak: Mapping[tuple[str, str], float], side: str) -> float:
    parts = {"weak-knee-extension": 0.9, "weak-hip-extension": 0.85, "weak-hip-flexion": 0.5, "weak-hip-abduction": 0.3}
    return any_of([share * weak[id_, side] for id_, share in parts.items()], 0.0)


def _excess(distribution: Mapping[str, float], background: float) -> float:
    """How far a finding stands above its background, 0 to 1: P(present because of the lesion)."""
    return max(0.0, (unhealthy(distribution) - background) / (1.0 - background))


def unhealthy(distribution: Mapping[str, float]) -> float:
    """P(any state but the healthy one). [-]"""
    return 1.0 - distribution["normal"] if "normal" in distribution else distribution["present"]


def _raised(probability: float, stated: Mapping[str, float]) -> dict[str, float]:
    """The higher of the computed probability and the one the site states, kept off 1."""
    p = min(0.995, max(probability, stated["present"]))
    return {"absent": 1.0 - p, "present": p}
