# ruff: noqa: E501  (tables of patterns: one a line)
"""What in a comment may harm somebody who follows it: a dose, a medicine stopped, urgent care put off.

A moderator looks at every comment in which something is found, so it is meant to find too much rather than too little: "I
stopped my statin and felt better" tells nobody to do it, and some will. What is plainly good advice passes ("do not wait",
"never stop it by yourself"), and so do exercise ("twice a day") and results of tests ("300 IU/l").

Pure: text in, findings out. The rules were written by hand and tried on the sentences in tests/web/test_screening.py. Of twenty harmful
sentences written afterwards they see ten, so reports and moderators remain the true guard; nobody has measured them on real
comments. They look for harm done in good faith, not for tricks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from soleus.web.discussion.screening_words import (
    AMOUNT,
    CARE,
    EXERCISE,
    FILLERS,
    FOOD,
    FREQUENCY,
    GRAM_OR_ML,
    INTAKE,
    LOOSE_PIECES,
    MASS,
    MEDICINE,
    NAMED,
    NEGATION,
    NOT_SWALLOWED,
    NUMBER,
    PER_VOLUME,
    PIECES,
    THINGS,
    VISITS,
)

Code = Literal["dose", "stop-medicine", "delay"]


@dataclass(frozen=True)
class Found:
    """One thing found, and the words in which it was."""

    code: Code
    words: str


def screen(text: str) -> tuple[Found, ...]:
    """What a moderator should look at; each kind at most once, with the first words that tell it.

    Args:
        text: Plain text; an empty line ends a sentence.

    Examples:
        >>> [f.code for f in screen("Take 400 mg of ibuprofen.")]
        ['dose']
        >>> screen("Do three sets of ten heel rises twice a day.")
        ()
    """
    found: dict[Code, Found] = {}
    for sentence, is_question in _sentences(text):
        advice = () if is_question else _advice(sentence)
        for one in (*_doses(sentence), *_stops(sentence), *_delays(sentence), *advice):
            found.setdefault(one.code, one)
    return tuple(found.values())


_SHORT = {"cant": "can not", "cannot": "can not", "wont": "will not", "dont": "do not", "didnt": "did not", "doesnt": "does not"}
_SHORT |= {f"{verb}nt": f"{verb} not" for verb in ("should", "would", "could", "need", "must", "is", "was", "have")}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def plain(text: str) -> str:
    """Lower case, one kind of apostrophe, no invisible characters, `don't` as `do not`."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower().replace("μ", "µ")
    text = re.sub(r"[’‘`´]", "'", text).replace("can't", "can not").replace("won't", "will not")
    text = re.sub(r"\b([bt])\.i\.d\b\.?", r"\1id", text)
    text = re.sub(r"\b(\w+)n't\b", r"\1 not", text).replace("'ll ", " will ").replace("there's ", "there is ")
    return re.sub(r"\b\w+\b", lambda m: _SHORT.get(m[0], m[0]), text)


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Sentences in plain words, and whether each is a question."""
    for part in re.split(r"(?<=[!?;])|\.(?!\d)|\n\s*\n|\bbut\b", plain(text)):
        if words := " ".join(part.strip("!?; \n").split()):
            yield words, part.rstrip().endswith("?")


# Doses

_MASS = re.compile(rf"(?<![\w.]){AMOUNT}\s?{MASS}\b(?!{PER_VOLUME})")
_PIECES = re.compile(rf"\b{AMOUNT} (?:(?:more|small|whole|full|strong|of (?:the|those|these|my|your)|{NAMED})\s)*{PIECES}\b")
_GRAM_OR_ML = re.compile(rf"(?<![\w.]){AMOUNT}\s?{GRAM_OR_ML}\b(?!\s?(?:/|per\b))(?! (?:of )?(?:\w+ )?(?:{FOOD}|{THINGS})\b)")
_LOOSE = re.compile(
    rf"(?<!foot )\b(?:{AMOUNT} (?:(?:more|of)\s)*{LOOSE_PIECES}|an? (?:tea|table)?spoon(?:ful)?|a drop)\b|{INTAKE} an? (?:tablet|pill|capsule)\b"
)
_NAMED_NUMBER = re.compile(
    rf"\bdouble up on (?:the |your |my )?{NAMED}|\b(?:half|{NUMBER}) of (?:the|my|your|those|these) (?:\w+ )?ones\b|\bhalf (?:of )?(?:my|your|his|her|the) (?:[\w']+ )?{NAMED}|"
    rf"{NAMED}\s(?!(?:19|20)\d\d\b)\d{{2,4}}\b(?!\s?(?:%|years?|months?|weeks?|days?|hours?|minutes?|times|people|patients))|\b{NUMBER} (?:of )?{NAMED}"
)
_CHANGED = re.compile(
    r"\b(?:double|halv\w*|increas\w*|rais\w*|up|lower\w*|reduc\w*|decreas\w*|cut|cutting|taper\w*|tripl\w*|split|adjust\w*)(?: down| up| back)?"
    rf" (?:your|the|my|his|her|this|that|their)? ?(?:\w+ )?(?:(?:dose|dosage|doses)\b(?! of (?:exercise|training|walking))|{MEDICINE})"
)
_LEVEL = re.compile(
    r"\b(?:higher|lower|bigger|smaller|stronger|full|maximum|extra|high|low|top|another) (?:dose|dosage)s?\b(?! of (?:exercise|training|walking))"
)
_MORE = re.compile(
    rf"\b(?:more|less|extra) (?:of (?:the|your) )?{NAMED}|{INTAKE} (?:more|less|extra) (?:of )?(?:your |the |those )?{MEDICINE}"
)
_FREQUENCY = re.compile(FREQUENCY)
_MEDICINE = re.compile(MEDICINE)
_INTAKE = re.compile(INTAKE)
_OTHER = re.compile(rf"\b(?:{THINGS}|{EXERCISE}|protein)\b")
_TAKE_IT = re.compile(rf"{INTAKE} (?:it|them|one|two|this|these|those)\b(?! easy)")
_EXERCISE = re.compile(rf"\b{EXERCISE}\b")
_NOT_SWALLOWED = re.compile(rf"\b(?:{NOT_SWALLOWED}|{EXERCISE}|{FOOD})\b")


def _doses(sentence: str) -> Iterator[Found]:
    has_medicine = bool(_MEDICINE.search(sentence))
    sure = _MASS.search(sentence) or _PIECES.search(sentence) or _NAMED_NUMBER.search(sentence) or _unless_denied(_CHANGED, sentence)
    if sure:
        yield Found("dose", sure[0])
    elif ((amount := _GRAM_OR_ML.search(sentence)) and (has_medicine or not _OTHER.search(sentence))) or (
        (amount := _LOOSE.search(sentence)) and (has_medicine or _INTAKE.search(sentence)) and not _only(amount[0], sentence)
    ):
        yield Found("dose", amount[0])
    elif level := (_LEVEL.search(sentence) or _MORE.search(sentence)):
        yield Found("dose", level[0])
    elif often := _FREQUENCY.search(sentence):
        swallowed = _INTAKE.search(sentence) and not _NOT_SWALLOWED.search(sentence)
        if has_medicine or swallowed or (_TAKE_IT.search(sentence) and not _EXERCISE.search(sentence)):
            yield Found("dose", often[0])


def _only(amount: str, sentence: str) -> bool:
    """Whether an amount such as `two injections` is the only word of a medicine: that is a history, not a dose."""
    return amount.split()[-1].startswith(("injection", "shot")) and not _MEDICINE.search(sentence.replace(amount, ""))


# Medicines stopped

_STOPPED = re.compile(
    r"(?:\b(?:stop|stops|stopped|stopping|quit|quits|quitting|skip|skips|skipped|skipping|(?<!foot )(?:drop|dropped|dropping)|ditch\w*|discontinu\w+"
    r"|ceas\w+|omit\w*|paus(?:e|ed|ing)|refus\w+|(?:leave|left|leaving|cut|cutting) (?:out|off)|(?:come|came|coming|go|going|went|get|got|getting) off"
    r"|wean\w*(?: \w+){0,2} off|taper\w* off|(?:throw|threw|throwing) away|get rid of|stay away from|keep off"
    r"|(?:go|do|try|manage|cope|better|fine|live) without)"
    r"|\b(?:not|never) (?:take|taking|use|need|touch|have to take|need to take|fill|renew)|\bno need (?:for|to take)|\b(?:nobody|no one) needs)"
    rf"(?:,? (?!not\b|if\b|when\b|because\b|so\b|since\b|after\b|until\b)[\w'-]+){{0,4}}?,? (?:{MEDICINE}|\bdos(?:e|es|age)\b)"
    rf"|\b(?:leave|leaving|left|keep) (?:\w+ ){{0,3}}?{MEDICINE} (?:off|out|away)\b"
)
_BLAMED = re.compile(
    rf"{MEDICINE}[^.]*?\b(?:poison\w*|toxic|rubbish|a scam|useless|for money|do not need (?:it|them)|leave (?:it|them)|avoid (?:it|them)|(?:should|must|would|do) not (?:take|swallow|touch))\b"
    rf"|\b(?:chuck|dump|bin|flush|avoid|nobody should|no one should)(?:ed|ing)? (?:[\w'-]+ ){{0,3}}?{MEDICINE}"
    rf"|(?<!never )(?<!not )\b(?:went|week|weeks|days?|months?|go|try|better|fine|lived?|survived?) without (?:[\w'-]+ ){{0,2}}?{MEDICINE}"
)
"""A medicine run down, or done without."""
_TAKING = re.compile(
    r"\b(?:stop|stops|stopped|stopping|quit|ceased?|skip) (?:taking|using|swallowing|injecting)\b"
    r"|\b(?:do|should|would|must) not take (?:it|them|these|those|any)\b(?! (?:easy|lightly|seriously|personally|for granted))"
    r"|\bcold turkey\b"
)


def _stops(sentence: str) -> Iterator[Found]:
    if stopped := _unless_denied(_STOPPED, sentence):
        yield Found("stop-medicine", stopped[0])
    elif blamed := _BLAMED.search(sentence):
        yield Found("stop-medicine", blamed[0])
    elif (taking := _unless_denied(_TAKING, sentence)) and not _NOT_SWALLOWED.search(sentence[taking.start() :]):
        yield Found("stop-medicine", taking[0])


_ATTITUDE = re.compile(
    r"\b(?:you|your|yourself|never|not|no|nobody|need|needs|without|leave|throw|crush|chew|ruined|harmful|best|better|instead|than|only|really|said no"
    r"|in the (?:morning|evening)|at (?:noon|night)|before (?:sleep|bed))\b"
)


def _advice(sentence: str) -> Iterator[Found]:
    """A medicine and a word of what somebody thinks one should do with it; not what tells somebody to go on with it."""
    medicine = next((m for m in _MEDICINE.finditer(sentence) if not m[0].startswith(("injection", "infusion"))), None)
    if medicine and _ATTITUDE.search(sentence) and not _STOPPED.search(sentence) and not _BEFORE_ASKING.search(sentence):
        yield Found("stop-medicine", medicine[0])


_BEFORE_ASKING = re.compile(rf"\b(?:ask|talk to|speak to|tell|call|see) (?:[\w'-]+ ){{0,2}}?(?:{CARE}|pharmacist)\b")

# Care put off

_NOT_GONE = re.compile(
    r"\b(?:(?<!if you )(?<!if they )(?<!if she )(?<!if we )(?<!if he )(?<!if i )(?:do|does|did|should|would|need|must) not|never|no need to"
    r"|not (?:necessary|need|have|worth|bother)(?: to)?|no point(?: in)?|no reason to|rather than|instead of|avoid|stop"
    r"|(?:you|i|we|they|to) not)"
    r"(?: (?:you|even|bother|bothering|need|have|rush|run|want|ever|just|straight|to|running|rushing|always|think))*"
    r" (?:go|going|went|gone|rush|rushing|run|running|call|calling|ring|ringing|phone|phoning|see|seeing|visit|visiting|need|trust|listen|ask|bother)"
    rf"(?: (?!if\b|unless\b|without\b|because\b)[\w'-]+){{0,4}}? (?:{CARE})\b"
)
_NO_NEED = re.compile(
    rf"\bno (?:rush|hurry) to (?:see|go|get|be|call|have)\b|\bno (?:{CARE}) (?:is |are )?(?:needed|necessary|required)\b"
    rf"|(?<!not )\bforget (?:about )?(?:the |your |those )?(?:{CARE})\b|\bno (?:need|reason) (?:for|of) (?:an?|the|any)? ?(?:{CARE})\b|\b(?:do|did|does|would) not need (?:an?|the|any)? ?(?:{CARE})\b"
)
_NO_USE = re.compile(
    rf"\b(?:{CARE})\b(?: [\w'-]+){{0,4}}? (?:(?:a )?waste of time|useless|pointless|not worth it|unnecessary|no use|no help|overkill|over the top|waste of (?:a|your|the) \w+|just want|(?:are|is) (?:only )?for real|not for this|only want (?:your )?money|not needed|(?:always |only |just )?(?:overreact|exaggerate|scare)\w*)"
    rf"|\b(?:waste of time|pointless|useless|no use) (?:to go |going |calling |to call |seeing |to see |asking )(?:[\w'-]+ ){{0,3}}?(?:{CARE})\b"
)
_TIMES = "(?:days?|weeks?|months?|hours?|nights?)"
_LONG = rf"(?:a (?:few|couple(?: of)?|little|bit|while|day|week|month|fortnight)(?: {_TIMES})?|another(?: {_TIMES})?|some {_TIMES}|some time|longer|{NUMBER} (?:more )?{_TIMES})"
_WAITED = re.compile(
    rf"\bwait(?:ed|ing)? (?:and see|it out|until|till|for it|to see|with (?:that|this|it)|on (?:it|this|that)|at home|before (?:going|seeing|calling)|(?:for )?{_LONG})"
    r"|\b(?:just|can|could|may|should|would|better|best|it will|you might as well) wait\b"
    r"|\b(?:delay|delayed|delaying|postpone|postponed|postponing|put off|putting off|hold off(?: on)?|cancel|cancelled|refuse|skip) (?:\w+ ){0,2}?"
    rf"(?:going|seeing|calling|it|treatment|care|CARE|{VISITS})\b".replace("CARE", CARE)
    + r"|\band (?:just )?wait$|\bsee how (?:it|you|that) (?:is|are|goes|feels?)\b|\bno (?:reason|need) to (?:panic|worry)\b|\bdo not (?:panic|worry)\b|\b(?:it is|is) harmless\b|\bit will be (?:gone|fine|ok|okay)\b|\b(?:walk|shake|sleep) it off\b"
    r"|\b(?:it is|it was|this is|only|just) (?:only |just |probably )?(?:a |your )?(?:trapped|pinched|nothing)\b(?! like)|\bnothing (?:bad )?(?:ever )?happened\b|\bso i never went\b"
    r"|\b(?:put|putting) (?:it|this|that) off\b|\bhold off\b|\b(?:sit|ride|tough|stick|sweat) (?:it|this) out\b|\bsleep on it\b"
    r"|\bsee (?:if|whether) it (?:goes|gets|passes|clears|settles|improves|is gone|is better)"
    rf"|\bgive it (?:{_LONG}|time|till|until)|\bleave it (?:for|until|till)\b|\bstay (?:at )?home (?:and|instead|rather|until|with)\b|\b(?:better|just|rather|can|should) stay (?:at )?home\b"
    rf"|\bnothing to worry about\b|\b(?:sit|hang) tight\b|\b(?:only|and) then (?:see|go to|call) (?:\w+ ){{0,2}}?(?:{CARE})\b|\b(?:can|could|just|safely|simply) ignore\b"
    r"|\bignore (?:it|this|the|these|your) (?:numbness|weakness|symptoms?|pain|warnings?|swelling)\b"
    rf"|\b(?:monitor|watch|observe) (?:it|this|that|them) (?:\w+ ){{0,2}}?(?:at home|for (?:{_LONG}))"
    r"|\b(?:go|goes|went|gone) away (?:all )?(?:by (?:itself|themselves)|on (?:its|their) own)\b"
    r"|\b(?:resolv|heal|clear|settl|disappear|improv|recover)\w*(?: up)? (?:all )?(?:by (?:itself|themselves)|on (?:its|their) own)\b"
    r"|\bit (?:will|always) (?:just )?(?:pass|passes|go away|goes away|settle|settles|sort itself out)\b"
)
_BETWEEN_SETS = re.compile(
    r"\b(?:between|before|after) (?:\w+ ){0,3}?(?:sets?|reps?|repetitions?|rounds?|exercises?|sessions?|workouts?|training|next one)\b|\beach (?:set|rep)\b"
)
_WAITING_LIST = re.compile(
    rf"\bwait(?:ed|ing) (?:for )?(?:{NUMBER} \w+ |a \w+ |{_LONG} )?for (?:an?|the|my|our|his|her|that)? ?(?:\w+ )?(?:{VISITS}|results?|physio\w*|letter|report|{CARE})\b"
)


def _delays(sentence: str) -> Iterator[Found]:
    for pattern in (_NOT_GONE, _NO_NEED, _NO_USE):
        if found := pattern.search(sentence):
            yield Found("delay", found[0])
            return
    if (waited := _unless_denied(_WAITED, sentence)) and not _BETWEEN_SETS.search(sentence) and not _WAITING_LIST.search(sentence):
        yield Found("delay", waited[0])


_DENIED = re.compile(rf"{NEGATION}{FILLERS}\s*$")


def _unless_denied(pattern: re.Pattern[str], sentence: str) -> re.Match[str] | None:
    """The first match that no negation stands right before."""
    return next((m for m in pattern.finditer(sentence) if not _DENIED.search(sentence[: m.start()])), None)
