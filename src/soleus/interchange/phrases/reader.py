"""One finding as somebody wrote it, to observations: "hip flexion, abduction and adduction strength" right "1/5".

Three ways to understand, tried in this order: a phrase of the vocabulary ("foot drop"); the grammar of an examination
(attribute + muscle, reflex or area + status); all words of a phrase in any order. What none of them understands is
reported, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from soleus.domain.evidence import Observation
from soleus.domain.finding import Finding, Kind, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.interchange.phrases.status import Status, read_status, weights
from soleus.interchange.phrases.tempo import Tempo, read_tempo
from soleus.interchange.phrases.words import STOP, Token, content, stem, tokens

_FUNCTION_NOUNS = {"strength": "strength power force movement motor function mrc push tone", "reflex": "reflex",
                   "sensation": "sensation sensory sensibility sense pinprick touch feeling feel prick", "wasting": "bulk circumference girth size"}
_SYMPTOM_NOUNS = {"strength": "weakness weak weaker paresis paralysis paretic palsy plegia monoparesis", "reflex": "areflexia hyporeflexia hyperreflexia",
                  "sensation": "numbness numb hypoesthesia hypoaesthesia hypesthesia hypalgesia hypoalgesia anaesthesia anesthesia deadness unfeeling",
                  "wasting": "wasting wasted atrophy atrophic amyotrophy thinning thinner thin shrunk shrunken shrinking smaller hypotrophy",
                  "pain": "pain painful ache aching aches sore soreness hurt hurts hurting pains neuralgia discomfort",
                  "swelling": "swelling swollen oedema edema puffy", "mass": "mass lump tumour swelling nodule",
                  "tingling": "tingling paraesthesia paresthesia paraesthesiae paresthesias pins prickling dysaesthesia dysesthesia"}
_ATTRIBUTE_OF: dict[str, tuple[str, bool]] = {
    **{stem(w): (a, True) for a, words in _FUNCTION_NOUNS.items() for w in words.split()},
    **{stem(w): (a, False) for a, words in _SYMPTOM_NOUNS.items() for w in words.split()}}
_TINGLING_CERTAINTY = 0.65
"""P(the area is also numb) where only tingling is told (expert estimate)."""
_SIDES = {stem("left"): Side.LEFT, stem("right"): Side.RIGHT, stem("both"): Side.BOTH, stem("bilateral"): Side.BOTH, stem("bilaterally"): Side.BOTH}
_LEAST_BAG_COVER = 0.6


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


class PhraseReader:
    """Reads wordings against one knowledge base. Holds no state between calls."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon) -> None:
        self.kb = kb
        self.lexicon = lexicon

    def read(self, text: str, side: Side = Side.UNSTATED, value: str = "", place: str = "") -> Reading:
        """Observations of one entry.

        Args:
            text: What was looked at or complained of.
            side: Side given with the entry; words in the text may name one too.
            value: What was found; empty means present.
            place: Where the entry stands, for messages.
        """
        words = content(tokens(text))
        said = f"{text}: {value}" if value else text
        side = _side(side, tokens(text), tokens(value))
        status = read_status(value)
        named, proposition = self._named(text, words, status)
        tempo = read_tempo(f"{text} ; {value}")
        if not named and value and not _only_status(value):
            named, proposition = self._named(f"{text} {value}", content(tokens(f"{text} {value}")), status)
        observations = [o for n in named for o in self._observe(n, side, status, proposition, said, place)]
        observations += self._also_in(value, side, {n.finding.id for n in named}, place)
        if "no" in status and not status.flags & {"positive"}:
            tempo = Tempo(None, None)
        understood = bool(named) or bool(observations) or (tempo.says_something and _about_time(words))
        weak = any(n.finding.attribute == "strength" for n in named)
        return Reading(tuple(observations), tempo, understood, weak)

    # -- what is named -----------------------------------------------------------------------------------------------

    def _named(self, text: str, words: list[Token], status: Status) -> tuple[list[_Named], Status | None]:
        """Findings named in the text, and the status that the text itself asserts ("absent ankle reflex")."""
        taken: set[int] = set()
        hits = self.lexicon.findings.find(words, taken)
        named = [_Named(self.kb.findings[target], False) for targets, _ in hits for target in targets]
        attributes = self._attributes(words, taken if hits else set())
        if not attributes and not hits and self._movement_only(words, taken, status):
            attributes = [("strength", True)]
        grammar, used = self._by_grammar(words, taken, attributes)
        named += grammar
        signs = self.lexicon.terms["sign"].find(words, taken) if "sign" in self.lexicon.terms else []
        named += [_Named(self.kb.findings[t], True) for targets, _ in signs for t in targets]
        if not named:
            named += self._general(words, attributes)
        if not named:
            named += self._bag(words)
        own = read_status(text) if (used or signs) and any(n.function_noun for n in named) else None
        asserts = own is not None and bool(own.flags & {"lost", "reduced", "increased", "no", "healthy"})
        return _distinct(named), own if asserts else None

    def _attributes(self, words: list[Token], taken: set[int]) -> list[tuple[str, bool]]:
        free = [t for i, t in enumerate(words) if i not in taken]
        found = [_ATTRIBUTE_OF[t.stem] for t in free if t.stem in _ATTRIBUTE_OF]
        return list(dict.fromkeys(found))

    def _movement_only(self, words: list[Token], taken: set[int], status: Status) -> bool:
        """"Knee flexion: 4/5" and "eversion: paralysed" are about strength though nobody says so."""
        graded = status.mrc is not None or bool(status.flags & {"severe", "lost", "reduced", "healthy"})
        return graded and bool(self.lexicon.terms["strength"].find(words, set(taken)))

    def _by_grammar(self, words: list[Token], taken: set[int], attributes: list[tuple[str, bool]]) -> tuple[list[_Named], set[int]]:
        named: list[_Named] = []
        all_used: set[int] = set()
        for attribute, function_noun in attributes:
            index = self.lexicon.terms.get("sensation" if attribute == "tingling" else attribute)
            if index is None:
                continue
            own_taken = set(taken)
            for targets, used in _with_shared_head(index.find(words, own_taken), words, index, own_taken):
                all_used.update(used)
                soft = _TINGLING_CERTAINTY if attribute == "tingling" else 1.0
                named += [_Named(self.kb.findings[t], function_noun, soft) for t in targets]
                if attribute == "tingling":
                    named += [_Named(self.kb.findings[t], False) for t in _tingling_place(words) if t in self.kb.findings]
        taken |= all_used
        return named, all_used

    def _general(self, words: list[Token], attributes: list[tuple[str, bool]]) -> list[_Named]:
        """An attribute with no place: "sensation: intact", "weakness: present"."""
        general = {"sensation": ["sensory-loss-any"], "strength": ["weak-leg"], "wasting": ["wasting-leg"], "reflex": ["reflex-knee", "reflex-ankle"],
                   "pain": ["leg-pain"], "tingling": ["tingling-leg"], "swelling": ["leg-swelling"]}
        known = [(t, f) for a, f in attributes for t in general.get(a, []) if t in self.kb.findings]
        informative = [t for t in words if t.stem not in _ATTRIBUTE_OF and t.stem not in _SIDES and t.stem not in _FILLERS]
        return [_Named(self.kb.findings[t], f) for t, f in known] if not informative else []

    def _bag(self, words: list[Token]) -> list[_Named]:
        have = {t.stem for t in words if t.stem not in _SIDES and t.stem not in _FILLERS}
        if not have:
            return []
        for cover, targets, phrase in self.lexicon.findings.bag(have, _LEAST_BAG_COVER):
            if len(set(phrase)) > 1 or cover == 1.0:
                return [_Named(self.kb.findings[t], False) for t in targets]
        return []

    # -- what is said of it ------------------------------------------------------------------------------------------

    def _observe(self, named: _Named, side: Side, status: Status, proposition: Status | None, said: str, place: str) -> list[Observation]:
        finding, function_noun = named.finding, named.function_noun
        if proposition is not None and function_noun and not status.flags & {"lost", "reduced", "increased", "healthy"} and status.mrc is None and status.reflex is None:
            denied = "no" in status or "negative" in said.lower()
            result = weights(finding.kind, True, read_status("normal") if denied else proposition)
        elif status.empty and function_noun:
            return []
        else:
            result = weights(finding.kind, function_noun, status)
        if result is None:
            return []
        if named.soft < 1.0 and result[0] < max(result[1:]):
            top = max(result)
            result = tuple(w / top * named.soft if i else 1 - named.soft for i, w in enumerate(result))
        sides = [Side.UNSTATED] if not finding.sided else [Side.LEFT, Side.RIGHT] if side is Side.BOTH else [side]
        return [Observation(finding.id, s, result, said, place) for s in sides]

    def _also_in(self, value: str, side: Side, known: set[str], place: str) -> list[Observation]:
        """Further findings told in the value: "2 days, sudden while lifting furniture"."""
        words = content(tokens(value))
        taken: set[int] = set()
        found = []
        for targets, used in self.lexicon.findings.find(words, taken):
            first = min(used)
            before = [t.stem for t in words[max(0, first - 2) : first]]
            denied = any(b in _DENIALS for b in before)
            if len(used) == 1 and words[first].stem in _WEAK_ALONE:
                continue
            for target in targets:
                finding = self.kb.findings[target]
                if target in known:
                    continue
                result = weights(finding.kind, False, read_status("absent" if denied else "present"))
                sides = [Side.UNSTATED] if not finding.sided else [Side.LEFT, Side.RIGHT] if side is Side.BOTH else [side]
                found += [Observation(target, s, result, value, place) for s in sides if result]
        return found


