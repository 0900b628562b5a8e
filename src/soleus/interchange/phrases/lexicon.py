"""All phrases of the vocabulary, indexed by their rarest stem. Built with the network and cached with it."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from soleus.domain.finding import Finding, Kind
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.phrases.words import CANNOT, STOP, Token, content, stem, tokens

SIDE_STEMS = frozenset(stem(w) for w in ("left", "right", "both", "bilateral", "bilaterally"))


_LONGEST_ABBREVIATION = 5
_NEVER_SKIPPED = frozenset(stem(w) for w in "no not never without nothing between than".split())
"""Words that no gap may hold: "no feeling between my legs" is not "no feeling in my legs"."""
_NO = frozenset((stem("no"), stem("not")))
_CHANGES = frozenset(
    stem(w)
    for w in (
        "tear rupture avulsion strain aneurysm stenosis occlusion thrombosis dissection haematoma hematoma cyst tumour mass lymphoma compression "
        "entrapment herniation protrusion prolapse extrusion fracture enhancement thickening enlargement swelling oedema edema atrophy infiltration "
        "abscess collection infarction necrosis inflammation denervation neuropathy lesion injury degeneration hyperintensity"
    ).split()
)
"""Changes that a report may name before their place."""
_COUNTS = frozenset(
    "one two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty sixty day days week weeks month months year years".split()
)
"""A phrase of nothing else is none: "ten a day" would be in "ten days"."""


class Phrase(NamedTuple):
    """A phrase of the vocabulary: its content stems and what it names."""

    stems: tuple[str, ...]
    targets: tuple[str, ...]
    word: str = ""
    """A phrase of one content word must be that very word: "bends" is not "bending", nor "wasted" "wasting"."""
    before: str = ""
    """Small word that belongs to it ("a cold", "the bends")."""
    capitals: bool = False
    """An abbreviation, which must be in capitals: AIDS is not an aid."""

    def allows(self, token: Token) -> bool:
        """Whether a single token may stand for this phrase."""
        if len(self.stems) > 1:
            return True
        return token.word in (self.word, self.word + "s") and (token.capitals or not self.capitals) and self.before in ("", token.previous)


@dataclass
class Index:
    """Phrases by their rarest stem, kept packed until the first look-up: most indices of a case are never opened."""

    packed: bytes

    @cached_property
    def by_key(self) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str, str, bool]]]:
        """The fields of each `Phrase` by its rarest stem; longest phrases first."""
        return dict(marshal.loads(self.packed))

    def __getstate__(self) -> dict[str, bytes]:
        return {"packed": self.packed}

    def phrases(self, key: str) -> Iterator[Phrase]:
        """Phrases whose rarest stem is `key`."""
        return (Phrase(*fields) for fields in self.by_key.get(key, ()))

    @staticmethod
    def build(phrases: Iterator[tuple[str, str]], dull: frozenset[str] = frozenset()) -> Index:
        """From (phrase, target) pairs; one phrase may name several targets. Single words with a stem in `dull` are left out."""
        table: dict[tuple[tuple[str, ...], str, str, bool], list[str]] = {}
        for phrase, target in phrases:
            words = [t for t in content(tokens(phrase)) if t.stem not in SIDE_STEMS]
            key = tuple(t.stem for t in words)
            single = len(key) == 1
            if not key or (single and key[0] in dull) or all(t.word in _COUNTS for t in words):
                continue
            before = words[0].previous if single and words[0].previous in STOP else ""
            abbreviation = single and phrase.isupper() and len(phrase) <= _LONGEST_ABBREVIATION
            targets = table.setdefault((key, words[0].word if single else "", before, abbreviation), [])
            if target not in targets:
                targets.append(target)
        counts = Counter(s for key, *_ in table for s in set(key))
        by_key: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str, str, bool]]] = {}
        for (key, word, before, abbreviation), targets in sorted(table.items(), key=lambda kv: -len(kv[0][0])):
            rarest = min(key, key=lambda s: (counts[s], s))
            by_key.setdefault(rarest, []).append((key, tuple(targets), word, before, abbreviation))
        return Index(marshal.dumps(by_key))

    def find(self, words: Sequence[Token], taken: set[int], gap: int = 0) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
        """Phrases in the text, longest first, each token used once: (targets, token indices).

        The words of a phrase stand in order, with at most `gap` other words between each two (one more in phrases of
        three words or longer); side words count for nothing.
        """
        places: dict[str, list[int]] = {}
        for i, token in enumerate(words):
            if i not in taken:
                places.setdefault(token.stem, []).append(i)
        have = places.keys()
        held = (fields for s in places for fields in self.by_key.get(s, ()))
        candidates = [Phrase(*fields) for fields in held if have >= set(fields[0])]
        if not candidates:
            return []
        found = []
        # "hip extension, hip flexion" holds no "extension, hip": of two phrases as long as each other, the one without a comma goes first.
        ranked = [(-len(c.stems), across, c.stems, c) for c in candidates for across in ((False, True) if len(c.stems) > 1 else (True,))]
        for _, across, _, phrase in sorted(ranked, key=lambda r: r[:3]):
            for start in places[phrase.stems[0]]:
                if not phrase.allows(words[start]):
                    continue
                used = _follow(phrase.stems, words, start, taken, gap + (len(phrase.stems) > 2), across)
                if used:
                    found.append((phrase.targets, used))
                    taken.update(used)
        return found

    def bag(self, have: set[str], least: float) -> list[tuple[float, Phrase]]:
        """Phrases of two words or more, all of whose stems are in `have`, in any order: (share of `have` covered, phrase), best first."""
        found = [(len(set(p.stems)) / len(have), p) for s in have for p in self.phrases(s) if len(p.stems) > 1 and set(p.stems) <= have]
        return sorted((f for f in found if f[0] >= least), key=lambda f: (-f[0], f[1].stems))


def _follow(words: tuple[str, ...], tokens: Sequence[Token], start: int, taken: set[int], gap: int, across: bool) -> tuple[int, ...]:
    if start in taken:
        return ()
    used = [start]
    position = start
    widest = gap
    for before, word in pairwise(words):
        skipped = 0
        gap = 0 if before in _NO else widest  # "not feel it when I pass water" is not "not pass water"
        position += 1
        while position < len(tokens):
            token = tokens[position]
            if token.stem == word and position not in taken and (across or not token.after_break):
                break
            if token.stem not in SIDE_STEMS:
                skipped += 1
            if skipped > gap or token.stem in _NEVER_SKIPPED or (token.after_break and (skipped or not across)):
                return ()
            position += 1
        else:
            return ()
        used.append(position)
    return tuple(used)


@dataclass(frozen=True)
class Lexicon:
    """Everything the reader recognises."""

    findings: Index
    """Whole phrases that by themselves mean a finding is present."""
    terms: dict[str, Index]
    """attribute to names of muscles, reflexes, areas: a status must stand beside them. `ability` holds what a person can
    or cannot do, taken from phrases such as "cannot stand on tiptoe"."""
    tests: Index
    outcomes: dict[str, Index]
    """test to phrases of its outcomes."""
    conditions: Index
    """Names of the causes, as a report may state them."""


def build_lexicon(kb: KnowledgeBase, dull: frozenset[str]) -> Lexicon:
    """Index the names and synonyms of the knowledge base; `dull` stems are never a finding by themselves."""
    attributes = sorted({f.attribute for f in kb.findings.values()})
    abilities = ((p, f.id) for f in kb.findings.values() for p in _abilities(f))
    terms = {a: Index.build((t, f.id) for f in kb.findings.values() if f.attribute == a for t in _term_phrases(f)) for a in attributes}
    return Lexicon(
        findings=Index.build(((p, f.id) for f in kb.findings.values() for p in _presence_phrases(f)), dull),
        terms={**terms, "ability": Index.build(abilities, dull)},
        tests=Index.build((p, t.id) for t in kb.tests.values() for p in (t.id.replace("-", " "), t.name, *t.synonyms)),
        outcomes={
            t.id: Index.build(
                (said, o)
                for o, name, phrases in zip(t.outcomes, t.outcome_names, t.phrases, strict=True)
                for p in (name, *phrases)
                for said in _either_way(p)
            )
            for t in kb.tests.values()
        },
        conditions=Index.build((said, c.id) for c in kb.conditions.values() for n in c.names for said in _either_way(n)),
    )


def _either_way(phrase: str) -> Iterator[str]:
    """ "Iliac artery aneurysm" is also "aneurysm of the iliac artery"."""
    yield phrase
    *rest, last = phrase.split()
    if rest and stem(last.lower()) in _CHANGES:
        yield f"{last} {' '.join(rest)}"


def _presence_phrases(finding: Finding) -> Iterator[str]:
    if finding.kind is not Kind.REFLEX:  # the name of a reflex says nothing of its state
        yield finding.name
        yield finding.id.replace("-", " ")
    yield from finding.synonyms


def _term_phrases(finding: Finding) -> Iterator[str]:
    if finding.kind is Kind.REFLEX:
        yield finding.name
    yield from finding.terms


def _abilities(finding: Finding) -> Iterator[str]:
    """What a phrase such as "cannot walk on my heels" says a person cannot do."""
    for phrase in finding.synonyms:
        words = content(tokens(phrase))
        if len(words) > 2 and words[0].stem == CANNOT:
            yield phrase[words[1].start :]
