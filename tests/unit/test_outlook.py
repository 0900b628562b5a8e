"""All predictions at once: the same numbers as one by one."""

from __future__ import annotations

import numpy as np
import pytest

from soleus.domain.finding import Side
from soleus.evaluation.textbook import textbook_case
from soleus.knowledge_store import Compiled
from soleus.reasoning.inference import binary_information_bits, infer, information_bits, predict
from soleus.reasoning.outlook import Consequences, askable, joint_outcomes, present_given


@pytest.mark.parametrize("condition", ["guillain-barre-syndrome", "calf-strain", "lumbar-disc-radiculopathy"])
def test_predictions_and_information_equal_those_of_one_question_at_a_time(compiled: Compiled, condition: str) -> None:
    evidence, _ = textbook_case(compiled.kb.conditions[condition], compiled)
    posterior = infer(compiled.network, compiled.kb, evidence)
    ids = [f.id for f in compiled.kb.findings.values() if f.parent != "neutral"]
    present = present_given(posterior, askable(compiled.network, compiled.kb, ids, evidence.age_years))
    bits = binary_information_bits(posterior.conditions, present)
    for i, id_ in enumerate(ids):
        healthy = predict(posterior, compiled.kb.findings[id_], Side.UNSTATED, evidence.age_years)[:, 0]
        assert np.allclose(present[:, i], 1 - healthy, atol=1e-12), id_
        one = information_bits(posterior.conditions, np.stack([healthy, 1 - healthy], axis=1))[0]
        assert bits[i] == pytest.approx(one, abs=1e-9), id_


def test_every_way_to_tick_two_items_worked_by_hand() -> None:
    """P = 0.5 and 0.2: none 0.4, first 0.4, second 0.1, both 0.1."""
    assert np.allclose(joint_outcomes(np.array([[0.5, 0.2]])), [[0.4, 0.4, 0.1, 0.1]])


def test_urgency_of_a_distribution_is_that_of_a_danger_above_its_limit(compiled: Compiled) -> None:
    network = compiled.network
    consequences = Consequences.of(network)
    n = len(network.conditions)
    prior = np.full(n, 1 / n)
    emergency = network.urgency.index("emergency")
    harmless = network.urgency.index("self_care")
    sure = np.zeros((n, 2))
    sure[harmless, 0], sure[harmless, 1], sure[emergency, 1] = 1.0, 0.6, 0.4
    assert consequences.urgency(sure, prior).tolist() == [0, 4]
