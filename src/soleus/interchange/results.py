"""A test result as reported ("CK 8,450 IU/L", "L5-S1 disc extrusion compressing the S1 root") to an outcome of the test."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soleus.domain.case import TestEntry
from soleus.domain.errors import Problem
from soleus.domain.evidence import TestResult
from soleus.domain.knowledge_base import KnowledgeBase, Test
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.interchange.phrases.words import content, tokens
from soleus.interchange.result_denials import is_denied, is_denied_after, report_words
from soleus.interchange.result_lines import one_each
from soleus.interchange.result_structures import causes_named, outcome_for, related_tests
from soleus.interchange.result_values import added, band, factor_of, healthy_outcome, judged, unit_of, value_told

_NORMAL = re.compile(
    r"\b(normal|negative|unremarkable|insignificant|non-?contributory|within normal limits|clear|nil"
    r"|no (?:\w+ ){0,3}(?:abnormalit\w+|lesions?|pathology|changes?|evidence of disease))\b",
    re.I,
)
_NOTHING_SEEN = re.compile(r"\s*no\b", re.I)
""" "No sciatic compression": a picture that is only said to lack something is normal."""
_POSITIVE = re.compile(r"(?<!not )(?<!non-)(?<!non)\b(positive|reactive|detected|raised|elevated|high)\b", re.I)
_LEAST_WORDS = 2
"""A report shows what the named test cannot say if at least so many words of it say so."""
_CLEAR_WORDS = 3
"""What the named test says in so many words needs no second look."""
_BY_VALUE = 9
"""A value speaks as loud as so many words."""
_REFUSED = re.compile(r"\b(refused|not done|pending|awaited|declined|not performed|not available)\b", re.I)


def read_test(entry: TestEntry, kb: KnowledgeBase, lexicon: Lexicon, problems: list[Problem]) -> list[TestResult]:
    """The outcomes that one entry shows; empty where nothing was understood. Impossible values go to `problems`.

    A line that holds several results is read one by one ("urea, creatinine"). Where a name such as "MRI spine" fits several
    tests, one report is one piece of evidence: the abnormal outcome with the longest match counts, or one normal result.
    """
    results: dict[str, TestResult] = {}
    for one in one_each(judged(entry), lexicon):
        for result in _read_one(one, kb, lexicon, problems):
            results.setdefault(result.test, result)
    return list(results.values())


def _read_one(entry: TestEntry, kb: KnowledgeBase, lexicon: Lexicon, problems: list[Problem]) -> list[TestResult]:
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
    best = max(found, key=lambda f: f[:2]) if found else None
    if entry.result and (best is None or (best[0] and best[1] < _CLEAR_WORDS)):
        other = _shown_elsewhere(entry, named, kb, lexicon)
        if other is not None and (best is None or other[0] > best[1] + 1):
            return [TestResult(other[1], other[2], said, None, entry.place)]
    return [best[2]] if best is not None else []


def _shown_elsewhere(entry: TestEntry, named: Sequence[str], kb: KnowledgeBase, lexicon: Lexicon) -> tuple[int, str, str] | None:
    """(words that said so, test, outcome): the abnormal outcome of a related test, or of a named cause, that fits the report best."""
    kinds = {_kind(kb.tests[t]) for t in named}
    related = [t for t in related_tests(entry.test, lexicon) if t not in named and (not kinds or _kind(kb.tests[t]) in kinds)]
    shown = [(length, id_, outcome) for id_ in related for outcome, length in [_by_phrases(kb.tests[id_], entry.result, lexicon)]]
    found = [s for s in shown if s[1] and s[2] not in ("", healthy_outcome(kb.tests[s[1]])) and s[0] >= _LEAST_WORDS]
    for cause, length in causes_named(entry.result, lexicon):
        if (stands := outcome_for(cause, named, kb) or outcome_for(cause, related, kb)) is not None:
            found.append((length, *stands))
    return max(found, key=lambda f: f[0], default=None)


def _kind(test: Test) -> str:
    """Pictures of vessels are pictures."""
    return "imaging" if test.category == "vascular" else test.category


def _outcome(test: Test, entry: TestEntry, lexicon: Lexicon, problems: list[Problem]) -> tuple[str, int, float | None]:
    """(outcome, words that said so, value); an empty outcome where nothing was understood."""
    by_words = _by_phrases(test, entry.result, lexicon)
    if by_words[0] in ("", healthy_outcome(test)) and entry.result:
        named_too = _by_phrases(test, f"{entry.test}: {entry.result}", lexicon)  # "CSF CMV PCR: positive"
        by_words = named_too if not by_words[0] else by_words
    if not test.unit or all(limit is None for limit in test.limits):
        return *by_words, None
    value, unit = entry.value, entry.unit
    if value is None:
        value, unit = value_told(test, entry.result)
    if value is None:
        return *by_words, None
    unit = unit or unit_of(test, value)
    factor = factor_of(test, unit)
    if factor is None:
        if entry.value is not None:
            cure = f"Units: {', '.join([test.unit, *test.units])}."
            problems.append(Problem(f"{entry.place}.unit", f'"{unit}" is not a unit of {test.name}.', cure, entry.line))
        return *by_words, None
    converted = value * factor + added(test, unit)
    if test.plausible and not test.plausible[0] <= converted <= test.plausible[1]:
        if entry.value is not None:
            cure = f"Plausible: {test.plausible[0]:g} to {test.plausible[1]:g} {test.unit}."
            problems.append(
                Problem(f"{entry.place}.value", f"{value:g} {unit or test.unit} is not a possible {test.name}.", cure, entry.line)
            )
        return *by_words, None
    return band(test, converted), _BY_VALUE, converted


def _by_phrases(test: Test, text: str, lexicon: Lexicon) -> tuple[str, int]:
    """The abnormal outcome whose phrases cover most of the report; the normal one where it says normal or only denies."""
    words = report_words(text)
    scores: dict[str, int] = {}
    denied = False
    for targets, used in lexicon.outcomes[test.id].find(words, set(), gap=1):
        if is_denied(words, min(used)) or is_denied_after(words, max(used)):
            denied = True
            continue
        for target in targets:
            scores[target] = scores.get(target, 0) + len(used)
    normal = healthy_outcome(test)
    abnormal = {o: n for o, n in scores.items() if o != normal}
    if abnormal:
        best = max(abnormal, key=lambda o: abnormal[o])
        return best, abnormal[best]
    nothing_seen = _kind(test) == "imaging" and _NOTHING_SEEN.match(text)
    if "positive" in test.outcomes and not denied and _POSITIVE.search(text):
        return "positive", 1
    return (normal, 1) if scores or denied or _NORMAL.search(text) or nothing_seen else ("", 0)
