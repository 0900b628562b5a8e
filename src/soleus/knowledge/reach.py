"""What nothing can bring about: a finding that no condition, footprint or syndrome makes likelier than its background.

Such an entry is asked about, matched and weighed, and can never speak for anything: a rate was mistyped or forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from soleus.domain.anatomy import DEGREES, Anatomy
from soleus.domain.finding import Finding
from soleus.domain.knowledge_base import Condition, Syndrome
from soleus.reasoning.footprint import footprint
from soleus.reasoning.footprint_general import unhealthy

Unreachable = Iterator[tuple[str, str]]
"""(id, what is wrong with it)"""


def unreachable(
    conditions: Mapping[str, Condition], findings: Mapping[str, Finding], syndromes: Mapping[str, Syndrome], anatomy: Anatomy
) -> Unreachable:
    """Findings and syndromes that nothing raises. One that a red-flag rule alone uses has no rate to raise and is left out."""
    for syndrome in syndromes.values():
        stated = [c.syndromes[syndrome.id].value for c in conditions.values() if syndrome.id in c.syndromes]
        if stated and max(stated) <= syndrome.background:
            yield syndrome.id, f"is in no condition likelier than its background of {syndrome.background:g}."
    shown = _highest_of_any_site(anatomy)
    for finding in findings.values():
        background = max(rate for _, rate in finding.background)
        if finding.parent == "risk":
            ratios = [c.risk_factors[finding.id].value for c in conditions.values() if finding.id in c.risk_factors]
            if ratios and all(ratio == 1 for ratio in ratios):
                yield finding.id, "is a risk with an odds ratio of 1 everywhere: it changes nothing."
            continue
        chances = {
            "footprint": ([shown[finding.id]] if finding.id in shown else [], "at no lesion site"),
            "syndrome": ([finding.given], "with its syndrome no"),
            "condition": ([c.findings[finding.id].value for c in conditions.values() if finding.id in c.findings], "in no condition"),
        }
        highest, where = chances.get(finding.parent, ([], ""))
        if highest and max(highest) <= background:
            yield finding.id, f"is {where} likelier than its background of {background:g}."


def _highest_of_any_site(anatomy: Anatomy) -> Mapping[str, float]:
    """The highest chance of an unhealthy state of each footprint finding, over every site in its fullest form."""
    highest: dict[str, float] = {}
    for site in anatomy.sites.values():
        side = "both" if "bilateral" in site.laterality else "left"
        for (id_, _), states in footprint(anatomy, site.id, side, DEGREES[-1]).items():
            highest[id_] = max(highest.get(id_, 0.0), unhealthy(states))
    return highest
