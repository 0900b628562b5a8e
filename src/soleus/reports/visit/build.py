"""From a case and its assessment to the summary with everything in it; `shorten` then chooses what fits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from soleus.assess import Assessment
from soleus.domain.case import Case, TestEntry
from soleus.domain.evidence import Observation, ancestors
from soleus.domain.finding import Kind, Presence
from soleus.domain.knowledge_base import TEMPO_LAY, KnowledgeBase, level_rank
from soleus.domain.training_log import TrainingLog
from soleus.interchange.evidence import Understanding
from soleus.interchange.narrative.medicines import from_a_medicine
from soleus.reasoning.differential import Candidate
from soleus.reasoning.inference import Item
from soleus.reasoning.localisation import Localisation
from soleus.reasoning.workup import NextStep
from soleus.reports.as_json import told
from soleus.reports.careplan.text import lowered
from soleus.reports.charts.axes import day_words
from soleus.reports.charts.spec import ChartSpec
from soleus.reports.visit.concern import concern_of, first_sentence, time_words
from soleus.reports.visit.course import course_words, worth_drawing
from soleus.reports.visit.looked_at import not_examined
from soleus.reports.visit.questions import suggested
from soleus.reports.visit.signs import Sign, sign_words, signs_of, weakness_words
from soleus.reports.visit.summary import Line, Part, VisitSummary
from soleus.reports.words import SIDE

CAUSES = 4
LEAST_CAUSE = 0.05
LEAST_PLACE = 0.1
FLAG_LEVEL = level_rank("same_day")
"""From this level on a rule's essential signs are red flags to have been asked about."""
RARE = 0.03
"""A sign that fired such a rule is itself a red flag if it is this rare in people with other leg complaints (expert estimate). [-]"""
SEXES = {"male": "Man", "female": "Woman", "intersex": "Person, intersex", "unknown": "Person"}


@dataclass(frozen=True)
class Beside:
    """What the summary tells beyond the case and its assessment."""

    charts: Sequence[ChartSpec] = ()
    """In the order of their weight; see `course.in_order`."""
    log: TrainingLog = field(default_factory=TrainingLog)
    exercises: Mapping[str, str] = field(default_factory=dict)
    """Exercise id to its name."""
    examined: Sequence[str] = ()
    """Who examined, and when, in words."""
    seen_at: Collection[str] = ()
    """Places of the case where an examination stands."""
    questions: Sequence[str] | None = None
    """What the person wants to ask; None: what is suggested."""
    medicines: Sequence[str] = ()
    """Medicines that the narrative names, in its words."""
    wants: str = ""
    """What the person wants from the visit."""
    where: str = "the case file and the answer of `soleus assess`"


def visit_summary(
    case: Case, understanding: Understanding, result: Assessment, kb: KnowledgeBase, today: date, beside: Beside | None = None
) -> VisitSummary:
    """The whole summary.

    Args:
        case: As told.
        understanding: How it was understood.
        result: The assessment of it.
        kb: The vocabulary.
        today: The day on the page.
        beside: Charts, training, examiners, questions.
    """
    beside = beside or Beside()
    signs = signs_of(case, understanding, kb, beside.seen_at)
    flags = _flags(kb)
    parts = (
        _symptoms(signs, flags, kb),
        _own_words(case),
        _course(case, result, today, beside),
        _history(case, understanding, kb, beside),
        _medicines(case, beside),
        _examination(signs, flags, understanding, beside, kb),
        Part("results", "Tests so far", _lines(Line(tuple(_results(case, understanding, kb))))),
        _warnings(signs, flags, result, kb),
        _considered(result, kb),
        Part("tests", "Tests to discuss", tuple(_test(s, kb) for s in result.tests[:4]), "list"),
        _unclear(case, understanding),
        _so_far(case, beside),
        _wants(beside),
        _questions(case, result, kb, beside),
    )
    return VisitSummary(
        today,
        _who(case, understanding),
        concern_of(case, result, signs, kb, today, beside.charts),
        tuple(p for p in parts if p.lines),
        tuple(worth_drawing(beside.charts)),
        beside.where,
    )


