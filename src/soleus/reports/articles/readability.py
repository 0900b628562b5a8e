"""How many years of school a text asks for: the grade level of Flesch and Kincaid, from sentences, words and syllables.

J. P. Kincaid and others, Derivation of new readability formulas for Navy enlisted personnel, 1975: grade = 0.39 x words per sentence +
11.8 x syllables per word - 15.59. Syllables are counted by rule; for English prose the count is right to a few per cent, as the tests show.
"""

from __future__ import annotations

import re
from functools import lru_cache

from soleus.reports.articles.article import Article

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = (
    (re.compile(r"(?:(?<=[^aeiouyl])|(?<=[aeiouy]l))e(?=$|ly$|less$|ful$|ment$|ness$)"), ""),  # nerve, whole, useful
    (re.compile(r"(?<=[^aeiouydt])ed$"), "d"),  # walked, but not wasted
    (re.compile(r"(?:(?<=[^aeiouysxzcghl])|(?<=[aeiouy]l))es$"), "s"),  # bones, but not muscles or senses
)
_APART = re.compile(
    r"(?<![cstgx])i(?=[ao])|(?<=^sc)i(?=[ae])|(?<![cst])i(?=et|en[ct])|e(?=u[sm]$|a$|o(?!pl|us))|(?<![qg])u(?=al|ou|ity|ate|ary)|[aeoy](?=ing)"
    r"|(?<=cr)e(?=at)|(?<=^r)e(?=ac)"
)
"""A vowel that does not flow into the next one: radial, sciatica, quiet, soleus, gradual, being, creatine, react."""
_IRREGULAR = {"diabetes": 4}


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """How many syllables an English word has, by rule; at least 1.

    Examples:
        >>> [syllables(w) for w in ("leg", "muscle", "walked", "weakness", "ambulance", "emergency")]
        [1, 2, 1, 2, 3, 4]
    """
    w = word.lower().replace("’", "'").split("'")[0]
    if w in _IRREGULAR:
        return _IRREGULAR[w]
    for silent, instead in _SILENT:
        w = silent.sub(instead, w)
    return max(1, len(_VOWELS.findall(_APART.sub(r"\g<0>-", w))))


def grade(text: str) -> float:
    """Years of school, from the formula above; 0 for a text without words. A line break ends a sentence."""
    words = _WORD.findall(text)
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE.split(text))
    if not words:
        return 0.0
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def prose(article: Article) -> str:
    """The sentences of an article: its lead, paragraphs, lists and alerts. Names in tables and words for clinicians are left out."""
    return "\n".join([article.lead, *(s.text for s in article.statements(for_clinicians=False) if s.is_prose)])
