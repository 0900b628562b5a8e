"""`soleus plan CASE`: treatments to discuss, the exercise programme for the week, aids, prevention, follow-up and the safety net."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from soleus.cli.output_file import target, write
from soleus.domain.errors import CaseError, Problem, UsageError

if TYPE_CHECKING:
    from soleus.domain.care import CareKnowledge
    from soleus.domain.case import Case
    from soleus.domain.knowledge_base import KnowledgeBase
    from soleus.domain.training_log import TrainingLog
    from soleus.plan import CarePlan

FARTHEST_START_D = 366
"""A calendar begins at most this far from today. [d]"""
KINDS = {".html": "the sheet to print, with figures", ".md": "the same as Markdown", ".ics": "the sessions for a calendar"}


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus plan", description=__doc__)
    parser.add_argument("case", metavar="CASE", help="a case file (YAML or JSON), or - for standard input")
    parser.add_argument("--log", metavar="LOG", help="done sessions (YAML): the coming week is adapted to them")
    parser.add_argument("--out", metavar="FILE", action="append", default=[], help="; ".join(f"*{k}: {v}" for k, v in KINDS.items()))
    parser.add_argument("--start", metavar="DATE", help="first day of the calendar (default: tomorrow)")
    parser.add_argument("--at", metavar="TIME", default="17:30", help="time of the sessions in the calendar (default: 17:30)")
    parser.add_argument("--force", action="store_true", help="write over files that exist")
    parser.add_argument("--full", action="store_true", help="every treatment, technique and warning")
    parser.add_argument("--json", action="store_true", help="the plan as JSON on standard output")
    options = parser.parse_args(arguments)
    today = datetime.date.today()
    start, at = _when(options, today)
    if options.case == options.log == "-":
        raise UsageError(Problem("--log", "Only one file can come from standard input.", "Give the log as a file."))
    targets = [target(name, KINDS, options.force) for name in options.out]
    _needs("ortools", "icalendar", "jinja2")

    from soleus.assess import assess
    from soleus.interchange.evidence import read_and_understand
    from soleus.interchange.planning import asked_of
    from soleus.knowledge_store import open_care, open_catalogue, open_knowledge, open_measures
    from soleus.plan import plan

    compiled, care = open_knowledge(), open_care()
    log, faults = _log(options.log, care, today)
    try:
        case, understanding = read_and_understand(options.case, compiled.kb, compiled.lexicon, today, open_catalogue)
    except CaseError as error:
        raise _together(error, faults) from None
    if faults is not None:
        raise faults
    asked = asked_of(case, understanding, compiled.kb, care, today, open_measures, log)
    if asked.problems:
        raise CaseError(asked.problems, source=options.case)
    result = plan(case, assess(understanding.evidence, compiled.kb, compiled.network), compiled.kb, care, asked.told, today)
    for path in targets:
        write(path, _content(path, case, result, compiled.kb, care, start, at, today))
    if options.json:
        import json

        from soleus.reports.careplan.as_json import plan_json

        json.dump(plan_json(case, result, compiled.kb, care, asked.missed), sys.stdout, indent=1, ensure_ascii=False, default=str)
        sys.stdout.write("\n")
        return 0
    from rich.console import Console

    from soleus.reports.careplan.text import print_plan

    print_plan(Console(highlight=False), result, compiled.kb, care, options.full, asked.missed)
    return 0


def _when(options: argparse.Namespace, today: datetime.date) -> tuple[datetime.date, datetime.time]:
    try:
        start = datetime.date.fromisoformat(options.start) if options.start else today + datetime.timedelta(days=1)
    except ValueError:
        raise UsageError(Problem("--start", f'"{options.start}" is not a date.', "Write year-month-day, such as 2026-11-30.")) from None
    if abs((start - today).days) > FARTHEST_START_D:
        raise UsageError(Problem("--start", f"{start} is more than a year from today.", f"Name a day near {today}."))
    try:
        return start, datetime.time.fromisoformat(options.at)
    except ValueError:
        raise UsageError(Problem("--at", f'"{options.at}" is not a time.', "Write hours and minutes, such as 17:30.")) from None


def _log(name: str | None, care: CareKnowledge, today: datetime.date) -> tuple[TrainingLog, CaseError | None]:
    """The log, or what is wrong with it."""
    from soleus.domain.training_log import TrainingLog
    from soleus.interchange.training_log import read_log

    try:
        return read_log(name, care.exercises, today) if name else TrainingLog(), None
    except CaseError as error:
        return TrainingLog(), error


def _together(case: CaseError, log: CaseError | None) -> CaseError:
    """The faults of both files, those of the log with its name."""
    if log is None:
        return case
    of_log = [replace(p, where=": ".join(filter(None, (log.source, p.where)))) for p in log.problems]
    return CaseError([*case.problems, *of_log], source=" and ".join(filter(None, (case.source, log.source))))


def _needs(*modules: str) -> None:
    from importlib.util import find_spec

    missing = [m for m in modules if find_spec(m) is None]
    if missing:
        raise UsageError(Problem("", f"A plan needs {', '.join(missing)}.", "Install it with: pip install 'soleus[plan]'"))


def _content(
    path: Path,
    case: Case,
    result: CarePlan,
    kb: KnowledgeBase,
    care: CareKnowledge,
    start: datetime.date,
    at: datetime.time,
    today: datetime.date,
) -> bytes:
    if path.suffix == ".ics":
        from soleus.reports.careplan.calendar import calendar_bytes

        made = datetime.datetime.combine(today, datetime.time(), datetime.UTC)
        return calendar_bytes(result, case.id or path.stem, start, at, made)
    from soleus.reports.careplan.sheet import sheet

    return sheet(case, result, kb, care, today, path.suffix).encode()
