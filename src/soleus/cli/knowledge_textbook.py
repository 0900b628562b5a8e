"""`soleus knowledge textbook [ID]`: does each condition come first or second in its own typical case?"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping

from soleus.domain.errors import Problem, UsageError
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.evaluation.textbook import GOOD_RANK, SETTING, Presentation, exceptions, present_all
from soleus.knowledge_store import open_knowledge


def run(options: argparse.Namespace) -> int:
    compiled = open_knowledge()
    presentations = present_all(compiled)
    if options.id is not None and options.id not in presentations:
        raise UsageError(Problem("", f'"{options.id}" is no condition.', "`soleus knowledge list` names every condition."))
    chosen = presentations if options.id is None else {options.id: presentations[options.id]}
    if options.json:
        json.dump({"setting": SETTING, "conditions": [_as_json(p) for p in chosen.values()]}, sys.stdout, indent=1, ensure_ascii=False)
        print()
    elif options.id is not None:
        _print_case(chosen[options.id], compiled.kb)
    else:
        _print_table(presentations)
    return 0


def _as_json(p: Presentation) -> dict[str, object]:
    e = p.evidence
    reviewed = exceptions().get(p.condition)
    return {
        "condition": p.condition,
        "rank": p.rank,
        "probability": p.probability,
        "before": list(p.before),
        "footprint": list(p.footprint),
        "age_years": e.age_years,
        "sex": e.sex,
        "onset": e.onset_text,
        "course": e.course_text,
        "findings": [{"finding": o.finding, "side": o.side.value} for o in e.observations],
        "exception": reviewed.reason if reviewed else None,
    }


def _print_case(p: Presentation, kb: KnowledgeBase) -> None:
    e = p.evidence
    site, side, degree = p.footprint
    print(f"{kb.conditions[p.condition].name}: place {p.rank} with {p.probability:.0%}")
    if p.before:
        print(f"after {', '.join(kb.conditions[c].name for c in p.before)}")
    print(f"\n{e.age_years:g} years, {e.sex}; onset {e.onset_text}, {e.course_text}; {kb.anatomy.sites[site].name}, {side}, {degree}")
    for o in e.observations:
        finding = kb.findings[o.finding]
        where = "" if o.side.value == "unstated" else f", {o.side.value}"
        print(f"  {finding.name}{where}{'' if finding.kind.value in ('binary', 'risk') else f': {o.state(finding)}'}")


def _print_table(presentations: Mapping[str, Presentation]) -> None:
    ranks = Counter(min(p.rank, GOOD_RANK + 1) for p in presentations.values())
    print(f"{len(presentations)} conditions, each in its own textbook presentation ({SETTING}):")
    print(f"{ranks[1]} come first, {ranks[2]} second, {ranks[GOOD_RANK + 1]} lower")
    lower = sorted((p for p in presentations.values() if p.rank > 1), key=lambda p: (-p.rank, p.condition))
    width = max((len(p.condition) for p in lower), default=0)
    print(f"\n{'place':>5}  {'condition':<{width}}  probability  after")
    for p in lower:
        after = ", ".join(p.before[:3]) + (" ..." if len(p.before) > 3 else "")
        print(f"{p.rank:>5}  {p.condition:<{width}}  {p.probability:>11.0%}  {after}")
    print("\nreviewed exceptions")
    for id_, reviewed in exceptions().items():
        print(f"  {id_}: {reviewed.reason.strip()} Brought to the front by {reviewed.test}: {reviewed.outcome}.")
