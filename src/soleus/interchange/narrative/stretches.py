"""A sentence to its stretches: cut at its joints, and what belongs together, as in a list, put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from soleus.domain.finding import Side
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.narrative import cues
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.interchange.phrases.reader import ATTRIBUTE_OF, SIDES, is_attribute, only_status
from soleus.interchange.phrases.status import Status, read_status
from soleus.interchange.phrases.words import Token, content, tokens

_HARD = lazy_pattern(r"[,;:()\[\]–—]|\s[-/]\s")
_JOINTS = frozenset(
    "and or nor but with then while whereas although though however yet which who whom so because until plus without besides except "
    "apart aside leaving despite".split()
)
_FRONTED = "fronted"
"""Joint of a main clause after a phrase put before it: "without any injury | the calf began to hurt"."""
TURNS = frozenset(
    "but however although though yet whereas while except besides apart aside other leaving because despite then now".split()
) | {_FRONTED}
"""A clause after these is not under the denial before them."""
_BEFORE_SUBJECT = frozenset(
    "that than as if when where why how whether what since before after once did does do has had have was were is".split()
)
_WITH_WHAT = frozenset("trouble troubles problem problems difficulty difficulties issue issues wrong struggle struggles struggling".split())
EXCEPTIONS = frozenset("except besides apart aside other".split())
_FRONTS = frozenset("without for with after despite apart aside besides except".split())
_SUBJECTS = frozenset("the my his her both i he she it they there one a".split())
_PREPOSITIONS = frozenset("of in on at to with for from by after since during over under between around along down up into any no".split())
_MOVEMENTS = frozenset("flexion extension abduction adduction rotation inversion eversion flexors extensors abductors adductors".split())
_REPORTS = frozenset(
    "complains complained presents presented reports reported developed develops noticed notices describes described mentions admitted "
    "comes came".split()
)
"""Verbs that open what is told of the person: a denial before them does not reach over."""
_BEFORE_PARTICIPLE = frozenset("he she i who not been is are was were be being never has have had also".split())


@dataclass
class Atom:
    """A stretch between two joints of a sentence, and what stands in it."""

    start: int
    end: int
    words: list[Token]
    joint: str
    phrases: bool
    symptoms: frozenset[str]
    functions: frozenset[str]
    places: frozenset[str]
    """Attributes under which a muscle, reflex or area is named."""
    status: Status
    verb: bool
    side: Side
    last_name: int
    """Where the last name of a thing ends."""
    phrase_words: frozenset[int]
    """Where the words of whole phrases of the vocabulary begin."""
    first_name: int
    phrase_spans: tuple[tuple[int, int], ...] = ()
    hidden: frozenset[str] = frozenset()
    """Attributes of which a place is named inside a phrase: "weakness of the leg" names a place that may be numb."""

    @property
    def words_before_verb(self) -> bool:
        """Whether anything is named before its verb, so that it has a subject of its own."""
        if self.words and self.words[0].word in ("all", "both", "not"):
            return self.words[0].word != "not" and bool(self.hidden)  # "all movements of the foot are paralysed"
        return bool(self.words) and self.words[0].word not in cues.VERB

    @property
    def about(self) -> frozenset[str]:
        """Attributes it speaks of: those named by a noun, else those of its places."""
        return self.symptoms | self.functions or self.places

    @property
    def bare_symptom(self) -> bool:
        """ "numbness" in "numbness and weakness of the left leg"."""
        return bool(self.symptoms) and not self.places and not self.phrases and not self.verb

    @property
    def bare_place(self) -> bool:
        """ "knee" in "knee and ankle reflexes are absent"."""
        return bool(self.places) and not (self.symptoms or self.functions or self.phrases or self.verb or self.says)

    @property
    def says(self) -> bool:
        return bool(self.status.flags - {"past", "maybe", "rest"}) or self.graded

    @property
    def graded(self) -> bool:
        return self.status.mrc is not None or self.status.reflex is not None

    @property
    def names(self) -> bool:
        return bool(self.phrases or self.symptoms or self.functions or self.places)


def stretches(sentence: str, lexicon: Lexicon) -> list[Atom]:
    """The stretches of a sentence between its joints, lists put together again."""
    return _merged(_atoms(sentence, lexicon), sentence)


def _atoms(sentence: str, lexicon: Lexicon) -> list[Atom]:
    words = tokens(sentence)
    if not words:
        return []
    whole = _across_joints(words, sentence, lexicon)
    kept = {words[i].start for i in whole}
    cuts = [i for i in range(1, len(words)) if _is_cut(sentence, words, i) and i not in whole]
    bounds = [0, *cuts, len(words)]
    pieces = [(a, b) for a, b in pairwise(bounds) if b > a]
    return [_atom(sentence, words, a, b, lexicon, kept) for a, b in pieces]


def _across_joints(words: list[Token], sentence: str, lexicon: Lexicon) -> set[int]:
    """Words inside a phrase of three words or more, which no joint may cut: "control of bladder and bowel"."""
    place = {t.start: i for i, t in enumerate(words)}
    everything = content(words)
    meaning = [t for t in everything if t.word not in _JOINTS or t.word in ("no", "nor")]
    inside: set[int] = set()
    for items in (meaning, everything) if len(everything) > len(meaning) else (meaning,):
        for _, used in lexicon.findings.find(items, set()):
            if len(used) > 2:
                first, last = place[items[used[0]].start], place[items[used[-1]].start]
                named = {items[i].start for i in used}
                if any(t.word in TURNS and t.start not in named for t in words[first + 1 : last]):
                    continue
                if not _HARD.search(sentence[words[first].end : words[last].start]) or last - first < 6:
                    inside.update(range(first + 1, last + 1))
    return inside


def _is_cut(sentence: str, words: list[Token], i: int) -> bool:
    between = sentence[words[i - 1].end : words[i].start]
    if _HARD.search(between):
        return not (between.strip() == "," and words[i - 1].word.isdigit() and words[i].word.isdigit())
    if words[i].word == "without" and cues.WITHOUT_TROUBLE.match(sentence, words[i].start):
        return False
    if words[i].word == "with" and words[i - 1].word in _WITH_WHAT:
        return False  # "trouble with my bladder"
    if _joins_roots(words, i) or (words[i].word == "so" and words[i - 1].word in cues.VERB):
        return False  # "an L5 and S1 pattern", "my calf is so thin"
    if words[i].word in ("he", "she", "they", "i") and i > 2 and words[i - 1].word not in _JOINTS | _BEFORE_SUBJECT:
        return any(t.word in cues.VERB or t.word in _REPORTS for t in words[i + 1 : i + 3])
    reports = words[i].word in _REPORTS and i > 3 and words[i - 1].word not in _BEFORE_PARTICIPLE
    return words[i].word in _JOINTS or _is_exception(words, i) or _is_fronted(words, i) or reports


def _joins_roots(words: list[Token], i: int) -> bool:
    around = words[i - 1 : i + 2 : 2]
    return words[i].word == "and" and len(around) == 2 and all(cues.ROOT.fullmatch(t.word) for t in around)


def _is_exception(words: list[Token], i: int) -> bool:
    """ "Other than" in "no complaints other than a foot drop"."""
    return words[i].word == "other" and i + 1 < len(words) and words[i + 1].word == "than"


def _is_fronted(words: list[Token], i: int) -> bool:
    """Whether the main clause begins here, after a phrase put before it: "for no reason | the left leg went weak"."""
    return (
        words[i].word in _SUBJECTS
        and 2 <= i <= 6
        and words[0].word in _FRONTS
        and words[i - 1].word not in _PREPOSITIONS | _SUBJECTS
        and any(t.word in cues.VERB or t.word in ("went", "gave", "turned") for t in words[i + 1 :])
        and not any(t.after_break for t in words[1 : i + 1])
    )


def _atom(sentence: str, words: list[Token], a: int, b: int, lexicon: Lexicon, kept: set[int]) -> Atom:
    inside = words[a:b]
    joint = inside[0].word if inside[0].word in _JOINTS or (a and _is_exception(words, a)) else ""
    meaning = [t for t in content(inside) if t.word == "without" or t.word not in _JOINTS or (t is not inside[0] and t.start in kept)]
    start = inside[1].start if joint and len(inside) > 1 and joint != "without" else inside[0].start
    if joint == "and" and inside[1:2] and inside[1].word in TURNS:
        joint = inside[1].word
    elif not joint and a and _is_fronted(words, a):
        joint = _FRONTED
    elif joint == "because" and inside[1:2] and inside[1].word == "of":
        joint = "with"
    end = inside[-1].end
    tail = re.match(r"\s*[%+°]|\+", sentence[end : end + 3])
    end += tail.end() if tail else 0
    said = sentence[start:end]
    found = [f for f in lexicon.findings.find(meaning, set()) if not _pain_denied_of_a_place(f, meaning, lexicon)]
    by_phrase = {i for _, used in found for i in used}
    places: set[str] = set()
    last = max((meaning[i].end for i in by_phrase), default=0)
    firsts = [meaning[i].start for i in by_phrase]
    for attribute, index in lexicon.terms.items():
        hits = index.find(meaning, set(by_phrase))
        if hits:
            places.add(attribute)
            last = max(last, *(meaning[i].end for _, used in hits for i in used))
            firsts += [meaning[i].start for _, used in hits for i in used]
    nouns = [t for i, t in enumerate(meaning) if i not in by_phrase and is_attribute(t, meaning)]
    attributes = [ATTRIBUTE_OF[t.stem] for t in nouns]
    firsts += [t.start for t in nouns]
    measure = [m.span() for m in cues.COMPARED.finditer(sentence, start, end)]
    sides = {SIDES[t.stem] for t in inside if t.stem in SIDES and not any(a <= t.start < b for a, b in measure)}
    return Atom(
        start,
        end,
        meaning,
        joint,
        bool(found),
        frozenset(x for x, function in attributes if not function),
        frozenset(x for x, function in attributes if function),
        frozenset(places),
        read_status(said),
        any(t.word in cues.VERB for t in inside),
        Side.BOTH if Side.BOTH in sides or len(sides) == 2 else sides.pop() if sides else Side.UNSTATED,
        max([last, *(t.end for t in nouns)]),
        frozenset(meaning[i].start for i in by_phrase),
        min(firsts, default=end),
        tuple((meaning[min(used)].start, meaning[max(used)].end) for _, used in found),
        frozenset(a for a, index in lexicon.terms.items() if found and index.find(meaning, set())),
    )


def _pain_denied_of_a_place(phrase: tuple[tuple[str, ...], tuple[int, ...]], words: list[Token], lexicon: Lexicon) -> bool:
    """ "The calf does not hurt" is about the calf, not a complaint without pain."""
    targets, used = phrase
    return targets == ("painless",) and "pain" in lexicon.terms and bool(lexicon.terms["pain"].find(words, set(used)))


def _merged(atoms: list[Atom], sentence: str) -> list[Atom]:
    """Lists put together again: "knee | ankle reflexes are absent", "numbness | weakness of the leg", "reduced on the calf | the
    sole"."""
    result: list[Atom] = []
    for i, atom in enumerate(atoms):
        after = atoms[i + 1] if i + 1 < len(atoms) else None
        if result and atom.joint in ("", "and", "or", "nor") and _belongs(result[-1], atom, after, sentence):
            result[-1] = _together(result[-1], atom, sentence)
        else:
            result.append(atom)
    return result


