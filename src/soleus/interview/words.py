"""What the interview says: the opening questions, reasons, and what to do. Written to be read aloud."""

from __future__ import annotations

import numpy as np

from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interview.state import Choice, Fact, Question
from soleus.reasoning.inference import Posterior
from soleus.reasoning.network import Array

LEAST_SWING = 0.01
"""A cause is named as a reason from this change of its probability on (expert estimate)."""

AGE = Question(
    "age",
    "opening",
    "number",
    "How old are you, in years?",
    why="Many causes belong to an age: what is usual at 25 is rare at 75.",
    covers=("age",),
)
SEX = Question(
    "sex",
    "opening",
    "one",
    "What is your sex?",
    (
        Choice("female", "Female", (Fact("sex", "female"),)),
        Choice("male", "Male", (Fact("sex", "male"),)),
        Choice("intersex", "Intersex", (Fact("sex", "intersex"),)),
    ),
    "Some causes are commoner in women, some in men.",
    covers=("sex",),
)
NARRATIVE = Question(
    "narrative",
    "opening",
    "text",
    "If you like, tell in your own words what is the matter: where, since when, how it began, and what else you have noticed.",
    why="What you have told already is not asked again.",
    covers=("narrative",),
)
ONSET_QUESTION = Question(
    "onset",
    "red-flag",
    "one",
    "How long did it take, from the first sign of it, to become as it is now?",
    (
        Choice("sudden", "It was sudden: within a day", (Fact("onset", "suddenly"),)),
        Choice("days", "Some days, up to two weeks", (Fact("onset", "within days"),)),
        Choice("weeks", "Some weeks, up to two months", (Fact("onset", "within weeks"),)),
        Choice("months", "Some months, up to two years", (Fact("onset", "within months"),)),
        Choice("years", "Years, or I have always had it", (Fact("onset", "within years"),)),
    ),
    "Speed tells most about danger. What comes within hours or days has to be seen much sooner than what takes years.",
    covers=("onset",),
)
COURSE_QUESTION = Question(
    "course",
    "red-flag",
    "one",
    "And how is it going now?",
    (
        Choice("progressive", "It is getting worse", (Fact("course", "getting worse"),)),
        Choice("stable", "It stays the same", (Fact("course", "unchanged"),)),
        Choice("improving", "It is getting better", (Fact("course", "getting better"),)),
        Choice("relapsing", "In bouts: worse, then better, then worse again", (Fact("course", "in bouts"),)),
        Choice("episodic", "It comes and goes, and in between I am well", (Fact("course", "comes and goes"),)),
    ),
    "What is still getting worse should be seen sooner.",
    covers=("course",),
)

CAUTION = (
    "Only try this if you feel steady. Do not, if you have just been injured or operated on, or if you fall easily; "
    "then answer from what you know of your days."
)
DO_NOT_TRY = "Please do not try it out now; answer from what you have noticed."
ENOUGH = "These were many questions, and more would tire you. Here is what can be said with your answers."
SETTLED = "No further question would be likely to change how soon you should be seen, or the advice."
STOPPED = "You asked to stop. Here is what can be said with your answers so far."
EMERGENCY = "Please stop here. What you have told may be an emergency."
DO_NOW = (
    "Call your emergency number now: 112 in Europe and many other countries, 999 in Britain, 911 in North America.",
    "Do not drive yourself, and do not stay alone.",
    "Take this summary and a list of your medicines with you.",
)
CHANGES_URGENCY = "The answer may change how soon you should be seen."


def why(yes: Array | None, posterior: Posterior, kb: KnowledgeBase, urgency: bool, several: bool = False) -> str:
    """Why a question is asked: the causes that a yes makes likelier, and those that it makes less likely."""
    reasons = [CHANGES_URGENCY] if urgency else []
    if yes is not None:
        reasons.append(_tells_apart(yes, posterior, kb, several))
    return " ".join(r for r in reasons if r) or "It helps to tell the possible causes apart."


def _tells_apart(yes: Array, posterior: Posterior, kb: KnowledgeBase, several: bool) -> str:
    now = posterior.conditions
    after_yes, after_no = now * yes, now * (1 - yes)
    swing = (after_yes / after_yes.sum() - after_no / after_no.sum())[:-1]
    names = [kb.conditions[c].lay_name for c in posterior.network.conditions[:-1]]
    for_it = [quoted(names[int(i)]) for i in np.argsort(-swing)[:2] if swing[i] >= LEAST_SWING]
    against = [quoted(names[int(i)]) for i in np.argsort(swing)[:1] if swing[i] <= -LEAST_SWING]
    a_yes, a_no = ("Any of these", "none of them") if several else ("A yes", "a no")
    if for_it and against:
        return f"{a_yes} would speak for {' or '.join(for_it)}, {a_no} rather for {against[0]}."
    if for_it:
        return f"{a_yes} would speak for {' or '.join(for_it)}."
    if against:
        return f"{a_yes} would speak against {against[0]}."
    return ""


def quoted(name: str) -> str:
    """A lay name inside a sentence: no capital at its beginning, unless it is a name or an abbreviation."""
    first = name.split()[0] if name else ""
    keep = first[1:2].isupper() or first in _PROPER
    return f"“{name if keep else name[:1].lower() + name[1:]}”"


_PROPER = frozenset(
    ("Parkinson", "Achilles", "Baker", "Charcot-Marie-Tooth", "Guillain-Barré", "Pompe", "McArdle", "Lyme", "Kennedy", "Becker")
)
