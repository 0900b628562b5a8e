"""The value in a report: which number of several, in which unit, against which limits, and the band of the test it falls into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from soleus.domain.case import TestEntry
from soleus.domain.knowledge_base import Test

_NUMBER = re.compile(
    r"(?<![\w.])(\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.(\d+))?\s*"
    r"([x×*]?\s?10\s?\^?[39⁹³]\s?/\s?[µμu]?[Ll]|/mm[3³]|[A-Za-zµμ%/]+(?:/[A-Za-z]+)?)?"
)
_REFERENCE = re.compile(
    r"[(,;]?\s*\b(?:normal|reference|ref|cut-?off|upper limit(?: of normal)?|uln)\b"
    r"(?: (?:range|value|limit|interval|level))?[ :=]*(?:is |of )?"
    r"(?:(?P<below>below|under|less than|up to|<|≤)|(?P<above>above|over|more than|at least|>|≥)|(?P<low>\d+(?:\.\d+)?)\s*(?:-|–|to))\s*"
    r"(?P<limit>\d+(?:\.\d+)?)[^,;)]*\)?",
    re.I,
)
"""The laboratory's own limits beside a value: "103 (normal below 20)", "0.3 (reference 0.5 to 1.2)"."""
_TIMES_NORMAL = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:-?\s*fold\b|times\b|x\b|×)\s*(?:the |above |over |of )*"
    r"(?:upper|normal|uln|limit|reference|rais\w+|elevat\w+|increase\w*|higher)",
    re.I,
)
_THEN = re.compile(r"[\s,;:/(-]*(?:(?:and|to|then|left|right|rising|falling|rose|fell|later|peak|peaking|at|of|a)[\s,;:/(-]+)*", re.I)
"""What may stand between two values of one test: "right 0.9, left 0.5", "869 rising to 1,935"."""
_SIGNS = str.maketrans({"μ": "u", "µ": "u", "⁹": "9", "³": "3", "^": "", " ": ""})
_ORDINARY = frozenset(
    "and falling rising rose fell then with within on at after before now down up to right left in initially high low raised elevated "
    "normal positive later peak but markedly".split()
)
"""Words that may follow a value without being its unit."""


def healthy_outcome(test: Test) -> str:
    """The outcome of a healthy person: `normal` or `negative` where there is one, else the first."""
    return next((o for o in ("normal", "negative") if o in test.outcomes), test.outcomes[0])


def judged(entry: TestEntry) -> TestEntry:
    """The entry with the laboratory's own limits made a word: "103 (normal below 20)" is "103 positive, raised"."""
    limits = _REFERENCE.search(entry.result)
    number = _NUMBER.search(entry.result[: limits.start()] if limits else "")
    if limits is None or number is None:
        return entry
    value, limit = _as_number(number), float(limits.group("limit"))
    lowest = float(limits.group("low")) if limits.group("low") else limit if limits.group("above") else None
    verdict = (
        "low" if lowest is not None and value < lowest else "positive, raised" if not limits.group("above") and value > limit else "normal"
    )
    return replace(entry, result=f"{entry.result[: limits.start()]} {verdict} {entry.result[limits.end() :]}")


def value_told(test: Test, text: str) -> tuple[float | None, str]:
    """(value, unit) in the words of a report: of several the one that is rarest, as the report is about that one."""
    if (times := _TIMES_NORMAL.search(text)) and (limit := _upper_limit(test)) is not None:
        return float(times.group(1)) * limit, ""
    matches = list(_NUMBER.finditer(text))
    if not matches:
        return None, ""
    values = [m for m in matches if _unit(m) and factor_of(test, _unit(m)) is not None]
    if not values and _unit(matches[0]):
        return _as_number(matches[0]), _unit(matches[0])
    told = [(_as_number(m), _unit(m)) for m in values or _first_values(text, matches)]
    usual = dict(zip(test.outcomes, test.probabilities["*"], strict=True))
    return min(told, key=lambda t: usual[band(test, t[0] * (factor_of(test, t[1]) or 1.0) + added(test, t[1]))])


def _first_values(text: str, matches: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The numbers without a unit that the report begins with, as far as nothing but "and", a side or a change stands between them."""
    values = [matches[0]]
    for match in matches[1:]:
        end = values[-1].end(2) if values[-1].group(2) else values[-1].end(1)
        if _unit(match) or not _THEN.fullmatch(text[end : match.start()]):
            break
        values.append(match)
    return values


def _unit(match: re.Match[str]) -> str:
    """The unit behind a number; empty where an ordinary word or nothing follows."""
    unit: str = match.group(3) or ""
    return "" if unit.lower() in _ORDINARY else unit


def _upper_limit(test: Test) -> float | None:
    """Upper limit of a healthy value, in the test's unit."""
    after = test.limits[test.outcomes.index(healthy_outcome(test)) + 1 :]
    return after[0] if after else None


def _as_number(match: re.Match[str]) -> float:
    return float(re.sub(r"[ ,]", "", match.group(1)) + (f".{match.group(2)}" if match.group(2) else ""))


def factor_of(test: Test, unit: str) -> float | None:
    """Factor to the test's own unit; a missing unit is taken as the own one."""
    plain = _plain_unit(unit)
    if not plain or plain == _plain_unit(test.unit):
        return 1.0
    return next((f for u, f in test.units.items() if _plain_unit(u) == plain), None)


def added(test: Test, unit: str) -> float:
    """What is added after the factor, for scales that do not begin at one zero."""
    return next((a for u, a in test.units_added.items() if _plain_unit(u) == _plain_unit(unit)), 0.0)


def unit_of(test: Test, value: float) -> str:
    """The unit of a value told without one: the test's own (empty), unless it is possible in one other unit alone ("HbA1c 39")."""
    if test.plausible is None or test.plausible[0] <= value <= test.plausible[1]:
        return ""
    possible = {f: u for u, f in test.units.items() if test.plausible[0] <= value * f + added(test, u) <= test.plausible[1]}
    return next(iter(possible.values())) if len(possible) == 1 else ""


def _plain_unit(unit: str) -> str:
    plain = unit.strip().lower().translate(_SIGNS).replace("iu/", "u/")
    return plain.lstrip("x×*").rstrip("/")


def band(test: Test, value: float) -> str:
    """The outcome whose limits a value, in the test's own unit, lies within."""
    best = test.outcomes[0]
    for outcome, limit in zip(test.outcomes, test.limits, strict=True):
        if limit is None or value >= limit:
            best = outcome
    return best