def _who(case: Case, understanding: Understanding) -> str:
    evidence = understanding.evidence
    sex = case.sex if case.sex != "unknown" else evidence.sex
    age = case.age_years if case.age_years is not None else evidence.age_years
    return f"{SEXES[sex]}, {age:g} years" if age is not None else SEXES[sex]


def _lines(*lines: Line) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.items)


def _flags(kb: KnowledgeBase) -> frozenset[str]:
    """Signs that a rule of an emergency or a same-day level asks for."""
    return frozenset(f for r in kb.rules.values() if level_rank(r.level) >= FLAG_LEVEL for f in r.essential)


def _symptoms(signs: Sequence[Sign], flags: frozenset[str], kb: KnowledgeBase) -> Part:
    """What the person feels, and what not; red flags that are not there stand in a part of their own."""
    felt = [s for s in signs if not s.examined]
    there = sorted((s for s in felt if s.presence is Presence.PRESENT), key=lambda s: s.finding.background_at(None))
    present = [s for s in there if s.is_weakness] + [s for s in there if not s.is_weakness]
    absent = [s for s in felt if s.presence is Presence.ABSENT and s.id not in flags]
    told = tuple(f"{'weak ' if s.is_weakness else ''}{weakness_words(s) if s.is_weakness else sign_words(s, kb)}" for s in present)
    return Part("symptoms", "Symptoms", _lines(Line(told), Line(tuple(sign_words(s, kb) for s in absent), "Not there")))


def _own_words(case: Case) -> Part:
    text = " ".join(case.narrative.split())
    return Part("words", "In own words", (Line((text,)),) if text else (), "quote")


def _course(case: Case, result: Assessment, today: date, beside: Beside) -> Part:
    """Since when and how it goes, as told; then what was measured."""
    told = time_words(case, result.evidence, today)
    return Part("course", "Course", tuple(Line((w,)) for w in (*([told] if told else []), *course_words(beside.charts))), "list")


def _medicines(case: Case, beside: Beside) -> Part:
    """Those listed, then those in own words that are not listed."""
    listed = " ; ".join(case.medicines).lower()
    named = tuple(m for m in beside.medicines if m.lower() not in listed)
    return Part("medicines", "Medicines", _lines(Line((*case.medicines, *named))))


def _history(case: Case, understanding: Understanding, kb: KnowledgeBase, beside: Beside) -> Part:
    """Conditions as told; risks that were told elsewhere, and those that were denied. A medicine tells of no illness here."""
    from_lists = ("conditions[", "medicines[")
    risks = [o for o in understanding.evidence.observations if kb.findings[o.finding].kind is Kind.RISK]
    present = [o for o in risks if o.presence is Presence.PRESENT and not o.place.startswith(from_lists)]
    present = [o for o in present if not from_a_medicine(o, kb.findings[o.finding], case, beside.medicines)]
    denied = [o for o in risks if o.presence is Presence.ABSENT]
    lines = _lines(Line(case.conditions, "Known"), Line(_names(present, kb), "Risk factors"), Line(_names(denied, kb), "Denied"))
    return Part("history", "History and risks", lines)


def _names(group: Sequence[Observation], kb: KnowledgeBase) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lowered(kb.findings[o.finding].name) for o in group))


def _examination(signs: Sequence[Sign], flags: frozenset[str], understanding: Understanding, beside: Beside, kb: KnowledgeBase) -> Part:
    looked = [s for s in signs if s.examined]
    there = [s for s in looked if s.presence is Presence.PRESENT]
    there.sort(key=lambda s: (not s.is_weakness, s.finding.kind is not Kind.REFLEX))
    healthy = [s for s in looked if s.presence is Presence.ABSENT and s.finding.kind in (Kind.REFLEX, Kind.STRENGTH)]
    not_found = [s for s in looked if s.presence is Presence.ABSENT and s.finding.kind is Kind.BINARY]
    lines = _lines(
        Line(tuple(beside.examined), "Examined"),
        Line(tuple(sign_words(s, kb) for s in there), "Found" if beside.examined else "Found, as told"),
        Line(tuple(sign_words(s, kb) for s in healthy), "Normal"),
        Line(tuple(sign_words(s, kb) for s in not_found), "Looked for, not there"),
        Line(tuple(not_examined(understanding.evidence, kb)), "Not examined, or not told"),
    )
    return Part("examination", "Examination", lines)


