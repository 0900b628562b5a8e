"""One finding as somebody wrote it, to observations: "hip flexion, abduction and adduction strength" right "1/5".

Four ways to understand, in this order: a phrase of the vocabulary ("foot drop"); an ability ("standing on toes: lost");
the grammar of an examination (attribute + muscle, reflex or area + status); all words of a phrase in any order. What
none of them understands is reported, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from soleus.domain.evidence import Observation
from soleus.domain.finding import Finding, Kind, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.phrases.lexicon import Index, Lexicon
from soleus.interchange.phrases.status import Status, read_status, weights, without_other_denials
from soleus.interchange.phrases.tempo import Tempo, read_tempo
from soleus.interchange.phrases.words import CANNOT, Token, content, stem, tokens

_FUNCTION_NOUNS = {
    "strength": "strength power force mrc motor",
    "reflex": "reflex",
    "sensation": "sensation sensory sensibility sense sens pinprick touch feeling prick temperature",
    "wasting": "bulk circumference girth",
}
_SYMPTOM_NOUNS = {
    "strength": "weakness weak weaker weakened paresis paralysis paretic palsy monoparesis",
    "reflex": "areflexia hyporeflexia hyperreflexia",
    "sensation": "numbness numb hypoesthesia hypoaesthesia hypesthesia hypalgesia hypoalgesia anaesthesia anesthesia deadness unfeeling",
    "wasting": "wasting wasted atrophy amyotrophy thinning thinner thin shrunk shrunken shrinking smaller hypotrophy",
    "pain": "pain painful ache aching aches sore soreness hurt hurts hurting neuralgia discomfort",
    "swelling": "swelling swollen oedema edema puffy",
    "mass": "mass lump tumour nodule",
    "tingling": "tingling paraesthesia paraesthesiae pins prickling",
}
ATTRIBUTE_OF: dict[str, tuple[str, bool]] = {
    **{stem(w): (a, True) for a, words in _FUNCTION_NOUNS.items() for w in words.split()},
    **{stem(w): (a, False) for a, words in _SYMPTOM_NOUNS.items() for w in words.split()},
}
_MODALITIES = frozenset(stem(w) for w in "pinprick touch proprioception temperature vibration position".split())
_UNFELT = frozenset(stem(w) for w in ("cannot", "not", "less", "nothing", "barely", "hardly", "properly"))
_TROUBLE = frozenset(
    stem(w)
    for w in "disturbance dysfunction trouble problem problems difficulty difficulties involvement deficit impairment symptoms signs abnormality complaint complaints loss change".split()
)
"""Words that turn the name of a function into a symptom: "bladder disturbance: absent" is good news."""
SIDES = {
    stem("left"): Side.LEFT,
    stem("right"): Side.RIGHT,
    stem("both"): Side.BOTH,
    stem("bilateral"): Side.BOTH,
    stem("bilaterally"): Side.BOTH,
}
_FILLERS = frozenset(
    stem(w)
    for w in (
        "symptom symptoms sign signs present history findings finding examination exam test tests patient known all general generally more most "
        "mild severe marked new recent since ago year years month months week weeks day days duration onset course first later during after before about "
        "normal intact absent reduced positive negative lost impaired diminished increased brisk decreased limb limbs lower leg legs feature "
        "distribution area region muscle muscles throughout everywhere overall globally"
    ).split()
)
_NEVER_ALONE = frozenset(stem(w) for w in "walking rest stable gait tender sitting standing drug".split())
_GENERAL = _TROUBLE | _FILLERS | frozenset(stem(w) for w in "such now currently either further any this that it evidence complaint least".split())
_DENIALS = frozenset(stem(w) for w in ("no", "not", "without", "denies", "never", "denied", "absent", "none", "non"))
_TIME_WORDS = frozenset(stem(w) for w in "duration onset course time progression tempo start began beginning since evolution".split())
_ABOUT_CARE = lazy_pattern(
    r"^\s*(earlier|previous|prior|initial|first|working|suspected)\s+(diagnos\w+|opinion|label|assessment|work-?up)|^\s*(response to|effect of treatment|referrals?|treatment|management|occupation|handedness)\b",
    re.I,
)
_BACKGROUND = lazy_pattern(
    r"^\s*((past |previous |prior |relevant )?(medical|surgical|drug|medication|social|travel|exposure|occupational|allergy|birth|developmental) history|past history|comorbidit\w+|chronic illness\w*|chronic disease\w*|other (illness|disease|diagnos)\w*|medicines?|medications?|drugs|"
    r"regular (medicines?|medications?)|allerg\w+|vital signs|observations|general (physical )?examination|systemic examination|recent illness|immune status|occupation|employment|handedness|referrals?|fellow \w+|(?:previous|general|past|premorbid) health)\b",
    re.I,
)
_VITAL_SIGN = lazy_pattern(
    r"^\s*(resting )?(pulse( rate)?|heart rate|blood pressure|bp|respiratory rate|respirations|breathing rate|oxygen saturation|spo2|sats)\s*$",
    re.I,
)
_MEASURED = lazy_pattern(r"\s*\d{2,3}\b", re.I)
""" "Pulse: 115/min" is a rate, "pulse: absent" an artery."""
_FAMILY = lazy_pattern(r"^\s*(family history|affected relatives?|relatives affected|similar illness in family)\s*$", re.I)
_HABITS = (
    ("alcohol-excess", lazy_pattern(r"^\s*(?:(?:he|she|i|has|have|had|does|do|did|ever) )*(alcohol|drinking|drinks?|drunk|ethanol|drinks? alcohol|alcohol (use|intake|consumption))\s*$", re.I)),
    ("smoking", lazy_pattern(r"^\s*(?:(?:he|she|i|has|have|had|does|do|did|ever) )*(tobacco|cigarettes|smokers?|smoking status|smoke[sd]?|tobacco use)\s*$", re.I)),
    ("trauma-injury", lazy_pattern(r"^\s*(injur(y|ies)|accident)\s*$", re.I)),
)
_LITTLE = lazy_pattern(
    r"\b(none|no|never|nil|occasional\w*|social\w*|moderate\w*|rare\w*|minimal|abstinent|teetotal\w*|non|denie[sd]|absent|light|negative|not (?:present|reported|noted|seen|found|at all))\b", re.I
)
_ALL_REFLEXES = lazy_pattern(r"\b(a|hypo|hyper)-?reflexi[ac]\b", re.I)
_FULL = lazy_pattern(r"\s*(?:\w+ )?full\b(?! (?:control|function|continence))", re.I)
_BLADDER = lazy_pattern(r"\b(bladder|detrusor)\b", re.I)
_REFLEX_STATE = {"a": (0.0, 1.0, 0.3, 0.0), "hypo": (0.0, 0.2, 1.0, 0.0), "hyper": (0.1, 0.0, 0.0, 1.0)}
_LEGS = lazy_pattern(r"\b(leg|legs|lower limbs?|lower extremit\w+)\b", re.I)
_ARMS = lazy_pattern(r"\b(arms?|upper limbs?|upper extremit\w+)\b", re.I)
_DEEP_SENSE = frozenset(stem(w) for w in "vibration proprioception position joint".split())
_TONE = lazy_pattern(r"\b(muscle |limb |leg )?tone\b", re.I)
_LOW_TONE = lazy_pattern(r"\b(reduced|low|decreased|diminished|flaccid|floppy|hypotonic|hypotonia|lost|absent)\b", re.I)
_HIGH_TONE = lazy_pattern(r"\b(increas\w+|high|rais\w+|cog-?wheel\w*|lead-?pipe|spastic\w*|rigid\w*|hyperton\w+)\b", re.I)
_IMAGING = lazy_pattern(r"\b(x-?ray|mri|ct|scan|ultrasound|radiograph\w*|imaging|emg|biopsy)\b", re.I)
_PLANTAR = lazy_pattern(r"\bplantars?\b(?! flex)|\bbabinski", re.I)
_MUTE = lazy_pattern(r"\b(mute|absent|equivocal|indifferent|no response|not obtained|(?:could not|cannot) be (?:obtained|elicited)|unresponsive)\b", re.I)
_RESPONSE = lazy_pattern(r"\s*response to\b", re.I)
_TEMPERATURE = lazy_pattern(r"(\d{2,3}(?:\.\d+)?)\s*°?\s*(c|f|celsius|fahrenheit)?\b", re.I)
_DEGREES = lazy_pattern(r"(\d{1,3})\s*(?:°|deg)", re.I)
_WHOLE_LEG_LOST = lazy_pattern(
    r"\b(paraly[sz]\w*|\w*plegi\w*|cannot move|can't move|could not move|unable to move|no movement|flail)\b", re.I
)
_PASSIVE = stem("passive")
_MUSCLE = stem("muscle")
_AGGRAVATING = lazy_pattern(
    r"^\s*(worsening|aggravating|provoking|precipitating|exacerbating) (factors?|by)\s*$|^\s*(worse|worsened|aggravated|provoked|brought on) (by|with|on|after)\s*$",
    re.I,
)
_EASING = lazy_pattern(
    r"^\s*(relieving|easing|alleviating|improving) (factors?)\s*$|^\s*(relieved|eased|better) (by|with|on|after)\s*$", re.I
)
_ROOTS = lazy_pattern(r"\b(L[2-5]|S[12])\b", re.I)
_OF_ROOT = lazy_pattern(r"\b(pattern|deficit|motor|myotom\w*|root|radicul\w*|distribution|level|weakness)\b", re.I)
_ROOT_MOVEMENTS = {
    "L2": "weak-hip-flexion",
    "L3": "weak-knee-extension",
    "L4": "weak-ankle-dorsiflexion",
    "L5": "weak-great-toe-extension",
    "S1": "weak-ankle-plantarflexion",
    "S2": "weak-toe-flexion",
}
"""The movement that shows a root best; a deficit told by its root is soft evidence for it."""
_BARE_PLANTAR = lazy_pattern(r"^\s*(right |left |both )?plantars?( responses?| reflex(es)?)?\s*$", re.I)
_UPGOING = lazy_pattern(r"\b(extensor|up-?going|up|babinski|positive)\b|↑", re.I)
_DOWNGOING = lazy_pattern(r"\b(flexor|down-?going|down|normal|negative)\b|↓", re.I)
_TOE_WALKING = lazy_pattern(r"^\s*(toe[- ]walk\w*|walk\w* on (his |her |the )?toes)\s*$", re.I)
_SINCE = lazy_pattern(r"\b(present|yes|since|always|habitual|childhood|persistent|age)\b", re.I)
_EXAMINATION = lazy_pattern(
    r"^\s*(((the )?(rest|remainder) of (the )?|remaining |general |otherwise )?(neurological|neurologic|neuro|physical|clinical|motor and sensory) (examination|exam|assessment|status)|(focal )?neurological (signs?|deficits?)|focal deficits?|strength (between attacks|at rest))\s*$",
    re.I,
)
_FINE = lazy_pattern(r"\b(normal|unremarkable|none|no |absent|negative|nil|intact|within normal)", re.I)
_LEVEL = lazy_pattern(r"\b(T|Th|D)\s?([1-9]|1[0-2])\b|\bsensory level\b|\b(umbilicus|nipples?|xiphisternum|costal margin)\b", re.I)
_RASH = lazy_pattern(r"^\s*(current |skin |cutaneous |any |an? |new |red |itchy )*(rash|rashes|eruption|skin lesions?|skin changes?)\b", re.I)
_EASED = lazy_pattern(r"\b(resolved|subsided|eased|gone|disappeared|settled)\b", re.I)
_STARTS_WITH_NO = lazy_pattern(r"\s*(no|absent)\b", re.I)
_PLAIN = lazy_pattern(
    r"^[\s\d.,;:/+%-]*((present|absent|yes|no|none|positive|negative|normal|abnormal|reduced|lost|mild(ly)?|severe(ly)?|marked(ly)?|moderate(ly)?|slight(ly)?|"
    r"intact|full|brisk|increased|decreased|diminished|impaired|weak|weakly|bilateral(ly)?|left|right|both|sides|since|for|about|over|and|the|a|of|in|"
    r"days?|weeks?|months?|years?|hours?|minutes?|progressive(ly)?|worsening|gradual(ly)?|slow(ly)?|sudden(ly)?|acute(ly)?|chronic|new|recent|denied|mrc|grade|symmetrical|"
    r"first|symptom|getting|worse|ago|last|improving|stable|constant|daily|intermittent|occasional(ly)?|unknown|not|tested|examined|known|treated|palpable|felt)[\s\d.,;:/+%-]*)*$",
    re.I,
)
_DENIED_FIRST = lazy_pattern(
    r"^\s*(there (is|was|are|were) )?(?P<no>no|not|without|denie[sd]|denying|never( had)?|absence of|nil|free of)\s+((any|known|history of|evidence of|a|an|had)\s+)*",
    re.I,
)
_DENIED_LAST = lazy_pattern(r"[\s:,]+((is|was|are|were) )?(?P<no>absent|denied|negative|not present)\s*$", re.I)
_DENIED_VERB = lazy_pattern(
    r"\s*(?:(?:he|she|i|they|(?:the )?patient) )?(?:(?:denie[sd]|denying|deny)(?: (?:any|it|this|by (?:the )?patient))?"
    r"|(?:not|none|nil|never|nothing) (?:been )?(?:reported|noted|noticed|complained(?: of)?|experienced|had)"
    r"|(?:does not|doesn't|did not|didn't|has not|hasn't|have not|haven't|not) (?:report|have|had|complain(?: of)?|experienced?|noticed)(?: (?:any|it|this))?)[\s.!]*$",
    re.I,
)
"""Nobody says this of a function that is lost: "bladder function: denied" is about trouble with it."""
_SPHINCTERS = lazy_pattern(r"\s*(?:(?:bladder|bowels?|sphincters?|urinary|fa?ecal)(?: and | or |[/,& ]+|\s*$))+(?:symptoms?|history|complaints?)?\s*$", re.I)
_NOTHING = lazy_pattern(r"\s*(?:no|none|nil|negative|neg|nope|nothing|never|nad)[\s.!]*$", re.I)
_AGREES = lazy_pattern(r"\s*(yes|present|true|confirmed|correct)?\s*$", re.I)
_OTHER_TONE = lazy_pattern(r"\b(anal|perianal|rectal|sphincter|pr)\b", re.I)
_RELATIVE = lazy_pattern(
    r"^\s*(his |her |my |the |one |two |three |several |affected |maternal |paternal |younger |older |elder )*(father|mother|parents?|brothers?|sisters?|siblings?|sons?|daughters?|child|children|uncles?|aunts?|cousins?|grand\w+|relatives?|twin)\b",
    re.I,
)
_ILL = lazy_pattern(
    r"\b(?:affected|same|similar\w*|alike|like (?:this|that|me|him|her|it)|too|also|ill|illness\w*|disease\w*|disorder\w*|weak\w*|walk\w*|wheel ?chair|dystroph\w*|neuropath\w*|"
    r"paraly\w*|palsy|stiff\w*|spastic\w*|cramps?|attacks?|wast\w*|thin|high arch\w*|foot|feet|legs?|calipers?|braces?|died|dead|als|mnd|cmt|ataxi\w*|muscular|muscles?|nerves?|"
    r"symptoms?|problems?|trouble\w*|condition|syndrome|it|diagnos\w*|tested|carriers?)\b", re.I
)
_NAMED_SIGN = lazy_pattern(
    r"\b(sign|signs|test|raise|raising|slr|romberg\w*|babinski\w*|tinel\w*|hoover\w*|las[eè]gue\w*|thompson\w*|simmonds\w*|phenomenon|clonus|trendelenburg|gowers\w*|manoeuvre|maneuver|squeeze)\b",
    re.I,
)
_FLICKER = lazy_pattern(r"\b(?:flicker|paraly[sz]ed|no (?:movement|contraction))\b", re.I)
_SEVERE_PAIN = lazy_pattern(r"\b(?:severe|excruciating|agonising|agonizing|unbearable) (?:\w+ )?(?:pain|ache)", re.I)
_SHORTER = lazy_pattern(r"\d\s*(?:cm|mm|centimet\w+|inch\w*)\b.*\b(?:less|smaller|thinner|narrower|reduced)\b", re.I)
""" "The calf measures 3 cm less" is about its girth."""
_OF_RANGE = lazy_pattern(r"\bdegrees? (?:less|fewer)\b|\brange\b", re.I)
_EQUAL = lazy_pattern(r"\bpupils?\W+(?:(?:are|were) )?(?:equal|symmetric\w*)\W*$", re.I)
_POSSIBLE = lazy_pattern(r"\s*possible\s*$", re.I)
_LEFT_OVER = lazy_pattern(r"\b((?:no|any|little) [a-z]+) left$", re.I)
""" "No strength left" is about no side."""
_SPARING = frozenset(stem(w) for w in ("sparing", "except", "excepting", "excluding"))
_NO_BENEFIT = frozenset(stem(w) for w in ("response", "benefit", "improvement", "effect", "help", "relief"))
_EXTENT = ("to", "until", "towards", "toward")
_SENSORY = ("sensory-loss-any", "dissociated-sensory-loss", "sensory-level", "numb-leg")
_SYMMETRY = ("symmetrical-weakness", "asymmetrical-weakness", "ascending-weakness", "descending-weakness")
TIME_COURSE = "time course"
"""An entry of this name tells how the complaint began and went on, and nothing else."""
DULL = frozenset(ATTRIBUTE_OF) | _FILLERS | _NEVER_ALONE | _TROUBLE | _DENIALS | _TIME_WORDS | _MODALITIES
"""Stems that are never a finding by themselves."""
_LEAST_BAG_COVER = 0.65
_PARALYSED = frozenset(stem(w) for w in "paralysis paralysed palsy plegia flail steppage".split())
_FOOT_DROP = frozenset((stem("foot"), stem("drop")))
_MILD_BUT_PARALYSED = 0.3
_MILD_BUT_UNABLE = 0.5
"""Likelihood of "foot drop", and of "cannot stand on tiptoe", where the weakness is mild, against 1 where severe (expert estimates)."""
_TINGLING_CERTAINTY = 0.65
"""P(the area is also numb) where only tingling is told (expert estimate)."""
_OTHER_RASH = 0.05
"""P(a rash of one leg is told | no shingles), against P(told | shingles) (expert estimate)."""
_REST_NORMAL = 0.4
"""Likelihood of "the rest is normal" where one of the things not named is not (expert estimate)."""
_EXAMINED = (
    "weak-hip-flexion",
    "weak-knee-extension",
    "weak-ankle-dorsiflexion",
    "weak-ankle-plantarflexion",
    "reflex-knee",
    "reflex-ankle",
    "sensory-loss-any",
    "plantar-extensor",
)
_EXAMINED_NORMAL = 0.25
"""Likelihood of "neurological examination normal" where one of these is not (expert estimate)."""
_REST = ("plantar-extensor", "weak-arm-proximal", "weak-arm-distal", "reflex-arm", "dysarthria", "ptosis")
_DIRECTIONS = frozenset("up down upward upwards downward downwards inward inwards outward outwards sideways".split())
_REST_OF_A_PART = frozenset(
    "joint joints leg legs limb foot feet toe toes hip hips knee knees ankle ankles thigh thighs calf calves skin pulse pulses bones spine "
    "teeth nails organs glands".split()
)
""" "Other joints" and "every other muscle of the legs" say nothing of the arms and the face."""
_REST_OF_MUSCLES = ("weak-arm-proximal", "weak-arm-distal", "dysarthria", "ptosis")
_MOVEMENTS = {
    "weak-leg": ("weak-hip-flexion", "weak-knee-extension", "weak-knee-flexion", "weak-ankle-dorsiflexion", "weak-ankle-plantarflexion"),
    "weak-leg-proximal": ("weak-hip-flexion", "weak-hip-extension", "weak-knee-extension"),
    "weak-leg-distal": ("weak-ankle-dorsiflexion", "weak-ankle-plantarflexion"),
}
"""What a grade or a paralysis of a whole part says of its movements."""
_ARM_AND_LEG = ("weak-leg", "weak-arm-proximal", "weak-arm-distal")
_FEVER_CELSIUS = 38.0


@dataclass(frozen=True)
class Reading:
    """What one entry says."""

    observations: tuple[Observation, ...]
    tempo: Tempo
    understood: bool
    about_weakness: bool = False


@dataclass(frozen=True)
class _Named:
    finding: Finding
    function_noun: bool
    soft: float = 1.0
    ability: bool = False
    asserted: bool = False
    """Told as a whole, so that the value is no status of it."""
    mild: float = 1.0
    """Likelihood of the wording where the weakness is mild, against 1 where it is severe."""


def is_attribute(token: Token, words: Sequence[Token]) -> bool:
    """Whether a word names an attribute. "I feel unsteady" is not about sensation; "I cannot feel my foot" is."""
    if token.stem not in ATTRIBUTE_OF:
        return False
    if token.word == "touch" and (token.previous == "to" or token.previous in ("not", "don't", "doesn't")):
        return any(ATTRIBUTE_OF.get(t.stem) == ("sensation", True) and t is not token for t in words)  # sore to touch
    return token.word not in ("feel", "feels", "felt") or any(t.stem in _UNFELT for t in words)


class PhraseReader:
    """Reads wordings against one knowledge base. Holds no state between calls."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon) -> None:
        self.kb = kb
        self.lexicon = lexicon

    def read(self, text: str, side: Side = Side.UNSTATED, value: str = "", place: str = "", *, strict: bool = False) -> Reading:
        """Observations of one entry.

        Args:
            text: What was looked at or complained of.
            side: Side given with the entry; words in the text may name one too.
            value: What was found; empty means present.
            place: Where the entry stands, for messages.
            strict: Only whole phrases and the grammar of an examination; no guess from words in any order. For running text.
        """
        text, value = (_LEFT_OVER.sub(r"\1", " ".join(t.split())) for t in (text, value))  # the patterns below know single blanks only
        if _ABOUT_CARE.search(text) and not (_RESPONSE.match(text) and self.lexicon.findings.find(content(tokens(text)), set())):
            return Reading((), Tempo(None, None), True)
        if _VITAL_SIGN.match(text) and _MEASURED.match(value):
            return Reading((), Tempo(None, None), True)
        if _BLADDER.search(text) and _FULL.match(value):
            return Reading((), Tempo(None, None), True)  # of a bladder "full" is no word of health
        if text.lower() == TIME_COURSE:
            return Reading((), read_tempo(value), True)
        if _AGREES.match(value) and (denied := self._denied_by_itself(text)):
            text, value = denied
        words = content(tokens(text))
        said = f"{text}: {value}" if value else text
        if _DENIED_VERB.match(value) or (_SPHINCTERS.match(text) and _NOTHING.match(value)):
            value = "none: normal" if self._signs(words, set()) else "absent"
        side = _side(side, tokens(text), tokens(value))
        status = read_status(value)
        special = None if "unknown" in status else self._special(text, value, side, said, place)
        if special is not None:
            return Reading(special, Tempo(None, None), True)
        of_it = read_status(without_other_denials(value, frozenset(t.stem for t in words) | _GENERAL))
        tempo = Tempo(None, None) if "no" in of_it and "positive" not in of_it else read_tempo(f"{text} ; {value}")
        if "rest" in read_status(text) and (status.flags & {"healthy", "good"} or status.reflex is not None):
            return Reading(self._softly_normal(self._rest_of(words), _REST_NORMAL, said, place), Tempo(None, None), True)
        whole = self._across(text, value)
        named, proposition = ([], None) if whole else self._named(text, words, status, value, strict)
        if not named and not whole and (len(content(tokens(value))) > 1 or self._attributes(content(tokens(value)), set())):
            named = self._named_together(text, value)
        observations = [o for n in named for o in self._observe(n, side, status if _own_state(n) else of_it, proposition, said, place)]
        observations += [o for f in whole for o in self._on_sides(f, side, _present(f), said, place)]
        weak = any(n.finding.attribute == "strength" for n in named)
        observations += self._also_in(value, side, {n.finding.id for n in named} | {f.id for f in whole}, place, weak)
        if re.search(r"\b(pain|ache|painful)", text, re.I):
            observations += self._severe_pain(named, status, side, said, place)
        if (
            _LEVEL.search(said)
            and any(n.finding.attribute == "sensation" or n.finding.id in _SENSORY for n in named)
            and not status.flags & {"no", "unknown"}
        ):
            observations += self._on_sides(self.kb.findings["sensory-level"], Side.UNSTATED, (0.1, 1.0), said, place)
        about_time = any(t.stem in _TIME_WORDS for t in words)
        unexamined = "unknown" in status and bool(named)
        understood = bool(observations) or unexamined or (tempo.says_something and about_time)
        if observations and not about_time and all(self.kb.findings[o.finding].kind is Kind.RISK for o in observations):
            tempo = Tempo(None, None)  # thirty years of ankylosing spondylitis say nothing of the weakness
        return Reading(tuple(observations), tempo, understood, weak)

    def _rest_of(self, words: list[Token]) -> tuple[str, ...]:
        """What "the rest" may mean: of the whole examination, of the muscles alone; other sensation or reflexes name nothing."""
        attributes = {ATTRIBUTE_OF[t.stem][0] for t in words if t.stem in ATTRIBUTE_OF}
        if any(t.word in _REST_OF_A_PART for t in words):
            return ()
        if attributes == {"reflex"}:
            return ("reflex-arm",)
        if attributes - {"strength"}:
            return ()
        return _REST_OF_MUSCLES if attributes or any(t.stem == _MUSCLE for t in words) else _REST

    def _denied_by_itself(self, text: str) -> tuple[str, str] | None:
        """ "No foot drop" and "fever denied" as what is denied and "absent"; None where the denial belongs to a phrase ("no appetite")."""
        for pattern in (_DENIED_FIRST, _DENIED_LAST):
            match = pattern.search(text)
            bare = pattern.sub("", text)
            if match and bare.strip():
                words = content(tokens(text))
                phrases = {i for _, used in self.lexicon.findings.find(words, set()) for i in used}
                if not any(match.start("no") <= words[i].start < match.end("no") for i in phrases):
                    return bare, "absent"
        return None

    # -- what is named -----------------------------------------------------------------------------------------------

    def _named(self, text: str, words: list[Token], status: Status, value: str, strict: bool) -> tuple[list[_Named], Status | None]:
        """Findings named in the text, and the status that the text itself asserts ("absent ankle reflex")."""
        taken: set[int] = set()
        if _POSSIBLE.match(value) and (able := self._terms("ability", words, set())):
            return _distinct([_Named(self.kb.findings[t], True, ability=True) for targets, _ in able for t in targets]), None
        phrases = self.lexicon.findings.find(words, taken)
        graded = value != "" and bool({"lost", "reduced"} & status.flags)
        if movements := [p for p in phrases if self._names_movement(words, *p, graded)]:
            phrases = [p for p in phrases if p not in movements]
            taken -= {i for _, used in movements for i in used}
        named = [
            _Named(self.kb.findings[target], False, mild=_where_mild([words[i] for i in used])) for targets, used in phrases for target in targets
        ]
        named += [_Named(f, False) for f in self._held_within(phrases, words) if f.id not in {n.finding.id for n in named}]
        by_phrase = set(taken)
        trouble = any(t.stem in _TROUBLE for t in words)
        signs = self._signs(words, taken)
        named += [_Named(self.kb.findings[t], not trouble) for targets, _ in signs for t in targets]
        abilities = [] if any(ATTRIBUTE_OF.get(t.stem) == ("pain", False) for t in words) else self._terms("ability", words, taken)
        named += [_Named(self.kb.findings[t], True, ability=True) for targets, _ in abilities for t in targets]
        attributes = self._attributes(words, taken)
        if not attributes and not named and (said := self._attributes(content(tokens(value)), set())):
            attributes = [(a, False) for a, function_noun in said if not function_noun and self._terms(a, words, set(taken))]
        if not attributes and not named and _SHORTER.search(value):
            attributes = [("wasting", False)]
        if not attributes and not named and not _OF_RANGE.search(value) and self._movement_only(
            words, taken, status if value else _only_lost(text)
        ):
            attributes = [("strength", not trouble)]
        grammar = self._by_grammar(words, by_phrase, attributes)
        consumed = [(a, False) for a, f in self._attributes(words, set()) if (a, f) not in attributes]
        if any(n.finding.id == _SENSORY[0] for n in named) and ("sensation", False) not in consumed:
            consumed.append(("sensation", False))  # "the outer side of the calf feels dull"
        grammar += self._by_grammar(words, set(range(len(words))) & taken, consumed, leave=taken)
        named += [n for n in grammar if n.finding.id not in {m.finding.id for m in named}]
        if not named and attributes and value:
            named = self._by_grammar(content(tokens(value)), set(), attributes)
        if not named:
            named = self._general(words, attributes, "no" in status)
        if not named and not strict:
            named = self._bag(words)
        if _LEGS.search(f"{text} {value}") and not _ARMS.search(f"{text} {value}") and any(n.finding.id == "reflex-ankle" for n in named):
            named = [n for n in named if n.finding.id != "reflex-arm"]  # "tendon reflexes: absent in the legs"
        own = read_status(text) if any(n.function_noun for n in named) else None
        asserts = own is not None and bool(own.flags & {"lost", "reduced", "increased", "no", "healthy"}) and not (trouble and not grammar)
        return _distinct(named), own if asserts else None

    def _held_within(self, phrases: Sequence[tuple[tuple[str, ...], tuple[int, ...]]], words: list[Token]) -> Iterator[Finding]:
        """A deficit named inside a longer phrase of a symptom: "woke with foot drop", "bladder or bowel trouble"."""
        for targets, used in phrases:
            inner = [words[i] for i in used]
            if len(used) < 3 or any(t.stem in _DENIALS for t in inner) or any(self.kb.findings[t].kind is Kind.RISK for t in targets):
                continue
            first, last = inner[0], inner[-1]
            if last.word in _DIRECTIONS:
                continue  # "cannot move the foot downwards" is not "cannot move the foot"
            for part in ([t for t in inner if t is not first], [t for t in inner if t is not last]):
                for more, held in self.lexicon.findings.find(part, set()):
                    if len(held) > 1:
                        yield from (f for t in more if (f := self.kb.findings[t]).parent == "footprint" and t not in targets)

    def _names_movement(self, words: list[Token], targets: tuple[str, ...], used: tuple[int, ...], graded: bool) -> bool:
        """Whether the words of a phrase are rather the name of a movement, of which something is said.

        "Walking on tiptoe: impossible" is no habit of a child, and "curling the toes is weak" no weakness of the whole foot.
        """
        weak = [i for i in used if ATTRIBUTE_OF.get(words[i].stem) == ("strength", False)]
        place = set(used) - set(weak)
        if not weak and (not graded or all(self.kb.findings[t].kind is Kind.STRENGTH for t in targets)):
            return False
        names = [set(more) for a in ("strength", "ability") for _, more in self._terms(a, words, set())]
        return bool(place) and any(place < name if weak else place <= name for name in names)

    def _signs(self, words: list[Token], taken: set[int]) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
        """Signs named in the text. A single word that belongs to a longer name is no sign: "plantars", but not "plantar flexion"."""
        longer = {i for a in _FUNCTION_NOUNS for _, used in self._terms(a, words, set(taken)) if len(used) > 1 for i in used}
        signs = [s for s in self._terms("sign", words, set(taken)) if len(s[1]) > 1 or s[1][0] not in longer]
        taken.update(i for _, used in signs for i in used)
        return signs

    def _across(self, text: str, value: str) -> list[Finding]:
        """Phrases that run over finding and value: "calf squeeze test: no plantar flexion", "feet: cool"."""
        if not value or only_status(value) or _DENIED_VERB.match(value):
            return []
        found: dict[str, Finding] = {}
        for first, second in ((text, value), (value, text)):
            words = content(tokens(f"{first} {second}"))
            border = len(content(tokens(first)))
            for targets, used in self.lexicon.findings.find(words, set()):
                if min(used) < border <= max(used) and not _denied(words, used) and not self._names_movement(words, targets, used, True):
                    found.update({t: self.kb.findings[t] for t in targets})
        return list(found.values())

    def _named_together(self, text: str, value: str) -> list[_Named]:
        """ "Buttock: tense, swollen, painful": a place, and in the value what is wrong with it."""
        together = content(tokens(f"{text} {value}"))
        named = []
        for said in (f"{text} {value}", *(f"{part} {text}" for part in re.split(r"[,;]|\band\b", value) if part.strip())):
            words = content(tokens(said))
            found = self.lexicon.findings.find(words, set())
            named += [
                _Named(self.kb.findings[t], False, asserted=True) for targets, used in found if not _denied(words, used) for t in targets
            ]
        symptoms = [(a, False) for a, function_noun in self._attributes(content(tokens(value)), set()) if not function_noun]
        denied = any(t.stem in _DENIALS for t in together)
        return _distinct(named + ([] if denied else self._by_grammar(content(tokens(text)), set(), symptoms)))

    def _terms(self, attribute: str, words: list[Token], taken: set[int]) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
        index = self.lexicon.terms.get(attribute)
        return index.find(words, taken) if index else []

    def _attributes(self, words: list[Token], taken: set[int]) -> list[tuple[str, bool]]:
        free = [t for i, t in enumerate(words) if i not in taken]
        if any(t.stem == _PASSIVE for t in words):
            return []
        found = [ATTRIBUTE_OF[t.stem] for t in free if is_attribute(t, words)]
        modalities = {t.stem for t in words if t.stem in _MODALITIES}
        if modalities and modalities <= _DEEP_SENSE:  # a sign of its own, not numb skin
            return [(a, f) for a, f in found if a != "sensation"]
        if modalities:  # "pinprick, pain and temperature": pain is a kind of feeling here
            found = [("sensation", True) if a == "pain" else (a, f) for a, f in found] or [("sensation", True)]
        return list(dict.fromkeys(found))

    def _movement_only(self, words: list[Token], taken: set[int], status: Status) -> bool:
        """ "Knee flexion: 4/5" and "eversion: paralysed" are about strength though nobody says so."""
        graded = status.mrc is not None or bool(status.flags & {"severe", "lost", "reduced", "healthy", "good"})
        passive = any(t.stem == _PASSIVE or t.word == "range" for t in words)
        return (
            graded and not passive and not any(_IMAGING.search(t.word) for t in words) and bool(self._terms("strength", words, set(taken)))
        )

    def _by_grammar(
        self, words: list[Token], by_phrase: set[int], attributes: list[tuple[str, bool]], leave: set[int] | None = None
    ) -> list[_Named]:
        """Places under each attribute; words in `leave`, or attribute words of a phrase already read, are not used again."""
        named: list[_Named] = []
        for attribute, function_noun in attributes:
            index = self.lexicon.terms.get("sensation" if attribute == "tingling" else attribute)
            if index is None:
                continue
            taken = set(leave) if leave is not None else {i for i in by_phrase if words[i].stem in ATTRIBUTE_OF}
            found = _with_shared_head(index.find(words, taken), words, index, taken)
            spared = next((i for i, t in enumerate(words) if t.stem in _SPARING), len(words))
            found = [(targets, used) for targets, used in found if min(used) < spared and words[min(used)].lead not in _EXTENT]
            soft = _TINGLING_CERTAINTY if attribute == "tingling" else 1.0
            mild = _where_mild([t for t in words if t.stem in ATTRIBUTE_OF])
            named += [_Named(self.kb.findings[t], function_noun, soft, mild=mild) for targets, _ in found for t in targets]
            if attribute == "tingling":
                named += [_Named(self.kb.findings[t], False) for t in _tingling_place(words) if t in self.kb.findings]
        return named

    def _general(self, words: list[Token], attributes: list[tuple[str, bool]], absent: bool) -> list[_Named]:
        """An attribute with no place: "sensation: intact", "weakness: present"."""
        general = {
            "sensation": ["sensory-loss-any"],
            "strength": ["weak-leg"],
            "wasting": ["wasting-leg"],
            "reflex": ["reflex-knee", "reflex-ankle"],
            "pain": ["leg-pain"],
            "tingling": ["tingling-leg"],
            "swelling": ["leg-swelling"],
        }
        informative = (
            [] if absent else [t for t in words if t.stem not in ATTRIBUTE_OF and t.stem not in SIDES and t.stem not in _FILLERS]
        )
        if informative:
            return []
        return [_Named(self.kb.findings[t], f) for a, f in attributes for t in general.get(a, []) if t in self.kb.findings]

    def _bag(self, words: list[Token]) -> list[_Named]:
        have = {t.stem for t in words if t.stem not in SIDES and t.stem not in _FILLERS}
        if not have:
            return []
        best = self.lexicon.findings.bag(have, _LEAST_BAG_COVER)[:1]
        return [_Named(self.kb.findings[t], False) for _, phrase in best for t in phrase.targets]

    # -- what is said of it ------------------------------------------------------------------------------------------

    def _observe(self, named: _Named, side: Side, status: Status, proposition: Status | None, said: str, place: str) -> list[Observation]:
        finding, function_noun = named.finding, named.function_noun
        if finding.id == "dilated-pupils" and function_noun and _EQUAL.search(said):
            return []  # both may be wide
        says_itself = (
            bool(status.flags & {"lost", "reduced", "increased", "healthy", "good"}) or status.mrc is not None or status.reflex is not None
        )
        if "unknown" in status and status.mrc is None:
            return []
        if proposition is not None and function_noun and not says_itself:
            denied = "no" in status and not _STARTS_WITH_NO.match(said)
            result = weights(finding.kind, True, read_status("normal") if denied else proposition)
        elif status.empty and function_noun:
            return []
        elif named.ability and {"lost", "no", "reduced"} & status.flags:
            result = (0.0, *(1.0 for _ in finding.states[1:]))
        else:
            named_sign = function_noun and finding.attribute == "sign" and bool(_NAMED_SIGN.search(said.split(":")[0]))
            result = weights(finding.kind, function_noun, status, named_sign)
        if result is None:
            return []
        if finding.attribute == "pain" and _EASED.search(said.partition(":")[2]):
            result = (0.4, 1.0)  # a pain that has gone was there
        if finding.kind is Kind.RISK and "past" in status and "no" in status:
            result = (0.5, 1.0)  # "heavy in the past, none for years": the past counts for something
        if finding.kind is Kind.STRENGTH and result == _present(finding):
            result = (result[0], named.mild, *result[2:])
        if named.soft < 1.0 and result[0] < max(result[1:]):
            top = max(result)
            result = tuple(w / top * named.soft if i else 1 - named.soft for i, w in enumerate(result))
        if finding.id == "weak-generalised" and side in (Side.LEFT, Side.RIGHT):  # arm and leg of one side
            parts = [self.kb.findings[f] for f in _ARM_AND_LEG if f in self.kb.findings]
            return [
                o for part in parts for o in self._on_sides(part, side, (result[0], *(result[-1] for _ in part.states[1:])), said, place)
            ]
        return self._on_sides(finding, side, result, said, place) + self._movements_of(finding, side, status, said, place)

    def _on_sides(self, finding: Finding, side: Side, result: tuple[float, ...], said: str, place: str) -> list[Observation]:
        sides = [Side.UNSTATED] if not finding.sided else [Side.LEFT, Side.RIGHT] if side is Side.BOTH else [side]
        return [Observation(finding.id, s, result, said, place) for s in sides]

    def _movements_of(self, finding: Finding, side: Side, status: Status, said: str, place: str) -> list[Observation]:
        """A grade of a whole part is a grade of its movements; a paralysed leg moves nothing."""
        if finding.id not in _MOVEMENTS:
            return []
        count = len(_MOVEMENTS[finding.id])
        if status.mrc is not None:  # one grade told is one piece of evidence, shared by the movements
            result = tuple(max(w, 0.05) ** (1 / count) for w in status.mrc.state_weights)
        elif _WHOLE_LEG_LOST.search(said) and "no" not in status:
            result = (0.0, 0.25, 1.0)
        else:
            return []
        return [
            o
            for id_ in _MOVEMENTS[finding.id]
            if id_ in self.kb.findings
            for o in self._on_sides(self.kb.findings[id_], side, result, said, place)
        ]

    def _also_in(self, value: str, side: Side, known: set[str], place: str, about_weakness: bool = False) -> list[Observation]:
        """Further findings told in the value: "2 days, sudden while lifting furniture"."""
        words = content(tokens(value))
        found = []
        for targets, used in self.lexicon.findings.find(words, set()):
            for finding in (self.kb.findings[t] for t in targets if t not in known and (about_weakness or t not in _SYMMETRY)):
                result = weights(finding.kind, False, read_status("absent" if _denied(words, used) else "present"))
                if result:
                    found += self._on_sides(finding, side, result, value, place)
        return found

    def _severe_pain(self, named: list[_Named], status: Status, side: Side, said: str, place: str) -> list[Observation]:
        if (
            ("severe" in status or _SEVERE_PAIN.search(said))
            and "no" not in status
            and "severe-pain-onset" in self.kb.findings
            and any(n.finding.attribute == "pain" for n in named)
        ):
            return self._on_sides(self.kb.findings["severe-pain-onset"], side, (0.15, 1.0), said, place)
        return []

    def _rash(self, text: str, value: str, side: Side, said: str, place: str) -> tuple[Observation, ...]:
        """ "No rash" denies every rash; a rash of one side of one leg is, if anything, shingles."""
        rashes = [f for f in self.kb.findings.values() if "rash" in f.id or f.id in ("skin-vasculitic", "gottron-papules")]
        if "no" in read_status(value) and "positive" not in read_status(value):
            return tuple(o for f in rashes for o in self._on_sides(f, side, (1.0, 0.0), said, place))
        if side in (Side.LEFT, Side.RIGHT) and "zoster-rash" in self.kb.findings:
            return tuple(self._on_sides(self.kb.findings["zoster-rash"], side, (_OTHER_RASH, 1.0), said, place))
        return ()

    def _softly_normal(self, ids: tuple[str, ...], chance: float, said: str, place: str) -> tuple[Observation, ...]:
        """Soft evidence that findings nobody named are healthy: "the rest of the examination is normal"."""
        found = []
        for finding in (self.kb.findings[t] for t in ids if t in self.kb.findings):
            soft = (1.0, *(chance for _ in finding.states[1:]))
            found += self._on_sides(finding, Side.UNSTATED, soft, said, place)
        return tuple(found)

    def _names_relative(self, text: str) -> bool:
        """Whether a phrase of the vocabulary holds the word for the relative: "parents are cousins", "mother died"."""
        words = content(tokens(text))
        return any(_RELATIVE.search(words[i].word) for _, used in self.lexicon.findings.find(words, set()) for i in used)

    def _all_reflexes(self, prefix: str, text: str, side: Side, said: str, place: str, denied: bool) -> tuple[Observation, ...]:
        """ "Areflexia" names the state of all reflexes, or of those of the limbs, joints and side that are named."""
        words = content(tokens(text))
        named = [t for targets, _ in self._terms("reflex", words, set()) for t in targets]
        if not named:
            legs, arms = _LEGS.search(text) is not None, _ARMS.search(text) is not None
            named = ["reflex-knee", "reflex-ankle"] if legs or not arms else []
            named += ["reflex-arm"] if arms or not legs else []
        state = (1.0, 0.0, 0.1, 0.1) if denied else _REFLEX_STATE[prefix]
        where = Side.BOTH if side is Side.UNSTATED else side
        return tuple(
            o for t in dict.fromkeys(named) if t in self.kb.findings for o in self._on_sides(self.kb.findings[t], where, state, said, place)
        )

    def _special(self, text: str, value: str, side: Side, said: str, place: str) -> tuple[Observation, ...] | None:
        """Findings whose value is a measurement: temperature, angle of the straight leg raise."""
        lowered = text.lower()
        if _BACKGROUND.search(text):
            return tuple(self._also_in(value, side, set(), place))
        if "passive" in lowered and "full" in value.lower():
            return ()
        if _RELATIVE.search(text) and (value or _ILL.search(text)) and not self._names_relative(text):
            spastic = re.search(r"\b(stiff|spastic)", f"{text} {value}", re.I) is not None
            id_ = "family-history-spastic" if spastic else "family-history-neuromuscular"
            none = bool(re.match(r"\s*(none|no|nil|well|healthy|unaffected|absent|negative)\b", value, re.I))
            return (Observation(id_, Side.UNSTATED, (1.0, 0.0) if none else (0.0, 1.0), said, place),) if id_ in self.kb.findings else None
        if _FAMILY.search(text) and (_LITTLE.search(value + " ") or re.match(r"\s*(unremarkable|clear|negative)\W*$", value, re.I)):
            families = [f for f in self.kb.findings if f.startswith("family-history-")]
            return tuple(Observation(f, Side.UNSTATED, (1.0, 0.0), said, place) for f in families)
        for id_, pattern in _HABITS:
            if pattern.search(text) and id_ in self.kb.findings:
                status = read_status(value)
                past = "past" in status or "stopped" in value.lower()
                likelihood = (0.5, 1.0) if past and _LITTLE.search(value) else (1.0, 0.0) if _LITTLE.search(value) else (0.0, 1.0)
                return (Observation(id_, Side.UNSTATED, likelihood, said, place), *self._also_in(value, side, {id_}, place))
        if _AGGRAVATING.search(text) or _EASING.search(text):
            prefix = "worse on" if _AGGRAVATING.search(text) else "relieved by"
            parts = [p for p in re.split(r"[,;]|\band\b|\bor\b", value) if p.strip()]
            read = [o for part in parts for o in self.read(f"{prefix} {part.strip()}", side, "", place).observations]
            return tuple(replace(o, text=said) for o in read)
        if (
            (roots := _ROOTS.findall(f"{text} {value}"))
            and _OF_ROOT.search(text)
            and not self._terms("strength", content(tokens(text)), set())
        ):
            movements = dict.fromkeys(_ROOT_MOVEMENTS[r.upper()] for r in roots)
            known = [self.kb.findings[m] for m in movements if m in self.kb.findings]
            if known and "no" not in read_status(value) and not re.search(r"dermatom|sens|numb|pain|skin|rash", f"{text} {value}", re.I):
                return tuple(o for f in known for o in self._on_sides(f, side, (0.35, 1.0, 0.6), said, place))
        if _BARE_PLANTAR.search(text) and "plantar-extensor" in self.kb.findings and (_UPGOING.search(value) or _DOWNGOING.search(value)):
            likelihood = (0.0, 1.0) if _UPGOING.search(value) else (1.0, 0.0)
            return tuple(self._on_sides(self.kb.findings["plantar-extensor"], side, likelihood, said, place))
        if _TOE_WALKING.search(text) and _SINCE.search(value) and "toe-walking-child" in self.kb.findings:
            return tuple(self._on_sides(self.kb.findings["toe-walking-child"], side, (0.0, 1.0), said, place))
        if _EXAMINATION.search(text) and _FINE.search(value):
            return self._softly_normal(_EXAMINED, _EXAMINED_NORMAL, said, place)
        if _RASH.search(text) and (rash := self._rash(text, value, side, said, place)):
            return rash
        if (match := _ALL_REFLEXES.search(said)) and not _BLADDER.search(text):
            return self._all_reflexes(match.group(1).lower(), f"{text} {value}", side, said, place, denied="no" in read_status(value))
        if (
            _TONE.search(text)
            and not _OTHER_TONE.search(text)
            and not _LOW_TONE.search(text)
            and not _HIGH_TONE.search(text)
            and _LOW_TONE.search(value)
            and "flaccid-tone" in self.kb.findings
        ):
            return tuple(self._on_sides(self.kb.findings["flaccid-tone"], side, (0.0, 1.0), said, place))
        if _PLANTAR.search(text) and _MUTE.search(value) and "plantar-extensor" in self.kb.findings:
            return tuple(self._on_sides(self.kb.findings["plantar-extensor"], side, (1.0, 0.6), said, place))
        if "temperature" in lowered and (match := _TEMPERATURE.search(value)) and "fever" in self.kb.findings:
            degrees = float(match.group(1))
            celsius = (degrees - 32) * 5 / 9 if (match.group(2) or "").lower().startswith("f") or degrees > 60 else degrees
            present = celsius >= _FEVER_CELSIUS
            return (Observation("fever", Side.UNSTATED, (0.0, 1.0) if present else (1.0, 0.0), said, place),)
        if (
            re.search(r"straight[- ]leg|\bslr\b|lasègue|lasegue", lowered)
            and (match := _DEGREES.search(value))
            and "straight-leg-raise" in self.kb.findings
        ):
            angle = float(match.group(1))
            likelihood = (0.0, 1.0) if angle <= 60 else (1.0, 0.2) if angle < 75 else (1.0, 0.0)
            return tuple(self._on_sides(self.kb.findings["straight-leg-raise"], side, likelihood, said, place))
        return None


