"""Words that Soleus cannot read: which language they seem to be in, whether they sound urgent, and what to tell the person then.

A count of small words is enough to tell a language, and the beginnings of a few words to err on the side of an alarm. It reads nothing:
no finding and no urgency comes from here, only a notice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from soleus.formats.patterns import lazy_pattern
from soleus.interchange.narrative.language_words import ENGLISH, NOTICE, SMALL_WORDS, URGENT, URGENT_ENGLISH

_TOKEN = lazy_pattern(r"[^\W\d_]+")
_SAYS_NOTHING = lazy_pattern(
    r"\W*(?:no|none|nothing|nil|n\W?a|ok|okay|yes|(?:nothing|no) (?:more|else|to add|thanks?|thank you)|"
    r"(?:i )?(?:do not|don.?t) know)?\W*",
    re.I,
)
_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "ARABIC": "ar",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
}
_OTHER_SCRIPT = "other"
_FEWEST_LETTERS = {"zh": 1, "ja": 1, "ko": 1}
"""Of a script that is not Latin; of the others three, for English letters of clinics hold an α or a μ."""
_FEWEST_SMALL_WORDS = 2
_LEAST_URGENT = 3
"""Letters of a word before it is compared."""


@dataclass(frozen=True)
class Unread:
    """What the person has to be told of words that were not read."""

    languages: tuple[str, ...]
    """Codes such as `es`; empty where none was recognised, as in vague English."""
    is_urgent: bool
    """Whether a word of them sounds like an emergency."""
    is_all: bool
    """Whether nothing at all was understood of the text."""

    @property
    def notice(self) -> tuple[tuple[str, str], ...]:
        """Language and sentence, English first."""
        return tuple((language, NOTICE[language]) for language in ("en", *self.languages) if language in NOTICE)

    @property
    def text(self) -> str:
        """The notice in one piece."""
        return " ".join(sentence for _, sentence in self.notice)


HELD = "Soleus could not read what you wrote, so it knows too little for exercises. Answer the questions first."


def says_something(text: str) -> bool:
    """Whether there are words in it that should have been understood: not "none", "nothing to add", or a dash."""
    return bool(_TOKEN.search(text)) and not _SAYS_NOTHING.fullmatch(text)


def unread(foreign: Sequence[str], text: str, *, is_all: bool) -> Unread | None:
    """The notice for a text, or None where it was read.

    Args:
        foreign: Its sentences that are not English.
        text: All of it.
        is_all: Whether nothing of it was understood although it says something.
    """
    if not (foreign or is_all):
        return None
    looked_at = [text] if is_all else foreign
    known = [language for part in foreign if (language := language_of(part))]
    alarms = [language for part in looked_at for language in _alarms(part, None if is_all else frozenset(known))]
    found = dict.fromkeys([*known, *(alarms if not known else ())])
    return Unread(tuple(found)[:2], bool(alarms) or bool(is_all and _is_urgent_english(text)), is_all)


@lru_cache(maxsize=256)
def language_of(text: str) -> str:
    """The language that a text is in if it is not English, else empty."""
    if script := _script_of(text):
        return script
    words = set(_words(text))
    english = len(words & ENGLISH)
    best, count = max(((language, len(words & small)) for language, small in SMALL_WORDS.items()), key=lambda found: found[1])
    return best if count >= _FEWEST_SMALL_WORDS and count > english else ""


def _script_of(text: str) -> str:
    """The language of the letters that are not Latin, if they are more than a symbol in an English text."""
    counts: dict[str, int] = {}
    latin = 0
    for c in text:
        if not c.isalpha():
            continue
        if c.isascii():
            latin += 1
            continue
        name = unicodedata.name(c, "").split(" ")[0].split("-")[0]
        if name in ("LATIN", "MICRO", "FEMININE", "MASCULINE", "FULLWIDTH", "MODIFIER", "MATHEMATICAL"):
            latin += name == "LATIN"
            continue
        script = _SCRIPTS.get(name, _OTHER_SCRIPT)
        counts[script] = counts.get(script, 0) + 1
    if not counts:
        return ""
    best = "ja" if "ja" in counts else max(counts, key=lambda name: counts[name])
    total = sum(counts.values())
    return best if total >= _FEWEST_LETTERS.get(best, 3) and 8 * total > latin else ""


def _words(text: str) -> list[str]:
    """In lower case and without accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return [m.group() for m in _TOKEN.finditer(bare.replace("ı", "i").replace("ł", "l"))]


def _alarms(text: str, languages: frozenset[str] | None) -> list[str]:
    """Languages in which a word of the text sounds like an emergency; None: look in all."""
    words = [w for w in _words(text) if len(w) >= _LEAST_URGENT]
    return [
        language
        for language, stems in URGENT.items()
        if (languages is None or language in languages)
        and (_any_starts(words, stems) if language in SMALL_WORDS else any(stem in text for stem in stems))
    ]


def _is_urgent_english(text: str) -> bool:
    return _any_starts(_words(text), URGENT_ENGLISH)


def _any_starts(words: Iterable[str], stems: tuple[str, ...]) -> bool:
    return any(w.startswith(stems) for w in words)
