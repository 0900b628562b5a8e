"""Grave diagnoses and events among a case's conditions, and whether each is there now, is treated, or is long past.

"Stroke" in a list of conditions is history, "stroke yesterday" is not. Where the words leave it open, a diagnosis that is an emergency
or has to be seen the same day counts as there now; those that people live with for years (`LASTING`) and those that mostly stand
in a list as history (`HISTORY`) count so only where the words say it. Expert estimates throughout, on the safe side.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from soleus.domain.case import Case
from soleus.domain.evidence import Named
from soleus.domain.knowledge_base import KnowledgeBase, level_rank
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.diagnoses import plain
from soleus.interchange.phrases.spelling import Spelt, spelt
from soleus.interchange.phrases.tempo import read_tempo

FRESH_D = 28
"""Up to here an urgent diagnosis that is not said to be treated counts as there now. [d]"""
EVENT_NOW_D, EVENT_SOON_D = 2, 7
"""Up to here a stroke or a heart attack is an emergency; up to there, if not said to be treated, it is seen the same day. [d]"""
MOST_WORDS = 14
SEEN = level_rank("same_day")
EVENTS = {
    "heart-attack": "A heart attack",
    "unstable-angina": "Unstable angina",
    "pulmonary-embolism": "A blood clot in the lung",
}
"""Emergencies that are no cause of a weak leg, and so no conditions of the knowledge base."""
HISTORY = frozenset(
    "heart-attack pulmonary-embolism ischaemic-stroke intracerebral-haemorrhage transient-ischaemic-attack cerebral-venous-thrombosis "
    "poliomyelitis-acute traumatic-spinal-cord-injury".split()
)
LASTING = frozenset(
    "hypokalaemic-periodic-paralysis thyrotoxic-periodic-paralysis acute-intermittent-porphyria neuromyelitis-mog-myelitis "
    "adrenal-insufficiency autoimmune-nodopathy childhood-hip-disease conus-medullaris-tumour "
    "diabetic-muscle-infarction iatrogenic-root-injury icu-acquired-weakness lead-arsenic-thallium-neuropathy "
    "leptomeningeal-malignancy leukaemia-limb-pain obstetric-lumbosacral-plexopathy organophosphate-delayed-neuropathy "
    "osteoporotic-vertebral-fracture-compression popliteal-aneurysm popliteal-nerve-entrapment sciatic-neuropathy-hip-surgery "
    "sciatic-neuropathy-trauma solvent-neuropathy spinal-cavernoma-avm spinal-sarcoidosis subacute-combined-degeneration "
    "thiamine-deficiency-neuropathy todd-paresis-hemiplegic-migraine traumatic-lumbosacral-plexopathy vasculitic-neuropathy".split()
)
_EVENT_WORDS = (
    "heart infarct infarction myocardial coronary unstable angina pulmonary embolism embolus clots thrombosis stroke ministroke achilles "
    "hamstring quadriceps ruptured haemorrhage hemorrhage yesterday"
).split()
_LIFELONG = lazy_pattern(r"gitelman|bartter|conn syndrome|aldosteron|tubular acidosis|liddle|parathyroid|laxative|crmo")
"""Names of lifelong or slow diseases within conditions that are urgent as a whole."""
TENDONS = frozenset(("achilles-tendon-rupture", "proximal-hamstring-avulsion", "quadriceps-tendon-rupture"))
"""Torn tendons: looked at soon, and protected for the first weeks of training."""
_TORN = r"(?:ruptur\w*|torn|tore|tears?|snapp\w*|repair\w*|surgery|operat\w*|reattach\w*|sutur\w*|sewn|stitched|severed|broke\w*)"
_BY_WORDS = (
    ("achilles-tendon-rupture", lazy_pattern(rf"\bachilles\b.{{0,40}}\b{_TORN}\b|\b{_TORN}\b.{{0,40}}\bachilles\b")),
    (
        "proximal-hamstring-avulsion",
        lazy_pattern(
            r"\bhamstrings?\b.{0,40}\b(?:avuls\w*|ruptur\w*|repair\w*|surgery|reattach\w*|detach\w*|off (?:of )?(?:the "
            r"|my )?(?:sit(?:ting)? )?bones?"
            r"|(?:torn|tore|ripped|came|pulled) (?:right |clean )?off|complete(?:ly)? (?:tear|torn))\b"
            r"|\b(?:avuls\w*|ruptur\w*|repair\w*|reattach\w*|detach\w*|complete(?:ly)? (?:tear|torn)|(?:torn|tore"
            r"|ripped) off)\b.{0,40}\bhamstrings?\b"
        ),
    ),
    (
        "quadriceps-tendon-rupture",
        lazy_pattern(
            rf"\b(?:(?:quadriceps?|quad|patellar?) (?:tendon|ligament)|kneecap tendon)\b.{{0,40}}\b{_TORN}\b"
            rf"|\b{_TORN}\b.{{0,30}}\b(?:(?:quadriceps?|quad|patellar?) (?:tendon|ligament)|kneecap tendon)\b"
        ),
    ),
    (
        "heart-attack",
        lazy_pattern(
            r"\b(?:h(?:ea|e|a)rt attacks?|heart infarct\w*|(?:acute )?(?:myocardial|cardiac) infarct\w*|n-?stemi|non-?stemi|stemi"
            r"|acute coronary syndrome|coronary thrombosis|cardiac arrest)\b"
        ),
    ),
    ("unstable-angina", lazy_pattern(r"\b(?:unstable angina|angina at rest|(?:crescendo|pre-?infarct\w*) angina)\b")),
    (
        "pulmonary-embolism",
        lazy_pattern(
            r"\b(?:(?:pulmonary|lung) (?:emboli\w*|embolus|clots?)|(?:blood )?clots? (?:in|on|to) (?:the |my |his |her )?lungs?)\b"
        ),
    ),
    (
        "deep-vein-thrombosis",
        lazy_pattern(
            r"\b(?:blood )?clots? (?:in|of) (?:the |my |his |her |a )?(?:left |right |lower |upper |deep )?(?:calf|leg"
            r"|thigh|knee|vein|groin)\w*"
            r"|\bthrombosis (?:in|of) (?:the |my |his |her )?(?:left |right )?(?:calf|leg|thigh)|\b(?:leg"
            r"|calf) thrombosis\b|\bdvt\b"
            r"|\b(?:untreated|suspected|new|fresh) (?:blood )?clots?\b|\bblood clots?\b(?=.{0,12}\b(?:not|un)[ -]?treated)"
        ),
    ),
    ("transient-ischaemic-attack", lazy_pattern(r"\btias?\b|\bmini[ -]?strokes?\b|\bministrokes?\b")),
    ("guillain-barre-syndrome", lazy_pattern(r"\bgbs\b|\bgu[il]+[ai]{1,3}n[ -]bar+\w*")),
    ("cauda-equina-syndrome", lazy_pattern(r"\b(?:cau?d\w{1,2}|corda) equin\w\b(?! (?:tumou?r|ependymoma))")),
    ("metastatic-cord-compression", lazy_pattern(r"\b(?:metastatic|malignant|cancer|tumou?r)\b.{0,20}\bcord compression\b")),
    ("acute-compartment-syndrome-leg", lazy_pattern(r"\bcompartment syndrome\b")),
    (
        "acute-limb-ischaemia",
        lazy_pattern(
            r"\bacute(?:ly)? (?:limb|leg) isch\w+|\b(?:suddenly )?(?:blocked|clotted) (?:leg )?artery (?:in|of) (?:the |my )?leg\b"
        ),
    ),
    (
        "intracerebral-haemorrhage",
        lazy_pattern(
            r"\bbrain (?:bleed\w*|h(?:ae|e)morrhage)\b|\bbleed\w* (?:in|into|on) (?:the "
            r"|my )?brain\b"
        ),
    ),
)
"""Wordings beside the names of the conditions."""
_TREATED = lazy_pattern(
    r"\b(?:treated|operated|repaired|decompressed|stented|thrombolysed|reattached|sewn|sutured|stitched|drained|fixed|cured"
    r"|recover\w*|resolved|healed|settled|cleared|rehab\w*|discharged|surgery|operation|fasciotomy|laminectomy|post-?op\w*"
    r"|s/p|status post"
    r"|under (?:treatment|control)|on (?:treatment|anticoag\w*|blood thinn\w*|warfarin|apixaban|rivaroxaban|edoxaban"
    r"|dabigatran|heparin)"
    r"|(?:after|following|since) (?:the |an |my )?(?:surgery|operation|treatment|repair|stent\w*)|in remission)\b"
)
_UNTREATED = lazy_pattern(
    r"\b(?:un|non-?)treated\b|\bunoperated\b|\b(?:not|never|no|without|awaiting|waiting for|before|refused|declined)\b[\w\s]{0,18}"
    r"\b(?:treat\w*|operat\w*|surgery|repair\w*|decompress\w*|recover\w*|resolved|healed|settled|cleared|cured|anticoag\w*"
    r"|blood thinn\w*|seen|rehab\w*|drained|fixed)\b"
)
_PAST = lazy_pattern(
    r"\b(?:old|older|previous(?:ly)?|former(?:ly)?|past|prior|history|hx|h/o|long ago|ages ago|years? (?:ago|back|before)"
    r"|months ago|remote|earlier in life"
    r"|sequelae|residual|chronic|healed|as an? (?:child|young|teen\w*|adult)|in (?:my|his|her) (?:youth|childhood|teens"
    r"|\w+ties)|childhood|at (?:age |the age of )?\d\d)\b"
)
_AFTER = lazy_pattern(r"\b(?:after|post|following|since)[\s-]+(?:my |the |an? |his |her )?$")
_NOW = lazy_pattern(
    r"\b(?:now|right now|just|new|newly|fresh|currently|current|today|tonight|this (?:morning|afternoon|evening|week)"
    r"|yesterday|last night|suspect\w*|possible|probable|query"
    r"|hours? ago|ongoing|active|acute(?:ly)?|sudden(?:ly)?|attack now|crisis|impending|threaten\w*|in progress|worsening"
    r"|getting worse|not (?:yet )?(?:ruled out|excluded))\b"
)
_AGAIN = lazy_pattern(
    r"\b(?:relapse[ds]?|relapsing(?![- ]?remitting)|flar(?:e|es|ed|ing)(?:[- ]?up)?|attack|crisis"
    r"|exacerbat\w+|recurrence|recurred|came back|come back|is back"
    r"|wors(?:e|ened|ening)|deteriorat\w+"
    r"|progress(?:ing|ive|es|ed)|weaker|(?:new|fresh|more) (?:\w+ )?(?:weakness|numbness|deficit|symptoms?|signs?|paralysis"
    r"|pain|loss|trouble|bladder|spasms?))\b"
)
_NOT_BACK = lazy_pattern(
    r"\b(?:no|not|never|without|isn't|last|previous|first|earlier|fear of|afraid of|prevent\w*|to avoid)\b[\w\s']{0,14}$"
)
_DENIED_BEFORE = lazy_pattern(
    r"\b(?:no|not|never|without|denies|denied|negative for|family history(?: of)?|father|mother|brother|sister|parents?"
    r"|uncle|aunt|grand\w+|relatives?|husband|wife"
    r"|afraid of|fear of|worried about|risk (?:of|for|factors? for)|prevent\w*|prevention of|prophylaxis|screen\w*|heat"
    r"|excluded|ruled out)\b[\w\s']{0,24}$"
)
_DENIED_AFTER = lazy_pattern(
    r"^[\s:,(]*(?:has been |have been |was |is |were )?(?:excluded|ruled out|unlikely|negative|risk\b|prevention"
    r"|prophylaxis|in (?:the |my )?family)"
)
_WEEKDAY = lazy_pattern(
    r"\b(?:on |last |this |since )(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:this|the other) week(?:end)?\b|\blast weekend\b"
)
_YEAR = lazy_pattern(r"\b(19\d\d|20\d\d)\b")
_ISO = lazy_pattern(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = lazy_pattern(
    r"\b(?:in|since|on|of|from|early|late|end of|last)?\s*(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?:(?<=in )"
    r"|(?<=since )|(?<=last ))may|may(?= 20)|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?\s*(20\d\d)?"
)
_CLAUSES = re.compile(r"[,;.]\s+|\s+(?:and|but|then)\s+|\n")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}\b")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Mention:
    """One grave diagnosis or event that an entry names."""

    condition: str
    """Id of the condition, or of one of `EVENTS`."""
    text: str
    place: str
    days: float | None
    """How long ago it was, where that is told. [d]"""
    treated: bool
    untreated: bool
    past: bool
    """Told as history."""
    now: bool
    """Told as there now, or as not treated."""
    again: bool = False
    """Told to be back, or worse, and not long ago."""

    def level(self, kb: KnowledgeBase, recovering: bool = False, worse: bool = False) -> str:
        """How soon to be seen for it; empty if it is treated or past, and has not come back.

        Args:
            recovering: The case says that what it is about began weeks ago and gets better.
            worse: The case says that something began within weeks or gets worse.
        """
        relapse = "" if self.condition in EVENTS or not (self.again or worse) else kb.conditions[self.condition].relapse
        return max(self._level(kb, recovering), relapse, key=lambda level: level_rank(level) if level else -1)

    def _level(self, kb: KnowledgeBase, recovering: bool) -> str:
        urgent = "emergency" if self.condition in EVENTS else kb.conditions[self.condition].urgency
        just = self.days is not None and self.days <= EVENT_NOW_D
        if self.condition in HISTORY and just:
            return urgent
        if level_rank(urgent) < SEEN or (self.treated and not self.untreated):
            return ""
        if self.condition in HISTORY:
            if self.now and not self.past and self.days is None:
                return urgent
            if self.untreated and not self.past:
                return urgent if self.days is None else "same_day"
            return "same_day" if self.days is not None and self.days <= EVENT_SOON_D else ""
        if self.days is not None:
            return urgent if self.days <= FRESH_D or self.untreated else ""
        if self.untreated or (self.now and not self.past):
            return urgent
        return "" if self.past or recovering or self.condition in LASTING else urgent


def mentions(texts: Iterable[str], kb: KnowledgeBase, today: datetime.date) -> tuple[Mention, ...]:
    """What the entries under `conditions` name that has to be seen soon, or that is a torn tendon."""
    texts = list(texts)
    if not texts:
        return ()
    names, short = names_of(kb)
    found: list[Mention] = []
    for i, text in enumerate(texts):
        as_written = tuple(_of_text(text, f"conditions[{i}]", kb, names, short, today))
        found += as_written
        mended = mended_names(_without_capitals(text), kb)
        if mended.corrected:  # what the text says as it was written stands
            had = {m.condition for m in as_written}
            put_right = _of_text(mended.text, f"conditions[{i}]", kb, names, short, today)
            found += [replace(m, text=text) for m in put_right if m.condition not in had]
    return tuple(found)


def mention(text: str, condition: str, place: str, kb: KnowledgeBase, today: datetime.date) -> Mention | None:
    """What one piece of a text says of a condition it names."""
    return next((m for m in _of_text(text, place, kb, *names_of(kb), today) if m.condition == condition), None)


_NAMES: dict[int, tuple[KnowledgeBase, dict[str, str], dict[str, str], tuple[str, ...]]] = {}


def things(text: str, kb: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """Grave conditions and events that a text names and does not deny, each with its words."""
    return tuple(_things(text, kb, *names_of(kb)))


def is_now(text: str) -> bool:
    """Whether words in lower case say that something is there now."""
    return _NOW.search(text) is not None


def names_of(kb: KnowledgeBase) -> tuple[dict[str, str], dict[str, str]]:
    """Conditions by their names, and by their abbreviations, which count in capitals alone."""
    return _names(kb)[1:3]


def mended_names(text: str, kb: KnowledgeBase) -> Spelt:
    """The text with misspelt words put right that are near to a word in the name of a condition or of an event."""
    return spelt(text, kb, _names(kb)[3])


def _names(kb: KnowledgeBase) -> tuple[KnowledgeBase, dict[str, str], dict[str, str], tuple[str, ...]]:
    """The names, the abbreviations, and the words of the names in British and American spelling; made once for each knowledge base."""
    held = _NAMES.get(id(kb))
    if held is None or held[0] is not kb:
        names = {_spelt(n): c.id for c in kb.conditions.values() for n in c.names}
        short = {n: c.id for c in kb.conditions.values() for n in c.names if n.isupper() and len(n) <= 5}
        words = {w for c in kb.conditions.values() for n in c.names for w in re.findall(r"[a-z]{4,}", n.lower())}
        words |= {w.replace("ae", "e").replace("oe", "e") for w in words}
        _NAMES.clear()
        held = _NAMES[id(kb)] = (kb, names, short | {"MI": "heart-attack", "PE": "pulmonary-embolism"}, (*sorted(words), *_EVENT_WORDS))
    return held


def named(case: Case, told: Iterable[Mention], kb: KnowledgeBase, today: datetime.date) -> tuple[Named, ...]:
    """What an assessment has to know of what was told: each that is there now, with how soon it must be seen."""
    better, worse = _recovering(case, today), _worsening(case, today)
    return tuple(
        Named(m.condition, EVENTS.get(m.condition) or kb.conditions[m.condition].lay_name, level, m.text, m.place)
        for m in told
        if (level := m.level(kb, better, worse))
    )


def _of_text(
    text: str, place: str, kb: KnowledgeBase, names: dict[str, str], short: dict[str, str], today: datetime.date
) -> Iterator[Mention]:
    """One mention for each grave thing; the words about time and treatment go with the last thing named before them."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for clause in _clauses(text, _spans(text, names, short)):
        found = list(_things(clause, kb, names, short))
        if found or not groups:
            groups.append((clause, found))
        else:
            groups[-1] = (f"{groups[-1][0]}, {clause}", groups[-1][1])
    if not any(found for _, found in groups):
        groups = [(text, list(_things(text, kb, names, short)))]
    if len(groups) > 1 and not groups[0][1]:  # words before the first thing: "operated in May, cauda equina syndrome"
        groups[:2] = [(f"{groups[0][0]}, {groups[1][0]}", groups[1][1])]
    for words, found in groups:
        for condition, said in found:
            rest = words.replace(said, " ", 1).lower()
            untreated = _UNTREATED.search(rest) is not None
            treated = _TREATED.search(_UNTREATED.sub(" ", rest)) is not None or (
                condition in TENDONS
                and re.search(r"repair|surgery|operat|reattach|sutur|sewn|stitch", _UNTREATED.sub(" ", words.lower())) is not None
            )
            days = days_ago(rest, today)
            past = (
                _PAST.search(rest) is not None
                or _LIFELONG.search(said.lower()) is not None
                or _AFTER.search(words[: words.find(said)].lower()) is not None
            )
            now = untreated or _NOW.search(rest if condition in LASTING else words.lower()) is not None
            again = _is_back(rest, today) or (re.search(r"\b(?:relapse|attack|crisis|flare)\b", said.lower()) is not None and days is None)
            yield Mention(condition, text, place, days, treated, untreated, past, now, again)