def _only_lost(text: str) -> Status:
    """ "Only a flicker in the knee flexors": strength told within the wording, where it is all but gone."""
    return read_status(text if _FLICKER.search(text) else "")


def _present(finding: Finding) -> tuple[float, ...]:
    """Hard evidence that a finding is there, its degree open."""
    return (0.0, *(1.0 for _ in finding.states[1:]))


def _where_mild(words: list[Token]) -> float:
    """How likely a wording of weakness is where the weakness is mild: a foot that drops, a limb that cannot be moved, is mostly severely weak."""
    said = {t.stem for t in words}
    if said & _PARALYSED or said >= _FOOT_DROP:
        return _MILD_BUT_PARALYSED
    return _MILD_BUT_UNABLE if CANNOT in said else 1.0


def _own_state(named: _Named) -> bool:
    """Whether a denial in the value is the state of what was named, as with a reflex or a function that is lost."""
    return named.function_noun or named.finding.kind is Kind.REFLEX


def only_status(value: str) -> bool:
    """Whether a value is nothing but a status, a grade or a time."""
    return _PLAIN.match(value) is not None


def _denied(words: list[Token], used: tuple[int, ...]) -> bool:
    """Whether a denial stands just before the phrase: "no trauma", "not on antiretroviral therapy"."""
    first = min(used)
    before = words[max(0, first - 2) : first]
    if any(t.stem in _NO_BENEFIT for t in before):  # "no response to steroids": they were given
        return False
    return any(t.stem in _DENIALS for t in before)


