"""All phrases of the vocabulary, indexed by their rarest stem. Built with the network and cached with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from soleus.domain.finding import Finding, Kind
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.phrases.words import Token, stem, stems

SIDE_STEMS = frozenset(stem(w) for w in ("left", "right", "both", "bilateral", "bilaterally"))


@dataclass(frozen=True)
class Hit:
    """A phrase found in a text: what it names and the tokens (indices) it used."""

    target: str
    attribute: str
    used: tuple[int, ...]
    exact: bool = True


@dataclass
class Index:
    """Phrases by their rarest stem."""

    by_key: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(default_factory=dict)
    """key stem to [(stems, targets)]; longest phrases first."""

    @staticmethod
    def build(phrases: Iterator[tuple[str, str]]) -> Index:
        """From (phrase, target) pairs; one phrase may name several targets."""
        table: dict[tuple[str, ...], list[str]] = {}
        for phrase, target in phrases:
            key = tuple(s for s in stems(phrase) if s not in SIDE_STEMS)
            if key and target not in table.setdefault(key, []):
                table[key].append(target)
        counts = Counter(s for key in table for s in set(key))
        index = Index()
        for key, targets in sorted(table.items(), key=lambda kv: -len(kv[0])):
            rarest = min(key, key=lambda s: (counts[s], s))
            index.by_key.setdefault(rarest, []).append((key, tuple(targets)))
        return index

    def find(self, tokens: Sequence[Token], taken: set[int], gap: int = 0) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
        """Phrases in the text, longest first, each token used once: (targets, token indices).

        The words of a phrase stand in order, with at most `gap` other words between each two (one more in phrases of
        three words or longer); side words count for nothing.
        """
        free = [i for i, t in enumerate(tokens) if i not in taken]
        places: dict[str, list[int]] = {}
        for i in free:
            places.setdefault(tokens[i].stem, []).append(i)
        candidates = [c for s in places for c in self.by_key.get(s, ()) if all(w in places for w in c[0])]
        candidates.sort(key=lambda c: -len(c[0]))
        found = []
        for words, targets in candidates:
            for start in places[words[0]]:
                used = _follow(words, tokens, start, taken, gap + (len(words) > 2))
                if used:
                    found.append((targets, used))
                    taken.update(used)
        return found

    def bag(self, have: set[str], least: float) -> list[tuple[float, tuple[str, ...], tuple[str, ...]]]:
        """Phrases all of whose stems are in `have`, in any order: (share of `have` covered, targets, stems), best first."""
        found = [(len(set(words)) / len(have), targets, words) for s in have for words, targets in self.by_key.get(s, ()) if set(words) <= have]
        return sorted((f for f in found if f[0] >= least), reverse=True)


def _follow(words: tuple[str, ...], tokens: Sequence[Token], start: int, taken: set[int], gap: int) -> tuple[int, ...]:
    if start in taken:
        return ()
    used = [start]
    position = start
    for word in words[1:]:
        skipped = 0
        position += 1
        while position < len(tokens):
            token = tokens[position]
            if token.stem == word and position not in taken:
                break
            if token.stem not in SIDE_STEMS:
                skipped += 1
            if skipped > gap or (token.after_break and skipped):
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
    """attribute to names of muscles, reflexes, areas: a status must stand beside them."""
    tests: Index
    outcomes: dict[str, Index]
    """test to phrases of its outcomes."""


def build_lexicon(kb: KnowledgeBase) -> Lexicon:
    """Index the names and synonyms of the knowledge base."""
    attributes = sorted({f.attribute for f in kb.findings.values()})
    terms = {a: Index.build((t, f.id) for f in kb.findings.values() if f.attribute == a for t in _term_phrases(f)) for a in attributes}
    return Lexicon(
        findings=Index.build((p, f.id) for f in kb.findings.values() for p in _presence_phrases(f)),
        terms=terms,
        tests=Index.build((p, t.id) for t in kb.tests.values() for p in (t.id.replace("-", " "), t.name, *t.synonyms)),
        outcomes={t.id: Index.build((p, o) for o, name, phrases in zip(t.outcomes, t.outcome_names, t.phrases, strict=True)
                                    for p in (name, *phrases)) for t in kb.tests.values()})


def _presence_phrases(finding: Finding) -> Iterator[str]:
    if finding.kind is not Kind.REFLEX:  # the name of a reflex says nothing of its state
        yield finding.name
        yield finding.id.replace("-", " ")
    yield from finding.synonyms


def _term_phrases(finding: Finding) -> Iterator[str]:
    if finding.kind is Kind.REFLEX:
        yield finding.name
    yield from finding.terms
