"""How long the next question takes, against pyAgrum looking ahead: one exact inference for each answer of each open question.

Processor time on one core, warm. pyAgrum is timed on a sample of the questions, and its time is taken in proportion.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: one core each

import datetime
import statistics
import sys
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import pyagrum as gum
from benchmarks.inference import ENGINES, ask_all, engine_of, milliseconds
from benchmarks.results import record, verdict
from tests.oracle import CONDITION, Deficit, all_columns, build, observed

from soleus.domain.case import Case, FindingEntry
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Kind, Presence, Side
from soleus.interview.choose import Finish, next_question, picture_of
from soleus.interview.state import Question, State, answered, reply
from soleus.knowledge_store import Compiled, open_knowledge

TARGET_MS, TARGET_RATIO = 30, 20
REPEATS, SAMPLE = 30, 12


def states(compiled: Compiled) -> list[tuple[str, State]]:
    """An interview in which nothing urgent is found, at several points."""
    state = State(Case(age_years=62, sex="male", findings=(FindingEntry("weak leg"),)), datetime.date(2026, 3, 2))
    found = [("the first question", state)]
    for number in range(1, 16):
        question = next_question(state, compiled)
        if isinstance(question, Finish):
            break
        state = answered(state, reply(question, _plain(question)))
        if number in (3, 6, 9, 12, 15):
            found.append((f"after {number} answers", state))
    return found


def _plain(question: Question) -> tuple[str, ...]:
    if question.id in ("onset", "course"):
        return ({"onset": "months", "course": "progressive"}[question.id],)
    return ("none",) if question.form == "several" else ("no",) if any(c.id == "no" for c in question.choices) else ("fine",)


def looking_ahead(compiled: Compiled, evidence: Evidence, deficit: Deficit) -> float:
    """pyAgrum: P(condition | evidence, answer) for every answer of every open question. [ms]"""
    kb = compiled.kb
    unknown = [f for f in kb.findings.values() if f.kind is Kind.BINARY and f.parent != "neutral" and not f.sided and f.question]
    unknown = [f for f in unknown if evidence.presence(f.id) is Presence.UNKNOWN]
    open_questions = sum(evidence.presence(f.id) is Presence.UNKNOWN for f in kb.findings.values() if f.question)
    net = build(kb, evidence, all_columns(kb), deficit)
    cases = []
    for finding in unknown[:: max(len(unknown) // SAMPLE, 1)][:SAMPLE]:
        for weights in ((1.0, 0.0), (0.0, 1.0)):
            more = Observation(finding.id, Side.UNSTATED, weights)
            cases.append(observed(net, kb, _with(evidence, more)))
    best = min(milliseconds(partial(ask_all, engine_of(kind, net, (CONDITION,)), cases), 2) for kind in ENGINES)
    return best / len(cases) * 2 * open_questions


def _with(evidence: Evidence, more: Observation) -> Evidence:
    from dataclasses import replace

    return replace(evidence, observations=(*evidence.observations, more))


def main() -> None:
    gum.setNumberOfThreads(1)
    compiled = open_knowledge()
    deficit = Deficit(compiled.kb)
    rows, mine, ratios = [], [], []
    for name, state in states(compiled):
        evidence = picture_of(state, compiled).evidence
        ours = milliseconds(partial(next_question, state, compiled), REPEATS)
        theirs = looking_ahead(compiled, evidence, deficit)
        mine.append(ours)
        ratios.append(theirs / ours)
        rows.append([name, f"{ours:.1f} ms", f"{theirs:,.0f} ms", f"{theirs / ours:.0f}x"])
    slowest, ratio = max(mine), statistics.median(ratios)
    missed = "" if slowest < TARGET_MS else "; **missed**"
    notes = f"""
Slowest: {slowest:.1f} ms (target: below {TARGET_MS} ms{missed}). Ratio, median: {verdict(ratio, TARGET_RATIO)}.

Processor time on one core, warm. Soleus: red-flag rules, posterior, information, change of urgency and of advice of every open question
and list. pyAgrum: one posterior for each answer of each open question, the faster of its two engines, timed on {SAMPLE} questions.
"""
    print(record("The next question of the interview", ["numpy", "pyagrum"], ["", "Soleus", "pyAgrum", "ratio"], rows, notes))


if __name__ == "__main__":
    main()