def _side(given: Side, *texts: list[Token]) -> Side:
    if given is not Side.UNSTATED:
        return given
    for words in texts:
        found = {SIDES[t.stem] for t in words if t.stem in SIDES}
        if Side.BOTH in found or len(found) == 2:
            return Side.BOTH
        if found:
            return found.pop()
    return Side.UNSTATED


def _distinct(named: list[_Named]) -> list[_Named]:
    return list({n.finding.id: n for n in reversed(named)}.values())[::-1]


def _tingling_place(words: list[Token]) -> list[str]:
    have = {t.stem for t in words}
    hands = ["tingling-hands"] if have & {stem("hand"), stem("fingers")} else []
    feet = ["tingling-feet"] if have & {stem("foot"), stem("toe"), stem("sole")} else []
    return hands + feet or ["tingling-leg"]


def _with_shared_head(
    found: list[tuple[tuple[str, ...], tuple[int, ...]]], words: list[Token], index: Index, taken: set[int]
) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """ "Hip flexion, abduction and adduction": the joint named once goes for each movement that follows."""
    result = list(found)
    heads = [(min(used), words[min(used)]) for _, used in found if len(used) > 1]
    for place, head in heads:
        for i, token in enumerate(words):
            if i in taken or i <= place:
                continue
            more = index.find([head, replace(token, after_break=False)], set())
            if more and len(more[0][1]) == 2:
                taken.add(i)
                result.append((more[0][0], (i,)))
    return result
