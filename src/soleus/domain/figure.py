"""A drawn figure of an exercise: two or three positions of a body, told in joint angles. How it is drawn is no matter of this module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Any

from soleus.domain.figure_parts import ARM_RANGES, BASES, FEET, FRONT_BASES, HANDS, LEG_RANGES, MUSCLES, POINTS, PROPS, TRUNK_RANGES, VIEWS


@dataclass(frozen=True)
class Leg:
    """Angles of a leg in degrees; None: left to the base. Signs as in the clinic, see `figure_parts.LEG_RANGES`."""

    hip: float | None = None
    knee: float | None = None
    ankle: float | None = None
    toes: float | None = None
    abduction: float | None = None
    rotation: float | None = None
    foot: str = ""
    """A place of `figure_parts.FEET`; empty: left to the base."""


@dataclass(frozen=True)
class Arm:
    """Angles of an arm in degrees; None: left to the base."""

    shoulder: float | None = None
    elbow: float | None = None
    arm_abduction: float | None = None
    hand: str = ""
    """A place of `figure_parts.HANDS`; empty: left to the base."""


@dataclass(frozen=True)
class Position:
    """One picture: the base and what differs from it. Near is the side towards the viewer, which is the side that is exercised."""

    base: str
    trunk: float | None = None
    tilt: float | None = None
    spine: float | None = None
    neck: float | None = None
    near_leg: Leg = field(default_factory=Leg)
    far_leg: Leg = field(default_factory=Leg)
    near_arm: Arm = field(default_factory=Arm)
    far_arm: Arm = field(default_factory=Arm)
    label: str = ""
    """Words under the picture; empty: start, then, end or hold."""


@dataclass(frozen=True)
class Prop:
    """A thing in the picture and where it is (a band has two ends)."""

    name: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """One to three positions of one exercise with the things around and the muscles that are marked."""

    view: str
    positions: tuple[Position, ...]
    props: tuple[Prop, ...] = ()
    arrows: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    stretch: tuple[str, ...] = ()

    def has(self, prop: str) -> bool:
        return any(p.name == prop for p in self.props)


_KEYS = ("view", "base", "start", "middle", "end", "props", "arrow", "work", "stretch")
_LEG_KEYS = (*LEG_RANGES, "foot")
_ARM_KEYS = (*ARM_RANGES, "hand")
_BOTH_KEYS = (*LEG_RANGES, *ARM_RANGES, "feet", "hands")
_POSITION_KEYS = ("base", *TRUNK_RANGES, *_BOTH_KEYS, "near", "far", "label")
_RANGES = TRUNK_RANGES | LEG_RANGES | ARM_RANGES
_LONGEST_LABEL = 24


def figure_of(data: Mapping[str, Any]) -> tuple[Figure | None, list[str]]:
    """Read a figure from plain values, as a YAML file holds them.

    Args:
        data: Keys `view base start middle end props arrow work stretch`; docs/reference/exercise-figures.md says what each holds.

    Returns:
        The figure, or None where something is wrong; and every problem in words. Nothing is ever raised.

    Examples:
        >>> figure, problems = figure_of({"base": "standing", "start": {}, "end": {"ankle": -35}, "arrow": "heel"})
        >>> figure.positions[1].near_leg.ankle, problems
        (-35.0, [])
        >>> figure_of({"base": "standing", "start": {"knee": 750}})[1]
        ['start.knee: 750 is outside the human range, -10 to 165 degrees.']
    """
    problems: list[str] = []
    given: Any = data  # it may come straight from a file, and be anything
    if not isinstance(given, Mapping):
        return None, ["A figure is a mapping of view, base, start, end and so on."]
    for key in data:
        if key not in _KEYS:
            problems.append(_unknown("", key, _KEYS))
    view = _one_of(data.get("view", "side"), VIEWS, "view", problems)
    base = _one_of(data.get("base", "standing"), tuple(BASES), "base", problems)
    positions: list[Position] = []
    for name in ("start", "middle", "end"):
        if name in data:
            positions.append(_position(data[name], name, base, positions[-1] if positions else None, problems))
    if view == "front":
        for base in {p.base for p in positions} - set(FRONT_BASES):
            problems.append(f"view: front does not suit the base {base}. It suits {', '.join(FRONT_BASES)}; leave it out for the others.")
    if "start" not in data:
        problems.append("start: is missing. `start: {}` is the base as it is.")
    if "middle" in data and "end" not in data:
        problems.append("middle: stands between start and end, and there is no end.")
    figure = Figure(
        view=view,
        positions=tuple(positions),
        props=_props(data.get("props", ()), problems),
        arrows=tuple(_names(data.get("arrow", ()), (*POINTS, *(f"far-{p}" for p in POINTS)), "arrow", problems)),
        work=tuple(_names(data.get("work", ()), tuple(MUSCLES), "work", problems)),
        stretch=tuple(_names(data.get("stretch", ()), tuple(MUSCLES), "stretch", problems)),
    )
    if figure.arrows and len(positions) < 2 and "end" not in data:
        problems.append("arrow: shows a way from start to end, and there is no end.")
    return (None if problems else figure), problems


def _position(data: Any, where: str, base: str, before: Position | None, problems: list[str]) -> Position:
    """One position: what it says lies over what the position before it said, unless it changes the base."""
    if not isinstance(data, Mapping):
        problems.append(f"{where}: must be a mapping such as {{knee: 60}}, or {{}} for the base as it is.")
        return Position(base)
    for key in data:
        if key not in _POSITION_KEYS:
            problems.append(_unknown(where, key, _POSITION_KEYS))
    own_base = _one_of(data["base"], tuple(BASES), f"{where}.base", problems) if "base" in data else before.base if before else base
    result = before if before and before.base == own_base else Position(own_base)
    trunk: dict[str, Any] = {key: _angle(data[key], key, where, problems) for key in TRUNK_RANGES if key in data}
    result = replace(result, label="", **trunk)
    label = data.get("label", "")
    if not isinstance(label, str) or len(label) > _LONGEST_LABEL:
        problems.append(f"{where}.label: must be a text of at most {_LONGEST_LABEL} letters.")
    else:
        result = replace(result, label=label)
    both = {key: data[key] for key in _BOTH_KEYS if key in data}
    both |= {one: both.pop(many) for many, one in (("hands", "hand"), ("feet", "foot")) if many in both}
    for side in ("near", "far"):
        own = data.get(side, {})
        if not isinstance(own, Mapping):
            problems.append(f"{where}.{side}: must be a mapping such as {{hip: 30}}.")
            own = {}
        for key in own:
            if key not in (*_LEG_KEYS, *_ARM_KEYS):
                problems.append(_unknown(f"{where}.{side}", key, (*_LEG_KEYS, *_ARM_KEYS)))
        said = [(both, where), (own, f"{where}.{side}")] if side == "near" else [(both, ""), (own, f"{where}.{side}")]
        leg, arm = getattr(result, f"{side}_leg"), getattr(result, f"{side}_arm")
        for values, place in said:
            leg = replace(leg, **_limb(values, Leg, place, problems))
            arm = replace(arm, **_limb(values, Arm, place, problems))
        result = replace(result, **{f"{side}_leg": leg, f"{side}_arm": arm})
    return result


def _limb(values: Mapping[str, Any], kind: type[Leg] | type[Arm], where: str, problems: list[str]) -> dict[str, Any]:
    """The values that belong to a leg or an arm. An empty `where`: problems were told before."""
    found: dict[str, Any] = {}
    told: list[str] = []
    for name in (f.name for f in fields(kind)):
        if name in ("foot", "hand"):
            if name in values:
                found[name] = _one_of(values[name], tuple(FEET if name == "foot" else HANDS), f"{where}.{name}", told)
        elif name in values:
            found[name] = _angle(values[name], name, where, told)
    if where:
        problems += told
    if kind is Arm and "hand" in found and not {"shoulder", "elbow"} & found.keys():
        found |= {"shoulder": None, "elbow": None}
    elif kind is Arm and {"shoulder", "elbow"} & found.keys() and "hand" not in found:
        found["hand"] = "free"
    return found


def _angle(value: Any, joint: str, where: str, problems: list[str]) -> float:
    low, high = _RANGES[joint]
    if isinstance(value, bool) or not isinstance(value, int | float):
        problems.append(f"{where}.{joint}: {value!r} is no angle. Write a number from {low:g} to {high:g} degrees.")
        return 0.0
    if not low <= value <= high:
        problems.append(f"{where}.{joint}: {str(value)[:12]} is outside the human range, {low:g} to {high:g} degrees.")
        return 0.0
    return float(value)


def _props(data: Any, problems: list[str]) -> tuple[Prop, ...]:
    """`[rail, {band: [foot, hand]}]`: a name, or a name with its place or places."""
    if isinstance(data, str):
        data = [data]
    if not isinstance(data, Sequence):
        problems.append("props: must be a list such as [chair, {pillow: knees}].")
        return ()
    found = []
    for item in data:
        if isinstance(item, Mapping) and len(item) == 1:
            ((name, places),) = item.items()
        else:
            name, places = item, ()
        if not isinstance(name, str) or name not in PROPS:
            problems.append(_unknown("props", name, tuple(PROPS)))
            continue
        wanted = tuple(_names(places, PROPS[name], f"props.{name}", problems))
        if name == "band" and len(wanted) != 2:
            problems.append("props.band: needs its two ends, such as {band: [foot, hand]}.")
            continue
        found.append(Prop(name, wanted or PROPS[name][:1]))
    return tuple(found)


def _names(value: Any, known: tuple[str, ...], where: str, problems: list[str]) -> list[str]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Sequence):
        problems.append(f"{where}: must be a name or a list of names.")
        return []
    good = [v for v in value if isinstance(v, str) and v in known]
    problems += [_unknown(where, v, known) for v in value if not (isinstance(v, str) and v in known)]
    return good


def _one_of(value: Any, known: tuple[str, ...], where: str, problems: list[str]) -> str:
    if isinstance(value, str) and value in known:
        return value
    problems.append(_unknown(where, value, known))
    return known[0]


def _unknown(where: str, value: Any, known: tuple[str, ...]) -> str:
    near = get_close_matches(str(value), known, n=1)
    cure = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."
    return f"{where + ': ' if where else ''}{value!r} is not known. {cure}"