def _belongs(last: Atom, atom: Atom, after: Atom | None, sentence: str) -> bool:
    """Whether a stretch continues the one before it."""
    if cues.PRONOUN.match(sentence, atom.start):
        return False  # "tingling below the knee, and it hurts"
    one_side = atom.side in (Side.UNSTATED, last.side) or last.side is Side.UNSTATED
    if last.says and last.places and "reflex" in last.places & atom.about:
        opening = cues.PRESENTED.sub("", sentence[last.start : last.first_name])
        verb = last.verb and opening == sentence[last.start : last.first_name]
        bare = not (last.functions or last.symptoms or last.phrases or verb or atom.says or atom.verb)
        if opening and only_status(opening):
            return bare and one_side  # "brisk knee | ankle jerks"
    if last.bare_symptom and (not last.says or len(last.words) == 1):
        return not atom.verb and bool((atom.symptoms and not atom.phrases) or last.symptoms & atom.hidden)
    if last.names and not atom.names and atom.says and sentence[last.end : atom.start].strip() == ":":
        return True  # "urinary retention: denied"
    if last.bare_place and cues.OF_PART.match(sentence[last.start : last.end]) and (atom.symptoms or atom.functions):
        return False  # "pain in the back and in the buttock and numbness of the leg"
    if last.bare_place and (last.places & atom.about or (not atom.names and _moves(atom))):
        return one_side
    if last.functions & atom.functions and not (last.places or last.verb or atom.verb or last.phrases or atom.phrases):
        return bool(atom.places)  # "reduced pinprick | touch over the thigh"
    if (
        last.places & atom.places
        and last.says
        and atom.bare_place
        and one_side
        and not (last.symptoms or last.functions or last.phrases or last.graded)
    ):
        return after is None or not after.says or after.joint in TURNS  # "normal over the thigh | saddle area"
    if last.functions & atom.places and not (
        last.says or last.phrases or atom.functions or atom.symptoms or atom.phrases or "sign" in atom.places
    ):
        return one_side  # "power in the arms | left leg was 5/5"
    if atom.bare_place and one_side and (last.symptoms | last.functions) & atom.places:
        leads = (
            after is not None
            and after.joint not in TURNS
            and bool(atom.places & after.about)
            and after.says
            and not after.symptoms
            and last.says
        )
        return not leads
    if last.names and not last.phrases and not atom.names and not last.graded:
        return only_status(sentence[atom.start : atom.end])
    return False


def _moves(atom: Atom) -> bool:
    """ "flexion" in "knee extension and flexion 4/5"."""
    return any(t.word in _MOVEMENTS for t in atom.words)


def _together(a: Atom, b: Atom, sentence: str) -> Atom:
    sides = {x.side for x in (a, b)} - {Side.UNSTATED}
    return Atom(
        a.start,
        b.end,
        a.words + b.words,
        a.joint,
        a.phrases or b.phrases,
        a.symptoms | b.symptoms,
        a.functions | b.functions,
        a.places | b.places,
        read_status(sentence[a.start : b.end]),
        a.verb or b.verb,
        sides.pop() if len(sides) == 1 else Side.BOTH if sides else Side.UNSTATED,
        b.last_name or a.last_name,
        a.phrase_words | b.phrase_words,
        min(a.first_name, b.first_name),
        a.phrase_spans + b.phrase_spans,
        a.hidden | b.hidden,
    )