_DENIALS = frozenset(stem(w) for w in ("no", "not", "without", "denies", "never", "denied", "absent", "none"))
_FILLERS = frozenset(stem(w) for w in (
    "symptom symptoms sign signs present history findings finding examination exam test tests patient known all general generally more most "
    "mild severe marked new recent since ago year years month months week weeks day days duration onset course first later during after before about "
    "normal intact absent reduced positive negative lost impaired diminished increased brisk decreased limb limbs lower leg legs feature "
    "distribution area region deep tendon").split())
_WEAK_ALONE = frozenset(stem(w) for w in ("present", "weakness", "pain", "numbness", "fall", "walking", "rest", "gait", "stable"))
_TIME_WORDS = frozenset(stem(w) for w in "duration onset course time progression tempo start began beginning since evolution symptoms history weakness complaint".split())


def _side(given: Side, *texts: list[Token]) -> Side:
    if given is not Side.UNSTATED:
        return given
    for words in texts:
        found = {_SIDES[t.stem] for t in words if t.stem in _SIDES}
        if Side.BOTH in found or len(found) == 2:
            return Side.BOTH
        if found:
            return found.pop()
    return Side.UNSTATED


def _only_status(value: str) -> bool:
    return len(content(tokens(value))) <= 1


def _about_time(words: list[Token]) -> bool:
    return any(t.stem in _TIME_WORDS for t in words)


def _distinct(named: list[_Named]) -> list[_Named]:
    return list({n.finding.id: n for n in reversed(named)}.values())[::-1]


def _tingling_place(words: list[Token]) -> list[str]:
    have = {t.stem for t in words}
    if stem("hand") in have or stem("fingers") in have:
        return ["tingling-hands"]
    return ["tingling-feet"] if have & {stem("foot"), stem("toe"), stem("sole")} else ["tingling-leg"]


def _with_shared_head(found: list[tuple[tuple[str, ...], tuple[int, ...]]], words: list[Token], index: object, taken: set[int]) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """"Hip flexion, abduction and adduction": the joint named once goes for each movement that follows."""
    from soleus.interchange.phrases.lexicon import Index
    assert isinstance(index, Index)
    result = list(found)
    heads = [(min(used), words[min(used)]) for _, used in found if len(used) > 1]
    for place, head in heads:
        for i, token in enumerate(words):
            if i in taken or i <= place or token.stem in STOP:
                continue
            pair = [Token(head.stem, head.word, 0, 0), Token(token.stem, token.word, 0, 0)]
            more = index.find(pair, set())
            if more and len(more[0][1]) == 2:
                taken.add(i)
                result.append((more[0][0], (i,)))
    return result