def _clauses(text: str, spans: list[tuple[int, int, str]]) -> list[str]:
    """The parts of an entry; a name is not torn apart at its own "and"."""
    cuts = [m for m in _CLAUSES.finditer(text) if not any(a < m.end() and m.start() < b for a, b, _ in spans)]
    starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(text)]
    return [text[a:b] for a, b in zip(starts, ends, strict=True)]


def _things(clause: str, kb: KnowledgeBase, names: dict[str, str], short: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Grave things in a clause, each with its words. The longest name of any condition wins: "chronic exertional compartment syndrome"
    is no "compartment syndrome"."""
    taken = _spans(clause, names, short)
    for condition, pattern in _BY_WORDS:
        match = pattern.search(clause.lower())
        if match and not any(a < match.end() and match.start() < b and (i == condition or not _loses(kb, i)) for a, b, i in taken):
            taken.append((match.start(), match.end(), condition))
    told = set()
    for start, end, id_ in sorted(taken):
        if (is_grave(id_, kb) or kb.conditions[id_].relapse) and id_ not in told and not _denied(clause.lower(), start, end):
            told.add(id_)
            yield id_, clause[start:end]


def _spans(text: str, names: dict[str, str], short: dict[str, str]) -> list[tuple[int, int, str]]:
    """Where a text names conditions, longest names first: start, end, id."""
    words = list(_WORD.finditer(text))
    taken: list[tuple[int, int, str]] = []
    i = 0
    while i < len(words):
        for n in range(min(MOST_WORDS, len(words) - i), 0, -1):
            start, end = words[i].start(), words[i + n - 1].end()
            said = text[start:end]
            id_ = short.get(said) or (names.get(_spelt(said)) if len(said) > 5 else None)
            if id_ is not None:
                taken.append((start, end, id_))
                i += n - 1
                break
        i += 1
    return taken


def is_grave(condition: str, kb: KnowledgeBase) -> bool:
    """Whether it has to be seen today when it is new, or is a torn tendon."""
    return condition in EVENTS or condition in TENDONS or level_rank(kb.conditions[condition].urgency) >= SEEN


def _is_back(words: str, today: datetime.date) -> bool:
    """Whether words in lower case say, of the last weeks, that an illness came back or got worse."""
    for part in _CLAUSES.split(words):
        if any(not _NOT_BACK.search(part[: m.start()]) for m in _AGAIN.finditer(part)):
            days = days_ago(part, today)
            if days is None or days <= FRESH_D:
                return True
    return False


def _worsening(case: Case, today: datetime.date) -> bool:
    """Whether something of what is there began within weeks, or gets worse."""
    for f in case.findings:
        told = f"{f.finding} {f.value} {f.course}".lower()
        if re.search(r"\b(?:absent|normal|none|denied)\b", told):
            continue
        since = (today - f.since).days if f.since is not None else read_tempo(told).days
        if (since is not None and since <= FRESH_D) or _is_back(told, today):
            return True
    return False


def _loses(kb: KnowledgeBase, id_: str) -> bool:
    """A generic name of something harmless gives way to a graver wording round it: "hamstring tear" in "hamstring tear off the bone"."""
    r""
    return level_rank(kb.conditions[id_].urgency) < SEEN and "tendin" not in id_ and "chronic" not in id_


def _denied(clause: str, start: int, end: int) -> bool:
    return _DENIED_BEFORE.search(_UNTREATED.sub(" ", clause[:start])) is not None or _DENIED_AFTER.search(clause[end:]) is not None


def days_ago(text: str, today: datetime.date) -> float | None:
    """How long ago something was, as told in lower-case words; the shortest where several times are told. [d]"""
    found = [float((today - d).days) for m in _ISO.finditer(text) if (d := _date(*map(int, m.groups()))) is not None]
    if not found:
        for m in _MONTH.finditer(text):
            month = _MONTHS.index(m.group(1)[:3]) + 1
            year = int(m.group(2)) if m.group(2) else today.year - (month > today.month)
            found.append(max((today - datetime.date(year, month, 1)).days - 15.0, 0.0))
    if not found:
        found = [365.0 * (today.year - int(y)) for y in _YEAR.findall(text) if int(y) < today.year]
    if _WEEKDAY.search(text):
        found.append(6.0)
    if (days := read_tempo(text).days) is not None:
        found.append(days)
    return min((d for d in found if d >= 0), default=None)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _recovering(case: Case, today: datetime.date) -> bool:
    """Findings began weeks ago and get better, and none gets worse."""
    courses = " ; ".join(f"{f.course} {f.value}" for f in case.findings).lower()
    began = [(today - f.since).days for f in case.findings if f.since is not None]
    better = re.search(r"improv|recover|getting better", courses) is not None and not re.search(
        r"progress|wors|not (?:improv|recover)", courses
    )
    return better and bool(began) and min(began) >= FRESH_D


def _without_capitals(text: str) -> str:
    """With capitals and hyphens only where a word is an abbreviation: among conditions a capital makes no name of a person."""
    return _CAPITALISED.sub(lambda m: m.group().lower(), re.sub(r"(?<=[a-z])-(?=[A-Za-z])", " ", text))


def _spelt(text: str) -> str:
    """Plain, and with the American and British spelling alike."""
    return plain(text).replace("ae", "e").replace("oe", "e")
