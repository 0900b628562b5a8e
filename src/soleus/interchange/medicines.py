"""Medicines as a case names them: which are known, which are known but for their spelling, and which nobody could check."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from soleus.care.facts import says
from soleus.domain.care import CareKnowledge
from soleus.domain.case import Case
from soleus.domain.evidence import Evidence

_PIECES = re.compile(r"[,;+/&\n]|\b(?:and|und|plus|with)\b")
_NONE = re.compile(
    r"\s*(?:none|no|nil|nothing|no medicines?|no medications?|no drugs|no regular medicines?|keine?|not any|n/?a|-)\s*\.?\s*", re.I
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_BESIDE = frozenset(
    "mg mcg ug ml iu units tablet tablets tab tabs pill pills capsule capsules drop drops spray patch gel cream injection injections"
    " once twice three times daily day days a the at in on for from of to as per every each morning evening noon night bedtime week weekly"
    " month monthly year years since until needed required sometimes often always low high dose doses half one two now still regularly"
    " when if my i take takes taking taken use uses using od bd tds qds prn pain blood pressure sleep heart stopped stop off ago last"
    " new long time some other another operation operations surgery started begun fall instead after before during because together"
    " food doctor hospital"
    " medicine medicines medication medications drug drugs name unknown brand generic retard forte depot sr xr mr er".split()
)
"""Words beside the name of a medicine, which are no names."""
LEAST_LETTERS = 6
"""Shorter words are too like each other to be mended."""
LETTERS_AN_EDIT = 5
"""One slip of the pen for each five letters."""
MOST_WORDS = 2
"""In an entry that names a known medicine, only a piece of at most so many other words is taken for a medicine too."""


@dataclass(frozen=True)
class Medicines:
    """What became of the medicines of a case."""

    read_as: Mapping[str, tuple[str, ...]]
    """Known names by the words that were told; several where the spelling is as near to each of them."""
    unknown: tuple[str, ...]
    """What was told and is not known: no warning can come from it."""


def names_in_care(care: CareKnowledge, *, kinds: Collection[str] = ()) -> frozenset[str]:
    """Names of medicines and classes that care knows, in lower case; `kinds` of treatments whose examples count, all if empty."""
    examples = {e.lower() for t in care.treatments.values() if not kinds or t.kind in kinds for e in t.examples}
    return frozenset(examples | {m.lower() for f in care.facts.values() for m in f.medicines})


def read_medicines(case: Case, evidence: Evidence, care: CareKnowledge) -> Medicines:
    """Sort the entries under `medicines`.

    Examples:
        `Apixaben 5 mg` is read as apixaban; `Foobarol` is not known; `none` is no medicine.
    """
    phrases = names_in_care(care)
    names = sorted({p for p in phrases if p.isalpha() and len(p) >= LEAST_LETTERS})
    seen = {o.place for o in evidence.observations}
    read_as: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    for i, entry in enumerate(case.medicines):
        text = entry.lower()
        known = any(_names(text, p) for p in phrases)
        if _NONE.fullmatch(text) or (not known and f"medicines[{i}]" in seen and " for " not in text):
            continue
        for piece in filter(None, map(str.strip, _PIECES.split(text))):
            words = [w for w in _WORD.findall(piece) if w not in _BESIDE]
            if not words or any(_names(piece, p) for p in phrases):
                continue
            meant = tuple(dict.fromkeys(n for w in words for n in _near(w, names)))
            told = _as_written(piece, entry)
            if meant:
                read_as[told] = meant
            elif not known or len(words) <= MOST_WORDS:
                unknown.append(told)
    return Medicines(read_as, tuple(dict.fromkeys(unknown)))


def _names(text: str, phrase: str) -> bool:
    """Whether a text names a medicine, be it denied: what was stopped is known too."""
    return phrase in text and (says(text, phrase) or re.search(rf"(?<![\w-]){re.escape(phrase)}(?:e?s)?(?![\w-])", text) is not None)


def _near(word: str, names: Iterable[str]) -> Iterator[str]:
    """The known names that are nearest to a word, if they are near enough."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = len(word) // LETTERS_AN_EDIT
    if len(word) < LEAST_LETTERS:
        return
    found = process.extract(word, list(names), scorer=OSA.distance, score_cutoff=most, limit=4)
    yield from (name for name, distance, _ in found if distance == found[0][1])


def _as_written(piece: str, entry: str) -> str:
    at = entry.lower().find(piece)
    return entry[at : at + len(piece)] if at >= 0 else piece
