"""Published likelihood ratios beside those that the network implies: as text, as a table in Markdown, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.likelihood_ratios import TOLERATED, Comparison

NAMES = {"LR+": "LR+", "LR-": "LR−"}


def as_row(c: Comparison, kb: KnowledgeBase) -> dict[str, Any]:
    """Plain values of one comparison, for JSON."""
    p = c.published
    return {
        "id": p.id,
        "finding": p.finding,
        "test": p.test,
        "positive_states": list(p.states),
        "conditions": list(p.conditions),
        "against": list(p.against) or "everybody else with a leg complaint",
        "published": {
            "sensitivity": p.sensitivity,
            "specificity": p.specificity,
            "LR+": _rounded(p.positive),
            "LR-": _rounded(p.negative),
            "compared_with": p.comparison,
            "population": p.population,
            "n": p.n,
            "source": p.ref,
            "at": p.at,
            "read": kb.sources[p.ref].read,
        },
        "network": {
            "sensitivity": _rounded(c.sensitivity),
            "specificity": _rounded(1 - c.false_positives),
            "LR+": _rounded(c.positive),
            "LR-": _rounded(c.negative),
            "age_years": p.age_years,
        },
        "disagrees": c.disagrees,
        "reason": p.disagreement,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.2g}")


def as_text(comparisons: Sequence[Comparison], kb: KnowledgeBase) -> str:
    """One block for each comparison, agreements first."""
    blocks = []
    for c in sorted(comparisons, key=lambda c: c.disagrees):
        figures = "   ".join(f"{NAMES[k]} published {stated}, network {ours}" for k, stated, ours in _figures(c))
        head = f"{_sign(c, kb)} → {_whom(c, kb)}  [{c.published.ref}]\n  {figures}"
        blocks.append(head + (f"\n  DISAGREES: {c.published.disagreement or 'no reason given yet'}" if c.disagrees else ""))
    return "\n\n".join([*blocks, _summary(comparisons)]) + "\n"


def as_markdown(comparisons: Sequence[Comparison], kb: KnowledgeBase) -> str:
    """The generated part of docs/reference/likelihood-ratios.md."""
    lines = [
        _summary(comparisons),
        "",
        "| finding or test | in | compared with | LR+ published | LR+ network | LR− published | LR− network | source |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for c in comparisons:
        cells = {k: (stated, ours) for k, stated, ours in _figures(c)}
        shown = [x for k in NAMES for x in cells.get(k, ("", _short(c.positive if k == "LR+" else c.negative)))]
        source = kb.sources[c.published.ref]
        read = "" if source.read in ("full", "abstract") else f" ({source.read})"
        name = f"**{_sign(c, kb)}**" if c.disagrees else _sign(c, kb)
        lines.append("| " + " | ".join([name, _whom(c, kb), c.published.comparison, *shown, c.published.ref + read]) + " |")
    lines += ["", "## Where they disagree, and why", ""]
    lines += [f"* **{_sign(c, kb)}, {_whom(c, kb)}.** {c.published.disagreement}" for c in comparisons if c.disagrees]
    return "\n".join(lines) + "\n"


def _summary(comparisons: Sequence[Comparison]) -> str:
    apart = sum(c.disagrees for c in comparisons)
    return f"{len(comparisons)} published ratios; {apart} differ from the network by more than a factor of {TOLERATED:g}."


def _figures(c: Comparison) -> list[tuple[str, str, str]]:
    """(LR+ or LR-, published, network) as far as published."""
    both = {"LR+": (c.published.positive, c.positive), "LR-": (c.published.negative, c.negative)}
    return [(k, _short(stated), _short(ours)) for k, (stated, ours) in both.items() if stated is not None]


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def _sign(c: Comparison, kb: KnowledgeBase) -> str:
    p = c.published
    if p.finding:
        return kb.findings[p.finding].name
    test = kb.tests[p.test]
    return f"{test.name}: {' or '.join(test.outcome_name(s) for s in p.states)}"


def _whom(c: Comparison, kb: KnowledgeBase) -> str:
    ids = c.published.conditions
    return kb.conditions[ids[0]].name if len(ids) == 1 else f"{len(ids)} conditions"
