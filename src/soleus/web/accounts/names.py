"""Names that others see: nobody calls themselves what they are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from soleus.domain.errors import Problem, UsageError
from soleus.web.accounts.models import User
from soleus.web.plain_text import cleaned_line

_ANYWHERE: tuple[tuple[str, Callable[[User], bool]], ...] = (
    ("moderator", lambda user: user.is_moderator),
    ("administrator", lambda user: user.is_admin),
    ("clinician", lambda user: user.is_clinician),
    ("verified", lambda user: user.is_clinician),
    ("soleus", lambda user: user.is_moderator),
    ("official", lambda user: user.is_moderator),
)
_AS_A_WORD: tuple[tuple[str, Callable[[User], bool]], ...] = (
    ("admin", lambda user: user.is_admin),
    ("mod", lambda user: user.is_moderator),
    ("support", lambda user: user.is_moderator),
)
"""Others hide in honest names, as in Badminton."""
_CHECK_MARKS = re.compile("[\u2611\u2705\u2713\u2714\u221a\u2695\u237b\U0001f5f8\U0001f5f9\U0001fbb1\U0001fa7a\U0001f6e1]")
"""Ticks, and the signs of medicine and of shields."""
_LOOK_ALIKES = str.maketrans(
    "013457$@|!\u0131\u03b1\u03b5\u03b9\u03bf\u03c1\u03c5\u03bd\u03c4\u03ba\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u04bb\u0501\u0261\u0442\u043c\u043d\u0432\u043a",
    "oieastsailiaeiopuvtkaeopcyxishdgtmhbk",
)
"""Figures and letters of other alphabets that pass for Latin ones."""


def checked_name(name: str, user: User) -> str:
    """A display name as it is kept.

    Args:
        name: As it was typed; empty is no name.
        user: Whose name it becomes, with the role they have.

    Raises:
        UsageError: If it names a role that the person does not have, or holds nothing to read.
    """
    name = cleaned_line(name)
    if not name:
        return ""
    if not any(c.isalnum() for c in unicodedata.normalize("NFKC", name)):
        raise UsageError(Problem("", "This name has no letter and no number.", "Choose one that others can read."))
    word = _claimed(name, user)
    if word:
        raise UsageError(Problem("", f"“{word}” in a name says what only some people here are.", "Choose a name without it."))
    if _CHECK_MARKS.search(name) and not user.is_clinician:
        raise UsageError(Problem("", "A sign in this name looks as if somebody had been verified.", "Choose a name without it."))
    return name


def _claimed(name: str, user: User) -> str:
    """The first word for a role that is not theirs."""
    for letters in {_skeleton(name), _skeleton(name.replace("1", "l").replace("|", "l"))}:
        squeezed = re.sub("[^a-z]", "", letters)
        words = {*re.findall("[a-z]+", letters), *(re.sub(" ", "", run) for run in re.findall(r"\b[a-z](?: [a-z]\b)+", letters))}
        for word, may in _ANYWHERE:
            if word in squeezed and not may(user):
                return word
        for word, may in _AS_A_WORD:
            if words & {word, f"{word}s"} and not may(user):
                return word
    return ""


def _skeleton(name: str) -> str:
    """The name in plain small Latin letters, as the eye reads it."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    shown = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LOOK_ALIKES)
    return re.sub("[^a-z]+", " ", shown)
