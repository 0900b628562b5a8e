"""The plan in the terminal: what matters today first, then the week, then what to discuss and what to come back for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from soleus.care.advice import Offer, Suggestion
from soleus.care.regimen import Choice
from soleus.care.week import Session
from soleus.domain.care import CareKnowledge, Device, Prevention, Technique
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.plan import CarePlan, Programme
from soleus.reports.careplan.words import (
    DAY,
    DO_NOW,
    LINE,
    NET,
    dose_limit,
    doses_words,
    growth_words,
    loads_words,
    medicine_notes,
    pain_rule,
    settled,
    side_words,
    source_words,
    stop_rules,
    week_note,
)
from soleus.reports.words import ADVICE, URGENCY

MOST_OFFERS, MOST_OTHERS, MOST_SUGGESTIONS, MOST_WARNED = 8, 8, 6, 3
STATUS_STYLE = {"not for you": "bold red", "better not": "bold yellow", "with care": "yellow", "to discuss": "yellow"}
DECIDED_LATER = ("medicine", "surgery", "procedure")
"""Kinds that are not named while a cause is merely possible."""
PROPER = ("Achilles", "Parkinson", "Duchenne", "Becker", "Guillain", "Charcot", "Lambert", "Miyoshi", "McArdle", "Pompe", "Lyme")
WARNING = {"to discuss": "MIND"}
FRIDGE = ("emergency", "same_day", "within_2_weeks", "routine")


def print_plan(console: Console, plan: CarePlan, kb: KnowledgeBase, care: CareKnowledge, full: bool, not_understood: Sequence[str]) -> None:
    """Write the plan; `full` adds every treatment, technique and source."""
    if plan.blocked:
        console.print(_blocked(plan))
        return
    console.print(_for_whom(plan, kb))
    if plan.held:
        console.print(Panel(plan.held, title="Training waits", title_align="left", border_style="yellow"))
    elif plan.programme is not None:
        console.print(Group(*_training(plan.programme, plan, care)))
    console.print(Group(*_to_discuss(plan, kb, full)))
    console.print(Group(*_beside(plan, full)))
    console.print(_come_back(plan, full))
    if not_understood:
        console.print(Text("Not understood, and so left out: " + "; ".join(not_understood), style="yellow"))
    console.print(Text(ADVICE, style="italic dim"))


def _blocked(plan: CarePlan) -> RenderableType:
    lines = [Text(f"{URGENCY['emergency'][1]}", style="bold"), Text(plan.blocked), Text("")]
    lines += [Text(f"• {t}") for t in DO_NOW]
    lines += [Text(""), Text("There is no plan of treatment or exercise until this has been looked at.", style="italic")]
    return Panel(Group(*lines), title="Emergency first", title_align="left", border_style="red", padding=(0, 1))


def _for_whom(plan: CarePlan, kb: KnowledgeBase) -> RenderableType:
    lines: list[RenderableType] = []
    if plan.level != "self_care":
        lines.append(Text.assemble(("How soon to be seen: ", "bold"), URGENCY[plan.level][1]))
    if not plan.choices:
        lines.append(Text("No cause stands out yet; this plan holds only what is safe and useful for any of them."))
    for c in settled(plan):
        share = "known" if c.probability == 1 else f"{c.probability:.0%}"
        lines.append(Text.assemble((f"{kb.conditions[c.condition].lay_name} ({share}). ", "bold"), c.pathway.aim))
    if still_open := [c for c in plan.choices if c not in settled(plan)]:
        lines.append(Text.assemble(("Not settled yet. ", "bold"), "This plan is safe and useful under each of the likelier causes:"))
        lines += [Text(f"• {kb.conditions[c.condition].lay_name} ({c.probability:.0%})") for c in still_open]
    return Panel(Group(*lines), title="What this plan is for", title_align="left", border_style="cyan", padding=(0, 1))


def _training(p: Programme, plan: CarePlan, care: CareKnowledge) -> Iterator[RenderableType]:
    yield Text("\nYOUR WEEK", style="bold underline")
    yield Text(p.regimen.lay)
    if p.regimen.supervised:
        yield Text(f"Supervision: {p.regimen.supervised}", style="bold")
    if p.feedback.stop:
        yield Panel(
            Text(p.feedback.stop[1]), title=f"Stop: {URGENCY[p.feedback.stop[0]][0].lower()}", title_align="left", border_style="red"
        )
    elif p.feedback.reasons or p.feedback.review:
        light = {"green": "green", "amber": "yellow", "red": "red"}[p.feedback.light]
        yield Panel("\n".join((*p.feedback.reasons, *p.feedback.review)), title="From your log", title_align="left", border_style=light)
    if not p.feedback.stop and (note := week_note(p)):
        yield Text(note, style="bold")
    for days, session in alike(p.week.sessions):
        yield _session(days, session)
    for shortfall in p.week.shortfalls:
        yield Text(f"Note: {shortfall}", style="dim")
    if p.ahead:
        yield _weeks(p)
        yield from _bullets(growth_words(p))
    yield Text("Pain rule: ", style="bold").append(pain_rule(p.regimen, care), style="not bold")
    yield Text("Stop rules", style="bold")
    yield from _bullets(stop_rules(p.regimen, care))
    if p.regimen.advice:
        yield Text("Good to know", style="bold")
        yield from _bullets(p.regimen.advice)
    hazards = {o.because: None for o in p.ruled_out if o.hazard}
    if hazards:
        yield Text("Left out for safety", style="bold")
        yield from _bullets(hazards)


def alike(sessions: Iterable[Session]) -> list[tuple[str, Session]]:
    """Sessions that hold the same work, once, with all their days in words."""
    groups: dict[object, list[Session]] = {}
    for session in sessions:
        groups.setdefault(tuple((i.exercise.id, i.doses) for i in session.items), []).append(session)
    return [(", ".join(DAY[s.day] for s in group), group[0]) for group in groups.values()]


def _session(days: str, session: Session) -> RenderableType:
    title = f"{days}: about {session.minutes} minutes"
    table = Table(title=title, title_justify="left", title_style="bold", expand=True, box=None)
    table.add_column("", width=1)
    table.add_column("Exercise", ratio=5)
    table.add_column("Dose", ratio=4)
    table.add_column("Effort", justify="right", width=6)
    table.add_row("□", "Warm-up: easy moving", f"{session.warm_up_s // 60} min", "2/10")
    for i in session.items:
        name = Text(i.exercise.name)
        if order := side_words(i.doses):
            name.append(f" ({order})", style="dim")
        table.add_row("□", name, Text(f"{doses_words(i)}\n").append(loads_words(i.doses), style="dim"), f"{i.effort_rpe}/10")
    return Padding(table, (1, 0, 0, 0))


def _weeks(p: Programme) -> RenderableType:
    table = Table(title="Twelve weeks ahead", title_justify="left", title_style="bold", expand=True, box=None, padding=(0, 1))
    for name, justify in (("Week", "right"), ("Sets", "right"), ("Reps", "right"), ("Load", "right"), ("Endurance", "right")):
        table.add_column(name, justify="right" if justify == "right" else "left", no_wrap=True)
    table.add_column("What to aim for", ratio=1)
    for w in p.ahead:
        table.add_row(
            str(w.week),
            f"{w.volume:.0%}",
            f"+{w.repetitions_more}" if w.repetitions_more else "as is",
            f"{w.load_percent} %",
            f"{w.aerobic_minutes} min" if w.aerobic_minutes else "-",
            w.focus,
        )
    return Padding(table, (1, 0, 1, 0))


def _to_discuss(plan: CarePlan, kb: KnowledgeBase, full: bool) -> Iterator[RenderableType]:
    offers = plan.advice.offers
    together = [o for o in offers if o.under_all]
    yield Text("\nTO DISCUSS WITH YOUR CLINICIAN", style="bold underline")
    yield from (Text(note, style="bold yellow") for note in medicine_notes(plan))
    if len(plan.choices) > 1 and together:
        yield Text("Right whichever cause it is", style="bold")
    yield from _offers(together, plan, kb, full, MOST_OFFERS)
    if len(together) < len(offers):
        yield Text("Depends on the cause", style="bold")
        if len(settled(plan)) < len(plan.choices) and plan.decide_next:
            yield Text(f"Which cause it is, these tell best: {'; '.join(kb.tests[t].name for t in plan.decide_next)}.")
        for choice in plan.choices:
            rest = [o for o in offers if not o.under_all and choice.condition in o.conditions]
            if choice in settled(plan):
                yield from _offers(rest, plan, kb, full, MOST_OTHERS)
            elif rest:
                yield _if_it_is(choice, rest, kb)
    if plan.advice.avoid:
        yield Text("Better left alone", style="bold")
        shown = plan.advice.avoid if full else plan.advice.avoid[:MOST_SUGGESTIONS]
        yield from _bullets(f"{a.what}: {a.why}" for a, _ in shown)


def _if_it_is(choice: Choice, offers: Sequence[Offer], kb: KnowledgeBase) -> Text:
    """A cause that is merely possible: the names of what would follow."""
    names = dict.fromkeys(o.treatment.name for o in offers if o.option.line == "first" and o.treatment.kind not in DECIDED_LATER)
    line = Text.assemble("• If it is ", (lowered(kb.conditions[choice.condition].lay_name), "bold"), ": ")
    return line.append(f"{', '.join(map(lowered, list(names)[:5])) or 'a specialist decides'}.")


def lowered(name: str) -> str:
    """A name in the middle of a sentence: `ALS` and `Achilles` keep their capitals, only a first word of small letters loses its own."""
    return name[:1].lower() + name[1:] if (name[1:2].islower() or name[1:2] == " ") and not name.startswith(PROPER) else name


def _offers(offers: Sequence[Offer], plan: CarePlan, kb: KnowledgeBase, full: bool, most: int) -> Iterator[RenderableType]:
    shown = offers if full else [*offers[:most], *(o for o in offers[most:] if o.option.line == "urgent")]
    for o in shown:
        line = Text.assemble("• ", (o.treatment.name, "bold"), f" ({LINE[o.option.line]}): ", o.treatment.lay)
        if o.option.when:
            line.append(f" When: {o.option.when}.")
        if not o.under_all:
            line.append(f" For: {', '.join(kb.conditions[c].lay_name for c in o.conditions)}.", style="dim")
            if o.option.after_tests:
                line.append(f" Decided by: {', '.join(kb.tests[t].name for t in o.option.after_tests)}.", style="dim")
        if limit := dose_limit(o, plan):
            line.append(f" {limit}")
        if o.warnings:
            line.append(f"  {WARNING.get(o.status, o.status.upper())}: ", style=STATUS_STYLE[o.status])
            line.append(" ".join(w.warning for w in (o.warnings if full else o.warnings[:MOST_WARNED])))
        line.append(f"  [{source_words(o.option.support, kb)}]", style="dim")
        yield line
    if len(offers) > len(shown):
        yield Text(f"  and {len(offers) - len(shown)} more (--full)", style="dim")


def _beside(plan: CarePlan, full: bool) -> Iterator[RenderableType]:
    advice = plan.advice
    for head, suggestions in (
        ("AIDS AND DEVICES", advice.devices),
        ("TECHNIQUES OF PHYSICAL THERAPY, AND WHAT THEY ARE WORTH", advice.techniques),
        ("PREVENTION", advice.prevention),
    ):
        if not suggestions:
            continue
        yield Text(f"\n{head}", style="bold underline")
        shown = suggestions if full else suggestions[:MOST_SUGGESTIONS]
        yield from (_suggestion(s) for s in shown)
        if len(suggestions) > len(shown):
            yield Text(f"  and {len(suggestions) - len(shown)} more (--full)", style="dim")


def _suggestion(s: Suggestion) -> Text:
    e = s.entry
    line = Text.assemble("• ", (e.name, "bold"))
    if isinstance(e, Device):
        line.append(f": {e.lay}" + (f" Because: {s.because}." if s.because else ""))
    elif isinstance(e, Technique):
        line.append(f" ({e.grade}): {e.evidence}")
    elif isinstance(e, Prevention):
        line.append(f": {e.action} {e.effect}")
    for w in s.warnings:
        line.append(f"  {w.level.upper()}: {w.warning}", style="yellow")
    return line


def _come_back(plan: CarePlan, full: bool) -> RenderableType:
    advice = plan.advice
    lines: list[RenderableType] = []
    if advice.course:
        lines.append(Text("What to expect", style="bold"))
        lines += _bullets(p.text for p, _ in (advice.course if full else advice.course[:4]))
    if advice.follow_up:
        lines.append(Text("To be seen again", style="bold"))
        lines += _bullets(f"{f.when}: {f.what}" for f, _ in (advice.follow_up if full else advice.follow_up[:4]))
    for level in FRIDGE:
        points = [p.text for p in advice.safety_net if p.level == level]
        if points:
            lines.append(Text(NET[level], style="bold red" if level == "emergency" else "bold"))
            lines += _bullets(points)
    if advice.come_back:
        lines.append(Text("With your condition:", style="bold"))
        lines += _bullets(advice.come_back)
    return Padding(Panel(Group(*lines), title="For the fridge: what to expect, what must bring you back", title_align="left"), (1, 0, 0, 0))


def _bullets(texts: Iterable[str]) -> Iterator[Text]:
    for text in texts:
        yield Text(f"• {text}")
