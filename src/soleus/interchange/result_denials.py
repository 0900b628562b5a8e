"""Whether a report denies what it names: "no stenosis", "deep vein thrombosis excluded", "no Chiari malformation or tethered cord"."""

from __future__ import annotations

import re

from soleus.interchange.phrases.words import Token, content, stem, tokens

_DENIALS = frozenset(stem(w) for w in ("no", "not", "without", "negative", "absent", "excluded", "never", "neither"))
_DENIED_AFTER = frozenset(stem(w) for w in ("excluded", "absent", "negative", "ruled"))
_SHOWN = frozenset(stem(w) for w in ("seen", "found", "present", "detected", "visible", "identified", "demonstrated", "confirmed", "shown"))
_LIST = re.compile(r"\b(?:no|without|negative for|absence of)\b[^;.:!?]*\b(?:or|nor)\b", re.I)
""" "No Chiari malformation, tethered cord or tumour" denies all three."""
_REACH = 6
"""A denial reaches this many words, within its clause."""


def report_words(text: str) -> list[Token]:
    """The words of a report, with the denial of a list said again before each of its parts."""
    return content(tokens(_LIST.sub(lambda m: m.group().replace(",", " no "), text)))


def is_denied_after(words: list[Token], last: int) -> bool:
    """Whether a denial follows the phrase in its clause ("deep vein thrombosis excluded", "fistula not seen")."""
    clause: list[Token] = []
    for token in words[last + 1 : last + 4]:
        if token.after_break:
            break
        clause.append(token)
    stems = {t.stem for t in clause}
    return bool(stems & _DENIED_AFTER) or (stem("not") in stems and bool(stems & _SHOWN))


def is_denied(words: list[Token], first: int) -> bool:
    """Whether a denial stands before the phrase in the same clause ("no stenosis or compression"); "no flow" is itself one."""
    if words[first].stem in _DENIALS:
        return False
    for token in reversed(words[max(0, first - _REACH) : first + 1]):
        if token.stem in _DENIALS:
            return True
        if token.after_break:
            return False
    return False
