"""What a value says about the thing named: healthy, lost, reduced, increased, graded, uncertain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from soleus.domain.finding import Kind
from soleus.domain.strength import MrcGrade, ReflexGrade
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.phrases.words import content, stem, tokens

_MRC_PREFIXED = lazy_pattern(
    r"\b(?:mrc|mmt|oxford|grade|graded|power|strength|m)\s*:?\s*([0-5])\s*([+-])?(?:\s*(?:-|to|–)\s*([0-5])\s*([+-])?)?(?:\s*/\s*5)?(?!\s*(?:pack|year|month|week|day|\d))",
    re.I,
)
_MRC_OF_5 = lazy_pattern(r"(?<![\d/.])([0-5])\s*([+-])?(?:\s*(?:-|to|–)\s*([0-5])\s*([+-])?)?\s*(?:/|out of|of)\s*5\b(?!\s*/)", re.I)
_NO_MRC = lazy_pattern(r"(?<![\d.])([6-9]|\d{2,})\s*[+-]?\s*/\s*5\b|\b(?:mrc|grade)\s*([6-9]|\d{2,})\b|^\s*([6-9]|\d{2,})\s*$", re.I)
_MRC_BARE = lazy_pattern(r"^\s*([0-5])\s*([+-])?\s*$")
_REFLEX = lazy_pattern(r"(?<![\d/.])([0-4])\s*\+?\s*/\s*4\b|(?<![\d/.])([0-4])\s*\+|^\s*([0-4])\s*$|\bgrade\s*([0-4])\b", re.I)
_SURE = lazy_pattern(r"(\d{1,3})\s*%\s*(?:sure|certain|likely)", re.I)

_PATTERNS: dict[str, re.Pattern[str]] = {
    "no": lazy_pattern(
        r"\b(absent|absence of|none|no|nil|not (?:present|noted|seen|found|reported|observed|evident|apparent|detected)|denie[sd]|denying|never|negative|without|not noticed|not had|not (?:complained|a feature|experienced|suffered)|(?:does|do|did|has|have|had|is|was)n'?t (?:have|had|present)|ruled out|excluded|false|nope|neg|neither|resolved|gone|free of|no longer|unaware of any|did not have|does not have)\b|^\s*(?:n|not|not any|not at all|not there|not ever)\W*$|^\s*[-−(]+ve\b|^\s*\([-−]\)",
        re.I,
    ),
    "lost": lazy_pattern(
        r"\b(lost|loss|missing|abolished|unobtainable|not (?:obtainable|elicitable|elicited|palpable|felt|distinctly palpable|possible)|cannot be (?:elicited|obtained|felt)|areflexi\w*|anaesthetic|anesthetic|"
        r"anaesthesia|anesthesia|gone|impossible|unable|cannot|can't|could not|couldn't|not able|paraly[sz]\w*|plegi\w*|\w+plegi[ac]|\w*plegia|complete|flicker|zero|mute|no contraction|no movement|does not move|doesn't move|almost paraly[sz]ed)\b",
        re.I,
    ),
    "reduced": lazy_pattern(
        r"\b(reduc\w*|suppress\w*|diminish\w*|decreas\w*|impair\w*|depress\w*|sluggish|hypo\w*|weak\w*|poor(?:er)?|limited|trace|subnormal|less(?:ened)?|lower(?:ed)?|difficult\w*|dull\w*|blunt\w*|abnormal|disturbed|altered|affected|paresis|paretic|"
        r"deficit|not full|fad(?:e[sd]?|ing)|hard to|struggles?|trouble|changed|fails?|failed|(?:can|could) (?:hardly|barely|scarcely|only just)|unsteady|slow\w*|unstable|limping|gave way|numb\w*|wast\w*|atroph\w*|thin\w*|tingling|marked|severe\w*|profound\w*|mild\w*|slight\w*|moderate\w*)\b",
        re.I,
    ),
    "increased": lazy_pattern(
        r"\b(brisk|increas\w*|exaggerat\w*|hyper\w*|lively|pathologically|clonus|clonic|pendular|overactive)\b", re.I
    ),
    "good": lazy_pattern(
        r"\b(full|good|symmetric\w*|equal\w*|present and equal|strong|regular|able|possible|easily|downgoing|down-going|flexor|palpable|felt|palpated|soft|clear|fine|ok|okay|fast)\b",
        re.I,
    ),
    "healthy": lazy_pattern(
        r"\b(normal\w*|intact|preserved|unremarkable|spared|5\s*/\s*5|unaffected|kept|maintained|unimpaired|not involved|not (?:reduced|impaired|weak|affected|lost|abnormal)|no (?:\w+ )?(?:weakness|loss|deficit|abnormalit\w+|change|wasting|numbness|symptoms?|difficult\w*|problems?|complaints?|trouble|disturbance|dysfunction|impairment))\b",
        re.I,
    ),
    "sign": lazy_pattern(r"\b(positive|extensor|upgoing|up-going|sustained)\b|\+ve", re.I),
    "scant": lazy_pattern(r"\b((?<!\ba )little|hardly any|scarcely any|negligible|next to no)\b", re.I),
    "positive": lazy_pattern(
        r"(?<!\bnot )(?<!\bnone )(?<!\bnothing )(?<!\bnever )(?<!\bnil )(?<!\bno (?=known|recent|obvious|reported))(?<!n't )\b(present|positive|yes|marked|severe\w*|extensor|upgoing|up-going|sustained|noted|seen|found|felt|reported|prominent|profound\w*|new|recent|known|common|worse\w*|obvious|true|\+{1,4})(?!\w)",
        re.I,
    ),
    "severe": lazy_pattern(
        r"\b(severe\w*|profound\w*|marked\w*|complete\w*|total\w*|paraly[sz]\w*|plegi\w*|\w*plegia|almost|dense|lost|impossible|no movement|flicker|cannot|can't|unable|flail|absent)\b",
        re.I,
    ),
    "mild": lazy_pattern(r"\b(mild\w*|slight\w*|subtle|minimal\w*|trace|minor|a little|a bit|somewhat)\b", re.I),
    "maybe": lazy_pattern(
        r"\b(probabl\w*|possibl[ey]|perhaps|maybe|might|may have|suspected|suspicion|uncertain|unsure|not sure|questionable|equivocal|seems?|think|thinks)\b|\?",
        re.I,
    ),
    "past": lazy_pattern(r"\b(in the past|previously|formerly|used to|years ago|history of|earlier|once had|past)\b", re.I),
    "unknown": lazy_pattern(
        r"\b(unknown|not (?:tested|examined|asked|known|recorded|assessed|done|stated|told|mentioned|described|specified|documented)|untested|n/?a|don't know|do not know|refused)\b",
        re.I,
    ),
    "rest": lazy_pattern(r"\b(other|others|rest of|remaining|remainder|otherwise|elsewhere|all other)\b", re.I),
}


_NOT_BAD = lazy_pattern(r"\bnot (?:reduced|impaired|weak|affected|lost|abnormal|diminished|decreased)\b", re.I)
_NOT_WELL = lazy_pattern(
    r"\bnot (?:been )?(?:quite |entirely |completely |fully |very |so |that )*(?:normal|intact|full|preserved|good|strong|symmetric\w*|equal|as \w+ as)\b", re.I
)
_NO_TROUBLE = lazy_pattern(
    r"\b(?:no|without|denie[sd]|never|nor|free of) (?:any |sign of |evidence of |other |further |obvious |definite )*(?:\w+ )?"
    r"(?:loss|reduction|impairment|weakness|deficits?|abnormalit\w+|disturbance|dysfunction|difficult\w+|numbness|wasting|problems?|trouble)\b",
    re.I,
)
_NOT_DENIED = lazy_pattern(
    r"\b(?:(?:can|could)(?: ?not|n't)(?: yet)? be|not(?: yet)?(?: be| been)?|(?:has|have|is|was)n't(?: been)?) (?:ruled out|excluded|denied|resolved|gone)\b|\b(?:not|never)(?: fully| quite| completely)? (?:resolved|gone)\b",
    re.I,
)
""" "Not ruled out" and "not resolved" deny nothing."""
_DENIES_MORE = lazy_pattern(r"\b(no(?! longer\b| one\b)|without|nor)\b(?! change in)\s+([^,;.()]*?)(?=\s+(?:but|and no|or|and|since|for|after|when|with)\b|[,;.()]|$)", re.I)
_NEVER_SO = lazy_pattern(
    r"\b(?:none|never|not|nil)(?: had| been| happened)? (?:before|previously|until|prior|earlier)\b"
    r"|\bnever (?:quite |fully |completely |really )?(?:go|goes|going|stop\w*|leav\w*|better|settle[sd]?|eas\w+|recover\w*|return\w*|heal\w*|clear\w*|improv\w*|lets? up)\b"
    r"|\bno longer (?:able|can|feels?|walks?|moves?|pass\w*|controls?|goes|stands?|works?|knows?|notic\w+)\b|\bdenies (?=[a-z])(?!any\W*$|it\b|this\b|that\b|having\b)",
    re.I,
)
_ANOTHER_THING = frozenset(
    stem(w)
    for w in (
        "relief improvement better worse worsening change recovery respite warning urge control feeling sensation urine urination stool water movement "
        "power strength response benefit cause trigger reason explanation awareness effect radiation trauma injury"
    ).split()
)
"""What may be missing while the thing named is there: "leg pain: no relief", "urinary retention: no urine since last night"."""
_BEGINS_WELL = lazy_pattern(r"\s*(full|normal|intact|5\s*/\s*5)\b(?! (?:range|movement|thickness))", re.I)


@dataclass(frozen=True)
class Status:
    """Flags read from a value, and grades where it holds one."""

    flags: frozenset[str]
    mrc: MrcGrade | None = None
    bare: bool = False
    """The grade stands alone ("2+"), so that what it grades is open."""
    reflex: ReflexGrade | None = None
    sure: float | None = None
    """Stated certainty, 0-1."""

    def __contains__(self, flag: str) -> bool:
        return flag in self.flags

    @property
    def empty(self) -> bool:
        return not self.flags and self.mrc is None and self.reflex is None and self.sure is None


@lru_cache(maxsize=1000)
def read_status(text: str) -> Status:
    """Flags and grades of a value such as "MRC 4-/5", "mildly reduced", "absent", "70 % sure"."""
    text = _NOT_WELL.sub(" reduced ", _NOT_DENIED.sub(" possibly present ", text))
    asserted = _NO_TROUBLE.sub(" ", _NOT_BAD.sub(" ", text))
    flags = frozenset(
        name for name, pattern in _PATTERNS.items() if pattern.search(asserted if name in ("lost", "reduced", "severe") else text)
    )
    if _BEGINS_WELL.match(text):  # "full, pain-limited"
        flags -= {"lost", "reduced", "mild", "severe"}
    sure = _SURE.search(text)
    return Status(
        flags,
        _mrc(text),
        bool(_MRC_BARE.match(text)),
        _reflex(text),
        min(float(sure.group(1)), 100.0) / 100 if sure else None,
    )


def without_other_denials(value: str, named: frozenset[str]) -> str:
    """What a value says of the thing named, without its denials of other things: "2 days, no pain" said of a numb saddle is "2 days".

    Args:
        value: "none", "no numbness", "39 degrees, no rigors".
        named: Stems of what was named, and of words as general as "problem".
    """

    def kept(match: re.Match[str]) -> str:
        denied = [t.stem for t in content(tokens(match.group(2)))]
        first = not value[: match.start()].strip()
        own = not denied or set(denied) <= named
        return match.group() if own or (first and match.group(1).lower() == "no" and not set(denied[:3]) & _ANOTHER_THING) else " "

    return _DENIES_MORE.sub(kept, _NEVER_SO.sub(" ", value))


def no_grade(text: str) -> str | None:
    """The number in the place of an MRC grade that is none, as in "7/5" or "MRC 8"; None where there is none."""
    match = _NO_MRC.search(text)
    return match.group().strip() if match else None


def _mrc(text: str) -> MrcGrade | None:
    match = _MRC_OF_5.search(text) or _MRC_PREFIXED.search(text) or _MRC_BARE.match(text)
    if not match:
        return None
    grades = [MrcGrade(d + (s or "")) for d, s in _pairs(match.groups()) if d]
    return min(grades)


def _pairs(groups: tuple[str | None, ...]) -> list[tuple[str, str | None]]:
    found = []
    for i in range(0, len(groups), 2):
        digit = groups[i]
        sign = groups[i + 1] if i + 1 < len(groups) else None
        if digit is not None:
            found.append((digit, None if digit in "05" else sign))
    return found


def _reflex(text: str) -> ReflexGrade | None:
    match = _REFLEX.search(text)
    return ReflexGrade(int(next(g for g in match.groups() if g is not None))) if match else None


def weights(kind: Kind, function_noun: bool, status: Status, named_sign: bool = False) -> tuple[float, ...] | None:
    """Likelihood over the states of a kind of finding, or None where the value says nothing (not examined).

    Args:
        kind: Kind of the finding.
        function_noun: Whether what was named is a function ("strength", "ankle reflex", "sensation"), so that "absent" means
            lost, and not a symptom ("weakness", "numbness"), where "absent" means healthy.
        status: What the value says.
        named_sign: Whether the function noun is the name of a sign or test ("Tinel sign"), whose presence is abnormal.
    """
    if "unknown" in status and status.mrc is None:
        return None
    if kind is Kind.STRENGTH:
        result = _strength(function_noun, status)
    elif kind is Kind.REFLEX:
        result = _reflex_weights(status)
    else:
        result = _binary(function_noun, status, named_sign)
    return _softened(result, status)


def _strength(function_noun: bool, status: Status) -> tuple[float, ...]:
    if status.mrc is not None:
        return status.mrc.state_weights
    healthy = ("healthy" in status or (function_noun and "good" in status)) and not (
        {"reduced", "lost"} & status.flags and function_noun and "no" not in status
    )
    if healthy or ("no" in status and not function_noun):
        return (1.0, 0.0, 0.0)
    if "severe" in status or "lost" in status or "no" in status:
        return (0.0, 0.15, 1.0)
    if "mild" in status:
        return (0.0, 1.0, 0.1)
    return (0.0, 1.0, 1.0)


def _reflex_weights(status: Status) -> tuple[float, ...]:
    if status.reflex is not None and not {"lost", "no"} & status.flags:
        return status.reflex.state_weights
    lost, reduced = bool({"lost", "no"} & status.flags), "reduced" in status
    if lost or reduced:
        return (0.0, float(lost), float(reduced) if not lost else 0.3 + 0.7 * reduced, 0.0)
    if "increased" in status:
        return (0.1, 0.0, 0.0, 1.0)
    return (1.0, 0.0, 0.1, 0.1)


def _binary(function_noun: bool, status: Status, named_sign: bool) -> tuple[float, ...]:
    if status.bare and status.reflex is not None:  # pulses 2+ are well felt, oedema 2+ is there
        return (0.0, 1.0) if (status.reflex.grade < 2) == function_noun else (1.0, 0.0)
    if function_noun:
        abnormal = {"lost", "reduced", "no", "sign", "increased"} | ({"positive"} if named_sign else set())
        if named_sign:
            abnormal -= {"no", "lost"}  # "Tinel sign absent" is good news
        elif not status.flags & {"healthy", "good", "positive", "no"} and {"severe", "mild"} & status.flags:
            return (0.0, 1.0)  # "the foot has dropped completely"
        if {"healthy", "good"} & status.flags and not {"lost", "reduced"} & status.flags:
            return (1.0, 0.0)
        return (0.0, 1.0) if abnormal & status.flags or (status.mrc is not None and status.mrc < MrcGrade("5")) else (1.0, 0.0)
    if status.mrc is not None:
        return (0.0, 1.0) if status.mrc < MrcGrade("5") else (1.0, 0.0)
    if ("no" in status and "positive" not in status) or ("healthy" in status and not {"reduced", "lost", "positive"} & status.flags):
        return (1.0, 0.0)
    return (0.6, 0.4) if "scant" in status else (0.0, 1.0)


def _softened(result: tuple[float, ...], status: Status) -> tuple[float, ...]:
    """Doubt mixes the reading with its opposite; full doubt is no evidence, no doubt the hard finding."""
    sure = (
        status.sure
        if status.sure is not None
        else 0.75
        if "maybe" in status
        else 0.85
        if "mild" in status and result[0] == 0 and len(result) == 2
        else 1.0
    )
    if sure >= 1.0:
        return result
    abnormal = result[0] < max(result[1:])
    opposite = tuple(1.0 if (i == 0) == abnormal else 0.0 for i in range(len(result)))
    if not abnormal:
        opposite = tuple(0.0 if i == 0 else 1.0 for i in range(len(result)))
    return tuple(sure * a + (1 - sure) * b for a, b in zip(result, opposite, strict=True))
