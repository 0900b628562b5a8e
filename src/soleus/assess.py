"""The one use case: evidence in; triage, localisation, differential and next steps out. Web, command line and cohort call it."""

from __future__ import annotations

from dataclasses import dataclass

from soleus.domain.evidence import Evidence
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.differential import Differential, differential
from soleus.reasoning.inference import Posterior, infer
from soleus.reasoning.localisation import Localisation, localisation
from soleus.reasoning.network import Network
from soleus.reasoning.pairs import Pair, pairs
from soleus.reasoning.triage import Triage, not_below, triage, with_dangers
from soleus.reasoning.workup import NextStep, Question, next_questions, next_tests


@dataclass(frozen=True)
class Assessment:
    """Everything Soleus says about one case."""

    evidence: Evidence
    triage: Triage
    posterior: Posterior
    localisation: tuple[Localisation, ...]
    differential: Differential
    pairs: tuple[Pair, ...]
    tests: tuple[NextStep, ...]
    questions: tuple[Question, ...]


def assess(evidence: Evidence, kb: KnowledgeBase, network: Network) -> Assessment:
    """Assess a case. Safety first: the red-flag rules read no probability; only then may a dangerous cause raise the level.

    What measurements say of the time course may change the causes and raise the level, and never lowers it.
    """
    by_rule = triage(evidence, kb)
    posterior = infer(network, kb, evidence)
    final = with_dangers(by_rule, posterior, kb, evidence)
    unmeasured = evidence.without_measured_course()
    if unmeasured is not None:
        without = with_dangers(triage(unmeasured, kb), infer(network, kb, unmeasured), kb, unmeasured)
        final = not_below(final, without)
    return Assessment(
        evidence=evidence,
        triage=final,
        posterior=posterior,
        localisation=localisation(posterior, kb),
        differential=differential(posterior, evidence, kb),
        pairs=pairs(posterior, kb, evidence),
        tests=next_tests(posterior, evidence, kb, final.level),
        questions=next_questions(posterior, evidence, kb, final.unasked_red_flags),
    )
