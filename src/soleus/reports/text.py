"""The terminal report: urgency first and unmistakable, then where, then what and why, then what next."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from soleus.assess import Assessment
from soleus.domain.case import Case
from soleus.domain.knowledge_base import TEMPO_LAY, TEMPO_QUESTIONS, KnowledgeBase
from soleus.interchange.evidence import Understanding
from soleus.interchange.narrative.language import Unread
from soleus.reports.as_json import told
from soleus.reports.leg import leg_picture
from soleus.reports.words import ADVICE, LEVEL, SIDE, URGENCY

_COLOUR = {
    "emergency": "bold white on red",
    "same_day": "bold black on yellow",
    "within_2_weeks": "bold black on bright_cyan",
    "routine": "bold green",
    "self_care": "bold green",
}
_BORDER = {"emergency": "red", "same_day": "yellow", "within_2_weeks": "cyan", "routine": "green", "self_care": "green"}
_BAR = 20
_SHORT_BAR = 10
CAUSES = 5


def print_report(
    console: Console, case: Case, understanding: Understanding, result: Assessment, kb: KnowledgeBase, why: bool = False
) -> None:
    """Write the whole report; `why` adds every weight of evidence and its source."""
    if understanding.unread is not None:
        console.print(_unread(understanding.unread))
    console.print(_urgency(result, kb))
    console.print(_where(result, kb))
    console.print(_what(result, kb))
    if why:
        console.print(_why(result, kb))
    console.print(_next(result, kb))
    console.print(_heard(understanding, result, kb))
    console.print(Text(ADVICE, style="italic dim"))


def _unread(unread: Unread) -> RenderableType:
    """What matters, before anything that was worked out without the words of the person."""
    lines = [Text(sentence, style="bold" if language == "en" else "") for language, sentence in unread.notice]
    border = "red" if unread.is_urgent else "yellow"
    return Panel(Group(*lines), title="Not understood", title_align="left", border_style=border, padding=(0, 1))


def _urgency(result: Assessment, kb: KnowledgeBase) -> RenderableType:
    level = result.triage.level
    head, advice = URGENCY[level]
    lines: list[RenderableType] = [Text.assemble((f" {head} ", _COLOUR[level]), "  ", (advice, "bold"))]
    shown = [r for r in result.triage.reasons if r.level == level][:3]
    for reason in shown:
        source = kb.sources.get(reason.ref)
        cited = f"  [{source.id}]" if source else ""
        lines.append(Text.assemble("• ", reason.text, (cited, "dim")))
    if result.triage.unasked_red_flags:
        names = ", ".join(TEMPO_LAY[f] if f in TEMPO_LAY else kb.findings[f].lay.lower() for f in result.triage.unasked_red_flags[:5])
        lines.append(Text.assemble(("Not yet asked, and it matters: ", "bold"), names, "."))
    return Panel(Group(*lines), title="How soon", title_align="left", border_style=_BORDER[level], padding=(0, 1))


def _where(result: Assessment, kb: KnowledgeBase) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=18)
    table.add_column(no_wrap=True, min_width=_SHORT_BAR + 5)
    for place in result.localisation[:4]:
        if place.probability < 0.05:
            continue
        best = place.places[0]
        text = Text.assemble((LEVEL[place.level], "bold"), f" · {best.name}", (f", {SIDE[place.side]}" if place.side else "", ""))
        table.add_row(text, _bar(place.probability, _SHORT_BAR))
    because = [told(result.posterior.items[i], kb) for i in result.localisation[0].because[:5]] if result.localisation else []
    parts: list[RenderableType] = [table]
    if because:
        parts.append(Text.assemble(("because  ", "dim"), "; ".join(because)))
    body: RenderableType = Group(*parts)
    picture = leg_picture(result, kb)
    if picture is not None:
        grid = Table.grid(padding=(0, 3), expand=True)
        grid.add_column(ratio=1)
        grid.add_column(no_wrap=True)
        grid.add_row(body, picture)
        body = grid
    return Panel(body, title="Where the lesion may lie", title_align="left", padding=(0, 1))


def _what(result: Assessment, kb: KnowledgeBase) -> RenderableType:
    parts: list[RenderableType] = []
    items = result.posterior.items
    for candidate in result.differential.candidates[:CAUSES]:
        if candidate.probability < 0.02 and parts:
            break
        condition = kb.conditions[candidate.condition]
        head = Table.grid(padding=(0, 2))
        head.add_column(min_width=34)
        head.add_column(no_wrap=True, min_width=_BAR + 5)
        head.add_row(Text(condition.name, style="bold"), _bar(candidate.probability))
        parts.append(head)
        parts.append(Text(f"  {condition.lay_name}", style="italic"))
        speaks = [c for c in candidate.contributions if c.decibans > 0][:4]
        against = [c for c in candidate.contributions if c.decibans < 0][:3]
        if speaks:
            parts.append(
                Text.assemble(("  for      ", "green"), "; ".join(f"{told(items[c.item], kb)} (+{c.decibans:.1f})" for c in speaks))
            )
        if against:
            parts.append(Text.assemble(("  against  ", "red"), "; ".join(f"{told(items[c.item], kb)} ({c.decibans:.1f})" for c in against)))
        if candidate.expected_but_not_found:
            names = ", ".join(kb.findings[f].name for f in candidate.expected_but_not_found[:3])
            parts.append(Text.assemble(("  missing  ", "yellow"), f"{names}: usual in it, looked for and absent"))
    other = Table.grid(padding=(0, 2))
    other.add_column(min_width=34)
    other.add_column()
    other.add_row(Text("None of the causes Soleus knows", style="bold"), _bar(result.differential.other))
    parts.append(other)
    for pair in result.pairs[:2]:
        names = " and ".join(kb.conditions[c].name for c in pair.conditions)
        parts.append(
            Text.assemble(
                ("Two causes at once? ", "bold"),
                f"{names}: together {pair.bayes_factor:.0f} times likelier to look like this than the better one alone.",
            )
        )
    parts.append(Text("Numbers in brackets: weight of evidence in decibans (10 = ten times likelier).", style="dim"))
    return Panel(Group(*parts), title="What it may be, and why", title_align="left", padding=(0, 1))


def _why(result: Assessment, kb: KnowledgeBase) -> RenderableType:
    table = Table(box=None, padding=(0, 1))
    for column in ("cause", "finding", "decibans", "source"):
        table.add_column(column, justify="right" if column == "decibans" else "left", overflow="fold")
    for candidate in result.differential.candidates[:3]:
        for i, c in enumerate(candidate.contributions):
            source = kb.sources.get(c.source)
            table.add_row(
                kb.conditions[candidate.condition].name if i == 0 else "",
                told(result.posterior.items[c.item], kb),
                f"{c.decibans:+.1f}",
                source.citation if source else c.source,
            )
    return Panel(table, title="Every weight and its source", title_align="left", padding=(0, 1))


def _next(result: Assessment, kb: KnowledgeBase) -> RenderableType:
    parts: list[RenderableType] = []
    if result.questions:
        parts.append(Text("Ask or examine next", style="bold"))
        for question in result.questions[:5]:
            flag = ("! ", "bold red") if question.red_flag else ("• ", "")
            side = f" ({question.side})" if question.side else ""
            asked = TEMPO_QUESTIONS.get(question.finding) or kb.findings[question.finding].question
            parts.append(Text.assemble(flag, asked, side, (f"  {question.information_bits:.2f} bit", "dim")))
    if result.tests:
        parts.append(Text("Tests worth discussing", style="bold"))
        for step in result.tests[:4]:
            test = kb.tests[step.test]
            early = "  too early yet: " + test.earliest_useful if step.too_early else ""
            parts.append(
                Text.assemble(
                    "• ",
                    (test.name, ""),
                    (f"  {step.information_bits:.2f} bit, changes what is done in {step.changes_management:.0%}", "dim"),
                    (early, "yellow"),
                )
            )
            if test.why:
                parts.append(Text(f"    {test.why}", style="dim"))
    if not parts:
        parts.append(Text("Nothing further would change the picture much."))
    return Panel(Group(*parts), title="What next", title_align="left", padding=(0, 1))


def _heard(understanding: Understanding, result: Assessment, kb: KnowledgeBase) -> RenderableType:
    parts: list[RenderableType] = []
    count = len(result.evidence.observations) + len(result.evidence.tests)
    onset = f"; onset from “{result.evidence.onset_text}”" if result.evidence.onset_text else ""
    parts.append(Text(f"{count} {'fact' if count == 1 else 'facts'} understood{onset}."))
    for text in understanding.diagnoses:
        parts.append(Text.assemble(("known diagnosis  ", "cyan"), text, ("  no evidence for or against a cause; a plan uses it", "dim")))
    for text in understanding.not_understood:
        parts.append(Text.assemble(("not understood  ", "yellow"), text))
    for text in understanding.contradictions:
        parts.append(Text.assemble(("contradiction  ", "red"), text))
    return Panel(Group(*parts), title="What was heard", title_align="left", padding=(0, 1), border_style="dim")


def _bar(p: float, width: int = _BAR) -> Text:
    filled = round(p * width)
    return Text.assemble(("█" * filled, "blue"), ("░" * (width - filled), "dim"), f" {p:4.0%}" if p >= 0.005 else "  <1%")
