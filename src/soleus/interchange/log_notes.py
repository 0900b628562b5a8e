"""Danger words in the free note of a session: what somebody writes there is judged as if it stood under `symptoms`.

It errs to the safe side: what is denied right before is left out, all else that names a danger counts.
"""

from __future__ import annotations

import re

_URINE = r"(?:urine?s?|pee|peed|peeing|wee|weed|piss\w*|pissed|(?:my|passed|passing|pass(?:ing)?) water)"
_DARK = r"(?:dark\w*|brown\w*|col[ao]\w*|coke|pepsi|tea|coffee|black|red|reddish|pink|bloody|blood|rust\w*|port[- ]wine|stout)"
_CHEST = r"(?:chest|breast ?bone|sternum|heart|ribcage|rib cage)"
_ACHE = (
    r"(?:pain\w*|hurt\w*|ach\w+|tight\w*|pressure|pressing|heav\w+|squeez\w*|burn\w*|crush\w*|stab\w*"
    r"|discomfort|cramp\w*|angina|strange|funny)"
)
_RACE = r"(?:rac(?:e|es|ed|ing)|pound\w*|flutter\w*|irregular\w*|skip\w*|uneven|jump\w*|gallop\w*|thump\w*)"
_LEG = r"(?:leg|legs|calf|calves|calfs|thigh|thighs|ankle|ankles|foot|feet|shin|knee)"
_NUMB = (
    r"(?:numb\w*|no feeling|lost (?:all )?(?:the )?(?:feeling|sensation)|(?:can't|cannot|can not"
    r"|couldn't|could not) feel|pins and needles|tingl\w+)"
)
_NEW = (
    r"(?:new|newly|sudden\w*|more|worse|worsening|spread\w*|now|began|begun|started|starting|since|got"
    r"|getting|became|become|went|going|turned|first time)"
)
_NEAR = r"(?:\W+[\w'-]+){0,6}?\W+"


def _near(a: str, b: str) -> str:
    return rf"\b{a}\b{_NEAR}{b}\b|\b{b}\b{_NEAR}{a}\b"


SAID: dict[str, str] = {
    "dark urine": rf"{_near(_URINE, _DARK)}|\bmyoglobinuria\b|\bh(?:a)?ematuria\b|\brhabdo\w*",
    "chest symptoms": "|".join(
        (
            _near(_CHEST, _ACHE),
            _near(r"(?:heart|pulse)", _RACE),
            r"\bangina\b|\bpalpitation\w*|\bfaint(?:ed|ing|ness)\b|\b(?:feel|feeling|felt|nearly|almost|went|going to) faint\b",
            r"\b(?:pass|passed|passing|black|blacked|blacking) out\b|\bcollaps\w+|\bsyncope\b|\bunconscious\b|\bheart attack\b",
            r"\b(?:can't|cannot|couldn't|could not) (?:breathe?|catch my breath|get (?:my |any )?(?:breath|air))\b",
            r"\b(?:very|so|badly|suddenly|really) (?:breathless|short of breath)\b|\bpain in (?:my |the )?(?:left arm|jaw)\b",
        )
    ),
    "bladder or bowel trouble": "|".join(
        (
            _near(r"(?:saddle|groin|genital\w*|bottom|buttocks?|perineum|private parts?|between (?:my |the )?legs)", _NUMB),
            r"\b(?:can't|cannot|can not|couldn't|could not|unable to|trouble) (?:pee|wee|urinate|urinating"
            r"|peeing|pass(?:ing)? (?:urine|water))\b",
            r"\bwet (?:myself|my pants|the bed)\b|\bsoiled\b|\bincontinen\w+|\blost control of (?:my )?(?:bladder|bowels?)\b",
        )
    ),
    "leg swelling": rf"{_near(_LEG, '(?:swell|swells|swelled|swelling|swollen|puffy|ballooned)')}|\bblood clot\b|\bdvt\b|\bthrombos[ie]s\b",
    "weaker next day": "|".join(
        (
            r"\b(?:weaker|weakness)\b(?:\W+[\w'-]+){0,4}?\W+(?:next (?:day|morning)|day after|morning after"
            r"|than before|than usual|today)\b",
            r"\b(?:much|getting|got|even|clearly|noticeably) weaker\b|\blost (?:a lot of |much |all )?strength\b",
            r"\b(?:leg|legs|knee|knees|ankle) (?:gave|give|gives|giving|buckled|buckles) ?(?:way|out)?\b",
        )
    ),
    "new numbness": _near(_NEW, _NUMB) + r"|\bgone numb\b",
    "fall": r"\b(?:i |had a |bad )?(?:fell|fall|fallen)\b(?! (?:asleep|short|behind|ill|sick|out|in love|apart))",
    "new cramps": r"\b(?:new|more|bad|strong|terrible|awful|severe|night|all night) cramps?\b"
    r"|\bcramps? (?:all|at|every|the whole) (?:night|day)\b",
    "twitching more": r"\b(?:more|new|constant|worse) twitch\w*|\btwitch\w* (?:more|a lot|all the time|constantly)\b|\bfasciculat\w+",
}
"""How people write of each symptom of a log."""
_SAID = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in SAID.items()}
_CLAUSE = re.compile(r"[.;:!?\n]+|,?\s+but\s+")
_DENIED_BEFORE = re.compile(
    r"\b(?:no|not|never|without|denies|nor|neither|free of|haven't|hadn't|didn't|wasn't)"
    r"(?: (?:a|an|any|had|have|having|the|new|my|i|feel|get|sign of|signs of))*(?: [\w' -]+? (?:or|nor))?(?: (?:a|an|any|the|new))*\s*$",
    re.IGNORECASE,
)
_DENIED_WITHIN = re.compile(r"\b(?:not|never|isn't|wasn't|weren't|normal|no)\b(?! (?:longer|only|sure|feeling))", re.IGNORECASE)
_MOST_WORDS_DENIED = 8


def symptoms_of(note: str) -> tuple[str, ...]:
    """The symptoms of a log that a note names and does not deny."""
    clauses = _CLAUSE.split(note.replace("\u2019", "'"))
    return tuple(name for name, pattern in _SAID.items() if any(_named(pattern, c) for c in clauses))


def _named(pattern: re.Pattern[str], clause: str) -> bool:
    for found in pattern.finditer(clause):
        before = " ".join(clause[: found.start()].split()[-_MOST_WORDS_DENIED:])
        if not _DENIED_BEFORE.search(before) and not _DENIED_WITHIN.search(found.group()):
            return True
    return False
