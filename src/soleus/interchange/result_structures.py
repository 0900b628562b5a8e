"""What a report shows that the test it names cannot say: the structure or the cause itself tells which test it is.

"CT: aneurysm of the iliac artery" names no place, "MRI pelvis: hamstring tear" another one, and "MRI: confirmed subacute
combined degeneration" the cause. Such a report counts as that outcome of a related test which says the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.interchange.phrases.words import content, tokens
from soleus.interchange.result_denials import is_denied
from soleus.interchange.result_values import healthy_outcome

_LEAST_SHARE = 0.3
"""P(outcome | cause) below which a report that names the cause need not have shown that outcome (expert estimate)."""
_LEAST_RATIO = 3.0
"""Likelihood ratio below which the outcome says too little of the cause to stand for its name (expert estimate)."""


def related_tests(name: str, lexicon: Lexicon) -> list[str]:
    """Ids of the tests any of whose names shares a word with this one, those that share most words first."""
    have = {t.stem for t in content(tokens(name))}
    shared: dict[str, int] = {}
    for phrases in lexicon.tests.by_key.values():
        for stems, targets, *_ in phrases:
            if common := len(have.intersection(stems)):
                for target in targets:
                    shared[target] = max(shared.get(target, 0), common)
    return sorted(shared, key=lambda t: (-shared[t], t))


def causes_named(text: str, lexicon: Lexicon) -> list[tuple[str, int]]:
    """(condition, words that name it) of each condition that the report names and does not deny."""
    words = content(tokens(text))
    found = lexicon.conditions.find(words, set(), gap=1)
    return [(target, len(used)) for targets, used in found if not is_denied(words, min(used)) for target in targets]


def outcome_for(cause: str, tests: Iterable[str], kb: KnowledgeBase) -> tuple[str, str] | None:
    """(test, outcome) that speaks most for a cause among these tests; None where none of them shows it."""
    best: tuple[float, str, str] | None = None
    for id_ in tests:
        test = kb.tests[id_]
        if cause not in test.probabilities:
            continue
        for outcome, p, others in zip(test.outcomes, test.probabilities[cause], test.probabilities["*"], strict=True):
            ratio = p / max(others, 1e-6)
            if outcome != healthy_outcome(test) and p >= _LEAST_SHARE and ratio >= _LEAST_RATIO and (best is None or ratio > best[0]):
                best = (ratio, id_, outcome)
    return None if best is None else best[1:]
