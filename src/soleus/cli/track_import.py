"""`soleus track import CASE FILE`: measurements from a table or from the export of a phone into a case file."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soleus.domain.errors import CaseError, Problem, UsageError

if TYPE_CHECKING:
    from soleus.domain.measure import Point
    from soleus.domain.measure_entry import MeasureEntry

TABLES = (".csv", ".tsv", ".txt")
EXPORTS = (".xml", ".zip")
PHONE = "phone"


def run_import(options: argparse.Namespace) -> int:
    """Read the file, leave out what the case has already, and write the rest in one go."""
    from soleus.cli.track_case import open_told
    from soleus.interchange.measurements.casefile import entry_of, same
    from soleus.interchange.measurements.edit import with_entries
    from soleus.interchange.measurements.file import open_file, save

    path: Path = options.file
    if path.suffix.lower() not in (*TABLES, *EXPORTS):
        cure = "A table (*.csv), or the export.xml or export.zip of Apple Health."
        raise UsageError(Problem(str(path), "is of no kind that Soleus reads.", cure))
    file = open_file(options.case)
    told = open_told(options.case, file.text)
    read = _table if path.suffix.lower() in TABLES else _export
    found = read(path, options, told.measures, told.today)
    entries: list[dict[str, Any]] = []
    since = _day(options.since, told.today) if options.since is not None else datetime.date.min
    again = before = 0
    for measure, point, who in found:
        if point.on < since:
            before += 1
            continue
        if any(same(told.measurements.recorded, measure, point)):
            again += 1
            continue
        entries.append(entry_of(measure, point, by=who))
    if entries:
        what = f"import {_count(len(entries))} from {path.name}"
        if not save(file, with_entries(file.text, entries), what):
            print("The cache folder cannot be written: this change cannot be taken back by `soleus track undo`.", file=sys.stderr)
    there = f", {again} {_were(again)} there already" if again else ""
    left = f", {before} {_were(before)} left out as older than {since}" if before else ""
    print(f"{_count(len(entries))} imported{there}{left}.")
    return 0


Found = list[tuple["MeasureEntry", "Point", str]]


def _table(path: Path, options: argparse.Namespace, measures: Mapping[str, MeasureEntry], today: datetime.date) -> Found:
    from soleus.interchange.measurements.table import read_csv

    rows, problems = read_csv(path, measures, today)
    if problems and not (options.skip_faulty and rows):
        cure = " Nothing was imported; mend the table, or add --skip-faulty to leave these lines out" if rows else ""
        raise CaseError(problems, source=f"{path}:{cure}" if cure else str(path))
    for problem in problems:
        print(f"left out: {problem}", file=sys.stderr)
    return [(measures[row.measure], row.point, row.who) for row in rows]


def _export(path: Path, options: argparse.Namespace, measures: Mapping[str, MeasureEntry], today: datetime.date) -> Found:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from soleus.interchange.measurements.health_export import read_health_export

    console = Console(stderr=True)
    columns = (TextColumn("Reading the export"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        by_measure = read_health_export(path, lambda done, total: bar.update(task, completed=done, total=total), console.print)
    if not by_measure:
        raise CaseError(Problem(str(path), "holds no steps and no walking that Soleus reads."))
    return [
        (measures[id_], point, PHONE)
        for id_, points in by_measure.items()
        if id_ in measures
        for point in (points if options.every == "day" else weekly(points, measures[id_]))
        if point.on <= today
    ]


def weekly(points: Sequence[Point], measure: MeasureEntry) -> list[Point]:
    """The mean of each week from Monday to Sunday, on its Sunday; weeks that are not over, or hold few days, are left out.

    Days of one person differ by a third and more; a week is the unit that studies use. A watch guesses the six-minute walk once a
    week, so there one value is enough.
    """
    from dataclasses import replace

    weeks: dict[datetime.date, list[Point]] = {}
    for point in points:
        if point.value is not None:
            weeks.setdefault(point.on + datetime.timedelta(days=6 - point.on.weekday()), []).append(point)
    last = max((p.on for p in points), default=datetime.date.min)
    fewest = 1 if measure.id == "phone-six-minute-walk" else 3
    result = []
    for sunday, days in sorted(weeks.items()):
        if sunday <= last and len(days) >= fewest:
            mean = sum(p.value for p in days if p.value is not None) / len(days)
            note = f"mean of {len(days)} days" if len(days) > 1 else days[0].note
            result.append(replace(days[0], on=sunday, value=round(mean, max(measure.decimals, 0)), note=note))
    return result


def _day(text: str, today: datetime.date) -> datetime.date:
    from soleus.interchange.measurements.casefile import day_of

    return day_of(text, today)


def _were(n: int) -> str:
    return "was" if n == 1 else "were"


def _count(n: int) -> str:
    return f"{n} measurement{'' if n == 1 else 's'}"
