"""A test result as reported ("CK 8,450 IU/L", "L5-S1 disc extrusion compressing the S1 root") to an outcome of the test."""

from __future__ import annotations

import re

from soleus.domain.case import TestEntry
from soleus.domain.errors import Problem
from soleus.domain.evidence import TestResult
from soleus.domain.knowledge_base import KnowledgeBase, Test
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.interchange.phrases.words import Token, content, stem, tokens

_NUMBER = re.compile(r"(?<![\w.])(\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.(\d+))?\s*([A-Za-zµμ%/]+(?:/[A-Za-z]+)?)?")
_DENIALS = frozenset(stem(w) for w in ("no", "not", "without", "negative", "absent", "excluded", "never", "neither"))
_REACH = 6
"""A denial reaches this many words, within its clause."""
_NORMAL = re.compile(r"\b(normal|negative|unremarkable|no abnormality|within normal limits|clear|nil)\b", re.I)
_REFUSED = re.compile(r"\b(refused|not done|pending|awaited|declined|not performed|not available)\b", re.I)


def read_test(entry: TestEntry, kb: KnowledgeBase, lexicon: Lexicon, problems: list[Problem]) -> list[TestResult]:
    """The outcome that one entry shows; empty where nothing was understood. Impossible values go to `problems`.

    A name such as "EMG/NCS" or "MRI of the thoracic and lumbar spine" fits several tests, but one report is one piece of
    evidence: the abnormal outcome with the longest match counts, or one normal result.
    """
    if _REFUSED.search(entry.result):
        return []
    words = content(tokens(entry.test))
    named = [t for targets, _ in lexicon.tests.find(words, set(), gap=1) for t in targets]
    if not named:
        named = [t for _, phrase in lexicon.tests.bag({w.stem for w in words}, 0.5)[:1] for t in phrase.targets] if words else []
    number = "" if entry.value is None else f"{entry.value:g} {entry.unit}".strip()
    said = f"{entry.test}: {entry.result or number}"
    found: list[tuple[bool, int, TestResult]] = []
    for id_ in dict.fromkeys(named):
        test = kb.tests[id_]
        outcome, length, value = _outcome(test, entry, lexicon, problems)
        if outcome:
            found.append((outcome != healthy_outcome(test), length, TestResult(id_, outcome, said, value, entry.place)))
    return [max(found, key=lambda f: f[:2])[2]] if found else []


def healthy_outcome(test: Test) -> str:
    """The outcome of a healthy person: `normal` or `negative` where there is one, else the first."""
    return next((o for o in ("normal", "negative") if o in test.outcomes), test.outcomes[0])


def _outcome(test: Test, entry: TestEntry, lexicon: Lexicon, problems: list[Problem]) -> tuple[str, int, float | None]:
    """(outcome, words that said so, value); an empty outcome where nothing was understood."""
    by_words = _by_phrases(test, entry.result, lexicon)
    if by_words[0] in ("", healthy_outcome(test)) and entry.result:
        named_too = _by_phrases(test, f"{entry.test}: {entry.result}", lexicon)  # "CSF CMV PCR: positive"
        by_words = named_too if not by_words[0] else by_words
    if not test.unit or all(limit is None for limit in test.limits):
        return *by_words, None
    value, unit = entry.value, entry.unit
    if value is None and (match := _NUMBER.search(entry.result)):
        value = float(re.sub(r"[ ,]", "", match.group(1)) + (f".{match.group(2)}" if match.group(2) else ""))
        unit = match.group(3) or ""
    if value is None:
        return *by_words, None
    unit = unit or _unit_of(test, value)
    factor = _factor(test, unit)
    if factor is None:
        if entry.value is not None:
            cure = f"Units: {', '.join([test.unit, *test.units])}."
            problems.append(Problem(f"{entry.place}.unit", f'"{unit}" is not a unit of {test.name}.', cure, entry.line))
        return *by_words, None
    converted = value * factor + _added(test, unit)
    if test.plausible and not test.plausible[0] <= converted <= test.plausible[1]:
        if entry.value is not None:
            cure = f"Plausible: {test.plausible[0]:g} to {test.plausible[1]:g} {test.unit}."
            problems.append(
                Problem(f"{entry.place}.value", f"{value:g} {unit or test.unit} is not a possible {test.name}.", cure, entry.line)
            )
        return *by_words, None
    return _band(test, converted), 9, converted


def _factor(test: Test, unit: str) -> float | None:
    """Factor to the test's own unit; a missing unit is taken as the own one."""
    plain = _plain_unit(unit)
    if not plain or plain == _plain_unit(test.unit):
        return 1.0
    return next((f for u, f in test.units.items() if _plain_unit(u) == plain), None)


def _added(test: Test, unit: str) -> float:
    """What is added after the factor, for scales that do not begin at one zero."""
    return next((a for u, a in test.units_added.items() if _plain_unit(u) == _plain_unit(unit)), 0.0)


def _unit_of(test: Test, value: float) -> str:
    """The unit of a value told without one: the test's own (empty), unless it is possible in one other unit alone ("HbA1c 39")."""
    if test.plausible is None or test.plausible[0] <= value <= test.plausible[1]:
        return ""
    possible = {f: u for u, f in test.units.items() if test.plausible[0] <= value * f + _added(test, u) <= test.plausible[1]}
    return next(iter(possible.values())) if len(possible) == 1 else ""


def _plain_unit(unit: str) -> str:
    return unit.strip().lower().replace("μ", "u").replace("µ", "u").replace("iu/", "u/").replace(" ", "").rstrip("/")


def _band(test: Test, value: float) -> str:
    best = test.outcomes[0]
    for outcome, limit in zip(test.outcomes, test.limits, strict=True):
        if limit is None or value >= limit:
            best = outcome
    return best


def _by_phrases(test: Test, text: str, lexicon: Lexicon) -> tuple[str, int]:
    """The abnormal outcome whose phrases cover most of the report; the normal one where it says normal or only denies."""
    words = content(tokens(text))
    scores: dict[str, int] = {}
    denied = False
    for targets, used in lexicon.outcomes[test.id].find(words, set(), gap=1):
        if _is_denied(words, min(used)):
            denied = True
            continue
        for target in targets:
            scores[target] = scores.get(target, 0) + len(used)
    normal = healthy_outcome(test)
    abnormal = {o: n for o, n in scores.items() if o != normal}
    if abnormal:
        best = max(abnormal, key=lambda o: abnormal[o])
        return best, abnormal[best]
    return (normal, 1) if scores or denied or _NORMAL.search(text) else ("", 0)


def _is_denied(words: list[Token], first: int) -> bool:
    """Whether a denial stands before the phrase in the same clause ("no stenosis or compression")."""
    for token in reversed(words[max(0, first - _REACH) : first + 1]):
        if token.stem in _DENIALS:
            return True
        if token.after_break:
            return False
    return False
