"""Search over the articles: whole words, beginnings of words and misspelt words; titles and other names weigh more than text.

One index of plain dictionaries, built once; a query takes milliseconds. `rows` gives the same texts to a database that has a search of
its own.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from soleus.reports.articles.article import Article, Kind

WEIGHTS: Mapping[str, float] = {"title": 6.0, "names": 4.0, "lead": 1.5, "body": 0.5}
"""What a word counts for by where it stands (expert estimate, tried on the queries of the tests)."""
WHOLE_NAME, NAME_BEGINS, IN_NAME = 14.0, 5.0, 3.0
"""Extra where the query is a whole name, the beginning of one, or stands within one."""
TYPO = 0.6
"""What a misspelt word counts for, for each letter that differs (0.6 to the power of their number)."""
FURTHER = 0.4
"""... and what that is worth still if another word is nearer."""
BEGINNING = 0.7
"""What a word counts for that begins like the last word of the query, which may not be finished."""
KIND_FIRST: Mapping[str, float] = {"entry": 1.15, "when-to-seek-help": 1.1, "condition": 1.05, "symptom": 1.05}
MOST_NEAR = 12
STOP = frozenset(
    "a about all am an and any are as at be because been but by can cannot cant do does dont for from get had has have how i if in is it "
    "its me my no not of off on or our so that the their them then there they this to too up was we what when which who why will with you "
    "your".split()
)
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Hit:
    """One article found."""

    slug: str
    kind: Kind
    title: str
    lead: str
    score: float
    matched: tuple[str, ...]
    """Words of the articles that were taken for those of the query, where they differ: what was probably meant."""


@dataclass(frozen=True)
class SearchRow:
    """What a database needs of an article to search it."""

    slug: str
    title: str
    kind: Kind
    names: str
    lead: str
    body: str


def rows(articles: Iterable[Article]) -> Iterator[SearchRow]:
    """One row an article."""
    for a in articles:
        yield SearchRow(a.slug, a.title, a.kind, "; ".join(a.synonyms), a.lead, a.body)


def plain_words(text: str) -> list[str]:
    """Words in small letters without accents and signs: `Guillain-Barré` is `guillain barre`."""
    flat = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode().lower()
    return _WORD.findall(flat)


@dataclass
class SearchIndex:
    """Articles by the words in them."""

    articles: Mapping[str, Article]
    postings: dict[str, dict[str, float]] = field(default_factory=dict)
    """Stem to slug to weight."""
    stems: dict[str, str] = field(default_factory=dict)
    """Every word that occurs to its stem."""
    naming: set[str] = field(default_factory=set)
    """Words of titles, names and leads: these are what misspelt words are compared with first."""
    names: dict[str, list[str]] = field(default_factory=dict)
    """Every title and name, as plain words, to the slugs that bear it."""

    def __post_init__(self) -> None:
        self._stemmer = snowballstemmer.stemmer("english")
        for row in rows(self.articles.values()):
            self._add(row)

    def _add(self, row: SearchRow) -> None:
        weights: dict[str, float] = {}
        for place, weight in WEIGHTS.items():
            words = plain_words(getattr(row, place))
            if place != "body":
                self.naming.update(w for w in words if len(w) > 2)
            counts = Counter(self.stem(w) for w in words if w not in STOP)
            for stem, count in counts.items():
                gain = weight * (1 + math.log(count)) / (1 + 0.1 * math.log(1 + len(words)))
                weights[stem] = weights.get(stem, 0.0) + gain
        for stem, weight in weights.items():
            self.postings.setdefault(stem, {})[row.slug] = weight
        for name in (row.title, *self.articles[row.slug].synonyms):
            self.names.setdefault(" ".join(plain_words(name)), []).append(row.slug)

    def stem(self, word: str) -> str:
        if word not in self.stems:
            self.stems[word] = self._stemmer.stemWord(word)
        return self.stems[word]

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        """Naming words by their first letter, in order."""
        found: dict[str, list[str]] = {}
        for word in sorted(self.naming):
            found.setdefault(word[0], []).append(word)
        return found

    @cached_property
    def _naming(self) -> list[str]:
        return sorted(self.naming)

    # -- asking ------------------------------------------------------------------------------------------------------

    def search(self, query: str, most: int = 20, kinds: Collection[Kind] = ()) -> list[Hit]:
        """The articles that fit a query best.

        Args:
            query: Words as people type them, finished or not, misspelt or not.
            most: How many at most.
            kinds: Only these kinds of articles; empty means all.
        """
        typed = plain_words(query)
        words = [w for w in typed if w not in STOP]
        if not words:
            return []
        scores: dict[str, float] = {}
        found_words: Counter[str] = Counter()
        meant: dict[str, dict[str, None]] = {}
        read = []
        for i, word in enumerate(words):
            best: dict[str, float] = {}
            candidates = self._candidates(word, is_last=i == len(words) - 1)
            read.append(next(iter(candidates), word))
            for other, share in candidates.items():
                stem = self.stem(other)
                posting = self.postings.get(stem, {})
                rarity = math.log(1 + len(self.articles) / max(1, len(posting)))
                for slug, weight in posting.items():
                    gain = share * weight * rarity
                    if gain > best.get(slug, 0.0):
                        best[slug] = gain
                        if other != word and stem != self.stem(word):
                            meant.setdefault(slug, {})[other] = None
            for slug, gain in best.items():
                scores[slug] = scores.get(slug, 0.0) + gain
                found_words[slug] += 1
        for slug in scores:
            scores[slug] *= (found_words[slug] / len(words)) ** 2  # an article that lacks a word of the query is further away
        self._add_names({" ".join(typed), " ".join(words), " ".join(read)}, scores)
        hits = [
            self._hit(slug, score, tuple(meant.get(slug, ())))
            for slug, score in scores.items()
            if not kinds or self.articles[slug].kind in kinds
        ]
        return sorted(hits, key=lambda h: (-h.score, h.slug))[:most]

    def _hit(self, slug: str, score: float, meant: tuple[str, ...]) -> Hit:
        a = self.articles[slug]
        return Hit(slug, a.kind, a.title, a.lead, score * KIND_FIRST.get(a.kind, 1.0), meant)

    def _candidates(self, word: str, is_last: bool) -> dict[str, float]:
        """Words of the articles that a word of the query may stand for, each with how much it counts, nearest first."""
        found: dict[str, float] = {}
        if word in self.stems or self.stem(word) in self.postings:
            found[word] = 1.0
        if is_last and len(word) >= 3:
            begun = [w for w in self._by_letter.get(word[0], ()) if w.startswith(word) and w != word]
            for other in sorted(begun, key=len)[:MOST_NEAR]:
                found.setdefault(other, BEGINNING)
        if (not found or word not in self.naming) and len(word) >= 4:
            errors = 1 if len(word) < 7 else 2 if len(word) < 11 else 3
            near = process.extract(word, self._naming, scorer=DamerauLevenshtein.distance, score_cutoff=errors, limit=MOST_NEAR)
            for other, distance, _ in sorted(near, key=lambda n: (n[1], n[0][0] != word[0], n[0])):
                found.setdefault(other, TYPO ** float(distance) * (1.0 if distance == near[0][1] else FURTHER))
        return dict(sorted(found.items(), key=lambda x: -x[1]))

    def _add_names(self, phrases: Collection[str], scores: dict[str, float]) -> None:
        """Articles that bear the query as a name come first."""
        gained: dict[str, float] = {}
        for name, slugs in self.names.items():
            gain = 0.0
            for phrase in phrases:
                if name == phrase:
                    gain = WHOLE_NAME
                elif gain < NAME_BEGINS and name.startswith(f"{phrase} "):
                    gain = NAME_BEGINS
                elif gain < IN_NAME and f" {phrase} " in f" {name} ":
                    gain = IN_NAME
            if gain:
                for slug in slugs:
                    gained[slug] = max(gained.get(slug, 0.0), gain)
        top = max(scores.values(), default=1.0)
        for slug, gain in gained.items():
            scores[slug] = scores.get(slug, 0.0) + gain * top / WHOLE_NAME
