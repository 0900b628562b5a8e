"""Several results in one line ("urea, creatinine: 27 mg/dL, 0.8 mg/dL", "bloods: macrocytosis, normal B12") to one entry each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from soleus.domain.case import TestEntry
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.interchange.phrases.words import content, tokens

_BETWEEN = re.compile(r"\s*(?:[;,/+&]|\band\b)\s*", re.I)
_BETWEEN_VALUES = re.compile(r"\s*[;,](?!\d)\s*|\s+(?:/|and)\s+", re.I)
_BETWEEN_CLAUSES = re.compile(r"\s*(?:[;,](?!\d)|\band\b)\s*", re.I)
_ASIDE = re.compile(r"\([^)]*\)")
_UNIT_AT_THE_END = re.compile(r"\d\s*([^\d\s][^,;]*)$")
_DIGIT = re.compile(r"\d")
_OF_ALL = re.compile(
    r"\s*(?:(?:all|both|each|were|are|was|largely|entirely|repeatedly|again)\s+)*"
    r"(?:normal|negative|unremarkable|within (?:normal|reference) (?:limits|range)|no (?:significant )?abnormalit\w+"
    r"|non-?contributory|raised|elevated|low|positive)"
    r"(?:\s+or\s+(?:normal|negative))?\s*(?:\([^)]*\))?[\s.]*",
    re.I,
)
_PANEL = re.compile(
    r"\b(?:bloods|(?:routine |screening |baseline |basic |further |other |initial |admission )*(?:blood|laboratory|lab) "
    r"(?:tests?|results?|work-?up|work|studies|investigations?|values|findings|panels?|screen\w*|chemistry|biochemistry)|labs|laboratory)\b",
    re.I,
)
_EXCEPT = re.compile(r"\b(?:except(?:ing)?(?: for)?|apart from|other than|aside from|but)\b", re.I)
_WELL = re.compile(
    r"\s*(?:(?:all|otherwise|largely|were|was)\s+)*"
    r"(?:normal|unremarkable|negative|within (?:normal|reference) (?:limits|range)|no abnormalit\w+)\b",
    re.I,
)
_BLOOD_COUNT = re.compile(r"\s*(?:full |complete )?(?:blood count|blood picture|h[ae]+mogram|fbc|cbc)\s*", re.I)
_ROUTINE = ("full blood count", "creatinine", "potassium")
"""What routine blood tests hold nearly everywhere: where they are called normal, these were."""
_COUNT = "full blood count"


def one_each(entry: TestEntry, lexicon: Lexicon) -> list[TestEntry]:
    """The entries of one line; the line itself where it tells of one test, or cannot be told apart."""
    if entry.value is None and _PANEL.search(entry.test) and not _names_test(_PANEL.sub(" ", entry.test), lexicon):
        return _of_panel(entry, lexicon)
    if entry.value is None and _BLOOD_COUNT.fullmatch(entry.test) and _DIGIT.search(entry.result):
        return _of_panel(entry, lexicon)
    names = _names(entry.test, lexicon)
    if entry.value is not None or len(names) < 2:
        return [entry]
    if _OF_ALL.fullmatch(entry.result):
        return [replace(entry, test=name) for name in names]
    values = [v for v in _BETWEEN_VALUES.split(_ASIDE.sub(" ", entry.result)) if v]
    if len(values) == len(names) and all(_DIGIT.search(v) for v in values):
        return [replace(entry, test=name, result=value) for name, value in zip(names, _with_unit(values), strict=True)]
    return [entry]


def _names(text: str, lexicon: Lexicon) -> list[str]:
    """The parts of a name if one of them by itself names a test; "MRI brain and spine" is an MRI of both."""
    parts = [p for p in _BETWEEN.split(_ASIDE.sub(" ", text)) if p.strip()]
    method = parts[0].split()[0] if parts else ""
    full = [
        p if i == 0 or _names_test(p, lexicon) or not _names_test(f"{method} {p}", lexicon) else f"{method} {p}"
        for i, p in enumerate(parts)
    ]
    return full if any(_names_test(p, lexicon) for p in full) else []


def _names_test(text: str, lexicon: Lexicon) -> bool:
    return bool(lexicon.tests.find(content(tokens(text)), set(), gap=1))


def _with_unit(values: Sequence[str]) -> list[str]:
    """ "434, 521 U/L": the unit told last goes for those without one."""
    last = _UNIT_AT_THE_END.search(values[-1])
    return [v if last is None or _UNIT_AT_THE_END.search(v) else f"{v} {last.group(1)}" for v in values]


def _of_panel(entry: TestEntry, lexicon: Lexicon) -> list[TestEntry]:
    """Each clause of "bloods: Hb 92, mild macrocytosis, CK normal"; what is called normal as a whole comes last."""
    result = entry.result
    well = _WELL.match(result)
    rest = result[well.end() :] if well else result
    rest = _EXCEPT.sub(" ", rest, count=1)
    parts = [p for p in _BETWEEN_CLAUSES.split(rest) if p.strip()]
    told = [replace(entry, test=p if _names_test(p, lexicon) else _COUNT, result=p) for p in parts]
    return told + [replace(entry, test=name, result="normal") for name in _ROUTINE if well]
