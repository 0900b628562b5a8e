"""Grave diagnoses that a free text names as there now: "the hospital said it is cauda equina syndrome".

What is denied, past, a relative's, or only feared, asked or read about is left out. Such a name raises how soon to be seen, as the same
name among the conditions does, and lowers nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from soleus.domain.knowledge_base import KnowledgeBase
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.mentions import HISTORY, Mention, days_ago, is_now, mended_names, mention, things
from soleus.interchange.narrative import cues
from soleus.interchange.narrative.person import read_person
from soleus.interchange.narrative.sentences import Span, sentences

_TURN = (
    r"(?:;|:|\b(?:but|however|although|though|yet|whereas|while|because(?: of)?|due to|caused by|from)\b"
    r"|(?:,|\band) (?:now |then |today )*(?:i|i'm|i've|he|she|it|they|we|the|my|his|her|this|that|doctors?|now)\b)"
)
_TURNS = lazy_pattern(_TURN)
_DENIED = lazy_pattern(
    r"\b(?:no|not|nor|neither|never|without|none|den(?:y|ies|ied|ying)|rules? out|ruled out|excluded|unlikely)\b|n['’]t\b"
)
_FEARED = lazy_pattern(
    r"\b(?:worr\w+|concern\w*|anxious|nervous|afraid|frightened|scared|terrified|fear\w*|dread\w*|panic\w*|wonder\w*|hop(?:e|es|ed|ing)"
    r"|could (?:it|this|that) be|might (?:it|this|that) be|risks?|in case|to (?:exclude|rule out|prevent|avoid|look for|check|test|screen)"
    r"|rule out|if|unless|should (?:i|he|she)"
    r"|advised|instructed|warn\w*|watch(?:ing)? (?:out )?for|look(?:ing)? out for"
    r"|red flags?|read(?:ing)?|googl\w+|internet|online|chatgpt|ai|leaflet|people|screen\w*"
    r"|(?:tested|checked|scanned|asked|assessed|treated) (?:me )?(?:for|about|as)"
    r"|differential|like|similar to|(?:signs?|symptoms?|chances?|danger|question|possibility|history) of|about|know what|what is"
    r"|recover\w* from"
    r"|misdiagnos\w+|first (?:said|thought|diagnos\w+)|(?:at first|initially|originally)|instead of|rather than|same as|how|prevent\w*)\b"
)
_AFTERWARDS = lazy_pattern(
    r"^\s*(?:can|may|might|could|would|should|causes?|leads?|symptoms?|leaflet|signs?|risks?|prevention|clinic|unit|ward|stockings?"
    r"|is (?:an? |very |so |really )*(?:dangerous|serious|rare|emergency|common|frightening|possibility))\b"
)
_TAKEN_BACK = lazy_pattern(
    r"\b(?:(?:scan|ultrasound|mri|ct|d-?dimer|doppler|it|that|this|which|(?<!blood )tests?|x-?ray|swab|biopsy)\b(?: \w+){0,4} "
    r"(?:negative|clear|normal|excluded|wrong|fine|not|never|n't)|(?:wasn't|isn't|was not|is not)|excluded"
    r"|ruled out|turned out|proved|unlikely"
    r"|false alarm|(?:not|never) confirmed|negative|wrongly|by mistake)\b"
)
_STANDS = lazy_pattern(
    r"\b(?:can(?:no|')t|could(?:n't| not)|has ?n[o']t|have ?n[o']t|not|never) (?:yet |been |be )*(?:excluded|ruled out)\b"
)
_ONCE = lazy_pattern(r"\b(?:had|suffered(?: from)?|got over|survived|used to have|when (?:i|he|she) (?:was|were)|previously|once|before)\b")
_IT_IS = lazy_pattern(r"\b(?:(?:it|this|that|which|he|she) ?(?:is|'s|’s|was)|(?:am|is|'m|’m) having|having|has|have)\b(?: \w+){0,3}\W*$")
_OWN = lazy_pattern(r"\b(?:i|i['’](?:m|ve)|me|myself|mine)\b")
_HE = lazy_pattern(r"^\W*(?:he|she|they|his|her|their)\b")
_CUT = lazy_pattern(r"[,;]\s|\s(?:and|but|then)\s")


def named_in(text: str, kb: KnowledgeBase, today: datetime.date) -> tuple[Mention, ...]:
    """Each grave diagnosis or event that a text says is there now; `place` is `narrative[start:end]`, the sentence."""
    mended = mended_names(text, kb)
    patient = read_person(mended.text).relative
    found: dict[str, Mention] = {}
    others = False
    spans = sentences(mended.text)
    for span, after in pairwise([*spans, Span(len(mended.text), len(mended.text))]):
        said = mended.text[span.start : span.end]
        said = cues.WITNESS.sub(lambda m: " " * len(m.group()), said)  # "my wife says I have ..." is not about the wife
        others = _of_another(said.lower(), patient, others)
        place = f"narrative[{mended.place(span.start)}:{mended.place(span.end)}]"
        written = " ".join(text[mended.place(span.start) : mended.place(span.end)].split())
        for m in _of_sentence(said, mended.text[after.start : after.end].lower(), patient, others, place, kb, today):
            found.setdefault(m.condition, replace(m, text=written))
    return tuple(found.values())


def _of_sentence(
    said: str, after: str, patient: str, others: bool, place: str, kb: KnowledgeBase, today: datetime.date
) -> Iterator[Mention]:
    about = said.lower()
    asked = said.rstrip().endswith("?")
    for condition, name in things(said, kb):
        start = said.find(name)
        end = start + len(name)
        turn = max((m.start() for m in _TURNS.finditer(about[:start])), default=0)
        before, rest = about[turn:start], about[end:]
        whose = about[:start]
        if (others and not _OWN.search(whose)) or _is_of_relative(whose, patient) or cues.FAMILY.search(whose) or cues.FAMILY.search(rest):
            continue
        if asked and (cues.QUESTION.search(about) or not _OWN.search(whose)):
            continue
        denials = cues.NO_MATTER.sub(" ", cues.NO_DENIAL.sub(" ", before))
        if _DENIED.search(denials) or _FEARED.search(_STANDS.sub(" ", before)) or _AFTERWARDS.search(rest):
            continue
        if _TAKEN_BACK.search(_STANDS.sub(" ", rest)) or _TAKEN_BACK.search(_STANDS.sub(" ", after)):
            continue
        m = mention(said[turn:], condition, place, kb, today)
        if m is None:
            continue
        cut = _CUT.search(said, end)
        own = days_ago(said[turn : cut.start() if cut else None].replace(name, " ").lower(), today)
        days = m.days if own is None else own
        once = days is None and _ONCE.search(before) is not None and not is_now(f"{before} {rest}")
        now = (m.now and not once) or (condition in HISTORY and _IT_IS.search(before) is not None and not once)
        yield replace(m, days=days, past=m.past or once, now=now)


def _of_another(about: str, patient: str, before: bool) -> bool:
    """Whether a sentence goes on about a relative of whom the one before told."""
    if _is_of_relative(about, patient):
        return True
    return before and _HE.search(about) is not None


def _is_of_relative(words: str, patient: str) -> bool:
    """Whether the person named last in these words is a relative, and not the one the text is about."""
    last = max((m.end() for m in cues.RELATIVE.finditer(words) if m.group(1).lower() != patient), default=0)
    return last > 0 and _OWN.search(words[last:]) is None