def _results(case: Case, understanding: Understanding, kb: KnowledgeBase) -> Iterator[str]:
    """Results as told; those found in own words besides."""
    for entry in case.tests:
        yield _result(entry)
    for r in understanding.evidence.tests:
        if not r.place.startswith("tests["):
            yield f"{kb.tests[r.test].name}: {kb.tests[r.test].outcome_name(r.outcome)}"


def _result(entry: TestEntry) -> str:
    value = f" {entry.value:g}" if entry.value is not None else ""
    unit = f" {entry.unit}" if entry.unit else ""
    words = f": “{entry.result}”" if entry.result else ""
    on = f" ({day_words(entry.on)})" if entry.on else ""
    return f"{entry.test}{value}{unit}{words}{on}"


def _warnings(signs: Sequence[Sign], flags: frozenset[str], result: Assessment, kb: KnowledgeBase) -> Part:
    evidence = result.evidence
    age = evidence.age_years
    by_id = {s.id: s for s in signs if s.presence is Presence.PRESENT}
    fired = {f for r in result.triage.reasons if level_rank(r.level) >= FLAG_LEVEL for f in r.findings}
    present = {o.finding for o in evidence.observations if o.presence is Presence.PRESENT}
    broader = {b for f in present for b in ancestors(f, kb.findings)}
    rare = {f for f in fired & present if kb.findings[f].background_at(age) <= RARE}
    there = rare | {f for f in present if f in flags or ancestors(f, kb.findings) & flags}
    denied = {f for f in flags if evidence.presence(f) is Presence.ABSENT} - broader
    asked_first = [q.finding for q in result.questions if q.red_flag]
    unasked = [f for f in dict.fromkeys([*asked_first, *result.triage.unasked_red_flags]) if f not in broader]

    def name(f: str) -> str:
        return TEMPO_LAY[f] if f in TEMPO_LAY else lowered(kb.findings[f].name)

    def rarest(found: set[str]) -> list[str]:
        return sorted(found, key=lambda f: (kb.findings[f].background_at(age), f))

    lines = _lines(
        Line(tuple(sign_words(by_id[f], kb) if f in by_id else name(f) for f in rarest(there)), "Present"),
        Line(tuple(name(f) for f in rarest(denied)), "Asked and denied"),
        Line(tuple(name(f) for f in unasked), "Not asked yet"),
    )
    return Part("warnings", "Red flags", lines)


def _considered(result: Assessment, kb: KnowledgeBase) -> Part:
    """The lesion, the causes with their reasons, and what is left."""
    places = [p for p in result.localisation[:2] if p.probability >= LEAST_PLACE]
    causes = [c for i, c in enumerate(result.differential.candidates[:CAUSES]) if i == 0 or c.probability >= LEAST_CAUSE]
    lines = [Line(tuple(_place(p) for p in places), "Where it may lie")] if places else []
    lines += [_cause(c, result, kb) for c in causes]
    others = [f"something that Soleus does not know: {percent(result.differential.other)}"]
    others += [
        f"two at once would also fit: {' and '.join(lowered(kb.conditions[c].name) for c in p.conditions)}" for p in result.pairs[:1]
    ]
    return Part("causes", "Soleus considers", (*lines, Line(tuple(others), "Else")))


def _place(place: Localisation) -> str:
    best = place.places[0]
    side = f", {SIDE[place.side]}" if place.side else ""
    return f"{lowered(best.name)}{side}: {chance(place.probability)} ({percent(place.probability)})"


