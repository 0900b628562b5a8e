"""`soleus knowledge check | show ID | list [KIND] | stats | exercises DIR | ...`: what Soleus knows, and where it comes from."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soleus.domain.errors import Problem, UsageError
from soleus.domain.knowledge_base import Condition, KnowledgeBase, Quantity
from soleus.domain.ledger import Claim
from soleus.domain.support import Support

if TYPE_CHECKING:
    import datetime

    from rich.console import Console

    from soleus.knowledge.stats import Stats

REASONING = ("conditions", "findings", "syndromes", "tests", "rules", "sources", "sites", "claims")
CARE = ("exercises", "regimens", "hazards", "treatments", "pathways", "devices", "techniques", "prevention", "goals", "equipment", "facts")
"""What only plans are made of; read when it is asked for."""
KINDS = (*REASONING, *CARE, "measures")


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus knowledge", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="read and check every data file")
    check.add_argument("--folder", type=Path, help="check this folder instead of the knowledge base that comes with Soleus")
    check.add_argument("--today", metavar="DATE", help="reviews that were due before this day are overdue, and a fault (default: today)")
    show = commands.add_parser("show", help="one entry with its numbers and sources")
    show.add_argument("id", metavar="ID", help="an id, or KIND/ID where several kinds share it (pathways/cidp)")
    listing = commands.add_parser("list", help="ids and names")
    listing.add_argument(
        "kind", metavar="KIND", nargs="?", choices=KINDS, default="conditions", help=f"one of {', '.join(KINDS)} (default: conditions)"
    )
    stats = commands.add_parser("stats", help="count what is published, derived, estimated")
    textbook = commands.add_parser("textbook", help="each condition in its own textbook presentation: does it come first?")
    textbook.add_argument("id", metavar="ID", nargs="?", help="show the case made for this condition")
    ratios = commands.add_parser("likelihood-ratios", help="published likelihood ratios beside those that the network implies")
    ratios.add_argument("--markdown", action="store_true", help="as the table of docs/reference/likelihood-ratios.md")
    exercises = commands.add_parser("exercises", help="write the exercise catalogue as open data: JSON, and a drawn figure each (SVG)")
    exercises.add_argument("folder", metavar="DIR", type=Path, help="a folder that is empty or new")
    book = commands.add_parser("book", help="write everything Soleus knows as HTML pages to read")
    book.add_argument("folder", metavar="DIR", type=Path, help="a folder that is empty, new, or holds an earlier book")
    for command in (show, listing, stats, textbook, ratios):
        command.add_argument("--json", action="store_true", help="as JSON on standard output")
    options = parser.parse_args(arguments)
    todo = {
        "check": _check,
        "show": _show,
        "list": _list,
        "stats": _stats,
        "textbook": _textbook,
        "book": _book,
        "exercises": _exercises,
        "likelihood-ratios": _ratios,
    }
    return todo[options.command](options)


def _check(options: argparse.Namespace) -> int:
    from soleus.knowledge.care_loader import load_care
    from soleus.knowledge.course_loader import load_courses
    from soleus.knowledge.ledger_loader import load_ledger
    from soleus.knowledge.loader import DATA, load
    from soleus.knowledge.measure_loader import load_measures

    folder, today = options.folder or DATA, _day(options.today)
    kb = load(folder, today=today)
    ledger = load_ledger(kb, folder, today)
    care = load_care(kb, folder, today)
    measures = load_measures(kb, folder, today)
    courses = load_courses(kb, measures, folder, today)
    print(
        f"{len(kb.conditions)} conditions, {len(kb.findings)} findings, {len(kb.tests)} tests, {len(kb.rules)} red-flag rules, "
        f"{len(ledger.claims)} claims, {len(ledger.ratios)} published likelihood ratios, "
        f"{len(care.pathways)} care pathways, {len(care.treatments)} treatments, {len(care.exercises)} exercises, "
        f"{len(care.regimens)} regimens, {len(measures)} measures, {len(courses)} published courses, "
        f"{len(kb.sources)} sources: no problem found."
    )
    return 0


def _day(text: str | None) -> datetime.date:
    import datetime

    try:
        return datetime.date.fromisoformat(text) if text else datetime.date.today()
    except ValueError:
        raise UsageError(Problem("--today", f'"{text}" is no date.', "Dates are written 2026-03-02.")) from None


def _entries(kb: KnowledgeBase, kind: str) -> dict[str, Any]:
    if kind == "claims":
        from soleus.knowledge_store import open_ledger

        return dict(open_ledger().claims)
    if kind == "measures":
        from soleus.knowledge_store import open_measures

        return dict(open_measures())
    if kind in CARE:
        from soleus.knowledge_store import open_care

        return dict(getattr(open_care(), kind))
    table = {
        "conditions": kb.conditions,
        "findings": kb.findings,
        "syndromes": kb.syndromes,
        "tests": kb.tests,
        "rules": kb.rules,
        "sources": kb.sources,
        "sites": kb.anatomy.sites,
    }
    return dict(table[kind])


def _show(options: argparse.Namespace) -> int:
    from soleus.knowledge_store import open_knowledge

    kb = open_knowledge().kb
    wanted, _, name = options.id.rpartition("/")
    found = [(kind, _entries(kb, kind)[name]) for kind in KINDS if wanted in ("", kind) and name in _entries(kb, kind)]
    if not found:
        import difflib

        every = [id_ for kind in KINDS for id_ in _entries(kb, kind)]
        close = difflib.get_close_matches(options.id, every, n=3, cutoff=0.5)
        cure = f"Did you mean {', '.join(close)}?" if close else "`soleus knowledge list` names every id."
        raise UsageError(Problem("", f'"{options.id}" is not an id of the knowledge base.', cure))
    if options.json:
        _print_json(found[0][1])
        return 0
    for kind, entry in found:
        if isinstance(entry, Condition):
            _print_condition(entry, kb)
        elif isinstance(entry, Claim):
            _print_claim(entry, kb)
        else:
            _print_plain(kind, entry, kb)
    return 0


def _print_json(value: Any) -> None:
    import dataclasses
    import json

    json.dump(
        dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value,
        sys.stdout,
        indent=1,
        ensure_ascii=False,
        default=lambda o: dict(o) if hasattr(o, "keys") else str(o),
    )
    print()


def _print_condition(c: Condition, kb: KnowledgeBase) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console.print(f"[bold]{c.name}[/]  [dim]{c.id}[/]\n[italic]{c.lay_name}[/]")
    if c.synonyms:
        console.print(f"also: {', '.join(c.synonyms)}")
    codes = [f"ICD-10 {', '.join(c.icd10)}"] if c.icd10 else []
    codes += [f"{k.upper()} {v}" for k, v in c.other_codes.items()]
    console.print(
        f"{' · '.join(codes)}\nto be seen: {c.urgency}; may not be left out above {c.not_to_miss:.0%}; "
        f"about {c.yield_per_100k:g} per 100,000 people a year\n"
    )
    console.print(f"{c.description}\n\n[dim]For clinicians:[/] {c.clinician}\n")
    table = Table(box=None, padding=(0, 2))
    for column in ("what", "number", "origin", "source"):
        table.add_column(column, overflow="fold", justify="right" if column == "number" else "left")
    for fp in c.footprints:
        table.add_row(f"site: {kb.anatomy.sites[fp.site].name} ({fp.side})", f"{fp.share:.2f}", "", "")
    for heading, numbers in (("syndrome", c.syndromes), ("finding", c.findings), ("risk", c.risk_factors)):
        for id_, quantity in numbers.items():
            name = kb.syndromes[id_].name if heading == "syndrome" else kb.findings[id_].name
            table.add_row(
                f"{heading}: {name}", f"{quantity.value:g}" + (" ×" if heading == "risk" else ""), quantity.origin, _cited(quantity, kb)
            )
    console.print(table)
    for other, tell in c.look_alikes:
        console.print(f"\n[bold]Not to be confused with {kb.conditions[other].name}[/]: {tell}")
    console.print("\n[dim]clinician review: none yet[/]")


def _print_claim(claim: Claim, kb: KnowledgeBase) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"[bold]{claim.claim}[/]  [dim]{claim.id}[/]\n[bold]{claim.verdict}[/] (certainty: {claim.certainty})\n\n{claim.why}")
    for ref, at in claim.sources:
        console.print(f"\n[dim]source:[/] {kb.sources[ref].citation} [dim]({at})[/]")
    if claim.about:
        console.print(f"\n[dim]about:[/] {', '.join(claim.about)}")
    console.print("\n[dim]clinician review: none yet[/]")


def _cited(quantity: Quantity, kb: KnowledgeBase) -> str:
    return kb.sources[quantity.ref].citation if quantity.ref else "expert estimate" + (f": {quantity.because}" if quantity.because else "")


def _print_plain(kind: str, entry: Any, kb: KnowledgeBase) -> None:
    import dataclasses

    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    console.print(f"[dim]{kind.removesuffix('s')}[/]")
    for field in dataclasses.fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, Support):
            _print_support(console, value, kb)
            continue
        if value in ("", (), None, {}, 0.0):
            continue
        if field.name in ("ref", "source") and value in kb.sources:
            value = kb.sources[value].citation
        console.print(f"[bold]{field.name}[/]: {escape(_shown(value))}")


def _shown(value: Any) -> str:
    """A value of an entry as a person reads it; what is empty is left out."""
    import dataclasses

    if isinstance(value, tuple):
        parts = [_shown(v) for v in value]
        return "\n  ".join(["", *parts]) if any(dataclasses.is_dataclass(v) for v in value) else ", ".join(parts)
    if dataclasses.is_dataclass(value):
        named = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        return ", ".join(f"{name} {_shown(v)}" for name, v in named if v not in ("", (), None, {}))
    if hasattr(value, "items"):
        return ", ".join(f"{k}: {_shown(v)}" for k, v in value.items())
    return str(value)


def _print_support(console: Console, support: Support, kb: KnowledgeBase) -> None:
    if support.estimate:
        console.print(f"[bold]expert estimate[/]: {support.estimate}")
    else:
        console.print(f"[bold]source[/]: {kb.sources[support.ref].citation} ({support.at}); {support.graded}")


def _list(options: argparse.Namespace) -> int:
    from soleus.knowledge_store import open_knowledge

    entries = _entries(open_knowledge().kb, options.kind)
    names = {id_: _name(entry) for id_, entry in entries.items()}
    if options.json:
        _print_json(names)
        return 0
    width = max(map(len, names), default=0)
    for id_, name in names.items():
        print(f"{id_:<{width}}  {name}")
    return 0


def _name(entry: Any) -> str:
    if isinstance(entry, Claim):
        return f"{entry.verdict:<11}  {entry.claim}"
    return str(getattr(entry, "name", None) or getattr(entry, "text", None) or getattr(entry, "title", "")).strip()


def _exercises(options: argparse.Namespace) -> int:
    from soleus.cli import knowledge_exercises

    return knowledge_exercises.run(options)


def _book(options: argparse.Namespace) -> int:
    from soleus.cli import knowledge_book

    return knowledge_book.run(options)


def _textbook(options: argparse.Namespace) -> int:
    from soleus.cli import knowledge_textbook

    return knowledge_textbook.run(options)


def _ratios(options: argparse.Namespace) -> int:
    from soleus.knowledge_store import open_knowledge, open_ledger
    from soleus.reasoning.likelihood_ratios import compare
    from soleus.reports import likelihood_ratios as report

    compiled = open_knowledge()
    comparisons = compare(compiled.network, compiled.kb, open_ledger())
    if options.json:
        _print_json([report.as_row(c, compiled.kb) for c in comparisons])
    elif options.markdown:
        print(report.as_markdown(comparisons, compiled.kb), end="")
    else:
        print(report.as_text(comparisons, compiled.kb), end="")
    return 0


def _stats(options: argparse.Namespace) -> int:
    import datetime

    from soleus.knowledge.loader import load_library
    from soleus.knowledge.numbers import every_number
    from soleus.knowledge.stats import stats
    from soleus.knowledge_store import open_knowledge, open_ledger

    kb = open_knowledge().kb
    result = stats(kb, datetime.date.today().isoformat(), list(every_number(load_library())), open_ledger())
    if options.json:
        _print_json(result)
        return 0
    _table("entries", result.entries.items())
    _table("claims by verdict", result.claims.items())
    total = sum(result.numbers.values())
    _table("numbers in conditions", ((k, f"{n:5d}  {n / total:.0%}") for k, n in result.numbers.items()))
    _table("sources, how far read", result.sources_by_reading.items())
    _table("sources, kind", result.sources_by_kind.items())
    print(f"\nyears of the sources: {result.years[0]} to {result.years[2]}, median {result.years[1]}")
    print(f"of the numbers of the 40 commonest conditions, {result.commonest_published:.0%} are published or derived")
    _print_evidence(result)
    wholly = sum(share == 1 for _, share in result.mostly_estimated)
    mostly = {id_: share for id_, share in result.mostly_estimated if share > 0.5}
    print(f"\n{len(mostly)} conditions rest mostly on estimates, {wholly} of them wholly")
    common = sorted(mostly, key=lambda id_: -kb.conditions[id_].yield_per_100k)
    _table("the commonest of them", ((id_, f"{mostly[id_]:.0%}") for id_ in common[:15]))
    print(f"\nreview overdue: {', '.join(result.overdue) or 'none'}; clinician review: none yet")
    return 0


def _print_evidence(result: Stats) -> None:
    from soleus.knowledge.numbers import EVIDENCE

    columns = {kind: kind.split()[-1] for kind in result.evidence}
    rows: list[tuple[str, list[object]]] = [("", [*columns.values()])]
    rows += [(ground.replace(",", ""), [counts[ground] or "·" for counts in result.evidence.values()]) for ground in EVIDENCE]
    ages = [result.age_years.get(kind) for kind in columns]
    rows.append(("median age [y]", [age[1] if age else "·" for age in ages]))
    print("\nwhat the numbers rest on (commonest: the 40 commonest conditions)")
    for label, cells in rows:
        print(" ".join([f"{label:<18}", *(f"{cell:>{len(head)}}" for cell, head in zip(cells, columns.values(), strict=True))]).rstrip())
    print("read: in full or the abstract; quoted: as another text gives it; recalled: from\nmemory. A distribution counts as one number.")


def _table(title: str, rows: Iterable[tuple[str, object]]) -> None:
    rows = list(rows)
    width = max((len(name) for name, _ in rows), default=0)
    print(f"\n{title}")
    for name, value in rows:
        print(f"  {name:<{width}}  {value}")
