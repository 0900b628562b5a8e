"""Text to tokens with stems and places: British and American spelling, contractions and inflections meet here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer

_WORD = re.compile(r"b/l\b|[a-z]+\d+(?:/\d+)?|[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*")
_BREAK = re.compile(r"[;:.?!(]|,")
_STEMMER = EnglishStemmer()

CANNOT = "cannot"
_SAME = {
    "can't": CANNOT,
    "cant": CANNOT,
    "couldn't": CANNOT,
    "unable": CANNOT,
    "inability": CANNOT,
    "incapable": CANNOT,
    "could not": CANNOT,
    "don't": "not",
    "doesn't": "not",
    "didn't": "not",
    "won't": "not",
    "isn't": "not",
    "wasn't": "not",
    "aren't": "not",
    "haven't": "not",
    "hasn't": "not",
    "hadn't": "not",
    "weren't": "not",
    "wouldn't": "not",
    "shouldn't": "not",
    "nor": "no",
    "neither": "no",
    "tumours": "tumor",
    "tumour": "tumor",
    "fibre": "fiber",
    "fibres": "fiber",
    "behaviour": "behavior",
    "colour": "color",
    "labour": "labor",
    "litre": "liter",
    "centre": "center",
    "jerks": "reflex",
    "jerk": "reflex",
    "toes": "toe",
    "tiptoes": "tiptoe",
    "feet": "foot",
    "calves": "calf",
    "thighs": "thigh",
    "peroneal": "fibular",
    "peronei": "fibular",
    "peroneus": "fibularis",
    "atrophied": "atrophy",
    "atrophic": "atrophy",
    "lying": "lie",
    "paralysed": "paralysis",
    "paralyzed": "paralysis",
    "paralyses": "paralysis",
    "paraesthesiae": "paraesthesia",
    "dysaesthesiae": "dysaesthesia",
    "men": "man",
    "women": "woman",
    "mum": "mother",
    "l": "left",
    "r": "right",
    "lt": "left",
    "rt": "right",
    "b/l": "bilateral",
    "bilat": "bilateral",
    "worsening": "worse",
    "worsened": "worse",
    "tendonitis": "tendinitis",
}
STOP = frozenset(
    "a an the of in on at to my his her their its your our is are was were be been being and with has have had i he she it they we you "
    "that this which when while for from by as also very some any there who whose am me him them so do does did just get gets got or than then".split()
)


_SHORT = 400
_ARTICLES = frozenset("the a an of mid level both his her my their left right".split())


@dataclass(frozen=True)
class Token:
    """One word: its stem, where it stands, and whether punctuation stands before it."""

    stem: str
    word: str
    start: int
    end: int
    after_break: bool = False
    capitals: bool = False
    """Written in capitals, as abbreviations are."""
    previous: str = ""
    """The word before it."""
    lead: str = ""
    """The nearest word before it that is no article or the like."""


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Stem of a lower-case word, with spelling variants folded together ("oedema" is "edema")."""
    word = _SAME.get(word, word)
    if word == CANNOT:
        return word
    word = word.split("'")[0].replace("ae", "e").replace("oe", "e")
    word = _SAME.get(word, word)
    return str(_STEMMER.stemWord(word))


def tokens(text: str) -> list[Token]:
    """Words of a text, in order; linear in its length."""
    return list(_tokens_of_short(text)) if len(text) < _SHORT else _tokens(text)


@lru_cache(maxsize=1000)
def _tokens_of_short(text: str) -> tuple[Token, ...]:
    """A clause is looked at several times on its way."""
    return tuple(_tokens(text))


def _tokens(text: str) -> list[Token]:
    lowered = text.replace("’", "'").replace("–", "-").lower()
    if len(lowered) != len(text):  # a few letters change length in lower case: give up their places, not the words
        lowered = "".join(c.lower() if len(c.lower()) == 1 else " " for c in text)
    shouted = text.isupper() and len(text.split()) > 3  # then capitals mean nothing
    result: list[Token] = []
    end = 0
    for match in _WORD.finditer(lowered):
        word = match.group()
        between = lowered[end : match.start()]
        after_break = bool(_BREAK.search(between))
        if (taken := _cannot(word, result)) and not after_break:
            first = result[-taken]
            result[-taken:] = [Token(CANNOT, CANNOT, first.start, match.end(), first.after_break)]
        else:
            result.append(
                Token(
                    stem(word),
                    word,
                    match.start(),
                    match.end(),
                    after_break,
                    not shouted and match.end() - match.start() > 1 and text[match.start() : match.end()].isupper(),
                    result[-1].word if result else "",
                    _lead(result),
                )
            )
        end = match.end()
    return result


def _cannot(word: str, before: list[Token]) -> int:
    """How many words before this one make "cannot" with it: "could not", "can no longer", "can hardly", "not able", "no longer able"."""
    last = [t.word for t in before[-2:]]
    if word in ("barely", "hardly", "scarcely") and last[-1:] in (["can"], ["could"]):
        return 1
    if word == "just" and last in (["can", "only"], ["could", "only"]):
        return 2
    if word == "not" and last[-1:] in (["can"], ["could"]):
        return 1
    if word == "longer" and last in (["can", "no"], ["could", "no"]):
        return 2
    if word == "able" and last[-1:] == ["not"]:
        return 1
    return 2 if word == "able" and last == ["no", "longer"] else 0


def _lead(before: list[Token]) -> str:
    return next((t.word for t in reversed(before[-3:]) if t.word not in _ARTICLES), "")


def content(items: list[Token]) -> list[Token]:
    """Tokens without the words that carry no meaning of their own."""
    # "AS" is ankylosing spondylitis; any other stop word in capitals is only a raised voice.
    return [t for t in items if t.word not in STOP or (t.capitals and t.word == "as")]


def stems(phrase: str) -> tuple[str, ...]:
    """Content stems of a phrase, in order."""
    return tuple(t.stem for t in content(tokens(phrase)))
