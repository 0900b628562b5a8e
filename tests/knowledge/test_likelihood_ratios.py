"""Published likelihood ratios against those that the network implies; a disagreement needs its reason."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from soleus import knowledge_store
from soleus.cli import main
from soleus.domain.ledger import Ledger, PublishedRatio
from soleus.knowledge.ledger_loader import RATIOS, load_ledger
from soleus.reasoning.likelihood_ratios import SETTING, TOLERATED, Comparison, compare, implied


@pytest.fixture(scope="module")
def ledger(compiled):
    return load_ledger(compiled.kb)


@pytest.fixture(scope="module")
def comparisons(compiled, ledger) -> tuple[Comparison, ...]:
    return compare(compiled.network, compiled.kb, ledger)


def figures(c: Comparison) -> str:
    p = c.published
    published = ", ".join(f"{k} {x:.2g}" for k, x in {"LR+": p.positive, "LR-": p.negative}.items() if x is not None)
    return f"  {p.id}: published {published}; network LR+ {c.positive:.2g}, LR- {c.negative:.2g}"


def test_every_disagreement_has_a_reason_and_nothing_else_has(comparisons):
    silent = [figures(c) for c in comparisons if c.disagrees and not c.published.disagreement]
    stale = [figures(c) for c in comparisons if not c.disagrees and c.published.disagreement]
    said = [f"Beyond a factor of {TOLERATED:g} without a reason; add `disagreement:` in {RATIOS}, or mend the numbers:", *silent] * bool(
        silent
    )
    said += ["No longer beyond it; take `disagreement:` out:", *stale] * bool(stale)
    assert not said, "\n" + "\n".join(said) + "\nThen `make golden` renews docs/reference/likelihood-ratios.md."


def ratio_of(ledger: Ledger, **changes: Any) -> PublishedRatio:
    return dataclasses.replace(ledger.ratios["calf-squeeze-achilles"], **changes)


def test_one_condition_against_one_is_what_their_files_say(compiled, ledger):
    """A finding that hangs on the condition: the two rates stand in the data."""
    given = {c: compiled.kb.conditions[c].findings["thompson-test"].value for c in ("achilles-tendon-rupture", "calf-strain")}
    c = implied(compiled.network, compiled.kb, ratio_of(ledger, against=("calf-strain",)))
    assert c.sensitivity == pytest.approx(given["achilles-tendon-rupture"])
    assert c.false_positives == pytest.approx(given["calf-strain"])
    assert c.positive == pytest.approx(given["achilles-tendon-rupture"] / given["calf-strain"])


def test_within_a_group_conditions_weigh_as_their_priors(compiled, ledger):
    against = ("calf-strain", "ruptured-baker-cyst")
    age = 42.0
    c = implied(compiled.network, compiled.kb, ratio_of(ledger, against=against, age_years=age))
    prior = dict(zip(compiled.network.conditions, compiled.network.prior(age, "unknown", SETTING), strict=True))
    rates = {i: compiled.kb.conditions[i].findings["thompson-test"].value for i in against}
    by_hand = sum(prior[i] * rates[i] for i in against) / sum(prior[i] for i in against)
    assert c.false_positives == pytest.approx(by_hand)


def test_everybody_else_is_everybody_but_the_conditions(compiled, ledger):
    names = compiled.network.conditions
    rest = tuple(i for i in names if i != "achilles-tendon-rupture")
    unnamed = implied(compiled.network, compiled.kb, ratio_of(ledger, against=()))
    named = implied(compiled.network, compiled.kb, ratio_of(ledger, against=rest))
    assert unnamed.false_positives == pytest.approx(named.false_positives)


def test_outcomes_of_a_test_add_up(compiled, ledger):
    ratio = ledger.ratios["ankle-pressure-arterial"]
    parts = [implied(compiled.network, compiled.kb, dataclasses.replace(ratio, states=(s,))) for s in ratio.states]
    whole = implied(compiled.network, compiled.kb, ratio)
    assert whole.sensitivity == pytest.approx(sum(p.sensitivity for p in parts))


def test_the_affected_leg_is_asked_for(compiled, ledger):
    """A weak calf of an S1 root is on the side of the root: not half of the time because the root might be on the other side."""
    ratio = ratio_of(ledger, finding="weak-ankle-plantarflexion", states=("mild", "severe"), conditions=("achilles-tendon-rupture",))
    assert implied(compiled.network, compiled.kb, ratio).sensitivity > 0.8


@pytest.mark.parametrize(("positive", "apart"), [(4.0, False), (2.0, False), (8.0, False), (1.9, True), (8.1, True)])
def test_a_factor_of_two_either_way_is_tolerated(ledger, positive, apart):
    ratio = ratio_of(ledger, stated_positive=positive, sensitivity=None, specificity=None)
    assert Comparison(ratio, 0.8, 0.2).disagrees is apart  # 0.8 / 0.2 = 4


def test_the_command_gives_the_same_as_json_and_as_text(compiled, ledger, comparisons, monkeypatch, capsys):
    monkeypatch.setattr(knowledge_store, "open_knowledge", lambda *_: compiled)
    monkeypatch.setattr(knowledge_store, "open_ledger", lambda: ledger)
    assert main(["knowledge", "likelihood-ratios", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [r["id"] for r in rows] == list(ledger.ratios)
    assert [r["disagrees"] for r in rows] == [c.disagrees for c in comparisons]
    assert main(["knowledge", "likelihood-ratios"]) == 0
    text = capsys.readouterr().out
    assert text.count("DISAGREES") == sum(c.disagrees for c in comparisons)
    assert all(c.published.disagreement in text for c in comparisons if c.disagrees)
