"""Reads a comment before it is stored: does its writer need help, may it harm others, is it spam?"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from django.utils import timezone

from soleus.domain.case import Case
from soleus.domain.errors import Problem, UsageError
from soleus.interchange.evidence import try_to_understand
from soleus.interchange.narrative.language import language_of
from soleus.interchange.narrative.sentences import sentences
from soleus.reasoning.inference import infer
from soleus.reasoning.triage import Triage, triage, with_dangers
from soleus.web.accounts.models import User
from soleus.web.discussion.limits import is_newcomer
from soleus.web.discussion.markdown import links_in, to_text
from soleus.web.discussion.models import Comment
from soleus.web.discussion.screening import plain, screen
from soleus.web.discussion.words import Held
from soleus.web.knowledge import knowledge

URGENT = ("emergency", "same_day")
MOST_LINKS = 2
"""Of one comment that needs no moderator."""
REFUSED_LINKS = 10
COPY_OWN_DAYS, COPY_OTHER_DAYS = 30, 2
MOST_SHOWN = 80
"""Of a sentence in another language. [characters]"""
COPY_LENGTH = 25
"""Shorter texts, such as a word of thanks, may be alike. [characters]"""


@dataclass(frozen=True)
class Judgement:
    """What was found in a comment."""

    held: tuple[tuple[Held, str], ...]
    level: str
    """emergency, same_day or nothing."""
    fingerprint: str


def judge(*, text: str, author: User, today: datetime.date, comment: Comment | None = None) -> Judgement:
    """Read a comment.

    Args:
        text: In Markdown.
        author: Who writes it.
        today: For the words `since yesterday`.
        comment: The one that is edited, if it is an edit.

    Raises:
        UsageError: If it says nothing, is a copy of the author's own, or is full of links.
    """
    words = to_text(text)
    if not any(c.isalnum() for c in words):
        raise UsageError(Problem("", "There are no words in it.", "Write what you want to say."))
    links = links_in(text)
    if links > REFUSED_LINKS:
        raise UsageError(Problem("", f"It holds {links} links.", f"Take some out: {REFUSED_LINKS} are the most."))
    fingerprint = fingerprint_of(words)
    copied = _copied(fingerprint, words, author, comment)
    level = urgent_level(words, today)
    held = [(Held.URGENT, "")] if level else []
    held += [(Held(found.code), found.words) for found in screen(words)]
    if foreign := next((part for s in sentences(words) if language_of(part := words[s.start : s.end].strip())), ""):
        held.append((Held.LANGUAGE, foreign[:MOST_SHOWN]))
    if links > (0 if is_newcomer(author) else MOST_LINKS):
        held.append((Held.LINKS, str(links)))
    if copied:
        held.append((Held.COPIED, ""))
    if is_newcomer(author):
        held.append((Held.NEWCOMER, ""))
    return Judgement(tuple(held), level, fingerprint)


def urgent_level(words: str, today: datetime.date) -> str:
    """emergency, same_day or nothing."""
    level = how_soon(words, today).level
    return level if level in URGENT else ""


def how_soon(words: str, today: datetime.date) -> Triage:
    """The triage of the assessment, on the words alone. Values that cannot be (an MRC grade of 6) are left out, not complained of."""
    compiled = knowledge()
    told, _ = try_to_understand(Case(narrative=words), compiled.kb, compiled.lexicon, today)
    by_rule = triage(told.evidence, compiled.kb)
    if not told.evidence.observations:
        return by_rule
    return with_dangers(by_rule, infer(compiled.network, compiled.kb, told.evidence), compiled.kb, told.evidence)


def fingerprint_of(words: str) -> str:
    """The same for texts that differ in case, signs and spaces alone."""
    bare = " ".join("".join(c if c.isalnum() else " " for c in plain(words)).split())
    return hashlib.blake2b(bare.encode(), digest_size=16).hexdigest()


def _copied(fingerprint: str, words: str, author: User, comment: Comment | None) -> bool:
    """Whether somebody else has just written the same.

    Raises:
        UsageError: If the author has.
    """
    alike = Comment.objects.filter(fingerprint=fingerprint)
    if comment is not None:
        alike = alike.exclude(pk=comment.pk)
    now = timezone.now()
    if alike.filter(author=author, first_written__gt=now - datetime.timedelta(days=COPY_OWN_DAYS)).exists():
        raise UsageError(Problem("", "You have written this before.", "Once is enough: your earlier comment stands under “My comments”."))
    since = now - datetime.timedelta(days=COPY_OTHER_DAYS)
    return len(words) >= COPY_LENGTH and alike.filter(first_written__gt=since).exists()
