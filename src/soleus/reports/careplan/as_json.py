"""A care plan as the JSON promised in docs/reference/plan-json.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from soleus import __version__
from soleus.care.advice import Offer, Suggestion
from soleus.care.feedback import Feedback
from soleus.care.progression import WeekAhead
from soleus.care.regimen import Choice
from soleus.care.week import Planned, Session
from soleus.domain.care import CareKnowledge, Caution, Device, Prevention, Technique
from soleus.domain.case import Case
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.support import Support
from soleus.plan import CarePlan, Programme
from soleus.reports.careplan.words import (
    DO_NOW,
    dose_limit,
    growth_words,
    medicine_notes,
    pain_rule,
    side_words,
    source_words,
    stop_rules,
    week_note,
)

SCHEMA = "soleus/plan/1"


def plan_json(case: Case, plan: CarePlan, kb: KnowledgeBase, care: CareKnowledge, not_understood: Sequence[str] = ()) -> dict[str, Any]:
    """The plan as plain values. A blocked plan holds what to do now and nothing else."""
    return _Writer(plan, kb, care).document(case, not_understood)


class _Writer:
    def __init__(self, plan: CarePlan, kb: KnowledgeBase, care: CareKnowledge) -> None:
        self.plan = plan
        self.kb = kb
        self.care = care

    def document(self, case: Case, not_understood: Sequence[str]) -> dict[str, Any]:
        plan, advice = self.plan, self.plan.advice
        head: dict[str, Any] = {
            "schema": SCHEMA,
            "soleus": {"version": __version__, "knowledge": self.kb.version},
            "case": case.id,
            "triage": plan.level,
            "blocked": {"because": plan.blocked, "level": plan.level, "do_now": list(DO_NOW)} if plan.blocked else None,
            "held": None if plan.blocked else plan.held or None,
            "for": [] if plan.blocked else [self.cause(c) for c in plan.choices],
            "decide_next": [] if plan.blocked else [{"test": t, "name": self.kb.tests[t].name} for t in plan.decide_next],
            "not_understood": list(not_understood),
            "medicine_notes": medicine_notes(plan),
        }
        if plan.blocked:
            empty: dict[str, Any] = {k: [] for k in ("treatments", "avoid", "techniques", "devices", "prevention", "follow_up", "course")}
            return {**head, **empty, "programme": None, "safety_net": self.safety_net(only_emergencies=True)}
        return {
            **head,
            "treatments": [self.offer(o) for o in advice.offers],
            "avoid": [
                {"what": a.what, "why": a.why, "for": list(conditions), "exercises": list(a.exercises), **self.support(a.support)}
                for a, conditions in advice.avoid
            ],
            "programme": self.programme(plan.programme) if plan.programme else None,
            "techniques": [self.suggestion(s) for s in advice.techniques],
            "devices": [self.suggestion(s) for s in advice.devices],
            "prevention": [self.suggestion(s) for s in advice.prevention],
            "follow_up": [
                {"when": f.when, "what": f.what, "weeks": f.weeks, "for": condition, **self.support(f.support)}
                for f, condition in advice.follow_up
            ],
            "course": [{"text": p.text, "for": condition, **self.support(p.support)} for p, condition in advice.course],
            "safety_net": self.safety_net(),
        }

    def support(self, support: Support) -> dict[str, Any]:
        source = self.kb.sources.get(support.ref)
        return {
            "source": {"id": source.id, "title": source.title, "year": support.year or source.year, "at": support.at, "read": source.read}
            if source
            else {"estimate": support.estimate},
            "strength": support.graded,
            "body": support.body,
            "source_words": source_words(support, self.kb),
            "certainty": support.certainty,
        }

    def warnings(self, cautions: Iterable[Caution]) -> list[dict[str, Any]]:
        facts = self.plan.person.facts
        return [
            {
                "level": c.level,
                "warning": c.warning,
                "because": [facts[f] for f in (*c.facts, *c.together) if f in facts],
                **self.support(c.support),
            }
            for c in cautions
        ]

    def cause(self, c: Choice) -> dict[str, Any]:
        condition = self.kb.conditions[c.condition]
        return {
            "condition": c.condition,
            "name": condition.name,
            "lay_name": condition.lay_name,
            "probability": c.probability,
            "regimen": c.regimen.id if c.regimen else None,
            "aim": c.pathway.aim,
        }

    def offer(self, offer: Offer) -> dict[str, Any]:
        t, o = offer.treatment, offer.option
        return {
            "id": t.id,
            "name": t.name,
            "lay": t.lay,
            "kind": t.kind,
            "line": o.line,
            "when": o.when,
            "note": o.note,
            "for": list(offer.conditions),
            "right_under_every_open_cause": offer.under_all,
            "depends_on": [] if offer.under_all else list(o.after_tests),
            "status": offer.status,
            "warnings": self.warnings(offer.warnings),
            "ask_before": list(t.always),
            "examples": list(t.examples),
            "prescription": t.prescription,
            "label_limit": dose_limit(offer, self.plan),
            "watch": t.watch,
            **self.support(o.support),
        }

    def suggestion(self, s: Suggestion) -> dict[str, Any]:
        e = s.entry
        base: dict[str, Any] = {
            "id": e.id,
            "name": e.name,
            "because": s.because,
            "warnings": self.warnings(s.warnings),
            **self.support(e.support),
        }
        if isinstance(e, Device):
            return {**base, "lay": e.lay, "how": e.how, "ask_before": list(e.always)}
        if isinstance(e, Technique):
            return {**base, "lay": e.lay, "use": e.use, "evidence": e.evidence, "grade": e.grade, "dose": e.dose, "not_if": list(e.always)}
        assert isinstance(e, Prevention)
        return {**base, "kind": e.kind, "action": e.action, "effect": e.effect, "checklist": list(e.checklist)}

    def safety_net(self, only_emergencies: bool = False) -> list[dict[str, Any]]:
        points = [
            {"level": p.level, "text": p.text, **self.support(p.support)}
            for p in self.plan.advice.safety_net
            if p.level == "emergency" or not only_emergencies
        ]
        own = {"source": {"estimate": "usual practice for this condition"}, "strength": "expert estimate", "body": "", "certainty": None}
        return points + ([] if only_emergencies else [{"level": "as_stated", "text": t, **own} for t in self.plan.advice.come_back])

    def programme(self, p: Programme) -> dict[str, Any]:
        r = p.regimen
        return {
            "regimen": {"id": r.id, "name": r.name, "lay": r.lay, "supervised": r.supervised, **self.support(r.support)},
            "week": p.number,
            "easy": p.easy,
            "week_note": week_note(p),
            "weeks": [self.ahead(w) for w in p.ahead],
            "growth": growth_words(p) if p.ahead else [],
            "sessions": [self.session(s) for s in p.week.sessions],
            "shortfalls": list(p.week.shortfalls),
            "progression": [
                {"name": f.name, "weeks": list(f.weeks), "dose": f.dose, "exercises": list(f.exercises), "go_on_if": f.go_on_if}
                for f in r.progress.phases
            ]
            or [{"rule": r.progress.rule, "step_percent": list(r.progress.step_percent), "how": r.progress.how}],
            "pain_rule": pain_rule(r, self.care),
            "stop_rules": stop_rules(r, self.care),
            "advice": list(r.advice),
            "ruled_out": [{"exercise": o.exercise.id, "because": o.because, "hazard": o.hazard} for o in p.ruled_out if o.hazard],
            "feedback": self.feedback(p.feedback),
        }

    def ahead(self, w: WeekAhead) -> dict[str, Any]:
        return {
            "week": w.week,
            "focus": w.focus,
            "phase": w.phase,
            "volume": w.volume,
            "repetitions_more": w.repetitions_more,
            "load_percent": w.load_percent,
            "effort_rpe": list(w.effort_rpe) if w.effort_rpe else None,
            "aerobic_minutes": w.aerobic_minutes,
        }

    def session(self, s: Session) -> dict[str, Any]:
        return {"day": s.day, "minutes": s.minutes, "warm_up_s": s.warm_up_s, "exercises": [self.planned(i) for i in s.items]}

    def planned(self, i: Planned) -> dict[str, Any]:
        e, first = i.exercise, i.doses[0]
        return {
            "id": e.id,
            "name": e.name,
            "category": e.category,
            "sets": first.sets,
            "repetitions": first.repetitions,
            "hold_s": first.hold_s,
            "minutes": first.minutes,
            "load": first.load,
            "effort_rpe": i.effort_rpe,
            "rest_s": i.rest_s,
            "side": "both" if len(i.doses) == 2 else first.side.value,
            "order": side_words(i.doses),
            "doses": [
                {
                    "side": d.side.value,
                    "sets": d.sets,
                    "repetitions": d.repetitions,
                    "hold_s": d.hold_s,
                    "minutes": d.minutes,
                    "load": d.load,
                }
                for d in i.doses
            ],
            "seconds": i.seconds,
            "muscles": list(e.muscles),
            "cues": list(e.cues),
            "faults": list(e.faults),
            "safety": e.safety,
            "easier": e.easier.how,
            "harder": e.harder.how,
            **self.support(e.support),
        }

    def feedback(self, f: Feedback) -> dict[str, Any]:
        return {
            "light": f.light,
            "volume": f.volume,
            "stop": {"level": f.stop[0], "because": f.stop[1]} if f.stop else None,
            "reasons": list(f.reasons),
            "review": list(f.review),
        }