def _cause(c: Candidate, result: Assessment, kb: KnowledgeBase) -> Line:
    items = result.posterior.items
    speaks = [_item(items[w.item], kb) for w in c.contributions if w.decibans > 0]
    against = [_item(items[w.item], kb) for w in c.contributions if w.decibans < 0]
    missing = [lowered(kb.findings[f].name) for f in c.expected_but_not_found[:2]]
    why = [f"{chance(c.probability).capitalize()} ({percent(c.probability)})"]
    for head, told_as in (("For it: ", speaks[:3]), ("Against it: ", against[:2]), ("Usual in it, but absent: ", missing)):
        if told_as:
            why.append(f"{head}{'; '.join(dict.fromkeys(told_as))}")
    if not speaks and not against:
        why.append("Nothing that was told speaks clearly for or against it")
    return Line(tuple(why), kb.conditions[c.condition].name, between=". ")


def _item(item: Item, kb: KnowledgeBase) -> str:
    """A piece of evidence; the time course without its words, which stand in the first line."""
    text = told(item, kb)
    head, _, _ = text.partition(" (")
    return f"the {head}" if item.observation is None and head in TEMPO_LAY else text


def chance(p: float) -> str:
    """A probability in words. [-]

    Examples:
        >>> chance(0.7), chance(0.3), chance(0.1), chance(0.01)
        ('likely', 'quite possible', 'possible', 'less likely')
    """
    return "likely" if p >= 0.5 else "quite possible" if p >= 0.2 else "possible" if p >= 0.05 else "less likely"


def percent(p: float) -> str:
    """About how much, and never nothing or all. [-]"""
    return "under 1 %" if p < 0.01 else "over 99 %" if p > 0.99 else f"about {round(100 * p)} %"


def _test(step: NextStep, kb: KnowledgeBase) -> Line:
    test = kb.tests[step.test]
    why = [first_sentence(test.why)] if test.why else []
    why += [f"Not useful yet: {lowered(test.earliest_useful)}."] if step.too_early and test.earliest_useful else []
    return Line(tuple(why), test.name, between=" ")


def _unclear(case: Case, understanding: Understanding) -> Part:
    """What does not fit together, and what was not used: somebody has to ask. Conditions and medicines stand in their own parts."""
    missed = tuple(m for m in understanding.not_understood if m not in (*case.conditions, *case.medicines))
    return Part("unclear", "Unclear", _lines(Line(understanding.contradictions), Line(missed, "Not understood")))


def _so_far(case: Case, beside: Beside) -> Part:
    return Part("plan", "So far", _lines(Line(case.goals, "Wants to"), Line(tuple(_training(beside)), "Training")))


def _training(beside: Beside) -> Iterator[str]:
    sessions = beside.log.sessions
    if not sessions:
        return
    n = len(sessions)
    days = f"on {day_words(sessions[0].on)}" if n == 1 else f"from {day_words(sessions[0].on)} to {day_words(sessions[-1].on)}"
    yield f"{n} session{'' if n == 1 else 's'} logged {days}"
    often: dict[str, int] = {}
    for s in sessions:
        for id_ in {d.exercise for d in s.done}:
            often[id_] = often.get(id_, 0) + 1
    names = [beside.exercises.get(id_, id_) for id_ in sorted(often, key=lambda i: (-often[i], i))[:3]]
    if names:
        yield f"most often {', '.join(map(lowered, names))}"
    pains = [d.pain for s in sessions for d in s.done if d.pain is not None]
    pains += [s.pain_next_morning for s in sessions if s.pain_next_morning is not None]
    if pains:
        yield f"worst pain {max(pains):g} of 10"
    after = list(dict.fromkeys(x for s in sessions for x in s.symptoms))
    if after:
        yield f"after a session: {', '.join(after)}"


def _questions(case: Case, result: Assessment, kb: KnowledgeBase, beside: Beside) -> Part:
    asked = suggested(case, result, kb) if beside.questions is None else tuple(q for q in beside.questions if q.strip())
    return Part("questions", "Questions to ask", tuple(Line((q,)) for q in asked), "ask")


def _wants(beside: Beside) -> Part:
    text = " ".join(beside.wants.split())
    return Part("wants", "Matters most", (Line((text,)),) if text else (), "quote")
