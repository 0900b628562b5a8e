"""An assessment as the JSON promised in docs/reference/assessment-json.md."""

from __future__ import annotations

from typing import Any

from soleus import __version__
from soleus.assess import Assessment
from soleus.domain.case import Case
from soleus.domain.evidence import Observation
from soleus.domain.finding import Kind, Side
from soleus.domain.knowledge_base import TEMPO_QUESTIONS, KnowledgeBase
from soleus.interchange.evidence import Understanding
from soleus.reasoning.inference import Item

SCHEMA = "soleus/assessment/1"
LEAST_SHOWN = 0.0005


def assessment_json(case: Case, understanding: Understanding, result: Assessment, kb: KnowledgeBase) -> dict[str, Any]:
    """The assessment as plain values; probabilities of `differential` and `other` sum to 1."""
    items = result.posterior.items
    return {
        "schema": SCHEMA,
        "soleus": {"version": __version__, "knowledge": kb.version},
        "case": case.id,
        "triage": {
            "level": result.triage.level,
            "reasons": [
                {
                    "rule": r.rule,
                    "level": r.level,
                    "text": r.text,
                    "lay": r.lay,
                    "findings": list(r.findings),
                    "source": _source(kb, r.ref, r.at),
                }
                for r in result.triage.reasons
            ],
            "unasked_red_flags": list(result.triage.unasked_red_flags),
        },
        "localisation": [
            {
                "level": place.level,
                "detail": place.detail,
                "side": place.side,
                "probability": place.probability,
                "sites": [{"site": p.site, "name": p.name, "side": p.side, "probability": p.probability} for p in place.places],
                "because": [told(items[i], kb) for i in place.because],
            }
            for place in result.localisation
        ],
        "differential": [_candidate(c, result, kb) for c in result.differential.candidates],
        "other": result.differential.other,
        "pairs": [{"conditions": list(p.conditions), "bayes_factor": p.bayes_factor} for p in result.pairs],
        "workup": [_step(s, kb) for s in result.tests],
        "ask_next": [
            {
                "finding": q.finding,
                "side": q.side,
                "question": TEMPO_QUESTIONS.get(q.finding) or kb.findings[q.finding].question,
                "information_bits": q.information_bits,
                "red_flag": q.red_flag,
                "examine": "" if q.finding in TEMPO_QUESTIONS else kb.findings[q.finding].examine,
            }
            for q in result.questions
        ],
        "understood": [_understood(o, kb) for o in result.evidence.observations]
        + [{"test": r.test, "outcome": r.outcome, "from": r.text} for r in result.evidence.tests]
        + [
            {"tempo": kind, "from": text}
            for kind, text in (("onset", result.evidence.onset_text), ("course", result.evidence.course_text))
            if text
        ],
        "not_understood": list(understanding.not_understood),
        "notices": [sentence for _, sentence in understanding.unread.notice] if understanding.unread else [],
        "known_diagnoses": list(understanding.diagnoses),
        "contradictions": list(understanding.contradictions),
    }


def _candidate(c: Any, result: Assessment, kb: KnowledgeBase) -> dict[str, Any]:
    condition = kb.conditions[c.condition]
    entry: dict[str, Any] = {
        "condition": c.condition,
        "name": condition.name,
        "lay_name": condition.lay_name,
        "icd10": list(condition.icd10),
        "probability": c.probability,
        "urgency": c.urgency,
    }
    if c.contributions or c.probability >= LEAST_SHOWN:
        items = result.posterior.items
        entry["evidence"] = [
            {**_item(items[w.item], kb), "decibans": round(w.decibans, 2), "source": _source(kb, w.source)} for w in c.contributions
        ]
        entry["expected_but_not_found"] = list(c.expected_but_not_found)
        entry["not_yet_known"] = list(c.not_yet_known)
    return entry


def _step(step: Any, kb: KnowledgeBase) -> dict[str, Any]:
    test = kb.tests[step.test]
    return {
        "kind": "test",
        "id": test.id,
        "name": test.name,
        "lay": test.lay,
        "information_bits": step.information_bits,
        "changes_management": step.changes_management,
        "burden": test.burden_text or f"cost class {test.cost} of 5",
        "why": test.why,
        "when": test.when,
        "too_early": step.too_early,
        "earliest_useful": test.earliest_useful,
        "contraindications": list(test.contraindications),
        "preparation": test.preparation,
        "source": _source(kb, test.source),
        "outcomes": [
            {
                "outcome": e.outcome,
                "name": test.outcome_name(e.outcome),
                "probability": e.probability,
                "leading": [{"condition": c, "probability": p} for c, p in e.leading],
            }
            for e in step.effects
        ],
    }


def _understood(o: Observation, kb: KnowledgeBase) -> dict[str, Any]:
    return {
        "finding": o.finding,
        "side": "" if o.side is Side.UNSTATED else o.side.value,
        "state": o.state(kb.findings[o.finding]),
        "weights": [round(w, 3) for w in o.weights],
        "from": o.text,
        "place": o.place,
    }


def _item(item: Item, kb: KnowledgeBase) -> dict[str, Any]:
    if item.observation is None:
        return {"finding": item.label, "side": "", "state": item.outcome or item.likelihood.layer}
    states, side = _state_and_side(item, kb)
    return {"finding": item.observation.finding, "side": side, "state": states}


def _state_and_side(item: Item, kb: KnowledgeBase) -> tuple[str, str]:
    """("absent", "left"); ("weak", "both"); ("left mild, right normal", "both") where the sides differ."""
    o = item.observation
    assert o is not None
    finding = kb.findings[o.finding]
    state = o.state(finding)
    if item.other_side is None:
        return state, "" if o.side is Side.UNSTATED else o.side.value
    other = item.other_side.state(finding)
    return state if state == other else f"left {state}, right {other}", "both"


def told(item: Item, kb: KnowledgeBase) -> str:
    """An evidence item in words: "ankle reflex absent, left"; "no fever"; "ankle plantar flexion weak (mild), left"."""
    o = item.observation
    if o is None:
        return _told_test(item, kb) if item.likelihood.layer == "test" else item.label
    finding = kb.findings[o.finding]
    state, where = _state_and_side(item, kb)
    side = {"": "", "both": ", both sides"}.get(where, f", {where}")
    name = finding.name if finding.name[:2].isupper() else finding.name[0].lower() + finding.name[1:]
    if "," in state:
        return f"{_strength_name(name) if finding.kind is Kind.STRENGTH else name}: {state}"
    if finding.kind is Kind.REFLEX:
        return f"{name} {state}{side}"
    if finding.kind is Kind.STRENGTH:
        return f"{_strength_name(name)} {'strong' if state == 'normal' else 'weak' if state == 'weak' else f'weak ({state})'}{side}"
    return f"{name}{side}" if state == "present" else f"no {name}{side}"


def _told_test(item: Item, kb: KnowledgeBase) -> str:
    test = kb.tests[item.label]
    return f"{test.name}: {test.outcome_name(item.outcome)}"


def _strength_name(name: str) -> str:
    return name.removeprefix("weak ").removeprefix("weakness of ")


def _source(kb: KnowledgeBase, ref: str, at: str = "") -> str:
    source = kb.sources.get(ref)
    if source is None:
        return ref
    return source.citation + (f", {at}" if at else "")
