"""Misspelt words put right, where they are close to a word of the vocabulary and are no ordinary English word."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from soleus.domain.knowledge_base import KnowledgeBase
from soleus.formats.patterns import lazy_pattern

_WORD = lazy_pattern(r"(?<![\w'’-])[A-Za-z]{4,24}(?![\w'’-])")
_SENTENCE_BEFORE = lazy_pattern(r"(?:^|[.!?:;\n])\s*$")
_WITHOUT_APOSTROPHE = {
    w.replace("'", ""): w
    for w in ("don't doesn't didn't isn't wasn't aren't weren't haven't hasn't hadn't won't wouldn't couldn't shouldn't can't".split())
}
_LONG = 8
"""Two slips are allowed in words of so many letters, one in shorter ones."""
MOST_WORDS = 400
"""Distinct unknown words of one text that are looked up: the time for spelling is bounded."""
_KEPT_WORDS = "denies denied without never cannot because although however mother father brother sister yesterday sudden suddenly".split()


@dataclass(frozen=True)
class Spelt:
    """A text with its spelling mended; `place` leads back to the text as it was written."""

    text: str
    corrected: tuple[tuple[str, str], ...] = ()
    """Each word as written and as read."""
    starts: tuple[int, ...] = ()
    """Places in `text` behind each mended word."""
    shifts: tuple[int, ...] = ()
    """What to take off a place from there on."""

    def place(self, position: int) -> int:
        """The place in the text as written of a place in the mended text."""
        i = bisect_right(self.starts, position)
        return position - (self.shifts[i - 1] if i else 0)


def spelt(text: str, kb: KnowledgeBase, beside: Iterable[str] = ()) -> Spelt:
    """Mend each misspelt word of a text. Names, abbreviations and English words stay as they are.

    Args:
        text: As it was written.
        kb: Its findings and tests are the vocabulary.
        beside: More words of it, in lower case.
    """
    known = _vocabulary(kb) + Counter(beside)
    unknown = dict.fromkeys(m.group().lower() for m in _WORD.finditer(text) if m.group().lower() not in known and not _is_name(m, text))
    mended = {w: _WITHOUT_APOSTROPHE.get(w) or _right(w, known) for w in list(unknown)[:MOST_WORDS]}
    mended = {w: right for w, right in mended.items() if right}
    if not mended:
        return Spelt(text)
    pieces: list[str] = []
    starts: list[int] = []
    growth: list[int] = []
    end = 0
    length = 0
    for match in _WORD.finditer(text):
        right = mended.get(match.group().lower(), "")
        if not right or _is_name(match, text):
            continue
        pieces += [text[end : match.start()], right]
        length += match.start() - end + len(right)
        end = match.end()
        starts.append(length)
        growth.append(len(right) - len(match.group()))
    return Spelt("".join([*pieces, text[end:]]), tuple(mended.items()), tuple(starts), tuple(accumulate(growth)))


def _is_name(match: re.Match[str], text: str) -> bool:
    """Capitals within a sentence are names and abbreviations."""
    word = match.group()
    if word.islower():
        return False
    return not word[1:].islower() or not _SENTENCE_BEFORE.search(text, max(0, match.start() - 4), match.start())


def _right(word: str, known: Counter[str]) -> str:
    """The nearest word of the vocabulary; the more frequent of two as near. Empty where none is near or the word is English."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 2 if len(word) >= _LONG else 1
    close = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=slips, limit=12)
    near = [(distance, -known[w], w) for w, distance, _ in close if w[0] == word[0]]
    if not near or _is_english(word):
        return ""
    return min(near)[2]


def _is_english(word: str) -> bool:
    words = _english()
    return any(w in words for w in (word, word.replace("our", "or"), word.replace("is", "iz"), word.replace("ae", "e").replace("oe", "e")))


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """The English word list of pyspellchecker, read without importing that package."""
    spec = importlib.util.find_spec("spellchecker")
    folder = Path((spec.submodule_search_locations or [""])[0]) if spec else Path()
    with gzip.open(folder / "resources" / "en.json.gz") as stream:
        return frozenset(json.load(stream))


_VOCABULARIES: dict[int, tuple[KnowledgeBase, Counter[str]]] = {}


def _vocabulary(kb: KnowledgeBase) -> Counter[str]:
    """How often each word stands in the names and phrases of the knowledge base; made once for each."""
    held = _VOCABULARIES.get(id(kb))
    if held is None or held[0] is not kb:
        phrases = tuple(p for f in kb.findings.values() for p in (f.name, *f.synonyms, *f.terms))
        phrases += tuple(p for t in kb.tests.values() for p in (t.name, *t.synonyms))
        _VOCABULARIES.clear()
        words = Counter(w for phrase in phrases for w in re.findall(r"[a-z]{4,}", phrase.lower()))
        held = _VOCABULARIES[id(kb)] = (kb, words + Counter(_KEPT_WORDS))
    return held[1]
